// envelope - wrapping messages, and reading what cannot be read any further
//
// The head is found by walking the top fields of the wire format, without knowledge of their
// meaning: a message of a later version is opaque but for these two numbers.
#include "common/envelope.h"

#include "common/limits.h"

#include <assert.h>

enum wire { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_LENGTH = 2, WIRE_32 = 5 };

enum {
    FIELD_MAJOR = 1,
    FIELD_REQUEST = 3,
    FIELD_EVENTS = 10,
    FIELD_QUERY = 12,
    FIELD_TASKS = 15,
    VARINT_BITS_MAX = 63,
    FIELDS_MAX = 64
};
enum { FIELD_EVENT = 1 };  // of EventBatch
enum { FIELD_ORDERS = 1 }; // of TaskBatch
enum { FIELD_TASK = 1 };   // of TaskOrder

struct wire_field {
    uint64_t number;
    uint64_t value;       // of a number, else 0
    struct bytes content; // of text and messages, else nothing
};

static bool varint_read(struct bytes *bytes, uint64_t *value)
{
    *value = 0;
    for (unsigned int shift = 0; shift <= VARINT_BITS_MAX && bytes->size > 0; shift += 7) {
        uint8_t byte = *bytes->data;
        bytes->data++;
        bytes->size--;
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            return true;
        }
    }
    return false;
}

static bool bytes_skip(struct bytes *bytes, uint64_t count)
{
    if (count > bytes->size) {
        return false;
    }
    bytes->data += count;
    bytes->size -= (size_t)count;
    return true;
}

static bool content_read(struct bytes *bytes, struct bytes *content)
{
    uint64_t length = 0;
    if (!varint_read(bytes, &length) || length > bytes->size) {
        return false;
    }
    *content = (struct bytes){bytes->data, (size_t)length};
    return bytes_skip(bytes, length);
}

// Steps over one field.
static bool field_read(struct bytes *bytes, struct wire_field *field)
{
    uint64_t tag = 0;
    *field = (struct wire_field){.number = 0};
    if (!varint_read(bytes, &tag)) {
        return false;
    }
    field->number = tag >> 3;
    switch (tag & 7) {
    case WIRE_VARINT:
        return varint_read(bytes, &field->value);
    case WIRE_64:
        return bytes_skip(bytes, 8);
    case WIRE_32:
        return bytes_skip(bytes, 4);
    case WIRE_LENGTH:
        return content_read(bytes, &field->content);
    default:
        return false;
    }
}

// The content of the first field of this number; nothing where there is none.
static struct bytes field_find(struct bytes bytes, uint64_t number)
{
    struct wire_field field;
    while (bytes.size > 0 && field_read(&bytes, &field)) {
        if (field.number == number) {
            return field.content;
        }
    }
    return (struct bytes){NULL, 0};
}

bool envelope_peek(struct bytes bytes, struct envelope_head *head)
{
    *head = (struct envelope_head){.major = 0};
    for (int fields = 0; bytes.size > 0 && fields < FIELDS_MAX; fields++) {
        struct wire_field field;
        if (!field_read(&bytes, &field)) {
            return false;
        }
        if (field.number == FIELD_MAJOR) {
            head->major = field.value < UINT32_MAX ? (uint32_t)field.value : UINT32_MAX;
        } else if (field.number == FIELD_REQUEST) {
            head->request = field.value;
        }
    }
    return true;
}

struct envelope_load envelope_load(struct bytes bytes)
{
    struct envelope_load load = {.events = 0};
    struct wire_field field;
    for (int fields = 0; bytes.size > 0 && fields < FIELDS_MAX && field_read(&bytes, &field);
         fields++) {
        load.query = load.query || field.number == FIELD_QUERY;
        struct wire_field event;
        while (field.number == FIELD_EVENTS && load.events < LIMIT_BATCH_EVENTS &&
               field_read(&field.content, &event)) {
            load.events += event.number == FIELD_EVENT ? 1 : 0;
        }
    }
    return load;
}

struct bytes envelope_orders(struct bytes bytes)
{
    struct envelope_head head;
    bool readable = envelope_peek(bytes, &head) && head.major > 0 && head.major <= ENVELOPE_MAJOR;
    return readable ? field_find(bytes, FIELD_TASKS) : (struct bytes){NULL, 0};
}

bool envelope_order_next(struct bytes *orders, struct bytes *order, struct bytes *task)
{
    struct wire_field field = {.number = 0};
    if (orders->size == 0 || !field_read(orders, &field) || field.number != FIELD_ORDERS) {
        return false;
    }
    *order = field.content;
    *task = field_find(field.content, FIELD_TASK);
    return true;
}

struct bytes envelope_pack(Award__Envelope *envelope, const struct codec_kept *kept,
                           struct arena *arena)
{
    assert(envelope->body_case != AWARD__ENVELOPE__BODY__NOT_SET);
    envelope->has_major = 1;
    envelope->major = ENVELOPE_MAJOR;
    envelope->has_minor = 1;
    envelope->minor = ENVELOPE_MINOR;
    return codec_pack_with(&envelope->base, kept, arena);
}

static void version_newer(uint32_t major, struct arena *arena, struct codec_error *error)
{
    *error = (struct codec_error){
        .code = "version_newer",
        .zh = arena_format(
            arena, "消息的版本是 %u，本程序只懂到版本 %d；请把本程序升级到与对方相同的版本。",
            major, ENVELOPE_MAJOR),
        .en = arena_format(arena,
                           "The message has version %u and this program (%s) reads up to version "
                           "%d; upgrade it to the other side's release.",
                           major, AWARD_VERSION, ENVELOPE_MAJOR),
    };
}

static const struct codec_error VERSION_MISSING = {
    .code = "version_missing",
    .zh = "消息没有写明版本（字段 major）；请写上 1。",
    .en = "The message does not state its version (field major); state 1.",
};

static const struct codec_error BODY_MISSING = {
    .code = "body_missing",
    .zh = "消息是空的；请放入事件、查询或本程序所知的其他内容之一。",
    .en = "The message is empty; put in events, a query or another body that this program knows.",
};

Award__Envelope *envelope_unpack(struct bytes bytes, struct arena *arena, struct codec_error *error)
{
    struct envelope_head head;
    if (envelope_peek(bytes, &head) && head.major > ENVELOPE_MAJOR) {
        version_newer(head.major, arena, error);
        return NULL;
    }
    ProtobufCMessage *message = codec_unpack(&award__envelope__descriptor, bytes, arena, error);
    if (message == NULL) {
        return NULL;
    }
    Award__Envelope *envelope = (Award__Envelope *)message;
    if (!envelope->has_major || envelope->major == 0) {
        *error = VERSION_MISSING;
        return NULL;
    }
    if (envelope->body_case == AWARD__ENVELOPE__BODY__NOT_SET) {
        *error = BODY_MISSING;
        return NULL;
    }
    return envelope;
}

Award__Envelope *envelope_refusal(uint64_t request, const struct codec_error *error,
                                  struct arena *arena)
{
    Award__Reason *reason = arena_alloc(arena, sizeof(*reason));
    award__reason__init(reason);
    reason->code = arena_string(arena, error->code);
    reason->article = arena_string(arena, "form");
    reason->zh = arena_string(arena, error->zh);
    reason->en = arena_string(arena, error->en);
    Award__Envelope *envelope = arena_alloc(arena, sizeof(*envelope));
    award__envelope__init(envelope);
    envelope->has_request = 1;
    envelope->request = request;
    envelope->body_case = AWARD__ENVELOPE__BODY_ERROR;
    envelope->error = reason;
    return envelope;
}
