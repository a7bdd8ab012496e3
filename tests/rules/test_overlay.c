// What overlays promise: what is put is read, what is removed is hidden, and both in order.
#include "rules/overlay.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>

static const struct bytes NOTHING = {.data = NULL, .size = 0};

static void put(struct overlay *overlay, const char *key, const char *value)
{
    overlay_put(overlay, text_bytes(key), text_bytes(value));
}

// All keys of the view, each followed by a blank.
static const char *keys_of(const struct view *view, struct arena *arena)
{
    const char *keys = "";
    struct bytes key;
    struct bytes value;
    struct bytes from = NOTHING;
    while (view->next(view, from, arena, &key, &value) == VIEW_FOUND) {
        keys = arena_format(arena, "%s%.*s ", keys, (int)key.size, (const char *)key.data);
        from = view_key_after(key, arena);
    }
    return keys;
}

Test(overlay, a_shorter_key_comes_before_a_longer_one_with_the_same_beginning)
{
    cr_assert_lt(view_key_compare(text_bytes("a"), text_bytes("ab")), 0);
    cr_assert_gt(view_key_compare(text_bytes("b"), text_bytes("ab")), 0);
    cr_assert_gt(view_key_compare(text_bytes("\xff"), text_bytes("a")), 0);
    cr_assert_eq(view_key_compare(text_bytes("ab"), text_bytes("ab")), 0);
    cr_assert_lt(view_key_compare(NOTHING, text_bytes("a")), 0);
}

Test(overlay, changes_hide_what_lies_below_and_leave_it_as_it_was)
{
    struct arena *arena = arena_create();
    struct overlay *below = overlay_create(NULL);
    put(below, "a", "1");
    put(below, "b", "2");
    put(below, "c", "3");
    struct overlay *above = overlay_create(overlay_view(below));
    put(above, "b", "");
    put(above, "c", "other");
    put(above, "d", "4");
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a c d ");
    cr_assert_str_eq(keys_of(overlay_view(below), arena), "a b c ");
    struct bytes value;
    const struct view *view = overlay_view(above);
    cr_assert_eq(view->get(view, text_bytes("b"), arena, &value), VIEW_ABSENT);
    cr_assert_eq(view->get(view, text_bytes("c"), arena, &value), VIEW_FOUND);
    assert_bytes(value, text_bytes("other"), "c");
    overlay_clear(above);
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a b c ");
    overlay_destroy(above);
    overlay_destroy(below);
    arena_destroy(arena);
}

Test(overlay, what_was_read_outlives_the_change_it_was_read_from)
{
    struct arena *arena = arena_create();
    struct overlay *overlay = overlay_create(NULL);
    put(overlay, "key", "before");
    const struct view *view = overlay_view(overlay);
    struct bytes got;
    struct bytes key;
    struct bytes next;
    cr_assert_eq(view->get(view, text_bytes("key"), arena, &got), VIEW_FOUND);
    cr_assert_eq(view->next(view, NOTHING, arena, &key, &next), VIEW_FOUND);
    put(overlay, "key", "after!");
    overlay_destroy(overlay);
    assert_bytes(got, text_bytes("before"), "get");
    assert_bytes(key, text_bytes("key"), "key");
    assert_bytes(next, text_bytes("before"), "next");
    arena_destroy(arena);
}

Test(overlay, it_holds_memory_until_its_changes_are_forgotten)
{
    struct overlay *overlay = overlay_create(NULL);
    cr_assert(overlay_empty(overlay));
    cr_assert_eq(overlay_bytes(overlay), 0);
    put(overlay, "key", "1234");
    size_t one = overlay_bytes(overlay);
    cr_assert_geq(one, 7);
    put(overlay, "other", "12345678");
    cr_assert_geq(overlay_bytes(overlay), one + 13);
    overlay_clear(overlay);
    cr_assert(overlay_empty(overlay));
    cr_assert_eq(overlay_bytes(overlay), 0);
    put(overlay, "key", "");
    cr_assert_not(overlay_empty(overlay), "a removal is a change");
    overlay_destroy(overlay);
}

Test(overlay, changes_that_are_taken_over_count_above_those_of_before)
{
    struct arena *arena = arena_create();
    struct overlay *below = overlay_create(NULL);
    struct overlay *above = overlay_create(overlay_view(below));
    put(below, "a", "1");
    put(below, "b", "2");
    put(below, "c", "3");
    put(above, "b", "");
    put(above, "c", "other");
    put(above, "d", "4");
    overlay_take(below, above);
    cr_assert(overlay_empty(above));
    cr_assert_eq(overlay_bytes(above), 0);
    cr_assert_str_eq(keys_of(overlay_view(below), arena), "a c d ");
    struct bytes value;
    const struct view *view = overlay_view(below);
    cr_assert_eq(view->get(view, text_bytes("b"), arena, &value), VIEW_ABSENT);
    cr_assert_eq(view->get(view, text_bytes("c"), arena, &value), VIEW_FOUND);
    assert_bytes(value, text_bytes("other"), "c");
    overlay_take(below, above);
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a c d ", "nothing moves twice");
    overlay_destroy(above);
    overlay_destroy(below);
    arena_destroy(arena);
}

// Few at a time and many, in and between what is there.
Test(overlay, random_changes_that_are_taken_over_read_as_in_an_array)
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct model model;
        model_init(&model, seed);
        struct overlay *below = overlay_create(NULL);
        struct overlay *above = overlay_create(overlay_view(below));
        for (int group = 0; group < 10; group++) {
            for (uint64_t left = model_random(&model, MODEL_KEYS); left > 0; left--) {
                size_t i = model_change(&model);
                overlay_put(above, model_key(&model, i), model_value(&model, i));
            }
            overlay_take(below, above);
        }
        model_check(&model, overlay_view(below));
        overlay_destroy(above);
        overlay_destroy(below);
    }
}

Test(overlay, another_view_can_be_put_below)
{
    struct arena *arena = arena_create();
    struct overlay *one = overlay_create(NULL);
    struct overlay *other = overlay_create(NULL);
    put(one, "one", "1");
    put(other, "other", "2");
    struct overlay *above = overlay_create(overlay_view(one));
    put(above, "own", "3");
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "one own ");
    overlay_rest_on(above, overlay_view(other));
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "other own ");
    overlay_destroy(above);
    overlay_destroy(other);
    overlay_destroy(one);
    arena_destroy(arena);
}

Test(overlay, what_is_frozen_is_read_below_what_comes_after)
{
    struct arena *arena = arena_create();
    struct overlay *below = overlay_create(NULL);
    struct overlay *above = overlay_create(overlay_view(below));
    put(below, "a", "1");
    put(above, "b", "2");
    put(above, "c", "3");
    struct overlay *frozen = overlay_freeze(above);
    cr_assert(overlay_empty(above));
    put(above, "c", "");
    put(above, "d", "4");
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a b d ");
    cr_assert_str_eq(keys_of(overlay_view(frozen), arena), "a b c ");
    overlay_thaw(above, frozen);
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a b d ");
    frozen = overlay_freeze(above);
    put(above, "e", "5");
    overlay_rest_on(above, overlay_view(below));
    overlay_destroy(frozen);
    cr_assert_str_eq(keys_of(overlay_view(above), arena), "a e ");
    overlay_destroy(above);
    overlay_destroy(below);
    arena_destroy(arena);
}

struct walked {
    char keys[16];
    size_t removed;
};

static int visit(void *context, struct bytes key, struct bytes value)
{
    struct walked *walked = context;
    (void)strncat(walked->keys, (const char *)key.data, key.size);
    walked->removed += value.size == 0;
    return key.data[0] == 'x' ? 7 : 0;
}

Test(overlay, a_walk_shows_own_changes_and_removals_in_order_and_can_be_stopped)
{
    struct overlay *below = overlay_create(NULL);
    put(below, "b", "1");
    struct overlay *overlay = overlay_create(overlay_view(below));
    put(overlay, "c", "3");
    put(overlay, "a", "");
    struct walked walked = {.removed = 0};
    cr_assert_eq(overlay_walk(overlay, visit, &walked), 0);
    cr_assert_str_eq(walked.keys, "ac");
    cr_assert_eq(walked.removed, 1);
    put(overlay, "x", "4");
    put(overlay, "y", "5");
    walked = (struct walked){.removed = 0};
    cr_assert_eq(overlay_walk(overlay, visit, &walked), 7);
    cr_assert_str_eq(walked.keys, "acx");
    overlay_destroy(overlay);
    overlay_destroy(below);
}

// A view with one record, which is damaged: its key is "d", or cannot be read.
struct damaged_view {
    struct view view;
    bool key_readable;
};

static enum view_result damaged_get(const struct view *view, struct bytes key, struct arena *arena,
                                    struct bytes *value)
{
    (void)view, (void)arena, (void)value;
    return model_compare(key, text_bytes("d")) == 0 ? VIEW_DAMAGED : VIEW_ABSENT;
}

static enum view_result damaged_next(const struct view *view, struct bytes from,
                                     struct arena *arena, struct bytes *key, struct bytes *value)
{
    (void)arena, (void)value;
    if (!((const struct damaged_view *)view)->key_readable) {
        return VIEW_DAMAGED;
    }
    *key = text_bytes("d");
    return model_compare(from, text_bytes("d")) <= 0 ? VIEW_DAMAGED : VIEW_ABSENT;
}

Test(overlay, a_damaged_record_is_named_in_its_place_and_mended_by_a_change)
{
    struct arena *arena = arena_create();
    struct damaged_view below = {
        {damaged_get, damaged_next},
        true
    };
    struct overlay *overlay = overlay_create(&below.view);
    put(overlay, "a", "1");
    put(overlay, "e", "2");
    const struct view *view = overlay_view(overlay);
    struct bytes key;
    struct bytes value;
    cr_assert_eq(view->next(view, text_bytes("a"), arena, &key, &value), VIEW_FOUND);
    cr_assert_eq(view->next(view, text_bytes("b"), arena, &key, &value), VIEW_DAMAGED);
    assert_bytes(key, text_bytes("d"), "damaged key");
    cr_assert_eq(view->get(view, text_bytes("d"), arena, &value), VIEW_DAMAGED);
    put(overlay, "d", "mended");
    cr_assert_str_eq(keys_of(view, arena), "a d e ");
    put(overlay, "d", "");
    cr_assert_str_eq(keys_of(view, arena), "a e ");
    below.key_readable = false;
    cr_assert_eq(view->next(view, text_bytes("a"), arena, &key, &value), VIEW_DAMAGED);
    cr_assert_eq(key.size, 0);
    overlay_destroy(overlay);
    arena_destroy(arena);
}

Test(overlay, random_changes_read_as_in_an_array)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct model model;
        model_init(&model, seed);
        struct overlay *overlay = overlay_create(NULL);
        for (int step = 0; step < 400; step++) {
            size_t i = model_change(&model);
            overlay_put(overlay, model_key(&model, i), model_value(&model, i));
            if (step % 20 == 0) {
                model_check(&model, overlay_view(overlay));
            }
        }
        model_check(&model, overlay_view(overlay));
        overlay_destroy(overlay);
    }
}

static int put_below(void *context, struct bytes key, struct bytes value)
{
    overlay_put(context, key, value);
    return 0;
}

// Now and then one layer is written into the one below it, as a group or the state is.
Test(overlay, three_overlays_on_each_other_read_as_one_array)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct model model;
        model_init(&model, seed);
        struct overlay *lowest = overlay_create(NULL);
        struct overlay *middle = overlay_create(overlay_view(lowest));
        struct overlay *top = overlay_create(overlay_view(middle));
        for (int step = 0; step < 300; step++) {
            size_t i = model_change(&model);
            overlay_put(top, model_key(&model, i), model_value(&model, i));
            if (step % 11 == 0) {
                (void)overlay_walk(top, put_below, middle);
                overlay_clear(top);
            }
            if (step % 37 == 0) {
                (void)overlay_walk(middle, put_below, lowest);
                overlay_clear(middle);
            }
            if (step % 10 == 0) {
                model_check(&model, overlay_view(top));
            }
        }
        model_check(&model, overlay_view(top));
        overlay_destroy(top);
        overlay_destroy(middle);
        overlay_destroy(lowest);
    }
}
