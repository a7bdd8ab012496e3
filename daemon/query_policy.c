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

// To count the steps of a deadline takes as long as reading so many records.
enum { STEPS_WEIGH = 8 };

static void policy_begin(struct asking *asking)
{
    const char *text = asking->query->policy->other;
    struct alert_policy *other = arena_alloc(asking->arena, sizeof(*other));
    struct settings_error error;
    if (text != NULL && !alert_policy_file_read(text, strlen(text), other, &error)) {
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
    policy->has_deadlines = policy->has_steps = policy->has_steps_other = text != NULL;
    asking->found = text != NULL ? other : NULL;
    asking->reply->policy = policy;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_POLICY;
}

static bool deadlines_from(struct asking *asking, struct scan *scan)
{
    (void)scan;
    return asking->found != NULL; // there is another to compare with
}

// Over all deadlines: what is told of them is nobody's secret from those who may ask.
static void deadline_visit(struct asking *asking, ProtobufCMessage *record)
{
    const Award__Deadline *deadline = (const Award__Deadline *)record;
    const struct alert_policy *other = asking->found;
    const struct rules_input *in = asking->d->in;
    Award__Policy *policy = asking->reply->policy;
    int64_t now_ms = asking->d->now_ms;
    if (stands(deadline)) {
        asking->looked += STEPS_WEIGH;
        policy->deadlines++;
        policy->steps += ladder_steps_to_come(in->policy, in->calendar, deadline, now_ms);
        policy->steps_other += ladder_steps_to_come(other, in->calendar, deadline, now_ms);
    }
}

static const struct query_part parts[] = {
    {AWARD__CHANGE__RECORD_DEADLINE, 0, deadlines_from, deadline_visit, NULL},
};

const struct query_plan query_policy_plan = {policy_begin, parts, 1};
