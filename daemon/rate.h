// rate - so many events a minute, a minute's worth of them at one time
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct rate {
    uint32_t events_a_minute;
    int64_t full_us; // when all of it may be used again; monotonic
    uint64_t refused;
};

// Uses one, where there is one left.
bool rate_use(struct rate *rate, int64_t now_ms);

// How many of a minute's are used up.
uint32_t rate_used(const struct rate *rate, int64_t now_ms);
