// state - records in an LMDB database, behind an overlay in memory
//
// Reads go to the active overlay, which rests on the frozen one while that is written
// (state_writing.c), which rests on `disk`: the environment as one read transaction sees it. That
// transaction is renewed after each writing and at no other time, so disk and overlays always fit
// together.
//
// A value on disk is its checksum (eight bytes, little-endian) and then its bytes.
#include "daemon/store/state_private.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const struct store_kind KIND = {
    .name = "state",
    .database = "records",
    .flags = 0,
    .format = 1,
    .repair_zh = "请运行 awardd rebuild，由日志重建。",
    .repair_en = "Rebuild it from the journal with awardd rebuild.",
    .absent_zh = "请检查路径，或运行 awardd rebuild，由日志重建。",
    .absent_en = "Check the path, or rebuild it from the journal with awardd rebuild.",
};

const char STATE_WRITTEN[] = "written";
const char STATE_REACHED[] = "reached";

// ---- The environment as a view

static enum view_result value_check(struct bytes key, struct bytes stored, struct bytes *value)
{
    if (stored.size <= STORE_CHECKSUM_BYTES) {
        return VIEW_DAMAGED;
    }
    struct bytes checked = {.data = stored.data + STORE_CHECKSUM_BYTES,
                            .size = stored.size - STORE_CHECKSUM_BYTES};
    if (store_number_read(stored.data) != store_checksum(key, checked)) {
        return VIEW_DAMAGED;
    }
    *value = checked;
    return VIEW_FOUND;
}

static struct bytes bytes_copy(struct bytes bytes, struct arena *arena)
{
    return (struct bytes){.data = arena_copy(arena, bytes.data, bytes.size), .size = bytes.size};
}

static enum view_result disk_get(const struct view *view, struct bytes key, struct arena *arena,
                                 struct bytes *value)
{
    const struct disk *disk = (const struct disk *)view;
    assert(key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX);
    *value = (struct bytes){.data = NULL, .size = 0};
    MDB_val at = store_lmdb_val(key);
    MDB_val found;
    int code = mdb_cursor_get(disk->getter, &at, &found, MDB_SET);
    if (code != 0) {
        return code == MDB_NOTFOUND ? VIEW_ABSENT : VIEW_DAMAGED;
    }
    struct bytes checked;
    enum view_result result = value_check(key, store_lmdb_bytes(found), &checked);
    if (result == VIEW_FOUND) {
        *value = bytes_copy(checked, arena);
    }
    return result;
}

static enum view_result disk_next(const struct view *view, struct bytes from, struct arena *arena,
                                  struct bytes *key, struct bytes *value)
{
    const struct disk *disk = (const struct disk *)view;
    *key = (struct bytes){.data = NULL, .size = 0};
    *value = (struct bytes){.data = NULL, .size = 0};
    MDB_val at = store_lmdb_val(from);
    MDB_val found;
    int code =
        mdb_cursor_get(disk->cursor, &at, &found, from.size == 0 ? MDB_FIRST : MDB_SET_RANGE);
    if (code != 0) {
        return code == MDB_NOTFOUND ? VIEW_ABSENT : VIEW_DAMAGED;
    }
    struct bytes checked;
    if (at.mv_size > VIEW_KEY_BYTES_MAX || view_key_compare(store_lmdb_bytes(at), from) < 0) {
        return VIEW_DAMAGED; // pages that lead back: a walk over them would have no end
    }
    *key = bytes_copy(store_lmdb_bytes(at), arena);
    enum view_result result = value_check(*key, store_lmdb_bytes(found), &checked);
    if (result == VIEW_FOUND) {
        *value = bytes_copy(checked, arena);
    }
    return result;
}

static int disk_open(struct disk *disk, struct store_error *error)
{
    disk->view = (struct view){.get = disk_get, .next = disk_next};
    int code = store_lmdb_reader(disk->store, &disk->reader, error);
    if (code != STORE_OK) {
        return code;
    }
    int opened = mdb_cursor_open(disk->reader, disk->store->records, &disk->cursor);
    if (opened == 0) {
        opened = mdb_cursor_open(disk->reader, disk->store->records, &disk->getter);
    }
    return opened == 0 ? STORE_OK : store_lmdb_failed(disk->store, opened, error);
}

int disk_renew(struct disk *disk, struct store_error *error)
{
    mdb_txn_reset(disk->reader);
    int code = mdb_txn_renew(disk->reader);
    if (code == 0) {
        code = mdb_cursor_renew(disk->reader, disk->cursor);
    }
    if (code == 0) {
        code = mdb_cursor_renew(disk->reader, disk->getter);
    }
    return code == 0 ? STORE_OK : store_lmdb_failed(disk->store, code, error);
}

static void disk_close(struct disk *disk)
{
    if (disk->cursor != NULL) {
        mdb_cursor_close(disk->cursor);
    }
    if (disk->getter != NULL) {
        mdb_cursor_close(disk->getter);
    }
    if (disk->reader != NULL) {
        mdb_txn_abort(disk->reader);
    }
    store_lmdb_close(disk->store);
}

// ---- Opening

// It stays as it is where nothing has been written yet.
static int number_load(struct state *state, const char *name, uint64_t *number,
                       struct store_error *error)
{
    int code = store_lmdb_meta_get(state->disk.store, state->disk.reader, name, number, error);
    return code == STORE_ABSENT ? STORE_OK : code;
}

static struct state *state_on(struct store_lmdb *store, const char *directory,
                              struct store_error *error)
{
    if (store == NULL) {
        return NULL;
    }
    struct state *state = memory_allocate(sizeof(*state));
    state->directory = strdup(directory);
    if (state->directory == NULL) {
        abort();
    }
    state->disk.store = store;
    state->active = overlay_create(&state->disk.view);
    state->writing.done = eventfd(0, EFD_CLOEXEC);
    if (state->writing.done < 0) {
        abort(); // no descriptor to be had before anything has begun
    }
    int code = disk_open(&state->disk, error);
    if (code == STORE_OK) {
        code = number_load(state, STATE_WRITTEN, &state->written, error);
    }
    if (code == STORE_OK) {
        code = number_load(state, STATE_REACHED, &state->reached, error);
    }
    if (code != STORE_OK) {
        state_close(state);
        return NULL;
    }
    return state;
}

struct state *state_open(const char *directory, bool create, struct store_error *error)
{
    enum store_mode mode = create ? STORE_CREATE : STORE_WRITE;
    return state_on(store_lmdb_open(&KIND, directory, mode, error), directory, error);
}

struct state *state_open_read_only(const char *directory, struct store_error *error)
{
    return state_on(store_lmdb_open(&KIND, directory, STORE_READ, error), directory, error);
}

// The file is made anew. Of one that is damaged no page can be trusted to say what else is free.
static struct store_lmdb *file_renew(const char *directory, struct store_error *error)
{
    static const char *const endings[] = {"mdb", "mdb-lock"};
    size_t size = strlen(directory) + sizeof("/state.mdb-lock");
    char *path = memory_allocate(size);
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        (void)snprintf(path, size, "%s/%s.%s", directory, KIND.name, endings[i]);
        (void)unlink(path); // one that stays is there already when another is to be made
    }
    free(path);
    return store_lmdb_open(&KIND, directory, STORE_CREATE, error);
}

struct state *state_open_anew(const char *directory, struct store_error *error)
{
    return state_on(file_renew(directory, error), directory, error);
}

void state_close(struct state *state)
{
    if (state == NULL) {
        return;
    }
    if (state_writing(state)) {
        atomic_store(&state->writing.left, true);
        (void)state_write_end(state, NULL); // what it did not write, the next start replays
    }
    overlay_destroy(state->active);
    (void)close(state->writing.done);
    disk_close(&state->disk);
    free(state->directory);
    free(state);
}

int state_copy(struct state *state, const char *directory, struct store_error *error)
{
    return store_lmdb_copy(state->disk.store, directory, error);
}

uint64_t state_written_entry(const struct state *state)
{
    return state->written;
}

uint64_t state_reached_entry(const struct state *state)
{
    return state->reached > state->written ? state->reached : state->written;
}

void state_size(const struct state *state, uint64_t *bytes, uint64_t *map_bytes)
{
    struct store_size size = store_lmdb_size(state->disk.store);
    *bytes = size.bytes;
    *map_bytes = size.map_bytes;
}

const struct view *state_view(struct state *state)
{
    return overlay_view(state->active);
}

void state_put(struct state *state, struct bytes key, struct bytes value)
{
    overlay_put(state->active, key, value);
}

void state_take(struct state *state, struct overlay *changes)
{
    overlay_take(state->active, changes);
}

size_t state_active_bytes(const struct state *state)
{
    return overlay_bytes(state->active);
}

size_t state_overlay_bytes(const struct state *state)
{
    const struct overlay *frozen = state->writing.frozen;
    return overlay_bytes(state->active) + (frozen != NULL ? overlay_bytes(frozen) : 0);
}

// ---- All of it

int state_clear(struct state *state, struct store_error *error)
{
    struct store_error own;
    struct store_error *said = error != NULL ? error : &own;
    assert(!state_writing(state));
    disk_close(&state->disk);
    overlay_clear(state->active);
    state->written = 0;
    state->reached = 0;
    state->disk = (struct disk){.store = file_renew(state->directory, said)};
    return state->disk.store != NULL ? disk_open(&state->disk, said) : said->code;
}

// ---- Checking

int state_check(struct state *state, void (*damaged)(void *context, struct bytes key),
                void *context)
{
    int count = 0;
    MDB_val key;
    MDB_val stored;
    MDB_cursor *cursor = state->disk.cursor;
    struct bytes last = {.data = NULL, .size = 0};
    int code = mdb_cursor_get(cursor, &key, &stored, MDB_FIRST);
    while (code == 0) {
        struct bytes value;
        struct bytes at = store_lmdb_bytes(key);
        if (last.size > 0 && view_key_compare(at, last) <= 0) {
            return store_lmdb_failed(state->disk.store, MDB_CORRUPTED, NULL);
        }
        last = at; // it stays where it is while the transaction that reads is open
        if (value_check(at, store_lmdb_bytes(stored), &value) == VIEW_DAMAGED) {
            count++;
            if (damaged != NULL) {
                damaged(context, at);
            }
        }
        code = mdb_cursor_get(cursor, &key, &stored, MDB_NEXT);
    }
    return code == MDB_NOTFOUND ? count : store_lmdb_failed(state->disk.store, code, NULL);
}

int state_check_free(struct state *state, struct store_error *error)
{
    return store_lmdb_check_free(state->disk.store, error);
}
