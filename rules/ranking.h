// ranking - whether a ranking of the final selection is right (16(6).2)
//
// The rule does not rank: it checks the properties that a right ranking has and no other, so that
// worker and rule are two roads to the same place. The properties:
//
// - the pools are the award's and, unless that waits for a tie, the nomination's;
// - in a pool stands each entrant whose two scores reach its threshold, once, and nobody else; in
//   the nomination's no candidate of the award (decision 6);
// - scores are those on record; review and composite have their exact values, however written;
// - order is by composite, equals by case number; equals share a rank (1 2 2 4), but a group whose
//   order the office has recorded stands in that order on consecutive ranks;
// - a group of equals across the cut that nobody has ordered is tied, names no candidate and makes
//   the pool wait (decision 8); else the first places are the candidates;
// - places that nobody takes are vacant.
#pragma once

#include "task.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

// What is wrong, and with which case ("" where it is the pool).
struct ranking_fault {
    const char *case_;
    const char *zh;
    const char *en;
};

// Pure. `asked` is what the worker was asked.
bool ranking_check(const Award__Rank *asked, size_t pools_count, Award__Pool *const *pools,
                   struct ranking_fault *fault);

// The recorded decision that orders all of these cases of the pool; NULL where there is none.
const Award__Selection__Tie *ranking_tie_of(const Award__Rank *asked, Award__Honour__Kind pool,
                                            size_t count, Award__Ranked *const *group);

// Where the decision has put the case; its length where it does not name it.
size_t ranking_tie_position(const Award__Selection__Tie *tie, const char *case_name);

// By composite: below, equal or above 0.
int ranking_compare(const Award__Ranked *one, const Award__Ranked *other);
