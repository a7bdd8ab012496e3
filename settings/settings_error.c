// settings_error - what is wrong in a file, where, and what would be right
#include "settings/settings_error.h"

#include <string.h>

// Copies what fits, never half a character of UTF-8.
static void text_copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

bool settings_error_set(struct settings_error *error, size_t line, size_t column, const char *zh,
                        const char *en)
{
    error->line = line;
    error->column = column;
    text_copy(error->zh, sizeof(error->zh), zh);
    text_copy(error->en, sizeof(error->en), en);
    return false;
}

const char *settings_error_text(const struct settings_error *error, const char *path,
                                struct arena *arena)
{
    const char *place = strstr(error->zh, path) != NULL ? "" : arena_format(arena, "%s: ", path);
    return error->line == 0 ? arena_format(arena, "%s%s / %s", place, error->zh, error->en)
                            : arena_format(arena, "%s:%zu:%zu: %s / %s", path, error->line,
                                           error->column, error->zh, error->en);
}
