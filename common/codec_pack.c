// codec_pack - a message into bytes, from its end to its beginning
//
// A length stands before what it counts: who packs forwards has to measure everything first, which
// protobuf-c does, and asks each of the hundred members of a oneof on both ways whether it is the
// one. Backwards, each length is known when it is written. The bytes are those that protobuf-c
// writes: fields in the order of their numbers, what is unknown behind them.
#include "common/codec_internal.h"
#include "common/codec_kept.h"

#include <assert.h>
#include <string.h>

enum { FIRST_BYTES = 4096 };

// Bytes from `at` to `end` are written.
struct out {
    struct arena *arena;
    const struct codec_kept *kept; // or NULL
    uint8_t *begin;
    uint8_t *at;
    uint8_t *end;
};

static size_t written(const struct out *out)
{
    return (size_t)(out->end - out->at);
}

static void room_make(struct out *out, size_t size)
{
    size_t kept = written(out);
    size_t room = 2 * (size_t)(out->end - out->begin);
    room = room > kept + size ? room : kept + size;
    uint8_t *begin = arena_reserve(out->arena, room);
    uint8_t *end = begin + room;
    memcpy(end - kept, out->at, kept);
    *out = (struct out){out->arena, out->kept, begin, end - kept, end};
}

static inline uint8_t *back(struct out *out, size_t size)
{
    if ((size_t)(out->at - out->begin) < size) {
        room_make(out, size);
    }
    out->at -= size;
    return out->at;
}

static void bytes_put(struct out *out, const void *bytes, size_t size)
{
    if (size > 0) {
        memcpy(back(out, size), bytes, size);
    }
}

static inline void varint_put(struct out *out, uint64_t value)
{
    if (value < 0x80) { // most of them
        *back(out, 1) = (uint8_t)value;
        return;
    }
    size_t size = (size_t)(63 - __builtin_clzll(value)) / 7 + 1;
    uint8_t *to = back(out, size);
    for (size_t i = 0; i + 1 < size; i++) {
        to[i] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    to[size - 1] = (uint8_t)value;
}

static void tag_put(struct out *out, uint32_t number, ProtobufCWireType wire)
{
    varint_put(out, (uint64_t)number << 3 | wire);
}

// What a number looks like as a varint: a negative one that is not zigzag takes all its 64 bits.
static uint64_t varint_of(const ProtobufCFieldDescriptor *field, const void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_SINT32: {
        int32_t number = *(const int32_t *)value;
        return ((uint32_t)number << 1) ^ (uint32_t) - (number < 0);
    }
    case PROTOBUF_C_TYPE_SINT64: {
        int64_t number = *(const int64_t *)value;
        return ((uint64_t)number << 1) ^ (uint64_t) - (number < 0);
    }
    case PROTOBUF_C_TYPE_BOOL:
        return *(const protobuf_c_boolean *)value != 0;
    case PROTOBUF_C_TYPE_UINT32:
        return *(const uint32_t *)value;
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_ENUM:
        return (uint64_t)(int64_t) * (const int32_t *)value;
    default:
        return *(const uint64_t *)value;
    }
}

static void number_put(struct out *out, const ProtobufCFieldDescriptor *field,
                       const struct codec_type *type, const void *value)
{
    if (type->wire == PROTOBUF_C_WIRE_TYPE_VARINT) {
        varint_put(out, varint_of(field, value));
    } else {
        bytes_put(out, value, type->size); // little-endian, as this machine
    }
}

static void message_put(struct out *out, const ProtobufCMessage *message);

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static void inner_put(struct out *out, const ProtobufCMessage *message)
{
    struct bytes kept = {NULL, 0};
    if (out->kept != NULL) {
        kept = codec_kept_find(out->kept, message);
    }
    if (kept.data != NULL) {
        bytes_put(out, kept.data, kept.size);
    } else {
        message_put(out, message);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static void element_put(struct out *out, const ProtobufCFieldDescriptor *field, const void *value)
{
    const struct codec_type *type = codec_type_of(field);
    size_t behind = written(out);
    if (type->integer) {
        number_put(out, field, type, value);
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        inner_put(out, *(const ProtobufCMessage *const *)value);
    } else if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text = *(const char *const *)value;
        bytes_put(out, text, text != NULL ? strlen(text) : 0);
    } else {
        const ProtobufCBinaryData *data = value;
        bytes_put(out, data->data, data->len);
    }
    if (!type->integer) {
        varint_put(out, written(out) - behind);
    }
    tag_put(out, field->id, type->wire);
}

// The numbers of a list in one piece.
static void packed_put(struct out *out, const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, size_t count)
{
    size_t behind = written(out);
    for (size_t i = count; i > 0; i--) {
        number_put(out, field, codec_type_of(field), codec_field_at(message, field, i - 1));
    }
    varint_put(out, written(out) - behind);
    tag_put(out, field->id, PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static void field_put(struct out *out, const ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field)
{
    size_t count =
        field->label == PROTOBUF_C_LABEL_REQUIRED ? 1 : codec_field_count(message, field);
    if (count > 0 && (field->flags & PROTOBUF_C_FIELD_FLAG_PACKED) != 0) {
        packed_put(out, message, field, count);
        return;
    }
    for (size_t i = count; i > 0; i--) {
        element_put(out, field, codec_field_at(message, field, i - 1));
    }
}

static void unknown_put(struct out *out, const ProtobufCMessage *message)
{
    for (unsigned i = message->n_unknown_fields; i > 0; i--) {
        const ProtobufCMessageUnknownField *field = &message->unknown_fields[i - 1];
        bytes_put(out, field->data, field->len);
        tag_put(out, field->tag, field->wire_type);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static void message_put(struct out *out, const ProtobufCMessage *message)
{
    unknown_put(out, message);
    const ProtobufCFieldDescriptor *fields[CODEC_FIELDS_MAX];
    for (size_t i = codec_fields_of(message, fields); i > 0; i--) {
        field_put(out, message, fields[i - 1]);
    }
}

struct bytes codec_pack_with(const ProtobufCMessage *message, const struct codec_kept *kept,
                             struct arena *arena)
{
    uint8_t first[FIRST_BYTES];
    struct out out = {arena, kept, first, first + FIRST_BYTES, first + FIRST_BYTES};
    message_put(&out, message);
    size_t size = written(&out);
    const uint8_t *bytes = out.begin == first ? arena_copy(arena, out.at, size) : out.at;
    return (struct bytes){.data = bytes, .size = size};
}

struct bytes codec_pack(const ProtobufCMessage *message, struct arena *arena)
{
    return codec_pack_with(message, NULL, arena);
}
