// Fine points of docs/decisions-of-law.md that no chapter's tests come upon by themselves.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"
#include "tests/rules/selecting_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define REPORT AFTER_CASE "/I-1:incident_report:1"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// ---- Periods

static void incident_of_4_march(struct world *world)
{
    world_clock(world, "2019-03-05T09:00:00+08:00");
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-03-04\"}}",
                       AFTER_CASE);
    cr_assert_eq(after_deadline(world, REPORT)->last->number, day_of("2019-03-25"));
}

// F-period-3, F-late-1, decision 3
Test(fine_points, what_was_late_is_in_time_by_the_calendar_that_is_known_now)
{
    struct world *world = after_world_create();
    incident_of_4_march(world);
    world_clock(world, "2019-03-26T09:00:00+08:00");
    (void)after_accept(world, "ent-a",
                       "{\"incident_reported_by_laureate\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-03-04\",\"digest\":\"d\"}}",
                       AFTER_CASE);
    cr_expect_eq(after_deadline(world, REPORT)->state, AWARD__DEADLINE__STATE__met_late);
    (void)after_accept(world, "office", "%s",
                       "{\"calendar_loaded\":{\"year\":2019,\"source\":\"国办\",\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false},"
                       "{\"on\":\"2019-03-20\",\"working\":false}]}}");
    world_clock(world, "2019-03-26T09:00:01+08:00");
    cr_expect_eq(after_deadline(world, REPORT)->last->number, day_of("2019-03-26"));
    cr_expect_eq(after_deadline(world, REPORT)->state, AWARD__DEADLINE__STATE__met);
    world_destroy(world);
}

// decision 12, F-late-1
Test(fine_points, an_incident_that_is_never_reported_stays_overdue_and_costs_nothing_else)
{
    struct world *world = after_world_create();
    incident_of_4_march(world);
    size_t bars = after_enterprise(world, WORLD_ENTERPRISE)->n_bars;
    world_clock(world, "2019-12-31T09:00:00+08:00");
    cr_expect_eq(after_deadline(world, REPORT)->state, AWARD__DEADLINE__STATE__overdue);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_bars, bars);
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__conferred);
    cr_expect_not_null(after_message(world, "bureau", "2019-03-26T09:00:00+08:00"));
    world_destroy(world);
}

// One candidate of the award, published on 25 and 26 September 2018.
static struct world *publicity_world(void)
{
    static const struct standing candidate[] = {
        {"candidate", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","}
    };
    struct world *world = selecting_world(1, candidate);
    world_clock(world, "2018-09-26T09:00:00+08:00");
    (void)world_accept(world, "office",
                       "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"日报\","
                       "\"on\":\"2018-09-25\"},{\"medium\":\"网站\",\"on\":\"2018-09-26\"}],"
                       "\"stated_first\":\"2018-09-27\",\"stated_last\":\"2018-10-02\"}}");
    return world;
}

// F-late-2; 16(7).2, 16(1)
Test(fine_points, publicity_and_closing_end_and_are_neither_late_nor_overdue)
{
    struct world *world = publicity_world();
    world_clock(world, "2018-11-01T09:00:00+08:00");
    cr_expect_eq(selecting_deadline(world, "2018:publicity_end:1")->state,
                 AWARD__DEADLINE__STATE__ended);
    world_destroy(world);

    world = world_create();
    (void)world_accept(world, "office",
                       "{\"cycle_opened\":{\"cycle\":\"c\",\"notice\":[{\"medium\":\"网站\"}],"
                       "\"closing\":\"2018-03-01T18:00:00+08:00\",\"units\":[\"甲\"],"
                       "\"chair\":\"副市长\"}}");
    world_clock(world, "2018-04-01T09:00:00+08:00");
    cr_expect_eq(selecting_deadline(world, "c:closing:1")->state, AWARD__DEADLINE__STATE__ended);
    world_destroy(world);
}

// F-objection-1; 16(7).3s1
Test(fine_points, neither_a_later_stated_first_day_nor_an_earlier_medium_moves_the_first_day)
{
    struct world *world = publicity_world();
    static const char *const letters[] = {"2018-09-25", "2018-09-26"};
    for (size_t i = 0; i < 2; i++) {
        const char *id = letters[i];
        (void)selecting_accept(
            world, "office",
            arena_format(world_arena(world),
                         "{\"objection_filed\":{\"objection\":\"%s\",\"case\":\"%%0\",\"text\":"
                         "\"来信\",\"source\":\"letter\",\"received\":\"%s\"}}",
                         id, id));
        const Award__Objection *objection =
            (const Award__Objection *)world_record(world, AWARD__CHANGE__RECORD_OBJECTION, id);
        cr_assert_not_null(objection);
        cr_expect_eq(objection->complaint != 0, i == 0, "%s", id);
    }
    world_destroy(world);
}

// ---- Predecessors

#define PARENT "91500112MA5U0002XA"
#define PART "91500112MA5U00011J"

static const Award__Decision *part_applies(struct world *world, const char *enterprise)
{
    return world_send(world, "office",
                      arena_format(world_arena(world),
                                   "{\"application_submitted\":{\"cycle\":\"split\","
                                   "\"enterprise\":\"%s\",\"materials\":[" APPLYING_MATERIALS
                                   "],\"paper_receipt\":\"2018-01-02T09:00:00+08:00\"}}",
                                   enterprise));
}

static struct world *split_world(void)
{
    static const char *const parts[] = {WORLD_ENTERPRISE, PART};
    struct world *world = world_create();
    (void)world_accept(world, "office",
                       "{\"cycle_opened\":{\"cycle\":\"split\",\"notice\":[{\"medium\":\"网站\"}],"
                       "\"closing\":\"2018-03-01T18:00:00+08:00\",\"units\":[\"甲\"],"
                       "\"chair\":\"副市长\"}}");
    applying_register(world, PARENT);
    for (size_t i = 0; i < 2; i++) {
        applying_register(world, parts[i]);
        (void)world_accept(world, "office",
                           arena_format(world_arena(world),
                                        "{\"predecessor_linked\":{\"enterprise\":\"%s\","
                                        "\"predecessor\":\"" PARENT "\",\"how\":\"split\","
                                        "\"proof\":\"分立决议\"}}",
                                        parts[i]));
    }
    return world;
}

// F-predecessor-2, decision 27
Test(fine_points, both_parts_of_a_split_may_have_a_case)
{
    struct world *world = split_world();
    cr_expect_eq(part_applies(world, WORLD_ENTERPRISE)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(part_applies(world, PART)->outcome, AWARD__OUTCOME__NAME__accepted);
    world_destroy(world);
}

// F-predecessor-2, decision 27; 12(3)
Test(fine_points, a_split_gives_the_bar_to_every_part_that_is_linked)
{
    struct world *world = split_world();
    (void)world_accept(world, "office",
                       "{\"earlier_record\":{\"enterprise\":\"" PARENT "\",\"honour\":\"award\","
                       "\"on\":\"2017-10-15\",\"proof\":\"文号\"}}");
    static const char *const parts[] = {WORLD_ENTERPRISE, PART};
    for (size_t i = 0; i < 2; i++) {
        const Award__Decision *decision = part_applies(world, parts[i]);
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__refused);
        cr_expect_str_eq(world_code(decision), "laureate_within_years");
    }
    world_destroy(world);
}
