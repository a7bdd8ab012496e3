// bus_ends - a server and a client of the bus that count what comes
#include "tests/common/bus_ends.h"

#include <string.h>
#include <unistd.h>

void work_us(long microseconds)
{
    struct timeval begin;
    struct timeval now;
    (void)evutil_gettimeofday(&begin, NULL);
    do {
        (void)evutil_gettimeofday(&now, NULL);
    } while ((now.tv_sec - begin.tv_sec) * 1000000 + now.tv_usec - begin.tv_usec < microseconds);
}

void server_message(void *context, const struct bus_message *message)
{
    struct server *server = context;
    server->messages++;
    server->since_burst++;
    server->route = message->route;
    server->size = message->size;
    memcpy(server->sender, message->sender_key, sizeof(server->sender));
    if (server->call >= 0) {
        if (server->messages == 1) {
            cr_assert(write(server->call, "x", 1) == 1);
        }
        work_us(20); // slower than the messages come in
    }
    if (server->echo) {
        cr_assert(bus_send(server->router, &message->route, message->data, message->size) ==
                  BUS_OK);
    }
    server->done = server->messages >= server->wanted;
}

void server_burst(void *context)
{
    struct server *server = context;
    server->bursts++;
    if (server->since_burst > server->burst_max) {
        server->burst_max = server->since_burst;
    }
    server->since_burst = 0;
}

void server_open(struct server *server, struct fixture *fixture, unsigned int wanted)
{
    *server = (struct server){.wanted = wanted, .call = -1};
    server->router = bus_router(fixture->bus, "tcp://127.0.0.1:*", &fixture->server, server_message,
                                server_burst, server);
    cr_assert(server->router != NULL, "%s", bus_error(fixture->bus));
}

void peer_fill(struct peer *peer, unsigned int ahead)
{
    while (peer->sent < peer->total && peer->sent - peer->received < ahead) {
        uint32_t number = peer->sent;
        if (bus_send(peer->dealer, NULL, (const uint8_t *)&number, sizeof(number)) != BUS_OK) {
            return;
        }
        peer->sent++;
    }
}

static void peer_message(void *context, const struct bus_message *message)
{
    struct peer *peer = context;
    uint32_t number = UINT32_MAX;
    if (message->size == sizeof(number)) {
        memcpy(&number, message->data, sizeof(number));
    }
    peer->in_order = peer->in_order && number == peer->received;
    peer->received++;
    peer->done = peer->received == peer->total;
    if (!peer->paced) {
        peer_fill(peer, 500);
    }
}

void peer_link(void *context, enum bus_link link)
{
    struct peer *peer = context;
    peer->up = link == BUS_LINK_UP;
    peer->refused = peer->refused || link == BUS_LINK_REFUSED;
    peer->mismatch = peer->mismatch || link == BUS_LINK_MISMATCH;
    if (peer->up && !peer->paced) {
        peer_fill(peer, 500);
    }
}

void peer_open(struct peer *peer, struct fixture *fixture, const char *endpoint, unsigned int total)
{
    *peer = (struct peer){.total = total, .in_order = true};
    peer->dealer = bus_dealer(fixture->bus, endpoint, fixture->server.public_key, &fixture->client,
                              peer_message, peer);
    cr_assert(peer->dealer != NULL, "%s", bus_error(fixture->bus));
    bus_link_watch(peer->dealer, peer_link);
}
