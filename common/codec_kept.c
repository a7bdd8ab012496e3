// codec_kept - the bytes of messages that were packed before, by address
//
// An open table of a power of two, at most half full. No outcome depends on its order: it is only
// asked for what is known.
#include "common/codec_kept.h"

#include "common/memory.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_FIRST = 256, ADDRESS_BITS = 64 };

struct place {
    const ProtobufCMessage *message; // NULL: free
    struct bytes bytes;
};

struct codec_kept {
    struct place *places;
    unsigned bits; // of their number
    size_t count;
};

static size_t places_count(const struct codec_kept *kept)
{
    return (size_t)1 << kept->bits;
}

// Where a message stands, or the free place where it would.
static struct place *place_of(const struct codec_kept *kept, const ProtobufCMessage *message)
{
    static const uint64_t SPREAD = 0x9E3779B97F4A7C15; // 2^64 by the golden ratio (Knuth, 6.4)
    size_t at = (size_t)((uint64_t)(uintptr_t)message * SPREAD >> (ADDRESS_BITS - kept->bits));
    while (kept->places[at].message != NULL && kept->places[at].message != message) {
        at = (at + 1) & (places_count(kept) - 1);
    }
    return &kept->places[at];
}

struct codec_kept *codec_kept_create(void)
{
    struct codec_kept *kept = memory_allocate(sizeof(*kept));
    kept->bits = (unsigned)__builtin_ctz(PLACES_FIRST);
    kept->places = memory_allocate(PLACES_FIRST * sizeof(*kept->places));
    return kept;
}

void codec_kept_destroy(struct codec_kept *kept)
{
    if (kept != NULL) {
        free(kept->places);
        free(kept);
    }
}

static void grow(struct codec_kept *kept)
{
    struct codec_kept old = *kept;
    kept->bits++;
    kept->places = memory_allocate(places_count(kept) * sizeof(*kept->places));
    for (size_t i = 0; i < places_count(&old); i++) {
        if (old.places[i].message != NULL) {
            *place_of(kept, old.places[i].message) = old.places[i];
        }
    }
    free(old.places);
}

void codec_keep(struct codec_kept *kept, const ProtobufCMessage *message, struct bytes bytes)
{
    if (kept->count == places_count(kept) / 2) {
        grow(kept);
    }
    struct place *place = place_of(kept, message);
    kept->count += place->message == NULL;
    *place = (struct place){message, bytes};
}

void codec_kept_forget(struct codec_kept *kept)
{
    if (kept->count > 0) {
        memset(kept->places, 0, places_count(kept) * sizeof(*kept->places));
        kept->count = 0;
    }
}

struct bytes codec_kept_find(const struct codec_kept *kept, const ProtobufCMessage *message)
{
    return place_of(kept, message)->bytes;
}
