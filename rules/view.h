// view - the records as the rules see them: get by key, next in a range
//
// The store, an overlay, and an overlay in a test implement it. What is read is copied into the
// caller's arena: no pointer into a store outlives a write.
#pragma once

#include "common/arena.h"
#include "common/codec.h"

enum view_result {
    VIEW_FOUND = 1,
    VIEW_ABSENT = 0,
    VIEW_DAMAGED = -1, // the record is there and cannot be trusted
};

enum { VIEW_KEY_BYTES_MAX = 511 };

struct view {
    enum view_result (*get)(const struct view *view, struct bytes key, struct arena *arena,
                            struct bytes *value);

    // The first record whose key is `from` or greater, in byte order; an empty `from` is before
    // all. VIEW_DAMAGED gives the key of the record, to go on after it; an empty one if even the
    // key cannot be read.
    enum view_result (*next)(const struct view *view, struct bytes from, struct arena *arena,
                             struct bytes *key, struct bytes *value);
};

// Order of keys: bytes, then the shorter first.
int view_key_compare(struct bytes one, struct bytes other);

// The smallest key that is greater: where to go on after `key`. In the arena.
struct bytes view_key_after(struct bytes key, struct arena *arena);
