// Whoever saw an older version of a case is told what has happened since.
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

static const Award__Answer *verified(struct desk *desk, const char *more)
{
    return office_submit(
        desk->office, "bureau", NULL,
        arena_format(desk->arena,
                     "{%s\"revocation_verified\":{\"revocation\":\"r1\",\"report\":\"属实\"}}",
                     more));
}

// 20: what is about a revocation names it, and not the case.
Test(version, of_the_case_that_a_revocation_is_about_is_compared_too)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_put(&desk, "{\"revocation\":{\"revocation\":\"r1\",\"case\":\"" CASE "\"}}");
    const Award__Answer *answer = verified(&desk, "\"expected_version\":1,");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(answer->reasons[0]->code, "version_conflict");
    cr_assert_gt(answer->n_changed_since, 0);
    cr_expect_str_eq(answer->changed_since[0], "conditions_verified");
    desk_close(&desk);
}

Test(version, that_a_trial_rests_on_is_compared_too)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    struct codec_error error;
    static const char json[] =
        "{\"id\":\"1\",\"principal\":\"office\",\"expected_version\":1,"
        "\"application_withdrawn\":{\"case\":\"" CASE "\",\"reason\":\"改日再来\"}}";
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), desk.arena, &error);
    cr_assert_not_null(event, "%s", error.en);
    struct ledger_trial *trial = ledger_trial_begin(office_ledger(desk.office));
    const Award__Answer *answer =
        ledger_trial_submit(trial, event, desk_principal(&desk, "office"), desk.arena);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(answer->reasons[0]->code, "version_conflict");
    cr_assert_gt(answer->n_changed_since, 0);
    cr_expect_str_eq(answer->changed_since[0], "conditions_verified");
    ledger_trial_end(trial);
    desk_close(&desk);
}
