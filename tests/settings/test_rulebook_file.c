// Tests of rulebook_file: the rulebook of Chongqing, and what is found wrong in changed copies of
// it.
#include "common/limits.h"
#include "settings/rulebook_file.h"

#include "mutation.h"
#include "settings/file_keys.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;
static const char *text;
static size_t length;
static struct rulebook book;
static struct settings_error error;

static void begin(void)
{
    arena = arena_create();
    cr_assert(file_text_read(SOURCE_DIR "/rulebooks/chongqing-2015.yaml", LIMIT_FILE_TEXT_BYTES,
                             arena, &text, &length, &error),
              "%s", error.en);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(rulebook_file, .init = begin, .fini = end);

static void read_good(const char *good)
{
    cr_assert(rulebook_file_read(good, strlen(good), &book, &error), "%zu:%zu %s", error.line,
              error.column, error.en);
}

// decision 16; 2s1, 11(1), 11(4), 12(2)-(4), 13(2), 13(3), 21s1
Test(rulebook_file, chongqing_has_the_numbers_of_articles_2_to_14)
{
    read_good(text);
    cr_assert_str_eq(book.award_zh, "市长质量管理奖");
    cr_assert_str_eq(book.nomination_zh, "市长质量管理奖提名奖");
    cr_assert_str_eq(book.region_prefix, "50");
    cr_assert_str_eq(book.industries, "BCD");
    cr_assert_eq(book.operation_years, 5);
    cr_assert_eq(book.accident_free_years, 3);
    cr_assert_eq(book.violation_bar_years, 3);
    cr_assert_eq(book.laureate_bar_years, 5);
    cr_assert_eq(book.revocation_bar_years, 5);
    cr_assert_eq(book.profile_characters_max, 3000);
    cr_assert_eq(book.self_evaluation_characters_max, 60000);
    cr_assert_eq(book.late_entry_days, 30);
}

Test(rulebook_file, chongqing_has_the_numbers_of_article_16)
{
    read_good(text);
    cr_assert(book.team_members_min == 3 && book.team_members_max == 6);
    cr_assert(book.sheet_needs_confidentiality && !book.sheet_needs_plan);
    cr_assert_eq(book.consensus_tolerance, 10);
    cr_assert(book.award_threshold == 50000 && book.nomination_threshold == 40000);
    cr_assert(book.panel_min == 7 && book.advisors == 3 && book.defence_points_max == 10000);
    cr_assert_eq(book.defence_mean, DEFENCE_MEAN);
    cr_assert(book.visit_days_min == 3 && book.visit_days_max == 5);
    cr_assert(book.document_weight == 20 && book.site_weight == 80);
    cr_assert(book.award_places == 5 && book.nomination_places == 5);
    cr_assert(book.quorum_numerator == 2 && book.quorum_denominator == 3);
    cr_assert_eq(book.last_stages_count, 3);
    cr_assert_eq(book.last_stages[0], RULEBOOK_PUBLICITY);
    cr_assert_eq(book.last_stages[1], RULEBOOK_DELIBERATION);
    cr_assert_eq(book.last_stages[2], RULEBOOK_APPROVAL);
}

// decision 1, decision 2, F-period-1; 16(7).2, 19s1
Test(rulebook_file, chongqing_has_the_periods_of_publicity_and_reports)
{
    read_good(text);
    cr_assert(book.publicity.length == 7 && book.publicity.unit == PERIOD_DAYS);
    cr_assert(!book.publicity.first_day_counted && book.publicity.roll_last_day);
    cr_assert(book.incident_report.length == 15);
    cr_assert(book.incident_report.unit == PERIOD_WORKING_DAYS);
    cr_assert(!book.incident_report.first_day_counted && !book.incident_report.roll_last_day);
    cr_assert(book.objection_answer.length == 15);
    cr_assert(book.objection_answer.unit == PERIOD_WORKING_DAYS);
    cr_assert_eq(book.experience_years, 1);
    cr_assert(book.self_evaluation_month == 12 && book.self_evaluation_day == 31);
}

// 15s1, 15s2, 15(1)-(7)
Test(rulebook_file, chongqing_has_seven_categories_and_their_items_in_hundredths)
{
    static const struct {
        const char *key;
        int64_t points;
        size_t items;
    } wanted[] = {
        {"leadership",  10000, 2},
        {"strategy",    8000,  2},
        {"customers",   9000,  2},
        {"resources",   12000, 6},
        {"processes",   11000, 2},
        {"measurement", 10000, 3},
        {"results",     40000, 5}
    };
    size_t items = 0;
    read_good(text);
    cr_assert_eq(book.total_points, 100000);
    cr_assert_eq(book.categories_count, 7);
    for (size_t i = 0; i < 7; i++) {
        cr_assert_str_eq(book.categories[i].key, wanted[i].key);
        cr_assert_eq(book.categories[i].points_max, wanted[i].points);
        for (size_t j = 0; j < wanted[i].items; j++) {
            cr_assert_eq(book.items[items++].category, i);
        }
    }
    cr_assert_eq(book.items_count, items);
    int finance = rulebook_item(&book, "results.finance");
    cr_assert_geq(finance, 0);
    cr_assert_eq(book.items[finance].points_max, 8000);
    cr_assert_str_eq(book.items[finance].zh, "财务结果");
    cr_assert_eq(rulebook_item(&book, "leadership.organisation"), 0);
}

Test(rulebook_file, the_digest_is_sha256_of_the_text)
{
    read_good(text);
    struct rulebook other;
    const char *longer = arena_format(arena, "%s# more\n", text);
    cr_assert_eq(strlen(book.digest), 64);
    cr_assert_eq(strspn(book.digest, "0123456789abcdef"), 64);
    cr_assert(rulebook_file_read(longer, strlen(longer), &other, &error));
    cr_assert_str_neq(book.digest, other.digest);
    read_good(text);
    cr_assert(rulebook_file_read(text, length, &other, &error));
    cr_assert_str_eq(book.digest, other.digest);
}

// The text without the line that begins so.
static const char *text_without(const char *whole, const char *beginning)
{
    const char *line = strstr(whole, beginning);
    cr_assert_not_null(line, "%s", beginning);
    return arena_format(arena, "%.*s%s", (int)(line - whole), whole, strchr(line, '\n') + 1);
}

// Decision 29 stood in the program before the rulebook had the two keys.
Test(rulebook_file, what_is_on_record_without_a_newer_key_means_what_it_meant)
{
    read_good(text);
    struct rulebook older;
    const char *shorter = text_without(text_without(text, "sampling_levels:"), "report_levels:");
    cr_assert_not(rulebook_file_read(shorter, strlen(shorter), &older, &error));
    cr_assert(rulebook_recorded_read(shorter, strlen(shorter), &older, &error), "%s", error.en);
    cr_expect_eq(older.sampling_levels, book.sampling_levels);
    cr_expect_eq(older.report_levels, book.report_levels);
    const char *lacking = text_without(text, "operation_years:");
    cr_assert_not(rulebook_recorded_read(lacking, strlen(lacking), &older, &error));
}

static bool read_rulebook(const char *changed, size_t size, struct settings_error *found)
{
    static struct rulebook read;
    return rulebook_file_read(changed, size, &read, found);
}

// clang-format off
static const struct bad_file bad_files[] = {
    {"nomination_threshold: 400", "nomination_threshold: ^500", "应低于奖项", "below the award's"},
    {"publicity, deliberation, approval", "publicity, approval, ^deliberation", "应在最后", "must come last"},
    {"award_threshold: 500", "award_threshold: ^1000.01", "不应高于总分", "not exceed the total"},
    {"team_members_max: 6", "team_members_max: ^2", "不应少于最少人数", "below team_members_min"},
    {"visit_days_max: 5", "visit_days_max: ^2", "不应少于最少天数", "below visit_days_min"},
    {"quorum_numerator: 2", "quorum_numerator: ^3", "分子应小于分母", "below its denominator"},
    {"site_weight: 80", "site_weight: ^79", "应为 100，现为 99", "add up to 100, not 99"},
    {"[publicity, deliberation, approval]", "[publicity, approval, ^approval]", "阶段重复", "twice"},
    {"[publicity, deliberation, approval]", "^[publicity, approval]", "3 至 3 项", "3 to 3"},
    {"self_evaluation_day: 31", "self_evaluation_day: ^32", "1 至 31", "from 1 to 31"},
    {"self_evaluation_month: 12 # 18，决定22: 每年12月31日前 / decision 22: by 31 December of each year\nself_evaluation_day: 31", "self_evaluation_month: 2\nself_evaluation_day: ^29", "不是每年都有", "does not exist"},
    {"industries: BCD", "industries: ^BCDB", "重复的字母", "twice"},
    {"key: strategy", "key: ^leadership", "“leadership”（15）重复", "`leadership` (15) stands twice"},
    {"key: deployment", "key: ^development", "“development”", "`development`"},
    {"points: 100\n", "points: ^101\n", "应为 101.00，现为 100.00", "add up to 101.00, not 100.00"},
    {"total_points: 1000", "total_points: ^999", "应为 999.00，现为 1000.00", "add up to 999.00"},
    {"publicity:  ", "^publicty:  ", "是否应为“publicity”", "did you mean `publicity`"},
    {"  length: 7", "  ^lenght: 7", "是否应为“length”", "did you mean `length`"},
    {"\nadvisors: 3", "\n^panel_min: 3", "重复", "twice"},
    {"publicity:  ", "publicity: ^7\nxpublicity:  ", "一组键", "must be a map"},
    {"panel_min: 7", "panel_min: ^2x", "1 至 100 的整数", "a whole number from 1 to 100"},
    {"  unit: days", "  unit: ^day", "days, working_days, months, years", "one of days"},
    {"total_points: 1000", "^nonsense_word: 1\ntotal_points: 1000", "可用的键：name", "keys here are: name"},
};
// clang-format on

Test(rulebook_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(text, &bad_files[i], read_rulebook);
    }
}

Test(rulebook_file, every_key_is_checked_for_garbage_misspelling_and_absence, .timeout = 60)
{
    mutation_walk(&rulebook_keys, text, read_rulebook);
}

Test(rulebook_file, a_category_may_do_without_items)
{
    const char *items = strstr(text, "    items:");
    const char *next = strstr(items, "  - key: strategy");
    read_good(arena_format(arena, "%.*s%s", (int)(items - text), text, next));
    cr_assert_eq(rulebook_item(&book, "leadership.organisation"), -1);
    cr_assert_eq(book.items_count, 20);
}

Test(rulebook_file, items_in_all_are_bounded)
{
    static char changed[64 * 1024];
    const char *categories = strstr(text, "categories:");
    const char *after = strstr(text, "# 第八条、第十六条");
    int used =
        snprintf(changed, sizeof(changed), "%.*scategories:\n", (int)(categories - text), text);
    for (int i = 0; i < 5; i++) {
        used += snprintf(changed + used, sizeof(changed) - (size_t)used,
                         "  - {key: c%d, zh: c, en: c, points: 200, items: [", i);
        for (int j = 0; j < 16; j++) {
            used += snprintf(changed + used, sizeof(changed) - (size_t)used,
                             "{key: i%d, zh: i, en: i, points: 12.5},", j);
        }
        used += snprintf(changed + used, sizeof(changed) - (size_t)used, "]}\n");
    }
    (void)snprintf(changed + used, sizeof(changed) - (size_t)used, "%s", after);
    cr_assert_not(rulebook_file_read(changed, strlen(changed), &book, &error));
    cr_assert_not_null(strstr(error.en, "80 items (15) in all, 64 at most"), "%s", error.en);
}

// ---- All that is wrong

// Replaces one after the other; the lines where errors are expected go to `lines`.
static const char *spoilt(const char *const changes[][2], size_t count, size_t *lines)
{
    const char *bad = text;
    for (size_t i = 0; i < count; i++) {
        size_t column;
        bad = mutation_replace(bad, changes[i][0], changes[i][1], arena, &lines[i], &column);
    }
    return bad;
}

static void all_found(const char *bad, const size_t *lines, const char *const *words, size_t count)
{
    static struct settings_errors errors;
    cr_assert_not(rulebook_file_check(bad, strlen(bad), &book, &errors));
    cr_assert_eq(errors.count, count, "%zu", errors.count);
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(errors.list[i].line, lines[i], "%zu: %s", errors.list[i].line,
                     errors.list[i].en);
        cr_expect_not_null(strstr(errors.list[i].en, words[i]), "%s", errors.list[i].en);
    }
}

Test(rulebook_file, each_key_that_is_wrong_is_told)
{
    static const char *const changes[][2] = {
        {"award_threshold: 500", "award_threshold: ^five"},
        {"panel_min: 7",         "^pannel_min: 7"        },
        {"site_weight: 80",      "site_weight: ^101"     },
    };
    static const char *const words[] = {"`award_threshold`", "did you mean `panel_min`",
                                        "a whole number from"};
    size_t lines[3];
    all_found(spoilt(changes, 3, lines), lines, words, 3);
}

Test(rulebook_file, each_pair_of_numbers_that_does_not_go_together_is_told)
{
    static const char *const changes[][2] = {
        {"nomination_threshold: 400", "nomination_threshold: ^500"},
        {"visit_days_max: 5",         "visit_days_max: ^2"        },
        {"quorum_numerator: 2",       "quorum_numerator: ^3"      },
        {"site_weight: 80",           "site_weight: ^81"          },
    };
    static const char *const words[] = {"16(3)", "16(5).1", "16(8).1",
                                        "must add up to 100, not 101"};
    size_t lines[4];
    const char *bad = spoilt(changes, 4, lines);
    all_found(bad, lines, words, 4);
    cr_assert_not(rulebook_file_read(bad, strlen(bad), &book, &error));
    cr_assert_eq(error.line, lines[0], "of one only, it is the first");
}

Test(rulebook_file, what_is_right_has_nothing_to_be_told)
{
    static struct settings_errors errors;
    cr_assert(rulebook_file_check(text, length, &book, &errors));
    cr_assert_eq(errors.count, 0);
}
