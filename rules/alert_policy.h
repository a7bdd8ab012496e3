// alert_policy - who is told of which deadline and when
//
// Plain data, filled by settings/alert_policy from a YAML file.
#pragma once

#include "record.pb-c.h"
#include "rules/hours.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ALERT_STEPS_MAX = 16,
    ALERT_LADDERS_MAX = 32,
    ALERT_ESCALATIONS_MAX = 3, // there are three posts
};

// One step: so many days from the last day (0: on it; 1: the day after; -2: two days before;
// working days where `working_days`), at a time of day, to whom. Roles are a bit set of 1 <<
// Role.Name; of a role with a scope only the principals whose scope fits the deadline are told.
struct alert_step {
    int32_t offset_days;
    bool working_days;
    uint32_t minute_of_day; // 540: 09:00
    uint32_t roles;
    bool urgent; // goes out at once, whatever the recipient's hours
};

// What nobody acknowledged goes on to this post, so many working days after the one before.
struct alert_escalation {
    Award__Post__Name post;
    uint32_t working_days;
};

struct alert_ladder {
    Award__DeadlineKind__Name kind;
    struct alert_step steps[ALERT_STEPS_MAX];
    size_t steps_count;
};

struct alert_policy {
    struct alert_ladder ladders[ALERT_LADDERS_MAX]; // a kind without one is told to nobody
    size_t ladders_count;
    struct alert_escalation escalation[ALERT_ESCALATIONS_MAX];
    size_t escalation_count;
    uint32_t unheard_roles;        // who is told that nobody acknowledged a whole ladder; 0: nobody
    uint32_t unheard_working_days; // after its last step
    uint32_t hours_from;           // minutes of the day, of who has none of his own (rules/hours.h)
    uint32_t hours_until;
    uint32_t quiet_from;
    uint32_t quiet_until;
    uint32_t snooze_days_max;
    uint32_t digest_at;    // minute of a working day
    uint32_t digest_roles; // 0: no digests
    uint32_t delivery_attempts;
    uint32_t
        delivery_first_wait; // seconds before the second attempt, twice as many before the next
    uint32_t delivery_longest_wait; // seconds
};

// The number of a step says where it lies from the last day and when, so that it is the same step
// in another policy: rows of the index and alerts are named by it. A number that stands behind the
// whole ladder is no step's.
enum { ALERT_STEP_UNHEARD = 1 };
uint32_t alert_step_number(const struct alert_step *step);
struct alert_step alert_step_of(uint32_t number); // its place and time alone

// NULL where the ladder has no such step.
const struct alert_step *alert_ladder_step(const struct alert_ladder *ladder, uint32_t number);

struct hours alert_policy_hours(const struct alert_policy *policy);

// NULL where the kind has none.
const struct alert_ladder *alert_policy_ladder(const struct alert_policy *policy,
                                               Award__DeadlineKind__Name kind);
