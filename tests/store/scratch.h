// scratch - a directory of a test's own, a child process, and ways to harm a file
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { SCRATCH_PATH_BYTES = 256 };

struct scratch {
    char directory[SCRATCH_PATH_BYTES];
};

void scratch_make(struct scratch *scratch);
void scratch_remove(struct scratch *scratch);

// Path of a file in it; in static memory, until the next call.
const char *scratch_path(const struct scratch *scratch, const char *name);

off_t scratch_size(const struct scratch *scratch, const char *name);

// Changes a bit in the byte at `offset` from every copy of the marker in the file; returns how
// many.
size_t scratch_flip(const struct scratch *scratch, const char *name, const char *marker,
                    ptrdiff_t offset);

// Runs `body` in a child process and returns what it returned.
int scratch_child(int (*body)(void *context), void *context);
