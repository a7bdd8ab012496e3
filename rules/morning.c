// morning - the digests of a working day, and the proof of silence of every day
//
// One row of the index fires each day at the hour of the policy and puts the next. What a digest
// says is what `today` shows its reader when it is delivered; here is decided who has one.
#include "rules/morning.h"

#include "common/time.h"
#include "rules/decide.h"
#include "rules/messages.h"
#include "rules/people.h"

static int64_t morning_after(const struct deciding *d, int64_t moment_ms)
{
    int64_t at_ms = (int64_t)d->in->policy->digest_at * 60000;
    int32_t day = day_of_moment(moment_ms);
    return day_start(day) + at_ms > moment_ms ? day_start(day) + at_ms : day_start(day + 1) + at_ms;
}

static void morning_put(struct deciding *d, Award__Moment *next)
{
    Award__Morning *morning = NEW(d, Award__Morning, award__morning);
    morning->next = next;
    record_put(d, AWARD__CHANGE__RECORD_MORNING, &morning->base, "policy");
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = next;
    SET(due, kind, AWARD__DUE__KIND__morning);
    due->subject = arena_string(d->arena, "");
    SET(due, step, 0);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "policy");
}

static const Award__Morning *morning_get(struct deciding *d)
{
    return (const Award__Morning *)record_get(d, AWARD__CHANGE__RECORD_MORNING);
}

static void morning_drop(struct deciding *d, const Award__Morning *morning)
{
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, morning->next->ms,
                  (int)AWARD__DUE__KIND__morning, "", 0);
}

void morning_arm(struct deciding *d)
{
    if (morning_get(d) == NULL) {
        morning_put(d, moment_make(d, morning_after(d, d->now_ms)));
    }
}

void morning_rearm(struct deciding *d)
{
    const Award__Morning *morning = morning_get(d);
    if (morning != NULL) {
        morning_drop(d, morning);
        morning_put(d, moment_make(d, morning_after(d, d->now_ms)));
    }
}

// Whoever can be reached has one, unless he does not want it.
static bool has_digest(struct deciding *d, const Award__Person *person)
{
    const Award__Principal *principal = principal_get(d, person->person);
    bool wanted = !person->has_digest || person->digest;
    return principal != NULL && wanted && person->n_addresses > 0 &&
           (d->in->policy->digest_roles >> (unsigned)principal->role & 1U) != 0 &&
           !person_away(person, d->today);
}

bool decide_morning_came(struct deciding *d)
{
    const Award__Morning *morning = morning_get(d);
    if (morning == NULL || morning->next->ms != d->event->morning_came->due->ms) {
        return reject(d, "nothing_due", "order", "现在没有到时的每日摘要。",
                      "No digest is due now.");
    }
    bool working = calendar_working(d->in->calendar, d->today);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PERSON, 0);
    Award__Person *person;
    while ((person = (Award__Person *)record_walk_next(&walk)) != NULL) {
        if (working && has_digest(d, person)) {
            message_to_principal(d, person->person, AWARD__TEMPLATE__NAME__digest, NULL, NULL);
        }
        if (person->silence) {
            message_to_principal(d, person->person, AWARD__TEMPLATE__NAME__silence, NULL, NULL);
        }
    }
    morning_rearm(d);
    return true;
}
