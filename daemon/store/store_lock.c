// store_lock - flock on a file that names its holder
#include "daemon/store/store_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { PID_TEXT_BYTES = 32 };

// The holder writes its number right after it has the lock; 0 if it has not come to that yet.
static long holder_read(int descriptor)
{
    char text[PID_TEXT_BYTES] = "";
    ssize_t size = pread(descriptor, text, sizeof(text) - 1, 0);
    return size > 0 ? strtol(text, NULL, 10) : 0;
}

static int refused(int descriptor, const char *path, struct store_error *error)
{
    int cause = errno;
    if (cause != EWOULDBLOCK) {
        return store_error_set(error, STORE_IO, path, "无法加锁（%s）。 cannot be locked (%s).",
                               strerror(cause), strerror(cause));
    }
    long holder = holder_read(descriptor);
    if (holder <= 0) {
        return store_error_set(error, STORE_LOCKED, path,
                               "另一个进程正在使用，请先停止它。 "
                               "another process has it open for writing: stop that one first.");
    }
    return store_error_set(error, STORE_LOCKED, path,
                           "进程 %ld 正在使用，请先停止它。 "
                           "process %ld has it open for writing: stop that one first.",
                           holder, holder);
}

static int holder_write(int descriptor)
{
    char text[PID_TEXT_BYTES];
    int size = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
    if (ftruncate(descriptor, 0) != 0) {
        return -1;
    }
    return pwrite(descriptor, text, (size_t)size, 0) == size ? 0 : -1;
}

int store_lock_take(const char *path, struct store_error *error)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        int cause = errno;
        return store_error_set(error, cause == ENOENT ? STORE_ABSENT : STORE_IO, path,
                               "打不开（%s），请检查路径和权限。 "
                               "cannot be opened (%s): check the path and its permissions.",
                               strerror(cause), strerror(cause));
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        int code = refused(descriptor, path, error);
        (void)close(descriptor);
        return code;
    }
    // The number is a courtesy: on a full disk it may be missing, and the lock holds all the same.
    (void)holder_write(descriptor);
    return descriptor;
}
