// queries - the table of queries: who may ask what, and what of it each role sees
#include "rules/queries.h"

#include "rules/viewing.h"

#include <stddef.h>

#define ADMIN ROLE(administrator)
#define EVERYBODY (PEOPLE | ROLE(public) | WORKERS)
#define QUERY(name) AWARD__QUERY__BODY_##name

// clang-format off
static const struct query_row table[QUERY_NUMBERS] = {
    // query, its name, who may ask, what of it each sees
    // 8(2).3 (secrecy), 9(1) (supervision sees all), 16(3)s1 (the review is closed), 22s2, decision 28
    [QUERY(STATUS)]     = {"status",     "系统状态", EVERYBODY,              "figures of operation: office, supervision committee, administrator"},
    [QUERY(CYCLES)]     = {"cycles",     "评选年度", PEOPLE | ROLE(public),  "public: publicity and publication; outside: own cases only"},
    [QUERY(CASES)]      = {"cases",      "案件列表", PARTIES,                "reviewers: their teams' and panels'; districts: their own; enterprises: their own"},
    [QUERY(CASE)]       = {"case",       "案件",     PARTIES,                "as cases; sheets, objections and history as project says"},
    [QUERY(ENTERPRISE)] = {"enterprise", "企业",     PARTIES,                "reviewers: of their cases; districts: of their district; enterprises: themselves"},
    [QUERY(RANKING)]    = {"ranking",    "综合排序", INSIDE,                 "16(6): those who select and decide"},
    [QUERY(DEADLINES)]  = {"deadlines",  "期限",     PARTIES,                "reviewers: their teams'; districts and enterprises: their own; published ones: all"},
    [QUERY(ALERTS)]     = {"alerts",     "提醒",     PEOPLE,                 "own; office, supervision committee: all"},
    [QUERY(MESSAGES)]   = {"messages",   "消息",     PEOPLE,                 "own; office, supervision committee: all"},
    [QUERY(TASKS)]      = {"tasks",      "任务",     SEES_ALL | ADMIN,       "all"},
    [QUERY(ENTRIES)]    = {"entries",    "日志",     PEOPLE,                 "number and hash of every entry; content as project says"},
    [QUERY(TRACE)]      = {"trace",      "事件追踪", PEOPLE,                 "entries as project says; tasks, messages and deadlines as they do"},
    [QUERY(PRINCIPALS)] = {"principals", "人员",     PEOPLE,                 "themselves; office, supervision committee, administrator: all"},
    [QUERY(PERIOD)]     = {"period",     "期间计算", PEOPLE,                 "all"},
    [QUERY(WHY)]        = {"why",        "期限由来", PARTIES,                 "as deadlines; events as project says"},
    [QUERY(READINGS)]   = {"readings",   "另一种理解下的结果", SEES_ALL,     "all: where the office is open to attack"},
    [QUERY(REGISTER)]   = {"register",   "获奖企业名录", PEOPLE | ROLE(public), "all: 16(9), 20: it was published"},
    [QUERY(REPORT)]     = {"report",     "履职记录", PEOPLE,                 "persons: themselves; office, supervision committee: all; entries as project says"},
    [QUERY(COMPLAINTS)] = {"complaints", "异议投诉登记", INSIDE,             "office, supervision committee, bureau: all; other organs: not who said what"},
    [QUERY(STUCK)]      = {"stuck",      "滞留事项", PEOPLE,                 "what stays longer than expected, of what they may see; names as principals"},
    [QUERY(TODAY)]      = {"today",      "今日事项", PEOPLE,                 "deadlines, alerts and cases that they may see"},
    [QUERY(DRAW)]       = {"draw",       "抽取评审组", SEES_ALL | ROLE(review_committee), "8: those who draw, and those who watch it"},
    [QUERY(RULEBOOK)]   = {"rulebook",   "细则参数", PEOPLE | ROLE(public),  "all: it is published"},
    [QUERY(CHECK)]      = {"check",      "通知检查", SEES_ALL | ADMIN,        "all"},
    [QUERY(POLICY)]     = {"policy",     "提醒方案", SEES_ALL | ADMIN,       "all"},
    [QUERY(CONFIG)]     = {"config",     "协调程序配置", SEES_ALL | ADMIN,    "all; no secret is among it"},
    [QUERY(HEALTH)]     = {"health",     "运行状况", SEES_ALL | ADMIN,       "all; figures alone"},
    [QUERY(ROSTER)]     = {"roster",     "值班表",   PEOPLE,                 "themselves; office, supervision committee, administrator: all"},
};
// clang-format on

const struct query_row *query_row(Award__Query__BodyCase number)
{
    unsigned index = (unsigned)number;
    return index < QUERY_NUMBERS && table[index].name != NULL ? &table[index] : NULL;
}
