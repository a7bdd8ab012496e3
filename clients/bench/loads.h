// loads - events acknowledged per second by a running coordinator, and what storage alone admits
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loads_load {
    size_t in_flight; // events, of all clients; divided among them
    size_t clients;
    size_t packed; // events in a message, at most
    size_t cases;  // that were made for the office (cases.h)
    size_t hot;    // so many of them have all the objections; 0: all
    size_t round;  // of `rounds` on this office, from 1
    size_t rounds;
    size_t seconds;
    size_t pid; // of the coordinator
};

// Measures one load and prints its figures. False when they are void; that has been said.
bool loads_measure(const struct bench_office *office, const struct loads_load *load);

struct loads_repeat {
    const char *home; // of the office that had the load
    size_t first;     // its entries
    size_t last;
    size_t group;
};

// Repeats the writes of a load in another office, which is not served.
bool loads_repeat(const struct bench_office *office, const struct loads_repeat *repeat);

// Prints how many entries the journal has behind the one that the state on disk stands at: what a
// start replays.
bool loads_tail(const struct bench_office *office);
