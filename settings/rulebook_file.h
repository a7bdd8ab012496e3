// rulebook_file - reads a rulebook from YAML text into a plain struct
#pragma once

#include "rules/rulebook.h"
#include "settings/settings_error.h"

// Fills in *rulebook from the text, its digest included. On failure *error names the line, the
// column, what is wrong and what would be right; *rulebook is then not to be used.
bool rulebook_file_read(const char *text, size_t length, struct rulebook *rulebook,
                        struct settings_error *error);

// The same; what is wrong, all that can be told, goes to *errors: of the numbers against each other
// where each by itself is right.
bool rulebook_file_check(const char *text, size_t length, struct rulebook *rulebook,
                         struct settings_errors *errors);

// The same of a text that is on record: a key that is newer than it means what the program did
// before there was the key.
bool rulebook_recorded_read(const char *text, size_t length, struct rulebook *rulebook,
                            struct settings_error *error);
