// secret_file - a password or key in a file of its own
#pragma once

#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

enum { SECRET_BYTES = 257 }; // the longest secret and its end

// The one line of the file, without its end. False and *error (line 0, never with what the file
// holds) when it cannot be read, is empty, longer or of several lines, or when others than its
// owner may read or write it.
bool secret_file_read(const char *path, char secret[SECRET_BYTES], struct settings_error *error);
