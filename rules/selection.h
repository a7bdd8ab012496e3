// selection - the final selection of a cycle: asking for the ranking, admitting it, ties (16(6))
#pragma once

#include "rules/deciding.h"
#include "task.pb-c.h"

// To be called after a case has left (withdrawn, disqualified) and was put: while the selection of
// its cycle waits for its ranking or a tie, the ranking is asked anew without it. Afterwards
// nothing: a vacated place is not refilled (decision 9).
void selection_case_left(struct deciding *d, const Award__Case *c);

// What the scoring worker is asked about a cycle whose selection has started: the cases in `final`
// as they stand now, and the ties that are decided.
Award__Rank *selection_asked(struct deciding *d, const Award__Cycle *cycle,
                             const Award__Selection *selection, const struct rulebook *rulebook);
