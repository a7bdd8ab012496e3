// bus_private - what the files of the bus share; nobody else includes it
//
// bus.c makes sockets and sends, bus_loop.c reads them in the libevent loop, bus_zap.c admits keys,
// bus_link.c follows what becomes of a connection, bus_peers.c counts what a key has.
#pragma once

#include "common/bus.h"

#include <bsd/sys/tree.h>
#include <event2/event.h>
#include <stdatomic.h>
#include <zmq.h>

enum { BUS_ADDRESS_BYTES = 128 };

enum bus_kind { BUS_ROUTER, BUS_DEALER, BUS_PUBLISHER, BUS_SUBSCRIBER, BUS_ZAP, BUS_MONITOR };

// Receives one message and handles it. False when there is none. Adds what it took to *bytes.
typedef bool (*bus_receive)(struct bus_socket *socket, size_t *bytes);

struct bus_peer {
    RB_ENTRY(bus_peer) links;
    char key[BUS_KEY_BYTES];
    uint32_t connections;
    atomic_size_t unread_bytes; // ZeroMQ's thread takes off what has left
};

struct bus {
    struct event_base *base;
    void *context;              // ZeroMQ's
    struct event *rearm;        // runs bus_rearm after a callback of another kind has sent
    unsigned int draining;      // sockets whose messages are being handled just now
    unsigned int monitors;      // made so far: names must differ
    struct bus_socket *sockets; // all that are open
    struct bus_socket *touched; // among them: the descriptor may have kept silent about something
    struct bus_socket *zap;     // among them
    struct bus_peers *peers;    // of the server's sockets
    bus_admit admit;
    void *admit_context;
    char error[256];
};

struct bus_socket {
    struct bus *bus;
    struct bus_socket *next;
    struct bus_socket *previous;
    enum bus_kind kind;
    void *zmq;
    struct event *readable; // ZMQ_FD
    struct event *again;    // a timer of no length, when messages are left after a burst
    bus_receive receive;    // NULL: nothing ever arrives
    struct bus_socket *touched_next;
    bool touched;    // in the list of the bus
    bool handling;   // its messages are being handled
    bool closing;    // was closed meanwhile
    bool burst_ends; // its handler has asked for that
    bus_handler handler;
    bus_burst_handler burst;
    bus_gone_handler gone;
    void *context;
    char endpoint[256];

    struct bus_socket *monitor; // of all but ZAP's and monitors
    struct bus_socket *watched; // of a monitor: whom it watches
    struct event *retry;        // of a monitor: connects anew when ZeroMQ has given up
    enum bus_link link;
    bus_link_handler link_handler;
};

// Writes bus_error: what could not be done, and ZeroMQ's words for errno.
void bus_fail(struct bus *bus, const char *what, const char *object);

// A socket of a ZeroMQ type with the options that all have, not yet in the loop. NULL: bus_error.
struct bus_socket *bus_socket_create(struct bus *bus, enum bus_kind kind);

// Puts a bound or connected socket into the loop. False: bus_error.
bool bus_socket_watch(struct bus_socket *socket);

// Whatever calls ZeroMQ on a socket that is watched says so, and has bus_rearm run before it
// returns to the loop: the call may have swallowed what the descriptor had to tell.
void bus_touch(struct bus_socket *socket);

// Looks whether something has arrived at those that were touched.
void bus_rearm(struct bus *bus);

// Receives for routers, dealers and subscribers.
bool bus_message_receive(struct bus_socket *socket, size_t *bytes);

// Starts to follow a socket that is not connected or bound yet. False: bus_error.
bool bus_monitor_start(struct bus_socket *socket);

// Hears what a server's socket has to tell of its connections up to now.
void bus_monitors_drain(struct bus *bus);

struct bus_peers *bus_peers_create(void);
int bus_peers_queue(const struct bus *bus);      // messages on one connection, each way
void bus_peers_destroy(struct bus_peers *peers); // after the context: its messages count here

// A server's socket has accepted a connection, or one has ended.
void bus_peers_accepted(struct bus_socket *socket, int descriptor);
void bus_peers_ended(struct bus_socket *socket, int descriptor);

// A socket is closed, and its connections with it: their descriptors are others' from now on.
void bus_peers_forget(const struct bus_socket *socket);

// Whether a key that is known may have another connection; it is counted.
bool bus_peers_admit(struct bus *bus, const char *key, const char *address);

// Whose message it is that came over this descriptor; the route's peer is set, and its connection
// known by it from now on.
void bus_peers_heard(struct bus_socket *socket, int descriptor, const char *key,
                     struct bus_route *route);

// A message to a peer that counts until it has left; false where it would be too much, or memory is
// used up.
bool bus_peers_message(struct bus *bus, struct bus_peer *peer, const uint8_t *data, size_t size,
                       zmq_msg_t *message);

// The same for what the feed publishes; false only where memory is used up.
bool bus_peers_item(struct bus *bus, const uint8_t *data, size_t size, zmq_msg_t *message);

// A message to a peer was not sent: too much is unread.
void bus_peers_dropped(struct bus *bus);
