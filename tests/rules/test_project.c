// What each role may see: cases, sheets, objections, and what is left of an entry. The state is an
// overlay with one case of a district, its team of three, and a second case of somebody else.
#include "rules/project.h"
#include "rules/viewing.h"
#include "tests/rules/project_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define CASE PROJECT_CASE
#define OTHER_CASE PROJECT_OTHER

static struct arena *arena;
static const struct view *view;

static void setup(void)
{
    project_setup();
    arena = project_arena();
    view = project_view();
}

TestSuite(project, .init = setup, .fini = project_teardown);

static bool sees_case(const Award__Principal *who, const char *name)
{
    struct bytes value;
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_CASE, name);
    cr_assert_eq(view->get(view, key, arena, &value), VIEW_FOUND);
    const Award__Case *c =
        (const Award__Case *)codec_unpack_trusted(&award__case__descriptor, value, arena);
    return viewer_sees_case(who, c, view, arena);
}

static Award__Case *case_for(const Award__Principal *who)
{
    struct bytes value;
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_CASE, CASE);
    cr_assert_eq(view->get(view, key, arena, &value), VIEW_FOUND);
    ProtobufCMessage *c = codec_unpack_trusted(&award__case__descriptor, value, arena);
    return (Award__Case *)project_record(who, AWARD__CHANGE__RECORD_CASE, c, view, arena);
}

static Award__Entry *entry_from(const char *json)
{
    return (Award__Entry *)project_from_json(&award__entry__descriptor, json);
}

static Award__HistoryItem *item_for(const Award__Principal *who, const char *json)
{
    return project_entry(who, entry_from(json), view, arena);
}

#define SHEET_ENTRY                                                                                \
    "{\"number\":\"7\",\"event\":{\"principal\":\"r1\",\"id\":\"s1\",\"independent_sheet\":"       \
    "{\"case\":\"" CASE "\",\"scores\":[{\"item\":\"leadership\",\"points\":\"80.00\"}]}},"        \
    "\"decision\":{\"outcome\":\"accepted\",\"article\":\"16(3)\",\"case\":\"" CASE "\","          \
    "\"changes\":[{\"article\":\"16(3)\",\"sheet\":{\"case\":\"" CASE "\",\"kind\":"               \
    "\"independent\",\"person\":\"r1\",\"total\":\"510.00\"}},{\"article\":\"16(3)\",\"case\":"    \
    "{\"case\":\"" CASE "\",\"cycle\":\"2018\",\"enterprise\":\"91500112MA5U0000X8\","             \
    "\"version\":5,\"stage\":\"accepted\",\"team\":\"t1\"}}]}}"

#define OBJECTION_ENTRY                                                                            \
    "{\"number\":\"9\",\"event\":{\"principal\":\"public\",\"id\":\"o1\",\"objection_filed\":"     \
    "{\"objection\":\"o-1\",\"case\":\"" CASE "\",\"text\":\"材料造假\"}},\"decision\":"       \
    "{\"outcome\":\"accepted\",\"case\":\"" CASE "\",\"changes\":[{\"objection\":"                 \
    "{\"objection\":\"o-1\",\"case\":\"" CASE "\",\"principal\":\"public\",\"text\":"              \
    "\"材料造假\",\"evidence\":\"附件\"}}]}}"

// ---- Cases

Test(project, each_role_sees_the_cases_within_its_scope_and_no_others)
{
    static const struct {
        const char *role;
        const char *name;
        const char *scope;
        bool own;
        bool other;
    } expected[] = {
        {"office",                "office", "",                   true,  true },
        {"supervision_committee", "s",      "",                   true,  true },
        {"review_committee",      "rc",     "",                   true,  true },
        {"selection_committee",   "sc",     "",                   true,  true },
        {"government",            "g",      "",                   true,  true },
        {"bureau",                "b",      "",                   true,  true },
        {"reviewer",              "r1",     "",                   true,  false},
        {"reviewer",              "r9",     "",                   false, false},
        {"district_bureau",       "d",      "500112",             true,  false},
        {"district_bureau",       "d",      "500113",             false, false},
        {"enterprise",            "e",      "91500112MA5U0000X8", true,  false},
        {"enterprise",            "e",      "",                   false, false},
        {"public",                "public", "",                   false, false},
        {"administrator",         "admin",  "",                   false, false},
        {"worker_scoring",        "w",      "",                   false, false},
        {"worker_notification",   "w",      "",                   false, false},
        {"worker_revocation",     "w",      "",                   false, false},
    };
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        const Award__Principal *who =
            project_viewer(expected[i].name, expected[i].role, expected[i].scope);
        cr_expect_eq(sees_case(who, CASE), expected[i].own, "%s %s", expected[i].role,
                     expected[i].name);
        cr_expect_eq(sees_case(who, OTHER_CASE), expected[i].other, "%s %s", expected[i].role,
                     expected[i].name);
    }
}

Test(project, a_reviewer_who_was_replaced_or_has_a_conflict_sees_the_case_no_longer)
{
    project_team_put("{\"person\":\"r1\",\"replaced_by\":\"r4\"},{\"person\":\"r2\",\"conflicts\":"
                     "[\"" CASE "\"]},{\"person\":\"r3\"},{\"person\":\"r4\"}");
    cr_expect_not(sees_case(project_viewer("r1", "reviewer", ""), CASE));
    cr_expect_not(sees_case(project_viewer("r2", "reviewer", ""), CASE));
    cr_expect(sees_case(project_viewer("r4", "reviewer", ""), CASE));
}

Test(project, a_member_of_the_panel_sees_the_case)
{
    project_case_put(
        "\"stage\":\"document_passed\",\"defence\":{\"scheduled\":{\"panel\":[\"p1\"]}}");
    cr_expect(sees_case(project_viewer("p1", "reviewer", ""), CASE));
    cr_expect_not(sees_case(project_viewer("p2", "reviewer", ""), CASE));
}

Test(project, outside_no_score_is_seen_before_the_case_left_or_was_published)
{
    static const char *const roles[][2] = {
        {"district_bureau", "500112"            },
        {"enterprise",      "91500112MA5U0000X8"}
    };
    for (size_t i = 0; i < 2; i++) {
        const Award__Principal *who = project_viewer("x", roles[i][0], roles[i][1]);
        project_case_put(
            "\"stage\":\"publicity\",\"track\":\"award\",\"document_score\":\"520.00\","
            "\"site_score\":\"530.00\",\"strengths\":[{\"item\":\"strategy\",\"text\":\"战略\"}]");
        Award__Case *before = case_for(who);
        cr_expect_null(before->document_score);
        cr_expect_null(before->site_score);
        cr_expect_eq(before->n_strengths, 0);
        cr_expect_not(before->has_track);
        project_case_put(
            "\"stage\":\"honoured\",\"track\":\"award\",\"document_score\":\"520.00\","
            "\"site_score\":\"530.00\",\"strengths\":[{\"item\":\"strategy\",\"text\":\"战略\"}]");
        Award__Case *after = case_for(who);
        cr_assert_not_null(after->document_score);
        cr_expect_eq(after->document_score->hundredths, 52000);
        cr_expect_eq(after->n_strengths, 1);
    }
}

// 8(2).3
Test(project, outside_no_name_of_a_reviewer_is_seen_even_afterwards)
{
    project_case_put(
        "\"stage\":\"conferred\",\"open_objections\":[\"o-1\"],\"defence\":{\"closed\":"
        "true,\"left\":[\"r2\"],\"scheduled\":{\"panel\":[\"r1\",\"r2\"],\"advisors\":"
        "[{\"name\":\"顾问\"}]}}");
    Award__Case *seen = case_for(project_viewer("e", "enterprise", "91500112MA5U0000X8"));
    const char *json = codec_to_json(&seen->base, CODEC_JSON_LINE, arena);
    cr_expect_null(strstr(json, "r1"), "%s", json);
    cr_expect_null(strstr(json, "r2"), "%s", json);
    cr_expect_null(strstr(json, "t1"), "%s", json);
    cr_expect_null(strstr(json, "顾问"), "%s", json);
    cr_expect_null(strstr(json, "o-1"), "%s", json);
}

// ---- Entries

Test(project, an_entry_with_a_sheet_shows_the_office_that_there_is_one_and_no_score)
{
    project_sheet_put("r1");
    Award__HistoryItem *item = item_for(project_viewer("office", "office", ""), SHEET_ENTRY);
    cr_assert_not_null(item);
    cr_expect_eq(item->event->body_case, AWARD__EVENT__BODY__NOT_SET);
    cr_expect_null(item->event->database_created);
    cr_expect(item->withheld);
    cr_expect_eq(item->n_changes, 1, "the case alone");
    cr_expect_eq(item->changes[0]->record_case, AWARD__CHANGE__RECORD_CASE);
    const char *json = codec_to_json(&item->base, CODEC_JSON_LINE, arena);
    cr_expect_null(strstr(json, "80.00"), "%s", json);
    cr_expect_null(strstr(json, "510.00"), "%s", json);
}

// 9(1)
Test(project, an_entry_with_a_sheet_shows_its_sender_and_the_supervision_committee_all)
{
    project_sheet_put("r1");
    static const char *const who[][2] = {
        {"r1", "reviewer"             },
        {"s",  "supervision_committee"}
    };
    for (size_t i = 0; i < 2; i++) {
        Award__HistoryItem *item = item_for(project_viewer(who[i][0], who[i][1], ""), SHEET_ENTRY);
        cr_assert_not_null(item);
        cr_expect_eq(item->event->body_case, AWARD__EVENT__BODY_INDEPENDENT_SHEET);
        cr_expect_eq(item->n_changes, 2);
        cr_expect_not(item->withheld);
        cr_expect_eq(item->entry, 7);
    }
}

Test(project, an_entry_does_not_name_a_reviewer_to_the_enterprise)
{
    Award__HistoryItem *item =
        item_for(project_viewer("e", "enterprise", "91500112MA5U0000X8"), SHEET_ENTRY);
    cr_assert_not_null(item);
    cr_expect_null(item->event->principal);
    cr_expect_null(item->event->id);
    const char *json = codec_to_json(&item->base, CODEC_JSON_LINE, arena);
    cr_expect_null(strstr(json, "r1"), "%s", json);
}

Test(project, an_entry_of_another_case_is_nothing_to_those_outside_it)
{
    cr_expect_null(item_for(project_viewer("e", "enterprise", "91500109MA5U0000B1"), SHEET_ENTRY));
    cr_expect_null(item_for(project_viewer("r9", "reviewer", ""), SHEET_ENTRY));
    cr_expect_null(item_for(project_viewer("admin", "administrator", ""), SHEET_ENTRY));
    cr_expect_null(item_for(project_viewer("w", "worker_scoring", ""), SHEET_ENTRY));
    cr_expect_null(item_for(project_viewer("p", "public", ""), SHEET_ENTRY));
}

Test(project, that_a_cycle_got_another_case_makes_its_application_nobody_elses_business)
{
    static const char entry[] =
        "{\"number\":\"3\",\"event\":{\"principal\":\"x\",\"id\":\"a\",\"application_submitted\":"
        "{\"cycle\":\"2018\",\"enterprise\":\"91500109MA5U0000B1\"}},\"decision\":{\"outcome\":"
        "\"accepted\",\"case\":\"" OTHER_CASE "\",\"changes\":[{\"cycle\":{\"cycle\":\"2018\","
        "\"cases\":[\"" OTHER_CASE "\"]}}]}}";
    cr_expect_null(item_for(project_viewer("e", "enterprise", "91500112MA5U0000X8"), entry));
    cr_expect_null(item_for(project_viewer("r1", "reviewer", ""), entry));
    cr_expect_not_null(item_for(project_viewer("e2", "enterprise", "91500109MA5U0000B1"), entry));
}

Test(project, who_objects_and_what_he_says_is_for_those_who_investigate)
{
    static const struct {
        const char *role;
        bool text;
    } expected[] = {
        {"office",              true },
        {"bureau",              true },
        {"review_committee",    false},
        {"selection_committee", false},
        {"government",          false},
    };
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        Award__HistoryItem *item =
            item_for(project_viewer("x", expected[i].role, ""), OBJECTION_ENTRY);
        cr_assert_not_null(item, "%s", expected[i].role);
        const char *json = codec_to_json(&item->base, CODEC_JSON_LINE, arena);
        cr_expect_eq(strstr(json, "材料造假") != NULL, expected[i].text, "%s", expected[i].role);
        cr_expect_eq(strstr(json, "附件") != NULL, expected[i].text, "%s", expected[i].role);
    }
    cr_expect_null(
        item_for(project_viewer("e", "enterprise", "91500112MA5U0000X8"), OBJECTION_ENTRY));
    cr_expect_null(item_for(project_viewer("r1", "reviewer", ""), OBJECTION_ENTRY));
}

Test(project, keys_and_principals_are_for_the_administrator_and_those_who_see_all)
{
    static const char entry[] =
        "{\"number\":\"2\",\"event\":{\"principal\":\"admin\",\"id\":\"k\",\"key_enrolled\":"
        "{\"name\":\"r1\",\"public_key\":\"K\"}},\"decision\":{\"outcome\":\"accepted\","
        "\"changes\":[{\"key\":{\"public_key\":\"K\",\"principal\":\"r1\"}}]}}";
    cr_expect_not_null(item_for(project_viewer("a2", "administrator", ""), entry));
    cr_expect_not_null(item_for(project_viewer("office", "office", ""), entry));
    cr_expect_null(item_for(project_viewer("b", "bureau", ""), entry));
    cr_expect_null(item_for(project_viewer("r2", "reviewer", ""), entry));
    Award__HistoryItem *own = item_for(project_viewer("r1", "reviewer", ""), entry);
    cr_assert_not_null(own);
    cr_expect_eq(own->event->body_case, AWARD__EVENT__BODY__NOT_SET);
    cr_expect_eq(own->n_changes, 1, "his own key");
}

Test(project, rejected_parts_of_other_cases_are_left_out)
{
    static const char entry[] =
        "{\"number\":\"3\",\"event\":{\"principal\":\"r1\",\"id\":\"m\",\"plan_submitted\":"
        "{\"team\":\"t1\"}},\"decision\":{\"outcome\":\"accepted\",\"rejected_parts\":[{\"code\":"
        "\"x\",\"subject\":\"" CASE "\"},{\"code\":\"x\",\"subject\":\"" OTHER_CASE "\"}]}}";
    Award__HistoryItem *item = item_for(project_viewer("r2", "reviewer", ""), entry);
    cr_assert_not_null(item);
    cr_assert_eq(item->n_rejected_parts, 1);
    cr_expect_str_eq(item->rejected_parts[0]->subject, CASE);
    cr_expect(item->withheld);
}

Test(project, an_entry_that_is_read_says_for_which_reasons)
{
    Award__HistoryItem *item = item_for(
        project_viewer("e", "enterprise", "91500112MA5U0000X8"),
        "{\"event\":{\"principal\":\"e\",\"id\":\"w\",\"application_withdrawn\":{\"case\":"
        "\"" CASE "\"}},\"decision\":{\"outcome\":\"rejected\",\"article\":\"order\",\"case\":"
        "\"" CASE "\",\"reasons\":[{\"code\":\"wrong_stage\"}]},\"recorded\":"
        "\"2018-01-02T09:00:00+08:00\"}");
    cr_assert_eq(item->n_reasons, 1);
    cr_expect_str_eq(item->reasons[0]->code, "wrong_stage");
    cr_expect_eq(item->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(item->article, "order");
    cr_assert_not_null(item->recorded);
    cr_expect_not(item->withheld);
}

// 8(2).3
Test(project, the_sender_of_an_entry_is_named_outside_unless_he_is_a_reviewer)
{
    static const struct {
        const char *sender;
        const char *viewer;
        bool named;
    } rows[] = {
        {"r1",     "e",  false},
        {"r1",     "r1", true }, // his own
        {"office", "e",  true },
        {"gone",   "e",  true }, // whoever is not enrolled is no reviewer
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *entry = arena_format(
            arena,
            "{\"event\":{\"principal\":\"%s\",\"id\":\"v\",\"visit_opened\":{\"case\":\"" CASE
            "\"}},\"decision\":{\"case\":\"" CASE "\"}}",
            rows[i].sender);
        Award__HistoryItem *item =
            item_for(project_viewer(rows[i].viewer, "enterprise", "91500112MA5U0000X8"), entry);
        cr_assert_not_null(item);
        cr_expect_eq(item->event->body_case, AWARD__EVENT__BODY_VISIT_OPENED);
        cr_expect_eq(item->event->principal != NULL, rows[i].named, "%zu", i);
        cr_expect_eq(item->event->id != NULL, rows[i].named, "%zu", i);
        cr_expect_eq(item->withheld, !rows[i].named, "%zu", i);
    }
}

// decision 28
Test(project, a_correction_stands_beside_its_original_for_those_who_may_read_it)
{
    static const char entry[] =
        "{\"event\":{\"principal\":\"e\",\"id\":\"w\",\"application_withdrawn\":{\"case\":\"" CASE
        "\"}},\"decision\":{\"case\":\"" CASE "\"}}";
    project_put("{\"correction\":{\"original\":\"e/w\",\"correction\":\"e/x\",\"case\":\"" CASE
                "\",\"content\":{\"principal\":\"e\",\"application_withdrawn\":{\"case\":\"" CASE
                "\"}}}}");
    project_put(
        "{\"correction\":{\"original\":\"e/w\",\"correction\":\"e/y\",\"case\":\"" OTHER_CASE
        "\",\"content\":{\"principal\":\"e\",\"application_withdrawn\":{\"case\":\"" OTHER_CASE
        "\"}}}}");
    project_put("{\"correction\":{\"original\":\"e/v\",\"correction\":\"e/z\",\"content\":{}}}");
    Award__HistoryItem *item =
        item_for(project_viewer("e", "enterprise", "91500112MA5U0000X8"), entry);
    cr_assert_eq(item->n_corrections, 1);
    cr_expect_str_eq(item->corrections[0]->correction, "e/x");
    cr_expect_eq(item_for(project_viewer("office", "office", ""), entry)->n_corrections, 2);
    Award__HistoryItem *unnamed =
        item_for(project_viewer("office", "office", ""),
                 "{\"event\":{\"principal\":\"e\",\"application_withdrawn\":{\"case\":\"" CASE
                 "\"}},\"decision\":{\"case\":\"" CASE "\"}}");
    cr_expect_eq(unnamed->n_corrections, 0);
}

Test(project, what_everybody_knows_does_not_make_an_event_his_business)
{
    static const char entry[] =
        "{\"event\":{\"principal\":\"coordinator\",\"id\":\"g\",\"database_created\":{}},"
        "\"decision\":{\"changes\":[{\"city\":{\"name\":\"c\"}},{\"clock\":{}},{\"rulebook\":"
        "{\"digest\":\"d\"}},{\"calendar_year\":{\"year\":2018}},{\"cycle\":{\"cycle\":\"2018\"}}"
        "%s]}}";
    const Award__Principal *reviewer = project_viewer("r1", "reviewer", "");
    cr_expect_null(item_for(reviewer, arena_format(arena, entry, "")));
    Award__HistoryItem *item =
        item_for(reviewer, arena_format(arena, entry,
                                        ",{\"key\":{\"public_key\":\"k\",\"principal\":\"r1\"}}"));
    cr_assert_not_null(item);
    cr_assert_eq(item->n_changes, 1);
    cr_expect_eq(item->changes[0]->record_case, AWARD__CHANGE__RECORD_KEY);
}

// ---- Records and answers

Test(project, an_answer_shows_its_sender_his_own_sheet_and_none_of_the_machinery)
{
    const Award__Entry *entry = entry_from(
        "{\"decision\":{\"changes\":[{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"independent\","
        "\"person\":\"r1\"}},{\"sheet\":{\"case\":\"" CASE "\",\"kind\":\"independent\","
        "\"person\":\"r2\"}},{\"task\":{\"task\":\"compare_sheets:x:1\"}},{\"alert\":{\"alert\":"
        "\"a\",\"recipient\":\"office\"}},{\"due\":{\"moment\":\"2018-01-02T09:00:00+08:00\"}}]}}");
    Award__Answer answer = AWARD__ANSWER__INIT;
    answer.n_changes = entry->decision->n_changes;
    answer.changes = entry->decision->changes;
    project_answer(project_viewer("r1", "reviewer", ""), &answer, view, arena);
    cr_assert_eq(answer.n_changes, 1);
    cr_expect_str_eq(answer.changes[0]->sheet->person, "r1");
}

Test(project, a_cycle_lists_outside_the_cases_of_the_viewer_alone)
{
    ProtobufCMessage *cycle = project_from_json(&award__cycle__descriptor,
                                                "{\"cycle\":\"2018\",\"teams\":[\"t1\"],\"cases\":["
                                                "\"" CASE "\",\"" OTHER_CASE "\"]}");
    const Award__Cycle *seen = (const Award__Cycle *)project_record(
        project_viewer("e", "enterprise", "91500112MA5U0000X8"), AWARD__CHANGE__RECORD_CYCLE, cycle,
        view, arena);
    cr_assert_not_null(seen);
    cr_assert_eq(seen->n_cases, 1);
    cr_expect_str_eq(seen->cases[0], CASE);
    cr_expect_eq(seen->n_teams, 0);
}

Test(project, a_removal_is_seen_by_those_who_see_such_records_whole)
{
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_TASK, "rank:2018:1");
    Award__Removed removed = AWARD__REMOVED__INIT;
    removed.has_key = 1;
    removed.key.len = key.size;
    removed.key.data = arena_copy(arena, key.data, key.size);
    cr_expect_not_null(project_record(project_viewer("a", "administrator", ""),
                                      AWARD__CHANGE__RECORD_REMOVED, &removed.base, view, arena));
    cr_expect_null(project_record(project_viewer("b", "bureau", ""), AWARD__CHANGE__RECORD_REMOVED,
                                  &removed.base, view, arena));
}

Test(project, deadlines_are_seen_by_those_whom_they_bind)
{
    ProtobufCMessage *plan = project_from_json(
        &award__deadline__descriptor,
        "{\"deadline\":\"t1:plan_consensus:1\",\"subject\":\"t1\",\"kind\":\"plan_consensus\"}");
    ProtobufCMessage *report = project_from_json(
        &award__deadline__descriptor,
        "{\"deadline\":\"x\",\"subject\":\"" CASE "/i1\",\"kind\":\"incident_report\",\"case\":"
        "\"" CASE "\",\"enterprise\":\"91500112MA5U0000X8\"}");
    ProtobufCMessage *answer = project_from_json(
        &award__deadline__descriptor,
        "{\"deadline\":\"y\",\"subject\":\"o-1\",\"kind\":\"objection_answer\",\"case\":\"" CASE
        "\",\"enterprise\":\"91500112MA5U0000X8\"}");
    const Award__Principal *reviewer = project_viewer("r2", "reviewer", "");
    const Award__Principal *enterprise = project_viewer("e", "enterprise", "91500112MA5U0000X8");
    cr_expect(project_sees(reviewer, AWARD__CHANGE__RECORD_DEADLINE, plan));
    cr_expect_not(project_sees(enterprise, AWARD__CHANGE__RECORD_DEADLINE, plan));
    cr_expect(project_sees(enterprise, AWARD__CHANGE__RECORD_DEADLINE, report));
    cr_expect_not(project_sees(reviewer, AWARD__CHANGE__RECORD_DEADLINE, report));
    cr_expect_not(project_sees(enterprise, AWARD__CHANGE__RECORD_DEADLINE, answer));
    cr_expect(
        project_sees(project_viewer("b", "bureau", ""), AWARD__CHANGE__RECORD_DEADLINE, answer));
    cr_expect_not(project_sees(project_viewer("a", "administrator", ""),
                               AWARD__CHANGE__RECORD_DEADLINE, report));
}
