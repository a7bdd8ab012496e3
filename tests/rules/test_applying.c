// applying - the fine points of applying that run over several events (11-14, decisions 20, 21, 27)
#include "tests/rules/applying.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define PART_ONE "91500112MA5U00011J"
#define PART_TWO "91500112MA5U0002XA"
#define OLDER "91500112MA5U00038A"
#define ACCEPT "{\"application_accepted\":{\"case\":\"" APPLYING_CASE "\"}}"

static struct world *w;

static void setup(void)
{
    w = world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(applying, .init = setup, .fini = teardown);

static void send_office(const char *json)
{
    (void)world_accept(w, "office", json);
}

static void link_to(const char *enterprise, const char *predecessor, const char *how)
{
    send_office(arena_format(world_arena(w),
                             "{\"predecessor_linked\":{\"enterprise\":\"%s\",\"predecessor\":"
                             "\"%s\",\"how\":\"%s\",\"proof\":\"协议\"}}",
                             enterprise, predecessor, how));
}

static void earlier(const char *enterprise, const char *what, const char *on)
{
    send_office(arena_format(world_arena(w),
                             "{\"earlier_record\":{\"enterprise\":\"%s\",%s,\"on\":\"%s\","
                             "\"proof\":\"文号\"}}",
                             enterprise, what, on));
}

static void accident(const char *incident, const char *liable, const char *on)
{
    (void)world_accept(w, "bureau",
                       arena_format(world_arena(w),
                                    "{\"accident_recorded\":{\"incident\":\"%s\",\"enterprise\":"
                                    "\"" WORLD_ENTERPRISE "\",\"kind\":\"safety_accident\","
                                    "\"on\":\"%s\",\"liable\":\"%s\"}}",
                                    incident, on, liable));
}

static const Award__Case *the_case(void)
{
    return world_case(w, APPLYING_CASE);
}

// Acceptance finds it ineligible for this article alone, until that day.
static void expect_ineligible(const char *article, const char *until)
{
    char text[DAY_TEXT_BYTES];
    const Award__Decision *decision = world_accept(w, "office", ACCEPT);
    cr_assert_str_eq(decision->article, article);
    cr_assert_eq(the_case()->stage, AWARD__STAGE__NAME__ineligible);
    cr_assert_eq(the_case()->n_reasons, 1);
    day_format(the_case()->reasons[0]->until->number, text);
    cr_assert_str_eq(text, until);
}

// ---- Computed conditions are tested again at acceptance (decision 20)

Test(applying, award_of_an_overlapping_cycle_makes_it_ineligible_at_acceptance)
{
    applying_to_recommended(w);
    world_clock(w, "2018-03-20T09:00:00+08:00");
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2018-03-15");
    expect_ineligible("12(3)", "2023-03-15");
}

Test(applying, a_predecessor_that_is_linked_later_brings_its_bars)
{
    applying_register(w, OLDER);
    earlier(OLDER, "\"honour\":\"award\"", "2017-10-15");
    applying_to_recommended(w);
    link_to(WORLD_ENTERPRISE, OLDER, "re-registered");
    expect_ineligible("12(3)", "2022-10-15");
}

Test(applying, an_accident_with_liability_that_is_learned_later_stops_it_at_acceptance)
{
    applying_to_recommended(w);
    world_clock(w, "2018-02-01T09:00:00+08:00");
    accident("I-1", "yes", "2016-05-04");
    cr_assert_eq(the_case()->stage, AWARD__STAGE__NAME__recommended);
    expect_ineligible("11(4)", "2019-05-04");
}

Test(applying, an_accident_whose_years_had_ended_by_the_application_stops_nothing)
{
    applying_to_recommended(w);
    world_clock(w, "2018-02-01T09:00:00+08:00");
    accident("I-1", "yes", "2015-01-01"); // until 2018-01-01; applied on 2018-01-02
    (void)world_accept(w, "office", ACCEPT);
    cr_assert_eq(the_case()->stage, AWARD__STAGE__NAME__accepted);
}

Test(applying, liability_unknown_on_record_at_the_application_holds_no_acceptance)
{
    applying_register(w, WORLD_ENTERPRISE);
    accident("I-1", "unknown", "2017-12-01");
    applying_open(w);
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    (void)world_accept(w, "bureau-500112", applying_findings(w, APPLYING_CASE, ""));
    send_office(applying_recommendation(w, "500112", true, "2018-01-02T09:00:00+08:00"));
    cr_assert_eq(the_case()->n_holds, 0);
    (void)world_accept(w, "office", ACCEPT);
    cr_assert_eq(the_case()->stage, AWARD__STAGE__NAME__accepted);
}

Test(applying, liability_unknown_recorded_afterwards_holds_acceptance_until_it_is_known)
{
    applying_to_recommended(w);
    accident("I-1", "unknown", "2018-01-01");
    const Award__Decision *held = world_send(w, "office", ACCEPT);
    cr_assert_str_eq(world_code(held), "held");
    (void)world_accept(w, "bureau",
                       "{\"liability_established\":{\"incident\":\"I-1\",\"liable\":\"no\","
                       "\"proof\":\"认定书\"}}");
    (void)world_accept(w, "office", ACCEPT);
    cr_assert_eq(the_case()->stage, AWARD__STAGE__NAME__accepted);
}

// ---- Several sources of one condition

Test(applying, violations_of_several_sources_are_one_reason_and_the_last_counts)
{
    earlier((applying_register(w, WORLD_ENTERPRISE), WORLD_ENTERPRISE),
            "\"violation\":\"violation\"", "2014-06-01");
    applying_open(w);
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    (void)world_accept(w, "bureau-500112", applying_findings(w, APPLYING_CASE, ""));
    send_office(applying_recommendation(w, "500112", true, "2018-01-02T09:00:00+08:00"));
    send_office("{\"violation_confirmed\":{\"case\":\"" APPLYING_CASE
                "\",\"kind\":\"violation\",\"proof\":\"调查报告\"}}");
    world_clock(w, "2018-01-10T09:00:00+08:00");
    send_office("{\"violation_confirmed\":{\"case\":\"" APPLYING_CASE
                "\",\"kind\":\"misrepresentation\",\"proof\":\"调查报告\"}}");
    expect_ineligible("12(2)", "2021-01-10");
}

Test(applying, all_conditions_that_fail_are_told_with_the_first_day_to_apply_again)
{
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
    send_office("{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE
                "\",\"industry\":\"F51\",\"operating_since\":\"2014-02-01\"}}");
    earlier(WORLD_ENTERPRISE, "\"violation\":\"violation\"", "2016-07-12");
    accident("I-1", "yes", "2017-03-04");
    const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__refused);
    static const char *const articles[] = {"2",  "11(1)", "11(4)", "12(2)",
                                           "13", "13",    "13"}; // three materials are missing
    cr_assert_eq(decision->n_reasons, sizeof(articles) / sizeof(articles[0]));
    size_t saying = 0;
    for (size_t i = 0; i < decision->n_reasons; i++) {
        cr_assert_str_eq(decision->reasons[i]->article, articles[i]);
        bool dated = articles[i][0] == '1' && strcmp(articles[i], "13") != 0;
        cr_assert_eq(decision->reasons[i]->until != NULL, dated);
        saying += strstr(decision->reasons[i]->en, "apply again from 2020-03-05") != NULL;
    }
    cr_assert_eq(saying, 1);
}

// ---- Predecessors: a split gives to every part that is linked; both may have a case

Test(applying, a_split_gives_its_bars_to_every_part)
{
    applying_open(w);
    static const char *const parts[] = {PART_ONE, PART_TWO};
    applying_register(w, OLDER);
    for (size_t i = 0; i < 2; i++) {
        applying_register(w, parts[i]);
        link_to(parts[i], OLDER, "split");
    }
    earlier(OLDER, "\"violation\":\"misrepresentation\"", "2017-01-05");
    for (size_t i = 0; i < 2; i++) {
        const Award__Decision *decision = applying_send(w, parts[i], APPLYING_MATERIALS);
        cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__refused);
        cr_assert_str_eq(decision->article, "12(2)");
    }
}

Test(applying, predecessor_and_successor_may_both_have_a_case)
{
    applying_open(w);
    applying_register(w, OLDER);
    applying_register(w, PART_ONE);
    link_to(PART_ONE, OLDER, "split");
    cr_assert_eq(applying_send(w, OLDER, APPLYING_MATERIALS)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    cr_assert_eq(applying_send(w, PART_ONE, APPLYING_MATERIALS)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
}

// ---- Withdrawal, and applying anew

Test(applying, it_may_be_withdrawn_at_any_stage_before_the_approval_and_at_none_after)
{
    static const Award__Stage__Name over[] = {
        AWARD__STAGE__NAME__refused,      AWARD__STAGE__NAME__ineligible,
        AWARD__STAGE__NAME__document_out, AWARD__STAGE__NAME__site_out,
        AWARD__STAGE__NAME__not_selected, AWARD__STAGE__NAME__not_recommended,
        AWARD__STAGE__NAME__not_approved, AWARD__STAGE__NAME__disqualified,
        AWARD__STAGE__NAME__withdrawn};
    applying_to_applied(w);
    for (int stage = AWARD__STAGE__NAME__applied; stage <= AWARD__STAGE__NAME__revocation_closed;
         stage++) {
        Award__Case *c = world_case(w, APPLYING_CASE);
        c->stage = (Award__Stage__Name)stage;
        world_put(w, AWARD__CHANGE__RECORD_CASE, &c->base);
        bool open = stage < AWARD__STAGE__NAME__approved;
        for (size_t i = 0; i < sizeof(over) / sizeof(over[0]); i++) {
            open = open && stage != (int)over[i];
        }
        const Award__Decision *decision = world_send(
            w, "ent-a",
            "{\"application_withdrawn\":{\"case\":\"" APPLYING_CASE "\",\"reason\":\"重组\"}}");
        cr_assert_eq(decision->outcome == AWARD__OUTCOME__NAME__accepted, open, "stage %d", stage);
    }
}

Test(applying, anew_after_a_refusal_ends_with_the_closing_moment)
{
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
    (void)applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
    world_clock(w, "2018-04-28T18:00:00.001+08:00");
    const Award__Decision *late =
        world_send(w, "ent-a",
                   "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":"
                   "\"" WORLD_ENTERPRISE "\",\"materials\":[" APPLYING_MATERIALS "]}}");
    cr_assert_str_eq(world_code(late), "received_late");
    cr_assert_null(world_case(w, "2018/" WORLD_ENTERPRISE "/2"));
}

Test(applying, a_supplement_at_the_closing_moment_is_in_time)
{
    applying_to_applied(w);
    world_clock(w, "2018-04-28T18:00:00+08:00");
    (void)world_accept(w, "ent-a",
                       "{\"material_supplemented\":{\"case\":\"" APPLYING_CASE
                       "\",\"material\":" APPLYING_PROFILE("3000") ",\"reason\":\"更正\"}}");
    cr_assert_eq(the_case()->n_replaced_materials, 1);
}

Test(applying, the_paper_alone_in_time_makes_no_case_at_closing)
{
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
    const Award__Decision *waits =
        world_send(w, "office",
                   "{\"paper_received\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"received\":\"2018-01-02T08:00:00+08:00\"}}");
    cr_assert_eq(waits->outcome, AWARD__OUTCOME__NAME__pending);
    world_clock(w, "2018-04-28T18:00:00.001+08:00");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_CASE), 0);
}

// ---- 2: sections of GB/T 4754, from the rulebook

Test(applying, industry_sections_are_those_of_the_rulebook)
{
    applying_open(w);
    applying_register(w, WORLD_ENTERPRISE);
    for (char section = 'A'; section <= 'T'; section++) {
        send_office(arena_format(world_arena(w),
                                 "{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE
                                 "\",\"industry\":\"%c10\"}}",
                                 section));
        const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM);
        bool industrial = section >= 'B' && section <= 'D';
        cr_assert_eq(applying_has_reason(decision->n_reasons, decision->reasons, "2"), !industrial,
                     "section %c", section);
    }
}

// F-admit-2; 16(2)
Test(applying, what_fails_is_refused_by_the_receipt_of_its_paper_too)
{
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
    (void)world_accept(w, "office",
                       "{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE
                       "\",\"legal_person\":false}}");
    (void)world_send(
        w, "ent-a",
        "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
        "\",\"materials\":[" APPLYING_MATERIALS "]}}");
    const Award__Decision *decision =
        world_send(w, "office",
                   "{\"paper_received\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"received\":\"2018-01-02T09:00:00+08:00\"}}");
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__refused, "%s", world_code(decision));
    cr_expect_str_eq(world_article(decision), "2");
    cr_expect_eq(world_case(w, APPLYING_CASE)->stage, AWARD__STAGE__NAME__refused);
}
