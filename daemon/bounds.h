// bounds - the bounds of awardd.yaml, how they stand and how often they were reached, for status
#pragma once

#include "common/bus.h"
#include "daemon/crew.h"
#include "daemon/intake.h"
#include "daemon/trace.h"
#include "daemon/turns.h"
#include "settings/daemon_file.h"

struct bounds {
    const struct daemon_file *settings;
    const struct bus *bus;
    const struct turns *turns;
    const struct crew *crew;
    const struct intake *intake;
    struct ledger *ledger;
    const struct trace *trace;
};

// Sets those of the bus, and has the system allow the descriptors that they need.
void bounds_apply(const struct daemon_file *settings, struct bus *bus);

// All of them, in the arena; returns how many.
size_t bounds_list(const struct bounds *bounds, struct arena *arena, Award__Status__Bound **list);
