// Civil days and moments: the days of eleven centuries walked whole against a calendar that counts
// one by one.
#include "common/time.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

static int32_t civil(int32_t year, int32_t month, int32_t day)
{
    return day_from_civil((struct civil){year, month, day});
}

static bool leap(int32_t year)
{
    return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}

static int32_t length_of(int32_t year, int32_t month)
{
    if (month == 2) {
        return leap(year) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void assert_day_text(int32_t day, const char *wanted)
{
    char text[DAY_TEXT_BYTES];
    day_format(day, text);
    cr_assert_str_eq(text, wanted);
}

Test(time, every_day_from_1900_to_2999_goes_round)
{
    int32_t day = civil(1900, 1, 1);
    int weekday = 1; // a Monday
    for (int32_t year = 1900; year <= 2999; year++) {
        for (int32_t month = 1; month <= 12; month++) {
            for (int32_t of_month = 1; of_month <= length_of(year, month); of_month++) {
                struct civil back = day_to_civil(day);
                cr_assert(back.year == year && back.month == month && back.day == of_month,
                          "%d is %d-%d-%d and not %d-%d-%d", day, back.year, back.month, back.day,
                          year, month, of_month);
                cr_assert_eq(civil(year, month, of_month), day);
                cr_assert_eq(day_weekday(day), weekday);
                char text[DAY_TEXT_BYTES];
                int32_t parsed = 0;
                day_format(day, text);
                cr_assert(day_parse(text, strlen(text), &parsed) && parsed == day, "%s", text);
                cr_assert(day_valid(day));
                cr_assert_eq(day_of_moment(day_start(day)), day);
                cr_assert_eq(day_of_moment(day_end(day)), day);
                day++;
                weekday = weekday % 7 + 1;
            }
        }
    }
    cr_assert_eq(day, civil(2999, 12, 31) + 1);
    cr_assert_not(day_valid(day));
    cr_assert_not(day_valid(civil(1900, 1, 1) - 1));
}

Test(time, the_epoch_is_a_thursday)
{
    cr_assert_eq(civil(1970, 1, 1), 0);
    cr_assert_eq(day_weekday(0), 4);
}

Test(time, leap_days_exist_in_leap_years_only)
{
    int32_t day;
    cr_assert(day_parse("2000-02-29", 10, &day));
    cr_assert(day_parse("2016-02-29", 10, &day));
    cr_assert_not(day_parse("1900-02-29", 10, &day));
    cr_assert_not(day_parse("2100-02-29", 10, &day));
    cr_assert_not(day_parse("2018-02-29", 10, &day));
}

// decision 1, decision 4
Test(time, years_on_from_a_leap_day_end_on_the_28th_where_there_is_none)
{
    assert_day_text(day_add_years(civil(2016, 2, 29), 3), "2019-02-28");
    assert_day_text(day_add_years(civil(2016, 2, 29), 4), "2020-02-29");
    assert_day_text(day_add_years(civil(2016, 2, 29), 84), "2100-02-28");
    assert_day_text(day_add_years(civil(2018, 12, 31), 5), "2023-12-31");
    assert_day_text(day_add_years(civil(2018, 3, 1), -2), "2016-03-01");
}

Test(time, months_on_end_on_the_last_day_of_a_shorter_month)
{
    assert_day_text(day_add_months(civil(2018, 1, 31), 1), "2018-02-28");
    assert_day_text(day_add_months(civil(2020, 1, 31), 1), "2020-02-29");
    assert_day_text(day_add_months(civil(2018, 12, 15), 1), "2019-01-15");
    assert_day_text(day_add_months(civil(2018, 3, 31), -1), "2018-02-28");
    assert_day_text(day_add_months(civil(2018, 1, 15), -1), "2017-12-15");
    assert_day_text(day_add_months(civil(2018, 8, 31), 0), "2018-08-31");
}

Test(time, texts_that_are_no_day_are_refused)
{
    static const char *const bad[] = {
        "",           "2018",        "2018-1-1",    "2018-01-0",   "2018-00-10",
        "2018-13-01", "2018-04-31",  "2018-01-32",  "2018-01-00",  "2018/01/01",
        "1899-12-31", "3000-01-01",  " 2018-01-01", "2018-01-01 ", "2018-01-011",
        "+018-01-01", "20１8-01-01", "2018-01-01T",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        int32_t day;
        cr_assert_not(day_parse(bad[i], strlen(bad[i]), &day), "\"%s\" was taken", bad[i]);
    }
}

Test(time, a_day_is_read_within_its_length)
{
    int32_t day;
    cr_assert(day_parse("2018-10-08T09:00", 10, &day));
    cr_assert_eq(day, civil(2018, 10, 8));
    cr_assert_not(day_parse("2018-10-08", 9, &day));
}

static void assert_moment(const char *text, const char *wanted)
{
    int64_t moment;
    char back[MOMENT_TEXT_BYTES];
    cr_assert(moment_parse(text, strlen(text), &moment), "\"%s\" was refused", text);
    moment_format(moment, back);
    cr_assert_str_eq(back, wanted);
}

Test(time, moments_are_shown_in_shanghai)
{
    assert_moment("2018-10-08T09:00:00+08:00", "2018-10-08T09:00:00+08:00");
    assert_moment("2018-10-08T01:00:00Z", "2018-10-08T09:00:00+08:00");
    assert_moment("2018-10-07T20:30:00-04:30", "2018-10-08T09:00:00+08:00");
    assert_moment("2018-10-08T23:59:59.999+08:00", "2018-10-08T23:59:59.999+08:00");
    assert_moment("2018-10-08T23:59:59.5+08:00", "2018-10-08T23:59:59.500+08:00");
    assert_moment("2018-10-08T00:00:00.007+08:00", "2018-10-08T00:00:00.007+08:00");
}

Test(time, a_day_ends_with_its_last_millisecond)
{
    int32_t day = civil(2018, 10, 8);
    char text[MOMENT_TEXT_BYTES];
    moment_format(day_end(day), text);
    cr_assert_str_eq(text, "2018-10-08T23:59:59.999+08:00");
    cr_assert_eq(day_end(day) + 1, day_start(day + 1));
    cr_assert_eq(day_start(0), -8L * 3600 * 1000);
}

Test(time, moments_before_1970_belong_to_their_day)
{
    cr_assert_eq(day_of_moment(day_start(-1)), -1);
    cr_assert_eq(day_of_moment(day_start(-1) - 1), -2);
}

Test(time, moments_are_valid_from_1992_on)
{
    int64_t first = day_start(civil(1992, 1, 1));
    int64_t last = day_end(civil(2999, 12, 31));
    cr_assert(moment_valid(first));
    cr_assert_not(moment_valid(first - 1));
    cr_assert(moment_valid(last));
    cr_assert_not(moment_valid(last + 1));
    cr_assert_not(moment_valid(INT64_MIN));
    cr_assert_not(moment_valid(INT64_MAX));
}

Test(time, texts_that_are_no_moment_are_refused)
{
    static const char *const bad[] = {
        "",
        "2018-10-08",
        "2018-10-08T09:00:00",
        "2018-10-08 09:00:00+08:00",
        "2018-10-08T24:00:00+08:00",
        "2018-10-08T09:60:00+08:00",
        "2018-10-08T09:00:60+08:00",
        "2018-10-08T09:00:00.+08:00",
        "2018-10-08T09:00:00.1234+08:00",
        "2018-10-08T09:00:00+0800",
        "2018-10-08T09:00:00+15:00",
        "2018-10-08T09:00:00+08:60",
        "2018-10-08T09:00:00z",
        "2018-10-08T09:00:00Z ",
        "2018-02-30T09:00:00Z",
        "1991-12-31T23:59:59+08:00",
        "1950-10-08T09:00:00+08:00",
        "2999-12-31T23:59:59-08:00",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        int64_t moment;
        cr_assert_not(moment_parse(bad[i], strlen(bad[i]), &moment), "\"%s\" was taken", bad[i]);
    }
}
