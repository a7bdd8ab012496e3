// template - the commented form of an event, to be filled in and pushed
#pragma once

#include "common/arena.h"

// The text for an event of the table, in the arena; NULL where there is no such event. Lines that
// begin with # are comments; the last one is the event, with all fields that it needs.
const char *template_text(const char *event, struct arena *arena);
