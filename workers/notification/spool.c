// spool - one file per message in a directory, named by the message's stable identity
#include "workers/notification/spool.h"

#include "common/writing.h"
#include "settings/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SAFE_BYTES_MAX = 180, // leaves room in the 255 of a file name for suffix and process id
    SAFE_BYTES_KEPT = 150,
    DIRECTORY_MODE = 0700,
    FILE_MODE = 0600,
};

// ---- Names

const char *spool_safe(const char *identity, struct arena *arena)
{
    static const char kept[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    struct writing writing = writing_begin(arena);
    for (const char *at = identity; *at != '\0'; at++) {
        if (strchr(kept, *at) != NULL) {
            writing_add(&writing, at, 1);
        } else {
            writing_format(&writing, "%%%02X", (unsigned int)(unsigned char)*at);
        }
    }
    if (writing.size <= SAFE_BYTES_MAX) {
        return writing.text;
    }
    char digest[DIGEST_TEXT_BYTES];
    digest_of(identity, strlen(identity), digest);
    return arena_format(arena, "%.*s-%.24s", SAFE_BYTES_KEPT, writing.text, digest);
}

const char *spool_name(const char *identity, const char *suffix, struct arena *arena)
{
    return arena_format(arena, "%s%s", spool_safe(identity, arena), suffix);
}

// ---- The directory

static bool failed(const char *path, struct arena *arena, const char **reason)
{
    const char *why = strerrordesc_np(errno);
    *reason =
        arena_format(arena,
                     "消息目录 %s 无法写入（%s）；请检查权限和磁盘空间。 / The spool cannot be "
                     "written at %s (%s); check its rights and the room on its disk.",
                     path, why, path, why);
    return false;
}

bool spool_check(const char *directory, struct arena *arena, const char **reason)
{
    if (mkdir(directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        return failed(directory, arena, reason);
    }
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return failed(directory, arena, reason);
    }
    (void)close(fd);
    return access(directory, W_OK | X_OK) == 0 || failed(directory, arena, reason);
}

// ---- Writing

static bool write_all(int fd, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, text, size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        text += written;
        size -= (size_t)written;
    }
    return true;
}

// Writes, syncs and closes; false with errno.
static bool file_write(int directory, const char *name, const char *text)
{
    int fd = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (fd < 0) {
        return false;
    }
    bool good = write_all(fd, text, strlen(text)) && fsync(fd) == 0;
    int kept_errno = errno;
    good = close(fd) == 0 && good;
    if (!good && kept_errno != 0) {
        errno = kept_errno;
    }
    return good;
}

bool spool_write(const char *directory, const char *name, const char *text, struct arena *arena,
                 const char **reason)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return failed(directory, arena, reason);
    }
    const char *unfinished = arena_format(arena, ".%s.%ld.tmp", name, (long)getpid());
    bool good = file_write(fd, unfinished, text) && renameat(fd, unfinished, fd, name) == 0 &&
                fsync(fd) == 0;
    if (!good) {
        (void)failed(directory, arena, reason);
        (void)unlinkat(fd, unfinished, 0);
    }
    (void)close(fd);
    return good;
}
