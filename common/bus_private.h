// bus_private - what the files of the bus share; nobody else includes it
//
// bus.c makes sockets and sends, bus_loop.c reads them in the libevent loop, bus_zap.c admits keys,
// bus_link.c follows what becomes of a connection.
#pragma once

#include "common/bus.h"

#include <event2/event.h>

enum bus_kind { BUS_ROUTER, BUS_DEALER, BUS_PUBLISHER, BUS_SUBSCRIBER, BUS_ZAP, BUS_MONITOR };

// Receives one message and handles it. False when there is none. Adds what it took to *bytes.
typedef bool (*bus_receive)(struct bus_socket *socket, size_t *bytes);

struct bus {
    struct event_base *base;
    void *context;              // ZeroMQ's
    struct event *rearm;        // runs bus_rearm after a callback of another kind has sent
    unsigned int draining;      // sockets whose messages are being handled just now
    unsigned int monitors;      // made so far: names must differ
    struct bus_socket *sockets; // all that are open
    struct bus_socket *zap;     // among them
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
    bool handling;          // its messages are being handled
    bool closing;           // was closed meanwhile
    bus_handler handler;
    bus_burst_handler burst;
    void *context;
    char endpoint[256];

    struct bus_socket *monitor; // of a dealer or subscriber
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

// Receives for routers, dealers and subscribers.
bool bus_message_receive(struct bus_socket *socket, size_t *bytes);

// Starts to follow a dealer or subscriber that is not connected yet. False: bus_error.
bool bus_monitor_start(struct bus_socket *socket);
