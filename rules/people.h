// people - who is on duty, who stands in for whom, and when somebody may be told
//
// A role has a roster as soon as one of its principals has a duty on record. Where it has none (an
// enterprise, a reviewer), all its principals are told.
#pragma once

#include "rules/deciding.h"
#include "rules/hours.h"

RECORD_FUNCTIONS(person, Award__Person, PERSON)

enum { PERSON_LISTED_MAX = 64 }; // duties, absences of one person

// One who is told.
struct recipient {
    const Award__Principal *principal;
    Award__Post__Name post; // as which; 0 where the role has no roster
    const char *stands_for; // whose substitute he is; NULL
};

// Whether what is told concerns this principal of the role; `context` is the caller's.
typedef bool (*recipient_concerned)(struct deciding *d, const Award__Principal *principal,
                                    const void *context);

// Those of a role who are told on a day, in the order of their names, nobody twice, in the arena:
// without a roster all whom it concerns; with one those on duty in the post, a substitute in the
// place of who is away. Where that is nobody: those of the next higher post, then of lower ones,
// then everybody whom it concerns, for silence is worse than a wrong addressee.
size_t people_told(struct deciding *d, Award__Role__Name role, Award__Post__Name post, int32_t day,
                   recipient_concerned concerned, const void *context, struct recipient **list);

// The post on the day; 0 where he is off the roster.
Award__Post__Name person_post(const Award__Person *person, int32_t day);
bool person_away(const Award__Person *person, int32_t day);

// The absence of the day; NULL where there is none. Of several the one that began last: it was
// recorded knowing the others.
const Award__Person__Absence *person_absence(const Award__Person *person, int32_t day);

// His hours and quiet hours; where he has none on record, those of the policy. `person` may be
// NULL.
struct hours hours_of(struct deciding *d, const Award__Person *person);

// Minutes of the day as "08:30-18:00".
const char *hours_span(struct deciding *d, uint32_t from, uint32_t until);

// The first moment from this one on at which he may be told what can wait.
int64_t person_hours(struct deciding *d, const char *name, int64_t moment_ms);

// The same of what has a time of its own, as a digest has: only his quiet hours hold it back.
int64_t person_not_quiet(struct deciding *d, const char *name, int64_t moment_ms);
