// mutation - good files made bad, one key at a time, by the table of their keys
#pragma once

#include "settings/keys.h"

typedef bool (*mutation_reader)(const char *text, size_t length, struct settings_error *error);

// A copy of `text` in which `from` is replaced by `to`, once; in `to` a caret marks where the error
// is expected, and is left out.
const char *mutation_replace(const char *text, const char *from, const char *to,
                             struct arena *arena, size_t *line, size_t *column);

// Replaces every value of a good text by garbage for its type, mistypes every key and leaves out
// every key that is required, and expects the reader to name line, column and key each time. Every
// row of the table must stand in the text.
void mutation_walk(const struct key_table *table, const char *text, mutation_reader read);

// One bad file: what is changed in a good one, and what the messages must contain.
struct bad_file {
    const char *from;
    const char *to; // a caret where the error is expected
    const char *zh;
    const char *en;
};

void mutation_expect(const char *text, const struct bad_file *bad, mutation_reader read);
