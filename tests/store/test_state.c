// What the state promises: put is seen at once, written is there after reopening, damage is found.
#include "daemon/store/state.h"
#include "daemon/store/store_lmdb.h"
#include "rules/overlay.h"
#include "tests/file_limit.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

static struct scratch scratch;

static void set_up(void)
{
    scratch_make(&scratch);
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

TestSuite(state, .init = set_up, .fini = tear_down);

static struct state *open_or_fail(bool create)
{
    struct store_error error;
    struct state *state = state_open(scratch.directory, create, &error);
    cr_assert_not_null(state, "%s", error.text);
    return state;
}

static void put(struct state *state, const char *key, const char *value)
{
    state_put(state, text_bytes(key), text_bytes(value));
}

static enum view_result get(struct state *state, const char *key)
{
    struct arena *arena = arena_create();
    const struct view *view = state_view(state);
    struct bytes value;
    enum view_result result = view->get(view, text_bytes(key), arena, &value);
    arena_destroy(arena);
    return result;
}

Test(state, random_changes_writes_and_reopenings_read_as_in_an_array)
{
    struct model model;
    model_init(&model, 9150000020286320);
    struct state *state = open_or_fail(true);
    model_check(&model, state_view(state));
    for (uint64_t step = 1; step <= 2000; step++) {
        size_t i = model_change(&model);
        state_put(state, model_key(&model, i), model_value(&model, i));
        if (step % 50 == 0) {
            model_check(&model, state_view(state));
        }
        if (step % 90 == 0) {
            cr_assert_eq(state_write(state, step, NULL), STORE_OK);
            cr_assert_eq(state_overlay_bytes(state), 0);
            cr_assert_eq(state_written_entry(state), step);
            model_check(&model, state_view(state));
        }
        if (step % 270 == 0) {
            state_close(state);
            state = open_or_fail(false);
            cr_assert_eq(state_written_entry(state), step);
            model_check(&model, state_view(state));
        }
    }
    state_close(state);
}

Test(state, what_was_not_written_is_gone_after_closing)
{
    struct state *state = open_or_fail(true);
    put(state, "kept", "1");
    cr_assert_eq(state_write(state, 5, NULL), STORE_OK);
    put(state, "lost", "2");
    put(state, "kept", "");
    cr_assert_gt(state_overlay_bytes(state), 0);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(get(state, "kept"), VIEW_FOUND);
    cr_assert_eq(get(state, "lost"), VIEW_ABSENT);
    cr_assert_eq(state_written_entry(state), 5);
    state_close(state);
}

Test(state, a_write_without_changes_moves_the_entry)
{
    struct state *state = open_or_fail(true);
    cr_assert_eq(state_written_entry(state), 0);
    cr_assert_eq(state_write(state, 17, NULL), STORE_OK);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 17);
    state_close(state);
}

Test(state, clearing_leaves_nothing_in_memory_or_on_disk)
{
    struct state *state = open_or_fail(true);
    put(state, "written", "1");
    cr_assert_eq(state_write(state, 5, NULL), STORE_OK);
    put(state, "put", "2");
    cr_assert_eq(state_clear(state, NULL), STORE_OK);
    cr_assert_eq(get(state, "written"), VIEW_ABSENT);
    cr_assert_eq(get(state, "put"), VIEW_ABSENT);
    cr_assert_eq(state_written_entry(state), 0);
    put(state, "again", "3");
    cr_assert_eq(state_write(state, 2, NULL), STORE_OK);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(get(state, "written"), VIEW_ABSENT);
    cr_assert_eq(get(state, "again"), VIEW_FOUND);
    state_close(state);
}

// Enough records come and go that pages are freed at the end of the file too.
Test(state, a_state_that_grows_and_shrinks_always_opens_again)
{
    uint8_t value[3000];
    memset(value, 0x33, sizeof(value));
    struct model random = {.random = 7};
    struct state *state = open_or_fail(true);
    for (uint64_t entry = 1; entry <= 60; entry++) {
        for (int i = 0; i < 40; i++) {
            char key[32];
            (void)snprintf(key, sizeof(key), "%llu",
                           (unsigned long long)model_random(&random, 200));
            size_t size = model_random(&random, 2) == 0 ? 0 : 1 + model_random(&random, 2999);
            state_put(state, text_bytes(key), (struct bytes){.data = value, .size = size});
        }
        cr_assert_eq(state_write(state, entry, NULL), STORE_OK);
        state_close(state);
        state = open_or_fail(false);
        cr_assert_eq(state_check(state, NULL, NULL), 0);
    }
    state_close(state);
}

// ---- Refusals

static void assert_refused(bool create, int code, const char *sentence)
{
    struct store_error error = {.code = 0};
    struct state *state = state_open(scratch.directory, create, &error);
    cr_assert_null(state);
    cr_assert_eq(error.code, code, "%d: %s", error.code, error.text);
    cr_assert_not_null(strstr(error.text, sentence), "%s", error.text);
}

static void make_with(uint64_t records)
{
    struct state *state = open_or_fail(true);
    for (uint64_t i = 0; i < records; i++) {
        char key[32];
        char value[64];
        (void)snprintf(key, sizeof(key), "key%llu", (unsigned long long)i);
        (void)snprintf(value, sizeof(value), "value <%llu> of a record", (unsigned long long)i);
        put(state, key, value);
    }
    cr_assert_eq(state_write(state, records, NULL), STORE_OK);
    state_close(state);
}

Test(state, one_that_is_there_is_not_created_and_one_that_is_not_is_not_opened)
{
    assert_refused(false, STORE_ABSENT, "is not there");
    make_with(1);
    assert_refused(true, STORE_EXISTS, "is there already");
}

Test(state, a_second_writer_is_refused)
{
    struct state *state = open_or_fail(true);
    assert_refused(false, STORE_LOCKED, "has it open");
    state_close(state);
}

Test(state, a_newer_format_is_refused)
{
    static const struct store_kind NEWER = {.name = "state", .database = "records", .format = 2};
    store_lmdb_close(store_lmdb_open(&NEWER, scratch.directory, STORE_CREATE, NULL));
    assert_refused(false, STORE_FORMAT, "newer version");
}

Test(state, a_file_that_is_cut_short_is_refused_and_says_to_rebuild)
{
    make_with(500);
    off_t size = scratch_size(&scratch, "state.mdb");
    cr_assert_eq(truncate(scratch_path(&scratch, "state.mdb"), size - 4096), 0);
    assert_refused(false, STORE_DAMAGED, "awardd rebuild");
}

// ---- Damage

static void collect(void *context, struct bytes key)
{
    char *keys = context;
    (void)strncat(keys, (const char *)key.data, key.size);
    (void)strncat(keys, " ", 2);
}

Test(state, a_flipped_bit_in_a_value_is_found_and_the_others_are_read)
{
    make_with(20);
    cr_assert_geq(scratch_flip(&scratch, "state.mdb", "value <7>", 2), 1);
    cr_assert_geq(scratch_flip(&scratch, "state.mdb", "value <12>", 9), 1);
    struct state *state = open_or_fail(false);
    char keys[64] = "";
    cr_assert_eq(state_check(state, collect, keys), 2);
    cr_assert_str_eq(keys, "key12 key7 ");
    cr_assert_eq(get(state, "key7"), VIEW_DAMAGED);
    cr_assert_eq(get(state, "key8"), VIEW_FOUND);
    struct arena *arena = arena_create();
    const struct view *view = state_view(state);
    struct bytes key;
    struct bytes value;
    cr_assert_eq(view->next(view, text_bytes("key7"), arena, &key, &value), VIEW_DAMAGED);
    assert_bytes(key, text_bytes("key7"), "key of the damaged record");
    cr_assert_eq(view->next(view, view_key_after(key, arena), arena, &key, &value), VIEW_FOUND);
    assert_bytes(key, text_bytes("key8"), "the next one");
    uint8_t digest[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(view, digest), STORE_DAMAGED);
    put(state, "key7", "mended");
    put(state, "key12", "mended");
    cr_assert_eq(state_digest(view, digest), STORE_OK);
    cr_assert_eq(state_write(state, 21, NULL), STORE_OK);
    cr_assert_eq(state_check(state, NULL, NULL), 0);
    arena_destroy(arena);
    state_close(state);
}

Test(state, a_value_under_another_key_is_found)
{
    make_with(3);
    static const struct store_kind KIND = {.name = "state", .database = "records", .format = 1};
    struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_WRITE, NULL);
    MDB_txn *txn = NULL;
    cr_assert_eq(store_lmdb_begin(store, &txn, NULL), STORE_OK);
    MDB_val one = store_lmdb_val(text_bytes("key1"));
    MDB_val two = store_lmdb_val(text_bytes("key2"));
    MDB_val value;
    uint8_t copy[64];
    cr_assert_eq(mdb_get(txn, store->records, &one, &value), 0);
    cr_assert_leq(value.mv_size, sizeof(copy));
    memcpy(copy, value.mv_data, value.mv_size);
    value.mv_data = copy;
    cr_assert_eq(mdb_put(txn, store->records, &two, &value, 0), 0);
    cr_assert_eq(store_lmdb_commit(store, txn, NULL), STORE_OK);
    store_lmdb_close(store);
    struct state *state = open_or_fail(false);
    char keys[64] = "";
    cr_assert_eq(state_check(state, collect, keys), 1);
    cr_assert_str_eq(keys, "key2 ");
    state_close(state);
}

Test(state, a_damaged_entry_number_is_refused)
{
    make_with(1);
    cr_assert_geq(scratch_flip(&scratch, "state.mdb", "written", sizeof("written") - 1), 1);
    assert_refused(false, STORE_DAMAGED, "awardd rebuild");
}

// ---- Beside a writer, and full

static int read_beside(void *context)
{
    (void)context;
    struct state *state = state_open_read_only(scratch.directory, NULL);
    if (state == NULL || state_written_entry(state) != 9 || get(state, "written") != VIEW_FOUND ||
        get(state, "put") != VIEW_ABSENT) {
        return 1;
    }
    state_close(state);
    return 0;
}

static int open_and_close(void *context)
{
    (void)context;
    struct state *state = state_open(scratch.directory, false, NULL);
    put(state, "written", "1");
    put(state, "other", "2");
    int code = state_write(state, 9, NULL);
    put(state, "put", "3");
    // The reader is a process of its own: nothing of LMDB is used across a fork.
    int read = scratch_child(read_beside, NULL);
    code = code == STORE_OK && state_write(state, 10, NULL) == STORE_OK ? read : 1;
    state_close(state);
    return code;
}

Test(state, a_reader_beside_the_writer_sees_what_was_written)
{
    make_with(0);
    cr_assert_eq(scratch_child(open_and_close, NULL), 0);
}

Test(state, when_there_is_no_room_what_was_put_stays_in_memory_and_is_written_later)
{
    enum { SIZE = 8 * 1024 * 1024 };
    make_with(3);
    struct state *state = open_or_fail(false);
    file_limit(256 * 1024 + 100);
    uint8_t *large = calloc(1, SIZE);
    state_put(state, text_bytes("large"), (struct bytes){.data = large, .size = SIZE});
    put(state, "small", "1");
    put(state, "key1", "");
    struct store_error error = {.text = ""};
    cr_assert_eq(state_write(state, 4, &error), STORE_FULL, "%s", error.text);
    cr_assert_eq(state_written_entry(state), 3);
    cr_assert_eq(get(state, "small"), VIEW_FOUND);
    cr_assert_eq(get(state, "key1"), VIEW_ABSENT);
    file_limit(RLIM_INFINITY);
    cr_assert_eq(state_write(state, 4, &error), STORE_OK, "%s", error.text);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 4);
    cr_assert_eq(get(state, "large"), VIEW_FOUND);
    cr_assert_eq(get(state, "key1"), VIEW_ABSENT);
    cr_assert_eq(state_check(state, NULL, NULL), 0);
    state_close(state);
    free(large);
}

// More changes than one transaction takes; the disk ends behind the first.
Test(state, a_writing_that_is_cut_off_says_how_far_it_may_have_come)
{
    enum { CHANGES = 20000, LIMIT_BYTES = 2 * 1024 * 1024 };
    make_with(3);
    struct state *state = open_or_fail(false);
    uint8_t value[100] = {1};
    for (unsigned i = 0; i < CHANGES; i++) {
        char key[32];
        (void)snprintf(key, sizeof(key), "later%05u", i);
        state_put(state, text_bytes(key), (struct bytes){.data = value, .size = sizeof(value)});
    }
    file_limit(LIMIT_BYTES);
    struct store_error error = {.text = ""};
    cr_assert_eq(state_write(state, 4, &error), STORE_FULL, "%s", error.text);
    file_limit(RLIM_INFINITY);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 3);
    cr_assert_eq(state_reached_entry(state), 4);
    cr_assert_eq(get(state, "later00000"), VIEW_FOUND);
    cr_assert_eq(get(state, "later19999"), VIEW_ABSENT);
    put(state, "later19999", "1");
    cr_assert_eq(state_write(state, 5, NULL), STORE_OK);
    cr_assert_eq(state_reached_entry(state), 5);
    state_close(state);
    state = open_or_fail(false);
    cr_assert_eq(state_written_entry(state), 5);
    cr_assert_eq(state_reached_entry(state), 5);
    cr_assert_eq(state_clear(state, NULL), STORE_OK);
    cr_assert_eq(state_reached_entry(state), 0);
    state_close(state);
}

// ---- Digest

static void assert_digest(const struct view *view, const uint8_t expected[STATE_DIGEST_BYTES])
{
    uint8_t digest[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(view, digest), STORE_OK);
    cr_assert_arr_eq(digest, expected, STATE_DIGEST_BYTES);
}

Test(state, the_digest_is_that_of_the_content_however_it_came_about)
{
    struct model model;
    model_init(&model, 3);
    for (int i = 0; i < 200; i++) {
        (void)model_change(&model);
    }
    struct overlay *in_order = overlay_create(NULL);
    struct state *state = open_or_fail(true);
    put(state, "on the way", "1");
    for (size_t i = 0; i < MODEL_KEYS; i++) {
        size_t backwards = MODEL_KEYS - 1 - i;
        overlay_put(in_order, model_key(&model, i), model_value(&model, i));
        state_put(state, model_key(&model, backwards), model_value(&model, backwards));
        if (i % 20 == 0) {
            cr_assert_eq(state_write(state, i, NULL), STORE_OK);
        }
    }
    put(state, "on the way", "");
    uint8_t digest[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(overlay_view(in_order), digest), STORE_OK);
    assert_digest(state_view(state), digest);
    cr_assert_eq(state_write(state, 100, NULL), STORE_OK);
    assert_digest(state_view(state), digest);
    state_close(state);
    state = open_or_fail(false);
    assert_digest(state_view(state), digest);
    put(state, "one more", "1");
    uint8_t other[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(state_view(state), other), STORE_OK);
    cr_assert_arr_neq(other, digest, STATE_DIGEST_BYTES);
    state_close(state);
    overlay_destroy(in_order);
}

Test(state, the_digest_knows_where_a_key_ends)
{
    struct overlay *one = overlay_create(NULL);
    struct overlay *other = overlay_create(NULL);
    overlay_put(one, text_bytes("a"), text_bytes("bc"));
    overlay_put(other, text_bytes("ab"), text_bytes("c"));
    uint8_t digest[STATE_DIGEST_BYTES];
    uint8_t different[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(overlay_view(one), digest), STORE_OK);
    cr_assert_eq(state_digest(overlay_view(other), different), STORE_OK);
    cr_assert_arr_neq(digest, different, STATE_DIGEST_BYTES);
    overlay_destroy(one);
    overlay_destroy(other);
}
