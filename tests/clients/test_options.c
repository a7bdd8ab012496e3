// Tests of options, and of values as they are shown.
#include "clients/ctl/ctl.h"
#include "common/time.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>

static const struct command command = {.name = "x", .arguments = "", .zh = "", .en = ""};

static const char *city;
static bool dry;

static const struct ctl_option options[] = {
    {"--city",    &city, NULL},
    {"--dry-run", NULL,  &dry},
    {NULL,        NULL,  NULL},
};

static char texts[8][32];
static char *arguments[8];

// How many words are left of the arguments; they are moved to the front of `arguments`.
static int take(const char *const given[])
{
    int count = 0;
    for (; given[count] != NULL; count++) {
        (void)snprintf(texts[count], sizeof(texts[count]), "%s", given[count]);
        arguments[count] = texts[count];
    }
    return ctl_options(&command, options, count, arguments);
}

#define TAKE(...) take((const char *const[]){__VA_ARGS__, NULL})

Test(options, they_may_stand_anywhere)
{
    cr_assert_eq(TAKE("--dry-run", "a", "--city", "重庆市", "b=c"), 2);
    cr_assert(dry);
    cr_assert_str_eq(city, "重庆市");
    cr_assert_str_eq(arguments[0], "a");
    cr_assert_str_eq(arguments[1], "b=c");
}

Test(options, a_value_may_stand_behind_a_sign_of_equality)
{
    cr_assert_eq(TAKE("--city=a=b"), 0);
    cr_assert_str_eq(city, "a=b");
}

Test(options, behind_two_hyphens_everything_is_a_word)
{
    cr_assert_eq(TAKE("--", "--city", "-"), 2);
    cr_assert_str_eq(arguments[0], "--city");
    cr_assert_null(city);
}

Test(options, one_hyphen_is_a_word)
{
    cr_assert_eq(TAKE("-"), 1);
}

Test(options, what_is_unknown_or_lacks_its_value_is_refused)
{
    cr_redirect_stderr();
    cr_assert_eq(TAKE("--cit", "x"), -1);
    cr_assert_eq(TAKE("--city"), -1);
    cr_assert_eq(TAKE("--dry-run=yes"), -1);
}

Test(options, values_are_shown_as_people_write_them)
{
    struct ctl ctl = {.arena = arena_create()};
    Award__Moment moment = AWARD__MOMENT__INIT;
    Award__Day day = AWARD__DAY__INIT;
    Award__Fraction fraction = AWARD__FRACTION__INIT;
    cr_assert(day_parse("2018-10-08", 10, &day.number));
    cr_assert_str_eq(ctl_day(&ctl, &day), "2018-10-08");
    cr_assert_str_eq(ctl_day(&ctl, NULL), "-");
    moment.ms = day_start(day.number);
    cr_assert_str_eq(ctl_moment(&ctl, &moment), "2018-10-08 00:00");
    moment.ms = day_end(day.number);
    cr_assert_str_eq(ctl_moment(&ctl, &moment), "2018-10-08 24:00");
    moment.ms = day_start(day.number) + 9 * 3600000 + 5000;
    cr_assert_str_eq(ctl_moment(&ctl, &moment), "2018-10-08 09:00:05");
    fraction.numerator = 2;
    fraction.denominator = 3;
    cr_assert_str_eq(ctl_fraction(&ctl, &fraction), "0.6667");
    fraction.denominator = 0;
    cr_assert_str_eq(ctl_fraction(&ctl, &fraction), "-");
    arena_destroy(ctl.arena);
}
