// test_seen - what an acknowledgement settles, and what goes no further once a period is over
#include "tests/rules/roster_world.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

#define CLERK ANSWER "/1/0@09:00/office" // of the last day, 2019-03-18
#define HEAD ANSWER "/1/0@09:00/head"
#define DIRECTOR ANSWER "/1/0@09:00/director"
#define DAY_BEFORE ANSWER "/1/-1w@09:00/office"

static struct world *world;

static void setup(void)
{
    world = roster_world_create();
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(seen, .init = setup, .fini = teardown);

static const Award__Alert *alert_at(const char *id)
{
    return alert_find(world_reading(world), id);
}

static const Award__Decision *acknowledge(const char *who, const char *alert)
{
    return after_accept(world, who, "{\"alert_acknowledged\":{\"alert\":\"%s\"}}", alert);
}

#define AFTER ANSWER "/1/+1w@09:00/" // of the day after the last

static bool upward_waits(const char *step)
{
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    uint32_t number = alert_at(step)->step;
    for (size_t i = 0; i < deadline->n_dues; i++) {
        if (deadline->dues[i]->kind == AWARD__DUE__KIND__escalation &&
            deadline->dues[i]->step == number) {
            return true;
        }
    }
    return false;
}

Test(seen, who_has_seen_a_step_has_seen_those_before_it_and_none_behind)
{
    world_clock(world, "2019-03-19T09:00:00+08:00");
    cr_assert(upward_waits(CLERK), "told on the last day, and to the head now");
    (void)acknowledge("office", AFTER "office");
    cr_expect(alert_at(CLERK)->acknowledged);
    cr_expect(alert_at(DAY_BEFORE)->acknowledged);
    cr_expect_not(alert_at(HEAD)->acknowledged, "each has his own");
    cr_expect_not(upward_waits(CLERK));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    cr_expect_null(alert_at(DIRECTOR), "it was the director's turn");
    cr_expect_not_null(alert_at(ANSWER "/1/+3w@09:00/office"), "what comes still comes");
    world_clock(world, "2019-03-22T09:00:00+08:00");
    cr_expect_not_null(alert_at(ANSWER "/1/+3w@09:00/head"));
}

Test(seen, what_was_seen_before_was_seen_then)
{
    world_clock(world, "2019-03-15T10:00:00+08:00");
    (void)acknowledge("office", DAY_BEFORE);
    const int64_t then_ms = alert_at(DAY_BEFORE)->acknowledged_at->ms;
    world_clock(world, "2019-03-18T10:00:00+08:00");
    (void)acknowledge("office", CLERK);
    cr_expect_eq(alert_at(DAY_BEFORE)->acknowledged_at->ms, then_ms);
}

Test(seen, who_has_seen_a_step_has_not_seen_those_behind_it)
{
    world_clock(world, "2019-03-19T09:00:00+08:00");
    (void)acknowledge("office", DAY_BEFORE);
    cr_expect_not(alert_at(CLERK)->acknowledged);
    cr_expect(upward_waits(CLERK));
    world_clock(world, "2019-03-21T09:00:00+08:00");
    cr_expect_not_null(alert_at(DIRECTOR));
}

// The supervision committee has a roster, too, and is told from 2019-03-19 on.
Test(seen, what_another_role_has_seen_goes_upward_in_this_one)
{
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              "{\"person\":\"supervision\",\"duties\":[{\"post\":\"clerk\",\"from\":"
              "\"2019-01-01\"}]}");
    world_clock(world, "2019-03-19T09:00:00+08:00");
    (void)acknowledge("supervision", AFTER "supervision");
    cr_expect(upward_waits(CLERK));
}

// ---- Over

static size_t escalations_of(const char *deadline)
{
    const Award__Deadline *found = after_deadline(world, deadline);
    cr_assert_not_null(found);
    size_t count = 0;
    for (size_t i = 0; i < found->n_dues; i++) {
        count += found->dues[i]->kind == AWARD__DUE__KIND__escalation ? 1 : 0;
    }
    return count;
}

// Thursday 2019-04-25 is the last day; what was told on it would go to the head on the 26th.
Test(seen, what_was_told_before_a_closing_goes_no_further_when_it_is_over)
{
    (void)after_accept(world, "office", "%s",
                       "{\"cycle_opened\":{\"cycle\":\"2020\",\"closing\":"
                       "\"2019-04-25T18:00:00+08:00\",\"notice\":[{\"medium\":\"m\",\"on\":"
                       "\"2019-03-01\",\"digest\":\"d\"}],\"units\":[\"a\",\"b\"],"
                       "\"chair\":\"a\"}}");
    world_clock(world, "2019-04-25T18:00:00+08:00");
    cr_expect_gt(escalations_of("2020:closing:1"), 0);
    world_clock(world, "2019-04-25T18:00:00.001+08:00");
    cr_expect_eq(escalations_of("2020:closing:1"), 0);
    world_clock(world, "2019-04-26T09:00:00+08:00");
    cr_expect_null(alert_at("2020:closing:1/1/0@09:00/head"));
    cr_expect_not_null(alert_at("2020:closing:1/1/+1w@09:00/office"), "the step behind its end");
    world_clock(world, "2019-04-28T09:00:00+08:00"); // a Sunday that is worked
    cr_expect_not_null(alert_at("2020:closing:1/1/+1w@09:00/head"), "goes upward as any other");
}
