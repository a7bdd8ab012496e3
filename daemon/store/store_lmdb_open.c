// store_lmdb_open - opens an environment: directory, lock, presence, size, format, databases
#include "daemon/store/store_lmdb.h"

#include "daemon/store/store_lock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Sparse address space, not disk: fifty years of an office are far below it.
static const size_t MAP_BYTES = (size_t)64 << 30;

enum { DATABASES_MAX = 8 };

static const char FORMAT[] = "format";

_Static_assert(sizeof(size_t) == sizeof(uint64_t), "MDB_INTEGERKEY takes entry numbers");

static char *path_make(const char *directory, const char *name, const char *ending)
{
    size_t size = strlen(directory) + strlen(name) + strlen(ending) + sizeof("/");
    char *path = memory_allocate(size);
    (void)snprintf(path, size, "%s/%s%s", directory, name, ending);
    return path;
}

static int lock_take(struct store_lmdb *store, const char *directory, struct store_error *error)
{
    if (store->mode == STORE_READ) {
        return STORE_OK;
    }
    char *path = path_make(directory, store->kind->name, ".lock");
    int lock = store_lock_take(path, error);
    free(path);
    if (lock == STORE_ABSENT) {
        return store_lmdb_failed(store, ENOENT, error); // not even the directory is there
    }
    if (lock < 0) {
        return lock;
    }
    store->lock = lock;
    return STORE_OK;
}

// LMDB would take an empty or missing file for a new environment.
static int presence_check(const struct store_lmdb *store, struct store_error *error)
{
    struct stat file;
    if (stat(store->path, &file) != 0) {
        int cause = errno;
        return cause == ENOENT && store->mode == STORE_CREATE
                   ? STORE_OK
                   : store_lmdb_failed(store, cause, error);
    }
    if (store->mode == STORE_CREATE) {
        return store_error_set(
            error, STORE_EXISTS, store->path,
            "已经存在，不会被覆盖；请另选目录。 "
            "is there already and is not overwritten: choose another directory.");
    }
    return file.st_size > 0 ? STORE_OK : store_lmdb_failed(store, MDB_INVALID, error);
}

static int size_check(const struct store_lmdb *store, struct store_error *error)
{
    uint64_t needed =
        store_lmdb_bytes_needed(store); // before the size: a writer beside us only adds
    struct stat file;
    if (stat(store->path, &file) != 0) {
        return store_lmdb_failed(store, errno, error);
    }
    if ((uint64_t)file.st_size >= needed) {
        return STORE_OK;
    }
    return store_error_set(error, STORE_DAMAGED, store->path,
                           "文件被截短（应有 %llu 字节，实有 %llu 字节）。%s "
                           "is cut short (%llu bytes needed, %llu there). %s",
                           (unsigned long long)needed, (unsigned long long)file.st_size,
                           store->kind->repair_zh, (unsigned long long)needed,
                           (unsigned long long)file.st_size, store->kind->repair_en);
}

// LMDB makes its lock file with a hole in it and writes through a map: where the disk is full that
// would be a SIGBUS. So it has its blocks before LMDB sees it. Where it cannot be made (a disk that
// is read-only) LMDB does without or says why.
static int lock_file_fill(const struct store_lmdb *store, struct store_error *error)
{
    enum { BYTES = 8192, BLOCK_BYTES = 512 };
    size_t size = strlen(store->path) + sizeof("-lock");
    char *path = memory_allocate(size);
    (void)snprintf(path, size, "%s-lock", store->path);
    struct stat found;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int code = 0;
    if (file >= 0 && fstat(file, &found) == 0 && found.st_blocks * BLOCK_BYTES < BYTES) {
        code = posix_fallocate(file, 0, BYTES);
    }
    if (file >= 0) {
        (void)close(file);
    }
    free(path);
    return code == ENOSPC || code == EDQUOT ? store_lmdb_failed(store, code, error) : STORE_OK;
}

// LMDB keeps where everything lies on the first two pages, writes one of them with each commit, in
// turn, and goes by the one of the later transaction. Where a bit of that number has flipped it may
// go by the other one, and the last group would be gone without a word. So the numbers are looked
// at here: the first page has the even one, and they follow one another.
enum {
    HEADS_PAGE_SIZE_AT = 40, // as data version 1 of LMDB has it on machines of 64 bits
    HEADS_TRANSACTION_AT = 144,
    HEADS_BYTES = 152,
    HEADS_TRIES = 8, // a writer beside us may have committed twice in between
};

static bool head_read(int file, off_t at, uint8_t head[HEADS_BYTES])
{
    return pread(file, head, HEADS_BYTES, at) == HEADS_BYTES;
}

static bool heads_follow(int file)
{
    uint8_t one[HEADS_BYTES];
    uint8_t other[HEADS_BYTES];
    uint32_t page_bytes;
    uint64_t first;
    uint64_t second;
    if (!head_read(file, 0, one)) {
        return false;
    }
    memcpy(&page_bytes, one + HEADS_PAGE_SIZE_AT, sizeof(page_bytes));
    if (!head_read(file, page_bytes, other)) {
        return false;
    }
    memcpy(&first, one + HEADS_TRANSACTION_AT, sizeof(first));
    memcpy(&second, other + HEADS_TRANSACTION_AT, sizeof(second));
    return first % 2 == 0 && (second == first + 1 || second + 1 == first);
}

static int heads_check(const struct store_lmdb *store, struct store_error *error)
{
    int file = -1;
    bool follow = mdb_env_get_fd(store->env, &file) == 0 && heads_follow(file);
    for (int i = 1; i < HEADS_TRIES && !follow; i++) {
        follow = heads_follow(file);
    }
    if (follow || store->mode == STORE_CREATE) {
        return STORE_OK;
    }
    return store_error_set(error, STORE_DAMAGED, store->path,
                           "开头两页互相矛盾，最后写入的内容可能读不到。%s its first two pages "
                           "contradict each other: what was written last may be missing. %s",
                           store->kind->repair_zh, store->kind->repair_en);
}

static int environment_open(struct store_lmdb *store, struct store_error *error)
{
    unsigned int flags = MDB_NOSUBDIR | MDB_NOTLS;
    if (store->mode == STORE_READ) {
        flags |= MDB_RDONLY;
    }
    int dead_readers = 0;
    int code = lock_file_fill(store, error);
    if (code != STORE_OK) {
        return code;
    }
    code = mdb_env_create(&store->env);
    if (code == 0) {
        code = mdb_env_set_mapsize(store->env, MAP_BYTES);
    }
    if (code == 0) {
        code = mdb_env_set_maxdbs(store->env, DATABASES_MAX);
    }
    if (code == 0) {
        code = mdb_env_open(store->env, store->path, flags, 0600);
    }
    if (code == 0) {
        code = mdb_reader_check(store->env, &dead_readers);
    }
    if (code != 0) {
        return store_lmdb_failed(store, code, error);
    }
    code = heads_check(store, error);
    return code == STORE_OK ? size_check(store, error) : code;
}

static int format_check(struct store_lmdb *store, MDB_txn *txn, struct store_error *error)
{
    uint64_t format = 0;
    int code = store_lmdb_meta_get(store, txn, FORMAT, &format, error);
    if (code != STORE_OK) {
        return code == STORE_ABSENT ? store_lmdb_failed(store, MDB_INVALID, error) : code;
    }
    if (format <= store->kind->format) {
        return STORE_OK;
    }
    return store_error_set(
        error, STORE_FORMAT, store->path,
        "由更新的版本写成（格式 %llu，本程序只认到 %llu），请安装更新的 awardd。 "
        "was made by a newer version (format %llu, this program reads up to %llu): "
        "install the newer awardd.",
        (unsigned long long)format, (unsigned long long)store->kind->format,
        (unsigned long long)format, (unsigned long long)store->kind->format);
}

// A file without its databases is no file of ours.
static int database_opened(const struct store_lmdb *store, int code, struct store_error *error)
{
    return code == 0 ? STORE_OK
                     : store_lmdb_failed(store, code == MDB_NOTFOUND ? MDB_INVALID : code, error);
}

// The format is checked before anything else is touched: a newer one may have other databases.
static int databases_open(struct store_lmdb *store, struct store_error *error)
{
    MDB_txn *txn = NULL;
    bool create = store->mode == STORE_CREATE;
    int code = mdb_txn_begin(store->env, NULL, create ? 0 : MDB_RDONLY, &txn);
    if (code != 0) {
        return store_lmdb_failed(store, code, error);
    }
    code = mdb_dbi_open(txn, "meta", create ? MDB_CREATE : 0, &store->meta);
    int result = database_opened(store, code, error);
    if (result == STORE_OK) {
        result = create ? store_lmdb_meta_put(store, txn, FORMAT, store->kind->format, error)
                        : format_check(store, txn, error);
    }
    if (result == STORE_OK) {
        code = mdb_dbi_open(txn, store->kind->database,
                            store->kind->flags | (create ? MDB_CREATE : 0U), &store->records);
        result = database_opened(store, code, error);
    }
    if (result != STORE_OK) {
        mdb_txn_abort(txn);
        return result;
    }
    // Handles that were opened in a transaction live on when it is committed, a reading one too.
    return store_lmdb_commit(store, txn, error);
}

// A new file is on disk for good when its name is.
int store_directory_sync(const struct store_lmdb *store, const char *directory,
                         struct store_error *error)
{
    int descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = descriptor < 0 || fsync(descriptor) != 0 ? errno : 0;
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    return failed == 0 ? STORE_OK : store_lmdb_failed(store, failed, error);
}

static int open_steps(struct store_lmdb *store, const char *directory, struct store_error *error)
{
    if (store->mode == STORE_CREATE && mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return store_lmdb_failed(store, errno, error);
    }
    int code = lock_take(store, directory, error);
    if (code == STORE_OK) {
        code = presence_check(store, error);
    }
    if (code != STORE_OK) {
        return code;
    }
    code = environment_open(store, error);
    if (code == STORE_OK) {
        code = databases_open(store, error);
    }
    if (code == STORE_OK && store->mode == STORE_CREATE) {
        code = store_directory_sync(store, directory, error);
    }
    if (code != STORE_OK && store->mode == STORE_CREATE) {
        (void)unlink(store->path);
    }
    return code;
}

struct store_lmdb *store_lmdb_open(const struct store_kind *kind, const char *directory,
                                   enum store_mode mode, struct store_error *error)
{
    assert(kind != NULL && directory != NULL);
    struct store_lmdb *store = memory_allocate(sizeof(*store));
    store->kind = kind;
    store->mode = mode;
    store->lock = -1;
    store->path = path_make(directory, kind->name, ".mdb");
    if (open_steps(store, directory, error) == STORE_OK) {
        return store;
    }
    store_lmdb_close(store);
    return NULL;
}

void store_lmdb_close(struct store_lmdb *store)
{
    if (store == NULL) {
        return;
    }
    if (store->env != NULL) {
        mdb_env_close(store->env);
    }
    if (store->lock >= 0) {
        (void)close(store->lock);
    }
    free(store->path);
    free(store);
}
