// calendar_file - reads the project's calendar (tab separated: date, kind, name)
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"
#include "settings/settings_error.h"

#include <stdbool.h>

// One CalendarLoaded event per year, ascending, in the arena. The last days of a December that
// belong to the notice of the next year (make-up days and days off of 元旦) go with that next year.
bool calendar_file_read(const char *text, size_t length, const char *source, struct arena *arena,
                        Award__CalendarLoaded ***years, size_t *years_count,
                        struct settings_error *error);
