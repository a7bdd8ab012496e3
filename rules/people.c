// people - who is on duty, who stands in for whom, and when somebody may be told
//
// The posts are gone through in the order in which they answer for each other until somebody is
// told.
#include "rules/people.h"

#include "rules/roster.h"

// ---- One person

static bool day_within(int32_t day, const Award__Day *from, const Award__Day *until)
{
    return from->number <= day && (until == NULL || day <= until->number);
}

Award__Post__Name person_post(const Award__Person *person, int32_t day)
{
    for (size_t i = 0; person != NULL && i < person->n_duties; i++) {
        if (day_within(day, person->duties[i]->from, person->duties[i]->until)) {
            return person->duties[i]->post;
        }
    }
    return (Award__Post__Name)0;
}

const Award__Person__Absence *person_absence(const Award__Person *person, int32_t day)
{
    for (size_t i = person != NULL ? person->n_absences : 0; i > 0; i--) {
        const Award__Person__Absence *absence = person->absences[i - 1];
        if (day_within(day, absence->from, absence->until)) {
            return absence;
        }
    }
    return NULL;
}

bool person_away(const Award__Person *person, int32_t day)
{
    return person_absence(person, day) != NULL;
}

// ---- Who is told

// Of a role that has a roster: the post, those above it, then those below.
static size_t posts_told(const struct roster *roster, Award__Post__Name post, int32_t day,
                         struct recipient **list)
{
    int first = post != 0 ? (int)post : AWARD__POST__NAME__clerk;
    size_t count = 0;
    for (int at = first; count == 0 && at <= AWARD__POST__NAME__director; at++) {
        count = roster_on_duty(roster, (Award__Post__Name)at, day, list);
    }
    for (int at = first - 1; count == 0 && at >= AWARD__POST__NAME__clerk; at--) {
        count = roster_on_duty(roster, (Award__Post__Name)at, day, list);
    }
    return count;
}

size_t people_told(struct deciding *d, Award__Role__Name role, Award__Post__Name post, int32_t day,
                   recipient_concerned concerned, const void *context, struct recipient **list)
{
    const struct roster roster = roster_read(d, role, concerned, context);
    size_t count = roster.kept ? posts_told(&roster, post, day, list) : 0;
    return count > 0 ? count : roster_everybody(&roster, day, list);
}

// ---- When

struct hours hours_of(struct deciding *d, const Award__Person *person)
{
    const struct alert_policy *policy = d->in->policy;
    struct hours hours =
        policy != NULL ? alert_policy_hours(policy) : (struct hours){.until = HOURS_DAY_MINUTES};
    if (person != NULL && person->has_hours_from && person->has_hours_until) {
        hours.from = person->hours_from;
        hours.until = person->hours_until;
    }
    if (person != NULL && person->has_quiet_from && person->has_quiet_until) {
        hours.quiet_from = person->quiet_from;
        hours.quiet_until = person->quiet_until;
    }
    return hours;
}

const char *hours_span(struct deciding *d, uint32_t from, uint32_t until)
{
    return say(d, "%02u:%02u-%02u:%02u", from / 60, from % 60, until / 60, until % 60);
}

int64_t person_hours(struct deciding *d, const char *name, int64_t moment_ms)
{
    struct hours hours = hours_of(d, name != NULL ? person_get(d, name) : NULL);
    return hours_next(&hours, d->in->calendar, moment_ms);
}

int64_t person_not_quiet(struct deciding *d, const char *name, int64_t moment_ms)
{
    struct hours hours = hours_of(d, name != NULL ? person_get(d, name) : NULL);
    if (!hours_leave_time(&hours)) {
        return moment_ms;
    }
    hours.from = 0;
    hours.until = HOURS_DAY_MINUTES;
    return hours_next(&hours, d->in->calendar, moment_ms);
}
