// form - whether an event has the fields that its row in the table needs, and sound identifiers
#include "rules/form.h"

#include "common/limits.h"

#include <string.h>

// Fields that name something: they become parts of keys, so that they are short and printable.
static const char *const identifiers[] = {
    "case",   "cycle",  "enterprise", "predecessor", "incident", "objection", "revocation", "team",
    "person", "leader", "meeting",    "deadline",    "message",  "alert",     "rulebook",
};

enum { CASE_ID_BYTES = LIMIT_ID_BYTES + 32, LONG_ID_BYTES = 250 };

static bool is_identifier(const char *field_name)
{
    for (size_t i = 0; i < sizeof(identifiers) / sizeof(identifiers[0]); i++) {
        if (strcmp(identifiers[i], field_name) == 0) {
            return true;
        }
    }
    return false;
}

static size_t identifier_bytes_max(const char *field_name)
{
    if (strcmp(field_name, "case") == 0) {
        return CASE_ID_BYTES;
    }
    bool composed = strcmp(field_name, "deadline") == 0 || strcmp(field_name, "message") == 0 ||
                    strcmp(field_name, "alert") == 0 || strcmp(field_name, "revocation") == 0;
    return composed ? LONG_ID_BYTES : LIMIT_ID_BYTES;
}

static const void *field_at(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (const unsigned char *)message + field->offset;
}

static bool field_present(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t count;
        memcpy(&count, (const unsigned char *)message + field->quantifier_offset, sizeof(count));
        return count > 0;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text;
        memcpy(&text, field_at(message, field), sizeof(text));
        return !text_blank(text);
    }
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        const void *member;
        memcpy(&member, field_at(message, field), sizeof(member));
        return member != NULL;
    }
    protobuf_c_boolean has;
    memcpy(&has, (const unsigned char *)message + field->quantifier_offset, sizeof(has));
    return has != 0;
}

const char *form_text(const ProtobufCMessage *message, const char *field_name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, field_name);
    if (field == NULL || field->type != PROTOBUF_C_TYPE_STRING ||
        field->label == PROTOBUF_C_LABEL_REPEATED) {
        return NULL;
    }
    const char *text;
    memcpy(&text, field_at(message, field), sizeof(text));
    return text;
}

static bool needed_fields_check(struct deciding *d)
{
    const char *at = d->row->needs;
    while (*at != '\0') {
        size_t length = strcspn(at, " ");
        char *name = arena_alloc(d->arena, length + 1);
        memcpy(name, at, length);
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(d->body->descriptor, name);
        if (field == NULL || !field_present(d->body, field)) {
            return reject(d, "field_missing", "form",
                          say(d, "“%s”（%s）缺少字段 %s；请补充后重新提交。", d->row->zh,
                              event_name(d->event->body_case), name),
                          say(d, "%s lacks the field %s; add it and send the event again.",
                              event_name(d->event->body_case), name));
        }
        at += length;
        at += strspn(at, " ");
    }
    return true;
}

static bool identifier_sound(const char *text, size_t bytes_max)
{
    size_t length = strlen(text);
    if (length == 0 || length > bytes_max) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

bool form_identifiers_check(struct deciding *d, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const char *name = descriptor->fields[i].name;
        const char *text = is_identifier(name) ? form_text(message, name) : NULL;
        if (text != NULL && !identifier_sound(text, identifier_bytes_max(name))) {
            return reject(d, "bad_identifier", "form",
                          say(d, "字段 %s 应为 1 至 %zu 字节、不含空白和控制字符的标识。", name,
                              identifier_bytes_max(name)),
                          say(d, "Field %s must be 1 to %zu bytes without blanks.", name,
                              identifier_bytes_max(name)));
        }
    }
    return true;
}

bool form_check(struct deciding *d)
{
    return needed_fields_check(d) && form_identifiers_check(d, d->body);
}
