// test_limits - limits in time that no other file walks just before, at and just after
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>

// 8(1).1, decision 26: the day of a step is fixed; it is in time until its last millisecond.
Test(limits, a_step_of_the_plan_is_in_time_until_the_last_moment_of_its_day)
{
    static const struct {
        const char *at;
        Award__Deadline__State state;
    } moments[] = {
        {"2018-01-05T09:00:00+08:00",     AWARD__DEADLINE__STATE__met     },
        {"2018-01-06T23:59:59.999+08:00", AWARD__DEADLINE__STATE__met     }, // a Saturday
        {"2018-01-07T00:00:00+08:00",     AWARD__DEADLINE__STATE__met_late},
    };
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        struct world *world = review_world();
        review_team(world, "T1", CASE_A);
        world_accept(world, "reviewer-01",
                     "{\"plan_submitted\":{\"team\":\"T1\",\"steps\":["
                     "{\"step\":\"independent_review\",\"on\":\"2018-01-06\"},"
                     "{\"step\":\"consensus\",\"on\":\"2018-01-08\"},"
                     "{\"step\":\"site_visit\",\"on\":\"2018-01-20\"},"
                     "{\"step\":\"report\",\"on\":\"2018-01-31\"}]}}");
        world_accept(world, "review-committee", "{\"plan_approved\":{\"team\":\"T1\"}}");
        world_clock(world, moments[i].at);
        review_sheets(world, CASE_A, 50000);
        const Award__Deadline *deadline = (const Award__Deadline *)world_record(
            world, AWARD__CHANGE__RECORD_DEADLINE, "T1:plan_independent:1");
        cr_assert_not_null(deadline);
        cr_expect_eq(deadline->state, moments[i].state, "%s", moments[i].at);
        world_destroy(world);
    }
}
