// firing - how late what is due is on record, and whether it is there whole
//
// Follows the feed of a running coordinator until so many deadlines have fired. The feed names the
// last durable entry after each group; so an entry is late by the time from its due moment to the
// first item that covers it. Then the journal is read: as many deadline_due entries, nothing
// between them, each due at the one moment, none early, their names in ascending order (so that
// none fired twice). Beside it stands the raw cost of the same writes, to the journal and the state
// of an office that was its copy before.
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>
#include <stddef.h>

// False when something is missing, early, out of order or twice; that has been said.
bool firing_watch(const struct bench_office *office, const char *beside, size_t due, size_t pid,
                  bool json);
