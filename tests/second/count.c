// count - the ends of periods as the rules count them, for every start day of the loaded years
//
//     award-count CALENDAR.tsv FIRST LAST
//
// Output, a line a start day from FIRST to LAST: the day; the last day of 1 to 60 working days; the
// last day of 7 days of publicity that moves over days off, and of 7 that count their first day and
// never move. A day is followed by * where a calendar that is still to come could move it. Exit 2
// where the file or a day cannot be read.
#include "common/arena.h"
#include "common/time.h"
#include "rules/calendar.h"
#include "settings/calendar_file.h"
#include "settings/file_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    STATUS_WRONG = 2,
    FILE_BYTES_MAX = 1024 * 1024,
    WORKING_DAYS_MAX = 60,
    EXCEPTIONS_MAX = 4096
};

static struct calendar_exception exceptions[EXCEPTIONS_MAX];
static struct calendar calendar = {.exceptions = exceptions};

static _Noreturn void give_up(const char *what, const char *why)
{
    (void)fprintf(stderr, "award-count: %s: %s\n", what, why);
    exit(STATUS_WRONG);
}

static void calendar_load(const char *path, struct arena *arena)
{
    const char *text;
    size_t length;
    struct settings_error error;
    Award__CalendarLoaded **years;
    size_t count;
    if (!file_text_read(path, FILE_BYTES_MAX, arena, &text, &length, &error) ||
        !calendar_file_read(text, length, path, arena, &years, &count, &error)) {
        give_up(path, error.en);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < years[i]->n_exceptions; k++) {
            const Award__CalendarLoaded__Exception *one = years[i]->exceptions[k];
            if (calendar.exceptions_count == EXCEPTIONS_MAX) {
                give_up(path, "too many days");
            }
            calendar_insert(exceptions, calendar.exceptions_count++,
                            (struct calendar_exception){one->on->number, one->working != 0});
        }
    }
}

static int32_t day_read(const char *text)
{
    int32_t day;
    if (!day_parse(text, strlen(text), &day) || !day_valid(day)) {
        give_up(text, "no day");
    }
    return day;
}

static void end_print(const struct period *period, int32_t start)
{
    char text[DAY_TEXT_BYTES];
    struct period_end end = period_count(period, start, &calendar);
    day_format(end.last, text);
    (void)printf(" %s%s", text, end.provisional ? "*" : "");
}

static void line_print(int32_t start)
{
    char text[DAY_TEXT_BYTES];
    day_format(start, text);
    (void)printf("%s", text);
    for (uint32_t length = 1; length <= WORKING_DAYS_MAX; length++) {
        end_print(&(struct period){.length = length, .unit = PERIOD_WORKING_DAYS}, start);
    }
    end_print(&(struct period){.length = 7, .unit = PERIOD_DAYS, .roll_last_day = true}, start);
    end_print(&(struct period){.length = 7, .unit = PERIOD_DAYS, .first_day_counted = true}, start);
    (void)putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        give_up("usage", "award-count CALENDAR.tsv FIRST LAST");
    }
    struct arena *arena = arena_create();
    calendar_load(argv[1], arena);
    int32_t last = day_read(argv[3]);
    for (int32_t start = day_read(argv[2]); start <= last; start++) {
        line_print(start);
    }
    arena_destroy(arena);
    return 0;
}
