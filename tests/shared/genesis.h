// genesis - the first entry of a database for tests
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"

// Scope of ent-a.
#define GENESIS_ENTERPRISE "91500112MA5U0000X8"

// City 重庆 on a manual clock at 2018-01-02T09:00:00+08:00, the rulebook chongqing-2015, the
// default alert policy, the calendar of 2007-2026, and the principals office, government, bureau,
// review-committee, selection-committee, supervision, public, admin, worker-scoring,
// worker-notification, worker-revocation, bureau-500112 (district), ent-a, and reviewer-01 to
// reviewer-12. No keys.
Award__Genesis *genesis_make(struct arena *arena);
