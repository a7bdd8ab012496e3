// calendar_ical_lines - the shape of an iCalendar file, which libical does not look at
//
// libical forgives: what has no END is dropped without a word, and it knows no line numbers. So the
// BEGIN and END lines are walked first, and the line of each entry is kept.
#include "settings/calendar_ical_lines.h"

#include "common/limits.h"

#include <string.h>
#include <strings.h>
#include <unistr.h>

enum { DEPTH_MAX = 8 };

struct part {
    const char *name;
    size_t length;
};

struct walk {
    struct arena *arena;
    struct settings_error *error;
    struct calendar_ical_lines *lines;
    struct part open[DEPTH_MAX];
    size_t depth;
    size_t calendars;
    size_t line;
};

static bool fail(const struct walk *walk, const char *zh, const char *en)
{
    return settings_error_set(walk->error, walk->line, walk->line > 0 ? 1 : 0, zh, en);
}

static bool part_is(struct part part, const char *name)
{
    return part.length == strlen(name) && strncasecmp(part.name, name, part.length) == 0;
}

static bool begin(struct walk *walk, struct part part)
{
    if (walk->depth == DEPTH_MAX) {
        return fail(walk, "BEGIN 嵌套太深；请核对文件是否完整", "BEGIN is nested too deep");
    }
    walk->calendars += walk->depth == 0 && part_is(part, "VCALENDAR") ? 1 : 0;
    if (walk->depth == 0 && (!part_is(part, "VCALENDAR") || walk->calendars > 1)) {
        return fail(walk, "文件应是一份 BEGIN:VCALENDAR … END:VCALENDAR",
                    "the file should be one BEGIN:VCALENDAR ... END:VCALENDAR");
    }
    if (walk->depth == 1 && part_is(part, "VEVENT")) {
        if (walk->lines->count == LIMIT_CALENDAR_EVENTS) {
            return fail(
                walk, arena_format(walk->arena, "日历事件超过 %d 个", LIMIT_CALENDAR_EVENTS),
                arena_format(walk->arena, "there are more than %d entries", LIMIT_CALENDAR_EVENTS));
        }
        walk->lines->events[walk->lines->count++] = walk->line;
    }
    walk->open[walk->depth++] = part;
    return true;
}

static bool end(struct walk *walk, struct part part)
{
    const struct part *open = walk->depth > 0 ? &walk->open[walk->depth - 1] : NULL;
    if (open == NULL || open->length != part.length ||
        strncasecmp(open->name, part.name, part.length) != 0) {
        return fail(walk, "END 与它前面的 BEGIN 不配对；请核对文件是否完整",
                    "this END does not match the BEGIN before it; is the file complete?");
    }
    walk->depth--;
    return true;
}

static bool line_take(struct walk *walk, const char *text, size_t length)
{
    static const char begins[] = "BEGIN:";
    static const char ends[] = "END:";
    if (length > sizeof(begins) - 1 && strncasecmp(text, begins, sizeof(begins) - 1) == 0) {
        return begin(walk, (struct part){text + sizeof(begins) - 1, length - sizeof(begins) + 1});
    }
    if (length > sizeof(ends) - 1 && strncasecmp(text, ends, sizeof(ends) - 1) == 0) {
        return end(walk, (struct part){text + sizeof(ends) - 1, length - sizeof(ends) + 1});
    }
    return walk->depth > 0 || length == 0 ||
           fail(walk, "BEGIN:VCALENDAR 之外不应有内容", "nothing stands outside BEGIN:VCALENDAR");
}

static bool bytes_good(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
            return false;
        }
    }
    return u8_check((const uint8_t *)text, length) == NULL;
}

static bool lines_walk(struct walk *walk, const char *text, size_t length)
{
    const char *stop = text + length;
    for (const char *at = text; at < stop;) {
        const char *newline = memchr(at, '\n', (size_t)(stop - at));
        const char *next = newline == NULL ? stop : newline + 1;
        size_t size = (size_t)((newline == NULL ? stop : newline) - at);
        size -= size > 0 && at[size - 1] == '\r' ? 1 : 0;
        walk->line++;
        if (!bytes_good(at, size)) {
            return fail(walk, "这一行不是 UTF-8，或有控制字符；请以 UTF-8 保存",
                        "the line is not UTF-8 or has control characters; save it as UTF-8");
        }
        bool folded = size > 0 && (at[0] == ' ' || at[0] == '\t');
        if (!folded && !line_take(walk, at, size)) {
            return false;
        }
        at = next;
    }
    return true;
}

bool calendar_ical_lines_read(const char *text, size_t length, struct arena *arena,
                              struct calendar_ical_lines *lines, struct settings_error *error)
{
    struct walk walk = {.arena = arena, .error = error, .lines = lines};
    if (length > LIMIT_CALENDAR_BYTES) {
        return fail(&walk,
                    arena_format(arena, "文件超过 %d 字节；请只导出节假日", LIMIT_CALENDAR_BYTES),
                    arena_format(arena, "the file is longer than %d bytes; export holidays alone",
                                 LIMIT_CALENDAR_BYTES));
    }
    *lines = (struct calendar_ical_lines){
        .events = arena_alloc(arena, LIMIT_CALENDAR_EVENTS * sizeof(*lines->events))};
    if (!lines_walk(&walk, text, length)) {
        return false;
    }
    return (walk.depth == 0 && walk.calendars == 1) ||
           fail(&walk, "文件不完整：缺少 END:VCALENDAR",
                "the file is not complete: END:VCALENDAR is missing");
}
