// templates - the wording of every message
//
// 本文件是各类通知的文字，不懂程序的人也可以修改：引号内为文字，\n 换行；花括号中的名称由程序填写，
// 填不出的显示“—”。以 _zh、_en 结尾的是代码的中英文说法（见 words.c）。
// Between quotes stands the wording, \n ends a line; the words between braces are filled in by the
// program, and one that it does not know shows as "—". Names that end in _zh and _en are the words
// for a code (words.c). Every message knows {city}, {case}, {recipient} and {message}.
#include "workers/notification/templates.h"

#include <stddef.h>

// clang-format off
static const struct template templates[] = {
    // items_zh, items_en: one line per deadline
    [AWARD__TEMPLATE__NAME__alerts] = {
        .subject_zh = "期限提醒：{count} 项",
        .subject_en = "Deadlines: {count}",
        .body_zh =
            "以下期限需要您办理或关注：\n\n{items_zh}\n"
            "办妥之后提醒自动停止；只表示已阅：awardctl alerts\n",
        .body_en =
            "These deadlines need your attention:\n\n{items_en}\n"
            "What is done is no longer reminded of; to say that you have seen it: awardctl alerts\n",
    },

    // enterprise cycle case reasons reasons_en first_day
    [AWARD__TEMPLATE__NAME__application_refused] = {
        .subject_zh = "申报未予受理：{case}",
        .subject_en = "Application refused: {case}",
        .body_zh =
            "{enterprise}：\n\n"
            "你单位在 {cycle} 年度的申报（案件 {case}）未予受理，理由如下：\n\n{reasons}\n\n"
            "可再次申报的最早日期：{first_day}（“—”表示理由不以日期计；消除后，截止之前可重新申报）。\n"
            "查看案件：awardctl case show {case}\n",
        .body_en =
            "To {enterprise}:\n\n"
            "Your application in the cycle {cycle} (case {case}) was refused for these reasons:\n\n{reasons_en}\n\n"
            "First day to apply again: {first_day} (a dash: the reasons end on no date; once they are\n"
            "removed you may apply again until closing).\n"
            "To see the case: awardctl case show {case}\n",
    },

    // enterprise cycle case reasons reasons_en first_day
    [AWARD__TEMPLATE__NAME__ineligible] = {
        .subject_zh = "不符合申报条件：{case}",
        .subject_en = "Not eligible: {case}",
        .body_zh =
            "{enterprise}：\n\n"
            "经核查，你单位在 {cycle} 年度的申报（案件 {case}）不符合条件，理由如下：\n\n{reasons}\n\n"
            "可再次申报的最早日期：{first_day}（“—”表示理由不以日期计）。\n"
            "查看案件：awardctl case show {case}\n",
        .body_en =
            "To {enterprise}:\n\n"
            "Your application in the cycle {cycle} (case {case}) was found not to meet the conditions:\n\n{reasons_en}\n\n"
            "First day to apply again: {first_day} (a dash: the reasons end on no date).\n"
            "To see the case: awardctl case show {case}\n",
    },

    // enterprise cycle case stage_zh stage_en report_zh report_en
    [AWARD__TEMPLATE__NAME__feedback] = {
        .subject_zh = "评审反馈报告：{case}",
        .subject_en = "Feedback report: {case}",
        .body_zh = "{report_zh}",
        .body_en = "{report_en}",
    },

    // stage article reason reason_en
    [AWARD__TEMPLATE__NAME__left_selection] = {
        .subject_zh = "评选结果通知：{case} {stage_zh}",
        .subject_en = "Case {case}: {stage_en}",
        .body_zh =
            "贵单位的案件 {case} 已离开本次评选：{stage_zh}（依据 {article}）。\n"
            "理由：{reason}\n"
            "查看案件：awardctl case show {case}\n",
        .body_en =
            "Your case {case} has left the selection: {stage_en} (by {article}).\n"
            "Reason: {reason_en}\n"
            "To see the case: awardctl case show {case}\n",
    },

    // objection matter basis finding report
    [AWARD__TEMPLATE__NAME__objection_answer] = {
        .subject_zh = "{matter_zh} {objection} 的处理结果：{finding_zh}",
        .subject_en = "{matter_en} {objection}: {finding_en}",
        .body_zh =
            "关于案件 {case} 的{matter_zh} {objection}，经调查核实，结论为：{finding_zh}（{basis_zh}）。\n"
            "调查报告：{report}\n"
            "感谢您对评选工作的监督。\n",
        .body_en =
            "{matter_en} {objection} about case {case} was investigated and found {finding_en} ({basis_en}).\n"
            "Report: {report}\n"
            "Thank you for watching over the selection.\n",
    },

    // cycle pool pool_zh pool_en cases category_zh category_en
    [AWARD__TEMPLATE__NAME__tie_waits] = {
        .subject_zh = "{cycle} 年度综合评选等待同分裁定：{pool_zh}",
        .subject_en = "The selection of {cycle} waits for a tie: {pool_en}",
        .body_zh =
            "{cycle} 年度{pool_zh}的入围名额线上综合得分相同：{cases}。\n"
            "裁定并说明理由之前，综合评选不再继续（决定 8）。建议依次比较现场得分、资料得分、{category_zh}得分。\n"
            "查看排名：awardctl ranking {cycle}\n"
            "裁定：awardctl send tie_decided cycle={cycle} pool={pool}\n",
        .body_en =
            "In the cycle {cycle} these cases have equal composite scores across the last place ({pool_en}): {cases}.\n"
            "The selection waits until the office has decided their order, with its reason (decision 8). Suggested:\n"
            "by site score, document score, {category_en}.\n"
            "To see the ranking: awardctl ranking {cycle}\n"
            "To decide: awardctl send tie_decided cycle={cycle} pool={pool}\n",
    },

    // cycle honour honour_zh honour_en number published_on report_zh report_en yearly
    [AWARD__TEMPLATE__NAME__result] = {
        .subject_zh = "获奖通知：{honour_zh}（{cycle}）",
        .subject_en = "You have received the honour: {honour_en} ({cycle})",
        .body_zh =
            "祝贺贵单位获得 {cycle} 年度{honour_zh}（案件 {case}），公布文号 {number}，公布日期 {published_on}。\n"
            "获奖后请：总结并分享经验（第十七条）；每年 {yearly} 前提交自我评价报告（第十八条）；发生重大质量、环境、\n"
            "安全事故或监督抽查不合格的，{report_zh}内书面报告（第十九条）。\n"
            "查看各项期限：awardctl deadlines\n",
        .body_en =
            "Congratulations on the {honour_en} of the cycle {cycle} (case {case}), published on {published_on}\n"
            "under number {number}. From now on: share your experience (17); hand in a self-evaluation by {yearly} of\n"
            "each year (18); report a major quality, environment or safety accident, or a failed supervision\n"
            "sampling, in writing within {report_en} (19).\n"
            "To see your deadlines: awardctl deadlines\n",
    },

    // incident on last period_zh period_en
    [AWARD__TEMPLATE__NAME__incident_due] = {
        .subject_zh = "须于 {last} 前书面报告事件 {incident}",
        .subject_en = "Report on incident {incident} due by {last}",
        .body_zh =
            "{on} 的事件 {incident} 已记录在案（案件 {case}）。按第十九条，贵单位须在{period_zh}内书面报告，\n"
            "最后一日为 {last}（当日 24:00 前收到为按期）。\n"
            "报告：awardctl send incident_reported_by_laureate case={case} incident={incident}\n",
        .body_en =
            "The incident {incident} of {on} is on record (case {case}). By Article 19 a written report is due within\n"
            "{period_en}; the last day is {last} (in time until 24:00).\n"
            "To report: awardctl send incident_reported_by_laureate case={case} incident={incident}\n",
    },

    // revocation ground papers text digest
    [AWARD__TEMPLATE__NAME__revocation_papers] = {
        .subject_zh = "撤销文书草稿：{revocation}",
        .subject_en = "Drafts for the revocation {revocation}",
        .body_zh =
            "案件 {case} 的撤销 {revocation}（依据 {ground}）有文书草稿：{papers_zh}。请核改、用印后发出。\n"
            "原文 SHA-256：{digest}\n\n"
            "{text}\n",
        .body_en =
            "There are drafts for the revocation {revocation} of case {case} (by {ground}): {papers_en}. Their text\n"
            "stands above, Chinese first; please edit, seal and send them. SHA-256: {digest}\n",
    },

    // revocation ground ground_zh on return_zh return_en
    [AWARD__TEMPLATE__NAME__revoked] = {
        .subject_zh = "荣誉已撤销：{case}",
        .subject_en = "Honour revoked: {case}",
        .body_zh =
            "因{ground_zh}（{ground}），经批准，贵单位在案件 {case} 中所获荣誉自 {on} 起撤销（撤销 {revocation}）。\n"
            "请交回{return_zh}（第二十条）；何时可再次申报见：awardctl case show {case}\n",
        .body_en =
            "By {ground} ({ground_en}) the honour of case {case} is revoked from {on} on (revocation {revocation}).\n"
            "Please return {return_en} (20). When you may apply again: awardctl case show {case}\n",
    },

    // task reason
    [AWARD__TEMPLATE__NAME__task_given_up] = {
        .subject_zh = "任务多次失败，已停止：{task}",
        .subject_en = "A task was given up: {task}",
        .body_zh =
            "任务 {task} 多次失败，不再自动重试。最近一次的原因：{reason}\n"
            "请管理员排除原因；查看情况：awardctl today\n",
        .body_en =
            "The task {task} has failed too often and is no longer tried. The last reason: {reason}\n"
            "An administrator should remove the cause; to see what waits: awardctl today\n",
    },

    // case cycle what, and of what it is: incident, or objection text
    [AWARD__TEMPLATE__NAME__late_knowledge] = {
        .subject_zh = "审议之后新获知情况：{case} {what_zh}",
        .subject_en = "Known after the deliberation: {case}, {what_en}",
        .body_zh =
            "{cycle} 年度案件 {case} 在审议之后新获知：{what_zh}。\n"
            "事件：{incident}；异议：{objection}；内容：{text}\n"
            "审议之后不再自动复查，请在审批时考虑。查看案件：awardctl case show {case}\n",
        .body_en =
            "About case {case} of the cycle {cycle} it became known after the deliberation: {what_en}.\n"
            "Incident: {incident}; objection: {objection}; text: {text}\n"
            "Nothing is tested again by itself after the deliberation; the government should know before it\n"
            "decides. To see the case: awardctl case show {case}\n",
    },

    // undelivered person channel reply
    [AWARD__TEMPLATE__NAME__undeliverable] = {
        .subject_zh = "消息未能送达：{person}",
        .subject_en = "A message was not delivered: {person}",
        .body_zh =
            "给 {person} 的消息 {undelivered}（渠道：{channel_zh}）多次投递未成，或被服务器拒收，不再重试。\n"
            "最近一次的答复：{reply}\n"
            "请更正地址或通道的配置，并另行通知收件人。未送达的全部消息：awardctl alerts --undelivered\n",
        .body_en =
            "The message {undelivered} to {person} by {channel_en} was refused, or failed too often, and is given up.\n"
            "The last reply: {reply}\n"
            "Please correct the address or the channel, and tell the recipient in another way. All that was\n"
            "not delivered: awardctl alerts --undelivered\n",
    },

    // reason reason_en
    [AWARD__TEMPLATE__NAME__duty_gap] = {
        .subject_zh = "值班或联系方式有缺",
        .subject_en = "Nobody on duty, or no address",
        .body_zh =
            "{reason}\n"
            "核对值班和地址：awardctl check\n",
        .body_en =
            "{reason_en}\n"
            "To check roster and addresses: awardctl check\n",
    },

    // checked alerts acknowledged undelivered next next_deadline
    [AWARD__TEMPLATE__NAME__silence] = {
        .subject_zh = "运行正常：核对期限 {checked} 项",
        .subject_en = "All is well: {checked} deadlines checked",
        .body_zh =
            "已核对期限 {checked} 项；自上次以来发出提醒 {alerts} 条，已确认 {acknowledged} 条，未送达消息 {undelivered} 条。\n"
            "下一个到期日：{next}（{next_deadline}）。\n"
            "哪天早上没有收到这封信，请检查系统：awardctl status\n",
        .body_en =
            "{checked} deadlines were checked; since the last note {alerts} alerts were sent, {acknowledged} acknowledged, and\n"
            "{undelivered} messages not delivered. Next due: {next} ({next_deadline}).\n"
            "On a morning without this note, look at the system: awardctl status\n",
    },

    // items_zh items_en
    [AWARD__TEMPLATE__NAME__digest] = {
        .subject_zh = "今日事项：{count} 项",
        .subject_en = "Today: {count}",
        .body_zh =
            "{items_zh}\n"
            "全部事项：awardctl today\n",
        .body_en =
            "{items_en}\n"
            "Everything: awardctl today\n",
    },

    // person channel
    [AWARD__TEMPLATE__NAME__try] = {
        .subject_zh = "渠道测试：{channel_zh}",
        .subject_en = "A test of the channel: {channel_en}",
        .body_zh =
            "这是{channel_zh}渠道的测试消息。收到即说明提醒可以送达；无需办理。\n",
        .body_en =
            "This is a test of the channel: {channel_en}. That you read it shows that alerts reach you; nothing is to be done.\n",
    },
};
// clang-format on

const struct template *template_of(Award__Template__Name name)
{
    size_t index = (size_t)name;
    return index < sizeof(templates) / sizeof(templates[0]) && templates[index].subject_zh != NULL
               ? &templates[index]
               : NULL;
}
