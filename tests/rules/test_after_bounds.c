// The edges of chapter 5: the first and the last day of an honour, refused revocations, bars.
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

static const char *incident_code(struct world *world, const char *id, const char *on)
{
    return world_code(after_send(world, "bureau",
                                 "{\"incident_recorded\":{\"incident\":\"%s\",\"case\":\"%s\","
                                 "\"kind\":\"safety_accident\",\"on\":\"%s\",\"liable\":\"yes\"}}",
                                 id, AFTER_CASE, on));
}

static void open_breach(struct world *world, const char *name)
{
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"%s\","
                       "\"ground\":\"breach_of_law\",\"facts\":\"违法\",\"effect\":\"恶劣\"}}",
                       AFTER_CASE, name);
}

static void verify(struct world *world, const char *name)
{
    (void)after_accept(world, "bureau",
                       "{\"revocation_verified\":{\"revocation\":\"%s\",\"report\":\"报告\"}}",
                       name);
}

static void decide(struct world *world, const char *name, bool approved, const char *on)
{
    (void)after_accept(world, "government",
                       "{\"revocation_decided\":{\"revocation\":\"%s\",\"approved\":%s,"
                       "\"on\":\"%s\",\"reason\":\"理由\"}}",
                       name, approved ? "true" : "false", on);
}

static void revoke(struct world *world, const char *on)
{
    open_breach(world, "R-1");
    verify(world, "R-1");
    decide(world, "R-1", true, on);
}

static size_t bars_of(struct world *world, const char *article)
{
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    size_t count = 0;
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        count += strcmp(enterprise->bars[i]->article, article) == 0 ? 1 : 0;
    }
    return count;
}

// ---- The days of the honour

// F-honour-1, F-honour-2
Test(after_bounds, an_incident_counts_from_the_day_of_publication)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(incident_code(world, "I-1", "2018-11-15"), "no_honour_then");
    cr_expect_str_eq(incident_code(world, "I-2", "2018-11-16"), "");
    world_destroy(world);
}

// F-honour-1, F-honour-2, F-report-1
Test(after_bounds, an_incident_counts_until_the_day_before_the_approval)
{
    struct world *world = after_world_create();
    revoke(world, "2019-03-01");
    cr_expect_str_eq(incident_code(world, "I-0", "2019-02-27"), "");
    cr_expect_str_eq(incident_code(world, "I-2", "2019-02-28"), "");
    cr_expect_str_eq(incident_code(world, "I-1", "2019-03-01"), "no_honour_then");
    cr_expect_not_null(after_deadline(world, AFTER_CASE "/I-2:incident_report:1"));
    world_destroy(world);
}

// F-report-1
Test(after_bounds, an_incident_known_after_the_revocation_is_reported_but_asks_for_no_other)
{
    struct world *world = after_world_create();
    revoke(world, "2019-03-01");
    cr_assert_str_eq(incident_code(world, "I-2", "2019-02-28"), "");
    cr_expect_null(after_task(world, "check_grounds"));
    (void)after_accept(world, "ent-a",
                       "{\"incident_reported_by_laureate\":{\"incident\":\"I-2\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-02-28\",\"digest\":\"d\"}}",
                       AFTER_CASE);
    cr_expect_eq(after_deadline(world, AFTER_CASE "/I-2:incident_report:1")->state,
                 AWARD__DEADLINE__STATE__met);
    world_destroy(world);
}

static const char *evaluation_code(struct world *world)
{
    return world_code(after_send(world, "ent-a",
                                 "{\"self_evaluation_submitted\":{\"case\":\"%s\",\"year\":2019,"
                                 "\"digest\":\"d\"}}",
                                 AFTER_CASE));
}

Test(after_bounds, a_self_evaluation_on_the_day_of_the_approval_comes_too_late)
{
    struct world *world = after_world_create();
    revoke(world, "2019-03-01");
    cr_expect_str_eq(evaluation_code(world), "wrong_stage");
    world_destroy(world);
}

// ---- What ends with the honour

#define EXPERIENCE_DUE                                                                             \
    "{\"moment\":\"2019-12-31T23:59:59.999+08:00\",\"kind\":\"deadline\",\"revision\":1,"          \
    "\"step\":0,\"subject\":\"" AFTER_CASE ":experience:1\"}"

static void experience_put(struct world *world)
{
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"" AFTER_CASE ":experience:1\",\"subject\":\"" AFTER_CASE
              "\",\"kind\":\"experience\",\"ordinal\":1,\"revision\":1,\"article\":\"17\","
              "\"starts\":\"2018-11-16\",\"last\":\"2019-12-31\",\"state\":\"open\","
              "\"end\":\"2019-12-31T23:59:59.999+08:00\",\"case\":\"" AFTER_CASE
              "\",\"dues\":[" EXPERIENCE_DUE "]}");
}

// F-year-2
Test(after_bounds, a_self_evaluation_due_on_the_day_of_the_approval_falls_one_due_before_stays)
{
    struct world *world = after_world_create();
    world_clock(world, "2019-12-31T09:00:00+08:00");
    revoke(world, "2019-12-31");
    cr_expect_eq(after_deadline(world, AFTER_CASE ":self_evaluation:2019")->state,
                 AWARD__DEADLINE__STATE__removed);
    world_destroy(world);
    world = after_world_create();
    world_clock(world, "2020-01-01T09:00:00+08:00");
    revoke(world, "2020-01-01");
    cr_expect_eq(after_deadline(world, AFTER_CASE ":self_evaluation:2019")->state,
                 AWARD__DEADLINE__STATE__overdue);
    world_destroy(world);
}

static Award__Deadline__State experience_after(const char *revoked_on)
{
    struct world *world = after_world_create();
    experience_put(world);
    after_put(world, AWARD__CHANGE__RECORD_DUE, EXPERIENCE_DUE);
    world_clock(world, arena_format(world_arena(world), "%sT09:00:00+08:00", revoked_on));
    revoke(world, revoked_on);
    world_clock(world, "2020-02-01T09:00:00+08:00");
    Award__Deadline__State state = after_deadline(world, AFTER_CASE ":experience:1")->state;
    world_destroy(world);
    return state;
}

// 17s1
Test(after_bounds, the_experience_due_on_the_day_of_the_approval_falls_one_due_before_stays)
{
    cr_expect_eq(experience_after("2019-03-01"), AWARD__DEADLINE__STATE__removed);
    cr_expect_eq(experience_after("2019-12-31"), AWARD__DEADLINE__STATE__removed);
    cr_expect_eq(experience_after("2020-01-01"), AWARD__DEADLINE__STATE__overdue);
}

// 17s1, decision 28: what is suspended is not due, whatever its old day was.
Test(after_bounds, an_experience_that_was_suspended_falls_with_the_honour)
{
    struct world *world = after_world_create();
    experience_put(world);
    after_put(world, AWARD__CHANGE__RECORD_DUE, EXPERIENCE_DUE);
    (void)after_accept(world, "office",
                       "{\"deadline_suspended\":{\"deadline\":\"%s:experience:1\",\"reason\":\"r\","
                       "\"article\":\"17\"}}",
                       AFTER_CASE);
    world_clock(world, "2020-01-02T09:00:00+08:00");
    revoke(world, "2020-01-02");
    cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state,
                 AWARD__DEADLINE__STATE__removed);
    world_destroy(world);
}

Test(after_bounds, experience_that_was_shared_in_time_stays_met_after_a_revocation)
{
    struct world *world = after_world_create();
    experience_put(world);
    (void)after_send(world, "ent-a", "{\"experience_shared\":{\"case\":\"%s\",\"digest\":\"d\"}}",
                     AFTER_CASE);
    revoke(world, "2019-03-01");
    cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state,
                 AWARD__DEADLINE__STATE__met);
    world_destroy(world);
}

// ---- Refused

// 20s1
Test(after_bounds, a_refused_revocation_changes_nothing_of_the_honour)
{
    struct world *world = after_world_create();
    experience_put(world);
    open_breach(world, "R-1");
    verify(world, "R-1");
    decide(world, "R-1", false, "2019-03-01");
    const Award__Case *c = world_case(world, AFTER_CASE);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__conferred);
    cr_expect_null(c->honour->until);
    cr_expect_null(c->revocation);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_bars, 0);
    cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state,
                 AWARD__DEADLINE__STATE__open);
    cr_expect_str_eq(world_code(after_send(world, "bureau",
                                           "{\"medal_returned\":{\"case\":\"%s\","
                                           "\"on\":\"2019-03-01\"}}",
                                           AFTER_CASE)),
                     "wrong_stage");
    cr_expect_str_eq(evaluation_code(world), "");
    world_destroy(world);
}

// F-ground-3
Test(after_bounds, one_that_the_worker_opened_blocks_no_other_ground)
{
    struct world *world = after_world_create();
    cr_assert_str_eq(incident_code(world, "I-1", "2019-02-27"), "");
    const Award__Decision *decision = after_grounds(world, "I-1", "[\"major_accident\"]");
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    open_breach(world, "R-1");
    verify(world, "R-1");
    decide(world, "R-1", false, "2019-03-01");
    verify(world, AFTER_CASE "/I-1");
    decide(world, AFTER_CASE "/I-1", true, "2019-03-01");
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revoked);
    world_destroy(world);
}

Test(after_bounds, what_is_revoked_is_not_revoked_again)
{
    struct world *world = after_world_create();
    open_breach(world, "R-2");
    revoke(world, "2019-03-01");
    cr_expect_str_eq(world_code(after_send(world, "bureau",
                                           "{\"revocation_verified\":{\"revocation\":\"R-2\","
                                           "\"report\":\"报告\"}}")),
                     "wrong_stage");
    world_destroy(world);
}

// ---- Bars

// F-violation-2, decision 4
Test(after_bounds, ground_one_of_an_award_bars_by_12_4_from_the_approval_and_12_2_from_verification)
{
    struct world *world = after_world_create();
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-1\","
                       "\"ground\":\"misrepresentation\",\"facts\":\"虚报\"}}",
                       AFTER_CASE);
    verify(world, "R-1");
    world_clock(world, "2019-04-10T09:00:00+08:00");
    decide(world, "R-1", true, "2019-04-09");
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 2);
    cr_expect_eq(enterprise->bars[0]->until->number, day_of("2024-04-09"));
    cr_expect_eq(enterprise->bars[1]->until->number, day_of("2022-03-01"));
    world_destroy(world);
}

// 21s1
Test(after_bounds, grounds_two_to_four_bar_by_12_4_alone)
{
    struct world *world = after_world_create();
    cr_assert_str_eq(incident_code(world, "I-1", "2019-02-27"), "");
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-1\","
                       "\"ground\":\"major_accident\",\"incident\":\"I-1\"}}",
                       AFTER_CASE);
    verify(world, "R-1");
    decide(world, "R-1", true, "2019-03-01");
    cr_expect_eq(bars_of(world, "12(4)"), 1);
    cr_expect_eq(bars_of(world, "12(2)"), 0);
    world_destroy(world);
}
