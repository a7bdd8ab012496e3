// calendar_ical_lines - the shape of an iCalendar file, which libical does not look at
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

struct calendar_ical_lines {
    size_t *events; // the lines of BEGIN:VEVENT, in their order
    size_t count;
};

// That the text is UTF-8 without control characters, within its limits, and one VCALENDAR whose
// BEGIN and END match.
bool calendar_ical_lines_read(const char *text, size_t length, struct arena *arena,
                              struct calendar_ical_lines *lines, struct settings_error *error);
