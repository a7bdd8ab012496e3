// codec_unpack - bytes into a message in an arena, in one pass
//
// protobuf-c looks through all fields of a message, keeps a list of them, and goes through that to
// fill it in. Here each is filled in as it is met. A list is counted ahead as far as its elements
// follow one another, which is how everybody writes them, and grows where more come later. Fields
// may come in any order; of what is given twice the last counts; what is unknown is kept.
#include "common/codec_internal.h"

#include <assert.h>
#include <string.h>

struct unpacking {
    struct arena *arena;
    size_t bytes_max; // of the arena in all
};

static void *room(const struct unpacking *unpacking, size_t size)
{
    return arena_reserve_limited(unpacking->arena, size, unpacking->bytes_max);
}

static void *value_place(ProtobufCMessage *message, unsigned offset)
{
    return (char *)message + offset;
}

// ---- Values

static void varint_store(const ProtobufCFieldDescriptor *field, uint64_t number, void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_SINT32:
        *(uint32_t *)value = (uint32_t)(number >> 1) ^ (0 - (uint32_t)(number & 1));
        return;
    case PROTOBUF_C_TYPE_SINT64:
        *(uint64_t *)value = number >> 1 ^ (0 - (number & 1));
        return;
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)value = number != 0;
        return;
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_ENUM:
        *(uint32_t *)value = (uint32_t)number;
        return;
    default:
        *(uint64_t *)value = number;
    }
}

static bool number_get(const ProtobufCFieldDescriptor *field, const struct codec_type *type,
                       struct codec_reader *reader, void *value)
{
    if (type->wire == PROTOBUF_C_WIRE_TYPE_VARINT) {
        uint64_t number;
        bool taken = codec_varint_take(reader, &number);
        varint_store(field, number, value);
        return taken;
    }
    const uint8_t *at = reader->at;
    bool taken = codec_skip(reader, type->size);
    if (taken) {
        memcpy(value, at, type->size); // little-endian, as this machine
    }
    return taken;
}

static uint8_t *bytes_copy(const struct unpacking *unpacking, struct codec_reader from, size_t more)
{
    size_t size = (size_t)(from.end - from.at);
    uint8_t *copy = room(unpacking, size + more);
    if (copy != NULL) {
        memcpy(copy, from.at, size);
        memset(copy + size, 0, more);
    }
    return copy;
}

static ProtobufCMessage *message_get(const struct unpacking *unpacking,
                                     const ProtobufCMessageDescriptor *descriptor,
                                     struct codec_reader reader);

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static bool value_get(const struct unpacking *unpacking, const ProtobufCFieldDescriptor *field,
                      struct codec_reader *reader, void *value)
{
    const struct codec_type *type = codec_type_of(field);
    if (type->integer) {
        return number_get(field, type, reader, value);
    }
    struct codec_reader inner;
    if (!codec_length_prefixed_take(reader, &inner)) {
        return false;
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        ProtobufCMessage *message = message_get(unpacking, codec_field_message(field), inner);
        *(ProtobufCMessage **)value = message;
        return message != NULL;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        uint8_t *text = bytes_copy(unpacking, inner, 1);
        *(char **)value = (char *)text;
        return text != NULL;
    }
    uint8_t *data = bytes_copy(unpacking, inner, 0);
    *(ProtobufCBinaryData *)value = (ProtobufCBinaryData){(size_t)(inner.end - inner.at), data};
    return data != NULL;
}

static bool value_skip(struct codec_reader *reader, unsigned wire)
{
    uint64_t number;
    struct codec_reader inner;
    switch (wire) {
    case PROTOBUF_C_WIRE_TYPE_VARINT:
        return codec_varint_take(reader, &number);
    case PROTOBUF_C_WIRE_TYPE_64BIT:
        return codec_skip(reader, sizeof(uint64_t));
    case PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED:
        return codec_length_prefixed_take(reader, &inner);
    case PROTOBUF_C_WIRE_TYPE_32BIT:
        return codec_skip(reader, sizeof(uint32_t));
    default:
        return false;
    }
}

// ---- Lists

// Room for so many more elements; where the first of them goes, or NULL.
static char *list_grow(const struct unpacking *unpacking, ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, size_t more)
{
    size_t *count = value_place(message, field->quantifier_offset);
    void **list = value_place(message, field->offset);
    size_t size = codec_type_of(field)->size;
    char *grown = room(unpacking, (*count + more) * size);
    if (grown == NULL) {
        return NULL;
    }
    if (*count > 0) {
        memcpy(grown, *list, *count * size);
    }
    char *at = grown + *count * size;
    *list = grown;
    *count += more;
    return at;
}

// The value that is next and those behind it that have the same tag.
static size_t run_count(struct codec_reader reader, uint32_t tag)
{
    size_t count = 0;
    uint32_t next = tag;
    while (next == tag && value_skip(&reader, tag & 7)) {
        count++;
        if (!codec_tag_take(&reader, &next)) {
            break;
        }
    }
    return count;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static bool run_get(const struct unpacking *unpacking, ProtobufCMessage *message,
                    const ProtobufCFieldDescriptor *field, uint32_t tag,
                    struct codec_reader *reader)
{
    size_t count = run_count(*reader, tag);
    char *at = count > 0 ? list_grow(unpacking, message, field, count) : NULL;
    bool good = at != NULL && value_get(unpacking, field, reader, at);
    for (size_t i = 1; good && i < count; i++) {
        at += codec_type_of(field)->size;
        good = codec_tag_take(reader, &tag) && value_get(unpacking, field, reader, at);
    }
    return good;
}

// Numbers in one length-prefixed piece.
static bool packed_get(const struct unpacking *unpacking, ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, struct codec_reader *reader)
{
    const struct codec_type *type = codec_type_of(field);
    struct codec_reader inner;
    if (!codec_length_prefixed_take(reader, &inner)) {
        return false;
    }
    size_t count = 0;
    for (struct codec_reader ahead = inner; value_skip(&ahead, type->wire);) {
        count++;
    }
    char *at = list_grow(unpacking, message, field, count);
    for (size_t i = 0; at != NULL && i < count; i++) {
        (void)number_get(field, type, &inner, at + i * type->size); // there, as was counted
    }
    return at != NULL && inner.at == inner.end;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static bool list_get(const struct unpacking *unpacking, ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field, uint32_t tag,
                     struct codec_reader *reader)
{
    const struct codec_type *type = codec_type_of(field);
    if (type->integer && (tag & 7) == PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED) {
        return packed_get(unpacking, message, field, reader);
    }
    return (tag & 7) == type->wire && run_get(unpacking, message, field, tag, reader);
}

// ---- Fields

static void presence_set(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (codec_in_oneof(field)) {
        *(uint32_t *)value_place(message, field->quantifier_offset) = field->id;
    } else if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE) {
        *(protobuf_c_boolean *)value_place(message, field->quantifier_offset) = true;
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static bool field_get(const struct unpacking *unpacking, ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field, uint32_t tag,
                      struct codec_reader *reader)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return list_get(unpacking, message, field, tag, reader);
    }
    presence_set(message, field);
    return (tag & 7) == codec_type_of(field)->wire &&
           value_get(unpacking, field, reader, value_place(message, field->offset));
}

static bool unknown_get(const struct unpacking *unpacking, ProtobufCMessage *message, uint32_t tag,
                        struct codec_reader *reader)
{
    struct codec_reader value = *reader;
    if (!value_skip(reader, tag & 7)) {
        return false;
    }
    value.end = reader->at;
    unsigned count = message->n_unknown_fields;
    ProtobufCMessageUnknownField *fields = message->unknown_fields;
    if ((count & (count - 1)) == 0) { // as many as there is room for: 0, 1, 2, 4 ...
        size_t size = sizeof(*fields);
        fields = room(unpacking, (count > 0 ? 2 * count : 1) * size);
        if (fields == NULL) {
            return false;
        }
        if (count > 0) {
            memcpy(fields, message->unknown_fields, count * size);
        }
        message->unknown_fields = fields;
    }
    uint8_t *data = bytes_copy(unpacking, value, 0);
    fields[count] = (ProtobufCMessageUnknownField){tag >> 3, (ProtobufCWireType)(tag & 7),
                                                   (size_t)(value.end - value.at), data};
    message->n_unknown_fields = count + 1;
    return data != NULL;
}

// The field of a number, tried first at `*next`, which goes on to behind it: they come in order.
static const ProtobufCFieldDescriptor *field_find(const ProtobufCMessageDescriptor *descriptor,
                                                  uint32_t number, unsigned *next)
{
    bool in_order = *next < descriptor->n_fields && descriptor->fields[*next].id == number;
    const ProtobufCFieldDescriptor *field =
        in_order ? &descriptor->fields[*next]
                 : protobuf_c_message_descriptor_get_field(descriptor, number);
    if (field != NULL) {
        *next = (unsigned)(field - descriptor->fields) + 1;
    }
    return field;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested
static ProtobufCMessage *message_get(const struct unpacking *unpacking,
                                     const ProtobufCMessageDescriptor *descriptor,
                                     struct codec_reader reader)
{
    ProtobufCMessage *message = room(unpacking, descriptor->sizeof_message);
    if (message == NULL) {
        return NULL;
    }
    protobuf_c_message_init(descriptor, message);
    unsigned next = 0;
    while (reader.at < reader.end) {
        uint32_t tag;
        if (!codec_tag_take(&reader, &tag)) {
            return NULL;
        }
        const ProtobufCFieldDescriptor *field = field_find(descriptor, tag >> 3, &next);
        bool good = field != NULL ? field_get(unpacking, message, field, tag, &reader)
                                  : unknown_get(unpacking, message, tag, &reader);
        if (!good) {
            return NULL;
        }
    }
    return message;
}

bool codec_number_peek(struct bytes bytes, uint32_t field, uint64_t *number)
{
    bool found = false;
    struct codec_reader reader = codec_reader_of(bytes);
    uint32_t tag;
    while (codec_tag_take(&reader, &tag)) {
        if (tag == (field << 3 | PROTOBUF_C_WIRE_TYPE_VARINT)) {
            found = codec_varint_take(&reader, number);
        } else if (!value_skip(&reader, tag & 7)) {
            return false;
        }
    }
    return found;
}

ProtobufCMessage *codec_unpack_within(const ProtobufCMessageDescriptor *descriptor,
                                      struct bytes bytes, struct arena *arena, size_t bytes_max)
{
    const struct unpacking unpacking = {arena, bytes_max};
    return message_get(&unpacking, descriptor, codec_reader_of(bytes));
}
