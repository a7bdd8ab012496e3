// The defence: 16(4), decisions 11 and 23
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *world;

static void setup(void)
{
    world = review_world();
    review_documents(world, "T1", CASE_A);
    world_transcript_begin(world);
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(defence, .init = setup, .fini = teardown);

// A panel of reviewer-NN from the first to the last.
static const char *panel(int first, int last)
{
    const char *list = "";
    for (int i = first; i <= last; i++) {
        list = JSON(world, "%s%s\"reviewer-%02d\"", list, i > first ? "," : "", i);
    }
    return list;
}

#define ADVISORS                                                                                        \
    "{\"name\":\"顾问甲\",\"field\":\"economy\"},{\"name\":\"顾问乙\",\"field\":\"management\"}," \
    "{\"name\":\"顾问丙\",\"field\":\"technology\"}"

static const char *scheduled(const char *people, const char *advisors)
{
    return JSON(world,
                "{\"defence_scheduled\":{\"case\":\"" CASE_A
                "\",\"when\":\"2018-01-02T09:00:00+08:00\",\"panel\":[%s],\"advisors\":[%s]}}",
                people, advisors);
}

static const char *opened(const char *principal, const char *more)
{
    return JSON(world,
                "{\"defence_opened\":{\"case\":\"" CASE_A
                "\",\"on\":\"2018-01-02\",\"defender\":\"王某\",\"principal_in_charge\":%s%s}}",
                principal, more);
}

static void begin(int last)
{
    world_accept(world, "office", scheduled(panel(1, last), ADVISORS));
    world_accept(world, "office", opened("true", ""));
}

static const char *score(const char *points)
{
    return JSON(world, "{\"defence_score\":{\"case\":\"" CASE_A "\",\"points\":\"%s\"}}", points);
}

static void scores(int first, int last, const char *points)
{
    for (int i = first; i <= last; i++) {
        world_accept(world, JSON(world, "reviewer-%02d", i), score(points));
    }
}

static const char *closed(const char *more)
{
    return JSON(world, "{\"defence_closed\":{\"case\":\"" CASE_A "\"%s}}", more);
}

static void expect_score(int64_t numerator, int64_t denominator)
{
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert(c->defence->closed);
    cr_assert_eq(c->defence->score->numerator, numerator);
    cr_assert_eq(c->defence->score->denominator, denominator);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
}

// ---- Panel and advisors

// 16(4)
Test(defence, panel_of_six_is_rejected_and_of_seven_and_eight_admitted)
{
    world_reject(world, "office", scheduled(panel(1, 6), ADVISORS), "panel_too_small", "16(4)");
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_accept(world, "office", scheduled(panel(1, 8), ADVISORS));
    world_transcript(world, "defence/panel_of_six_is_rejected_and_of_seven_and_eight_admitted");
}

// F-defence-3; reviewer-01 to reviewer-03 are the team
Test(defence, panel_may_have_members_of_the_team)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_str_eq(c->defence->scheduled->panel[0], "reviewer-01");
    world_transcript(world, "defence/panel_may_have_members_of_the_team");
}

Test(defence, panel_with_somebody_twice_or_from_outside_of_the_pool_is_rejected)
{
    world_reject(world, "office",
                 scheduled(JSON(world, "%s,\"reviewer-03\"", panel(1, 7)), ADVISORS), "named_twice",
                 "16(4)");
    world_reject(world, "office", scheduled(JSON(world, "%s,\"bureau\"", panel(1, 7)), ADVISORS),
                 "not_in_pool", "16(4)");
    world_transcript(world,
                     "defence/panel_with_somebody_twice_or_from_outside_of_the_pool_is_rejected");
}

Test(defence, panel_without_the_one_who_declared_a_conflict)
{
    world_accept(world, "reviewer-02",
                 "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-02\","
                 "\"reason\":\"亲属\"}}");
    world_reject(world, "office", scheduled(panel(1, 7), ADVISORS), "conflict", "16(4)");
    world_accept(world, "office", scheduled(panel(3, 9), ADVISORS));
    world_transcript(world, "defence/panel_without_the_one_who_declared_a_conflict");
}

// decision 23; 16(4)
Test(defence, takes_exactly_three_advisors_with_field_who_are_not_on_the_panel)
{
    const char *two =
        "{\"name\":\"甲\",\"field\":\"economy\"},{\"name\":\"乙\",\"field\":\"management\"}";
    world_reject(world, "office", scheduled(panel(1, 7), two), "advisors_number", "16(4)");
    world_reject(world, "office",
                 scheduled(panel(1, 7), ADVISORS ",{\"name\":\"丁\",\"field\":\"law\"}"),
                 "advisors_number", "16(4)");
    world_reject(world, "office", scheduled(panel(1, 7), JSON(world, "%s,{\"name\":\"丁\"}", two)),
                 "field_missing", "16(4)");
    world_reject(
        world, "office",
        scheduled(panel(1, 7), JSON(world, "%s,{\"name\":\"reviewer-07\",\"field\":\"law\"}", two)),
        "advisor_on_panel", "16(4)");
    world_transcript(world,
                     "defence/takes_exactly_three_advisors_with_field_who_are_not_on_the_panel");
}

Test(defence, may_be_scheduled_anew_until_it_is_opened)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_accept(world, "office", scheduled(panel(2, 8), ADVISORS));
    world_accept(world, "office", opened("true", ""));
    world_reject(world, "office", scheduled(panel(1, 7), ADVISORS), "defence_opened_already",
                 "16(4)");
    world_reject(world, "office", opened("true", ""), "defence_opened_already", "16(4)");
    world_transcript(world, "defence/may_be_scheduled_anew_until_it_is_opened");
}

Test(defence, waits_for_documents_that_passed)
{
    review_team(world, "T2", CASE_B);
    world_reject(
        world, "office",
        JSON(world,
             "{\"defence_scheduled\":{\"case\":\"" CASE_B
             "\",\"when\":\"2018-01-02T09:00:00+08:00\",\"panel\":[%s],\"advisors\":[%s]}}",
             panel(1, 7), ADVISORS),
        "wrong_stage", "order");
    world_transcript(world, "defence/waits_for_documents_that_passed");
}

// ---- The defender

// F-defence-1, F-leaving-1, decision 23; 16(4)
Test(defence, by_another_than_the_principal_without_a_decision_withdraws_the_case_at_once)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_accept(world, "office", opened("false", ",\"decision\":\" \""));
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__withdrawn);
    cr_assert_str_eq(c->stage_article, "16(4)");
    cr_assert_eq(c->n_reasons, 1);
    cr_assert_str_eq(c->reasons[0]->article, "16(4)");
    world_transcript(
        world,
        "defence/by_another_than_the_principal_without_a_decision_withdraws_the_case_at_once");
}

// decision 23; 16(4)
Test(defence, by_another_than_the_principal_with_a_decision_goes_on)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_accept(world, "office", opened("false", ",\"decision\":\"同意由副总经理答辩\""));
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert_str_eq(c->defence->opened->decision, "同意由副总经理答辩");
    world_transcript(world, "defence/by_another_than_the_principal_with_a_decision_goes_on");
}

// F-defence-1; 16(4)
Test(defence, wrong_panel_is_refused_before_a_defender_withdraws_the_case)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    Award__Reviewer *gone =
        (Award__Reviewer *)world_record(world, AWARD__CHANGE__RECORD_REVIEWER, "reviewer-07");
    gone->has_removed = 1;
    gone->removed = 1;
    world_put(world, AWARD__CHANGE__RECORD_REVIEWER, &gone->base);
    world_reject(world, "office", opened("false", ""), "not_in_pool", "16(4)");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__document_passed);
    world_transcript(world, "defence/wrong_panel_is_refused_before_a_defender_withdraws_the_case");
}

Test(defence, is_scheduled_before_it_is_opened_and_not_opened_on_a_day_to_come)
{
    world_reject(world, "office", opened("true", ""), "not_scheduled", "16(4)");
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_reject(world, "office",
                 "{\"defence_opened\":{\"case\":\"" CASE_A
                 "\",\"on\":\"2018-01-03\",\"defender\":\"王某\",\"principal_in_charge\":true}}",
                 "in_the_future", "order");
    world_transcript(world,
                     "defence/is_scheduled_before_it_is_opened_and_not_opened_on_a_day_to_come");
}

// ---- Scores

Test(defence, score_comes_from_a_panel_member_once_after_the_opening)
{
    world_accept(world, "office", scheduled(panel(1, 7), ADVISORS));
    world_reject(world, "reviewer-01", score("80"), "defence_not_open", "16(4)");
    world_accept(world, "office", opened("true", ""));
    world_reject(world, "reviewer-08", score("80"), "not_on_panel", "16(4)");
    world_accept(world, "reviewer-01", score("80"));
    world_reject(world, "reviewer-01", score("81"), "submitted_already", "16(4).4");
    world_transcript(world, "defence/score_comes_from_a_panel_member_once_after_the_opening");
}

// 16(4).4
Test(defence, score_lies_within_nought_and_a_hundred_inclusive)
{
    begin(7);
    world_reject(world, "reviewer-01", score("100.01"), "score_over_maximum", "16(4).4");
    world_accept(world, "reviewer-01", score("100"));
    world_accept(world, "reviewer-03", score("99.99"));
    world_accept(world, "reviewer-02", score("0"));
    world_transcript(world, "defence/score_lies_within_nought_and_a_hundred_inclusive");
}

// decision 23; 16(4).3, 16(4).4
// decision 23; 16(4).4
Test(defence, closing_waits_for_all_who_stayed)
{
    begin(8);
    scores(1, 7, "80.00");
    world_reject(world, "office", closed(""), "score_outstanding", "16(4)");
    world_accept(world, "office",
                 closed(",\"left\":[{\"person\":\"reviewer-08\",\"reason\":\"生病\"}],"
                        "\"comments\":[\"结果突出\"]"));
    expect_score(56000, 700);
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_str_eq(c->defence->left[0], "reviewer-08");
    cr_assert_str_eq(c->defence->comments[0], "结果突出");
    world_transcript(world, "defence/closing_waits_for_all_who_stayed");
}

Test(defence, closing_needs_seven_who_stayed)
{
    begin(7);
    scores(1, 6, "80.00");
    world_reject(world, "office",
                 closed(",\"left\":[{\"person\":\"reviewer-07\",\"reason\":\"生病\"}]"),
                 "panel_too_small", "16(4)");
    world_transcript(world, "defence/closing_needs_seven_who_stayed");
}

Test(defence, score_of_one_who_left_does_not_count)
{
    begin(8);
    scores(1, 7, "80.00");
    scores(8, 8, "10.00");
    world_accept(world, "office",
                 closed(",\"left\":[{\"person\":\"reviewer-08\",\"reason\":\"中途离开\"}]"));
    expect_score(56000, 700);
    world_transcript(world, "defence/score_of_one_who_left_does_not_count");
}

Test(defence, who_left_was_on_the_panel_and_has_a_reason)
{
    begin(8);
    scores(1, 8, "80.00");
    world_reject(world, "office",
                 closed(",\"left\":[{\"person\":\"reviewer-09\",\"reason\":\"生病\"}]"),
                 "not_on_panel", "16(4)");
    world_reject(world, "office", closed(",\"left\":[{\"person\":\"reviewer-08\"}]"),
                 "field_missing", "16(4)");
    world_transcript(world, "defence/who_left_was_on_the_panel_and_has_a_reason");
}

// decision 11; 16(4).4
Test(defence, score_is_the_exact_fraction_of_sum_and_number)
{
    begin(8);
    scores(1, 7, "80.00");
    scores(8, 8, "80.03");
    world_accept(world, "office", closed(""));
    expect_score(64003, 800);
    world_reject(world, "office", closed(""), "defence_not_open", "16(4)");
    world_reject(world, "reviewer-01", score("90"), "defence_not_open", "16(4)");
    world_transcript(world, "defence/score_is_the_exact_fraction_of_sum_and_number");
}

// F-defence-4; 16(4).4
Test(defence, trimmed_mean_is_without_one_highest_and_one_lowest)
{
    world_rules(world)->defence_mean = DEFENCE_TRIMMED_MEAN;
    begin(9);
    scores(1, 2, "10.00");
    scores(3, 3, "80.01");
    scores(4, 7, "80.00");
    scores(8, 9, "95.00");
    world_accept(world, "office", closed(""));
    expect_score(1000 + 8001 + 4 * 8000 + 9500, 700);
    world_transcript(world, "defence/trimmed_mean_is_without_one_highest_and_one_lowest");
}

// F-order-1, F-halt-1
Test(defence, may_come_before_during_and_after_the_visit)
{
    begin(7);
    scores(1, 3, "80.00");
    review_visit_opened(world, CASE_A);
    scores(4, 5, "80.00");
    world_accept(world, "reviewer-02",
                 "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"台账不符\"}}");
    scores(6, 7, "80.00");
    world_accept(world, "office", closed(""));
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__halted);
    cr_assert_eq(c->defence->score->numerator, 56000);
    world_transcript(world, "defence/may_come_before_during_and_after_the_visit");
}

// ---- Decision 23

// F-defence-2, decision 23, decision 28
Test(defence, not_held_with_a_decision_leaves_the_case_where_it_is)
{
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"defence\",\"decision\":\"改期举行\"}}");
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert(c->defence->dispensed);
    begin(7);
    cr_assert_not(world_case(world, CASE_A)->defence->dispensed);
    world_transcript(world, "defence/not_held_with_a_decision_leaves_the_case_where_it_is");
}

Test(defence, put_off_after_the_opening_may_be_opened_anew)
{
    begin(7);
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"defence\",\"decision\":\"答辩人突发疾病，改期\"}}");
    begin(8);
    world_transcript(world, "defence/put_off_after_the_opening_may_be_opened_anew");
}

// F-defence-2, F-leaving-1, decision 23
Test(defence, not_held_without_a_decision_withdraws_the_case)
{
    world_accept(world, "office", "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"defence\"}}");
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__withdrawn);
    cr_assert_str_eq(c->reasons[0]->article, "16(4)");
    world_transcript(world, "defence/not_held_without_a_decision_withdraws_the_case");
}

Test(defence, that_has_its_score_was_held)
{
    begin(7);
    scores(1, 7, "80.00");
    world_accept(world, "office", closed(""));
    world_reject(world, "office", "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"defence\"}}",
                 "held_already", "order");
    world_transcript(world, "defence/that_has_its_score_was_held");
}

// decision 23
Test(defence, put_off_after_a_score_goes_on_where_it_was)
{
    begin(7);
    scores(1, 1, "80.00");
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"defence\",\"decision\":\"停电，下午继续\"}}");
    world_reject(world, "office", scheduled(panel(1, 8), ADVISORS), "defence_opened_already",
                 "16(4)");
    scores(2, 7, "80.00");
    world_accept(world, "office", closed(""));
    expect_score(56000, 700);
}

// decision 11; the rulebook's trimmed mean needs somebody between the highest and the lowest
// F-defence-4
Test(defence, trimmed_mean_of_two_is_that_of_both_and_of_three_the_middle)
{
    static const struct {
        int panel;
        int64_t numerator;
        int64_t denominator;
    } rows[] = {
        {2, 17000, 200},
        {3, 8000,  100},
    };
    for (size_t i = 0; i < 2; i++) {
        teardown();
        setup();
        world_rules(world)->defence_mean = DEFENCE_TRIMMED_MEAN;
        world_rules(world)->panel_min = 2;
        begin(rows[i].panel);
        scores(1, 1, "80.00");
        scores(2, 2, "90.00");
        scores(3, rows[i].panel, "70.00");
        world_accept(world, "office", closed(""));
        expect_score(rows[i].numerator, rows[i].denominator);
    }
}

// decision 23
Test(defence, who_left_is_named_once)
{
    begin(8);
    scores(1, 7, "80.00");
    world_reject(world, "office",
                 closed(",\"left\":[{\"person\":\"reviewer-08\",\"reason\":\"生病\"},"
                        "{\"person\":\"reviewer-08\",\"reason\":\"生病\"}]"),
                 "not_on_panel", "16(4)");
    world_reject(world, "office", closed(",\"left\":[{\"reason\":\"生病\"}]"), "not_on_panel",
                 "16(4)");
}
