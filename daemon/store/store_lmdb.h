// store_lmdb - one LMDB environment, opened with every check that LMDB leaves out
//
// Journal and state are each one file NAME.mdb (with LMDB's NAME.mdb-lock and our NAME.lock beside
// it) that holds two databases: the records, and `meta` with numbers by name (the format, and what
// the owner adds). Only store_lmdb.c turns LMDB's error codes into ours. The map is reserved far
// larger than the file will ever be, since it cannot grow while a transaction is open; it is never
// written through (MDB_WRITEMAP), for a full disk would then be a SIGBUS. LMDB checks no pages, so
// a file that is shorter than its last page is refused here and not found out by a crash.
//
// One environment is opened once in a process, and nothing of it is used after a fork.
#pragma once

#include "common/codec.h"
#include "common/memory.h"
#include "daemon/store/store_error.h"

#include <lmdb.h>

#include <stdbool.h>
#include <stdint.h>

enum { STORE_CHECKSUM_BYTES = 8 };

struct store_kind {
    const char *name;      // of the file, without its ending
    const char *database;  // of the records
    unsigned int flags;    // of that database
    uint64_t format;       // raise it when what lies on disk changes, and read older ones too
    const char *repair_zh; // what to do when it is damaged
    const char *repair_en;
    const char *absent_zh; // and when it is not there
    const char *absent_en;
};

enum store_mode {
    STORE_CREATE, // must not be there yet
    STORE_WRITE,  // alone
    STORE_READ,   // beside a writer, if there is one
};

struct store_lmdb {
    const struct store_kind *kind;
    enum store_mode mode;
    MDB_env *env;
    MDB_dbi records;
    MDB_dbi meta;
    char *path; // of the data file
    int lock;   // descriptor, or -1
};

// NULL and *error on failure; what a failed creation left behind is removed.
struct store_lmdb *store_lmdb_open(const struct store_kind *kind, const char *directory,
                                   enum store_mode mode, struct store_error *error);
void store_lmdb_close(struct store_lmdb *store);

// A compacted copy of all that is on record at this moment, also beside a writer: the file of the
// same name in `directory`, where there must be none yet, on disk for good.
int store_lmdb_copy(struct store_lmdb *store, const char *directory, struct store_error *error);

// The names in a directory are on disk for good.
int store_directory_sync(const struct store_lmdb *store, const char *directory,
                         struct store_error *error);

// A transaction that reads; to be ended with mdb_txn_abort before the store is closed.
int store_lmdb_reader(struct store_lmdb *store, MDB_txn **reader, struct store_error *error);

// A transaction that writes, and its synced end. After a commit the transaction is gone, whatever
// came of it. STORE_FULL: nothing was written and the store works on. STORE_IO: what is on disk is
// not known, and nothing but closing it may follow.
int store_lmdb_begin(struct store_lmdb *store, MDB_txn **txn, struct store_error *error);
int store_lmdb_commit(struct store_lmdb *store, MDB_txn *txn, struct store_error *error);

// How long the data file must be, from what LMDB says of its last page.
uint64_t store_lmdb_bytes_needed(const struct store_lmdb *store);

// What the file has, and what may become of it.
struct store_size {
    uint64_t bytes;
    uint64_t map_bytes;
};

struct store_size store_lmdb_size(const struct store_lmdb *store);

// Whether the lists of pages that are free can be what LMDB wrote: whoever writes next takes its
// pages from them. STORE_DAMAGED.
int store_lmdb_check_free(struct store_lmdb *store, struct store_error *error);

// Puts LMDB's (or the system's) code into ours and into words. `code` is not 0.
int store_lmdb_failed(const struct store_lmdb *store, int code, struct store_error *error);

// Numbers by name, checksummed. STORE_ABSENT, STORE_DAMAGED.
int store_lmdb_meta_get(struct store_lmdb *store, MDB_txn *txn, const char *name, uint64_t *number,
                        struct store_error *error);
int store_lmdb_meta_put(struct store_lmdb *store, MDB_txn *txn, const char *name, uint64_t number,
                        struct store_error *error);

MDB_val store_lmdb_val(struct bytes bytes);
struct bytes store_lmdb_bytes(MDB_val val);

// XXH3 of the value, seeded with XXH3 of the key: a value under another's key is found too.
uint64_t store_checksum(struct bytes key, struct bytes value);

// Little-endian, eight bytes.
void store_number_write(uint8_t *to, uint64_t number);
uint64_t store_number_read(const uint8_t *from);
