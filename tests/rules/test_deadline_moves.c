// Deadlines that no law fixes: suspended, resumed, extended by the office.
#include "tests/rules/after_world.h"

#include "common/time.h"
#include "rules/deadlines.h"

#include <criterion/criterion.h>
#include <string.h>

#define ANSWER "O-1:objection_answer:1"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// A complaint about the laureate on 2019-03-01, a Friday.
static struct world *world_counted(struct period period)
{
    struct world *world = after_world_create();
    after_complaint(world, period);
    return world;
}

static struct world *world_with_complaint(enum period_unit unit, uint32_t length)
{
    return world_counted((struct period){.length = length, .unit = unit, .roll_last_day = false});
}

static const Award__Decision *suspend(struct world *world, const char *deadline)
{
    return after_send(world, "office",
                      "{\"deadline_suspended\":{\"deadline\":\"%s\",\"reason\":\"等待检验\","
                      "\"article\":\"办公室规定第3条\"}}",
                      deadline);
}

static const Award__Decision *resume(struct world *world, const char *deadline)
{
    return after_send(world, "office",
                      "{\"deadline_resumed\":{\"deadline\":\"%s\",\"reason\":\"检验完成\","
                      "\"article\":\"办公室规定第3条\"}}",
                      deadline);
}

static const Award__Decision *extend(struct world *world, const char *deadline, const char *last)
{
    return after_send(world, "office",
                      "{\"deadline_extended\":{\"deadline\":\"%s\",\"last\":\"%s\","
                      "\"reason\":\"案情复杂\",\"article\":\"办公室规定第4条\"}}",
                      deadline, last);
}

static void expect_accepted(const Award__Decision *decision)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

static int32_t last_of(struct world *world, const char *id)
{
    return after_deadline(world, id)->last->number;
}

static size_t dues_of(struct world *world, const char *id)
{
    size_t count = 0;
    Award__Due *due;
    for (size_t i = 0;
         (due = (Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL; i++) {
        count += strcmp(due->subject, id) == 0 ? 1 : 0;
    }
    return count;
}

Test(deadline_moves, the_rest_of_calendar_days_runs_from_the_resumption)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    cr_assert_eq(last_of(world, ANSWER), day_of("2019-03-16"));
    world_clock(world, "2019-03-05T09:00:00+08:00"); // 4 days were counted
    expect_accepted(suspend(world, ANSWER));
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__suspended);
    cr_expect_eq(dues_of(world, ANSWER), 0);
    world_clock(world, "2019-04-10T09:00:00+08:00"); // nothing fires meanwhile
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__suspended);
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-04-21")); // 11 days behind 04-10
    cr_expect_gt(dues_of(world, ANSWER), 1);
    world_clock(world, "2019-04-22T00:00:01+08:00");
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__overdue);
    world_destroy(world);
}

Test(deadline_moves, working_days_are_counted_as_working_days_again)
{
    struct world *world = world_with_complaint(PERIOD_WORKING_DAYS, 10);
    cr_assert_eq(last_of(world, ANSWER), day_of("2019-03-15"));
    world_clock(world, "2019-03-09T09:00:00+08:00"); // Saturday: 5 were counted
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-03-31T09:00:00+08:00");
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-04-08")); // 04-05 is a holiday
    world_destroy(world);
}

Test(deadline_moves, suspended_and_resumed_on_one_day_it_has_not_moved)
{
    struct world *world = world_with_complaint(PERIOD_WORKING_DAYS, 10);
    world_clock(world, "2019-03-05T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-15"));
    cr_expect_eq(after_deadline(world, ANSWER)->revision, 3);
    world_destroy(world);
}

Test(deadline_moves, on_the_last_day_nothing_is_left_and_it_ends_on_the_day_of_the_resumption)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 4);
    world_clock(world, "2019-03-05T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-03-20T09:00:00+08:00");
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-20"));
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__open);
    world_destroy(world);
}

Test(deadline_moves, each_change_stays_on_the_deadline_with_both_days_and_why)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    expect_accepted(suspend(world, ANSWER));
    expect_accepted(resume(world, ANSWER));
    expect_accepted(extend(world, ANSWER, "2019-04-01"));
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    cr_assert_eq(deadline->n_moves, 3);
    cr_expect_str_eq(deadline->moves[0]->event, "deadline_suspended");
    cr_expect_null(deadline->moves[0]->last);
    const Award__Deadline__Move *last = deadline->moves[2];
    cr_expect_str_eq(last->event, "deadline_extended");
    cr_expect_eq(last->old_last->number, day_of("2019-03-16"));
    cr_expect_eq(last->last->number, day_of("2019-04-01"));
    cr_expect_str_eq(last->reason, "案情复杂");
    cr_expect_str_eq(last->article, "办公室规定第4条");
    cr_expect_str_eq(last->by, "office");
    cr_expect_eq(last->revision, 4);
    world_destroy(world);
}

Test(deadline_moves, an_extension_lies_behind_the_old_day_and_not_before_today)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    cr_expect_str_eq(world_code(extend(world, ANSWER, "2019-03-16")), "not_later");
    world_clock(world, "2019-03-20T09:00:00+08:00");
    cr_assert_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__overdue);
    cr_expect_str_eq(world_code(extend(world, ANSWER, "2019-03-19")), "not_later");
    const Award__Decision *decision = extend(world, ANSWER, "2019-03-19");
    cr_expect_not_null(strstr(decision->reasons[0]->en, "after 2019-03-19 only"));
    cr_expect_not_null(
        strstr(extend(world, ANSWER, "2019-03-16")->reasons[0]->en, "after 2019-03-16 only"));
    expect_accepted(extend(world, ANSWER, "2019-03-20"));
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__open);
    world_clock(world, "2019-03-21T00:00:01+08:00");
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__overdue);
    world_destroy(world);
}

// decision 28: six working days were left, to the end on a Sunday.
Test(deadline_moves, the_rest_of_an_extension_is_counted_in_the_units_of_its_period)
{
    struct world *world = world_with_complaint(PERIOD_WORKING_DAYS, 10);
    expect_accepted(extend(world, ANSWER, "2019-03-31"));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-03-25T09:00:00+08:00");
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-04-02"));
    world_destroy(world);
}

// decision 28
Test(deadline_moves, an_extension_to_a_day_off_has_not_moved_when_it_is_resumed_on_the_same_day)
{
    struct world *world = world_with_complaint(PERIOD_WORKING_DAYS, 10);
    expect_accepted(extend(world, ANSWER, "2019-03-31"));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-31"));
    world_destroy(world);
}

// decision 28, decision 2: 15 days end on Saturday, moved to Monday.
Test(deadline_moves, with_nothing_left_it_ends_as_the_period_does)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    world_rules(world)->objection_answer.roll_last_day = true;
    expect_accepted(extend(world, ANSWER, "2019-03-17"));
    world_clock(world, "2019-03-17T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-17")); // the same day
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-03-23T09:00:00+08:00"); // a Saturday
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-25"));
    world_destroy(world);
}

// decision 28, decision 2: the days by which an end moved are none of what is left.
Test(deadline_moves, the_days_over_which_an_end_moved_are_not_left)
{
    struct world *world =
        world_counted((struct period){.length = 15, .unit = PERIOD_DAYS, .roll_last_day = true});
    cr_assert_eq(last_of(world, ANSWER), day_of("2019-03-18")); // day 15 is Saturday 03-16
    world_clock(world, "2019-03-14T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-03-20T09:00:00+08:00");
    expect_accepted(resume(world, ANSWER));
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-03-22"));
    cr_expect_eq(after_deadline(world, ANSWER)->starts->number, day_of("2019-03-20"));
    world_destroy(world);
}

// decision 28, 17
Test(deadline_moves, a_fixed_day_moves_by_the_days_of_the_suspension)
{
    static const char experience[] = AFTER_CASE ":experience:1";
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"" AFTER_CASE ":experience:1\",\"subject\":\"" AFTER_CASE
              "\",\"kind\":\"experience\",\"ordinal\":1,\"revision\":1,\"article\":\"17\","
              "\"starts\":\"2018-11-16\",\"last\":\"2019-12-31\",\"state\":\"open\","
              "\"end\":\"2019-12-31T23:59:59.999+08:00\",\"case\":\"" AFTER_CASE "\"}");
    expect_accepted(suspend(world, experience));
    world_clock(world, "2019-03-11T09:00:00+08:00");
    expect_accepted(resume(world, experience));
    cr_expect_eq(last_of(world, experience), day_of("2020-01-10"));
    cr_expect_not(after_deadline(world, experience)->provisional);
    world_destroy(world);
}

// decision 28
Test(deadline_moves, what_the_law_fixes_is_never_moved)
{
    struct world *world = after_world_create();
    static const char evaluation[] = AFTER_CASE ":self_evaluation:2019";
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-02-27\"}}",
                       AFTER_CASE);
    static const char report[] = AFTER_CASE "/I-1:incident_report:1";
    const struct {
        const char *id;
        const char *article;
    } rows[] = {
        {evaluation, "18"},
        {report,     "19"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = suspend(world, rows[i].id);
        cr_expect_str_eq(world_code(decision), "deadline_fixed");
        cr_expect_str_eq(world_article(decision), rows[i].article);
        cr_expect_str_eq(world_code(resume(world, rows[i].id)), "deadline_fixed");
        cr_expect_str_eq(world_code(extend(world, rows[i].id, "2030-01-01")), "deadline_fixed");
        cr_expect_not_null(strstr(decision->reasons[0]->en, "is fixed by Article"));
    }
    cr_expect_str_eq(world_code(suspend(world, "none")), "no_such_deadline");
    world_destroy(world);
}

Test(deadline_moves, the_table_lets_the_office_move_plans_answers_and_the_experience_alone)
{
    static const bool movable[] = {
        [AWARD__DEADLINE_KIND__NAME__closing] = false,
        [AWARD__DEADLINE_KIND__NAME__plan_independent] = true,
        [AWARD__DEADLINE_KIND__NAME__plan_consensus] = true,
        [AWARD__DEADLINE_KIND__NAME__plan_visit] = true,
        [AWARD__DEADLINE_KIND__NAME__plan_report] = true,
        [AWARD__DEADLINE_KIND__NAME__publicity_end] = false,
        [AWARD__DEADLINE_KIND__NAME__objection_answer] = true,
        [AWARD__DEADLINE_KIND__NAME__incident_report] = false,
        [AWARD__DEADLINE_KIND__NAME__self_evaluation] = false,
        [AWARD__DEADLINE_KIND__NAME__experience] = true,
    };
    for (size_t kind = 1; kind < sizeof(movable) / sizeof(movable[0]); kind++) {
        cr_expect_eq(deadline_movable((Award__DeadlineKind__Name)kind), movable[kind], "%zu", kind);
    }
}

Test(deadline_moves, each_step_has_its_state)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    cr_expect_str_eq(world_code(suspend(world, "none")), "no_such_deadline");
    const Award__Decision *decision = resume(world, ANSWER);
    cr_expect_str_eq(world_code(decision), "wrong_state");
    cr_expect_not_null(strstr(decision->reasons[0]->zh, "现为“进行中”，此时不能“恢复期限”"));
    expect_accepted(suspend(world, ANSWER));
    decision = suspend(world, ANSWER);
    cr_expect_str_eq(world_code(decision), "wrong_state");
    cr_expect_not_null(strstr(decision->reasons[0]->zh, "现为“已中止”"));
    cr_expect_not_null(strstr(decision->reasons[0]->en, "is suspended; deadline_suspended"));
    cr_expect_str_eq(world_code(extend(world, ANSWER, "2019-05-01")), "wrong_state");
    world_destroy(world);
}

Test(deadline_moves, an_answer_while_it_is_suspended_is_in_time)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    expect_accepted(suspend(world, ANSWER));
    world_clock(world, "2019-06-01T09:00:00+08:00");
    (void)after_accept(world, "office",
                       "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"unfounded\","
                       "\"report\":\"调查报告\"}}");
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__met);
    world_destroy(world);
}

static void calendar_again(struct world *world)
{
    (void)after_accept(world, "office",
                       "{\"calendar_loaded\":{\"year\":2019,\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false,\"name\":\"元旦\"}],"
                       "\"source\":\"测试\",\"digest\":\"d\"}}");
    world_clock(world, "2019-03-05T10:00:00+08:00");
}

Test(deadline_moves, a_new_calendar_leaves_what_is_suspended_and_takes_nothing_from_an_extension)
{
    struct world *world = world_with_complaint(PERIOD_DAYS, 15);
    world_clock(world, "2019-03-05T09:00:00+08:00");
    expect_accepted(suspend(world, ANSWER));
    calendar_again(world);
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__suspended);
    expect_accepted(resume(world, ANSWER));
    expect_accepted(extend(world, ANSWER, "2019-05-01"));
    world_clock(world, "2019-03-06T09:00:00+08:00");
    (void)after_accept(world, "office",
                       "{\"calendar_loaded\":{\"year\":2019,\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false,\"name\":\"元旦\"}],"
                       "\"source\":\"测试二\",\"digest\":\"e\"}}");
    world_clock(world, "2019-03-06T10:00:00+08:00");
    cr_expect_eq(last_of(world, ANSWER), day_of("2019-05-01"));
    world_destroy(world);
}

// 16(1), 16(7).2
Test(deadline_moves, what_another_event_moves_is_not_moved_by_these)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"2019:closing:1\",\"subject\":\"2019\",\"kind\":\"closing\","
              "\"state\":\"open\",\"last\":\"2019-04-30\"}");
    after_put(
        world, AWARD__CHANGE__RECORD_DEADLINE,
        "{\"deadline\":\"2019:publicity_end:1\",\"subject\":\"2019\",\"kind\":\"publicity_end\","
        "\"state\":\"open\",\"last\":\"2019-04-30\"}");
    const Award__Decision *closing = extend(world, "2019:closing:1", "2019-05-05");
    cr_expect_str_eq(world_code(closing), "deadline_fixed");
    cr_expect_str_eq(world_article(closing), "16(1)");
    cr_expect_not_null(strstr(closing->reasons[0]->en, "use cycle_changed"));
    cr_expect_not_null(strstr(closing->reasons[0]->zh, "变更请用 cycle_changed"));
    const Award__Decision *publicity = suspend(world, "2019:publicity_end:1");
    cr_expect_str_eq(world_article(publicity), "16(7).2");
    cr_expect_not_null(strstr(publicity->reasons[0]->en, "use publicity_extended"));
    world_destroy(world);
}

// 8(1).1: a step of a team's plan is of no case.
Test(deadline_moves, what_is_of_no_case_concerns_its_subject_alone)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"T:plan_visit:1\",\"subject\":\"T\",\"kind\":\"plan_visit\","
              "\"state\":\"open\",\"article\":\"8(1).1\",\"starts\":\"2019-02-01\","
              "\"last\":\"2019-04-30\",\"end\":\"2019-04-30T23:59:59.999+08:00\"}");
    const Award__Decision *decision = extend(world, "T:plan_visit:1", "2019-05-05");
    expect_accepted(decision);
    cr_assert_eq(decision->n_concerns, 1);
    cr_expect_str_eq(decision->concerns[0], "T");
    cr_expect_eq(last_of(world, "T:plan_visit:1"), day_of("2019-05-05"));
    world_destroy(world);
}
