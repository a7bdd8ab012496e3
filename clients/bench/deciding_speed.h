// deciding_speed - how many decisions the rules make in a second, from memory, on one processor
//
// Each event of an office's journal is decided again and again on the state that it met, which is
// an overlay in memory; nothing is written. Each decision must come out as it is on record.
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>

// Prints the rate and the allocations by kind of event, and of all of the journal. The office is
// not served. False when a decision came out otherwise, or the journal cannot be read; that has
// been said.
bool deciding_speed_measure(const struct bench_office *office);
