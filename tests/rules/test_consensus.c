// test_consensus - what leaves the mean is explained, and findings name their item (16(3))
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

TestSuite(consensus, .init = setup, .fini = teardown);

// Sheets of 500 give strategy 40.00 of 80; ten percent are 8.00.
static const char *consensus_strategy(const char *points, const char *more)
{
    return JSON(world,
                "{\"consensus_sheet\":{\"case\":\"" CASE_A "\",\"report\":\"d\",\"scores\":["
                "{\"item\":\"leadership\",\"points\":\"50\"},"
                "{\"item\":\"strategy.development\",\"points\":\"30\"},"
                "{\"item\":\"strategy.deployment\",\"points\":\"%s\"},"
                "{\"item\":\"customers\",\"points\":\"45\"},"
                "{\"item\":\"resources\",\"points\":\"60\"},"
                "{\"item\":\"processes\",\"points\":\"55\"},"
                "{\"item\":\"measurement\",\"points\":\"50\"},"
                "{\"item\":\"results\",\"points\":\"200\"}]%s}}",
                points, more);
}

Test(consensus, consensus_at_the_tolerance_needs_no_explanation)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    cr_expect_eq(world_try(world, "reviewer-01", consensus_strategy("17.99", ""))->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    world_accept(world, "reviewer-01", consensus_strategy("18.00", ""));
    world_transcript(world, "consensus/consensus_at_the_tolerance_needs_no_explanation");
}

Test(consensus, consensus_a_hundredth_beyond_the_tolerance_needs_an_explanation)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    world_reject(world, "reviewer-01", consensus_strategy("18.01", ""), "explanation_missing",
                 "policy");
    world_reject(
        world, "reviewer-01",
        consensus_strategy("18.01", ",\"explanations\":[{\"item\":\"strategy\",\"text\":\"  \"}]"),
        "field_missing", "form");
    world_accept(world, "reviewer-01",
                 consensus_strategy(
                     "18.01", ",\"explanations\":[{\"item\":\"strategy\",\"text\":\"补充证据\"}]"));
    const Award__Sheet *sheet =
        (const Award__Sheet *)world_record(world, AWARD__CHANGE__RECORD_SHEET, CASE_A,
                                           (int)AWARD__SHEET__KIND__consensus, "reviewer-01");
    cr_assert_eq(sheet->n_explanations, 1);
    cr_assert_str_eq(sheet->explanations[0]->item, "strategy");
    cr_assert_str_eq(sheet->explanations[0]->text, "补充证据");
    world_transcript(world,
                     "consensus/consensus_a_hundredth_beyond_the_tolerance_needs_an_explanation");
}

Test(consensus, tolerance_is_compared_exactly_where_the_mean_is_no_hundredth)
{
    review_team(world, "T1", CASE_A);
    world_accept(world, "reviewer-01", review_sheet(world, "independent_sheet", CASE_A, 50000, ""));
    world_accept(world, "reviewer-02", review_sheet(world, "independent_sheet", CASE_A, 50000, ""));
    // Strategy 40.01: the mean is 40.0033..., so that 48.00 is within and 48.01 beyond.
    const char *third = consensus_strategy("10.01", "");
    char *json = arena_string(world_arena(world), third);
    json = JSON(world, "{\"independent_sheet\":{\"case\":\"" CASE_A "\",%s",
                strstr(json, "\"scores\""));
    world_accept(world, "reviewer-03", json);
    world_reject(world, "reviewer-01", consensus_strategy("18.01", ""), "explanation_missing",
                 "policy");
    world_accept(world, "reviewer-01", consensus_strategy("18.00", ""));
    world_transcript(world,
                     "consensus/tolerance_is_compared_exactly_where_the_mean_is_no_hundredth");
}

// ---- Explanations and findings by item

// Sheets that score strategy by its items: 20.00 of 40 each; ten percent are 4.00.
static void item_sheets(void)
{
    const char *scores = strstr(consensus_strategy("20.00", ""), "\"scores\"");
    const char *json = JSON(world, "{\"independent_sheet\":{\"case\":\"" CASE_A "\",%s", scores);
    world_accept(world, "reviewer-01", json);
    world_accept(world, "reviewer-02", json);
    world_accept(world, "reviewer-03", json);
}

#define EXPLAINED(item) ",\"explanations\":[{\"item\":\"" item "\",\"text\":\"补充证据\"}]"

Test(consensus, an_item_beyond_the_tolerance_is_explained_under_its_own_key)
{
    review_team(world, "T1", CASE_A);
    item_sheets(); // strategy.deployment has 4.00 to either side, the category 8.00
    const Award__Decision *decision = world_reject(
        world, "reviewer-01", consensus_strategy("24.01", ""), "explanation_missing", "policy");
    cr_assert_not_null(strstr(decision->reasons[0]->en, "strategy.deployment"));
    world_reject(world, "reviewer-01",
                 consensus_strategy("24.01", EXPLAINED("strategy.development")),
                 "explanation_missing", "policy");
    world_reject(world, "reviewer-01", consensus_strategy("24.01", EXPLAINED("strategy")),
                 "explanation_missing", "policy");
    world_accept(world, "reviewer-01",
                 consensus_strategy("24.01", EXPLAINED("strategy.deployment")));
    world_transcript(world,
                     "consensus/an_item_beyond_the_tolerance_is_explained_under_its_own_key");
}

Test(consensus, an_item_at_the_tolerance_needs_no_explanation)
{
    review_team(world, "T1", CASE_A);
    item_sheets();
    world_accept(world, "reviewer-01", consensus_strategy("24.00", ""));
    world_transcript(world, "consensus/an_item_at_the_tolerance_needs_no_explanation");
}

Test(consensus, a_category_may_be_explained_through_its_items)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    world_accept(world, "reviewer-01",
                 consensus_strategy("18.01", EXPLAINED("strategy.deployment")));
    world_transcript(world, "consensus/a_category_may_be_explained_through_its_items");
}

Test(consensus, a_category_may_be_explained_through_any_of_its_items)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000); // leadership 50.00 of 100
    const struct rulebook *rules = world_rules(world);
    for (size_t i = 0; i < rules->items_count; i++) {
        const char *json =
            JSON(world,
                 "{\"consensus_sheet\":{\"case\":\"" CASE_A "\",\"report\":\"d\",\"scores\":["
                 "{\"item\":\"leadership\",\"points\":\"65\"},"
                 "{\"item\":\"strategy\",\"points\":\"40\"},"
                 "{\"item\":\"customers\",\"points\":\"45\"},"
                 "{\"item\":\"resources\",\"points\":\"60\"},"
                 "{\"item\":\"processes\",\"points\":\"55\"},"
                 "{\"item\":\"measurement\",\"points\":\"50\"},"
                 "{\"item\":\"results\",\"points\":\"200\"}],\"explanations\":"
                 "[{\"item\":\"%s\",\"text\":\"补充证据\"}]}}",
                 rules->items[i].key);
        const Award__Decision *decision = world_try(world, "reviewer-01", json);
        cr_expect_eq(decision->outcome == AWARD__OUTCOME__NAME__accepted,
                     strcmp(rules->categories[rules->items[i].category].key, "leadership") == 0,
                     "%s: %s", rules->items[i].key, world_code(decision));
    }
}

Test(consensus, a_finding_names_an_item_of_the_rulebook_and_says_something)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    world_reject(
        world, "reviewer-01",
        consensus_strategy("10.00", ",\"strengths\":[{\"item\":\"luck\",\"text\":\"好\"}]"),
        "remark_unknown", "15");
    world_reject(world, "reviewer-01",
                 consensus_strategy("10.00", ",\"improvements\":[{\"text\":\"好\"}]"),
                 "remark_unknown", "15");
    world_reject(
        world, "reviewer-01",
        consensus_strategy("10.00", ",\"improvements\":[{\"item\":\"results\",\"text\":\" \"}]"),
        "field_missing", "form");
    world_reject(world, "reviewer-01", consensus_strategy("10.00", EXPLAINED("luck")),
                 "remark_unknown", "15");
    cr_assert_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__accepted);
    world_transcript(world, "consensus/a_finding_names_an_item_of_the_rulebook_and_says_something");
}

// Only sheets of the team's acting members make the mean.
// 16(3)s2
Test(consensus, mean_is_of_the_sheets_of_members_alone)
{
    review_team(world, "T1", CASE_A);
    review_sheets(world, CASE_A, 50000);
    world_put_json(world, AWARD__CHANGE__RECORD_SHEET,
                   "{\"case\":\"" CASE_A "\",\"kind\":\"independent\",\"person\":\"reviewer-09\","
                   "\"total\":\"0\"}");
    world_accept(world, "reviewer-01", consensus_strategy("18.00", ""));
}
