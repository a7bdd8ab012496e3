// leaving - a case leaves the selection during the review: withdrawn or disqualified
#pragma once

#include "rules/deciding.h"

// Moves the case out by the guard, keeps why with it, tells the enterprise, and lets the team's
// plan and a selection that waits go on without it. False where the table has no such row.
bool case_leave(struct deciding *d, Award__Case *c, enum guard guard, Award__Reason *reason);
