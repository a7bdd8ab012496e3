// state_writing - what is in memory goes to disk, by a second thread
//
// The active overlay is frozen with the number of its last entry, and a new one rests on it; a
// thread that lives as long as this writing takes the frozen one to disk, in key order and in
// slices. The first thread goes on meanwhile: it reads the frozen overlay, which nobody changes,
// and the environment as its read transaction has seen it from before the writing. When the thread
// has ended, the first one renews that transaction and drops the frozen overlay. Where the writing
// failed, what came since moves into the frozen overlay, which is the active one again: nothing is
// lost, and it may be tried once more.
#include "common/thread.h"
#include "daemon/store/state_private.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

// Of a transaction. Each change may touch a page of its own, and while these go to disk the journal
// waits for them: with a million cases slices of 8,192 held groups up for 0.3 s, of 512 half of
// that. Smaller ones are written more slowly than a load brings changes (decision 032).
enum { SLICE_CHANGES_MAX = 512, SLICE_BYTES_MAX = 1024 * 1024 };

// A writing goes through the overlay in key order, in slices.
struct write {
    struct writing *writing;
    struct store_lmdb *store;
    MDB_txn *txn;   // of the slice
    size_t changes; // in the slice
    size_t bytes;
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
    struct writing *writing = write->writing;
    MDB_txn *txn = write->txn;
    write->txn = NULL;
    int code = store_lmdb_meta_put(write->store, txn, number, writing->entry, &writing->error);
    if (code != STORE_OK) {
        mdb_txn_abort(txn);
        return code;
    }
    code = store_lmdb_commit(write->store, txn, &writing->error);
    (void)atomic_fetch_add(&writing->slices, code == STORE_OK ? 1 : 0);
    return code;
}

// Begins the next slice where this one is full.
static int slice_turn(struct write *write)
{
    if (write->changes < SLICE_CHANGES_MAX && write->bytes < SLICE_BYTES_MAX) {
        return STORE_OK;
    }
    int code = slice_end(write, STATE_REACHED);
    if (code == STORE_OK) {
        write->writing->reached = write->writing->entry;
        code = atomic_load(&write->writing->left) ? STORE_LEFT : STORE_OK;
    }
    if (code == STORE_OK) {
        code = store_lmdb_begin(write->store, &write->txn, &write->writing->error);
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
    return put == 0 ? STORE_OK : store_lmdb_failed(write->store, put, &write->writing->error);
}

// All of the overlay, and last of all where the state then stands. A crash between two slices
// leaves some of the changes there; the replay that follows makes them all again.
static int overlay_write(struct writing *writing, struct store_lmdb *store)
{
    struct write write = {.writing = writing, .store = store};
    int code = store_lmdb_begin(store, &write.txn, &writing->error);
    if (code == STORE_OK) {
        code = overlay_walk(writing->frozen, change_write, &write);
    }
    if (code != STORE_OK) {
        if (write.txn != NULL) {
            mdb_txn_abort(write.txn);
        }
        return code;
    }
    return slice_end(&write, STATE_WRITTEN);
}

static void *writing_run(void *context)
{
    struct state *state = context;
    state->writing.code = overlay_write(&state->writing, state->disk.store);
    const uint64_t one = 1;
    ssize_t told = write(state->writing.done, &one, sizeof(one));
    assert(told == sizeof(one));
    (void)told;
    return NULL;
}

// Where there is no second thread to be had, this one does it.
static void writing_depart(struct state *state)
{
    state->writing.threaded = thread_start(&state->writing.thread, writing_run, state);
    if (!state->writing.threaded) {
        (void)writing_run(state);
    }
}

void state_write_begin(struct state *state, uint64_t entry)
{
    struct writing *writing = &state->writing;
    assert(writing->frozen == NULL && entry >= state->written);
    writing->frozen = overlay_freeze(state->active);
    writing->entry = entry;
    writing->reached = state->reached;
    writing_depart(state);
}

uint64_t state_writing_slices(const struct state *state)
{
    return atomic_load(&state->writing.slices);
}

bool state_writing(const struct state *state)
{
    return state->writing.frozen != NULL;
}

int state_writing_descriptor(const struct state *state)
{
    return state->writing.done;
}

bool state_writing_wait(const struct state *state, int most_ms)
{
    struct pollfd done = {.fd = state->writing.done, .events = POLLIN};
    assert(state_writing(state));
    int ready;
    do {
        ready = poll(&done, 1, most_ms);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static void writing_join(struct state *state)
{
    uint64_t told;
    ssize_t got = read(state->writing.done, &told, sizeof(told));
    assert(got == sizeof(told)); // it blocks until the thread has ended its work
    (void)got;
    if (state->writing.threaded) {
        int joined = pthread_join(state->writing.thread, NULL);
        assert(joined == 0);
        (void)joined;
    }
}

int state_write_end(struct state *state, struct store_error *error)
{
    struct writing *writing = &state->writing;
    assert(writing->frozen != NULL);
    writing_join(state);
    struct overlay *frozen = writing->frozen;
    writing->frozen = NULL;
    state->reached = writing->reached;
    int code = writing->code;
    if (code == STORE_OK) {
        state->written = writing->entry;
        state->reached = writing->entry;
        code = disk_renew(&state->disk, &writing->error);
    }
    if (code == STORE_OK) {
        overlay_rest_on(state->active, &state->disk.view);
        overlay_destroy(frozen);
        return STORE_OK;
    }
    overlay_thaw(state->active, frozen);
    if (error != NULL) {
        *error = writing->error;
    }
    return code;
}

int state_write(struct state *state, uint64_t entry, struct store_error *error)
{
    int code = state_writing(state) ? state_write_end(state, error) : STORE_OK;
    if (code != STORE_OK) {
        return code;
    }
    state_write_begin(state, entry);
    return state_write_end(state, error);
}
