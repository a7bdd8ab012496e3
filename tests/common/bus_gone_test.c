// Tests of the bus: a peer that is not there, or not any more.
#include "common/bus.h"

#include "tests/common/bus_ends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Test(bus, nobody_at_a_route_is_gone)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    struct bus_route route = {
        .id = {0, 1, 2, 3, 4},
          .size = 5
    };
    cr_assert(bus_send(server.router, &route, (const uint8_t *)"x", 1) == BUS_GONE);
    fixture_close(&fixture);
}

struct goodbye {
    struct server *server;
    bool gone;
};

static void goodbye_try(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct goodbye *goodbye = context;
    goodbye->gone = bus_send(goodbye->server->router, &goodbye->server->route, (const uint8_t *)"x",
                             1) == BUS_GONE;
}

Test(bus, a_peer_that_left_is_gone)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
    fixture_run(fixture.base, &server.done, "one message");
    bus_close(peer.dealer);
    struct goodbye goodbye = {.server = &server};
    struct event *timer =
        event_new(fixture.base, -1, EV_PERSIST | EV_TIMEOUT, goodbye_try, &goodbye);
    struct timeval time = {0, 2000};
    (void)event_add(timer, &time);
    fixture_run(fixture.base, &goodbye.gone, "the peer is gone");
    event_free(timer);
    fixture_close(&fixture);
}

struct farewell {
    struct bus_route route;
    bool told;
};

static void server_gone(void *context, const struct bus_route *route)
{
    struct server *server = context;
    struct farewell *farewell = server->farewell;
    farewell->route = *route;
    farewell->told = true;
}

// Over a socket of this machine, where there are no heartbeats, and over the network.
Test(bus, the_end_of_a_connection_is_told_with_the_route_of_its_peer)
{
    char folder[] = "/tmp/bus-XXXXXX";
    char endpoint[64];
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    const char *endpoints[] = {endpoint, "tcp://127.0.0.1:*"};
    for (size_t i = 0; i < 2; i++) {
        struct fixture fixture;
        struct farewell farewell = {.told = false};
        struct server server = {.wanted = 1, .call = -1, .farewell = &farewell};
        struct peer peer;
        fixture_open(&fixture, NULL, NULL);
        server.router =
            bus_router(fixture.bus, endpoints[i], &fixture.server, server_message, NULL, &server);
        cr_assert(server.router != NULL, "%s", bus_error(fixture.bus));
        bus_gone_watch(server.router, server_gone);
        peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
        fixture_run(fixture.base, &server.done, "one message");
        cr_expect_not(farewell.told);
        bus_close(peer.dealer);
        fixture_run(fixture.base, &farewell.told, "the end of the connection");
        cr_expect_eq(farewell.route.size, server.route.size);
        cr_expect_arr_eq(farewell.route.id, server.route.id, server.route.size);
        fixture_close(&fixture);
    }
    (void)unlink(endpoint + strlen("ipc://"));
    cr_assert(rmdir(folder) == 0);
}
