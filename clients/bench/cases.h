// cases - as many cases as wanted, as an office would have them after many years
//
// They are copies of the exemplars (exemplars.h), each an entry of the coordinator's own in the
// journal. The coordinator makes its state of them (awardd rebuild).
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>
#include <stddef.h>

// Writes them behind what the journal has. False when it cannot; that has been said.
bool cases_make(const struct bench_office *office, size_t count);

// The same of nothing but their enterprises, where it is entries that are wanted.
bool enterprises_make(const struct bench_office *office, size_t count);

// The case of the i-th of them, in the arena.
char *case_name(size_t i, struct arena *arena);
