// nonce_key - the key that the nonces of entries are made with (docs/developer/journal.md)
//
// A file of its own beside journal and state. Where it is missing another one is drawn: entries
// that are there keep their nonces.
#pragma once

#include "daemon/store/store_error.h"

#include <stdint.h>

enum { NONCE_KEY_BYTES = 32 };

// Reads it, or makes it. STORE_DAMAGED where the file has another size.
int nonce_key_load(const char *directory, uint8_t key[NONCE_KEY_BYTES], struct store_error *error);

// Whether it is there and of its size; nothing is made.
int nonce_key_check(const char *directory, struct store_error *error);
