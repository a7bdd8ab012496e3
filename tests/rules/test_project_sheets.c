// The sheets of the closed review and of the panel: who sees them, and from when on (invariant 7).
#include "tests/rules/project_world.h"

#include <criterion/criterion.h>

TestSuite(project_sheets, .init = project_setup, .fini = project_teardown);

// 16(3)s1, 9(1)
Test(project_sheets, nobody_but_the_supervision_committee_sees_anothers_sheet_before_all_are_in)
{
    project_sheet_put("r1");
    project_sheet_put("r2");
    static const char *const roles[] = {"office",        "review_committee", "selection_committee",
                                        "government",    "bureau",           "public",
                                        "administrator", "worker_scoring",   "worker_notification"};
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        cr_expect_not(project_sees_sheet(project_viewer("x", roles[i], ""), "r1"), "%s", roles[i]);
    }
    cr_expect_not(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"));
    cr_expect(project_sees_sheet(project_viewer("r1", "reviewer", ""), "r1"), "his own");
    cr_expect(project_sees_sheet(project_viewer("s", "supervision_committee", ""), "r1"));
}

// 16(3)s1
Test(project_sheets, when_all_are_in_the_team_the_office_and_the_review_committee_see_them)
{
    project_sheet_put("r1");
    project_sheet_put("r2");
    project_sheet_put("r3");
    cr_expect(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"));
    cr_expect(project_sees_sheet(project_viewer("office", "office", ""), "r1"));
    cr_expect(project_sees_sheet(project_viewer("rc", "review_committee", ""), "r1"));
    cr_expect_not(project_sees_sheet(project_viewer("r9", "reviewer", ""), "r1"),
                  "of another team");
    cr_expect_not(project_sees_sheet(project_viewer("b", "bureau", ""), "r1"));
    cr_expect_not(
        project_sees_sheet(project_viewer("e", "enterprise", "91500112MA5U0000X8"), "r1"));
    cr_expect_not(project_sees_sheet(project_viewer("d", "district_bureau", "500112"), "r1"));
}

Test(project_sheets, a_new_member_hides_the_sheets_again_until_his_own_is_in)
{
    project_sheet_put("r1");
    project_sheet_put("r2");
    project_sheet_put("r3");
    project_team_put("{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\",\"replaced_by\":"
                     "\"r4\"},{\"person\":\"r4\"}");
    cr_expect_not(project_sees_sheet(project_viewer("r4", "reviewer", ""), "r1"));
    cr_expect_not(project_sees_sheet(project_viewer("office", "office", ""), "r1"));
    project_sheet_put("r4");
    cr_expect(project_sees_sheet(project_viewer("r4", "reviewer", ""), "r1"));
}

Test(project_sheets, a_place_that_a_conflict_left_open_keeps_a_small_team_incomplete)
{
    project_sheet_put("r1");
    project_sheet_put("r2");
    project_team_put(
        "{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\",\"conflicts\":[\"" PROJECT_CASE
        "\"]}");
    cr_expect_not(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"));
}

Test(project_sheets, after_the_consensus_a_replacement_hides_nothing)
{
    project_sheet_put("r1");
    project_case_put("\"stage\":\"document_passed\",\"document_score\":\"520.00\"");
    cr_expect(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"));
}

Test(project_sheets, scores_of_the_panel_are_hidden_until_the_defence_is_closed)
{
    ProtobufCMessage *sheet =
        project_from_json(&award__sheet__descriptor,
                          "{\"case\":\"" PROJECT_CASE
                          "\",\"kind\":\"defence\",\"person\":\"r1\",\"total\":\"80.00\"}");
    project_case_put("\"stage\":\"final\",\"defence\":{\"scheduled\":{\"panel\":[\"r1\",\"p1\"]}}");
    cr_expect_not(
        project_sees(project_viewer("office", "office", ""), AWARD__CHANGE__RECORD_SHEET, sheet));
    cr_expect_not(
        project_sees(project_viewer("p1", "reviewer", ""), AWARD__CHANGE__RECORD_SHEET, sheet));
    cr_expect(
        project_sees(project_viewer("r1", "reviewer", ""), AWARD__CHANGE__RECORD_SHEET, sheet));
    project_case_put("\"stage\":\"final\",\"defence\":{\"closed\":true,\"scheduled\":{\"panel\":"
                     "[\"r1\",\"p1\"]}}");
    cr_expect(
        project_sees(project_viewer("office", "office", ""), AWARD__CHANGE__RECORD_SHEET, sheet));
    cr_expect(
        project_sees(project_viewer("p1", "reviewer", ""), AWARD__CHANGE__RECORD_SHEET, sheet));
}

// 8s1, 16(3)s1
Test(project_sheets, a_place_that_a_conflict_left_open_keeps_a_full_team_of_the_others_complete)
{
    static const struct {
        const char *cycle;
        bool complete;
    } rows[] = {
        {"{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":3}}", true },
        {"{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":2}}", true },
        {"{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":4}}", false},
        {"{\"cycle\":{\"cycle\":\"2018\"}}",                        false},
    };
    project_team_put(
        "{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\"},{\"person\":\"r4\","
        "\"conflicts\":[\"" PROJECT_CASE "\"]}");
    project_sheet_put("r1");
    project_sheet_put("r2");
    project_sheet_put("r3");
    cr_expect_not(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"),
                  "of a cycle that is not there");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        project_put(rows[i].cycle);
        cr_expect_eq(project_sees_sheet(project_viewer("r2", "reviewer", ""), "r1"),
                     rows[i].complete, "%zu", i);
    }
}

// 8s1, 16(3)s1
Test(project_sheets, two_open_places_keep_a_full_team_of_the_others_complete)
{
    project_team_put("{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\"},{\"person\":"
                     "\"r4\",\"conflicts\":[\"" PROJECT_CASE "\"]},{\"person\":\"r5\","
                     "\"conflicts\":[\"" PROJECT_CASE "\"]}");
    project_put("{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":3}}");
    const Award__Principal *office = project_viewer("office", "office", "");
    project_sheet_put("r1");
    project_sheet_put("r2");
    cr_expect_not(project_sees_sheet(office, "r1"), "the third is still to come");
    project_sheet_put("r3");
    cr_expect(project_sees_sheet(office, "r1"));
    project_put("{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":4}}");
    cr_expect_not(project_sees_sheet(office, "r1"), "three are no team of four");
}

// Whoever takes his place writes his own first.
// 16(3)s1
Test(project_sheets, of_a_team_of_which_nobody_is_left_are_not_complete)
{
    static const char *const teams[] = {
        "{\"person\":\"r1\",\"conflicts\":[\"" PROJECT_CASE "\"]}",
        "{\"person\":\"r1\",\"replaced_by\":\"r4\"}",
    };
    project_put("{\"cycle\":{\"cycle\":\"2018\",\"team_members_min\":1}}");
    project_sheet_put("r1");
    project_team_put("{\"person\":\"r1\"}");
    const Award__Principal *office = project_viewer("office", "office", "");
    cr_expect(project_sees_sheet(office, "r1"), "it was complete");
    for (size_t i = 0; i < 2; i++) {
        project_team_put(teams[i]);
        cr_expect_not(project_sees_sheet(office, "r1"), "%s", teams[i]);
    }
}
