// codec_internal - what the files codec*.c share; nobody else includes it
//
//   codec.c             what comes from outside through its three gates, copies
//   codec_unpack.c      unpacking into an arena
//   codec_pack.c        packing
//   codec_wire.c        scan of bytes from outside, before they are unpacked
//   codec_check.c       checks of a message that is unpacked or built
//   codec_json_read.c   JSON to message
//   codec_json_write.c  message to JSON
//   codec_value.c       Day, Moment, Points, Fraction: bounds and text
//   codec_field.c       access to the fields of a message by descriptor
//   codec_error.c       the errors and their sentences
#pragma once

#include "common/codec.h"

#include <assert.h>

// What can be wrong; each has a row of code and sentences in codec_error.c.
enum codec_fault {
    FAULT_TOO_LARGE,
    FAULT_MALFORMED,
    FAULT_BAD_JSON,
    FAULT_UNKNOWN_FIELD,
    FAULT_DUPLICATE_FIELD,
    FAULT_TWO_MEMBERS,
    FAULT_WRONG_TYPE,
    FAULT_OUT_OF_RANGE,
    FAULT_UNKNOWN_VALUE,
    FAULT_BAD_UTF8,
    FAULT_ZERO_BYTE,
    FAULT_TEXT_TOO_LONG,
    FAULT_LIST_TOO_LONG,
    FAULT_TOO_DEEP,
    FAULT_BAD_DAY,
    FAULT_BAD_MOMENT,
    FAULT_BAD_POINTS,
    FAULT_BAD_FRACTION,
    FAULT_BAD_BASE64,
    FAULT_COUNT,
};

enum { CODEC_NO_INDEX = -1 };

// Where a walk stands: a chain from the innermost field outwards, on the stack. The outermost has
// no name: it is the message itself.
struct codec_path {
    const struct codec_path *outer;
    const char *name;
    long index; // in a list, or CODEC_NO_INDEX
    int depth;  // of messages; the outermost is 1
};

struct codec_walk {
    struct arena *arena;
    struct codec_error *error;
};

// The path of a message that nothing contains.
struct codec_path codec_path_root(void);
struct codec_path codec_path_field(const struct codec_path *outer, const char *name, long index);

// "application_submitted.materials[2].digest", in the arena; "" is the message itself.
char *codec_path_text(const struct codec_path *path, struct arena *arena);

// Fills in the error and returns false, so that `return codec_refuse(...)` is one line. The details
// stand in brackets behind what is wrong; NULL where there are none.
bool codec_refuse(const struct codec_walk *walk, const struct codec_path *path,
                  enum codec_fault fault, const char *detail_zh, const char *detail_en);

// ---- Fields by descriptor

// How a field of a type lies in memory and on the wire.
struct codec_type {
    size_t size;
    ProtobufCWireType wire;
    bool integer;          // the bounds hold
    uint64_t positive_max; // the largest value
    uint64_t negative_max; // the absolute value of the smallest
};

enum { CODEC_TYPES = PROTOBUF_C_TYPE_MESSAGE + 1 };
extern const struct codec_type codec_types[CODEC_TYPES];

// Those that follow are asked of every field of every message, and so stand here. The contract has
// no floating point, which a test holds it to.
static inline const struct codec_type *codec_type_of(const ProtobufCFieldDescriptor *field)
{
    return &codec_types[field->type];
}

static inline const void *codec_field_offset(const ProtobufCMessage *message, unsigned offset)
{
    return (const char *)message + offset;
}

static inline bool codec_in_oneof(const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

enum { CODEC_FIELDS_MAX = 256 }; // of one message of the contract

// The fields of a message that can be set, in the order of their numbers: of a oneof the member
// that is, if one is. The members of a oneof lie beside one another, which a test holds the
// contract to. Returns their count.
size_t codec_fields_of(const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *fields[CODEC_FIELDS_MAX]);

// Elements of a list, or 1 or 0 by the presence of any other field.
static inline size_t codec_field_count(const ProtobufCMessage *message,
                                       const ProtobufCFieldDescriptor *field)
{
    const void *quantifier = codec_field_offset(message, field->quantifier_offset);
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return *(const size_t *)quantifier;
    }
    if (codec_in_oneof(field) && *(const uint32_t *)quantifier != field->id) {
        return 0;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE) {
        return *(void *const *)codec_field_offset(message, field->offset) != NULL ? 1 : 0;
    }
    return codec_in_oneof(field) || *(const protobuf_c_boolean *)quantifier ? 1 : 0;
}

// The element of a list, or the value of another field.
static inline const void *codec_field_at(const ProtobufCMessage *message,
                                         const ProtobufCFieldDescriptor *field, size_t index)
{
    const void *value = codec_field_offset(message, field->offset);
    assert(field->label == PROTOBUF_C_LABEL_REPEATED || index == 0);
    return field->label != PROTOBUF_C_LABEL_REPEATED
               ? value
               : *(const char *const *)value + index * codec_types[field->type].size;
}

// The descriptor of a field whose type is MESSAGE or ENUM.
const ProtobufCMessageDescriptor *codec_field_message(const ProtobufCFieldDescriptor *field);
const ProtobufCEnumDescriptor *codec_field_enum(const ProtobufCFieldDescriptor *field);

// The member of the field's oneof that is set, other than this field, or NULL.
const ProtobufCFieldDescriptor *codec_field_rival(const ProtobufCMessage *message,
                                                  const ProtobufCFieldDescriptor *field);

// Bound of the text (bytes) or list (elements) that stands in this field.
size_t codec_field_bound(const ProtobufCMessageDescriptor *descriptor,
                         const ProtobufCFieldDescriptor *field);

// ---- Messages that are single values

struct codec_value {
    const ProtobufCMessageDescriptor *descriptor;
    enum codec_fault fault; // when it is out of bounds
    bool (*valid)(const ProtobufCMessage *message);

    // Text form; NULL where JSON has the message as an object.
    bool (*parse)(const char *text, size_t length, ProtobufCMessage *message);
    char *(*format)(const ProtobufCMessage *message, struct arena *arena);
};

// NULL for other messages.
const struct codec_value *codec_value_of(const ProtobufCMessageDescriptor *descriptor);

// ---- The wire format

struct codec_reader {
    const uint8_t *at;
    const uint8_t *end;
};

static inline struct codec_reader codec_reader_of(struct bytes bytes)
{
    return (struct codec_reader){bytes.data, bytes.size > 0 ? bytes.data + bytes.size : bytes.data};
}

bool codec_varint_take_long(struct codec_reader *reader, uint64_t *value);

// False where it does not end, or has more than 64 bits. Most are of one byte: tags, lengths.
static inline bool codec_varint_take(struct codec_reader *reader, uint64_t *value)
{
    if (reader->at < reader->end && *reader->at < 0x80) {
        *value = *reader->at++;
        return true;
    }
    return codec_varint_take_long(reader, value);
}

static inline bool codec_skip(struct codec_reader *reader, uint64_t size)
{
    if (size > (uint64_t)(reader->end - reader->at)) {
        return false;
    }
    reader->at += size;
    return true;
}

static inline bool codec_length_prefixed_take(struct codec_reader *reader,
                                              struct codec_reader *inner)
{
    uint64_t size;
    if (!codec_varint_take(reader, &size)) {
        return false;
    }
    inner->at = reader->at;
    if (!codec_skip(reader, size)) {
        return false;
    }
    inner->end = reader->at;
    return true;
}

// A field's number, from 1 to 2^29 - 1, and its wire type in the lowest three bits.
static inline bool codec_tag_take(struct codec_reader *reader, uint32_t *tag)
{
    uint64_t value;
    bool good = codec_varint_take(reader, &value) && value >> 3 != 0 && value <= UINT32_MAX;
    *tag = good ? (uint32_t)value : 0;
    return good;
}

// NULL where the bytes are no such message, or where the arena would hold more than `bytes_max`.
ProtobufCMessage *codec_unpack_within(const ProtobufCMessageDescriptor *descriptor,
                                      struct bytes bytes, struct arena *arena, size_t bytes_max);

// ---- Walks. Each refuses by codec_refuse.

bool codec_wire_scan(const struct codec_walk *walk, const ProtobufCMessageDescriptor *descriptor,
                     struct bytes bytes);
bool codec_check_walk(const struct codec_walk *walk, const ProtobufCMessage *message);

// A fresh message with nothing set, in the arena.
ProtobufCMessage *codec_message_create(const ProtobufCMessageDescriptor *descriptor,
                                       struct arena *arena);
