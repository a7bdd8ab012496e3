// words - the Chinese word for each value of the contract's enumerations
#include "clients/ctl/words.h"

#include "clients/ctl/ctl.h"
#include "rules/deadlines.h"
#include "rules/events.h"

#include "query.pb-c.h"
#include "record.pb-c.h"
#include "value.pb-c.h"

#include <string.h>

// clang-format off
static const char *const honours[] = {
    [AWARD__HONOUR__KIND__award]      = "正奖",
    [AWARD__HONOUR__KIND__nomination] = "提名奖",
};
static const char *const materials[] = {
    [AWARD__MATERIAL__KIND__application_form]       = "申报表",
    [AWARD__MATERIAL__KIND__organisation_profile]   = "组织简介",
    [AWARD__MATERIAL__KIND__self_evaluation_report] = "卓越绩效自我评价报告",
    [AWARD__MATERIAL__KIND__evidence]               = "证实性材料",
};
static const char *const incidents[] = {
    [AWARD__INCIDENT_KIND__NAME__quality_accident]     = "质量事故",
    [AWARD__INCIDENT_KIND__NAME__environment_accident] = "环境事故",
    [AWARD__INCIDENT_KIND__NAME__safety_accident]      = "安全事故",
    [AWARD__INCIDENT_KIND__NAME__sampling]             = "监督抽查不合格",
};
static const char *const liabilities[] = {
    [AWARD__LIABILITY__NAME__unknown] = "责任未定",
    [AWARD__LIABILITY__NAME__yes]     = "负有责任",
    [AWARD__LIABILITY__NAME__no]      = "没有责任",
};
static const char *const levels[] = {
    [AWARD__LEVEL__NAME__national]  = "国家级",
    [AWARD__LEVEL__NAME__industry]  = "行业级",
    [AWARD__LEVEL__NAME__municipal] = "市级",
    [AWARD__LEVEL__NAME__district]  = "区县级",
};
static const char *const units[] = {
    [AWARD__WHY__COUNTING__UNIT__days]         = "日",
    [AWARD__WHY__COUNTING__UNIT__working_days] = "个工作日",
    [AWARD__WHY__COUNTING__UNIT__months]       = "个月",
    [AWARD__WHY__COUNTING__UNIT__years]        = "年",
};
static const char *const uses[] = {
    [AWARD__WHY__USED_DAY__USE__start]     = "起算日，不计入",
    [AWARD__WHY__USED_DAY__USE__counted]   = "计入",
    [AWARD__WHY__USED_DAY__USE__day_off]   = "休息日，不计",
    [AWARD__WHY__USED_DAY__USE__moved_off] = "末日为休息日，顺延",
    [AWARD__WHY__USED_DAY__USE__moved_to]  = "顺延至此",
    [AWARD__WHY__USED_DAY__USE__suspended] = "中止，不计",
};
static const char *const violations[] = {
    [AWARD__VIOLATION__KIND__misrepresentation] = "弄虚作假",
    [AWARD__VIOLATION__KIND__violation]         = "其他违规",
    [AWARD__VIOLATION__KIND__other]             = "其他",
};
static const char *const grounds[] = {
    [AWARD__GROUND__NAME__misrepresentation] = "弄虚作假骗取荣誉",
    [AWARD__GROUND__NAME__serious_quality]   = "产品质量严重不合格",
    [AWARD__GROUND__NAME__major_accident]    = "重大质量、环境、安全事故",
    [AWARD__GROUND__NAME__breach_of_law]     = "严重违法违规",
};
static const char *const sheets[] = {
    [AWARD__SHEET__KIND__independent] = "独立评审",
    [AWARD__SHEET__KIND__consensus]   = "合议评审",
    [AWARD__SHEET__KIND__visit]       = "现场评审",
    [AWARD__SHEET__KIND__unified]     = "组长会议统一",
    [AWARD__SHEET__KIND__defence]     = "答辩",
};
static const char *const findings[] = {
    [AWARD__OBJECTION_DECIDED__FINDING__founded]    = "成立",
    [AWARD__OBJECTION_DECIDED__FINDING__unfounded]  = "不成立",
    [AWARD__OBJECTION_DECIDED__FINDING__immaterial] = "属实但不影响评选",
};
static const char *const sources[] = {
    [AWARD__OBJECTION_SOURCE__KIND__web]       = "网上",
    [AWARD__OBJECTION_SOURCE__KIND__letter]    = "来信",
    [AWARD__OBJECTION_SOURCE__KIND__telephone] = "来电",
    [AWARD__OBJECTION_SOURCE__KIND__visit]     = "来访",
};
static const char *const revocation_steps[] = {
    [AWARD__REVOCATION__STEP__opened]   = "已启动",
    [AWARD__REVOCATION__STEP__verified] = "已核实",
    [AWARD__REVOCATION__STEP__approved] = "已批准，收回中",
    [AWARD__REVOCATION__STEP__refused]  = "未批准",
    [AWARD__REVOCATION__STEP__closed]   = "已办结",
};
static const char *const tasks[] = {
    [AWARD__TASK_KIND__NAME__compare_sheets]  = "比对独立评分",
    [AWARD__TASK_KIND__NAME__rank]            = "综合排序",
    [AWARD__TASK_KIND__NAME__deliver_message] = "送达消息",
    [AWARD__TASK_KIND__NAME__write_feedback]  = "撰写反馈报告",
    [AWARD__TASK_KIND__NAME__check_grounds]   = "核对撤销情形",
    [AWARD__TASK_KIND__NAME__draft_papers]    = "起草撤销文书",
};
static const char *const templates[] = {
    [AWARD__TEMPLATE__NAME__alerts]              = "期限提醒",
    [AWARD__TEMPLATE__NAME__application_refused] = "不予受理通知",
    [AWARD__TEMPLATE__NAME__ineligible]          = "不符合条件通知",
    [AWARD__TEMPLATE__NAME__feedback]            = "评审反馈",
    [AWARD__TEMPLATE__NAME__left_selection]      = "退出评选通知",
    [AWARD__TEMPLATE__NAME__objection_answer]    = "异议答复",
    [AWARD__TEMPLATE__NAME__tie_waits]           = "同分待裁定",
    [AWARD__TEMPLATE__NAME__result]              = "评选结果通知",
    [AWARD__TEMPLATE__NAME__incident_due]        = "书面报告通知",
    [AWARD__TEMPLATE__NAME__revocation_papers]   = "撤销文书",
    [AWARD__TEMPLATE__NAME__revoked]             = "撤销通知",
    [AWARD__TEMPLATE__NAME__task_given_up]       = "任务放弃通知",
    [AWARD__TEMPLATE__NAME__late_knowledge]      = "审议后获知的情况",
    [AWARD__TEMPLATE__NAME__digest]              = "每日摘要",
    [AWARD__TEMPLATE__NAME__silence]             = "运行正常通知",
    [AWARD__TEMPLATE__NAME__undeliverable]       = "消息未能送达",
    [AWARD__TEMPLATE__NAME__duty_gap]            = "值班或地址有缺",
    [AWARD__TEMPLATE__NAME__try]                 = "通道测试",
};
static const char *const message_states[] = {
    [AWARD__MESSAGE__STATE__collecting] = "汇集中",
    [AWARD__MESSAGE__STATE__sealed]     = "待送达",
    [AWARD__MESSAGE__STATE__delivered]  = "已送达",
    [AWARD__MESSAGE__STATE__failed]     = "送达失败",
};
static const char *const duties[] = {
    [AWARD__DUTY__KIND__experience]      = "分享经验",
    [AWARD__DUTY__KIND__self_evaluation] = "年度自我评价",
    [AWARD__DUTY__KIND__incident_report] = "书面报告",
};

static const char *const channels[] = {
    [AWARD__CHANNEL__NAME__mail]    = "邮件",
    [AWARD__CHANNEL__NAME__webhook] = "本单位网关",
    [AWARD__CHANNEL__NAME__wecom]   = "企业微信",
    [AWARD__CHANNEL__NAME__spool]   = "打印转交",
};
static const char *const languages[] = {
    [AWARD__LANGUAGE__NAME__zh] = "中文",
    [AWARD__LANGUAGE__NAME__en] = "英文",
};

static const char *const steps[] = {
    [AWARD__TRACE__STEP__WHAT__received]          = "已收到",
    [AWARD__TRACE__STEP__WHAT__decided]           = "已裁决",
    [AWARD__TRACE__STEP__WHAT__journalled]        = "已落盘",
    [AWARD__TRACE__STEP__WHAT__answered]          = "已答复",
    [AWARD__TRACE__STEP__WHAT__recorded]          = "已记录",
    [AWARD__TRACE__STEP__WHAT__fired]             = "自行触发",
    [AWARD__TRACE__STEP__WHAT__waits]             = "等待",
    [AWARD__TRACE__STEP__WHAT__task_queued]       = "任务下达",
    [AWARD__TRACE__STEP__WHAT__task_given]        = "任务交出",
    [AWARD__TRACE__STEP__WHAT__task_returned]     = "任务退回",
    [AWARD__TRACE__STEP__WHAT__task_unanswered]   = "任务逾时收回",
    [AWARD__TRACE__STEP__WHAT__task_failed]       = "任务未成",
    [AWARD__TRACE__STEP__WHAT__task_done]         = "任务完成",
    [AWARD__TRACE__STEP__WHAT__task_given_up]     = "任务放弃",
    [AWARD__TRACE__STEP__WHAT__task_withdrawn]    = "任务撤回",
    [AWARD__TRACE__STEP__WHAT__message_collects]  = "消息汇集",
    [AWARD__TRACE__STEP__WHAT__message_sealed]    = "消息待送",
    [AWARD__TRACE__STEP__WHAT__message_failed]    = "投递未成",
    [AWARD__TRACE__STEP__WHAT__message_delivered] = "已送达",
    [AWARD__TRACE__STEP__WHAT__message_given_up]  = "投递放弃",
    [AWARD__TRACE__STEP__WHAT__message_dropped]   = "消息取消",
    [AWARD__TRACE__STEP__WHAT__deadline_opened]   = "期限起算",
    [AWARD__TRACE__STEP__WHAT__deadline_changed]  = "期限变更",
    [AWARD__TRACE__STEP__WHAT__open]              = "尚未完成",
};

#define WORDS(list) (list), sizeof(list) / sizeof((list)[0])

static const struct words {
    const ProtobufCEnumDescriptor *descriptor;
    const char *const *list;
    size_t count;
} table[] = {
    {&award__honour__kind__descriptor,               WORDS(honours)},
    {&award__material__kind__descriptor,             WORDS(materials)},
    {&award__incident_kind__name__descriptor,        WORDS(incidents)},
    {&award__liability__name__descriptor,            WORDS(liabilities)},
    {&award__level__name__descriptor,                WORDS(levels)},
    {&award__why__counting__unit__descriptor,        WORDS(units)},
    {&award__why__used_day__use__descriptor,         WORDS(uses)},
    {&award__violation__kind__descriptor,            WORDS(violations)},
    {&award__ground__name__descriptor,               WORDS(grounds)},
    {&award__sheet__kind__descriptor,                WORDS(sheets)},
    {&award__objection_decided__finding__descriptor, WORDS(findings)},
    {&award__objection_source__kind__descriptor,     WORDS(sources)},
    {&award__revocation__step__descriptor,           WORDS(revocation_steps)},
    {&award__task_kind__name__descriptor,            WORDS(tasks)},
    {&award__template__name__descriptor,             WORDS(templates)},
    {&award__message__state__descriptor,             WORDS(message_states)},
    {&award__duty__kind__descriptor,                 WORDS(duties)},
    {&award__channel__name__descriptor,              WORDS(channels)},
    {&award__language__name__descriptor,             WORDS(languages)},
    {&award__trace__step__what__descriptor,          WORDS(steps)},
};

const ProtobufCEnumDescriptor *const words_enumerations[] = {
    &award__honour__kind__descriptor,        &award__material__kind__descriptor,
    &award__incident_kind__name__descriptor, &award__liability__name__descriptor,
    &award__level__name__descriptor,         &award__violation__kind__descriptor,
    &award__ground__name__descriptor,        &award__sheet__kind__descriptor,
    &award__objection_decided__finding__descriptor, &award__revocation__step__descriptor,
    &award__deadline__state__descriptor,     &award__task_kind__name__descriptor,
    &award__template__name__descriptor,      &award__message__state__descriptor,
    &award__objection_source__kind__descriptor,
    &award__duty__kind__descriptor,          &award__outcome__name__descriptor,
    &award__stage__name__descriptor,         &award__role__name__descriptor,
    &award__deadline_kind__name__descriptor, &award__why__counting__unit__descriptor,
    &award__why__used_day__use__descriptor,  &award__post__name__descriptor,
    &award__channel__name__descriptor,       &award__language__name__descriptor,
    &award__trace__step__what__descriptor,
    NULL,
};
// clang-format on

// What the rules have words for themselves.
static const char *word_of_rules(const ProtobufCEnumDescriptor *descriptor, int value)
{
    if (descriptor == &award__stage__name__descriptor) {
        return stage_zh((Award__Stage__Name)value);
    }
    if (descriptor == &award__role__name__descriptor) {
        return role_zh((Award__Role__Name)value);
    }
    if (descriptor == &award__post__name__descriptor) {
        return post_zh((Award__Post__Name)value);
    }
    if (descriptor == &award__outcome__name__descriptor) {
        return ctl_outcome_zh((Award__Outcome__Name)value);
    }
    if (descriptor == &award__deadline__state__descriptor) {
        return deadline_state_zh((Award__Deadline__State)value);
    }
    if (descriptor == &award__deadline_kind__name__descriptor) {
        const struct deadline_row *row = deadline_row((Award__DeadlineKind__Name)value);
        return row != NULL ? row->zh : NULL;
    }
    return NULL;
}

const char *word_zh(const ProtobufCEnumDescriptor *descriptor, int value)
{
    if (protobuf_c_enum_descriptor_get_value(descriptor, value) == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (table[i].descriptor == descriptor) {
            return (size_t)value < table[i].count ? table[i].list[value] : NULL;
        }
    }
    return word_of_rules(descriptor, value);
}

const char *word_en(const ProtobufCEnumDescriptor *descriptor, int value)
{
    const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(descriptor, value);
    return found != NULL ? found->name : "?";
}

const char *waits_zh(const char *waits_for)
{
    static const char *const words[][2] = {
        {"countersignature", "待复核"      },
        {"paper_receipt",    "待书面材料"},
        {"application",      "待电子申报"},
    };
    for (size_t i = 0; waits_for != NULL && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i][0], waits_for) == 0) {
            return words[i][1];
        }
    }
    return NULL;
}

// clang-format off
static const char *const authorities[][2] = {
    {"policy",    "办公室规定"},
    {"authority", "权限"},
    {"form",      "格式"},
    {"limit",     "限额"},
    {"order",     "程序先后"},
};
// clang-format on

const char *authority_zh(const char *article)
{
    for (size_t i = 0; i < sizeof(authorities) / sizeof(authorities[0]); i++) {
        if (strcmp(authorities[i][0], article) == 0) {
            return authorities[i][1];
        }
    }
    return NULL;
}
