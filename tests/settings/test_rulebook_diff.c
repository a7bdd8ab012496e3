// Tests of what is said about two rulebooks: every entry by its row, categories by their keys.
#include "settings/rulebook_diff.h"

#include "common/limits.h"
#include "settings/file_keys.h"
#include "settings/file_text.h"
#include "settings/rulebook_file.h"
#include "settings/rulebook_words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct rulebook older;
static struct rulebook newer;

static void read_into(const char *name, struct rulebook *book)
{
    const char *text;
    size_t length;
    struct settings_error error;
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/rulebooks/%s", SOURCE_DIR, name);
    cr_assert(file_text_read(path, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, &error) &&
                  rulebook_file_read(text, length, book, &error),
              "%s: %s", name, error.en);
}

static void begin(void)
{
    arena = arena_create();
    read_into("chongqing-2015.yaml", &older);
    newer = older;
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(rulebook_diff, .init = begin, .fini = end);

static void expect_one(const char *article, const char *zh, const char *en)
{
    struct rulebook_change *changes;
    size_t count = rulebook_diff(&older, &newer, arena, &changes);
    cr_assert_eq(count, 1, "%zu", count);
    cr_expect_str_eq(changes[0].article, article);
    cr_expect_str_eq(changes[0].zh, zh);
    cr_expect_str_eq(changes[0].en, en);
}

Test(rulebook_diff, of_the_same_says_nothing)
{
    struct rulebook_change *changes;
    cr_expect_eq(rulebook_diff(&older, &newer, arena, &changes), 0);
}

Test(rulebook_diff, says_a_period_in_one_sentence_with_its_article)
{
    newer.publicity = (struct period){5, PERIOD_WORKING_DAYS, true, false};
    expect_one(
        "16(7).2",
        "公示期由7个日历日（当日不计入，末日遇休息日顺延）改为5个工作日（当日计入，末日遇休息"
        "日不顺延）。",
        "publicity: changed from 7 calendar days (first day not counted, a last day off "
        "moves) to 5 working days (first day counted, a last day off does not move).");
}

Test(rulebook_diff, says_numbers_points_flags_and_orders)
{
    newer.award_places = 4;
    expect_one("16(6).2", "奖项名额由5改为4。", "places of the award: changed from 5 to 4.");
    newer = older;
    newer.award_threshold = 51050;
    expect_one("16(3)", "奖项分数线由500改为510.50。",
               "points for the award: changed from 500 to 510.50.");
    newer = older;
    newer.objection_needs_name = true;
    expect_one("16(7).3, decision 10", "异议须实名由否改为是。",
               "an objection needs a real name: changed from no to yes.");
    newer = older;
    newer.defence_mean = DEFENCE_TRIMMED_MEAN;
    expect_one("policy",
               "答辩得分算法由全部评分的平均分（mean）改为去掉一个最高分和一个最低分后的平均分"
               "（trimmed_mean）。",
               "how the panel's scores are averaged: changed from the mean of all (mean) to the "
               "mean without one highest and one lowest (trimmed_mean).");
    newer = older;
    newer.last_stages[0] = RULEBOOK_DELIBERATION;
    newer.last_stages[1] = RULEBOOK_PUBLICITY;
    expect_one("decision 19", "最后各阶段的次序由公示、审议、审批改为审议、公示、审批。",
               "order of the last stages: changed from publicity, deliberation, approval to "
               "deliberation, publicity, approval.");
    newer = older;
    newer.stays[STAY_HALTED].length = 20;
    expect_one("16(5).3", "预计停留时间“待核实停止事由”由15个工作日改为20个工作日。",
               "expected stay, the office's finding on a halt: changed from 15 working days to 20 "
               "working days.");
}

Test(rulebook_diff, compares_categories_and_items_by_their_keys)
{
    newer.categories[1].points_max = 9000;
    expect_one("15", "类目“战略”（strategy）的满分由80改为90。",
               "category `strategy` (Strategy), points: changed from 80 to 90.");
    newer = older;
    newer.items_count--;
    expect_one("15", "删去条款“组织的治理和社会责任结果”（results.governance，50 分）。",
               "removed: item `results.governance` (Governance and social responsibility, 50 "
               "points).");
    newer = older;
    newer.items[2].confirmed = true;
    expect_one("15", "条款“战略制定”（strategy.development）的分值由未核对改为已核对。",
               "item `strategy.development` (Strategy development), points: changed from "
               "unconfirmed to confirmed.");
}

// Whatever key is added to the table is compared: every entry of the district's differs or not as
// its words do.
Test(rulebook_diff, tells_every_entry_whose_words_differ)
{
    read_into("district-example.yaml", &newer);
    struct rulebook_change *changes;
    size_t count = rulebook_diff(&older, &newer, arena, &changes);
    size_t entries = 0;
    for (size_t i = 0; i < rulebook_keys.rows_count; i++) {
        const struct key *key = &rulebook_keys.rows[i];
        if (!rulebook_entry(key)) {
            continue;
        }
        const char *one = rulebook_value_text(&older, key, RULEBOOK_EN, arena);
        const char *other = rulebook_value_text(&newer, key, RULEBOOK_EN, arena);
        bool differ = strcmp(one, other) != 0;
        cr_expect_eq(rulebook_value_same(&older, &newer, key), !differ, "%s", key->path);
        if (differ) {
            cr_assert_lt(entries, count);
            cr_expect_str_eq(changes[entries++].article, key->article);
        }
    }
    cr_expect_gt(entries, 50);
    cr_expect_gt(count, entries, "and its categories");
}
