// codec_json_write - message to JSON, by descriptor
//
// Fields in the order of their numbers, so that the same message gives the same bytes. Text grows
// in the arena: when a buffer is full, one of twice the size follows.
#include "common/codec_internal.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

enum { FIRST_BYTES = 512, INDENT_BLANKS = 2 };

struct writer {
    struct arena *arena;
    enum codec_json_style style;
    int depth;
    char *text;
    size_t used;
    size_t size;
};

// ---- The text

static void put(struct writer *writer, const char *text, size_t length)
{
    if (writer->size - writer->used < length) {
        size_t wanted = writer->used + length;
        size_t size = writer->size * 2 > wanted ? writer->size * 2 : wanted;
        char *larger = arena_alloc(writer->arena, size);
        memcpy(larger, writer->text, writer->used);
        writer->text = larger;
        writer->size = size;
    }
    memcpy(writer->text + writer->used, text, length);
    writer->used += length;
}

static void put_text(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static void put_line_break(struct writer *writer)
{
    if (writer->style != CODEC_JSON_PRETTY) {
        return;
    }
    put(writer, "\n", 1);
    for (int i = 0; i < writer->depth * INDENT_BLANKS; i++) {
        put(writer, " ", 1);
    }
}

static void open_bracket(struct writer *writer, const char *bracket)
{
    put_text(writer, bracket);
    writer->depth++;
}

static void close_bracket(struct writer *writer, const char *bracket, bool empty)
{
    assert(writer->depth > 0);
    writer->depth--;
    if (!empty) {
        put_line_break(writer);
    }
    put_text(writer, bracket);
}

static void put_escaped(struct writer *writer, unsigned char character)
{
    static const char hex[] = "0123456789abcdef";
    static const char shorts[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = strchr(shorts, character);
    if (found != NULL) {
        char escape[] = {'\\', letters[found - shorts]};
        put(writer, escape, sizeof(escape));
        return;
    }
    char escape[] = {'\\', 'u', '0', '0', hex[character >> 4], hex[character & 15]};
    put(writer, escape, sizeof(escape));
}

static void put_string(struct writer *writer, const char *text)
{
    put(writer, "\"", 1);
    const char *plain = text;
    for (const char *at = text; *at != '\0'; at++) {
        unsigned char character = (unsigned char)*at;
        if (character >= ' ' && character != '"' && character != '\\' && character != 0x7F) {
            continue;
        }
        put(writer, plain, (size_t)(at - plain));
        put_escaped(writer, character);
        plain = at + 1;
    }
    put_text(writer, plain);
    put(writer, "\"", 1);
}

// ---- Values

static void put_bytes(struct writer *writer, const ProtobufCBinaryData *bytes)
{
    size_t size = sodium_base64_encoded_len(bytes->len, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(writer->arena, size);
    sodium_bin2base64(text, size, bytes->data, bytes->len, sodium_base64_VARIANT_ORIGINAL);
    put_string(writer, text);
}

static void put_enum(struct writer *writer, const ProtobufCEnumDescriptor *descriptor,
                     int32_t number)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(descriptor, number);
    if (value != NULL) {
        put_string(writer, value->name);
    } else {
        put_text(writer, arena_format(writer->arena, "%" PRId32, number));
    }
}

// 64 bits are written as strings, as the mapping says: other readers of JSON would round them.
static void put_integer(struct writer *writer, const ProtobufCFieldDescriptor *field,
                        const void *value)
{
    const struct codec_type *type = codec_type_of(field);
    assert(type->integer);
    bool is_signed = type->negative_max > 0;
    char *text;
    if (type->size == sizeof(int32_t)) {
        text = is_signed ? arena_format(writer->arena, "%" PRId32, *(const int32_t *)value)
                         : arena_format(writer->arena, "%" PRIu32, *(const uint32_t *)value);
    } else {
        text = is_signed ? arena_format(writer->arena, "\"%" PRId64 "\"", *(const int64_t *)value)
                         : arena_format(writer->arena, "\"%" PRIu64 "\"", *(const uint64_t *)value);
    }
    put_text(writer, text);
}

static void put_message(struct writer *writer, const ProtobufCMessage *message);

// NOLINTNEXTLINE(misc-no-recursion): messages are built or checked here, nested LIMIT_NESTING deep
static void put_element(struct writer *writer, const ProtobufCFieldDescriptor *field,
                        const void *value)
{
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        put_string(writer, *(const char *const *)value);
    } else if (field->type == PROTOBUF_C_TYPE_BYTES) {
        put_bytes(writer, value);
    } else if (field->type == PROTOBUF_C_TYPE_ENUM) {
        put_enum(writer, codec_field_enum(field), *(const int32_t *)value);
    } else if (field->type == PROTOBUF_C_TYPE_BOOL) {
        put_text(writer, *(const protobuf_c_boolean *)value ? "true" : "false");
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        put_message(writer, *(const ProtobufCMessage *const *)value);
    } else {
        put_integer(writer, field, value);
    }
}

// NOLINTNEXTLINE(misc-no-recursion): messages are built or checked here, nested LIMIT_NESTING deep
static void put_field(struct writer *writer, const ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field, size_t count)
{
    put_string(writer, field->name);
    put_text(writer, writer->style == CODEC_JSON_PRETTY ? ": " : ":");
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        put_element(writer, field, codec_field_at(message, field, 0));
        return;
    }
    open_bracket(writer, "[");
    for (size_t i = 0; i < count; i++) {
        put_text(writer, i == 0 ? "" : ",");
        put_line_break(writer);
        put_element(writer, field, codec_field_at(message, field, i));
    }
    close_bracket(writer, "]", false);
}

// A day, moment or number of points that has no text (only damage can make one) is null: a history
// that holds it can still be shown.
static void put_value(struct writer *writer, const struct codec_value *value,
                      const ProtobufCMessage *message)
{
    if (value->valid(message)) {
        put_string(writer, value->format(message, writer->arena));
    } else {
        put_text(writer, "null");
    }
}

// NOLINTNEXTLINE(misc-no-recursion): messages are built or checked here, nested LIMIT_NESTING deep
static void put_message(struct writer *writer, const ProtobufCMessage *message)
{
    const struct codec_value *value = codec_value_of(message->descriptor);
    if (value != NULL && value->format != NULL) {
        put_value(writer, value, message);
        return;
    }
    bool empty = true;
    open_bracket(writer, "{");
    const ProtobufCFieldDescriptor *fields[CODEC_FIELDS_MAX];
    size_t fields_count = codec_fields_of(message, fields);
    for (size_t i = 0; i < fields_count; i++) {
        size_t count = codec_field_count(message, fields[i]);
        if (count == 0) {
            continue;
        }
        put_text(writer, empty ? "" : ",");
        put_line_break(writer);
        put_field(writer, message, fields[i], count);
        empty = false;
    }
    close_bracket(writer, "}", empty);
}

char *codec_to_json(const ProtobufCMessage *message, enum codec_json_style style,
                    struct arena *arena)
{
    struct writer writer = {.arena = arena,
                            .style = style,
                            .text = arena_alloc(arena, FIRST_BYTES),
                            .size = FIRST_BYTES};
    put_message(&writer, message);
    put(&writer, "", 1);
    return writer.text;
}
