// Tests of the bus: what a foreign program sends as it likes is dropped, and others are heard.
#include "common/bus.h"

#include "common/limits.h"
#include "tests/common/bus_ends.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

// A foreign program that speaks ZeroMQ as it likes.
static void *stranger_open(void *context, const struct fixture *fixture, const char *endpoint,
                           const char *route)
{
    void *socket = zmq_socket(context, ZMQ_DEALER);
    int linger = FIXTURE_TIMEOUT_S * 1000;
    int immediate = 1;
    cr_assert(zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof(linger)) == 0);
    cr_assert(zmq_setsockopt(socket, ZMQ_IMMEDIATE, &immediate, sizeof(immediate)) == 0);
    (void)zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, fixture->server.public_key, 40);
    (void)zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, fixture->client.public_key, 40);
    (void)zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, fixture->client.secret_key, 40);
    if (route != NULL) {
        (void)zmq_setsockopt(socket, ZMQ_ROUTING_ID, route, strlen(route));
    }
    cr_assert(zmq_connect(socket, endpoint) == 0);
    return socket;
}

// Sends as soon as the server has let the stranger in.
static void stranger_send(struct fixture *fixture, void *socket, const void *data, size_t size,
                          int flags)
{
    while (zmq_send(socket, data, size, flags | ZMQ_DONTWAIT) < 0) {
        cr_assert(zmq_errno() == EAGAIN);
        (void)event_base_loop(fixture->base, EVLOOP_NONBLOCK);
    }
}

// Leaves when what was sent has gone out.
static void stranger_close(void *context, void *socket)
{
    (void)zmq_close(socket);
    (void)zmq_ctx_term(context);
}

Test(bus, what_a_stranger_sends_in_other_shapes_is_dropped)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    void *context = zmq_ctx_new();
    void *many = stranger_open(context, &fixture, bus_endpoint(server.router), NULL);
    stranger_send(&fixture, many, "", 0, ZMQ_SNDMORE);
    stranger_send(&fixture, many, "a", 1, ZMQ_SNDMORE);
    stranger_send(&fixture, many, "b", 1, 0);
    stranger_send(&fixture, many, "good", 4, 0);
    fixture_run(fixture.base, &server.done, "the message in the right shape");
    cr_assert_eq(server.messages, 1u);
    cr_assert_eq(server.size, 4u);
    stranger_close(context, many);
    fixture_close(&fixture);
}

// What a stranger with this route sends, followed by the right message of another.
static void dropped(const char *route, size_t size)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    uint8_t *data = calloc(1, size);
    cr_assert(data != NULL);
    void *context = zmq_ctx_new();
    void *stranger = stranger_open(context, &fixture, bus_endpoint(server.router), route);
    stranger_send(&fixture, stranger, data, size, 0);
    stranger_close(context, stranger);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
    fixture_run(fixture.base, &server.done, "the right message of another");
    cr_assert_eq(server.messages, 1u);
    cr_assert_eq(server.size, sizeof(uint32_t));
    free(data);
    fixture_close(&fixture);
}

Test(bus, a_message_over_the_outer_bound_never_reaches_the_handler)
{
    dropped(NULL, LIMIT_HEARD_BYTES + 1000);
}

Test(bus, a_message_between_the_bounds_reaches_the_handler_that_answers_it)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    uint8_t *data = calloc(1, LIMIT_HEARD_BYTES);
    cr_assert(data != NULL);
    void *context = zmq_ctx_new();
    void *stranger = stranger_open(context, &fixture, bus_endpoint(server.router), NULL);
    stranger_send(&fixture, stranger, data, LIMIT_HEARD_BYTES, 0);
    fixture_run(fixture.base, &server.done, "the large message");
    cr_assert_eq(server.size, (size_t)LIMIT_HEARD_BYTES);
    stranger_close(context, stranger);
    free(data);
    fixture_close(&fixture);
}

Test(bus, a_peer_that_chose_its_route_is_not_heard)
{
    dropped("office", 2);
}

Test(bus, a_client_without_encryption_gets_nowhere)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    void *context = zmq_ctx_new();
    void *plain = zmq_socket(context, ZMQ_DEALER);
    int linger = 0;
    (void)zmq_setsockopt(plain, ZMQ_LINGER, &linger, sizeof(linger));
    cr_assert(zmq_connect(plain, bus_endpoint(server.router)) == 0);
    cr_assert(zmq_send(plain, "no", 2, 0) == 2);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
    fixture_run(fixture.base, &server.done, "the encrypted message");
    cr_assert_eq(server.messages, 1u);
    cr_assert_eq(server.size, sizeof(uint32_t));
    (void)zmq_close(plain);
    (void)zmq_ctx_term(context);
    fixture_close(&fixture);
}
