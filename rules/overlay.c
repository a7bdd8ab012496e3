// overlay - a red-black tree of changes, read together with the view below
//
// A change is one block of memory: links, key, value. A removal is a change with an empty value; it
// hides what lies below under the same key, damaged or not. Reading `next` goes through the changes
// and the view below side by side, as one merges two sorted lists.
#include "rules/overlay.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/sys/tree.h>

struct change {
    RB_ENTRY(change) links;
    struct change *next; // while changes move to another overlay
    struct bytes key;
    struct bytes value; // empty: removed
    uint8_t memory[];   // of key and value
};

RB_HEAD(changes, change);

struct overlay {
    struct view view; // first, so that a view leads to its overlay
    const struct view *below;
    struct changes *changes; // points at `head`: a tree is searched through a pointer to change
    struct changes head;
    size_t bytes;
};

static int change_compare(struct change *one, struct change *other)
{
    return view_key_compare(one->key, other->key);
}

// The functions of the tree, as the library's macros write them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
// NOLINTBEGIN
RB_GENERATE_INTERNAL(changes, change, links, change_compare, static)
// NOLINTEND
#pragma GCC diagnostic pop

static struct change *change_create(struct bytes key, struct bytes value)
{
    struct change *change = malloc(sizeof(*change) + key.size + value.size);
    if (change == NULL) {
        (void)fputs("awardd: out of memory for changes\n", stderr);
        abort();
    }
    memset(change, 0, sizeof(*change));
    memcpy(change->memory, key.data, key.size);
    change->key = (struct bytes){.data = change->memory, .size = key.size};
    if (value.size > 0) {
        memcpy(change->memory + key.size, value.data, value.size);
        change->value = (struct bytes){.data = change->memory + key.size, .size = value.size};
    }
    return change;
}

static size_t change_bytes(const struct change *change)
{
    return sizeof(*change) + change->key.size + change->value.size;
}

static bool change_removes(const struct change *change)
{
    return change->value.size == 0;
}

static struct bytes bytes_copy(struct bytes bytes, struct arena *arena)
{
    return (struct bytes){.data = arena_copy(arena, bytes.data, bytes.size), .size = bytes.size};
}

static const struct overlay *overlay_of(const struct view *view)
{
    assert(view != NULL);
    return (const struct overlay *)view;
}

static enum view_result overlay_get(const struct view *view, struct bytes key, struct arena *arena,
                                    struct bytes *value)
{
    const struct overlay *overlay = overlay_of(view);
    struct change wanted = {.key = key};
    const struct change *change = RB_FIND(changes, overlay->changes, &wanted);
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
    struct change wanted = {.key = from};
    struct change *change = RB_NFIND(changes, overlay->changes, &wanted);
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
        change = RB_NEXT(changes, overlay->changes, change);
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
    overlay->changes = &overlay->head;
    RB_INIT(overlay->changes);
    return overlay;
}

void overlay_destroy(struct overlay *overlay)
{
    if (overlay == NULL) {
        return;
    }
    overlay_clear(overlay);
    free(overlay);
}

const struct view *overlay_view(struct overlay *overlay)
{
    return &overlay->view;
}

// The block becomes the overlay's, in place of the one of the same key.
static void change_insert(struct overlay *overlay, struct change *change)
{
    overlay->bytes += change_bytes(change);
    struct change *former = RB_INSERT(changes, overlay->changes, change);
    if (former == NULL) {
        return;
    }
    assert(overlay->bytes >= change_bytes(former));
    overlay->bytes -= change_bytes(former);
    (void)RB_REMOVE(changes, overlay->changes, former);
    free(former);
    former = RB_INSERT(changes, overlay->changes, change);
    assert(former == NULL);
}

void overlay_put(struct overlay *overlay, struct bytes key, struct bytes value)
{
    assert(key.data != NULL);
    assert(key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX);
    assert(value.data != NULL || value.size == 0);
    change_insert(overlay, change_create(key, value));
}

// A change that moves loses its links, so all are strung together before the first one goes.
static struct change *changes_string(struct overlay *overlay)
{
    struct change *first = NULL;
    struct change *change;
    RB_FOREACH_REVERSE(change, changes, overlay->changes)
    {
        change->next = first;
        first = change;
    }
    RB_INIT(overlay->changes);
    overlay->bytes = 0;
    return first;
}

// Whether the change belongs right behind another: then it is put there without a search.
static bool change_follow(struct overlay *overlay, struct change *before, struct change *change)
{
    struct change *behind = RB_NEXT(changes, overlay->changes, before);
    if (change_compare(before, change) >= 0 ||
        (behind != NULL && change_compare(change, behind) >= 0)) {
        return false;
    }
    if (RB_RIGHT(before, links) == NULL) {
        RB_SET(change, before, links);
        RB_RIGHT(before, links) = change;
    } else {
        assert(behind != NULL); // the leftmost of what hangs there
        RB_SET(change, behind, links);
        RB_LEFT(behind, links) = change;
    }
    changes_RB_INSERT_COLOR(overlay->changes, change);
    overlay->bytes += change_bytes(change);
    return true;
}

void overlay_take(struct overlay *overlay, struct overlay *from)
{
    assert(overlay != from);
    struct change *before = NULL;
    struct change *change = changes_string(from);
    while (change != NULL) {
        struct change *next = change->next;
        if (before == NULL || !change_follow(overlay, before, change)) {
            change_insert(overlay, change);
        }
        before = change;
        change = next;
    }
}

size_t overlay_bytes(const struct overlay *overlay)
{
    return overlay->bytes;
}

bool overlay_empty(const struct overlay *overlay)
{
    return RB_EMPTY(overlay->changes);
}

// Frees the leaves until none is left: rebalancing a tree that goes away would only cost time.
void overlay_clear(struct overlay *overlay)
{
    struct change *change = RB_ROOT(overlay->changes);
    while (change != NULL) {
        if (RB_LEFT(change, links) != NULL) {
            change = RB_LEFT(change, links);
        } else if (RB_RIGHT(change, links) != NULL) {
            change = RB_RIGHT(change, links);
        } else {
            struct change *parent = RB_PARENT(change, links);
            if (parent != NULL && RB_LEFT(parent, links) == change) {
                RB_LEFT(parent, links) = NULL;
            } else if (parent != NULL) {
                RB_RIGHT(parent, links) = NULL;
            }
            free(change);
            change = parent;
        }
    }
    RB_INIT(overlay->changes);
    overlay->bytes = 0;
}

void overlay_rest_on(struct overlay *overlay, const struct view *below)
{
    assert(below != &overlay->view);
    overlay->below = below;
}

int overlay_walk(const struct overlay *overlay,
                 int (*visit)(void *context, struct bytes key, struct bytes value), void *context)
{
    for (struct change *change = RB_MIN(changes, overlay->changes); change != NULL;
         change = RB_NEXT(changes, overlay->changes, change)) {
        int stopped = visit(context, change->key, change->value);
        if (stopped != 0) {
            return stopped;
        }
    }
    return 0;
}
