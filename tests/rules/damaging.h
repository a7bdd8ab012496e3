// damaging - one decision again and again, each time with another of the records damaged that it
// reads
#pragma once

#include "rules/rules.h"

// Ends the test unless the event is rejected for the damage whichever record that is; where a walk
// only came to the record and ended before it, the decision is the same as without.
void damaging_each(const struct rules_input *input);
