// chain - the hash chain over the entries of the journal
#include "common/chain.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

_Static_assert(CHAIN_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

void chain_hash(struct bytes bytes, uint8_t hash[CHAIN_BYTES])
{
    int failed = crypto_generichash(hash, CHAIN_BYTES, bytes.data, bytes.size, NULL, 0);
    assert(failed == 0);
    (void)failed;
}

void chain_next(const uint8_t chain[CHAIN_BYTES], const uint8_t hash[CHAIN_BYTES],
                uint8_t next[CHAIN_BYTES])
{
    uint8_t both[2 * CHAIN_BYTES];
    memcpy(both, chain, CHAIN_BYTES);
    memcpy(both + CHAIN_BYTES, hash, CHAIN_BYTES);
    chain_hash((struct bytes){.data = both, .size = sizeof(both)}, next);
}
