// admission - materials, findings, receipts and identifiers, tried one after the other
//
// What each is answered stands in tests/rules/transcripts/admission.
#include "tests/rules/applying.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEX_63 "f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1"
#define PROFILE APPLYING_PROFILE("3000")
#define REPORT APPLYING_REPORT("60000")
#define BESIDE PROFILE "," REPORT "," APPLYING_FORM
#define PROOF(more) "{\"kind\":\"evidence\",\"digest\":\"" APPLYING_DIGEST "\"" more "}"

// 13(2), 13(3), 13(4), 14, decision 21
Test(admission, materials_are_tried_one_by_one)
{
    static const char *const materials[] = {
        BESIDE ",{\"kind\":\"evidence\",\"digest\":\"" HEX_63 "\",\"issuer\":\"a\"}",
        BESIDE ",{\"kind\":\"evidence\",\"digest\":\"" HEX_63 "ff\",\"issuer\":\"a\"}",
        BESIDE ",{\"kind\":\"evidence\",\"digest\":\"" HEX_63 "g\",\"issuer\":\"a\"}",
        BESIDE ",{\"kind\":\"evidence\",\"issuer\":\"a\"}",
        BESIDE ",{\"digest\":\"" APPLYING_DIGEST "\",\"issuer\":\"a\"}",
        PROFILE "," PROOF(",\"issuer\":\"a\""),
        REPORT "," PROOF(",\"issuer\":\"a\""),
        APPLYING_FORM "," APPLYING_FORM,
        PROFILE "," PROFILE,
        REPORT "," REPORT,
        "{\"kind\":\"organisation_profile\",\"digest\":\"" APPLYING_DIGEST "\"}",
        "{\"kind\":\"self_evaluation_report\",\"digest\":\"" APPLYING_DIGEST "\"}",
        BESIDE "," PROOF(""),
        BESIDE "," PROOF(",\"title\":\"专利\",\"issuer\":\" \""),
        APPLYING_FORM "," APPLYING_PROFILE("3001") "," APPLYING_REPORT("60001"),
        BESIDE "," PROOF(",\"issuer\":\"a\"") "," PROOF(",\"issuer\":\"b\",\"characters\":99999"),
        BESIDE ",{\"kind\":\"evidence\",\"digest\":\"" HEX_63 "F\",\"issuer\":\"a\"}",
    };
    struct world *world = world_create();
    applying_register(world, WORLD_ENTERPRISE);
    applying_open(world);
    for (size_t i = 0; i < sizeof(materials) / sizeof(materials[0]); i++) {
        (void)applying_send(world, WORLD_ENTERPRISE, materials[i]);
    }
    world_transcript(world, "admission/materials_are_tried_one_by_one");
    world_destroy(world);
}

#define SUPPLEMENT(material)                                                                       \
    "{\"material_supplemented\":{\"case\":\"" APPLYING_CASE "\",\"material\":" material            \
    ",\"reason\":\"更正\"}}"

// 13(2), 13(3), 14
Test(admission, supplements_are_tried_one_by_one)
{
    static const struct sent all[] = {
        {"ent-a", SUPPLEMENT("{\"kind\":\"evidence\",\"digest\":\"1\"}")                      },
        {"ent-a", SUPPLEMENT(PROOF(""))                                                       },
        {"ent-a", SUPPLEMENT(PROFILE)                                                         },
        {"ent-a", SUPPLEMENT(APPLYING_PROFILE("3001"))                                        },
        {"ent-a", SUPPLEMENT(REPORT)                                                          },
        {"ent-a", SUPPLEMENT(APPLYING_REPORT("60001"))                                        },
        {"ent-a", SUPPLEMENT(PROOF(",\"issuer\":\"市科委\",\"title\":\"市场占有率\""))},
        {"ent-a", SUPPLEMENT(PROOF(",\"issuer\":\"市科委\",\"title\":\"专利\""))         },
        {"ent-a", SUPPLEMENT(PROOF(",\"issuer\":\"市科委\""))                              },
        {"ent-a", SUPPLEMENT(PROOF(",\"issuer\":\"市科委\",\"title\":\" \""))              },
        {NULL,    "2018-04-28T18:00:00+08:00"                                                 },
        {"ent-a", SUPPLEMENT(APPLYING_FORM)                                                   },
        {NULL,    "2018-04-28T18:00:00.001+08:00"                                             },
        {"ent-a", SUPPLEMENT(APPLYING_FORM)                                                   },
    };
    struct world *world = world_create();
    applying_to_applied(world);
    world_transcript_begin(world);
    SEND_ALL(world, all);
    world_transcript(world, "admission/supplements_are_tried_one_by_one");
    world_destroy(world);
}

#define FORM(more)                                                                                 \
    "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE            \
    "\",\"materials\":[" APPLYING_MATERIALS "]" more "}}"
#define PAPER(cycle, enterprise, moment)                                                           \
    "{\"paper_received\":{\"cycle\":\"" cycle "\",\"enterprise\":\"" enterprise                    \
    "\",\"received\":\"" moment "\"}}"
#define WITHDRAW(ordinal)                                                                          \
    "{\"application_withdrawn\":{\"case\":\"2018/" WORLD_ENTERPRISE "/" ordinal                    \
    "\",\"reason\":\"重组\"}}"

// F-closing-1, F-closing-2, decision 15, decision 21; 16(2)
Test(admission, receipts_come_in_either_order_and_until_closing)
{
    static const struct sent all[] = {
        {"ent-a",                                                        FORM("")},
        {"ent-a",                                                        FORM("")},
        {NULL,                                                           "2018-01-05T10:00:00+08:00"},
        {"office",                                                       PAPER("2019",WORLD_ENTERPRISE, "2018-01-04T16:00:00+08:00")},
        {"office",                                  PAPER("2018","91500112MA5U00011J", "2018-01-04T16:00:00+08:00")},
        {"office",                 PAPER("2018",WORLD_ENTERPRISE, "2018-01-05T10:00:00.001+08:00")},
        {"office",                                                              PAPER("2018",WORLD_ENTERPRISE, "2018-01-04T16:00:00+08:00")},
        {"office",                                              PAPER("2018",WORLD_ENTERPRISE, "2018-01-04T16:00:00+08:00")},
        {"ent-a",                                                       FORM("")},
        {"ent-a",                                  WITHDRAW("1")},
        {"office",     PAPER("2018",WORLD_ENTERPRISE, "2018-01-04T17:00:00+08:00")},
        {"office",                                                              PAPER("2018",WORLD_ENTERPRISE, "2018-01-04T17:00:00+08:00")},
        {"ent-a",                                                              FORM(",\"paper_receipt\":\"2018-01-05T09:00:00+08:00\"")                                                                          },
        {"ent-a",                                                              FORM(",\"electronic_receipt\":\"2018-01-05T09:00:00+08:00\"")                     },
        {"office",                                              FORM(",\"paper_receipt\":\"2018-01-05T11:00:00+08:00\"")},
        {"office",                                                       FORM(",\"electronic_receipt\":\"2018-01-05T11:00:00+08:00\"")},
        {"office",                                  FORM(",\"electronic_receipt\":\"2018-01-03T11:00:00+08:00\"")},
        {"office",WITHDRAW("2")},
        {"office",FORM(",\"electronic_receipt\":\"2018-01-04T11:00:00+08:00\"")},
        {"office",PAPER("2018",WORLD_ENTERPRISE, "2018-01-03T17:00:00+08:00")},
        {"ent-a",WITHDRAW("3")},
        {"office",PAPER("2018",WORLD_ENTERPRISE, "2018-01-04T17:00:00+08:00")},
        {"office",                                                                                                         FORM(",\"paper_receipt\":\"2018-01-05T09:00:00+08:00\"")                                                                                                                                                                                                                                          },
        {"ent-a",                                                              WITHDRAW("4")                                                                                                                                               },
        {NULL,                                                                                          "2018-05-02T09:00:00+08:00"                                                                                        },
        {"ent-a",                                                              FORM("")},
        {"office",                                                              FORM(",\"electronic_receipt\":\"2018-04-28T18:00:00+08:00\""
                        ",\"paper_receipt\":\"2018-04-28T18:00:00.001+08:00\"")},
        {"office",                                              FORM(",\"electronic_receipt\":\"2018-04-28T18:00:00.001+08:00\""
                        ",\"paper_receipt\":\"2018-04-28T18:00:00+08:00\"")},
        {"office",                                                       FORM(",\"electronic_receipt\":\"2018-04-28T18:00:00+08:00\""
                        ",\"paper_receipt\":\"2018-04-28T18:00:00+08:00\"")},
    };
    struct world *world = world_create();
    applying_register(world, WORLD_ENTERPRISE);
    applying_open(world);
    SEND_ALL(world, all);
    world_transcript(world, "admission/receipts_come_in_either_order_and_until_closing");
    world_destroy(world);
}

// 2: the code names the province of the first registration.
Test(admission, a_code_of_another_province_is_told_and_taken)
{
    static const char *const codes[] = {"91110000600037341L", "91500112MA5U0001X6"};
    struct world *world = world_create();
    applying_open(world);
    for (size_t i = 0; i < 2; i++) {
        applying_register(world, codes[i]);
        (void)applying_send(world, codes[i], APPLYING_MATERIALS);
    }
    world_transcript(world, "admission/a_code_of_another_province_is_told_and_taken");
    world_destroy(world);
}

// ---- Verification, recommendation

#define CONDITION(name) "\"condition\":\"" name "\""
#define EVIDENCE ",\"evidence\":\"证明\""
#define ISSUER ",\"issuer\":\"市质监局\""
#define MET ",\"met\":true"
#define ON ",\"on\":\"2018-01-02\""
#define WHOLE(name) "{" CONDITION(name) MET EVIDENCE ISSUER ON "}"
#define FAILS(name) "{" CONDITION(name) ",\"met\":false" EVIDENCE ISSUER ON "}"
#define FINDINGS(list)                                                                             \
    "{\"conditions_verified\":{\"case\":\"" APPLYING_CASE "\",\"findings\":[" list "]}}"
#define FIVE(a, b, c, d, e) WHOLE(a) "," WHOLE(b) "," WHOLE(c) "," WHOLE(d) "," WHOLE(e)
#define OTHERS FIVE("11(2)", "11(3)", "11(4)", "11(5)", "12(1)")

// 10(2), 11s1
Test(admission, findings_are_tried_one_by_one)
{
    static const char *const findings[] = {
        OTHERS,
        FIVE("11(1)", "11(3)", "11(4)", "11(5)", "12(1)"),
        FIVE("11(1)", "11(2)", "11(4)", "11(5)", "12(1)"),
        FIVE("11(1)", "11(2)", "11(3)", "11(5)", "12(1)"),
        FIVE("11(1)", "11(2)", "11(3)", "11(4)", "12(1)"),
        FIVE("11(1)", "11(2)", "11(3)", "11(4)", "11(5)"),
        OTHERS "," WHOLE("12(1)"),
        OTHERS ",{\"met\":true" EVIDENCE ISSUER ON "}",
        OTHERS ",{" CONDITION("11(1)") EVIDENCE ISSUER ON "}",
        OTHERS ",{" CONDITION("11(1)") MET ISSUER ON "}",
        OTHERS ",{" CONDITION("11(1)") MET EVIDENCE ON "}",
        OTHERS ",{" CONDITION("11(1)") MET EVIDENCE ISSUER "}",
        OTHERS ",{" CONDITION("11(1)") MET EVIDENCE ISSUER ",\"on\":\"2018-01-03\"}",
        OTHERS "," WHOLE("11(1a)"),
        FIVE("11(2)", "11(3)", "11(4)", "11(5)", "12(1)") "," FAILS("11(1)"),
    };
    struct world *world = world_create();
    applying_to_applied(world);
    world_transcript_begin(world);
    for (size_t i = 0; i < sizeof(findings) / sizeof(findings[0]); i++) {
        (void)world_send(world, "bureau-500112",
                         arena_format(world_arena(world), FINDINGS("%s"), findings[i]));
    }
    world_transcript(world, "admission/findings_are_tried_one_by_one");
    world_destroy(world);
}

#define RECOMMENDATION(more)                                                                       \
    "{\"recommendation_given\":{\"case\":\"" APPLYING_CASE                                         \
    "\",\"received\":\"2018-01-02T08:00:00+08:00\"," more "}}"

// 13(1), 11s1
Test(admission, recommendations_are_tried_one_by_one)
{
    static const struct sent all[] = {
        {"office", RECOMMENDATION("\"by\":\"district_government\",\"in_favour\":true") },
        {"office", RECOMMENDATION("\"by\":\"district_government\",\"in_favour\":true,"
                                  "\"district\":\"500109\"")         },
        {"office", RECOMMENDATION("\"by\":\"municipal_department\",\"in_favour\":true")},
        {"office", RECOMMENDATION("\"by\":\"municipal_department\",\"in_favour\":true,"
                                  "\"name\":\" \"")                  },
        {"office", RECOMMENDATION("\"by\":\"municipal_department\",\"in_favour\":false,"
                                  "\"name\":\"市经信委\"")       },
        {"office", RECOMMENDATION("\"by\":\"district_government\",\"in_favour\":true,"
                                  "\"district\":\"500112\"")         },
        {"office", "{\"application_accepted\":{\"case\":\"" APPLYING_CASE "\"}}"       },
    };
    struct world *world = world_create();
    applying_to_verified(world);
    world_transcript_begin(world);
    SEND_ALL(world, all);
    world_transcript(world, "admission/recommendations_are_tried_one_by_one");
    world_destroy(world);
}

// ---- Identifiers

// An event with a name of so many bytes in it.
static const char *code_of_name(struct world *world, const char *by, const char *format,
                                size_t bytes)
{
    char name[512] = {0};
    memset(name, 'x', bytes);
    const char *at = strchr(format, '@');
    const char *json =
        arena_format(world_arena(world), "%.*s%s%s", (int)(at - format), format, name, at + 1);
    return world_code(world_try(world, by, json));
}

Test(admission, an_identifier_is_as_long_as_its_kind_allows)
{
    static const struct {
        const char *by;
        const char *json;
        size_t most;
    } rows[] = {
        {"office",              "{\"cycle_closed\":{\"cycle\":\"@\"}}",                              64 },
        {"office",              "{\"application_accepted\":{\"case\":\"@\"}}",                       96 },
        {"office",              "{\"enterprise_changed\":{\"enterprise\":\"@\"}}",                   64 },
        {"office",
         "{\"predecessor_linked\":{\"enterprise\":\"a\",\"predecessor\":\"@\","
         "\"how\":\"merger\",\"proof\":\"p\"}}",                                                     64 },
        {"office",
         "{\"liability_established\":{\"incident\":\"@\",\"liable\":\"no\",\"proof\":\"p\"}}",       64 },
        {"office",              "{\"complaint_linked\":{\"objection\":\"@\",\"reason\":\"r\"}}",     64 },
        {"bureau",              "{\"revocation_verified\":{\"revocation\":\"@\",\"report\":\"r\"}}", 250},
        {"reviewer-01",         "{\"confidentiality_declared\":{\"team\":\"@\"}}",                   64 },
        {"office",              "{\"reviewer_removed\":{\"person\":\"@\",\"reason\":\"r\"}}",        64 },
        {"office",
         "{\"deadline_resumed\":{\"deadline\":\"@\",\"reason\":\"r\",\"article\":\"16(2)\"}}",       250},
        {"worker-notification", "{\"message_delivered\":{\"message\":\"@\",\"channel\":\"mail\"}}",
         250                                                                                            },
        {"office",              "{\"alert_acknowledged\":{\"alert\":\"@\"}}",                        250},
    };
    struct world *world = world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_neq(code_of_name(world, rows[i].by, rows[i].json, rows[i].most),
                          "bad_identifier", "%s", rows[i].json);
        cr_expect_str_eq(code_of_name(world, rows[i].by, rows[i].json, rows[i].most + 1),
                         "bad_identifier", "%s", rows[i].json);
    }
    world_destroy(world);
}

Test(admission, an_identifier_has_no_blank_and_no_control_character)
{
    static const struct {
        const char *name;
        bool sound;
    } rows[] = {
        {"a b",      false},
        {" a",       false},
        {"a\\u001f", false},
        {"a\\u007f", false},
        {"a!~",      true },
        {"年",      true },
    };
    struct world *world = world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *json =
            arena_format(world_arena(world), "{\"cycle_closed\":{\"cycle\":\"%s\"}}", rows[i].name);
        cr_expect_eq(strcmp(world_code(world_try(world, "office", json)), "bad_identifier") != 0,
                     rows[i].sound, "%s", rows[i].name);
    }
    world_destroy(world);
}
