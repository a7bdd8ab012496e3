// template - the commented form of an event, to be filled in and pushed
#pragma once

#include "common/arena.h"

// The text for an event of the table, in the arena; NULL where there is no such event. Lines that
// begin with # are comments and name the fields as `awardctl send` takes them; the last line is the
// event, with all its fields, needed ones first. What is not filled in there counts as absent, so
// that no example becomes a fact by being forgotten.
const char *template_text(const char *event, struct arena *arena);

// The last line of it alone: JSON. NULL where there is no such event.
const char *template_line(const char *event, struct arena *arena);
