// client - requests in flight over one dealer
//
// Requests stand in a list in the order in which they were sent, each with its packed bytes. A
// timer measures silence: it is set back by each reply and each new connection. After half the time
// allowed what is unanswered is asked again, once; after the other half it fails with what the link
// says. A refused key fails at once: trying again does not help.
#include "clients/client.h"

#include "clients/client_private.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/memory.h"

#include <assert.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)CLIENT_IN_FLIGHT_MAX < (int)LIMIT_QUEUED_MESSAGES, "every answer finds room");

struct pending {
    struct pending *next;
    struct pending *previous;
    uint64_t request;
    uint8_t *data;
    size_t size;
    client_reply reply;
    void *context;
    struct arena *arena; // where the reply is wanted, or NULL
};

// What clients beside each other share.
struct loop {
    struct event_base *base;
    struct bus *bus;
    size_t clients;
    size_t in_flight;
    size_t followed;
    bool running;
    bool stopped;
};

struct client {
    struct loop *loop;
    char server_key[BUS_KEY_BYTES];
    struct bus_keys keys;
    struct bus_socket *dealer;
    struct bus_socket *feed;
    struct event *silence;
    struct timeval half; // of the time allowed
    bool asked_again;    // half of it has passed
    uint64_t last_request;
    struct pending *first;
    struct pending *last;
    struct pending *unsent; // the first that has not gone over this connection; none after it has
    bool was_up;            // its first connection has been made
    bool closing;
    size_t in_flight;
    client_item item;
    void *item_context;
    struct arena *arena; // of one reply
};

// ---- The list

static struct pending *pending_add(struct client *client, struct bytes bytes)
{
    struct pending *pending = calloc(1, sizeof(*pending));
    uint8_t *data = malloc(bytes.size);
    if (pending == NULL || data == NULL) {
        free(pending);
        free(data);
        return NULL;
    }
    memcpy(data, bytes.data, bytes.size);
    pending->data = data;
    pending->size = bytes.size;
    pending->previous = client->last;
    if (client->last != NULL) {
        client->last->next = pending;
    } else {
        client->first = pending;
    }
    client->last = pending;
    if (client->unsent == NULL) {
        client->unsent = pending;
    }
    client->in_flight++;
    client->loop->in_flight++;
    return pending;
}

static struct pending *pending_find(const struct client *client, uint64_t request)
{
    struct pending *pending = client->first;
    while (pending != NULL && pending->request != request) {
        pending = pending->next;
    }
    return pending;
}

static void pending_remove(struct client *client, struct pending *pending)
{
    if (client->unsent == pending) {
        client->unsent = pending->next;
    }
    assert((pending->previous == NULL) == (client->first == pending));
    if (client->first == pending) {
        client->first = pending->next;
    } else {
        pending->previous->next = pending->next;
    }
    if (pending->next != NULL) {
        pending->next->previous = pending->previous;
    } else {
        client->last = pending->previous;
    }
    assert(client->in_flight > 0 && client->loop->in_flight > 0);
    client->in_flight--;
    client->loop->in_flight--;
}

// Takes the request off the list first: the callback may send the next one.
static void pending_finish(struct client *client, struct pending *pending,
                           const Award__Envelope *reply, const struct client_error *error)
{
    pending_remove(client, pending);
    pending->reply(pending->context, reply, error);
    free(pending->data);
    free(pending);
}

// Fails what is unanswered now, and not what its callbacks send.
static void pending_fail_all(struct client *client, enum client_failure failure)
{
    struct client_error error;
    client_error_set(&error, failure, bus_endpoint(client->dealer));
    uint64_t last = client->last_request;
    while (client->first != NULL && client->first->request <= last) {
        pending_finish(client, client->first, NULL, &error);
    }
}

// ---- Sending

static void silence_restart(struct client *client)
{
    client->asked_again = false;
    if (client->first == NULL) {
        (void)event_del(client->silence);
    } else {
        (void)event_add(client->silence, &client->half);
    }
}

// Sends what has not gone over this connection. Stops when it takes no more: a reply or silence
// goes on.
static void unsent_send(struct client *client)
{
    while (client->unsent != NULL &&
           bus_send(client->dealer, NULL, client->unsent->data, client->unsent->size) == BUS_OK) {
        client->unsent = client->unsent->next;
    }
}

static void all_send(struct client *client)
{
    client->unsent = client->first;
    unsent_send(client);
}

static enum client_failure failure_of(enum bus_link link)
{
    switch (link) {
    case BUS_LINK_DOWN:
        return CLIENT_NO_CONNECTION;
    case BUS_LINK_REFUSED:
        return CLIENT_KEY_REFUSED;
    case BUS_LINK_MISMATCH:
        return CLIENT_MISMATCH;
    case BUS_LINK_FULL:
        return CLIENT_FULL;
    case BUS_LINK_GREETING:
    case BUS_LINK_UP:
        break;
    }
    return CLIENT_NO_ANSWER;
}

static void silence_heard(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct client *client = context;
    if (client->asked_again) {
        pending_fail_all(client, failure_of(bus_link(client->dealer)));
        silence_restart(client);
        return;
    }
    client->asked_again = true;
    all_send(client);
    (void)event_add(client->silence, &client->half);
}

static void link_changed(void *context, enum bus_link link)
{
    struct client *client = context;
    if (link == BUS_LINK_UP) {
        if (client->was_up) {
            all_send(client); // what went over the connection before may be lost
        } else {
            unsent_send(client);
        }
        client->was_up = true;
        silence_restart(client);
    } else if (link == BUS_LINK_REFUSED) {
        pending_fail_all(client, CLIENT_KEY_REFUSED);
        silence_restart(client);
    }
}

bool client_send(struct client *client, Award__Envelope *request, client_reply reply, void *context)
{
    assert(reply != NULL);
    if (client->closing || client->in_flight >= CLIENT_IN_FLIGHT_MAX) {
        return false;
    }
    struct arena *arena = arena_create();
    request->has_request = 1;
    request->request = ++client->last_request;
    struct bytes bytes = envelope_pack(request, NULL, arena);
    struct codec_error too_large;
    if (!codec_size_check(bytes, arena, &too_large)) {
        struct client_error error;
        client_error_quote(&error, CLIENT_REFUSED, too_large.code, too_large.zh, too_large.en);
        arena_destroy(arena);
        reply(context, NULL, &error);
        return true;
    }
    struct pending *pending = pending_add(client, bytes);
    arena_destroy(arena);
    if (pending == NULL) {
        return false;
    }
    pending->request = client->last_request;
    pending->reply = reply;
    pending->context = context;
    unsent_send(client);
    if (client->in_flight == 1) {
        silence_restart(client);
    }
    return true;
}

// ---- Receiving

static void reply_finish(struct client *client, struct pending *pending,
                         const Award__Envelope *reply)
{
    struct client_error error;
    if (reply->body_case == AWARD__ENVELOPE__BODY_ERROR) {
        const Award__Reason *reason = reply->error;
        client_error_quote(&error, CLIENT_REFUSED, reason->code, reason->zh, reason->en);
        pending_finish(client, pending, NULL, &error);
        return;
    }
    client_error_set(&error, CLIENT_DONE, "");
    pending_finish(client, pending, reply, &error);
}

static void reply_arrived(void *context, const struct bus_message *message)
{
    struct client *client = context;
    struct bytes bytes = {message->data, message->size};
    struct envelope_head head;
    if (!envelope_peek(bytes, &head)) {
        return;
    }
    struct pending *pending = pending_find(client, head.request);
    if (pending == NULL) {
        return; // the second reply to a request that was asked again
    }
    struct codec_error unreadable;
    struct arena *arena = pending->arena != NULL ? pending->arena : client->arena;
    const Award__Envelope *reply = envelope_unpack(bytes, arena, &unreadable);
    if (reply != NULL) {
        reply_finish(client, pending, reply);
    } else {
        struct client_error error;
        client_error_quote(&error, CLIENT_BAD_REPLY, unreadable.code, unreadable.zh, unreadable.en);
        pending_finish(client, pending, NULL, &error);
    }
    arena_reset(client->arena);
    unsent_send(client);
    silence_restart(client);
}

// ---- Opening and closing

static struct loop *loop_create(void)
{
    struct loop *loop = memory_allocate(sizeof(*loop));
    loop->base = event_base_new();
    loop->bus = loop->base != NULL ? bus_create(loop->base) : NULL;
    if (loop->bus == NULL) {
        abort(); // out of memory or descriptors at the start of a program
    }
    return loop;
}

static void loop_release(struct loop *loop)
{
    assert(loop->clients > 0);
    loop->clients--;
    if (loop->clients == 0) {
        assert(!loop->running);
        bus_destroy(loop->bus);
        event_base_free(loop->base);
        free(loop);
    }
}

static bool options_valid(const struct client_options *options, struct client_error *error)
{
    if (!bus_key_valid(options->server_key) || !bus_key_valid(options->keys->public_key) ||
        !bus_key_valid(options->keys->secret_key)) {
        client_error_unusable(error, options->endpoint);
        return false;
    }
    return true;
}

struct client *client_open(const struct client_options *options, struct client_error *error)
{
    if (!options_valid(options, error)) {
        return NULL;
    }
    struct client *client = memory_allocate(sizeof(*client));
    struct loop *loop = options->beside != NULL ? options->beside->loop : loop_create();
    loop->clients++;
    client->loop = loop;
    client->keys = *options->keys;
    memcpy(client->server_key, options->server_key, sizeof(client->server_key));
    client->arena = arena_create();
    int half_ms = (options->timeout_ms > 0 ? options->timeout_ms : CLIENT_TIMEOUT_MS) / 2;
    client->half = clock_timeval(half_ms);
    client->silence = evtimer_new(loop->base, silence_heard, client);
    client->dealer = bus_dealer(loop->bus, options->endpoint, options->server_key, options->keys,
                                reply_arrived, client);
    if (client->dealer == NULL || client->silence == NULL) {
        client_error_unusable(error, bus_error(loop->bus));
        client_close(client);
        return NULL;
    }
    bus_link_watch(client->dealer, link_changed);
    return client;
}

void client_close(struct client *client)
{
    if (client == NULL) {
        return;
    }
    client->closing = true;
    if (client->first != NULL) {
        pending_fail_all(client, CLIENT_CLOSED);
    }
    if (client->feed != NULL) {
        client->loop->followed--;
    }
    bus_close(client->feed);
    bus_close(client->dealer);
    if (client->silence != NULL) {
        event_free(client->silence);
    }
    arena_destroy(client->arena);
    loop_release(client->loop);
    free(client);
}

// ---- Waiting

size_t client_in_flight(const struct client *client)
{
    return client->in_flight;
}

struct event_base *client_base(struct client *client)
{
    return client->loop->base;
}

void client_run(struct client *client)
{
    struct loop *loop = client->loop;
    assert(!loop->running);
    loop->running = true;
    loop->stopped = false;
    while (!loop->stopped && (loop->in_flight > 0 || loop->followed > 0)) {
        if (event_base_loop(loop->base, EVLOOP_ONCE) < 0) {
            break;
        }
    }
    loop->running = false;
}

void client_stop(struct client *client)
{
    client->loop->stopped = true;
}

struct waiting {
    bool done;
    const Award__Envelope *reply;
    struct client_error *error;
};

static void waiting_reply(void *context, const Award__Envelope *reply,
                          const struct client_error *error)
{
    struct waiting *waiting = context;
    waiting->reply = reply;
    *waiting->error = *error;
    waiting->done = true;
}

bool client_request(struct client *client, Award__Envelope *request, struct arena *arena,
                    const Award__Envelope **reply, struct client_error *error)
{
    struct loop *loop = client->loop;
    struct waiting waiting = {.error = error};
    assert(!loop->running);
    loop->running = true;
    while (client->in_flight >= CLIENT_IN_FLIGHT_MAX) {
        (void)event_base_loop(loop->base, EVLOOP_ONCE);
    }
    if (!client_send(client, request, waiting_reply, &waiting)) {
        abort(); // out of memory
    }
    if (!waiting.done) {
        client->last->arena = arena;
    }
    while (!waiting.done) {
        (void)event_base_loop(loop->base, EVLOOP_ONCE);
    }
    loop->running = false;
    *reply = waiting.reply;
    return waiting.reply != NULL;
}

// ---- The feed

static void item_arrived(void *context, const struct bus_message *message)
{
    struct client *client = context;
    struct codec_error unreadable;
    struct bytes bytes = {message->data, message->size};
    const ProtobufCMessage *item =
        codec_unpack(&award__feed_item__descriptor, bytes, client->arena, &unreadable);
    if (item != NULL) {
        client->item(client->item_context, (const Award__FeedItem *)item);
    }
    arena_reset(client->arena);
}

bool client_follow(struct client *client, const char *endpoint, client_item item, void *context,
                   struct client_error *error)
{
    assert(client->feed == NULL);
    client->item = item;
    client->item_context = context;
    client->feed = bus_subscriber(client->loop->bus, endpoint, client->server_key, &client->keys,
                                  item_arrived, client);
    if (client->feed == NULL) {
        client_error_unusable(error, bus_error(client->loop->bus));
        return false;
    }
    client->loop->followed++;
    return true;
}
