// alert_policy_words - an alert policy in words, for those who read it and compare two
#pragma once

#include "common/arena.h"
#include "rules/alert_policy.h"

// A text in both languages.
struct alert_policy_text {
    const char *zh;
    const char *en;
};

// What holds for all deadlines: hours, quiet hours, escalation, unheard, snooze, digest, delivery.
// Of any two policies they are the same in the same order.
struct alert_policy_entry {
    struct alert_policy_text what;
    struct alert_policy_text value;
};
enum { ALERT_POLICY_ENTRIES = 7 };
void alert_policy_entries(const struct alert_policy *policy, struct arena *arena,
                          struct alert_policy_entry entries[ALERT_POLICY_ENTRIES]);

// "申报截止", "closing".
struct alert_policy_text alert_policy_kind(Award__DeadlineKind__Name kind, struct arena *arena);

// "末日前 10 个工作日 09:00", "10 working days before, 09:00".
struct alert_policy_text alert_policy_place(const struct alert_step *step, struct arena *arena);

// "企业、办公室", "enterprise, office"; "无", "nobody" of no role.
struct alert_policy_text alert_policy_roles(uint32_t roles, struct arena *arena);

// Place, roles and urgency: "末日前 10 个工作日 09:00：企业".
struct alert_policy_text alert_policy_step(const struct alert_step *step, struct arena *arena);
