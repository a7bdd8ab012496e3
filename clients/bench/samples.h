// samples - how long each of many things took, and which part of them took how long
//
// Room for a fixed number is taken at the start, so that nothing is allocated while time is taken.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct samples;

struct samples_spread {
    uint64_t p50_ns; // half took this long at most
    uint64_t p99_ns;
    uint64_t longest_ns;
};

struct samples *samples_create(size_t count_max);
void samples_destroy(struct samples *samples);

void samples_add(struct samples *samples, uint64_t duration_ns);
bool samples_full(const struct samples *samples);
size_t samples_count(const struct samples *samples);

// Sorts what has been added. Zeros where there is nothing.
struct samples_spread samples_spread(struct samples *samples);

// Nanoseconds of the monotonic clock.
uint64_t samples_now_ns(void);
