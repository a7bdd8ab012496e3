// Plans and the document review: 8, 16(3)
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

TestSuite(plan, .init = setup, .fini = teardown);
TestSuite(document_review, .init = setup, .fini = teardown);

// ---- Plans

static const char *plan_json(const char *independent, const char *consensus, const char *visit,
                             const char *report)
{
    return JSON(world,
                "{\"plan_submitted\":{\"team\":\"T1\",\"steps\":["
                "{\"step\":\"independent_review\",\"on\":\"%s\"},"
                "{\"step\":\"consensus\",\"on\":\"%s\"},"
                "{\"step\":\"site_visit\",\"on\":\"%s\"},"
                "{\"step\":\"report\",\"on\":\"%s\"}]}}",
                independent, consensus, visit, report);
}

static void plan_approve(void)
{
    world_accept(world, "reviewer-01",
                 plan_json("2018-01-05", "2018-01-08", "2018-01-20", "2018-01-31"));
    world_accept(world, "review-committee", "{\"plan_approved\":{\"team\":\"T1\"}}");
}

static Award__Deadline *deadline(const char *kind)
{
    return (Award__Deadline *)world_record(world, AWARD__CHANGE__RECORD_DEADLINE,
                                           JSON(world, "T1:%s:1", kind));
}

static Award__Deadline__State state(const char *kind)
{
    cr_assert_not_null(deadline(kind), "%s", kind);
    return deadline(kind)->state;
}

Test(plan, comes_from_the_leader)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "reviewer-02",
                 plan_json("2018-01-05", "2018-01-08", "2018-01-20", "2018-01-31"),
                 "not_the_leader", "8(1)");
}

Test(plan, with_days_out_of_order_or_in_the_past_is_rejected)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "reviewer-01",
                 plan_json("2018-01-09", "2018-01-08", "2018-01-20", "2018-01-31"), "plan_order",
                 "8(1).1");
    world_reject(world, "reviewer-01",
                 plan_json("2018-01-01", "2018-01-08", "2018-01-20", "2018-01-31"), "plan_order",
                 "8(1).1");
    world_accept(world, "reviewer-01",
                 plan_json("2018-01-02", "2018-01-02", "2018-01-02", "2018-01-02"));
}

Test(plan, names_every_step_once)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "reviewer-01",
                 "{\"plan_submitted\":{\"team\":\"T1\",\"steps\":[{\"step\":\"consensus\",\"on\":"
                 "\"2018-01-08\"}]}}",
                 "field_missing", "8(1).1");
    world_reject(world, "reviewer-01",
                 "{\"plan_submitted\":{\"team\":\"T1\",\"steps\":[{\"step\":\"consensus\",\"on\":"
                 "\"2018-01-08\"},{\"step\":\"consensus\",\"on\":\"2018-01-09\"}]}}",
                 "named_twice", "form");
}

// decision 26; 7(1), 8(1).1
Test(plan, that_is_approved_becomes_four_deadlines_and_is_fixed)
{
    review_team(world, "T1", CASE_A);
    world_reject(world, "review-committee", "{\"plan_approved\":{\"team\":\"T1\"}}", "no_plan",
                 "8(1).1");
    plan_approve();
    cr_assert_eq(state("plan_independent"), AWARD__DEADLINE__STATE__open);
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__open);
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__open);
    cr_assert_eq(state("plan_report"), AWARD__DEADLINE__STATE__open);
    cr_assert_eq(deadline("plan_report")->last->number - deadline("plan_visit")->last->number, 11);
    cr_assert_not(deadline("plan_visit")->provisional);
    world_reject(world, "reviewer-01",
                 plan_json("2018-01-05", "2018-01-08", "2018-01-20", "2018-01-31"),
                 "plan_approved_already", "8(1).1");
}

// 8(1).4, 8(2).2
Test(plan, steps_are_closed_by_the_last_sheet_the_consensus_and_the_visit_s_sheet)
{
    review_team(world, "T1", CASE_A);
    plan_approve();
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 60000, "");
    world_accept(world, "reviewer-01", json);
    world_accept(world, "reviewer-02", json);
    cr_assert_eq(state("plan_independent"), AWARD__DEADLINE__STATE__open);
    world_accept(world, "reviewer-03", json);
    cr_assert_eq(state("plan_independent"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__open);
    world_clock(world, "2018-01-09T00:00:00+08:00");
    world_accept(world, "reviewer-01",
                 review_sheet(world, "consensus_sheet", CASE_A, 60000, ",\"report\":\"d\""));
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__met_late);
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__open);
    review_visit(world, CASE_A, 60000);
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_report"), AWARD__DEADLINE__STATE__met);
}

Test(plan, counts_a_case_that_is_out_as_done)
{
    review_team(world, "T1", CASE_A);
    plan_approve();
    review_consensus(world, CASE_A, 39999);
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_report"), AWARD__DEADLINE__STATE__met);
}

Test(plan, waits_for_every_case_of_the_team)
{
    world_accept(world, "office",
                 review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A) "," QUOTED(CASE_B)));
    world_rules(world)->sheet_needs_confidentiality = false;
    plan_approve();
    review_consensus(world, CASE_A, 60000);
    cr_assert_eq(state("plan_independent"), AWARD__DEADLINE__STATE__open);
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__open);
    review_consensus(world, CASE_B, 39999);
    cr_assert_eq(state("plan_independent"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_consensus"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__open);
}

// ---- Document review

// 8(2).1, 8(2).3, 16(3)s2
Test(document_review, sheet_comes_from_a_member_once_after_his_declaration)
{
    world_accept(world, "office", review_team_json(world, THREE, "reviewer-01", QUOTED(CASE_A)));
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 50000, "");
    world_reject(world, "reviewer-09", json, "not_of_team", "authority");
    world_reject(world, "reviewer-01", json, "not_confidential", "policy");
    world_accept(world, "reviewer-01", "{\"confidentiality_declared\":{\"team\":\"T1\"}}");
    world_accept(world, "reviewer-01", json);
    world_reject(world, "reviewer-01", json, "submitted_already", "16(3)");
}

Test(document_review, sheet_needs_the_approved_plan_only_where_the_rulebook_says_so)
{
    review_team(world, "T1", CASE_A);
    world_rules(world)->sheet_needs_plan = true;
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 50000, "");
    world_reject(world, "reviewer-01", json, "plan_not_approved", "policy");
    plan_approve();
    world_accept(world, "reviewer-01", json);
}

Test(document_review, sheet_of_a_case_without_a_team_is_rejected)
{
    world_reject(world, "reviewer-01", review_sheet(world, "independent_sheet", CASE_A, 50000, ""),
                 "no_team", "8");
}

Test(document_review, comparison_is_asked_after_the_last_sheet)
{
    review_team(world, "T1", CASE_A);
    const char *json = review_sheet(world, "independent_sheet", CASE_A, 50000, "");
    world_accept(world, "reviewer-01", json);
    world_accept(world, "reviewer-02", json);
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    world_accept(world, "reviewer-03", json);
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
}

static const char *compared(const char *third, const char *total)
{
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A);
    return JSON(world,
                "{\"task\":\"%s\",\"sheets_compared\":{\"case\":\"" CASE_A "\",\"totals\":["
                "{\"reviewer\":\"reviewer-01\",\"total\":\"500\"},"
                "{\"reviewer\":\"reviewer-02\",\"total\":\"500\"},"
                "{\"reviewer\":\"%s\",\"total\":\"%s\"}]}}",
                task->task, third, total);
}

Test(document_review, comparison_is_taken_at_a_later_stage_too_and_moves_no_version)
{
    review_team(world, "T1", CASE_A);
    review_consensus(world, CASE_A, 50000);
    uint64_t version = world_case(world, CASE_A)->version;
    const char *json = compared("reviewer-03", "500.00");
    world_accept(world, "worker-scoring", json);
    cr_assert_eq(world_case(world, CASE_A)->version, version);
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
    world_reject(world, "worker-scoring", json, "no_such_task", "order");
}

Test(document_review, comparison_with_other_totals_than_on_record_is_rejected)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    world_reject(world, "worker-scoring", compared("reviewer-03", "500.01"), "wrong_result",
                 "16(3)");
    world_reject(world, "worker-scoring", compared("reviewer-02", "500.00"), "wrong_result",
                 "16(3)");
    world_reject(world, "worker-scoring", compared("reviewer-09", "500.00"), "wrong_result",
                 "16(3)");
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__compare_sheets, CASE_A));
}

// 7(2), 8(1).3, 16(3)s1, 16(3)s2
Test(document_review, consensus_comes_from_the_leader_after_all_sheets)
{
    review_team(world, "T1", CASE_A);
    const char *json = review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\"");
    world_reject(world, "reviewer-01", json, "sheets_outstanding", "16(3)");
    review_sheets(world, CASE_A, 50000);
    world_reject(world, "reviewer-02", json, "not_the_leader", "8(1)");
    world_accept(world, "reviewer-01", json);
    world_reject(world, "reviewer-01", json, "wrong_stage", "order");
}

static Award__Case *documents(int64_t hundredths)
{
    review_team(world, "T1", CASE_A);
    review_consensus(world, CASE_A, hundredths);
    Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->document_score->hundredths, hundredths);
    return c;
}

// 16(3)s3
Test(document_review, five_hundred_goes_for_the_award)
{
    const Award__Case *c = documents(50000);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__award);
    cr_assert_str_eq(c->strengths[0]->text, "战略清晰");
    cr_assert_str_eq(c->improvements[0]->text, "供应商管理");
}

// 16(3)s3
Test(document_review, a_hundredth_less_than_five_hundred_goes_for_the_nomination)
{
    const Award__Case *c = documents(49999);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__nomination);
}

// 16(3)s3
Test(document_review, four_hundred_goes_for_the_nomination)
{
    const Award__Case *c = documents(40000);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__nomination);
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A));
}

// 16(3)s3, 16(3)s4
Test(document_review, a_hundredth_less_than_four_hundred_is_out_with_feedback)
{
    const Award__Case *c = documents(39999);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_out);
    cr_assert_str_eq(c->stage_article, "16(3)");
    cr_assert_not(c->has_track);
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A);
    cr_assert_not_null(task);
    uint64_t version = c->version;
    world_accept(world, "worker-notification",
                 JSON(world,
                      "{\"task\":\"%s\",\"feedback_sent\":{\"case\":\"" CASE_A
                      "\",\"digest\":\"d3\"}}",
                      task->task));
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A));
    cr_assert_eq(world_case(world, CASE_A)->version, version);
}

// 16(3)s4: once the report is in the office's file the enterprise of the case has it, and nobody
// else
Test(document_review, the_feedback_report_goes_to_the_enterprise)
{
    (void)documents(39999);
    size_t before = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    const Award__Task *task = review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A);
    world_accept(world, "worker-notification",
                 JSON(world,
                      "{\"task\":\"%s\",\"feedback_sent\":{\"case\":\"" CASE_A
                      "\",\"digest\":\"d3\"}}",
                      task->task));
    cr_assert_eq(world_count(world, AWARD__CHANGE__RECORD_MESSAGE), before + 1);
    const Award__Message *sent = NULL;
    for (size_t i = 0; i < before + 1; i++) {
        const Award__Message *message =
            (const Award__Message *)world_record_at(world, AWARD__CHANGE__RECORD_MESSAGE, i);
        sent = message->template_ == AWARD__TEMPLATE__NAME__feedback ? message : sent;
    }
    cr_assert_not_null(sent);
    cr_assert_str_eq(sent->recipient, "ent-a");
    cr_assert_str_eq(sent->case_, CASE_A);
    cr_assert_eq(sent->state, AWARD__MESSAGE__STATE__sealed);
}

// 15s1, 16(3)s2
Test(document_review, consensus_is_a_whole_sheet_with_remarks_on_items_of_the_rulebook)
{
    static const char *const more[][2] = {
        {",\"report\":\"d\",\"strengths\":[{\"item\":\"none\",\"text\":\"t\"}]",    "remark_unknown"},
        {",\"report\":\"d\",\"improvements\":[{\"item\":\"none\",\"text\":\"t\"}]",
         "remark_unknown"                                                                           },
        {",\"report\":\"d\",\"explanations\":[{\"item\":\"none\",\"text\":\"t\"}]",
         "remark_unknown"                                                                           },
        {",\"report\":\"d\",\"improvements\":[{\"item\":\"strategy\"}]",            "field_missing" },
    };
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        const Award__Decision *decision =
            world_send(world, "reviewer-01",
                       review_sheet(world, "consensus_sheet", CASE_A, 50000, more[i][0]));
        cr_expect_str_eq(world_code(decision), more[i][1], "%s", more[i][0]);
    }
    world_reject(world, "reviewer-01",
                 "{\"consensus_sheet\":{\"case\":\"" CASE_A "\",\"report\":\"d\",\"scores\":["
                 "{\"item\":\"leadership\",\"points\":\"50\"}]}}",
                 "score_missing", "15");
    world_reject(world, "reviewer-04",
                 review_sheet(world, "consensus_sheet", CASE_A, 50000, ",\"report\":\"d\""),
                 "not_of_team", "authority");
}

// decision 23; 8(1).1
Test(plan, awaits_no_visit_that_is_dispensed_with)
{
    review_team(world, "T1", CASE_A);
    plan_approve();
    review_consensus(world, CASE_A, 60000);
    world_accept(world, "office",
                 "{\"visit_scheduled\":{\"case\":\"" CASE_A
                 "\",\"first\":\"2018-01-15\",\"last\":\"2018-01-17\"}}");
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"defence\",\"decision\":\"改期\"}}");
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__open);
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"visit\",\"decision\":\"洪水\"}}");
    cr_assert_eq(state("plan_visit"), AWARD__DEADLINE__STATE__met);
    cr_assert_eq(state("plan_report"), AWARD__DEADLINE__STATE__met);
}
