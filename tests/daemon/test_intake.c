// Tests of intake: whoever listens is told of each message that has gone all the way.
#include "daemon/intake.h"

#include "common/clock.h"
#include "common/envelope.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define KEY "0123456789012345678901234567890123456789"
#define OTHER_KEY "9999999999999999999999999999999999999999"

// An office, somebody who sends, and what was told last.
static struct desk desk;
static struct crew *crew;
static struct intake *intake;
static unsigned sent;
static unsigned told;
static struct steps_done done; // its pointers are over
static char refusal[64];
static size_t answers;

static void on_reply(void *context, bool to_worker, const struct bus_route *route,
                     struct bytes bytes)
{
    (void)context;
    (void)to_worker;
    (void)route;
    cr_assert_gt(bytes.size, 0);
    sent++;
}

static void on_done(void *context, const struct steps_done *message)
{
    cr_assert_eq(context, &sent);
    cr_assert_eq(sent, told + 1, "who sent it has been answered before");
    told++;
    done = *message;
    answers = message->answers != NULL ? message->answers->n_answers : 0;
    (void)snprintf(refusal, sizeof(refusal), "%s",
                   message->refusal != NULL ? message->refusal : "");
}

static void intake_open(void)
{
    desk = desk_open();
    desk_put(&desk, "{\"key\":{\"public_key\":\"" KEY "\",\"principal\":\"office\"}}");
    crew = crew_create(60, NULL);
    intake = intake_create(office_ledger(desk.office), crew, on_reply, &sent);
    intake_listen(intake, on_done);
}

static void intake_close(void)
{
    intake_destroy(intake);
    crew_destroy(crew);
    desk_close(&desk);
}

TestSuite(intake, .init = intake_open, .fini = intake_close);

// A message, given as JSON of an envelope without its version.
static void take(const char *key, const char *json, int64_t received_us)
{
    struct codec_error error;
    Award__Envelope *envelope = (Award__Envelope *)codec_from_json(
        &award__envelope__descriptor, json, strlen(json), desk.arena, &error);
    cr_assert_not_null(envelope, "%s", error.en);
    struct bytes bytes = envelope_pack(envelope, NULL, desk.arena);
    struct bus_message message = {
        .route = {.id = {1}, .size = 1},
        .data = bytes.data,
        .size = bytes.size,
        .received_us = received_us,
    };
    (void)snprintf(message.sender_key, sizeof(message.sender_key), "%s", key);
    intake_take(intake, false, &message);
}

static void finish(void)
{
    struct store_error error;
    cr_assert_eq(intake_finish(intake, &error), STORE_OK);
    intake_rest(intake);
}

static void steps_rise(void)
{
    for (int step = STEP_TAKEN; step < STEPS; step++) {
        cr_assert_geq(done.steps.at_us[step], done.steps.at_us[step - 1], "step %d", step);
    }
    cr_assert_leq(done.steps.at_us[STEP_ANSWERED], clock_monotonic_us());
}

#define ENTERPRISE(id, code)                                                                       \
    "{\"principal\":\"office\",\"id\":\"" id                                                       \
    "\",\"enterprise_registered\":{\"enterprise\":\"" code                                         \
    "\",\"name\":\"机床\",\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C34\","   \
    "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}"

Test(intake, a_message_with_events_is_told_with_its_steps_and_its_entries)
{
    int64_t received_us = clock_monotonic_us() - 1000;
    take(KEY,
         "{\"request\":1,\"events\":{\"events\":[" ENTERPRISE(
             "a", GENESIS_ENTERPRISE) ","
                                      "{\"principal\":\"office\",\"id\":\"\",\"suggestion\":{}}]}}",
         received_us);
    cr_assert_eq(told, 0, "nothing is on disk yet");
    finish();
    uint64_t last = journal_last(ledger_journal(office_ledger(desk.office)));
    cr_assert_eq(told, 1);
    cr_assert_eq(answers, 2);
    cr_assert_eq(done.steps.at_us[STEP_RECEIVED], received_us);
    steps_rise();
    cr_assert_gt(done.steps.at_us[STEP_JOURNALLED], done.steps.at_us[STEP_DECIDED]);
    cr_assert(done.first_entry == last && done.last_entry == last, "the other one was rejected");
    cr_assert_str_eq(refusal, "");
}

Test(intake, messages_of_one_group_are_on_disk_at_one_moment)
{
    take(KEY, "{\"request\":1,\"events\":{\"events\":[" ENTERPRISE("a", GENESIS_ENTERPRISE) "]}}",
         0);
    take(KEY, "{\"request\":2,\"events\":{\"events\":[" ENTERPRISE("a", GENESIS_ENTERPRISE) "]}}",
         0);
    finish();
    cr_assert_eq(told, 2);
    cr_assert_eq(done.first_entry, 0, "it was on record already");
    steps_rise();
}

Test(intake, a_query_is_told_without_anything_to_write)
{
    take(KEY, "{\"request\":1,\"query\":{\"status\":{}}}", clock_monotonic_us());
    finish();
    cr_assert_eq(told, 1);
    cr_assert(done.query != NULL && done.events == NULL && answers == 0);
    cr_assert_eq(done.steps.at_us[STEP_JOURNALLED], done.steps.at_us[STEP_DECIDED]);
    steps_rise();
    cr_assert_str_eq(refusal, "");
}

Test(intake, a_query_that_is_refused_is_told_with_its_code)
{
    take(KEY, "{\"request\":1,\"query\":{\"case\":{\"case\":\"nothing\"}}}", 0);
    finish();
    cr_assert_str_eq(refusal, "no_such_case");
    cr_assert(done.query != NULL);
}

Test(intake, a_key_that_is_not_admitted_is_told_as_a_matter_of_authority)
{
    take(OTHER_KEY, "{\"request\":1,\"query\":{\"status\":{}}}", 0);
    finish();
    cr_assert_eq(told, 1);
    cr_assert_str_eq(refusal, "key_not_admitted");
    cr_assert_str_eq(done.refusal_article, "authority");
    cr_assert(done.principal == NULL && done.query == NULL && done.events == NULL);
    steps_rise();
}

Test(intake, bytes_that_are_no_message_are_told_as_a_matter_of_form)
{
    static const uint8_t garbage[] = {0xFF, 0xFF, 0xFF};
    struct bus_message message = {
        .route = {.id = {1}, .size = 1},
        .sender_key = KEY,
        .data = garbage,
        .size = sizeof(garbage),
    };
    intake_take(intake, false, &message);
    finish();
    cr_assert_eq(told, 1);
    cr_assert_str_neq(refusal, "");
    cr_assert_str_eq(done.refusal_article, "form");
}

Test(intake, nobody_has_to_listen)
{
    intake_listen(intake, NULL);
    take(KEY, "{\"request\":1,\"query\":{\"status\":{}}}", 0);
    finish();
    cr_assert_eq(sent, 1);
    cr_assert_eq(told, 0);
}
