// store_lmdb - commits, numbers by name, and LMDB's errors in our words
#include "daemon/store/store_lmdb.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { META_BYTES = 2 * sizeof(uint64_t) }; // the number and its checksum

// ---- Errors

static const struct {
    int lmdb;
    int store;
} CODES[] = {
    {MDB_NOTFOUND,         STORE_ABSENT },
    {ENOENT,               STORE_ABSENT },
    {MDB_MAP_FULL,         STORE_FULL   },
    {ENOSPC,               STORE_FULL   },
    {EDQUOT,               STORE_FULL   },
    {EFBIG,                STORE_FULL   },
    {MDB_CORRUPTED,        STORE_DAMAGED},
    {MDB_PAGE_NOTFOUND,    STORE_DAMAGED},
    {MDB_INVALID,          STORE_DAMAGED},
    {MDB_CURSOR_FULL,      STORE_DAMAGED},
    {MDB_PAGE_FULL,        STORE_DAMAGED},
    {MDB_INCOMPATIBLE,     STORE_DAMAGED},
    {MDB_VERSION_MISMATCH, STORE_FORMAT },
};

static int code_translate(int code)
{
    for (size_t i = 0; i < sizeof(CODES) / sizeof(CODES[0]); i++) {
        if (CODES[i].lmdb == code) {
            return CODES[i].store;
        }
    }
    return STORE_IO;
}

int store_lmdb_failed(const struct store_lmdb *store, int code, struct store_error *error)
{
    assert(code != 0);
    const char *cause = mdb_strerror(code);
    const struct store_kind *kind = store->kind;
    switch ((enum store_code)code_translate(code)) {
    case STORE_ABSENT:
        return store_error_set(error, STORE_ABSENT, store->path, "没有找到。%s is not there. %s",
                               kind->absent_zh, kind->absent_en);
    case STORE_FULL:
        return store_error_set(
            error, STORE_FULL, store->path,
            "磁盘已满，什么都没有写入；请腾出空间后重试。 "
            "the disk is full and nothing was written: make room, then try again.");
    case STORE_DAMAGED:
        return store_error_set(error, STORE_DAMAGED, store->path,
                               "已损坏（%s）。%s is damaged (%s). %s", cause, kind->repair_zh,
                               cause, kind->repair_en);
    case STORE_FORMAT:
        return store_error_set(error, STORE_FORMAT, store->path,
                               "由其他版本的 LMDB 写成（%s），请安装写它的那个版本。 "
                               "was made by another version of LMDB (%s): install that version.",
                               cause, cause);
    case STORE_OK:
    case STORE_IO:
    case STORE_LOCKED:
    case STORE_EXISTS:
    case STORE_LEFT:
        break;
    }
    return store_error_set(error, STORE_IO, store->path,
                           "读写失败（%s），请停止程序并检查磁盘和权限。 "
                           "reading or writing failed (%s): stop, and check disk and permissions.",
                           cause, cause);
}

// ---- Numbers by name

int store_lmdb_meta_get(struct store_lmdb *store, MDB_txn *txn, const char *name, uint64_t *number,
                        struct store_error *error)
{
    struct bytes key = {.data = (const uint8_t *)name, .size = strlen(name)};
    MDB_val at = store_lmdb_val(key);
    MDB_val found;
    int code = mdb_get(txn, store->meta, &at, &found);
    if (code != 0) {
        return store_lmdb_failed(store, code, error);
    }
    struct bytes bytes = store_lmdb_bytes(found);
    struct bytes value = {.data = bytes.data, .size = sizeof(uint64_t)};
    if (bytes.size != META_BYTES ||
        store_number_read(bytes.data + sizeof(uint64_t)) != store_checksum(key, value)) {
        return store_lmdb_failed(store, MDB_CORRUPTED, error);
    }
    *number = store_number_read(bytes.data);
    return STORE_OK;
}

int store_lmdb_meta_put(struct store_lmdb *store, MDB_txn *txn, const char *name, uint64_t number,
                        struct store_error *error)
{
    assert(store->mode != STORE_READ);
    struct bytes key = {.data = (const uint8_t *)name, .size = strlen(name)};
    uint8_t memory[META_BYTES];
    store_number_write(memory, number);
    struct bytes value = {.data = memory, .size = sizeof(uint64_t)};
    store_number_write(memory + sizeof(uint64_t), store_checksum(key, value));
    MDB_val at = store_lmdb_val(key);
    MDB_val put = {.mv_size = META_BYTES, .mv_data = memory};
    int code = mdb_put(txn, store->meta, &at, &put, 0);
    return code == 0 ? STORE_OK : store_lmdb_failed(store, code, error);
}

// ---- Transactions

int store_lmdb_reader(struct store_lmdb *store, MDB_txn **reader, struct store_error *error)
{
    int code = mdb_txn_begin(store->env, NULL, MDB_RDONLY, reader);
    return code == 0 ? STORE_OK : store_lmdb_failed(store, code, error);
}

int store_lmdb_begin(struct store_lmdb *store, MDB_txn **txn, struct store_error *error)
{
    assert(store->mode != STORE_READ);
    int code = mdb_txn_begin(store->env, NULL, 0, txn);
    return code == 0 ? STORE_OK : store_lmdb_failed(store, code, error);
}

uint64_t store_lmdb_bytes_needed(const struct store_lmdb *store)
{
    MDB_envinfo info;
    MDB_stat stat;
    (void)mdb_env_info(store->env, &info);
    (void)mdb_env_stat(store->env, &stat);
    return (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
}

struct store_size store_lmdb_size(const struct store_lmdb *store)
{
    MDB_envinfo info;
    (void)mdb_env_info(store->env, &info);
    return (struct store_size){.bytes = store_lmdb_bytes_needed(store),
                               .map_bytes = info.me_mapsize};
}

static size_t last_transaction(const struct store_lmdb *store)
{
    MDB_envinfo info;
    (void)mdb_env_info(store->env, &info);
    return info.me_last_txnid;
}

// LMDB counts a page at the end of the file that was taken and given back within one transaction,
// but does not write it. The file is filled up, so that its size can be checked when it is opened;
// where there is no room to, at the next commit.
static bool fill_up(const struct store_lmdb *store)
{
    int data = -1;
    struct stat file;
    uint64_t needed = store_lmdb_bytes_needed(store);
    if (mdb_env_get_fd(store->env, &data) != 0 || fstat(data, &file) != 0) {
        return false;
    }
    if ((uint64_t)file.st_size >= needed) {
        return true;
    }
    return ftruncate(data, (off_t)needed) == 0 ? fdatasync(data) == 0
                                               : code_translate(errno) == STORE_FULL;
}

// LMDB says EIO, too, where a write stopped short for a disk that is full; but then no call failed.
static int transaction_commit(MDB_txn *txn)
{
    errno = 0;
    int code = mdb_txn_commit(txn);
    return code == EIO && errno != EIO ? ENOSPC : code;
}

int store_lmdb_commit(struct store_lmdb *store, MDB_txn *txn, struct store_error *error)
{
    size_t before = last_transaction(store);
    int code = transaction_commit(txn);
    if (code == 0) {
        return fill_up(store) ? STORE_OK : store_lmdb_failed(store, EIO, error);
    }
    // A full disk is only a full disk when the environment is as it was and still works.
    MDB_txn *reader = NULL;
    bool intact = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &reader) == 0;
    if (intact) {
        mdb_txn_abort(reader);
    }
    intact = intact && last_transaction(store) == before;
    return store_lmdb_failed(store, intact ? code : MDB_PANIC, error);
}
