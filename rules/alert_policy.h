// alert_policy - who is told of which deadline and when
//
// Plain data, filled by settings/alert_policy from a YAML file.
#pragma once

#include "record.pb-c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ALERT_STEPS_MAX = 16,
    ALERT_LADDERS_MAX = 32,
};

// One step: so many days from the last day (0: on it; 1: the day after; -2: two days before;
// working days where `working_days`), at a time of day, to whom. Roles are a bit set of 1 <<
// Role.Name; of a role with a scope only the principals whose scope fits the deadline are told.
struct alert_step {
    int32_t offset_days;
    bool working_days;
    uint32_t minute_of_day; // 540: 09:00
    uint32_t roles;
};

struct alert_ladder {
    Award__DeadlineKind__Name kind;
    struct alert_step steps[ALERT_STEPS_MAX];
    size_t steps_count;
};

struct alert_policy {
    struct alert_ladder ladders[ALERT_LADDERS_MAX]; // a kind without one is told to nobody
    size_t ladders_count;
};

// NULL where the kind has none.
const struct alert_ladder *alert_policy_ladder(const struct alert_policy *policy,
                                               Award__DeadlineKind__Name kind);
