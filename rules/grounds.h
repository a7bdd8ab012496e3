// grounds - the grounds of Article 20, as they stand on the record
#pragma once

#include "rules/deciding.h"

// What stands in place of an incident where a violation is checked, and in the revocation's name.
extern const char grounds_violation[];

// "20(2)" of a ground.
const char *ground_article(Award__Ground__Name ground);
const char *ground_zh(Award__Ground__Name ground);
const char *ground_name(Award__Ground__Name ground);

// Whether a ground stands on the record of a case: 20(1) a violation that was confirmed in it;
// 20(2) and 20(3) the named incident, which lies in the time of the honour. 20(4) never does: it is
// a judgement.
bool ground_stands(struct deciding *d, const Award__Case *c, Award__Ground__Name ground,
                   const char *incident);

// Asks the revocation worker to check an incident or grounds_violation, where the case is one of a
// laureate. The case must have been put in this entry: the task's ordinal is its version, so that
// each asking is a task of its own.
void grounds_ask(struct deciding *d, const Award__Case *c, const char *incident);
