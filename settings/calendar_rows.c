// calendar_rows - days off and make-up days, dealt out to the years whose notices name them
//
// Each row is given the year of its notice; sorted by it, the rows of a year stand together.
#include "settings/calendar_rows.h"

#include "common/time.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { DECEMBER_DAYS_OF_NEXT_NOTICE = 25 };

static const char new_year[] = "元旦";

struct dealt {
    int32_t year; // of the notice
    const struct calendar_row *row;
};

bool calendar_name_valid(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) {
            return false;
        }
    }
    return length > 0 && length <= CALENDAR_NAME_BYTES_MAX &&
           u8_check((const uint8_t *)text, length) == NULL;
}

static int32_t notice_year(const struct calendar_row *row)
{
    struct civil civil = day_to_civil(row->day);
    bool of_next = civil.month == 12 && civil.day >= DECEMBER_DAYS_OF_NEXT_NOTICE &&
                   strstr(row->name, new_year) != NULL;
    return of_next ? civil.year + 1 : civil.year;
}

static int dealt_compare(const void *a, const void *b)
{
    const struct dealt *left = a;
    const struct dealt *right = b;
    if (left->year != right->year) {
        return left->year < right->year ? -1 : 1;
    }
    return left->row->day < right->row->day ? -1 : 1;
}

static Award__CalendarLoaded__Exception *exception_create(const struct calendar_row *row,
                                                          struct arena *arena)
{
    Award__CalendarLoaded__Exception *exception = arena_alloc(arena, sizeof(*exception));
    award__calendar_loaded__exception__init(exception);
    exception->on = arena_alloc(arena, sizeof(*exception->on));
    award__day__init(exception->on);
    exception->on->has_number = true;
    exception->on->number = row->day;
    exception->has_working = true;
    exception->working = row->working;
    exception->name = arena_string(arena, row->name);
    return exception;
}

static Award__CalendarLoaded *year_create(const struct dealt *dealt, size_t count,
                                          const char *source, const char *digest,
                                          struct arena *arena)
{
    Award__CalendarLoaded *year = arena_alloc(arena, sizeof(*year));
    award__calendar_loaded__init(year);
    year->has_year = true;
    year->year = dealt[0].year;
    year->source = arena_string(arena, source);
    year->digest = arena_string(arena, digest);
    year->exceptions = arena_alloc(arena, count * sizeof(Award__CalendarLoaded__Exception *));
    for (size_t i = 0; i < count; i++) {
        year->exceptions[year->n_exceptions++] = exception_create(dealt[i].row, arena);
    }
    return year;
}

static bool announced(const struct dealt *dealt, size_t count)
{
    int32_t first = day_from_civil((struct civil){dealt[0].year, 1, 1});
    for (size_t i = 0; i < count; i++) {
        if (dealt[i].row->day == first) {
            return true;
        }
    }
    return false;
}

struct calendar_years calendar_rows_years(const struct calendar_rows *rows, const char *source,
                                          const char *digest, struct arena *arena)
{
    size_t size = rows->count;
    struct dealt *dealt = arena_alloc(arena, size * sizeof(*dealt));
    struct calendar_years result = {
        .years = arena_alloc(arena, size * sizeof(Award__CalendarLoaded *)),
        .left_out = arena_alloc(arena, size * sizeof(struct calendar_left_out)),
    };
    for (size_t i = 0; i < size; i++) {
        dealt[i] = (struct dealt){notice_year(&rows->rows[i]), &rows->rows[i]};
    }
    qsort(dealt, size, sizeof(*dealt), dealt_compare);
    for (size_t first = 0, next; first < size; first = next) {
        for (next = first + 1; next < size && dealt[next].year == dealt[first].year;) {
            next++;
        }
        if (announced(&dealt[first], next - first)) {
            result.years[result.count++] =
                year_create(&dealt[first], next - first, source, digest, arena);
        } else {
            result.left_out[result.left_out_count++] =
                (struct calendar_left_out){dealt[first].year, next - first, dealt[first].row->line};
        }
    }
    return result;
}
