// codec_json_read - JSON to message, by descriptor
//
// The protobuf JSON mapping: original names or lowerCamelCase, 64-bit integers as numbers or
// strings, bytes as base64, enumerations as names, null for absent. jansson parses and refuses what
// is not JSON, keys given twice and \u0000; this file turns values into fields; codec_check_walk
// then tests bounds, the same ones as for bytes.
#include "common/codec_internal.h"
#include "common/limits.h"
#include "common/text.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

enum { SHOWN_COLUMNS = 80 };

struct integer {
    bool negative;
    bool beyond; // more than 64 bits hold
    uint64_t magnitude;
};

// A piece of what was sent, as it may stand in a sentence: short, without control characters.
static char *shown(const char *text, struct arena *arena)
{
    size_t length = text_fit(text, SHOWN_COLUMNS);
    char *copy = arena_format(arena, "%.*s%s", (int)length, text, text[length] == '\0' ? "" : "…");
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)((unsigned char)*at < ' ' || *at == 0x7F ? ' ' : *at);
    }
    return copy;
}

static bool wrong_type(const struct codec_walk *walk, const struct codec_path *path,
                       const char *wanted_zh, const char *wanted_en)
{
    return codec_refuse(walk, path, FAULT_WRONG_TYPE,
                        arena_format(walk->arena, "应为%s", wanted_zh),
                        arena_format(walk->arena, "%s is wanted", wanted_en));
}

// ---- Single values

static bool digits_parse(const char *text, struct integer *integer)
{
    *integer = (struct integer){.negative = text[0] == '-'};
    const char *at = text + (integer->negative ? 1 : 0);
    if (*at == '\0') {
        return false;
    }
    for (; *at != '\0'; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        uint64_t next = (uint64_t)(*at - '0');
        integer->beyond = integer->beyond || integer->magnitude > (UINT64_MAX - next) / 10;
        integer->magnitude = integer->magnitude * 10 + next;
    }
    return true;
}

static bool integer_read(const struct codec_walk *walk, const struct codec_path *path,
                         const ProtobufCFieldDescriptor *field, json_t *json, void *slot)
{
    struct integer integer = {0};
    if (json_is_integer(json)) {
        json_int_t number = json_integer_value(json);
        integer.negative = number < 0;
        integer.magnitude = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
    } else if (!json_is_string(json) || !digits_parse(json_string_value(json), &integer)) {
        return wrong_type(walk, path, "整数", "a whole number");
    }
    const struct codec_type *type = codec_type_of(field);
    assert(type->integer);
    if (integer.beyond ||
        integer.magnitude > (integer.negative ? type->negative_max : type->positive_max)) {
        return codec_refuse(walk, path, FAULT_OUT_OF_RANGE, NULL, NULL);
    }
    uint64_t value = integer.negative ? (uint64_t)0 - integer.magnitude : integer.magnitude;
    uint32_t narrow = (uint32_t)value;
    memcpy(slot, type->size == sizeof(narrow) ? (void *)&narrow : (void *)&value, type->size);
    return true;
}

// "one, two, three", in the order of their numbers.
static char *enum_names(const ProtobufCEnumDescriptor *descriptor, struct arena *arena)
{
    char *names = arena_string(arena, "");
    for (unsigned i = 0; i < descriptor->n_values; i++) {
        names =
            arena_format(arena, "%s%s%s", names, i == 0 ? "" : ", ", descriptor->values[i].name);
    }
    return names;
}

static bool enum_read(const struct codec_walk *walk, const struct codec_path *path,
                      const ProtobufCFieldDescriptor *field, json_t *json, void *slot)
{
    const ProtobufCEnumDescriptor *descriptor = codec_field_enum(field);
    const ProtobufCEnumValue *value = NULL;
    if (json_is_string(json)) {
        value = protobuf_c_enum_descriptor_get_value_by_name(descriptor, json_string_value(json));
    } else if (json_is_integer(json)) {
        json_int_t number = json_integer_value(json);
        bool narrow = number >= INT32_MIN && number <= INT32_MAX;
        value = narrow ? protobuf_c_enum_descriptor_get_value(descriptor, (int)number) : NULL;
    } else {
        return wrong_type(walk, path, "取值的名称", "the name of a value");
    }
    if (value == NULL) {
        char *names = enum_names(descriptor, walk->arena);
        return codec_refuse(walk, path, FAULT_UNKNOWN_VALUE, names, names);
    }
    int32_t number = value->value;
    memcpy(slot, &number, sizeof(number));
    return true;
}

static bool bytes_read(const struct codec_walk *walk, const struct codec_path *path, json_t *json,
                       ProtobufCBinaryData *slot)
{
    if (!json_is_string(json)) {
        return wrong_type(walk, path, "base64 字符串", "a string of base64");
    }
    size_t length = json_string_length(json);
    size_t size_max = length / 4 * 3;
    slot->data = arena_alloc(walk->arena, size_max + 1);
    if (sodium_base642bin(slot->data, size_max, json_string_value(json), length, NULL, &slot->len,
                          NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return codec_refuse(walk, path, FAULT_BAD_BASE64, NULL, NULL);
    }
    return true;
}

static bool string_read(const struct codec_walk *walk, const struct codec_path *path, json_t *json,
                        char **slot)
{
    if (!json_is_string(json)) {
        return wrong_type(walk, path, "字符串", "a string");
    }
    *slot = arena_string(walk->arena, json_string_value(json));
    return true;
}

static bool bool_read(const struct codec_walk *walk, const struct codec_path *path, json_t *json,
                      protobuf_c_boolean *slot)
{
    if (!json_is_boolean(json)) {
        return wrong_type(walk, path, " true 或 false", "true or false");
    }
    *slot = json_is_true(json);
    return true;
}

// Day, Moment, Points. A whole number of points may be a number; another may not, for it would come
// through floating point.
static bool text_value_read(const struct codec_walk *walk, const struct codec_path *path,
                            const struct codec_value *value, json_t *json,
                            ProtobufCMessage *message)
{
    const char *text = json_string_value(json);
    if (json_is_integer(json) && value->fault == FAULT_BAD_POINTS) {
        text = arena_format(walk->arena, "%lld", (long long)json_integer_value(json));
    }
    if (text == NULL) {
        bool points = value->fault == FAULT_BAD_POINTS;
        return wrong_type(walk, path, points ? "字符串，如 \"85.50\"" : "字符串",
                          points ? "a string such as \"85.50\"; write it as a string: one"
                                 : "a string");
    }
    return value->parse(text, strlen(text), message) ||
           codec_refuse(walk, path, value->fault, NULL, NULL);
}

// ---- Fields

// Whether the key is the name in lowerCamelCase.
static bool camel_equal(const char *name, const char *key)
{
    for (; *name != '\0'; name++, key++) {
        char wanted = *name;
        if (wanted == '_' && name[1] >= 'a' && name[1] <= 'z') {
            name++;
            wanted = (char)(*name - 'a' + 'A');
        }
        if (*key != wanted) {
            return false;
        }
    }
    return *key == '\0';
}

static const ProtobufCFieldDescriptor *field_find(const ProtobufCMessageDescriptor *descriptor,
                                                  const char *key)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(descriptor, key);
    for (unsigned i = 0; field == NULL && i < descriptor->n_fields; i++) {
        if (camel_equal(descriptor->fields[i].name, key)) {
            field = &descriptor->fields[i];
        }
    }
    return field;
}

static bool unknown_key(const struct codec_walk *walk, const struct codec_path *path,
                        const char *key)
{
    struct codec_path unknown = codec_path_field(path, shown(key, walk->arena), CODEC_NO_INDEX);
    return codec_refuse(walk, &unknown, FAULT_UNKNOWN_FIELD, NULL, NULL);
}

static ProtobufCMessage *message_read(const struct codec_walk *walk, const struct codec_path *path,
                                      const ProtobufCMessageDescriptor *descriptor, json_t *json);

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool element_read(const struct codec_walk *walk, const struct codec_path *path,
                         const ProtobufCFieldDescriptor *field, json_t *json, void *slot)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        return string_read(walk, path, json, slot);
    }
    if (field->type == PROTOBUF_C_TYPE_BYTES) {
        return bytes_read(walk, path, json, slot);
    }
    if (field->type == PROTOBUF_C_TYPE_ENUM) {
        return enum_read(walk, path, field, json, slot);
    }
    if (field->type == PROTOBUF_C_TYPE_BOOL) {
        return bool_read(walk, path, json, slot);
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        ProtobufCMessage *inner = message_read(walk, path, codec_field_message(field), json);
        *(ProtobufCMessage **)slot = inner;
        return inner != NULL;
    }
    return integer_read(walk, path, field, json, slot);
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool list_read(const struct codec_walk *walk, const struct codec_path *outer,
                      const ProtobufCFieldDescriptor *field, json_t *json,
                      ProtobufCMessage *message)
{
    struct codec_path whole = codec_path_field(outer, field->name, CODEC_NO_INDEX);
    if (!json_is_array(json)) {
        return wrong_type(walk, &whole, "列表", "a list");
    }
    size_t count = json_array_size(json);
    size_t bound = codec_field_bound(message->descriptor, field);
    if (count > bound) {
        char *detail = arena_format(walk->arena, "%zu > %zu", count, bound);
        return codec_refuse(walk, &whole, FAULT_LIST_TOO_LONG, detail, detail);
    }
    const struct codec_type *type = codec_type_of(field);
    char *elements = count > 0 ? arena_alloc(walk->arena, count * type->size) : NULL;
    for (size_t i = 0; i < count; i++) {
        struct codec_path path = codec_path_field(outer, field->name, (long)i);
        if (!element_read(walk, &path, field, json_array_get(json, i), elements + i * type->size)) {
            return false;
        }
    }
    *(size_t *)(void *)((char *)message + field->quantifier_offset) = count;
    *(void **)(void *)((char *)message + field->offset) = elements;
    return true;
}

// Notes that a single field is set.
static void presence_set(const ProtobufCFieldDescriptor *field, ProtobufCMessage *message)
{
    void *quantifier = (char *)message + field->quantifier_offset;
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        *(uint32_t *)quantifier = field->id;
    } else if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE) {
        *(protobuf_c_boolean *)quantifier = 1;
    }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool field_read(const struct codec_walk *walk, const struct codec_path *outer,
                       const ProtobufCFieldDescriptor *field, json_t *json,
                       ProtobufCMessage *message)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return list_read(walk, outer, field, json, message);
    }
    struct codec_path path = codec_path_field(outer, field->name, CODEC_NO_INDEX);
    const ProtobufCFieldDescriptor *rival = codec_field_rival(message, field);
    if (rival != NULL) {
        return codec_refuse(walk, &path, FAULT_TWO_MEMBERS, rival->name, rival->name);
    }
    if (!element_read(walk, &path, field, json, (char *)message + field->offset)) {
        return false;
    }
    presence_set(field, message);
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static bool object_read(const struct codec_walk *walk, const struct codec_path *path, json_t *json,
                        ProtobufCMessage *message)
{
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        const ProtobufCFieldDescriptor *field = field_find(message->descriptor, key);
        if (field == NULL) {
            return unknown_key(walk, path, key);
        }
        if (strcmp(key, field->name) != 0 && json_object_get(json, field->name) != NULL) {
            struct codec_path twice = codec_path_field(path, field->name, CODEC_NO_INDEX);
            return codec_refuse(walk, &twice, FAULT_DUPLICATE_FIELD, NULL, NULL);
        }
        if (!json_is_null(value) && !field_read(walk, path, field, value, message)) {
            return false;
        }
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as messages are nested, at most LIMIT_NESTING
static ProtobufCMessage *message_read(const struct codec_walk *walk, const struct codec_path *path,
                                      const ProtobufCMessageDescriptor *descriptor, json_t *json)
{
    if (path->depth > LIMIT_NESTING) {
        codec_refuse(walk, path, FAULT_TOO_DEEP, NULL, NULL);
        return NULL;
    }
    ProtobufCMessage *message = codec_message_create(descriptor, walk->arena);
    const struct codec_value *value = codec_value_of(descriptor);
    if (value != NULL && value->parse != NULL) {
        return text_value_read(walk, path, value, json, message) ? message : NULL;
    }
    if (!json_is_object(json)) {
        wrong_type(walk, path, "对象 {…}", "an object {...}");
        return NULL;
    }
    return object_read(walk, path, json, message) ? message : NULL;
}

// ---- The text as a whole

static enum codec_fault syntax_fault(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return FAULT_DUPLICATE_FIELD;
    case json_error_numeric_overflow:
        return FAULT_OUT_OF_RANGE;
    case json_error_invalid_utf8:
        return FAULT_BAD_UTF8;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return FAULT_ZERO_BYTE;
    case json_error_stack_overflow:
        return FAULT_TOO_DEEP;
    default:
        return FAULT_BAD_JSON;
    }
}

static void syntax_refuse(const struct codec_walk *walk, const json_error_t *error)
{
    struct codec_path root = codec_path_root();
    // jansson quotes what it could not read, which may be no text at all.
    bool readable = text_valid(error->text, strlen(error->text));
    char *said =
        readable ? shown(error->text, walk->arena) : arena_string(walk->arena, "unreadable");
    codec_refuse(
        walk, &root, syntax_fault(error),
        arena_format(walk->arena, "第 %d 行第 %d 列：%s", error->line, error->column, said),
        arena_format(walk->arena, "line %d, column %d: %s", error->line, error->column, said));
}

ProtobufCMessage *codec_from_json(const ProtobufCMessageDescriptor *descriptor, const char *text,
                                  size_t length, struct arena *arena, struct codec_error *error)
{
    struct codec_walk walk = {.arena = arena, .error = error};
    struct codec_path root = codec_path_root();
    if (length > LIMIT_LINE_BYTES) {
        char *detail = arena_format(arena, "%zu > %d", length, LIMIT_LINE_BYTES);
        codec_refuse(&walk, &root, FAULT_TOO_LARGE, detail, detail);
        return NULL;
    }
    json_error_t syntax;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &syntax);
    if (json == NULL) {
        syntax_refuse(&walk, &syntax);
        return NULL;
    }
    ProtobufCMessage *message = message_read(&walk, &root, descriptor, json);
    json_decref(json);
    return message != NULL && codec_check_walk(&walk, message) ? message : NULL;
}
