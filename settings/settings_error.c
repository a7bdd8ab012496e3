// settings_error - what is wrong in a file, where, and what would be right
#include "settings/settings_error.h"

#include <stdio.h>
#include <string.h>

// How many of these bytes are whole characters of UTF-8: the last one may have been cut off.
static size_t whole_characters(const char *text, size_t length)
{
    size_t last = length;
    do {
        if (last == 0) {
            return 0;
        }
        last--;
    } while (((unsigned char)text[last] & 0xC0) == 0x80);
    unsigned char first = (unsigned char)text[last];
    size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return last + size <= length ? length : last;
}

// Copies what fits. Who made the text may have cut it already.
static void text_copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    length = whole_characters(from, length < size ? length : size - 1);
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
