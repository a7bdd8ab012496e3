// rulebook_diff - what changed from one rulebook to another, in sentences
#pragma once

#include "common/arena.h"
#include "rules/rulebook.h"

struct rulebook_change {
    const char *article;
    const char *zh; // one sentence, without the article
    const char *en;
};

// Fills in the list, in the order of the key table, categories last; returns how many.
size_t rulebook_diff(const struct rulebook *older, const struct rulebook *newer,
                     struct arena *arena, struct rulebook_change **changes);
