// file_text - a file of settings as text in memory
#include "settings/file_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool fail(struct settings_error *error, struct arena *arena, const char *path,
                 const char *why)
{
    return settings_error_set(
        error, 0, 0, arena_format(arena, "读不了文件 %s（%s）；请检查路径和权限", path, why),
        arena_format(arena, "cannot read %s (%s); check path and permissions", path, why));
}

bool file_text_read(const char *path, size_t bytes_max, struct arena *arena, const char **text,
                    size_t *length, struct settings_error *error)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return fail(error, arena, path, strerror(errno));
    }
    char *buffer = arena_alloc(arena, bytes_max + 2);
    size_t count = fread(buffer, 1, bytes_max + 1, file);
    int failed = ferror(file) != 0 ? errno : 0;
    (void)fclose(file);
    if (failed != 0) {
        return fail(error, arena, path, strerror(failed));
    }
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
