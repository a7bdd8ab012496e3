// awardd - runs the coordinator's own commands, which work on the files of its host
#pragma once

#include "clients/ctl/ctl.h"

enum { AWARDD_WORDS_MAX = 8 };

// Runs awardd with these words (NULL ends them) to its end; what it says is seen. Returns its exit
// status, or -1 where it could not be run, which has been said.
int awardd_run(struct ctl *ctl, const char *const words[]);
