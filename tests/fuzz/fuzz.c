// fuzz - what the fuzz targets share: properties that end the program where they do not hold
#include "tests/fuzz/fuzz.h"

#include "common/limits.h"
#include "common/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLACK_BYTES = 2 * 1024 * 1024, ROOM_A_BYTE = 256 };

void fuzz_hold(bool holds, const char *format, ...)
{
    if (holds) {
        return;
    }
    va_list args;
    va_start(args, format);
    (void)fputs("DOES NOT HOLD: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputs("\n", stderr);
    va_end(args);
    abort();
}

void fuzz_memory(const struct arena *arena, size_t size)
{
    size_t bytes = arena_bytes(arena);
    fuzz_hold(bytes <= ROOM_A_BYTE * size + SLACK_BYTES, "%zu bytes became %zu", size, bytes);
}

void fuzz_text(const char *text)
{
    fuzz_hold(text != NULL && *text != '\0', "a sentence is missing");
    size_t length = strlen(text);
    fuzz_hold(text_valid(text, length), "a sentence is not UTF-8: %s", text);
    fuzz_hold(length <= LIMIT_TEXT_BYTES, "a sentence has %zu bytes", length);
}

void fuzz_codec_error(const struct codec_error *error)
{
    fuzz_hold(error->code != NULL && *error->code != '\0', "an error has no code");
    fuzz_text(error->zh);
    fuzz_text(error->en);
}

void fuzz_settings_error(const struct settings_error *error)
{
    fuzz_text(error->zh);
    fuzz_text(error->en);
    fuzz_hold((error->line == 0) == (error->column == 0), "line %zu, column %zu", error->line,
              error->column);
}

bool fuzz_bytes_equal(struct bytes one, struct bytes other)
{
    return one.size == other.size && (one.size == 0 || memcmp(one.data, other.data, one.size) == 0);
}

static void json_stable(const ProtobufCMessage *message, struct bytes packed,
                        enum codec_json_style style, struct arena *arena)
{
    struct codec_error error;
    const char *json = codec_to_json(message, style, arena);
    size_t length = strlen(json);
    fuzz_hold(text_valid(json, length), "its JSON is not UTF-8: %s", json);
    if (length > LIMIT_LINE_BYTES) {
        return;
    }
    const ProtobufCMessage *again =
        codec_from_json(message->descriptor, json, length, arena, &error);
    fuzz_hold(again != NULL, "its JSON is refused: %s\n%s", again == NULL ? error.en : "", json);
    fuzz_hold(fuzz_bytes_equal(codec_pack(again, arena), packed),
              "its JSON says something else: %s", json);
    fuzz_hold(strcmp(codec_to_json(again, style, arena), json) == 0, "its JSON changes: %s", json);
}

void fuzz_message(const ProtobufCMessage *message, struct arena *arena)
{
    struct codec_error error;
    fuzz_hold(codec_check(message, arena, &error), "what was let in does not pass its check");
    struct bytes packed = codec_pack(message, arena);
    const ProtobufCMessage *again = codec_unpack(message->descriptor, packed, arena, &error);
    fuzz_hold(again != NULL, "its bytes are refused: %s", again == NULL ? error.en : "");
    fuzz_hold(fuzz_bytes_equal(codec_pack(again, arena), packed), "its bytes change");
    json_stable(message, packed, CODEC_JSON_LINE, arena);
    json_stable(message, packed, CODEC_JSON_PRETTY, arena);
}
