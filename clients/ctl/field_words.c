// field_words - what the fields of events are called, and an example of what stands in them
//
// A field has one name for all messages, unless a row names its message.
#include "clients/ctl/field_words.h"

#include <stdbool.h>
#include <string.h>

struct field_word {
    const char *message; // NULL: of any message
    const char *field;
    const char *zh;
    const char *example; // of a text or number; NULL: none
};

// Rows with a message stand before those without.
// clang-format off
static const struct field_word WORDS[] = {
    {"AccountabilityRecorded", "what",   "问责事由",       NULL},
    {"Advisor",                "field",  "领域",           "economy"},
    {"Advisor",                "name",   "姓名",           NULL},
    {"CertificateReturned",    "on",     "收回日",         NULL},
    {"PrizeReturned",          "on",     "追回日",         NULL},
    {"ConsensusSheet",         "report", "评审报告摘要（SHA-256 十六进制）", NULL},
    {"DrawAnnounced",          "on",     "种子公布之日",   NULL},
    {"DrawAnnounced",          "source", "种子来源",       NULL},
    {"DrawAnnounced",          "teams",  "组数",           "4"},
    {"EarlierRecord",          "honour", "曾获奖项",       NULL},
    {"EarlierRecord",          "revocation", "被撤销的奖项", NULL},
    {"Exception",              "name",   "节日名称",       "国庆节"},
    {"Exception",              "on",     "日期",           NULL},
    {"KeyEnrolled",            "name",   "人员标识",       "office"},
    {"MedalReturned",          "on",     "收回日",         NULL},
    {"MemberReplaced",         "by",     "接替的评审员",   "reviewer-02"},
    {"NotHeld",                "what",   "未能举行的事项", NULL},
    {"PrincipalChanged",       "name",   "人员标识",       "office"},
    {"PrincipalEnrolled",      "name",   "人员标识",       "office"},
    {"PublicityExtended",      "publicity", "第几次公示，不填为最近一次", "1"},
    {"RecommendationGiven",    "by",     "推荐单位种类",   NULL},
    {"RecommendationGiven",    "name",   "推荐单位名称",   NULL},
    {"VisitSheet",             "report", "评审报告摘要（SHA-256 十六进制）", NULL},

    {NULL, "advisors",              "专家顾问",         NULL},
    {NULL, "alert",                 "提醒标识",         NULL},
    {NULL, "anonymous",             "匿名",             NULL},
    {NULL, "approved",              "同意",             NULL},
    {NULL, "article",               "依据条款", "办公室规定第3条"},
    {NULL, "authority",             "作出决定的机关",   "市质监局"},
    {NULL, "candidate",             "拟奖候选",         NULL},
    {NULL, "case",                  "申报编号",         "2018/91500107621980478R/1"},
    {NULL, "cases",                 "申报编号",         "2018/91500107621980478R/1"},
    {NULL, "certificate",           "证书编号",         "渝质奖证2018A01"},
    {NULL, "chair",                 "评选委员会主任",   "市政府分管副市长"},
    {NULL, "changed",               "改动的评分",       NULL},
    {NULL, "channel",               "渠道",             "mail"},
    {NULL, "characters",            "字数",             "1200"},
    {NULL, "closing",               "申报截止时刻",     NULL},
    {NULL, "comments",              "专家意见",         NULL},
    {NULL, "composite",             "综合得分",         NULL},
    {NULL, "concerns",              "涉及对象",         "2018"},
    {NULL, "condition",             "申报条件",         "11(1)"},
    {NULL, "content",               "更正后的内容", NULL},
    {NULL, "cycle",                 "评选周期",         "2018"},
    {NULL, "days",                  "天数",             "3"},
    {NULL, "deadline",              "期限编号", NULL},
    {NULL, "decision",              "办公室决定",       NULL},
    {NULL, "decisions",             "逐项决定",         NULL},
    {NULL, "defence",               "答辩得分",         NULL},
    {NULL, "defender",              "答辩人",           NULL},
    {NULL, "denominator",           "分母",             "7"},
    {NULL, "digest",                "摘要（SHA-256 十六进制）", NULL},
    {NULL, "district",              "区县代码",         "500107"},
    {NULL, "document",              "资料评审得分",     NULL},
    {NULL, "effect",                "社会影响",         NULL},
    {NULL, "electronic_receipt",    "电子材料收到时刻", NULL},
    {NULL, "employer",              "工作单位",         NULL},
    {NULL, "enterprise",            "统一社会信用代码", "91500107621980478R"},
    {NULL, "event",                 "所涉事件",         NULL},
    {NULL, "evidence",              "证据",             NULL},
    {NULL, "exceptions",            "放假与调休",       NULL},
    {NULL, "explanations",          "偏离均值的说明",   NULL},
    {NULL, "facts",                 "事实",             NULL},
    {NULL, "finding",               "认定",             NULL},
    {NULL, "findings",              "核实结论",         NULL},
    {NULL, "first",                 "第一天",           NULL},
    {NULL, "from",                  "报告方",           "review_committee"},
    {NULL, "full_name",             "全称",             NULL},
    {NULL, "given",                 "颁发",             NULL},
    {NULL, "ground",                "事由",             NULL},
    {NULL, "grounds",               "撤销情形",         NULL},
    {NULL, "highest",               "最高分",           NULL},
    {NULL, "honour",                "奖项",             NULL},
    {NULL, "how",                   "承继方式",         "merged"},
    {NULL, "id",                    "事件编号",         NULL},
    {NULL, "improvements",          "改进建议",         NULL},
    {NULL, "in_favour",             "同意推荐",         NULL},
    {NULL, "incident",              "事件标识",         "I-2018-01"},
    {NULL, "industries",            "熟悉的行业",       "C36"},
    {NULL, "industry",              "行业",             "C36"},
    {NULL, "issuer",                "出具单位",         NULL},
    {NULL, "item",                  "评分项目",         "leadership"},
    {NULL, "kind",                  "种类",             NULL},
    {NULL, "last",                  "最后一天",         NULL},
    {NULL, "leader",                "组长",             "reviewer-01"},
    {NULL, "left",                  "中途离席",         NULL},
    {NULL, "legal_person",          "独立法人",         NULL},
    {NULL, "level",                 "级别",             NULL},
    {NULL, "liable",                "有无责任",         NULL},
    {NULL, "lowest",                "最低分",           NULL},
    {NULL, "material",              "材料",             NULL},
    {NULL, "materials",             "材料",             NULL},
    {NULL, "mean",                  "平均分",           NULL},
    {NULL, "measure",               "处理措施",         "通报批评"},
    {NULL, "medal",                 "奖章编号",         "2018-A-01"},
    {NULL, "media",                 "媒体",             "重庆日报"},
    {NULL, "medium",                "媒体",             "重庆日报"},
    {NULL, "meeting",               "会议标识",         "M-2018-1"},
    {NULL, "members",               "组员",             "reviewer-01"},
    {NULL, "message",               "消息标识",         NULL},
    {NULL, "met",                   "符合",             NULL},
    {NULL, "moment",                "时刻",             NULL},
    {NULL, "name",                  "名称",             "重庆山屿摩托车制造有限公司"},
    {NULL, "notice",                "申报通知",         NULL},
    {NULL, "number",                "文号",             "渝府发〔2018〕48号"},
    {NULL, "numerator",             "分子",             "600"},
    {NULL, "objection",             "异议标识",         "O-2018-01"},
    {NULL, "on",                    "日期",             NULL},
    {NULL, "operating_since",       "经营起始日",       NULL},
    {NULL, "order",                 "名次先后",         "2018/91500107621980478R/1"},
    {NULL, "outlier",               "离散过大",         NULL},
    {NULL, "panel",                 "答辩评委",         "reviewer-01"},
    {NULL, "paper_receipt",         "书面材料收到时刻", NULL},
    {NULL, "papers",                "文书",             NULL},
    {NULL, "permanent",             "永不接收",         NULL},
    {NULL, "person",                "人员标识",         "reviewer-01"},
    {NULL, "place",                 "地点",             NULL},
    {NULL, "points",                "得分",             NULL},
    {NULL, "post",                  "岗位",             NULL},
    {NULL, "pool",                  "奖项",             NULL},
    {NULL, "pools",                 "各奖项排序",       NULL},
    {NULL, "predecessor",           "前身的信用代码",   "91500107621980478R"},
    {NULL, "present",               "到会单位",         "市政府办公厅"},
    {NULL, "presiding",             "主持人",           "市政府分管副市长"},
    {NULL, "prize_paid",            "奖金是否已发放",   "true"},
    {NULL, "principal",             "事件的提交人",     "admin"},
    {NULL, "principal_in_charge",   "答辩人为主要负责人", NULL},
    {NULL, "proof",                 "依据",             "渝府发〔2013〕70号"},
    {NULL, "public_key",            "公钥（Z85，或 @key:名称）", "@key:office"},
    {NULL, "rank",                  "名次",             "1"},
    {NULL, "ranked",                "排序",             NULL},
    {NULL, "reason",                "理由",             NULL},
    {NULL, "received",              "收到的时间",       NULL},
    {NULL, "region",                "注册地区划代码",   "500107"},
    {NULL, "relations",             "有关联的企业",     "91500107621980478R"},
    {NULL, "remark",                "备注",             NULL},
    {NULL, "remarks",               "评语",             NULL},
    {NULL, "reply",                 "服务器答复",       NULL},
    {NULL, "report",                "处理报告",         NULL},
    {NULL, "review",                "评审得分",         NULL},
    {NULL, "review_committee",      "评审委员会组成",   NULL},
    {NULL, "reviewer",              "评审员",           "reviewer-01"},
    {NULL, "revocation",            "撤销标识",         "R-2020-01"},
    {NULL, "role",                  "角色",             NULL},
    {NULL, "rows",                  "逐项比对",         NULL},
    {NULL, "rulebook",              "细则参数的摘要",   NULL},
    {NULL, "scope",                 "范围",             "500107"},
    {NULL, "scores",                "评分",             NULL},
    {NULL, "seed",                  "抽签种子",         NULL},
    {NULL, "serious",               "情节严重",         NULL},
    {NULL, "site",                  "现场评审得分",     NULL},
    {NULL, "source",                "来源",             "国办发明电"},
    {NULL, "stated_first",          "公告的首日",       NULL},
    {NULL, "stated_last",           "公告的末日",       NULL},
    {NULL, "step",                  "步骤",             NULL},
    {NULL, "teams",                 "评审组",           NULL},
    {NULL, "steps",                 "计划步骤",         NULL},
    {NULL, "strengths",             "优势",             NULL},
    {NULL, "supervision_committee", "监督委员会组成",   NULL},
    {NULL, "team",                  "评审组",           "2018-1"},
    {NULL, "text",                  "内容",             NULL},
    {NULL, "tied",                  "同分待定",         NULL},
    {NULL, "title",                 "标题",             NULL},
    {NULL, "to",                    "报告对象",         "office"},
    {NULL, "total",                 "总分",             NULL},
    {NULL, "totals",                "各评审员总分",     NULL},
    {NULL, "units",                 "评选委员会成员单位", "市政府办公厅"},
    {NULL, "vacant",                "空缺名额",         "0"},
    {NULL, "violation",             "违规",             NULL},
    {NULL, "wait_seconds",          "再次投递前等待的秒数", "60"},
    {NULL, "waiting",               "等候同分裁定",     NULL},
    {NULL, "when",                  "时间",             NULL},
    {NULL, "who",                   "改动人",           "reviewer-01"},
    {NULL, "whom",                  "对象",             NULL},
    {NULL, "working",               "调休上班",         NULL},
    {NULL, "year",                  "年份",             "2018"},
};
// clang-format on

static const struct field_word *word_find(const ProtobufCMessageDescriptor *message,
                                          const ProtobufCFieldDescriptor *field)
{
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        bool fits = WORDS[i].message == NULL || strcmp(WORDS[i].message, message->short_name) == 0;
        if (fits && strcmp(WORDS[i].field, field->name) == 0) {
            return &WORDS[i];
        }
    }
    return NULL;
}

const char *field_zh(const ProtobufCMessageDescriptor *message,
                     const ProtobufCFieldDescriptor *field)
{
    const struct field_word *word = word_find(message, field);
    return word != NULL ? word->zh : NULL;
}

const char *field_example(const ProtobufCMessageDescriptor *message,
                          const ProtobufCFieldDescriptor *field)
{
    const struct field_word *word = word_find(message, field);
    return word != NULL ? word->example : NULL;
}
