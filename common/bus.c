// bus - ZeroMQ sockets with CURVE in a libevent loop: making them and sending
//
// Every bound is set here once, from tables: sizes, high-water marks, the time a handshake may
// take. Heartbeats, by which a dead peer is noticed, go over a network alone: of a socket of this
// machine the kernel tells the end, and nobody is woken while all are idle. A ROUTER is MANDATORY
// and every call says DONTWAIT: otherwise ZeroMQ drops silently or blocks the program.
#include "common/bus_private.h"

#include "common/limits.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

enum {
    LINGER_MS = 500,              // for the last messages when a socket is closed
    HANDSHAKE_MS = 10000,         // the admitting loop may be at work on a large group
    HEARTBEAT_MS = 15000,         // over a network
    HEARTBEAT_TIMEOUT_MS = 45000, // silence after which a peer is dead
    RECONNECT_MS = 100,
    RECONNECT_MS_MAX = 2000,
    CURVE_OVERHEAD_BYTES = 64, // what encryption adds to a message, with room to spare
    SOCKETS_MAX = 1024,        // of one context
};

static const struct option {
    int name;
    int value;
} OPTIONS[] = {
    {ZMQ_LINGER,            LINGER_MS            },
    {ZMQ_SNDHWM,            LIMIT_QUEUED_MESSAGES},
    {ZMQ_RCVHWM,            LIMIT_QUEUED_MESSAGES},
    {ZMQ_HANDSHAKE_IVL,     HANDSHAKE_MS         },
    {ZMQ_RECONNECT_IVL,     RECONNECT_MS         },
    {ZMQ_RECONNECT_IVL_MAX, RECONNECT_MS_MAX     },
};

static const int TYPES[] = {
    [BUS_ROUTER] = ZMQ_ROUTER,  [BUS_DEALER] = ZMQ_DEALER, [BUS_PUBLISHER] = ZMQ_PUB,
    [BUS_SUBSCRIBER] = ZMQ_SUB, [BUS_ZAP] = ZMQ_REP,       [BUS_MONITOR] = ZMQ_PAIR,
};

static const char ZAP_DOMAIN[] = "award";
static const char LOCAL[] = "ipc://";

void bus_fail(struct bus *bus, const char *what, const char *object)
{
    (void)snprintf(bus->error, sizeof(bus->error), "%s %s: %s", what, object,
                   zmq_strerror(zmq_errno()));
}

const char *bus_error(const struct bus *bus)
{
    return bus->error;
}

// ---- The context

static void rearm_soon(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    bus_rearm(context);
}

struct bus *bus_create(struct event_base *base)
{
    assert(base != NULL);
    struct bus *bus = calloc(1, sizeof(*bus));
    if (bus == NULL) {
        return NULL;
    }
    bus->base = base;
    bus->context = zmq_ctx_new();
    bus->rearm = evtimer_new(base, rearm_soon, bus);
    bus->peers = bus_peers_create();
    if (bus->context == NULL || bus->rearm == NULL ||
        zmq_ctx_set(bus->context, ZMQ_MAX_SOCKETS, SOCKETS_MAX) != 0) {
        bus_destroy(bus);
        return NULL;
    }
    return bus;
}

void bus_destroy(struct bus *bus)
{
    if (bus == NULL) {
        return;
    }
    assert(bus->draining == 0);
    while (bus->sockets != NULL) {
        struct bus_socket *socket = bus->sockets;
        assert(socket->bus == bus);
        bus_close(socket->watched != NULL ? socket->watched : socket);
    }
    if (bus->rearm != NULL) {
        event_free(bus->rearm);
    }
    while (bus->context != NULL && zmq_ctx_term(bus->context) != 0 && zmq_errno() == EINTR) {
    }
    bus_peers_destroy(bus->peers);
    free(bus);
}

// ---- Keys

bool bus_keys_generate(struct bus_keys *keys)
{
    return zmq_curve_keypair(keys->public_key, keys->secret_key) == 0;
}

bool bus_key_valid(const char *key)
{
    uint8_t bytes[32];
    return strlen(key) == BUS_KEY_BYTES - 1 && zmq_z85_decode(bytes, key) != NULL;
}

bool bus_public_key(const char *secret_key, char public_key[BUS_KEY_BYTES])
{
    return bus_key_valid(secret_key) && zmq_curve_public(public_key, secret_key) == 0;
}

// ---- Sockets

static bool set_int(struct bus_socket *socket, int name, int value)
{
    return zmq_setsockopt(socket->zmq, name, &value, sizeof(value)) == 0;
}

static bool set_text(struct bus_socket *socket, int name, const char *value)
{
    return zmq_setsockopt(socket->zmq, name, value, strlen(value)) == 0;
}

static bool set_bounds(struct bus_socket *socket)
{
    for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++) {
        if (!set_int(socket, OPTIONS[i].name, OPTIONS[i].value)) {
            return false;
        }
    }
    int64_t bytes_max = LIMIT_HEARD_BYTES + CURVE_OVERHEAD_BYTES;
    return zmq_setsockopt(socket->zmq, ZMQ_MAXMSGSIZE, &bytes_max, sizeof(bytes_max)) == 0;
}

static bool is_local(const char *endpoint)
{
    return strncmp(endpoint, LOCAL, sizeof(LOCAL) - 1) == 0;
}

static bool set_heartbeats(struct bus_socket *socket, const char *endpoint)
{
    return is_local(endpoint) || (set_int(socket, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS) &&
                                  set_int(socket, ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS));
}

struct bus_socket *bus_socket_create(struct bus *bus, enum bus_kind kind)
{
    struct bus_socket *socket = calloc(1, sizeof(*socket));
    if (socket == NULL) {
        errno = ENOMEM;
        bus_fail(bus, "make", "a socket");
        return NULL;
    }
    socket->bus = bus;
    socket->kind = kind;
    socket->next = bus->sockets;
    if (socket->next != NULL) {
        socket->next->previous = socket;
    }
    bus->sockets = socket;
    socket->zmq = zmq_socket(bus->context, TYPES[kind]);
    if (socket->zmq == NULL || !set_bounds(socket)) {
        bus_fail(bus, "make", "a socket");
        bus_close(socket);
        return NULL;
    }
    return socket;
}

static void socket_unlink(struct bus_socket *socket)
{
    assert((socket->previous == NULL) == (socket->bus->sockets == socket));
    if (socket->bus->sockets == socket) {
        socket->bus->sockets = socket->next;
    } else {
        socket->previous->next = socket->next;
    }
    if (socket->next != NULL) {
        socket->next->previous = socket->previous;
    }
    if (socket->bus->zap == socket) {
        socket->bus->zap = NULL;
    }
    struct bus_socket **touched = &socket->bus->touched;
    while (socket->touched && *touched != socket) {
        touched = &(*touched)->touched_next;
    }
    if (socket->touched) {
        *touched = socket->touched_next;
    }
}

static void socket_close(struct bus_socket *socket)
{
    if (socket->handling) {
        socket->closing = true; // the loop closes it when the handler has returned
        return;
    }
    socket_unlink(socket);
    struct event *events[] = {socket->readable, socket->again, socket->retry};
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
        if (events[i] != NULL) {
            event_free(events[i]);
        }
    }
    if (socket->zmq != NULL) {
        (void)zmq_close(socket->zmq);
    }
    free(socket);
}

void bus_close(struct bus_socket *socket)
{
    if (socket == NULL) {
        return;
    }
    if (socket->monitor != NULL) {
        (void)zmq_socket_monitor(socket->zmq, NULL, 0);
        socket_close(socket->monitor);
        socket->monitor = NULL;
    }
    bus_peers_forget(socket);
    socket_close(socket);
}

// Fails: closes the socket, having said why.
static struct bus_socket *give_up(struct bus_socket *socket, const char *what, const char *object)
{
    bus_fail(socket->bus, what, object);
    bus_close(socket);
    return NULL;
}

// With a ZAP handler there (see server_bind) it is asked for each connection.
static bool secure_server(struct bus_socket *socket, const struct bus_keys *server)
{
    return set_int(socket, ZMQ_CURVE_SERVER, 1) &&
           set_text(socket, ZMQ_CURVE_SECRETKEY, server->secret_key) &&
           set_text(socket, ZMQ_ZAP_DOMAIN, ZAP_DOMAIN);
}

static bool secure_client(struct bus_socket *socket, const char *server_key,
                          const struct bus_keys *own)
{
    return set_text(socket, ZMQ_CURVE_SERVERKEY, server_key) &&
           set_text(socket, ZMQ_CURVE_PUBLICKEY, own->public_key) &&
           set_text(socket, ZMQ_CURVE_SECRETKEY, own->secret_key);
}

// ZeroMQ puts its own socket file in the place of one that is there, whoever listens on it: those
// who come later would talk to the wrong program, and the first one would not know.
static bool somebody_listens(const char *endpoint)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = endpoint + sizeof(LOCAL) - 1;
    if (!is_local(endpoint) || strlen(path) >= sizeof(address.sun_path)) {
        return false;
    }
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool listens =
        probe >= 0 && (connect(probe, (const struct sockaddr *)&address, sizeof(address)) == 0 ||
                       errno == EAGAIN);
    if (probe >= 0) {
        (void)close(probe);
    }
    return listens;
}

static struct bus_socket *server_bind(struct bus_socket *socket, const char *endpoint,
                                      const struct bus_keys *server)
{
    assert(socket->bus->zap != NULL); // without it ZeroMQ would let everybody in
    int queue = bus_peers_queue(socket->bus);
    if (!secure_server(socket, server) || !set_heartbeats(socket, endpoint) ||
        !set_int(socket, ZMQ_SNDHWM, queue) || !set_int(socket, ZMQ_RCVHWM, queue)) {
        return give_up(socket, "use the server's key for", endpoint);
    }
    if (somebody_listens(endpoint)) {
        errno = EADDRINUSE;
        return give_up(socket, "listen on", endpoint);
    }
    size_t size = sizeof(socket->endpoint);
    if (!bus_monitor_start(socket)) {
        bus_close(socket);
        return NULL;
    }
    if (zmq_bind(socket->zmq, endpoint) != 0 ||
        zmq_getsockopt(socket->zmq, ZMQ_LAST_ENDPOINT, socket->endpoint, &size) != 0) {
        return give_up(socket, "listen on", endpoint);
    }
    if (!bus_socket_watch(socket)) {
        bus_close(socket);
        return NULL;
    }
    return socket;
}

static struct bus_socket *client_connect(struct bus_socket *socket, const char *endpoint,
                                         const char *server_key, const struct bus_keys *own)
{
    if (!secure_client(socket, server_key, own) || !set_heartbeats(socket, endpoint)) {
        return give_up(socket, "use the keys for", endpoint);
    }
    (void)snprintf(socket->endpoint, sizeof(socket->endpoint), "%s", endpoint);
    if (!bus_monitor_start(socket)) {
        bus_close(socket);
        return NULL;
    }
    if (zmq_connect(socket->zmq, endpoint) != 0) {
        return give_up(socket, "connect to", endpoint);
    }
    if (!bus_socket_watch(socket)) {
        bus_close(socket);
        return NULL;
    }
    return socket;
}

struct bus_socket *bus_router(struct bus *bus, const char *endpoint, const struct bus_keys *server,
                              bus_handler handler, bus_burst_handler burst, void *context)
{
    assert(handler != NULL);
    struct bus_socket *socket = bus_socket_create(bus, BUS_ROUTER);
    if (socket == NULL) {
        return NULL;
    }
    socket->receive = bus_message_receive;
    socket->handler = handler;
    socket->burst = burst;
    socket->context = context;
    if (!set_int(socket, ZMQ_ROUTER_MANDATORY, 1)) {
        return give_up(socket, "set up", endpoint);
    }
    return server_bind(socket, endpoint, server);
}

void bus_gone_watch(struct bus_socket *router, bus_gone_handler handler)
{
    assert(router->kind == BUS_ROUTER);
    router->gone = handler;
}

struct bus_socket *bus_publisher(struct bus *bus, const char *endpoint,
                                 const struct bus_keys *server)
{
    struct bus_socket *socket = bus_socket_create(bus, BUS_PUBLISHER);
    return socket != NULL ? server_bind(socket, endpoint, server) : NULL;
}

struct bus_socket *bus_dealer(struct bus *bus, const char *endpoint, const char *server_key,
                              const struct bus_keys *own, bus_handler handler, void *context)
{
    assert(handler != NULL);
    struct bus_socket *socket = bus_socket_create(bus, BUS_DEALER);
    if (socket == NULL) {
        return NULL;
    }
    socket->receive = bus_message_receive;
    socket->handler = handler;
    socket->context = context;
    // Nothing is queued for a connection that is not up: it would arrive late and in heaps.
    if (!set_int(socket, ZMQ_IMMEDIATE, 1)) {
        return give_up(socket, "set up", endpoint);
    }
    return client_connect(socket, endpoint, server_key, own);
}

struct bus_socket *bus_subscriber(struct bus *bus, const char *endpoint, const char *server_key,
                                  const struct bus_keys *own, bus_handler handler, void *context)
{
    assert(handler != NULL);
    struct bus_socket *socket = bus_socket_create(bus, BUS_SUBSCRIBER);
    if (socket == NULL) {
        return NULL;
    }
    socket->receive = bus_message_receive;
    socket->handler = handler;
    socket->context = context;
    if (!set_text(socket, ZMQ_SUBSCRIBE, "")) {
        return give_up(socket, "subscribe to", endpoint);
    }
    return client_connect(socket, endpoint, server_key, own);
}

const char *bus_endpoint(const struct bus_socket *socket)
{
    return socket->endpoint;
}

// ---- Sending

static enum bus_result send_failed(struct bus_socket *socket)
{
    switch (zmq_errno()) {
    case EAGAIN:
        return BUS_BUSY;
    case EHOSTUNREACH:
        return BUS_GONE;
    default:
        bus_fail(socket->bus, "send to", socket->endpoint);
        return BUS_FAILED;
    }
}

static enum bus_result part_send(struct bus_socket *socket, const uint8_t *data, size_t size,
                                 int flags)
{
    int sent = -1;
    do {
        sent = zmq_send(socket->zmq, data, size, flags | ZMQ_DONTWAIT);
    } while (sent < 0 && zmq_errno() == EINTR);
    return sent >= 0 ? BUS_OK : send_failed(socket);
}

static enum bus_result message_send(struct bus_socket *socket, zmq_msg_t *message)
{
    int sent = -1;
    do {
        sent = zmq_msg_send(message, socket->zmq, ZMQ_DONTWAIT);
    } while (sent < 0 && zmq_errno() == EINTR);
    enum bus_result result = sent >= 0 ? BUS_OK : send_failed(socket);
    (void)zmq_msg_close(message); // of what was sent nothing is left
    return result;
}

// To a peer of a ROUTER: what it has not read is counted, and has its bound.
static enum bus_result peer_send(struct bus_socket *socket, const struct bus_route *route,
                                 const uint8_t *data, size_t size)
{
    assert(route->size <= BUS_ROUTE_BYTES);
    zmq_msg_t message;
    if (route->peer == NULL) { // nobody that was heard
        enum bus_result result = part_send(socket, route->id, route->size, ZMQ_SNDMORE);
        return result == BUS_OK ? part_send(socket, data, size, 0) : result;
    }
    enum bus_result result = BUS_BUSY;
    if (bus_peers_message(socket->bus, route->peer, data, size, &message)) {
        result = part_send(socket, route->id, route->size, ZMQ_SNDMORE);
        if (result == BUS_OK) {
            return message_send(socket, &message);
        }
        (void)zmq_msg_close(&message);
    }
    if (result == BUS_BUSY) {
        bus_peers_dropped(socket->bus);
    }
    return result;
}

static enum bus_result item_send(struct bus_socket *socket, const uint8_t *data, size_t size)
{
    zmq_msg_t message;
    if (!bus_peers_item(socket->bus, data, size, &message)) {
        errno = ENOMEM;
        return send_failed(socket);
    }
    return message_send(socket, &message);
}

enum bus_result bus_send(struct bus_socket *socket, const struct bus_route *route,
                         const uint8_t *data, size_t size)
{
    assert((route != NULL) == (socket->kind == BUS_ROUTER));
    if (size > LIMIT_MESSAGE_BYTES) {
        errno = EMSGSIZE;
        bus_fail(socket->bus, "send to", socket->endpoint);
        return BUS_FAILED;
    }
    enum bus_result result;
    switch (socket->kind) {
    case BUS_ROUTER:
        result = peer_send(socket, route, data, size);
        break;
    case BUS_PUBLISHER:
        result = item_send(socket, data, size);
        break;
    default:
        result = part_send(socket, data, size, 0);
        break;
    }
    bus_touch(socket);
    if (socket->bus->draining == 0) {
        event_active(socket->bus->rearm, EV_TIMEOUT, 0);
    }
    return result;
}
