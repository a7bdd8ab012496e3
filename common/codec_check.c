// codec_check - checks of a message that is unpacked or built, by descriptor
//
// One fold over every message: known fields and values, UTF-8, lengths of texts and lists, nesting,
// and the bounds of days, moments, points and fractions.
#include "common/codec_internal.h"
#include "common/limits.h"
#include "common/text.h"

#include <assert.h>
#include <string.h>

static bool length_check(const struct codec_walk *walk, const struct codec_path *path,
                         enum codec_fault fault, size_t length, size_t bound)
{
    if (length <= bound) {
        return true;
    }
    char *detail = arena_format(walk->arena, "%zu > %zu", length, bound);
    return codec_refuse(walk, path, fault, detail, detail);
}

static bool string_check(const struct codec_walk *walk, const struct codec_path *path,
                         const char *text, size_t bound)
{
    if (text == NULL) {
        return codec_refuse(walk, path, FAULT_WRONG_TYPE, NULL, NULL);
    }
    size_t length = strlen(text);
    return length_check(walk, path, FAULT_TEXT_TOO_LONG, length, bound) &&
           (text_valid(text, length) || codec_refuse(walk, path, FAULT_BAD_UTF8, NULL, NULL));
}

static bool enum_check(const struct codec_walk *walk, const struct codec_path *path,
                       const ProtobufCEnumDescriptor *descriptor, int32_t number)
{
    if (protobuf_c_enum_descriptor_get_value(descriptor, number) != NULL) {
        return true;
    }
    char *detail = arena_format(walk->arena, "%d", (int)number);
    return codec_refuse(walk, path, FAULT_UNKNOWN_VALUE, detail, detail);
}

static bool message_check(const struct codec_walk *walk, const struct codec_path *path,
                          const ProtobufCMessage *message);

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool element_check(const struct codec_walk *walk, const struct codec_path *path,
                          const ProtobufCFieldDescriptor *field, const void *value,
                          size_t text_bytes_max)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        return string_check(walk, path, *(const char *const *)value, text_bytes_max);
    }
    if (field->type == PROTOBUF_C_TYPE_BYTES) {
        return length_check(walk, path, FAULT_TEXT_TOO_LONG,
                            ((const ProtobufCBinaryData *)value)->len, text_bytes_max);
    }
    if (field->type == PROTOBUF_C_TYPE_ENUM) {
        return enum_check(walk, path, codec_field_enum(field), *(const int32_t *)value);
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        return message_check(walk, path, *(const ProtobufCMessage *const *)value);
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool field_check(const struct codec_walk *walk, const struct codec_path *outer,
                        const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
    size_t count = codec_field_count(message, field);
    if (count == 0) {
        return true;
    }
    size_t bound = codec_field_bound(message->descriptor, field);
    if (list) {
        struct codec_path path = codec_path_field(outer, field->name, CODEC_NO_INDEX);
        if (!length_check(walk, &path, FAULT_LIST_TOO_LONG, count, bound)) {
            return false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct codec_path path =
            codec_path_field(outer, field->name, list ? (long)i : CODEC_NO_INDEX);
        if (!element_check(walk, &path, field, codec_field_at(message, field, i),
                           list ? LIMIT_TEXT_BYTES : bound)) {
            return false;
        }
    }
    return true;
}

static bool unknown_check(const struct codec_walk *walk, const struct codec_path *path,
                          const ProtobufCMessage *message)
{
    if (message->n_unknown_fields == 0) {
        return true;
    }
    unsigned number = message->unknown_fields[0].tag;
    struct codec_path unknown =
        codec_path_field(path, arena_format(walk->arena, "#%u", number), CODEC_NO_INDEX);
    return codec_refuse(walk, &unknown, FAULT_UNKNOWN_FIELD,
                        arena_format(walk->arena, "字段编号 %u", number),
                        arena_format(walk->arena, "field number %u", number));
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool message_check(const struct codec_walk *walk, const struct codec_path *path,
                          const ProtobufCMessage *message)
{
    if (path->depth > LIMIT_NESTING) {
        return codec_refuse(walk, path, FAULT_TOO_DEEP, NULL, NULL);
    }
    if (!unknown_check(walk, path, message)) {
        return false;
    }
    const struct codec_value *value = codec_value_of(message->descriptor);
    if (value != NULL && !value->valid(message)) {
        return codec_refuse(walk, path, value->fault, NULL, NULL);
    }
    const ProtobufCFieldDescriptor *fields[CODEC_FIELDS_MAX];
    size_t count = codec_fields_of(message, fields);
    for (size_t i = 0; i < count; i++) {
        if (!field_check(walk, path, message, fields[i])) {
            return false;
        }
    }
    return true;
}

bool codec_check_walk(const struct codec_walk *walk, const ProtobufCMessage *message)
{
    assert(message != NULL);
    struct codec_path root = codec_path_root();
    return message_check(walk, &root, message);
}

bool codec_check(const ProtobufCMessage *message, struct arena *arena, struct codec_error *error)
{
    struct codec_walk walk = {.arena = arena, .error = error};
    return codec_check_walk(&walk, message);
}
