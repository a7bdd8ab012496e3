// Tests of calendar: each day of 2007-2026 against a reference of the test's own.
//
// The reference is one array of days from 2006 to 2028 with two flags, filled from the lines of the
// project's calendar; periods are counted along it day by day.
#include "rules/calendar.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 2006, END_YEAR = 2029, ROWS_MAX = 1000, DAYS_MAX = 9000 };

static struct calendar_exception exceptions[ROWS_MAX];
static struct calendar calendar = {.exceptions = exceptions};
static bool working[DAYS_MAX]; // by day from `origin` on
static bool open[DAYS_MAX];    // a notice that is still to come could change it
static int32_t origin;

static int32_t civil(int32_t year, int32_t month, int32_t day)
{
    return day_from_civil((struct civil){year, month, day});
}

static void load(void)
{
    origin = civil(FIRST_YEAR, 1, 1);
    for (int32_t day = origin; day < civil(END_YEAR, 1, 1); day++) {
        working[day - origin] = day_weekday(day) <= 5;
        // The file announces 2007 to 2026.
        open[day - origin] = day < civil(2007, 1, 1) || day >= civil(2026, 12, 25);
    }
    FILE *file = fopen(SOURCE_DIR "/rulebooks/cn-holidays.tsv", "r");
    cr_assert_not_null(file);
    char line[512];
    while (fgets(line, sizeof(line), file) != NULL) {
        int year;
        int month;
        int day;
        char kind[16];
        if (line[0] == '#') {
            continue;
        }
        cr_assert_eq(sscanf(line, "%d-%d-%d %15s", &year, &month, &day, kind), 4);
        cr_assert_lt(calendar.exceptions_count, (size_t)ROWS_MAX);
        int32_t number = civil(year, month, day);
        bool make_up = strcmp(kind, "workday") == 0;
        working[number - origin] = make_up;
        exceptions[calendar.exceptions_count++] =
            (struct calendar_exception){.day = number, .working = make_up};
    }
    (void)fclose(file);
}

TestSuite(calendar, .init = load);

static const char *text(int32_t day)
{
    static char buffers[4][DAY_TEXT_BYTES];
    static int next;
    char *buffer = buffers[next++ % 4];
    day_format(day, buffer);
    return buffer;
}

static struct period_end reference_working_days(const struct period *period, int32_t start)
{
    struct period_end end = {.last = period->first_day_counted ? start - 1 : start};
    uint32_t left = period->length;
    while (left > 0) {
        end.last++;
        end.provisional |= open[end.last - origin];
        left -= working[end.last - origin];
    }
    return end;
}

// Where the civil end of a period is moved, or not.
static struct period_end reference_rolled(const struct period *period, int32_t last)
{
    struct period_end end = {.last = last};
    if (period->roll_last_day) {
        end.provisional = open[last - origin];
        while (!working[end.last - origin]) {
            end.last++;
            end.provisional |= open[end.last - origin];
        }
    }
    return end;
}

static void expect(const struct period *period, int32_t start, struct period_end wanted)
{
    struct period_end end = period_count(period, start, &calendar);
    cr_assert(end.last == wanted.last && end.provisional == wanted.provisional,
              "%u (unit %d, first %d, roll %d) from %s: %s%s, not %s%s", period->length,
              (int)period->unit, period->first_day_counted, period->roll_last_day, text(start),
              text(wanted.last), wanted.provisional ? " provisional" : "", text(end.last),
              end.provisional ? " provisional" : "");
}

// decision 3
Test(calendar, every_day_of_2007_to_2026_is_what_the_notices_say)
{
    for (int32_t day = civil(2007, 1, 1); day <= civil(2026, 12, 31); day++) {
        cr_assert_eq(calendar_working(&calendar, day), working[day - origin], "%s", text(day));
    }
}

Test(calendar, years_are_announced_when_their_first_day_is_listed)
{
    for (int32_t year = FIRST_YEAR; year < END_YEAR; year++) {
        cr_assert_eq(calendar_announced(&calendar, year), year >= 2007 && year <= 2026, "%d", year);
    }
    cr_assert_eq(calendar_last_year(&calendar), 2026);
    struct calendar_exception first = {civil(2018, 1, 1), false};
    cr_assert_eq(calendar_last_year(&(struct calendar){&first, 1}), 2018);
    first.day = civil(2018, 1, 2);
    cr_assert_eq(calendar_last_year(&(struct calendar){&first, 1}), 0);
    first.day = civil(2018, 10, 1);
    cr_assert_eq(calendar_last_year(&(struct calendar){&first, 1}), 0);
}

Test(calendar, an_empty_calendar_has_weekends_alone_and_no_year)
{
    const struct calendar empty = {0};
    cr_assert_eq(calendar_last_year(&empty), 0);
    cr_assert(calendar_working(&empty, civil(2018, 10, 1)));
    cr_assert_not(calendar_working(&empty, civil(2018, 9, 29)));
}

// decision 3, F-period-1
Test(calendar, working_days_from_every_day_run_through_make_up_days)
{
    static const uint32_t lengths[] = {1, 2, 5, 7, 10, 15, 30, 100};
    for (int32_t start = civil(2006, 6, 1); start <= civil(2027, 6, 30); start++) {
        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
            for (int flags = 0; flags < 4; flags++) {
                const struct period period = {.length = lengths[i],
                                              .unit = PERIOD_WORKING_DAYS,
                                              .first_day_counted = (flags & 1) != 0,
                                              .roll_last_day = (flags & 2) != 0};
                expect(&period, start, reference_working_days(&period, start));
            }
        }
    }
}

// decision 1, decision 2, F-period-1
Test(calendar, calendar_days_from_every_day_end_as_counted_or_on_the_next_working_day)
{
    for (int32_t start = civil(2006, 12, 1); start <= civil(2027, 6, 30); start++) {
        for (uint32_t length = 1; length <= 40; length++) {
            for (int flags = 0; flags < 4; flags++) {
                const struct period period = {.length = length,
                                              .unit = PERIOD_DAYS,
                                              .first_day_counted = (flags & 1) != 0,
                                              .roll_last_day = (flags & 2) != 0};
                int32_t last = start + (int32_t)length - (period.first_day_counted ? 1 : 0);
                expect(&period, start, reference_rolled(&period, last));
            }
        }
    }
}

// The same day so many months on, found by walking: the day of the month, or the last there is.
static int32_t reference_months(int32_t start, uint32_t months)
{
    struct civil from = day_to_civil(start);
    int32_t year = from.year;
    int32_t month = from.month;
    for (uint32_t i = 0; i < months; i++) {
        month = month == 12 ? 1 : month + 1;
        year += month == 1 ? 1 : 0;
    }
    int32_t day = civil(year, month, 1);
    while (day_to_civil(day).day < from.day && day_to_civil(day + 1).month == month) {
        day++;
    }
    return day;
}

// decision 1
Test(calendar, months_and_years_end_on_the_same_day_or_the_last_of_the_month)
{
    for (int32_t start = civil(2007, 1, 1); start <= civil(2022, 12, 31); start++) {
        for (uint32_t length = 1; length <= 24; length++) {
            for (int roll = 0; roll < 2; roll++) {
                const struct period months = {
                    .length = length, .unit = PERIOD_MONTHS, .roll_last_day = roll == 1};
                expect(&months, start, reference_rolled(&months, reference_months(start, length)));
            }
        }
        for (uint32_t length = 1; length <= 5; length++) {
            const struct period years = {.length = length, .unit = PERIOD_YEARS};
            expect(&years, start, reference_rolled(&years, reference_months(start, length * 12)));
        }
    }
}

struct example {
    struct civil start;
    struct period period;
    struct civil last;
    bool provisional;
};

static const struct period fifteen_working_days = {.length = 15, .unit = PERIOD_WORKING_DAYS};
static const struct period publicity = {.length = 7, .unit = PERIOD_DAYS, .roll_last_day = true};

static void expect_example(struct example example)
{
    expect(&example.period, day_from_civil(example.start),
           (struct period_end){day_from_civil(example.last), example.provisional});
}

// decision 2; 16(7).2
Test(calendar, publicity_that_ends_in_national_day_moves_to_8_october)
{
    // Published Monday 09-28: day 1 is 09-29, day 7 is 10-05; off until 10-07, so 10-08.
    expect_example((struct example){
        {2026, 9,  28},
        publicity, {2026, 10, 8 },
        false
    });
}

// decision 2, F-period-1; 16(7).2
Test(calendar, publicity_where_its_first_day_counts_and_no_end_moves_ends_on_a_sunday)
{
    // 2020-11-09 to 2020-11-15, as a district's notice printed it.
    const struct period printed = {.length = 7, .unit = PERIOD_DAYS, .first_day_counted = true};
    expect_example((struct example){
        {2020, 11, 9 },
        printed, {2020, 11, 15},
        false
    });
}

// decision 3; 19s1
Test(calendar, fifteen_working_days_across_national_day)
{
    // Thursday 2018-09-20. 1: Fri 21. Sat, Sun and Mon 24 (Mid-Autumn) off. 2-5: Tue 25 to Fri 28.
    // 6, 7: Sat 29 and Sun 30, made up. 10-01 to 10-07 off. 8-12: Mon 8 to Fri 12. 13-15: Mon 15 to
    // Wed 17.
    expect_example((struct example){
        {2018, 9,  20},
        fifteen_working_days, {2018, 10, 17},
        false
    });
}

// decision 3; 19s1
Test(calendar, fifteen_working_days_across_spring_festival)
{
    // Friday 2019-01-25. 1-5: Mon 28 to Fri 02-01. 6, 7: Sat 2 and Sun 3, made up. 4 to 10 off.
    // 8-12: Mon 11 to Fri 15. 13-15: Mon 18 to Wed 20.
    expect_example((struct example){
        {2019, 1, 25},
        fifteen_working_days, {2019, 2, 20},
        false
    });
}

// decision 3, F-period-2
Test(calendar, working_days_that_touch_25_december_before_an_unannounced_year_are_provisional)
{
    // Thursday 2026-12-03: the fifteenth is Thursday 24. A day later it is Friday 25.
    expect_example((struct example){
        {2026, 12, 3 },
        fifteen_working_days, {2026, 12, 24},
        false
    });
    expect_example((struct example){
        {2026, 12, 4 },
        fifteen_working_days, {2026, 12, 25},
        true
    });
    // Before an announced year the last days of December are known.
    expect_example((struct example){
        {2018, 12, 10},
        fifteen_working_days, {2018, 12, 29},
        false
    });
}

// F-period-2
Test(calendar, calendar_days_are_provisional_only_where_their_end_can_move)
{
    const struct period fixed = {.length = 7, .unit = PERIOD_DAYS};
    expect_example((struct example){
        {2026, 12, 17},
        publicity, {2026, 12, 24},
        false
    });
    expect_example((struct example){
        {2026, 12, 18},
        publicity, {2026, 12, 25},
        true
    });
    expect_example((struct example){
        {2026, 12, 12},
        publicity, {2026, 12, 21},
        false
    });
    expect_example((struct example){
        {2027, 3, 1},
        publicity, {2027, 3, 8},
        true
    });
    expect_example((struct example){
        {2027, 3, 1},
        fixed, {2027, 3, 8},
        false
    });
}

Test(calendar, years_from_29_february_end_on_28_february)
{
    const struct period five = {.length = 5, .unit = PERIOD_YEARS};
    const struct period four = {.length = 4, .unit = PERIOD_YEARS};
    expect_example((struct example){
        {2016, 2, 29},
        five, {2021, 2, 28},
        false
    });
    expect_example((struct example){
        {2016, 2, 29},
        four, {2020, 2, 29},
        false
    });
}

Test(calendar, months_that_count_their_first_day_are_full_the_day_before)
{
    const struct period month = {.length = 1, .unit = PERIOD_MONTHS, .first_day_counted = true};
    expect_example((struct example){
        {2018, 3, 1 },
        month, {2018, 3, 31},
        false
    });
    expect_example((struct example){
        {2018, 1, 31},
        month, {2018, 2, 28},
        false
    });
    expect_example((struct example){
        {2018, 3, 15},
        month, {2018, 4, 14},
        false
    });
}

Test(calendar, days_of_a_december_come_in_either_notice_and_none_is_lost)
{
    // The notice of 2022 has the 29th off, that of 2023 the 27th and 1 January.
    static const struct civil days[] = {
        {2022, 1,  1 },
        {2022, 12, 29},
        {2022, 12, 27},
        {2023, 1,  1 }
    };
    struct calendar_exception listed[4];
    for (size_t i = 0; i < 4; i++) {
        calendar_insert(listed, i, (struct calendar_exception){day_from_civil(days[i]), false});
    }
    const struct calendar both = {listed, 4};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_not(calendar_working(&both, day_from_civil(days[i])));
    }
    cr_expect(calendar_working(&both, day_from_civil((struct civil){2022, 12, 28})));
    const struct period report = {.length = 15, .unit = PERIOD_WORKING_DAYS};
    struct period_end end =
        period_count(&report, day_from_civil((struct civil){2022, 12, 16}), &both);
    cr_expect_eq(end.last, day_from_civil((struct civil){2023, 1, 10}));
}
