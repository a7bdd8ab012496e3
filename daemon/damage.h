// damage - records that cannot be read are set aside, by name
//
// What needs such a record is rejected (`record_damaged`), lists go on without it, and the rest is
// served. Whoever reads the state through this view is noted: each record once in the log, and in a
// list for those who run the office. `awardd rebuild` makes the record anew from the journal.
#pragma once

#include "common/codec.h"
#include "rules/view.h"

enum { DAMAGE_NAMES_MAX = 64, DAMAGE_NAME_BYTES = 1024 };

struct damage;

struct damage *damage_create(void);
void damage_destroy(struct damage *damage);

// The view below, watched. Of one damage there is one view; it rests on what was named last.
const struct view *damage_watch(struct damage *damage, const struct view *below);

// How often something damaged was met.
uint64_t damage_met(const struct damage *damage);

// The records that were met and still cannot be read, at most DAMAGE_NAMES_MAX, in the arena;
// before them one that stands for a page of which not even the keys can be read.
size_t damage_names(struct damage *damage, struct arena *arena, char ***names);

// A key in words: "case 2018/91500109MA5U0K278Q/1".
void damage_name(struct bytes key, char text[DAMAGE_NAME_BYTES]);
