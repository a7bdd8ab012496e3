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
struct bus_peer;   // all connections of one key to a server's sockets

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
    struct bus_peer *peer; // lives as long as the bus
};

// What a key may have of a server's sockets together.
struct bus_limits {
    uint32_t connections;         // of all keys
    uint32_t connections_per_key; // at one time
    uint32_t greetings;           // connections whose key is not known yet
    uint32_t queued_messages;     // on one connection, each way
    size_t unread_bytes_per_key;  // sent to it and not read; LIMIT_MESSAGE_BYTES and more
};

// How it stands, and how often a bound was reached since the bus was made.
struct bus_counts {
    uint32_t connections;                // open now, whose key is known
    uint32_t connections_of_a_key;       // the most that one key has
    uint64_t connections_refused;        // they were all in use
    uint64_t connections_refused_to_key; // its own were
    uint32_t greetings;                  // connections whose key is not known yet
    uint64_t greetings_ended;
    size_t unread_bytes;     // the most that one key has
    uint64_t unread_dropped; // messages that were not sent
    uint32_t feed_items;     // published, and not yet taken by all subscribers
    uint64_t feed_behind;    // published while a subscriber had half of queued_messages to take:
                             // it misses items from there on, at the whole of it at the latest
};

struct bus_message {
    struct bus_route route;         // of a ROUTER's peer
    char sender_key[BUS_KEY_BYTES]; // of a ROUTER's peer: its public key, authenticated
    const uint8_t *data;            // borrowed until the handler returns
    size_t size;
    int64_t received_us; // when it was taken off the socket, by the monotonic clock
};

enum bus_result {
    BUS_OK = 0,
    BUS_BUSY = -1,   // the peer does not read as much as it may have; the message was not sent
    BUS_GONE = -2,   // no such peer
    BUS_FAILED = -3, // see bus_error
};

// What has become of the connection of a dealer or subscriber. It is tried again for ever, whatever
// it says.
enum bus_link {
    BUS_LINK_DOWN,     // nobody listens there, or the connection was lost
    BUS_LINK_GREETING, // somebody listens; the handshake is not over
    BUS_LINK_UP,       // messages flow
    BUS_LINK_REFUSED,  // the other side does not admit this key
    BUS_LINK_MISMATCH, // no common handshake: another server key, or no program of this kind
    BUS_LINK_FULL,     // the other side has as many connections as it admits
};

// Called for each message that arrived. May send, and may close the socket. A message may have up
// to LIMIT_HEARD_BYTES: who unpacks it says that more than LIMIT_MESSAGE_BYTES are too many.
typedef void (*bus_handler)(void *context, const struct bus_message *message);

// Called when a burst of messages has been handled (at most LIMIT_GROUP_EVENTS of them, and about
// four messages of the greatest size).
typedef void (*bus_burst_handler)(void *context);

// Called when the link has changed, and at each further refusal. May send, and may
// close the socket.
typedef void (*bus_link_handler)(void *context, enum bus_link link);

// Called when the connection has ended of a ROUTER's peer that had sent something. May send, and
// may not close the socket.
typedef void (*bus_gone_handler)(void *context, const struct bus_route *route);

// Says whether a client with this key may connect. NULL pointer: everybody with a key.
typedef bool (*bus_admit)(void *context, const char *public_key);

// NULL when memory or descriptors are used up.
struct bus *bus_create(struct event_base *base);

// Closes what is still open. Not within a handler.
void bus_destroy(struct bus *bus);

// A new key pair. False if the library has no CURVE.
bool bus_keys_generate(struct bus_keys *keys);

// Forty characters of Z85.
bool bus_key_valid(const char *key);

// The public key that belongs to a secret one; false if that is not a key.
bool bus_public_key(const char *secret_key, char public_key[BUS_KEY_BYTES]);

// Starts the ZAP handler; must be called before any socket is bound.
bool bus_admit_by(struct bus *bus, bus_admit admit, void *context);

// Other bounds than those of limits.h. Before any socket is bound.
void bus_limit(struct bus *bus, const struct bus_limits *limits);
struct bus_counts bus_counts(const struct bus *bus);

// From a handler: the burst ends with this message, and the loop looks at everything else before it
// reads more. For messages that cost little and of which there may be as many as somebody likes.
void bus_burst_end(struct bus_socket *socket);

// The public key of a peer; NULL of a route that no message came by.
const char *bus_peer_key(const struct bus_route *route);

// Whether a peer has any connection still.
bool bus_peer_connected(const struct bus_route *route);

// Whether a peer has read enough to be sent more: less than half of its bound is unread.
bool bus_peer_reads(const struct bus *bus, const struct bus_route *route);

// Sockets are NULL on failure; bus_error says why. Endpoints are tcp:// and ipc:// ones; the file
// of an ipc:// one stays behind when it is closed and is replaced by whoever listens there next.
// Messages that are not one part (for a ROUTER: route and one part) are dropped, and so are those
// of peers that chose their route themselves: it could be the one of a peer that has left, whose
// answers they would get.
struct bus_socket *bus_router(struct bus *bus, const char *endpoint, const struct bus_keys *server,
                              bus_handler handler, bus_burst_handler burst, void *context);
void bus_gone_watch(struct bus_socket *router, bus_gone_handler handler);
struct bus_socket *bus_publisher(struct bus *bus, const char *endpoint,
                                 const struct bus_keys *server);
struct bus_socket *bus_dealer(struct bus *bus, const char *endpoint, const char *server_key,
                              const struct bus_keys *own, bus_handler handler, void *context);
struct bus_socket *bus_subscriber(struct bus *bus, const char *endpoint, const char *server_key,
                                  const struct bus_keys *own, bus_handler handler, void *context);
void bus_close(struct bus_socket *socket);

// What the connection of a dealer or subscriber is like now, and whom to tell when it changes (with
// the socket's context). While a dealer's is not up, bus_send says BUS_BUSY; what was sent before
// it went down and has not been answered may be lost and must be sent again.
enum bus_link bus_link(const struct bus_socket *socket);
void bus_link_watch(struct bus_socket *socket, bus_link_handler handler);

// Where the socket is bound: the endpoint with the port that was chosen for "tcp://127.0.0.1:*".
const char *bus_endpoint(const struct bus_socket *socket);

// Sends without blocking. `route` is for a ROUTER, else NULL. More than LIMIT_MESSAGE_BYTES fail.
// A publisher never says BUS_BUSY: a subscriber that does not read misses items.
enum bus_result bus_send(struct bus_socket *socket, const struct bus_route *route,
                         const uint8_t *data, size_t size);

// The last failure in words.
const char *bus_error(const struct bus *bus);
