// bus_peers - what the peers of a server's sockets have of it, by their keys
//
// A peer is whoever has one key, over however many connections. Its connections and the bytes that
// it has been sent and has not read are counted, and each has a bound: beyond it a connection is
// not admitted, and a message not sent.
//
// ZeroMQ tells of connections by their descriptors (the monitor) and of keys by their addresses
// (ZAP), not of which belongs to which. A key that is admitted is taken to be that of the newest
// connection from its address that has no key yet; the first message, which names both, corrects
// that. So only silent connections of one host may ever be counted for each other's key.
//
// Bytes count from when a message is handed over until ZeroMQ gives its memory back, which it does
// in its own thread when it has taken the message out of the peer's queue.
#include "common/bus_private.h"

#include "common/limits.h"
#include "common/memory.h"

#include <assert.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

enum { MESSAGE_OVERHEAD_BYTES = 128 }; // what a queued message takes beside its bytes

RB_HEAD(peers, bus_peer);

static int peer_compare(struct bus_peer *one, struct bus_peer *other)
{
    return strcmp(one->key, other->key);
}

// The functions of the tree, as the library's macros write them.
// NOLINTBEGIN
RB_GENERATE_INTERNAL(peers, bus_peer, links, peer_compare, __attribute__((unused)) static)
// NOLINTEND

// A connection from when it was accepted until it ended.
struct connection {
    struct bus_socket *socket;       // NULL: the descriptor is none of a connection
    uint64_t number;                 // in the order of their coming
    struct bus_peer *peer;           // NULL: its key is not known yet
    bool heard;                      // a message has named it
    struct bus_route route;          // of that message; of no size where there was none
    char address[BUS_ADDRESS_BYTES]; // as ZAP names it
};

struct bus_peers {
    struct peers *tree; // points at `head`: a tree is searched through a pointer
    struct peers head;
    struct connection *connections; // by their descriptors
    size_t size;
    uint64_t accepted;
    uint32_t greeting; // accepted ones whose key is not known yet
    struct bus_limits limits;
    struct bus_counts counts;
    atomic_size_t feed_items; // as unread_bytes
};

struct bus_peers *bus_peers_create(void)
{
    struct bus_peers *peers = memory_allocate(sizeof(*peers));
    peers->tree = &peers->head;
    RB_INIT(peers->tree);
    peers->limits = (struct bus_limits){
        .connections = LIMIT_CONNECTIONS,
        .connections_per_key = LIMIT_CONNECTIONS_PER_KEY,
        .unread_bytes_per_key = LIMIT_UNREAD_BYTES,
        .greetings = LIMIT_GREETINGS,
        .queued_messages = LIMIT_QUEUED_MESSAGES,
    };
    return peers;
}

void bus_peers_destroy(struct bus_peers *peers)
{
    struct bus_peer *peer;
    while (peers != NULL && (peer = RB_MIN(peers, peers->tree)) != NULL) {
        assert(atomic_load(&peer->unread_bytes) == 0);
        (void)RB_REMOVE(peers, peers->tree, peer);
        free(peer);
    }
    if (peers != NULL) {
        free(peers->connections);
        free(peers);
    }
}

int bus_peers_queue(const struct bus *bus)
{
    return (int)bus->peers->limits.queued_messages;
}

void bus_limit(struct bus *bus, const struct bus_limits *limits)
{
    bus->peers->limits = *limits;
}

struct bus_counts bus_counts(const struct bus *bus)
{
    struct bus_counts counts = bus->peers->counts;
    struct bus_peer *peer;
    counts.greetings = bus->peers->greeting;
    counts.feed_items = (uint32_t)atomic_load(&bus->peers->feed_items);
    RB_FOREACH(peer, peers, bus->peers->tree)
    {
        size_t unread = atomic_load(&peer->unread_bytes);
        counts.unread_bytes = unread > counts.unread_bytes ? unread : counts.unread_bytes;
        if (peer->connections > counts.connections_of_a_key) {
            counts.connections_of_a_key = peer->connections;
        }
    }
    return counts;
}

// A peer stays as long as the bus: only keys that were once admitted have one.
static struct bus_peer *peer_of(struct bus_peers *peers, const char *key)
{
    struct bus_peer wanted = {.connections = 0};
    (void)snprintf(wanted.key, sizeof(wanted.key), "%s", key);
    struct bus_peer *peer = RB_FIND(peers, peers->tree, &wanted);
    if (peer == NULL) {
        peer = memory_allocate(sizeof(*peer));
        memcpy(peer->key, wanted.key, sizeof(peer->key));
        (void)RB_INSERT(peers, peers->tree, peer);
    }
    return peer;
}

// ---- Connections

// The address of the other side in the words that ZeroMQ has for it in ZAP: a number, and of a
// local one the process.
static void address_read(int descriptor, char address[BUS_ADDRESS_BYTES])
{
    struct sockaddr_storage name = {.ss_family = AF_UNSPEC};
    socklen_t size = sizeof(name);
    struct ucred owner;
    socklen_t owner_size = sizeof(owner);
    address[0] = '\0';
    if (getpeername(descriptor, (struct sockaddr *)&name, &size) != 0 ||
        getnameinfo((struct sockaddr *)&name, size, address, BUS_ADDRESS_BYTES, NULL, 0,
                    NI_NUMERICHOST) != 0 ||
        name.ss_family != AF_UNIX ||
        getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &owner, &owner_size) != 0) {
        return;
    }
    size_t length = strlen(address);
    (void)snprintf(address + length, BUS_ADDRESS_BYTES - length, ":%u:%u:%d", owner.uid, owner.gid,
                   owner.pid);
}

static void connection_give(struct bus_peers *peers, struct connection *connection,
                            struct bus_peer *peer)
{
    assert(connection->peer == NULL && peers->greeting > 0);
    connection->peer = peer;
    peer->connections++;
    peers->counts.connections++;
    peers->greeting--;
}

static void connection_take(struct bus_peers *peers, struct connection *connection)
{
    if (connection->peer != NULL) {
        connection->peer->connections--;
        connection->peer = NULL;
        peers->counts.connections--;
        peers->greeting++;
    }
}

static void connection_end(struct bus_peers *peers, struct connection *connection)
{
    connection_take(peers, connection);
    connection->socket = NULL;
    peers->greeting--;
}

void bus_peers_ended(struct bus_socket *socket, int descriptor)
{
    struct bus_peers *peers = socket->bus->peers;
    if (descriptor < 0 || (size_t)descriptor >= peers->size ||
        peers->connections[descriptor].socket != socket) {
        return; // it was ended before, or its descriptor is another's by now
    }
    const struct bus_route route = peers->connections[descriptor].route;
    connection_end(peers, &peers->connections[descriptor]);
    if (route.size > 0 && socket->gone != NULL) {
        socket->gone(socket->context, &route);
    }
}

void bus_peers_forget(const struct bus_socket *socket)
{
    struct bus_peers *peers = socket->bus->peers;
    for (size_t i = 0; i < peers->size; i++) {
        if (peers->connections[i].socket == socket) {
            connection_end(peers, &peers->connections[i]);
        }
    }
}

static void connections_grow(struct bus_peers *peers, size_t size)
{
    size_t bytes = size * sizeof(*peers->connections);
    struct connection *grown = memory_allocate(bytes);
    if (peers->size > 0) {
        memcpy(grown, peers->connections, peers->size * sizeof(*grown));
    }
    free(peers->connections);
    peers->connections = grown;
    peers->size = size;
}

static struct connection *connection_at(struct bus_peers *peers, int descriptor)
{
    if ((size_t)descriptor >= peers->size) {
        connections_grow(peers, 2 * ((size_t)descriptor + 1));
    }
    return &peers->connections[descriptor];
}

// Of the connections that were not heard yet, whose key (NULL: none) and address (NULL: any) are
// these, the oldest or the newest; NULL where there is none.
static struct connection *connection_pick(struct bus_peers *peers, const struct bus_peer *peer,
                                          const char *address, bool oldest)
{
    struct connection *picked = NULL;
    for (size_t i = 0; i < peers->size; i++) {
        struct connection *each = &peers->connections[i];
        if (each->socket != NULL && !each->heard && each->peer == peer &&
            (address == NULL || strcmp(each->address, address) == 0) &&
            (picked == NULL || (each->number < picked->number) == oldest)) {
            picked = each;
        }
    }
    return picked;
}

// Of too many that have not said who they are the oldest one goes: its key should be known long
// since. Should its descriptor be another's meanwhile, then that is one that came after it.
static void greeting_end(struct bus_peers *peers)
{
    struct connection *oldest = connection_pick(peers, NULL, NULL, true);
    assert(oldest != NULL);
    peers->counts.greetings_ended++;
    connection_end(peers, oldest);
    (void)shutdown((int)(oldest - peers->connections),
                   SHUT_RDWR); // ZeroMQ's thread sees its end, and closes it
}

void bus_peers_accepted(struct bus_socket *socket, int descriptor)
{
    struct bus_peers *peers = socket->bus->peers;
    if (descriptor < 0) {
        return;
    }
    struct connection *connection = connection_at(peers, descriptor);
    if (connection->socket != NULL) {
        bus_peers_ended(connection->socket, descriptor);
    }
    *connection = (struct connection){.socket = socket, .number = ++peers->accepted};
    address_read(descriptor, connection->address);
    peers->greeting++;
    if (peers->greeting > peers->limits.greetings) {
        greeting_end(peers);
    }
}

bool bus_peers_admit(struct bus *bus, const char *key, const char *address)
{
    struct bus_peers *peers = bus->peers;
    bus_monitors_drain(bus); // its connection must have been heard of
    struct bus_peer *peer = peer_of(peers, key);
    if (peers->counts.connections >= peers->limits.connections) {
        peers->counts.connections_refused++;
        return false;
    }
    if (peer->connections >= peers->limits.connections_per_key) {
        peers->counts.connections_refused_to_key++;
        return false;
    }
    struct connection *connection = connection_pick(peers, NULL, address, false);
    if (connection != NULL) {
        connection_give(peers, connection, peer);
    }
    return true;
}

// The peer of the connection that a message came over.
static struct bus_peer *connection_hear(struct bus_socket *socket, int descriptor, const char *key)
{
    struct bus_peers *peers = socket->bus->peers;
    struct connection *connection = connection_at(peers, descriptor);
    if (connection->peer != NULL && strcmp(connection->peer->key, key) == 0) {
        connection->heard = true;
        return connection->peer;
    }
    struct bus_peer *peer = peer_of(peers, key);
    if (connection->socket != socket) {
        return peer; // the news of its beginning is still on the way, or it has ended
    }
    struct bus_peer *other = connection->peer;
    struct connection *mistaken = connection_pick(peers, peer, connection->address, false);
    connection_take(peers, connection);
    if (mistaken != NULL) {
        connection_take(peers, mistaken);
        if (other != NULL) {
            connection_give(peers, mistaken, other);
        }
    }
    connection_give(peers, connection, peer);
    connection->heard = true;
    return peer;
}

void bus_peers_heard(struct bus_socket *socket, int descriptor, const char *key,
                     struct bus_route *route)
{
    struct bus_peers *peers = socket->bus->peers;
    if (descriptor < 0) {
        route->peer = peer_of(peers, key);
        return;
    }
    route->peer = connection_hear(socket, descriptor, key);
    struct connection *connection = connection_at(peers, descriptor);
    if (connection->socket == socket) {
        connection->route = *route;
    }
}

// ---- Bytes

// A message on its way; the bytes are ZeroMQ's until it calls message_release, in a thread of its
// own. What this one wrote that one sees, for it stores `count` last, and that one loads it first.
struct outgoing {
    _Atomic(atomic_size_t *) count; // what goes down when it has left
    size_t weight;
    uint8_t data[];
};

static void message_release(void *data, void *hint)
{
    struct outgoing *outgoing = hint;
    atomic_size_t *count = atomic_load(&outgoing->count);
    assert(data == outgoing->data);
    (void)data;
    (void)atomic_fetch_sub(count, outgoing->weight);
    free(outgoing);
}

static bool message_make(zmq_msg_t *message, const uint8_t *data, size_t size, atomic_size_t *count,
                         size_t weight)
{
    struct outgoing *outgoing = malloc(sizeof(*outgoing) + size);
    if (outgoing == NULL) {
        return false;
    }
    outgoing->weight = weight;
    memcpy(outgoing->data, data, size);
    atomic_store(&outgoing->count, count);
    if (zmq_msg_init_data(message, outgoing->data, size, message_release, outgoing) != 0) {
        free(outgoing);
        return false;
    }
    (void)atomic_fetch_add(count, weight);
    return true;
}

const char *bus_peer_key(const struct bus_route *route)
{
    return route->peer != NULL ? route->peer->key : NULL;
}

bool bus_peer_connected(const struct bus_route *route)
{
    return route->peer == NULL || route->peer->connections > 0;
}

bool bus_peer_reads(const struct bus *bus, const struct bus_route *route)
{
    return route->peer == NULL ||
           atomic_load(&route->peer->unread_bytes) < bus->peers->limits.unread_bytes_per_key / 2;
}

bool bus_peers_message(struct bus *bus, struct bus_peer *peer, const uint8_t *data, size_t size,
                       zmq_msg_t *message)
{
    size_t weight = size + MESSAGE_OVERHEAD_BYTES;
    size_t unread = atomic_load(&peer->unread_bytes);
    if (unread > 0 && unread + weight > bus->peers->limits.unread_bytes_per_key) {
        return false;
    }
    return message_make(message, data, size, &peer->unread_bytes, weight);
}

bool bus_peers_item(struct bus *bus, const uint8_t *data, size_t size, zmq_msg_t *message)
{
    struct bus_peers *peers = bus->peers;
    if (atomic_load(&peers->feed_items) >= peers->limits.queued_messages / 2) {
        peers->counts.feed_behind++; // ZeroMQ counts what has left in steps of half its bound
    }
    return message_make(message, data, size, &peers->feed_items, 1);
}

void bus_peers_dropped(struct bus *bus)
{
    bus->peers->counts.unread_dropped++;
}
