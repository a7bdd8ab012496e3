// Another alert policy, loaded a millisecond before a moment of a deadline, at it, and one after:
// it serves what is still to come, and what was told, was told. What is loaded at a moment is
// loaded behind what fires at it.
//
// By the default the answer of 2019-03-18 is told at nine on 03-04, 11, 14, 15, 18, 19, 21 and 25;
// upward after one working day to the head, after two more to the director; that nobody
// acknowledged any of it on 03-28.
#include "tests/rules/moments.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROLES(name) (UINT32_C(1) << AWARD__ROLE__NAME__##name)
#define TOLD(step, who) ANSWER "/1/" step "/" who
#define UNHEARD(who) ANSWER "/1/unheard/" who

enum { NINE = 540, DAY_BEFORE = 3, DAY_AFTER = 5 }; // indexes of the ladder's steps

static void step_add(struct alert_policy *policy)
{
    struct alert_ladder *ladder = answer_ladder(policy);
    ladder->steps[ladder->steps_count++] =
        (struct alert_step){-3, true, NINE, ROLES(office), false};
}

static void day_before_drop(struct alert_policy *policy)
{
    struct alert_ladder *ladder = answer_ladder(policy);
    for (size_t i = DAY_BEFORE + 1; i < ladder->steps_count; i++) {
        ladder->steps[i - 1] = ladder->steps[i];
    }
    ladder->steps_count--;
}

static void day_after_to_bureau(struct alert_policy *policy)
{
    answer_ladder(policy)->steps[DAY_AFTER].roles = ROLES(bureau);
}

static void day_before_at_ten(struct alert_policy *policy)
{
    answer_ladder(policy)->steps[DAY_BEFORE].minute_of_day = 600;
}

static void day_before_at_eight(struct alert_policy *policy)
{
    answer_ladder(policy)->steps[DAY_BEFORE].minute_of_day = 480;
}

static void ladder_drop(struct alert_policy *policy)
{
    answer_ladder(policy)->kind = AWARD__DEADLINE_KIND__NAME__closing;
}

static void two_steps_keep(struct alert_policy *policy)
{
    answer_ladder(policy)->steps_count = 2;
}

// clang-format off
static const struct moment_case step_cases[] = {
    {.what = "a step more",
     .moment = "2019-03-13T09:00:00",
     .policy = step_add,
     .outcomes = {
         {alert_raised, TOLD("-3w@09:00", "office"), {"2019-03-13T09:00:00", "never", "never"}},
         {alert_raised, TOLD("-2w@09:00", "office"), {"2019-03-14T09:00:00", "2019-03-14T09:00:00", "2019-03-14T09:00:00"}},
     }},
    // What was told stays open, and goes upward.
    {.what = "a step less",
     .moment = "2019-03-15T09:00:00",
     .policy = day_before_drop,
     .outcomes = {
         {alert_raised, TOLD("-1w@09:00", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w@09:00", "head"), {"never", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("0@09:00", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    {.what = "a step for others",
     .moment = "2019-03-19T09:00:00",
     .policy = day_after_to_bureau,
     .outcomes = {
         {alert_raised, TOLD("+1w@09:00", "bureau"), {"2019-03-19T09:00:00", "never", "never"}},
         {alert_raised, TOLD("+1w@09:00", "supervision"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("+1w@09:00", "office"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("+1w@09:00", "head"), {"never", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
     }},
    // At another hour it is another step: still to come, whatever was told at nine.
    {.what = "a step an hour later, at the old hour",
     .moment = "2019-03-15T09:00:00",
     .policy = day_before_at_ten,
     .outcomes = {
         {alert_raised, TOLD("-1w@09:00", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w@10:00", "office"), {"2019-03-15T10:00:00", "2019-03-15T10:00:00", "2019-03-15T10:00:00"}},
     }},
    {.what = "a step an hour later, at the new hour",
     .moment = "2019-03-15T10:00:00",
     .policy = day_before_at_ten,
     .outcomes = {
         {alert_raised, TOLD("-1w@09:00", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w@10:00", "office"), {"2019-03-15T10:00:00", "never", "never"}},
     }},
    {.what = "a step an hour earlier",
     .moment = "2019-03-15T08:00:00",
     .policy = day_before_at_eight,
     .outcomes = {
         {alert_raised, TOLD("-1w@08:00", "office"), {"2019-03-15T08:00:00", "never", "never"}},
         {alert_message, TOLD("-1w@08:00", "office"), {"office/2019-03-15T08:30:00+08:00/1", "nothing", "nothing"}},
         {alert_raised, TOLD("-1w@09:00", "office"), {"never", "never", "never"}},
     }},
    // Three working days behind the second, 03-11, whatever the ladder's room behind it holds.
    {.what = "nothing but two steps",
     .moment = "2019-03-13T09:00:00",
     .policy = two_steps_keep,
     .outcomes = {
         {alert_raised, TOLD("-2w@09:00", "office"), {"never", "never", "never"}},
         {alert_raised, UNHEARD("supervision"), {"2019-03-14T09:00:00", "2019-03-14T09:00:00", "2019-03-14T09:00:00"}},
     }},
    {.what = "no ladder",
     .moment = "2019-03-15T09:00:00",
     .policy = ladder_drop,
     .outcomes = {
         {alert_raised, TOLD("-2w@09:00", "head"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w@09:00", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("0@09:00", "office"), {"never", "never", "never"}},
         {alert_raised, UNHEARD("supervision"), {"never", "never", "never"}},
         {revision_fired, ANSWER "/1", {"2019-03-19T00:00:00", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
     }},
};
// clang-format on

Test(policy_moments, other_steps)
{
    MOMENT_CASES_TRY(step_cases);
}

// A publicity that is over still has its step of the day after: 2019-03-04 at nine, or at ten.
static void publicity_put(struct world *world)
{
    const struct alert_step step = {1, true, NINE, 0, false};
    const char *due = arena_format(world_arena(world),
                                   "{\"moment\":\"2019-03-04T09:00:00+08:00\",\"kind\":\"alert\","
                                   "\"subject\":\"P\",\"revision\":1,\"step\":%u}",
                                   alert_step_number(&step));
    after_put(world, AWARD__CHANGE__RECORD_DUE, due);
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              arena_format(world_arena(world),
                           "{\"deadline\":\"P\",\"subject\":\"2018\",\"kind\":\"publicity_end\","
                           "\"revision\":1,\"article\":\"16(7).2\",\"state\":\"ended\","
                           "\"cycle\":\"2018\",\"starts\":\"2019-02-22\",\"last\":\"2019-03-01\","
                           "\"end\":\"2019-03-01T23:59:59.999+08:00\",\"dues\":[%s]}",
                           due));
}

static void publicity_at_ten(struct alert_policy *policy)
{
    for (size_t i = 0; i < policy->ladders_count; i++) {
        struct alert_ladder *ladder = &policy->ladders[i];
        if (ladder->kind == AWARD__DEADLINE_KIND__NAME__publicity_end) {
            ladder->steps[ladder->steps_count - 1].minute_of_day = 600;
        }
    }
}

// clang-format off
static const struct moment_case ended_cases[] = {
    {.what = "a step of what is over an hour later",
     .begin = publicity_put,
     .moment = "2019-03-04T09:00:00",
     .policy = publicity_at_ten,
     .outcomes = {
         {alert_raised, "P/1/+1w@09:00/office", {"never", "2019-03-04T09:00:00", "2019-03-04T09:00:00"}},
         {alert_raised, "P/1/+1w@10:00/office", {"2019-03-04T10:00:00", "2019-03-04T10:00:00", "2019-03-04T10:00:00"}},
     }},
};
// clang-format on

Test(policy_moments, what_is_over_is_served_as_long_as_something_of_it_is_to_come)
{
    MOMENT_CASES_TRY(ended_cases);
}

// ---- Other hours

static void from_ten(struct alert_policy *policy)
{
    policy->hours_from = 600;
}

static void from_eight_until_nine(struct alert_policy *policy)
{
    policy->hours_from = 480;
    policy->hours_until = NINE;
}

static void from_eight_until_before_nine(struct alert_policy *policy)
{
    policy->hours_from = 480;
    policy->hours_until = NINE - 1;
}

static void day_before_at_eight_begin(struct world *world)
{
    day_before_at_eight(world_policy(world));
    (void)world_accept(world, "office", POLICY_LOADED);
}

// clang-format off
static const struct moment_case hours_cases[] = {
    {.what = "hours from ten",
     .moment = "2019-03-15T09:00:00",
     .policy = from_ten,
     .outcomes = {
         {alert_raised, TOLD("-1w@09:00", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_message, TOLD("-1w@09:00", "office"), {"office/2019-03-15T10:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1"}},
         {alert_message, TOLD("0@09:00", "office"), {"office/2019-03-18T09:00:00+08:00/1", "office/2019-03-18T09:00:00+08:00/1", "office/2019-03-18T09:00:00+08:00/1"}},
     }},
    {.what = "hours until nine",
     .moment = "2019-03-15T09:00:00",
     .policy = from_eight_until_nine,
     .outcomes = {
         {alert_message, TOLD("-1w@09:00", "office"), {"office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1"}},
     }},
    {.what = "hours until a minute before nine",
     .moment = "2019-03-15T09:00:00",
     .policy = from_eight_until_before_nine,
     .outcomes = {
         {alert_message, TOLD("-1w@09:00", "office"), {"office/2019-03-18T08:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1"}},
     }},
    // What collects keeps its moment.
    {.what = "hours from ten, as a message goes out",
     .begin = day_before_at_eight_begin,
     .moment = "2019-03-15T08:30:00",
     .policy = from_ten,
     .outcomes = {
         {alert_raised, TOLD("-1w@08:00", "office"), {"2019-03-15T08:00:00", "2019-03-15T08:00:00", "2019-03-15T08:00:00"}},
         {alert_message, TOLD("-1w@08:00", "office"), {"office/2019-03-15T08:30:00+08:00/1", "office/2019-03-15T08:30:00+08:00/1", "office/2019-03-15T08:30:00+08:00/1"}},
     }},
};
// clang-format on

Test(policy_moments, other_hours)
{
    MOMENT_CASES_TRY(hours_cases);
}

// ---- Another way upward

static void head_after_two_days(struct alert_policy *policy)
{
    policy->escalation[0].working_days = 2;
}

static void head_after_a_day(struct alert_policy *policy)
{
    policy->escalation[0].working_days = 1;
}

static void head_after_two_days_begin(struct world *world)
{
    head_after_two_days(world_policy(world));
    (void)world_accept(world, "office", POLICY_LOADED);
}

static void director_drop(struct alert_policy *policy)
{
    policy->escalation_count = 1;
}

static void head_drop(struct alert_policy *policy)
{
    policy->escalation[0] = policy->escalation[1];
    policy->escalation_count = 1;
}

// clang-format off
static const struct moment_case upward_cases[] = {
    {.what = "the head a day later",
     .moment = "2019-03-19T09:00:00",
     .policy = head_after_two_days,
     .outcomes = {
         {alert_raised, TOLD("0@09:00", "head"), {"2019-03-20T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0@09:00", "director"), {"2019-03-22T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
         {alert_raised, TOLD("+1w@09:00", "head"), {"2019-03-21T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
     }},
    // What waits and lies before now by the new policy goes upward at once.
    {.what = "the head a day earlier",
     .begin = head_after_two_days_begin,
     .moment = "2019-03-19T09:00:00",
     .policy = head_after_a_day,
     .outcomes = {
         {alert_raised, TOLD("0@09:00", "head"), {"2019-03-19T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00.001"}},
         {alert_planned, TOLD("0@09:00", "head"), {"2019-03-19T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0@09:00", "director"), {"2019-03-21T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00.001"}},
     }},
    {.what = "no director",
     .moment = "2019-03-21T09:00:00",
     .policy = director_drop,
     .outcomes = {
         {alert_raised, TOLD("0@09:00", "director"), {"never", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
         {alert_raised, TOLD("+1w@09:00", "head"), {"2019-03-20T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
     }},
    {.what = "no head",
     .moment = "2019-03-19T09:00:00",
     .policy = head_drop,
     .outcomes = {
         {alert_raised, TOLD("0@09:00", "head"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0@09:00", "director"), {"2019-03-20T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
     }},
};
// clang-format on

Test(policy_moments, another_way_upward)
{
    MOMENT_CASES_TRY(upward_cases);
}

// ---- What is behind the ladder

static void unheard_after_five_days(struct alert_policy *policy)
{
    policy->unheard_working_days = 5;
}

static void unheard_after_a_day(struct alert_policy *policy)
{
    policy->unheard_working_days = 1;
}

static void unheard_to_bureau(struct alert_policy *policy)
{
    policy->unheard_roles = ROLES(bureau);
}

static void unheard_to_nobody(struct alert_policy *policy)
{
    policy->unheard_roles = 0;
}

// Seven working days after: 2019-03-27.
static void step_behind_all(struct alert_policy *policy)
{
    struct alert_ladder *ladder = answer_ladder(policy);
    ladder->steps[ladder->steps_count++] = (struct alert_step){7, true, NINE, ROLES(office), false};
}

#define NEVER                                                                                      \
    {                                                                                              \
        "never", "never", "never"                                                                  \
    }
#define NOT_BEFORE                                                                                 \
    {                                                                                              \
        "never", "2019-03-28T09:00:00", "2019-03-28T09:00:00"                                      \
    }

// clang-format off
static const struct moment_case unheard_cases[] = {
    {.what = "unheard after five days",
     .moment = "2019-03-28T09:00:00",
     .policy = unheard_after_five_days,
     .until = "2019-04-10T12:00:00",
     .outcomes = {
         {alert_raised, UNHEARD("supervision"), {"2019-04-01T09:00:00", "2019-03-28T09:00:00", "2019-03-28T09:00:00"}},
         {alert_raised, UNHEARD("admin"), {"2019-04-01T09:00:00", "2019-03-28T09:00:00", "2019-03-28T09:00:00"}},
     }},
    {.what = "unheard after a day",
     .moment = "2019-03-26T09:00:00",
     .policy = unheard_after_a_day,
     .outcomes = {
         {alert_raised, UNHEARD("supervision"), {"2019-03-26T09:00:00", "2019-03-26T09:00:00", "2019-03-26T09:00:00.001"}},
         {alert_planned, UNHEARD("supervision"), {"2019-03-26T09:00:00", "2019-03-26T09:00:00", "2019-03-26T09:00:00"}},
     }},
    {.what = "unheard, to others",
     .moment = "2019-03-28T09:00:00",
     .policy = unheard_to_bureau,
     .outcomes = {
         {alert_raised, UNHEARD("bureau"), {"2019-03-28T09:00:00", "never", "never"}},
         {alert_raised, UNHEARD("supervision"), NOT_BEFORE},
     }},
    {.what = "unheard, to nobody",
     .moment = "2019-03-28T09:00:00",
     .policy = unheard_to_nobody,
     .outcomes = {
         {alert_raised, UNHEARD("supervision"), NOT_BEFORE},
         {alert_raised, UNHEARD("bureau"), NEVER},
     }},
    // Three working days behind the last step of the policy in force.
    {.what = "unheard behind another last step",
     .moment = "2019-03-27T09:00:00",
     .policy = step_behind_all,
     .until = "2019-04-10T12:00:00",
     .outcomes = {
         {alert_raised, TOLD("+7w@09:00", "office"), {"2019-03-27T09:00:00", "never", "never"}},
         {alert_raised, UNHEARD("supervision"), {"2019-04-01T09:00:00", "2019-04-01T09:00:00", "2019-04-01T09:00:00"}},
     }},
};
// clang-format on

Test(policy_moments, another_row_behind_the_ladder)
{
    MOMENT_CASES_TRY(unheard_cases);
}

// ---- A policy that names nobody

static void complain(struct world *world)
{
    after_complaint(world, (struct period){.length = 17, .unit = PERIOD_DAYS});
}

static size_t rows_of(struct world *world, Award__Due__Kind kind)
{
    size_t count = 0;
    const Award__Due *due;
    for (size_t i = 0;
         (due = (const Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL;
         i++) {
        count += due->kind == kind && strcmp(due->subject, ANSWER) == 0 ? 1 : 0;
    }
    return count;
}

Test(policy_moments, where_nobody_is_told_of_what_nobody_heard_no_row_waits_for_it)
{
    struct world *world = after_world_create();
    world_policy(world)->unheard_roles = 0;
    complain(world);
    cr_expect_gt(rows_of(world, AWARD__DUE__KIND__alert), 0);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__unheard), 0);
    cr_expect_eq(ladder_steps_to_come(world_policy(world), world_calendar(world),
                                      after_deadline(world, ANSWER), 0),
                 answer_ladder(world_policy(world))->steps_count);
    world_destroy(world);
}

Test(policy_moments, of_a_kind_without_a_ladder_nothing_is_planned_but_its_end)
{
    struct world *world = after_world_create();
    ladder_drop(world_policy(world));
    complain(world);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__deadline), 1);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__alert), 0);
    cr_expect_eq(rows_of(world, AWARD__DUE__KIND__unheard), 0);
    cr_expect_eq(ladder_steps_to_come(world_policy(world), world_calendar(world),
                                      after_deadline(world, ANSWER), 0),
                 0);
    (void)after_accept(world, "office", "%s", CALENDAR_LOADED("{\"on\":\"2019-03-14\"}"));
    world_clock(world, "2019-03-19T00:00:00+08:00");
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__overdue);
    world_destroy(world);
}
