// feedback_report - the feedback report of 16(3): scores by category and item, strengths,
// improvements
#include "letters/feedback_report.h"

#include "common/codec.h"

#include <string.h>

enum { REPORT_BYTES_MAX = 60 * 1024, FINDING_BYTES_MAX = 2000 };

enum language { ZH, EN };

static const struct {
    Award__Sheet__Kind kind;
    const char *heading[2];
} sheet_headings[] = {
    {AWARD__SHEET__KIND__consensus, {"资料评审（合议评分）", "Document review (consensus)"}  },
    {AWARD__SHEET__KIND__visit,     {"现场评审", "Site visit"}                                     },
    {AWARD__SHEET__KIND__unified,   {"现场评审（组长会议统一）", "Site visit (as unified)"}},
};

enum { HEADINGS_COUNT = sizeof(sheet_headings) / sizeof(sheet_headings[0]) };

// ---- Scores

static bool sheet_given(const Award__WriteFeedback *asked, Award__Sheet__Kind kind)
{
    for (size_t i = 0; i < asked->n_sheets; i++) {
        if (asked->sheets[i]->kind == kind) {
            return true;
        }
    }
    return false;
}

bool feedback_sheet_decides(const Award__WriteFeedback *asked, const Award__Sheet *sheet)
{
    return sheet->kind != AWARD__SHEET__KIND__visit ||
           !sheet_given(asked, AWARD__SHEET__KIND__unified);
}

// An item's key is its category's, a dot and its own.
static size_t category_size(const char *key)
{
    return key != NULL ? strcspn(key, ".") : 0;
}

static bool same_category(const char *one, const char *other)
{
    size_t size = category_size(one);
    return size == category_size(other) && size > 0 && memcmp(one, other, size) == 0;
}

// The row of the rulebook, as the task brings it; NULL where it brings none.
static const Award__Category *row_of(size_t count, Award__Category *const *rows, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->key != NULL && strcmp(rows[i]->key, key) == 0) {
            return rows[i];
        }
    }
    return NULL;
}

static const Award__Category *row_named(const Award__WriteFeedback *asked, const char *key)
{
    const Award__Category *row = row_of(asked->n_categories, asked->categories, key);
    return row != NULL ? row : row_of(asked->n_items, asked->items, key);
}

// As the rulebook calls it; its key where that says nothing.
static const char *row_name(const Award__WriteFeedback *asked, const char *key,
                            enum language language)
{
    const Award__Category *row = row_named(asked, key);
    const char *name = row == NULL ? NULL : language == ZH ? row->zh : row->en;
    return name != NULL ? name : key;
}

// "  领导：70.50 / 100.00"; without the maximum where the task does not bring it.
static void points_put(struct writing *writing, const Award__WriteFeedback *asked,
                       const char *indent, const char *key, int64_t points, enum language language)
{
    const Award__Category *row = row_named(asked, key);
    writing_format(writing, "%s%s%s%s", indent, row_name(asked, key, language),
                   language == ZH ? "：" : ": ", codec_points_format(points, writing->arena));
    if (row != NULL && row->maximum != NULL) {
        writing_format(writing, " / %s",
                       codec_points_format(row->maximum->hundredths, writing->arena));
    }
    writing_put(writing, "\n");
}

static int64_t points_of(const Award__Score *score)
{
    return score->points != NULL ? score->points->hundredths : 0;
}

// A category's line, and one for each of its items that was scored by itself.
static void category_put(struct writing *writing, const Award__WriteFeedback *asked,
                         const Award__Sheet *sheet, const char *first, enum language language)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sheet->n_scores; i++) {
        sum += same_category(first, sheet->scores[i]->item) ? points_of(sheet->scores[i]) : 0;
    }
    const char *key = arena_format(writing->arena, "%.*s", (int)category_size(first), first);
    points_put(writing, asked, "  ", key, sum, language);
    for (size_t i = 0; i < sheet->n_scores; i++) {
        const Award__Score *score = sheet->scores[i];
        if (same_category(first, score->item) && strcmp(score->item, key) != 0) {
            points_put(writing, asked, "    ", score->item, points_of(score), language);
        }
    }
}

// Each category where its first score stands.
static void scores_put(struct writing *writing, const Award__WriteFeedback *asked,
                       const Award__Sheet *sheet, enum language language)
{
    for (size_t i = 0; i < sheet->n_scores; i++) {
        const char *item = sheet->scores[i]->item;
        bool first = category_size(item) > 0;
        for (size_t k = 0; k < i && first; k++) {
            first = !same_category(item, sheet->scores[k]->item);
        }
        if (first) {
            category_put(writing, asked, sheet, item, language);
        }
    }
}

// What a total must reach (16(3), 16(5).5), under the names of the rulebook.
static void threshold_put(struct writing *writing, const Award__Points *threshold, const char *zh,
                          const char *en, enum language language)
{
    const char *name = language == ZH ? zh : en;
    if (threshold == NULL || name == NULL) {
        return;
    }
    writing_format(writing,
                   language == ZH ? "参评%s须达到：%s\n" : "To go on for the %s: %s at least\n",
                   name, codec_points_format(threshold->hundredths, writing->arena));
}

static void thresholds_put(struct writing *writing, const Award__WriteFeedback *asked,
                           enum language language)
{
    const Award__Names *names = asked->names;
    if (names == NULL) {
        return;
    }
    threshold_put(writing, asked->award_threshold, names->award_zh, names->award_en, language);
    threshold_put(writing, asked->nomination_threshold, names->nomination_zh, names->nomination_en,
                  language);
}

static void sheets_put(struct writing *writing, const Award__WriteFeedback *asked,
                       enum language language)
{
    for (size_t kind = 0; kind < HEADINGS_COUNT; kind++) {
        for (size_t i = 0; i < asked->n_sheets; i++) {
            const Award__Sheet *sheet = asked->sheets[i];
            if (sheet->kind != sheet_headings[kind].kind || !feedback_sheet_decides(asked, sheet)) {
                continue;
            }
            int64_t total = sheet->total != NULL ? sheet->total->hundredths : 0;
            writing_format(writing, language == ZH ? "%s：总分 %s\n" : "%s: %s in all\n",
                           sheet_headings[kind].heading[language],
                           codec_points_format(total, writing->arena));
            scores_put(writing, asked, sheet, language);
        }
    }
}

// ---- The report

static void findings_put(struct writing *writing, const Award__WriteFeedback *asked, size_t count,
                         Award__Remark *const *findings, enum language language)
{
    for (size_t i = 0; i < count; i++) {
        const char *item = findings[i]->item;
        writing_format(writing, language == ZH ? "  %zu. %s：%s\n" : "  %zu. %s: %s\n", i + 1,
                       item != NULL ? row_name(asked, item, language) : "—",
                       writing_cut(writing->arena, findings[i]->text, FINDING_BYTES_MAX));
    }
    if (count == 0) {
        writing_put(writing, "  —\n");
    }
}

static const struct {
    const char *opening;
    const char *strengths;
    const char *improvements;
} report_forms[] = {
    [ZH] =
        {"评审反馈报告\n\n企业：{enterprise}\n年度：{cycle}　案件：{case}\n评审情况：{stage_zh}\n"
         "\n一、得分\n",             "\n二、优势\n", "\n三、改进机会\n"              },
    [EN] = {"Feedback report\n\nEnterprise: {enterprise}\nCycle: {cycle}, case: {case}\nState: "
            "{stage_en}\n\n1. Scores\n", "\n2. Strengths\n", "\n3. Opportunities for improvement\n"},
};

static const char *report_write(const Award__WriteFeedback *asked, const struct facts *facts,
                                enum language language)
{
    struct writing writing = writing_begin(facts->arena);
    writing_fill(&writing, report_forms[language].opening, facts->list);
    sheets_put(&writing, asked, language);
    thresholds_put(&writing, asked, language);
    writing_put(&writing, report_forms[language].strengths);
    findings_put(&writing, asked, asked->case_->n_strengths, asked->case_->strengths, language);
    writing_put(&writing, report_forms[language].improvements);
    findings_put(&writing, asked, asked->case_->n_improvements, asked->case_->improvements,
                 language);
    return writing_cut(facts->arena, writing.text, REPORT_BYTES_MAX);
}

const char *feedback_facts_add(struct facts *facts, const Award__WriteFeedback *asked)
{
    const ProtobufCEnumValue *stage = protobuf_c_enum_descriptor_get_value(
        &award__stage__name__descriptor, (int)asked->case_->stage);
    fact_add(facts, "enterprise",
             asked->enterprise_name != NULL ? asked->enterprise_name : asked->case_->enterprise);
    fact_add(facts, "cycle", asked->case_->cycle);
    fact_add(facts, "case", asked->case_->case_);
    fact_add(facts, "stage", stage != NULL ? stage->name : NULL);
    facts_add_words(facts);
    const char *zh = report_write(asked, facts, ZH);
    const char *en = report_write(asked, facts, EN);
    fact_add(facts, "text_zh", zh);
    fact_add(facts, "text_en", en);
    return arena_format(facts->arena, "%s\n%s", zh, en);
}
