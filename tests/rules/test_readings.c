// The day by the other reading of a silent point (decisions 1, 2, 15, 22, 26).
#include "rules/readings.h"

#include "common/time.h"
#include "rules/reading.h"
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

static size_t readings_of_json(struct world *world, const char *json,
                               struct reading readings[READINGS_MAX])
{
    struct codec_error error;
    const Award__Deadline *deadline = (const Award__Deadline *)codec_from_json(
        &award__deadline__descriptor, json, strlen(json), world_arena(world), &error);
    cr_assert_not_null(deadline, "%s", error.en);
    return readings_of(world_reading(world), deadline, readings);
}

// "decision 15 2019-03-15T18:00, ...": the readings of a deadline, given as JSON.
static const char *told(struct world *world, const char *json)
{
    struct arena *arena = world_arena(world);
    struct reading readings[READINGS_MAX];
    size_t count = readings_of_json(world, json, readings);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        char end[MOMENT_TEXT_BYTES];
        moment_format(readings[i].end_ms, end);
        text = arena_format(arena, "%s%s%s: %s", text, i > 0 ? ", " : "", readings[i].row->rests_on,
                            end);
    }
    return text;
}

#define DEADLINE(kind, starts, last, more)                                                         \
    "{\"deadline\":\"d\",\"subject\":\"s\",\"cycle\":\"2018\",\"kind\":\"" kind                    \
    "\",\"starts\":\"" starts "\",\"last\":\"" last "\",\"end\":\"" last                           \
    "T23:59:59.999+08:00\"" more "}"

#define NIGHT "T23:59:59.999+08:00"
#define EVENING "T18:00:00+08:00"
#define FIRST_DAY "Civil Code 201: "
#define NO_SUCH_DAY "Civil Code 202: "
#define MOVED "Civil Code 203: " // whether the end moves, or the close of business

// decision 1, decision 2, decision 15; 16(7).2, 19s1
Test(readings, of_a_period_are_the_first_day_the_end_and_the_close_of_business)
{
    struct world *world = after_world_create();
    // Published on Wednesday 2018-09-26: day 7 is a holiday, moved to 10-08, day 6 as well.
    cr_expect_str_eq(told(world, DEADLINE("publicity_end", "2018-09-26", "2018-10-08", "")),
                     MOVED "2018-10-03" NIGHT ", " MOVED "2018-10-08" EVENING);
    // 15 working days behind Tuesday 2019-02-26 are those to 03-19, with the first day to 03-18.
    cr_expect_str_eq(told(world, DEADLINE("incident_report", "2019-02-26", "2019-03-19", "")),
                     FIRST_DAY "2019-03-18" NIGHT ", " MOVED "2019-03-19" EVENING);
    world_rules(world)->publicity.first_day_counted = true;
    world_rules(world)->publicity.roll_last_day = false;
    cr_expect_str_eq(told(world, DEADLINE("publicity_end", "2020-11-09", "2020-11-15", "")),
                     FIRST_DAY "2020-11-16" NIGHT ", " MOVED "2020-11-16" NIGHT ", " MOVED
                               "2020-11-15" EVENING);
    world_destroy(world);
}

// What the public was told counts in each reading.
// decision 2
Test(readings, never_end_before_the_stated_day)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(told(world, DEADLINE("publicity_end", "2018-09-26", "2018-10-12",
                                          ",\"stated_last\":\"2018-10-12\"")),
                     MOVED "2018-10-12" EVENING);
    world_destroy(world);
}

// decision 22, decision 26: a fixed day off would move.
Test(readings, of_a_fixed_day_are_whether_it_moves_and_the_close_of_business)
{
    struct world *world = after_world_create();
    // 2022-12-31 is a Saturday, 2023-01-01 to 01-02 are off.
    cr_expect_str_eq(told(world, DEADLINE("self_evaluation", "2022-01-01", "2022-12-31", "")),
                     MOVED "2023-01-03" NIGHT ", " MOVED "2022-12-31" EVENING);
    world_destroy(world);
}

// Of a cycle without a rulebook, or of none, nothing is known but the day itself.
Test(readings, without_a_rulebook_are_whether_the_day_itself_moves)
{
    struct world *world = after_world_create();
    static const char *const cycles[] = {"", "\"cycle\":\"2999\","};
    for (size_t i = 0; i < 2; i++) {
        cr_expect_str_eq(
            told(world, arena_format(world_arena(world),
                                     "{\"deadline\":\"d\",\"subject\":\"s\",%s"
                                     "\"kind\":\"publicity_end\",\"starts\":\"2022-12-20\","
                                     "\"last\":\"2022-12-31\",\"end\":\"2022-12-31" NIGHT "\"}",
                                     cycles[i])),
            MOVED "2023-01-03" NIGHT);
    }
    world_destroy(world);
}

// decision 15: a named time of day is what it is, on whatever day.
Test(readings, of_a_named_time_of_day_leave_it)
{
    struct world *world = after_world_create();
    static const char closing[] =
        "{\"deadline\":\"2018:closing:1\",\"subject\":\"2018\",\"cycle\":\"2018\",\"kind\":"
        "\"closing\",\"starts\":\"2018-03-01\",\"last\":\"%s\",\"end\":\"%sT17:00:00+08:00\"}";
    struct arena *arena = world_arena(world);
    cr_expect_str_eq(told(world, arena_format(arena, closing, "2018-04-27", "2018-04-27")), "");
    cr_expect_str_eq(told(world, arena_format(arena, closing, "2018-04-21", "2018-04-21")),
                     MOVED "2018-04-23T17:00:00+08:00");
    world_destroy(world);
}

// decision 1
Test(readings, of_months_are_the_first_of_the_next_where_there_is_no_such_day)
{
    struct world *world = after_world_create();
    struct period *answer = &world_rules(world)->objection_answer;
    *answer = (struct period){.length = 1, .unit = PERIOD_MONTHS};
    cr_expect_str_eq(told(world, DEADLINE("objection_answer", "2019-01-31", "2019-02-28", "")),
                     NO_SUCH_DAY "2019-03-01" NIGHT ", " MOVED "2019-02-28" EVENING);
    cr_expect_str_eq(told(world, DEADLINE("objection_answer", "2019-01-28", "2019-02-28", "")),
                     FIRST_DAY "2019-02-27" NIGHT ", " MOVED "2019-02-28" EVENING);
    answer->roll_last_day = true; // its last day is then moved as any other
    cr_expect_null(strstr(told(world, DEADLINE("objection_answer", "2019-01-31", "2019-02-28", "")),
                          NO_SUCH_DAY));
    answer->roll_last_day = false;
    answer->unit = PERIOD_YEARS;
    cr_expect_str_eq(told(world, DEADLINE("objection_answer", "2016-02-29", "2017-02-28", "")),
                     NO_SUCH_DAY "2017-03-01" NIGHT ", " MOVED "2017-02-28" EVENING);
    *answer = (struct period){.length = 5, .unit = PERIOD_DAYS};
    cr_expect_str_eq(told(world, DEADLINE("objection_answer", "2019-03-30", "2019-04-04", "")),
                     FIRST_DAY "2019-04-03" NIGHT ", " MOVED "2019-04-04" EVENING);
    world_destroy(world);
}

// ---- What settles how a period is counted

// Of a deadline of this kind that ends on 2019-04-06, a holiday; NULL where there is no such
// reading.
static const char *settled_by(struct world *world, const char *kind, enum reading_name name)
{
    const char *json =
        arena_format(world_arena(world), DEADLINE("%s", "2019-03-29", "2019-04-06", ""), kind);
    struct reading readings[READINGS_MAX];
    size_t count = readings_of_json(world, json, readings);
    for (size_t i = 0; i < count; i++) {
        if (readings[i].row == reading_row(name)) {
            return readings[i].decision;
        }
    }
    return NULL;
}

// decision 1, decision 2, decision 3, decision 15, decision 22, decision 26, decision 28
Test(readings, name_the_decision_that_settles_them)
{
    static const struct {
        const char *kind;
        const char *decision;
    } rows[] = {
        {"publicity_end",    "decision 1, decision 2" },
        {"incident_report",  "decision 1, decision 3" },
        {"self_evaluation",  "decision 1, decision 22"},
        {"objection_answer", "decision 1, decision 28"},
        {"experience",       "decision 1, decision 28"},
        {"plan_independent", "decision 1, decision 26"},
        {"plan_consensus",   "decision 1, decision 26"},
        {"plan_visit",       "decision 1, decision 26"},
        {"plan_report",      "decision 1, decision 26"},
    };
    struct world *world = after_world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *moved = settled_by(world, rows[i].kind, READING_END_MOVED);
        cr_assert_not_null(moved, "%s", rows[i].kind);
        cr_expect_str_eq(moved, rows[i].decision, "%s: %s", rows[i].kind, moved);
        const char *close = settled_by(world, rows[i].kind, READING_CLOSE_OF_BUSINESS);
        cr_assert_not_null(close, "%s", rows[i].kind);
        cr_expect_str_eq(close, "decision 1, decision 15", "%s: %s", rows[i].kind, close);
    }
    const char *first = settled_by(world, "incident_report", READING_FIRST_DAY);
    cr_expect_str_eq(first, "decision 1, decision 3");
    world_destroy(world);
}
