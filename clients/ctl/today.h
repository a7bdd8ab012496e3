// today - the awardctl line that does what waits
#pragma once

#include "common/arena.h"

#include "query.pb-c.h"

// "awardctl send objection_decided objection=yy-1": what is missing is asked for on a terminal.
const char *today_line(struct arena *arena, const char *event, const char *subject);

// The line that closes a deadline; where none does, the one that shows what it is about.
const char *today_deadline_line(struct arena *arena, const Award__Deadline *deadline);
