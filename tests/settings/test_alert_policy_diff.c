// Tests of what is said about two alert policies: each value and each step, in both languages.
#include "settings/alert_policy_diff.h"

#include "common/limits.h"
#include "settings/alert_policy_file.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct alert_policy older;
static struct alert_policy newer;

static void begin(void)
{
    const char *text;
    size_t length;
    struct settings_error error;
    arena = arena_create();
    cr_assert(file_text_read(SOURCE_DIR "/rulebooks/alerts.yaml", LIMIT_FILE_TEXT_BYTES, arena,
                             &text, &length, &error) &&
                  alert_policy_file_read(text, length, &older, &error),
              "%s", error.en);
    newer = older;
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(alert_policy_diff, .init = begin, .fini = end);

static void expect_one(const char *zh, const char *en)
{
    struct alert_policy_text *changes;
    size_t count = alert_policy_diff(&older, &newer, arena, &changes);
    cr_assert_eq(count, 1, "%zu", count);
    cr_expect_str_eq(changes[0].zh, zh);
    cr_expect_str_eq(changes[0].en, en);
}

Test(alert_policy_diff, the_same_policy_changes_nothing)
{
    struct alert_policy_text *changes;
    cr_expect_eq(alert_policy_diff(&older, &newer, arena, &changes), 0);
}

Test(alert_policy_diff, hours_are_told_in_words)
{
    newer.hours_from = 0;
    newer.hours_until = 1440;
    expect_one("可等待的提醒的发出时段：由“工作日 08:30 至 18:00”改为“任何时候”。",
               "hours of what can wait: changed from \"working days, 08:30 to 18:00\" to \"at any "
               "time\".");
}

Test(alert_policy_diff, quiet_hours_are_told_in_words)
{
    newer.quiet_from = 1320;
    newer.quiet_until = 420;
    expect_one("免打扰时段：由“无”改为“22:00 至次日 07:00”。",
               "quiet hours: changed from \"none\" to \"22:00 to 07:00 of the next day\".");
    older = newer;
    newer.quiet_from = 720;
    newer.quiet_until = 840;
    expect_one("免打扰时段：由“22:00 至次日 07:00”改为“12:00 至 14:00”。",
               "quiet hours: changed from \"22:00 to 07:00 of the next day\" to \"12:00 to "
               "14:00\".");
}

Test(alert_policy_diff, who_is_above_is_told_in_words)
{
    newer.escalation_count = 1;
    expect_one("无人确认时逐级上报：由“1 个工作日后报科长，再 2 个工作日后报主任”改为“1 "
               "个工作日后报科长”。",
               "while nobody acknowledges: changed from \"to the section head after 1 working "
               "days, then to the director after 2 working days\" to \"to the section head after 1 "
               "working days\".");
}

Test(alert_policy_diff, every_value_that_holds_for_all_is_compared)
{
    newer.hours_from++;
    newer.quiet_until++;
    newer.escalation[0].working_days++;
    newer.unheard_working_days++;
    newer.snooze_days_max++;
    newer.digest_at++;
    newer.delivery_attempts++;
    struct alert_policy_text *changes;
    cr_expect_eq(alert_policy_diff(&older, &newer, arena, &changes), ALERT_POLICY_ENTRIES);
}

// ---- Steps; the first ladder is closing, its first step ten working days before

Test(alert_policy_diff, a_step_that_is_dropped)
{
    struct alert_ladder *ladder = &newer.ladders[0];
    ladder->steps_count--;
    memmove(ladder->steps, ladder->steps + 1, ladder->steps_count * sizeof(ladder->steps[0]));
    expect_one("申报截止：取消一次提醒，末日前 10 个工作日 09:00：评选委员会办公室。",
               "closing: a step is dropped, 10 working days before, 09:00: office.");
}

Test(alert_policy_diff, a_step_that_is_added_and_urgent)
{
    struct alert_ladder *ladder = &newer.ladders[0];
    ladder->steps[ladder->steps_count++] =
        (struct alert_step){.offset_days = 1,
                            .minute_of_day = 510,
                            .roles = 1U << AWARD__ROLE__NAME__enterprise,
                            .urgent = true};
    expect_one("申报截止：增加一次提醒，末日后 1 日 08:30：企业，立即发出。",
               "closing: a step is added, 1 day after, 08:30: enterprise, at once.");
}

Test(alert_policy_diff, a_step_for_others)
{
    newer.ladders[0].steps[0].roles |= 1U << AWARD__ROLE__NAME__bureau;
    struct alert_policy_text *changes;
    cr_assert_eq(alert_policy_diff(&older, &newer, arena, &changes), 1);
    cr_expect_not_null(strstr(changes[0].en, "told to office, bureau instead of office."), "%s",
                       changes[0].en);
}

Test(alert_policy_diff, a_step_that_no_longer_waits_for_the_hours)
{
    newer.ladders[0].steps[0].urgent = true;
    expect_one("申报截止：末日前 10 个工作日 09:00，改为立即发出。",
               "closing: 10 working days before, 09:00, now goes out at once.");
}

Test(alert_policy_diff, a_step_at_another_time_is_another_step)
{
    newer.ladders[0].steps[0].minute_of_day = 600;
    struct alert_policy_text *changes;
    cr_assert_eq(alert_policy_diff(&older, &newer, arena, &changes), 2);
    cr_expect_not_null(strstr(changes[0].en, "dropped"));
    cr_expect_not_null(strstr(changes[1].en, "10:00"));
}

Test(alert_policy_diff, a_kind_that_nobody_is_told_of_any_more)
{
    newer.ladders_count--;
    expect_one("分享经验：不再提醒任何人。", "experience: nobody is told any more.");
}

Test(alert_policy_diff, a_kind_that_is_new)
{
    older.ladders_count--;
    struct alert_policy_text *changes;
    size_t count = alert_policy_diff(&older, &newer, arena, &changes);
    cr_expect_eq(count, newer.ladders[older.ladders_count].steps_count);
}

// The room for changes holds what two policies of the most steps could say.
Test(alert_policy_diff, nothing_in_common)
{
    memset(newer.ladders, 0, sizeof(newer.ladders));
    newer.ladders_count = 0;
    struct alert_policy_text *changes;
    cr_expect_eq(alert_policy_diff(&older, &newer, arena, &changes), older.ladders_count);
    cr_expect_gt(alert_policy_diff(&newer, &older, arena, &changes), older.ladders_count);
}
