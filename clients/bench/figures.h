// figures - what has been measured, for scripts/bench to put beside what else was
//
// A line each on standard output: name, value, unit.
#pragma once

#include "clients/bench/samples.h"

// Names are at most so long with what is put behind them.
enum { FIGURE_NAME_BYTES = 64 };

void figure_print(const char *name, uint64_t value, const char *unit);

// NAME_rate: events in so much time, in whole events a second.
void figure_rate_print(const char *name, uint64_t events, uint64_t elapsed_ns);

// NAME_p50, NAME_p99 and NAME_longest, in microseconds.
void figure_spread_print(const char *name, const struct samples_spread *spread);
