// door_json - a line of a file of events, as awardctl push reads it
#include "tests/fuzz/fuzz.h"

#include "event.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct codec_error error;
    struct arena *arena = arena_create();
    const ProtobufCMessage *event =
        codec_from_json(&award__event__descriptor, (const char *)data, size, arena, &error);
    fuzz_memory(arena, size);
    if (event != NULL) {
        fuzz_message(event, arena);
    } else {
        fuzz_codec_error(&error);
    }
    arena_destroy(arena);
    return 0;
}
