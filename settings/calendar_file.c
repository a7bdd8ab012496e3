// calendar_file - reads the project's calendar (tab separated: date, kind, name)
//
// Lines are taken one by one into rows, checked against the line before; calendar_rows deals them
// out to years.
#include "settings/calendar_file.h"

#include "common/limits.h"
#include "common/time.h"
#include "settings/digest.h"

#include <string.h>

struct reading {
    struct arena *arena;
    struct settings_error *error;
    struct calendar_rows *rows;
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
    if (name.text == NULL || !calendar_name_valid(name.text, name.length)) {
        return fail(
            reading, line,
            name.text == NULL ? date.length + kind.length + 3 : (size_t)(name.text - start) + 1,
            "第三列应为节日名称，列间用一个制表符", "the third column is a name, after one tab");
    }
    struct calendar_row *row = &reading->rows->rows[reading->rows->count];
    if (reading->rows->count > 0 && row[-1].day >= day) {
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
    row->line = line;
    reading->rows->count++;
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
    return reading->rows->count > 0 ||
           fail(reading, 0, 0, "文件中没有任何日期；请写入放假和补班的日期",
                "the file lists no day; write days off and make-up days");
}

bool calendar_file_rows(const char *text, size_t length, struct arena *arena,
                        struct calendar_rows *rows, struct settings_error *error)
{
    struct reading reading = {.arena = arena, .error = error, .rows = rows};
    if (length > LIMIT_FILE_TEXT_BYTES) {
        return fail(&reading, 0, 0,
                    arena_format(arena, "文件超过 %d 字节；请分年载入", LIMIT_FILE_TEXT_BYTES),
                    arena_format(arena, "the file is longer than %d bytes; load it by years",
                                 LIMIT_FILE_TEXT_BYTES));
    }
    *rows = (struct calendar_rows){
        .rows = arena_alloc(arena, lines_count(text, length) * sizeof(*rows->rows))};
    return rows_read(&reading, text, length);
}

// A year counts as announced when its first day is listed (decision 3).
static bool all_announced(const struct calendar_years *dealt, struct arena *arena,
                          struct settings_error *error)
{
    if (dealt->left_out_count == 0) {
        return true;
    }
    int32_t year = dealt->left_out[0].year;
    return settings_error_set(
        error, dealt->left_out[0].line, 1,
        arena_format(arena, "%d 年缺少 1 月 1 日；公布的日历总有这一天，请补上", year),
        arena_format(arena, "1 January %d is missing; every notice lists it, so add it", year));
}

bool calendar_file_read(const char *text, size_t length, const char *source, struct arena *arena,
                        Award__CalendarLoaded ***years, size_t *years_count,
                        struct settings_error *error)
{
    struct calendar_rows rows;
    char digest[DIGEST_TEXT_BYTES];
    if (!calendar_file_rows(text, length, arena, &rows, error)) {
        return false;
    }
    digest_of(text, length, digest);
    struct calendar_years dealt = calendar_rows_years(&rows, source, digest, arena);
    *years = dealt.years;
    *years_count = dealt.count;
    return all_announced(&dealt, arena, error);
}
