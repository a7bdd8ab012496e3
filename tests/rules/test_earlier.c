// Honours from before this system: bars, duties and revocations "as if it had happened here".
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define OLD_CASE "2016/" WORLD_ENTERPRISE "/1"
#define OTHER "91500107621980478R"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// On 2018-01-02.
static struct world *world_registered(void)
{
    struct world *world = world_create();
    applying_register(world, WORLD_ENTERPRISE);
    return world;
}

static const Award__Decision *record(struct world *world, const char *enterprise, const char *what,
                                     const char *on)
{
    return after_send(world, "office",
                      "{\"earlier_record\":{\"enterprise\":\"%s\",%s,\"on\":\"%s\","
                      "\"proof\":\"渝府发\"}}",
                      enterprise, what, on);
}

static void take(struct world *world, const char *what, const char *on)
{
    const Award__Decision *decision = record(world, WORLD_ENTERPRISE, what, on);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

static void award_2016(struct world *world)
{
    take(world,
         "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M-16\",\"certificate\":\"C-16\"",
         "2016-11-10");
}

Test(earlier, an_honour_is_a_case_of_a_closed_cycle_and_bars_as_before)
{
    struct world *world = world_registered();
    award_2016(world);
    const Award__Case *c = world_case(world, OLD_CASE);
    cr_assert_not_null(c);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__honoured);
    cr_expect_eq(c->honour->from->number, day_of("2016-11-10"));
    cr_expect_str_eq(c->honour->certificate, "C-16");
    const Award__Cycle *cycle =
        (const Award__Cycle *)world_record(world, AWARD__CHANGE__RECORD_CYCLE, "2016");
    cr_assert_not_null(cycle);
    cr_expect(cycle->closed);
    cr_expect(cycle->earlier);
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 1);
    cr_expect_str_eq(enterprise->bars[0]->article, "12(3)");
    cr_expect_str_eq(enterprise->bars[0]->source, "earlier");
    cr_assert_eq(enterprise->n_cases, 1);
    world_destroy(world);
}

Test(earlier, a_cycle_that_is_not_named_is_named_after_the_day)
{
    struct world *world = world_registered();
    take(world, "\"honour\":\"nomination\"", "2016-11-10");
    cr_expect_not_null(world_case(world, "earlier-2016-11-10/" WORLD_ENTERPRISE "/1"));
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_bars, 0);
    world_destroy(world);
}

Test(earlier, a_duty_whose_day_had_passed_is_not_invented)
{
    struct world *world = world_registered();
    award_2016(world);
    cr_expect_null(after_deadline(world, OLD_CASE ":experience:1")); // until 2017-12-31
    cr_expect_null(after_deadline(world, OLD_CASE ":self_evaluation:2017"));
    const Award__Deadline *current = after_deadline(world, OLD_CASE ":self_evaluation:2018");
    cr_assert_not_null(current);
    cr_expect_eq(current->state, AWARD__DEADLINE__STATE__open);
    world_clock(world, "2019-01-02T09:00:00+08:00");
    cr_expect_eq(after_deadline(world, OLD_CASE ":self_evaluation:2018")->state,
                 AWARD__DEADLINE__STATE__overdue);
    cr_expect_not_null(after_deadline(world, OLD_CASE ":self_evaluation:2019"));
    world_destroy(world);
}

Test(earlier, a_duty_that_is_still_to_come_is_due_as_for_every_laureate)
{
    struct world *world = world_registered();
    take(world, "\"honour\":\"award\",\"cycle\":\"2016\"", "2017-01-02");
    const Award__Deadline *experience = after_deadline(world, OLD_CASE ":experience:1");
    cr_assert_not_null(experience);
    cr_expect_eq(experience->last->number, day_of("2018-12-31"));
    (void)after_accept(world, "ent-a",
                       "{\"self_evaluation_submitted\":{\"case\":\"%s\",\"year\":2018,"
                       "\"digest\":\"d\"}}",
                       OLD_CASE);
    world_destroy(world);
}

Test(earlier, an_honour_of_this_year_begins_its_self_evaluations_next_year)
{
    struct world *world = world_registered();
    take(world, "\"honour\":\"award\",\"cycle\":\"2016\"", "2018-01-01");
    cr_expect_null(after_deadline(world, OLD_CASE ":self_evaluation:2018"));
    world_clock(world, "2019-01-01T00:00:00+08:00");
    cr_expect_not_null(after_deadline(world, OLD_CASE ":self_evaluation:2019"));
    world_destroy(world);
}

Test(earlier, experience_shared_after_its_year_is_late_though_no_deadline_was_opened)
{
    struct world *world = world_registered();
    award_2016(world);
    (void)after_accept(world, "ent-a", "{\"experience_shared\":{\"case\":\"%s\",\"digest\":\"d\"}}",
                       OLD_CASE);
    const Award__Duty *duty =
        (const Award__Duty *)world_record(world, AWARD__CHANGE__RECORD_DUTY, OLD_CASE,
                                          (int)AWARD__DUTY__KIND__experience, "experience");
    cr_assert_not_null(duty);
    cr_expect(duty->late);
    world_destroy(world);
}

static void accident(struct world *world, const char *id, const char *on)
{
    (void)after_accept(world, "bureau",
                       "{\"accident_recorded\":{\"incident\":\"%s\",\"enterprise\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"%s\",\"liable\":\"unknown\"}}",
                       id, WORLD_ENTERPRISE, on);
}

static const Award__Deadline *report_of(struct world *world, const char *incident)
{
    return after_deadline(
        world, arena_format(world_arena(world), "%s/%s:incident_report:1", OLD_CASE, incident));
}

Test(earlier, an_incident_on_record_before_opens_a_report_only_where_its_days_still_run)
{
    struct world *world = world_registered();
    accident(world, "I-old", "2017-06-01");
    accident(world, "I-new", "2017-12-28");
    award_2016(world);
    cr_expect_null(report_of(world, "I-old"));
    cr_expect_not_null(report_of(world, "I-new"));
    (void)after_accept(world, "bureau",
                       "{\"liability_established\":{\"incident\":\"I-old\",\"liable\":\"no\","
                       "\"proof\":\"批复\"}}");
    cr_expect_null(report_of(world, "I-old"));
    world_destroy(world);
}

// decision 3: the last of its days is one of them
Test(earlier, an_incident_whose_report_is_due_today_opens_it_and_of_yesterday_none)
{
    static const struct {
        const char *recorded;
        bool opens;
    } rows[] = {
        {"2018-01-19T09:00:00+08:00", true }, // the fifteenth working day after 2017-12-28
        {"2018-01-20T09:00:00+08:00", false},
    };
    for (size_t i = 0; i < 2; i++) {
        struct world *world = world_registered();
        accident(world, "I-1", "2017-12-28");
        world_clock(world, rows[i].recorded);
        award_2016(world);
        cr_expect_eq(report_of(world, "I-1") != NULL, rows[i].opens, "%s", rows[i].recorded);
        world_destroy(world);
    }
}

Test(earlier, an_incident_recorded_afterwards_opens_its_report_whatever_its_day)
{
    struct world *world = world_registered();
    award_2016(world);
    world_clock(world, "2018-01-03T09:00:00+08:00");
    accident(world, "I-1", "2017-06-01");
    const Award__Deadline *report = report_of(world, "I-1");
    cr_assert_not_null(report);
    cr_expect_eq(report->last->number, day_of("2017-06-22"));
    world_destroy(world);
}

Test(earlier, a_report_without_a_deadline_is_late_by_its_own_days)
{
    struct world *world = world_registered();
    accident(world, "I-old", "2017-06-01");
    award_2016(world);
    (void)after_accept(world, "ent-a",
                       "{\"incident_reported_by_laureate\":{\"incident\":\"I-old\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2017-06-01\",\"digest\":\"d\"}}",
                       OLD_CASE);
    const Award__Duty *duty =
        (const Award__Duty *)world_record(world, AWARD__CHANGE__RECORD_DUTY, OLD_CASE,
                                          (int)AWARD__DUTY__KIND__incident_report, "I-old");
    cr_assert_not_null(duty);
    cr_expect(duty->late);
    world_destroy(world);
}

Test(earlier, it_is_revoked_here_as_any_other_and_what_was_handed_over_comes_back)
{
    struct world *world = world_registered();
    award_2016(world);
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-1\","
                       "\"ground\":\"breach_of_law\",\"facts\":\"违法\",\"effect\":\"恶劣\"}}",
                       OLD_CASE);
    (void)after_accept(world, "bureau",
                       "{\"revocation_verified\":{\"revocation\":\"R-1\",\"report\":\"报告\"}}");
    (void)after_accept(world, "government",
                       "{\"revocation_decided\":{\"revocation\":\"R-1\",\"approved\":true,"
                       "\"on\":\"2018-01-02\",\"reason\":\"理由\"}}");
    const Award__Case *c = world_case(world, OLD_CASE);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__revoked);
    cr_expect_eq(c->honour->until->number, day_of("2018-01-01"));
    (void)after_accept(world, "bureau",
                       "{\"medal_returned\":{\"case\":\"%s\",\"on\":\"2018-01-02\"}}", OLD_CASE);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_bars, 2);
    world_destroy(world);
}

Test(earlier, a_revocation_from_before_ends_the_honour_and_closes_the_case)
{
    struct world *world = world_registered();
    award_2016(world);
    take(world, "\"revocation\":\"award\",\"ground\":\"major_accident\"", "2017-05-20");
    const Award__Case *c = world_case(world, OLD_CASE);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__revocation_closed);
    cr_expect_eq(c->honour->until->number, day_of("2017-05-19"));
    const Award__Revocation *revocation = after_revocation(world, OLD_CASE "/earlier");
    cr_assert_not_null(revocation);
    cr_expect_eq(revocation->ground, AWARD__GROUND__NAME__major_accident);
    cr_expect_eq(after_deadline(world, OLD_CASE ":self_evaluation:2018")->state,
                 AWARD__DEADLINE__STATE__removed);
    world_clock(world, "2019-01-02T09:00:00+08:00");
    cr_expect_null(after_deadline(world, OLD_CASE ":self_evaluation:2019"));
    world_destroy(world);
}

Test(earlier, a_revocation_recorded_before_its_honour_makes_one_case_with_it)
{
    struct world *world = world_registered();
    take(world, "\"revocation\":\"award\"", "2017-05-20");
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    const Award__Cycle *cycle = (const Award__Cycle *)world_record(
        world, AWARD__CHANGE__RECORD_CYCLE, world_case(world, enterprise->cases[0])->cycle);
    cr_assert_not_null(cycle);
    cr_expect(cycle->earlier && cycle->published_on == NULL);
    cr_expect(cycle->n_cases == 1 && strcmp(cycle->cases[0], enterprise->cases[0]) == 0);
    take(world, "\"honour\":\"award\"", "2016-11-10");
    enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_cases, 1);
    const Award__Case *c = world_case(world, enterprise->cases[0]);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__revocation_closed);
    cr_expect_eq(c->honour->from->number, day_of("2016-11-10"));
    cr_expect_eq(c->honour->until->number, day_of("2017-05-19"));
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_DEADLINE), 0);
    cr_expect_eq(enterprise->n_bars, 2);
    world_destroy(world);
}

Test(earlier, an_honour_revoked_on_its_first_day_is_one_case_in_either_order)
{
    static const char *const orders[][2] = {
        {"\"honour\":\"award\"",     "\"revocation\":\"award\""},
        {"\"revocation\":\"award\"", "\"honour\":\"award\""    }
    };
    for (size_t i = 0; i < 2; i++) {
        struct world *world = world_registered();
        take(world, orders[i][0], "2016-11-10");
        take(world, orders[i][1], "2016-11-10");
        const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
        cr_assert_eq(enterprise->n_cases, 1);
        const Award__Case *c = world_case(world, enterprise->cases[0]);
        cr_expect_eq(c->stage, AWARD__STAGE__NAME__revocation_closed);
        cr_expect_eq(c->honour->from->number, day_of("2016-11-10"));
        cr_expect_eq(c->honour->until->number, day_of("2016-11-09"));
        world_destroy(world);
    }
    struct world *world = world_registered();
    take(world, "\"revocation\":\"award\",\"cycle\":\"2016\"", "2016-11-09");
    const Award__Decision *decision =
        record(world, WORLD_ENTERPRISE, "\"honour\":\"award\",\"cycle\":\"2016\"", "2016-11-10");
    cr_expect_str_eq(world_code(decision), "earlier_differs");
    world_destroy(world);
}

// What the tasks that ask for the grounds of 20 name, in their order.
static void expect_asked(struct world *world, const char *first, const char *second)
{
    cr_assert_eq(world_count(world, AWARD__CHANGE__RECORD_TASK), 2);
    const char *const expected[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        const Award__Task *task =
            (const Award__Task *)world_record_at(world, AWARD__CHANGE__RECORD_TASK, i);
        cr_expect_eq(task->kind, AWARD__TASK_KIND__NAME__check_grounds);
        cr_expect_str_eq(task->detail, expected[i]);
    }
}

// An award of 2013-05-01 that was revoked on 2016-11-10: another honour of that very day is another
// award, which needs a cycle of its own to be told from it.
Test(earlier, an_honour_on_the_day_of_a_revocation_is_told_from_the_one_that_was_revoked)
{
    struct world *world = world_registered();
    take(world, "\"revocation\":\"award\"", "2016-11-10");
    take(world, "\"honour\":\"award\"", "2013-05-01");
    const char *revoked = "earlier-2016-11-10/" WORLD_ENTERPRISE "/1";
    world_expect_day(world_case(world, revoked)->honour->from, "2013-05-01");
    const Award__Decision *decision =
        record(world, WORLD_ENTERPRISE, "\"honour\":\"award\"", "2016-11-10");
    cr_assert_str_eq(world_code(decision), "earlier_differs");
    cr_expect_not_null(strstr(decision->reasons[0]->en, "another day of publication"), "%s",
                       decision->reasons[0]->en);
    world_expect_day(world_case(world, revoked)->honour->from, "2013-05-01");
    take(world, "\"honour\":\"award\",\"cycle\":\"2016\"", "2016-11-10");
    world_expect_day(world_case(world, OLD_CASE)->honour->from, "2016-11-10");
    cr_expect_null(world_case(world, OLD_CASE)->honour->until);
    world_destroy(world);
}

Test(earlier, grounds_are_asked_for_each_incident_of_its_time)
{
    struct world *world = world_registered();
    accident(world, "I-1", "2017-03-01");
    accident(world, "I-2", "2017-04-01");
    award_2016(world);
    expect_asked(world, "I-1", "I-2");
    world_destroy(world);
}

Test(earlier, the_same_again_changes_nothing)
{
    struct world *world = world_registered();
    award_2016(world);
    award_2016(world);
    take(world, "\"revocation\":\"award\"", "2017-05-20");
    take(world, "\"revocation\":\"award\"", "2017-05-20");
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    cr_expect_eq(enterprise->n_cases, 1);
    cr_expect_eq(enterprise->n_bars, 2);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_REVOCATION), 1);
    world_destroy(world);
}

Test(earlier, what_contradicts_is_rejected)
{
    struct world *world = world_registered();
    applying_register(world, OTHER);
    award_2016(world);
    static const struct {
        const char *enterprise;
        const char *what;
        const char *on;
        const char *code;
    } rows[] = {
        {WORLD_ENTERPRISE, "\"honour\":\"nomination\",\"cycle\":\"2016\"",                    "2016-11-10",
         "earlier_differs"                                                                                                   },
        {WORLD_ENTERPRISE, "\"honour\":\"award\",\"cycle\":\"2016\"",                         "2016-11-11",
         "earlier_differs"                                                                                                   },
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\"",                         "2016-11-11", "earlier_differs"},
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M-16\"",      "2016-11-10",
         "number_used"                                                                                                       },
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M 1\"",       "2016-11-10",
         "bad_identifier"                                                                                                    },
        {WORLD_ENTERPRISE, "\"revocation\":\"award\",\"cycle\":\"2016\"",                     "2016-11-09",
         "earlier_differs"                                                                                                   },
        {WORLD_ENTERPRISE, "\"revocation\":\"nomination\",\"cycle\":\"2016\"",                "2017-11-09",
         "earlier_differs"                                                                                                   },
        {WORLD_ENTERPRISE, "\"honour\":\"award\",\"certificate\":\"C-1\",\"cycle\":\"2016\"",
         "2016-11-10",                                                                                      "earlier_differs"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(world_code(record(world, rows[i].enterprise, rows[i].what, rows[i].on)),
                         rows[i].code, "row %zu", i);
    }
    world_destroy(world);
}

Test(earlier, what_is_not_known_of_or_does_not_agree_is_named)
{
    struct world *world = world_registered();
    applying_register(world, OTHER);
    award_2016(world);
    static const struct {
        const char *enterprise;
        const char *what;
        const char *on;
        const char *code;
        const char *names;
    } rows[] = {
        {"none",           "\"honour\":\"award\"",                                                "2016-11-10", "no_such_enterprise", "none"                            },
        {WORLD_ENTERPRISE, "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M-1\"",
         "2016-11-10",                                                                                          "earlier_differs",    "another medal"                   },
        {WORLD_ENTERPRISE, "\"honour\":\"award\",\"cycle\":\"2016\",\"certificate\":\"C-1\"",
         "2016-11-10",                                                                                          "earlier_differs",    "another certificate"             },
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M-16\"",          "2016-11-10",
         "number_used",                                                                                                               "The number M-16 of a medal"      },
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"certificate\":\"C-16\"",    "2016-11-10",
         "number_used",                                                                                                               "The number C-16 of a certificate"},
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"medal\":\"M 1\"",           "2016-11-10",
         "bad_identifier",                                                                                                            "number of the medal"             },
        {OTHER,            "\"honour\":\"award\",\"cycle\":\"2016\",\"certificate\":\"C 1\"",     "2016-11-10",
         "bad_identifier",                                                                                                            "number of the certificate"       },
        {OTHER,            "\"revocation\":\"award\",\"cycle\":\"2016\",\"certificate\":\"C 1\"", "2017-11-10",
         "bad_identifier",                                                                                                            "number of the certificate"       },
        {WORLD_ENTERPRISE, "\"honour\":\"award\",\"cycle\":\"2016\"",                             "2018-01-03", "in_the_future",
         "2018-01-03"                                                                                                                                                   },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision =
            record(world, rows[i].enterprise, rows[i].what, rows[i].on);
        cr_expect_str_eq(world_code(decision), rows[i].code, "row %zu", i);
        cr_expect_not_null(strstr(decision->reasons[0]->en, rows[i].names), "%s",
                           decision->reasons[0]->en);
    }
    world_destroy(world);
}

// 22s1
Test(earlier, an_earlier_cycle_may_be_what_a_measure_concerns)
{
    struct world *world = world_registered();
    award_2016(world);
    (void)after_accept(
        world, "office",
        "{\"accountability_recorded\":{\"whom\":\"w\",\"what\":\"x\",\"measure\":\"%s\","
        "\"authority\":\"a\",\"cycle\":\"2016\"}}",
        "m");
    world_destroy(world);
}

Test(earlier, a_cycle_of_this_system_takes_no_honours_from_before_and_an_earlier_one_no_events)
{
    struct world *world = world_registered();
    applying_open(world);
    cr_expect_str_eq(world_code(record(world, WORLD_ENTERPRISE,
                                       "\"honour\":\"award\",\"cycle\":\"2018\"", "2018-01-01")),
                     "cycle_of_this_system");
    award_2016(world);
    cr_expect_str_eq(world_code(after_send(world, "office",
                                           "{\"cycle_changed\":{\"cycle\":\"2016\","
                                           "\"reason\":\"延期\"}}")),
                     "earlier_cycle");
    world_destroy(world);
}

Test(earlier, an_earlier_cycle_does_not_choose_the_rulebook_in_force)
{
    struct world *world = world_registered();
    award_2016(world);
    take(world, "\"violation\":\"violation\"", "2017-11-10");
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    cr_expect_str_eq(enterprise->bars[1]->article, "12(2)");
    world_destroy(world);
}

// docs/decisions/020: the days had ended when the honour was recorded, though its revocation, which
// made the case, was on record before the accident.
Test(earlier, a_report_whose_days_had_ended_when_the_honour_was_recorded_is_not_opened)
{
    struct world *world = world_registered();
    take(world, "\"revocation\":\"nomination\",\"cycle\":\"2016\"", "2017-10-10");
    world_clock(world, "2018-06-19T09:00:00+08:00");
    (void)after_accept(world, "bureau",
                       "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2017-06-19\",\"liable\":\"yes\"}}",
                       WORLD_ENTERPRISE);
    world_clock(world, "2019-03-03T09:00:00+08:00");
    take(world, "\"honour\":\"nomination\",\"cycle\":\"2016\"", "2017-01-27");
    cr_expect_null(after_deadline(world, OLD_CASE "/I-1:incident_report:1"));
    world_destroy(world);
}
