// plan - the review plan of a team: its days become deadlines, which its work closes (8(1).1)
#pragma once

#include "rules/deciding.h"

// Closes the deadlines of the plan's steps that the team's cases have all behind them, or have
// left. To be called after whatever moves a case of the team.
void plan_progress(struct deciding *d, const Award__Team *team);

// The same for the team that reviews the case, if there is one.
void plan_case_moved(struct deciding *d, const Award__Case *c);
