// Packing writes the bytes that protobuf-c writes, for random messages of every kind of the
// contract; and what it takes for granted of the contract holds.
#include "common/codec_internal.h"

#include "entry.pb-c.h"
#include "envelope.pb-c.h"

#include <criterion/criterion.h>

#include <string.h>

enum { ROUNDS = 4000, DEPTH_MAX = 7, LIST_MAX = 3 };

struct dice {
    uint64_t random;
    struct arena *arena;
};

static uint64_t roll(struct dice *dice, uint64_t below)
{
    dice->random ^= dice->random << 13;
    dice->random ^= dice->random >> 7;
    dice->random ^= dice->random << 17;
    return dice->random % below;
}

// Small, large and negative ones.
static uint64_t number_roll(struct dice *dice)
{
    uint64_t number = roll(dice, UINT64_MAX) >> roll(dice, 64);
    return roll(dice, 4) == 0 ? (uint64_t)0 - number : number;
}

static ProtobufCMessage *message_roll(struct dice *dice,
                                      const ProtobufCMessageDescriptor *descriptor, int depth);

static void value_roll(struct dice *dice, const ProtobufCFieldDescriptor *field, void *value,
                       int depth)
{
    uint64_t number = number_roll(dice);
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        *(char **)value = arena_format(dice->arena, "%.*s", (int)roll(dice, 40),
                                       "重庆市市长质量管理奖，二〇一八年");
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        *(ProtobufCMessage **)value = message_roll(dice, codec_field_message(field), depth + 1);
    } else if (field->type == PROTOBUF_C_TYPE_BYTES) {
        size_t size = roll(dice, 300);
        *(ProtobufCBinaryData *)value = (ProtobufCBinaryData){size, arena_alloc(dice->arena, size)};
    } else if (field->type == PROTOBUF_C_TYPE_BOOL) {
        *(protobuf_c_boolean *)value = (protobuf_c_boolean)(number % 2);
    } else {
        memcpy(value, &number, codec_type_of(field)->size);
    }
}

static void list_roll(struct dice *dice, const ProtobufCFieldDescriptor *field, char *message,
                      int depth)
{
    size_t count = roll(dice, LIST_MAX + 1);
    size_t size = codec_type_of(field)->size;
    char *list = arena_alloc(dice->arena, count * size + 1);
    for (size_t i = 0; i < count; i++) {
        value_roll(dice, field, list + i * size, depth);
    }
    memcpy(message + field->quantifier_offset, &count, sizeof(count));
    memcpy(message + field->offset, &list, sizeof(list));
}

static void field_roll(struct dice *dice, const ProtobufCFieldDescriptor *field, char *message,
                       int depth)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        list_roll(dice, field, message, depth);
        return;
    }
    value_roll(dice, field, message + field->offset, depth);
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        memcpy(message + field->quantifier_offset, &field->id, sizeof(uint32_t));
    } else if (field->type != PROTOBUF_C_TYPE_STRING && field->type != PROTOBUF_C_TYPE_MESSAGE) {
        message[field->quantifier_offset] = 1;
    }
}

static ProtobufCMessage *message_roll(struct dice *dice,
                                      const ProtobufCMessageDescriptor *descriptor, int depth)
{
    ProtobufCMessage *message = codec_message_create(descriptor, dice->arena);
    uint64_t one_in = depth < 2 ? 1 : 3;
    bool chosen = false;
    for (unsigned i = 0; i < descriptor->n_fields && depth < DEPTH_MAX; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        bool member = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
        if (member ? !chosen && roll(dice, 20) == 0 : roll(dice, one_in) == 0) {
            chosen = chosen || member;
            field_roll(dice, field, (char *)message, depth);
        }
    }
    return message;
}

static void same_bytes_check(struct dice *dice, const ProtobufCMessageDescriptor *descriptor)
{
    const ProtobufCMessage *message = message_roll(dice, descriptor, 0);
    struct bytes packed = codec_pack(message, dice->arena);
    size_t size = protobuf_c_message_get_packed_size(message);
    cr_assert_eq(packed.size, size, "%s", descriptor->name);
    uint8_t *expected = arena_alloc(dice->arena, size);
    (void)protobuf_c_message_pack(message, expected);
    cr_assert_eq(memcmp(packed.data, expected, size), 0, "%s", descriptor->name);
    ProtobufCMessage *back = codec_unpack_trusted(descriptor, packed, dice->arena);
    cr_assert_not_null(back);
}

Test(codec_pack, random_messages_have_the_bytes_of_protobuf_c)
{
    struct dice dice = {.random = 20180425, .arena = arena_create()};
    for (int round = 0; round < ROUNDS; round++) {
        same_bytes_check(&dice, &award__entry__descriptor);
        same_bytes_check(&dice, &award__envelope__descriptor);
        same_bytes_check(&dice, &award__change__descriptor);
        arena_reset(dice.arena);
    }
    arena_destroy(dice.arena);
}

Test(codec_pack, what_is_unknown_to_it_comes_back)
{
    struct arena *arena = arena_create();
    uint8_t bytes[] = {0x08, 0x05, 0xF2, 0x7E, 0x03, 'a', 'b', 'c', 0xF8, 0x7E, 0x01};
    ProtobufCMessage *entry = codec_unpack_trusted(&award__entry__descriptor,
                                                   (struct bytes){bytes, sizeof(bytes)}, arena);
    cr_assert_not_null(entry);
    cr_assert_eq(entry->n_unknown_fields, 2);
    struct bytes packed = codec_pack(entry, arena);
    cr_assert_eq(packed.size, sizeof(bytes));
    cr_assert_eq(memcmp(packed.data, bytes, sizeof(bytes)), 0);
    arena_destroy(arena);
}

// ---- The contract

struct seen {
    const ProtobufCMessageDescriptor *list[1024];
    size_t count;
};

static void contract_walk(struct seen *seen, const ProtobufCMessageDescriptor *descriptor)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->list[i] == descriptor) {
            return;
        }
    }
    seen->list[seen->count++] = descriptor;
    cr_assert_leq(descriptor->n_fields, CODEC_FIELDS_MAX);
    bool began = false;
    bool ended = false;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        bool member = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
        ended = ended || (began && !member);
        began = began || member;
        cr_assert_not(member && ended, "the oneof of %s is in pieces at %s", descriptor->name,
                      field->name);
        cr_assert_null(field->default_value, "%s.%s", descriptor->name, field->name);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
            contract_walk(seen, codec_field_message(field));
        }
    }
}

Test(codec_pack, the_members_of_a_oneof_lie_beside_one_another)
{
    static struct seen seen;
    contract_walk(&seen, &award__envelope__descriptor);
    contract_walk(&seen, &award__entry__descriptor);
    cr_assert_gt(seen.count, 200);
}
