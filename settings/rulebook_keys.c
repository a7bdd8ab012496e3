// rulebook_keys - the keys of a rulebook: bounds, article, help and where each goes
//
// Every number of a regulation is required: none is guessed. A key that is added later says with
// `before` what rulebooks meant that are on record without it.
#include "settings/rulebook_draft.h"

#include "settings/file_keys.h"
#include "value.pb-c.h"

// clang-format off
static const struct key_choice units[] = {
    {"days",         PERIOD_DAYS},
    {"working_days", PERIOD_WORKING_DAYS},
    {"months",       PERIOD_MONTHS},
    {"years",        PERIOD_YEARS},
    {0},
};

static const struct key_choice stay_units[] = {
    {"days",         PERIOD_DAYS},
    {"working_days", PERIOD_WORKING_DAYS},
    {0},
};

static const struct key_choice means[] = {
    {"mean",         DEFENCE_MEAN},
    {"trimmed_mean", DEFENCE_TRIMMED_MEAN},
    {0},
};

static const struct key_choice stages[] = {
    {"publicity",    RULEBOOK_PUBLICITY},
    {"deliberation", RULEBOOK_DELIBERATION},
    {"approval",     RULEBOOK_APPROVAL},
    {0},
};
// clang-format on

#define WORD_ALPHABET "abcdefghijklmnopqrstuvwxyz0123456789_"
#define NAME_BYTES (RULEBOOK_NAME_BYTES - 1)
#define PART_BYTES (KEY_PART_BYTES - 1)
#define POINTS(whole) ((int64_t)(whole)*100)
#define IN_BOOK(member) KEY_AT(struct draft, rulebook.member)
#define IN_CATEGORY(member) KEY_AT(struct category_draft, member)
#define IN_ITEM(member) KEY_AT(struct item_draft, member)
#define STAGES_AT                                                                                  \
    .offset = offsetof(struct draft, rulebook.last_stages),                                        \
    .size = sizeof(((struct draft *)0)->rulebook.last_stages),                                     \
    .stride = sizeof(enum rulebook_stage),                                                         \
    .count_offset = offsetof(struct draft, rulebook.last_stages_count)

// clang-format off

// A period: a map of four keys. NOLINTBEGIN(bugprone-macro-parentheses): texts are joined.
#define PERIOD(path, member, basis, name_zh, name_en) \
    {path,                      KEY_MAP, IN_BOOK(member), .article = basis, .zh = name_zh, .en = name_en}, \
    {path ".length",            KEY_NUMBER, 1, 366, NULL, KEY_AT(struct period, length), .article = basis, .zh = name_zh "的长度", .en = name_en ": how long"}, \
    {path ".unit",              KEY_CHOICE, 0, 0, NULL, KEY_AT(struct period, unit), .article = basis, .zh = name_zh "的单位", .en = name_en ": unit", .choices = units}, \
    {path ".first_day_counted", KEY_FLAG, 0, 0, NULL, KEY_AT(struct period, first_day_counted), .article = "decision 1", .zh = name_zh "当日是否计入", .en = name_en ": whether its first day counts"}, \
    {path ".roll_last_day",     KEY_FLAG, 0, 0, NULL, KEY_AT(struct period, roll_last_day), .article = "decision 2", .zh = name_zh "末日遇休息日是否顺延", .en = name_en ": whether a last day off moves"}
// NOLINTEND(bugprone-macro-parentheses)

// An expected stay: a map of two keys. NOLINTBEGIN(bugprone-macro-parentheses): texts are joined.
#define STAY(which, name, basis, name_zh, name_en) \
    {"expected_stays." name,           KEY_MAP, .offset = STAY_##which * sizeof(struct period), .size = sizeof(struct period), .article = basis, .zh = name_zh, .en = name_en}, \
    {"expected_stays." name ".length", KEY_NUMBER, 1, 366, NULL, KEY_AT(struct period, length), .article = basis, .zh = name_zh "的预计时长", .en = name_en ": how long it is expected to take"}, \
    {"expected_stays." name ".unit",   KEY_CHOICE, 0, 0, NULL, KEY_AT(struct period, unit), .article = basis, .zh = name_zh "的单位", .en = name_en ": unit", .choices = stay_units}
// NOLINTEND(bugprone-macro-parentheses)

static const struct key rows[] = {
    {"", KEY_MAP, .zh = "评选规则", .en = "rulebook"},
    {"name",          KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(name),          .article = "1",           .zh = "规则名称", .en = "name of these rules"},
    {"award_zh",      KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(award_zh),      .article = "1",           .zh = "奖项名称", .en = "Chinese name of the award"},
    {"award_en",      KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(award_en),      .article = "1",           .zh = "奖项英文名称", .en = "English name of the award"},
    {"nomination_zh", KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(nomination_zh), .article = "1",           .zh = "提名奖名称", .en = "Chinese name of the nomination award"},
    {"nomination_en", KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(nomination_en), .article = "1",           .zh = "提名奖英文名称", .en = "English name of the nomination award"},
    {"office_zh",     KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(office_zh),     .article = "decision 16", .zh = "办公室名称", .en = "Chinese name of the office"},
    {"bureau_zh",     KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(bureau_zh),     .article = "decision 16", .zh = "主管局名称", .en = "Chinese name of the bureau"},
    {"bureau_en",     KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(bureau_en),     .article = "decision 16", .zh = "主管局英文名称", .en = "English name of the bureau"},
    {"government_zh", KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(government_zh), .article = "decision 16", .zh = "审批政府名称", .en = "Chinese name of the government that approves"},
    {"government_en", KEY_TEXT, 1, NAME_BYTES, NULL, IN_BOOK(government_en), .article = "decision 16", .zh = "审批政府英文名称", .en = "English name of the government that approves"},

    {"region_prefix", KEY_TEXT, 2, 6,  NULL, IN_BOOK(region_prefix), .article = "2", .zh = "行政区划代码开头", .en = "beginning of the city's division codes", .alphabet = "0123456789"},
    {"industries",    KEY_TEXT, 1, 20, NULL, IN_BOOK(industries),    .article = "2", .zh = "行业门类", .en = "sections of GB/T 4754", .alphabet = "ABCDEFGHIJKLMNOPQRST"},

    {"operation_years",      KEY_NUMBER, 0, 100, NULL, IN_BOOK(operation_years),      .article = "11(1)",     .zh = "经营年限", .en = "years of operation"},
    {"accident_free_years",  KEY_NUMBER, 0, 100, NULL, IN_BOOK(accident_free_years),  .article = "11(4)",     .zh = "无责任事故年数", .en = "years without a major accident"},
    {"sampling_levels",      KEY_LIST, 1, 4, NULL, IN_BOOK(sampling_levels), .article = "11(4), 20(2), decision 29", .before = "national municipal", .zh = "严重质量问题计入的监督抽查级别", .en = "levels of sampling whose serious quality problems count"},
    {"sampling_levels[]",    KEY_BIT, 0, 0, NULL, KEY_ELEMENT(uint32_t), .article = "decision 29", .zh = "级别", .en = "level", .enumeration = &award__level__name__descriptor},
    {"violation_bar_years",  KEY_NUMBER, 0, 100, NULL, IN_BOOK(violation_bar_years),  .article = "12(2)",     .zh = "违规禁报年数", .en = "years barred after a violation"},
    {"laureate_bar_years",   KEY_NUMBER, 0, 100, NULL, IN_BOOK(laureate_bar_years),   .article = "12(3)",     .zh = "获奖禁报年数", .en = "years barred after the award"},
    {"revocation_bar_years", KEY_NUMBER, 0, 100, NULL, IN_BOOK(revocation_bar_years), .article = "12(4), 21", .zh = "撤销禁报年数", .en = "years barred after a revocation"},

    {"profile_characters_max",         KEY_NUMBER, 1, 1000000, NULL, IN_BOOK(profile_characters_max),         .article = "13",          .zh = "组织简介字数上限", .en = "characters of the profile, at most"},
    {"self_evaluation_characters_max", KEY_NUMBER, 1, 1000000, NULL, IN_BOOK(self_evaluation_characters_max), .article = "13",          .zh = "自评报告字数上限", .en = "characters of the self-evaluation report, at most"},
    {"late_entry_days",                KEY_NUMBER, 0, 366,     NULL, IN_BOOK(late_entry_days),                .article = "policy", .zh = "补录天数", .en = "days by which a receipt may be entered late"},

    {"total_points",                KEY_POINTS, 100, POINTS(100000), NULL, IN_BOOK(total_points), .article = "15", .zh = "总分", .en = "points in all"},
    {"categories",                  KEY_LIST, 1, RULEBOOK_CATEGORIES_MAX, NULL, KEY_ARRAY_AT(struct draft, categories), .article = "15", .zh = "评分类目", .en = "categories"},
    {"categories[]",                KEY_MAP, KEY_ELEMENT(struct category_draft), .article = "15", .zh = "一个类目", .en = "a category"},
    {"categories[].key",            KEY_TEXT, 1, PART_BYTES, NULL, IN_CATEGORY(key), .article = "15", .zh = "类目代号", .en = "word for the category", .alphabet = WORD_ALPHABET},
    {"categories[].zh",             KEY_TEXT, 1, NAME_BYTES, NULL, IN_CATEGORY(zh),  .article = "15", .zh = "类目中文名", .en = "Chinese name of the category"},
    {"categories[].en",             KEY_TEXT, 1, NAME_BYTES, NULL, IN_CATEGORY(en),  .article = "15", .zh = "类目英文名", .en = "English name of the category"},
    {"categories[].points",         KEY_POINTS, 1, POINTS(100000), NULL, IN_CATEGORY(points), .article = "15", .zh = "类目满分", .en = "points of the category, at most"},
    {"categories[].confirmed",      KEY_FLAG, 0, 0, "yes", IN_CATEGORY(confirmed), .article = "15", .zh = "类目各条款的分值已与标准印刷本核对", .en = "the points of its items were compared with the printed standard"},
    {"categories[].items",          KEY_LIST, 0, ITEMS_OF_CATEGORY_MAX, "", KEY_ARRAY_AT(struct category_draft, items), .article = "15", .zh = "评分条款", .en = "items"},
    {"categories[].items[]",        KEY_MAP, KEY_ELEMENT(struct item_draft), .article = "15", .zh = "一个条款", .en = "an item"},
    {"categories[].items[].key",    KEY_TEXT, 1, PART_BYTES, NULL, IN_ITEM(key), .article = "15", .zh = "条款代号", .en = "word for the item", .alphabet = WORD_ALPHABET},
    {"categories[].items[].zh",     KEY_TEXT, 1, NAME_BYTES, NULL, IN_ITEM(zh),  .article = "15", .zh = "条款中文名", .en = "Chinese name of the item"},
    {"categories[].items[].en",     KEY_TEXT, 1, NAME_BYTES, NULL, IN_ITEM(en),  .article = "15", .zh = "条款英文名", .en = "English name of the item"},
    {"categories[].items[].points", KEY_POINTS, 1, POINTS(100000), NULL, IN_ITEM(points), .article = "15", .zh = "条款满分", .en = "points of the item, at most"},
    {"categories[].items[].confirmed", KEY_FLAG, 0, 0, "yes", IN_ITEM(confirmed), .article = "15", .zh = "条款分值已与标准印刷本核对", .en = "its points were compared with the printed standard"},

    {"team_members_min",           KEY_NUMBER, 1, 100, NULL, IN_BOOK(team_members_min), .article = "8", .zh = "评审组最少人数", .en = "members of a team, at least"},
    {"team_members_max",           KEY_NUMBER, 1, 100, NULL, IN_BOOK(team_members_max), .article = "8", .zh = "评审组最多人数", .en = "members of a team, at most"},
    {"sheet_needs_confidentiality", KEY_FLAG, 0, 0, NULL, IN_BOOK(sheet_needs_confidentiality), .article = "policy", .zh = "评分前须有保密承诺", .en = "a sheet needs the declaration of confidentiality"},
    {"sheet_needs_plan",           KEY_FLAG, 0, 0, NULL, IN_BOOK(sheet_needs_plan),      .article = "policy", .zh = "评分前须有批准的计划", .en = "a sheet needs the approved plan"},
    {"consensus_tolerance",        KEY_NUMBER, 0, 100, NULL, IN_BOOK(consensus_tolerance), .article = "policy", .zh = "评分离散须提示、合议偏离均值须说明的界限（占满分的百分数）", .en = "bound of a spread that is pointed out, and of a consensus that must be explained, percent of the points"},
    {"award_threshold",            KEY_POINTS, 0, POINTS(100000), NULL, IN_BOOK(award_threshold), .article = "16(3)", .zh = "奖项分数线", .en = "points for the award"},
    {"nomination_threshold",       KEY_POINTS, 0, POINTS(100000), NULL, IN_BOOK(nomination_threshold), .article = "16(3)", .zh = "提名奖分数线", .en = "points for the nomination award"},
    {"panel_min",                  KEY_NUMBER, 1, 100, NULL, IN_BOOK(panel_min), .article = "16(4)", .zh = "答辩组最少人数", .en = "members of the panel, at least"},
    {"advisors",                   KEY_NUMBER, 0, 100, NULL, IN_BOOK(advisors), .article = "16(4)", .zh = "点评顾问人数", .en = "advisors"},
    {"defence_points_max",         KEY_POINTS, 1, POINTS(100000), NULL, IN_BOOK(defence_points_max), .article = "16(4)", .zh = "答辩满分", .en = "points of the defence, at most"},
    {"defence_mean",               KEY_CHOICE, 0, 0, NULL, IN_BOOK(defence_mean), .article = "policy", .zh = "答辩得分算法", .en = "how the panel's scores are averaged", .choices = means},
    {"visit_days_min",             KEY_NUMBER, 1, 100, NULL, IN_BOOK(visit_days_min), .article = "16(5).1", .zh = "现场评审最少天数", .en = "days of a visit, at least"},
    {"visit_days_max",             KEY_NUMBER, 1, 100, NULL, IN_BOOK(visit_days_max), .article = "16(5).1", .zh = "现场评审最多天数", .en = "days of a visit, at most"},
    {"document_weight",            KEY_NUMBER, 0, 100, NULL, IN_BOOK(document_weight), .article = "16(6).1", .zh = "资料评审权重", .en = "weight of the document score, percent"},
    {"site_weight",                KEY_NUMBER, 0, 100, NULL, IN_BOOK(site_weight), .article = "16(6).1", .zh = "现场评审权重", .en = "weight of the site score, percent"},
    {"award_places",               KEY_NUMBER, 0, 1000, NULL, IN_BOOK(award_places), .article = "16(6).2", .zh = "奖项名额", .en = "places of the award"},
    {"nomination_places",          KEY_NUMBER, 0, 1000, NULL, IN_BOOK(nomination_places), .article = "16(6).2", .zh = "提名奖名额", .en = "places of the nomination award"},
    PERIOD("publicity", publicity, "16(7).2", "公示期", "publicity"),
    {"objection_needs_name",       KEY_FLAG, 0, 0, NULL, IN_BOOK(objection_needs_name), .article = "16(7).3, decision 10", .zh = "异议须实名", .en = "an objection needs a real name"},
    {"objection_needs_evidence",   KEY_FLAG, 0, 0, NULL, IN_BOOK(objection_needs_evidence), .article = "16(7).3, decision 10", .zh = "异议须附证据", .en = "an objection needs evidence"},
    {"quorum_numerator",           KEY_NUMBER, 0, 1000, NULL, IN_BOOK(quorum_numerator), .article = "16(8).1", .zh = "法定人数分子", .en = "numerator of the share of units that must be exceeded"},
    {"quorum_denominator",         KEY_NUMBER, 1, 1000, NULL, IN_BOOK(quorum_denominator), .article = "16(8).1", .zh = "法定人数分母", .en = "denominator of the share of units that must be exceeded"},
    {"last_stages",                KEY_LIST, 3, 3, NULL, STAGES_AT, .article = "decision 19", .zh = "最后各阶段的次序", .en = "order of the last stages"},
    {"last_stages[]",              KEY_CHOICE, 0, 0, NULL, KEY_ELEMENT(enum rulebook_stage), .article = "decision 19", .zh = "阶段", .en = "stage", .choices = stages},

    {"prize_award",                KEY_NUMBER, 0, 1000000000, NULL, IN_BOOK(prize_award), .article = "decision 18", .zh = "奖项奖金（元，0 为无）", .en = "prize money of the award, whole yuan (0: none)"},
    {"prize_nomination",           KEY_NUMBER, 0, 1000000000, NULL, IN_BOOK(prize_nomination), .article = "decision 18", .zh = "提名奖奖金（元，0 为无）", .en = "prize money of the nomination award, whole yuan (0: none)"},

    PERIOD("incident_report", incident_report, "19", "事故报告期限", "report of an incident"),
    {"report_levels",              KEY_LIST, 1, 4, NULL, IN_BOOK(report_levels), .article = "19(2), decision 29", .before = "national industry municipal", .zh = "须报告的监督抽查级别", .en = "levels of sampling that are reported"},
    {"report_levels[]",            KEY_BIT, 0, 0, NULL, KEY_ELEMENT(uint32_t), .article = "19(2), decision 29", .zh = "级别", .en = "level", .enumeration = &award__level__name__descriptor},
    PERIOD("objection_answer", objection_answer, "policy", "异议答复期限", "answer to an objection"),
    {"close_of_business",          KEY_TIME, 0, 0, NULL, IN_BOOK(close_of_business), .article = "decision 15", .before = "18:00", .zh = "下班时刻（仅供说明另一种理解，不影响期限）", .en = "close of business (for the day by another reading; no deadline ends by it)"},
    {"experience_years",           KEY_NUMBER, 0, 100, NULL, IN_BOOK(experience_years), .article = "17, policy", .zh = "经验分享年限", .en = "years after publication to share the experience"},
    {"self_evaluation_month",      KEY_NUMBER, 1, 12, NULL, IN_BOOK(self_evaluation_month), .article = "18, decision 22", .zh = "自我评价截止月", .en = "month in which the self-evaluation is due"},
    {"self_evaluation_day",        KEY_NUMBER, 1, 31, NULL, IN_BOOK(self_evaluation_day), .article = "18, decision 22", .zh = "自我评价截止日", .en = "day on which the self-evaluation is due"},

    {"expected_stays", KEY_MAP, IN_BOOK(stays), .article = "policy", .zh = "预计停留时间", .en = "expected stays"},
    STAY(APPLIED, "applied", "10(2)", "待区县核实", "verification by the district"),
    STAY(VERIFIED, "verified", "13(1)", "待推荐", "recommendation"),
    STAY(RECOMMENDED, "recommended", "6(3)", "待受理", "acceptance"),
    STAY(ACCEPTED, "accepted", "16(3)", "资料评审", "document review"),
    STAY(DOCUMENT_PASSED, "document_passed", "16(4), 16(5)", "待答辩和现场评审", "defence and visit"),
    STAY(SITE_VISIT, "site_visit", "16(5).1", "现场评审", "site visit"),
    STAY(HALTED, "halted", "16(5).3", "待核实停止事由", "the office's finding on a halt"),
    STAY(SITE_DONE, "site_done", "16(5).4", "待组长会议", "leaders' meeting"),
    STAY(FINAL, "final", "16(6)", "综合评选", "final selection"),
    STAY(CANDIDATE, "candidate", "16(7)", "待公示或审议", "publicity or deliberation"),
    STAY(PUBLICITY, "publicity", "16(7), 16(8)", "公示期满后的下一步", "what follows the publicity"),
    STAY(DELIBERATED, "deliberated", "16(8)", "审议后待公示", "publicity after the deliberation"),
    STAY(RECOMMENDED_TO_GOVERNMENT, "recommended_to_government", "16(9)", "待政府审批", "the government's decision"),
    STAY(APPROVED, "approved", "16(9)", "待签署", "signature"),
    STAY(SIGNED, "signed", "16(9)", "待公布", "publication"),
    STAY(HONOURED, "honoured", "16(10)", "待颁奖", "conferral"),
    STAY(REVOKED, "revoked", "20", "待收回", "recoveries"),
    STAY(RECEIPT, "second_receipt", "16(2)", "待另一份申报材料", "the other receipt of an application"),
    STAY(COUNTERSIGNATURE, "countersignature", "policy", "待复核", "countersignature"),
    STAY(FEEDBACK, "feedback", "16(3)", "待反馈评审报告", "feedback report"),
    STAY(PAPERS, "papers", "20", "待起草撤销文书", "drafts for a revocation"),
    STAY(TASK, "worker_task", "policy", "待程序完成的其他任务", "any other task of a worker"),
    STAY(OBJECTION, "objection", "16(7).3", "待处理的异议或投诉", "an open objection or complaint"),
    STAY(REVOCATION_OPENED, "revocation_opened", "20", "待核实的撤销", "verification of a revocation"),
    STAY(REVOCATION_VERIFIED, "revocation_verified", "20", "待审批的撤销", "the government's decision on a revocation"),
};
// clang-format on

const struct key_table rulebook_keys = {rows, sizeof(rows) / sizeof(rows[0])};
