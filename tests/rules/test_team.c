// Teams are formed by hand, and their members replaced: 8
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *world;

static void setup(void)
{
    world = review_world();
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(team, .init = setup, .fini = teardown);

static Award__Team *team(void)
{
    return (Award__Team *)world_record(world, AWARD__CHANGE__RECORD_TEAM, "T1");
}

static Award__Reviewer *reviewer(const char *person)
{
    return (Award__Reviewer *)world_record(world, AWARD__CHANGE__RECORD_REVIEWER, person);
}

// ---- Forming

// decision 30; 7(1), 8s1
Test(team, is_noted_on_its_cases_and_cycle_and_leaves_their_stage)
{
    world_accept(world, "office",
                 review_team_json(world, THREE, "reviewer-02", QUOTED(CASE_A) "," QUOTED(CASE_B)));
    cr_assert_str_eq(team()->leader, "reviewer-02");
    cr_assert_eq(team()->n_members, 3);
    cr_assert_eq(team()->n_cases, 2);
    cr_assert_str_eq(world_case(world, CASE_B)->team, "T1");
    cr_assert_eq(world_case(world, CASE_B)->stage, AWARD__STAGE__NAME__accepted);
    cr_assert_eq(world_case(world, CASE_B)->version, 2);
    const Award__Cycle *cycle =
        (const Award__Cycle *)world_record(world, AWARD__CHANGE__RECORD_CYCLE, "2018");
    cr_assert_eq(cycle->n_teams, 1);
    cr_assert_str_eq(cycle->teams[0], "T1");
}

Test(team, of_two_is_rejected_and_of_three_and_six_admitted)
{
    world_reject(
        world, "office",
        review_team_json(world, "\"reviewer-01\",\"reviewer-02\"", "reviewer-01", QUOTED(CASE_A)),
        "team_size", "8");
    world_accept(world, "office",
                 review_team_json(world, THREE ",\"reviewer-04\",\"reviewer-05\",\"reviewer-06\"",
                                  "reviewer-01", QUOTED(CASE_A)));
}

Test(team, of_seven_is_rejected)
{
    world_reject(
        world, "office",
        review_team_json(world,
                         THREE ",\"reviewer-04\",\"reviewer-05\",\"reviewer-06\",\"reviewer-07\"",
                         "reviewer-01", QUOTED(CASE_A)),
        "team_size", "8");
}

Test(team, whose_leader_is_no_member_is_rejected)
{
    world_reject(world, "office", review_team_json(world, THREE, "reviewer-04", QUOTED(CASE_A)),
                 "leader_no_member", "8");
}

Test(team, with_somebody_twice_is_rejected)
{
    world_reject(world, "office",
                 review_team_json(world, "\"reviewer-01\",\"reviewer-02\",\"reviewer-02\"",
                                  "reviewer-01", QUOTED(CASE_A)),
                 "named_twice", "8");
}

Test(team, with_somebody_outside_of_the_pool_is_rejected)
{
    world_reject(world, "office",
                 review_team_json(world, "\"reviewer-01\",\"reviewer-02\",\"government\"",
                                  "reviewer-01", QUOTED(CASE_A)),
                 "not_in_pool", "8");
    world_reject(world, "office",
                 review_team_json(world, "\"government\",\"reviewer-01\",\"reviewer-02\"",
                                  "reviewer-01", QUOTED(CASE_A)),
                 "not_in_pool", "8");
    Award__Reviewer *gone = reviewer("reviewer-03");
    gone->has_removed = 1;
    gone->removed = 1;
    world_put(world, AWARD__CHANGE__RECORD_REVIEWER, &gone->base);
    world_reject(world, "office", review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A)),
                 "not_in_pool", "8");
}

Test(team, with_a_name_too_long_for_a_key_is_rejected)
{
    char name[601];
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    world_reject(world, "office",
                 review_team_json(world,
                                  JSON(world, "\"reviewer-01\",\"reviewer-02\",\"%s\"", name),
                                  "reviewer-01", QUOTED(CASE_A)),
                 "not_in_pool", "8");
    world_reject(world, "office",
                 review_team_json(world, THREE, "reviewer-01", JSON(world, "\"%s\"", name)),
                 "no_such_case", "order");
}

static void conflict_by(const char *employer, const char *relation, const char *district)
{
    Award__Reviewer *one = reviewer("reviewer-03");
    char *relations[] = {arena_string(world_arena(world), relation)};
    one->added->employer = arena_string(world_arena(world), employer);
    one->added->n_relations = 1;
    one->added->relations = relations;
    one->added->district = arena_string(world_arena(world), district);
    world_put(world, AWARD__CHANGE__RECORD_REVIEWER, &one->base);
    world_reject(world, "office",
                 review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_B) "," QUOTED(CASE_A)),
                 "conflict_of_interest", "policy");
    cr_assert_null(team());
}

Test(team, with_an_employee_of_the_enterprise_by_its_name_is_rejected)
{
    conflict_by("甲企业", "-", "500000");
}

Test(team, with_an_employee_of_the_enterprise_by_its_code_is_rejected)
{
    conflict_by(WORLD_ENTERPRISE, "-", "500000");
}

Test(team, with_a_relation_of_the_enterprise_is_rejected)
{
    conflict_by("质量协会", WORLD_ENTERPRISE, "500000");
}

Test(team, with_somebody_of_the_enterprise_s_district_is_rejected)
{
    conflict_by("质量协会", "-", "500112");
}

Test(team, needs_a_seed_or_the_reason_of_forming_it_by_hand)
{
    const char *without =
        "{\"team_drawn\":{\"cycle\":\"2018\",\"teams\":[{\"team\":\"T1\",\"members\":[" THREE
        "],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE_A "\"]}],\"reason\":\" \"}}";
    world_reject(world, "office", without, "field_missing", "form");
    world_accept(world, "review-committee",
                 review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A)));
    cr_assert_str_eq(team()->reason, "人工组建");
}

Test(team, name_is_used_once)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "office", review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_B)),
                 "id_in_use", "order");
}

Test(team, takes_the_cases_that_have_none_and_rejects_the_others_by_themselves)
{
    review_team(world, "T0", CASE_A);
    const Award__Decision *decision = world_accept(
        world, "office",
        review_team_json(world, THREE, "reviewer-01",
                         QUOTED(CASE_A) "," QUOTED(CASE_B) "," QUOTED(CASE_B) ","
                                                                              "\"2018/none/1\""));
    cr_assert_eq(decision->n_rejected_parts, 3);
    cr_assert_eq(team()->n_cases, 1);
    cr_assert_str_eq(team()->cases[0], CASE_B);
    cr_assert_str_eq(world_case(world, CASE_A)->team, "T0");
}

Test(team, of_which_no_case_is_admitted_is_rejected_as_a_whole)
{
    review_team(world, "T0", CASE_A);
    world_reject(world, "office", review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A)),
                 "has_team", "8");
}

Test(team, of_an_unknown_cycle_is_rejected)
{
    world_reject(
        world, "office",
        "{\"team_drawn\":{\"cycle\":\"1999\",\"teams\":[{\"team\":\"T1\",\"members\":[" THREE
        "],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE_A "\"]}],\"seed\":\"1\"}}",
        "no_such_cycle", "order");
}

// ---- Members

static void replace(const char *person, const char *by)
{
    world_accept(world, "office",
                 JSON(world,
                      "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"%s\",\"by\":\"%s\","
                      "\"reason\":\"生病\"}}",
                      person, by));
}

// decision 28; 8(2).1
Test(team, member_who_is_replaced_may_not_act_and_his_sheet_stays_without_counting)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    replace("reviewer-03", "reviewer-04");
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    cr_assert_eq(world_count(world, AWARD__CHANGE__RECORD_SHEET), 3);
    world_reject(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""),
                 "sheets_outstanding", "16(3)");
    world_reject(world, "reviewer-03", review_sheet(world, "independent_sheet", CASE_A, 50000, ""),
                 "replaced", "authority");
    world_accept(world, "reviewer-04", "{\"confidentiality_declared\":{\"team\":\"T1\"}}");
    world_accept(world, "reviewer-04", review_sheet(world, "independent_sheet", CASE_A, 50000, ""));
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    world_accept(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""));
}

Test(team, leader_who_is_replaced_hands_the_lead_to_the_new_member)
{
    review_team(world, "T1", CASE_A);
    replace("reviewer-01", "reviewer-04");
    cr_assert_str_eq(team()->leader, "reviewer-04");
    cr_assert_str_eq(team()->members[0]->replaced_by, "reviewer-04");
}

Test(team, member_is_replaced_by_somebody_of_the_pool_who_was_not_of_the_team)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "office",
                 "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"reviewer-03\",\"by\":"
                 "\"reviewer-02\",\"reason\":\"生病\"}}",
                 "named_twice", "policy");
    world_reject(
        world, "office",
        "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"reviewer-03\",\"by\":\"public\","
        "\"reason\":\"生病\"}}",
        "not_in_pool", "8");
    world_reject(world, "office",
                 "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"reviewer-09\",\"by\":"
                 "\"reviewer-04\",\"reason\":\"生病\"}}",
                 "not_of_team", "order");
}

Test(team, member_with_an_interest_replaces_nobody)
{
    review_team(world, "T1", CASE_A);
    Award__Reviewer *one = reviewer("reviewer-04");
    one->added->district = arena_string(world_arena(world), "500112");
    world_put(world, AWARD__CHANGE__RECORD_REVIEWER, &one->base);
    world_reject(world, "office",
                 "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"reviewer-03\",\"by\":"
                 "\"reviewer-04\",\"reason\":\"生病\"}}",
                 "conflict_of_interest", "policy");
}

Test(team, conflict_keeps_its_reviewer_out_until_replaced)
{
    review_team(world, "T1", CASE_A);
    world_accept(world, "reviewer-03",
                 "{\"conflict_declared\":{\"team\":\"T1\",\"case\":\"" CASE_A
                 "\",\"person\":\"reviewer-03\",\"reason\":\"亲属\"}}");
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 50000, "");
    world_reject(world, "reviewer-03", json, "conflict", "policy");
    world_accept(world, "reviewer-01", json);
    world_accept(world, "reviewer-02", json);
    // Two are fewer than a team must have.
    world_reject(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""),
                 "sheets_outstanding", "16(3)");
    replace("reviewer-03", "reviewer-04");
    world_accept(world, "reviewer-04", "{\"confidentiality_declared\":{\"team\":\"T1\"}}");
    world_accept(world, "reviewer-04", json);
    world_accept(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""));
}

Test(team, conflict_without_a_case_is_one_about_all_cases_of_the_team)
{
    world_accept(world, "office",
                 review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A) "," QUOTED(CASE_B)));
    world_accept(world, "office",
                 "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-03\","
                 "\"reason\":\"亲属\"}}");
    cr_assert_eq(team()->members[2]->n_conflicts, 2);
}

Test(team, conflict_of_another_is_declared_by_the_office_only)
{
    review_team(world, "T1", CASE_A);
    world_reject(
        world, "reviewer-02",
        "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-03\",\"reason\":\"亲属\"}}",
        "not_own", "authority");
}

Test(team, conflict_that_leaves_enough_members_completes_the_sheets_of_the_others)
{
    world_accept(world, "office",
                 review_team_json(world, THREE ",\"reviewer-04\"", "reviewer-01", QUOTED(CASE_A)));
    world_rules(world)->sheet_needs_confidentiality = false;
    review_sheets(world, CASE_A, 50000);
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    world_accept(world, "reviewer-04",
                 "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-04\","
                 "\"reason\":\"亲属\"}}");
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
}

// 8(2).3
Test(team, confidentiality_is_declared_by_members_only_and_once)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "reviewer-09", "{\"confidentiality_declared\":{\"team\":\"T1\"}}",
                 "not_of_team", "authority");
    world_reject(world, "reviewer-01", "{\"confidentiality_declared\":{\"team\":\"T1\"}}",
                 "declared_already", "order");
}

static size_t tasks_open(void)
{
    return world_count(world, AWARD__CHANGE__RECORD_TASK);
}

// 16(3)s1
Test(team, conflict_after_the_last_sheet_asks_no_second_comparison)
{
    world_accept(world, "office",
                 review_team_json(world, THREE ",\"reviewer-04\"", "reviewer-01", QUOTED(CASE_A)));
    world_rules(world)->sheet_needs_confidentiality = false;
    review_sheets(world, CASE_A, 50000);
    world_accept(world, "reviewer-04", review_sheet(world, "independent_sheet", CASE_A, 50000, ""));
    cr_assert_eq(tasks_open(), 1);
    static const char conflict[] =
        "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-04\","
        "\"case\":\"" CASE_A "\",\"reason\":\"亲属\"}}";
    world_accept(world, "reviewer-04", conflict);
    world_accept(world, "reviewer-04", conflict); // again: he has it already
    cr_expect_eq(tasks_open(), 1);
    cr_expect_eq(team()->members[3]->n_conflicts, 1);
}

// 16(3)s2
Test(team, member_who_is_replaced_after_the_consensus_leaves_the_comparison_open)
{
    review_team(world, "T1", CASE_A);
    review_consensus(world, CASE_A, 50000);
    replace("reviewer-03", "reviewer-04");
    cr_expect_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
}

// 16(3)s1
Test(team, conflict_after_the_consensus_asks_no_comparison)
{
    world_accept(world, "office",
                 review_team_json(world, THREE ",\"reviewer-04\"", "reviewer-01", QUOTED(CASE_A)));
    world_rules(world)->sheet_needs_confidentiality = false;
    review_sheets(world, CASE_A, 50000);
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 50000, "");
    world_accept(world, "reviewer-04", json);
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A);
    static const char totals[] = "{\"reviewer\":\"reviewer-01\",\"total\":\"500\"},"
                                 "{\"reviewer\":\"reviewer-02\",\"total\":\"500\"},"
                                 "{\"reviewer\":\"reviewer-03\",\"total\":\"500\"},"
                                 "{\"reviewer\":\"reviewer-04\",\"total\":\"500\"}";
    world_accept(world, "worker-scoring",
                 JSON(world,
                      "{\"task\":\"%s\",\"sheets_compared\":{\"case\":\"" CASE_A
                      "\",\"totals\":[%s]}}",
                      task->task, totals));
    world_accept(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""));
    world_accept(world, "office",
                 "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-04\","
                 "\"reason\":\"亲属\"}}");
    cr_expect_eq(tasks_open(), 0);
}

// 8(2).1, 16(3)s2
Test(team, comparison_is_of_the_sheets_of_those_who_count)
{
    static const struct {
        const char *reviewers; // by their last digits
        bool right;
    } rows[] = {
        {"1234", false}, // the third was replaced
        {"123",  false},
        {"12",   false},
        {"124",  true },
    };
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    replace("reviewer-03", "reviewer-04");
    world_accept(world, "reviewer-04", "{\"confidentiality_declared\":{\"team\":\"T1\"}}");
    world_accept(world, "reviewer-04", review_sheet(world, "independent_sheet", CASE_A, 50000, ""));
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A);
    world_reject(world, "worker-scoring",
                 JSON(world,
                      "{\"task\":\"%s\",\"sheets_compared\":{\"case\":\"" CASE_A
                      "\",\"totals\":[{\"total\":\"500\"},{\"reviewer\":\"reviewer-01\"}]}}",
                      task->task),
                 "wrong_result", "16(3)");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *totals = "";
        for (const char *at = rows[i].reviewers; *at != '\0'; at++) {
            totals = JSON(world, "%s%s{\"reviewer\":\"reviewer-0%c\",\"total\":\"500\"}", totals,
                          at > rows[i].reviewers ? "," : "", *at);
        }
        const Award__Decision *decision = world_send(
            world, "worker-scoring",
            JSON(world,
                 "{\"task\":\"%s\",\"sheets_compared\":{\"case\":\"" CASE_A "\",\"totals\":[%s]}}",
                 task->task, totals));
        cr_expect_str_eq(world_code(decision), rows[i].right ? "" : "wrong_result", "%s",
                         rows[i].reviewers);
    }
}

Test(team, tasks_are_answered_by_their_event_about_their_case)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A);
    review_team(world, "T2", CASE_B);
    world_reject(world, "worker-scoring",
                 JSON(world,
                      "{\"task\":\"%s\",\"sheets_compared\":{\"case\":\"" CASE_B
                      "\",\"totals\":[{\"reviewer\":\"reviewer-01\",\"total\":\"500\"}]}}",
                      task->task),
                 "wrong_answer", "order");
    world_reject(world, "worker-notification",
                 JSON(world,
                      "{\"task\":\"%s\",\"feedback_sent\":{\"case\":\"" CASE_A
                      "\",\"digest\":\"d\"}}",
                      task->task),
                 "wrong_answer", "order");
    world_reject(world, "worker-notification",
                 "{\"feedback_sent\":{\"case\":\"" CASE_A "\",\"digest\":\"d\"}}", "no_such_task",
                 "order");
}

// Names are keys, and those have sixty-four characters at most.
Test(team, with_the_longest_name_that_there_may_be_is_admitted)
{
    static const char longest[] =
        "r234567890123456789012345678901234567890123456789012345678901234";
    world_put_json(
        world, AWARD__CHANGE__RECORD_REVIEWER,
        JSON(world, "{\"person\":\"%s\",\"added\":{\"person\":\"%s\",\"employer\":\"质量协会\"}}",
             longest, longest));
    world_accept(world, "office",
                 review_team_json(world, JSON(world, THREE ",\"%s\"", longest), "reviewer-01",
                                  QUOTED(CASE_A)));
}
