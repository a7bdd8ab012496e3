// Tests of the look-ups of rulebook and alert_policy.
#include "rules/alert_policy.h"
#include "rules/rulebook.h"

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
