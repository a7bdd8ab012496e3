// calendar_ical - reads days off and make-up days out of an iCalendar file (RFC 5545)
//
// The shape is checked first (calendar_ical_lines), then libical reads the file and each entry is
// looked at by itself (calendar_ical_entry). At the end the days are put in order; a day that two
// entries name must be the same in both.
#include "settings/calendar_ical.h"

#include "common/limits.h"
#include "common/time.h"
#include "settings/calendar_ical_entry.h"
#include "settings/calendar_ical_lines.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";
struct reading {
    const struct calendar_ical_options *options;
    struct arena *arena;
    struct settings_error *error;
    struct calendar_rows *rows;
    size_t passed_over;
};

// ---- All entries

static bool entry_take(struct reading *reading, struct calendar_ical_entry *entry)
{
    if (reading->options->only_marked && !calendar_ical_entry_marked(entry)) {
        reading->passed_over++;
        return true;
    }
    if (!calendar_ical_entry_read(entry)) {
        return false;
    }
    for (int32_t day = entry->first; day <= entry->last; day++) {
        if (reading->rows->count == LIMIT_CALENDAR_DAYS) {
            return calendar_ical_entry_fail(
                entry,
                arena_format(reading->arena, "之前已有 %d 日，文件太长；请分年导入",
                             LIMIT_CALENDAR_DAYS),
                arena_format(reading->arena, "is behind %d days already; import by years",
                             LIMIT_CALENDAR_DAYS));
        }
        reading->rows->rows[reading->rows->count++] =
            (struct calendar_row){day, entry->kind == CALENDAR_WORKING, entry->name, entry->line};
    }
    return true;
}

static bool entries_read(struct reading *reading, icalcomponent *root,
                         const struct calendar_ical_lines *lines)
{
    size_t index = 0;
    icalcomponent *component =
        root != NULL ? icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT) : NULL;
    for (; component != NULL && index < lines->count; index++) {
        struct calendar_ical_entry entry = calendar_ical_entry_open(component, lines->events[index],
                                                                    reading->arena, reading->error);
        if (!entry_take(reading, &entry)) {
            return false;
        }
        component = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT);
    }
    return (component == NULL && index == lines->count) ||
           settings_error_set(reading->error, 0, 0,
                              "日历文件的结构有误：有的 BEGIN:VEVENT 读不出来；请重新导出",
                              "the structure is wrong: some BEGIN:VEVENT cannot be read; export "
                              "the file again");
}

static int row_compare(const void *a, const void *b)
{
    const struct calendar_row *left = a;
    const struct calendar_row *right = b;
    if (left->day != right->day) {
        return left->day < right->day ? -1 : 1;
    }
    return left->line < right->line ? -1 : left->line > right->line;
}

// In order, each day once.
static bool rows_settle(struct reading *reading)
{
    struct calendar_rows *rows = reading->rows;
    size_t kept = 0;
    qsort(rows->rows, rows->count, sizeof(*rows->rows), row_compare);
    for (size_t i = 0; i < rows->count; i++) {
        const struct calendar_row *row = &rows->rows[i];
        const struct calendar_row *before = kept > 0 ? &rows->rows[kept - 1] : NULL;
        char day[DAY_TEXT_BYTES];
        day_format(row->day, day);
        if (before == NULL || before->day != row->day) {
            rows->rows[kept++] = *row;
        } else if (before->working != row->working) {
            return settings_error_set(
                reading->error, row->line, 1,
                arena_format(reading->arena, "%s 在第 %zu 行和这里一处放假、一处补班；请核对", day,
                             before->line),
                arena_format(reading->arena,
                             "%s is a day off in one place and a make-up day in the other, line "
                             "%zu and here; check it",
                             day, before->line));
        }
    }
    rows->count = kept;
    return kept > 0 || settings_error_set(reading->error, 0, 0,
                                          "文件中没有任何放假或补班的日期；请核对文件和选项",
                                          "the file lists no day off and no make-up day; check "
                                          "the file and the options");
}

bool calendar_ical_is(const char *text, size_t length)
{
    static const char begin[] = "BEGIN:VCALENDAR";
    size_t mark = strlen(byte_order_mark);
    if (length >= mark && memcmp(text, byte_order_mark, mark) == 0) {
        text += mark;
        length -= mark;
    }
    return length >= strlen(begin) && strncasecmp(text, begin, strlen(begin)) == 0;
}

bool calendar_ical_rows(const char *text, size_t length,
                        const struct calendar_ical_options *options, struct arena *arena,
                        struct calendar_rows *rows, size_t *passed_over,
                        struct settings_error *error)
{
    struct reading reading = {.options = options, .arena = arena, .error = error, .rows = rows};
    struct calendar_ical_lines lines;
    size_t mark = strlen(byte_order_mark);
    if (length >= mark && memcmp(text, byte_order_mark, mark) == 0) {
        text += mark;
        length -= mark;
    }
    if (!calendar_ical_lines_read(text, length, arena, &lines, error)) {
        return false;
    }
    *rows = (struct calendar_rows){
        .rows = arena_alloc(arena, LIMIT_CALENDAR_DAYS * sizeof(*rows->rows))};
    icalerror_set_errors_are_fatal(false);
    icalcomponent *root = icalparser_parse_string(text);
    bool good = entries_read(&reading, root, &lines) && rows_settle(&reading);
    if (root != NULL) {
        icalcomponent_free(root);
    }
    icalmemory_free_ring();
    *passed_over = reading.passed_over;
    return good;
}
