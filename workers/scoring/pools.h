// pools - who competes for which honour, in which order, and who is a candidate (16(6).2)
//
// By filtering, sorting and cutting; the rule that admits the ranking (rules/ranking.h) checks the
// result by another way.
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"
#include "task.pb-c.h"

// NULL and a sentence in *reason where the entrants cannot be ranked.
Award__RankingComputed *pools_compute(const Award__Rank *asked, struct arena *arena,
                                      const char **reason);
