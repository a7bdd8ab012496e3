// settings_error - what is wrong in a file, where, and what would be right
#include "settings/settings_error.h"

#include <stdio.h>
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

void settings_error_place(const struct settings_error *error, const char *path,
                          char place[SETTINGS_PLACE_BYTES])
{
    place[0] = '\0';
    if (error->line > 0) {
        (void)snprintf(place, SETTINGS_PLACE_BYTES, "%s:%zu:%zu: ", path, error->line,
                       error->column);
    } else if (strstr(error->zh, path) == NULL) {
        (void)snprintf(place, SETTINGS_PLACE_BYTES, "%s: ", path);
    }
}

const char *settings_error_text(const struct settings_error *error, const char *path,
                                struct arena *arena)
{
    char place[SETTINGS_PLACE_BYTES];
    settings_error_place(error, path, place);
    return arena_format(arena, "%s%s / %s", place, error->zh, error->en);
}
