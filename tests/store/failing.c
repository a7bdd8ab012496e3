// failing - the calls of LMDB and of the system that the store makes, one of which fails
#include "tests/store/failing.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    atomic_uint calls; // since the begin: the second thread of a state writes, too
    enum failing failing;
    unsigned number; // 0: none fails
    int code;
} plan;

void failing_begin(enum failing failing, unsigned number, int code)
{
    plan.failing = failing;
    plan.number = number;
    plan.code = code;
    plan.calls = 0;
}

bool failing_end(void)
{
    bool failed = plan.number > 0 && plan.calls >= plan.number;
    plan.number = 0;
    return failed;
}

static bool fails(void)
{
    unsigned call = ++plan.calls;
    return plan.number > 0 &&
           (plan.failing == FAILS_ON ? call >= plan.number : call == plan.number);
}

// What a call of LMDB returns and leaves behind that fails.
static int lmdb_failed(void)
{
    errno = plan.failing != FAILS_SHORT && plan.code > 0 ? plan.code : 0;
    return plan.code;
}

// The same of the system.
static int system_failed(void)
{
    errno = plan.code > 0 ? plan.code : EIO;
    return -1;
}

// Names that the linker prescribes: a call of NAME becomes one of the second, which is given the
// true one as the first. NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
#define FAILING(type, name, parameters, arguments, failed)                                         \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return fails() ? (failed) : __real_##name arguments;                                       \
    }
#define LMDB(name, parameters, arguments) FAILING(int, name, parameters, arguments, lmdb_failed())
#define SYSTEM(type, name, parameters, arguments)                                                  \
    FAILING(type, name, parameters, arguments, system_failed())

LMDB(mdb_env_create, (MDB_env * *env), (env))
LMDB(mdb_env_set_mapsize, (MDB_env * env, size_t size), (env, size))
LMDB(mdb_env_set_maxdbs, (MDB_env * env, MDB_dbi count), (env, count))
LMDB(mdb_env_open, (MDB_env * env, const char *path, unsigned flags, mdb_mode_t mode),
     (env, path, flags, mode))
LMDB(mdb_env_get_fd, (MDB_env * env, mdb_filehandle_t *file), (env, file))
LMDB(mdb_env_copyfd2, (MDB_env * env, mdb_filehandle_t file, unsigned flags), (env, file, flags))
LMDB(mdb_reader_check, (MDB_env * env, int *dead), (env, dead))
LMDB(mdb_txn_begin, (MDB_env * env, MDB_txn *parent, unsigned flags, MDB_txn **txn),
     (env, parent, flags, txn))
LMDB(mdb_txn_renew, (MDB_txn * txn), (txn))
LMDB(mdb_dbi_open, (MDB_txn * txn, const char *name, unsigned flags, MDB_dbi *dbi),
     (txn, name, flags, dbi))
LMDB(mdb_get, (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value), (txn, dbi, key, value))
LMDB(mdb_put, (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value, unsigned flags),
     (txn, dbi, key, value, flags))
LMDB(mdb_del, (MDB_txn * txn, MDB_dbi dbi, MDB_val *key, MDB_val *value), (txn, dbi, key, value))
LMDB(mdb_drop, (MDB_txn * txn, MDB_dbi dbi, int removed), (txn, dbi, removed))
LMDB(mdb_cursor_open, (MDB_txn * txn, MDB_dbi dbi, MDB_cursor **cursor), (txn, dbi, cursor))
LMDB(mdb_cursor_renew, (MDB_txn * txn, MDB_cursor *cursor), (txn, cursor))
LMDB(mdb_cursor_get, (MDB_cursor * cursor, MDB_val *key, MDB_val *value, MDB_cursor_op what),
     (cursor, key, value, what))
// Whatever comes of it, the transaction is gone.
int __real_mdb_txn_commit(MDB_txn *txn);
int __wrap_mdb_txn_commit(MDB_txn *txn);
int __wrap_mdb_txn_commit(MDB_txn *txn)
{
    if (!fails()) {
        return __real_mdb_txn_commit(txn);
    }
    if (plan.failing == FAILS_DONE) {
        (void)__real_mdb_txn_commit(txn);
    } else {
        mdb_txn_abort(txn);
    }
    return lmdb_failed();
}

SYSTEM(int, stat, (const char *path, struct stat *file), (path, file))
SYSTEM(int, fstat, (int file, struct stat *status), (file, status))
SYSTEM(int, mkdir, (const char *path, mode_t mode), (path, mode))
SYSTEM(int, fsync, (int file), (file))
SYSTEM(int, ftruncate, (int file, off_t size), (file, size))
SYSTEM(int, flock, (int file, int operation), (file, operation))
SYSTEM(int, poll, (struct pollfd * list, nfds_t count, int most_ms), (list, count, most_ms))
SYSTEM(ssize_t, pread, (int file, void *to, size_t size, off_t at), (file, to, size, at))
SYSTEM(ssize_t, pwrite, (int file, const void *from, size_t size, off_t at), (file, from, size, at))
FAILING(int, pthread_create,
        (pthread_t * thread, const pthread_attr_t *how, void *(*run)(void *context), void *context),
        (thread, how, run, context), EAGAIN)

// The descriptor is gone in either case.
int __real_close(int file);
int __wrap_close(int file);
int __wrap_close(int file)
{
    int closed = __real_close(file);
    return fails() ? system_failed() : closed;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return fails() ? system_failed() : __real_open(path, flags, mode);
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
