// incident_facts - what several tell of one incident, and what follows from each account
//
// What each is answered stands in tests/rules/transcripts/incident_facts.
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>

#define OTHER "91500112MA5U0001X6"

#define OF_CASE "\"case\":\"" AFTER_CASE "\""
#define RECORD(incident, kind, more)                                                               \
    "{\"incident_recorded\":{\"incident\":\"" incident "\"," OF_CASE ",\"kind\":\"" kind           \
    "\",\"on\":\"2019-02-20\"" more "}}"
#define REPORT(incident, kind, more)                                                               \
    "{\"incident_reported_by_laureate\":{\"incident\":\"" incident "\"," OF_CASE                   \
    ",\"kind\":\"" kind "\",\"on\":\"2019-02-20\",\"digest\":\"d\"" more "}}"
#define ACCIDENT(incident, enterprise, liable)                                                     \
    "{\"accident_recorded\":{\"incident\":\"" incident "\",\"enterprise\":\"" enterprise           \
    "\",\"kind\":\"safety_accident\",\"on\":\"2019-02-20\",\"liable\":\"" liable "\"}}"
#define SAMPLING(incident, level, serious)                                                         \
    "{\"sampling_recorded\":{\"incident\":\"" incident "\",\"enterprise\":\"" WORLD_ENTERPRISE     \
    "\",\"on\":\"2019-02-20\",\"level\":\"" level "\",\"serious\":" serious "}}"
#define FOUND(incident, liable)                                                                    \
    "{\"liability_established\":{\"incident\":\"" incident "\",\"liable\":\"" liable               \
    "\",\"proof\":\"批复\"}}"

static void tell(const char *name, size_t count, const struct sent *all)
{
    struct world *world = after_world_create();
    world_transcript_begin(world);
    world_send_all(world, count, all);
    world_transcript(world, name);
    world_destroy(world);
}

#define TELL(name, all) tell("incident_facts/" name, sizeof(all) / sizeof((all)[0]), (all))

// F-record-1, decision 17
Test(incident_facts, of_a_sampling_are_completed_and_not_contradicted)
{
    // clang-format off
    static const struct sent all[] = {
        {"bureau", RECORD("I-1", "sampling", "")},
        {"bureau", RECORD("I-1", "sampling", ",\"level\":\"national\"")},
        {"bureau", RECORD("I-1", "sampling", ",\"level\":\"municipal\"")},
        {"bureau", RECORD("I-1", "sampling", ",\"serious\":false")},
        {"bureau", RECORD("I-1", "sampling", ",\"serious\":true")},
        {"bureau", RECORD("I-1", "sampling", ",\"whom\":\" \"")},
        {"bureau", RECORD("I-1", "sampling", ",\"whom\":\"子公司\"")},
        {"bureau", RECORD("I-1", "sampling", ",\"whom\":\"另一子公司\"")},
        {"office", SAMPLING("I-1", "national", "false")},
        {"office", SAMPLING("I-1", "national", "true")},
        {"office", SAMPLING("I-1", "municipal", "false")},
        {"ent-a",  REPORT("I-1", "sampling", ",\"level\":\"industry\",\"serious\":true")},
    };
    // clang-format on
    TELL("of_a_sampling_are_completed_and_not_contradicted", all);
}

// F-record-1, F-record-3
Test(incident_facts, of_an_accident_are_completed_and_not_contradicted)
{
    // clang-format off
    static const struct sent all[] = {
        {"bureau", RECORD("I-1", "safety_accident", "")},
        {"bureau", RECORD("I-1", "safety_accident", ",\"liable\":\"unknown\"")},
        {"bureau", RECORD("I-1", "safety_accident", ",\"liable\":\"yes\"")},
        {"bureau", RECORD("I-2", "quality_accident", ",\"liable\":\"no\"")},
        {"bureau", RECORD("I-2", "quality_accident", ",\"liable\":\"unknown\"")},
        {"bureau", RECORD("I-2", "quality_accident", ",\"liable\":\"yes\"")},
        {"bureau", RECORD("I-2", "safety_accident", ",\"liable\":\"no\"")},
        {"bureau", ACCIDENT("I-1", WORLD_ENTERPRISE, "yes")},
        {"bureau", ACCIDENT("I-1", WORLD_ENTERPRISE, "unknown")},
        {"bureau", FOUND("I-1", "no")},
        {"bureau", FOUND("I-1", "no")},
        {"bureau", FOUND("I-1", "yes")},
        {"bureau", FOUND("I-1", "unknown")},
        {"bureau", FOUND("I-9", "yes")},
        {"ent-a",  REPORT("I-1", "safety_accident", ",\"liable\":\"no\"")},
    };
    // clang-format on
    TELL("of_an_accident_are_completed_and_not_contradicted", all);
}

// F-record-2
Test(incident_facts, of_the_laureate_give_way_to_the_first_organs_alone)
{
    // clang-format off
    static const struct sent all[] = {
        {"ent-a",  REPORT("I-1", "sampling", ",\"level\":\"industry\",\"serious\":false")},
        {"office", SAMPLING("I-1", "municipal", "true")},
        {"office", SAMPLING("I-1", "industry", "true")},
        {"office", SAMPLING("I-1", "municipal", "false")},
        {"ent-a",  REPORT("I-2", "safety_accident", ",\"liable\":\"yes\"")},
        {"bureau", RECORD("I-2", "safety_accident", ",\"liable\":\"no\"")},
        {"bureau", RECORD("I-2", "safety_accident", ",\"liable\":\"yes\"")},
        {"ent-a",  REPORT("I-3", "safety_accident", ",\"liable\":\"unknown\"")},
        {"bureau", RECORD("I-3", "safety_accident", ",\"liable\":\"yes\"")},
        {"ent-a",  REPORT("I-4", "sampling", ",\"level\":\"national\",\"serious\":true")},
        {"office", SAMPLING("I-4", "national", "true")},
    };
    // clang-format on
    TELL("of_the_laureate_give_way_to_the_first_organs_alone", all);
}

// F-incident-1, decision 17, decision 29
Test(incident_facts, of_an_affiliate_count_by_the_laureates_liability)
{
    // clang-format off
    static const struct sent all[] = {
        {"bureau", RECORD("I-1", "sampling",
                          ",\"level\":\"national\",\"serious\":true,\"whom\":\"子公司\"")},
        {"bureau", FOUND("I-1", "yes")},
        {"bureau", RECORD("I-2", "sampling",
                          ",\"level\":\"municipal\",\"serious\":true,\"whom\":\"甲企业\"")},
        {"bureau", FOUND("I-2", "yes")},
        {"bureau", RECORD("I-3", "sampling",
                          ",\"level\":\"industry\",\"serious\":true,\"whom\":\"" WORLD_ENTERPRISE "\"")},
        {"bureau", RECORD("I-4", "sampling", ",\"level\":\"municipal\",\"serious\":true")},
        {"bureau", FOUND("I-4", "yes")},
        {"bureau", RECORD("I-5", "sampling", ",\"level\":\"district\",\"serious\":true")},
        {"bureau", RECORD("violation", "sampling", "")},
    };
    // clang-format on
    TELL("of_an_affiliate_count_by_the_laureates_liability", all);
}

// F-honour-2, F-report-1; 11(4), 19
Test(incident_facts, have_a_day_an_enterprise_and_a_receipt_that_fit)
{
    // clang-format off
    static const struct sent all[] = {
        {"office", ACCIDENT("I-1", OTHER, "yes")},
        {"office",
         "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"" WORLD_ENTERPRISE
         "\",\"kind\":\"sampling\",\"on\":\"2019-02-20\",\"liable\":\"yes\"}}"},
        {"bureau", REPORT("I-1", "sampling", ",\"received\":\"2019-02-19\"")},
        {"bureau", REPORT("I-1", "sampling", ",\"received\":\"2019-03-02\"")},
        {"ent-a",  REPORT("I-1", "sampling", ",\"received\":\"2019-02-28\"")},
        {"ent-a",  REPORT("I-1", "sampling", ",\"received\":\"2019-03-01\"")},
        {"bureau", REPORT("I-2", "sampling", ",\"received\":\"2019-02-20\"")},
        {"bureau", REPORT("I-2", "sampling", ",\"received\":\"2019-02-20\"")},
        {"bureau", "{\"incident_recorded\":{\"incident\":\"I-3\"," OF_CASE
                   ",\"kind\":\"sampling\",\"on\":\"2018-11-15\"}}"},
        {"bureau", "{\"incident_recorded\":{\"incident\":\"I-3\"," OF_CASE
                   ",\"kind\":\"sampling\",\"on\":\"2018-11-16\"}}"},
        {"bureau", "{\"incident_recorded\":{\"incident\":\"I-4\"," OF_CASE
                   ",\"kind\":\"sampling\",\"on\":\"2019-03-01\"}}"},
        {"bureau", "{\"incident_recorded\":{\"incident\":\"I-5\"," OF_CASE
                   ",\"kind\":\"sampling\",\"on\":\"2019-03-02\"}}"},
        {NULL,     "2019-03-13T09:00:00+08:00"},
        {"ent-a",  REPORT("I-6", "safety_accident", "")},
        {NULL,     "2019-03-14T09:00:00+08:00"},
        {"ent-a",  REPORT("I-7", "safety_accident", "")},
    };
    // clang-format on
    TELL("have_a_day_an_enterprise_and_a_receipt_that_fit", all);
}

// Alerts of one moment share a message.
Test(incident_facts, of_one_day_are_reminded_of_in_one_message)
{
    // clang-format off
    static const struct sent all[] = {
        {"bureau", RECORD("I-1", "sampling", "")},
        {"bureau", RECORD("I-2", "safety_accident", "")},
        {NULL, "2019-03-14T09:00:00+08:00"},
    };
    // clang-format on
    TELL("of_one_day_are_reminded_of_in_one_message", all);
}

// ---- What holds an open case (11(4)), and what comes too late for it

static void open_case_put(struct world *world, const char *stage)
{
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"" OTHER
              "\",\"name\":\"乙企业\",\"cases\":[\"2019/none/1\",\"2019/" OTHER "/1\"]}");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              arena_format(world_arena(world),
                           "{\"case\":\"2019/" OTHER "/1\",\"cycle\":\"2019\",\"enterprise\":"
                           "\"" OTHER "\",\"version\":3,\"stage\":\"%s\",\"applied_on\":"
                           "\"2019-02-18\",\"begun\":\"2019-02-18T09:00:00+08:00\"}",
                           stage));
}

// F-incident-2, F-deliberation-2, decision 20
Test(incident_facts, hold_a_case_until_its_deliberation_and_are_told_after_it)
{
    static const char *const stages[] = {"applied",  "publicity", "deliberated",
                                         "approved", "signed",    "not_selected"};
    // clang-format off
    static const struct sent all[] = {
        {"bureau", ACCIDENT("I-1", OTHER, "unknown")},
        {"bureau", ACCIDENT("I-2", OTHER, "unknown")},
        {"bureau", ACCIDENT("I-3", OTHER, "no")},
        {"bureau", ACCIDENT("I-4", OTHER, "yes")},
        {"bureau", FOUND("I-1", "no")},
        {"bureau", FOUND("I-2", "yes")},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        struct world *world = after_world_create();
        open_case_put(world, stages[i]);
        world_transcript_begin(world);
        SEND_ALL(world, all);
        world_transcript(world, arena_format(world_arena(world),
                                             "incident_facts/while_a_case_is_%s", stages[i]));
        world_destroy(world);
    }
}

// decision 27, F-predecessor-1, F-incident-2
Test(incident_facts, come_to_a_successor_with_its_link)
{
    struct world *world = after_world_create();
    after_accept(world, "bureau", "%s", ACCIDENT("I-1", WORLD_ENTERPRISE, "unknown"));
    after_put(world, AWARD__CHANGE__RECORD_INCIDENT,
              "{\"incident\":\"I-0\",\"enterprise\":\"" WORLD_ENTERPRISE
              "\",\"kind\":\"safety_accident\",\"on\":\"2019-01-15\",\"recorded\":"
              "\"2019-02-18T09:00:00+08:00\"}");
    Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    char *incidents[] = {enterprise->incidents[0], arena_string(world_arena(world), "I-0"),
                         arena_string(world_arena(world), "I-none")};
    enterprise->n_incidents = 3;
    enterprise->incidents = incidents;
    world_put(world, AWARD__CHANGE__RECORD_ENTERPRISE, &enterprise->base);
    open_case_put(world, "accepted");
    world_transcript_begin(world);
    (void)world_send(world, "office",
                     "{\"predecessor_linked\":{\"enterprise\":\"" OTHER
                     "\",\"predecessor\":\"" WORLD_ENTERPRISE
                     "\",\"how\":\"merger\",\"proof\":\"p\"}}");
    (void)world_send(world, "bureau", FOUND("I-0", "no"));
    (void)world_send(world, "bureau", FOUND("I-1", "no"));
    world_transcript(world, "incident_facts/come_to_a_successor_with_its_link");
    world_destroy(world);
}

// decision 17; 20(2)
Test(incident_facts, of_the_laureate_itself_by_its_code_or_its_name_are_its_own)
{
    static const struct {
        const char *whom;
        bool own;
    } rows[] = {
        {"",                                   true },
        {",\"whom\":\" \"",                    true },
        {",\"whom\":\"" WORLD_ENTERPRISE "\"", true },
        {",\"whom\":\"甲企业\"",            true },
        {",\"whom\":\"子公司\"",            false},
        {",\"whom\":\"0\"",                    false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = after_world_create();
        (void)after_accept(world, "bureau",
                           "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                           "\"kind\":\"sampling\",\"on\":\"2019-02-27\",\"serious\":true,"
                           "\"level\":\"national\"%s}}",
                           AFTER_CASE, rows[i].whom);
        const Award__Decision *decision = after_grounds(world, "I-1", "[\"serious_quality\"]");
        cr_expect_str_eq(world_code(decision), rows[i].own ? "" : "wrong_grounds", "%s",
                         rows[i].whom);
        world_destroy(world);
    }
}

// 20(1)
Test(incident_facts, of_a_violation_stand_where_the_bar_is_of_12_2_and_of_this_case)
{
    static const struct {
        const char *bar;
        bool stands;
    } rows[] = {
        {"\"article\":\"12(2)\",\"source\":\"" AFTER_CASE "\"", true },
        {"\"article\":\"12(3)\",\"source\":\"" AFTER_CASE "\"", false},
        {"\"article\":\"12(2)\",\"source\":\"earlier\"",        false},
        {"\"article\":\"12(2)\"",                               false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = after_world_create();
        (void)after_accept(world, "office",
                           "{\"violation_confirmed\":{\"case\":\"%s\",\"kind\":\"other\","
                           "\"proof\":\"p\"}}",
                           AFTER_CASE);
        after_put(
            world, AWARD__CHANGE__RECORD_ENTERPRISE,
            arena_format(world_arena(world),
                         "{\"enterprise\":\"" WORLD_ENTERPRISE "\",\"cases\":[\"" AFTER_CASE
                         "\"],\"bars\":[{%s,\"from\":\"2019-01-01\",\"until\":\"2022-01-01\"}]}",
                         rows[i].bar));
        const Award__Decision *decision =
            after_grounds(world, "violation", "[\"misrepresentation\"]");
        cr_expect_str_eq(world_code(decision), rows[i].stands ? "" : "wrong_grounds", "%s",
                         rows[i].bar);
        if (!rows[i].stands) {
            cr_expect_str_eq(world_code(after_grounds(world, "violation", "[]")), "", "%s",
                             rows[i].bar);
        }
        world_destroy(world);
    }
}

// F-ground-1; 20(2)
Test(incident_facts, of_another_enterprise_are_no_ground)
{
    struct world *world = after_world_create();
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"sampling\",\"on\":\"2019-02-27\",\"serious\":true,"
                       "\"level\":\"national\"}}",
                       AFTER_CASE);
    Award__Incident *incident = after_incident(world, "I-1");
    incident->enterprise = arena_string(world_arena(world), "91500112MA5U0001X6");
    world_put(world, AWARD__CHANGE__RECORD_INCIDENT, &incident->base);
    cr_expect_str_eq(world_code(after_grounds(world, "I-1", "[\"serious_quality\"]")),
                     "wrong_grounds");
    cr_expect_str_eq(world_code(after_grounds(world, "I-1", "[]")), "");
    world_destroy(world);
}

// What is told again of liability contradicts nothing, whoever tells it.
Test(incident_facts, of_liability_that_is_told_again_is_the_same)
{
    static const struct {
        const char *said;
        Award__Liability__Name liable;
    } rows[] = {
        {"yes",     AWARD__LIABILITY__NAME__yes    },
        {"no",      AWARD__LIABILITY__NAME__no     },
        {"unknown", AWARD__LIABILITY__NAME__unknown},
    };
    for (size_t i = 0; i < 3; i++) {
        struct world *world = after_world_create();
        for (unsigned k = 0; k < 2; k++) {
            (void)after_accept(world, "bureau",
                               "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"%s\","
                               "\"kind\":\"safety_accident\",\"on\":\"2019-02-20\",\"liable\":"
                               "\"%s\"}}",
                               WORLD_ENTERPRISE, rows[i].said);
        }
        cr_expect_eq(after_incident(world, "I-1")->liable, rows[i].liable, "%s", rows[i].said);
        world_destroy(world);
    }
}

// Published on 2018-11-16; it is 2019-03-01.
// F-honour-2, F-report-1; 19
Test(incident_facts, are_reported_of_days_of_the_honour_up_to_today)
{
    static const char *const rows[][2] = {
        {"2019-03-02", "in_the_future" },
        {"2018-11-15", "no_honour_then"},
        {"2018-11-16", ""              },
    };
    struct world *world = after_world_create();
    for (size_t i = 0; i < 3; i++) {
        const Award__Decision *decision =
            after_send(world, "ent-a",
                       "{\"incident_reported_by_laureate\":{\"incident\":\"I-1\"," OF_CASE
                       ",\"kind\":\"sampling\",\"on\":\"%s\",\"digest\":\"d\"}}",
                       rows[i][0]);
        cr_expect_str_eq(world_code(decision), rows[i][1], "%s", rows[i][0]);
        cr_expect_eq(after_incident(world, "I-1") != NULL, *rows[i][1] == '\0', "%s", rows[i][0]);
    }
    world_destroy(world);
}

// Of 10 December 2026, a Thursday, the fifteenth working day is the 31st. What the State Council
// makes of the last week of a December stands in the notice of the next year, which is not there.
// decision 3; 19
Test(incident_facts, are_to_be_reported_by_a_day_that_is_marked_where_it_may_move)
{
    static const char moment[] = "2026-12-14T09:00:00+08:00";
    struct world *world = after_world_create();
    world_clock(world, moment);
    (void)after_accept(world, "bureau", "%s",
                       "{\"incident_recorded\":{\"incident\":\"I-1\"," OF_CASE
                       ",\"kind\":\"sampling\",\"on\":\"2026-12-10\"}}");
    const Award__Deadline *deadline = after_deadline(world, AFTER_CASE "/I-1:incident_report:1");
    cr_assert_not_null(deadline);
    world_expect_day(deadline->last, "2026-12-31");
    cr_expect(deadline->provisional);
    const Award__Message *message = after_message(world, "ent-a", moment);
    cr_assert_not_null(message);
    cr_assert_eq(message->template_, AWARD__TEMPLATE__NAME__incident_due);
    cr_expect_str_eq(message->facts[4]->name, "last");
    cr_expect_str_eq(message->facts[4]->value, "2026-12-31（暂定 / provisional）");
    world_destroy(world);
}
