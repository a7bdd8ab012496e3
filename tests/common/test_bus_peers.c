// Tests of what one key may have of a server: connections, and bytes that it has not read.
#include "common/bus.h"

#include "common/limits.h"
#include "tests/common/bus_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GREETINGS = 100 };

static const struct bus_limits SMALL = {
    .connections = 6,
    .connections_per_key = 2,
    .unread_bytes_per_key = 1048576,
    .greetings = GREETINGS,
    .queued_messages = LIMIT_QUEUED_MESSAGES,
};

// A server that remembers the last message's sender, in a loop with its clients.
struct server {
    struct fixture fixture;
    struct bus_socket *router;
    struct bus_route route;
    bool heard;
};

static void server_hear(void *context, const struct bus_message *message)
{
    struct server *server = context;
    server->route = message->route;
    server->heard = true;
}

static void server_open(struct server *server)
{
    *server = (struct server){.heard = false};
    fixture_open(&server->fixture, NULL, NULL);
    bus_limit(server->fixture.bus, &SMALL);
    server->router = bus_router(server->fixture.bus, "tcp://127.0.0.1:*", &server->fixture.server,
                                server_hear, NULL, server);
    cr_assert(server->router != NULL, "%s", bus_error(server->fixture.bus));
}

// A client that says something as soon as it is connected, or nothing at all.
struct visitor {
    struct bus_socket *dealer;
    bool silent;
    bool up;
    bool full;
    size_t bytes; // heard
    size_t wanted;
    bool done;
};

static void visitor_hear(void *context, const struct bus_message *message)
{
    struct visitor *visitor = context;
    visitor->bytes += message->size;
    visitor->done = visitor->bytes == visitor->wanted;
}

static void visitor_link(void *context, enum bus_link link)
{
    struct visitor *visitor = context;
    visitor->up = link == BUS_LINK_UP;
    visitor->full = visitor->full || link == BUS_LINK_FULL;
    if (visitor->up && !visitor->silent) {
        cr_assert(bus_send(visitor->dealer, NULL, (const uint8_t *)"x", 1) == BUS_OK);
    }
}

static void visitor_come(struct visitor *visitor, struct fixture *fixture,
                         const struct server *server, const struct bus_keys *keys)
{
    visitor->dealer = bus_dealer(fixture->bus, bus_endpoint(server->router),
                                 server->fixture.server.public_key, keys, visitor_hear, visitor);
    cr_assert(visitor->dealer != NULL, "%s", bus_error(fixture->bus));
    bus_link_watch(visitor->dealer, visitor_link);
}

static void third_connection_waits(bool silent)
{
    struct server server;
    struct bus_keys other;
    server_open(&server);
    struct fixture *fixture = &server.fixture;
    cr_assert(bus_keys_generate(&other));
    struct visitor visitors[3] = {{.silent = silent}, {.silent = silent}, {.silent = silent}};
    for (size_t i = 0; i < 2; i++) {
        visitor_come(&visitors[i], fixture, &server, &fixture->client);
        fixture_run(fixture->base, &visitors[i].up, "a connection");
    }
    visitor_come(&visitors[2], fixture, &server, &fixture->client);
    fixture_run(fixture->base, &visitors[2].full, "the refusal of a third");
    cr_assert(!visitors[2].up);

    struct visitor another = {.silent = false};
    visitor_come(&another, fixture, &server, &other);
    fixture_run(fixture->base, &another.up, "a connection of another key");
    struct bus_counts counts = bus_counts(fixture->bus);
    cr_assert_eq(counts.connections, 3);
    cr_assert_eq(counts.connections_of_a_key, 2);
    cr_assert_geq(counts.connections_refused_to_key, 1);

    bus_close(visitors[0].dealer);
    fixture_run(fixture->base, &visitors[2].up, "the third, when one has gone");
    cr_assert_eq(bus_counts(fixture->bus).connections, 3);
    fixture_close(fixture);
}

Test(bus_peers, a_key_gets_no_more_connections_than_it_may_have_until_one_ends)
{
    third_connection_waits(false);
}

Test(bus_peers, connections_on_which_nothing_is_said_are_counted_as_well)
{
    third_connection_waits(true);
}

Test(bus_peers, all_keys_together_have_a_bound)
{
    struct server server;
    server_open(&server);
    struct fixture *fixture = &server.fixture;
    struct bus_keys keys[4];
    struct visitor visitors[7] = {{.silent = false}};
    for (size_t i = 0; i < 7; i++) {
        if (i % 2 == 0) {
            cr_assert(bus_keys_generate(&keys[i / 2]));
        }
        visitor_come(&visitors[i], fixture, &server, &keys[i / 2]);
        fixture_run(fixture->base, i < 6 ? &visitors[i].up : &visitors[i].full, "a connection");
    }
    cr_assert_eq(bus_counts(fixture->bus).connections, 6);
    cr_assert_geq(bus_counts(fixture->bus).connections_refused, 1);
    fixture_close(fixture);
}

static int port_of(const char *endpoint)
{
    return atoi(strrchr(endpoint, ':') + 1);
}

Test(bus_peers, strangers_who_never_greet_do_not_keep_others_out)
{
    enum { STRANGERS = GREETINGS + 50 };
    struct server server;
    server_open(&server);
    int strangers[STRANGERS];
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port_of(bus_endpoint(server.router))),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    for (size_t i = 0; i < STRANGERS; i++) {
        strangers[i] = socket(AF_INET, SOCK_STREAM, 0);
        cr_assert(connect(strangers[i], (struct sockaddr *)&address, sizeof(address)) == 0);
        (void)event_base_loop(server.fixture.base, EVLOOP_NONBLOCK);
    }
    struct visitor visitor = {.silent = false};
    visitor_come(&visitor, &server.fixture, &server, &server.fixture.client);
    fixture_run(server.fixture.base, &server.heard, "a message beside them");
    struct bus_counts counts = bus_counts(server.fixture.bus);
    cr_assert_geq(counts.greetings_ended, STRANGERS - GREETINGS);
    cr_assert_eq(counts.connections, 1);
    for (size_t i = 0; i < STRANGERS; i++) {
        (void)close(strangers[i]);
    }
    fixture_close(&server.fixture);
}

// A client in a loop of its own, which stands still.
static void sleeper_come(struct visitor *sleeper, struct fixture *own, struct server *server)
{
    fixture_open(own, NULL, NULL);
    visitor_come(sleeper, own, server, &own->client);
    while (!server->heard) {
        (void)event_base_loop(own->base, EVLOOP_NONBLOCK);
        (void)event_base_loop(server->fixture.base, EVLOOP_NONBLOCK);
    }
}

Test(bus_peers, what_a_key_does_not_read_is_bounded_and_nothing_that_was_taken_is_lost)
{
    enum { BYTES = 64 * 1024 };
    static uint8_t block[BYTES];
    struct server server;
    struct fixture own;
    struct visitor sleeper = {.silent = false};
    server_open(&server);
    sleeper_come(&sleeper, &own, &server);
    struct bus *bus = server.fixture.bus;
    cr_assert(bus_peer_reads(bus, &server.route));
    size_t taken = 0;
    while (taken < 100000 &&
           bus_send(server.router, &server.route, block, sizeof(block)) == BUS_OK) {
        taken++;
    }
    struct bus_counts counts = bus_counts(bus);
    cr_assert_leq(counts.unread_bytes, SMALL.unread_bytes_per_key);
    cr_assert_gt(counts.unread_bytes, SMALL.unread_bytes_per_key / 2);
    cr_assert_eq(counts.unread_dropped, 1);
    cr_assert(!bus_peer_reads(bus, &server.route));

    sleeper.wanted = taken * sizeof(block);
    fixture_run(own.base, &sleeper.done, "all that was taken");
    cr_assert(bus_peer_reads(bus, &server.route));
    cr_assert(bus_send(server.router, &server.route, block, sizeof(block)) == BUS_OK);
    fixture_close(&own);
    fixture_close(&server.fixture);
}

static void item_ignore(void *context, const struct bus_message *message)
{
    (void)message;
    *(bool *)context = true;
}

Test(bus_peers, a_subscriber_that_sleeps_misses_items_and_that_is_counted)
{
    enum { BYTES = 64 * 1024, ITEMS_MAX = 20000 };
    static uint8_t item[BYTES];
    struct server server;
    struct fixture own;
    bool heard = false;
    server_open(&server);
    fixture_open(&own, NULL, NULL);
    struct bus *bus = server.fixture.bus;
    struct bus_socket *feed = bus_publisher(bus, "tcp://127.0.0.1:*", &server.fixture.server);
    cr_assert(bus_subscriber(own.bus, bus_endpoint(feed), server.fixture.server.public_key,
                             &own.client, item_ignore, &heard) != NULL);
    while (!heard) {
        cr_assert(bus_send(feed, NULL, item, sizeof(item)) == BUS_OK);
        (void)event_base_loop(own.base, EVLOOP_NONBLOCK);
        (void)event_base_loop(server.fixture.base, EVLOOP_NONBLOCK);
    }
    size_t sent = 0;
    while (bus_counts(bus).feed_behind == 0 && sent++ < ITEMS_MAX) {
        cr_assert(bus_send(feed, NULL, item, sizeof(item)) == BUS_OK);
    }
    cr_assert_eq(bus_counts(bus).feed_behind, 1);
    cr_assert_leq(bus_counts(bus).feed_items, LIMIT_QUEUED_MESSAGES + 1);
    fixture_close(&own);
    fixture_close(&server.fixture);
}

Test(bus_peers, endpoint_that_another_program_listens_on_is_refused_and_left_to_it)
{
    char folder[] = "/tmp/bus-XXXXXX";
    char endpoint[64];
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    struct fixture first;
    struct fixture second;
    fixture_open(&first, NULL, NULL);
    fixture_open(&second, NULL, NULL);
    struct bus_socket *served = bus_publisher(first.bus, endpoint, &first.server);
    cr_assert_not_null(served, "%s", bus_error(first.bus));
    cr_expect_null(bus_publisher(second.bus, endpoint, &second.server));
    cr_expect_not_null(strstr(bus_error(second.bus), "in use"), "%s", bus_error(second.bus));
    bus_close(served);
    fixture_close(&first); // what may be left of it is a file on which nobody listens
    served = bus_publisher(second.bus, endpoint, &second.server);
    cr_expect_not_null(served, "%s", bus_error(second.bus));
    bus_close(served);
    fixture_close(&second);
    (void)unlink(endpoint + strlen("ipc://"));
    cr_assert_eq(rmdir(folder), 0);
}
