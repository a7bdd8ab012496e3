// deadlines - open deadlines by the million, many of them due at one moment, as an office would
// have them after many years
//
// They are written into the journal as the coordinator's own entries, each with as many as a new
// calendar moves at once. The coordinator makes its state of them (awardd rebuild). What is due
// lies between what is not: every so manieth deadline in the order of names.
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>
#include <stddef.h>

enum { DEADLINE_NAME_BYTES = 80 };

// Writes them. What is due fires at the whole second that lies `seconds` ahead, or a little less.
// False when the disk failed; that has been said.
bool deadlines_make(const struct bench_office *office, size_t count, size_t due, size_t seconds);
