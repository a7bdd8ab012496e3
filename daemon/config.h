// config - awardd.yaml as the program reads it at its start, and what it says of it
#pragma once

#include "common/arena.h"
#include "settings/daemon_file.h"

// Says on standard error what is wrong in a file, and where.
void config_error_print(const char *path, const struct settings_error *error);

// False when it has said all that is wrong.
bool config_read(const char *path, struct arena *arena, struct daemon_file *file);

// Prints what was found: every value and where it is from, and whether database and key are there.
void config_print(const struct daemon_file *file, struct arena *arena);
