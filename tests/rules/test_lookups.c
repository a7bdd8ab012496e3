// Tests of look-ups by key, name and number.
#include "rules/alert_policy.h"
#include "rules/change_tree.h"
#include "rules/events.h"
#include "rules/life_cycle.h"
#include "rules/materials.h"
#include "rules/overlay.h"
#include "rules/rulebook.h"
#include "rules/selecting.h"
#include "rules/stays.h"
#include "rules/team.h"
#include "tests/rules/world.h"

#include <criterion/criterion.h>

Test(rulebook, finds_categories_and_items_by_key)
{
    static const struct rulebook book = {
        .categories = {{.key = "leadership"},              {.key = "results"}, {.key = "strategy"}},
        .categories_count = 2,
        .items = {{.key = "leadership.organisation"},
                       {.key = "results.finance", .category = 1},
                       {.key = "results.market"}                                                  }, // behind those in use
        .items_count = 2,
    };
    cr_assert_eq(rulebook_category(&book, "results"), 1);
    cr_assert_eq(rulebook_category(&book, "results.finance"), -1);
    cr_assert_eq(rulebook_category(&book, "result"), -1);
    cr_assert_eq(rulebook_category(&book, ""), -1);
    cr_assert_eq(rulebook_item(&book, "leadership.organisation"), 0);
    cr_assert_eq(rulebook_item(&book, "results.finance"), 1);
    cr_assert_eq(rulebook_item(&book, "results"), -1);
    cr_assert_eq(rulebook_category(&book, "strategy"), -1);
    cr_assert_eq(rulebook_item(&book, "results.market"), -1);
}

Test(alert_policy, a_kind_without_a_ladder_is_told_to_nobody)
{
    static const struct alert_policy policy = {
        .ladders = {{.kind = AWARD__DEADLINE_KIND__NAME__closing},
                    {.kind = AWARD__DEADLINE_KIND__NAME__experience},
                    {.kind = AWARD__DEADLINE_KIND__NAME__incident_report}}, // behind those in use
        .ladders_count = 2,
    };
    cr_assert_eq(alert_policy_ladder(&policy, AWARD__DEADLINE_KIND__NAME__experience),
                 &policy.ladders[1]);
    cr_assert_null(alert_policy_ladder(&policy, AWARD__DEADLINE_KIND__NAME__plan_visit));
    cr_assert_null(alert_policy_ladder(&policy, AWARD__DEADLINE_KIND__NAME__incident_report));
}

Test(lookups, of_what_there_is_not_find_nothing)
{
    cr_expect_null(event_name((Award__Event__BodyCase)9999));
    cr_expect_null(event_row((Award__Event__BodyCase)9999));
    cr_expect_str_eq(role_name((Award__Role__Name)0), "?");
    cr_expect_str_eq(role_zh((Award__Role__Name)0), "");
    cr_expect_str_eq(post_zh((Award__Post__Name)0), "");
    cr_expect_str_eq(stage_zh((Award__Stage__Name)0), "");
    cr_expect_not(stage_in((Award__Stage__Name)0, UINT32_MAX));
    cr_expect_null(stay_named(NULL));
    cr_expect_null(stay_named("no such stay"));
    cr_expect_not(deliberation_over(NULL, AWARD__STAGE__NAME__deliberated));
}

Test(lookups, the_key_behind_an_empty_one_is_the_shortest_that_there_is)
{
    struct arena *arena = arena_create();
    struct bytes key = view_key_after((struct bytes){NULL, 0}, arena);
    cr_expect_eq(key.size, 1);
    cr_expect_eq(key.data[0], 0);
    arena_destroy(arena);
}

Test(lookups, nothing_is_destroyed_as_well)
{
    change_tree_destroy(NULL);
    overlay_destroy(NULL);
}

static Award__Material material(int kind, char *title)
{
    Award__Material made = AWARD__MATERIAL__INIT;
    made.kind = (Award__Material__Kind)kind;
    made.title = title;
    return made;
}

// Of evidence there may be several: by its title one takes the place of another.
Test(lookups, a_material_replaces_its_like)
{
    enum {
        PROOF = AWARD__MATERIAL__KIND__evidence,
        PROFILE = AWARD__MATERIAL__KIND__organisation_profile
    };
    static char title[] = "t";
    static char other[] = "u";
    static char blank[] = " ";
    static const struct {
        int now;
        char *now_title;
        int before;
        char *before_title;
        bool replaces;
    } rows[] = {
        {PROOF,   title, PROOF,   title, true },
        {PROOF,   title, PROOF,   other, false},
        {PROOF,   title, PROOF,   NULL,  false},
        {PROOF,   NULL,  PROOF,   NULL,  false},
        {PROOF,   blank, PROOF,   blank, false},
        {PROOF,   title, PROFILE, title, false},
        {PROFILE, NULL,  PROFILE, title, true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Material now = material(rows[i].now, rows[i].now_title);
        const Award__Material before = material(rows[i].before, rows[i].before_title);
        cr_expect_eq(material_replaces(&now, &before), rows[i].replaces, "row %zu", i);
    }
}

Test(lookups, of_a_case_without_a_team_nobody_has_a_conflict)
{
    struct world *world = world_create();
    const Award__Case without = AWARD__CASE__INIT;
    cr_expect_not(team_conflict(world_reading(world), &without, "reviewer-01"));
    world_destroy(world);
}
