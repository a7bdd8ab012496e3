// orders - what a task carries: its payload, built from the state when it is dispatched
#pragma once

#include "rules/rules.h"
#include "task.pb-c.h"

struct order_context {
    const struct view *view;
    const char *city;
    bool rehearsal;
    rulebook_find rulebook;
    const void *rulebook_context;
};

// NULL where the state no longer has what the task is about.
Award__TaskOrder *order_build(const struct order_context *context, const Award__Task *task,
                              struct arena *arena);
