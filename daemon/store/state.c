// state - records in an LMDB database, behind an overlay in memory
//
// Reads go to the active overlay, which rests on the frozen one where there is one, which rests on
// `disk`: the environment as one read transaction sees it. That transaction is renewed after each
// writing and at no other time, so disk and overlays always fit together. For now the caller's
// thread does the writing: `state_write` is what a second thread will do with a frozen overlay, and
// then the active one will rest on that.
//
// A value on disk is its checksum (eight bytes, little-endian) and then its bytes.
#include "daemon/store/state.h"

#include "daemon/store/store_lmdb.h"

#include <assert.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static const struct store_kind KIND = {
    .name = "state",
    .database = "records",
    .flags = 0,
    .format = 1,
    .repair_zh = "请运行 awardd rebuild，由日志重建。",
    .repair_en = "Rebuild it from the journal with awardd rebuild.",
};

// Entries by name: where the state stands, and up to where a writing has begun.
static const char WRITTEN[] = "written";
static const char REACHED[] = "reached";

// Of a transaction. Each change may touch a page of its own.
enum { SLICE_CHANGES_MAX = 8192, SLICE_BYTES_MAX = 16 * 1024 * 1024 };

struct disk {
    struct view view; // first, so that a view leads to its disk
    struct store_lmdb *store;
    MDB_txn *reader;
    MDB_cursor *cursor;
    MDB_cursor *getter; // of its own: what is asked for often lies on the page of the last
};

struct state {
    struct disk disk;
    struct overlay *active;
    uint64_t written;
    uint64_t reached;
};

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

// Sees what has been committed since. A reset transaction keeps its place among the readers.
static int disk_renew(struct disk *disk, struct store_error *error)
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

static struct state *open_in_mode(const char *directory, enum store_mode mode,
                                  struct store_error *error)
{
    struct store_lmdb *store = store_lmdb_open(&KIND, directory, mode, error);
    if (store == NULL) {
        return NULL;
    }
    struct state *state = store_allocate(sizeof(*state));
    state->disk.store = store;
    state->active = overlay_create(&state->disk.view);
    int code = disk_open(&state->disk, error);
    if (code == STORE_OK) {
        code = number_load(state, WRITTEN, &state->written, error);
    }
    if (code == STORE_OK) {
        code = number_load(state, REACHED, &state->reached, error);
    }
    if (code != STORE_OK) {
        state_close(state);
        return NULL;
    }
    return state;
}

struct state *state_open(const char *directory, bool create, struct store_error *error)
{
    return open_in_mode(directory, create ? STORE_CREATE : STORE_WRITE, error);
}

struct state *state_open_read_only(const char *directory, struct store_error *error)
{
    return open_in_mode(directory, STORE_READ, error);
}

void state_close(struct state *state)
{
    if (state == NULL) {
        return;
    }
    overlay_destroy(state->active);
    disk_close(&state->disk);
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

size_t state_overlay_bytes(const struct state *state)
{
    return overlay_bytes(state->active);
}

// ---- Writing

// A writing goes through the overlay in key order, in slices.
struct write {
    struct state *state;
    struct store_lmdb *store;
    MDB_txn *txn; // of the slice
    uint64_t entry;
    size_t changes; // in the slice
    size_t bytes;
    struct store_error *error;
};

static int change_put(const struct write *write, struct bytes key, struct bytes value)
{
    MDB_val at = store_lmdb_val(key);
    if (value.size == 0) {
        int code = mdb_del(write->txn, write->store->records, &at, NULL);
        return code == MDB_NOTFOUND ? 0 : code;
    }
    MDB_val put = {.mv_size = STORE_CHECKSUM_BYTES + value.size, .mv_data = NULL};
    int code = mdb_put(write->txn, write->store->records, &at, &put, MDB_RESERVE);
    if (code != 0) {
        return code;
    }
    uint8_t *to = put.mv_data;
    store_number_write(to, store_checksum(key, value));
    memcpy(to + STORE_CHECKSUM_BYTES, value.data, value.size);
    return 0;
}

// Whatever comes of it, the transaction is gone.
static int slice_end(struct write *write, const char *number)
{
    MDB_txn *txn = write->txn;
    write->txn = NULL;
    int code = store_lmdb_meta_put(write->store, txn, number, write->entry, write->error);
    if (code != STORE_OK) {
        mdb_txn_abort(txn);
        return code;
    }
    return store_lmdb_commit(write->store, txn, write->error);
}

// Begins the next slice where this one is full.
static int slice_turn(struct write *write)
{
    if (write->changes < SLICE_CHANGES_MAX && write->bytes < SLICE_BYTES_MAX) {
        return STORE_OK;
    }
    int code = slice_end(write, REACHED);
    if (code == STORE_OK) {
        write->state->reached = write->entry;
        code = store_lmdb_begin(write->store, &write->txn, write->error);
    }
    write->changes = 0;
    write->bytes = 0;
    return code;
}

static int change_write(void *context, struct bytes key, struct bytes value)
{
    struct write *write = context;
    int code = slice_turn(write);
    if (code != STORE_OK) {
        return code;
    }
    int put = change_put(write, key, value);
    write->changes++;
    write->bytes += key.size + value.size;
    return put == 0 ? STORE_OK : store_lmdb_failed(write->store, put, write->error);
}

// All of the overlay, and last of all where the state then stands. A crash between two slices
// leaves some of the changes there; the replay that follows makes them all again.
static int overlay_write(struct state *state, uint64_t entry, struct store_error *error)
{
    struct write write = {
        .state = state, .store = state->disk.store, .entry = entry, .error = error};
    int code = store_lmdb_begin(write.store, &write.txn, error);
    if (code == STORE_OK) {
        code = overlay_walk(state->active, change_write, &write);
    }
    if (code != STORE_OK) {
        if (write.txn != NULL) {
            mdb_txn_abort(write.txn);
        }
        return code;
    }
    return slice_end(&write, WRITTEN);
}

int state_write(struct state *state, uint64_t entry, struct store_error *error)
{
    assert(entry >= state->written);
    int code = overlay_write(state, entry, error);
    if (code != STORE_OK) {
        return code;
    }
    state->written = entry;
    state->reached = entry;
    code = disk_renew(&state->disk, error);
    if (code == STORE_OK) {
        overlay_clear(state->active);
        (void)malloc_trim(0); // what it held is the system's again
    }
    return code;
}

int state_clear(struct state *state, struct store_error *error)
{
    struct store_lmdb *store = state->disk.store;
    MDB_txn *txn = NULL;
    int code = store_lmdb_begin(store, &txn, error);
    if (code != STORE_OK) {
        return code;
    }
    int dropped = mdb_drop(txn, store->records, 0);
    code = dropped != 0 ? store_lmdb_failed(store, dropped, error)
                        : store_lmdb_meta_put(store, txn, WRITTEN, 0, error);
    if (code == STORE_OK) {
        code = store_lmdb_meta_put(store, txn, REACHED, 0, error);
    }
    if (code != STORE_OK) {
        mdb_txn_abort(txn);
        return code;
    }
    code = store_lmdb_commit(store, txn, error);
    if (code != STORE_OK) {
        return code;
    }
    overlay_clear(state->active);
    state->written = 0;
    state->reached = 0;
    return disk_renew(&state->disk, error);
}

// ---- Checking

int state_check(struct state *state, void (*damaged)(void *context, struct bytes key),
                void *context)
{
    int count = 0;
    MDB_val key;
    MDB_val stored;
    MDB_cursor *cursor = state->disk.cursor;
    int code = mdb_cursor_get(cursor, &key, &stored, MDB_FIRST);
    while (code == 0) {
        struct bytes value;
        struct bytes at = store_lmdb_bytes(key);
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
