// people - who is on duty, who stands in for whom, and when somebody may be told
//
// The principals of the role are read once with what is on record of them; then the posts are gone
// through in the order in which they answer for each other until somebody is told.
#include "rules/people.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

enum {
    SUBSTITUTES_DEEP_MAX = 8,
    MINUTE_MS = 60000,
    MINUTES_OF_DAY = 24 * 60,
    DAYS_OFF_MAX = 366, // in one row: a calendar that has more is no calendar
};

// One of the role.
struct member {
    const Award__Principal *principal;
    const Award__Person *person; // NULL where nothing is on record
    bool concerned;
};

struct roster {
    struct deciding *d;
    int32_t day;
    struct member *members; // ascending by name
    size_t members_count;
    size_t members_room;
    bool kept; // somebody has a duty on record
    struct recipient *told;
    size_t told_count;
};

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

// Of several on one day the one that began last: it was recorded knowing the others.
static const Award__Person__Absence *absence_on(const Award__Person *person, int32_t day)
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
    return absence_on(person, day) != NULL;
}

// ---- The role

static void member_add(struct roster *roster, const struct member *member)
{
    if (roster->members_count == roster->members_room) {
        roster->members_room = roster->members_room > 0 ? 2 * roster->members_room : 16;
        struct member *grown = arena_alloc(roster->d->arena, roster->members_room * sizeof(*grown));
        if (roster->members_count > 0) {
            memcpy(grown, roster->members, roster->members_count * sizeof(*grown));
        }
        roster->members = grown;
    }
    roster->members[roster->members_count++] = *member;
}

static void members_read(struct roster *roster, Award__Role__Name role,
                         recipient_concerned concerned, const void *context)
{
    struct deciding *d = roster->d;
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    const Award__Principal *principal;
    while ((principal = (const Award__Principal *)record_walk_next(&walk)) != NULL) {
        if (principal->role != role) {
            continue;
        }
        const struct member member = {
            .principal = principal,
            .person = person_get(d, principal->name),
            .concerned = concerned == NULL || concerned(d, principal, context),
        };
        roster->kept = roster->kept || (member.person != NULL && member.person->n_duties > 0);
        member_add(roster, &member);
    }
}

static const struct member *member_find(const struct roster *roster, const char *name)
{
    for (size_t i = 0; name != NULL && i < roster->members_count; i++) {
        if (strcmp(roster->members[i].principal->name, name) == 0) {
            return &roster->members[i];
        }
    }
    return NULL;
}

// Himself where he is there, else who stands in for him in the end. NULL where that is nobody: no
// substitute is named, or the substitutes stand in for each other.
static const struct member *stand_in(const struct roster *roster, const struct member *member)
{
    for (int depth = 0; member != NULL && depth <= SUBSTITUTES_DEEP_MAX; depth++) {
        const Award__Person__Absence *absence = absence_on(member->person, roster->day);
        if (absence == NULL) {
            return member;
        }
        member = member_find(roster, absence->substitute);
    }
    return NULL;
}

// ---- Who is told

// In the order of names; who is told already as himself stays so.
static void told_add(struct roster *roster, const struct member *member, Award__Post__Name post,
                     const char *stands_for)
{
    size_t at = 0;
    int order = -1;
    while (at < roster->told_count &&
           (order = strcmp(roster->told[at].principal->name, member->principal->name)) < 0) {
        at++;
    }
    const struct recipient one = {member->principal, post, stands_for};
    if (at < roster->told_count && order == 0) {
        if (stands_for == NULL) {
            roster->told[at] = one;
        }
        return;
    }
    assert(roster->told_count < roster->members_count);
    memmove(&roster->told[at + 1], &roster->told[at],
            (roster->told_count - at) * sizeof(*roster->told));
    roster->told[at] = one;
    roster->told_count++;
}

static void post_told(struct roster *roster, Award__Post__Name post)
{
    for (size_t i = 0; i < roster->members_count; i++) {
        const struct member *member = &roster->members[i];
        if (!member->concerned || person_post(member->person, roster->day) != post) {
            continue;
        }
        const struct member *there = stand_in(roster, member);
        if (there != NULL) {
            told_add(roster, there, post, there != member ? member->principal->name : NULL);
        }
    }
}

// Whoever is away and has nobody who stands in for him is told all the same.
static void all_told(struct roster *roster)
{
    for (size_t i = 0; i < roster->members_count; i++) {
        const struct member *member = &roster->members[i];
        if (!member->concerned) {
            continue;
        }
        const struct member *there = stand_in(roster, member);
        bool stood_in = there != NULL && there != member;
        told_add(roster, stood_in ? there : member, (Award__Post__Name)0,
                 stood_in ? member->principal->name : NULL);
    }
}

static void roster_told(struct roster *roster, Award__Post__Name post)
{
    int first = post != 0 ? (int)post : AWARD__POST__NAME__clerk;
    for (int at = first; roster->told_count == 0 && at <= AWARD__POST__NAME__director; at++) {
        post_told(roster, (Award__Post__Name)at);
    }
    for (int at = first - 1; roster->told_count == 0 && at >= AWARD__POST__NAME__clerk; at--) {
        post_told(roster, (Award__Post__Name)at);
    }
}

size_t people_told(struct deciding *d, Award__Role__Name role, Award__Post__Name post, int32_t day,
                   recipient_concerned concerned, const void *context, struct recipient **list)
{
    struct roster roster = {.d = d, .day = day};
    members_read(&roster, role, concerned, context);
    roster.told = arena_alloc(d->arena, (roster.members_count + 1) * sizeof(*roster.told));
    if (roster.kept) {
        roster_told(&roster, post);
    }
    if (roster.told_count == 0) {
        all_told(&roster);
    }
    *list = roster.told;
    return roster.told_count;
}

// ---- When

struct hours {
    uint32_t from; // minutes of a working day
    uint32_t until;
};

static struct hours hours_of(struct deciding *d, const char *name)
{
    const Award__Person *person = name != NULL ? person_get(d, name) : NULL;
    if (person != NULL && person->has_hours_from && person->has_hours_until) {
        return (struct hours){person->hours_from, person->hours_until};
    }
    const struct alert_policy *policy = d->in->policy;
    return policy != NULL ? (struct hours){policy->hours_from, policy->hours_until}
                          : (struct hours){0, MINUTES_OF_DAY};
}

int64_t person_hours(struct deciding *d, const char *name, int64_t moment_ms)
{
    struct hours hours = hours_of(d, name);
    const struct calendar *calendar = d->in->calendar;
    if (calendar == NULL || hours.from >= hours.until ||
        (hours.from == 0 && hours.until >= MINUTES_OF_DAY)) {
        return moment_ms;
    }
    int32_t first = day_of_moment(moment_ms);
    for (int32_t day = first; day < first + DAYS_OFF_MAX; day++) {
        int64_t from_ms = day_start(day) + (int64_t)hours.from * MINUTE_MS;
        int64_t until_ms = day_start(day) + (int64_t)hours.until * MINUTE_MS;
        if (calendar_working(calendar, day) && moment_ms <= until_ms) {
            return moment_ms > from_ms ? moment_ms : from_ms;
        }
    }
    return moment_ms;
}
