// text_decode - bytes of a text file as UTF-8
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

struct decoded {
    const char *text; // UTF-8 without a byte order mark, with a zero byte behind it
    size_t length;
    const char *encoding; // "UTF-8", "UTF-16", "GB18030"
};

// A mark at the beginning decides; without one it is UTF-8 if it is valid as such, else GB18030,
// which Chinese spreadsheets write. False and *error where it is neither, or holds a zero byte.
// The text lies in the arena, or is the given one.
bool text_decode(const char *bytes, size_t length, struct arena *arena, struct decoded *out,
                 struct settings_error *error);
