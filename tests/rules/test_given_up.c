// Messages that were given up: who ends that they count as undelivered, and what ends it by itself.
#include "rules/messages.h"
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *world;

static void setup(void)
{
    world = after_world_create();
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(given_up, .init = setup, .fini = teardown);

// A message M to the bureau in this state; `more` are further fields.
static void message_be(const char *state, const char *more)
{
    after_put(
        world, AWARD__CHANGE__RECORD_MESSAGE,
        arena_format(world_arena(world),
                     "{\"message\":\"M\",\"recipient\":\"bureau\",\"state\":\"%s\",\"created\":"
                     "\"2019-03-01T08:00:00+08:00\"%s}",
                     state, more));
}

static const Award__Message *message_now(const char *id)
{
    return (const Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE, id);
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

static bool unsettled_on(const char *id, const char *day)
{
    return message_unsettled(world_reading(world), message_now(id), day_of(day));
}

static bool unsettled(void)
{
    return unsettled_on("M", "2019-03-01");
}

#define ACKNOWLEDGE "{\"alert_acknowledged\":{\"alert\":\"M\"}}"

// ---- Acknowledged by itself

Test(given_up, is_acknowledged_by_its_recipient_or_the_office_and_then_waits_for_nobody)
{
    static const char *const senders[] = {"bureau", "office"};
    for (size_t i = 0; i < 2; i++) {
        message_be("failed", ",\"case\":\"" AFTER_CASE "\",\"template\":\"result\"");
        cr_expect(unsettled());
        const Award__Decision *decision = after_accept(world, senders[i], ACKNOWLEDGE);
        cr_assert_eq(decision->n_concerns, 1);
        cr_expect_str_eq(decision->concerns[0], AFTER_CASE);
        cr_expect_str_eq(message_now("M")->acknowledged_by, senders[i]);
        cr_expect_eq(message_now("M")->acknowledged_at->ms, world_reading(world)->now_ms);
        cr_expect_eq(message_now("M")->state, AWARD__MESSAGE__STATE__failed);
        cr_expect_not(unsettled());
    }
}

Test(given_up, keeps_who_acknowledged_it_first)
{
    message_be("failed", "");
    (void)after_accept(world, "bureau", ACKNOWLEDGE);
    int64_t first_ms = message_now("M")->acknowledged_at->ms;
    world_clock(world, "2019-03-04T09:00:00+08:00");
    const Award__Decision *decision = after_accept(world, "office", ACKNOWLEDGE);
    cr_expect_eq(decision->n_concerns, 0);
    cr_expect_eq(decision->n_changes, 0);
    cr_expect_str_eq(message_now("M")->acknowledged_by, "bureau");
    cr_expect_eq(message_now("M")->acknowledged_at->ms, first_ms);
}

Test(given_up, is_nobody_elses_to_acknowledge)
{
    static const char *const others[] = {"supervision", "admin", "ent-a", "government"};
    message_be("failed", "");
    for (size_t i = 0; i < 4; i++) {
        world_reject(world, others[i], ACKNOWLEDGE, "no_such_alert", "order");
        cr_expect_null(message_now("M")->acknowledged_by);
    }
}

Test(given_up, is_what_is_acknowledged_and_nothing_that_is_under_way)
{
    static const char *const states[] = {"collecting", "sealed", "delivered"};
    for (size_t i = 0; i < 3; i++) {
        message_be(states[i], "");
        cr_expect_not(unsettled(), "%s", states[i]);
        world_reject(world, "bureau", ACKNOWLEDGE, "no_such_alert", "order");
        world_reject(world, "office", ACKNOWLEDGE, "no_such_alert", "order");
        cr_expect_null(message_now("M")->acknowledged_by);
    }
}

// ---- By its alerts

#define ALERTS ",\"template\":\"alerts\",\"alerts\":[\"a/1\",\"a/2\"]"
#define BE_ALERT(name, more)                                                                       \
    after_put(world, AWARD__CHANGE__RECORD_ALERT,                                                  \
              "{\"alert\":\"" name "\",\"recipient\":\"bureau\",\"deadline\":\"gone\"" more "}")

Test(given_up, of_alerts_waits_until_each_is_acknowledged_taken_back_or_handed_on)
{
    message_be("failed", ALERTS);
    BE_ALERT("a/1", "");
    BE_ALERT("a/2", "");
    cr_expect(unsettled());
    (void)after_accept(world, "bureau", "{\"alert_acknowledged\":{\"alert\":\"a/1\"}}");
    cr_expect(unsettled(), "the other is open");
    BE_ALERT("a/1", "");
    BE_ALERT("a/2", ",\"taken_back\":true");
    cr_expect(unsettled(), "the first is open");
    BE_ALERT("a/1", ",\"acknowledged\":true");
    cr_expect_not(unsettled());
    BE_ALERT("a/1", ",\"assigned_to\":\"office\"");
    cr_expect_not(unsettled());
    BE_ALERT("a/1", ",\"snoozed_until\":\"2019-03-08T09:00:00+08:00\"");
    cr_expect(unsettled(), "what is put off is told again");
}

Test(given_up, of_alerts_is_settled_by_its_own_acknowledgement_while_they_stay_open)
{
    message_be("failed", ALERTS);
    BE_ALERT("a/1", "");
    (void)after_accept(world, "office", ACKNOWLEDGE);
    cr_expect_not(unsettled());
    const Award__Alert *alert =
        (const Award__Alert *)world_record(world, AWARD__CHANGE__RECORD_ALERT, "bureau", "a/1");
    cr_expect_not(alert->acknowledged);
}

// ---- By its day, or with what it tells of

Test(given_up, of_a_morning_waits_on_that_day_alone)
{
    static const char *const templates[] = {"digest", "silence"};
    for (size_t i = 0; i < 2; i++) {
        message_be("failed",
                   arena_format(world_arena(world), ",\"template\":\"%s\"", templates[i]));
        cr_expect(unsettled_on("M", "2019-03-01"), "%s", templates[i]);
        cr_expect_not(unsettled_on("M", "2019-03-02"), "%s", templates[i]);
        cr_expect_not(unsettled_on("M", "2019-02-28"), "%s", templates[i]);
    }
    message_be("failed", ",\"template\":\"result\"");
    cr_expect(unsettled_on("M", "2019-03-02"), "a result waits for somebody");
}

static void notice_about(const char *name, const char *other)
{
    after_put(world, AWARD__CHANGE__RECORD_MESSAGE,
              arena_format(world_arena(world),
                           "{\"message\":\"N\",\"recipient\":\"admin\",\"state\":\"failed\","
                           "\"template\":\"undeliverable\",\"created\":"
                           "\"2019-03-01T09:00:00+08:00\",\"facts\":[{\"name\":\"person\","
                           "\"value\":\"M\"},{\"name\":\"%s\",\"value\":\"%s\"}]}",
                           name, other));
}

Test(given_up, about_another_message_waits_as_long_as_that_one)
{
    message_be("failed", ",\"template\":\"result\"");
    notice_about("undelivered", "M");
    cr_expect(unsettled_on("N", "2019-03-05"));
    notice_about("undelivered", "no-such-message");
    cr_expect_not(unsettled_on("N", "2019-03-05"));
    notice_about("reply", "M");
    cr_expect_not(unsettled_on("N", "2019-03-05"));
    notice_about("undelivered", "M");
    (void)after_accept(world, "office", ACKNOWLEDGE);
    cr_expect_not(unsettled_on("N", "2019-03-05"));
}

Test(given_up, about_another_message_is_settled_by_its_own_acknowledgement)
{
    message_be("failed", ",\"template\":\"result\"");
    notice_about("undelivered", "M");
    (void)after_accept(world, "admin", "{\"alert_acknowledged\":{\"alert\":\"N\"}}");
    cr_expect_not(unsettled_on("N", "2019-03-01"));
    cr_expect(unsettled(), "the message itself waits on");
}
