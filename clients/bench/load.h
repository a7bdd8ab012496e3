// load - keeps so many events in flight to a running coordinator, and takes the time of each
// message
//
// A client is one program with a connection for each principal in whose name it sends. A message's
// time runs from just before it is packed until its answer has been read, so what the client itself
// takes is in it. Every event must be accepted, and for the first time: anything else ends the run.
#pragma once

#include "clients/bench/memory.h"
#include "clients/bench/office.h"
#include "clients/bench/samples.h"
#include "clients/bench/year.h"

struct load {
    const struct bench_office *office;
    struct year *year;
    size_t clients;
    size_t messages_in_flight; // of each client
    size_t events_per_message;
    uint64_t duration_ns; // no message is sent after it
    size_t pid;           // of the coordinator
};

struct load_result {
    uint64_t events; // acknowledged
    uint64_t elapsed_ns;
    struct samples_spread latency; // of messages
    uint64_t first_entry;          // number of the first one acknowledged
    uint64_t last_entry;           // and of the last one
    struct memory before;          // of the coordinator
    struct memory peak;
    struct memory after; // when it has had time to write its state
};

enum { LOAD_CLIENTS_MAX = 16, LOAD_IN_FLIGHT_MAX = CLIENT_IN_FLIGHT_MAX };

// Runs until the time or what there is to send is over, everything is answered, and the coordinator
// has rested. False when an event was not accepted or not answered, or none was sent; that has been
// said on standard error.
bool load_run(const struct load *load, struct load_result *result);
