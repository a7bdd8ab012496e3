// codec - messages to bytes and JSON and back, by descriptor
//
// One module for every message of proto/. What comes from outside is checked here once: size,
// nesting, list lengths, UTF-8, embedded zero bytes, unknown fields, enumeration values. JSON is
// the protobuf mapping with original field names (lowerCamelCase is read too) and three messages
// that are strings: Day, Moment, Points.
#pragma once

#include "common/arena.h"

#include <protobuf-c/protobuf-c.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
    const uint8_t *data;
    size_t size;
};

// Why something could not be read: a stable code ("bad_utf8", "unknown_field", "wrong_type", ...)
// and one sentence each in Chinese and English that names the field and what to do. All in the
// arena.
struct codec_error {
    const char *code;
    const char *zh;
    const char *en;
};

// Packed bytes in the arena. The message must be one that this program built or has checked.
struct bytes codec_pack(const ProtobufCMessage *message, struct arena *arena);

// Reads bytes of our own (journal, state): only damage can make it fail. NULL if it does.
ProtobufCMessage *codec_unpack_trusted(const ProtobufCMessageDescriptor *descriptor,
                                       struct bytes bytes, struct arena *arena);

// The number in a field of bytes of our own that is no list and no signed one; false where it is
// not there. For who looks at many and unpacks few.
bool codec_number_peek(struct bytes bytes, uint32_t field, uint64_t *number);

// Reads bytes from outside and checks them. NULL and *error if they are not admitted.
ProtobufCMessage *codec_unpack(const ProtobufCMessageDescriptor *descriptor, struct bytes bytes,
                               struct arena *arena, struct codec_error *error);

// Whether packed bytes are few enough for one message (LIMIT_MESSAGE_BYTES): for who sends, in the
// words that who receives would use.
bool codec_size_check(struct bytes bytes, struct arena *arena, struct codec_error *error);

// Checks a message that was built by other means than codec_unpack or codec_from_json.
bool codec_check(const ProtobufCMessage *message, struct arena *arena, struct codec_error *error);

// Reads one JSON object. NULL and *error (with line and column where the text is not JSON).
ProtobufCMessage *codec_from_json(const ProtobufCMessageDescriptor *descriptor, const char *text,
                                  size_t length, struct arena *arena, struct codec_error *error);

enum codec_json_style {
    CODEC_JSON_LINE,   // one line, fields in the order of their numbers: same message, same bytes
    CODEC_JSON_PRETTY, // indented by two blanks
};

// JSON of a message, in the arena. Absent fields and empty lists are left out.
char *codec_to_json(const ProtobufCMessage *message, enum codec_json_style style,
                    struct arena *arena);

// Reads and writes Points as text: "85", "85.5", "85.50"; at most two decimals, no sign, no
// exponent.
bool codec_points_parse(const char *text, size_t length, int64_t *hundredths);
char *codec_points_format(int64_t hundredths, struct arena *arena);

// The member of a message's oneof that is set, or NULL: its field descriptor, and the message in it
// (NULL where the member is no message). `oneof_name` is the name in the .proto ("body", "record"),
// for the reader: descriptors do not keep it, so a message may have one oneof only.
const ProtobufCFieldDescriptor *codec_oneof_field(const ProtobufCMessage *message,
                                                  const char *oneof_name,
                                                  ProtobufCMessage **member);

// A copy of a message in the arena, deep.
ProtobufCMessage *codec_copy(const ProtobufCMessage *message, struct arena *arena);
