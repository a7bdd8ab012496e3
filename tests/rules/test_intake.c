// intake - cycles, applications, materials, verification, recommendation, acceptance, withdrawal
#include "tests/rules/applying.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define OTHER_ENTERPRISE "91500112MA5U00011J"
#define ELECTRONIC                                                                                 \
    "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE            \
    "\",\"materials\":[" APPLYING_MATERIALS "]}}"
#define PAPER(moment)                                                                              \
    "{\"paper_received\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE                   \
    "\",\"received\":\"" moment "\"}}"
#define BOTH(electronic, paper)                                                                    \
    "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE            \
    "\",\"materials\":[" APPLYING_MATERIALS "],\"electronic_receipt\":\"" electronic               \
    "\",\"paper_receipt\":\"" paper "\"}}"
#define ACCEPT "{\"application_accepted\":{\"case\":\"" APPLYING_CASE "\"}}"
#define WITHDRAW "{\"application_withdrawn\":{\"case\":\"" APPLYING_CASE "\",\"reason\":\"重组\"}}"

static struct world *w;

static void setup(void)
{
    w = world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

static void setup_open(void)
{
    setup();
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
}

static void expect(const Award__Decision *decision, Award__Outcome__Name outcome, const char *code,
                   const char *article)
{
    cr_assert_eq(decision->outcome, outcome, "outcome %d, code %s", (int)decision->outcome,
                 world_code(decision));
    cr_assert_str_eq(world_code(decision), code);
    cr_assert_str_eq(decision->article, article);
}

static void expect_rejected(const char *principal, const char *json, const char *code,
                            const char *article)
{
    expect(world_send(w, principal, json), AWARD__OUTCOME__NAME__rejected, code, article);
}

static void expect_stage(const char *id, Award__Stage__Name stage)
{
    const Award__Case *c = world_case(w, id);
    cr_assert_not_null(c, "no case %s", id);
    cr_assert_eq(c->stage, stage, "case %s is in stage %d", id, (int)c->stage);
}

static const char *day_of(const Award__Day *day)
{
    static char text[DAY_TEXT_BYTES];
    day_format(day->number, text);
    return text;
}

// ---- Cycles

TestSuite(cycle, .init = setup, .fini = teardown);

#define CYCLE(name, more)                                                                          \
    "{\"cycle_opened\":{\"cycle\":\"" name "\",\"notice\":[{\"medium\":\"重庆日报\"}],"        \
    "\"chair\":\"副市长\"," more "}}"
#define CLOSING "\"closing\":\"2018-04-28T18:00:00+08:00\""
#define UNITS "\"units\":[\"甲\",\"乙\"]"

// decision 15; 5s1, 6(2), 16(1)
Test(cycle, opens_with_its_rulebook_and_a_closing_deadline_at_its_time_of_day)
{
    applying_open(w);
    const Award__Cycle *cycle =
        (const Award__Cycle *)world_record(w, AWARD__CHANGE__RECORD_CYCLE, "2018");
    cr_assert_str_eq(cycle->rulebook, world_rules(w)->digest);
    const Award__Deadline *deadline =
        (const Award__Deadline *)world_record(w, AWARD__CHANGE__RECORD_DEADLINE, "2018:closing:1");
    cr_assert_not_null(deadline);
    cr_assert_str_eq(day_of(deadline->last), "2018-04-28");
    cr_assert_eq(deadline->end->ms, cycle->opened->closing->ms);
}

Test(cycle, of_a_name_that_is_used_is_rejected)
{
    applying_open(w);
    expect_rejected("office", CYCLE("2018", CLOSING "," UNITS), "cycle_exists", "order");
}

Test(cycle, closing_in_the_past_is_rejected)
{
    expect_rejected("office", CYCLE("2018", "\"closing\":\"2018-01-02T09:00:00+08:00\"," UNITS),
                    "closing_past", "16(1)");
}

// 5s1
Test(cycle, a_unit_twice_is_rejected)
{
    expect_rejected("office", CYCLE("2018", CLOSING ",\"units\":[\"甲\",\"乙\",\"甲\"]"),
                    "bad_units", "5");
}

// 23s1
Test(cycle, under_an_unknown_rulebook_is_rejected)
{
    expect_rejected("office",
                    CYCLE("2018", CLOSING "," UNITS ",\"rulebook\":\"" APPLYING_DIGEST "\""),
                    "no_such_rulebook", "23");
}

Test(cycle, a_name_that_would_spoil_case_numbers_is_rejected)
{
    expect_rejected("office", CYCLE("2018/1", CLOSING "," UNITS), "bad_identifier", "form");
}

Test(cycle, notice_of_a_day_to_come_is_rejected)
{
    expect_rejected("office",
                    "{\"cycle_opened\":{\"cycle\":\"2018\",\"notice\":[{\"medium\":\"重庆日报\","
                    "\"on\":\"2018-01-03\"}],\"chair\":\"副市长\"," CLOSING "," UNITS "}}",
                    "in_the_future", "order");
}

// decision 28
Test(cycle, closing_may_move_to_later_and_its_deadline_follows)
{
    applying_open(w);
    (void)world_accept(w, "office",
                       "{\"cycle_changed\":{\"cycle\":\"2018\",\"reason\":\"材料较多\","
                       "\"closing\":\"2018-05-04T17:00:00+08:00\"}}");
    const Award__Deadline *deadline =
        (const Award__Deadline *)world_record(w, AWARD__CHANGE__RECORD_DEADLINE, "2018:closing:1");
    cr_assert_str_eq(day_of(deadline->last), "2018-05-04");
    cr_assert_eq(deadline->revision, 2);
    cr_assert_eq(deadline->n_moves, 1);
    const Award__Deadline__Move *move = deadline->moves[0];
    cr_assert_str_eq(move->event, "cycle_changed");
    cr_assert_str_eq(day_of(move->old_last), "2018-04-28");
    cr_assert_str_eq(day_of(move->last), "2018-05-04");
    cr_assert_str_eq(move->reason, "材料较多");
    cr_assert_str_eq(move->article, "policy");
    cr_assert_str_eq(move->by, "office");
}

Test(cycle, closing_never_moves_to_earlier)
{
    applying_open(w);
    expect_rejected("office",
                    "{\"cycle_changed\":{\"cycle\":\"2018\",\"reason\":\"提前\","
                    "\"closing\":\"2018-04-27T18:00:00+08:00\"}}",
                    "closing_earlier", "policy");
}

Test(cycle, nothing_changes_after_the_old_closing_moment)
{
    applying_open(w);
    world_clock(w, "2018-04-28T18:00:00.001+08:00");
    expect_rejected("office",
                    "{\"cycle_changed\":{\"cycle\":\"2018\",\"reason\":\"延期\","
                    "\"closing\":\"2018-05-04T17:00:00+08:00\"}}",
                    "closed_for_applications", "policy");
}

Test(cycle, a_change_without_reason_is_rejected)
{
    applying_open(w);
    expect_rejected("office",
                    "{\"cycle_changed\":{\"cycle\":\"2018\",\"reason\":\" \","
                    "\"closing\":\"2018-05-04T17:00:00+08:00\"}}",
                    "field_missing", "form");
}

// ---- Receipts

TestSuite(application, .init = setup_open, .fini = teardown);

// 16(2)
Test(application, with_both_receipts_becomes_a_case)
{
    const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    expect(decision, AWARD__OUTCOME__NAME__accepted, "", "16(2)");
    cr_assert_str_eq(decision->case_, APPLYING_CASE);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__applied);
    cr_assert_eq(world_case(w, APPLYING_CASE)->version, 1);
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        w, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_cases, 1);
    const Award__Cycle *cycle =
        (const Award__Cycle *)world_record(w, AWARD__CHANGE__RECORD_CYCLE, "2018");
    cr_assert_eq(cycle->n_cases, 1);
}

// F-closing-2, decision 21; 16(2)
Test(application, waits_for_paper_which_settles_it_and_gives_its_day)
{
    const Award__Decision *waits = world_send(w, "ent-a", ELECTRONIC);
    expect(waits, AWARD__OUTCOME__NAME__pending, "", "16(2)");
    cr_assert_null(world_case(w, APPLYING_CASE));
    world_clock(w, "2018-01-05T10:00:00+08:00");
    const Award__Decision *decision = world_accept(w, "office", PAPER("2018-01-04T16:00:00+08:00"));
    cr_assert_not_null(decision->settles);
    cr_assert_str_eq(decision->settles->principal, "ent-a");
    cr_assert_str_eq(day_of(world_case(w, APPLYING_CASE)->applied_on), "2018-01-04");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PENDING), 0);
}

Test(application, may_come_after_its_paper)
{
    const Award__Decision *waits = world_send(w, "office", PAPER("2018-01-02T08:00:00+08:00"));
    expect(waits, AWARD__OUTCOME__NAME__pending, "", "16(2)");
    world_clock(w, "2018-01-09T10:00:00+08:00");
    const Award__Decision *decision = world_accept(w, "ent-a", ELECTRONIC);
    cr_assert_str_eq(decision->settles->principal, "office");
    cr_assert_str_eq(day_of(world_case(w, APPLYING_CASE)->applied_on), "2018-01-09");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PENDING), 0);
}

Test(application, that_waits_is_not_taken_twice)
{
    (void)world_send(w, "ent-a", ELECTRONIC);
    expect_rejected("ent-a", ELECTRONIC, "already_waiting", "order");
}

// F-closing-1, decision 15; 16(2)
Test(application, at_the_closing_moment_is_in_time)
{
    world_clock(w, "2018-04-28T18:00:00+08:00");
    (void)world_send(w, "ent-a", ELECTRONIC);
    (void)world_accept(w, "office", PAPER("2018-04-28T18:00:00+08:00"));
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__applied);
}

// F-admit-1, F-closing-1, decision 21; 16(2)
Test(application, after_the_closing_moment_makes_no_case)
{
    world_clock(w, "2018-04-28T18:00:00.001+08:00");
    expect_rejected("ent-a", ELECTRONIC, "received_late", "16(2)");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_CASE), 0);
}

// F-admit-1, F-closing-1; 16(2)
Test(application, whose_paper_comes_after_closing_makes_no_case)
{
    (void)world_send(w, "ent-a", ELECTRONIC);
    world_clock(w, "2018-05-02T09:00:00+08:00");
    expect_rejected("office", PAPER("2018-04-28T18:00:01+08:00"), "received_late", "16(2)");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_CASE), 0);
}

Test(application, received_in_time_may_be_entered_thirty_days_late_and_is_marked)
{
    world_clock(w, "2018-05-28T09:00:00+08:00");
    const Award__Decision *decision =
        world_accept(w, "office", BOTH("2018-04-28T17:00:00+08:00", "2018-04-28T18:00:00+08:00"));
    cr_assert_str_eq(world_code(decision), "entered_late");
    cr_assert_eq(decision->n_reasons, 1);
    cr_assert_str_eq(day_of(world_case(w, APPLYING_CASE)->applied_on), "2018-04-28");
}

Test(application, is_not_entered_thirty_one_days_late)
{
    world_clock(w, "2018-05-29T09:00:00+08:00");
    expect_rejected("office", BOTH("2018-04-28T17:00:00+08:00", "2018-04-28T18:00:00+08:00"),
                    "entered_too_late", "limit");
}

Test(application, with_a_receipt_to_come_is_rejected)
{
    expect_rejected("office", PAPER("2018-01-02T09:00:01+08:00"), "in_the_future", "order");
}

Test(application, receipts_are_stated_by_the_office_alone)
{
    expect_rejected("ent-a", BOTH("2018-01-02T08:00:00+08:00", "2018-01-02T08:00:00+08:00"),
                    "not_authorised", "authority");
}

Test(application, of_another_enterprise_is_out_of_scope)
{
    applying_register(w, OTHER_ENTERPRISE);
    expect_rejected("ent-a",
                    "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":"
                    "\"" OTHER_ENTERPRISE "\",\"materials\":[" APPLYING_MATERIALS "]}}",
                    "out_of_scope", "authority");
}

Test(application, of_an_enterprise_that_is_not_registered_makes_no_case)
{
    expect(applying_send(w, OTHER_ENTERPRISE, APPLYING_MATERIALS), AWARD__OUTCOME__NAME__rejected,
           "no_such_enterprise", "order");
}

Test(application, to_a_cycle_that_there_is_not_is_rejected)
{
    expect_rejected("office",
                    "{\"paper_received\":{\"cycle\":\"2019\",\"enterprise\":\"" WORLD_ENTERPRISE
                    "\",\"received\":\"2018-01-02T09:00:00+08:00\"}}",
                    "no_such_cycle", "order");
}

// F-admit-1, decision 14; 16(2)
Test(application, beside_an_open_case_is_rejected)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    expect(applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS), AWARD__OUTCOME__NAME__rejected,
           "case_exists", "16(2)");
    expect_rejected("office", PAPER("2018-01-02T09:00:00+08:00"), "case_exists", "16(2)");
}

// F-admit-1, decision 21
Test(application, after_a_refusal_is_a_new_case)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__refused);
    const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_assert_str_eq(decision->case_, "2018/" WORLD_ENTERPRISE "/2");
}

// F-admit-1
Test(application, after_a_withdrawal_is_a_new_case)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    (void)world_accept(w, "ent-a", WITHDRAW);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__withdrawn);
    cr_assert_str_eq(world_case(w, APPLYING_CASE)->reasons[0]->article, "policy");
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    expect_stage("2018/" WORLD_ENTERPRISE "/2", AWARD__STAGE__NAME__applied);
}

// ---- Materials (13, 14)

// 13(2), 13(3)
Test(application, of_texts_at_their_limits_is_admitted)
{
    const Award__Decision *decision = applying_send(
        w, WORLD_ENTERPRISE,
        APPLYING_FORM
        "," APPLYING_PROFILE("3000") "," APPLYING_REPORT("60000") "," APPLYING_EVIDENCE);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted);
}

// F-admit-2, F-admit-4; 13(2), 13(3)
Test(application, of_texts_over_their_limits_is_refused_once_for_each)
{
    const Award__Decision *decision = applying_send(
        w, WORLD_ENTERPRISE,
        APPLYING_FORM
        "," APPLYING_PROFILE("3001") "," APPLYING_REPORT("60001") "," APPLYING_EVIDENCE);
    expect(decision, AWARD__OUTCOME__NAME__refused, "material_too_long", "13(2)");
    cr_assert_eq(decision->n_reasons, 2);
    cr_assert_str_eq(decision->reasons[1]->article, "13(3)");
    cr_assert_null(decision->reasons[0]->until);
    cr_assert_eq(world_case(w, APPLYING_CASE)->n_reasons, 2);
}

// F-admit-2; 13s1, 13(4)
Test(application, without_a_kind_of_material_is_refused_once_for_each)
{
    const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
    expect(decision, AWARD__OUTCOME__NAME__refused, "material_missing", "13");
    cr_assert_eq(decision->n_reasons, 3);
}

// 14s1
Test(application, with_a_proof_that_nobody_issued_is_refused)
{
    const Award__Decision *decision = applying_send(
        w, WORLD_ENTERPRISE,
        APPLYING_FORM "," APPLYING_PROFILE("1") "," APPLYING_REPORT(
            "1") ",{\"kind\":\"evidence\",\"digest\":\"" APPLYING_DIGEST "\",\"issuer\":\" \"}");
    expect(decision, AWARD__OUTCOME__NAME__refused, "issuer_missing", "14");
}

Test(application, with_a_digest_that_is_none_is_rejected)
{
    expect(applying_send(w, WORLD_ENTERPRISE, "{\"kind\":\"evidence\",\"digest\":\"abc\"}"),
           AWARD__OUTCOME__NAME__rejected, "bad_material", "form");
}

Test(application, refused_is_told_to_the_enterprise)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), 1);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_TASK), 1);
}

#define SUPPLEMENT(material)                                                                       \
    "{\"material_supplemented\":{\"case\":\"" APPLYING_CASE "\",\"material\":" material            \
    ",\"reason\":\"更正\"}}"

Test(application, supplement_replaces_its_kind_and_keeps_what_it_replaces)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    (void)world_accept(w, "ent-a", SUPPLEMENT(APPLYING_PROFILE("2999")));
    const Award__Case *c = world_case(w, APPLYING_CASE);
    cr_assert_eq(c->n_materials, 4);
    cr_assert_eq(c->n_replaced_materials, 1);
    cr_assert_eq(c->replaced_materials[0]->characters, 2860);
    cr_assert_eq(c->stage, AWARD__STAGE__NAME__applied);
    cr_assert_eq(c->version, 2);
}

Test(application, supplement_of_other_evidence_is_added)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    (void)world_accept(w, "ent-a",
                       SUPPLEMENT("{\"kind\":\"evidence\",\"digest\":\"" APPLYING_DIGEST
                                  "\",\"issuer\":\"市科委\",\"title\":\"专利\"}"));
    cr_assert_eq(world_case(w, APPLYING_CASE)->n_materials, 5);
}

Test(application, supplement_over_the_limit_is_rejected)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    expect_rejected("ent-a", SUPPLEMENT(APPLYING_REPORT("60001")), "material_too_long", "13(3)");
}

Test(application, supplement_after_closing_is_rejected)
{
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    world_clock(w, "2018-04-28T18:00:00.001+08:00");
    expect_rejected("ent-a", SUPPLEMENT(APPLYING_PROFILE("2999")), "closed_for_applications",
                    "16(2)");
}

// ---- Verification, recommendation, acceptance

TestSuite(verification, .init = setup, .fini = teardown);

// 10(2)
Test(verification, by_all_findings_met_goes_on)
{
    applying_to_verified(w);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__verified);
    cr_assert_eq(world_case(w, APPLYING_CASE)->n_findings, 6);
}

// F-admit-5; 11s1, 10(2)
Test(verification, any_false_finding_makes_it_ineligible_by_its_article)
{
    static const char *const all[] = {"11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)"};
    for (size_t i = 0; i < 6; i++) {
        struct world *one = world_create();
        applying_to_applied(one);
        const Award__Decision *decision =
            world_accept(one, "bureau-500112", applying_findings(one, APPLYING_CASE, all[i]));
        cr_assert_str_eq(decision->article, all[i]);
        const Award__Case *c = world_case(one, APPLYING_CASE);
        cr_assert_eq(c->stage, AWARD__STAGE__NAME__ineligible);
        cr_assert_str_eq(c->reasons[0]->article, all[i]);
        cr_assert_null(c->reasons[0]->until);
        cr_assert_eq(world_count(one, AWARD__CHANGE__RECORD_MESSAGE), 1);
        world_destroy(one);
    }
}

Test(verification, by_the_bureau_of_another_district_is_rejected)
{
    applying_to_applied(w);
    Award__Principal other = AWARD__PRINCIPAL__INIT;
    other.name = arena_string(world_arena(w), "bureau-500109");
    other.has_role = 1;
    other.role = AWARD__ROLE__NAME__district_bureau;
    other.scope = arena_string(world_arena(w), "500109");
    world_put(w, AWARD__CHANGE__RECORD_PRINCIPAL, &other.base);
    expect_rejected("bureau-500109", applying_findings(w, APPLYING_CASE, ""), "out_of_scope", "10");
}

#define FINDING(name, more)                                                                        \
    "{\"condition\":\"" name "\",\"met\":true,\"evidence\":\"证明\",\"on\":\"2018-01-02\"" more "}"
#define ISSUED ",\"issuer\":\"市质监局\""
#define FINDINGS(list)                                                                             \
    "{\"conditions_verified\":{\"case\":\"" APPLYING_CASE "\",\"findings\":[" list "]}}"

Test(verification, needs_each_finding_once_and_whole)
{
    applying_to_applied(w);
    expect_rejected("bureau-500112", FINDINGS(FINDING("11(1)", ISSUED)), "finding_missing",
                    "10(2)");
    expect_rejected("bureau-500112",
                    FINDINGS(FINDING("11(1)", ISSUED) "," FINDING("11(1)", ISSUED)),
                    "finding_twice", "10(2)");
    expect_rejected("bureau-500112", FINDINGS(FINDING("11(1)", "")), "finding_incomplete", "10(2)");
    expect_rejected("bureau-500112", FINDINGS(FINDING("12(2)", ISSUED)), "unknown_condition", "11");
}

// 13(1)
Test(verification, recommendation_in_favour_goes_on)
{
    applying_to_recommended(w);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__recommended);
}

Test(verification, recommendation_against_leaves_it_verified_and_another_may_follow)
{
    applying_to_verified(w);
    (void)world_accept(w, "office",
                       applying_recommendation(w, "500112", false, "2018-01-02T09:00:00+08:00"));
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__verified);
    (void)world_accept(w, "office",
                       applying_recommendation(w, "500112", true, "2018-01-02T09:00:00+08:00"));
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__recommended);
}

Test(verification, recommendation_of_another_districts_government_is_rejected)
{
    applying_to_verified(w);
    expect_rejected("office",
                    applying_recommendation(w, "500109", true, "2018-01-02T09:00:00+08:00"),
                    "wrong_district", "13(1)");
}

// F-closing-1; 13(1)
Test(verification, recommendation_received_at_closing_may_be_entered_later)
{
    applying_to_verified(w);
    world_clock(w, "2018-05-02T09:00:00+08:00");
    const Award__Decision *decision = world_accept(
        w, "office", applying_recommendation(w, "500112", true, "2018-04-28T18:00:00+08:00"));
    cr_assert_str_eq(world_code(decision), "entered_late");
}

// F-closing-1, F-closing-3; 13(1)
Test(verification, recommendation_received_after_closing_is_rejected_and_time_moves_no_case)
{
    applying_to_verified(w);
    world_clock(w, "2018-05-02T09:00:00+08:00");
    expect_rejected("office",
                    applying_recommendation(w, "500112", true, "2018-04-28T18:00:01+08:00"),
                    "received_late", "13(1)");
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__verified);
}

Test(verification, recommendation_before_verification_is_rejected)
{
    applying_to_applied(w);
    expect_rejected("office",
                    applying_recommendation(w, "500112", true, "2018-01-02T09:00:00+08:00"),
                    "wrong_stage", "order");
}

// F-closing-1; 6(3)
Test(verification, acceptance_may_come_after_closing)
{
    applying_to_recommended(w);
    world_clock(w, "2018-06-01T09:00:00+08:00");
    (void)world_accept(w, "office", ACCEPT);
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__accepted);
}

// F-incident-2; 11(4)
Test(verification, acceptance_of_a_held_case_is_rejected)
{
    applying_to_recommended(w);
    Award__Case *c = world_case(w, APPLYING_CASE);
    Award__Hold hold = AWARD__HOLD__INIT;
    hold.kind = arena_string(world_arena(w), "liability");
    hold.subject = arena_string(world_arena(w), "I-1");
    hold.article = arena_string(world_arena(w), "11(4)");
    Award__Hold *holds[] = {&hold};
    c->n_holds = 1;
    c->holds = holds;
    world_put(w, AWARD__CHANGE__RECORD_CASE, &c->base);
    expect_rejected("office", ACCEPT, "held", "11(4)");
}

Test(verification, acceptance_once_the_selection_has_started_is_rejected)
{
    applying_to_recommended(w);
    Award__Cycle *cycle = (Award__Cycle *)world_record(w, AWARD__CHANGE__RECORD_CYCLE, "2018");
    cycle->has_selection_started = 1;
    cycle->selection_started = 1;
    world_put(w, AWARD__CHANGE__RECORD_CYCLE, &cycle->base);
    expect_rejected("office", ACCEPT, "selection_started", "order");
}

// F-admit-3, F-violation-1, decision 20; 12s1, 12(2)
Test(verification, acceptance_tests_again_and_finds_what_became_known_since)
{
    applying_to_recommended(w);
    (void)world_accept(w, "office",
                       "{\"violation_confirmed\":{\"case\":\"" APPLYING_CASE
                       "\",\"kind\":\"misrepresentation\",\"proof\":\"调查报告\"}}");
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__recommended);
    const Award__Decision *decision = world_accept(w, "office", ACCEPT);
    cr_assert_str_eq(decision->article, "12(2)");
    expect_stage(APPLYING_CASE, AWARD__STAGE__NAME__ineligible);
    cr_assert_str_eq(day_of(world_case(w, APPLYING_CASE)->reasons[0]->until), "2021-01-02");
}

// F-leaving-1, decision 28
Test(verification, an_enterprise_withdraws_its_own_case_only)
{
    applying_to_accepted(w);
    (void)world_accept(w, "ent-a", WITHDRAW);
    expect_rejected("ent-a", WITHDRAW, "wrong_stage", "order");
}
