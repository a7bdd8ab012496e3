// Packing writes the bytes that protobuf-c writes, for random messages of every kind of the
// contract; and what it takes for granted of the contract holds.
#include "common/codec_internal.h"
#include "common/codec_kept.h"

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
    struct bytes again = codec_pack(back, dice->arena);
    cr_assert_eq(again.size, size, "%s", descriptor->name);
    cr_assert_eq(memcmp(again.data, expected, size), 0, "%s", descriptor->name);
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

// ---- Unpacking

// The fields of a message, each with its tag, in an order of chance: lists in pieces, too.
static struct bytes shuffled(struct dice *dice, struct bytes packed)
{
    enum { PIECES_MAX = 4096 };
    static struct bytes pieces[PIECES_MAX];
    size_t count = 0;
    struct codec_reader reader = codec_reader_of(packed);
    while (reader.at < reader.end) {
        const uint8_t *begin = reader.at;
        uint32_t tag;
        uint64_t number;
        struct codec_reader inner;
        cr_assert(codec_tag_take(&reader, &tag) && count < PIECES_MAX);
        bool taken = (tag & 7) == PROTOBUF_C_WIRE_TYPE_VARINT
                         ? codec_varint_take(&reader, &number)
                         : codec_length_prefixed_take(&reader, &inner);
        cr_assert(taken);
        pieces[count++] = (struct bytes){begin, (size_t)(reader.at - begin)};
    }
    uint8_t *bytes = arena_alloc(dice->arena, packed.size);
    uint8_t *to = bytes;
    for (; count > 0; count--) {
        size_t one = roll(dice, count);
        memcpy(to, pieces[one].data, pieces[one].size);
        to += pieces[one].size;
        pieces[one] = pieces[count - 1];
    }
    return (struct bytes){bytes, packed.size};
}

Test(codec_unpack, fields_in_any_order_give_what_protobuf_c_makes_of_them)
{
    struct dice dice = {.random = 20151203, .arena = arena_create()};
    for (int round = 0; round < ROUNDS; round++) {
        const ProtobufCMessage *message = message_roll(&dice, &award__case__descriptor, 0);
        struct bytes bytes = shuffled(&dice, codec_pack(message, dice.arena));
        ProtobufCMessage *theirs =
            protobuf_c_message_unpack(&award__case__descriptor, NULL, bytes.size, bytes.data);
        ProtobufCMessage *ours = codec_unpack_trusted(&award__case__descriptor, bytes, dice.arena);
        cr_assert(theirs != NULL && ours != NULL);
        struct bytes one = codec_pack(theirs, dice.arena);
        struct bytes other = codec_pack(ours, dice.arena);
        cr_assert_eq(one.size, other.size);
        cr_assert_eq(memcmp(one.data, other.data, one.size), 0);
        protobuf_c_message_free_unpacked(theirs, NULL);
        arena_reset(dice.arena);
    }
    arena_destroy(dice.arena);
}

Test(codec_unpack, damaged_bytes_are_no_message_or_another_one)
{
    enum { MISSING_MIN = ROUNDS / 4 };
    struct dice dice = {.random = 20260101, .arena = arena_create()};
    int missing = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct bytes packed =
            codec_pack(message_roll(&dice, &award__entry__descriptor, 0), dice.arena);
        size_t size = packed.size > 0 ? roll(&dice, packed.size) + 1 : 0;
        uint8_t *bytes = arena_copy(dice.arena, packed.data, size); // its end is missing
        for (size_t i = 0; i < 3 && size > 0; i++) {
            bytes[roll(&dice, size)] ^= (uint8_t)(1U << roll(&dice, 8));
        }
        ProtobufCMessage *message = codec_unpack_trusted(&award__entry__descriptor,
                                                         (struct bytes){bytes, size}, dice.arena);
        missing += message == NULL;
        if (message != NULL) {
            (void)codec_pack(message, dice.arena); // all of it can be read
        }
        arena_reset(dice.arena);
    }
    cr_assert_gt(missing, MISSING_MIN);
    arena_destroy(dice.arena);
}

// A list of numbers may come in one piece, in several, and one by one.
Test(codec_unpack, numbers_of_a_list_come_packed_or_not)
{
    struct arena *arena = arena_create();
    uint8_t bytes[] = {0x1A, 2, 1, 2, 0x18, 3, 0x1A, 1, 4};
    const Award__GroundsChecked *message = (const Award__GroundsChecked *)codec_unpack_trusted(
        &award__grounds_checked__descriptor, (struct bytes){bytes, sizeof(bytes)}, arena);
    cr_assert_not_null(message);
    cr_assert_eq(message->n_grounds, 4);
    for (unsigned i = 0; i < 4; i++) {
        cr_assert_eq(message->grounds[i], i + 1);
    }
    bytes[1] = 3; // the piece ends within what follows
    bytes[4] = 0x98;
    cr_assert_null(
        codec_unpack_trusted(&award__grounds_checked__descriptor, (struct bytes){bytes, 5}, arena));
    arena_destroy(arena);
}

Test(codec_unpack, no_more_memory_than_it_is_given)
{
    struct dice dice = {.random = 7, .arena = arena_create()};
    struct bytes packed = codec_pack(message_roll(&dice, &award__entry__descriptor, 0), dice.arena);
    struct arena *arena = arena_create();
    cr_assert_not_null(codec_unpack_within(&award__entry__descriptor, packed, arena, SIZE_MAX));
    size_t needed = arena_bytes(arena);
    arena_reset(arena);
    cr_assert_null(codec_unpack_within(&award__entry__descriptor, packed, arena, needed / 2));
    cr_assert_lt(arena_bytes(arena), needed / 2 + 16);
    arena_destroy(arena);
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

// What is given twice counts by its last; of a list, a text or another number nothing is taken.
Test(codec_unpack, a_number_is_peeked_at_among_fields_of_all_wire_types)
{
    uint8_t bytes[] = {0x0A, 0x01, 'n', 0x10, 0x05, 0x1D, 1, 2, 3,    4,    0x21,
                       1,    2,    3,   4,    5,    6,    7, 8, 0x10, 0xAC, 0x02};
    uint64_t number = 0;
    cr_expect(codec_number_peek((struct bytes){bytes, sizeof(bytes)}, 2, &number));
    cr_expect_eq(number, 300);
    cr_expect(codec_number_peek((struct bytes){bytes, 5}, 2, &number));
    cr_expect_eq(number, 5);
    cr_expect_not(codec_number_peek((struct bytes){bytes, 4}, 2, &number), "it is cut off");
    cr_expect_not(codec_number_peek((struct bytes){bytes, 3}, 2, &number), "it is not there");
    cr_expect_not(codec_number_peek((struct bytes){bytes, sizeof(bytes)}, 1, &number), "a text");
    uint8_t group[] = {0x13, 0x10, 0x05};
    cr_expect_not(codec_number_peek((struct bytes){group, sizeof(group)}, 2, &number), "a group");
}

// ---- Packing with what is kept

Test(codec_kept, what_is_kept_stands_for_its_message_until_it_is_forgotten)
{
    enum { KEPT = 1000 };
    struct arena *arena = arena_create();
    struct codec_kept *kept = codec_kept_create();
    Award__Change *changes = arena_alloc(arena, KEPT * sizeof(*changes));
    for (size_t i = 0; i < KEPT; i++) {
        Award__City *city = arena_alloc(arena, sizeof(*city));
        award__city__init(city);
        city->name = arena_format(arena, "城 %zu", i);
        award__change__init(&changes[i]);
        changes[i].record_case = AWARD__CHANGE__RECORD_CITY;
        changes[i].city = city;
        codec_keep(kept, &city->base, codec_pack(&city->base, arena));
        city->name = arena_string(arena, "另一个"); // seen where the city is packed anew
    }
    for (size_t i = 0; i < KEPT; i++) {
        struct bytes packed = codec_pack_with(&changes[i].base, kept, arena);
        const Award__Change *back =
            (const Award__Change *)codec_unpack_trusted(&award__change__descriptor, packed, arena);
        cr_assert_str_eq(back->city->name, arena_format(arena, "城 %zu", i));
    }
    codec_kept_forget(kept);
    cr_assert_null(codec_kept_find(kept, &changes[0].city->base).data);
    struct bytes anew = codec_pack_with(&changes[0].base, kept, arena);
    struct bytes plain = codec_pack(&changes[0].base, arena);
    cr_assert_eq(anew.size, plain.size);
    cr_assert_eq(memcmp(anew.data, plain.data, plain.size), 0);
    codec_kept_destroy(kept);
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
        cr_assert_gt(codec_type_of(field)->size, 0, "no table for the type of %s.%s",
                     descriptor->name, field->name);
        cr_assert_null(field->default_value, "%s.%s", descriptor->name, field->name);
        if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
            contract_walk(seen, codec_field_message(field));
        }
    }
}

Test(codec_pack, the_contract_has_known_types_and_the_members_of_a_oneof_beside_one_another)
{
    static struct seen seen;
    contract_walk(&seen, &award__envelope__descriptor);
    contract_walk(&seen, &award__entry__descriptor);
    cr_assert_gt(seen.count, 200);
}
