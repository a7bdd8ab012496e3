// How long things are expected to take: every stage that is no end has a stay.
#include "rules/stays.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

// Stages that a row of the life cycle leads out of, but for what may happen to an honour at any
// time.
static uint32_t stages_going_on(void)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    uint32_t stages = 0;
    for (size_t i = 0; i < count; i++) {
        bool any_time = rows[i].event == AWARD__EVENT__BODY_REVOCATION_DECIDED ||
                        rows[i].event == AWARD__EVENT__BODY_EARLIER_RECORD;
        if (rows[i].next != NEXT_STAY && !any_time) {
            stages |= rows[i].from;
        }
    }
    return stages;
}

// F-policy-2
Test(stays, every_stage_that_is_no_end_has_one_and_no_other)
{
    uint32_t going_on = stages_going_on();
    for (int stage = AWARD__STAGE__NAME__applied; stage <= AWARD__STAGE__NAME__revocation_closed;
         stage++) {
        bool expected = (going_on >> (unsigned)stage & 1U) != 0;
        cr_expect_eq(stay_of_stage((Award__Stage__Name)stage) != RULEBOOK_STAYS, expected, "%s",
                     stage_name((Award__Stage__Name)stage));
    }
}

// F-policy-2
Test(stays, each_has_its_key_once_and_no_stage_two)
{
    uint32_t stages = 0;
    for (int stay = 0; stay < RULEBOOK_STAYS; stay++) {
        const struct stay_row *row = stay_row((enum rulebook_stay)stay);
        cr_expect_eq(stay_named(row->key), row);
        cr_expect_eq(stages & row->stages, 0, "%s", row->key);
        stages |= row->stages;
        cr_expect_eq(row->stages & ~stages_going_on(), 0, "%s", row->key);
    }
    cr_expect_null(stay_named("nothing"));
}

// F-policy-2, decision 1
Test(stays, the_day_that_it_began_is_not_counted)
{
    static struct rulebook rulebook;
    struct calendar calendar = {NULL, 0};
    struct rules_input input = {.calendar = &calendar};
    struct deciding d = {.in = &input};
    rulebook.stays[STAY_HALTED] = (struct period){.length = 3, .unit = PERIOD_WORKING_DAYS};
    rulebook.stays[STAY_SIGNED] = (struct period){.length = 3, .unit = PERIOD_DAYS};
    int32_t sunday = 17531; // 2017-12-31
    cr_expect_eq(stay_last(&d, &rulebook, STAY_HALTED, sunday + 4), sunday + 9);
    cr_expect_eq(stay_last(&d, &rulebook, STAY_SIGNED, sunday + 4), sunday + 7);
}

// F-policy-2
Test(stays, what_is_longest_over_stands_first_and_of_equals_the_lower_name)
{
    char a[] = "2018/A/1";
    char b[] = "2018/B/1";
    Award__Stuck__Row rows[3] = {AWARD__STUCK__ROW__INIT, AWARD__STUCK__ROW__INIT,
                                 AWARD__STUCK__ROW__INIT};
    rows[0].subject = b, rows[0].days_over = 3;
    rows[1].subject = a, rows[1].days_over = 3;
    rows[2].subject = b, rows[2].days_over = 4;
    Award__Stuck__Row *order[3] = {&rows[0], &rows[1], &rows[2]};
    qsort(order, 3, sizeof(order[0]), stuck_compare);
    cr_expect_eq(order[0], &rows[2]);
    cr_expect_eq(order[1], &rows[1]);
    cr_expect_eq(order[2], &rows[0]);
}
