// naive_ranking - the ranking of 16(6).2, worked out in the plainest way, for comparison
#pragma once

#include "common/arena.h"
#include "task.pb-c.h"

// The pools that a right answer has, in the arena.
Award__RankingComputed *naive_ranking(const Award__Rank *asked, struct arena *arena);
