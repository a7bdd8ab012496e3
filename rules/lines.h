// lines - the awardctl line that does what is due or awaited
#pragma once

#include "common/arena.h"
#include "record.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

// For an event that is awaited about a subject: case, cycle, objection, pending event. "-" where
// there is no such event.
const char *line_of_event(struct arena *arena, const char *event, const char *subject);

// What a reader of a deadline can do about it.
struct deadline_line {
    const char *text; // the line of awardctl
    bool shows;       // it only shows the matter: no event meets the deadline, or not the reader's
    uint32_t acting;  // the roles that meet it where the reader may not; 0: it waits for no others
};

// For a deadline and a reader of this role: what meets it where he may send that, or else what
// shows it. Of role 0 is who is nobody known.
struct deadline_line line_of_deadline(struct arena *arena, const Award__Deadline *deadline,
                                      Award__Role__Name reader);
