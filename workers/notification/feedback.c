// feedback - the feedback report of 16(3): scores by category and item, strengths, improvements
//
// Dated by the last sheet that it rests on: a report written again has the same bytes.
#include "workers/notification/feedback.h"

#include "common/codec.h"
#include "common/time.h"
#include "letters/words.h"
#include "settings/digest.h"
#include "workers/notification/mail.h"

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

// What the leaders have unified takes the place of the visit's.
static bool sheet_decides(const Award__WriteFeedback *asked, const Award__Sheet *sheet)
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
            if (sheet->kind != sheet_headings[kind].kind || !sheet_decides(asked, sheet)) {
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

static struct facts report_facts(const Award__WriteFeedback *asked, struct arena *arena)
{
    const ProtobufCEnumValue *stage = protobuf_c_enum_descriptor_get_value(
        &award__stage__name__descriptor, (int)asked->case_->stage);
    struct facts facts = facts_begin(arena);
    fact_add(&facts, "enterprise",
             asked->enterprise_name != NULL ? asked->enterprise_name : asked->case_->enterprise);
    fact_add(&facts, "cycle", asked->case_->cycle);
    fact_add(&facts, "case", asked->case_->case_);
    fact_add(&facts, "stage", stage != NULL ? stage->name : NULL);
    facts_add_words(&facts);
    return facts;
}

// ---- As a mail and as data

static int64_t date_of(const Award__WriteFeedback *asked)
{
    const Award__Case *c = asked->case_;
    int64_t date = c->applied_on != NULL ? day_start(c->applied_on->number) : 0;
    for (size_t i = 0; i < asked->n_sheets; i++) {
        const Award__Moment *submitted = asked->sheets[i]->submitted;
        date = submitted != NULL && submitted->ms > date ? submitted->ms : date;
    }
    return date;
}

static char *mail_write(const Award__WriteFeedback *asked, const struct template *form,
                        const char *identity, struct facts *facts)
{
    struct letter letter = {
        .form = form,
        .to = asked->recipient != NULL ? asked->recipient : asked->case_->enterprise,
        .to_name = asked->enterprise_name,
        .city = asked->city,
        .office = asked->names != NULL ? asked->names->office_zh : NULL,
        .identity = identity,
        .date_ms = date_of(asked),
        .rehearsal = asked->rehearsal,
    };
    letter_fill(&letter, facts);
    const struct mail mail = mail_of_letter(&letter);
    return mail_format(&mail, facts->arena);
}

// What the reviewers said of each other's scores is not the enterprise's to see.
static Award__Sheet *sheet_shown(const Award__Sheet *sheet, struct arena *arena)
{
    Award__Sheet *shown = arena_copy(arena, sheet, sizeof(*shown));
    shown->person = NULL;
    shown->remarks = NULL;
    shown->n_explanations = 0;
    shown->scores = arena_alloc(arena, (sheet->n_scores + 1) * sizeof(Award__Score *));
    for (size_t i = 0; i < sheet->n_scores; i++) {
        shown->scores[i] = arena_copy(arena, sheet->scores[i], sizeof(Award__Score));
        shown->scores[i]->remark = NULL;
    }
    return shown;
}

// Neither who scored nor what else is on record of the case is the enterprise's to see.
static char *json_write(const Award__WriteFeedback *asked, struct arena *arena)
{
    Award__WriteFeedback shown = *asked;
    Award__Case c = AWARD__CASE__INIT;
    c.case_ = asked->case_->case_;
    c.cycle = asked->case_->cycle;
    c.enterprise = asked->case_->enterprise;
    c.has_stage = asked->case_->has_stage;
    c.stage = asked->case_->stage;
    c.document_score = asked->case_->document_score;
    c.site_score = asked->case_->site_score;
    c.n_strengths = asked->case_->n_strengths;
    c.strengths = asked->case_->strengths;
    c.n_improvements = asked->case_->n_improvements;
    c.improvements = asked->case_->improvements;
    shown.case_ = &c;
    shown.recipient = NULL;
    shown.names = NULL;
    shown.n_sheets = 0;
    shown.sheets = arena_alloc(arena, (asked->n_sheets + 1) * sizeof(Award__Sheet *));
    for (size_t i = 0; i < asked->n_sheets; i++) {
        if (sheet_decides(asked, asked->sheets[i])) {
            shown.sheets[shown.n_sheets++] = sheet_shown(asked->sheets[i], arena);
        }
    }
    return arena_format(arena, "%s\n", codec_to_json(&shown.base, CODEC_JSON_PRETTY, arena));
}

bool feedback_write(const Award__WriteFeedback *asked, const struct template *form,
                    const char *identity, struct arena *arena, struct feedback *report,
                    const char **reason)
{
    if (asked->case_ == NULL || asked->case_->case_ == NULL || asked->case_->enterprise == NULL) {
        *reason = "任务中的案件不完整。 / The case of the task is incomplete.";
        return false;
    }
    struct facts facts = report_facts(asked, arena);
    const char *zh = report_write(asked, &facts, ZH);
    const char *en = report_write(asked, &facts, EN);
    fact_add(&facts, "text_zh", zh);
    fact_add(&facts, "text_en", en);
    char digest[DIGEST_TEXT_BYTES];
    report->text = arena_format(arena, "%s\n%s", zh, en);
    digest_of(report->text, strlen(report->text), digest);
    report->digest = arena_string(arena, digest);
    report->mail = mail_write(asked, form, identity, &facts);
    report->json = json_write(asked, arena);
    return true;
}
