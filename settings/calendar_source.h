// calendar_source - a calendar in any format that is read: the project's own, or iCalendar
#pragma once

#include "settings/calendar_rows.h"
#include "settings/settings_error.h"

struct calendar_source {
    struct calendar_years years; // events with the digest of the text
    size_t passed_over;          // entries without a mark, where those are not wanted
};

// Reads a text that ends with a zero byte; `name` is what the events have as their source. All in
// the arena.
bool calendar_source_read(const char *text, size_t length, const char *name, bool only_marked,
                          struct arena *arena, struct calendar_source *source,
                          struct settings_error *error);
