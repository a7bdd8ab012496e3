// bus_loop - reading ZeroMQ sockets in the libevent loop
//
// ZMQ_FD tells of the step from "nothing happens" to "something happened", once, and any call on
// the socket may swallow it. So after each burst of messages, and after each callback that has
// sent, ZMQ_EVENTS of the sockets that were called is read again, and one with messages left gets a
// timer of no length. A timer, because event_active would run the socket again before the loop
// looks at any other descriptor: a peer that floods one socket would be the only one heard.
#include "common/bus_private.h"

#include "common/clock.h"
#include "common/limits.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum {
    BURST_BYTES_MAX = 4 * LIMIT_MESSAGE_BYTES,
    GIVEN_ROUTE_BYTES = 5, // a route that ZeroMQ gave: a zero byte and a number
};

static const struct timeval AT_ONCE = {0, 0};

static bool readable(const struct bus_socket *socket)
{
    int events = 0;
    size_t size = sizeof(events);
    int result = -1;
    do {
        result = zmq_getsockopt(socket->zmq, ZMQ_EVENTS, &events, &size);
    } while (result < 0 && zmq_errno() == EINTR);
    return result == 0 && (events & ZMQ_POLLIN) != 0;
}

void bus_touch(struct bus_socket *socket)
{
    if (!socket->touched) {
        socket->touched = true;
        socket->touched_next = socket->bus->touched;
        socket->bus->touched = socket;
    }
}

void bus_rearm(struct bus *bus)
{
    struct bus_socket *socket;
    while ((socket = bus->touched) != NULL) {
        bus->touched = socket->touched_next;
        socket->touched = false;
        // Sockets without receive are read all the same: it makes them see new subscribers.
        if (readable(socket) && socket->receive != NULL) {
            (void)event_add(socket->again, &AT_ONCE);
        }
    }
}

static void socket_drain(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct bus_socket *socket = context;
    struct bus *bus = socket->bus;
    assert(!socket->handling);
    bus_touch(socket);
    socket->handling = true;
    socket->burst_ends = false;
    bus->draining++;
    size_t messages = 0;
    size_t bytes = 0;
    while (socket->receive != NULL && !socket->closing && !socket->burst_ends &&
           messages < LIMIT_GROUP_EVENTS && bytes < BURST_BYTES_MAX &&
           socket->receive(socket, &bytes)) {
        messages++;
    }
    if (messages > 0 && socket->burst != NULL && !socket->closing) {
        socket->burst(socket->context);
    }
    socket->handling = false;
    bus->draining--;
    if (socket->closing) {
        bus_close(socket);
    }
    bus_rearm(bus);
}

void bus_burst_end(struct bus_socket *socket)
{
    socket->burst_ends = true;
}

bool bus_socket_watch(struct bus_socket *socket)
{
    int fd = -1;
    size_t size = sizeof(fd);
    if (zmq_getsockopt(socket->zmq, ZMQ_FD, &fd, &size) != 0) {
        bus_fail(socket->bus, "watch", socket->endpoint);
        return false;
    }
    struct event_base *base = socket->bus->base;
    socket->readable = event_new(base, fd, EV_READ | EV_PERSIST, socket_drain, socket);
    socket->again = evtimer_new(base, socket_drain, socket);
    if (socket->readable == NULL || socket->again == NULL ||
        event_add(socket->readable, NULL) != 0 || event_add(socket->again, &AT_ONCE) != 0) {
        errno = ENOMEM;
        bus_fail(socket->bus, "watch", socket->endpoint);
        return false;
    }
    return true;
}

// ---- Messages

static bool part_receive(struct bus_socket *socket, zmq_msg_t *part)
{
    int size = -1;
    do {
        size = zmq_msg_recv(part, socket->zmq, ZMQ_DONTWAIT);
    } while (size < 0 && zmq_errno() == EINTR);
    return size >= 0;
}

// Takes what is left of a message that has too many parts.
static void rest_drop(struct bus_socket *socket, zmq_msg_t *part, size_t *bytes)
{
    while (zmq_msg_more(part) && part_receive(socket, part)) {
        *bytes += zmq_msg_size(part);
    }
}

static bool route_read(zmq_msg_t *part, struct bus_route *route)
{
    const uint8_t *id = zmq_msg_data(part);
    route->size = zmq_msg_size(part);
    if (route->size != GIVEN_ROUTE_BYTES || id[0] != 0) {
        return false;
    }
    memcpy(route->id, id, route->size);
    return true;
}

static void message_handle(struct bus_socket *socket, zmq_msg_t *part, struct bus_message *message)
{
    // ZeroMQ has it from the ZAP handler's reply; a peer cannot set it.
    const char *sender = socket->kind == BUS_ROUTER ? zmq_msg_gets(part, "User-Id") : NULL;
    (void)snprintf(message->sender_key, sizeof(message->sender_key), "%s",
                   sender != NULL ? sender : "");
    if (sender != NULL) {
        bus_peers_heard(socket, zmq_msg_get(part, ZMQ_SRCFD), message->sender_key, &message->route);
    }
    message->data = zmq_msg_data(part);
    message->size = zmq_msg_size(part);
    message->received_us = clock_monotonic_us();
    socket->handler(socket->context, message);
}

bool bus_message_receive(struct bus_socket *socket, size_t *bytes)
{
    struct bus_message message = {.size = 0};
    zmq_msg_t part;
    (void)zmq_msg_init(&part);
    if (!part_receive(socket, &part)) {
        (void)zmq_msg_close(&part);
        return false;
    }
    bool good = true;
    if (socket->kind == BUS_ROUTER) {
        good = route_read(&part, &message.route) && zmq_msg_more(&part) != 0 &&
               part_receive(socket, &part);
    }
    *bytes += zmq_msg_size(&part);
    if (good && !zmq_msg_more(&part)) {
        message_handle(socket, &part, &message);
    } else {
        rest_drop(socket, &part, bytes);
    }
    (void)zmq_msg_close(&part);
    return true;
}
