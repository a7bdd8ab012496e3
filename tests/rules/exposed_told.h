// exposed_told - what another reading would change about a case, as a line a row
#pragma once

#include "tests/rules/world.h"

// "decision 4: admitted -> refused: 11(1) until 2018-03-11 [Civil Code 201; application_submitted
// CASE 2018-03-11]", of the case and then of each objection about it, each ended by a new line.
const char *exposed_told(struct world *world, const char *case_name);

// The lines that begin with this decision, the case's name in them as CASE.
const char *exposed_by(struct world *world, const char *case_name, const char *decision);
