// revocation - the revocation worker: which task is done by what
#pragma once

#include "workers/worker.h"

extern const struct worker revocation_worker;
