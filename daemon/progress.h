// progress - how far something is that takes long, and how fast it goes
//
// A line a second on standard error; nothing in the first second, so that what is short stays
// quiet.
#pragma once

#include <stdint.h>

struct progress {
    const char *what; // "awardd rebuild"
    uint64_t all;     // entries
    int64_t begun_ms;
    int64_t said_ms;
};

void progress_begin(struct progress *progress, const char *what, uint64_t all);

// So many are done.
void progress_at(struct progress *progress, uint64_t done);

// All are; says how long it took and the rate, where anything was said before.
void progress_end(const struct progress *progress);
