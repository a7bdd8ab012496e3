// enterprises - registrations of enterprises that do not exist, as many as wanted
//
// Each has a valid credit code that nobody else has: the codes are a walk, far apart from one to
// the next as those of real enterprises are, from a start that is drawn anew for each run. So a
// run may be repeated against the same coordinator.
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"

#include <stdint.h>

struct enterprises {
    uint64_t place; // on the walk
    uint64_t count; // made so far
    char run[17];   // names the run, so that the ids of its events are its own
};

// Draws the start.
void enterprises_begin(struct enterprises *enterprises);

// The next registration, in the arena.
Award__Event *enterprises_next(struct enterprises *enterprises, struct arena *arena);
