// events - the table of events: who may send what, on which article, and what decides it
#include "rules/events.h"

#include "rules/decide.h"

#include <assert.h>
#include <string.h>

#define ANYBODY                                                                                    \
    (ROLE(office) | ROLE(district_bureau) | ROLE(review_committee) | ROLE(reviewer) |              \
     ROLE(supervision_committee) | ROLE(selection_committee) | ROLE(government) | ROLE(bureau) |   \
     ROLE(enterprise) | ROLE(administrator))

// clang-format off
static const struct event_row table[EVENT_NUMBERS] = {
    // event, its name, article, from, needs, countersigned by, moves no version of a case, decided by
    // Setting up
    [AWARD__EVENT__BODY_PRINCIPAL_ENROLLED] = {"人员登记", "policy", ROLE(administrator), "name role", ROLE(supervision_committee), true, decide_principal_enrolled},
    [AWARD__EVENT__BODY_PRINCIPAL_CHANGED] = {"人员变更", "policy", ROLE(administrator), "name", ROLE(supervision_committee), true, decide_principal_changed},
    [AWARD__EVENT__BODY_KEY_ENROLLED] = {"密钥登记", "policy", ROLE(administrator), "name public_key", ROLE(supervision_committee), true, decide_key_enrolled},
    [AWARD__EVENT__BODY_KEY_REVOKED] = {"密钥吊销", "policy", ROLE(administrator), "public_key reason", 0, true, decide_key_revoked},
    [AWARD__EVENT__BODY_COUNTERSIGNED] = {"复核同意", "policy", ROLE(supervision_committee), "event", 0, true, decide_countersigned},
    [AWARD__EVENT__BODY_COUNTERSIGN_DECLINED] = {"复核不同意", "policy", ROLE(supervision_committee), "event reason", 0, true, decide_countersign_declined},
    [AWARD__EVENT__BODY_RULEBOOK_LOADED] = {"细则参数载入", "23", ROLE(office), "text digest", 0, true, decide_rulebook_loaded},
    [AWARD__EVENT__BODY_ALERT_POLICY_LOADED] = {"提醒规则载入", "policy", ROLE(office), "text digest", 0, true, decide_alert_policy_loaded},
    [AWARD__EVENT__BODY_CALENDAR_LOADED] = {"节假日载入", "policy", ROLE(office), "year exceptions source", 0, true, decide_calendar_loaded},
    [AWARD__EVENT__BODY_CLOCK_SET] = {"设定时钟", "policy", ROLE(administrator), "moment", 0, true, decide_clock_set},
    [AWARD__EVENT__BODY_ENTERPRISE_REGISTERED] = {"企业登记", "2", ROLE(office) | ROLE(district_bureau) | ROLE(enterprise), "enterprise name region district industry legal_person operating_since", 0, false, decide_enterprise_registered},
    [AWARD__EVENT__BODY_ENTERPRISE_CHANGED] = {"企业变更", "2", ROLE(office) | ROLE(district_bureau) | ROLE(enterprise), "enterprise", 0, false, decide_enterprise_changed},
    [AWARD__EVENT__BODY_PREDECESSOR_LINKED] = {"企业承继", "policy", ROLE(office), "enterprise predecessor how proof", 0, false, decide_predecessor_linked},
    [AWARD__EVENT__BODY_EARLIER_RECORD] = {"既往记录", "12", ROLE(office), "enterprise on proof", 0, false, decide_earlier_record},
    [AWARD__EVENT__BODY_SAMPLING_RECORDED] = {"监督抽查结果", "11(4)", ROLE(office) | ROLE(bureau), "incident enterprise on serious level", 0, false, decide_sampling_recorded},
    [AWARD__EVENT__BODY_ACCIDENT_RECORDED] = {"事故记录", "11(4)", ROLE(office) | ROLE(bureau), "incident enterprise kind on liable", 0, false, decide_accident_recorded},
    [AWARD__EVENT__BODY_LIABILITY_ESTABLISHED] = {"事故责任认定", "11(4)", ROLE(office) | ROLE(bureau), "incident liable proof", 0, false, decide_liability_established},
    [AWARD__EVENT__BODY_VIOLATION_CONFIRMED] = {"违规认定", "12(2)", ROLE(office), "case kind proof", 0, false, decide_violation_confirmed},
    [AWARD__EVENT__BODY_REVIEWER_ADDED] = {"评审员入库", "8", ROLE(office), "person industries employer", 0, true, decide_reviewer_added},
    [AWARD__EVENT__BODY_REVIEWER_REMOVED] = {"评审员出库", "8", ROLE(office), "person reason", 0, true, decide_reviewer_removed},
    [AWARD__EVENT__BODY_REVIEWER_CHANGED] = {"评审员变更", "8", ROLE(office), "person industries employer", 0, true, decide_reviewer_changed},
    [AWARD__EVENT__BODY_DUTY_CHANGED] = {"值班变更", "policy", ROLE(office), "person from", 0, true, decide_duty_changed},
    [AWARD__EVENT__BODY_ABSENCE_RECORDED] = {"请假登记", "policy", ANYBODY, "from", 0, true, decide_absence_recorded},
    [AWARD__EVENT__BODY_ADDRESS_CHANGED] = {"联系方式变更", "policy", ANYBODY, "", 0, true, decide_address_changed},

    // A cycle opens, enterprises apply
    [AWARD__EVENT__BODY_CYCLE_OPENED] = {"发布申报通知", "16(1)", ROLE(office), "cycle notice closing units chair", 0, false, decide_cycle_opened},
    [AWARD__EVENT__BODY_CYCLE_CHANGED] = {"变更评选安排", "policy", ROLE(office), "cycle reason", 0, false, decide_cycle_changed},
    [AWARD__EVENT__BODY_APPLICATION_SUBMITTED] = {"企业申报", "16(2)", ROLE(enterprise) | ROLE(office), "cycle enterprise materials", 0, false, decide_application_submitted},
    [AWARD__EVENT__BODY_PAPER_RECEIVED] = {"收到书面材料", "16(2)", ROLE(office), "cycle enterprise received", 0, false, decide_paper_received},
    [AWARD__EVENT__BODY_MATERIAL_SUPPLEMENTED] = {"补充材料", "policy", ROLE(enterprise) | ROLE(office), "case material reason", 0, false, decide_material_supplemented},
    [AWARD__EVENT__BODY_CONDITIONS_VERIFIED] = {"核实申报条件", "10(2)", ROLE(district_bureau), "case findings", 0, false, decide_conditions_verified},
    [AWARD__EVENT__BODY_RECOMMENDATION_GIVEN] = {"签署推荐意见", "13(1)", ROLE(office), "case by in_favour received", 0, false, decide_recommendation_given},
    [AWARD__EVENT__BODY_APPLICATION_ACCEPTED] = {"受理申报", "6(3)", ROLE(office), "case", 0, false, decide_application_accepted},
    [AWARD__EVENT__BODY_APPLICATION_WITHDRAWN] = {"撤回申报", "policy", ROLE(enterprise) | ROLE(office), "case reason", 0, false, decide_application_withdrawn},

    // Review
    [AWARD__EVENT__BODY_DRAW_ANNOUNCED] = {"公告抽取", "8", ROLE(office) | ROLE(review_committee), "cycle source on teams", 0, true, decide_draw_announced},
    [AWARD__EVENT__BODY_TEAM_DRAWN] = {"组建评审组", "8", ROLE(office) | ROLE(review_committee), "cycle teams", 0, false, decide_team_drawn},
    [AWARD__EVENT__BODY_MEMBER_REPLACED] = {"更换评审员", "policy", ROLE(office), "team person by reason", 0, false, decide_member_replaced},
    [AWARD__EVENT__BODY_CONFLICT_DECLARED] = {"申报回避", "policy", ROLE(reviewer) | ROLE(office), "team person reason", 0, false, decide_conflict_declared},
    [AWARD__EVENT__BODY_CONFIDENTIALITY_DECLARED] = {"保密承诺", "8(2).3", ROLE(reviewer), "team", 0, false, decide_confidentiality_declared},
    [AWARD__EVENT__BODY_PLAN_SUBMITTED] = {"提交评审计划", "8(1).1", ROLE(reviewer), "team steps", 0, false, decide_plan_submitted},
    [AWARD__EVENT__BODY_PLAN_APPROVED] = {"审核评审计划", "8(1).1", ROLE(review_committee), "team", 0, false, decide_plan_approved},
    [AWARD__EVENT__BODY_INDEPENDENT_SHEET] = {"独立评审评分", "16(3)", ROLE(reviewer), "case scores", 0, false, decide_independent_sheet},
    [AWARD__EVENT__BODY_CONSENSUS_SHEET] = {"合议评审评分", "16(3)", ROLE(reviewer), "case scores report", 0, false, decide_consensus_sheet},
    [AWARD__EVENT__BODY_SHEETS_COMPARED] = {"独立评分比对", "16(3)", ROLE(worker_scoring), "case totals", 0, true, decide_sheets_compared},
    [AWARD__EVENT__BODY_FEEDBACK_SENT] = {"反馈评审报告", "16(3)", ROLE(worker_notification), "case digest", 0, true, decide_feedback_sent},
    [AWARD__EVENT__BODY_DEFENCE_SCHEDULED] = {"安排答辩", "16(4)", ROLE(office), "case when panel advisors", 0, false, decide_defence_scheduled},
    [AWARD__EVENT__BODY_DEFENCE_OPENED] = {"答辩开始", "16(4)", ROLE(office), "case on defender principal_in_charge", 0, false, decide_defence_opened},
    [AWARD__EVENT__BODY_DEFENCE_SCORE] = {"答辩评分", "16(4).4", ROLE(reviewer), "case points", 0, false, decide_defence_score},
    [AWARD__EVENT__BODY_DEFENCE_CLOSED] = {"答辩结束", "16(4).4", ROLE(office), "case", 0, false, decide_defence_closed},
    [AWARD__EVENT__BODY_VISIT_SCHEDULED] = {"安排现场评审", "16(5).1", ROLE(office) | ROLE(reviewer), "case first last", 0, false, decide_visit_scheduled},
    [AWARD__EVENT__BODY_VISIT_OPENED] = {"现场评审开始", "16(5).2", ROLE(office) | ROLE(reviewer), "case on", 0, false, decide_visit_opened},
    [AWARD__EVENT__BODY_VISIT_SHEET] = {"现场评审评分", "16(5).2", ROLE(reviewer), "case scores days report", 0, false, decide_visit_sheet},
    [AWARD__EVENT__BODY_HALTED] = {"停止现场评审", "16(5).3", ROLE(reviewer), "case ground", 0, false, decide_halted},
    [AWARD__EVENT__BODY_HALT_DECIDED] = {"核实停止事由", "16(5).3", ROLE(office), "case finding reason", 0, false, decide_halt_decided},
    [AWARD__EVENT__BODY_NOT_HELD] = {"未能举行", "policy", ROLE(office), "case what", 0, false, decide_not_held},
    [AWARD__EVENT__BODY_LEADERS_MEETING] = {"评审组长会议", "16(5).4", ROLE(office) | ROLE(review_committee), "cycle cases on", 0, false, decide_leaders_meeting},

    // Selecting
    [AWARD__EVENT__BODY_REVIEW_REPORTED] = {"报告评审结果", "7(3)", ROLE(review_committee) | ROLE(office), "cycle from to digest", 0, false, decide_review_reported},
    [AWARD__EVENT__BODY_SELECTION_STARTED] = {"启动综合评选", "16(6)", ROLE(office), "cycle", 0, false, decide_selection_started},
    [AWARD__EVENT__BODY_RANKING_COMPUTED] = {"综合得分排序", "16(6).2", ROLE(worker_scoring), "cycle pools", 0, false, decide_ranking_computed},
    [AWARD__EVENT__BODY_TIE_DECIDED] = {"同分裁定", "policy", ROLE(office), "cycle pool order reason", 0, false, decide_tie_decided},
    [AWARD__EVENT__BODY_PUBLICITY_STARTED] = {"社会公示", "16(7)", ROLE(office), "cycle media stated_first stated_last", 0, false, decide_publicity_started},
    [AWARD__EVENT__BODY_PUBLICITY_EXTENDED] = {"延长公示", "policy", ROLE(office), "cycle last reason", 0, false, decide_publicity_extended},
    [AWARD__EVENT__BODY_OBJECTION_FILED] = {"提出异议", "16(7).3", ROLE(public) | ROLE(office), "objection case text", 0, false, decide_objection_filed},
    [AWARD__EVENT__BODY_COMPLAINT_FILED] = {"提出投诉举报", "6(4)", ROLE(public) | ROLE(office), "objection case text", 0, false, decide_complaint_filed},
    [AWARD__EVENT__BODY_COMPLAINT_LINKED] = {"关联投诉举报", "policy", ROLE(office), "objection reason", 0, false, decide_complaint_linked},
    [AWARD__EVENT__BODY_OBJECTION_DECIDED] = {"异议处理决定", "16(7).3", ROLE(office), "objection finding report", 0, false, decide_objection_decided},
    [AWARD__EVENT__BODY_DELIBERATION_HELD] = {"评选委员会审议", "16(8)", ROLE(office), "cycle meeting on presiding present", 0, false, decide_deliberation_held},
    [AWARD__EVENT__BODY_GOVERNMENT_DECIDED] = {"政府审批", "16(9)", ROLE(government) | ROLE(office), "cycle on decisions", 0, false, decide_government_decided},
    [AWARD__EVENT__BODY_MAYOR_SIGNED] = {"政府首长签署", "16(9)", ROLE(government) | ROLE(office), "cycle on", 0, false, decide_mayor_signed},
    [AWARD__EVENT__BODY_RESULT_PUBLISHED] = {"公布结果", "16(9)", ROLE(government) | ROLE(office), "cycle number on", 0, false, decide_result_published},
    [AWARD__EVENT__BODY_CONFERRAL_HELD] = {"颁奖表彰", "16(10)", ROLE(office), "cycle on given", 0, false, decide_conferral_held},
    [AWARD__EVENT__BODY_CYCLE_CLOSED] = {"评选结束", "5", ROLE(office), "cycle", 0, false, decide_cycle_closed},

    // Afterwards
    [AWARD__EVENT__BODY_EXPERIENCE_SHARED] = {"分享经验", "17", ROLE(enterprise) | ROLE(office), "case digest", 0, false, decide_experience_shared},
    [AWARD__EVENT__BODY_SELF_EVALUATION_SUBMITTED] = {"提交自我评价", "18", ROLE(enterprise) | ROLE(office), "case year digest", 0, false, decide_self_evaluation_submitted},
    [AWARD__EVENT__BODY_INCIDENT_REPORTED_BY_LAUREATE] = {"获奖企业报告", "19", ROLE(enterprise) | ROLE(bureau), "incident case kind on digest", 0, false, decide_incident_reported_by_laureate},
    [AWARD__EVENT__BODY_INCIDENT_RECORDED] = {"获奖企业事件记录", "19", ROLE(bureau), "incident case kind on", 0, false, decide_incident_recorded},
    [AWARD__EVENT__BODY_GROUNDS_CHECKED] = {"核对撤销情形", "20", ROLE(worker_revocation), "case incident", 0, true, decide_grounds_checked},
    [AWARD__EVENT__BODY_PAPERS_DRAFTED] = {"起草撤销文书", "20", ROLE(worker_revocation), "case revocation papers digest", 0, true, decide_papers_drafted},
    [AWARD__EVENT__BODY_REVOCATION_OPENED] = {"启动撤销", "20", ROLE(bureau), "case revocation ground", 0, false, decide_revocation_opened},
    [AWARD__EVENT__BODY_REVOCATION_VERIFIED] = {"核实撤销情形", "20", ROLE(bureau), "revocation report", 0, false, decide_revocation_verified},
    [AWARD__EVENT__BODY_REVOCATION_DECIDED] = {"撤销审批", "20", ROLE(government) | ROLE(office), "revocation approved on", 0, false, decide_revocation_decided},
    [AWARD__EVENT__BODY_MEDAL_RETURNED] = {"收回奖章", "20", ROLE(bureau), "case on", 0, false, decide_medal_returned},
    [AWARD__EVENT__BODY_CERTIFICATE_RETURNED] = {"收回证书", "20", ROLE(bureau), "case on", 0, false, decide_certificate_returned},
    [AWARD__EVENT__BODY_PRIZE_RETURNED] = {"追回奖金", "20", ROLE(bureau), "case on", 0, false, decide_prize_returned},
    [AWARD__EVENT__BODY_REVOCATION_PUBLISHED] = {"公布撤销", "20", ROLE(bureau), "case on media", 0, false, decide_revocation_published},
    [AWARD__EVENT__BODY_ACCOUNTABILITY_RECORDED] = {"问责记录", "22", ROLE(office) | ROLE(supervision_committee), "whom what measure authority", 0, true, decide_accountability_recorded},

    // Around it
    [AWARD__EVENT__BODY_SUPERVISION_FINDING] = {"监督情况", "9", ROLE(supervision_committee), "concerns text", 0, true, decide_supervision_finding},
    [AWARD__EVENT__BODY_SUGGESTION] = {"改进建议", "9(3)", ROLE(supervision_committee) | ROLE(review_committee), "concerns text", 0, true, decide_suggestion},
    [AWARD__EVENT__BODY_ALERT_ACKNOWLEDGED] = {"确认提醒", "policy", ANYBODY, "alert", 0, true, decide_alert_acknowledged},
    [AWARD__EVENT__BODY_ALERT_SNOOZED] = {"推迟提醒", "policy", ANYBODY, "alert until reason", 0, true, decide_alert_snoozed},
    [AWARD__EVENT__BODY_ALERT_ASSIGNED] = {"移交提醒", "policy", ANYBODY, "alert to reason", 0, true, decide_alert_assigned},
    [AWARD__EVENT__BODY_MESSAGE_TRIED] = {"测试通道", "policy", ROLE(office) | ROLE(administrator), "person channel", 0, true, decide_message_tried},
    [AWARD__EVENT__BODY_MESSAGE_DELIVERED] = {"送达", "policy", ROLE(worker_notification), "message channel", 0, true, decide_message_delivered},
    [AWARD__EVENT__BODY_MESSAGE_FAILED] = {"送达失败", "policy", ROLE(worker_notification), "message channel reply", 0, true, decide_message_failed},
    [AWARD__EVENT__BODY_TASK_FAILED] = {"任务失败", "policy", WORKERS, "reason", 0, true, decide_task_failed},
    [AWARD__EVENT__BODY_CORRECTION] = {"更正记录", "policy", ANYBODY, "event content reason", ROLE(supervision_committee), true, decide_correction},
    [AWARD__EVENT__BODY_DEADLINE_SUSPENDED] = {"中止期限", "policy", ROLE(office), "deadline reason article", 0, true, decide_deadline_suspended},
    [AWARD__EVENT__BODY_DEADLINE_RESUMED] = {"恢复期限", "policy", ROLE(office), "deadline reason article", 0, true, decide_deadline_resumed},
    [AWARD__EVENT__BODY_DEADLINE_EXTENDED] = {"延长期限", "policy", ROLE(office), "deadline last reason article", 0, true, decide_deadline_extended},

    // The coordinator's own
    [AWARD__EVENT__BODY_DATABASE_CREATED] = {"建立数据库", "policy", ROLE(coordinator), "genesis", 0, true, decide_database_created},
    [AWARD__EVENT__BODY_STARTED] = {"启动", "policy", ROLE(coordinator), "version", 0, true, decide_started},
    [AWARD__EVENT__BODY_STOPPED] = {"停止", "policy", ROLE(coordinator), "version", 0, true, decide_stopped},
    [AWARD__EVENT__BODY_DEADLINE_DUE] = {"期限届满", "policy", ROLE(coordinator), "deadline", 0, true, decide_deadline_due},
    [AWARD__EVENT__BODY_ALERT_DUE] = {"提醒到时", "policy", ROLE(coordinator), "deadline", 0, true, decide_alert_due},
    [AWARD__EVENT__BODY_MESSAGE_SEALED] = {"消息封存", "policy", ROLE(coordinator), "message", 0, true, decide_message_sealed},
    [AWARD__EVENT__BODY_SELF_EVALUATION_YEAR_BEGAN] = {"自我评价年度开始", "18", ROLE(coordinator), "case year", 0, true, decide_self_evaluation_year_began},
    [AWARD__EVENT__BODY_DEADLINES_RECOMPUTED] = {"期限重新计算", "policy", ROLE(coordinator), "due", 0, true, decide_deadlines_recomputed},
    [AWARD__EVENT__BODY_SNOOZE_ENDED] = {"推迟期满", "policy", ROLE(coordinator), "alert until", 0, true, decide_snooze_ended},
    [AWARD__EVENT__BODY_ESCALATION_DUE] = {"逐级上报到时", "policy", ROLE(coordinator), "deadline", 0, true, decide_escalation_due},
    [AWARD__EVENT__BODY_DATABASE_RESTORED] = {"从备份恢复", "policy", ROLE(coordinator), "epoch entry", 0, true, decide_database_restored},
    [AWARD__EVENT__BODY_MORNING_CAME] = {"每日摘要到时", "policy", ROLE(coordinator), "due", 0, true, decide_morning_came},
};
// clang-format on

const struct event_row *event_row(Award__Event__BodyCase number)
{
    unsigned index = (unsigned)number;
    return index < EVENT_NUMBERS && table[index].decide != NULL ? &table[index] : NULL;
}

const char *event_name(Award__Event__BodyCase number)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(&award__event__descriptor, (unsigned)number);
    return field != NULL ? field->name : NULL;
}

Award__Event__BodyCase event_number(const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(&award__event__descriptor, name);
    if (field == NULL || event_row((Award__Event__BodyCase)field->id) == NULL) {
        return AWARD__EVENT__BODY__NOT_SET;
    }
    return (Award__Event__BodyCase)field->id;
}

static const char *enum_name(const ProtobufCEnumDescriptor *descriptor, int value)
{
    const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(descriptor, value);
    return found != NULL ? found->name : "?";
}

const char *role_name(Award__Role__Name role)
{
    return enum_name(&award__role__name__descriptor, (int)role);
}

const char *post_name(Award__Post__Name post)
{
    return enum_name(&award__post__name__descriptor, (int)post);
}

const char *stage_name(Award__Stage__Name stage)
{
    return enum_name(&award__stage__name__descriptor, (int)stage);
}

// clang-format off
static const char *const role_texts[] = {
    [AWARD__ROLE__NAME__office]                = "评选委员会办公室",
    [AWARD__ROLE__NAME__district_bureau]       = "区县主管局",
    [AWARD__ROLE__NAME__review_committee]      = "评审委员会",
    [AWARD__ROLE__NAME__reviewer]              = "评审员",
    [AWARD__ROLE__NAME__supervision_committee] = "评审监督委员会",
    [AWARD__ROLE__NAME__selection_committee]   = "评选委员会",
    [AWARD__ROLE__NAME__government]            = "政府",
    [AWARD__ROLE__NAME__bureau]                = "主管局",
    [AWARD__ROLE__NAME__enterprise]            = "企业",
    [AWARD__ROLE__NAME__public]                = "公众",
    [AWARD__ROLE__NAME__administrator]         = "管理员",
    [AWARD__ROLE__NAME__worker_scoring]        = "评分程序",
    [AWARD__ROLE__NAME__worker_notification]   = "通知程序",
    [AWARD__ROLE__NAME__worker_revocation]     = "撤销程序",
    [AWARD__ROLE__NAME__coordinator]           = "系统",
};

static const char *const post_texts[] = {
    [AWARD__POST__NAME__clerk]        = "经办人",
    [AWARD__POST__NAME__section_head] = "科长",
    [AWARD__POST__NAME__director]     = "主任",
};

static const char *const stage_texts[] = {
    [AWARD__STAGE__NAME__applied]                   = "已申报",
    [AWARD__STAGE__NAME__refused]                   = "不予受理",
    [AWARD__STAGE__NAME__ineligible]                = "不符合条件",
    [AWARD__STAGE__NAME__verified]                  = "条件已核实",
    [AWARD__STAGE__NAME__recommended]               = "已推荐",
    [AWARD__STAGE__NAME__accepted]                  = "已受理",
    [AWARD__STAGE__NAME__document_passed]           = "资料评审通过",
    [AWARD__STAGE__NAME__document_out]              = "资料评审未通过",
    [AWARD__STAGE__NAME__site_visit]                = "现场评审中",
    [AWARD__STAGE__NAME__halted]                    = "现场评审停止",
    [AWARD__STAGE__NAME__site_done]                 = "现场评审结束",
    [AWARD__STAGE__NAME__site_out]                  = "现场评审未通过",
    [AWARD__STAGE__NAME__final]                     = "综合评选",
    [AWARD__STAGE__NAME__not_selected]              = "未入选",
    [AWARD__STAGE__NAME__candidate]                 = "拟奖候选",
    [AWARD__STAGE__NAME__publicity]                 = "公示中",
    [AWARD__STAGE__NAME__deliberated]               = "已审议",
    [AWARD__STAGE__NAME__not_recommended]           = "审议未通过",
    [AWARD__STAGE__NAME__recommended_to_government] = "已报政府",
    [AWARD__STAGE__NAME__not_approved]              = "审批未通过",
    [AWARD__STAGE__NAME__approved]                  = "已批准",
    [AWARD__STAGE__NAME__signed]                    = "已签署",
    [AWARD__STAGE__NAME__honoured]                  = "已获奖",
    [AWARD__STAGE__NAME__conferred]                 = "已颁奖",
    [AWARD__STAGE__NAME__disqualified]              = "取消资格",
    [AWARD__STAGE__NAME__withdrawn]                 = "已撤回",
    [AWARD__STAGE__NAME__revoked]                   = "已撤销",
    [AWARD__STAGE__NAME__revocation_closed]         = "撤销办结",
};
// clang-format on

const char *role_zh(Award__Role__Name role)
{
    assert((size_t)role < sizeof(role_texts) / sizeof(role_texts[0]));
    return role_texts[role] != NULL ? role_texts[role] : "";
}

const char *post_zh(Award__Post__Name post)
{
    assert((size_t)post < sizeof(post_texts) / sizeof(post_texts[0]));
    return post_texts[post] != NULL ? post_texts[post] : "";
}

const char *stage_zh(Award__Stage__Name stage)
{
    assert((size_t)stage < sizeof(stage_texts) / sizeof(stage_texts[0]));
    return stage_texts[stage] != NULL ? stage_texts[stage] : "";
}
