// JSON: the mapping, what is refused and where, and that events of many kinds go round.
#include "common/codec.h"
#include "common/limits.h"

#include "entry.pb-c.h"
#include "envelope.pb-c.h"
#include "event.pb-c.h"

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

TestSuite(codec_json, .init = setup, .fini = teardown);

static const ProtobufCMessageDescriptor *const event = &award__event__descriptor;

static ProtobufCMessage *read_json(const ProtobufCMessageDescriptor *descriptor, const char *json)
{
    struct codec_error error = {NULL, NULL, NULL};
    ProtobufCMessage *message = codec_from_json(descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s: %s", json, error.en);
    return message;
}

static void assert_written(const ProtobufCMessageDescriptor *descriptor, const char *json,
                           const char *wanted)
{
    char *written = codec_to_json(read_json(descriptor, json), CODEC_JSON_LINE, arena);
    cr_assert_str_eq(written, wanted, "%s and not %s", written, wanted);
}

static struct codec_error refused(const ProtobufCMessageDescriptor *descriptor, const char *json,
                                  size_t length)
{
    struct codec_error error = {NULL, NULL, NULL};
    cr_assert_null(codec_from_json(descriptor, json, length, arena, &error), "%s was taken", json);
    cr_assert_not_null(error.code);
    cr_assert_not_null(error.zh);
    cr_assert_not_null(error.en);
    return error;
}

static void assert_refused(const ProtobufCMessageDescriptor *descriptor, const char *json,
                           const char *code, const char *path)
{
    struct codec_error error = refused(descriptor, json, strlen(json));
    cr_assert_str_eq(error.code, code, "%s: %s and not %s", json, error.en, code);
    cr_assert_not_null(strstr(error.en, path), "%s does not name %s", error.en, path);
}

// ---- Round trips

static const char *const lines[] = {
    "{}",
    "{\"principal\":\"管理员\",\"id\":\"p1\",\"principal_enrolled\":{\"name\":\"yuzhong\","
    "\"role\":\"district_bureau\",\"scope\":\"500103\",\"full_name\":\"渝中区市场监管局\"}}",
    "{\"id\":\"k1\",\"key_enrolled\":{\"name\":\"office\","
    "\"public_key\":\"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\"}}",
    "{\"id\":\"c1\",\"countersigned\":{\"event\":{\"principal\":\"管理员\",\"id\":\"p1\"}}}",
    "{\"id\":\"r1\",\"rulebook_loaded\":{\"text\":\"name: 重庆\\n\\t\\\"x\\\" \\\\ "
    "/\\u0001\\u007f\","
    "\"digest\":\"ab\"}}",
    "{\"id\":\"cal\",\"calendar_loaded\":{\"year\":2018,\"exceptions\":[{\"on\":\"2017-12-30\","
    "\"working\":false,\"name\":\"元旦\"},{\"on\":\"2018-02-11\",\"working\":true}],"
    "\"source\":\"国办发明电〔2017〕12号\"}}",
    "{\"id\":\"clock\",\"clock_set\":{\"moment\":\"2018-10-08T09:00:00+08:00\"}}",
    "{\"id\":\"e1\",\"enterprise_registered\":{\"enterprise\":\"9150000020286320X6\","
    "\"name\":\"嘉陵机械\",\"region\":\"500103\",\"district\":\"500103\",\"industry\":\"C36\","
    "\"legal_person\":true,\"operating_since\":\"1951-01-01\"}}",
    "{\"id\":\"er\",\"earlier_record\":{\"enterprise\":\"x\",\"revocation\":\"nomination\","
    "\"on\":\"2013-06-01\",\"proof\":\"\"}}",
    "{\"id\":\"s1\",\"sampling_recorded\":{\"incident\":\"i\",\"enterprise\":\"x\","
    "\"on\":\"2016-02-29\",\"serious\":true,\"level\":\"municipal\"}}",
    "{\"id\":\"cy\",\"cycle_opened\":{\"cycle\":\"2018\",\"notice\":[{\"medium\":\"重庆日报\","
    "\"on\":\"2018-03-01\",\"digest\":\"00\"},{\"medium\":\"网站\",\"on\":\"2018-03-02\"}],"
    "\"closing\":\"2018-04-30T23:59:59.999+08:00\",\"units\":[\"质监局\",\"发改委\"],"
    "\"chair\":\"副市长\"}}",
    "{\"principal\":\"嘉陵\",\"id\":\"a1\",\"expected_version\":\"18446744073709551615\","
    "\"at\":\"2018-04-01T10:00:00+08:00\",\"application_submitted\":{\"cycle\":\"2018\","
    "\"enterprise\":\"x\",\"materials\":[{\"kind\":\"organisation_profile\",\"digest\":\"aa\","
    "\"characters\":3000},{\"kind\":\"evidence\",\"issuer\":\"海关\"}]}}",
    "{\"id\":\"cv\",\"conditions_verified\":{\"case\":\"2018/x/1\",\"findings\":["
    "{\"condition\":\"11(1)\",\"met\":true,\"on\":\"2018-04-02\"},{\"condition\":\"12(1)\","
    "\"met\":false}]}}",
    "{\"id\":\"is\",\"independent_sheet\":{\"case\":\"2018/x/1\",\"scores\":[{\"item\":\"4.1\","
    "\"points\":\"85.50\",\"remark\":\"好\"},{\"item\":\"4.2\",\"points\":\"0.05\"}]}}",
    "{\"id\":\"rk\",\"task\":\"rank:2018:1\",\"ranking_computed\":{\"cycle\":\"2018\",\"pools\":["
    "{\"kind\":\"award\",\"ranked\":[{\"case\":\"2018/x/1\",\"document\":\"520.00\","
    "\"defence\":{\"numerator\":\"64003\",\"denominator\":\"800\"},\"rank\":1,"
    "\"candidate\":true}],\"vacant\":4}]}}",
    "{\"id\":\"gc\",\"grounds_checked\":{\"case\":\"c\",\"grounds\":[\"serious_quality\","
    "\"major_accident\"]}}",
    "{\"id\":\"se\",\"self_evaluation_submitted\":{\"case\":\"c\",\"year\":2019}}",
    "{\"id\":\"cc\",\"cycle_closed\":{}}",
};

Test(codec_json, events_of_many_kinds_go_round_byte_for_byte)
{
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct codec_error error = {NULL, NULL, NULL};
        ProtobufCMessage *message = read_json(event, lines[i]);
        char *json = codec_to_json(message, CODEC_JSON_LINE, arena);
        cr_assert_str_eq(json, lines[i], "%s and not %s", json, lines[i]);

        struct bytes bytes = codec_pack(message, arena);
        ProtobufCMessage *unpacked = codec_unpack(event, bytes, arena, &error);
        cr_assert_not_null(unpacked, "%s: %s", lines[i], error.en);
        cr_assert_str_eq(codec_to_json(unpacked, CODEC_JSON_LINE, arena), lines[i]);

        struct bytes again = codec_pack(unpacked, arena);
        cr_assert_eq(again.size, bytes.size);
        cr_assert_eq(memcmp(again.data, bytes.data, bytes.size), 0, "%s", lines[i]);
    }
}

Test(codec_json, pretty_json_reads_back_to_the_same_bytes)
{
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        ProtobufCMessage *message = read_json(event, lines[i]);
        char *pretty = codec_to_json(message, CODEC_JSON_PRETTY, arena);
        assert_written(event, pretty, lines[i]);
    }
}

Test(codec_json, pretty_json_is_indented_by_two)
{
    ProtobufCMessage *message =
        read_json(event, "{\"id\":\"g\",\"grounds_checked\":{\"grounds\":[1,2]}}");
    cr_assert_str_eq(codec_to_json(message, CODEC_JSON_PRETTY, arena),
                     "{\n"
                     "  \"id\": \"g\",\n"
                     "  \"grounds_checked\": {\n"
                     "    \"grounds\": [\n"
                     "      \"misrepresentation\",\n"
                     "      \"serious_quality\"\n"
                     "    ]\n"
                     "  }\n"
                     "}");
    ProtobufCMessage *empty = read_json(event, "{\"cycle_closed\":{}}");
    cr_assert_str_eq(codec_to_json(empty, CODEC_JSON_PRETTY, arena),
                     "{\n  \"cycle_closed\": {}\n}");
}

// ---- The mapping

Test(codec_json, fields_are_written_in_the_order_of_their_numbers)
{
    assert_written(event,
                   "{\"cycle_closed\":{\"cycle\":\"2018\"},\"id\":\"a\",\"principal\":\"b\"}",
                   "{\"principal\":\"b\",\"id\":\"a\",\"cycle_closed\":{\"cycle\":\"2018\"}}");
}

Test(codec_json, lower_camel_case_is_read)
{
    assert_written(event, "{\"expectedVersion\":7,\"cycleClosed\":{}}",
                   "{\"expected_version\":\"7\",\"cycle_closed\":{}}");
    assert_refused(event, "{\"ExpectedVersion\":7}", "unknown_field", "ExpectedVersion");
    assert_refused(event, "{\"expectedversion\":7}", "unknown_field", "expectedversion");
}

Test(codec_json, both_spellings_of_a_field_are_one_field)
{
    assert_refused(event, "{\"expectedVersion\":7,\"expected_version\":7}", "duplicate_field",
                   "expected_version");
    assert_refused(event, "{\"expected_version\":7,\"expectedVersion\":7}", "duplicate_field",
                   "expected_version");
}

Test(codec_json, null_is_absent)
{
    assert_written(event, "{\"id\":null,\"clock_set\":null,\"cycle_closed\":{\"cycle\":null}}",
                   "{\"cycle_closed\":{}}");
    assert_refused(event, "{\"team_drawn\":{\"teams\":[{\"cases\":[null]}]}}", "wrong_type",
                   "team_drawn.teams[0].cases[0]");
}

Test(codec_json, integers_are_read_as_numbers_and_as_strings)
{
    assert_written(event, "{\"expected_version\":9223372036854775807}",
                   "{\"expected_version\":\"9223372036854775807\"}");
    assert_written(&award__material__descriptor, "{\"characters\":\"3000\"}",
                   "{\"characters\":3000}");
    assert_written(&award__fraction__descriptor,
                   "{\"numerator\":\"-9223372036854775808\",\"denominator\":1}",
                   "{\"numerator\":\"-9223372036854775808\",\"denominator\":\"1\"}");
}

Test(codec_json, integers_out_of_range_are_refused)
{
    static const char *const bad[] = {
        "{\"characters\":4294967296}",
        "{\"characters\":-1}",
        "{\"characters\":\"-1\"}",
        "{\"characters\":\"18446744073709551616\"}",
        "{\"characters\":\"99999999999999999999999999\"}",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_refused(&award__material__descriptor, bad[i], "out_of_range", "characters");
    }
    assert_refused(event, "{\"expected_version\":\"18446744073709551616\"}", "out_of_range",
                   "expected_version");
    assert_refused(event, "{\"expected_version\":18446744073709551615}", "out_of_range", "line 1");
    assert_refused(event, "{\"expected_version\":1e999}", "out_of_range", "line 1");
}

Test(codec_json, other_numbers_are_the_wrong_type)
{
    static const char *const bad[] = {
        "{\"characters\":1.0}",    "{\"characters\":1e3}",   "{\"characters\":true}",
        "{\"characters\":\"\"}",   "{\"characters\":\"-\"}", "{\"characters\":\"+1\"}",
        "{\"characters\":\"1 \"}", "{\"characters\":[1]}",   "{\"characters\":\"1.0\"}",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_refused(&award__material__descriptor, bad[i], "wrong_type", "characters");
    }
}

Test(codec_json, enumerations_are_names_or_known_numbers)
{
    assert_written(&award__material__descriptor, "{\"kind\":4}", "{\"kind\":\"evidence\"}");
    assert_refused(&award__material__descriptor, "{\"kind\":5}", "unknown_value", "kind");
    assert_refused(&award__material__descriptor, "{\"kind\":4294967297}", "unknown_value", "kind");
    assert_refused(&award__material__descriptor, "{\"kind\":\"form\"}", "unknown_value",
                   "application_form, organisation_profile");
    assert_refused(&award__material__descriptor, "{\"kind\":true}", "wrong_type", "kind");
}

Test(codec_json, bytes_are_base64)
{
    assert_written(&award__feed_item__descriptor, "{\"chain\":\"AAEC/w==\"}",
                   "{\"chain\":\"AAEC/w==\"}");
    assert_written(&award__feed_item__descriptor, "{\"chain\":\"\"}", "{\"chain\":\"\"}");
    static const char *const bad[] = {"A", "AAEC/w", "AAEC_w==", "AA EC", "AAEC/w==="};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_refused(&award__feed_item__descriptor,
                       arena_format(arena, "{\"chain\":\"%s\"}", bad[i]), "bad_base64", "chain");
    }
}

Test(codec_json, days_and_moments_are_strings)
{
    assert_refused(event, "{\"mayor_signed\":{\"on\":\"2018-02-30\"}}", "bad_day",
                   "mayor_signed.on");
    assert_refused(event, "{\"mayor_signed\":{\"on\":20181008}}", "wrong_type", "mayor_signed.on");
    assert_refused(event, "{\"mayor_signed\":{\"on\":{\"number\":17000}}}", "wrong_type",
                   "mayor_signed.on");
    assert_refused(event, "{\"at\":\"2018-10-08\"}", "bad_moment", "at");
    assert_written(event, "{\"at\":\"2018-10-08T01:00:00Z\"}",
                   "{\"at\":\"2018-10-08T09:00:00+08:00\"}");
}

Test(codec_json, points_are_strings_or_whole_numbers)
{
    assert_written(&award__score__descriptor, "{\"points\":85}", "{\"points\":\"85.00\"}");
    assert_written(&award__score__descriptor, "{\"points\":\"85.5\"}", "{\"points\":\"85.50\"}");
    assert_refused(&award__score__descriptor, "{\"points\":85.5}", "wrong_type",
                   "write it as a string");
    assert_refused(&award__score__descriptor, "{\"points\":-1}", "bad_points", "points");
    assert_refused(&award__score__descriptor, "{\"points\":10000000}", "bad_points", "points");
    assert_refused(&award__score__descriptor, "{\"points\":\"85.555\"}", "bad_points", "points");
}

// F-sheet-2, decision 11
Test(codec_json, points_as_text_are_exact)
{
    static const struct {
        const char *text;
        int64_t hundredths; // -1: refused
    } rows[] = {
        {"0",          0        },
        {"85",         8500     },
        {"85.5",       8550     },
        {"85.05",      8505     },
        {"0.01",       1        },
        {"007",        700      },
        {"9999999.99", 999999999},
        {"10000000",   -1       },
        {"",           -1       },
        {".",          -1       },
        {".5",         -1       },
        {"5.",         -1       },
        {"5.555",      -1       },
        {"-1",         -1       },
        {"+1",         -1       },
        {"1e2",        -1       },
        {"1,5",        -1       },
        {" 1",         -1       },
        {"1 ",         -1       },
        {"1.5 ",       -1       },
        {"1.x",        -1       },
        {"１",        -1       },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t hundredths = -2;
        bool taken = codec_points_parse(rows[i].text, strlen(rows[i].text), &hundredths);
        cr_assert_eq(taken, rows[i].hundredths >= 0, "\"%s\"", rows[i].text);
        cr_assert(!taken || hundredths == rows[i].hundredths, "\"%s\" is %ld", rows[i].text,
                  (long)hundredths);
    }
    cr_assert_str_eq(codec_points_format(8505, arena), "85.05");
    cr_assert_str_eq(codec_points_format(0, arena), "0.00");
}

// ---- What is refused

Test(codec_json, unknown_fields_are_named_with_their_path)
{
    assert_refused(event, "{\"foo\":1}", "unknown_field", "foo");
    assert_refused(event, "{\"application_submitted\":{\"materials\":[{},{\"size\":1}]}}",
                   "unknown_field", "application_submitted.materials[1].size");
    assert_refused(event, "{\"foo\":null}", "unknown_field", "foo");
}

Test(codec_json, a_hostile_key_does_not_spoil_the_sentence)
{
    char *key = arena_alloc(arena, 5001);
    memset(key, 'k', 5000);
    char *json = arena_format(arena, "{\"a\\nb%s\":1}", key);
    struct codec_error error = refused(event, json, strlen(json));
    cr_assert_str_eq(error.code, "unknown_field");
    cr_assert_lt(strlen(error.en), 300);
    cr_assert_null(strchr(error.en, '\n'));
}

Test(codec_json, wrong_types_are_named_with_their_path)
{
    assert_refused(event, "{\"id\":1}", "wrong_type", "id");
    assert_refused(event, "{\"cycle_closed\":[]}", "wrong_type", "cycle_closed");
    assert_refused(event, "{\"cycle_closed\":\"2018\"}", "wrong_type", "cycle_closed");
    assert_refused(event, "{\"team_drawn\":{\"teams\":[{\"cases\":\"c\"}]}}", "wrong_type",
                   "team_drawn.teams[0].cases");
    assert_refused(event, "{\"team_drawn\":{\"teams\":[{\"cases\":[[\"c\"]]}]}}", "wrong_type",
                   "team_drawn.teams[0].cases[0]");
    assert_refused(event, "{\"enterprise_registered\":{\"legal_person\":1}}", "wrong_type",
                   "enterprise_registered.legal_person");
    assert_refused(event, "{\"enterprise_registered\":{\"legal_person\":\"true\"}}", "wrong_type",
                   "enterprise_registered.legal_person");
    assert_refused(event, "[]", "wrong_type", "The message");
}

Test(codec_json, two_members_of_a_oneof_are_refused)
{
    assert_refused(event, "{\"cycle_closed\":{},\"mayor_signed\":{}}", "two_members",
                   "mayor_signed");
    assert_refused(&award__earlier_record__descriptor,
                   "{\"honour\":\"award\",\"violation\":\"other\"}", "two_members", "violation");
}

Test(codec_json, keys_given_twice_are_refused)
{
    assert_refused(event, "{\"id\":\"a\",\"id\":\"b\"}", "duplicate_field", "line 1");
}

Test(codec_json, what_is_not_json_is_refused_with_line_and_column)
{
    assert_refused(event, "", "bad_json", "line 1");
    assert_refused(event, "{", "bad_json", "line 1");
    assert_refused(event, "{}x", "bad_json", "line 1");
    assert_refused(event, "{} {}", "bad_json", "line 1");
    assert_refused(event, "{'id':1}", "bad_json", "line 1");
    assert_refused(event, "{\"id\":\"a\",}", "bad_json", "line 1, column 11");
    assert_refused(event, "{\n\"id\":\n oops}", "bad_json", "line 3, column 5");
    assert_refused(event, "\"text\"", "bad_json", "line 1");
}

Test(codec_json, bad_text_is_refused)
{
    assert_refused(event, "{\"id\":\"\xFF\"}", "bad_utf8", "line 1");
    assert_refused(event, "{\"id\":\"a\\u0000b\"}", "zero_byte", "line 1");
    assert_refused(event, "{\"id\":\"\\ud800\"}", "bad_json", "line 1");
    struct codec_error error = refused(event, "{\"id\":\"a\0b\"}", 12);
    cr_assert_str_eq(error.code, "bad_json");
}

Test(codec_json, lists_and_texts_have_their_bounds)
{
    char *list = arena_string(arena, "\"x\"");
    for (int i = 1; i < 1024; i *= 2) {
        list = arena_format(arena, "%s,%s", list, list);
    }
    assert_refused(event,
                   arena_format(arena, "{\"team_drawn\":{\"teams\":[{\"cases\":[%s]}]}}", list),
                   "list_too_long", "team_drawn.teams[0].cases");
    char *text = arena_alloc(arena, LIMIT_TEXT_BYTES + 2);
    memset(text, 'x', LIMIT_TEXT_BYTES + 1);
    assert_refused(event, arena_format(arena, "{\"suggestion\":{\"text\":\"%s\"}}", text),
                   "text_too_long", "suggestion.text");
}

Test(codec_json, a_line_over_the_limit_is_refused)
{
    char *text = arena_alloc(arena, LIMIT_LINE_BYTES + 2);
    memset(text, ' ', LIMIT_LINE_BYTES + 1);
    text[0] = '{';
    text[LIMIT_LINE_BYTES] = '}';
    assert_refused(event, text, "too_large", "1048577");
}

Test(codec_json, errors_say_what_to_do_in_both_languages)
{
    struct codec_error error = refused(event, "{\"foo\":1}", 9);
    cr_assert_str_eq(error.zh, "字段 foo 不是已知字段；请检查字段名，或更新程序。");
    cr_assert_str_eq(error.en,
                     "Field foo is not a known field; check its name, or update the program.");
}

// ---- Writing

Test(codec_json, a_damaged_day_is_written_as_null)
{
    Award__MayorSigned signed_ = AWARD__MAYOR_SIGNED__INIT;
    Award__Day day = AWARD__DAY__INIT;
    signed_.on = &day;
    cr_assert_str_eq(codec_to_json(&signed_.base, CODEC_JSON_LINE, arena), "{\"on\":null}");
}

Test(codec_json, a_value_of_a_later_version_is_written_as_its_number)
{
    Award__Material material = AWARD__MATERIAL__INIT;
    material.has_kind = 1;
    material.kind = (Award__Material__Kind)77;
    cr_assert_str_eq(codec_to_json(&material.base, CODEC_JSON_LINE, arena), "{\"kind\":77}");
}

Test(codec_json, a_long_message_is_written_whole)
{
    char *item = arena_string(arena, "{\"item\":\"4.1\",\"points\":\"85.50\"}");
    for (int i = 1; i < 512; i *= 2) {
        item = arena_format(arena, "%s,%s", item, item);
    }
    char *json = arena_format(arena, "{\"independent_sheet\":{\"scores\":[%s]}}", item);
    assert_written(event, json, json);
}
