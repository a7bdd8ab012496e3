// bus_link - what becomes of a dealer's connection
//
// ZeroMQ connects, fails and tries again in silence; its monitor tells. From its events a link is
// drawn that a person can act on: nobody there, key not admitted, another server key.
#include "common/bus_private.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum { EVENT_BYTES = 6 }; // 16 bits of event, 32 bits of value

// Attempts follow each other: while one fails like the one before, the link stays what it is, so
// that whoever looks at any moment sees the reason and not the attempt.
static enum bus_link link_after(enum bus_link link, unsigned int event)
{
    switch (event) {
    case ZMQ_EVENT_CONNECTED:
        return link == BUS_LINK_DOWN ? BUS_LINK_GREETING : link;
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
        return BUS_LINK_UP;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
        return BUS_LINK_REFUSED;
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

// Reads the event of two parts; the second is the address. False: nothing there.
static bool event_read(struct bus_socket *monitor, unsigned int *event)
{
    uint8_t data[EVENT_BYTES];
    int size = -1;
    do {
        size = zmq_recv(monitor->zmq, data, sizeof(data), ZMQ_DONTWAIT);
    } while (size < 0 && zmq_errno() == EINTR);
    if (size < 0) {
        return false;
    }
    uint16_t number = 0;
    memcpy(&number, data, sizeof(number));
    *event = number;
    char address[1];
    (void)zmq_recv(monitor->zmq, address, sizeof(address), ZMQ_DONTWAIT);
    return true;
}

static bool monitor_receive(struct bus_socket *monitor, size_t *bytes)
{
    unsigned int event = 0;
    if (!event_read(monitor, &event)) {
        return false;
    }
    *bytes += EVENT_BYTES;
    struct bus_socket *dealer = monitor->watched;
    enum bus_link link = link_after(dealer->link, event);
    if (link != dealer->link) {
        dealer->link = link;
        if (dealer->link_handler != NULL) {
            dealer->link_handler(dealer->context, link);
        }
    }
    return true;
}

enum bus_link bus_link(const struct bus_socket *dealer)
{
    assert(dealer->kind == BUS_DEALER);
    return dealer->link;
}

void bus_link_watch(struct bus_socket *dealer, bus_link_handler handler)
{
    assert(dealer->kind == BUS_DEALER);
    dealer->link_handler = handler;
}

bool bus_monitor_start(struct bus_socket *dealer)
{
    struct bus *bus = dealer->bus;
    struct bus_socket *monitor = bus_socket_create(bus, BUS_MONITOR);
    if (monitor == NULL) {
        return false;
    }
    monitor->watched = dealer;
    monitor->receive = monitor_receive;
    dealer->monitor = monitor;
    (void)snprintf(monitor->endpoint, sizeof(monitor->endpoint), "inproc://link-%u",
                   bus->monitors++);
    if (zmq_socket_monitor(dealer->zmq, monitor->endpoint, ZMQ_EVENT_ALL) != 0 ||
        zmq_connect(monitor->zmq, monitor->endpoint) != 0) {
        bus_fail(bus, "watch", "a connection");
        return false;
    }
    return bus_socket_watch(monitor);
}
