// rulebook_choice - which of the rulebooks that are loaded serves where no case or cycle says it
#pragma once

#include "rules/deciding.h"

// The rulebook of this digest, or the only one that is loaded where none is named. Rejects (NULL)
// an unknown digest, none loaded, and a choice among several.
const struct rulebook *rulebook_choose(struct deciding *d, const char *digest);

// The rulebook of the cycle that was opened last; before the first cycle the first one loaded, in
// the order of digests. NULL where none is loaded.
const struct rulebook *rulebook_in_force(struct deciding *d);

// Rejects what needs a rulebook where none is loaded. Always false.
bool no_rulebook(struct deciding *d);
