// roster - the principals of a role with what is on record of them, read once for many days
#include "rules/roster.h"

#include "rules/principal_roles.h"

#include <assert.h>
#include <string.h>

enum { SUBSTITUTES_DEEP_MAX = 8 };

// ---- The role

static void member_add(struct roster *roster, const struct roster_member *member)
{
    roster->members = list_room(roster->d, roster->members, roster->members_count,
                                &roster->members_room, sizeof(*roster->members));
    roster->members[roster->members_count++] = *member;
}

struct roster roster_read(struct deciding *d, Award__Role__Name role, recipient_concerned concerned,
                          const void *context)
{
    struct roster roster = {.d = d};
    struct principals_walk walk = principals_of(d, UINT32_C(1) << (unsigned)role);
    const Award__Principal *principal;
    while ((principal = principals_next(&walk)) != NULL) {
        const struct roster_member member = {
            .principal = principal,
            .person = person_get(d, principal->name),
            .concerned = concerned == NULL || concerned(d, principal, context),
        };
        roster.kept = roster.kept || (member.person != NULL && member.person->n_duties > 0);
        member_add(&roster, &member);
    }
    return roster;
}

const struct roster_member *roster_member(const struct roster *roster, const char *name)
{
    for (size_t i = 0; name != NULL && i < roster->members_count; i++) {
        if (strcmp(roster->members[i].principal->name, name) == 0) {
            return &roster->members[i];
        }
    }
    return NULL;
}

bool roster_has_post(const struct roster *roster, Award__Post__Name post)
{
    for (size_t i = 0; i < roster->members_count; i++) {
        const Award__Person *person = roster->members[i].person;
        for (size_t k = 0; person != NULL && k < person->n_duties; k++) {
            if (person->duties[k]->post == post) {
                return true;
            }
        }
    }
    return false;
}

const struct roster_member *roster_stand_in(const struct roster *roster,
                                            const struct roster_member *member, int32_t day)
{
    for (int depth = 0; member != NULL && depth <= SUBSTITUTES_DEEP_MAX; depth++) {
        const Award__Person__Absence *absence = person_absence(member->person, day);
        if (absence == NULL) {
            return member;
        }
        member = roster_member(roster, absence->substitute);
    }
    return NULL;
}

// ---- Who is told

struct told {
    struct recipient *list;
    size_t count;
};

static struct told told_begin(const struct roster *roster)
{
    size_t most = roster->members_count + 1;
    return (struct told){arena_alloc(roster->d->arena, most * sizeof(struct recipient)), 0};
}

// In the order of names; who is told already as himself stays so.
static void told_add(struct told *told, const struct recipient *one)
{
    size_t at = 0;
    int order = -1;
    while (at < told->count &&
           (order = strcmp(told->list[at].principal->name, one->principal->name)) < 0) {
        at++;
    }
    if (at < told->count && order == 0) {
        if (one->stands_for == NULL) {
            told->list[at] = *one;
        }
        return;
    }
    memmove(&told->list[at + 1], &told->list[at], (told->count - at) * sizeof(*told->list));
    told->list[at] = *one;
    told->count++;
}

size_t roster_on_duty(const struct roster *roster, Award__Post__Name post, int32_t day,
                      struct recipient **list)
{
    struct told told = told_begin(roster);
    for (size_t i = 0; i < roster->members_count; i++) {
        const struct roster_member *member = &roster->members[i];
        if (!member->concerned || person_post(member->person, day) != post) {
            continue;
        }
        const struct roster_member *there = roster_stand_in(roster, member, day);
        if (there != NULL) {
            const struct recipient one = {there->principal, post,
                                          there != member ? member->principal->name : NULL};
            told_add(&told, &one);
        }
    }
    assert(told.count <= roster->members_count);
    *list = told.list;
    return told.count;
}

size_t roster_everybody(const struct roster *roster, int32_t day, struct recipient **list)
{
    struct told told = told_begin(roster);
    for (size_t i = 0; i < roster->members_count; i++) {
        const struct roster_member *member = &roster->members[i];
        if (!member->concerned) {
            continue;
        }
        const struct roster_member *there = roster_stand_in(roster, member, day);
        bool stood_in = there != NULL && there != member;
        const struct recipient one = {.principal = stood_in ? there->principal : member->principal,
                                      .stands_for = stood_in ? member->principal->name : NULL};
        told_add(&told, &one);
    }
    assert(told.count <= roster->members_count);
    *list = told.list;
    return told.count;
}
