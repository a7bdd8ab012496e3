// chain - the hash chain over the entries of the journal
//
// hash(n) = BLAKE2b-256(bytes of entry n); chain(n) = BLAKE2b-256(chain(n-1), hash(n)), chain(0) is
// zeros. The journal builds it; a client that sees nothing but hashes verifies it.
#pragma once

#include "common/codec.h"

#include <stdint.h>

enum { CHAIN_BYTES = 32 };

// Hash of an entry's bytes.
void chain_hash(struct bytes bytes, uint8_t hash[CHAIN_BYTES]);

// The chain that follows from it. `next` may be `chain`.
void chain_next(const uint8_t chain[CHAIN_BYTES], const uint8_t hash[CHAIN_BYTES],
                uint8_t next[CHAIN_BYTES]);
