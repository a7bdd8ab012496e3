// roster - the principals of a role with what is on record of them, read once for many days
#pragma once

#include "rules/people.h"

struct roster_member {
    const Award__Principal *principal;
    const Award__Person *person; // NULL where nothing is on record
    bool concerned;
};

struct roster {
    struct deciding *d;
    struct roster_member *members; // ascending by name
    size_t members_count;
    size_t members_room;
    bool kept; // there is one: somebody has a duty on record
};

// `concerned` may be NULL: everybody.
struct roster roster_read(struct deciding *d, Award__Role__Name role, recipient_concerned concerned,
                          const void *context);

// NULL where nobody of the role has this name.
const struct roster_member *roster_member(const struct roster *roster, const char *name);

// Whether somebody has the post on record, for whatever days.
bool roster_has_post(const struct roster *roster, Award__Post__Name post);

// Himself where he is there on the day, else who stands in for him in the end. NULL where that is
// nobody: no substitute is named, or the substitutes stand in for each other.
const struct roster_member *roster_stand_in(const struct roster *roster,
                                            const struct roster_member *member, int32_t day);

// Those whom it concerns and who are on duty in exactly this post, each or who stands in for him,
// in the order of names, nobody twice, in the arena.
size_t roster_on_duty(const struct roster *roster, Award__Post__Name post, int32_t day,
                      struct recipient **list);

// Everybody whom it concerns, or who stands in for him; who is away with nobody in his place all
// the same.
size_t roster_everybody(const struct roster *roster, int32_t day, struct recipient **list);
