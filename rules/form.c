// form - whether an event has the fields that its row in the table needs, and sound identifiers
#include "rules/form.h"

#include "common/limits.h"

#include <stdlib.h>
#include <string.h>

enum { CASE_ID_BYTES = LIMIT_ID_BYTES + 32, LONG_ID_BYTES = 250 };

struct identifier {
    const char *field;
    size_t bytes_max;
};

// Fields that name something, in the order of their names: they become parts of keys, so that they
// are short and printable.
static const struct identifier identifiers[] = {
    {"alert",       LONG_ID_BYTES },
    {"case",        CASE_ID_BYTES },
    {"cycle",       LIMIT_ID_BYTES},
    {"deadline",    LONG_ID_BYTES },
    {"enterprise",  LIMIT_ID_BYTES},
    {"incident",    LIMIT_ID_BYTES},
    {"leader",      LIMIT_ID_BYTES},
    {"meeting",     LIMIT_ID_BYTES},
    {"message",     LONG_ID_BYTES },
    {"objection",   LIMIT_ID_BYTES},
    {"person",      LIMIT_ID_BYTES},
    {"predecessor", LIMIT_ID_BYTES},
    {"revocation",  LONG_ID_BYTES },
    {"rulebook",    LIMIT_ID_BYTES},
    {"team",        LIMIT_ID_BYTES},
};

static int identifier_compare(const void *name, const void *identifier)
{
    return strcmp(name, ((const struct identifier *)identifier)->field);
}

// NULL where the field names nothing.
static const struct identifier *identifier_find(const char *field_name)
{
    return bsearch(field_name, identifiers, sizeof(identifiers) / sizeof(identifiers[0]),
                   sizeof(identifiers[0]), identifier_compare);
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

// The text of a field, if it is a text; NULL otherwise.
static const char *text_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const char *text = NULL;
    if (field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED) {
        memcpy(&text, field_at(message, field), sizeof(text));
    }
    return text;
}

const char *form_text(const ProtobufCMessage *message, const char *field_name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, field_name);
    return field != NULL ? text_of(message, field) : NULL;
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
        const char *text = text_of(message, &descriptor->fields[i]);
        const char *name = descriptor->fields[i].name;
        const struct identifier *identifier = text != NULL ? identifier_find(name) : NULL;
        if (identifier != NULL && !identifier_sound(text, identifier->bytes_max)) {
            return reject(d, "bad_identifier", "form",
                          say(d, "字段 %s 应为 1 至 %zu 字节、不含空白和控制字符的标识。", name,
                              identifier->bytes_max),
                          say(d, "Field %s must be 1 to %zu bytes without blanks.", name,
                              identifier->bytes_max));
        }
    }
    return true;
}

bool form_check(struct deciding *d)
{
    return needed_fields_check(d) && form_identifiers_check(d, d->body);
}
