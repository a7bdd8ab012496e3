// state_digest - the identity of a state: one hash over all its keys and values, in order
//
// Each is preceded by its length, eight bytes little-endian, so that no two different states are
// the same sequence of bytes. It is taken from the view, so overlays and their order of writing do
// not matter.
#include "daemon/store/state.h"

#include "daemon/store/store_lmdb.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

_Static_assert(STATE_DIGEST_BYTES == crypto_generichash_BYTES, "BLAKE2b-256");

static void digest_add(crypto_generichash_state *digest, struct bytes bytes)
{
    uint8_t size[sizeof(uint64_t)];
    store_number_write(size, bytes.size);
    (void)crypto_generichash_update(digest, size, sizeof(size));
    (void)crypto_generichash_update(digest, bytes.data, bytes.size);
}

int state_digest(const struct view *view, uint8_t digest[STATE_DIGEST_BYTES])
{
    crypto_generichash_state hash;
    (void)crypto_generichash_init(&hash, NULL, 0, STATE_DIGEST_BYTES);
    uint8_t from[VIEW_KEY_BYTES_MAX + 1]; // the key after the last one: that and a zero byte
    size_t from_size = 0;
    struct arena *arena = arena_create();
    struct bytes key;
    struct bytes value;
    struct bytes start = {.data = from, .size = from_size};
    enum view_result result = view->next(view, start, arena, &key, &value);
    while (result == VIEW_FOUND) {
        assert(key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX);
        digest_add(&hash, key);
        digest_add(&hash, value);
        memcpy(from, key.data, key.size);
        from[key.size] = 0;
        from_size = key.size + 1;
        arena_reset(arena);
        start = (struct bytes){.data = from, .size = from_size};
        result = view->next(view, start, arena, &key, &value);
    }
    arena_destroy(arena);
    (void)crypto_generichash_final(&hash, digest, STATE_DIGEST_BYTES);
    return result == VIEW_ABSENT ? STORE_OK : STORE_DAMAGED;
}
