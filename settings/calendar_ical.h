// calendar_ical - reads days off and make-up days out of an iCalendar file (RFC 5545)
//
// Whole days only, each marked as the one or the other (calendar_kind). What cannot be told for
// sure is an error that names the entry, its title and its line; nothing is guessed (decision 26).
#pragma once

#include "common/arena.h"
#include "settings/calendar_rows.h"
#include "settings/settings_error.h"

#include <stdbool.h>

struct calendar_ical_options {
    bool only_marked; // entries without X-APPLE-SPECIAL-DAY are festivals: passed over and counted
};

// Whether the text is of this format.
bool calendar_ical_is(const char *text, size_t length);

// The entries as rows, ascending, in the arena. `text` ends with a zero byte. *passed_over counts
// the entries without a mark.
bool calendar_ical_rows(const char *text, size_t length,
                        const struct calendar_ical_options *options, struct arena *arena,
                        struct calendar_rows *rows, size_t *passed_over,
                        struct settings_error *error);
