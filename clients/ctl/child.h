// child - runs a program of the system to its end, within bounds
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum child_end {
    CHILD_DONE,     // it ended with status 0
    CHILD_ABSENT,   // there is no such program
    CHILD_FAILED,   // it ended otherwise, or could not be run
    CHILD_TOO_LONG, // it was ended: it took more time than allowed
    CHILD_TOO_MUCH, // it was ended: it wrote more than allowed
};

struct child {
    const char *const *words; // the program's name, looked up in PATH, and its arguments; NULL ends
    int input;                // its standard input
    size_t output_bytes_max;
    uint32_t milliseconds_max;
};

// Runs it without a shell, with no more memory and processor time than a document can need. What
// it wrote is in the arena, with a zero byte behind it; what it said on standard error is dropped.
enum child_end child_run(const struct child *child, struct arena *arena, const char **output,
                         size_t *length);
