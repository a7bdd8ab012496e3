// draw - review teams drawn from the pool, so that anybody can do it again (8)
//
// Everything follows from the seed and from what is on record; docs/developer/draw.md tells how to
// repeat it with paper and sha256sum. Where something is to be in random order, it is in the order
// of the SHA-256 of "seed/cycle/name".
#pragma once

#include "query.pb-c.h"
#include "rules/deciding.h"

struct draw_order {
    const char *cycle;
    const char *seed;
    uint32_t teams; // at least 1; fewer are drawn where there are fewer cases
    int32_t before; // who came into the pool, or was changed, on this day or later is left out
};

// Draws teams for all cases of the cycle that are accepted and have none; the rulebook is
// d->rulebook. The teams have no names yet but for those in `left`: "1", "2". NULL where no team
// can be formed: then *failure says of which cases, and what to do.
Award__DrawView *draw_compute(struct deciding *d, const struct draw_order *order,
                              Award__Reason **failure);

// The last announcement of the cycle; NULL where there was none.
Award__Draw *draw_last(struct deciding *d, const char *cycle);
