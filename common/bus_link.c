// bus_link - what becomes of connections, as ZeroMQ's monitor tells it
//
// Of a server's socket it is told to bus_peers.c. Of a dealer or subscriber:
//
// ZeroMQ connects, fails and tries again in silence; its monitor tells. From its events a link is
// drawn that a person can act on: nobody there, key not admitted, another server key.
//
// After a refused key, and after any breach of the protocol, ZeroMQ does not try again and says
// nothing. So a timer starts when a connection ends and is stopped by the news of another attempt;
// if it runs out, the socket is connected anew. A key that is enrolled later is let in without a
// restart.
#include "common/bus_private.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum { EVENT_BYTES = 6, VALUE_AT = 2 }; // 16 bits of event, 32 bits of value
enum { STATUS_FULL = 500 };             // see bus_zap.c

struct link_event {
    unsigned int event;
    int value; // a descriptor, or the status of a refusal
};

static const struct timeval RETRY_AFTER = {1, 0};

// Attempts follow each other: while one fails like the one before, the link stays what it is, so
// that whoever looks at any moment sees the reason and not the attempt.
static enum bus_link link_after(enum bus_link link, const struct link_event *event)
{
    switch (event->event) {
    case ZMQ_EVENT_CONNECTED:
        return link == BUS_LINK_DOWN ? BUS_LINK_GREETING : link;
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
        return BUS_LINK_UP;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
        return event->value == STATUS_FULL ? BUS_LINK_FULL : BUS_LINK_REFUSED;
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
        return BUS_LINK_MISMATCH;
    case ZMQ_EVENT_DISCONNECTED:
        return link == BUS_LINK_UP || link == BUS_LINK_GREETING ? BUS_LINK_DOWN : link;
    case ZMQ_EVENT_CLOSED: // the attempt to connect failed
        return BUS_LINK_DOWN;
    default:
        return link;
    }
}

// Reads one part; what is beyond `size` is lost. False: nothing there.
static bool part_read(struct bus_socket *monitor, void *data, size_t size)
{
    int got = -1;
    do {
        got = zmq_recv(monitor->zmq, data, size, ZMQ_DONTWAIT);
    } while (got < 0 && zmq_errno() == EINTR);
    return got >= 0;
}

// Reads the event of two parts; the second is the address. False: nothing there.
static bool event_read(struct bus_socket *monitor, struct link_event *event)
{
    uint8_t data[EVENT_BYTES];
    if (!part_read(monitor, data, sizeof(data))) {
        return false;
    }
    uint16_t number = 0;
    memcpy(&number, data, sizeof(number));
    event->event = number;
    memcpy(&event->value, data + VALUE_AT, sizeof(event->value));
    char address[1];
    (void)part_read(monitor, address, sizeof(address));
    return true;
}

static void retry_run(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct bus_socket *socket = ((struct bus_socket *)context)->watched;
    (void)zmq_disconnect(socket->zmq, socket->endpoint); // what is left of the last attempt
    if (zmq_connect(socket->zmq, socket->endpoint) != 0) {
        bus_fail(socket->bus, "connect again to", socket->endpoint);
    }
    bus_touch(socket);
    bus_rearm(socket->bus);
}

static void retry_follow(struct bus_socket *monitor, unsigned int event)
{
    switch (event) {
    case ZMQ_EVENT_DISCONNECTED:
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
        (void)event_add(monitor->retry, &RETRY_AFTER);
        break;
    case ZMQ_EVENT_CONNECT_DELAYED:
    case ZMQ_EVENT_CONNECT_RETRIED:
    case ZMQ_EVENT_CONNECTED:
        (void)event_del(monitor->retry);
        break;
    default:
        break;
    }
}

static void link_follow(struct bus_socket *monitor, const struct link_event *event)
{
    retry_follow(monitor, event->event);
    struct bus_socket *socket = monitor->watched;
    enum bus_link link = link_after(socket->link, event);
    if (link != socket->link || event->event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) {
        socket->link = link;
        if (socket->link_handler != NULL) {
            socket->link_handler(socket->context, link);
        }
    }
}

static bool serves(const struct bus_socket *socket)
{
    return socket->kind == BUS_ROUTER || socket->kind == BUS_PUBLISHER;
}

static void connection_follow(struct bus_socket *socket, const struct link_event *event)
{
    if (event->event == ZMQ_EVENT_ACCEPTED) {
        bus_peers_accepted(socket, event->value);
    } else if (event->event == ZMQ_EVENT_DISCONNECTED) {
        bus_peers_ended(socket, event->value);
    }
}

static bool monitor_receive(struct bus_socket *monitor, size_t *bytes)
{
    struct link_event event = {0};
    if (!event_read(monitor, &event)) {
        return false;
    }
    *bytes += EVENT_BYTES;
    if (serves(monitor->watched)) {
        connection_follow(monitor->watched, &event);
    } else {
        link_follow(monitor, &event);
    }
    return true;
}

void bus_monitors_drain(struct bus *bus)
{
    size_t bytes = 0;
    for (struct bus_socket *socket = bus->sockets; socket != NULL; socket = socket->next) {
        while (socket->kind == BUS_MONITOR && serves(socket->watched) &&
               monitor_receive(socket, &bytes)) {
        }
    }
}

enum bus_link bus_link(const struct bus_socket *socket)
{
    assert(socket->monitor != NULL && !serves(socket));
    return socket->link;
}

void bus_link_watch(struct bus_socket *socket, bus_link_handler handler)
{
    assert(socket->monitor != NULL && !serves(socket));
    socket->link_handler = handler;
}

bool bus_monitor_start(struct bus_socket *socket)
{
    struct bus *bus = socket->bus;
    struct bus_socket *monitor = bus_socket_create(bus, BUS_MONITOR);
    if (monitor == NULL) {
        return false;
    }
    monitor->watched = socket;
    monitor->receive = monitor_receive;
    socket->monitor = monitor;
    (void)snprintf(monitor->endpoint, sizeof(monitor->endpoint), "inproc://link-%u",
                   bus->monitors++);
    monitor->retry = evtimer_new(bus->base, retry_run, monitor);
    int unbounded = 0; // ZeroMQ's thread would wait for us where they are too many
    if (monitor->retry == NULL ||
        zmq_setsockopt(monitor->zmq, ZMQ_RCVHWM, &unbounded, sizeof(unbounded)) != 0 ||
        zmq_socket_monitor(socket->zmq, monitor->endpoint,
                           serves(socket) ? ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED
                                          : ZMQ_EVENT_ALL) != 0 ||
        zmq_connect(monitor->zmq, monitor->endpoint) != 0) {
        bus_fail(bus, "watch", "a connection");
        return false;
    }
    return bus_socket_watch(monitor);
}
