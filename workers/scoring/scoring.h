// scoring - the scoring worker: which task is done by what
#pragma once

#include "workers/worker.h"

extern const struct worker scoring_worker;
