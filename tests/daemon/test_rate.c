// Tests of the rate: a minute's worth at one time, then one after the other.
#include "daemon/rate.h"

#include <criterion/criterion.h>

enum { START_MS = 1000000, MINUTE_MS = 60 * 1000 };

static unsigned used_at_once(struct rate *rate, int64_t now_ms)
{
    unsigned count = 0;
    while (count < 1000 && rate_use(rate, now_ms)) {
        count++;
    }
    return count;
}

Test(rate, a_minutes_worth_is_there_at_one_time_and_no_more)
{
    struct rate rate = {.events_a_minute = 60};
    cr_expect_eq(rate_used(&rate, START_MS), 0);
    cr_expect_eq(used_at_once(&rate, START_MS), 60);
    cr_expect_eq(rate_used(&rate, START_MS), 60);
    cr_expect_eq(rate.refused, 1);
}

Test(rate, it_comes_back_one_after_the_other)
{
    struct rate rate = {.events_a_minute = 60};
    (void)used_at_once(&rate, START_MS);
    cr_expect_eq(used_at_once(&rate, START_MS + 999), 0);
    cr_expect_eq(used_at_once(&rate, START_MS + 1000), 1);
    cr_expect_eq(used_at_once(&rate, START_MS + 11000), 10);
    cr_expect_eq(used_at_once(&rate, START_MS + 11000 + MINUTE_MS), 60);
}

Test(rate, what_is_not_used_is_not_saved_up)
{
    struct rate rate = {.events_a_minute = 7};
    cr_expect_eq(used_at_once(&rate, START_MS + 10 * MINUTE_MS), 7);
    cr_expect_eq(rate_used(&rate, START_MS + 20 * MINUTE_MS), 0);
}
