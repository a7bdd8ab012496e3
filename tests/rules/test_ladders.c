// What becomes of an alert: upward while nobody acknowledges it, put off, taken back.
#include "tests/rules/roster_world.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

#define STEP_0 ANSWER "/1/0@09:00/" // of the last day
#define DAY_BEFORE ANSWER "/1/-1w@09:00/office"
#define CLERK STEP_0 "office"
#define HEAD STEP_0 "head"
#define DIRECTOR STEP_0 "director"

static const Award__Alert *alert_at(struct world *world, const char *id)
{
    return alert_find(world_reading(world), id);
}

static size_t rows_of(struct world *world, Award__Due__Kind kind)
{
    size_t count = 0;
    const Award__Due *due;
    for (size_t i = 0;
         (due = (const Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL;
         i++) {
        count += due->kind == kind && strstr(due->subject, ANSWER) != NULL ? 1 : 0;
    }
    return count;
}

static const Award__Decision *acknowledge(struct world *world, const char *who, const char *alert)
{
    return after_accept(world, who, "{\"alert_acknowledged\":{\"alert\":\"%s\"}}", alert);
}

static const Award__Decision *snooze(struct world *world, const char *until)
{
    return after_send(world, "office",
                      "{\"alert_snoozed\":{\"alert\":\"" CLERK "\",\"until\":\"%s\","
                      "\"reason\":\"等待检验结果\"}}",
                      until);
}

static const Award__Message *message_of(struct world *world, const Award__Alert *alert)
{
    return (const Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE,
                                                alert->message);
}

// ---- Upward

Test(ladders, what_nobody_acknowledges_goes_from_the_clerk_to_the_head_to_the_director)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, CLERK));
    cr_expect_eq(alert_at(world, CLERK)->post, AWARD__POST__NAME__clerk);
    cr_expect_null(alert_at(world, HEAD));
    world_clock(world, "2019-03-19T08:59:59+08:00"); // one working day later, a moment before
    cr_expect_null(alert_at(world, HEAD));
    world_clock(world, "2019-03-19T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, HEAD));
    cr_expect(alert_at(world, HEAD)->escalated);
    cr_expect_null(alert_at(world, DIRECTOR));
    world_clock(world, "2019-03-21T08:59:59+08:00"); // two more
    cr_expect_null(alert_at(world, DIRECTOR));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, DIRECTOR));
    world_destroy(world);
}

Test(ladders, what_one_of_them_acknowledges_goes_no_further)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-19T09:00:00+08:00");
    (void)acknowledge(world, "head", HEAD);
    world_clock(world, "2019-03-22T09:00:00+08:00");
    cr_expect_null(alert_at(world, DIRECTOR));
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    cr_expect_eq(deadline->state, AWARD__DEADLINE__STATE__overdue, "and stays overdue");
    world_destroy(world);
}

// The head is told once, as the substitute of the clerk; the director when he would be anyhow.
Test(ladders, a_head_who_stands_in_for_the_clerk_does_not_keep_it_from_the_director)
{
    struct world *world = roster_world_create();
    (void)after_accept(world, "office", "%s",
                       "{\"absence_recorded\":{\"person\":\"office\",\"from\":\"2019-03-18\","
                       "\"until\":\"2019-03-29\",\"substitute\":\"head\",\"reason\":\"年休假\"}}");
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, HEAD));
    cr_expect_str_eq(alert_at(world, HEAD)->stands_for, "office");
    world_clock(world, "2019-03-21T08:59:59.999+08:00");
    cr_expect_null(alert_at(world, DIRECTOR));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    cr_expect_not_null(alert_at(world, DIRECTOR));
    world_destroy(world);
}

// It would go upward every working day, to the same clerk, for as long as the deadline is there.
Test(ladders, where_nobody_stands_above_the_clerk_it_goes_no_further)
{
    struct world *world = after_world_create();
    staff_put(world, "office", "clerk");
    (void)after_accept(world, "office",
                       "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"%s\","
                       "\"text\":\"反映\"}}",
                       AFTER_CASE);
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    cr_assert_not_null(deadline);
    world_clock(world, "2019-12-31T09:00:00+08:00");
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__escalation), 0);
    world_destroy(world);
}

Test(ladders, a_role_without_a_roster_has_nobody_above_it)
{
    struct world *world = after_world_create();
    world_clock(world, "2019-12-31T09:00:00+08:00");
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__escalation), 0);
    world_destroy(world);
}

// The last step is five working days after the last day, 2019-03-25; three more are the 28th.
Test(ladders, a_whole_one_that_nobody_acknowledged_is_told_to_those_of_the_policy)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-28T08:59:59+08:00");
    cr_expect_null(alert_at(world, ANSWER "/1/unheard/supervision"));
    world_clock(world, "2019-03-28T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, ANSWER "/1/unheard/supervision"));
    cr_expect(alert_at(world, ANSWER "/1/unheard/supervision")->unheard);
    cr_expect_not_null(alert_at(world, ANSWER "/1/unheard/admin"));
    cr_expect_null(alert_at(world, ANSWER "/1/unheard/office"));
    world_destroy(world);
}

Test(ladders, one_that_was_acknowledged_once_is_heard)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-18T09:00:00+08:00");
    (void)acknowledge(world, "office", CLERK);
    world_clock(world, "2019-03-29T09:00:00+08:00");
    cr_expect_null(alert_at(world, ANSWER "/1/unheard/supervision"));
    world_destroy(world);
}

// ---- Put off

Test(ladders, a_snooze_ends_with_the_alert_told_again_and_going_upward_from_then)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_assert_eq(snooze(world, "2019-03-20T10:00:00+08:00")->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    world_clock(world, "2019-03-20T09:59:59+08:00");
    cr_expect_null(alert_at(world, HEAD), "it does not go upward meanwhile");
    cr_expect_str_eq(alert_at(world, CLERK)->reason, "等待检验结果");
    world_clock(world, "2019-03-20T10:00:00+08:00");
    cr_expect_null(alert_at(world, CLERK)->snoozed_until);
    cr_expect_str_eq(alert_at(world, CLERK)->message, "office/2019-03-20T10:00:00+08:00/1");
    world_clock(world, "2019-03-21T09:59:59+08:00");
    cr_expect_null(alert_at(world, HEAD));
    world_clock(world, "2019-03-21T10:00:00+08:00");
    cr_expect_not_null(alert_at(world, HEAD));
    world_destroy(world);
}

Test(ladders, a_snooze_is_bounded_and_of_what_is_open)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_expect_str_eq(world_code(snooze(world, "2019-03-18T09:00:00+08:00")), "bad_snooze");
    cr_expect_str_eq(world_code(snooze(world, "2019-04-02T00:00:00+08:00")), "bad_snooze");
    cr_expect_eq(snooze(world, "2019-04-01T23:59:59+08:00")->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(snooze(world, "2019-03-19T09:00:00+08:00")->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__snooze), 1);
    (void)acknowledge(world, "office", CLERK);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__snooze), 0);
    cr_expect_str_eq(world_code(snooze(world, "2019-03-19T09:00:00+08:00")), "alert_settled");
    cr_expect_str_eq(world_code(world_try(world, "coordinator",
                                          "{\"snooze_ended\":{\"alert\":\"" CLERK
                                          "\",\"until\":\"2019-03-19T09:00:00+08:00\"}}")),
                     "nothing_due");
    world_destroy(world);
}

// ---- Taken back

Test(ladders, what_is_met_is_taken_back_and_said_once_to_those_who_were_told)
{
    struct world *world = roster_world_create();
    world_clock(world, "2019-03-18T10:00:00+08:00");
    (void)after_accept(world, "office", "%s",
                       "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"unfounded\","
                       "\"report\":\"r\"}}");
    cr_expect(alert_at(world, CLERK)->taken_back);
    cr_expect(alert_at(world, DAY_BEFORE)->taken_back);
    const Award__Message *message = message_of(world, alert_at(world, CLERK));
    cr_expect_eq(message->n_alerts, 1, "one line for the deadline");
    cr_expect_str_eq(message->message, "office/2019-03-18T10:00:00+08:00/1");
    for (int kind = AWARD__DUE__KIND__deadline; kind <= AWARD__DUE__KIND__unheard; kind++) {
        cr_expect_eq(rows_of(world, (Award__Due__Kind)kind), 0, "%d", kind);
    }
    world_clock(world, "2019-03-18T10:00:01+08:00");
    cr_expect_eq(message_of(world, alert_at(world, CLERK))->state, AWARD__MESSAGE__STATE__sealed);
    world_destroy(world);
}

// Told on a Saturday, it would go out on Monday at 08:30.
Test(ladders, what_is_met_before_its_message_goes_out_is_left_out_of_it)
{
    struct world *world = roster_world_create();
    world_policy(world)->hours_from = 600;
    world_clock(world, "2019-03-15T09:00:00+08:00"); // the step of one working day before
    const char *id = DAY_BEFORE;
    cr_assert_str_eq(alert_at(world, id)->message, "office/2019-03-15T10:00:00+08:00/1");
    (void)acknowledge(world, "office", id);
    world_clock(world, "2019-03-15T10:00:00.001+08:00");
    cr_expect_null(message_of(world, alert_at(world, id)), "nothing was left to say");
    world_destroy(world);
}

// Two complaints of one moment: both go upward at nine, and the head has one message.
Test(ladders, what_goes_upward_in_one_moment_goes_out_together)
{
    struct world *world = roster_world_create();
    (void)after_accept(world, "office",
                       "{\"complaint_filed\":{\"objection\":\"O-2\",\"case\":\"%s\","
                       "\"text\":\"反映\"}}",
                       AFTER_CASE);
    world_clock(world, "2019-03-19T09:00:00.001+08:00");
    const Award__Alert *first = alert_at(world, HEAD);
    const Award__Alert *second = alert_at(world, "O-2:objection_answer:1/1/0@09:00/head");
    cr_assert(first != NULL && second != NULL);
    cr_expect_str_eq(first->message, second->message);
    cr_expect_eq(message_of(world, first)->state, AWARD__MESSAGE__STATE__sealed);
    cr_expect_eq(message_of(world, first)->n_alerts, 2);
    world_destroy(world);
}

// ---- In his hours

Test(ladders, what_can_wait_goes_out_in_the_hours_and_what_cannot_at_once)
{
    struct world *world = roster_world_create();
    world_policy(world)->hours_from = 600; // 10:00
    world_clock(world, "2019-03-15T09:00:00+08:00");
    cr_expect_str_eq(alert_at(world, DAY_BEFORE)->message, "office/2019-03-15T10:00:00+08:00/1");
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_expect_str_eq(alert_at(world, CLERK)->message, "office/2019-03-18T09:00:00+08:00/1");
    world_destroy(world);
}

// ---- Where the office was off

Test(ladders, of_several_steps_that_are_past_the_last_is_told_once_with_when_it_was_due)
{
    struct world *world = after_world_create();
    struct arena *arena = world_arena(world);
    static const char *const moments[] = {"2019-02-20T09:00:00+08:00", "2019-02-27T09:00:00+08:00"};
    const struct alert_step steps[] = {
        {-10, true, 540, 0, false},
        {-5,  true, 540, 0, false}
    };
    const char *dues = "";
    for (size_t i = 0; i < 2; i++) {
        const char *due = arena_format(
            arena,
            "{\"moment\":\"%s\",\"kind\":\"alert\",\"subject\":\"D\",\"revision\":1,\"step\":%u}",
            moments[i], alert_step_number(&steps[i]));
        after_put(world, AWARD__CHANGE__RECORD_DUE, due);
        dues = arena_format(arena, "%s%s%s", dues, i > 0 ? "," : "", due);
    }
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              arena_format(arena,
                           "{\"deadline\":\"D\",\"subject\":\"O\",\"kind\":\"objection_answer\","
                           "\"revision\":1,\"article\":\"policy\",\"state\":\"open\","
                           "\"last\":\"2019-03-06\",\"dues\":[%s]}",
                           dues));
    world_clock(world, "2019-03-01T09:00:01+08:00");
    cr_expect_null(alert_at(world, "D/1/-10w@09:00/office"));
    const Award__Alert *alert = alert_at(world, "D/1/-5w@09:00/office");
    cr_assert_not_null(alert);
    cr_expect_eq(alert->raised->ms - alert->planned->ms, 2 * INT64_C(86400000));
    world_destroy(world);
}

// The last step was due on 2019-03-25 and the row behind the ladder on the 28th; the office was off
// until April 8 at eight, and three working days from then are the 11th at eight.
Test(ladders, a_whole_one_that_is_told_late_is_unheard_only_after_time_to_hear_it)
{
    struct world *world = roster_world_create();
    struct arena *arena = world_arena(world);
    const struct alert_step last = {5, true, 540, 0, false};
    const struct {
        const char *moment;
        const char *kind;
        uint32_t step;
    } rows[] = {
        {"2019-03-25T09:00:00+08:00", "alert",   alert_step_number(&last)},
        {"2019-03-28T09:00:00+08:00", "unheard", ALERT_STEP_UNHEARD      },
    };
    const char *dues = "";
    world_clock(world, "2019-04-08T08:00:00+08:00");
    for (size_t i = 0; i < 2; i++) {
        const char *due = arena_format(
            arena,
            "{\"moment\":\"%s\",\"kind\":\"%s\",\"subject\":\"D\",\"revision\":1,\"step\":%u}",
            rows[i].moment, rows[i].kind, rows[i].step);
        world_put_json(world, AWARD__CHANGE__RECORD_DUE, due);
        dues = arena_format(arena, "%s%s%s", dues, i > 0 ? "," : "", due);
    }
    world_put_json(
        world, AWARD__CHANGE__RECORD_DEADLINE,
        arena_format(arena,
                     "{\"deadline\":\"D\",\"subject\":\"O\",\"kind\":\"objection_answer\","
                     "\"revision\":1,\"article\":\"policy\",\"state\":\"overdue\","
                     "\"last\":\"2019-03-18\",\"dues\":[%s]}",
                     dues));
    world_clock(world, "2019-04-08T09:00:00+08:00");
    cr_assert_not_null(alert_at(world, "D/1/+5w@09:00/office"));
    world_clock(world, "2019-04-11T07:59:59+08:00");
    cr_expect_null(alert_at(world, "D/1/unheard/supervision"));
    world_clock(world, "2019-04-11T08:00:00+08:00");
    cr_expect_not_null(alert_at(world, "D/1/unheard/supervision"));
    world_destroy(world);
}

// ---- Another policy, another calendar

Test(ladders, another_policy_serves_the_steps_still_to_come)
{
    struct world *world = roster_world_create();
    struct alert_policy *policy = world_policy(world);
    struct alert_ladder *ladder = NULL;
    for (size_t i = 0; i < policy->ladders_count; i++) {
        if (policy->ladders[i].kind == AWARD__DEADLINE_KIND__NAME__objection_answer) {
            ladder = &policy->ladders[i];
        }
    }
    cr_assert_not_null(ladder);
    world_clock(world, "2019-03-15T09:00:00+08:00");
    size_t told = world_count(world, AWARD__CHANGE__RECORD_ALERT);
    ladder->steps_count = 1; // on the day before the last, at 16:00
    ladder->steps[0] = (struct alert_step){-1, false, 960, 1U << AWARD__ROLE__NAME__office, false};
    (void)after_accept(world, "office", "%s",
                       "{\"alert_policy_loaded\":{\"text\":\"x\",\"digest\":"
                       "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}}");
    world_clock(world, "2019-03-15T09:00:01+08:00");
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__alert), 1);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_ALERT), told, "nothing is told again");
    world_clock(world, "2019-03-17T15:59:59+08:00");
    cr_expect_null(alert_at(world, ANSWER "/1/-1@16:00/office"));
    world_clock(world, "2019-03-17T16:00:00+08:00");
    cr_expect_not_null(alert_at(world, ANSWER "/1/-1@16:00/office"));
    world_clock(world, "2019-03-18T09:00:00+08:00");
    cr_expect_null(alert_at(world, CLERK));
    world_destroy(world);
}

// Monday 2019-03-18 becomes a day off: the deadline of calendar days stays, a working day before it
// is Friday still; of two working days before it, too.
Test(ladders, another_calendar_moves_the_steps_in_working_days)
{
    struct world *world = roster_world_create();
    (void)after_accept(
        world, "office", "%s",
        "{\"calendar_loaded\":{\"year\":2019,\"source\":\"s\",\"exceptions\":["
        "{\"on\":\"2019-01-01\"},{\"on\":\"2019-03-14\"},{\"on\":\"2019-03-15\"}]}}");
    world_clock(world, "2019-03-13T08:59:59+08:00");
    cr_expect_null(alert_at(world, DAY_BEFORE));
    world_clock(world, "2019-03-13T09:00:00+08:00");
    cr_expect_not_null(alert_at(world, DAY_BEFORE), "the working day before the 18th");
    world_destroy(world);
}

// Seven days from 2019-02-15; the days off move the end from 02-22 to Monday 2019-03-04.
Test(ladders, a_publicity_that_was_over_runs_again_where_its_end_moves_beyond_now)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"P\",\"subject\":\"2018\",\"kind\":\"publicity_end\",\"revision\":1,"
              "\"article\":\"16(7).2\",\"state\":\"ended\",\"cycle\":\"2018\","
              "\"starts\":\"2019-02-15\",\"last\":\"2019-02-22\","
              "\"end\":\"2019-02-22T23:59:59.999+08:00\"}");
    (void)after_accept(
        world, "office", "%s",
        "{\"calendar_loaded\":{\"year\":2019,\"source\":\"s\",\"exceptions\":["
        "{\"on\":\"2019-01-01\"},{\"on\":\"2019-02-22\"},{\"on\":\"2019-02-25\"},{\"on\":\"2019-02-"
        "26\"},"
        "{\"on\":\"2019-02-27\"},{\"on\":\"2019-02-28\"},{\"on\":\"2019-03-01\"}]}}");
    world_clock(world, "2019-03-01T09:00:01+08:00");
    const Award__Deadline *deadline = after_deadline(world, "P");
    cr_expect_eq(deadline->state, AWARD__DEADLINE__STATE__open);
    world_expect_day(deadline->last, "2019-03-04");
    cr_assert_eq(deadline->n_moves, 1, "and says why");
    cr_expect_eq(deadline->moves[0]->revision, deadline->revision);
    world_expect_day(deadline->moves[0]->old_last, "2019-02-22");
    world_clock(world, "2019-03-05T00:00:00+08:00");
    cr_expect_eq(after_deadline(world, "P")->state, AWARD__DEADLINE__STATE__ended);
    world_destroy(world);
}

// ---- Mornings

Test(ladders, each_working_morning_has_its_digests_and_every_morning_its_proof_of_silence)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              "{\"person\":\"office\",\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}],"
              "\"silence\":true}");
    after_put(
        world, AWARD__CHANGE__RECORD_PERSON,
        "{\"person\":\"bureau\",\"digest\":true,\"addresses\":[{\"channel\":\"wecom\",\"digest\":"
        "\"x\"}],\"absences\":[{\"from\":\"2019-03-01\","
        "\"until\":\"2019-03-04\"}]}");
    after_put(world, AWARD__CHANGE__RECORD_MORNING, "{\"next\":\"2019-03-02T08:00:00+08:00\"}");
    after_put(world, AWARD__CHANGE__RECORD_DUE,
              "{\"moment\":\"2019-03-02T08:00:00+08:00\",\"kind\":\"morning\",\"subject\":\"\","
              "\"step\":0}");
    static const struct {
        const char *moment;
        const char *recipient;
        Award__Template__Name first; // 0: nothing
    } rows[] = {
        {"2019-03-02T08:00:00+08:00", "office", AWARD__TEMPLATE__NAME__silence}, // a Saturday
        {"2019-03-04T08:00:00+08:00", "office", AWARD__TEMPLATE__NAME__digest },
        {"2019-03-04T08:00:00+08:00", "bureau", (Award__Template__Name)0      }, // away
        {"2019-03-05T08:00:00+08:00", "bureau", AWARD__TEMPLATE__NAME__digest },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        world_clock(world, rows[i].moment);
        const Award__Message *message = (const Award__Message *)world_record(
            world, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(world), "%s/%s/1", rows[i].recipient, rows[i].moment));
        cr_expect_eq(message != NULL ? message->template_ : 0, rows[i].first, "%s %s",
                     rows[i].recipient, rows[i].moment);
    }
    cr_expect_str_eq(world_code(world_try(world, "coordinator",
                                          "{\"morning_came\":{\"due\":"
                                          "\"2019-03-05T08:00:00+08:00\"}}")),
                     "nothing_due");
    world_destroy(world);
}

static const Award__Message *message_at(struct world *world, const char *recipient,
                                        const char *moment, Award__Template__Name template_name)
{
    for (unsigned ordinal = 1; ordinal < 9; ordinal++) {
        const Award__Message *message = (const Award__Message *)world_record(
            world, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(world), "%s/%s/%u", recipient, moment, ordinal));
        if (message != NULL && message->template_ == template_name) {
            return message;
        }
    }
    return NULL;
}

static void mail_put(struct world *world, const char *name)
{
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              arena_format(world_arena(world),
                           "{\"person\":\"%s\",\"addresses\":[{\"channel\":\"mail\",\"digest\":"
                           "\"x\"}]}",
                           name));
}

// Its self-evaluation of 2019 ends with 2019-12-31: within the seven days from the 24th.
Test(ladders, an_enterprise_has_a_digest_where_a_deadline_of_its_own_is_near)
{
    struct world *world = after_world_create();
    mail_put(world, "ent-a");
    mail_put(world, "office");
    (void)after_accept(world, "office", "%s", "{\"address_changed\":{\"silence\":false}}");
    static const struct {
        const char *moment;
        bool office;
        bool enterprise;
    } rows[] = {
        {"2019-06-03T08:00:00+08:00", true, false}, // a Monday far from it
        {"2019-12-16T08:00:00+08:00", true, false}, // fifteen days, and nothing was told yet
        {"2019-12-24T08:00:00+08:00", true, true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        world_clock(world, rows[i].moment);
        cr_expect_eq(message_at(world, "office", rows[i].moment, AWARD__TEMPLATE__NAME__digest) !=
                         NULL,
                     rows[i].office, "%s", rows[i].moment);
        cr_expect_eq(message_at(world, "ent-a", rows[i].moment, AWARD__TEMPLATE__NAME__digest) !=
                         NULL,
                     rows[i].enterprise, "%s", rows[i].moment);
    }
    world_destroy(world);
}

// Nobody but the office has an address; the clerk's duty ends on 2019-03-20.
Test(ladders, what_is_wrong_with_duty_and_addresses_is_told_when_it_comes_about)
{
    struct world *world = after_world_create();
    mail_put(world, "office");
    (void)after_accept(world, "office", "%s", "{\"address_changed\":{\"silence\":false}}");
    world_clock(world, "2019-03-03T08:00:00+08:00");
    const Award__Template__Name gap = AWARD__TEMPLATE__NAME__duty_gap;
    const Award__Message *first = message_at(world, "admin", "2019-03-02T08:00:00+08:00", gap);
    cr_assert_not_null(first, "what was wrong from the first");
    cr_expect_not_null(strstr(first->facts[0]->value, "bureau"));
    cr_expect_null(message_at(world, "admin", "2019-03-03T08:00:00+08:00", gap), "and only once");
    (void)after_accept(world, "office", "%s",
                       "{\"duty_changed\":{\"person\":\"office\",\"post\":\"clerk\",\"from\":"
                       "\"2019-03-01\",\"until\":\"2019-03-20\"}}");
    world_clock(world, "2019-03-05T08:00:00+08:00");
    const Award__Message *then = message_at(world, "office", "2019-03-04T08:00:00+08:00", gap);
    cr_assert_not_null(then);
    cr_expect_null(strstr(then->facts[0]->value, "bureau"), "%s", then->facts[0]->value);
    cr_expect_null(message_at(world, "office", "2019-03-05T08:00:00+08:00", gap));
    world_clock(world, "2019-03-22T08:00:00+08:00");
    cr_expect_not_null(message_at(world, "office", "2019-03-21T08:00:00+08:00", gap),
                       "on the day it begins");
    world_destroy(world);
}
