// What a state promises while a second thread writes it: it reads as ever, what is put meanwhile is
// of the next writing, and what could not be written is still there.
#include "daemon/store/state.h"
#include "tests/file_limit.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>

static struct scratch scratch;

static void set_up(void)
{
    scratch_make(&scratch);
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

TestSuite(state_writing, .init = set_up, .fini = tear_down);

static struct state *open_or_fail(bool create)
{
    struct store_error error;
    struct state *state = state_open(scratch.directory, create, &error);
    cr_assert_not_null(state, "%s", error.text);
    return state;
}

static void changes_put(struct state *state, struct model *model, int count)
{
    for (int i = 0; i < count; i++) {
        size_t changed = model_change(model);
        state_put(state, model_key(model, changed), model_value(model, changed));
    }
}

Test(state_writing, random_changes_before_during_and_after_read_as_in_an_array)
{
    struct model model;
    model_init(&model, 2018);
    struct state *state = open_or_fail(true);
    const struct view *view = state_view(state);
    for (uint64_t round = 1; round <= 150; round++) {
        changes_put(state, &model, 20);
        state_write_begin(state, round);
        cr_assert(state_writing(state));
        cr_assert_eq(state_view(state), view, "whoever holds the view goes on with it");
        model_check(&model, view);
        changes_put(state, &model, (int)model_random(&model, 10));
        model_check(&model, view);
        cr_assert(state_writing_wait(state, -1));
        model_check(&model, view);
        cr_assert_eq(state_write_end(state, NULL), STORE_OK);
        cr_assert_not(state_writing(state));
        cr_assert_eq(state_written_entry(state), round);
        model_check(&model, view);
    }
    state_close(state);
}

Test(state_writing, what_is_put_meanwhile_is_of_the_next_writing)
{
    struct state *state = open_or_fail(true);
    state_put(state, text_bytes("before"), text_bytes("1"));
    state_put(state, text_bytes("both"), text_bytes("1"));
    state_write_begin(state, 5);
    state_put(state, text_bytes("both"), text_bytes("2"));
    state_put(state, text_bytes("after"), text_bytes("2"));
    cr_assert_gt(state_overlay_bytes(state), state_active_bytes(state));
    cr_assert_eq(state_write_end(state, NULL), STORE_OK);
    cr_assert_eq(state_overlay_bytes(state), state_active_bytes(state));
    cr_assert_gt(state_active_bytes(state), 0);
    state_close(state);
    state = open_or_fail(false);
    struct arena *arena = arena_create();
    struct bytes value;
    const struct view *view = state_view(state);
    cr_assert_eq(view->get(view, text_bytes("both"), arena, &value), VIEW_FOUND);
    assert_bytes(value, text_bytes("1"), "as it stood at entry 5");
    cr_assert_eq(view->get(view, text_bytes("after"), arena, &value), VIEW_ABSENT);
    cr_assert_eq(state_written_entry(state), 5);
    arena_destroy(arena);
    state_close(state);
}

Test(state_writing, its_end_can_be_waited_for_beside_other_things)
{
    struct state *state = open_or_fail(true);
    struct pollfd descriptor = {.fd = state_writing_descriptor(state), .events = POLLIN};
    cr_assert_eq(poll(&descriptor, 1, 0), 0, "nothing is on its way");
    state_put(state, text_bytes("key"), text_bytes("1"));
    state_write_begin(state, 1);
    cr_assert_eq(poll(&descriptor, 1, -1), 1);
    cr_assert(state_writing_wait(state, 0));
    cr_assert_eq(state_write_end(state, NULL), STORE_OK);
    cr_assert_eq(poll(&descriptor, 1, 0), 0);
    state_close(state);
}

// What is put while a writing finds no room counts above what that one would have written.
Test(state_writing, where_there_is_no_room_both_are_in_memory_again)
{
    enum { SIZE = 8 * 1024 * 1024, LIMIT_BYTES = 256 * 1024 };
    struct model model;
    model_init(&model, 7);
    struct state *state = open_or_fail(true);
    uint8_t *large = calloc(1, SIZE);
    changes_put(state, &model, 30);
    state_put(state, text_bytes("\xFF large"), (struct bytes){.data = large, .size = SIZE});
    file_limit(LIMIT_BYTES);
    state_write_begin(state, 4);
    state_put(state, text_bytes("\xFF large"), text_bytes(""));
    changes_put(state, &model, 30);
    struct store_error error = {.text = ""};
    cr_assert_eq(state_write_end(state, &error), STORE_FULL, "%s", error.text);
    cr_assert_eq(state_written_entry(state), 0);
    cr_assert_eq(state_overlay_bytes(state), state_active_bytes(state));
    model_check(&model, state_view(state));
    file_limit(RLIM_INFINITY);
    cr_assert_eq(state_write(state, 6, &error), STORE_OK, "%s", error.text);
    model_check(&model, state_view(state));
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 6);
    model_check(&model, state_view(state));
    state_close(state);
    free(large);
}

Test(state_writing, closing_waits_for_the_slice_that_is_on_its_way)
{
    struct state *state = open_or_fail(true);
    state_put(state, text_bytes("key"), text_bytes("1"));
    state_write_begin(state, 9);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 9);
    state_close(state);
}

// However far it has come: the state stands where it stood, and says that a later entry was begun.
Test(state_writing, closing_has_a_long_one_leave_off)
{
    enum { CHANGES = 40000 };
    uint8_t value[256] = {0};
    struct state *state = open_or_fail(true);
    for (int i = 0; i < CHANGES; i++) {
        char key[16];
        (void)snprintf(key, sizeof(key), "key-%05d", i);
        state_put(state, text_bytes(key), (struct bytes){value, sizeof(value)});
    }
    state_write_begin(state, 9);
    while (state_writing_slices(state) == 0 && !state_writing_wait(state, 1)) {
    }
    bool ended = state_writing_wait(state, 0); // on a machine that was busy meanwhile
    state_close(state);
    state = open_or_fail(false);
    cr_assert(ended || state_written_entry(state) == 0, "it left off");
    cr_assert_eq(state_reached_entry(state), 9);
    cr_assert_eq(state_check(state, NULL, NULL), 0);
    state_close(state);
}
