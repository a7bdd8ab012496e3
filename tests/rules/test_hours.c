// test_hours - when what can wait may come, to the millisecond
#include "rules/hours.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

// 2018-01-05 is a Friday; the Sunday after it is worked here, the Monday off.
static struct calendar_exception exceptions[2];
static struct calendar calendar = {.exceptions = exceptions, .exceptions_count = 2};

static int64_t moment(const char *text)
{
    int64_t moment_ms = 0;
    cr_assert(moment_parse(text, strlen(text), &moment_ms), "%s", text);
    return moment_ms;
}

static void setup(void)
{
    exceptions[0] =
        (struct calendar_exception){day_of_moment(moment("2018-01-07T12:00:00+08:00")), true};
    exceptions[1] =
        (struct calendar_exception){day_of_moment(moment("2018-01-08T12:00:00+08:00")), false};
}

TestSuite(hours, .init = setup);

struct row {
    const char *from; // moments of 2018-01, without what all have
    const char *next;
};

static void walk(const struct hours *hours, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char from[64];
        char next[64];
        (void)snprintf(from, sizeof(from), "2018-01-%s+08:00", rows[i].from);
        (void)snprintf(next, sizeof(next), "2018-01-%s+08:00", rows[i].next);
        char found[MOMENT_TEXT_BYTES];
        int64_t found_ms = hours_next(hours, &calendar, moment(from));
        moment_format(found_ms, found);
        cr_expect_eq(found_ms, moment(next), "%s: %s, not %s", from, found, next);
        cr_expect_eq(hours_next(hours, &calendar, found_ms), found_ms, "%s moves on", found);
    }
}

#define WALK(hours, rows) walk((hours), (rows), sizeof(rows) / sizeof((rows)[0]))

Test(hours, over_midnight_nothing_comes_from_the_first_millisecond_until_before_the_last)
{
    const struct hours hours = {0, 1440, 22 * 60, 7 * 60};
    static const struct row rows[] = {
        {"05T21:59:59.999", "05T21:59:59.999"},
        {"05T22:00:00.000", "06T07:00:00.000"},
        {"05T23:59:59.999", "06T07:00:00.000"},
        {"06T00:00:00.000", "06T07:00:00.000"},
        {"06T06:59:59.999", "06T07:00:00.000"},
        {"06T07:00:00.000", "06T07:00:00.000"},
        {"06T07:00:00.001", "06T07:00:00.001"},
    };
    WALK(&hours, rows);
}

Test(hours, over_lunch_what_can_wait_comes_at_its_end)
{
    const struct hours hours = {510, 1080, 720, 840};
    static const struct row rows[] = {
        {"05T08:29:59.999", "05T08:30:00.000"},
        {"05T11:59:59.999", "05T11:59:59.999"},
        {"05T12:00:00.000", "05T14:00:00.000"},
        {"05T13:59:59.999", "05T14:00:00.000"},
        {"05T14:00:00.000", "05T14:00:00.000"},
        {"05T18:00:00.000", "05T18:00:00.000"},
        {"05T18:00:00.001", "07T08:30:00.000"}, // the Sunday that is worked
        {"07T18:00:00.001", "09T08:30:00.000"},
    };
    WALK(&hours, rows);
}

Test(hours, the_quiet_ones_cut_off_the_beginning_and_the_end_of_the_others)
{
    const struct hours hours = {480, 1200, 1080, 540}; // 08:00 to 20:00, less 18:00 to 09:00
    static const struct row rows[] = {
        {"05T07:00:00.000", "05T09:00:00.000"},
        {"05T08:59:59.999", "05T09:00:00.000"},
        {"05T09:00:00.000", "05T09:00:00.000"},
        {"05T17:59:59.999", "05T17:59:59.999"},
        {"05T18:00:00.000", "07T09:00:00.000"}, // not on the Saturday
        {"06T12:00:00.000", "07T09:00:00.000"},
        {"07T20:00:00.001", "09T09:00:00.000"},
    };
    WALK(&hours, rows);
}

Test(hours, that_begin_and_end_at_one_minute_are_not_quiet)
{
    static const uint32_t minutes[] = {0, 1, 540, 1439};
    static const struct row rows[] = {
        {"05T00:00:00.000", "05T00:00:00.000"},
        {"05T09:00:00.000", "05T09:00:00.000"},
        {"05T23:59:59.999", "05T23:59:59.999"},
    };
    for (size_t i = 0; i < sizeof(minutes) / sizeof(minutes[0]); i++) {
        const struct hours hours = {0, 1440, minutes[i], minutes[i]};
        WALK(&hours, rows);
        cr_expect(hours_leave_time(&hours));
    }
}

Test(hours, that_are_all_quiet_are_as_if_none_were)
{
    const struct hours hours = {510, 1080, 480, 1080};
    static const struct row rows[] = {
        {"05T08:00:00.000", "05T08:30:00.000"},
        {"05T12:00:00.000", "05T12:00:00.000"},
        {"05T18:00:00.001", "07T08:30:00.000"},
    };
    WALK(&hours, rows);
}

Test(hours, of_a_calendar_that_has_no_working_day_for_a_year_are_only_quiet)
{
    enum { YEAR = 366 };
    const struct hours hours = {510, 1080, 720, 840};
    const int32_t first = day_of_moment(moment("2018-01-05T12:00:00+08:00"));
    const int64_t early_ms = moment("2018-01-05T06:00:00+08:00");
    for (int32_t days = YEAR - 1; days <= YEAR; days++) { // off, and then one that is worked
        struct calendar_exception off[YEAR + 1];
        for (int32_t i = 0; i <= days; i++) {
            off[i] = (struct calendar_exception){first + i, i == days};
        }
        const struct calendar none = {.exceptions = off, .exceptions_count = (size_t)days + 1};
        cr_expect_eq(hours_next(&hours, &none, early_ms),
                     days < YEAR ? day_start(first + days) + INT64_C(510) * 60000 : early_ms);
    }
}

Test(hours, without_a_calendar_are_only_quiet)
{
    const struct hours hours = {510, 1080, 720, 840};
    cr_expect_eq(hours_next(&hours, NULL, moment("2018-01-06T03:00:00+08:00")),
                 moment("2018-01-06T03:00:00+08:00"));
    cr_expect_eq(hours_next(&hours, NULL, moment("2018-01-06T12:30:00+08:00")),
                 moment("2018-01-06T14:00:00+08:00"));
}

// ---- Against a day laid out minute by minute

enum { STEP = 45 };

static bool quiet_minute(const struct hours *hours, uint32_t minute)
{
    bool behind = minute >= hours->quiet_from;
    bool before = minute < hours->quiet_until;
    return hours->quiet_from <= hours->quiet_until ? behind && before : behind || before;
}

static bool open_minute(const struct hours *hours, uint32_t minute)
{
    bool any_time = hours->from == 0 && hours->until == 1440;
    return (any_time || (minute >= hours->from && minute <= hours->until)) &&
           !quiet_minute(hours, minute);
}

static bool some_left(const struct hours *hours)
{
    for (uint32_t minute = hours->from; minute < hours->until; minute++) {
        if (!quiet_minute(hours, minute)) {
            return true;
        }
    }
    return false;
}

// From each minute mark of Tuesday 2018-01-09, which a working day follows.
static void compare(const struct hours *hours)
{
    const int64_t day_ms = moment("2018-01-09T00:00:00+08:00");
    cr_assert_eq(hours_leave_time(hours), some_left(hours), "%u-%u less %u-%u", hours->from,
                 hours->until, hours->quiet_from, hours->quiet_until);
    for (uint32_t minute = 0; some_left(hours) && minute < 1440; minute += STEP) {
        uint32_t later = minute;
        while (!open_minute(hours, later % 1440)) {
            later++;
        }
        int64_t found_ms = hours_next(hours, &calendar, day_ms + (int64_t)minute * 60000);
        cr_assert_eq(found_ms, day_ms + (int64_t)later * 60000, "%u-%u less %u-%u at %u",
                     hours->from, hours->until, hours->quiet_from, hours->quiet_until, minute);
    }
}

Test(hours, are_what_a_day_laid_out_by_minutes_says, .timeout = 60)
{
    for (uint32_t begin = 0; begin < 1440; begin += STEP) {
        for (uint32_t end = 0; end <= 1440; end += STEP) {
            compare(&(struct hours){0, 1440, begin, end});
            for (uint32_t from = 0; from < 1395; from += 2 * STEP) {
                for (uint32_t until = from + STEP; until <= 1395; until += 2 * STEP) {
                    compare(&(struct hours){from, until, begin, end});
                }
            }
        }
    }
}
