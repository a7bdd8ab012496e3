// digest - the identity of a text: SHA-256 in lower-case hexadecimal
#include "settings/digest.h"

#include <sodium.h>

_Static_assert(DIGEST_TEXT_BYTES == 2 * crypto_hash_sha256_BYTES + 1, "two digits a byte");

void digest_of(const char *text, size_t length, char digest[DIGEST_TEXT_BYTES])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256(hash, (const unsigned char *)text, length);
    (void)sodium_bin2hex(digest, DIGEST_TEXT_BYTES, hash, sizeof(hash));
}
