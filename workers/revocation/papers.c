// papers - drafts of what a revocation needs on paper (20, 21)
#include "workers/revocation/papers.h"

#include "common/time.h"
#include "common/writing.h"
#include "settings/digest.h"
#include "workers/revocation/paper_texts.h"

#include <stdbool.h>
#include <string.h>

// What comes from people is cut, so that all papers together fit into one text of an event; what is
// cut stands whole on the record.
enum { FACT_BYTES_MAX = 400, TEXT_BYTES_MAX = 7800, PAPERS_MAX = 2 };

// ---- Words

struct word {
    const char *article; // of a ground only
    const char *article_zh;
    const char *zh;
    const char *en;
};

// clang-format off
static const struct word ground_words[] = {
    [AWARD__GROUND__NAME__misrepresentation] = {"20(1)", "第二十条第（一）项", "以弄虚作假等不正当手段获奖", "it won the honour by misrepresentation or other improper means"},
    [AWARD__GROUND__NAME__serious_quality]   = {"20(2)", "第二十条第（二）项", "{level_zh}监督抽查发现严重质量问题", "a serious quality problem in {level_en} sampling"},
    [AWARD__GROUND__NAME__major_accident]    = {"20(3)", "第二十条第（三）项", "发生负有责任的重大事故", "a major accident for which it was liable"},
    [AWARD__GROUND__NAME__breach_of_law]     = {"20(4)", "第二十条第（四）项", "违反法律法规并造成恶劣社会影响", "a breach of law with a very bad social effect"},
};

static const struct word incident_words[] = {
    [AWARD__INCIDENT_KIND__NAME__quality_accident]     = {"", "", "质量事故", "quality accident"},
    [AWARD__INCIDENT_KIND__NAME__environment_accident] = {"", "", "环境事故", "environment accident"},
    [AWARD__INCIDENT_KIND__NAME__safety_accident]      = {"", "", "安全事故", "safety accident"},
    [AWARD__INCIDENT_KIND__NAME__sampling]             = {"", "", "监督抽查不合格", "failed supervision sampling"},
};

static const struct word level_words[] = {
    [AWARD__LEVEL__NAME__national]  = {"", "", "国家", "national"},
    [AWARD__LEVEL__NAME__industry]  = {"", "", "行业", "industry"},
    [AWARD__LEVEL__NAME__municipal] = {"", "", "市级", "municipal"},
    [AWARD__LEVEL__NAME__district]  = {"", "", "区县级", "district"},
};

// What is taken back, without prize money and with it (decision 18).
static const struct {
    const char *fact;
    const char *without;
    const char *with;
} recovery_forms[] = {
    {"recover_zh", "收回奖章（{medal}）和证书（{certificate}）", "收回奖章（{medal}）和证书（{certificate}），追回奖金 {prize} 元"},
    {"recover_en", "to take back medal ({medal}) and certificate ({certificate})", "to take back medal ({medal}) and certificate ({certificate}), to recover the prize of {prize} yuan"},
    {"taken_zh",   "收回奖章和证书",                             "收回奖章和证书，追回奖金"},
    {"taken_en",   "medal and certificate are taken back",       "medal and certificate are taken back, the prize money is recovered"},
    {"return_zh",  "请将奖章（编号 {medal}）和证书（编号 {certificate}）交回。", "请将奖章（编号 {medal}）和证书（编号 {certificate}）交回，并退还奖金 {prize} 元。"},
    {"return_en",  "Please return the medal (number {medal}) and the certificate (number {certificate}).", "Please return the medal (number {medal}), the certificate (number {certificate}) and the prize of {prize} yuan."},
};
// clang-format on

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct word word_at(const struct word *words, size_t count, size_t index)
{
    static const struct word none = {NULL, NULL, NULL, NULL};
    return index < count ? words[index] : none;
}

// ---- Which papers

// Those of a step of the revocation. `count` is 0 where there are none.
static const struct step_papers {
    size_t count;
    Award__Paper__Kind papers[PAPERS_MAX];
} step_papers[] = {
    [AWARD__REVOCATION__STEP__verified] = {2,
                                           {AWARD__PAPER__KIND__request,
                                            AWARD__PAPER__KIND__notice}    },
    [AWARD__REVOCATION__STEP__approved] = {2,
                                           {AWARD__PAPER__KIND__notice,
                                            AWARD__PAPER__KIND__recovery}  },
 // The government may have refused, or all come back, before the papers were written.
    [AWARD__REVOCATION__STEP__refused] = {1, {AWARD__PAPER__KIND__request}},
    [AWARD__REVOCATION__STEP__closed] = {2,
                                           {AWARD__PAPER__KIND__notice,
                                          AWARD__PAPER__KIND__recovery}    },
};

static const struct step_papers *papers_of(const Award__Revocation *revocation)
{
    size_t step = (size_t)revocation->step;
    return step < COUNT_OF(step_papers) && step_papers[step].count > 0 ? &step_papers[step] : NULL;
}

// ---- Facts

enum { FACTS_MAX = 48 };

struct facts {
    struct arena *arena;
    struct writing_fact list[FACTS_MAX + 1];
    size_t count;
};

static void fact_add(struct facts *facts, const char *name, const char *value)
{
    if (facts->count < FACTS_MAX) {
        facts->list[facts->count++] =
            (struct writing_fact){name, writing_cut(facts->arena, value, FACT_BYTES_MAX)};
    }
}

static void day_add(struct facts *facts, const char *name, const Award__Day *day)
{
    char text[DAY_TEXT_BYTES] = "";
    if (day != NULL) {
        day_format(day->number, text);
    }
    fact_add(facts, name, arena_string(facts->arena, text));
}

static void honour_add(struct facts *facts, const Award__Case__Honoured *honour)
{
    if (honour == NULL) {
        return;
    }
    fact_add(facts, "medal", honour->medal);
    fact_add(facts, "certificate", honour->certificate);
    fact_add(facts, "prize", arena_format(facts->arena, "%u", honour->prize));
    day_add(facts, "from", honour->from);
    for (size_t i = 0; i < COUNT_OF(recovery_forms); i++) {
        const char *form = honour->prize > 0 ? recovery_forms[i].with : recovery_forms[i].without;
        fact_add(facts, recovery_forms[i].fact, writing_filled(facts->arena, form, facts->list));
    }
}

// As the rulebook of the cycle calls them (decision 16).
static void names_add(struct facts *facts, const Award__Names *names, const Award__Case *c)
{
    if (names == NULL) {
        return;
    }
    bool award = c->honour == NULL || c->honour->kind == AWARD__HONOUR__KIND__award;
    fact_add(facts, "honour_zh", award ? names->award_zh : names->nomination_zh);
    fact_add(facts, "honour_en", award ? names->award_en : names->nomination_en);
    fact_add(facts, "rules", names->rules);
    fact_add(facts, "bureau_zh", names->bureau_zh);
    fact_add(facts, "bureau_en", names->bureau_en);
    fact_add(facts, "government_zh", names->government_zh);
    fact_add(facts, "government_en", names->government_en);
}

static void incident_add(struct facts *facts, const Award__Incident *incident,
                         const char *enterprise)
{
    if (incident == NULL) {
        return;
    }
    struct word word = word_at(incident_words, COUNT_OF(incident_words), (size_t)incident->kind);
    struct word level = word_at(level_words, COUNT_OF(level_words), (size_t)incident->level);
    fact_add(facts, "incident", incident->incident);
    fact_add(facts, "kind_zh", word.zh);
    fact_add(facts, "kind_en", word.en);
    fact_add(facts, "level_zh", level.zh);
    fact_add(facts, "level_en", level.en);
    fact_add(facts, "whom", incident->whom != NULL ? incident->whom : enterprise);
    day_add(facts, "happened", incident->on);
}

static void revocation_add(struct facts *facts, const Award__Revocation *revocation)
{
    struct word word = word_at(ground_words, COUNT_OF(ground_words), (size_t)revocation->ground);
    fact_add(facts, "revocation", revocation->revocation);
    fact_add(facts, "article", word.article);
    fact_add(facts, "article_zh", word.article_zh);
    fact_add(facts, "ground_zh", writing_filled(facts->arena, word.zh, facts->list));
    fact_add(facts, "ground_en", writing_filled(facts->arena, word.en, facts->list));
    fact_add(facts, "facts", revocation->facts);
    fact_add(facts, "effect", revocation->effect);
    day_add(facts, "verified", revocation->verified_on);
    if (revocation->step != AWARD__REVOCATION__STEP__refused) {
        day_add(facts, "approved", revocation->decided_on);
    }
}

static void facts_collect(struct facts *facts, const Award__DraftPapers *asked)
{
    fact_add(facts, "city", asked->city);
    fact_add(facts, "enterprise", asked->enterprise_name);
    fact_add(facts, "code", asked->case_->enterprise);
    fact_add(facts, "case", asked->case_->case_);
    fact_add(facts, "cycle", asked->case_->cycle);
    names_add(facts, asked->names, asked->case_);
    honour_add(facts, asked->case_->honour);
    incident_add(facts, asked->incident, asked->enterprise_name);
    revocation_add(facts, asked->revocation);
}

// ---- The whole

static const char *text_write(const struct step_papers *which, const struct facts *facts)
{
    struct writing writing = writing_begin(facts->arena);
    for (size_t i = 0; i < which->count; i++) {
        writing_fill(&writing, paper_text(which->papers[i])->zh, facts->list);
        writing_put(&writing, "\n");
    }
    for (size_t i = 0; i < which->count; i++) {
        writing_fill(&writing, paper_text(which->papers[i])->en, facts->list);
        writing_put(&writing, i + 1 < which->count ? "\n" : "");
    }
    return writing_cut(facts->arena, writing.text, TEXT_BYTES_MAX);
}

Award__PapersDrafted *papers_draft(const Award__DraftPapers *asked, struct arena *arena,
                                   const char **reason)
{
    if (asked->case_ == NULL || asked->revocation == NULL) {
        *reason = "任务没有案件或撤销。 / The task holds no case or no revocation.";
        return NULL;
    }
    const struct step_papers *which = papers_of(asked->revocation);
    if (which == NULL) {
        *reason = "撤销尚未核实，无需文书。 / The revocation is not verified; it needs no papers.";
        return NULL;
    }
    struct facts facts = {.arena = arena};
    facts_collect(&facts, asked);
    Award__PapersDrafted *drafted = arena_alloc(arena, sizeof(*drafted));
    award__papers_drafted__init(drafted);
    drafted->case_ = asked->case_->case_;
    drafted->revocation = asked->revocation->revocation;
    drafted->n_papers = which->count;
    drafted->papers = arena_copy(arena, which->papers, sizeof(which->papers));
    drafted->text = arena_string(arena, text_write(which, &facts));
    char digest[DIGEST_TEXT_BYTES];
    digest_of(drafted->text, strlen(drafted->text), digest);
    drafted->digest = arena_string(arena, digest);
    return drafted;
}
