// test_quiet - what comes in quiet hours, and what waits for their end
#include "tests/rules/roster_world.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

// The office answers a complaint by Monday 2019-03-18; what can wait comes from 08:30 until 18:00.
static struct world *w;

static void setup(void)
{
    w = roster_world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(quiet, .init = setup, .fini = teardown);

static void quiet(const char *person, unsigned from, unsigned until)
{
    (void)after_accept(w, "office",
                       "{\"address_changed\":{\"person\":\"%s\",\"addresses\":[{\"channel\":"
                       "\"spool\"}],\"quiet_from\":%u,\"quiet_until\":%u}}",
                       person, from * 60, until * 60);
}

static const char *message_of(const char *step)
{
    const Award__Alert *alert =
        alert_find(world_reading(w), arena_format(world_arena(w), ANSWER "/1/%s/office", step));
    cr_assert_not_null(alert, "%s", step);
    return alert->message;
}

// The first message of a template to somebody at a moment of 2019-03; NULL where there is none.
static const Award__Message *message_at(const char *who, const char *moment,
                                        Award__Template__Name template_name)
{
    for (unsigned ordinal = 1; ordinal < 9; ordinal++) {
        const Award__Message *message = (const Award__Message *)world_record(
            w, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(w), "%s/2019-03-%s:00+08:00/%u", who, moment, ordinal));
        if (message != NULL && message->template_ == template_name) {
            return message;
        }
    }
    return NULL;
}

static const Award__Task *delivery(const Award__Message *message)
{
    cr_assert_not_null(message);
    return (const Award__Task *)world_record(
        w, AWARD__CHANGE__RECORD_TASK,
        arena_format(world_arena(w), "deliver_message:%s:1", message->message));
}

Test(quiet, what_can_wait_comes_at_their_end_and_what_is_urgent_in_them)
{
    quiet("office", 8, 10);
    world_clock(w, "2019-03-15T09:00:00+08:00"); // the step of one working day before
    cr_expect_str_eq(message_of("-1w@09:00"), "office/2019-03-15T10:00:00+08:00/2",
                     "behind the digest");
    world_clock(w, "2019-03-18T09:00:00+08:00"); // the last day
    cr_expect_str_eq(message_of("0@09:00"), "office/2019-03-18T09:00:00+08:00/1");
}

Test(quiet, a_digest_that_falls_into_them_is_sealed_at_their_end_and_by_itself)
{
    const Award__Template__Name digest = AWARD__TEMPLATE__NAME__digest;
    quiet("office", 7, 9);
    world_clock(w, "2019-03-15T09:00:00+08:00");
    cr_expect_null(message_at("office", "15T08:00", digest));
    const Award__Message *waits = message_at("office", "15T09:00", digest);
    cr_assert_not_null(waits);
    cr_expect_eq(waits->state, AWARD__MESSAGE__STATE__collecting);
    cr_expect_null(delivery(waits));
    cr_expect_str_neq(message_of("-1w@09:00"), waits->message, "alerts go beside it");
    world_clock(w, "2019-03-15T09:00:00.001+08:00");
    const Award__Message *sealed = message_at("office", "15T09:00", digest);
    cr_assert_not_null(sealed);
    cr_expect_eq(sealed->state, AWARD__MESSAGE__STATE__sealed);
    cr_expect_eq(sealed->n_alerts, 0);
    cr_assert_not_null(delivery(sealed));
    cr_expect_not_null(message_at("office", "15T09:00", AWARD__TEMPLATE__NAME__alerts));
}

Test(quiet, a_notice_that_falls_into_them_keeps_its_case_and_comes_once)
{
    const Award__Template__Name due = AWARD__TEMPLATE__NAME__incident_due;
    quiet("ent-a", 22, 7);
    world_clock(w, "2019-03-14T22:00:00+08:00");
    (void)after_accept(w, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\",\"kind\":"
                       "\"safety_accident\",\"on\":\"2019-03-14\","
                       "\"liable\":\"unknown\"}}",
                       AFTER_CASE);
    cr_expect_null(message_at("ent-a", "14T22:00", due));
    world_clock(w, "2019-03-15T07:00:00+08:00");
    const Award__Message *waits = message_at("ent-a", "15T07:00", due);
    cr_assert_not_null(waits);
    cr_expect_null(delivery(waits));
    world_clock(w, "2019-03-15T07:00:00.001+08:00");
    const Award__Message *sealed = message_at("ent-a", "15T07:00", due);
    cr_assert_not_null(sealed);
    cr_expect_eq(sealed->state, AWARD__MESSAGE__STATE__sealed);
    cr_expect_gt(sealed->n_facts, 0);
    const Award__Task *task = delivery(sealed);
    cr_assert_not_null(task);
    cr_expect_str_eq(task->case_, AFTER_CASE);
    size_t tasks = world_count(w, AWARD__CHANGE__RECORD_TASK);
    world_clock(w, "2019-03-15T07:59:00+08:00");
    cr_expect_eq(world_count(w, AWARD__CHANGE__RECORD_TASK), tasks);
}

// At nine, in quiet hours until ten: each letter is about one thing, also where they wait together.
Test(quiet, two_notices_that_fall_into_them_are_two)
{
    quiet("ent-a", 8, 10);
    for (unsigned i = 1; i <= 2; i++) {
        (void)after_accept(w, "bureau",
                           "{\"incident_recorded\":{\"incident\":\"I-%u\",\"case\":\"%s\",\"kind\":"
                           "\"sampling\",\"on\":\"2019-02-27\"}}",
                           i, AFTER_CASE);
    }
    world_clock(w, "2019-03-01T10:01:00+08:00");
    for (unsigned i = 1; i <= 2; i++) {
        const Award__Message *message = (const Award__Message *)world_record(
            w, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(w), "ent-a/2019-03-01T10:00:00+08:00/%u", i));
        cr_assert_not_null(message, "%u", i);
        cr_assert_eq(message->template_, AWARD__TEMPLATE__NAME__incident_due);
        cr_expect_str_eq(message->facts[0]->name, "incident");
        cr_expect_str_eq(message->facts[0]->value, arena_format(world_arena(w), "I-%u", i));
        cr_expect_not_null(delivery(message), "%u", i);
    }
}

Test(quiet, what_somebody_tries_out_comes_at_once)
{
    quiet("office", 0, 12);
    world_clock(w, "2019-03-15T07:00:00+08:00");
    (void)after_accept(w, "admin", "%s",
                       "{\"message_tried\":{\"person\":\"office\",\"channel\":\"spool\"}}");
    const Award__Message *tried = message_at("office", "15T07:00", AWARD__TEMPLATE__NAME__try);
    cr_assert_not_null(tried);
    cr_expect_not_null(delivery(tried));
}

Test(quiet, of_the_policy_hold_for_who_has_none_of_his_own)
{
    world_policy(w)->quiet_from = 480;
    world_policy(w)->quiet_until = 600;
    world_clock(w, "2019-03-15T09:00:00+08:00");
    cr_expect_str_eq(message_of("-1w@09:00"), "office/2019-03-15T10:00:00+08:00/1");
}
