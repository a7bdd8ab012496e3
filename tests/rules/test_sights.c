// Every kind of record before every role: who sees it when it is his, and who when it is another's.
// Written from "Who may do what" of the design, one letter a viewer.
#include "rules/overlay.h"
#include "rules/queries.h"
#include "rules/record.h"
#include "rules/viewing.h"

#include <criterion/criterion.h>
#include <string.h>

#define CODE "91500112MA5U0000X8"
#define CASE "2018/" CODE "/1"

// Capital letters: the same role out of its scope.
static const struct {
    char letter;
    const char *principal; // JSON
} viewers[] = {
    {'o', "{\"name\":\"office\",\"role\":\"office\"}"                                 },
    {'d', "{\"name\":\"d\",\"role\":\"district_bureau\",\"scope\":\"500112\"}"        },
    {'D', "{\"name\":\"d2\",\"role\":\"district_bureau\",\"scope\":\"500109\"}"       },
    {'c', "{\"name\":\"c\",\"role\":\"review_committee\"}"                            },
    {'r', "{\"name\":\"r1\",\"role\":\"reviewer\"}"                                   },
    {'R', "{\"name\":\"r9\",\"role\":\"reviewer\"}"                                   },
    {'s', "{\"name\":\"s\",\"role\":\"supervision_committee\"}"                       },
    {'l', "{\"name\":\"l\",\"role\":\"selection_committee\"}"                         },
    {'g', "{\"name\":\"g\",\"role\":\"government\"}"                                  },
    {'b', "{\"name\":\"b\",\"role\":\"bureau\"}"                                      },
    {'e', "{\"name\":\"e\",\"role\":\"enterprise\",\"scope\":\"" CODE "\"}"           },
    {'E', "{\"name\":\"e2\",\"role\":\"enterprise\",\"scope\":\"91500109MA5U0000B1\"}"},
    {'p', "{\"name\":\"public\",\"role\":\"public\"}"                                 },
    {'a', "{\"name\":\"admin\",\"role\":\"administrator\"}"                           },
    {'1', "{\"name\":\"w1\",\"role\":\"worker_scoring\"}"                             },
    {'2', "{\"name\":\"w2\",\"role\":\"worker_notification\"}"                        },
    {'3', "{\"name\":\"w3\",\"role\":\"worker_revocation\"}"                          },
};

#define INSIDERS "ocslgb"
#define PARTIES_ALL INSIDERS "derDER"
#define PEOPLE_ALL PARTIES_ALL "a"

// clang-format off
static const struct sight {
    const char *change; // JSON
    const char *seen_by;
} sights[] = {
    {"{\"city\":{\"name\":\"x\"}}",                                                 PEOPLE_ALL},
    {"{\"clock\":{\"now\":\"2018-01-02T09:00:00+08:00\"}}",                         PEOPLE_ALL},
    {"{\"principal\":{\"name\":\"r1\",\"role\":\"reviewer\"}}",                     "osar"},
    {"{\"principal\":{\"name\":\"admin\",\"role\":\"administrator\"}}",             "osa"},
    {"{\"key\":{\"public_key\":\"k\",\"principal\":\"r1\"}}",                       "osar"},
    {"{\"key\":{\"public_key\":\"k\",\"principal\":\"e\"}}",                        "osae"},
    {"{\"rulebook\":{\"digest\":\"x\"}}",                                           PEOPLE_ALL},
    {"{\"alert_policy\":{\"digest\":\"x\"}}",                                       "osa"},
    {"{\"morning\":{\"next\":\"2018-01-02T08:00:00+08:00\"}}",                      "osa"},
    {"{\"calendar_year\":{\"year\":2018}}",                                         PEOPLE_ALL},
    {"{\"enterprise\":{\"enterprise\":\"" CODE "\",\"district\":\"500112\"}}",      INSIDERS "der"},
    {"{\"reviewer\":{\"person\":\"r1\"}}",                                          "oscr"},
    {"{\"cycle\":{\"cycle\":\"2018\"}}",                                            PEOPLE_ALL "p"},
    {"{\"case\":{\"case\":\"" CASE "\",\"enterprise\":\"" CODE "\"}}",              INSIDERS "der"},
    {"{\"team\":{\"team\":\"t\",\"cycle\":\"2018\"}}",                              "oscr"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"independent\",\"person\":\"r1\"}}", "sr"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"independent\",\"person\":\"r2\"}}", "s"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"defence\",\"person\":\"r2\"}}",  "s"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"consensus\",\"person\":\"r2\"}}", INSIDERS "r"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"visit\",\"person\":\"r2\"}}",    INSIDERS "r"},
    {"{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"unified\",\"person\":\"r2\"}}",  INSIDERS "r"},
    {"{\"objection\":{\"objection\":\"O\",\"case\":\"" CASE "\",\"principal\":\"public\"}}", INSIDERS "p"},
    {"{\"incident\":{\"incident\":\"I\",\"enterprise\":\"" CODE "\"}}",             INSIDERS "de"},
    {"{\"revocation\":{\"revocation\":\"R\",\"case\":\"" CASE "\",\"step\":\"opened\"}}",   INSIDERS},
    {"{\"revocation\":{\"revocation\":\"R\",\"case\":\"" CASE "\",\"step\":\"verified\"}}", INSIDERS},
    {"{\"revocation\":{\"revocation\":\"R\",\"case\":\"" CASE "\",\"step\":\"refused\"}}",  INSIDERS},
    {"{\"revocation\":{\"revocation\":\"R\",\"case\":\"" CASE "\",\"step\":\"approved\"}}", INSIDERS "de"},
    {"{\"revocation\":{\"revocation\":\"R\",\"case\":\"" CASE "\",\"step\":\"closed\"}}",   INSIDERS "de"},
    {"{\"deadline\":{\"subject\":\"2018\",\"kind\":\"closing\"}}",                  PARTIES_ALL},
    {"{\"deadline\":{\"subject\":\"2018\",\"kind\":\"publicity_end\"}}",            PARTIES_ALL},
    {"{\"deadline\":{\"subject\":\"t\",\"kind\":\"plan_independent\"}}",            INSIDERS "r"},
    {"{\"deadline\":{\"subject\":\"t\",\"kind\":\"plan_consensus\"}}",              INSIDERS "r"},
    {"{\"deadline\":{\"subject\":\"t\",\"kind\":\"plan_visit\"}}",                  INSIDERS "r"},
    {"{\"deadline\":{\"subject\":\"t\",\"kind\":\"plan_report\"}}",                 INSIDERS "r"},
    {"{\"deadline\":{\"subject\":\"O\",\"kind\":\"objection_answer\",\"enterprise\":\"" CODE "\"}}", INSIDERS},
    {"{\"deadline\":{\"subject\":\"x\",\"kind\":\"incident_report\",\"enterprise\":\"" CODE "\"}}",  INSIDERS "de"},
    {"{\"deadline\":{\"subject\":\"x\",\"kind\":\"self_evaluation\",\"enterprise\":\"" CODE "\"}}",  INSIDERS "de"},
    {"{\"deadline\":{\"subject\":\"x\",\"kind\":\"experience\",\"enterprise\":\"" CODE "\"}}",       INSIDERS "de"},
    {"{\"due\":{\"subject\":\"x\",\"kind\":\"alert\"}}",                            "osa"},
    {"{\"task\":{\"task\":\"x\",\"case\":\"" CASE "\"}}",                           "osa"},
    {"{\"alert\":{\"alert\":\"x\",\"recipient\":\"r1\"}}",                          "osr"},
    {"{\"message\":{\"message\":\"x\",\"template\":\"try\"}}",                    "osa"},
    {"{\"message\":{\"message\":\"x\",\"recipient\":\"e\",\"case\":\"" CASE "\"}}", "ose"},
    {"{\"pending\":{\"event\":{\"principal\":\"admin\",\"key_enrolled\":{}}}}",     "osa"},
    {"{\"selection\":{\"cycle\":\"2018\"}}",                                        INSIDERS},
    {"{\"meeting\":{\"cycle\":\"2018\"}}",                                          INSIDERS},
    {"{\"serial\":{\"kind\":\"medal\",\"number\":\"1\",\"case\":\"" CASE "\"}}",    INSIDERS "de"},
    {"{\"duty\":{\"case\":\"" CASE "\",\"kind\":\"experience\"}}",                  INSIDERS "de"},
    {"{\"note\":{\"subject\":\"" CASE "\",\"by\":\"r1\",\"kind\":\"suggestion\"}}", "oscr"},
    {"{\"note\":{\"subject\":\"" CASE "\",\"by\":\"w3\",\"kind\":\"papers_drafted\"}}", "osb"},
    {"{\"note\":{\"subject\":\"" CASE "\",\"by\":\"s\",\"kind\":\"supervision_finding\"}}", "os"},
};
// clang-format on

static ProtobufCMessage *from_json(struct arena *arena, const ProtobufCMessageDescriptor *kind,
                                   const char *json)
{
    struct codec_error error;
    ProtobufCMessage *message = codec_from_json(kind, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s: %s", json, error.en);
    return message;
}

static void put(struct arena *arena, struct overlay *overlay, const char *json)
{
    const Award__Change *change =
        (const Award__Change *)from_json(arena, &award__change__descriptor, json);
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(change, arena, &key, &value));
    overlay_put(overlay, key, value);
}

// A case of the team t, whose first sheet of three is in.
static struct overlay *records(struct arena *arena)
{
    struct overlay *overlay = overlay_create(NULL);
    put(arena, overlay,
        "{\"enterprise\":{\"enterprise\":\"" CODE "\",\"district\":\"500112\",\"cases\":[\"" CASE
        "\"]}}");
    put(arena, overlay,
        "{\"case\":{\"case\":\"" CASE "\",\"cycle\":\"2018\",\"enterprise\":\"" CODE
        "\",\"stage\":\"accepted\",\"team\":\"t\"}}");
    put(arena, overlay,
        "{\"team\":{\"team\":\"t\",\"cycle\":\"2018\",\"leader\":\"r1\",\"cases\":[\"" CASE
        "\"],\"members\":[{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\"}]}}");
    put(arena, overlay,
        "{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"independent\",\"person\":\"r1\"}}");
    return overlay;
}

Test(sights, each_kind_of_record_is_seen_by_those_whom_it_concerns_and_by_nobody_else)
{
    struct arena *arena = arena_create();
    struct overlay *overlay = records(arena);
    for (size_t i = 0; i < sizeof(sights) / sizeof(sights[0]); i++) {
        Award__Change *change =
            (Award__Change *)from_json(arena, &award__change__descriptor, sights[i].change);
        for (size_t k = 0; k < sizeof(viewers) / sizeof(viewers[0]); k++) {
            const Award__Principal *who = (const Award__Principal *)from_json(
                arena, &award__principal__descriptor, viewers[k].principal);
            const struct viewing v = viewing_begin(who, overlay_view(overlay), arena);
            bool seen = viewing_record(&v, change->record_case, &change->city->base) != NULL;
            cr_expect_eq(seen, strchr(sights[i].seen_by, viewers[k].letter) != NULL, "%s by %s",
                         sights[i].change, who->name);
        }
    }
    overlay_destroy(overlay);
    arena_destroy(arena);
}

// ---- Queries

// "Who may do what" of the design: the public asks for what is published, workers for the status.
Test(sights, each_query_is_asked_by_these_roles_and_no_others)
{
    static const struct {
        const char *query;
        const char *asked_by;
    } rows[] = {
        {"status",     PEOPLE_ALL "p123"},
        {"cycles",     PEOPLE_ALL "p"   },
        {"cases",      PARTIES_ALL      },
        {"case",       PARTIES_ALL      },
        {"enterprise", PARTIES_ALL      },
        {"ranking",    INSIDERS         },
        {"deadlines",  PARTIES_ALL      },
        {"alerts",     PEOPLE_ALL       },
        {"messages",   PEOPLE_ALL       },
        {"tasks",      "osa"            },
        {"entries",    PEOPLE_ALL       },
        {"trace",      PEOPLE_ALL       },
        {"principals", PEOPLE_ALL       },
        {"period",     PEOPLE_ALL       },
        {"why",        PARTIES_ALL      },
        {"readings",   "os"             },
        {"register",   PEOPLE_ALL "p"   },
        {"report",     PEOPLE_ALL       },
        {"complaints", INSIDERS         },
        {"stuck",      PEOPLE_ALL       },
        {"today",      PEOPLE_ALL       },
        {"draw",       "osc"            },
        {"rulebook",   PEOPLE_ALL "p"   },
        {"check",      "osa"            },
        {"roster",     PEOPLE_ALL       },
        {"policy",     "osa"            },
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(
            &award__query__descriptor, rows[i].query);
        cr_assert_not_null(field, "%s", rows[i].query);
        uint32_t from = query_row((Award__Query__BodyCase)field->id)->from;
        for (size_t k = 0; k < sizeof(viewers) / sizeof(viewers[0]); k++) {
            struct codec_error error;
            const Award__Principal *who = (const Award__Principal *)codec_from_json(
                &award__principal__descriptor, viewers[k].principal, strlen(viewers[k].principal),
                arena, &error);
            cr_assert_not_null(who);
            cr_expect_eq((from >> (unsigned)who->role & 1U) != 0,
                         strchr(rows[i].asked_by, viewers[k].letter) != NULL, "%s by %s",
                         rows[i].query, viewers[k].principal);
        }
    }
    arena_destroy(arena);
}

// ---- The tables

Test(sights, every_kind_of_record_has_a_row)
{
    for (unsigned kind = 0; kind < RECORD_KINDS; kind++) {
        if (record_name((Award__Change__RecordCase)kind) != NULL) {
            cr_expect(viewing_record_known((Award__Change__RecordCase)kind), "%s",
                      record_name((Award__Change__RecordCase)kind));
        }
    }
}

Test(sights, every_event_has_a_row)
{
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        if (event_row((Award__Event__BodyCase)number) != NULL) {
            cr_expect(viewing_event_known((Award__Event__BodyCase)number), "%s",
                      event_name((Award__Event__BodyCase)number));
        }
    }
}

Test(sights, every_query_has_a_row_and_workers_may_ask_for_the_status_alone)
{
    for (unsigned i = 0; i < award__query__descriptor.n_fields; i++) {
        unsigned number = award__query__descriptor.fields[i].id;
        const struct query_row *row = query_row((Award__Query__BodyCase)number);
        cr_assert_not_null(row, "%s", award__query__descriptor.fields[i].name);
        cr_expect_str_eq(row->name, award__query__descriptor.fields[i].name);
        bool worker = (row->from & ROLE(worker_scoring)) != 0;
        cr_expect_eq(worker, number == AWARD__QUERY__BODY_STATUS, "%s", row->name);
    }
}

// Nor does the sanitizer find a step behind their ends.
Test(sights, behind_the_last_number_of_a_table_there_is_nothing)
{
    cr_expect_null(query_row((Award__Query__BodyCase)QUERY_NUMBERS));
    cr_expect_null(event_row((Award__Event__BodyCase)EVENT_NUMBERS));
    cr_expect_null(record_name((Award__Change__RecordCase)RECORD_KINDS));
    cr_expect_not(viewing_event_known((Award__Event__BodyCase)EVENT_NUMBERS));
    cr_expect_not(viewing_record_known((Award__Change__RecordCase)RECORD_KINDS));
}
