// Messages to bytes and back: what goes round, and what is refused at the door.
#include "common/codec.h"
#include "common/limits.h"
#include "common/memory.h"
#include "common/time.h"

#include "entry.pb-c.h"
#include "envelope.pb-c.h"
#include "event.pb-c.h"
#include "query.pb-c.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

TestSuite(codec, .init = setup, .fini = teardown);

// Bytes as a sender might put them together.
struct raw {
    uint8_t data[64 * 1024];
    size_t size;
};

static void raw_varint(struct raw *raw, uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        raw->data[raw->size++] = (uint8_t)(value | 0x80);
    }
    raw->data[raw->size++] = (uint8_t)value;
}

static void raw_tag(struct raw *raw, unsigned number, unsigned wire)
{
    raw_varint(raw, (uint64_t)number << 3 | wire);
}

static void raw_bytes(struct raw *raw, unsigned number, const void *data, size_t size)
{
    raw_tag(raw, number, 2);
    raw_varint(raw, size);
    memcpy(raw->data + raw->size, data, size);
    raw->size += size;
}

static void raw_text(struct raw *raw, unsigned number, const char *text)
{
    raw_bytes(raw, number, text, strlen(text));
}

static void raw_message(struct raw *raw, unsigned number, const struct raw *inner)
{
    raw_bytes(raw, number, inner->data, inner->size);
}

static const ProtobufCMessageDescriptor *const event = &award__event__descriptor;

static ProtobufCMessage *unpack(const ProtobufCMessageDescriptor *descriptor, const struct raw *raw)
{
    struct codec_error error = {NULL, NULL, NULL};
    ProtobufCMessage *message =
        codec_unpack(descriptor, (struct bytes){raw->data, raw->size}, arena, &error);
    cr_assert_not_null(message, "%s: %s", error.code, error.en);
    return message;
}

static void assert_refused(const ProtobufCMessageDescriptor *descriptor, const struct raw *raw,
                           const char *code, const char *path)
{
    struct codec_error error = {NULL, NULL, NULL};
    cr_assert_null(codec_unpack(descriptor, (struct bytes){raw->data, raw->size}, arena, &error),
                   "was taken and not refused as %s", code);
    cr_assert_str_eq(error.code, code, "%s and not %s: %s", error.code, code, error.en);
    cr_assert_not_null(strstr(error.en, path), "%s does not name %s", error.en, path);
    cr_assert_not_null(strstr(error.zh, path), "%s does not name %s", error.zh, path);
}

// ---- What goes round

Test(codec, an_event_goes_through_bytes_unchanged)
{
    Award__Event sent = AWARD__EVENT__INIT;
    Award__DefenceScore score = AWARD__DEFENCE_SCORE__INIT;
    Award__Points points = AWARD__POINTS__INIT;
    sent.principal = arena_string(arena, "专家一");
    sent.id = arena_string(arena, "sheet-1");
    sent.has_expected_version = 1;
    sent.expected_version = UINT64_MAX;
    sent.body_case = AWARD__EVENT__BODY_DEFENCE_SCORE;
    sent.defence_score = &score;
    score.case_ = arena_string(arena, "2018/9150000020286320X6/1");
    score.points = &points;
    points.has_hundredths = 1;
    points.hundredths = 8550;

    struct bytes bytes = codec_pack(&sent.base, arena);
    struct codec_error error;
    Award__Event *got = (Award__Event *)codec_unpack(event, bytes, arena, &error);

    cr_assert_not_null(got);
    cr_assert_str_eq(got->principal, "专家一");
    cr_assert_eq(got->expected_version, UINT64_MAX);
    cr_assert_eq(got->body_case, AWARD__EVENT__BODY_DEFENCE_SCORE);
    cr_assert_eq(got->defence_score->points->hundredths, 8550);
    struct bytes again = codec_pack(&got->base, arena);
    cr_assert_eq(again.size, bytes.size);
    cr_assert_eq(memcmp(again.data, bytes.data, bytes.size), 0);
}

Test(codec, an_empty_message_is_no_bytes)
{
    Award__QueryStatus empty = AWARD__QUERY_STATUS__INIT;
    struct bytes bytes = codec_pack(&empty.base, arena);
    cr_assert_eq(bytes.size, 0);
    struct codec_error error;
    cr_assert_not_null(codec_unpack(&award__query_status__descriptor, bytes, arena, &error));
    cr_assert_not_null(codec_unpack(event, (struct bytes){NULL, 0}, arena, &error));
}

Test(codec, fields_may_come_in_any_order)
{
    struct raw raw = {.size = 0};
    raw_text(&raw, 2, "id");
    raw_text(&raw, 1, "office");
    Award__Event *got = (Award__Event *)unpack(event, &raw);
    cr_assert_str_eq(got->principal, "office");
    cr_assert_str_eq(got->id, "id");
}

Test(codec, lists_of_numbers_may_be_packed)
{
    struct raw raw = {.size = 0};
    raw_bytes(&raw, 3, "\x01\x03", 2);
    raw_tag(&raw, 3, 0);
    raw_varint(&raw, 2);
    Award__GroundsChecked *got =
        (Award__GroundsChecked *)unpack(&award__grounds_checked__descriptor, &raw);
    cr_assert_eq(got->n_grounds, 3);
    cr_assert_eq(got->grounds[1], AWARD__GROUND__NAME__major_accident);
    cr_assert_eq(got->grounds[2], AWARD__GROUND__NAME__serious_quality);
}

Test(codec, a_copy_does_not_share_memory)
{
    Award__Material material = AWARD__MATERIAL__INIT;
    char digest[] = "abc";
    material.digest = digest;
    Award__Material *copy = (Award__Material *)codec_copy(&material.base, arena);
    digest[0] = 'x';
    cr_assert_str_eq(copy->digest, "abc");
}

Test(codec, the_member_of_a_oneof_is_found)
{
    Award__Event sent = AWARD__EVENT__INIT;
    Award__MedalReturned medal = AWARD__MEDAL_RETURNED__INIT;
    ProtobufCMessage *member = &sent.base;
    cr_assert_null(codec_oneof_field(&sent.base, "body", &member));
    cr_assert_null(member);
    sent.body_case = AWARD__EVENT__BODY_MEDAL_RETURNED;
    sent.medal_returned = &medal;
    const ProtobufCFieldDescriptor *field = codec_oneof_field(&sent.base, "body", &member);
    cr_assert_str_eq(field->name, "medal_returned");
    cr_assert_eq(member, &medal.base);
}

Test(codec, a_member_that_is_no_message_is_found_without_one)
{
    Award__EarlierRecord record = AWARD__EARLIER_RECORD__INIT;
    ProtobufCMessage *member = &record.base;
    record.what_case = AWARD__EARLIER_RECORD__WHAT_VIOLATION;
    record.violation = AWARD__VIOLATION__KIND__other;
    cr_assert_str_eq(codec_oneof_field(&record.base, "what", &member)->name, "violation");
    cr_assert_null(member);
}

// ---- What is refused

Test(codec, an_unknown_field_is_named_by_its_number)
{
    struct raw inner = {.size = 0};
    struct raw raw = {.size = 0};
    raw_tag(&inner, 77, 0);
    raw_varint(&inner, 1);
    assert_refused(&award__material__descriptor, &inner, "unknown_field", "77");
    raw_message(&raw, 42, &inner);
    assert_refused(event, &raw, "unknown_field", "application_submitted.#77");
}

Test(codec, a_zero_byte_in_text_is_refused_wherever_it_stands)
{
    struct raw material = {.size = 0};
    struct raw application = {.size = 0};
    struct raw raw = {.size = 0};
    raw_bytes(&material, 2, "ab\0cd", 5);
    raw_message(&application, 3, &(struct raw){.size = 0});
    raw_message(&application, 3, &material);
    raw_message(&raw, 42, &application);
    assert_refused(event, &raw, "zero_byte", "application_submitted.materials[1].digest");

    struct raw last = {.size = 0};
    raw_bytes(&last, 2, "ab\0", 3);
    assert_refused(event, &last, "zero_byte", "id");
}

Test(codec, bad_utf8_is_refused)
{
    struct raw raw = {.size = 0};
    raw_bytes(&raw, 2, "a\xFF", 2);
    assert_refused(event, &raw, "bad_utf8", "id");
}

Test(codec, a_field_that_comes_twice_is_refused)
{
    struct raw raw = {.size = 0};
    raw_text(&raw, 2, "a");
    raw_text(&raw, 2, "b");
    assert_refused(event, &raw, "duplicate_field", "id");
}

Test(codec, two_members_of_a_oneof_are_refused)
{
    struct raw raw = {.size = 0};
    raw_message(&raw, 42, &(struct raw){.size = 0});
    raw_message(&raw, 43, &(struct raw){.size = 0});
    assert_refused(event, &raw, "two_members", "paper_received");
}

Test(codec, an_unknown_value_is_refused)
{
    struct raw raw = {.size = 0};
    raw_tag(&raw, 1, 0);
    raw_varint(&raw, 5);
    assert_refused(&award__material__descriptor, &raw, "unknown_value", "kind");
}

Test(codec, numbers_that_do_not_fit_are_refused_and_not_narrowed)
{
    struct raw value = {.size = 0};
    raw_tag(&value, 1, 0);
    raw_varint(&value, ((uint64_t)1 << 32) + 1); // 1, narrowed
    assert_refused(&award__material__descriptor, &value, "out_of_range", "kind");

    struct raw characters = {.size = 0};
    raw_tag(&characters, 3, 0);
    raw_varint(&characters, (uint64_t)UINT32_MAX + 1);
    assert_refused(&award__material__descriptor, &characters, "out_of_range", "characters");

    struct raw met = {.size = 0};
    raw_tag(&met, 2, 0);
    raw_varint(&met, 2);
    assert_refused(&award__finding__descriptor, &met, "out_of_range", "met");
}

Test(codec, a_negative_int32_is_taken)
{
    struct raw raw = {.size = 0};
    raw_tag(&raw, 2, 0);
    raw_varint(&raw, UINT64_MAX);
    Award__SelfEvaluationSubmitted *got = (Award__SelfEvaluationSubmitted *)unpack(
        &award__self_evaluation_submitted__descriptor, &raw);
    cr_assert_eq(got->year, -1);
}

Test(codec, a_wrong_wire_type_is_refused)
{
    struct raw raw = {.size = 0};
    raw_tag(&raw, 2, 0);
    raw_varint(&raw, 1);
    assert_refused(event, &raw, "wrong_type", "id");
}

Test(codec, every_truncation_of_a_message_is_refused_or_whole)
{
    struct raw material = {.size = 0};
    struct raw raw = {.size = 0};
    raw_text(&material, 2, "digest");
    raw_message(&raw, 3, &material);
    for (size_t size = 1; size < raw.size; size++) {
        struct raw cut = raw;
        cut.size = size;
        assert_refused(&award__application_submitted__descriptor, &cut, "malformed", "");
    }
}

Test(codec, groups_and_field_zero_are_malformed)
{
    struct raw group = {.size = 0};
    struct raw zero = {.size = 0};
    struct raw endless = {.size = 0};
    raw_tag(&group, 2, 3);
    assert_refused(event, &group, "wrong_type", "id");
    raw_tag(&zero, 0, 0);
    raw_varint(&zero, 0);
    assert_refused(event, &zero, "malformed", "");
    memset(endless.data, 0xFF, 20);
    endless.size = 20;
    assert_refused(event, &endless, "malformed", "");
}

static struct raw list_of(size_t count)
{
    struct raw raw = {.size = 0};
    for (size_t i = 0; i < count; i++) {
        raw_text(&raw, 4, "x");
    }
    return raw;
}

Test(codec, a_list_has_its_bound)
{
    struct raw full = list_of(LIMIT_LIST_ELEMENTS);
    struct raw over = list_of(LIMIT_LIST_ELEMENTS + 1);
    (void)unpack(&award__team_drawn__team__descriptor, &full);
    assert_refused(&award__team_drawn__team__descriptor, &over, "list_too_long", "cases");
}

Test(codec, a_batch_may_hold_more_than_a_list)
{
    struct raw raw = {.size = 0};
    for (size_t i = 0; i < LIMIT_BATCH_EVENTS; i++) {
        raw_message(&raw, 1, &(struct raw){.size = 0});
    }
    (void)unpack(&award__event_batch__descriptor, &raw);
    raw_message(&raw, 1, &(struct raw){.size = 0});
    assert_refused(&award__event_batch__descriptor, &raw, "list_too_long", "events");
}

// A calendar moves a thousand deadlines with one entry, each with the rows by which it is told.
Test(codec, what_is_shown_of_an_entry_may_have_more_changes_than_a_list_elements)
{
    static const struct {
        const ProtobufCMessageDescriptor *descriptor;
        uint32_t field;
    } shown[] = {
        {&award__answer__descriptor,       14},
        {&award__history_item__descriptor, 7 },
    };
    for (size_t k = 0; k < sizeof(shown) / sizeof(shown[0]); k++) {
        struct raw raw = {.size = 0};
        for (size_t i = 0; i < 30 * (size_t)LIMIT_LIST_ELEMENTS; i++) {
            raw_message(&raw, shown[k].field, &(struct raw){.size = 0});
        }
        (void)unpack(shown[k].descriptor, &raw);
    }
}

static struct bytes text_of(const ProtobufCMessageDescriptor *descriptor, size_t length)
{
    char *text = arena_alloc(arena, length + 1);
    memset(text, 'x', length);
    Award__RulebookLoaded rulebook = AWARD__RULEBOOK_LOADED__INIT;
    Award__Suggestion suggestion = AWARD__SUGGESTION__INIT;
    rulebook.text = text;
    suggestion.text = text;
    return codec_pack(descriptor == rulebook.base.descriptor ? &rulebook.base : &suggestion.base,
                      arena);
}

Test(codec, texts_have_their_bounds)
{
    struct {
        const ProtobufCMessageDescriptor *descriptor;
        size_t length;
        bool admitted;
    } rows[] = {
        {&award__suggestion__descriptor,      LIMIT_TEXT_BYTES,          true },
        {&award__suggestion__descriptor,      LIMIT_TEXT_BYTES + 1,      false},
        {&award__rulebook_loaded__descriptor, LIMIT_FILE_TEXT_BYTES,     true },
        {&award__rulebook_loaded__descriptor, LIMIT_FILE_TEXT_BYTES + 1, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct codec_error error = {NULL, NULL, NULL};
        struct bytes bytes = text_of(rows[i].descriptor, rows[i].length);
        bool admitted = codec_unpack(rows[i].descriptor, bytes, arena, &error) != NULL;
        cr_assert_eq(admitted, rows[i].admitted, "row %zu", i);
        cr_assert(admitted || strcmp(error.code, "text_too_long") == 0);
    }
}

Test(codec, a_message_over_the_size_limit_is_refused)
{
    struct codec_error error;
    uint8_t *data = calloc(1, LIMIT_MESSAGE_BYTES + 1);
    cr_assert_null(
        codec_unpack(event, (struct bytes){data, LIMIT_MESSAGE_BYTES + 1}, arena, &error));
    cr_assert_str_eq(error.code, "too_large");
    free(data);
}

// An answer whose lists of empty reasons take little on the wire and much in memory.
Test(codec, a_small_message_that_unpacks_to_too_much_is_refused)
{
    struct raw *answer = memory_allocate(sizeof(*answer));
    for (size_t i = 0; i < LIMIT_LIST_ELEMENTS; i++) {
        raw_message(answer, 6, &(struct raw){.size = 0});
    }
    size_t size = 0;
    uint8_t *data = malloc(4UL * 1024 * 1024);
    for (size_t i = 0; i < LIMIT_LIST_ELEMENTS; i++) {
        data[size++] = 1 << 3 | 2;
        data[size++] = (uint8_t)(answer->size | 0x80);
        data[size++] = (uint8_t)(answer->size >> 7);
        memcpy(data + size, answer->data, answer->size);
        size += answer->size;
    }
    struct codec_error error;
    cr_assert_null(
        codec_unpack(&award__answer_batch__descriptor, (struct bytes){data, size}, arena, &error));
    cr_assert_str_eq(error.code, "too_large", "%s", error.en);
    cr_assert_lt(arena_bytes(arena), (size_t)LIMIT_UNPACKED_BYTES + 1024UL * 1024);
    free(data);
    free(answer);
}

Test(codec, values_have_their_bounds)
{
    static const struct {
        const ProtobufCMessageDescriptor *descriptor;
        uint64_t zigzag;
        const char *code; // NULL: admitted
    } rows[] = {
        {&award__points__descriptor, 0,                    NULL        },
        {&award__points__descriptor, (uint64_t)1999999998, NULL        }, // 999,999,999 hundredths
        {&award__points__descriptor, (uint64_t)2000000000, "bad_points"},
        {&award__points__descriptor, 1,                    "bad_points"}, // -1
        {&award__points__descriptor, UINT64_MAX,           "bad_points"},
        {&award__day__descriptor,    0,                    NULL        },
        {&award__day__descriptor,    2UL * 376199,         NULL        }, // 2999-12-31
        {&award__day__descriptor,    2UL * 376200,         "bad_day"   },
        {&award__day__descriptor,    UINT32_MAX,           "bad_day"   },
        {&award__moment__descriptor, 0,                    "bad_moment"}, // 1970
        {&award__moment__descriptor, UINT64_MAX,           "bad_moment"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct raw raw = {.size = 0};
        raw_tag(&raw, 1, 0);
        raw_varint(&raw, rows[i].zigzag);
        if (rows[i].code == NULL) {
            (void)unpack(rows[i].descriptor, &raw);
        } else {
            assert_refused(rows[i].descriptor, &raw, rows[i].code, "");
        }
    }
}

Test(codec, a_value_without_its_number_is_refused)
{
    struct raw empty = {.size = 0};
    assert_refused(&award__day__descriptor, &empty, "bad_day", "");
    assert_refused(&award__moment__descriptor, &empty, "bad_moment", "");
    assert_refused(&award__points__descriptor, &empty, "bad_points", "");
    assert_refused(&award__fraction__descriptor, &empty, "bad_fraction", "");
}

Test(codec, a_fraction_has_a_denominator_above_zero)
{
    static const struct {
        int64_t denominator;
        bool admitted;
    } rows[] = {
        {1,  true },
        {0,  false},
        {-1, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__Fraction fraction = AWARD__FRACTION__INIT;
        struct codec_error error = {NULL, NULL, NULL};
        fraction.has_numerator = fraction.has_denominator = 1;
        fraction.denominator = rows[i].denominator;
        cr_assert_eq(codec_check(&fraction.base, arena, &error), rows[i].admitted, "row %zu", i);
    }
}

Test(codec, a_built_message_is_checked_as_well)
{
    Award__Event sent = AWARD__EVENT__INIT;
    Award__ClockSet clock = AWARD__CLOCK_SET__INIT;
    Award__Moment moment = AWARD__MOMENT__INIT;
    struct codec_error error = {NULL, NULL, NULL};
    sent.body_case = AWARD__EVENT__BODY_CLOCK_SET;
    sent.clock_set = &clock;
    clock.moment = &moment;
    moment.has_ms = 1;
    moment.ms = day_start(17000);
    cr_assert(codec_check(&sent.base, arena, &error));
    moment.ms = -1;
    cr_assert_not(codec_check(&sent.base, arena, &error));
    cr_assert_str_eq(error.code, "bad_moment");
    cr_assert_not_null(strstr(error.en, "clock_set.moment"));
    sent.id = arena_string(arena, "\xFF");
    cr_assert_not(codec_check(&sent.base, arena, &error));
    cr_assert_str_eq(error.code, "bad_utf8");
}

// ---- Damage

Test(codec, own_bytes_are_read_and_damage_gives_nothing)
{
    Award__Suggestion suggestion = AWARD__SUGGESTION__INIT;
    suggestion.text = arena_string(arena, "建议");
    struct bytes bytes = codec_pack(&suggestion.base, arena);
    const ProtobufCMessageDescriptor *descriptor = suggestion.base.descriptor;
    cr_assert_not_null(codec_unpack_trusted(descriptor, bytes, arena));
    bytes.size--;
    cr_assert_null(codec_unpack_trusted(descriptor, bytes, arena));
}

// Tags of the fields, small numbers and letters: dense enough to hit whole messages often. 0xFF may
// begin a number that is longer than it need be, which packing shortens.
Test(codec, random_bytes_never_crash_and_what_is_taken_goes_round)
{
    static const uint8_t alphabet[] = {0x08, 0x12, 0x18, 0x22, 0x2A, 0, 1, 2, 3, 4, 'a', 0xFF};
    uint64_t seed = 20181008;
    unsigned taken = 0;
    for (int round = 0; round < 100000; round++) {
        struct raw raw = {.size = 0};
        for (int i = 0; i < round % 12; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            raw.data[raw.size++] = alphabet[(seed >> 33) % sizeof(alphabet)];
        }
        struct codec_error error = {NULL, NULL, NULL};
        ProtobufCMessage *message = codec_unpack(&award__material__descriptor,
                                                 (struct bytes){raw.data, raw.size}, arena, &error);
        cr_assert_eq(message == NULL, error.code != NULL);
        if (message != NULL && memchr(raw.data, 0xFF, raw.size) == NULL) {
            cr_assert_eq(codec_pack(message, arena).size, raw.size); // nothing cut or merged
            taken += raw.size > 0;
        }
        arena_reset(arena);
    }
    cr_assert_gt(taken, 1000, "only %u were taken", taken);
}
