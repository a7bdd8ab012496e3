// Tests of intake: a query that has to look at more records than a turn of the loop allows is
// answered in slices, with events decided in between, and as it would be at one go.
#include "common/envelope.h"
#include "daemon/intake.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define OFFICE_KEY "0123456789012345678901234567890123456789"
#define ADMIN_KEY "abcdefghijabcdefghijabcdefghijabcdefghij"

#define HEALTH "{\"health\":{}}"

enum { SLICES = 3, OVERDUE = SLICES * LIMIT_SLICE_RECORDS - LIMIT_SLICE_RECORDS / 2 };

// An office with many deadlines, and what was sent, by request.
static struct desk desk;
static struct crew *crew;
static struct intake *intake;
static struct store_error error;
static unsigned sent;
static uint64_t request_sent;
static uint8_t route_sent;
static struct bytes bytes_sent; // in the desk's arena

static void on_reply(void *context, bool to_worker, const struct bus_route *route,
                     struct bytes bytes)
{
    struct envelope_head head = {0};
    (void)context;
    cr_assert_not(to_worker);
    cr_assert(envelope_peek(bytes, &head));
    sent++;
    request_sent = head.request;
    route_sent = route->id[0];
    bytes_sent = (struct bytes){arena_copy(desk.arena, bytes.data, bytes.size), bytes.size};
}

static void deadlines_put(int count)
{
    struct arena *kept = desk.arena;
    desk.arena = arena_create(); // of the texts
    for (int i = 0; i < count; i++) {
        desk_put(&desk,
                 arena_format(desk.arena,
                              "{\"deadline\":{\"deadline\":\"s%05d:closing:1\",\"subject\":"
                              "\"s%05d\",\"kind\":\"closing\",\"state\":\"overdue\",\"last\":"
                              "\"2017-12-%02d\",\"end\":\"2017-12-%02dT23:59:59.999+08:00\"}}",
                              i, i, 31 - i % 28, 31 - i % 28));
    }
    arena_destroy(desk.arena);
    desk.arena = kept;
}

static void intake_open(void)
{
    desk = desk_open();
    desk_put(&desk, "{\"key\":{\"public_key\":\"" OFFICE_KEY "\",\"principal\":\"office\"}}");
    desk_put(&desk, "{\"key\":{\"public_key\":\"" ADMIN_KEY "\",\"principal\":\"admin\"}}");
    deadlines_put(OVERDUE);
    crew = crew_create(60, NULL);
    intake = intake_create(office_ledger(desk.office), crew, on_reply, NULL);
}

// With whatever is on its way.
static void intake_close(void)
{
    intake_destroy(intake);
    crew_destroy(crew);
    desk_close(&desk);
}

TestSuite(intake_long, .init = intake_open, .fini = intake_close);

// A message by itself, from one of several connections.
static void take(const char *key, uint8_t route, uint64_t request, const char *body)
{
    struct codec_error wrong;
    const char *json =
        arena_format(desk.arena, "{\"request\":%llu,%s}", (unsigned long long)request, body);
    Award__Envelope *envelope = (Award__Envelope *)codec_from_json(
        &award__envelope__descriptor, json, strlen(json), desk.arena, &wrong);
    cr_assert_not_null(envelope, "%s", wrong.en);
    struct bytes bytes = envelope_pack(envelope, NULL, desk.arena);
    struct bus_message message = {
        .route = {.id = {route}, .size = 1},
        .data = bytes.data,
        .size = bytes.size,
    };
    (void)snprintf(message.sender_key, sizeof(message.sender_key), "%s", key);
    intake_take(intake, false, &message);
    cr_assert_eq(intake_finish(intake, &error), STORE_OK);
    intake_rest(intake);
}

static void ask(const char *key, uint8_t route, uint64_t request, const char *query)
{
    take(key, route, request, arena_format(desk.arena, "\"query\":%s", query));
}

// Accepted once; then it is on record.
static void event_send(uint64_t request)
{
    take(OFFICE_KEY, 9, request,
         "\"events\":{\"events\":[{\"principal\":\"office\",\"id\":\"a\","
         "\"enterprise_registered\":{\"enterprise\":\"" GENESIS_ENTERPRISE
         "\",\"name\":\"机床\",\"region\":\"500112\",\"district\":\"500112\",\"industry\":"
         "\"C34\",\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}]}");
}

static unsigned slices_until_answered(void)
{
    unsigned slices = 0;
    while (intake_slices_wait(intake)) {
        intake_slice(intake);
        intake_rest(intake);
        slices++;
    }
    return slices;
}

static const Award__QueryReply *reply_sent(void)
{
    struct codec_error wrong;
    const Award__Envelope *envelope = envelope_unpack(bytes_sent, desk.arena, &wrong);
    cr_assert_not_null(envelope, "%s", wrong.en);
    cr_assert_eq(envelope->body_case, AWARD__ENVELOPE__BODY_REPLY);
    return envelope->reply;
}

// The code of what was sent, where it is the refusal of a message.
static const char *refusal_sent(void)
{
    struct codec_error wrong;
    const Award__Envelope *envelope = envelope_unpack(bytes_sent, desk.arena, &wrong);
    return envelope != NULL && envelope->body_case == AWARD__ENVELOPE__BODY_ERROR
               ? envelope->error->code
               : "";
}

Test(intake_long, events_are_answered_between_the_slices_of_a_query)
{
    const struct journal *journal = ledger_journal(office_ledger(desk.office));
    uint64_t last = journal_last(journal);
    ask(ADMIN_KEY, 1, 7, HEALTH);
    cr_assert_eq(sent, 0, "one slice is not enough");
    for (unsigned slice = 1; slice < SLICES; slice++) {
        cr_assert(intake_slices_wait(intake));
        event_send(100 + slice);
        cr_assert_eq(sent, slice);
        cr_assert_eq(request_sent, 100 + slice);
        cr_assert_eq(journal_last(journal), last + 1);
        if (slice < SLICES - 1) {
            intake_slice(intake);
            intake_rest(intake);
        }
    }
    cr_assert_eq(slices_until_answered(), 1);
    cr_assert(request_sent == 7 && route_sent == 1);
    cr_assert_eq(reply_sent()->health->deadlines_overdue, OVERDUE);
}

Test(intake_long, an_answer_in_slices_is_the_one_that_is_made_at_one_go)
{
    static const char *const queries[] = {
        HEALTH,
        "{\"today\":{}}",
        "{\"deadlines\":{}}",
        "{\"deadlines\":{\"all\":true,\"after\":\"s00100:closing:1\"}}",
        "{\"deadlines\":{\"subject\":\"s05000\"}}",
        "{\"deadlines\":{\"subject\":\"nothing\"}}",
    };
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        ask(OFFICE_KEY, 1, i, queries[i]);
        cr_assert_geq(slices_until_answered(), SLICES - 1, "%s", queries[i]);
        Award__QueryReply *whole = desk_ask(&desk, "office", queries[i]);
        cr_expect_str_eq(codec_to_json(&reply_sent()->base, CODEC_JSON_LINE, desk.arena),
                         codec_to_json(&whole->base, CODEC_JSON_LINE, desk.arena));
    }
}

Test(intake_long, what_needs_less_than_a_slice_is_answered_with_its_burst)
{
    ask(OFFICE_KEY, 1, 1, "{\"status\":{}}");
    cr_assert(sent == 1 && !intake_slices_wait(intake));
}

Test(intake_long, who_asks_again_meanwhile_gets_one_answer)
{
    ask(OFFICE_KEY, 1, 1, HEALTH);
    ask(OFFICE_KEY, 1, 1, HEALTH);
    (void)slices_until_answered();
    cr_assert_eq(sent, 1);
    ask(OFFICE_KEY, 1, 1, HEALTH);
    ask(OFFICE_KEY, 2, 1, HEALTH); // on another connection
    (void)slices_until_answered();
    cr_assert_eq(sent, 3);
}

Test(intake_long, those_of_several_take_turns)
{
    ask(OFFICE_KEY, 1, 1, HEALTH);
    ask(ADMIN_KEY, 2, 2, HEALTH);
    // The first has had one slice already, and is over before the other's last.
    cr_assert_eq(slices_until_answered(), SLICES - 1 + SLICES);
    cr_assert(sent == 2 && request_sent == 2);
}

Test(intake_long, more_than_so_many_of_one_principal_are_busy_and_others_go_on)
{
    for (uint64_t i = 1; i <= LIMIT_LONG_QUERIES_PER_PRINCIPAL; i++) {
        ask(OFFICE_KEY, 1, i, HEALTH);
    }
    cr_assert_eq(sent, 0);
    ask(OFFICE_KEY, 1, 99, HEALTH);
    cr_assert(sent == 1 && request_sent == 99);
    cr_assert_str_eq(refusal_sent(), "busy");
    ask(ADMIN_KEY, 2, 50, HEALTH);
    cr_assert_eq(sent, 1);
    (void)slices_until_answered();
    cr_assert_eq(sent, 1 + LIMIT_LONG_QUERIES_PER_PRINCIPAL + 1);
    ask(OFFICE_KEY, 1, 99, HEALTH);
    (void)slices_until_answered();
    cr_assert_eq(reply_sent()->health->deadlines_overdue, OVERDUE, "there is room again");
}

Test(intake_long, more_than_so_many_of_all_are_busy)
{
    enum { ASKING = LIMIT_LONG_QUERIES / LIMIT_LONG_QUERIES_PER_PRINCIPAL };
    char key[BUS_KEY_BYTES];
    for (int i = 0; i < ASKING; i++) {
        (void)snprintf(key, sizeof(key), "%040d", i + 1);
        desk_put(&desk,
                 arena_format(desk.arena,
                              "{\"principal\":{\"name\":\"clerk-%d\",\"role\":\"office\"}}", i));
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"key\":{\"public_key\":\"%s\",\"principal\":\"clerk-%d\"}}",
                                     key, i));
        for (uint64_t j = 0; j < LIMIT_LONG_QUERIES_PER_PRINCIPAL; j++) {
            ask(key, (uint8_t)(i + 1), j, HEALTH);
        }
    }
    cr_assert_eq(sent, 0);
    ask(ADMIN_KEY, 99, 1, HEALTH);
    cr_assert_eq(sent, 1);
    cr_assert_str_eq(refusal_sent(), "busy");
    cr_assert_eq(intake_counts(intake).long_queries, LIMIT_LONG_QUERIES);
    cr_assert_eq(intake_counts(intake).long_queries_refused, 1);
}

Test(intake_long, how_many_of_all_may_be_on_their_way_is_a_setting)
{
    intake_limit(intake, 0, 1, NULL);
    ask(OFFICE_KEY, 1, 1, HEALTH);
    cr_assert_eq(sent, 0);
    ask(ADMIN_KEY, 2, 2, HEALTH);
    cr_assert_str_eq(refusal_sent(), "busy");
    (void)slices_until_answered();
    cr_assert_eq(intake_counts(intake).long_queries, 0);
    ask(ADMIN_KEY, 2, 3, HEALTH);
    (void)slices_until_answered();
    cr_assert_eq(reply_sent()->health->deadlines_overdue, OVERDUE);
}

Test(intake_long, a_principal_that_may_not_ask_is_refused_at_once)
{
    desk_put(&desk, "{\"key\":{\"public_key\":\"9999999999999999999999999999999999999999\","
                    "\"principal\":\"reviewer-01\"}}");
    ask("9999999999999999999999999999999999999999", 1, 1, HEALTH);
    cr_assert_eq(sent, 1);
    cr_assert_str_eq(reply_sent()->error->code, "not_authorised");
}
