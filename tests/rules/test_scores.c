// Sheets of Article 15: what is a whole sheet, and what a score may be
#include "rules/scores.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *world;

static void setup(void)
{
    world = review_world();
    review_team(world, "T1", CASE_A);
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(scores, .init = setup, .fini = teardown);

#define FIVE                                                                                       \
    "{\"item\":\"strategy\",\"points\":\"40\"},{\"item\":\"customers\",\"points\":\"45\"},"        \
    "{\"item\":\"resources\",\"points\":\"60\"},{\"item\":\"processes\",\"points\":\"55\"},"       \
    "{\"item\":\"measurement\",\"points\":\"50\"}"
#define RESULTS "{\"item\":\"results\",\"points\":\"200\"}"

static const Award__Decision *sheet_send(const char *scores)
{
    return world_send(
        world, "reviewer-01",
        JSON(world, "{\"independent_sheet\":{\"case\":\"" CASE_A "\",\"scores\":[%s]}}", scores));
}

static int64_t total_of(const char *person)
{
    const Award__Sheet *sheet = (const Award__Sheet *)world_record(
        world, AWARD__CHANGE__RECORD_SHEET, CASE_A, (int)AWARD__SHEET__KIND__independent, person);
    cr_assert_not_null(sheet);
    return sheet->total->hundredths;
}

static void expect_rejected(const char *scores, const char *code)
{
    const Award__Decision *decision = sheet_send(scores);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", scores);
    cr_assert_str_eq(world_code(decision), code);
    cr_assert_str_eq(world_article(decision), "15");
    cr_assert_eq(world_count(world, AWARD__CHANGE__RECORD_SHEET), 0);
}

// F-sheet-1; 15s1
Test(scores, seven_category_scores_suffice_and_add_up_exactly)
{
    const Award__Decision *decision =
        sheet_send("{\"item\":\"leadership\",\"points\":\"50.01\"}," FIVE "," RESULTS);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    cr_assert_eq(total_of("reviewer-01"), 50001);
}

Test(scores, a_category_may_be_scored_by_its_items)
{
    const Award__Decision *decision =
        sheet_send("{\"item\":\"leadership.organisation\",\"points\":\"60.00\"},"
                   "{\"item\":\"leadership.responsibility\",\"points\":\"0.5\"}," FIVE "," RESULTS);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    cr_assert_eq(total_of("reviewer-01"), 51050);
}

// 15s2
Test(scores, the_maxima_add_up_to_a_thousand)
{
    world_accept(world, "reviewer-01",
                 review_sheet(world, "independent_sheet", CASE_A, 100000, ""));
    cr_assert_eq(total_of("reviewer-01"), 100000);
}

// F-sheet-2
Test(scores, a_missing_category_is_rejected)
{
    expect_rejected(FIVE "," RESULTS, "score_missing");
}

Test(scores, a_missing_item_of_a_category_scored_by_items_is_rejected)
{
    expect_rejected("{\"item\":\"leadership.organisation\",\"points\":\"30\"}," FIVE "," RESULTS,
                    "score_missing");
}

Test(scores, a_score_without_points_is_rejected)
{
    expect_rejected("{\"item\":\"leadership\"}," FIVE "," RESULTS, "score_missing");
}

// F-sheet-2
Test(scores, an_unknown_category_is_rejected)
{
    expect_rejected("{\"item\":\"luck\",\"points\":\"1\"}," FIVE "," RESULTS, "score_unknown");
}

Test(scores, a_category_scored_twice_is_rejected)
{
    expect_rejected("{\"item\":\"strategy\",\"points\":\"40\"}," FIVE "," RESULTS,
                    "score_repeated");
}

Test(scores, a_category_scored_as_a_whole_and_by_an_item_is_rejected)
{
    expect_rejected("{\"item\":\"strategy.development\",\"points\":\"20\"}," FIVE "," RESULTS,
                    "score_repeated");
}

// F-sheet-2
Test(scores, one_hundredth_over_the_maximum_is_rejected)
{
    expect_rejected("{\"item\":\"leadership\",\"points\":\"100.01\"}," FIVE "," RESULTS,
                    "score_over_maximum");
}

Test(scores, one_hundredth_over_the_maximum_of_an_item_is_rejected)
{
    expect_rejected("{\"item\":\"leadership.organisation\",\"points\":\"60.01\"},"
                    "{\"item\":\"leadership.responsibility\",\"points\":\"0\"}," FIVE "," RESULTS,
                    "score_over_maximum");
}

// JSON admits no negative number; the wire could carry one.
// F-sheet-2
Test(scores, a_negative_score_is_rejected)
{
    struct deciding d = {
        .arena = world_arena(world),
        .decision =
            (Award__Decision *)message_new(world_arena(world), &award__decision__descriptor),
    };
    Award__Points points = AWARD__POINTS__INIT;
    points.has_hundredths = 1;
    points.hundredths = -1;
    Award__Score score = AWARD__SCORE__INIT;
    score.item = arena_string(world_arena(world), "leadership");
    score.points = &points;
    Award__Score *scores[] = {&score};
    int64_t total;
    cr_assert_not(scores_total(&d, world_rules(world), 1, scores, &total));
    cr_assert_str_eq(world_code(d.decision), "score_negative");
}

// Of a category are its own score, or those of its items; wherever they stand in the sheet.
// F-sheet-1; 15s1
Test(scores, of_a_category_are_all_of_its_items)
{
    Award__Points points[2] = {AWARD__POINTS__INIT, AWARD__POINTS__INIT};
    Award__Score scores[2] = {AWARD__SCORE__INIT, AWARD__SCORE__INIT};
    const struct rulebook *rulebook = world_rules(world);
    points[0].hundredths = 3000;
    points[1].hundredths = 2050;
    scores[0].points = &points[0];
    scores[1].points = &points[1];
    scores[0].item = arena_string(world_arena(world), "leadership.organisation");
    scores[1].item = arena_string(world_arena(world), "leadership.responsibility");
    Award__Score *both[] = {&scores[0], &scores[1]};
    Award__Score *swapped[] = {&scores[1], &scores[0]};
    size_t leadership = (size_t)rulebook_category(rulebook, "leadership");
    cr_expect_eq(scores_category(rulebook, leadership, 2, both), 5050);
    cr_expect_eq(scores_category(rulebook, leadership, 2, swapped), 5050);
    cr_expect_eq(scores_category(rulebook, leadership + 1, 2, both), 0);
}
