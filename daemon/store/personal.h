// personal - personal data beside the journal, where it can be erased
//
// A database of its own in the journal's environment: under the digest that stands in the journal
// lie a salt and the datum. What is put or erased goes to disk in the same transaction as the next
// group of entries (journal_append), so that nothing acknowledged lacks its datum and nothing of a
// dropped group has one. The digest is BLAKE2b of the datum, keyed with the salt: once both are
// erased, nobody finds out by trying what it stood for. Erased bytes may lie in freed pages of the
// file until LMDB uses them again; a compacted copy has none of them.
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PERSONAL_SALT_BYTES = 32,
    PERSONAL_DIGEST_BYTES = 65, // 64 hexadecimal digits and their end
    PERSONAL_DATUM_BYTES_MAX = 1024,
};

struct personal; // opened and closed with its journal (journal_personal)

// A new random salt, and the digest of a datum with a salt.
void personal_salt(uint8_t salt[PERSONAL_SALT_BYTES]);
void personal_digest(const char *datum, const uint8_t salt[PERSONAL_SALT_BYTES],
                     char digest[PERSONAL_DIGEST_BYTES]);

// In memory, and found at once, until the next append. The datum has at most
// PERSONAL_DATUM_BYTES_MAX bytes.
void personal_put(struct personal *personal, const char *digest,
                  const uint8_t salt[PERSONAL_SALT_BYTES], const char *datum);
void personal_erase(struct personal *personal, const char *digest);

// Drops what was put or erased since the last append, or has been written by it.
void personal_forget(struct personal *personal);

// Whether there is such a datum that can be read; salt and datum (in the arena) may be NULL.
bool personal_find(const struct personal *personal, const char *digest, struct arena *arena,
                   uint8_t salt[PERSONAL_SALT_BYTES], const char **datum);

// Walks all that is on disk: `damaged` is called with the digest of each that cannot be read.
// STORE_OK, whatever was found; STORE_DAMAGED where the walk could not be ended.
int personal_check(const struct personal *personal,
                   void (*damaged)(void *context, const char *digest), void *context);
