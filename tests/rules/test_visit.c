// The site visit, the halt and the leaders' meeting: 16(5), decisions 7, 23 and 24
#include "tests/rules/review_world.h"

#include "common/time.h"

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

TestSuite(visit, .init = setup, .fini = teardown);
TestSuite(halt, .init = setup, .fini = teardown);
TestSuite(leaders_meeting, .init = setup, .fini = teardown);

static const char *scheduled(const char *first, const char *last)
{
    return JSON(world,
                "{\"visit_scheduled\":{\"case\":\"" CASE_A "\",\"first\":\"%s\",\"last\":\"%s\"}}",
                first, last);
}

static const char *sheet(unsigned days)
{
    return review_sheet(world, "visit_sheet", CASE_A, 52000,
                        JSON(world, ",\"days\":%u,\"report\":\"d2\"", days));
}

// ---- Visits

// 16(5).1
Test(visit, of_three_to_five_days_is_not_warned_of)
{
    cr_assert_eq(world_accept(world, "office", scheduled("2018-01-15", "2018-01-17"))->n_reasons,
                 0);
    cr_assert_eq(
        world_accept(world, "reviewer-01", scheduled("2018-01-15", "2018-01-19"))->n_reasons, 0);
}

Test(visit, of_two_or_six_days_is_accepted_with_a_warning)
{
    const Award__Decision *two =
        world_accept(world, "office", scheduled("2018-01-15", "2018-01-16"));
    cr_assert_str_eq(world_code(two), "visit_length");
    cr_assert_str_eq(world_article(two), "16(5).1");
    const Award__Decision *six =
        world_accept(world, "office", scheduled("2018-01-15", "2018-01-20"));
    cr_assert_str_eq(world_code(six), "visit_length");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__document_passed);
}

Test(visit, whose_last_day_lies_before_the_first_is_rejected)
{
    world_reject(world, "office", scheduled("2018-01-15", "2018-01-14"), "days_reversed",
                 "16(5).1");
}

Test(visit, is_arranged_by_the_office_or_the_leader)
{
    world_reject(world, "reviewer-02", scheduled("2018-01-15", "2018-01-17"), "not_the_leader",
                 "8(1)");
    world_reject(world, "reviewer-09",
                 "{\"visit_opened\":{\"case\":\"" CASE_A "\",\"on\":\"2018-01-02\"}}",
                 "not_of_team", "authority");
    world_accept(world, "reviewer-01",
                 "{\"visit_opened\":{\"case\":\"" CASE_A "\",\"on\":\"2018-01-02\"}}");
}

Test(visit, is_not_opened_on_a_day_to_come)
{
    world_reject(world, "office",
                 "{\"visit_opened\":{\"case\":\"" CASE_A "\",\"on\":\"2018-01-03\"}}",
                 "in_the_future", "order");
}

// 7(2), 16(5).2
Test(visit, ends_with_the_leader_s_sheet_which_is_not_final_yet)
{
    world_reject(world, "reviewer-01", sheet(3), "wrong_stage", "order");
    review_visit_opened(world, CASE_A);
    world_reject(world, "reviewer-02", sheet(3), "not_the_leader", "8(1)");
    const Award__Decision *decision = world_accept(world, "reviewer-01", sheet(5));
    cr_assert_eq(decision->n_reasons, 0);
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__site_done);
    cr_assert_eq(c->site_score_before->hundredths, 52000);
    cr_assert_null(c->site_score);
    cr_assert_eq(c->visit->days, 5);
    cr_assert_str_eq(c->visit->report, "d2");
}

Test(visit, that_took_six_days_is_warned_of)
{
    review_visit_opened(world, CASE_A);
    const Award__Decision *decision = world_accept(world, "reviewer-01", sheet(6));
    cr_assert_str_eq(world_code(decision), "visit_length");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__site_done);
}

// F-defence-2, decision 23
Test(visit, not_held_with_a_decision_leaves_the_case_where_it_is)
{
    world_accept(world, "office",
                 "{\"not_held\":{\"case\":\"" CASE_A
                 "\",\"what\":\"visit\",\"decision\":\"洪水，改期\"}}");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__document_passed);
    cr_assert(world_case(world, CASE_A)->visit->dispensed);
    review_visit_opened(world, CASE_A);
    cr_assert_not(world_case(world, CASE_A)->visit->dispensed);
}

// F-defence-2, F-leaving-1, decision 23; 16(5)
Test(visit, not_held_without_a_decision_withdraws_the_case)
{
    world_accept(world, "office", "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"visit\"}}");
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__withdrawn);
    cr_assert_str_eq(c->stage_article, "16(5)");
    cr_assert_str_eq(c->reasons[0]->article, "16(5)");
}

Test(visit, that_was_held_or_is_halted_is_not_reported_as_not_held)
{
    const char *json = "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"visit\"}}";
    review_visit_opened(world, CASE_A);
    world_accept(world, "reviewer-02",
                 "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"台账不符\"}}");
    world_reject(world, "office", json, "halted", "order");
    world_accept(world, "office",
                 "{\"halt_decided\":{\"case\":\"" CASE_A
                 "\",\"finding\":\"cleared\",\"reason\":\"属实\"}}");
    world_accept(world, "reviewer-01", sheet(3));
    world_reject(world, "office", json, "held_already", "order");
}

// ---- Halt

static const char *halted(void)
{
    return "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"检测设备不存在\"}}";
}

static const char *halt_decided(const char *finding)
{
    return JSON(world,
                "{\"halt_decided\":{\"case\":\"" CASE_A
                "\",\"finding\":\"%s\",\"reason\":\"经核实\"}}",
                finding);
}

static size_t messages_to(const char *recipient)
{
    size_t count = 0;
    for (unsigned i = 1; i <= 9; i++) {
        const char *id = JSON(world, "%s/2018-01-02T09:00:00+08:00/%u", recipient, i);
        const Award__Message *message =
            (const Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE, id);
        count += message != NULL && message->template_ == AWARD__TEMPLATE__NAME__left_selection;
    }
    return count;
}

// F-halt-1; 16(5).3s1
Test(halt, happens_between_the_opening_and_the_sheet_only)
{
    world_reject(world, "reviewer-02", halted(), "wrong_stage", "order");
    review_visit(world, CASE_A, 52000);
    world_reject(world, "reviewer-02", halted(), "wrong_stage", "order");
    world_transcript(world, "halt/happens_between_the_opening_and_the_sheet_only");
}

// 16(5).3s1
Test(halt, comes_from_any_acting_reviewer_of_the_team)
{
    review_visit_opened(world, CASE_A);
    world_reject(world, "reviewer-09", halted(), "not_of_team", "authority");
    world_accept(world, "reviewer-03", halted());
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__halted);
    world_reject(world, "reviewer-01", sheet(3), "wrong_stage", "order");
    world_transcript(world, "halt/comes_from_any_acting_reviewer_of_the_team");
}

// decision 28
Test(halt, that_is_cleared_resumes_the_visit)
{
    review_visit_opened(world, CASE_A);
    world_accept(world, "reviewer-03", halted());
    world_accept(world, "office", halt_decided("cleared"));
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__site_visit);
    cr_assert_eq(messages_to("ent-a"), 0);
    world_accept(world, "reviewer-01", sheet(3));
    world_transcript(world, "halt/that_is_cleared_resumes_the_visit");
}

// F-leaving-1; 16(5).3s2
Test(halt, for_a_discrepancy_disqualifies_without_a_bar)
{
    review_visit_opened(world, CASE_A);
    world_accept(world, "reviewer-03", halted());
    world_accept(world, "office", halt_decided("discrepancy"));
    const Award__Case *c = world_case(world, CASE_A);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__disqualified);
    cr_assert_str_eq(c->reasons[0]->article, "16(5).3");
    cr_assert_eq(messages_to("ent-a"), 1);
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        world, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 0);
    world_transcript(world, "halt/for_a_discrepancy_disqualifies_without_a_bar");
}

// decision 4; 16(5).3s2, 12(2)
Test(halt, for_misrepresentation_bars_for_three_years_from_the_confirmation)
{
    review_visit_opened(world, CASE_A);
    world_accept(world, "reviewer-03", halted());
    world_accept(world, "office", halt_decided("misrepresentation"));
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__disqualified);
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        world, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 1);
    cr_assert_str_eq(enterprise->bars[0]->article, "12(2)");
    cr_assert_str_eq(enterprise->bars[0]->source, CASE_A);
    cr_assert_eq(enterprise->bars[0]->until->number, day_from_civil((struct civil){2021, 1, 2}));
    world_transcript(world,
                     "halt/for_misrepresentation_bars_for_three_years_from_the_confirmation");
}

// ---- Leaders' meeting

static const char *meeting(const char *more)
{
    return JSON(world,
                "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A
                "\"],\"on\":\"2018-01-02\"%s}}",
                more);
}

// What the meeting changes a case's scores to.
static const char *changed_of(const char *case_name, int64_t hundredths, const char *more)
{
    const char *json = review_sheet(world, "x", case_name, hundredths, more);
    return JSON(world, "%.*s", (int)strlen(json) - 6, json + 5);
}

static const char *changed(int64_t hundredths, const char *more)
{
    return JSON(world, ",\"changed\":[%s]", changed_of(CASE_A, hundredths, more));
}

static Award__Case *met(int64_t visit, const char *more)
{
    review_visit(world, CASE_A, visit);
    world_accept(world, "review-committee", meeting(more));
    return world_case(world, CASE_A);
}

// 16(5).5
Test(leaders_meeting, of_five_hundred_goes_on_for_the_award)
{
    const Award__Case *c = met(50000, "");
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__final);
    cr_assert_eq(c->site_score->hundredths, 50000);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__award);
}

Test(leaders_meeting, a_hundredth_less_than_five_hundred_goes_on_for_the_nomination)
{
    const Award__Case *c = met(49999, "");
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__final);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__nomination);
}

Test(leaders_meeting, of_four_hundred_goes_on_for_the_nomination)
{
    const Award__Case *c = met(40000, "");
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__final);
    cr_assert_eq(c->track, AWARD__HONOUR__KIND__nomination);
    cr_assert_null(review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A));
}

Test(leaders_meeting, a_hundredth_less_than_four_hundred_is_out_with_feedback)
{
    const Award__Case *c = met(39999, "");
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__site_out);
    cr_assert_str_eq(c->stage_article, "16(5).5");
    cr_assert_not_null(review_task(world, AWARD__TASK_KIND__NAME__write_feedback, CASE_A));
}

// decision 24; 16(5).4
Test(leaders_meeting, keeps_both_values_of_a_score_that_it_changes)
{
    const Award__Case *c =
        met(39950, changed(40000, ",\"who\":\"评审组长会议\",\"reason\":\"统一尺度\""));
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__final);
    cr_assert_eq(c->site_score->hundredths, 40000);
    cr_assert_eq(c->site_score_before->hundredths, 39950);
    const Award__Sheet *unified =
        (const Award__Sheet *)world_record(world, AWARD__CHANGE__RECORD_SHEET, CASE_A,
                                           (int)AWARD__SHEET__KIND__unified, "评审组长会议");
    cr_assert_not_null(unified);
    cr_assert_eq(unified->total->hundredths, 40000);
    cr_assert_str_eq(unified->remarks, "统一尺度");
    const Award__Sheet *before = (const Award__Sheet *)world_record(
        world, AWARD__CHANGE__RECORD_SHEET, CASE_A, (int)AWARD__SHEET__KIND__visit, "reviewer-01");
    cr_assert_eq(before->total->hundredths, 39950);
}

// decision 7, decision 24; 16(5).4
Test(leaders_meeting, changes_each_of_several_cases_by_its_own_sheet)
{
    static const char who[] = ",\"who\":\"评审组长会议\",\"reason\":\"统一尺度\"";
    static const struct {
        const char *name;
        int64_t before;
        int64_t after; // changed to; 0: left as it is
        Award__Honour__Kind track;
    } rows[] = {
        {CASE_A, 51000, 49900, AWARD__HONOUR__KIND__nomination},
        {CASE_B, 48000, 52000, AWARD__HONOUR__KIND__award     },
        {CASE_C, 53000, 0,     AWARD__HONOUR__KIND__award     },
    };
    review_documents(world, "T2", CASE_B);
    review_documents(world, "T3", CASE_C);
    for (size_t i = 0; i < 3; i++) {
        review_visit(world, rows[i].name, rows[i].before);
    }
    world_accept(world, "review-committee",
                 JSON(world,
                      "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A "\",\"" CASE_B
                      "\",\"" CASE_C "\"],\"on\":\"2018-01-02\",\"changed\":[%s,%s]}}",
                      changed_of(CASE_A, 49900, who), changed_of(CASE_B, 52000, who)));
    for (size_t i = 0; i < 3; i++) {
        const Award__Case *c = world_case(world, rows[i].name);
        int64_t after = rows[i].after != 0 ? rows[i].after : rows[i].before;
        cr_expect_eq(c->site_score_before->hundredths, rows[i].before, "%s", rows[i].name);
        cr_expect_eq(c->site_score->hundredths, after, "%s", rows[i].name);
        cr_expect_eq(c->track, rows[i].track, "%s", rows[i].name);
    }
}

Test(leaders_meeting, change_says_who_and_why_and_its_case_is_named)
{
    review_visit(world, CASE_A, 50000);
    world_reject(world, "office", meeting(changed(50100, ",\"who\":\"reviewer-01\"")),
                 "field_missing", "16(5).4");
    world_reject(world, "office", meeting(changed(50100, ",\"reason\":\"统一尺度\"")),
                 "field_missing", "16(5).4");
    const char *json = changed(50100, ",\"who\":\"reviewer-01\",\"reason\":\"统一尺度\"");
    world_reject(world, "office",
                 JSON(world,
                      "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_B
                      "\"],\"on\":\"2018-01-02\"%s}}",
                      json),
                 "not_named", "16(5).4");
}

Test(leaders_meeting, change_over_a_maximum_is_rejected)
{
    review_visit(world, CASE_A, 50000);
    const char *json = ",\"changed\":[{\"case\":\"" CASE_A
                       "\",\"scores\":[{\"item\":\"leadership\",\"points\":\"101\"}],"
                       "\"who\":\"reviewer-01\",\"reason\":\"统一尺度\"}]";
    world_reject(world, "office", meeting(json), "score_over_maximum", "15");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__site_done);
}

// F-meeting-1; 16(5).4
Test(leaders_meeting, rejects_a_final_case_by_itself_at_a_later_one)
{
    review_documents(world, "T2", CASE_B);
    (void)met(50000, "");
    review_visit(world, CASE_B, 45000);
    const Award__Decision *decision =
        world_accept(world, "office",
                     "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A "\",\"" CASE_B
                     "\"],\"on\":\"2018-01-02\"}}");
    cr_assert_eq(decision->n_rejected_parts, 1);
    cr_assert_str_eq(decision->rejected_parts[0]->subject, CASE_A);
    cr_assert_eq(world_case(world, CASE_B)->stage, AWARD__STAGE__NAME__final);
    world_reject(world, "office", meeting(""), "wrong_stage", "order");
}

// decision 7
Test(leaders_meeting, track_is_that_of_the_lower_of_the_two_scores)
{
    review_team(world, "T3", CASE_C);
    review_consensus(world, CASE_C, 45000);
    review_visit(world, CASE_C, 52000);
    world_accept(world, "office",
                 "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_C
                 "\"],\"on\":\"2018-01-02\"}}");
    cr_assert_eq(world_case(world, CASE_C)->stage, AWARD__STAGE__NAME__final);
    cr_assert_eq(world_case(world, CASE_C)->track, AWARD__HONOUR__KIND__nomination);
}

Test(leaders_meeting, is_not_held_on_a_day_to_come)
{
    review_visit(world, CASE_A, 50000);
    world_reject(world, "office",
                 "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A
                 "\"],\"on\":\"2018-01-03\"}}",
                 "in_the_future", "order");
}
