// calendar_file - reads the project's calendar (tab separated: date, kind, name)
//
// Lines are taken one by one into rows, checked against the line before; then rows are dealt out to
// years. A notice names the last days of the December before its year: those rows go with it.
#include "settings/calendar_file.h"

#include "common/limits.h"
#include "common/time.h"
#include "settings/digest.h"

#include <assert.h>
#include <string.h>
#include <unistr.h>

enum { DECEMBER_DAYS_OF_NEXT_NOTICE = 25, NAME_BYTES_MAX = 128 };

static const char new_year[] = "元旦";

struct row {
    int32_t day;
    int32_t year; // of the notice
    bool working;
    const char *name;
    size_t line;
};

struct reading {
    struct arena *arena;
    struct settings_error *error;
    struct row *rows;
    size_t rows_count;
};

// One field of a line.
struct field {
    const char *text;
    size_t length;
};

static bool fail(const struct reading *reading, size_t line, size_t column, const char *zh,
                 const char *en)
{
    return settings_error_set(reading->error, line, column, zh, en);
}

// The field up to the next tab; what is left follows in *rest, or NULL.
static struct field field_take(struct field *rest)
{
    const char *tab = memchr(rest->text, '\t', rest->length);
    struct field field = {rest->text, tab == NULL ? rest->length : (size_t)(tab - rest->text)};
    rest->length -= field.length + (tab == NULL ? 0 : 1);
    rest->text = tab == NULL ? NULL : tab + 1;
    return field;
}

static bool field_is(struct field field, const char *word)
{
    return field.length == strlen(word) && memcmp(field.text, word, field.length) == 0;
}

static bool name_valid(struct field name)
{
    for (size_t i = 0; i < name.length; i++) {
        if ((unsigned char)name.text[i] < 0x20 || name.text[i] == 0x7F) {
            return false;
        }
    }
    return name.length > 0 && name.length <= NAME_BYTES_MAX &&
           u8_check((const uint8_t *)name.text, name.length) == NULL;
}

static int32_t notice_year(int32_t day, const char *name)
{
    struct civil civil = day_to_civil(day);
    bool of_next = civil.month == 12 && civil.day >= DECEMBER_DAYS_OF_NEXT_NOTICE &&
                   strstr(name, new_year) != NULL;
    return of_next ? civil.year + 1 : civil.year;
}

static bool row_read(struct reading *reading, struct field rest, size_t line)
{
    const char *start = rest.text;
    struct field date = field_take(&rest);
    struct field kind = rest.text == NULL ? (struct field){0} : field_take(&rest);
    struct field name = rest;
    int32_t day;
    if (!day_parse(date.text, date.length, &day)) {
        return fail(reading, line, 1, "第一列应为日期，如 2026-10-01",
                    "the first column is a date, like 2026-10-01");
    }
    if (kind.text == NULL || (!field_is(kind, "holiday") && !field_is(kind, "workday"))) {
        return fail(reading, line, date.length + 2,
                    "第二列应为 holiday（放假）或 workday（补班），列间用一个制表符",
                    "the second column is holiday or workday, after one tab");
    }
    if (name.text == NULL || !name_valid(name)) {
        return fail(
            reading, line,
            name.text == NULL ? date.length + kind.length + 3 : (size_t)(name.text - start) + 1,
            "第三列应为节日名称，列间用一个制表符", "the third column is a name, after one tab");
    }
    struct row *row = &reading->rows[reading->rows_count];
    if (reading->rows_count > 0 && row[-1].day >= day) {
        return fail(
            reading, line, 1,
            arena_format(reading->arena, "日期应递增且不重复；第 %zu 行不早于它", row[-1].line),
            arena_format(reading->arena,
                         "dates ascend and none stands twice; line %zu is not before it",
                         row[-1].line));
    }
    row->day = day;
    row->working = field_is(kind, "workday");
    row->name = arena_format(reading->arena, "%.*s", (int)name.length, name.text);
    row->year = notice_year(day, row->name);
    row->line = line;
    reading->rows_count++;
    return true;
}

static size_t lines_count(const char *text, size_t length)
{
    size_t count = 1;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '\n' ? 1 : 0;
    }
    return count;
}

static bool rows_read(struct reading *reading, const char *text, size_t length)
{
    reading->rows = arena_alloc(reading->arena, lines_count(text, length) * sizeof(*reading->rows));
    const char *end = text + length;
    size_t line = 0;
    for (const char *at = text; at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline;
        line++;
        if (stop > at && *at != '#' &&
            !row_read(reading, (struct field){at, (size_t)(stop - at)}, line)) {
            return false;
        }
        at = newline == NULL ? end : newline + 1;
    }
    return reading->rows_count > 0 ||
           fail(reading, 0, 0, "文件中没有任何日期；请写入放假和补班的日期",
                "the file lists no day; write days off and make-up days");
}

static Award__CalendarLoaded__Exception *exception_create(const struct row *row,
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

static Award__CalendarLoaded *year_create(const struct row *rows, size_t count, const char *source,
                                          const char *digest, struct arena *arena)
{
    Award__CalendarLoaded *year = arena_alloc(arena, sizeof(*year));
    award__calendar_loaded__init(year);
    year->has_year = true;
    year->year = rows[0].year;
    year->source = arena_string(arena, source);
    year->digest = arena_string(arena, digest);
    year->exceptions = arena_alloc(arena, count * sizeof(Award__CalendarLoaded__Exception *));
    for (size_t i = 0; i < count; i++) {
        year->exceptions[year->n_exceptions++] = exception_create(&rows[i], arena);
    }
    return year;
}

// A year counts as announced when its first day is listed (decision 3).
static bool year_begins(const struct reading *reading, const struct row *rows, size_t count)
{
    int32_t first = day_from_civil((struct civil){rows[0].year, 1, 1});
    for (size_t i = 0; i < count; i++) {
        if (rows[i].day == first) {
            return true;
        }
    }
    return fail(reading, rows[0].line, 1,
                arena_format(reading->arena, "%d 年缺少 1 月 1 日；公布的日历总有这一天，请补上",
                             rows[0].year),
                arena_format(reading->arena,
                             "1 January %d is missing; every notice lists it, so add it",
                             rows[0].year));
}

bool calendar_file_read(const char *text, size_t length, const char *source, struct arena *arena,
                        Award__CalendarLoaded ***years, size_t *years_count,
                        struct settings_error *error)
{
    struct reading reading = {.arena = arena, .error = error};
    char digest[DIGEST_TEXT_BYTES];
    if (length > LIMIT_FILE_TEXT_BYTES) {
        return fail(&reading, 0, 0,
                    arena_format(arena, "文件超过 %d 字节；请分年载入", LIMIT_FILE_TEXT_BYTES),
                    arena_format(arena, "the file is longer than %d bytes; load it by years",
                                 LIMIT_FILE_TEXT_BYTES));
    }
    if (!rows_read(&reading, text, length)) {
        return false;
    }
    digest_of(text, length, digest);
    *years = arena_alloc(arena, reading.rows_count * sizeof(Award__CalendarLoaded *));
    *years_count = 0;
    for (size_t first = 0; first < reading.rows_count;) {
        size_t next = first + 1;
        while (next < reading.rows_count && reading.rows[next].year == reading.rows[first].year) {
            next++;
        }
        if (!year_begins(&reading, &reading.rows[first], next - first)) {
            return false;
        }
        (*years)[(*years_count)++] =
            year_create(&reading.rows[first], next - first, source, digest, arena);
        first = next;
    }
    return true;
}
