// comparison - the independent sheets of a case side by side (16(3))
//
// Informs the leader before the consensus and decides nothing: the total of each reviewer, and for
// each category the lowest and highest score, the mean and whether the spread leaves the rulebook's
// tolerance.
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"
#include "task.pb-c.h"

// NULL and a sentence in *reason where the sheets cannot be compared.
Award__SheetsCompared *comparison_make(const Award__CompareSheets *asked, struct arena *arena,
                                       const char **reason);
