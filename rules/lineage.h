// lineage - what carries over between enterprises that were merged, split or re-registered
//
// Decision 27: bars, honours and events of 11(4) carry over from predecessors, transitively and
// also what comes later; years of operation do not. The links have no loop: predecessor_linked sees
// to it.
#pragma once

#include "rules/deciding.h"

enum lineage_direction { LINEAGE_PREDECESSORS, LINEAGE_SUCCESSORS };

// Whether the one came from the other, by however many links. Not of itself.
bool lineage_succeeds(struct deciding *d, const char *code, const char *of);

// The enterprise itself, first, and all that it came from (or that came from it), each once. A list
// in the arena; elements are copies as of enterprise_get.
Award__Enterprise **lineage_of(struct deciding *d, const Award__Enterprise *enterprise,
                               enum lineage_direction direction, size_t *count);
