// door_calendar - a calendar as awardctl calendar imports it: the project's own, or iCalendar
//
// The first byte says whether entries without a mark are passed over (--only-marked). What is read
// becomes events that the coordinator takes, and written down as the project's own file it is read
// as the same days again.
#include "common/limits.h"
#include "common/time.h"
#include "settings/calendar_file.h"
#include "settings/calendar_ical.h"
#include "settings/calendar_source.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void years_check(const struct calendar_years *years, struct arena *arena)
{
    for (size_t i = 0; i < years->count; i++) {
        fuzz_message(&years->years[i]->base, arena);
        fuzz_hold(i == 0 || years->years[i - 1]->year < years->years[i]->year,
                  "year %d comes after %d", (int)years->years[i]->year,
                  (int)years->years[i > 0 ? i - 1 : 0]->year);
    }
}

static void rows_check(const struct calendar_rows *rows)
{
    fuzz_hold(rows->count > 0, "no day");
    for (size_t i = 0; i < rows->count; i++) {
        const struct calendar_row *row = &rows->rows[i];
        fuzz_hold(day_valid(row->day), "day %d", row->day);
        fuzz_hold(i == 0 || row[-1].day < row->day, "days do not ascend");
        fuzz_hold(calendar_name_valid(row->name, strlen(row->name)), "the name %s", row->name);
    }
}

static const char *written(const struct calendar_rows *rows, struct arena *arena, size_t *length)
{
    size_t room = rows->count * (DAY_TEXT_BYTES + CALENDAR_NAME_BYTES_MAX + 16) + 1;
    char *text = arena_alloc(arena, room);
    *length = 0;
    for (size_t i = 0; i < rows->count; i++) {
        char day[DAY_TEXT_BYTES];
        day_format(rows->rows[i].day, day);
        const char *line =
            arena_format(arena, "%s\t%s\t%s\n", day, rows->rows[i].working ? "workday" : "holiday",
                         rows->rows[i].name);
        memcpy(text + *length, line, strlen(line));
        *length += strlen(line);
    }
    return text;
}

static void written_again_check(const struct calendar_rows *rows, struct arena *arena)
{
    struct settings_error error;
    struct calendar_rows again;
    size_t length;
    const char *text = written(rows, arena, &length);
    if (length > LIMIT_FILE_TEXT_BYTES) {
        return;
    }
    bool good = calendar_file_rows(text, length, arena, &again, &error);
    fuzz_hold(good, "what was read is refused when written: %s", good ? "" : error.en);
    fuzz_hold(again.count == rows->count, "%zu days became %zu", rows->count, again.count);
    for (size_t i = 0; i < rows->count; i++) {
        fuzz_hold(again.rows[i].day == rows->rows[i].day &&
                      again.rows[i].working == rows->rows[i].working &&
                      strcmp(again.rows[i].name, rows->rows[i].name) == 0,
                  "day %zu changes", i);
    }
}

static void text_pass(const char *text, size_t length, bool only_marked, struct arena *arena)
{
    const struct calendar_ical_options options = {.only_marked = only_marked};
    struct settings_error error;
    struct calendar_source source;
    struct calendar_rows rows;
    size_t passed_over;
    bool good = calendar_source_read(text, length, "calendar", only_marked, arena, &source, &error);
    fuzz_memory(arena, length);
    if (!good) {
        fuzz_settings_error(&error);
        return;
    }
    good = calendar_ical_is(text, length)
               ? calendar_ical_rows(text, length, &options, arena, &rows, &passed_over, &error)
               : calendar_file_rows(text, length, arena, &rows, &error);
    fuzz_hold(good, "read once and not twice");
    rows_check(&rows);
    years_check(&source.years, arena);
    written_again_check(&rows, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct arena *arena = arena_create();
    char *text = malloc(size); // of its own, so that what is read behind it is seen
    fuzz_hold(text != NULL, "no memory");
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    text_pass(text, size - 1, (data[0] & 1) != 0, arena);
    free(text);
    arena_destroy(arena);
    return 0;
}
