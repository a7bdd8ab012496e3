// Tests of the clients' connection against a small coordinator in the same loop: replies find their
// requests, many are in flight, and each way of getting none is named.
#include "clients/client.h"
#include "clients/client_private.h"

#include "common/limits.h"
#include "tests/common/bus_fixture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum manner { ANSWER, SILENT, REFUSE, NEWER, FORGET_FIRST, RESTART, BACKWARDS };

static char folder[] = "/tmp/client-XXXXXX";
static char endpoint[64];
static struct bus_keys server_keys;
static struct bus_keys own_keys;
static struct client_error error;
static struct arena *arena;

// The coordinator: answers a query with nothing but the case that it names.
static struct {
    struct bus *bus;
    struct bus_socket *router;
    struct event *reopen;
    enum manner manner;
    bool admits;
    unsigned int messages;
    struct bus_route route;
    uint64_t held[64]; // requests that are answered from the last to the first
    size_t held_count;
} server;

static void reply_send(const struct bus_route *route, uint64_t request)
{
    Award__AnswerBatch answers;
    Award__Answer answer;
    Award__Answer *list = &answer;
    Award__Envelope reply;
    award__answer_batch__init(&answers);
    award__answer__init(&answer);
    award__envelope__init(&reply);
    struct arena *scratch = arena_create();
    answer.id = arena_format(scratch, "request-%lu", (unsigned long)request);
    answers.n_answers = 1;
    answers.answers = &list;
    reply.has_request = 1;
    reply.request = request;
    reply.body_case = AWARD__ENVELOPE__BODY_ANSWERS;
    reply.answers = &answers;
    struct bytes bytes = envelope_pack(&reply, NULL, scratch);
    cr_assert(bus_send(server.router, route, bytes.data, bytes.size) == BUS_OK);
    arena_destroy(scratch);
}

static void refusal_send(const struct bus_route *route, uint64_t request)
{
    struct arena *scratch = arena_create();
    struct codec_error why = {.code = "too_many", .zh = "太多", .en = "too many"};
    struct bytes bytes = envelope_pack(envelope_refusal(request, &why, scratch), NULL, scratch);
    cr_assert(bus_send(server.router, route, bytes.data, bytes.size) == BUS_OK);
    arena_destroy(scratch);
}

static void newer_send(const struct bus_route *route, uint64_t request)
{
    const uint8_t later[] = {0x08, 2, 0x18, (uint8_t)request, 0x9a, 0x06, 3, 'n', 'e', 'w'};
    cr_assert(request < 128);
    cr_assert(bus_send(server.router, route, later, sizeof(later)) == BUS_OK);
}

static void held_send(uint64_t request)
{
    server.held[server.held_count++] = request;
    while (server.held_count == 64 || (server.held_count > 0 && server.messages > 64)) {
        server.held_count--;
        reply_send(&server.route, server.held[server.held_count]);
        server.messages = server.held_count > 0 ? 65 : 0;
    }
}

static void server_message(void *context, const struct bus_message *message)
{
    (void)context;
    struct envelope_head head;
    cr_assert(envelope_peek((struct bytes){message->data, message->size}, &head));
    server.messages++;
    server.route = message->route;
    switch (server.manner) {
    case ANSWER:
        reply_send(&message->route, head.request);
        break;
    case SILENT:
        break;
    case REFUSE:
        refusal_send(&message->route, head.request);
        break;
    case NEWER:
        newer_send(&message->route, head.request);
        break;
    case FORGET_FIRST:
        if (server.messages > 1) {
            reply_send(&message->route, head.request);
        }
        break;
    case RESTART: // dies with the tenth message unanswered
        if (server.messages == 10) {
            struct timeval at_once = {0, 0};
            bus_close(server.router);
            (void)event_add(server.reopen, &at_once);
        } else if (server.messages > 10) {
            reply_send(&message->route, head.request);
        }
        break;
    case BACKWARDS:
        held_send(head.request);
        break;
    }
}

static bool server_admit(void *context, const char *public_key)
{
    (void)context;
    (void)public_key;
    return server.admits;
}

static void server_listen(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context;
    server.router = bus_router(server.bus, endpoint, &server_keys, server_message, NULL, NULL);
    if (server.router == NULL && strstr(bus_error(server.bus), strerror(EADDRINUSE)) != NULL) {
        const struct timeval soon = {0, 1000}; // the one before is closed by ZeroMQ's thread
        (void)event_add(server.reopen, &soon);
        return;
    }
    cr_assert(server.router != NULL, "%s", bus_error(server.bus));
}

static void server_open(struct client *client, enum manner manner)
{
    server.manner = manner;
    server.admits = true;
    server.bus = bus_create(client_base(client));
    cr_assert(bus_admit_by(server.bus, server_admit, NULL));
    server.reopen = evtimer_new(client_base(client), server_listen, NULL);
    server_listen(-1, 0, NULL);
}

static struct client *client_start(int timeout_ms)
{
    struct client_options options = {.endpoint = endpoint,
                                     .server_key = server_keys.public_key,
                                     .keys = &own_keys,
                                     .timeout_ms = timeout_ms};
    struct client *client = client_open(&options, &error);
    cr_assert(client != NULL, "%s", error.en);
    return client;
}

static void finish(struct client *client)
{
    if (server.reopen != NULL) {
        event_free(server.reopen);
    }
    bus_destroy(server.bus);
    client_close(client);
}

static void setup(void)
{
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    cr_assert(bus_keys_generate(&server_keys));
    cr_assert(bus_keys_generate(&own_keys));
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
    (void)unlink(endpoint + strlen("ipc://"));
    (void)rmdir(folder);
}

TestSuite(client, .init = setup, .fini = teardown);

static Award__Envelope request_make(void)
{
    static Award__Query query;
    award__query__init(&query);
    Award__Envelope request;
    award__envelope__init(&request);
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = &query;
    return request;
}

static bool ask(struct client *client, const Award__Envelope **reply)
{
    Award__Envelope request = request_make();
    return client_request(client, &request, arena, reply, &error);
}

static void ask_fails_with(struct client *client, enum client_failure failure, const char *code)
{
    const Award__Envelope *reply = NULL;
    cr_assert_not(ask(client, &reply));
    cr_assert(reply == NULL);
    cr_assert_eq(error.failure, failure, "failed with %s: %s", error.code, error.en);
    cr_assert_str_eq(error.code, code);
    cr_assert_str_not_empty(error.zh);
    cr_assert_str_not_empty(error.en);
}

Test(client, a_reply_belongs_to_its_request)
{
    struct client *client = client_start(0);
    server_open(client, ANSWER);
    for (int i = 1; i <= 3; i++) {
        const Award__Envelope *reply = NULL;
        char expected[32];
        (void)snprintf(expected, sizeof(expected), "request-%d", i);
        cr_assert(ask(client, &reply), "%s", error.en);
        cr_assert_str_eq(reply->answers->answers[0]->id, expected);
    }
    finish(client);
}

Test(client, nobody_there_is_named_in_time)
{
    struct client *client = client_start(300);
    ask_fails_with(client, CLIENT_NO_CONNECTION, "no_connection");
    cr_assert(strstr(error.en, endpoint) != NULL, "%s", error.en);
    finish(client);
}

static void refusal_heard(void *context, const Award__Envelope *reply,
                          const struct client_error *failure)
{
    cr_assert(reply == NULL);
    cr_assert_eq(failure->failure, CLIENT_KEY_REFUSED, "failed with %s", failure->code);
    *(bool *)context = true;
}

// The client's own patience is longer than the test's: it must not be what ends the requests.
Test(client, a_key_that_is_not_admitted_is_named_at_once_and_again)
{
    struct client *client = client_start(4 * FIXTURE_TIMEOUT_S * 1000);
    server_open(client, ANSWER);
    server.admits = false;
    for (int i = 0; i < 2; i++) {
        bool heard = false;
        Award__Envelope request = request_make();
        cr_assert(client_send(client, &request, refusal_heard, &heard));
        fixture_run(client_base(client), &heard, "the refusal");
    }
    cr_assert_eq(server.messages, 0u);
    finish(client);
}

Test(client, another_server_key_is_named)
{
    struct client *client = client_start(1000);
    cr_assert(bus_keys_generate(&server_keys));
    server_open(client, ANSWER);
    ask_fails_with(client, CLIENT_MISMATCH, "server_key_mismatch");
    finish(client);
}

Test(client, a_coordinator_with_all_its_connections_is_named)
{
    struct client *client = client_start(1000);
    server_open(client, ANSWER);
    const struct bus_limits none = {.greetings = 10, .queued_messages = 10};
    bus_limit(server.bus, &none);
    ask_fails_with(client, CLIENT_FULL, "too_many_connections");
    finish(client);
}

Test(client, silence_is_named_after_asking_twice)
{
    struct client *client = client_start(600);
    server_open(client, SILENT);
    ask_fails_with(client, CLIENT_NO_ANSWER, "no_answer");
    cr_assert_eq(server.messages, 2u);
    finish(client);
}

Test(client, what_the_coordinator_refuses_comes_with_its_words)
{
    struct client *client = client_start(0);
    server_open(client, REFUSE);
    ask_fails_with(client, CLIENT_REFUSED, "too_many");
    cr_assert_str_eq(error.en, "too many");
    finish(client);
}

// Named with the coordinator's own code and words, and before anything has left.
Test(client, a_message_over_the_bound_is_named_and_never_leaves)
{
    struct client *client = client_start(4 * FIXTURE_TIMEOUT_S * 1000);
    server_open(client, ANSWER);
    char *name = calloc(1, LIMIT_MESSAGE_BYTES + 1);
    cr_assert(name != NULL);
    memset(name, 'x', LIMIT_MESSAGE_BYTES);
    Award__QueryCase body = AWARD__QUERY_CASE__INIT;
    Award__Envelope request = request_make();
    request.query->body_case = AWARD__QUERY__BODY_CASE;
    request.query->case_ = &body;
    body.case_ = name;
    const Award__Envelope *reply = NULL;
    cr_assert_not(client_request(client, &request, arena, &reply, &error));
    cr_assert_eq(error.failure, CLIENT_REFUSED, "failed with %s: %s", error.code, error.en);
    cr_assert_str_eq(error.code, "too_large");
    cr_assert(strstr(error.en, "send it in several parts") != NULL, "%s", error.en);
    cr_assert_str_not_empty(error.zh);
    cr_assert_eq(client_in_flight(client), 0u);
    cr_assert(ask(client, &reply), "%s", error.en);
    cr_assert_eq(server.messages, 1u);
    free(name);
    finish(client);
}

Test(client, a_coordinator_of_a_newer_version_is_named)
{
    struct client *client = client_start(0);
    server_open(client, NEWER);
    ask_fails_with(client, CLIENT_BAD_REPLY, "version_newer");
    finish(client);
}

Test(client, a_reply_of_another_kind_is_said_to_be_unreadable)
{
    client_error_set(&error, CLIENT_BAD_REPLY, "ipc://award");
    cr_assert_str_eq(error.code, "bad_reply");
    cr_assert_str_eq(error.en, "The reply of ipc://award cannot be read; use programs of the same "
                               "release.");
}

Test(client, a_reply_that_was_dropped_is_asked_for_again)
{
    const Award__Envelope *reply = NULL;
    struct client *client = client_start(1000);
    server_open(client, FORGET_FIRST);
    cr_assert(ask(client, &reply), "%s", error.en);
    cr_assert_eq(server.messages, 2u);
    finish(client);
}

Test(client, keys_and_endpoints_that_are_none_are_refused)
{
    struct client_options options = {
        .endpoint = "tcp://127.0.0.1:1", .server_key = "short", .keys = &own_keys};
    cr_assert(client_open(&options, &error) == NULL);
    cr_assert_eq(error.failure, CLIENT_UNUSABLE);
    cr_assert_str_eq(error.code, "unusable");
    options.server_key = server_keys.public_key;
    options.endpoint = "nonsense";
    cr_assert(client_open(&options, &error) == NULL);
    cr_assert_eq(error.failure, CLIENT_UNUSABLE);
}

// Counts replies and sends on until `total` have been sent.
struct stream {
    struct client *client;
    unsigned int total;
    unsigned int sent;
    unsigned int replies;
    unsigned int failures;
};

static void stream_fill(struct stream *stream);

static void stream_reply(void *context, const Award__Envelope *reply,
                         const struct client_error *failure)
{
    struct stream *stream = context;
    cr_assert((reply == NULL) == (failure->failure != CLIENT_DONE));
    stream->replies += reply != NULL ? 1 : 0;
    stream->failures += reply == NULL ? 1 : 0;
    stream_fill(stream);
}

static void stream_fill(struct stream *stream)
{
    Award__Envelope request = request_make();
    while (stream->sent < stream->total &&
           client_send(stream->client, &request, stream_reply, stream)) {
        stream->sent++;
    }
}

Test(client, thousands_of_requests_flow_with_many_in_flight)
{
    struct client *client = client_start(0);
    server_open(client, ANSWER);
    struct stream stream = {.client = client, .total = 5000};
    stream_fill(&stream);
    cr_assert_eq(client_in_flight(client), (size_t)CLIENT_IN_FLIGHT_MAX);
    client_run(client);
    cr_assert_eq(stream.replies, 5000u);
    cr_assert_eq(stream.failures, 0u);
    cr_assert_eq(server.messages, 5000u);
    finish(client);
}

Test(client, replies_in_any_order_find_their_requests)
{
    struct client *client = client_start(0);
    server_open(client, BACKWARDS);
    struct stream stream = {.client = client, .total = 64};
    stream_fill(&stream);
    client_run(client);
    cr_assert_eq(stream.replies, 64u);
    finish(client);
}

Test(client, what_is_unanswered_goes_again_to_a_coordinator_that_was_started_again)
{
    struct client *client = client_start(20000);
    server_open(client, RESTART);
    struct stream stream = {.client = client, .total = 100};
    stream_fill(&stream);
    client_run(client);
    cr_assert_eq(stream.replies, 100u);
    cr_assert_eq(stream.failures, 0u);
    finish(client);
}

Test(client, requests_that_are_open_at_the_end_are_told_so)
{
    struct client *client = client_start(0);
    struct stream stream = {.client = client, .total = 3};
    stream_fill(&stream);
    finish(client);
    cr_assert_eq(stream.failures, 3u);
}

Test(client, two_principals_share_a_loop)
{
    struct client *first = client_start(0);
    server_open(first, ANSWER);
    struct client_options options = {.endpoint = endpoint,
                                     .server_key = server_keys.public_key,
                                     .keys = &own_keys,
                                     .beside = first};
    struct client *second = client_open(&options, &error);
    cr_assert(second != NULL, "%s", error.en);
    struct stream streams[2] = {
        {.client = first,  .total = 10},
        {.client = second, .total = 20}
    };
    stream_fill(&streams[0]);
    stream_fill(&streams[1]);
    client_run(second);
    cr_assert_eq(streams[0].replies, 10u);
    cr_assert_eq(streams[1].replies, 20u);
    client_close(second);
    finish(first);
}

// Publishes an item until it has been heard.
struct feed {
    struct client *client;
    struct bus_socket *publisher;
    uint64_t heard;
};

static void feed_publish(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct feed *feed = context;
    static const uint8_t item[] = {0x08, 17}; // entry 17
    cr_assert(bus_send(feed->publisher, NULL, item, sizeof(item)) == BUS_OK);
}

static void feed_item(void *context, const Award__FeedItem *item)
{
    struct feed *feed = context;
    feed->heard = item->entry;
    client_stop(feed->client);
}

Test(client, the_feed_is_followed_until_stopped)
{
    struct client *client = client_start(0);
    server_open(client, ANSWER);
    struct feed feed = {.client = client};
    feed.publisher = bus_publisher(server.bus, "tcp://127.0.0.1:*", &server_keys);
    cr_assert(client_follow(client, bus_endpoint(feed.publisher), feed_item, &feed, &error));
    struct event *timer =
        event_new(client_base(client), -1, EV_PERSIST | EV_TIMEOUT, feed_publish, &feed);
    struct timeval time = {0, 2000};
    (void)event_add(timer, &time);
    client_run(client);
    cr_assert_eq(feed.heard, 17u);
    event_free(timer);
    finish(client);
}
