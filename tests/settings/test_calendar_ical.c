// Tests of calendar_ical: feeds as they are written, entries that are refused, files that are
// broken.
#include "common/limits.h"
#include "settings/calendar_ical.h"

#include "common/time.h"
#include "mutation.h"
#include "rules/calendar.h"
#include "settings/calendar_file.h"
#include "settings/calendar_source.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct settings_error error;
static struct calendar_rows rows;
static size_t passed_over;
static struct calendar_ical_options options;

static void begin(void)
{
    arena = arena_create();
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(calendar_ical, .init = begin, .fini = end);

static bool read_ical(const char *text, size_t length, struct settings_error *found)
{
    return calendar_ical_rows(text, length, &options, arena, &rows, &passed_over, found);
}

static void read_good(const char *text)
{
    cr_assert(read_ical(text, strlen(text), &error), "%zu:%zu %s", error.line, error.column,
              error.en);
}

static const char *file_read(const char *path, size_t *length)
{
    const char *text;
    cr_assert(file_text_read(path, LIMIT_CALENDAR_BYTES, arena, &text, length, &error), "%s",
              error.en);
    return text;
}

static struct calendar calendar_of(const struct calendar_rows *from)
{
    struct calendar_exception *exceptions = arena_alloc(arena, from->count * sizeof(*exceptions));
    for (size_t i = 0; i < from->count; i++) {
        exceptions[i] = (struct calendar_exception){from->rows[i].day, from->rows[i].working};
    }
    return (struct calendar){exceptions, from->count};
}

// ---- Whole feeds

static const struct feed {
    const char *path;
    bool only_marked;
    size_t passed_over;
} feeds[] = {
    {SOURCE_DIR "/tests/settings/calendars/marked.ics", true,  4},
    {SOURCE_DIR "/tests/settings/calendars/titles.ics", false, 0},
    {SOURCE_DIR "/tests/settings/calendars/hours.ics",  false, 0},
    {SOURCE_DIR "/tests/settings/calendars/days.ics",   false, 0},
};

enum { FEEDS = sizeof(feeds) / sizeof(feeds[0]) };

static void feed_read(const struct feed *feed)
{
    size_t length;
    const char *text = file_read(feed->path, &length);
    options.only_marked = feed->only_marked;
    cr_assert(calendar_ical_is(text, length));
    cr_assert(read_ical(text, length, &error), "%s:%zu %s", feed->path, error.line, error.en);
    cr_assert_eq(passed_over, feed->passed_over, "%s: %zu", feed->path, passed_over);
}

Test(calendar_ical, each_way_to_write_2026_gives_the_days_of_the_projects_calendar)
{
    size_t length;
    struct calendar_rows ours;
    const char *text = file_read(SOURCE_DIR "/rulebooks/cn-holidays.tsv", &length);
    cr_assert(calendar_file_rows(text, length, arena, &ours, &error));
    struct calendar expected = calendar_of(&ours);
    int32_t first = day_from_civil((struct civil){2026, 1, 1});
    for (size_t i = 0; i < FEEDS; i++) {
        feed_read(&feeds[i]);
        struct calendar found = calendar_of(&rows);
        cr_assert(calendar_announced(&found, 2026));
        for (int32_t day = first; day < first + 365; day++) {
            cr_assert_eq(calendar_working(&found, day), calendar_working(&expected, day),
                         "%s: day %d of the year", feeds[i].path, day - first + 1);
        }
    }
}

Test(calendar_ical, names_are_those_of_the_holidays)
{
    for (size_t i = 0; i < FEEDS; i++) {
        feed_read(&feeds[i]);
        cr_assert_str_eq(rows.rows[0].name, "元旦", "%s", feeds[i].path);
        cr_assert_str_eq(rows.rows[4].name, "春节", "%s", feeds[i].path);
        cr_assert(rows.rows[4].working);
    }
}

Test(calendar_ical, a_feed_with_festivals_is_an_error_at_the_first_that_has_no_mark)
{
    size_t length;
    const char *text = file_read(feeds[0].path, &length);
    cr_assert_not(read_ical(text, length, &error));
    cr_assert_eq(error.line, 7);
    cr_assert_not_null(strstr(error.en, "立春"), "%s", error.en);
    cr_assert_not_null(strstr(error.en, "festival-20260204"), "%s", error.en);
}

// ---- Entries

#define HEAD "BEGIN:VCALENDAR\nVERSION:2.0\n"
#define ENTRY(lines) "BEGIN:VEVENT\nUID:one\n" lines "END:VEVENT\n"
#define FOOT "END:VCALENDAR\n"

// clang-format off
static const struct days_row {
    const char *lines;
    const char *first; // of the days
    const char *last;
} days[] = {
    {"DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-01"},
    {"DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261008\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-07"},
    {"DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261001\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-01"},
    {"DTSTART;VALUE=DATE:20261001\nDURATION:P7D\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-07"},
    {"DTSTART;VALUE=DATE:20261001\nDURATION:P1W\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-07"},
    {"DTSTART;VALUE=DATE:20261228\nDTEND;VALUE=DATE:20270102\nSUMMARY:元旦（休）\n", "2026-12-28", "2027-01-01"},
    {"DTSTART;VALUE=DATE:20240228\nDTEND;VALUE=DATE:20240301\nSUMMARY:某日（休）\n", "2024-02-28", "2024-02-29"},
    {"DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261101\nSUMMARY:国庆节（休）\n", "2026-10-01", "2026-10-31"},
    {"DTSTART:20261010T090000\nDTEND:20261010T180000\nSUMMARY:国庆节（班）\n", "2026-10-10", "2026-10-10"},
    {"DTSTART;VALUE=DATE:20261001\nSUMMARY;LANGUAGE=zh\n _CN:国庆\n 节（休）\n", "2026-10-01", "2026-10-01"},
    {"DTSTART;VALUE=DATE:20261001\nCATEGORIES:节假日,休\nSUMMARY:国庆节\n", "2026-10-01", "2026-10-01"},
    {"DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\n", "2026-10-01", "2026-10-01"},
    {"DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节（休）\nLOCATION:\nDTSTAMP;VALUE=DATE:19760401\n", "2026-10-01", "2026-10-01"},
};
// clang-format on

Test(calendar_ical, an_entry_names_whole_days_up_to_the_day_before_its_end)
{
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        char first[DAY_TEXT_BYTES];
        char last[DAY_TEXT_BYTES];
        read_good(arena_format(arena, HEAD ENTRY("%s") FOOT, days[i].lines));
        day_format(rows.rows[0].day, first);
        day_format(rows.rows[rows.count - 1].day, last);
        cr_expect_str_eq(first, days[i].first, "%s: %s", days[i].lines, first);
        cr_expect_str_eq(last, days[i].last, "%s: %s", days[i].lines, last);
        cr_expect_eq(rows.rows[rows.count - 1].day - rows.rows[0].day + 1, (int)rows.count);
    }
}

static const char good[] = HEAD "BEGIN:VEVENT\n"
                                "UID:one\n"
                                "DTSTART;VALUE=DATE:20261001\n"
                                "DTEND;VALUE=DATE:20261008\n"
                                "SUMMARY:国庆节（休）\n"
                                "END:VEVENT\n"
                                "BEGIN:VEVENT\n"
                                "UID:two\n"
                                "DTSTART;VALUE=DATE:20261010\n"
                                "SUMMARY:国庆节（班）\n"
                                "END:VEVENT\n" FOOT;

// What is wrong with an entry is said of its first line, with its title and UID.
// clang-format off
static const struct bad_entry {
    const char *from;
    const char *to;
    const char *zh;
    const char *en;
} bad_entries[] = {
    {"国庆节（班）", "国庆节", "看不出是放假还是补班", "not told to be a day off or a make-up day"},
    {"国庆节（班）", "国庆节调休", "看不出", "not told"},
    {"SUMMARY:国庆节（班）\n", "", "看不出", "not told"},
    {"国庆节（班）\n", "国庆节（班）\nCATEGORIES:休\n", "既标为放假又标为补班", "both as a day off and"},
    {"国庆节（班）\n", "国庆节（班）\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\n", "既标为放假又标为补班", "both as a day off and"},
    {"国庆节（班）\n", "国庆节（班）\nX-APPLE-SPECIAL-DAY:TRUE\n", "应为 WORK-HOLIDAY", "neither WORK-HOLIDAY nor"},
    {"国庆节（班）\n", "国庆节（班）\nRRULE:FREQ=YEARLY\n", "是重复事件", "repeats"},
    {"国庆节（班）\n", "国庆节（班）\nRRULE:FREQ=OFTEN\n", "有一项读不懂", "cannot be read"},
    {"国庆节（班）\n", "国庆节（班）\nRDATE;VALUE=DATE:20261011\n", "是重复事件", "repeats"},
    {"国庆节（班）\n", "国庆节（班）\nSTATUS:CANCELLED\n", "标为已取消", "is cancelled"},
    {"国庆节（班）\n", "国庆节\\（班）\n", "标题读出来不成文字", "no text when it is read"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:P1D\nDTEND;VALUE=DATE:20261011\n", "起止日期有误", "wrong date"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:PT8H\n", "应为整日", "not whole days"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:-P1D\n", "应为整日", "not whole days"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:P0D\n", "应为整日", "not whole days"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:P99999999D\n", "应为整日", "not whole days"},
    {"国庆节（班）\n", "国庆节（班）\nDURATION:a day\n", "有一项读不懂", "cannot be read"},
    {"国庆节（班）\n", "国庆节（班）\nDTEND:\n", "有一项读不懂", "cannot be read"},
    {"国庆节（班）\n", "国庆节（班）\nDTEND;VALUE=DATE:20261009\n", "起止日期有误", "wrong date"},
    {"国庆节（班）\n", "国庆节（班）\nDTEND;VALUE=DATE:20261111\n", "长于 31 日", "longer than 31 days"},
    {"国庆节（班）\n", "国庆节（班）\nDTEND:20261011T000000\n", "起止日期有误", "wrong date"},
    {"国庆节（班）\n", "国庆节（班）\nDTSTART;VALUE=DATE:20261011\n", "起止日期有误", "wrong date"},
    {"DTSTART;VALUE=DATE:20261010\n", "", "起止日期有误", "wrong date"},
    {"DATE:20261010", "DATE:20261032", "起止日期有误", "wrong date"},
    {"DATE:20261010", "DATE:20261310", "起止日期有误", "wrong date"},
    {"DATE:20261010", "DATE:20260229", "起止日期有误", "wrong date"},
    {"DATE:20261010", "DATE:18000101", "起止日期有误", "wrong date"},
    {"DATE:20261010", "DATE:soon", "有一项读不懂", "cannot be read"},
    {";VALUE=DATE:20261010\n", ":20261010T090000Z\nDTEND:20261010T180000Z\n", "带有时区", "has a time zone"},
    {";VALUE=DATE:20261010\n", ";TZID=Asia/Tokyo:20261010T090000\nDTEND;TZID=Asia/Tokyo:20261010T180000\n", "带有时区", "has a time zone"},
    {";VALUE=DATE:20261010\n", ":20261010T090000\n", "起止日期有误", "wrong date"},
    {";VALUE=DATE:20261010\n", ":20261010T090000\nDTEND:20261011T090000\n", "不在同一日内起止", "does not begin and end on one day"},
    {";VALUE=DATE:20261010\n", ":20261010T090000\nDTEND:20261010T090000\n", "不在同一日内起止", "does not begin and end on one day"},
};
// clang-format on

Test(calendar_ical, what_is_not_sure_of_an_entry_is_an_error_that_names_it)
{
    read_good(good);
    cr_assert_eq(rows.count, 8);
    for (size_t i = 0; i < sizeof(bad_entries) / sizeof(bad_entries[0]); i++) {
        const struct bad_entry *bad = &bad_entries[i];
        const char *at = strstr(good, bad->from);
        cr_assert_not_null(at, "%s", bad->from);
        const char *text = arena_format(arena, "%.*s%s%s", (int)(at - good), good, bad->to,
                                        at + strlen(bad->from));
        memset(&error, 0, sizeof(error));
        cr_assert_not(read_ical(text, strlen(text), &error), "%s: was taken", bad->to);
        cr_expect_eq(error.line, 9, "%s: line %zu", bad->to, error.line);
        cr_expect_not_null(strstr(error.zh, bad->zh), "%s: %s", bad->to, error.zh);
        cr_expect_not_null(strstr(error.en, bad->en), "%s: %s", bad->to, error.en);
        cr_expect_not_null(strstr(error.en, "UID two"), "%s: %s", bad->to, error.en);
    }
}

Test(calendar_ical, a_day_that_two_entries_name_is_the_same_in_both)
{
    read_good(HEAD ENTRY("DTSTART;VALUE=DATE:20201001\nSUMMARY:国庆节（休）\n")
                  ENTRY("DTSTART;VALUE=DATE:20201001\nSUMMARY:中秋节（休）\n") FOOT);
    cr_assert_eq(rows.count, 1);
    cr_assert_str_eq(rows.rows[0].name, "国庆节");
    const char *text = HEAD ENTRY("DTSTART;VALUE=DATE:20201001\nSUMMARY:国庆节（休）\n")
        ENTRY("DTSTART;VALUE=DATE:20201001\nSUMMARY:中秋节（班）\n") FOOT;
    cr_assert_not(read_ical(text, strlen(text), &error));
    cr_assert_eq(error.line, 8);
    cr_assert_not_null(strstr(error.en, "2020-10-01"), "%s", error.en);
    cr_assert_not_null(strstr(error.en, "line 3"), "%s", error.en);
}

// ---- Files

// clang-format off
static const struct bad_file bad_files[] = {
    {"END:VEVENT\nEND", "^END", "不配对", "does not match"},
    {"END:VCALENDAR\n", "END:VCALENDAR\n^DTSTART:1", "之外不应有内容", "nothing stands outside"},
    {"END:VCALENDAR\n", "END:VCALENDAR\n^END:VEVENT", "不配对", "does not match"},
    {"END:VCALENDAR\n", "END:VCALENDAR\n^BEGIN:VCALENDAR\nEND:VCALENDAR", "应是一份", "should be one"},
    {"BEGIN:VCALENDAR\n", "^BEGIN:VTODO\n", "应是一份", "should be one"},
    {"SUMMARY:国庆节（休）", "^SUMMARY:国庆\x01节", "控制字符", "control characters"},
    {"SUMMARY:国庆节（休）", "^SUMMARY:\xB9\xFA", "UTF-8", "UTF-8"},
    {"VERSION:2.0\n", "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n^BEGIN:A\n", "嵌套太深", "nested too deep"},
};
// clang-format on

Test(calendar_ical, a_broken_file_is_refused_at_its_line)
{
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(good, &bad_files[i], read_ical);
    }
}

Test(calendar_ical, a_file_that_was_cut_off_is_refused)
{
    for (size_t length = 0; length < sizeof(good) - 2; length++) {
        const char *text = arena_format(arena, "%.*s", (int)length, good);
        cr_assert_not(read_ical(text, length, &error), "%zu bytes were taken", length);
    }
}

Test(calendar_ical, a_folded_begin_hides_no_entry)
{
    const char *text = HEAD ENTRY(
        "DTSTART;VALUE=DATE:20261001\nSUMMARY:国庆节（休）\n") "BEG\n "
                                                               "IN:VEVENT\nDTSTART;VALUE=DATE:"
                                                               "20261002\nSUMMARY:"
                                                               "国庆节（休）\nEND:VEVENT\n" FOOT;
    cr_assert_not(read_ical(text, strlen(text), &error));
}

Test(calendar_ical, a_mark_of_byte_order_and_ends_of_lines_make_no_difference)
{
    read_good("\xEF\xBB\xBF"
              "BEGIN:VCALENDAR\r\nbegin:vevent\r\nDTSTART;VALUE=DATE:20261001\r\n"
              "SUMMARY:国庆节（休）\r\nend:vevent\r\nEND:VCALENDAR");
    cr_assert_eq(rows.count, 1);
    cr_assert_eq(rows.rows[0].line, 2);
}

Test(calendar_ical, a_file_without_days_is_refused)
{
    const char *text = HEAD FOOT;
    cr_assert_not(read_ical(text, strlen(text), &error));
    cr_assert_not_null(strstr(error.en, "lists no day off"), "%s", error.en);
}

Test(calendar_ical, the_bounds_are_said)
{
    char *text = arena_alloc(arena, LIMIT_CALENDAR_BYTES + 2);
    memset(text, '\n', LIMIT_CALENDAR_BYTES + 1);
    cr_assert_not(read_ical(text, LIMIT_CALENDAR_BYTES + 1, &error));
    cr_assert_not_null(strstr(error.en, "2097152 bytes"), "%s", error.en);
    static const char entry[] = "BEGIN:VEVENT\nEND:VEVENT\n";
    size_t length = strlen("BEGIN:VCALENDAR\n");
    memcpy(text, "BEGIN:VCALENDAR\n", length);
    for (size_t i = 0; i <= LIMIT_CALENDAR_EVENTS; i++) {
        memcpy(text + length, entry, sizeof(entry) - 1);
        length += sizeof(entry) - 1;
    }
    text[length] = '\0';
    cr_assert_not(read_ical(text, length, &error));
    cr_assert_not_null(strstr(error.en, "more than 10000 entries"), "%s", error.en);
    cr_assert_eq(error.line, 2 + 2 * (size_t)LIMIT_CALENDAR_EVENTS);
}

// Every byte of every feed made another one, or left out: what is still taken keeps what is
// promised of rows.
static void rows_hold(void)
{
    cr_assert(rows.count > 0 && rows.count <= LIMIT_CALENDAR_DAYS);
    for (size_t i = 0; i < rows.count; i++) {
        cr_assert(day_valid(rows.rows[i].day));
        cr_assert(i == 0 || rows.rows[i - 1].day < rows.rows[i].day);
        cr_assert(calendar_name_valid(rows.rows[i].name, strlen(rows.rows[i].name)));
        cr_assert_gt(rows.rows[i].line, 0);
    }
}

Test(calendar_ical, no_changed_byte_breaks_the_reader, .timeout = 120)
{
    static const char others[] = {'\0', '\n', ' ', ':', ';', '9', 'Z', '\xFF'};
    size_t length = sizeof(good) - 1;
    for (size_t at = 0; at < length; at++) {
        for (size_t i = 0; i <= sizeof(others); i++) {
            arena_reset(arena);
            char *text = arena_string(arena, good);
            size_t size = length;
            if (i < sizeof(others)) {
                text[at] = others[i];
            } else {
                memmove(text + at, text + at + 1, length - at);
                size--;
            }
            if (read_ical(text, size, &error)) {
                rows_hold();
            }
        }
    }
}

// ---- Years of either format

Test(calendar_ical, days_of_a_year_without_its_first_day_are_left_out_and_counted)
{
    static const char text[] =
        HEAD ENTRY("DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261008\nSUMMARY:国庆节（休）\n")
            ENTRY("DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270104\nSUMMARY:元旦（休）\n")
                ENTRY("DTSTART;VALUE=DATE:20280126\nSUMMARY:春节（休）\n") FOOT;
    struct calendar_source source;
    cr_assert(calendar_source_read(text, sizeof(text) - 1, "feed", false, arena, &source, &error),
              "%s", error.en);
    cr_assert_eq(source.years.count, 1);
    cr_assert_eq(source.years.years[0]->year, 2027);
    cr_assert_eq(source.years.years[0]->n_exceptions, 4);
    cr_assert_str_eq(source.years.years[0]->source, "feed");
    cr_assert_eq(strlen(source.years.years[0]->digest), 64);
    cr_assert_eq(source.years.left_out_count, 2);
    cr_assert_eq(source.years.left_out[0].year, 2026);
    cr_assert_eq(source.years.left_out[0].days, 7);
    cr_assert_eq(source.years.left_out[0].line, 3);
    cr_assert_eq(source.years.left_out[1].year, 2028);
}

Test(calendar_ical, the_projects_own_format_is_told_by_its_beginning)
{
    static const char text[] = "2026-01-01\tholiday\t元旦\n2027-02-06\tholiday\t春节\n";
    struct calendar_source source;
    cr_assert_not(calendar_ical_is(text, sizeof(text) - 1));
    cr_assert(calendar_source_read(text, sizeof(text) - 1, "file", false, arena, &source, &error));
    cr_assert_eq(source.years.count, 1);
    cr_assert_eq(source.years.left_out_count, 1);
}
