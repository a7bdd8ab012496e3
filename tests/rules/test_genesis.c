// The first entry of a database: what it must name, and what of it is kept (policy, 6(1), 23).
#include "rules/overlay.h"
#include "rules/record.h"
#include "rules/rules.h"
#include "tests/rules/world.h"

#include <criterion/criterion.h>
#include <string.h>

#define PEOPLE "'principals':[{'name':'office','role':'office'}]"
#define DIGEST "f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f"
#define KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

static struct arena *arena;
static struct overlay *overlay;

static void setup(void)
{
    arena = arena_create();
    overlay = overlay_create(NULL);
}

static void teardown(void)
{
    overlay_destroy(overlay);
    arena_destroy(arena);
}

TestSuite(genesis, .init = setup, .fini = teardown);

static Award__Event *event_of(const char *text)
{
    char *json = arena_string(arena, text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), arena, &error);
    cr_assert_not_null(event, "%s: %s", json, error.en);
    event->principal = arena_string(arena, "coordinator");
    event->id = arena_string(arena, "1");
    return event;
}

static const Award__Decision *decide(const Award__Event *event)
{
    Award__Principal coordinator = AWARD__PRINCIPAL__INIT;
    coordinator.name = arena_string(arena, "coordinator");
    coordinator.has_role = 1;
    coordinator.role = AWARD__ROLE__NAME__coordinator;
    const struct rules_input input = {
        .view = overlay_view(overlay),
        .event = event,
        .sender = &coordinator,
        .now_ms = 1514854800000, // 2018-01-02T09:00:00+08:00
    };
    return rules_decide(&input, arena);
}

static const Award__Decision *created(const char *genesis)
{
    return decide(
        event_of(arena_format(arena, "{'database_created':{'epoch':7,'genesis':{%s}}}", genesis)));
}

static const char *code(const Award__Decision *decision)
{
    return decision->n_reasons > 0 ? decision->reasons[0]->code : "";
}

// The records that it puts, each on a line.
static const char *kept(const Award__Decision *decision)
{
    const char *text = "";
    for (size_t i = 0; i < decision->n_changes; i++) {
        text = arena_format(arena, "%s%s\n", text,
                            codec_to_json(record_of(decision->changes[i]), CODEC_JSON_LINE, arena));
    }
    return text;
}

#define CITY(rehearsal) "{\"name\":\"重庆\",\"rehearsal\":" rehearsal ",\"epoch\":\"7\"}\n"
#define OFFICE_KEPT "{\"name\":\"office\",\"role\":\"office\",\"full_name\":\"office\"}\n"

Test(genesis, of_a_real_database_has_a_city_and_people_and_no_clock)
{
    const Award__Decision *decision = created("'city':'重庆'," PEOPLE);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", code(decision));
    cr_expect_str_eq(kept(decision), CITY("false") OFFICE_KEPT, "%s", kept(decision));
}

Test(genesis, of_a_rehearsal_sets_its_clock_to_the_start_or_to_now)
{
    cr_expect_str_eq(
        kept(created(
            "'city':'重庆','manual_clock':true,'start':'2015-11-10T00:00:00+08:00'," PEOPLE)),
        CITY("true") "{\"now\":\"2015-11-10T00:00:00+08:00\"}\n" OFFICE_KEPT);
    cr_expect_str_eq(kept(created("'city':'重庆','manual_clock':true," PEOPLE)),
                     CITY("true") "{\"now\":\"2018-01-02T09:00:00+08:00\"}\n" OFFICE_KEPT);
}

Test(genesis, keeps_the_texts_the_calendars_and_the_keys_that_it_names)
{
    const char *all =
        kept(created("'city':'重庆'," PEOPLE ",'rulebook':{'text':'r','digest':'" DIGEST "'},"
                     "'alert_policy':{'text':'p','digest':'" DIGEST "'},'calendars':[{'year':1993,"
                     "'exceptions':[{'on':'1993-01-01','working':false}]},"
                     "{'year':2998,'exceptions':[{'on':'2998-01-01'}]}],"
                     "'keys':[{'name':'office','public_key':'" KEY "'}]"));
    cr_expect_str_eq(all,
                     "{\"digest\":\"" DIGEST "\",\"text\":\"r\"}\n{\"digest\":\"" DIGEST
                     "\",\"text\":\"p\"}\n{\"year\":1993,\"loaded\":{\"year\":1993,"
                     "\"exceptions\":[{\"on\":\"1993-01-01\",\"working\":false}]}}\n"
                     "{\"year\":2998,\"loaded\":{\"year\":2998,\"exceptions\":[{\"on\":\"2998-01-"
                     "01\"}]}}\n" CITY("false") OFFICE_KEPT
                     "{\"public_key\":\"" KEY "\",\"principal\":\"office\",\"revoked\":false}\n",
                     "%s", all);
}

Test(genesis, with_a_part_that_is_wrong_creates_nothing)
{
    static const struct {
        const char *genesis;
        const char *code;
    } rows[] = {
        {PEOPLE,                                                                                           "field_missing"    },
        {"'city':' '," PEOPLE,                                                                             "field_missing"    },
        {"'city':'c'",                                                                                     "field_missing"    },
        {"'city':'c','start':'2015-11-10T00:00:00+08:00'," PEOPLE,                                         "bad_start"        },
        {"'city':'c','rulebook':{'text':'r','digest':'x'}," PEOPLE,                                        "bad_digest"       },
        {"'city':'c','rulebook':{'text':'r'}," PEOPLE,                                                     "bad_digest"       },
        {"'city':'c','alert_policy':{'text':'p','digest':'x'}," PEOPLE,                                    "bad_digest"       },
        {"'city':'c','calendars':[{'year':1992}]," PEOPLE,                                                 "bad_year"         },
        {"'city':'c','calendars':[{'year':2999}]," PEOPLE,                                                 "bad_year"         },
        {"'city':'c','calendars':[{'year':2998}]," PEOPLE,                                                 "no_new_year"      },
        {"'city':'c','principals':[{'name':'office'}]",                                                    "bad_role"         },
        {"'city':'c','principals':[{'role':'office'}]",                                                    "bad_identifier"   },
        {"'city':'c','principals':[{'name':'Office','role':'office'}]",                                    "bad_identifier"   },
        {"'city':'c','principals':[{'name':"
         "'a234567890123456789012345678901234567890123456789012345678901234x','role':'office'}]", "bad_identifier"   },
        {"'city':'c','principals':[{'name':'o','role':'office'},{'name':'o','role':'bureau'}]",
         "already_enrolled"                                                                                                   },
        {"'city':'c'," PEOPLE ",'keys':[{'name':'office','public_key':'x'}]",                              "bad_key"          },
        {"'city':'c'," PEOPLE ",'keys':[{'name':'office'}]",                                               "bad_key"          },
        {"'city':'c'," PEOPLE ",'keys':[{'public_key':'" KEY "'}]",                                        "no_such_principal"},
        {"'city':'c'," PEOPLE ",'keys':[{'name':'nobody','public_key':'" KEY "'}]",
         "no_such_principal"                                                                                                  },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = created(rows[i].genesis);
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", rows[i].genesis);
        cr_expect_str_eq(code(decision), rows[i].code, "%s: %s", rows[i].genesis, code(decision));
        cr_expect_eq(decision->n_changes, 0);
    }
}

Test(genesis, with_a_start_that_is_no_moment_creates_nothing)
{
    Award__Event *event = event_of("{'database_created':{'genesis':{'city':'c','manual_clock':true,"
                                   "'start':'2015-11-10T00:00:00+08:00'," PEOPLE "}}}");
    event->database_created->genesis->start->ms = INT64_MAX;
    cr_expect_str_eq(code(decide(event)), "bad_start");
}

Test(genesis, a_name_of_sixty_four_characters_is_one)
{
    cr_expect_str_eq(
        code(created("'city':'c','principals':[{'name':"
                     "'a23456789012345678901234567890123456789012345678901234567890123-',"
                     "'role':'office'}]")),
        "");
}

Test(genesis, starts_and_stops_are_on_record_and_change_nothing)
{
    static const char *const events[] = {"{'started':{'version':'1'}}",
                                         "{'stopped':{'version':'1'}}"};
    for (size_t i = 0; i < 2; i++) {
        const Award__Decision *decision = decide(event_of(events[i]));
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted);
        cr_expect_eq(decision->n_changes, 0);
    }
}

Test(genesis, an_event_without_a_body_is_of_no_kind)
{
    cr_expect_str_eq(code(decide(event_of("{}"))), "unknown_event");
}

Test(genesis, a_database_that_is_restored_says_so_from_then_on)
{
    struct world *world = world_create();
    world_damaging(world);
    const Award__Decision *decision = world_try(
        world, "coordinator",
        "{\"database_restored\":{\"epoch\":3,\"entry\":7,\"version\":\"v\",\"host\":\"h\"}}");
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    cr_assert_eq(decision->n_changes, 1);
    cr_assert_eq(decision->changes[0]->record_case, AWARD__CHANGE__RECORD_CITY);
    cr_expect_eq(decision->changes[0]->city->epoch, 3);
    world_destroy(world);
}
