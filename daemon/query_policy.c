// query_policy - the alert policy in force, and what another would mean for the deadlines that
// stand
#include "daemon/query_parts.h"

#include "rules/ladders.h"
#include "settings/alert_policy_file.h"

#include <string.h>

static bool stands(const Award__Deadline *deadline)
{
    return deadline->last != NULL && (deadline->state == AWARD__DEADLINE__STATE__open ||
                                      deadline->state == AWARD__DEADLINE__STATE__overdue);
}

// Over all deadlines: what is told of them is nobody's secret from those who may ask.
static void steps_count(struct asking *asking, const struct alert_policy *other)
{
    Award__Policy *policy = asking->reply->policy;
    const struct rules_input *in = asking->d->in;
    struct scan scan;
    const Award__Deadline *deadline;
    SET(policy, deadlines, 0);
    SET(policy, steps, 0);
    SET(policy, steps_other, 0);
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_DEADLINE, NULL);
    while ((deadline = (const Award__Deadline *)scan_next(&scan)) != NULL) {
        if (stands(deadline)) {
            int64_t now_ms = asking->d->now_ms;
            policy->deadlines++;
            policy->steps += ladder_steps_to_come(in->policy, in->calendar, deadline, now_ms);
            policy->steps_other += ladder_steps_to_come(other, in->calendar, deadline, now_ms);
        }
    }
    scan_end(&scan);
}

void query_policy(struct asking *asking)
{
    const char *text = asking->query->policy->other;
    struct alert_policy other;
    struct settings_error error;
    if (text != NULL && !alert_policy_file_read(text, strlen(text), &other, &error)) {
        query_refuse(asking, "bad_alert_policy", "form", arena_string(asking->arena, error.zh),
                     arena_string(asking->arena, error.en));
        return;
    }
    const Award__AlertPolicy *record =
        (const Award__AlertPolicy *)record_get(asking->d, AWARD__CHANGE__RECORD_ALERT_POLICY);
    Award__Policy *policy = NEW(asking->d, Award__Policy, award__policy);
    if (record != NULL) { // none was loaded: nobody is told of anything
        policy->text = arena_string(asking->arena, record->text);
        policy->digest = arena_string(asking->arena, record->digest);
    }
    asking->reply->policy = policy;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_POLICY;
    if (text != NULL) {
        steps_count(asking, &other);
    }
}
