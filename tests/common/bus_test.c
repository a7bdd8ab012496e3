// Tests of the bus: who is let in, what arrives, what is refused, and that nobody waits for ever.
#include "common/bus.h"

#include "common/limits.h"
#include "tests/common/bus_ends.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static bool admit_none(void *context, const char *public_key)
{
    (void)public_key;
    (*(unsigned int *)context)++;
    return false;
}

static bool admit_this(void *context, const char *public_key)
{
    return strcmp(context, public_key) == 0;
}

Test(bus, a_key_that_is_not_admitted_is_refused_and_the_client_learns_it)
{
    struct fixture fixture;
    unsigned int asked = 0;
    fixture_open(&fixture, admit_none, &asked);
    struct server server;
    server_open(&server, &fixture, 1);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
    fixture_run(fixture.base, &peer.refused, "the refusal");
    cr_assert_geq(asked, 1u);
    cr_assert_eq(server.messages, 0u);
    cr_assert(bus_send(peer.dealer, NULL, (const uint8_t *)"x", 1) == BUS_BUSY);
    fixture_close(&fixture);
}

Test(bus, another_server_key_is_a_mismatch)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    cr_assert(bus_keys_generate(&fixture.server));
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 1);
    fixture_run(fixture.base, &peer.mismatch, "the mismatch");
    cr_assert_eq(server.messages, 0u);
    fixture_close(&fixture);
}

Test(bus, the_senders_key_stands_on_every_message)
{
    struct fixture fixture;
    char admitted[BUS_KEY_BYTES];
    fixture_open(&fixture, admit_this, admitted);
    memcpy(admitted, fixture.client.public_key, sizeof(admitted));
    struct server server;
    server_open(&server, &fixture, 3);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 3);
    fixture_run(fixture.base, &server.done, "three messages");
    cr_assert_str_eq(server.sender, fixture.client.public_key);
    fixture_close(&fixture);
}

Test(bus, ten_thousand_messages_go_both_ways_in_order)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 10000);
    server.echo = true;
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 10000);
    fixture_run(fixture.base, &peer.done, "10,000 answers");
    cr_assert(peer.in_order);
    cr_assert_eq(server.messages, 10000u);
    cr_assert_leq(server.burst_max, (unsigned int)LIMIT_GROUP_EVENTS);
    fixture_close(&fixture);
}

static void interrupted(int number)
{
    (void)number;
}

// A call that a signal ends says nothing of the messages that wait: what is left after a burst has
// to be found all the same, for nothing else comes that would wake the loop.
Test(bus, a_signal_at_any_moment_leaves_no_message_lying)
{
    enum { ROUNDS = 20, MESSAGES = 3 * LIMIT_GROUP_EVENTS };
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 0);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 0);
    fixture_run(fixture.base, &peer.up, "the connection");
    const struct sigaction action = {.sa_handler = interrupted};
    const struct itimerval often = {
        {0, 20},
        {0, 20}
    };
    const struct itimerval never = {
        .it_value = {0, 0}
    };
    cr_assert(sigaction(SIGALRM, &action, NULL) == 0);
    cr_assert(setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (int i = 0; i < ROUNDS; i++) {
        peer.total += MESSAGES;
        peer_fill(&peer, peer.total);
        cr_assert_eq(peer.sent, peer.total);
        server.wanted = peer.total;
        server.done = false;
        fixture_run(fixture.base, &server.done, "a round of messages");
    }
    cr_assert(setitimer(ITIMER_REAL, &never, NULL) == 0);
    fixture_close(&fixture);
}

// Sends from a timer after the loop has been kept busy: what stalls when ZMQ_EVENTS is not read
// again.
struct pacer {
    struct peer *peer;
    struct event *timer;
    unsigned int turns;
};

static void pacer_turn(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct pacer *pacer = context;
    work_us(300); // in which answers arrive
    peer_fill(pacer->peer, 8);
    pacer->turns++;
    struct timeval at_once = {0, 0};
    if (!pacer->peer->done && pacer->turns < 200000) {
        (void)event_add(pacer->timer, &at_once);
    }
}

// An echo in a process of its own. One in this loop would re-arm the client's socket by chance.
static pid_t echo_start(const struct bus_keys *keys, const char *endpoint)
{
    pid_t child = fork();
    cr_assert(child >= 0);
    if (child == 0) {
        fixture_end_with_parent();
        struct fixture fixture;
        fixture_open(&fixture, NULL, NULL);
        struct server server = {.echo = true, .call = -1};
        server.router = bus_router(fixture.bus, endpoint, keys, server_message, NULL, &server);
        _exit(server.router != NULL ? event_base_dispatch(fixture.base) : 1);
    }
    return child;
}

Test(bus, sending_from_a_timer_after_long_work_does_not_stall)
{
    char folder[] = "/tmp/bus-XXXXXX";
    char endpoint[64];
    struct bus_keys keys;
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    cr_assert(bus_keys_generate(&keys));
    pid_t child = echo_start(&keys, endpoint);
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    fixture.server = keys;
    struct peer peer;
    peer_open(&peer, &fixture, endpoint, 3000);
    peer.paced = true;
    struct pacer pacer = {.peer = &peer};
    pacer.timer = evtimer_new(fixture.base, pacer_turn, &pacer);
    event_active(pacer.timer, EV_TIMEOUT, 0);
    fixture_run(fixture.base, &peer.done, "3,000 answers");
    cr_assert(peer.in_order);
    event_free(pacer.timer);
    fixture_close(&fixture);
    cr_assert(kill(child, SIGKILL) == 0);
    cr_assert(waitpid(child, NULL, 0) == child);
    cr_assert(unlink(endpoint + strlen("ipc://")) == 0);
    cr_assert(rmdir(folder) == 0);
}

// A second listener in the loop: how many messages the server had when it got its turn.
struct bystander {
    struct server *server;
    unsigned int messages;
};

static void bystander_turn(evutil_socket_t fd, short what, void *context)
{
    (void)what;
    struct bystander *bystander = context;
    char byte = 0;
    cr_assert(read(fd, &byte, 1) == 1);
    bystander->messages = bystander->server->messages;
}

static void last_message(void *context, const struct bus_message *message)
{
    struct server *server = context;
    server_message(context, message);
    bus_burst_end(server->router);
}

Test(bus, a_handler_may_end_its_burst_and_the_rest_follows)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server = {.wanted = 100, .call = -1};
    server.router = bus_router(fixture.bus, "tcp://127.0.0.1:*", &fixture.server, last_message,
                               server_burst, &server);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 100);
    fixture_run(fixture.base, &server.done, "100 messages");
    cr_expect_eq(server.burst_max, 1u);
    fixture_close(&fixture);
}

Test(bus, a_flood_leaves_others_in_the_loop_their_turn)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 6000);
    struct peer peers[6];
    for (size_t i = 0; i < 6; i++) {
        peer_open(&peers[i], &fixture, bus_endpoint(server.router), 0);
        fixture_run(fixture.base, &peers[i].up, "the connection");
    }
    for (size_t i = 0; i < 6; i++) {
        peers[i].total = 1000;
        peer_fill(&peers[i], 1000);
    }
    int pipe_ends[2];
    cr_assert(pipe(pipe_ends) == 0);
    struct bystander bystander = {.server = &server};
    struct event *event =
        event_new(fixture.base, pipe_ends[0], EV_READ | EV_PERSIST, bystander_turn, &bystander);
    (void)event_add(event, NULL);
    server.call = pipe_ends[1];
    fixture_run(fixture.base, &server.done, "6,000 messages");
    cr_assert_gt(bystander.messages, 0u);
    cr_assert_leq(bystander.messages, 2u * LIMIT_GROUP_EVENTS);
    event_free(event);
    fixture_close(&fixture);
}

Test(bus, a_client_that_does_not_read_is_busy_and_loses_nothing_that_was_taken)
{
    enum { BYTES = 1024 };
    static uint8_t block[BYTES];
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    struct fixture other; // the client in a loop of its own that stands still
    fixture_open(&other, NULL, NULL);
    other.server = fixture.server;
    struct peer peer;
    peer_open(&peer, &other, bus_endpoint(server.router), 1);
    while (!server.done) {
        (void)event_base_loop(other.base, EVLOOP_NONBLOCK);
        (void)event_base_loop(fixture.base, EVLOOP_NONBLOCK);
    }
    unsigned int taken = 0;
    enum bus_result result = BUS_OK;
    while (taken < 100000 && result == BUS_OK) {
        result = bus_send(server.router, &server.route, block, sizeof(block));
        taken += result == BUS_OK ? 1 : 0;
    }
    cr_assert_eq(result, BUS_BUSY);
    cr_assert_geq(taken, (unsigned int)LIMIT_QUEUED_MESSAGES);
    peer.total = taken;
    fixture_run(other.base, &peer.done, "all that was taken");
    fixture_close(&other);
    fixture_close(&fixture);
}

Test(bus, a_message_over_the_limit_is_not_sent)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    uint8_t *large = calloc(1, LIMIT_MESSAGE_BYTES + 1);
    cr_assert(large != NULL);
    struct peer peer;
    peer_open(&peer, &fixture, bus_endpoint(server.router), 0);
    fixture_run(fixture.base, &peer.up, "the connection");
    cr_assert(bus_send(peer.dealer, NULL, large, LIMIT_MESSAGE_BYTES + 1) == BUS_FAILED);
    cr_assert(strstr(bus_error(fixture.bus), "too long") != NULL, "%s", bus_error(fixture.bus));
    cr_assert(bus_send(peer.dealer, NULL, large, LIMIT_MESSAGE_BYTES) == BUS_OK);
    fixture_run(fixture.base, &server.done, "a message at the limit");
    cr_assert_eq(server.size, (size_t)LIMIT_MESSAGE_BYTES);
    free(large);
    fixture_close(&fixture);
}

Test(bus, a_wildcard_port_becomes_a_real_one_and_a_taken_one_is_named)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 1);
    unsigned int port = 0;
    cr_assert(sscanf(bus_endpoint(server.router), "tcp://127.0.0.1:%u", &port) == 1);
    cr_assert_gt(port, 0u);
    struct bus_socket *second = bus_router(fixture.bus, bus_endpoint(server.router),
                                           &fixture.server, server_message, NULL, &server);
    cr_assert(second == NULL);
    cr_assert(strstr(bus_error(fixture.bus), "in use") != NULL, "%s", bus_error(fixture.bus));
    fixture_close(&fixture);
}

Test(bus, a_socket_file_serves_as_well)
{
    char folder[] = "/tmp/bus-XXXXXX";
    cr_assert(mkdtemp(folder) != NULL);
    char endpoint[64];
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server = {.wanted = 5, .echo = true, .call = -1};
    server.router =
        bus_router(fixture.bus, endpoint, &fixture.server, server_message, NULL, &server);
    cr_assert(server.router != NULL, "%s", bus_error(fixture.bus));
    struct peer peer;
    peer_open(&peer, &fixture, endpoint, 5);
    fixture_run(fixture.base, &peer.done, "five answers");
    fixture_close(&fixture);
    cr_assert(unlink(endpoint + strlen("ipc://")) == 0);
    cr_assert(rmdir(folder) == 0);
}

// Publishes until the subscriber has heard something.
struct feed {
    struct bus_socket *publisher;
    bool heard;
};

static void feed_publish(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct feed *feed = context;
    cr_assert(bus_send(feed->publisher, NULL, (const uint8_t *)"item", 4) == BUS_OK);
}

static void feed_hear(void *context, const struct bus_message *message)
{
    struct feed *feed = context;
    feed->heard = message->size == 4 && memcmp(message->data, "item", 4) == 0;
}

Test(bus, a_subscriber_hears_what_is_published)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct feed feed = {.heard = false};
    feed.publisher = bus_publisher(fixture.bus, "tcp://127.0.0.1:*", &fixture.server);
    cr_assert(feed.publisher != NULL, "%s", bus_error(fixture.bus));
    struct bus_socket *subscriber =
        bus_subscriber(fixture.bus, bus_endpoint(feed.publisher), fixture.server.public_key,
                       &fixture.client, feed_hear, &feed);
    cr_assert(subscriber != NULL, "%s", bus_error(fixture.bus));
    struct event *timer = event_new(fixture.base, -1, EV_PERSIST | EV_TIMEOUT, feed_publish, &feed);
    struct timeval time = {0, 2000};
    (void)event_add(timer, &time);
    fixture_run(fixture.base, &feed.heard, "the item");
    event_free(timer);
    fixture_close(&fixture);
}

// Closes its own socket on the first message.
static void suicide_message(void *context, const struct bus_message *message)
{
    (void)message;
    struct peer *peer = context;
    peer->received++;
    bus_close(peer->dealer);
    peer->dealer = NULL;
    peer->done = true;
}

Test(bus, a_socket_may_be_closed_by_its_own_handler)
{
    struct fixture fixture;
    fixture_open(&fixture, NULL, NULL);
    struct server server;
    server_open(&server, &fixture, 2);
    server.echo = true;
    struct peer peer = {.total = 2, .in_order = true};
    peer.dealer = bus_dealer(fixture.bus, bus_endpoint(server.router), fixture.server.public_key,
                             &fixture.client, suicide_message, &peer);
    bus_link_watch(peer.dealer, peer_link);
    fixture_run(fixture.base, &peer.done, "the first answer");
    cr_assert_eq(peer.received, 1u);
    fixture_close(&fixture);
}

Test(bus, keys_are_checked_and_a_public_key_follows_from_its_secret)
{
    struct bus_keys keys;
    char public_key[BUS_KEY_BYTES];
    cr_assert(bus_keys_generate(&keys));
    cr_assert(bus_key_valid(keys.public_key));
    cr_assert(bus_public_key(keys.secret_key, public_key));
    cr_assert_str_eq(public_key, keys.public_key);
    keys.secret_key[7] = '"';
    cr_assert_not(bus_public_key(keys.secret_key, public_key));
    cr_assert_not(bus_key_valid("short"));
    cr_assert_not(bus_key_valid(""));
}
