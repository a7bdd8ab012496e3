// selecting - what the steps from the final selection to the conferral share
//
// Their events name a cycle and some of its cases: each case is admitted or rejected by itself.
#pragma once

#include "rules/deciding.h"

// The cycle of that name, its rulebook in d->rulebook, to look at or to change. Rejects (NULL)
// where there is none.
const Award__Cycle *cycle_known(struct deciding *d, const char *name);
Award__Cycle *cycle_named(struct deciding *d, const char *name);

// A case that an event of this cycle lists, if the event may happen to it in its stage and the
// stage is among `stages`. NULL where it is not: that case is rejected by itself.
Award__Case *case_listed(struct deciding *d, const Award__Cycle *cycle, const char *name,
                         uint32_t stages);

// Decision 19: which of publicity and deliberation the rulebook lists first.
bool publicity_first(const struct rulebook *rulebook);

// Whether the committee has deliberated a case of this stage, and the result is not yet published.
// Where it deliberates first, the publicity comes after it. NULL: no.
bool deliberation_over(const struct rulebook *rulebook, Award__Stage__Name stage);

// Where a case stands when its turn has come.
uint32_t stages_before_publicity(const struct rulebook *rulebook);
uint32_t stages_before_deliberation(const struct rulebook *rulebook);
uint32_t stages_before_government(const struct rulebook *rulebook);

// The last day of a publicity of the cycle, as counted by the calendar that is known now. Its
// number is 1, 2, ...
int32_t publicity_last(struct deciding *d, const Award__Cycle *cycle, uint32_t number);

// The same as a text, which says where a calendar could still move it.
const char *publicity_last_text(struct deciding *d, const Award__Cycle *cycle, uint32_t number);

// Cases of the cycle in one of these stages, in the order of their application. Each is a copy.
struct case_walk {
    struct deciding *d;
    const Award__Cycle *cycle;
    uint32_t stages;
    size_t index;
};
struct case_walk case_walk_begin(struct deciding *d, const Award__Cycle *cycle, uint32_t stages);
Award__Case *case_walk_next(struct case_walk *walk);

// Warns that cases in these stages are passed over by what happens once a cycle.
void left_behind_warn(struct deciding *d, const Award__Cycle *cycle, uint32_t stages,
                      const char *article);

// Keeps a note beside a cycle; the part ("" for none) tells several of one event apart.
void cycle_note(struct deciding *d, const char *cycle, const char *part, const char *text,
                const char *article);
