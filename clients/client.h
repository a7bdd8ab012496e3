// client - the shared connection to the coordinator: requests and their replies
//
// A connection acts under one principal's key. Requests carry numbers, and many may be in flight. A
// request is asked again after a reconnection or half the patience: events are idempotent, so a
// repeat gets the answer that is on record. Nothing waits for ever: when nothing has moved for the
// time allowed, what is unanswered fails with the reason.
#pragma once

#include "common/bus.h"
#include "common/envelope.h"

struct event_base;
struct client;

enum {
    CLIENT_TIMEOUT_MS = 5000, // patience where the options do not say
    // Requests without answer at one time: what the coordinator decides in two groups, so that one
    // client alone can keep it busy.
    CLIENT_IN_FLIGHT_MAX = 2048
};

struct client_options {
    const char *endpoint;
    const char *server_key; // of the coordinator, Z85
    const struct bus_keys *keys;
    int timeout_ms;        // 0: CLIENT_TIMEOUT_MS
    struct client *beside; // shares that client's loop, and must be closed before it; or NULL
};

enum client_failure {
    CLIENT_DONE = 0,
    CLIENT_UNUSABLE,      // the options: a key or endpoint that is none
    CLIENT_NO_CONNECTION, // nobody listens there
    CLIENT_KEY_REFUSED,   // the coordinator does not admit this key
    CLIENT_MISMATCH,      // something else listens there, or its key is another
    CLIENT_NO_ANSWER,     // connected, but silent
    CLIENT_REFUSED,       // the coordinator refused the message itself
    CLIENT_BAD_REPLY,     // the reply cannot be read
    CLIENT_CLOSED,        // the connection was closed before the answer
    CLIENT_FULL,          // the coordinator has as many connections as it admits
};

struct client_error {
    enum client_failure failure;
    char code[65]; // stable: "no_connection", "key_not_admitted", ... or the coordinator's
    char zh[1024]; // a sentence with what to do next
    char en[1024];
};

// Called once for each request; `reply` is NULL when it failed, borrowed until the call returns.
// May send further requests, but not wait for them.
typedef void (*client_reply)(void *context, const Award__Envelope *reply,
                             const struct client_error *error);

// Called for what the feed publishes.
typedef void (*client_item)(void *context, const Award__FeedItem *item);

// Starts to connect and returns at once. NULL and *error if the options cannot be used.
struct client *client_open(const struct client_options *options, struct client_error *error);

// Requests that are still unanswered fail with CLIENT_CLOSED. Not within a callback.
void client_close(struct client *client);

// Sends and waits. The reply lives in the caller's arena. False and *error if there is none.
bool client_request(struct client *client, Award__Envelope *request, struct arena *arena,
                    const Award__Envelope **reply, struct client_error *error);

// Sends and returns. False when CLIENT_IN_FLIGHT_MAX requests are unanswered (run the loop first)
// or the client is being closed. A message over LIMIT_MESSAGE_BYTES never leaves: `reply` is called
// before this returns, with CLIENT_REFUSED and the coordinator's code and sentences for it.
bool client_send(struct client *client, Award__Envelope *request, client_reply reply,
                 void *context);

// Requests without answer.
size_t client_in_flight(const struct client *client);

// Runs the loop until no client in it has an unanswered request, or until client_stop; while a feed
// is followed, until client_stop alone.
void client_run(struct client *client);
void client_stop(struct client *client);

// Subscribes to the feed, at most once a client, with the keys of client_open. False and *error if
// the endpoint cannot be used.
bool client_follow(struct client *client, const char *endpoint, client_item item, void *context,
                   struct client_error *error);

// The loop, for signals and timers of the program's own.
struct event_base *client_base(struct client *client);
