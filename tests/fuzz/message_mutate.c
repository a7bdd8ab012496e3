// message_mutate - mutations that keep a message a message
//
// Every field of every message within has the same chance to be the one that is changed, absent
// ones included; a text may become a copy of another text of the same message, for most of what the
// program compares are names.
#include "tests/fuzz/message_mutate.h"

#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { DEPTH_MAX = 20, TEXT_ROOM = 64, LIST_MAX = 64 };

struct mutation {
    struct arena *arena;
    const struct mutate_names *names; // or NULL
    uint64_t random;
    unsigned fields_seen;
    ProtobufCMessage *message; // drawn so far
    const ProtobufCFieldDescriptor *field;
    unsigned texts_seen;
    const char *text; // drawn so far
};

// Below `bound`; xorshift.
static unsigned draw(struct mutation *m, unsigned bound)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (unsigned)(m->random >> 32) % bound;
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE:
        return sizeof(void *);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_FIXED64:
        return sizeof(int64_t);
    default:
        return sizeof(int32_t);
    }
}

// ---- The field that is changed

static size_t *list_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (size_t *)(void *)((char *)(uintptr_t)message + field->quantifier_offset);
}

static void *field_slot(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (char *)(uintptr_t)message + field->offset;
}

static bool field_is_set(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const void *quantifier = (const char *)message + field->quantifier_offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return *list_count(message, field) > 0;
    }
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        return *(const uint32_t *)quantifier == field->id;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE) {
        return *(void **)field_slot(message, field) != NULL;
    }
    return *(const protobuf_c_boolean *)quantifier != 0;
}

static void text_consider(struct mutation *m, const char *text)
{
    if (draw(m, ++m->texts_seen) == 0) {
        m->text = text;
    }
}

static void message_walk(struct mutation *m, ProtobufCMessage *message, int depth);

static void value_walk(struct mutation *m, const ProtobufCFieldDescriptor *field, void *value,
                       int depth)
{
    if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        message_walk(m, *(ProtobufCMessage **)value, depth + 1);
    } else if (field->type == PROTOBUF_C_TYPE_STRING) {
        text_consider(m, *(const char **)value);
    }
}

// Draws one of the fields (and one of the texts) of the message and all within.
static void message_walk(struct mutation *m, ProtobufCMessage *message, int depth)
{
    if (depth > DEPTH_MAX) {
        return;
    }
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        bool set = field_is_set(message, field);
        // What is there is changed more often than what is not is added.
        if ((set || draw(m, 8) == 0) && draw(m, ++m->fields_seen) == 0) {
            m->message = message;
            m->field = field;
        }
        if (!set) {
            continue;
        }
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            value_walk(m, field, field_slot(message, field), depth);
            continue;
        }
        char *elements = *(char **)field_slot(message, field);
        for (size_t at = 0; at < *list_count(message, field); at++) {
            value_walk(m, field, elements + at * value_size(field), depth);
        }
    }
}

// ---- What it becomes

static void text_change(struct mutation *m, char **text)
{
    bool known = m->names != NULL && m->names->count > 0 && draw(m, 2) == 0;
    if (known) {
        *text = arena_string(m->arena, m->names->names[draw(m, (unsigned)m->names->count)]);
    } else if (*text == NULL || draw(m, 3) == 0) {
        *text = arena_string(m->arena, m->text != NULL ? m->text : "x");
    }
    if (known || draw(m, 2) == 0) {
        return;
    }
    size_t length = strlen(*text);
    char *changed = arena_alloc(m->arena, length + TEXT_ROOM + 1);
    memcpy(changed, *text, length);
    length = LLVMFuzzerMutate((uint8_t *)changed, length, length + TEXT_ROOM);
    changed[length] = '\0';
    *text = changed;
}

static void bytes_change(struct mutation *m, ProtobufCBinaryData *bytes)
{
    uint8_t *changed = arena_alloc(m->arena, bytes->len + TEXT_ROOM);
    if (bytes->len > 0) {
        memcpy(changed, bytes->data, bytes->len);
    }
    bytes->len = LLVMFuzzerMutate(changed, bytes->len, bytes->len + TEXT_ROOM);
    bytes->data = changed;
}

static void number_change(struct mutation *m, void *number, size_t size)
{
    int64_t value = 0;
    memcpy(&value, number, size);
    switch (draw(m, 4)) {
    case 0:
        (void)LLVMFuzzerMutate((uint8_t *)&value, sizeof(value), sizeof(value));
        break;
    case 1:
        value = (int64_t)draw(m, 16);
        break;
    default:
        value = (int64_t)((uint64_t)value + draw(m, 9) - 4); // beyond the last is the first
        break;
    }
    memcpy(number, &value, size);
}

static void value_change(struct mutation *m, const ProtobufCFieldDescriptor *field, void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        text_change(m, value);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        bytes_change(m, value);
        break;
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)value = !*(protobuf_c_boolean *)value;
        break;
    case PROTOBUF_C_TYPE_ENUM: {
        const ProtobufCEnumDescriptor *names = field->descriptor;
        *(int32_t *)value = names->values[draw(m, names->n_values)].value;
        break;
    }
    case PROTOBUF_C_TYPE_MESSAGE: {
        const ProtobufCMessageDescriptor *inner = field->descriptor;
        ProtobufCMessage *fresh = arena_alloc(m->arena, inner->sizeof_message);
        protobuf_c_message_init(inner, fresh);
        *(ProtobufCMessage **)value = fresh;
        break;
    }
    default:
        number_change(m, value, value_size(field));
        break;
    }
}

// One element less, twice, in another place, or another one more.
static void list_change(struct mutation *m)
{
    size_t size = value_size(m->field);
    size_t *count = list_count(m->message, m->field);
    char **slot = field_slot(m->message, m->field);
    char *elements = arena_alloc(m->arena, (*count + 1) * size);
    if (*count > 0) {
        memcpy(elements, *slot, *count * size);
    }
    *slot = elements;
    unsigned choice = draw(m, 4);
    if (*count == 0 || (choice == 0 && *count < LIST_MAX)) {
        value_change(m, m->field, elements + (*count)++ * size);
        return;
    }
    char *drawn = elements + draw(m, (unsigned)*count) * size;
    if (choice == 1) {
        memmove(drawn, elements + --(*count) * size, size);
    } else if (choice == 2 && *count < LIST_MAX) {
        memcpy(elements + (*count)++ * size, drawn, size);
    } else if (m->field->type != PROTOBUF_C_TYPE_MESSAGE) {
        value_change(m, m->field, drawn);
    }
}

static void field_clear(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    void *quantifier = (char *)message + field->quantifier_offset;
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        *(uint32_t *)quantifier = 0;
    } else if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE) {
        *(void **)field_slot(message, field) = NULL;
    } else {
        *(protobuf_c_boolean *)quantifier = 0;
    }
}

static void field_change(struct mutation *m)
{
    if (m->field->label == PROTOBUF_C_LABEL_REPEATED) {
        list_change(m);
        return;
    }
    bool set = field_is_set(m->message, m->field);
    if (set && draw(m, 4) == 0) {
        field_clear(m->message, m->field);
        return;
    }
    void *slot = field_slot(m->message, m->field);
    if (!set) {
        memset(slot, 0, value_size(m->field)); // another member of the oneof may stand there
    }
    value_change(m, m->field, slot);
    void *quantifier = (char *)m->message + m->field->quantifier_offset;
    if ((m->field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        *(uint32_t *)quantifier = m->field->id;
    } else if (m->field->type != PROTOBUF_C_TYPE_STRING &&
               m->field->type != PROTOBUF_C_TYPE_MESSAGE) {
        *(protobuf_c_boolean *)quantifier = 1;
    }
}

size_t message_mutate(const ProtobufCMessageDescriptor *descriptor,
                      const struct mutate_names *names, uint8_t *data, size_t size, size_t size_max,
                      unsigned seed)
{
    struct mutation m = {
        .arena = arena_create(), .names = names, .random = (uint64_t)seed << 1 | 1};
    size_t changed_size = 0;
    (void)draw(&m, 2); // the first ones of a small seed are small
    ProtobufCMessage *message =
        draw(&m, 4) == 0 ? NULL
                         : codec_unpack_trusted(descriptor, (struct bytes){data, size}, m.arena);
    if (message != NULL) {
        message_walk(&m, message, 0);
    }
    if (m.field != NULL) {
        field_change(&m);
        struct bytes packed = codec_pack(message, m.arena);
        if (packed.size > 0 && packed.size <= size_max) {
            memcpy(data, packed.data, packed.size);
            changed_size = packed.size;
        }
    }
    arena_destroy(m.arena);
    return changed_size > 0 ? changed_size : LLVMFuzzerMutate(data, size, size_max);
}
