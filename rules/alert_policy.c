// alert_policy - who is told of which deadline and when: the look-up
#include "rules/alert_policy.h"

struct hours alert_policy_hours(const struct alert_policy *policy)
{
    return (struct hours){policy->hours_from, policy->hours_until, policy->quiet_from,
                          policy->quiet_until};
}

const struct alert_ladder *alert_policy_ladder(const struct alert_policy *policy,
                                               Award__DeadlineKind__Name kind)
{
    for (size_t i = 0; i < policy->ladders_count; i++) {
        if (policy->ladders[i].kind == kind) {
            return &policy->ladders[i];
        }
    }
    return NULL;
}

enum { OFFSETS_BEGIN = 1000, MINUTES_OF_DAY = 1440 };

uint32_t alert_step_number(const struct alert_step *step)
{
    uint32_t offset = (uint32_t)(step->offset_days + OFFSETS_BEGIN);
    return (offset * 2 + (step->working_days ? 1 : 0)) * MINUTES_OF_DAY + step->minute_of_day;
}

struct alert_step alert_step_of(uint32_t number)
{
    uint32_t place = number / MINUTES_OF_DAY;
    return (struct alert_step){
        .offset_days = (int32_t)(place / 2) - OFFSETS_BEGIN,
        .working_days = place % 2 == 1,
        .minute_of_day = number % MINUTES_OF_DAY,
    };
}

const struct alert_step *alert_ladder_step(const struct alert_ladder *ladder, uint32_t number)
{
    for (size_t i = 0; i < ladder->steps_count; i++) {
        if (alert_step_number(&ladder->steps[i]) == number) {
            return &ladder->steps[i];
        }
    }
    return NULL;
}
