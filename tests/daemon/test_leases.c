// Tests of how long a task rests after a bad answer.
#include "daemon/leases.h"

#include <criterion/criterion.h>

static const struct lease_rest policy = {.first_ms = 60000, .longest_ms = 3600000};

Test(leases, a_rest_doubles_up_to_the_longest_and_stays_there)
{
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 60, 60};
    for (uint32_t before = 0; before < 8; before++) {
        cr_expect_eq(lease_rest_ms(&policy, before, 0), minutes[before] * 60000, "%u", before);
    }
    cr_expect_eq(lease_rest_ms(&policy, UINT32_MAX, 0), 3600000);
}

Test(leases, chance_takes_away_a_quarter_at_most)
{
    for (uint32_t before = 0; before < 10; before++) {
        int64_t whole = lease_rest_ms(&policy, before, 0);
        int64_t half = lease_rest_ms(&policy, before, UINT32_MAX / 2);
        int64_t least = lease_rest_ms(&policy, before, UINT32_MAX);
        cr_expect_eq(least, whole / 4 * 3, "%u", before);
        cr_expect(least < half && half < whole, "%u", before);
    }
}

Test(leases, what_a_server_asks_for_is_kept_and_spread_over_a_quarter_more)
{
    struct lease_rest asked = policy;
    asked.least_ms = 90000;
    cr_expect_eq(lease_rest_ms(&asked, 0, 0), 90000);
    cr_expect_eq(lease_rest_ms(&asked, 0, UINT32_MAX), 90000 + 22500);
    cr_expect_eq(lease_rest_ms(&asked, 1, 0), 120000);
    cr_expect_eq(lease_rest_ms(&asked, 1, UINT32_MAX), 90000 + 22500);
    asked.least_ms = 24 * 3600000;
    cr_expect_eq(lease_rest_ms(&asked, 9, 0), 24 * 3600000);
}

Test(leases, a_first_rest_that_is_the_longest_does_not_grow)
{
    const struct lease_rest flat = {.first_ms = 1000, .longest_ms = 1000};
    cr_expect_eq(lease_rest_ms(&flat, 0, 0), 1000);
    cr_expect_eq(lease_rest_ms(&flat, 5, 0), 1000);
}
