// health - whether what has something to do gets on with it
//
// Of each part of the coordinator that could stand still while the loop runs: is there work, and
// how often has some of it been done. Where there is work and the count stands still for too long,
// the coordinator is stuck, and a restart may help.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum health_part {
    HEALTH_INTAKE, // messages wait, and groups are taken
    HEALTH_DUE,    // something is due, and fires
    HEALTH_STATE,  // the state is on its way to disk, and slices of it end
    HEALTH_PARTS
};

// So long a part may have work and do none of it.
enum { HEALTH_STUCK_MS = 60000 };

struct health {
    struct {
        uint64_t done;
        int64_t since_ms; // it has had work and done none of it
    } parts[HEALTH_PARTS];
};

// What a part is like now. A part without work is well.
void health_note(struct health *health, enum health_part part, bool work, uint64_t done,
                 int64_t now_ms);

// The first part that is stuck, as last noted; HEALTH_PARTS where none is.
enum health_part health_stuck(const struct health *health, int64_t now_ms);
