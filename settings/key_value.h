// key_value - one scalar of a file, read strictly by the row of its key
#pragma once

#include "settings/keys.h"

// Writes the value at *place (for KEY_BIT: sets its bit there). `plain`: written without quotes, as
// numbers, flags and choices are. False when the text is not what the row asks for.
bool key_value_read(const struct key *key, const char *text, bool plain, const char *directory,
                    struct arena *arena, void *place);
