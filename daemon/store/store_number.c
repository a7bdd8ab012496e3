// store_number - numbers and checksums as they lie on disk
#include "daemon/store/store_lmdb.h"

#include <assert.h>
#include <xxhash.h>

MDB_val store_lmdb_val(struct bytes bytes)
{
    // LMDB takes a pointer to change for what it only reads.
    return (MDB_val){.mv_size = bytes.size, .mv_data = (void *)(uintptr_t)bytes.data};
}

struct bytes store_lmdb_bytes(MDB_val val)
{
    return (struct bytes){.data = val.mv_data, .size = val.mv_size};
}

uint64_t store_checksum(struct bytes key, struct bytes value)
{
    assert(key.data != NULL && key.size > 0);
    return XXH3_64bits_withSeed(value.data, value.size, XXH3_64bits(key.data, key.size));
}

void store_number_write(uint8_t *to, uint64_t number)
{
    for (unsigned int i = 0; i < sizeof(number); i++) {
        to[i] = (uint8_t)(number >> (8 * i));
    }
}

uint64_t store_number_read(const uint8_t *from)
{
    uint64_t number = 0;
    for (unsigned int i = 0; i < sizeof(number); i++) {
        number |= (uint64_t)from[i] << (8 * i);
    }
    return number;
}
