// daemon_file_text - awardd.yaml as it is written for a new office, from the table of its keys
#pragma once

#include "common/arena.h"

struct daemon_file_entry {
    const char *key;
    const char *value;
};

// The whole file, in the arena: the keys of `entries` (which a NULL key ends) are set, and every
// other one stands behind a `#` with its default. Each has above it what it is, what it may be and
// what it takes to apply a change, in both languages. Keys without a default must be among them.
const char *daemon_file_text(const struct daemon_file_entry entries[], struct arena *arena);
