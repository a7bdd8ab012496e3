// file_text - a file of settings as text in memory
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
    SETTINGS_PATH_BYTES = 1024,    // a path and its end
    SETTINGS_ENDPOINT_BYTES = 256, // an endpoint and its end
};

// A descriptor to read the file by; -1 and *error (line 0) where it cannot be opened or is no
// regular file: a pipe or a device may keep its reader for ever, and is refused at once. `zh` and
// `en` are what it is: 密钥文件, the key file.
int file_text_open(const char *path, const char *zh, const char *en, struct settings_error *error);

// Reads until the end or until the buffer is full. The bytes read; -1 and errno.
ssize_t file_text_fill(int fd, char *buffer, size_t size);

// The whole file, with a zero byte behind it, in the arena. False and *error (line 0) when it
// cannot be read or is longer than `bytes_max`.
bool file_text_read(const char *path, size_t bytes_max, struct arena *arena, const char **text,
                    size_t *length, struct settings_error *error);

// The directory that a file lies in, from the root: two programs that were started in different
// directories have the same.
const char *file_text_directory(const char *path, struct arena *arena);
