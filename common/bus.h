// bus - ZeroMQ sockets with CURVE in a libevent loop
//
// The only room that includes zmq.h. Every socket is encrypted and authenticated with CURVE; a
// server's sockets admit by public key through one ZAP handler (in the same loop), and the key of
// the sender stands on every message. Sockets never block: what cannot be sent now is refused to
// the caller, and ZeroMQ's edge-triggered descriptor is drained and re-armed here, nowhere else.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event_base;
struct bus;        // one ZeroMQ context in one libevent loop
struct bus_socket; // one socket

enum {
    BUS_KEY_BYTES = 41,   // a Z85 key and its end
    BUS_ROUTE_BYTES = 64, // a ROUTER's name of a peer, at most
};

struct bus_keys {
    char public_key[BUS_KEY_BYTES];
    char secret_key[BUS_KEY_BYTES];
};

// A peer of a ROUTER.
struct bus_route {
    uint8_t id[BUS_ROUTE_BYTES];
    size_t size;
};

struct bus_message {
    struct bus_route route;         // of a ROUTER's peer
    char sender_key[BUS_KEY_BYTES]; // of a ROUTER's peer: its public key, authenticated
    const uint8_t *data;            // borrowed until the handler returns
    size_t size;
};

enum bus_result {
    BUS_OK = 0,
    BUS_BUSY = -1,   // the peer does not read; the message was not sent
    BUS_GONE = -2,   // no such peer
    BUS_FAILED = -3, // see bus_error
};

// Called for each message that arrived. May send.
typedef void (*bus_handler)(void *context, const struct bus_message *message);

// Called when a burst of messages has been handled (at most LIMIT_GROUP_EVENTS of them).
typedef void (*bus_burst_handler)(void *context);

// Says whether a client with this key may connect. NULL pointer: everybody with a key.
typedef bool (*bus_admit)(void *context, const char *public_key);

struct bus *bus_create(struct event_base *base);
void bus_destroy(struct bus *bus);

// A new key pair. False if the library has no CURVE.
bool bus_keys_generate(struct bus_keys *keys);

// The public key that belongs to a secret one; false if that is not a key.
bool bus_public_key(const char *secret_key, char public_key[BUS_KEY_BYTES]);

// Starts the ZAP handler; call before any socket is bound.
bool bus_admit_by(struct bus *bus, bus_admit admit, void *context);

// Sockets are NULL on failure; bus_error says why.
struct bus_socket *bus_router(struct bus *bus, const char *endpoint, const struct bus_keys *server,
                              bus_handler handler, bus_burst_handler burst, void *context);
struct bus_socket *bus_publisher(struct bus *bus, const char *endpoint,
                                 const struct bus_keys *server);
struct bus_socket *bus_dealer(struct bus *bus, const char *endpoint, const char *server_key,
                              const struct bus_keys *own, bus_handler handler, void *context);
struct bus_socket *bus_subscriber(struct bus *bus, const char *endpoint, const char *server_key,
                                  const struct bus_keys *own, bus_handler handler, void *context);
void bus_close(struct bus_socket *socket);

// Where the socket is bound: the endpoint with the port that was chosen for "tcp://127.0.0.1:*".
const char *bus_endpoint(const struct bus_socket *socket);

// Sends without blocking. `route` is for a ROUTER, else NULL.
enum bus_result bus_send(struct bus_socket *socket, const struct bus_route *route,
                         const uint8_t *data, size_t size);

// After a callback of another kind (a timer, a signal) has sent: looks whether something arrived
// meanwhile, since the descriptor does not say so twice.
void bus_rearm(struct bus *bus);

// The last failure in words.
const char *bus_error(const struct bus *bus);
