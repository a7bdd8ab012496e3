// lines - the awardctl line that does what is due or awaited
#pragma once

#include "common/arena.h"
#include "record.pb-c.h"

// For an event that is awaited about a subject: case, cycle, objection, pending event. "-" where
// there is no such event.
const char *line_of_event(struct arena *arena, const char *event, const char *subject);

// For a deadline: what meets it, or else what shows it.
const char *line_of_deadline(struct arena *arena, const Award__Deadline *deadline);
