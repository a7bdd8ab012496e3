// The publicity and its end (16(7).1-2, decisions 2 and 26).
#include "tests/rules/published_world.h"

#include <criterion/criterion.h>

// decision 2; 16(7).2
Test(publicity, a_last_day_in_the_national_holiday_moves_to_the_eighth)
{
    struct world *world = published_world();
    const Award__Cycle *cycle = selecting_cycle(world);
    world_expect_day(cycle->publicities[0]->from, "2018-09-26");
    world_expect_day(cycle->publicities[0]->last, "2018-10-08");
    world_expect_day(selecting_deadline(world, "2018:publicity_end:1")->last, "2018-10-08");
    world_destroy(world);
}

// decision 2; 16(7).2
Test(publicity, a_later_stated_last_day_counts)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-09-26T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED("2018-09-27", "2018-10-10"));
    world_expect_day(selecting_cycle(world)->publicities[0]->last, "2018-10-10");
    world_destroy(world);
}

// 16(7).1
Test(publicity, all_candidates_and_nobody_else_become_public)
{
    struct world *world = published_world();
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    cr_expect_str_eq(selecting_stage(world, 1), "publicity");
    cr_expect_str_eq(selecting_stage(world, 2), "not_selected");
    world_destroy(world);
}

Test(publicity, starts_once_a_cycle)
{
    struct world *world = published_world();
    selecting_reject(world, "office", PUBLISHED("2018-09-26", "2018-10-02"), "already_started");
    world_destroy(world);
}

Test(publicity, without_candidates_is_rejected)
{
    static const struct standing out = {"not_selected", "500.00", "500.00", 56000, 700, NULL};
    struct world *world = selecting_world(1, &out);
    world_clock(world, "2018-09-26T09:00:00+08:00");
    selecting_reject(world, "office", PUBLISHED("2018-09-26", "2018-10-02"), "no_candidates");
    world_destroy(world);
}

Test(publicity, a_medium_of_tomorrow_or_of_long_ago_is_rejected)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-09-25T09:00:00+08:00");
    selecting_reject(world, "office", PUBLISHED("2018-09-26", "2018-10-02"), "in_the_future");
    world_clock(world, "2018-10-26T09:00:00+08:00"); // 31 days after the first medium
    selecting_reject(world, "office", PUBLISHED("2018-09-26", "2018-10-02"), "entered_too_late");
    cr_expect_str_eq(selecting_stage(world, 0), "candidate");
    world_destroy(world);
}

Test(publicity, a_medium_entered_late_is_marked)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-10-25T09:00:00+08:00"); // 30 days after the first medium
    const Award__Decision *decision =
        world_accept(world, "office", PUBLISHED("2018-09-26", "2018-10-02"));
    cr_expect_str_eq(world_code(decision), "entered_late");
    world_destroy(world);
}

Test(publicity, an_interval_that_ends_before_it_begins_is_rejected)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-09-26T09:00:00+08:00");
    selecting_reject(world, "office", PUBLISHED("2018-10-03", "2018-10-02"), "interval_reversed");
    world_destroy(world);
}

// decision 28; 16(7).2
Test(publicity, is_only_made_longer)
{
    struct world *world = published_world();
    selecting_reject(world, "office", EXTENDED("2018-10-08"), "not_later");
    selecting_reject(world, "office", EXTENDED("2018-10-05"), "not_later");
    world_accept(world, "office", EXTENDED("2018-10-12"));
    world_expect_day(selecting_cycle(world)->publicities[0]->last, "2018-10-12");
    const Award__Deadline *deadline = selecting_deadline(world, "2018:publicity_end:1");
    cr_expect_eq(deadline->revision, 2);
    cr_assert_eq(deadline->n_moves, 1); // nor did its beginning move it
    world_expect_day(deadline->moves[0]->old_last, "2018-10-08");
    world_expect_day(deadline->moves[0]->last, "2018-10-12");
    cr_expect_str_eq(deadline->moves[0]->event, "publicity_extended");
    cr_expect_str_eq(deadline->moves[0]->reason, "更正公告");
    cr_expect_str_eq(deadline->moves[0]->by, "office");
    world_destroy(world);
}

Test(publicity, is_not_made_longer_before_it_began_or_after_it_ended)
{
    struct world *world = candidates_world();
    selecting_reject(world, "office", EXTENDED("2018-10-12"), "no_publicity");
    world_destroy(world);
    world = published_world();
    world_clock(world, "2018-10-09T09:00:00+08:00");
    selecting_reject(world, "office", EXTENDED("2018-10-12"), "publicity_over");
    world_destroy(world);
}
