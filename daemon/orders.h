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
    // The address behind a digest, in the arena; NULL where there is none.
    const char *(*address)(const void *context, const char *digest, struct arena *arena);
    const void *address_context;
    // What `today` shows somebody, for his digest; NULL where it cannot be asked.
    Award__Today *(*today)(void *context, const Award__Principal *viewer, struct arena *arena);
    void *today_context;
};

// NULL where the state no longer has what the task is about.
Award__TaskOrder *order_build(const struct order_context *context, const Award__Task *task,
                              struct arena *arena);
