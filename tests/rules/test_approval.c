// The government, the mayor, publication, conferral and the end of a cycle (16(9)-(10), 5).
#include "tests/rules/selecting_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define SCORES "500.00", "500.00", 56000, 700

static const struct standing recommended[] = {
    {"recommended_to_government", SCORES, "\"candidate_for\":\"award\","     },
    {"recommended_to_government", SCORES, "\"candidate_for\":\"nomination\","},
    {"recommended_to_government", SCORES, "\"candidate_for\":\"award\","     },
};

#define YES(number) "{\"case\":\"%" number "\",\"approved\":true}"
#define NO(number) "{\"case\":\"%" number "\",\"approved\":false}"
#define GOVERNMENT(decisions)                                                                      \
    "{\"government_decided\":{\"cycle\":\"2018\",\"on\":\"2018-01-02\",\"decisions\":[" decisions  \
    "]}}"
#define SIGNED_ON(on) "{\"mayor_signed\":{\"cycle\":\"2018\",\"on\":\"" on "\"}}"
#define SIGNED SIGNED_ON("2018-01-02")
#define PUBLISHED_ON(on)                                                                           \
    "{\"result_published\":{\"cycle\":\"2018\",\"number\":\"渝府发〔2018〕48号\",\"on\":\"" on     \
    "\"}}"
#define PUBLISHED PUBLISHED_ON("2018-01-02")

static void part_expect(const Award__Decision *decision, size_t index, const char *code)
{
    cr_assert_lt(index, decision->n_rejected_parts);
    cr_expect_str_eq(decision->rejected_parts[index]->code, code);
}

// ---- The government

// decision 9; 16(9)
Test(approval, the_government_says_yes_or_no_to_each)
{
    struct world *world = selecting_world(3, recommended);
    selecting_accept(world, "government", GOVERNMENT(YES("0") "," NO("1")));
    cr_expect_str_eq(selecting_stage(world, 0), "approved");
    cr_expect_str_eq(selecting_stage(world, 1), "not_approved");
    cr_expect_str_eq(selecting_stage(world, 2), "recommended_to_government");
    cr_expect_str_eq(world_case(world, selecting_case(world, 1))->reasons[0]->article, "16(9)");
    world_destroy(world);
}

Test(approval, decisions_on_cases_that_are_not_before_it_are_rejected_one_by_one)
{
    static const struct standing mixed[] = {
        {"recommended_to_government", SCORES, "\"candidate_for\":\"award\","},
        {"publicity",                 SCORES, "\"candidate_for\":\"award\","},
    };
    struct world *world = selecting_world(2, mixed);
    const Award__Decision *decision = selecting_accept(
        world, "government", GOVERNMENT(YES("1") ",{\"case\":\"2017/x/1\"}," YES("0")));
    part_expect(decision, 0, "wrong_stage");
    part_expect(decision, 1, "no_such_case");
    cr_expect_str_eq(selecting_stage(world, 0), "approved");
    world_destroy(world);
}

Test(approval, an_event_of_which_nothing_is_admitted_is_rejected)
{
    struct world *world = selecting_world(3, recommended);
    selecting_reject(world, "government", GOVERNMENT("{\"case\":\"2017/x/1\",\"approved\":true}"),
                     "no_such_case");
    selecting_reject(world, "government", GOVERNMENT("{\"case\":\"%0\"}"), "field_missing");
    world_destroy(world);
}

// F-deliberation-2
Test(approval, an_objection_after_the_deliberation_does_not_bind_the_government)
{
    static const struct standing objected = {
        "recommended_to_government", SCORES,
        "\"candidate_for\":\"award\",\"open_objections\":[\"O1\"],"};
    struct world *world = selecting_world(1, &objected);
    selecting_accept(world, "government", GOVERNMENT(YES("0")));
    cr_expect_str_eq(selecting_stage(world, 0), "approved");
    world_destroy(world);
}

// ---- The mayor

static struct world *approved_world(void)
{
    struct world *world = selecting_world(3, recommended);
    selecting_accept(world, "government", GOVERNMENT(YES("0") "," YES("1") "," NO("2")));
    return world;
}

Test(approval, the_mayor_signs_all_approved_cases_once)
{
    struct world *world = approved_world();
    world_accept(world, "government", SIGNED);
    cr_expect_str_eq(selecting_stage(world, 0), "signed");
    cr_expect_str_eq(selecting_stage(world, 1), "signed");
    cr_expect_str_eq(selecting_stage(world, 2), "not_approved");
    selecting_reject(world, "government", SIGNED, "already_signed");
    world_destroy(world);
}

Test(approval, without_an_approved_case_there_is_nothing_to_sign)
{
    struct world *world = selecting_world(3, recommended);
    selecting_reject(world, "government", SIGNED, "nothing_approved");
    world_destroy(world);
}

Test(approval, a_signature_that_passes_over_an_open_case_is_warned_of)
{
    struct world *world = selecting_world(3, recommended);
    selecting_accept(world, "government", GOVERNMENT(YES("0") "," NO("2")));
    const Award__Decision *decision = world_accept(world, "government", SIGNED);
    cr_expect_str_eq(world_code(decision), "left_behind");
    world_destroy(world);
}

Test(approval, a_signature_that_passes_over_many_names_three_of_them_and_counts_all)
{
    static const struct standing five[] = {
        {"recommended_to_government", SCORES, "\"candidate_for\":\"award\","     },
        {"recommended_to_government", SCORES, "\"candidate_for\":\"nomination\","},
        {"publicity",                 SCORES, "\"candidate_for\":\"award\","     },
        {"candidate",                 SCORES, "\"candidate_for\":\"award\","     },
        {"deliberated",               SCORES, "\"candidate_for\":\"award\","     },
    };
    struct world *world = selecting_world(5, five);
    selecting_accept(world, "government", GOVERNMENT(YES("0")));
    const Award__Decision *decision = world_accept(world, "government", SIGNED);
    cr_assert_eq(decision->n_reasons, 1);
    const char *said = selecting_json(
        world, "mayor_signed happens once a cycle and passes over 4 open cases: %1, %2, %3; the "
               "office has to see to them.");
    cr_expect_str_eq(decision->reasons[0]->en, said);
    cr_expect_null(strstr(decision->reasons[0]->zh, selecting_case(world, 4)));
    cr_expect_not_null(strstr(decision->reasons[0]->zh, "4 件"), "%s", decision->reasons[0]->zh);
    cr_expect_str_eq(selecting_stage(world, 4), "deliberated", "it stays where it is");
    world_destroy(world);
}

// ---- Publication

static struct world *signed_world(void)
{
    struct world *world = approved_world();
    world_accept(world, "government", SIGNED);
    return world;
}

Test(approval, publication_comes_after_the_signature_and_once)
{
    struct world *world = approved_world();
    selecting_reject(world, "office", PUBLISHED, "not_signed");
    world_accept(world, "government", SIGNED);
    selecting_reject(world, "office", PUBLISHED_ON("2018-01-01"), "before_signature");
    selecting_reject(world, "office", PUBLISHED_ON("2018-01-03"), "in_the_future");
    world_accept(world, "office", PUBLISHED);
    selecting_reject(world, "office", PUBLISHED, "already_published");
    world_destroy(world);
}

// F-honour-1; 16(9)
Test(approval, the_day_of_publication_begins_the_honour)
{
    struct world *world = signed_world();
    world_clock(world, "2018-11-20T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED_ON("2018-11-16"));
    const Award__Case *award = world_case(world, selecting_case(world, 0));
    const Award__Case *nomination = world_case(world, selecting_case(world, 1));
    cr_expect_str_eq(selecting_stage(world, 0), "honoured");
    cr_expect_eq(award->honour->kind, AWARD__HONOUR__KIND__award);
    cr_expect_eq(nomination->honour->kind, AWARD__HONOUR__KIND__nomination);
    world_expect_day(award->honour->from, "2018-11-16");
    world_expect_day(selecting_cycle(world)->published_on, "2018-11-16");
    cr_expect_str_eq(selecting_cycle(world)->published_number, "渝府发〔2018〕48号");
    world_destroy(world);
}

// decision 5; 12(3)
Test(approval, the_award_bars_for_five_years_and_the_nomination_does_not)
{
    struct world *world = signed_world();
    world_accept(world, "office", PUBLISHED);
    cr_expect_eq(selecting_bars(world, 0, "12(3)"), 1);
    cr_expect_eq(selecting_bars(world, 1, "12(3)"), 0);
    world_destroy(world);
}

// decision 5; 17s1, 18s1
Test(approval, both_honours_bring_the_duties_of_17_and_18)
{
    struct world *world = signed_world();
    world_accept(world, "office", PUBLISHED);
    for (size_t i = 0; i < 2; i++) {
        const char *id =
            arena_format(world_arena(world), "%s:experience:1", selecting_case(world, i));
        const Award__Deadline *deadline = selecting_deadline(world, id);
        cr_assert_not_null(deadline, "%s", id);
        world_expect_day(deadline->last, "2019-12-31");
        int64_t begins = day_start(day_from_civil((struct civil){2019, 1, 1}));
        cr_expect_not_null(world_record(world, AWARD__CHANGE__RECORD_DUE, begins,
                                        (int)AWARD__DUE__KIND__self_evaluation_year,
                                        selecting_case(world, i), 2019));
    }
    world_destroy(world);
}

Test(approval, the_result_is_told_to_the_laureate)
{
    struct world *world = signed_world();
    world_accept(world, "office", PUBLISHED);
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__result), 1); // ent-a's
    world_destroy(world);
}

// ---- Conferral

#define GIVEN(number, medal, certificate)                                                          \
    "{\"case\":\"%" number "\",\"medal\":\"" medal "\",\"certificate\":\"" certificate "\"}"
#define CONFERRED(given)                                                                           \
    "{\"conferral_held\":{\"cycle\":\"2018\",\"on\":\"2018-01-02\",\"given\":[" given "]}}"

static struct world *honoured_world(void)
{
    struct world *world = signed_world();
    world_accept(world, "office", PUBLISHED);
    return world;
}

// 16(10)
Test(conferral, hands_over_a_medal_and_a_certificate)
{
    struct world *world = honoured_world();
    selecting_accept(world, "office", CONFERRED(GIVEN("0", "A-1", "C-1")));
    const Award__Case *c = world_case(world, selecting_case(world, 0));
    cr_expect_str_eq(selecting_stage(world, 0), "conferred");
    cr_expect_str_eq(c->honour->medal, "A-1");
    cr_expect_str_eq(c->honour->certificate, "C-1");
    world_expect_day(c->honour->conferred_on, "2018-01-02");
    cr_expect_str_eq(selecting_stage(world, 1), "honoured");
    world_destroy(world);
}

// 16(10)
Test(conferral, uses_no_number_twice)
{
    struct world *world = honoured_world();
    const Award__Decision *decision = selecting_accept(
        world, "office", CONFERRED(GIVEN("0", "A-1", "C-1") "," GIVEN("1", "A-1", "C-2")));
    part_expect(decision, 0, "number_used");
    selecting_reject(world, "office", CONFERRED(GIVEN("1", "A-2", "C-1")), "number_used");
    selecting_accept(world, "office", CONFERRED(GIVEN("1", "A-2", "C-2")));
    world_destroy(world);
}

Test(conferral, a_rejected_pair_uses_neither_number)
{
    struct world *world = honoured_world();
    selecting_accept(world, "office", CONFERRED(GIVEN("0", "A-1", "C-1")));
    selecting_reject(world, "office", CONFERRED(GIVEN("1", "A-2", "C-1")), "number_used");
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_SERIAL), 2);
    world_destroy(world);
}

Test(conferral, needs_both_numbers)
{
    struct world *world = honoured_world();
    selecting_reject(world, "office", CONFERRED(GIVEN("0", "", "C-1")), "bad_identifier");
    selecting_reject(world, "office", CONFERRED("{\"case\":\"%0\",\"medal\":\"A-1\"}"),
                     "bad_identifier");
    world_destroy(world);
}

#define PAID(number, paid)                                                                         \
    "{\"case\":\"%" number "\",\"medal\":\"A-" number "\",\"certificate\":\"C-" number             \
    "\",\"prize_paid\":" paid "}"

// decision 18; 16(10). 16(10), decision 18
Test(conferral, says_whether_the_prize_was_paid_where_there_is_one)
{
    struct world *world = honoured_world();
    selecting_reject(world, "office", CONFERRED(PAID("0", "true")), "no_prize");
    world_rules(world)->prize_award = 300000;
    world_rules(world)->prize_nomination = 100000;
    selecting_reject(world, "office", CONFERRED(GIVEN("0", "A-0", "C-0")), "field_missing");
    selecting_accept(world, "office", CONFERRED(PAID("0", "true") "," PAID("1", "false")));
    const Award__Case *paid = world_case(world, selecting_case(world, 0));
    bool award = paid->honour->kind == AWARD__HONOUR__KIND__award;
    cr_expect_eq(paid->honour->prize, award ? 300000 : 100000);
    cr_expect_not(world_case(world, selecting_case(world, 1))->honour->has_prize);
    world_destroy(world);
}

Test(conferral, before_publication_is_rejected)
{
    struct world *world = signed_world();
    selecting_reject(world, "office", CONFERRED(GIVEN("0", "A-1", "C-1")), "not_published");
    world_destroy(world);
}

Test(conferral, of_the_same_case_again_is_rejected)
{
    struct world *world = honoured_world();
    selecting_accept(world, "office", CONFERRED(GIVEN("0", "A-1", "C-1")));
    selecting_reject(world, "office", CONFERRED(GIVEN("0", "A-2", "C-2")), "wrong_stage");
    world_destroy(world);
}

// ---- The end

// F-closed-1; 5s2, 7s1, 9s1
Test(cycle, closing_dissolves_three_bodies_once_and_moves_no_case)
{
    struct world *world = selecting_world(3, recommended);
    world_accept(world, "office", "{\"cycle_closed\":{\"cycle\":\"2018\"}}");
    cr_expect(selecting_cycle(world)->closed);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_NOTE), 3);
    cr_expect_str_eq(selecting_stage(world, 0), "recommended_to_government");
    selecting_reject(world, "office", "{\"cycle_closed\":{\"cycle\":\"2018\"}}", "already_closed");
    world_destroy(world);
}

// F-closed-1
Test(cycle, closing_forbids_nothing)
{
    struct world *world = selecting_world(3, recommended);
    world_accept(world, "office", "{\"cycle_closed\":{\"cycle\":\"2018\"}}");
    selecting_accept(world, "government", GOVERNMENT(YES("0")));
    world_accept(world, "government", SIGNED);
    cr_expect_str_eq(selecting_stage(world, 0), "signed");
    world_destroy(world);
}
