// settings_error - what is wrong in a file, where, and what would be right
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct settings_error {
    size_t line;   // from 1; 0 where the file as a whole is meant
    size_t column; // from 1
    char zh[512];
    char en[512];
};

enum { SETTINGS_ERRORS_MAX = 16 };

// In the order in which they were found; what is beyond is not looked for.
struct settings_errors {
    struct settings_error list[SETTINGS_ERRORS_MAX];
    size_t count;
};

// Fills in *error and returns false. Texts that are too long are cut between two characters.
bool settings_error_set(struct settings_error *error, size_t line, size_t column, const char *zh,
                        const char *en);

enum { SETTINGS_PLACE_BYTES = 1088 }; // a path with line and column, and its end

// "FILE:3:1: ", what stands before the sentence; "FILE: " where the file as a whole is meant, and
// "" where the sentence names it.
void settings_error_place(const struct settings_error *error, const char *path,
                          char place[SETTINGS_PLACE_BYTES]);

// "FILE:3:1: Chinese / English" in the arena.
const char *settings_error_text(const struct settings_error *error, const char *path,
                                struct arena *arena);
