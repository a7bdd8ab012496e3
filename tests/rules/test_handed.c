// An alert that is handed on: who may, what he has then to do, and what goes upward from him.
#include "tests/rules/roster_world.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>

#define STEP_0 ANSWER "/1/0@09:00/" // of the last day, 2019-03-18
#define CLERK STEP_0 "office"
#define HEAD STEP_0 "head"
#define DIRECTOR STEP_0 "director"

static struct world *w;

static void setup(void)
{
    w = roster_world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(handed, .init = setup, .fini = teardown);

static const Award__Alert *alert_at(const char *id)
{
    return alert_find(world_reading(w), id);
}

static const Award__Decision *acknowledge(const char *who, const char *alert)
{
    return after_accept(w, who, "{\"alert_acknowledged\":{\"alert\":\"%s\"}}", alert);
}

static const Award__Decision *assign(const char *alert, const char *by, const char *to)
{
    return after_send(w, by,
                      "{\"alert_assigned\":{\"alert\":\"%s\",\"to\":\"%s\",\"reason\":\"出差\"}}",
                      alert, to);
}

// Of the office, and on no roster.
static void trainee_put(void)
{
    after_put(w, AWARD__CHANGE__RECORD_PRINCIPAL, "{\"name\":\"trainee\",\"role\":\"office\"}");
}

Test(handed, an_alert_is_handed_over_by_its_recipient_and_assigned_by_who_stands_above)
{
    staff_put(w, "other", "clerk");
    world_clock(w, "2019-03-18T09:00:00+08:00");
    cr_expect_str_eq(world_code(assign(CLERK, "other", "head")), "no_such_alert");
    cr_expect_str_eq(world_code(assign(CLERK, "bureau", "bureau")), "no_such_alert");
    cr_expect_str_eq(world_code(assign(CLERK, "office", "bureau")), "cannot_take_over");
    cr_expect_str_eq(world_code(assign(CLERK, "office", "nobody")), "cannot_take_over");
    cr_expect_str_eq(world_code(assign(CLERK, "office", "other")), "already_told");
    cr_assert_eq(assign(CLERK, "head", "director")->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_str_eq(alert_at(CLERK)->assigned_to, "director");
    cr_expect_str_eq(alert_at(DIRECTOR)->assigned_by, "head");
    cr_expect_str_eq(alert_at(DIRECTOR)->reason, "出差");
    cr_expect_not(alert_open(alert_at(CLERK)));
    cr_expect(alert_open(alert_at(DIRECTOR)));
    cr_expect_str_eq(world_code(assign(CLERK, "office", "head")), "alert_settled");
}

// The clerk hands it to somebody who is not on the roster.
static void handed_off_the_roster(void)
{
    trainee_put();
    world_clock(w, "2019-03-18T10:00:00+08:00");
    cr_assert_eq(assign(CLERK, "office", "trainee")->outcome, AWARD__OUTCOME__NAME__accepted);
}

Test(handed, what_somebody_off_the_roster_took_over_and_acknowledged_goes_no_further)
{
    handed_off_the_roster();
    (void)acknowledge("trainee", STEP_0 "trainee");
    world_clock(w, "2019-03-22T12:00:00+08:00");
    cr_expect_null(alert_at(HEAD));
    cr_expect_null(alert_at(DIRECTOR));
}

Test(handed, what_somebody_off_the_roster_took_over_goes_upward_from_then)
{
    handed_off_the_roster();
    world_clock(w, "2019-03-19T09:59:59+08:00");
    cr_expect_null(alert_at(HEAD));
    world_clock(w, "2019-03-19T10:00:00+08:00");
    cr_expect_not_null(alert_at(HEAD));
}

Test(handed, who_handed_an_alert_on_acknowledges_it_no_more_and_holds_nothing_up)
{
    handed_off_the_roster();
    cr_expect_str_eq(
        world_code(after_send(w, "office", "{\"alert_acknowledged\":{\"alert\":\"" CLERK "\"}}")),
        "alert_settled");
    world_clock(w, "2019-03-19T10:00:00+08:00");
    cr_expect_not_null(alert_at(HEAD));
}

// ---- One of two clerks answers, and the other hands it on

static void handed_by_the_other(void)
{
    trainee_put();
    cr_assert_eq(assign(STEP_0 "other", "other", "trainee")->outcome,
                 AWARD__OUTCOME__NAME__accepted);
}

Test(handed, what_a_colleague_has_seen_goes_no_further_from_who_takes_it_over)
{
    staff_put(w, "other", "clerk");
    world_clock(w, "2019-03-18T10:00:00+08:00");
    (void)acknowledge("office", CLERK);
    handed_by_the_other();
    world_clock(w, "2019-03-22T12:00:00+08:00");
    cr_expect_null(alert_at(HEAD));
    cr_expect(alert_open(alert_at(STEP_0 "trainee")), "he has still to answer it");
}

// Until 03-20 at ten, and a working day from then are the 21st at ten.
Test(handed, what_a_colleague_has_put_off_goes_upward_from_the_end_of_that_alone)
{
    staff_put(w, "other", "clerk");
    world_clock(w, "2019-03-18T10:00:00+08:00");
    (void)after_accept(w, "office", "%s",
                       "{\"alert_snoozed\":{\"alert\":\"" CLERK
                       "\",\"until\":\"2019-03-20T10:00:00+08:00\",\"reason\":\"等待\"}}");
    handed_by_the_other();
    world_clock(w, "2019-03-21T09:59:59.999+08:00");
    cr_expect_null(alert_at(HEAD));
    world_clock(w, "2019-03-21T10:00:00+08:00");
    cr_expect_not_null(alert_at(HEAD));
}

// ---- What it leaves as it is

#define LAST_STEP ANSWER "/1/+5w@09:00/office" // of 03-25
#define UNHEARD ANSWER "/1/unheard/supervision"

// Three working days behind the last step are the 28th at nine, also where it is counted anew after
// somebody took the alert over: the ladder told nobody then.
Test(handed, it_gives_no_more_time_before_a_whole_ladder_counts_as_unheard)
{
    trainee_put();
    world_clock(w, "2019-03-26T10:00:00+08:00");
    cr_assert_eq(assign(LAST_STEP, "office", "trainee")->outcome, AWARD__OUTCOME__NAME__accepted);
    (void)after_accept(w, "office", "%s",
                       "{\"calendar_loaded\":{\"year\":2019,\"source\":\"s\",\"exceptions\":["
                       "{\"on\":\"2019-01-01\"}]}}");
    world_clock(w, "2019-03-28T08:59:59.999+08:00");
    cr_expect_null(alert_at(UNHEARD));
    world_clock(w, "2019-03-28T09:00:00+08:00");
    cr_expect_not_null(alert_at(UNHEARD));
}

// Without a roster all are told, and nobody in a post.
Test(handed, to_who_was_told_without_a_post_it_is_not_and_gives_him_none)
{
    world_destroy(w);
    w = after_world_create();
    trainee_put();
    after_complaint(w, (struct period){.length = 17, .unit = PERIOD_DAYS});
    world_clock(w, "2019-03-18T10:00:00+08:00");
    cr_expect_str_eq(world_code(assign(CLERK, "office", "trainee")), "already_told");
    cr_expect_not(alert_at(STEP_0 "trainee")->has_post);
    cr_expect_null(alert_at(STEP_0 "trainee")->told_again);
    cr_expect(alert_open(alert_at(CLERK)), "it stays his");
}

static void duty_from_today(const char *name, const char *post)
{
    (void)after_accept(
        w, "office",
        "{\"duty_changed\":{\"person\":\"%s\",\"post\":\"%s\",\"from\":\"2019-03-18\"}}", name,
        post);
}

// All were told at nine, when there was no roster. At ten there is one: a new clerk takes the alert
// over, and from him it goes to the head a working day later, to the director two behind that.
Test(handed, it_goes_upward_to_those_who_were_told_before_there_was_a_roster)
{
    world_destroy(w);
    w = after_world_create();
    after_put(w, AWARD__CHANGE__RECORD_PRINCIPAL, "{\"name\":\"head\",\"role\":\"office\"}");
    after_put(w, AWARD__CHANGE__RECORD_PRINCIPAL, "{\"name\":\"director\",\"role\":\"office\"}");
    after_complaint(w, (struct period){.length = 17, .unit = PERIOD_DAYS});
    world_clock(w, "2019-03-18T10:00:00+08:00");
    cr_assert(alert_at(HEAD) != NULL && alert_at(DIRECTOR) != NULL);
    trainee_put();
    duty_from_today("trainee", "clerk");
    duty_from_today("head", "section_head");
    duty_from_today("director", "director");
    cr_assert_eq(assign(CLERK, "office", "trainee")->outcome, AWARD__OUTCOME__NAME__accepted);
    world_clock(w, "2019-03-19T10:00:00+08:00");
    cr_expect_eq(alert_at(HEAD)->post, AWARD__POST__NAME__section_head);
    cr_expect_not(alert_at(DIRECTOR)->has_post, "his turn is on the 21st");
    world_clock(w, "2019-03-21T10:00:00+08:00");
    cr_expect_eq(alert_at(DIRECTOR)->post, AWARD__POST__NAME__director);
}
