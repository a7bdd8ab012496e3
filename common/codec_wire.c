// codec_wire - scan of bytes from outside, before they are unpacked
//
// Walks the wire format by descriptor and refuses what protobuf-c would accept silently: fields
// that are unknown, given twice or rivals in a oneof, numbers that do not fit their type, zero
// bytes in text; and what would cost memory: lists beyond their bound. Fields may come in any
// order, and lists of numbers packed or not, as protobuf allows.
#include "common/codec_internal.h"
#include "common/limits.h"

#include <assert.h>
#include <string.h>

bool codec_varint_take_long(struct codec_reader *reader, uint64_t *value)
{
    enum { SHIFT_MAX = 63 };
    *value = 0;
    for (unsigned shift = 0; shift <= SHIFT_MAX && reader->at < reader->end; shift += 7) {
        uint8_t byte = *reader->at++;
        if (shift == SHIFT_MAX && byte > 1) {
            return false;
        }
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0) {
            return true;
        }
    }
    return false;
}

// How often each field of one message was seen, by its place in the descriptor.
struct tally {
    uint16_t seen[CODEC_FIELDS_MAX];
    const ProtobufCFieldDescriptor *member; // of the oneof
};

_Static_assert(LIMIT_LIST_ELEMENTS < UINT16_MAX && LIMIT_BATCH_EVENTS < UINT16_MAX &&
                   LIMIT_ENTRY_CHANGES < UINT16_MAX,
               "counts of elements fit");

// Whether a varint is a value of the type, and not one that would be narrowed.
static bool varint_fits(const ProtobufCFieldDescriptor *field, const struct codec_type *type,
                        uint64_t value)
{
    if (field->type == PROTOBUF_C_TYPE_SINT32) {
        return value <= UINT32_MAX; // zigzag
    }
    if (field->type == PROTOBUF_C_TYPE_SINT64 || value <= type->positive_max) {
        return true;
    }
    return type->negative_max > 0 && value >= (uint64_t)0 - type->negative_max;
}

static bool number_scan(const struct codec_walk *walk, const struct codec_path *path,
                        const ProtobufCFieldDescriptor *field, const struct codec_type *type,
                        struct codec_reader *reader)
{
    if (type->wire != PROTOBUF_C_WIRE_TYPE_VARINT) {
        return codec_skip(reader, type->size) ||
               codec_refuse(walk, path, FAULT_MALFORMED, NULL, NULL);
    }
    uint64_t value;
    if (!codec_varint_take(reader, &value)) {
        return codec_refuse(walk, path, FAULT_MALFORMED, NULL, NULL);
    }
    return varint_fits(field, type, value) ||
           codec_refuse(walk, path, FAULT_OUT_OF_RANGE, NULL, NULL);
}

// Counts one more occurrence of a field; refuses the second of a single one and what is beyond a
// list's bound.
static bool tally_add(const struct codec_walk *walk, const struct codec_path *outer,
                      const ProtobufCMessageDescriptor *descriptor,
                      const ProtobufCFieldDescriptor *field, struct tally *tally)
{
    uint16_t *seen = &tally->seen[field - descriptor->fields];
    struct codec_path path = codec_path_field(outer, field->name, CODEC_NO_INDEX);
    *seen = (uint16_t)(*seen + 1);
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t bound = codec_field_bound(descriptor, field);
        if (*seen > bound) {
            char *detail = arena_format(walk->arena, "> %zu", bound);
            return codec_refuse(walk, &path, FAULT_LIST_TOO_LONG, detail, detail);
        }
        return true;
    }
    if (*seen > 1) {
        return codec_refuse(walk, &path, FAULT_DUPLICATE_FIELD, NULL, NULL);
    }
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        if (tally->member != NULL) {
            return codec_refuse(walk, &path, FAULT_TWO_MEMBERS, tally->member->name,
                                tally->member->name);
        }
        tally->member = field;
    }
    return true;
}

// Where the occurrence that was counted last stands.
static struct codec_path occurrence_path(const struct codec_path *outer,
                                         const ProtobufCMessageDescriptor *descriptor,
                                         const ProtobufCFieldDescriptor *field,
                                         const struct tally *tally)
{
    long index = field->label == PROTOBUF_C_LABEL_REPEATED
                     ? (long)tally->seen[field - descriptor->fields] - 1
                     : CODEC_NO_INDEX;
    return codec_path_field(outer, field->name, index);
}

// Numbers of a list, one behind the other in one length-prefixed piece.
static bool packed_scan(const struct codec_walk *walk, const struct codec_path *outer,
                        const ProtobufCMessageDescriptor *descriptor,
                        const ProtobufCFieldDescriptor *field, struct codec_reader *reader,
                        struct tally *tally)
{
    struct codec_reader inner;
    if (!codec_length_prefixed_take(reader, &inner)) {
        return codec_refuse(walk, outer, FAULT_MALFORMED, NULL, NULL);
    }
    while (inner.at < inner.end) {
        if (!tally_add(walk, outer, descriptor, field, tally)) {
            return false;
        }
        struct codec_path path = occurrence_path(outer, descriptor, field, tally);
        if (!number_scan(walk, &path, field, codec_type_of(field), &inner)) {
            return false;
        }
    }
    return true;
}

static bool message_scan(const struct codec_walk *walk, const struct codec_path *path,
                         const ProtobufCMessageDescriptor *descriptor, struct codec_reader reader);

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool field_scan(const struct codec_walk *walk, const struct codec_path *path,
                       const ProtobufCFieldDescriptor *field, const struct codec_type *type,
                       struct codec_reader *reader)
{
    if (type->integer) {
        return number_scan(walk, path, field, type, reader);
    }
    struct codec_reader inner;
    if (!codec_length_prefixed_take(reader, &inner)) {
        return codec_refuse(walk, path, FAULT_MALFORMED, NULL, NULL);
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        return message_scan(walk, path, codec_field_message(field), inner);
    }
    if (field->type == PROTOBUF_C_TYPE_STRING &&
        memchr(inner.at, 0, (size_t)(inner.end - inner.at)) != NULL) {
        return codec_refuse(walk, path, FAULT_ZERO_BYTE, NULL, NULL);
    }
    return true;
}

// Reads a field's number and wire type and finds the field.
static const ProtobufCFieldDescriptor *tag_take(const struct codec_walk *walk,
                                                const struct codec_path *path,
                                                const ProtobufCMessageDescriptor *descriptor,
                                                struct codec_reader *reader, unsigned *wire)
{
    uint32_t tag;
    if (!codec_tag_take(reader, &tag)) {
        codec_refuse(walk, path, FAULT_MALFORMED, NULL, NULL);
        return NULL;
    }
    *wire = tag & 7;
    unsigned number = tag >> 3;
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(descriptor, number);
    if (field == NULL) {
        struct codec_path unknown =
            codec_path_field(path, arena_format(walk->arena, "#%u", number), CODEC_NO_INDEX);
        codec_refuse(walk, &unknown, FAULT_UNKNOWN_FIELD,
                     arena_format(walk->arena, "字段编号 %u", number),
                     arena_format(walk->arena, "field number %u", number));
    }
    return field;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool message_scan(const struct codec_walk *walk, const struct codec_path *path,
                         const ProtobufCMessageDescriptor *descriptor, struct codec_reader reader)
{
    assert(descriptor->n_fields <= CODEC_FIELDS_MAX);
    if (path->depth > LIMIT_NESTING) {
        return codec_refuse(walk, path, FAULT_TOO_DEEP, NULL, NULL);
    }
    struct tally tally = {.member = NULL};
    while (reader.at < reader.end) {
        unsigned wire;
        const ProtobufCFieldDescriptor *field = tag_take(walk, path, descriptor, &reader, &wire);
        if (field == NULL) {
            return false;
        }
        const struct codec_type *type = codec_type_of(field);
        if (wire == PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED && type->integer &&
            field->label == PROTOBUF_C_LABEL_REPEATED) {
            if (!packed_scan(walk, path, descriptor, field, &reader, &tally)) {
                return false;
            }
            continue;
        }
        if (!tally_add(walk, path, descriptor, field, &tally)) {
            return false;
        }
        struct codec_path inner = occurrence_path(path, descriptor, field, &tally);
        if (wire != (unsigned)type->wire) {
            return codec_refuse(walk, &inner, FAULT_WRONG_TYPE, NULL, NULL);
        }
        if (!field_scan(walk, &inner, field, type, &reader)) {
            return false;
        }
    }
    return true;
}

bool codec_wire_scan(const struct codec_walk *walk, const ProtobufCMessageDescriptor *descriptor,
                     struct bytes bytes)
{
    struct codec_path root = codec_path_root();
    return message_scan(walk, &root, descriptor, codec_reader_of(bytes));
}
