// load - keeps so many messages in flight to a running coordinator, and takes the time of each
//
// A message's time runs from just before it is packed until its answer has been read, so what the
// client itself takes is in it. Every event must be accepted, and for the first time: anything else
// ends the run.
#pragma once

#include "clients/bench/enterprises.h"
#include "clients/bench/samples.h"
#include "clients/client.h"

struct load {
    struct client *client;
    struct enterprises *enterprises;
    size_t messages_in_flight;
    size_t events_per_message;
    uint64_t duration_ns; // no message is sent after it
    size_t messages_max;  // nor after so many; LOAD_MESSAGES_MAX at most
};

struct load_result {
    uint64_t events; // acknowledged
    uint64_t elapsed_ns;
    struct samples_spread latency; // of messages
    uint64_t last_entry;           // number of the last one acknowledged
};

enum { LOAD_MESSAGES_MAX = 400000 }; // in one run

// Runs until the time or the count is over and everything is answered. False when an event was not
// accepted or not answered, or none was sent; that has been said on standard error.
bool load_run(const struct load *load, struct load_result *result);
