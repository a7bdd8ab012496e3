// selection - the final selection of a cycle: asking for the ranking, admitting it, ties (16(6))
#pragma once

#include "rules/deciding.h"

// To be called after a case has left (withdrawn, disqualified) and was put: while the selection of
// its cycle waits for its ranking or a tie, the ranking is asked anew without it. Afterwards
// nothing: a vacated place is not refilled (decision 9).
void selection_case_left(struct deciding *d, const Award__Case *c);
