// figures - what has been measured, as a table or as one JSON object a line
//
// Under JSON: {"name", "parameters", "value", "unit"}; a load or a raw limit gives one line for
// its rate and one for each latency, and a load one more for its share of the raw limit.
#pragma once

#include "clients/bench/samples.h"

#include <stdbool.h>

struct figure {
    size_t messages_in_flight; // 0: a raw limit
    size_t events_per_message; // of a raw limit: entries in a group
    uint64_t events;
    uint64_t elapsed_ns;
    struct samples_spread latency; // of a message, or of a group
    const struct figure *beside;   // the raw limit with as many events in a group; or NULL
};

// What stands above the table; nothing under JSON.
void figures_begin(bool json, uint64_t entry_bytes);

void figures_print(bool json, const struct figure *figure, uint64_t entry_bytes);

// Whole events a second.
uint64_t figure_rate(const struct figure *figure);
