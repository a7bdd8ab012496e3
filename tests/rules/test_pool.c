// test_pool - the pool of reviewers changes, several teams are formed by one event (8)
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *world;

static void setup(void)
{
    world = review_world();
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(pool, .init = setup, .fini = teardown);
TestSuite(teams, .init = setup, .fini = teardown);

static Award__Reviewer *reviewer(const char *person)
{
    return (Award__Reviewer *)world_record(world, AWARD__CHANGE__RECORD_REVIEWER, person);
}

Test(pool, a_reviewer_who_changed_is_changed_as_a_whole)
{
    world_accept(world, "office",
                 "{\"reviewer_changed\":{\"person\":\"reviewer-01\",\"industries\":[\"C36\"],"
                 "\"employer\":\"新单位\",\"relations\":[\"" WORLD_ENTERPRISE "\"]}}");
    cr_assert_str_eq(reviewer("reviewer-01")->added->employer, "新单位");
    cr_assert_null(reviewer("reviewer-01")->added->district);
    cr_assert_not_null(reviewer("reviewer-01")->since);
    world_reject(
        world, "office",
        "{\"team_drawn\":{\"cycle\":\"2018\",\"reason\":\"人工\",\"teams\":[{\"team\":\"T1\","
        "\"members\":[" THREE "],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE_A "\"]}]}}",
        "conflict_of_interest", "policy");
}

Test(pool, somebody_who_is_not_in_it_is_not_changed)
{
    world_reject(
        world, "office",
        "{\"reviewer_changed\":{\"person\":\"nobody\",\"industries\":[\"C36\"],\"employer\":"
        "\"新单位\"}}",
        "not_in_pool", "order");
}

Test(teams, several_are_formed_by_one_event_and_a_case_goes_to_one)
{
    const Award__Decision *decision = world_accept(
        world, "office",
        "{\"team_drawn\":{\"cycle\":\"2018\",\"reason\":\"人工\",\"teams\":[{\"team\":\"T1\","
        "\"members\":[" THREE "],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE_A "\"]},{\"team\":"
        "\"T2\",\"members\":[" THREE "],\"leader\":\"reviewer-02\",\"cases\":[\"" CASE_A
        "\",\"" CASE_B "\"]}]}}");
    cr_assert_eq(decision->n_rejected_parts, 1);
    cr_assert_str_eq(decision->rejected_parts[0]->code, "has_team");
    cr_assert_str_eq(world_case(world, CASE_A)->team, "T1");
    cr_assert_str_eq(world_case(world, CASE_B)->team, "T2");
}

Test(teams, under_a_name_that_stands_twice_in_the_event_or_without_one_is_rejected)
{
    static const char twice[] =
        "{\"team_drawn\":{\"cycle\":\"2018\",\"reason\":\"人工\",\"teams\":[{\"team\":\"T1\","
        "\"members\":[" THREE "],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE_A "\"]},{%s"
        "\"members\":[" THREE "],\"leader\":\"reviewer-02\",\"cases\":[\"" CASE_B "\"]}]}}";
    const char *end = strstr(twice, "%s");
    const char *head = JSON(world, "%.*s", (int)(end - twice), twice);
    world_reject(world, "office", JSON(world, "%s\"team\":\"T1\",%s", head, end + 2), "id_in_use",
                 "order");
    world_reject(world, "office", JSON(world, "%s\"team\":\"T 1\",%s", head, end + 2),
                 "bad_identifier", "form");
    world_reject(world, "office", JSON(world, "%s%s", head, end + 2), "field_missing", "form");
}
