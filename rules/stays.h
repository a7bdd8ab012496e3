// stays - how long a stage, and what waits beside it, is expected to take (policy)
//
// No deadlines: nothing follows when a stay is over but that it shows as stuck. The lengths are the
// rulebook's.
#pragma once

#include "rules/deciding.h"

#include "query.pb-c.h"

struct stay_row {
    const char *key; // in the rulebook
    uint32_t stages; // set of the stages whose stay it is; 0: of something beside the case
    const char *article;
    const char *zh;
    const char *en;
};

const struct stay_row *stay_row(enum rulebook_stay stay);

// The row of this key; NULL where there is none.
const struct stay_row *stay_named(const char *key);

// The stay of a stage; RULEBOOK_STAYS where the stage is an end.
enum rulebook_stay stay_of_stage(Award__Stage__Name stage);

// For qsort of Award__Stuck__Row *: the longest over first.
int stuck_compare(const void *left, const void *right);

// The last day of the stay that began on this day (F-policy-2).
int32_t stay_last(const struct deciding *d, const struct rulebook *rulebook,
                  enum rulebook_stay stay, int32_t since);
