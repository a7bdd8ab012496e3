// calendar_file - reads the project's calendar (tab separated: date, kind, name)
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"
#include "settings/calendar_rows.h"
#include "settings/settings_error.h"

#include <stdbool.h>

// The lines as rows, in the arena.
bool calendar_file_rows(const char *text, size_t length, struct arena *arena,
                        struct calendar_rows *rows, struct settings_error *error);

// One CalendarLoaded event per year, as calendar_rows_years deals them out; a year without its
// 1 January is an error.
bool calendar_file_read(const char *text, size_t length, const char *source, struct arena *arena,
                        Award__CalendarLoaded ***years, size_t *years_count,
                        struct settings_error *error);
