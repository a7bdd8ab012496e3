// file_text - a file of settings as text in memory
#include "settings/file_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// What the file is, in both languages.
struct kind {
    const char *zh;
    const char *en;
};

static const struct kind any_file = {"文件", "the file"};

static void fail_errno(const struct kind *kind, const char *path, struct settings_error *error)
{
    const char *why = strerror(errno);
    char zh[sizeof(error->zh)];
    char en[sizeof(error->en)];
    (void)snprintf(zh, sizeof(zh), "读不了%s %s（%s）；请检查路径和权限", kind->zh, path, why);
    (void)snprintf(en, sizeof(en), "cannot read %s %s (%s); check path and permissions", kind->en,
                   path, why);
    (void)settings_error_set(error, 0, 0, zh, en);
}

static void fail_irregular(const struct kind *kind, const char *path, struct settings_error *error)
{
    char zh[sizeof(error->zh)];
    char en[sizeof(error->en)];
    (void)snprintf(zh, sizeof(zh), "%s %s 不是普通文件，而是目录、管道或设备；请改用普通文件",
                   kind->zh, path);
    (void)snprintf(en, sizeof(en),
                   "%s %s is not a regular file but a directory, pipe or device; use a regular one",
                   kind->en, path);
    (void)settings_error_set(error, 0, 0, zh, en);
}

int file_text_open(const char *path, const char *zh, const char *en, struct settings_error *error)
{
    const struct kind kind = {.zh = zh, .en = en};
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0) {
        fail_errno(&kind, path, error);
    } else if (!S_ISREG(status.st_mode)) {
        fail_irregular(&kind, path, error);
    } else {
        return fd;
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return -1;
}

ssize_t file_text_fill(int fd, char *buffer, size_t size)
{
    size_t filled = 0;
    ssize_t count = 0;
    while (filled < size && ((count = read(fd, buffer + filled, size - filled)) > 0 ||
                             (count < 0 && errno == EINTR))) {
        filled += count > 0 ? (size_t)count : 0;
    }
    return count < 0 ? -1 : (ssize_t)filled;
}

bool file_text_read(const char *path, size_t bytes_max, struct arena *arena, const char **text,
                    size_t *length, struct settings_error *error)
{
    int fd = file_text_open(path, any_file.zh, any_file.en, error);
    if (fd < 0) {
        return false;
    }
    char *buffer = arena_alloc(arena, bytes_max + 2);
    ssize_t filled = file_text_fill(fd, buffer, bytes_max + 1);
    if (filled < 0) {
        fail_errno(&any_file, path, error);
    }
    (void)close(fd);
    if (filled < 0) {
        return false;
    }
    size_t count = (size_t)filled;
    if (count > bytes_max) {
        return settings_error_set(
            error, 0, 0, arena_format(arena, "文件 %s 超过 %zu 字节；请缩短", path, bytes_max),
            arena_format(arena, "%s is longer than %zu bytes; shorten it", path, bytes_max));
    }
    buffer[count] = '\0';
    *text = buffer;
    *length = count;
    return true;
}

const char *file_text_directory(const char *path, struct arena *arena)
{
    char here[SETTINGS_PATH_BYTES];
    const char *slash = strrchr(path, '/');
    if (slash == path) {
        return "/";
    }
    int length = slash != NULL ? (int)(slash - path) : 0;
    if (path[0] == '/' || getcwd(here, sizeof(here)) == NULL) {
        return length > 0 ? arena_format(arena, "%.*s", length, path) : ".";
    }
    const char *between = length > 0 && strcmp(here, "/") != 0 ? "/" : "";
    return arena_format(arena, "%s%s%.*s", here, between, length, path);
}
