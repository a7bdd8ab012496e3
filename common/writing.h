// writing - text that workers put together, piece by piece, and from templates
//
// A template holds {name} where the fact of that name goes. A fact that is absent or blank shows as
// "—", so that no letter goes out with a placeholder; what a fact itself contains is never taken
// for one. The same pieces give the same bytes.
#pragma once

#include "common/arena.h"

#include <stdarg.h>
#include <stddef.h>

// A name and a value for a template. The last of a list has no name; of two with one name the first
// counts.
struct writing_fact {
    const char *name;
    const char *value;
};

// Grows in its arena. `text` ends with a zero byte at any time.
struct writing {
    struct arena *arena;
    char *text;
    size_t size;
    size_t capacity;
};

struct writing writing_begin(struct arena *arena);
void writing_add(struct writing *writing, const char *text, size_t size);
void writing_put(struct writing *writing, const char *text);
void writing_format(struct writing *writing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Puts the template with its facts.
void writing_fill(struct writing *writing, const char *form, const struct writing_fact *facts);

// The filled template by itself.
char *writing_filled(struct arena *arena, const char *form, const struct writing_fact *facts);

// The text, or its beginning of at most so many bytes (whole characters) and a mark that it was
// cut. NULL counts as "".
const char *writing_cut(struct arena *arena, const char *text, size_t bytes_max);
