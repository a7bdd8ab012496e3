// life_cycle - where a case goes: stage, event, guard, next stage, article
//
// The table is walked by a few lines of code; what has no row is rejected and the answer says what
// is possible instead.
#pragma once

#include "record.pb-c.h"
#include "rules/rulebook.h"

#include <stdbool.h>
#include <stddef.h>

// What the function that decides an event found; a row applies where its guard is the same.
enum guard {
    GUARD_NONE, // no choice to make
    GUARD_CONDITIONS_HOLD,
    GUARD_CONDITION_FAILS,
    GUARD_IN_FAVOUR,
    GUARD_AGAINST,
    GUARD_AWARD_TRACK,      // 500 points or more
    GUARD_NOMINATION_TRACK, // 400 up to but not 500
    GUARD_OUT,              // below 400
    GUARD_CONFIRMED,
    GUARD_CLEARED,
    GUARD_DISPENSED, // not held, with the office's decision
    GUARD_NOT_DISPENSED,
    GUARD_CANDIDATE,
    GUARD_NOT_CANDIDATE,
    GUARD_FOUNDED,
    GUARD_KEPT, // unfounded, immaterial
    GUARD_YES,
    GUARD_NO,
    GUARD_COMPLETE, // all recoveries are in
    GUARD_INCOMPLETE,
};

enum {
    NEXT_STAY = 0,      // a fact beside the stage
    NEXT_IN_ORDER = -1, // the rulebook lists the order of publicity, deliberation and approval
    NEXT_BACK = -2,     // where it was before the halt
};

#define STAGE(name) (UINT32_C(1) << AWARD__STAGE__NAME__##name)

struct life_cycle_row {
    uint32_t from; // set of stages; 0: there is no case yet
    Award__Event__BodyCase event;
    enum guard guard;
    int next; // an Award__Stage__Name, or one of the above
    const char *article;
};

// The rows, for documentation and for tests that walk them.
const struct life_cycle_row *life_cycle_rows(size_t *count);

// Whether any row lets this event happen to a case in this stage (0: no case yet).
bool life_cycle_allows(Award__Stage__Name stage, Award__Event__BodyCase event);

// The row that applies; NULL where there is none.
const struct life_cycle_row *life_cycle_find(Award__Stage__Name stage, Award__Event__BodyCase event,
                                             enum guard guard);

// The stage that follows from a row for this case.
Award__Stage__Name life_cycle_next(const struct life_cycle_row *row, const Award__Case *c,
                                   const struct rulebook *rulebook);

const char *guard_name(enum guard guard);

// Sets of stages that the regulation speaks of together.
extern const uint32_t STAGES_BEFORE_APPROVAL; // open: may be withdrawn, may be disqualified
extern const uint32_t STAGES_HONOURED;        // the honour stands
bool stage_in(Award__Stage__Name stage, uint32_t set);
