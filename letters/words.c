// words - what a code is called in Chinese and English
//
// 两张表：事实的取值、期限。可直接修改引号内的文字；奖项、机构和评分类目的名称来自评选规则。
// Two tables: values of facts, deadlines. The words may be changed; names of honours, organs and
// categories come from the rulebook.
#include "letters/words.h"

#include "common/writing.h"
#include "rules/events.h"

#include <stddef.h>
#include <string.h>

// clang-format off
static const struct {
    const char *fact;
    const char *value;
    struct word word;
} fact_words[] = {
    {"stage",   "document_out",     {"资料评审未达分数线", "out after the document review"}},
    {"stage",   "site_out",         {"现场评审未达分数线", "out after the site visit"}},
    {"stage",   "not_selected",     {"未入选",                "not selected"}},
    {"stage",   "not_recommended",  {"审议未通过",            "not recommended"}},
    {"stage",   "not_approved",     {"审批未通过",            "not approved"}},
    {"stage",   "disqualified",     {"取消评奖资格",          "disqualified"}},
    {"stage",   "withdrawn",        {"已退出评选",            "withdrawn"}},
    {"stage",   "ineligible",       {"不符合条件",            "not eligible"}},
    {"finding", "founded",          {"情况属实",              "founded"}},
    {"finding", "unfounded",        {"情况不属实",            "unfounded"}},
    {"finding", "immaterial",       {"属实，但不影响评选",    "true, but immaterial"}},
    {"ground",  "20(1)",            {"弄虚作假等不正当手段",  "misrepresentation or other improper means"}},
    {"ground",  "20(2)",            {"监督抽查发现严重质量问题", "a serious quality problem in sampling"}},
    {"ground",  "20(3)",            {"发生重大责任事故",      "a major accident for which you were liable"}},
    {"ground",  "20(4)",            {"违法行为造成恶劣社会影响", "a breach of law with a very bad social effect"}},
    {"papers",  "request notice",   {"请示、公告",            "request to the government, notice to the media"}},
    {"papers",  "notice recovery",  {"公告、收回奖章和证书的通知", "notice to the media, letter for medal and certificate"}},
    {"papers",  "request",          {"请示",                  "request to the government"}},
    {"matter",  "objection",        {"异议",                    "Objection"}},
    {"matter",  "complaint",        {"投诉举报",                "Complaint"}},
    {"basis",   "16(7).3",          {"第十六条第（七）项第 3 点", "16(7).3"}},
    {"basis",   "6(4)",             {"第六条第（四）项",        "6(4)"}},
    {"channel", "mail",             {"电子邮件",              "e-mail"}},
    {"channel", "webhook",          {"webhook",               "webhook"}},
    {"channel", "wecom",            {"企业微信",              "WeCom"}},
    {"channel", "spool",            {"打印",                  "the spool"}},
    {"what",    "incident",         {"事故或监督抽查结果",    "an accident or a sampling result"}},
    {"what",    "objection",        {"异议或举报",            "an objection or complaint"}},
    {"what",    "misrepresentation", {"弄虚作假",             "a misrepresentation"}},
    {"what",    "violation",        {"评选中的违规行为",      "a violation in the selection"}},
    {"what",    "other",            {"其他问题",              "another matter"}},
};

static const struct word deadline_words[] = {
    [AWARD__DEADLINE_KIND__NAME__closing]          = {"申报截止", "closing of applications"},
    [AWARD__DEADLINE_KIND__NAME__plan_independent] = {"独立评审", "independent review"},
    [AWARD__DEADLINE_KIND__NAME__plan_consensus]   = {"合议评审", "consensus review"},
    [AWARD__DEADLINE_KIND__NAME__plan_visit]       = {"现场评审", "site visit"},
    [AWARD__DEADLINE_KIND__NAME__plan_report]      = {"评审报告", "review report"},
    [AWARD__DEADLINE_KIND__NAME__publicity_end]    = {"公示期满", "end of publicity"},
    [AWARD__DEADLINE_KIND__NAME__objection_answer] = {"异议答复", "answer to an objection"},
    [AWARD__DEADLINE_KIND__NAME__incident_report]  = {"书面报告事故或抽查结果", "written report of an incident"},
    [AWARD__DEADLINE_KIND__NAME__self_evaluation]  = {"年度自我评价", "yearly self-evaluation"},
    [AWARD__DEADLINE_KIND__NAME__experience]       = {"总结分享经验", "sharing of experience"},
};
// clang-format on

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

const struct word *word_of_fact(const char *fact, const char *value)
{
    for (size_t i = 0; i < COUNT_OF(fact_words); i++) {
        if (strcmp(fact_words[i].fact, fact) == 0 && strcmp(fact_words[i].value, value) == 0) {
            return &fact_words[i].word;
        }
    }
    return NULL;
}

const struct word *word_of_deadline(Award__DeadlineKind__Name kind)
{
    size_t index = (size_t)kind;
    return index < COUNT_OF(deadline_words) && deadline_words[index].zh != NULL
               ? &deadline_words[index]
               : NULL;
}

// ---- Who does what

Award__Role__Name reader_role(const Award__DeliverMessage *asked)
{
    return asked->recipient != NULL ? asked->recipient->role : (Award__Role__Name)0;
}

// "办公室、企业", "office or enterprise".
static struct word word_of_roles(struct arena *arena, uint32_t roles)
{
    struct writing zh = writing_begin(arena);
    struct writing en = writing_begin(arena);
    const ProtobufCEnumDescriptor *names = &award__role__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        int role = names->values[i].value;
        if ((roles >> (unsigned)role & 1U) == 0) {
            continue;
        }
        writing_format(&zh, "%s%s", zh.text[0] != '\0' ? "、" : "",
                       role_zh((Award__Role__Name)role));
        writing_format(&en, "%s%s", en.text[0] != '\0' ? " or " : "", names->values[i].name);
    }
    return (struct word){zh.text, en.text};
}

struct word word_of_line(struct arena *arena, const struct deadline_line *line)
{
    if (!line->shows) {
        return (struct word){arena_format(arena, "办理：%s", line->text), line->text};
    }
    struct word see = {
        arena_format(arena, "查看：%s", line->text),
        arena_format(arena, "to see it: %s", line->text),
    };
    if (line->acting == 0) {
        return see;
    }
    struct word who = word_of_roles(arena, line->acting);
    return (struct word){
        arena_format(arena, "由%s办理，%s", who.zh, see.zh),
        arena_format(arena, "for %s to do, %s", who.en, see.en),
    };
}
