// parts - events that name a cycle and several of its cases: each is admitted or rejected by itself
#pragma once

#include "rules/deciding.h"

// Whether the cycle that the event names exists; rejects (false) where it does not.
bool cycle_exists(struct deciding *d, const char *cycle);

// The named cases that this event may happen to: of the cycle, in a stage that lets it happen, each
// once. The others are rejected parts. Returns how many there are.
size_t parts_admit(struct deciding *d, const char *cycle, size_t count, char *const *names,
                   Award__Case ***cases);

// Rejects (false) the whole event where no part of it was admitted: with the reason of the first,
// and every part listed.
bool parts_remain(struct deciding *d, size_t admitted);
