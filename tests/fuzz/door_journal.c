// door_journal - the bytes of an entry as the journal holds them, read and folded as at a start
//
// Only damage or a newer version can make them other than what this program wrote, but then it is
// the state of everything that is built on them: an entry is refused whole, or folded the same
// every time, and where it has nothing unknown to this version into records that can be read.
#include "daemon/fold.h"
#include "daemon/store/state.h"
#include "rules/overlay.h"
#include "rules/record.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/message_mutate.h"

#include <string.h>

struct folding {
    struct overlay *overlay;
    struct arena *arena;
    bool known; // it has no field that this version does not know
};

// A record reads back as it was written.
static void record_check(const struct folding *folding, struct bytes key, struct bytes value)
{
    struct arena *arena = folding->arena;
    const ProtobufCMessageDescriptor *descriptor =
        record_descriptor((Award__Change__RecordCase)key.data[0]);
    fuzz_hold(descriptor != NULL, "a record of kind %d", key.data[0]);
    const ProtobufCMessage *record = codec_unpack_trusted(descriptor, value, arena);
    fuzz_hold(record != NULL, "a %s cannot be read back", descriptor->short_name);
    fuzz_hold(fuzz_bytes_equal(codec_pack(record, arena), value), "a %s changes",
              descriptor->short_name);
}

static void on_put(void *context, struct bytes key, struct bytes value)
{
    struct folding *folding = context;
    fuzz_hold(key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX, "a key of %zu bytes", key.size);
    overlay_put(folding->overlay, key, value);
    if (folding->known && value.size > 0 && key.data[0] != RECORD_RECEIPT &&
        key.data[0] != RECORD_CONCERN) {
        record_check(folding, key, value);
    }
}

// False where the entry is refused.
static bool folded(const Award__Entry *entry, bool known, struct arena *arena,
                   uint8_t digest[STATE_DIGEST_BYTES])
{
    struct folding folding = {overlay_create(NULL), arena, known};
    bool good = fold_entry(entry, arena, NULL, on_put, &folding);
    if (good) {
        fuzz_hold(entry->recorded != NULL, "an entry without its moment was folded");
        fuzz_hold(state_digest(overlay_view(folding.overlay), digest) == 0, "no digest");
    }
    overlay_destroy(folding.overlay);
    return good;
}

static const Award__Entry *entry_read(struct bytes bytes, struct arena *arena)
{
    return (const Award__Entry *)codec_unpack_trusted(&award__entry__descriptor, bytes, arena);
}

static void entry_pass(const Award__Entry *entry, struct arena *arena)
{
    uint8_t first[STATE_DIGEST_BYTES];
    uint8_t second[STATE_DIGEST_BYTES];
    struct codec_error error;
    bool known = codec_check(&entry->base, arena, &error);
    bool good = folded(entry, known, arena, first);
    if (!good || !known) {
        return;
    }
    const Award__Entry *again = entry_read(codec_pack(&entry->base, arena), arena);
    fuzz_hold(again != NULL && folded(again, known, arena, second), "refused when packed anew");
    fuzz_hold(memcmp(first, second, sizeof(first)) == 0, "it folds into another state");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    const Award__Entry *entry = entry_read((struct bytes){data, size}, arena);
    fuzz_memory(arena, size);
    if (entry != NULL) {
        entry_pass(entry, arena);
    }
    arena_destroy(arena);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    return message_mutate(&award__entry__descriptor, NULL, data, size, size_max, seed);
}
