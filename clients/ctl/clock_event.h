// clock_event - the event that moves a manual clock, named by its moment: sent twice it is one
#pragma once

#include "common/arena.h"
#include "event.pb-c.h"

#include <stdint.h>

Award__Event *clock_event(int64_t moment_ms, struct arena *arena);
