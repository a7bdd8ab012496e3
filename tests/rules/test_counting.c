// The days of a period one by one: every start day of 2007-2026, and the days around holidays.
#include "rules/counting.h"

#include "common/time.h"
#include "tests/rules/world.h"

#include <criterion/criterion.h>
#include <string.h>

static int32_t civil(int32_t year, int32_t month, int32_t day)
{
    return day_from_civil((struct civil){year, month, day});
}

// "09-28 start, 09-29 1, ...": what each day was used for.
static const char *listed(struct world *world, const struct period *period, int32_t start)
{
    static const char *const uses[] = {[DAY_START] = "start",
                                       [DAY_COUNTED] = "",
                                       [DAY_OFF] = "off",
                                       [DAY_MOVED_OFF] = "moved off",
                                       [DAY_MOVED_TO] = "moved to"};
    struct arena *arena = world_arena(world);
    struct day_used *days;
    size_t count = period_days(period, start, world_calendar(world), arena, &days);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        struct civil at = day_to_civil(days[i].day);
        const char *number =
            days[i].number > 0 ? arena_format(arena, " %u", (unsigned)days[i].number) : "";
        const char *use = uses[days[i].use];
        text = arena_format(arena, "%s%s%02d-%02d%s%s%s", text, i > 0 ? ", " : "", at.month, at.day,
                            use[0] != '\0' ? " " : "", use, number);
    }
    return text;
}

// decision 2; 16(7).2
Test(counting, publicity_that_ends_in_national_day_moves_over_it)
{
    struct world *world = world_create();
    const struct period week = {.length = 7, .unit = PERIOD_DAYS, .roll_last_day = true};
    cr_expect_str_eq(listed(world, &week, civil(2026, 9, 28)),
                     "09-28 start, 09-29 1, 09-30 2, 10-01 3, 10-02 4, 10-03 5, 10-04 6, "
                     "10-05 moved off 7, 10-06 moved off, 10-07 moved off, 10-08 moved to");
    const struct period counted = {.length = 7, .unit = PERIOD_DAYS, .first_day_counted = true};
    cr_expect_str_eq(listed(world, &counted, civil(2026, 9, 28)),
                     "09-28 1, 09-29 2, 09-30 3, 10-01 4, 10-02 5, 10-03 6, 10-04 7");
    world_destroy(world);
}

// decision 3; 19s1
Test(counting, working_days_pass_over_days_off_and_count_make_up_days)
{
    struct world *world = world_create();
    const struct period three = {.length = 3, .unit = PERIOD_WORKING_DAYS};
    // 2019-09-29 is a Sunday and made up, 10-01 to 10-07 are off.
    cr_expect_str_eq(listed(world, &three, civil(2019, 9, 27)),
                     "09-27 start, 09-28 off, 09-29 1, 09-30 2, 10-01 off, 10-02 off, 10-03 off, "
                     "10-04 off, 10-05 off, 10-06 off, 10-07 off, 10-08 3");
    world_destroy(world);
}

// decision 28: what is left of a period that was suspended on its last day.
Test(counting, of_nothing_the_day_itself_is_the_last)
{
    struct world *world = world_create();
    const struct period nothing = {.unit = PERIOD_DAYS};
    cr_expect_str_eq(listed(world, &nothing, civil(2026, 9, 28)), "09-28");
    const struct period moved = {.unit = PERIOD_DAYS, .roll_last_day = true};
    cr_expect_str_eq(listed(world, &moved, civil(2026, 10, 6)),
                     "10-06 moved off, 10-07 moved off, 10-08 moved to");
    const struct period working = {.unit = PERIOD_WORKING_DAYS};
    cr_expect_str_eq(listed(world, &working, civil(2026, 9, 28)), "09-28 start");
    world_destroy(world);
}

// decision 1
Test(counting, of_months_and_years_the_last_day_alone_is_listed)
{
    struct world *world = world_create();
    const struct period year = {.length = 1, .unit = PERIOD_YEARS};
    cr_expect_str_eq(listed(world, &year, civil(2020, 2, 29)), "02-29 start, 02-28");
    const struct period moved = {.length = 1, .unit = PERIOD_MONTHS, .roll_last_day = true};
    cr_expect_str_eq(listed(world, &moved, civil(2019, 5, 8)),
                     "05-08 start, 06-08 moved off, 06-09 moved off, 06-10 moved to");
    world_destroy(world);
}

// decision 3: a day that a calendar to come could change is marked.
Test(counting, a_day_of_a_year_without_a_calendar_is_open)
{
    struct world *world = world_create();
    const struct period two = {.length = 2, .unit = PERIOD_WORKING_DAYS};
    struct day_used *days;
    size_t count =
        period_days(&two, civil(2026, 12, 31), world_calendar(world), world_arena(world), &days);
    cr_assert_eq(count, 5); // 12-31, 01-01 1, 01-02 and 01-03 off, 01-04 2
    cr_expect(days[0].open && days[1].open && days[4].open);
    count = period_days(&two, civil(2026, 6, 1), world_calendar(world), world_arena(world), &days);
    cr_assert_eq(count, 3);
    cr_expect_not(days[2].open);
    world_destroy(world);
}

// Each start of twenty years: the last day listed is the last day counted, no day twice, in order.
Test(counting, ends_with_the_last_day_that_is_counted)
{
    struct world *world = world_create();
    struct arena *arena = arena_create();
    for (int32_t start = civil(2007, 1, 1); start < civil(2027, 1, 1); start++) {
        struct period period = {
            .length = (uint32_t)(start % 60) + 1,
            .unit = (enum period_unit)(start % 4),
            .first_day_counted = start % 3 == 0,
            .roll_last_day = start % 5 < 3,
        };
        struct day_used *days;
        size_t count = period_days(&period, start, world_calendar(world), arena, &days);
        cr_assert_eq(days[count - 1].day, period_count(&period, start, world_calendar(world)).last);
        for (size_t i = 1; i < count; i++) {
            cr_assert_gt(days[i].day, days[i - 1].day);
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
    world_destroy(world);
}
