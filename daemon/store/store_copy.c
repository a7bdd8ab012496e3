// store_copy - a copy of an environment while it is in use
//
// LMDB copies what one read transaction sees, so that a writer goes on meanwhile. Pages that
// nothing uses are left out, and with them what was erased.
#include "daemon/store/store_lmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int file_fill(const struct store_lmdb *store, int file)
{
    int code = mdb_env_copyfd2(store->env, file, MDB_CP_COMPACT);
    return code == 0 && fsync(file) != 0 ? errno : code;
}

int store_lmdb_copy(struct store_lmdb *store, const char *directory, struct store_error *error)
{
    if (mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return store_lmdb_failed(store, errno, error);
    }
    size_t size = strlen(directory) + strlen(store->kind->name) + sizeof("/.mdb");
    char *path = memory_allocate(size);
    (void)snprintf(path, size, "%s/%s.mdb", directory, store->kind->name);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int code = file < 0 ? errno : file_fill(store, file);
    if (file >= 0 && close(file) != 0 && code == 0) {
        code = errno;
    }
    if (file >= 0 && code != 0) {
        (void)unlink(path);
    }
    free(path);
    return code == 0 ? store_directory_sync(store, directory, error)
                     : store_lmdb_failed(store, code, error);
}
