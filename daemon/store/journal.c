// journal - entries in an LMDB database by number
//
// A value is the chain hash and then the entry's bytes. A group is one transaction, synced twice by
// LMDB (data, then meta); the numbers rise, so LMDB appends without searching. The number and chain
// of the last entry are kept in memory; beside a writer they stay as they were at opening, while
// later entries can be read as they come.
#include "daemon/store/journal.h"

#include "common/clock.h"
#include "daemon/store/personal_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct store_kind KIND = {
    .name = "journal",
    .database = "entries",
    .flags = MDB_INTEGERKEY,
    .format = 1,
    .repair_zh = "请保留原文件，从备份恢复。",
    .repair_en = "Keep the file as it is and restore a backup.",
    .absent_zh = "请检查路径，或用 awardd --create 新建。",
    .absent_en = "Check the path, or make it with awardd --create.",
};

struct journal {
    struct store_lmdb *store;
    struct personal *personal;
    MDB_txn *reader; // reset between reads, so that it holds no pages
    uint64_t last;
    uint8_t chain[CHAIN_BYTES];
    int64_t sync_us; // of the last append
};

// ---- Opening

static int damaged(const struct journal *journal, uint64_t number, struct store_error *error)
{
    return store_error_set(error, STORE_DAMAGED, journal->store->path,
                           "第 %llu 条日志已损坏。%s entry %llu is damaged. %s",
                           (unsigned long long)number, KIND.repair_zh, (unsigned long long)number,
                           KIND.repair_en);
}

static int last_read(struct journal *journal, MDB_cursor *cursor, struct store_error *error)
{
    MDB_val key;
    MDB_val value;
    int code = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    if (code == MDB_NOTFOUND) {
        return STORE_OK;
    }
    if (code != 0) {
        return store_lmdb_failed(journal->store, code, error);
    }
    if (key.mv_size != sizeof(journal->last)) {
        return store_lmdb_failed(journal->store, MDB_CORRUPTED, error);
    }
    memcpy(&journal->last, key.mv_data, sizeof(journal->last));
    if (value.mv_size <= CHAIN_BYTES || journal->last == 0) {
        return damaged(journal, journal->last, error);
    }
    memcpy(journal->chain, value.mv_data, CHAIN_BYTES);
    return STORE_OK;
}

static int last_load(struct journal *journal, struct store_error *error)
{
    int code = store_lmdb_reader(journal->store, &journal->reader, error);
    if (code != STORE_OK) {
        return code;
    }
    MDB_cursor *cursor = NULL;
    int opened = mdb_cursor_open(journal->reader, journal->store->records, &cursor);
    if (opened != 0) {
        return store_lmdb_failed(journal->store, opened, error);
    }
    code = last_read(journal, cursor, error);
    mdb_cursor_close(cursor);
    mdb_txn_reset(journal->reader);
    return code;
}

static struct journal *open_in_mode(const char *directory, enum store_mode mode,
                                    struct store_error *error)
{
    struct store_lmdb *store = store_lmdb_open(&KIND, directory, mode, error);
    if (store == NULL) {
        return NULL;
    }
    struct journal *journal = memory_allocate(sizeof(*journal));
    journal->store = store;
    journal->personal = personal_open(store, error);
    if (journal->personal == NULL || last_load(journal, error) != STORE_OK) {
        journal_close(journal);
        return NULL;
    }
    return journal;
}

struct journal *journal_open(const char *directory, bool create, struct store_error *error)
{
    return open_in_mode(directory, create ? STORE_CREATE : STORE_WRITE, error);
}

struct journal *journal_open_read_only(const char *directory, struct store_error *error)
{
    return open_in_mode(directory, STORE_READ, error);
}

void journal_close(struct journal *journal)
{
    if (journal == NULL) {
        return;
    }
    if (journal->reader != NULL) {
        mdb_txn_abort(journal->reader);
    }
    personal_close(journal->personal);
    store_lmdb_close(journal->store);
    free(journal);
}

int journal_copy(struct journal *journal, const char *directory, struct store_error *error)
{
    return store_lmdb_copy(journal->store, directory, error);
}

uint64_t journal_last(const struct journal *journal)
{
    return journal->last;
}

void journal_size(const struct journal *journal, uint64_t *bytes, uint64_t *map_bytes)
{
    struct store_size size = store_lmdb_size(journal->store);
    *bytes = size.bytes;
    *map_bytes = size.map_bytes;
}

int64_t journal_sync_us(const struct journal *journal)
{
    return journal->sync_us;
}

struct personal *journal_personal(const struct journal *journal)
{
    return journal->personal;
}

const uint8_t *journal_chain(const struct journal *journal)
{
    return journal->chain;
}

// ---- Appending

static int entry_put(const struct journal *journal, MDB_txn *txn, const struct journal_entry *entry)
{
    uint64_t number = entry->number;
    MDB_val key = {.mv_size = sizeof(number), .mv_data = &number};
    MDB_val value = {.mv_size = CHAIN_BYTES + entry->bytes.size, .mv_data = NULL};
    int code = mdb_put(txn, journal->store->records, &key, &value, MDB_APPEND | MDB_RESERVE);
    if (code != 0) {
        return code;
    }
    uint8_t *to = value.mv_data;
    memcpy(to, entry->chain, CHAIN_BYTES);
    memcpy(to + CHAIN_BYTES, entry->bytes.data, entry->bytes.size);
    return 0;
}

static void chain_fill(const struct journal *journal, struct journal_entry *entries, size_t count)
{
    const uint8_t *chain = journal->chain;
    for (size_t i = 0; i < count; i++) {
        assert(entries[i].number == journal->last + 1 + i);
        assert(entries[i].bytes.data != NULL && entries[i].bytes.size > 0);
        uint8_t hash[CHAIN_BYTES];
        chain_hash(entries[i].bytes, hash);
        chain_next(chain, hash, entries[i].chain);
        chain = entries[i].chain;
    }
}

int journal_append(struct journal *journal, struct journal_entry *entries, size_t count,
                   struct store_error *error)
{
    assert(count > 0);
    chain_fill(journal, entries, count);
    MDB_txn *txn = NULL;
    int code = store_lmdb_begin(journal->store, &txn, error);
    if (code != STORE_OK) {
        return code;
    }
    for (size_t i = 0; i < count; i++) {
        int put = entry_put(journal, txn, &entries[i]);
        if (put != 0) {
            mdb_txn_abort(txn);
            return store_lmdb_failed(journal->store, put, error);
        }
    }
    int personal = personal_write(journal->personal, txn);
    if (personal != 0) {
        mdb_txn_abort(txn);
        return store_lmdb_failed(journal->store, personal, error);
    }
    int64_t begun_us = clock_monotonic_us();
    code = store_lmdb_commit(journal->store, txn, error);
    journal->sync_us = clock_monotonic_us() - begun_us;
    if (code == STORE_OK) {
        journal->last = entries[count - 1].number;
        memcpy(journal->chain, entries[count - 1].chain, CHAIN_BYTES);
    }
    return code;
}

// ---- Reading

static int stored_get(struct journal *journal, uint64_t number, struct bytes *stored,
                      struct store_error *error)
{
    MDB_val key = {.mv_size = sizeof(number), .mv_data = &number};
    MDB_val value;
    *stored = (struct bytes){.data = NULL, .size = 0};
    int code = mdb_get(journal->reader, journal->store->records, &key, &value);
    if (code == MDB_NOTFOUND) {
        return store_error_set(error, STORE_ABSENT, journal->store->path,
                               "没有第 %llu 条日志，请换一个编号。 "
                               "has no entry %llu: ask for another number.",
                               (unsigned long long)number, (unsigned long long)number);
    }
    if (code != 0) {
        return store_lmdb_failed(journal->store, code, error);
    }
    *stored = store_lmdb_bytes(value);
    return stored->size > CHAIN_BYTES ? STORE_OK : damaged(journal, number, error);
}

// Chain up to and with the entry before; zeros before the first. A gap is damage.
static int chain_before(struct journal *journal, uint64_t number, uint8_t chain[CHAIN_BYTES],
                        struct store_error *error)
{
    memset(chain, 0, CHAIN_BYTES);
    if (number == 1) {
        return STORE_OK;
    }
    struct bytes stored;
    int code = stored_get(journal, number - 1, &stored, error);
    if (code == STORE_OK) {
        assert(stored.data != NULL && stored.size > CHAIN_BYTES);
        memcpy(chain, stored.data, CHAIN_BYTES);
    }
    return code == STORE_ABSENT ? damaged(journal, number - 1, error) : code;
}

static int entry_read(struct journal *journal, uint64_t number, struct arena *arena,
                      struct journal_entry *entry, struct store_error *error)
{
    struct bytes stored;
    int code = stored_get(journal, number, &stored, error);
    if (code != STORE_OK) {
        return code;
    }
    assert(stored.data != NULL && stored.size > CHAIN_BYTES);
    uint8_t before[CHAIN_BYTES];
    code = chain_before(journal, number, before, error);
    if (code != STORE_OK) {
        return code;
    }
    struct bytes bytes = {.data = stored.data + CHAIN_BYTES, .size = stored.size - CHAIN_BYTES};
    uint8_t hash[CHAIN_BYTES];
    uint8_t chain[CHAIN_BYTES];
    chain_hash(bytes, hash);
    chain_next(before, hash, chain);
    if (memcmp(chain, stored.data, CHAIN_BYTES) != 0) {
        return damaged(journal, number, error);
    }
    entry->number = number;
    entry->bytes =
        (struct bytes){.data = arena_copy(arena, bytes.data, bytes.size), .size = bytes.size};
    memcpy(entry->chain, chain, CHAIN_BYTES);
    return STORE_OK;
}

int journal_read(struct journal *journal, uint64_t number, struct arena *arena,
                 struct journal_entry *entry, struct store_error *error)
{
    int renewed = mdb_txn_renew(journal->reader);
    if (renewed != 0) {
        return store_lmdb_failed(journal->store, renewed, error);
    }
    int code = entry_read(journal, number, arena, entry, error);
    mdb_txn_reset(journal->reader);
    return code;
}

int journal_check_free(struct journal *journal, struct store_error *error)
{
    return store_lmdb_check_free(journal->store, error);
}
