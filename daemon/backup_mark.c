// backup_mark - when the database was last copied, for who watches over it
//
// Root may write it into a directory that is another user's: a new file is made, never one that is
// there opened, and then put in the place of the old one.
#include "daemon/backup_mark.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MARK_PATH_BYTES = 1024, MARK_BYTES_MAX = 128 };

static const char format_written[] = "moment_ms=%" PRId64 " entry=%" PRIu64 "\n";
static const char format_read[] = "moment_ms=%" SCNd64 " entry=%" SCNu64;

static bool path_fill(char path[MARK_PATH_BYTES], const char *directory, const char *name)
{
    int length = snprintf(path, MARK_PATH_BYTES, "%s/%s", directory, name);
    return length > 0 && length < MARK_PATH_BYTES;
}

static bool text_write(const char *path, const char *text)
{
    size_t size = strlen(text);
    (void)unlink(path); // what a copy that was killed has left
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return false;
    }
    // The coordinator reads it, whoever made the copy.
    bool good = write(file, text, size) == (ssize_t)size && fchmod(file, 0644) == 0;
    int cause = errno;
    (void)close(file);
    errno = cause;
    return good;
}

bool backup_mark_write(const char *data_directory, const struct backup_mark *mark)
{
    char path[MARK_PATH_BYTES];
    char new_path[MARK_PATH_BYTES];
    char text[MARK_BYTES_MAX];
    if (!path_fill(path, data_directory, "backup.last") ||
        !path_fill(new_path, data_directory, "backup.last.new")) {
        errno = ENAMETOOLONG;
        return false;
    }
    (void)snprintf(text, sizeof(text), format_written, mark->moment_ms, mark->entry);
    return text_write(new_path, text) && rename(new_path, path) == 0;
}

struct backup_mark backup_mark_read(const char *data_directory)
{
    struct backup_mark mark = {0};
    char path[MARK_PATH_BYTES];
    char text[MARK_BYTES_MAX];
    if (!path_fill(path, data_directory, "backup.last")) {
        return mark;
    }
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t size = file >= 0 ? read(file, text, sizeof(text) - 1) : -1;
    if (file >= 0) {
        (void)close(file);
    }
    text[size > 0 ? size : 0] = '\0';
    if (sscanf(text, format_read, &mark.moment_ms, &mark.entry) != 2 || mark.moment_ms < 0) {
        return (struct backup_mark){0};
    }
    return mark;
}
