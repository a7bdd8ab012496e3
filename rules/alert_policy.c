// alert_policy - who is told of which deadline and when: the look-up
#include "rules/alert_policy.h"

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
