// change_tree - changes by key, in order: what an overlay keeps
//
// A B+ tree in an arena. A node knows how many bytes its keys have in common and keeps the eight
// that follow of each beside it, so that a search looks at few keys in memory. Nothing is ever
// taken out: a removal is a change with an empty value, and all is forgotten at once.
#pragma once

#include "common/arena.h"
#include "common/codec.h"

#include <stdbool.h>

struct change {
    struct bytes key;
    struct bytes value; // empty: removed
    size_t room;        // that a later value of the same key may take
};

struct change_tree;

struct change_tree *change_tree_create(void);
void change_tree_destroy(struct change_tree *tree);

// Copies key and value, in place of those of before. Pointers to that change's value end.
void change_tree_put(struct change_tree *tree, struct bytes key, struct bytes value);

// NULL where there is none. Both are the tree's, until the next put.
const struct change *change_tree_find(const struct change_tree *tree, struct bytes key);

// Where one stands in the tree, until the next put.
struct change_place {
    const struct change_leaf *leaf; // NULL: behind the last
    size_t slot;
};

// The first change at a key or behind it; an empty key is before all.
struct change_place change_tree_seek(const struct change_tree *tree, struct bytes from);

// NULL behind the last.
const struct change *change_at(const struct change_place *place);
void change_step(struct change_place *place);

// Memory that it holds; none when it is empty.
size_t change_tree_bytes(const struct change_tree *tree);
bool change_tree_empty(const struct change_tree *tree);
void change_tree_clear(struct change_tree *tree);
