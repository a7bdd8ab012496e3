// overlay - changes in memory on top of another view
//
// Ordered by key. A group sees its earlier members through it, a dry run decides on it and is
// thrown away, and the state keeps what is not yet on disk in it. With no view below it is a store
// of its own, for tests.
#pragma once

#include "rules/view.h"

struct overlay;

// `below` may be NULL; it is borrowed and must outlive the overlay.
struct overlay *overlay_create(const struct view *below);
void overlay_destroy(struct overlay *overlay);

const struct view *overlay_view(struct overlay *overlay);

// Copies key and value. An empty value removes the key.
void overlay_put(struct overlay *overlay, struct bytes key, struct bytes value);

// Memory that its changes take; a value that is replaced may leave some behind until all are
// forgotten.
size_t overlay_bytes(const struct overlay *overlay);
bool overlay_empty(const struct overlay *overlay);

// Forgets all changes.
void overlay_clear(struct overlay *overlay);

// Moves all changes of `from` into the overlay, over those of the same keys; `from` is empty then.
void overlay_take(struct overlay *overlay, struct overlay *from);

// Puts all its changes into an overlay of their own between it and what lies below, and returns
// that one, which is the caller's to end: by overlay_destroy, once it rests on something else, or
// by overlay_thaw, which makes of both what was one.
struct overlay *overlay_freeze(struct overlay *overlay);
void overlay_thaw(struct overlay *overlay, struct overlay *frozen);

// Puts another view below.
void overlay_rest_on(struct overlay *overlay, const struct view *below);

// Walks its own changes in key order; stops when `visit` returns other than 0, and returns that.
int overlay_walk(const struct overlay *overlay,
                 int (*visit)(void *context, struct bytes key, struct bytes value), void *context);
