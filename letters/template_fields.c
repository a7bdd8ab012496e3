// template_fields - what each message can say: the fields of its template
//
// 两张表：每种通知可用的字段；每个字段的含义和示例。预览没有实际内容时使用示例。
// Two tables: the fields of each message; what a field means, and an example that a preview shows
// where there is nothing real.
#include "letters/template_fields.h"

#include <string.h>

// What every message has.
#define OF_ALL " case recipient city message"

// clang-format off
static const char *const fields_of[] = {
    [AWARD__TEMPLATE__NAME__alerts]              = "count items_zh items_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__application_refused] = "enterprise cycle reasons reasons_en first_day" OF_ALL,
    [AWARD__TEMPLATE__NAME__ineligible]          = "enterprise cycle reasons reasons_en first_day" OF_ALL,
    [AWARD__TEMPLATE__NAME__feedback]            = "enterprise cycle stage stage_zh stage_en text_zh text_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__left_selection]      = "stage stage_zh stage_en article reason reason_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__objection_answer]    = "objection matter matter_zh matter_en basis basis_zh basis_en finding finding_zh finding_en report" OF_ALL,
    [AWARD__TEMPLATE__NAME__tie_waits]           = "cycle pool pool_zh pool_en cases category_zh category_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__result]              = "cycle honour honour_zh honour_en number published_on report_zh report_en yearly" OF_ALL,
    [AWARD__TEMPLATE__NAME__incident_due]        = "incident on last period_zh period_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__revocation_papers]   = "revocation ground ground_zh ground_en papers papers_zh papers_en text digest" OF_ALL,
    [AWARD__TEMPLATE__NAME__revoked]             = "revocation ground ground_zh ground_en on return_zh return_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__task_given_up]       = "task reason" OF_ALL,
    [AWARD__TEMPLATE__NAME__late_knowledge]      = "cycle what what_zh what_en incident objection text" OF_ALL,
    [AWARD__TEMPLATE__NAME__digest]              = "count items_zh items_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__silence]             = "checked alerts acknowledged undelivered next next_deadline" OF_ALL,
    [AWARD__TEMPLATE__NAME__undeliverable]       = "undelivered person channel channel_zh channel_en reply" OF_ALL,
    [AWARD__TEMPLATE__NAME__duty_gap]            = "reason reason_en" OF_ALL,
    [AWARD__TEMPLATE__NAME__try]                 = "person channel channel_zh channel_en" OF_ALL,
};

static const struct template_field fields[] = {
    {"acknowledged",  "自上次以来已确认的提醒数",     "alerts acknowledged since the last note", NULL},
    {"alerts",        "自上次以来发出的提醒数",       "alerts sent since the last note", NULL},
    {"article",       "依据的条款",                   "the article it rests on", "16(5)"},
    {"basis",         "依据（代码）",                 "what it rests on (code)", "16(7).3"},
    {"basis_en",      "依据，英文",                   "what it rests on, in English", NULL},
    {"basis_zh",      "依据，中文",                   "what it rests on, in Chinese", NULL},
    {"case",          "案件编号",                     "number of the case", "2018/91500000MA5U000000/1"},
    {"cases",         "各案件编号",                   "numbers of the cases", "2018/91500000MA5U000000/1 2018/91500000MA5U111111/1"},
    {"category_en",   "评分类目，英文",               "category of scores, in English", "operations results"},
    {"category_zh",   "评分类目，中文",               "category of scores, in Chinese", "经营结果"},
    {"channel",       "渠道（代码）",                 "channel (code)", "mail"},
    {"channel_en",    "渠道，英文",                   "channel, in English", NULL},
    {"channel_zh",    "渠道，中文",                   "channel, in Chinese", NULL},
    {"checked",       "核对的期限数",                 "deadlines checked", NULL},
    {"city",          "城市",                         "the city", "重庆市"},
    {"count",         "事项数",                       "number of items", NULL},
    {"cycle",         "评选年度",                     "the cycle", "2018"},
    {"digest",        "原文的 SHA-256",               "SHA-256 of the text", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    {"enterprise",    "企业名称",                     "name of the enterprise", "重庆示例制造有限公司"},
    {"finding",       "结论（代码）",                 "the finding (code)", "unfounded"},
    {"finding_en",    "结论，英文",                   "the finding, in English", NULL},
    {"finding_zh",    "结论，中文",                   "the finding, in Chinese", NULL},
    {"first_day",     "可再次申报的最早日期",         "first day to apply again", "2021-01-01"},
    {"ground",        "撤销的条款",                   "ground of the revocation", "20(1)"},
    {"ground_en",     "撤销的情形，英文",             "ground, in English", NULL},
    {"ground_zh",     "撤销的情形，中文",             "ground, in Chinese", NULL},
    {"honour",        "荣誉（代码）",                 "the honour (code)", "award"},
    {"honour_en",     "荣誉名称，英文",               "name of the honour, in English", "Mayor's Quality Management Award"},
    {"honour_zh",     "荣誉名称，中文",               "name of the honour, in Chinese", "市长质量管理奖"},
    {"incident",      "事件编号",                     "number of the incident", "A-2018-07"},
    {"items_en",      "各事项一行，英文",             "a line for each item, in English", NULL},
    {"items_zh",      "各事项一行，中文",             "a line for each item, in Chinese", NULL},
    {"last",          "末日",                         "the last day", "2018-10-31"},
    {"matter",        "异议或投诉（代码）",           "objection or complaint (code)", "objection"},
    {"matter_en",     "异议或投诉，英文",             "objection or complaint, in English", NULL},
    {"matter_zh",     "异议或投诉，中文",             "objection or complaint, in Chinese", NULL},
    {"message",       "消息编号",                     "number of the message", NULL},
    {"next",          "下一个到期日",                 "when something is due next", NULL},
    {"next_deadline", "下一个到期的期限",             "what is due next", NULL},
    {"number",        "公布文号",                     "number of the publication", "渝府发〔2018〕1号"},
    {"objection",     "异议编号",                     "number of the objection", "O-2018-03"},
    {"on",            "发生或生效日期",               "the day of it", "2018-10-10"},
    {"papers",        "文书（代码）",                 "the papers (code)", "notice recovery"},
    {"papers_en",     "文书，英文",                   "the papers, in English", NULL},
    {"papers_zh",     "文书，中文",                   "the papers, in Chinese", NULL},
    {"period_en",     "期限长度，英文",               "length of the period, in English", "15 working days"},
    {"period_zh",     "期限长度，中文",               "length of the period, in Chinese", "15个工作日"},
    {"person",        "收件人的账户名",               "name of the person", "clerk-wang"},
    {"pool",          "入围名额（代码）",             "the pool (code)", "award"},
    {"pool_en",       "入围名额，英文",               "the pool, in English", "Mayor's Quality Management Award"},
    {"pool_zh",       "入围名额，中文",               "the pool, in Chinese", "市长质量管理奖"},
    {"published_on",  "公布日期",                     "day of the publication", "2018-12-20"},
    {"reason",        "理由",                         "the reason", "示例理由"},
    {"reason_en",     "理由，英文",                   "the reason, in English", "a reason, as an example"},
    {"reasons",       "各条理由",                     "the reasons", "[11(3)] 示例理由"},
    {"reasons_en",    "各条理由，英文",               "the reasons, in English", "[11(3)] a reason, as an example"},
    {"recipient",     "收件人名称",                   "name of the recipient", NULL},
    {"reply",         "服务器的答复",                 "reply of the server", "550 5.1.1 no such user"},
    {"report",        "调查报告",                     "the report", "调查报告全文"},
    {"report_en",     "报告事件的期限，英文",         "period to report an incident, in English", "15 working days"},
    {"report_zh",     "报告事件的期限，中文",         "period to report an incident, in Chinese", "15个工作日"},
    {"return_en",     "须交回的物品，英文",           "what is to be returned, in English", "medal and certificate"},
    {"return_zh",     "须交回的物品，中文",           "what is to be returned, in Chinese", "奖章和证书"},
    {"revocation",    "撤销编号",                     "number of the revocation", "R-2018-01"},
    {"stage",         "阶段（代码）",                 "the stage (code)", "not_selected"},
    {"stage_en",      "阶段，英文",                   "the stage, in English", NULL},
    {"stage_zh",      "阶段，中文",                   "the stage, in Chinese", NULL},
    {"task",          "任务编号",                     "number of the task", "rank:2018:1"},
    {"text",          "原文",                         "the text", "示例原文"},
    {"text_en",       "报告全文，英文",               "the whole report, in English", "Feedback report: the text of the report"},
    {"text_zh",       "报告全文，中文",               "the whole report, in Chinese", "评审反馈报告：报告全文"},
    {"undelivered",   "未送达的消息或其数目",         "the message that was not delivered, or how many", "office/2018-10-08T09:00:00+08:00/1"},
    {"what",          "何种情况（代码）",             "what it is (code)", "incident"},
    {"what_en",       "何种情况，英文",               "what it is, in English", NULL},
    {"what_zh",       "何种情况，中文",               "what it is, in Chinese", NULL},
    {"yearly",        "每年提交自我评价的月日",       "month and day of the yearly self-evaluation", "06-30"},
};
// clang-format on

const char *template_fields(Award__Template__Name name)
{
    size_t index = (size_t)name;
    return index < sizeof(fields_of) / sizeof(fields_of[0]) ? fields_of[index] : NULL;
}

bool template_field_next(const char **list, const char **name, size_t *size)
{
    *name = *list + strspn(*list, " ");
    *size = strcspn(*name, " ");
    *list = *name + *size;
    return *size > 0;
}

bool template_field_known(Award__Template__Name name, const char *field, size_t size)
{
    const char *list = template_fields(name);
    const char *known;
    size_t known_size;
    while (list != NULL && template_field_next(&list, &known, &known_size)) {
        if (known_size == size && memcmp(known, field, size) == 0) {
            return true;
        }
    }
    return false;
}

const struct template_field *template_field_find(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (strlen(fields[i].name) == size && memcmp(fields[i].name, name, size) == 0) {
            return &fields[i];
        }
    }
    return NULL;
}
