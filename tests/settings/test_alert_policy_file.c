// Tests of alert_policy_file: the default policy, and what is found wrong in changed copies of it.
#include "common/limits.h"
#include "settings/alert_policy_file.h"

#include "mutation.h"
#include "settings/file_keys.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
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
     BIT(review_committee) | BIT(reviewer) | BIT(office)                                             },
    {AWARD__DEADLINE_KIND__NAME__plan_consensus,   BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer) | BIT(office)                                             },
    {AWARD__DEADLINE_KIND__NAME__plan_visit,       BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer) | BIT(office)                                             },
    {AWARD__DEADLINE_KIND__NAME__plan_report,      BIT(review_committee) | BIT(reviewer),
     BIT(review_committee) | BIT(reviewer) | BIT(office)                                             },
    {AWARD__DEADLINE_KIND__NAME__publicity_end,    BIT(office),                           BIT(office)},
    {AWARD__DEADLINE_KIND__NAME__objection_answer, BIT(office),
     BIT(office) | BIT(supervision_committee)                                                        },
    {AWARD__DEADLINE_KIND__NAME__incident_report,  BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office) | BIT(bureau)                                                     },
    {AWARD__DEADLINE_KIND__NAME__self_evaluation,  BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office) | BIT(bureau)                                                     },
    {AWARD__DEADLINE_KIND__NAME__experience,       BIT(enterprise) | BIT(office),
     BIT(enterprise) | BIT(office)                                                                   },
};

static const struct alert_step *step_at(const struct alert_ladder *ladder, int32_t offset,
                                        bool working_days)
{
    const struct alert_step step = {offset, working_days, 540, 0, false};
    return alert_ladder_step(ladder, alert_step_number(&step));
}

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
        const struct alert_step *on_the_day = step_at(ladder, 0, false);
        const struct alert_step *after = step_at(ladder, 1, true);
        cr_assert(on_the_day != NULL && after != NULL);
        cr_expect(on_the_day->urgent && !after->urgent);
        cr_expect_eq(on_the_day->roles, wanted[i].on_the_day, "%zu", i);
        cr_expect_eq(after->roles, wanted[i].after, "%zu", i);
    }
}

Test(alert_policy_file, an_enterprise_is_told_of_its_report_ten_five_two_and_one_days_before)
{
    cr_assert(read_policy(text, strlen(text), &error));
    const struct alert_ladder *ladder =
        alert_policy_ladder(&policy, AWARD__DEADLINE_KIND__NAME__incident_report);
    static const int32_t before[] = {-10, -5, -2, -1};
    cr_assert_eq(ladder->steps_count, 8);
    for (size_t i = 0; i < 4; i++) {
        cr_assert_not_null(step_at(ladder, before[i], true));
        cr_expect_eq(step_at(ladder, before[i], true)->roles, BIT(enterprise));
    }
}

Test(alert_policy_file, a_step_has_one_number_in_every_policy_and_the_number_says_its_place)
{
    for (int32_t offset = -366; offset <= 366; offset++) {
        for (int working = 0; working < 2; working++) {
            const struct alert_step step = {offset, working != 0, (uint32_t)(offset + 366), 0,
                                            true};
            const struct alert_step same = alert_step_of(alert_step_number(&step));
            cr_assert(same.offset_days == offset && same.working_days == (working != 0) &&
                      same.minute_of_day == step.minute_of_day);
            cr_assert_neq(alert_step_number(&step), ALERT_STEP_UNHEARD);
        }
    }
}

// clang-format off
static const struct bad_file bad_files[] = {
    {"kind: plan_visit", "kind: ^plan_consensus", "已有提醒", "has its alerts already"},
    {"offset_days: -5", "offset_days: ^-10", "同一时刻的提醒已有", "a step of that moment already"},
    {"hours_until: \"18:00\"", "hours_until: ^\"08:30\"", "必须晚于 hours_from", "later than hours_from"},
    {"quiet_until: \"00:00\"", "quiet_until: ^\"24:00\"", "盖住了全部发出时段", "leave nothing of the hours"},
    {"quiet_from: \"00:00\"", "quiet_from: ^\"24:00\"", "如 09:00", "like 09:00"},
    {"post: director", "post: ^section_head", "必须高于前一级", "higher than the post before"},
    {"unheard_roles: [supervision_committee, administrator]", "unheard_roles: [^coordinator]", "程序不能收提醒", "programs are not told"},
    {"delivery_longest_wait: 7200", "delivery_longest_wait: ^30", "不能短于", "must not be shorter"},
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

Test(alert_policy_file, quiet_hours_may_span_midnight_and_are_none_where_nothing_is_said)
{
    cr_assert(read_small("quiet_from: \"22:00\"\nquiet_until: \"07:00\"\n" SMALL), "%s", error.en);
    cr_expect_eq(policy.quiet_from, 1320);
    cr_expect_eq(policy.quiet_until, 420);
    cr_assert(read_small(SMALL), "%s", error.en);
    cr_expect_eq(policy.quiet_from, policy.quiet_until);
    static const struct {
        const char *from;
        const char *until;
        bool good;
    } rows[] = {
        {"08:00", "18:00", false}, // exactly the hours
        {"08:01", "18:00", true },
        {"08:00", "17:59", true },
        {"18:00", "08:00", true },
        {"19:00", "18:00", false}, // all but an hour that is none of the hours
        {"17:59", "17:58", true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char small[512];
        (void)snprintf(small, sizeof(small),
                       "hours_from: \"08:00\"\nhours_until: \"18:00\"\nquiet_from: "
                       "\"%s\"\nquiet_until: \"%s\"\n" SMALL,
                       rows[i].from, rows[i].until);
        cr_expect_eq(read_small(small), rows[i].good, "%s to %s", rows[i].from, rows[i].until);
    }
}

Test(alert_policy_file, every_key_is_checked_for_garbage_misspelling_and_absence, .timeout = 60)
{
    mutation_walk(&alert_policy_keys, text, read_policy);
}
