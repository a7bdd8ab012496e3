// view - the order of keys, which every view shares
#include "rules/view.h"

#include <assert.h>
#include <string.h>

int view_key_compare(struct bytes one, struct bytes other)
{
    size_t common = one.size < other.size ? one.size : other.size;
    int order = common == 0 ? 0 : memcmp(one.data, other.data, common);
    if (order != 0) {
        return order;
    }
    return (one.size > other.size) - (one.size < other.size);
}

struct bytes view_key_after(struct bytes key, struct arena *arena)
{
    assert(key.size <= VIEW_KEY_BYTES_MAX);
    uint8_t *data = arena_alloc(arena, key.size + 1);
    if (key.size > 0) {
        memcpy(data, key.data, key.size);
    }
    return (struct bytes){.data = data, .size = key.size + 1};
}
