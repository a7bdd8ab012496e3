// health: who has work and does none of it is stuck after a minute
#include "daemon/health.h"

#include <criterion/criterion.h>

static struct health health;

Test(health, who_has_never_been_looked_at_is_well)
{
    cr_assert_eq(health_stuck(&health, HEALTH_STUCK_MS * 10), HEALTH_PARTS);
}

Test(health, work_that_is_not_done_for_a_minute_is_stuck)
{
    health_note(&health, HEALTH_DUE, true, 7, 1000);
    health_note(&health, HEALTH_DUE, true, 7, 1000 + HEALTH_STUCK_MS);
    cr_assert_eq(health_stuck(&health, 1000 + HEALTH_STUCK_MS), HEALTH_PARTS, "not yet");
    cr_assert_eq(health_stuck(&health, 1001 + HEALTH_STUCK_MS), HEALTH_DUE);
}

Test(health, who_gets_on_is_well_and_so_is_who_has_nothing_to_do)
{
    for (uint64_t i = 0; i < 10; i++) {
        int64_t now_ms = 1000 + (int64_t)i * HEALTH_STUCK_MS;
        health_note(&health, HEALTH_INTAKE, true, i, now_ms);
        health_note(&health, HEALTH_STATE, false, 3, now_ms);
        cr_assert_eq(health_stuck(&health, now_ms), HEALTH_PARTS);
    }
}

Test(health, work_counts_from_when_there_was_none)
{
    health_note(&health, HEALTH_STATE, false, 3, 1000);
    health_note(&health, HEALTH_STATE, false, 3, 500000);
    health_note(&health, HEALTH_STATE, true, 3, 510000);
    cr_assert_eq(health_stuck(&health, 510000), HEALTH_PARTS);
    cr_assert_eq(health_stuck(&health, 500001 + HEALTH_STUCK_MS), HEALTH_STATE);
    health_note(&health, HEALTH_STATE, true, 4, 500001 + HEALTH_STUCK_MS);
    cr_assert_eq(health_stuck(&health, 500001 + HEALTH_STUCK_MS), HEALTH_PARTS, "it got on");
}
