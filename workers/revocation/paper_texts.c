// paper_texts - the wording of the papers of a revocation
//
// 本文件是撤销文书的文字，可直接修改：花括号中的名称由程序填写，填不出的显示“—”。
// The words between braces are filled in by the program; one that it does not know shows as "—".
// Facts: city enterprise code case cycle honour_zh honour_en revocation article article_zh
// ground_zh ground_en facts effect incident kind_zh kind_en happened whom verified approved from
// rules medal certificate prize bureau_zh bureau_en government_zh government_en
// and what is taken back, with prize money or without: recover_zh recover_en taken_zh taken_en
// return_zh return_en
#include "workers/revocation/paper_texts.h"

#include <assert.h>
#include <stddef.h>

// clang-format off
static const struct paper_text texts[] = {
    [AWARD__PAPER__KIND__request] = {
        .zh =
            "关于撤销{enterprise}{honour_zh}的请示（草稿）\n"
            "\n"
            "{government_zh}：\n"
            "    {enterprise}（统一社会信用代码 {code}）于 {from} 获{honour_zh}（年度 {cycle}，案件 {case}）。\n"
            "    经核实，该企业存在《{rules}》{article_zh}所列情形：{ground_zh}。\n"
            "    相关事件：{incident}（{kind_zh}），发生日期 {happened}，涉及单位 {whom}。\n"
            "    事实：{facts}\n"
            "    社会影响：{effect}\n"
            "    核实日期：{verified}。撤销编号：{revocation}。\n"
            "    依据第二十条，现提请批准撤销其{honour_zh}，{recover_zh}，并在媒体上公布。\n"
            "    妥否，请批示。\n"
            "                                {bureau_zh}\n",
        .en =
            "Request to revoke the {honour_en} of {enterprise} (draft)\n"
            "\n"
            "To {government_en}:\n"
            "{enterprise} (credit code {code}) received the {honour_en} on {from} (cycle {cycle}, case {case}).\n"
            "It was verified that Article {article} applies: {ground_en}.\n"
            "Incident: {incident} ({kind_en}) of {happened}, which befell {whom}.\n"
            "Facts: {facts}\n"
            "Social effect: {effect}\n"
            "Verified on {verified}. Revocation: {revocation}.\n"
            "By Article 20 we ask for approval to revoke the honour, {recover_en},\n"
            "and to publish the revocation.\n",
    },
    [AWARD__PAPER__KIND__notice] = {
        .zh =
            "关于撤销{enterprise}{honour_zh}的公告（草稿）\n"
            "\n"
            "    因{ground_zh}（《{rules}》{article_zh}），经{government_zh}批准（批准日期：{approved}），\n"
            "撤销{enterprise}（统一社会信用代码 {code}）{cycle} 年度{honour_zh}，{taken_zh}。\n"
            "    特此公告。\n"
            "                                {bureau_zh}\n",
        .en =
            "Notice of the revocation of the {honour_en} of {enterprise} (draft)\n"
            "\n"
            "By Article {article} ({ground_en}) and with the approval of {government_en}\n"
            "(day of approval: {approved}), the {honour_en} of {enterprise} (credit code {code}), cycle {cycle},\n"
            "is revoked; {taken_en}.\n",
    },
    [AWARD__PAPER__KIND__recovery] = {
        .zh =
            "关于收回奖章和证书的通知（草稿）\n"
            "\n"
            "{enterprise}：\n"
            "    经{government_zh}于 {approved} 批准，你单位 {cycle} 年度{honour_zh}已被撤销（第二十条、第二十一条）。\n"
            "    {return_zh}未曾颁发的（显示为“—”）无需交回。\n"
            "    撤销编号：{revocation}。\n",
        .en =
            "Letter for the return of medal and certificate (draft)\n"
            "\n"
            "To {enterprise}:\n"
            "With the approval of {government_en} of {approved}, your {honour_en} of the cycle\n"
            "{cycle} was revoked (Articles 20 and 21).\n"
            "{return_en} What was never\n"
            "handed over (shown as a dash) need not come back. Revocation: {revocation}.\n",
    },
};
// clang-format on

const struct paper_text *paper_text(Award__Paper__Kind kind)
{
    size_t index = (size_t)kind;
    assert(index < sizeof(texts) / sizeof(texts[0]) && texts[index].zh != NULL);
    return &texts[index];
}
