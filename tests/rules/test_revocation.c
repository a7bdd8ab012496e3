// Article 20 and 21: grounds, the steps of a revocation, what it bars, recoveries.
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define BY_INCIDENT AFTER_CASE "/I-1"
#define BY_VIOLATION AFTER_CASE "/violation"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

static void incident(struct world *world, const char *kind, const char *more)
{
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"%s\",\"on\":\"2019-02-27\"%s}}",
                       AFTER_CASE, kind, more);
}

static void establish(struct world *world, const char *liable)
{
    (void)after_accept(world, "bureau",
                       "{\"liability_established\":{\"incident\":\"I-1\",\"liable\":\"%s\","
                       "\"proof\":\"批复\"}}",
                       liable);
}

// The bureau's own, by ground 20(4).
static void open_breach(struct world *world, const char *name)
{
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"%s\","
                       "\"ground\":\"breach_of_law\",\"facts\":\"违法\",\"effect\":\"恶劣\"}}",
                       AFTER_CASE, name);
}

static const Award__Decision *verify(struct world *world, const char *name)
{
    return after_send(world, "bureau",
                      "{\"revocation_verified\":{\"revocation\":\"%s\",\"report\":\"报告\"}}",
                      name);
}

static const Award__Decision *decide(struct world *world, const char *name, bool approved,
                                     const char *on)
{
    return after_send(world, "government",
                      "{\"revocation_decided\":{\"revocation\":\"%s\",\"approved\":%s,"
                      "\"on\":\"%s\",\"reason\":\"理由\"}}",
                      name, approved ? "true" : "false", on);
}

static const Award__Decision *recover(struct world *world, const char *event, const char *on)
{
    const char *media =
        strcmp(event, "revocation_published") == 0 ? ",\"media\":[\"重庆日报\"]" : "";
    return after_send(world, "bureau", "{\"%s\":{\"case\":\"%s\",\"on\":\"%s\"%s}}", event,
                      AFTER_CASE, on, media);
}

static void expect_accepted(const Award__Decision *decision)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

static void revoke(struct world *world)
{
    open_breach(world, "R-1");
    expect_accepted(verify(world, "R-1"));
    expect_accepted(decide(world, "R-1", true, "2019-03-01"));
}

// The same laureate with another honour: "nomination", or without medal and certificate.
static void honour_put(struct world *world, const char *kind, const char *more)
{
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              arena_format(world_arena(world),
                           "{\"case\":\"%s\",\"cycle\":\"2018\",\"enterprise\":\"%s\","
                           "\"version\":40,\"stage\":\"honoured\",\"applied_on\":\"2018-03-07\","
                           "\"honour\":{\"kind\":\"%s\",\"from\":\"2018-11-16\"%s}}",
                           AFTER_CASE, WORLD_ENTERPRISE, kind, more));
}

static const Award__Enterprise__Bar *bar_of(struct world *world, const char *article)
{
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        if (strcmp(enterprise->bars[i]->article, article) == 0) {
            return enterprise->bars[i];
        }
    }
    return NULL;
}

// ---- Grounds

// F-ground-1; 20(2)
Test(revocation, a_serious_national_sampling_opens_one_by_the_worker)
{
    struct world *world = after_world_create();
    incident(world, "sampling", ",\"level\":\"national\",\"serious\":true");
    expect_accepted(after_grounds(world, "I-1", "[\"serious_quality\"]"));
    const Award__Revocation *revocation = after_revocation(world, BY_INCIDENT);
    cr_assert_not_null(revocation);
    cr_expect_eq(revocation->ground, AWARD__GROUND__NAME__serious_quality);
    cr_expect_eq(revocation->step, AWARD__REVOCATION__STEP__opened);
    cr_expect_str_eq(revocation->incident, "I-1");
    cr_expect_str_eq(revocation->opened_by, "worker-revocation");
    cr_expect_null(after_task(world, "check_grounds"));
    world_transcript(world, "revocation/a_serious_national_sampling_opens_one_by_the_worker");
    world_destroy(world);
}

// 20(2)
Test(revocation, an_industry_sampling_or_one_that_is_not_serious_is_no_ground)
{
    struct world *world = after_world_create();
    incident(world, "sampling", ",\"level\":\"industry\",\"serious\":true");
    cr_expect_str_eq(world_code(after_grounds(world, "I-1", "[\"serious_quality\"]")),
                     "wrong_grounds");
    expect_accepted(after_grounds(world, "I-1", "[]"));
    cr_expect_null(after_revocation(world, BY_INCIDENT));
    world_transcript(world,
                     "revocation/an_industry_sampling_or_one_that_is_not_serious_is_no_ground");
    world_destroy(world);
}

Test(revocation, an_answer_that_overlooks_a_ground_is_rejected_and_stays_asked)
{
    struct world *world = after_world_create();
    incident(world, "sampling", ",\"level\":\"municipal\",\"serious\":true");
    cr_expect_str_eq(world_code(after_grounds(world, "I-1", "[]")), "wrong_grounds");
    cr_expect_str_eq(world_code(after_grounds(world, "I-2", "[]")), "wrong_answer");
    cr_expect_not_null(after_task(world, "check_grounds"));
    world_transcript(world,
                     "revocation/an_answer_that_overlooks_a_ground_is_rejected_and_stays_asked");
    world_destroy(world);
}

// 20(3)
Test(revocation, liability_that_becomes_known_later_is_asked_anew_and_opens_one)
{
    struct world *world = after_world_create();
    incident(world, "environment_accident", ",\"liable\":\"unknown\"");
    expect_accepted(after_grounds(world, "I-1", "[]"));
    establish(world, "yes");
    expect_accepted(after_grounds(world, "I-1", "[\"major_accident\"]"));
    cr_expect_not_null(after_revocation(world, BY_INCIDENT));
    world_transcript(world,
                     "revocation/liability_that_becomes_known_later_is_asked_anew_and_opens_one");
    world_destroy(world);
}

// F-ground-2, decision 17; 20(3)
Test(revocation, an_affiliates_incident_counts_by_the_laureates_own_liability)
{
    struct world *world = after_world_create();
    incident(world, "sampling", ",\"level\":\"national\",\"serious\":true,\"whom\":\"全资子公司\"");
    expect_accepted(after_grounds(world, "I-1", "[]"));
    establish(world, "yes");
    expect_accepted(after_grounds(world, "I-1", "[\"serious_quality\"]"));
    world_transcript(world,
                     "revocation/an_affiliates_incident_counts_by_the_laureates_own_liability");
    world_destroy(world);
}

Test(revocation, the_same_incident_opens_none_twice)
{
    struct world *world = after_world_create();
    incident(world, "safety_accident", ",\"liable\":\"yes\"");
    expect_accepted(after_grounds(world, "I-1", "[\"major_accident\"]"));
    expect_accepted(verify(world, BY_INCIDENT));
    establish(world, "no");
    establish(world, "yes");
    expect_accepted(after_grounds(world, "I-1", "[\"major_accident\"]"));
    cr_expect_eq(after_revocation(world, BY_INCIDENT)->step, AWARD__REVOCATION__STEP__verified);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_REVOCATION), 1);
    world_transcript(world, "revocation/the_same_incident_opens_none_twice");
    world_destroy(world);
}

// 20(1)
Test(revocation, a_violation_confirmed_in_the_selection_is_ground_one)
{
    struct world *world = after_world_create();
    (void)after_accept(world, "office",
                       "{\"violation_confirmed\":{\"case\":\"%s\",\"kind\":\"misrepresentation\","
                       "\"proof\":\"证据\"}}",
                       AFTER_CASE);
    expect_accepted(after_grounds(world, "violation", "[\"misrepresentation\"]"));
    const Award__Revocation *revocation = after_revocation(world, BY_VIOLATION);
    cr_assert_not_null(revocation);
    cr_expect_eq(revocation->ground, AWARD__GROUND__NAME__misrepresentation);
    world_transcript(world, "revocation/a_violation_confirmed_in_the_selection_is_ground_one");
    world_destroy(world);
}

// 20(1): of an incident it may be left out, of the violation itself it may not.
Test(revocation, a_violation_is_named_by_the_answer_that_is_about_it)
{
    struct world *world = after_world_create();
    (void)after_accept(world, "office",
                       "{\"violation_confirmed\":{\"case\":\"%s\",\"kind\":\"violation\","
                       "\"proof\":\"证据\"}}",
                       AFTER_CASE);
    cr_expect_str_eq(world_code(after_grounds(world, "violation", "[]")), "wrong_grounds");
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"sampling\",\"on\":\"2019-02-20\"}}",
                       AFTER_CASE);
    expect_accepted(after_grounds(world, "I-1", "[]"));
    world_transcript(world, "revocation/a_violation_is_named_by_the_answer_that_is_about_it");
    world_destroy(world);
}

static void violation_confirm(struct world *world, const char *kind)
{
    (void)after_accept(world, "office",
                       "{\"violation_confirmed\":{\"case\":\"%s\",\"kind\":\"%s\","
                       "\"proof\":\"证据\"}}",
                       AFTER_CASE, kind);
    expect_accepted(after_grounds(world, "violation", "[\"misrepresentation\"]"));
}

// 20(1): the government's refusal was about another fact.
Test(revocation, a_violation_after_one_was_refused_opens_another)
{
    struct world *world = after_world_create();
    violation_confirm(world, "misrepresentation");
    violation_confirm(world, "violation");
    cr_expect_null(after_revocation(world, BY_VIOLATION "/2"), "the first is not decided yet");
    expect_accepted(verify(world, BY_VIOLATION));
    expect_accepted(decide(world, BY_VIOLATION, false, "2019-03-01"));
    violation_confirm(world, "violation");
    cr_assert_not_null(after_revocation(world, BY_VIOLATION "/2"));
    world_transcript(world, "revocation/a_violation_after_one_was_refused_opens_another");
    world_destroy(world);
}

Test(revocation, no_incident_may_be_called_violation)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(
        world_code(after_send(world, "bureau",
                              "{\"incident_recorded\":{\"incident\":\"violation\",\"case\":\"%s\","
                              "\"kind\":\"sampling\",\"on\":\"2019-02-27\"}}",
                              AFTER_CASE)),
        "bad_identifier");
    world_transcript(world, "revocation/no_incident_may_be_called_violation");
    world_destroy(world);
}

// ---- Opening and verifying

static const char *opening_code(struct world *world, const char *fields)
{
    return world_code(after_send(
        world, "bureau", "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-9\",%s}}",
        AFTER_CASE, fields));
}

// 20(1), 20(2), 20(3), 20(4)
Test(revocation, each_ground_needs_what_it_rests_on)
{
    struct world *world = after_world_create();
    incident(world, "safety_accident", ",\"liable\":\"unknown\"");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"misrepresentation\""), "field_missing");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"serious_quality\""), "field_missing");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"breach_of_law\",\"facts\":\"违法\""),
                     "field_missing");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"major_accident\",\"incident\":\"I-1\""),
                     "no_such_ground");
    establish(world, "yes");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"major_accident\",\"incident\":\"I-1\""), "");
    cr_expect_str_eq(opening_code(world, "\"ground\":\"misrepresentation\",\"facts\":\"x\""),
                     "revocation_exists");
    world_transcript(world, "revocation/each_ground_needs_what_it_rests_on");
    world_destroy(world);
}

// F-ground-3; 20s1
Test(revocation, the_first_verified_excludes_a_second_until_it_is_decided)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    open_breach(world, "R-2");
    expect_accepted(verify(world, "R-1"));
    cr_expect_str_eq(world_code(verify(world, "R-1")), "wrong_step");
    cr_expect_str_eq(world_code(verify(world, "R-2")), "another_verified");
    expect_accepted(decide(world, "R-1", false, "2019-03-01"));
    cr_expect_eq(after_revocation(world, "R-1")->step, AWARD__REVOCATION__STEP__refused);
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__conferred);
    cr_expect_null(world_case(world, AFTER_CASE)->honour->until);
    expect_accepted(verify(world, "R-2"));
    cr_expect_str_eq(world_case(world, AFTER_CASE)->revocation, "R-2");
    world_transcript(world, "revocation/the_first_verified_excludes_a_second_until_it_is_decided");
    world_destroy(world);
}

Test(revocation, an_accident_found_without_liability_is_not_verified)
{
    struct world *world = after_world_create();
    incident(world, "safety_accident", ",\"liable\":\"yes\"");
    expect_accepted(after_grounds(world, "I-1", "[\"major_accident\"]"));
    establish(world, "no");
    cr_expect_str_eq(world_code(verify(world, BY_INCIDENT)), "no_such_ground");
    world_transcript(world, "revocation/an_accident_found_without_liability_is_not_verified");
    world_destroy(world);
}

Test(revocation, the_version_that_the_sender_saw_is_tested_by_the_revocations_case)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    const Award__Decision *decision =
        after_send(world, "bureau",
                   "{\"expected_version\":40,\"revocation_verified\":{\"revocation\":\"R-1\","
                   "\"report\":\"报告\"}}");
    cr_expect_str_eq(world_code(decision), "version_conflict");
    cr_expect_str_eq(world_code(verify(world, "R-7")), "no_such_revocation");
    world_transcript(
        world, "revocation/the_version_that_the_sender_saw_is_tested_by_the_revocations_case");
    world_destroy(world);
}

// ---- Deciding

Test(revocation, only_what_is_verified_is_decided_and_not_before_that_day)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    cr_expect_str_eq(world_code(decide(world, "R-1", true, "2019-03-01")), "wrong_step");
    expect_accepted(verify(world, "R-1"));
    cr_expect_str_eq(world_code(decide(world, "R-1", true, "2019-02-28")), "before_verification");
    cr_expect_str_eq(world_code(decide(world, "R-1", true, "2019-03-02")), "in_the_future");
    world_transcript(world, "revocation/only_what_is_verified_is_decided_and_not_before_that_day");
    world_destroy(world);
}

// F-honour-1, decision 4; 21s1, 12(4)
Test(revocation, the_honour_ends_the_day_before_the_approval_and_the_award_bars_five_years)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    expect_accepted(verify(world, "R-1"));
    world_clock(world, "2019-07-15T09:00:00+08:00");
    expect_accepted(decide(world, "R-1", true, "2019-07-12"));
    const Award__Case *c = world_case(world, AFTER_CASE);
    cr_expect_eq(c->stage, AWARD__STAGE__NAME__revoked);
    cr_expect_eq(c->honour->until->number, day_of("2019-07-11"));
    const Award__Enterprise__Bar *bar = bar_of(world, "12(4)");
    cr_assert_not_null(bar);
    cr_expect_eq(bar->from->number, day_of("2019-07-12"));
    cr_expect_eq(bar->until->number, day_of("2024-07-12"));
    cr_expect_str_eq(bar->source, AFTER_CASE);
    cr_expect_null(bar_of(world, "12(2)"));
    const Award__Message *message = after_message(world, "ent-a", "2019-07-15T09:00:00+08:00");
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__revoked);
    world_transcript(
        world,
        "revocation/the_honour_ends_the_day_before_the_approval_and_the_award_bars_five_years");
    world_destroy(world);
}

// F-year-2
Test(revocation, self_evaluations_that_were_not_yet_due_are_removed)
{
    struct world *world = after_world_create();
    world_clock(world, "2019-12-30T09:00:00+08:00");
    open_breach(world, "R-1");
    expect_accepted(verify(world, "R-1"));
    world_clock(world, "2020-02-03T09:00:00+08:00");
    expect_accepted(decide(world, "R-1", true, "2020-01-31"));
    cr_expect_eq(after_deadline(world, AFTER_CASE ":self_evaluation:2019")->state,
                 AWARD__DEADLINE__STATE__overdue);
    cr_expect_eq(after_deadline(world, AFTER_CASE ":self_evaluation:2020")->state,
                 AWARD__DEADLINE__STATE__removed);
    world_clock(world, "2021-02-01T09:00:00+08:00");
    cr_expect_null(after_deadline(world, AFTER_CASE ":self_evaluation:2021"));
    world_transcript(world, "revocation/self_evaluations_that_were_not_yet_due_are_removed");
    world_destroy(world);
}

// decision 5; 21s1
Test(revocation, a_revoked_nomination_bars_nothing_by_12_4)
{
    struct world *world = after_world_create();
    honour_put(world, "nomination", "");
    revoke(world);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_bars, 0);
    world_transcript(world, "revocation/a_revoked_nomination_bars_nothing_by_12_4");
    world_destroy(world);
}

// F-violation-2, decision 4; 12(2)
Test(revocation, ground_one_bars_a_nomination_three_years_from_the_verification)
{
    struct world *world = after_world_create();
    honour_put(world, "nomination", "");
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-1\","
                       "\"ground\":\"misrepresentation\",\"facts\":\"虚报\"}}",
                       AFTER_CASE);
    expect_accepted(verify(world, "R-1"));
    cr_expect_null(bar_of(world, "12(2)"));
    world_clock(world, "2019-05-01T09:00:00+08:00");
    expect_accepted(decide(world, "R-1", true, "2019-05-01"));
    const Award__Enterprise__Bar *bar = bar_of(world, "12(2)");
    cr_assert_not_null(bar);
    cr_expect_eq(bar->from->number, day_of("2019-03-01"));
    cr_expect_eq(bar->until->number, day_of("2022-03-01"));
    cr_expect_null(bar_of(world, "12(4)"));
    world_transcript(world,
                     "revocation/ground_one_bars_a_nomination_three_years_from_the_verification");
    world_destroy(world);
}

// ---- Recoveries and papers

// 20s1
Test(revocation, the_last_of_three_facts_in_any_order_closes_it)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(recover(world, "medal_returned", "2019-03-01")), "wrong_stage");
    revoke(world);
    expect_accepted(recover(world, "certificate_returned", "2019-03-01"));
    cr_expect_str_eq(world_code(recover(world, "certificate_returned", "2019-03-01")),
                     "already_done");
    cr_expect_str_eq(world_code(recover(world, "revocation_published", "2019-02-28")),
                     "before_approval");
    expect_accepted(recover(world, "revocation_published", "2019-03-01"));
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revoked);
    cr_expect_eq(after_revocation(world, "R-1")->step, AWARD__REVOCATION__STEP__approved);
    expect_accepted(recover(world, "medal_returned", "2019-03-01"));
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revocation_closed);
    cr_expect_eq(after_revocation(world, "R-1")->step, AWARD__REVOCATION__STEP__closed);
    world_transcript(world, "revocation/the_last_of_three_facts_in_any_order_closes_it");
    world_destroy(world);
}

// decision 18; 20s1. decision 18, 20s1
Test(revocation, prize_money_that_was_paid_keeps_it_open_until_it_is_back)
{
    struct world *world = after_world_create();
    honour_put(world, "award", ",\"certificate\":\"C-01\",\"prize\":300000");
    revoke(world);
    expect_accepted(recover(world, "certificate_returned", "2019-03-01"));
    expect_accepted(recover(world, "revocation_published", "2019-03-01"));
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revoked);
    expect_accepted(recover(world, "prize_returned", "2019-03-01"));
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revocation_closed);
    cr_expect(world_case(world, AFTER_CASE)->honour->prize_returned);
    world_transcript(world, "revocation/prize_money_that_was_paid_keeps_it_open_until_it_is_back");
    world_destroy(world);
}

// F-recovery-1, decision 18. decision 18, F-recovery-1
Test(revocation, no_prize_comes_back_where_none_was_paid)
{
    struct world *world = after_world_create();
    revoke(world);
    cr_expect_str_eq(world_code(recover(world, "prize_returned", "2019-03-01")),
                     "never_handed_over");
    world_transcript(world, "revocation/no_prize_comes_back_where_none_was_paid");
    world_destroy(world);
}

// F-recovery-1; 20s1
Test(revocation, what_was_never_handed_over_need_not_come_back)
{
    struct world *world = after_world_create();
    honour_put(world, "award", ",\"certificate\":\"C-01\"");
    revoke(world);
    cr_expect_str_eq(world_code(recover(world, "medal_returned", "2019-03-01")),
                     "never_handed_over");
    expect_accepted(recover(world, "certificate_returned", "2019-03-01"));
    expect_accepted(recover(world, "revocation_published", "2019-03-01"));
    cr_expect_eq(world_case(world, AFTER_CASE)->stage, AWARD__STAGE__NAME__revocation_closed);
    world_transcript(world, "revocation/what_was_never_handed_over_need_not_come_back");
    world_destroy(world);
}

static const Award__Decision *draft(struct world *world, const char *task)
{
    return after_send(world, "worker-revocation",
                      "{\"task\":\"%s\",\"papers_drafted\":{\"case\":\"%s\","
                      "\"revocation\":\"R-1\",\"papers\":[\"request\",\"notice\"],"
                      "\"text\":\"请示\",\"digest\":\"d\"}}",
                      task, AFTER_CASE);
}

Test(revocation, papers_are_asked_after_verification_and_after_approval_and_go_to_the_bureau)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    expect_accepted(verify(world, "R-1"));
    const Award__Task *request = after_task(world, "draft_papers");
    cr_assert_not_null(request);
    expect_accepted(draft(world, request->task));
    cr_expect_str_eq(world_code(draft(world, request->task)), "no_such_task");
    const Award__Message *message = after_message(world, "bureau", "2019-03-01T09:00:00+08:00");
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__revocation_papers);
    expect_accepted(decide(world, "R-1", true, "2019-03-01"));
    const Award__Task *letters = after_task(world, "draft_papers");
    cr_assert_not_null(letters);
    cr_expect_str_neq(letters->task, request->task);
    expect_accepted(draft(world, letters->task));
    world_transcript(
        world,
        "revocation/papers_are_asked_after_verification_and_after_approval_and_go_to_the_bureau");
    world_destroy(world);
}

Test(revocation, papers_of_a_refused_one_are_sent_to_nobody)
{
    struct world *world = after_world_create();
    open_breach(world, "R-1");
    expect_accepted(verify(world, "R-1"));
    const Award__Task *request = after_task(world, "draft_papers");
    expect_accepted(decide(world, "R-1", false, "2019-03-01"));
    expect_accepted(draft(world, request->task));
    cr_expect_null(after_message(world, "bureau", "2019-03-01T09:00:00+08:00"));
    world_transcript(world, "revocation/papers_of_a_refused_one_are_sent_to_nobody");
    world_destroy(world);
}

Test(revocation, that_is_not_in_its_turn_is_said_to_stand_where_it_does)
{
    static const struct {
        const char *step;
        const char *zh;
    } rows[] = {
        {"verified", "已核实，待审批"},
        {"approved", "已批准，收回中"},
        {"refused",  "未获批准"         },
        {"closed",   "已办结"            },
    };
    struct world *world = after_world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        after_put(world, AWARD__CHANGE__RECORD_REVOCATION,
                  arena_format(world_arena(world),
                               "{\"revocation\":\"R-1\",\"case\":\"" AFTER_CASE
                               "\",\"step\":\"%s\"}",
                               rows[i].step));
        const Award__Decision *decision = verify(world, "R-1");
        cr_expect_str_eq(world_code(decision), "wrong_step");
        cr_expect_not_null(strstr(decision->reasons[0]->zh, rows[i].zh), "%s",
                           decision->reasons[0]->zh);
    }
    after_put(world, AWARD__CHANGE__RECORD_REVOCATION,
              "{\"revocation\":\"R-1\",\"case\":\"" AFTER_CASE "\",\"step\":\"opened\"}");
    const Award__Decision *decision = decide(world, "R-1", true, "2019-03-01");
    cr_expect_str_eq(world_code(decision), "wrong_step");
    cr_expect_not_null(strstr(decision->reasons[0]->zh, "已启动，待核实"), "%s",
                       decision->reasons[0]->zh);
    world_destroy(world);
}
