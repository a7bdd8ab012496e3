// state_private - what the parts of the state share: state.c opens and reads, state_writing.c
// writes
#pragma once

#include "daemon/store/state.h"
#include "daemon/store/store_lmdb.h"

#include <pthread.h>
#include <stdatomic.h>

struct disk {
    struct view view; // first, so that a view leads to its disk
    struct store_lmdb *store;
    MDB_txn *reader;
    MDB_cursor *cursor;
    MDB_cursor *getter; // of its own: what is asked for often lies on the page of the last
};

// A frozen overlay on its way to the disk. While the second thread has it, the first one only reads
// the overlay, and of the rest touches the atomic ones alone.
struct writing {
    struct overlay *frozen; // NULL: nothing is on its way
    uint64_t entry;         // where the state stands then
    uint64_t reached;       // up to where slices of it are on disk
    pthread_t thread;
    bool threaded;
    atomic_uint_fast64_t slices; // that are on disk, of all writings
    atomic_bool left;            // it is to leave off
    int done; // descriptor (eventfd): readable when the thread has ended its work
    int code;
    struct store_error error;
};

struct state {
    char *directory;
    struct disk disk; // without a store where the file could not be made anew
    struct overlay *active;
    struct writing writing;
    uint64_t written;
    uint64_t reached;
};

// Entries by name: where the state stands, and up to where a writing has begun.
extern const char STATE_WRITTEN[];
extern const char STATE_REACHED[];

// Sees what has been committed since. A reset transaction keeps its place among the readers.
int disk_renew(struct disk *disk, struct store_error *error);
