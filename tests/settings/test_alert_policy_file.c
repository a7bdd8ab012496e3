// Tests of alert_policy_file: the default policy, and what is found wrong in changed copies of it.
#include "common/limits.h"
#include "settings/alert_policy_file.h"

#include "mutation.h"
#include "settings/file_keys.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static const char *text;
static struct alert_policy policy;
static struct settings_error error;

static void begin(void)
{
    size_t length;
    arena = arena_create();
    cr_assert(file_text_read(SOURCE_DIR "/rulebooks/alerts.yaml", LIMIT_FILE_TEXT_BYTES, arena,
                             &text, &length, &error),
              "%s", error.en);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(alert_policy_file, .init = begin, .fini = end);

static bool read_policy(const char *changed, size_t size, struct settings_error *found)
{
    return alert_policy_file_read(changed, size, &policy, found);
}

#define BIT(role) (1U << AWARD__ROLE__NAME__##role)

// Who is told of each kind on the last day and on the day after.
static const struct {
    Award__DeadlineKind__Name kind;
    uint32_t on_the_day;
    uint32_t after;
} wanted[] = {
    {AWARD__DEADLINE_KIND__NAME__closing,          BIT(office),                           BIT(office)},
    {AWARD__DEADLINE_KIND__NAME__plan_independent, BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer)                                                           },
    {AWARD__DEADLINE_KIND__NAME__plan_consensus,   BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer)                                                           },
    {AWARD__DEADLINE_KIND__NAME__plan_visit,       BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer)                                                           },
    {AWARD__DEADLINE_KIND__NAME__plan_report,      BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer)                                                           },
    {AWARD__DEADLINE_KIND__NAME__publicity_end,    BIT(office),                           BIT(office)},
    {AWARD__DEADLINE_KIND__NAME__objection_answer, BIT(office),                           BIT(office)},
    {AWARD__DEADLINE_KIND__NAME__incident_report,  BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office) | BIT(bureau)                                                     },
    {AWARD__DEADLINE_KIND__NAME__self_evaluation,  BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office)                                                                   },
    {AWARD__DEADLINE_KIND__NAME__experience,       BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office)                                                                   },
};

Test(alert_policy_file, every_kind_of_deadline_is_told_on_the_day_and_the_day_after_at_nine)
{
    size_t kinds = sizeof(wanted) / sizeof(wanted[0]);
    cr_assert(read_policy(text, strlen(text), &error), "%zu:%zu %s", error.line, error.column,
              error.en);
    cr_assert_eq(kinds, (size_t)award__deadline_kind__name__descriptor.n_values);
    cr_assert_eq(policy.ladders_count, kinds);
    for (size_t i = 0; i < kinds; i++) {
        const struct alert_ladder *ladder = alert_policy_ladder(&policy, wanted[i].kind);
        cr_assert_not_null(ladder);
        const struct alert_step *steps = ladder->steps + ladder->steps_count - 2;
        cr_assert(steps[0].offset_days == 0 && steps[1].offset_days == 1);
        cr_assert(steps[0].minute_of_day == 540 && steps[1].minute_of_day == 540);
        cr_assert_not(steps[0].working_days || steps[1].working_days);
        cr_assert_eq(steps[0].roles, wanted[i].on_the_day);
        cr_assert_eq(steps[1].roles, wanted[i].after);
    }
}

Test(alert_policy_file, an_enterprise_is_told_of_its_report_five_working_days_before)
{
    cr_assert(read_policy(text, strlen(text), &error));
    const struct alert_ladder *ladder =
        alert_policy_ladder(&policy, AWARD__DEADLINE_KIND__NAME__incident_report);
    cr_assert_eq(ladder->steps_count, 3);
    cr_assert(ladder->steps[0].offset_days == -5 && ladder->steps[0].working_days);
    cr_assert_eq(ladder->steps[0].roles, BIT(enterprise));
}

// clang-format off
static const struct bad_file bad_files[] = {
    {"kind: plan_visit", "kind: ^plan_consensus", "已有提醒", "has its alerts already"},
    {"roles: [office]", "roles: ^[]", "1 至 15 项", "1 to 15"},
    {"roles: [office]", "roles: [office, ^office]", "且不重复", "none twice"},
    {"roles: [office]", "roles: [^worker_scoring]", "程序不能收提醒", "programs are not told"},
    {"kind: closing", "kind: ^closed", "closing, plan_independent", "one of closing"},
    {"offset_days: -5", "offset_days: ^-367", "-366 至 366", "from -366 to 366"},
    {"at: \"09:00\"", "at: ^\"24:00\"", "如 09:00", "like 09:00"},
    {"at: \"09:00\"", "^att: \"09:00\"", "是否应为“at”", "did you mean `at`"},
};
// clang-format on

Test(alert_policy_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(text, &bad_files[i], read_policy);
    }
}

#define SMALL                                                                                      \
    "ladders:\n  - kind: closing\n    steps: [{offset_days: 0, at: \"09:00\", roles: [office]}]\n"

static bool read_small(const char *policy_text)
{
    return read_policy(policy_text, strlen(policy_text), &error);
}

Test(alert_policy_file, hours_may_end_at_24_and_not_later)
{
    cr_assert(read_small("hours_until: \"24:00\"\n" SMALL), "%s", error.en);
    cr_expect_eq(policy.hours_until, 1440);
    cr_assert_not(read_small("hours_until: \"24:01\"\n" SMALL));
    cr_expect(strstr(error.en, "from 00:00 to 24:00") != NULL, "%s", error.en);
    cr_assert(read_small(SMALL), "%s", error.en);
    cr_expect_eq(policy.hours_until, 1440); // where nothing is said
    cr_expect_eq(policy.hours_from, 0);
}

Test(alert_policy_file, every_key_is_checked_for_garbage_misspelling_and_absence, .timeout = 60)
{
    mutation_walk(&alert_policy_keys, text, read_policy);
}
