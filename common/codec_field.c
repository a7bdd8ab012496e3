// codec_field - access to the fields of a message by descriptor
//
// protobuf-c lays presence out in four ways: a count (lists), a case number (members of a oneof), a
// pointer (strings and messages), a flag (all others). This file and the inline functions of
// codec_internal.h are the only ones that know them.
#include "common/codec_internal.h"
#include "common/limits.h"
#include "envelope.pb-c.h"
#include "event.pb-c.h"
#include "query.pb-c.h"
#include "record.pb-c.h"

#include <assert.h>
#include <string.h>

#define SIGNED_32 true, INT32_MAX, (uint64_t)INT32_MAX + 1
#define SIGNED_64 true, INT64_MAX, (uint64_t)INT64_MAX + 1
#define UNSIGNED_32 true, UINT32_MAX, 0
#define UNSIGNED_64 true, UINT64_MAX, 0
#define NO_INTEGER false, 0, 0

// clang-format off
const struct codec_type codec_types[CODEC_TYPES] = {
    [PROTOBUF_C_TYPE_INT32]    = {sizeof(int32_t),  PROTOBUF_C_WIRE_TYPE_VARINT, SIGNED_32},
    [PROTOBUF_C_TYPE_SINT32]   = {sizeof(int32_t),  PROTOBUF_C_WIRE_TYPE_VARINT, SIGNED_32},
    [PROTOBUF_C_TYPE_SFIXED32] = {sizeof(int32_t),  PROTOBUF_C_WIRE_TYPE_32BIT,  SIGNED_32},
    [PROTOBUF_C_TYPE_INT64]    = {sizeof(int64_t),  PROTOBUF_C_WIRE_TYPE_VARINT, SIGNED_64},
    [PROTOBUF_C_TYPE_SINT64]   = {sizeof(int64_t),  PROTOBUF_C_WIRE_TYPE_VARINT, SIGNED_64},
    [PROTOBUF_C_TYPE_SFIXED64] = {sizeof(int64_t),  PROTOBUF_C_WIRE_TYPE_64BIT,  SIGNED_64},
    [PROTOBUF_C_TYPE_UINT32]   = {sizeof(uint32_t), PROTOBUF_C_WIRE_TYPE_VARINT, UNSIGNED_32},
    [PROTOBUF_C_TYPE_FIXED32]  = {sizeof(uint32_t), PROTOBUF_C_WIRE_TYPE_32BIT,  UNSIGNED_32},
    [PROTOBUF_C_TYPE_UINT64]   = {sizeof(uint64_t), PROTOBUF_C_WIRE_TYPE_VARINT, UNSIGNED_64},
    [PROTOBUF_C_TYPE_FIXED64]  = {sizeof(uint64_t), PROTOBUF_C_WIRE_TYPE_64BIT,  UNSIGNED_64},
    [PROTOBUF_C_TYPE_BOOL]     = {sizeof(protobuf_c_boolean), PROTOBUF_C_WIRE_TYPE_VARINT, true, 1, 0},
    [PROTOBUF_C_TYPE_ENUM]     = {sizeof(int32_t),  PROTOBUF_C_WIRE_TYPE_VARINT, SIGNED_32},
    [PROTOBUF_C_TYPE_STRING]   = {sizeof(char *), PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED, NO_INTEGER},
    [PROTOBUF_C_TYPE_BYTES]    = {sizeof(ProtobufCBinaryData), PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED, NO_INTEGER},
    [PROTOBUF_C_TYPE_MESSAGE]  = {sizeof(ProtobufCMessage *), PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED, NO_INTEGER},
};
// clang-format on

// Fields whose bound is not the common one.
static const struct {
    const ProtobufCMessageDescriptor *message;
    const char *field;
    size_t bound;
} own_bounds[] = {
    {&award__rulebook_loaded__descriptor,     "text",    LIMIT_FILE_TEXT_BYTES},
    {&award__alert_policy_loaded__descriptor, "text",    LIMIT_FILE_TEXT_BYTES},
    {&award__rulebook__descriptor,            "text",    LIMIT_FILE_TEXT_BYTES},
    {&award__alert_policy__descriptor,        "text",    LIMIT_FILE_TEXT_BYTES},
    {&award__policy__descriptor,              "text",    LIMIT_FILE_TEXT_BYTES},
    {&award__query_policy__descriptor,        "other",   LIMIT_FILE_TEXT_BYTES},
    {&award__event_batch__descriptor,         "events",  LIMIT_BATCH_EVENTS   },
    {&award__answer_batch__descriptor,        "answers", LIMIT_BATCH_EVENTS   },
    {&award__answer__descriptor,              "changes", LIMIT_ENTRY_CHANGES  },
    {&award__history_item__descriptor,        "changes", LIMIT_ENTRY_CHANGES  },
};

// Behind the members of the oneof whose first one stands at this place.
static unsigned oneof_end(const ProtobufCMessageDescriptor *descriptor, unsigned first)
{
    unsigned offset = descriptor->fields[first].quantifier_offset;
    unsigned end = descriptor->n_fields;
    if (codec_in_oneof(&descriptor->fields[end - 1]) &&
        descriptor->fields[end - 1].quantifier_offset == offset) {
        return end; // as in all that have many members
    }
    end = first;
    while (codec_in_oneof(&descriptor->fields[end]) &&
           descriptor->fields[end].quantifier_offset == offset) {
        end++;
    }
    return end;
}

size_t codec_fields_of(const ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *fields[CODEC_FIELDS_MAX])
{
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    assert(descriptor->n_fields <= CODEC_FIELDS_MAX);
    size_t count = 0;
    for (unsigned i = 0; i < descriptor->n_fields;) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (!codec_in_oneof(field)) {
            fields[count++] = field;
            i++;
            continue;
        }
        uint32_t set = *(const uint32_t *)codec_field_offset(message, field->quantifier_offset);
        if (set != 0) {
            fields[count++] = protobuf_c_message_descriptor_get_field(descriptor, set);
        }
        i = oneof_end(descriptor, i);
    }
    return count;
}

const ProtobufCMessageDescriptor *codec_field_message(const ProtobufCFieldDescriptor *field)
{
    assert(field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor != NULL);
    return field->descriptor;
}

const ProtobufCEnumDescriptor *codec_field_enum(const ProtobufCFieldDescriptor *field)
{
    assert(field->type == PROTOBUF_C_TYPE_ENUM && field->descriptor != NULL);
    return field->descriptor;
}

const ProtobufCFieldDescriptor *codec_field_rival(const ProtobufCMessage *message,
                                                  const ProtobufCFieldDescriptor *field)
{
    if (!codec_in_oneof(field)) {
        return NULL;
    }
    uint32_t set = *(const uint32_t *)codec_field_offset(message, field->quantifier_offset);
    if (set == 0 || set == field->id) {
        return NULL;
    }
    return protobuf_c_message_descriptor_get_field(message->descriptor, set);
}

size_t codec_field_bound(const ProtobufCMessageDescriptor *descriptor,
                         const ProtobufCFieldDescriptor *field)
{
    for (size_t i = 0; i < sizeof(own_bounds) / sizeof(own_bounds[0]); i++) {
        if (own_bounds[i].message == descriptor && strcmp(own_bounds[i].field, field->name) == 0) {
            return own_bounds[i].bound;
        }
    }
    return field->label == PROTOBUF_C_LABEL_REPEATED ? LIMIT_LIST_ELEMENTS : LIMIT_TEXT_BYTES;
}

ProtobufCMessage *codec_message_create(const ProtobufCMessageDescriptor *descriptor,
                                       struct arena *arena)
{
    ProtobufCMessage *message = arena_alloc(arena, descriptor->sizeof_message);
    protobuf_c_message_init(descriptor, message);
    return message;
}

const ProtobufCFieldDescriptor *codec_oneof_field(const ProtobufCMessage *message,
                                                  const char *oneof_name, ProtobufCMessage **member)
{
    // Descriptors do not keep the names of oneofs, and no message of the contract has two of them:
    // the name is for the reader of the call.
    assert(oneof_name != NULL);
    *member = NULL;
    const ProtobufCFieldDescriptor *found = NULL;
    const ProtobufCFieldDescriptor *first = NULL;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (!codec_in_oneof(field)) {
            continue;
        }
        first = first == NULL ? field : first;
        assert(field->quantifier_offset == first->quantifier_offset);
        if (codec_field_count(message, field) == 1) {
            found = field;
        }
    }
    if (found != NULL && found->type == PROTOBUF_C_TYPE_MESSAGE) {
        *member = *(ProtobufCMessage *const *)codec_field_at(message, found, 0);
    }
    return found;
}
