// notification - the notification worker: which task is done by what
#pragma once

#include "workers/worker.h"

extern const struct worker notification_worker;
