// damaging - one decision again and again, each time with another of the records damaged that it
// reads
#include "tests/rules/damaging.h"

#include "common/codec.h"

#include <criterion/criterion.h>
#include <string.h>

// What lies below: first it notes the keys that are found, then one of them is damaged.
struct damaging {
    struct view view;
    const struct view *below;
    struct arena *arena;
    struct bytes *keys;
    size_t count;
    const struct bytes *damaged; // NULL while keys are noted
};

static bool key_same(struct bytes one, struct bytes other)
{
    return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

static void key_note(struct damaging *damaging, struct bytes key)
{
    for (size_t i = 0; i < damaging->count; i++) {
        if (key_same(damaging->keys[i], key)) {
            return;
        }
    }
    struct bytes *grown =
        arena_alloc(damaging->arena, (damaging->count + 1) * sizeof(*damaging->keys));
    if (damaging->count > 0) {
        memcpy(grown, damaging->keys, damaging->count * sizeof(*damaging->keys));
    }
    grown[damaging->count++] =
        (struct bytes){arena_copy(damaging->arena, key.data, key.size), key.size};
    damaging->keys = grown;
}

static enum view_result key_read(const struct view *view, struct bytes key)
{
    struct damaging *damaging = (struct damaging *)(uintptr_t)view; // its first member
    if (damaging->damaged != NULL) {
        return key_same(*damaging->damaged, key) ? VIEW_DAMAGED : VIEW_FOUND;
    }
    key_note(damaging, key);
    return VIEW_FOUND;
}

static enum view_result damaging_get(const struct view *view, struct bytes key, struct arena *arena,
                                     struct bytes *value)
{
    const struct view *below = ((const struct damaging *)view)->below;
    enum view_result found = below->get(below, key, arena, value);
    return found == VIEW_FOUND ? key_read(view, key) : found;
}

static enum view_result damaging_next(const struct view *view, struct bytes from,
                                      struct arena *arena, struct bytes *key, struct bytes *value)
{
    const struct view *below = ((const struct damaging *)view)->below;
    enum view_result found = below->next(below, from, arena, key, value);
    return found == VIEW_FOUND && key->data[0] == from.data[0] ? key_read(view, *key) : found;
}

static bool decision_same(const Award__Decision *one, const Award__Decision *other,
                          struct arena *arena)
{
    return strcmp(codec_to_json(&one->base, CODEC_JSON_LINE, arena),
                  codec_to_json(&other->base, CODEC_JSON_LINE, arena)) == 0;
}

static void damaged_expect(const Award__Decision *decision, const Award__Decision *whole,
                           const struct rules_input *input, struct arena *arena)
{
    bool refused = decision->outcome == AWARD__OUTCOME__NAME__rejected &&
                   decision->n_reasons == 1 && decision->n_changes == 0 &&
                   strcmp(decision->reasons[0]->code, "record_damaged") == 0;
    cr_assert(refused || decision_same(decision, whole, arena), "%s",
              codec_to_json(&input->event->base, CODEC_JSON_LINE, arena));
}

void damaging_each(const struct rules_input *input)
{
    struct damaging damaging = {
        .view = {damaging_get, damaging_next},
          .below = input->view, .arena = arena_create()
    };
    struct rules_input over = *input;
    over.view = &damaging.view;
    const Award__Decision *whole = rules_decide(&over, damaging.arena);
    for (size_t i = 0; i < damaging.count; i++) {
        struct arena *arena = arena_create();
        damaging.damaged = &damaging.keys[i];
        damaged_expect(rules_decide(&over, arena), whole, input, arena);
        arena_destroy(arena);
    }
    arena_destroy(damaging.arena);
}
