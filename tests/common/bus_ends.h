// bus_ends - a server and a client of the bus that count what comes
#pragma once

#include "tests/common/bus_fixture.h"

// A server that counts and, if told to, answers each message with itself.
struct server {
    struct bus_socket *router;
    bool echo;
    int call;  // written to at the first message, or -1
    bool done; // `wanted` messages have arrived
    unsigned int wanted;
    unsigned int messages;
    unsigned int bursts;
    unsigned int since_burst;
    unsigned int burst_max;
    struct bus_route route; // of the last message
    char sender[BUS_KEY_BYTES];
    size_t size;
    struct farewell *farewell;
};

// A client that counts what comes back and sends `ahead` messages before it has an answer.
struct peer {
    struct bus_socket *dealer;
    unsigned int total;
    unsigned int sent;
    unsigned int received;
    bool in_order;
    bool paced; // somebody else sends for it
    bool up;
    bool refused;
    bool mismatch;
    bool done; // all have come back
};

// Keeps the processor busy for so long.
void work_us(long microseconds);

// Counts, and answers where it is told to. `context` is a server.
void server_message(void *context, const struct bus_message *message);

// Counts messages between two ends of a burst. `context` is a server.
void server_burst(void *context);

// On a port of its own; done when `wanted` messages have come.
void server_open(struct server *server, struct fixture *fixture, unsigned int wanted);

// Sends until so many are without an answer.
void peer_fill(struct peer *peer, unsigned int ahead);

// Notes how the link stands, and begins to send when it is up. `context` is a peer.
void peer_link(void *context, enum bus_link link);

// Sends `total` messages, each its number, and is done when all have come back.
void peer_open(struct peer *peer, struct fixture *fixture, const char *endpoint,
               unsigned int total);
