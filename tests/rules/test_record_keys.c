// Keys of records: each kind's parts in their order, and texts that are too long to name one.
#include "rules/record.h"
#include "rules/view.h"

#include <criterion/criterion.h>
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

TestSuite(record_keys, .init = setup, .fini = teardown);

// Readable: "|" for a zero byte, small numbers as ^1.
static const char *readable(struct bytes key)
{
    const char *text = "";
    for (size_t i = 0; i < key.size; i++) {
        unsigned byte = key.data[i];
        text = byte == 0   ? arena_format(arena, "%s|", text)
               : byte < 32 ? arena_format(arena, "%s^%u", text, byte)
                           : arena_format(arena, "%s%c", text, (int)byte);
    }
    return text;
}

static Award__Change *change_from(const char *json)
{
    struct codec_error error;
    ProtobufCMessage *change =
        codec_from_json(&award__change__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(change, "%s: %s", json, error.en);
    return (Award__Change *)change;
}

// clang-format off
static const struct {
    const char *name;
    const char *fields; // with ' for "
    const char *key;    // behind the kind
} kinds[] = {
    {"city",          "'name':'x'",                                                  ""},
    {"clock",         "'now':'2018-01-02T09:00:00+08:00'",                           ""},
    {"principal",     "'name':'p'",                                                  "p|"},
    {"key",           "'public_key':'k','principal':'p'",                            "k|"},
    {"rulebook",      "'digest':'d','text':'t'",                                     "d|"},
    {"alert_policy",  "'digest':'d'",                                                ""},
    {"calendar_year", "'year':5",                                                    "|||^5"},
    {"enterprise",    "'enterprise':'e','name':'n'",                                 "e|"},
    {"reviewer",      "'person':'r'",                                                "r|"},
    {"cycle",         "'cycle':'c'",                                                 "c|"},
    {"case",          "'case':'k','cycle':'c','enterprise':'e'",                     "k|"},
    {"team",          "'team':'t','cycle':'c'",                                      "t|"},
    {"sheet",         "'case':'k','kind':'consensus','person':'r'",                  "k||||^2r|"},
    {"objection",     "'objection':'o','case':'k'",                                  "o|"},
    {"incident",      "'incident':'i','enterprise':'e'",                             "i|"},
    {"revocation",    "'revocation':'r','case':'k'",                                 "r|"},
    {"deadline",      "'deadline':'d','subject':'s'",                                "d|"},
    {"due",           "'moment':'2018-01-02T09:00:00+08:00','kind':'alert','subject':'s','step':6", NULL},
    {"task",          "'task':'t','subject':'s'",                                    "t|"},
    {"alert",         "'alert':'a','recipient':'r'",                                 "r|a|"},
    {"message",       "'message':'m','recipient':'r'",                               "m|"},
    {"pending",       "'waits_for':'w','subject':'s'",                               "w|s|"},
    {"selection",     "'cycle':'c'",                                                 "c|"},
    {"meeting",       "'cycle':'c','meeting':'m'",                                   "c|m|"},
    {"serial",        "'kind':'certificate','number':'n','case':'k'",                "|||^2n|"},
    {"duty",          "'case':'k','kind':'self_evaluation','subject':'s'",           "k||||^2s|"},
    {"note",          "'subject':'s','note':'n'",                                    "s|n|"},
    {"draw",          "'cycle':'c','ordinal':7",                                     "c||||^7"},
    {"correction",    "'original':'o','correction':'c'",                             "o|c|"},
};
// clang-format on

Test(record_keys, each_kind_has_its_name_and_the_parts_of_its_key)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        char *json = arena_format(arena, "{'%s':{%s}}", kinds[i].name, kinds[i].fields);
        for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
            *at = '"';
        }
        const Award__Change *change = change_from(json);
        cr_expect_str_eq(record_name(change->record_case), kinds[i].name);
        cr_expect_eq(record_descriptor(change->record_case), change->city->base.descriptor, "%s",
                     kinds[i].name);
        struct bytes key = record_key_of(change, arena);
        cr_assert_gt(key.size, 0, "%s", kinds[i].name);
        cr_expect_eq(key.data[0], (unsigned)change->record_case, "%s", kinds[i].name);
        if (kinds[i].key != NULL) {
            struct bytes parts = {key.data + 1, key.size - 1};
            cr_expect_str_eq(readable(parts), kinds[i].key, "%s", kinds[i].name);
        }
        cr_expect_eq(record_of(change), &change->city->base);
    }
    cr_expect_null(record_name(AWARD__CHANGE__RECORD__NOT_SET));
    cr_expect_null(record_name((Award__Change__RecordCase)RECORD_KINDS));
    cr_expect_null(record_descriptor(AWARD__CHANGE__RECORD_REMOVED));
}

Test(record_keys, a_row_of_the_index_is_named_by_its_moment_its_kind_its_subject_and_its_step)
{
    static const uint8_t expected[] = {27, 0x80, 0, 0,   0, 0, 0, 0, 1, 0,
                                       0,  0,    3, 's', 0, 0, 0, 0, 6};
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_DUE, (int64_t)1, 3, "s", 6);
    cr_assert_eq(key.size, sizeof(expected));
    cr_expect_eq(memcmp(key.data, expected, sizeof(expected)), 0);
    struct bytes before = record_key(arena, AWARD__CHANGE__RECORD_DUE, (int64_t)-1, 3, "s", 6);
    cr_expect_lt(memcmp(before.data, key.data, key.size), 0);
    struct bytes later =
        record_key(arena, AWARD__CHANGE__RECORD_DUE, INT64_C(1514854800000), 3, "s", 6);
    struct bytes of =
        record_key_of(change_from("{\"due\":{\"moment\":\"2018-01-02T09:00:00+08:00\",\"kind\":"
                                  "\"alert\",\"subject\":\"s\",\"step\":6}}"),
                      arena);
    cr_assert_eq(of.size, later.size);
    cr_expect_eq(memcmp(of.data, later.data, later.size), 0);
}

Test(record_keys, a_prefix_has_the_parts_that_are_named)
{
    static const size_t sizes[] = {1, 3, 7, 9, 9};
    for (int parts = 0; parts <= 4; parts++) {
        struct bytes prefix = record_prefix(arena, AWARD__CHANGE__RECORD_SHEET, parts, "k", 2, "r");
        cr_expect_eq(prefix.size, sizes[parts], "%d", parts);
    }
}

static const char *long_text(size_t length)
{
    char *text = arena_alloc(arena, length + 1);
    memset(text, 'x', length);
    text[length] = '\0';
    return text;
}

Test(record_keys, a_key_of_511_bytes_is_one_and_a_longer_one_is_none)
{
    const size_t text_max = VIEW_KEY_BYTES_MAX - 2; // the kind and the end of the text
    const size_t with_number = text_max - 4;
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_PRINCIPAL, long_text(text_max)).size,
                 VIEW_KEY_BYTES_MAX);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_PRINCIPAL, long_text(text_max + 1)).size,
                 0);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_DRAW, long_text(with_number), 1).size,
                 VIEW_KEY_BYTES_MAX);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_DRAW, long_text(with_number + 1), 1).size,
                 0);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_DRAW, long_text(text_max + 1), 1).size, 0);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_NOTE, long_text(text_max + 1), "n").size,
                 0);
    cr_expect_eq(record_key(arena, AWARD__CHANGE__RECORD_NOTE, long_text(text_max), "n").size, 0);
}

Test(record_keys, a_change_of_no_kind_or_with_an_overlong_name_folds_into_nothing)
{
    struct bytes key;
    struct bytes value;
    const Award__Change none = AWARD__CHANGE__INIT;
    cr_expect_not(record_fold(&none, arena, &key, &value));
    cr_expect_null(record_of(&none));
    Award__Change *change = change_from("{\"principal\":{}}");
    cr_expect(record_fold(change, arena, &key, &value));
    cr_expect_eq(key.size, 2);
    change->principal->name = arena_string(arena, long_text(VIEW_KEY_BYTES_MAX));
    cr_expect_not(record_fold(change, arena, &key, &value));
    Award__Removed removed = AWARD__REMOVED__INIT;
    uint8_t bytes[] = {12, 'p', 0};
    removed.key.data = bytes;
    removed.key.len = sizeof(bytes);
    Award__Change removal = AWARD__CHANGE__INIT;
    removal.record_case = AWARD__CHANGE__RECORD_REMOVED;
    removal.removed = &removed;
    cr_expect(record_fold(&removal, arena, &key, &value));
    cr_expect_eq(key.size, 3);
    cr_expect_eq(value.size, 0);
    cr_expect_null(record_of(&removal));
}
