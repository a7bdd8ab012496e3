// overlay - a tree of changes, read together with the view below
//
// A removal is a change with an empty value; it hides what lies below under the same key, damaged
// or not. Reading `next` goes through the changes and the view below side by side, as one merges
// two sorted lists.
#include "rules/overlay.h"

#include "rules/change_tree.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

struct overlay {
    struct view view; // first, so that a view leads to its overlay
    const struct view *below;
    struct change_tree *changes;
};

static struct bytes bytes_copy(struct bytes bytes, struct arena *arena)
{
    return (struct bytes){.data = arena_copy(arena, bytes.data, bytes.size), .size = bytes.size};
}

static const struct overlay *overlay_of(const struct view *view)
{
    assert(view != NULL);
    return (const struct overlay *)view;
}

static bool change_removes(const struct change *change)
{
    return change->value.size == 0;
}

static enum view_result overlay_get(const struct view *view, struct bytes key, struct arena *arena,
                                    struct bytes *value)
{
    const struct overlay *overlay = overlay_of(view);
    const struct change *change = change_tree_find(overlay->changes, key);
    *value = (struct bytes){.data = NULL, .size = 0};
    if (change == NULL) {
        return overlay->below == NULL ? VIEW_ABSENT
                                      : overlay->below->get(overlay->below, key, arena, value);
    }
    if (change_removes(change)) {
        return VIEW_ABSENT;
    }
    *value = bytes_copy(change->value, arena);
    return VIEW_FOUND;
}

static enum view_result below_next(const struct overlay *overlay, struct bytes from,
                                   struct arena *arena, struct bytes *key, struct bytes *value)
{
    *key = (struct bytes){.data = NULL, .size = 0};
    *value = (struct bytes){.data = NULL, .size = 0};
    return overlay->below == NULL ? VIEW_ABSENT
                                  : overlay->below->next(overlay->below, from, arena, key, value);
}

static enum view_result overlay_next(const struct view *view, struct bytes from,
                                     struct arena *arena, struct bytes *key, struct bytes *value)
{
    const struct overlay *overlay = overlay_of(view);
    struct change_place place = change_tree_seek(overlay->changes, from);
    const struct change *change = change_at(&place);
    enum view_result below = below_next(overlay, from, arena, key, value);
    while (change != NULL) {
        if (below == VIEW_DAMAGED && key->size == 0) {
            return VIEW_DAMAGED;
        }
        int order = below == VIEW_ABSENT ? -1 : view_key_compare(change->key, *key);
        if (order > 0) {
            return below;
        }
        if (!change_removes(change)) {
            *key = bytes_copy(change->key, arena);
            *value = bytes_copy(change->value, arena);
            return VIEW_FOUND;
        }
        if (order == 0) {
            below = below_next(overlay, view_key_after(change->key, arena), arena, key, value);
        }
        change_step(&place);
        change = change_at(&place);
    }
    return below;
}

struct overlay *overlay_create(const struct view *below)
{
    struct overlay *overlay = calloc(1, sizeof(*overlay));
    if (overlay == NULL) {
        (void)fputs("awardd: out of memory for an overlay\n", stderr);
        abort();
    }
    overlay->view = (struct view){.get = overlay_get, .next = overlay_next};
    overlay->below = below;
    overlay->changes = change_tree_create();
    return overlay;
}

void overlay_destroy(struct overlay *overlay)
{
    if (overlay != NULL) {
        change_tree_destroy(overlay->changes);
        free(overlay);
    }
}

const struct view *overlay_view(struct overlay *overlay)
{
    return &overlay->view;
}

void overlay_put(struct overlay *overlay, struct bytes key, struct bytes value)
{
    change_tree_put(overlay->changes, key, value);
}

void overlay_take(struct overlay *overlay, struct overlay *from)
{
    assert(overlay != from);
    struct change_place place = change_tree_seek(from->changes, (struct bytes){.data = NULL});
    for (const struct change *change; (change = change_at(&place)) != NULL; change_step(&place)) {
        change_tree_put(overlay->changes, change->key, change->value);
    }
    overlay_clear(from);
}

size_t overlay_bytes(const struct overlay *overlay)
{
    return change_tree_bytes(overlay->changes);
}

bool overlay_empty(const struct overlay *overlay)
{
    return change_tree_empty(overlay->changes);
}

void overlay_clear(struct overlay *overlay)
{
    if (!overlay_empty(overlay)) {
        change_tree_clear(overlay->changes);
    }
}

void overlay_rest_on(struct overlay *overlay, const struct view *below)
{
    assert(below != &overlay->view);
    overlay->below = below;
}

static void changes_exchange(struct overlay *one, struct overlay *other)
{
    struct change_tree *changes = one->changes;
    one->changes = other->changes;
    other->changes = changes;
}

struct overlay *overlay_freeze(struct overlay *overlay)
{
    struct overlay *frozen = overlay_create(overlay->below);
    changes_exchange(overlay, frozen);
    overlay->below = &frozen->view;
    return frozen;
}

void overlay_thaw(struct overlay *overlay, struct overlay *frozen)
{
    assert(overlay->below == &frozen->view);
    overlay_take(frozen, overlay);
    changes_exchange(overlay, frozen);
    overlay->below = frozen->below;
    overlay_destroy(frozen);
}

int overlay_walk(const struct overlay *overlay,
                 int (*visit)(void *context, struct bytes key, struct bytes value), void *context)
{
    struct change_place place = change_tree_seek(overlay->changes, (struct bytes){.data = NULL});
    for (const struct change *change; (change = change_at(&place)) != NULL; change_step(&place)) {
        int stopped = visit(context, change->key, change->value);
        if (stopped != 0) {
            return stopped;
        }
    }
    return 0;
}
