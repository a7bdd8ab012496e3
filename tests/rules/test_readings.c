// The day by the other reading of a silent point (decisions 1, 2, 15, 22, 26).
#include "rules/readings.h"

#include "common/time.h"
#include "rules/reading.h"
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

// "decision 15 2019-03-15T18:00, ...": the readings of a deadline, given as JSON.
static const char *told(struct world *world, const char *json)
{
    struct arena *arena = world_arena(world);
    struct codec_error error;
    const Award__Deadline *deadline = (const Award__Deadline *)codec_from_json(
        &award__deadline__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(deadline, "%s", error.en);
    struct reading readings[READINGS_MAX];
    size_t count = readings_of(world_reading(world), deadline, readings);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        char end[MOMENT_TEXT_BYTES];
        moment_format(readings[i].end_ms, end);
        text = arena_format(arena, "%s%s%s %.16s", text, i > 0 ? ", " : "",
                            readings[i].row->decision, end);
    }
    return text;
}

#define DEADLINE(kind, starts, last, more)                                                         \
    "{\"deadline\":\"d\",\"subject\":\"s\",\"cycle\":\"2018\",\"kind\":\"" kind                    \
    "\",\"starts\":\"" starts "\",\"last\":\"" last "\",\"end\":\"" last                           \
    "T23:59:59.999+08:00\"" more "}"

// decision 1, decision 2, decision 15; 16(7).2, 19s1
Test(readings, of_a_period_are_the_first_day_the_end_and_the_close_of_business)
{
    struct world *world = after_world_create();
    // Published on Wednesday 2018-09-26: day 7 is a holiday, moved to 10-08.
    cr_expect_str_eq(told(world, DEADLINE("publicity_end", "2018-09-26", "2018-10-08", "")),
                     "decision 1, decision 2 2018-10-03T23:59, decision 1, decision 15 "
                     "2018-10-08T18:00");
    world_destroy(world);
}

// What the public was told counts in each reading.
// decision 2
Test(readings, never_end_before_the_stated_day)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(told(world, DEADLINE("publicity_end", "2018-09-26", "2018-10-12",
                                          ",\"stated_last\":\"2018-10-12\"")),
                     "decision 1, decision 15 2018-10-12T18:00");
    world_destroy(world);
}

// decision 22, decision 26: a fixed day off would move.
Test(readings, of_a_fixed_day_are_whether_it_moves_and_the_close_of_business)
{
    struct world *world = after_world_create();
    // 2022-12-31 is a Saturday, 2023-01-01 to 01-02 are off.
    cr_expect_str_eq(told(world, DEADLINE("self_evaluation", "2022-01-01", "2022-12-31", "")),
                     "decision 1, decision 2 2023-01-03T23:59, decision 1, decision 15 "
                     "2022-12-31T18:00");
    world_destroy(world);
}

// decision 15: a named time of day is what it is.
Test(readings, of_a_named_time_of_day_leave_it)
{
    struct world *world = after_world_create();
    static const char closing[] =
        "{\"deadline\":\"2018:closing:1\",\"subject\":\"2018\",\"cycle\":\"2018\",\"kind\":"
        "\"closing\",\"starts\":\"2018-03-01\",\"last\":\"2018-04-27\",\"end\":"
        "\"2018-04-27T17:00:00+08:00\"}";
    cr_expect_str_eq(told(world, closing), "");
    world_destroy(world);
}

// decision 1
Test(readings, of_months_are_the_first_of_the_next_where_there_is_no_such_day)
{
    struct world *world = after_world_create();
    world_rules(world)->objection_answer = (struct period){.length = 1, .unit = PERIOD_MONTHS};
    cr_expect_str_eq(told(world, DEADLINE("objection_answer", "2019-01-31", "2019-02-28", "")),
                     "decision 1 2019-03-01T23:59, decision 1, decision 15 2019-02-28T18:00");
    world_destroy(world);
}
