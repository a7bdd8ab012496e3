// calendar_rows - days off and make-up days, dealt out to the years whose notices name them
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALENDAR_NAME_BYTES_MAX = 128 };

struct calendar_row {
    int32_t day;
    bool working; // a make-up day; else a day off
    const char *name;
    size_t line;
};

// Ascending, no day twice.
struct calendar_rows {
    struct calendar_row *rows;
    size_t count;
};

// Days of a year whose 1 January is not among them.
struct calendar_left_out {
    int32_t year;
    size_t days;
    size_t line; // of the first
};

struct calendar_years {
    Award__CalendarLoaded **years; // one event a year, ascending
    size_t count;
    struct calendar_left_out *left_out;
    size_t left_out_count;
};

// Valid UTF-8, neither empty nor too long, without control characters.
bool calendar_name_valid(const char *text, size_t length);

// The last days of a December that belong to the notice of the next year (make-up days and days off
// of 元旦) go with that next year. A year is announced when its 1 January is listed (decision 3);
// days of other years are left out and counted. All in the arena.
struct calendar_years calendar_rows_years(const struct calendar_rows *rows, const char *source,
                                          const char *digest, struct arena *arena);
