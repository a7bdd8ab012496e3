// stays - how long a stage, and what waits beside it, is expected to take (policy)
#include "rules/stays.h"

#include <assert.h>
#include <string.h>

// clang-format off
static const struct stay_row rows[RULEBOOK_STAYS] = {
    // stay, key in the rulebook, stages, article, what it is
    [STAY_APPLIED]                    = {"applied",                   STAGE(applied),                   "10(2)", "待区县核实", "verification by the district"},
    [STAY_VERIFIED]                   = {"verified",                  STAGE(verified),                  "13(1)", "待推荐", "recommendation"},
    [STAY_RECOMMENDED]                = {"recommended",               STAGE(recommended),               "6(3)", "待受理", "acceptance"},
    [STAY_ACCEPTED]                   = {"accepted",                  STAGE(accepted),                  "16(3)", "资料评审", "document review"},
    [STAY_DOCUMENT_PASSED]            = {"document_passed",           STAGE(document_passed),           "16(4), 16(5)", "待答辩和现场评审", "defence and visit"},
    [STAY_SITE_VISIT]                 = {"site_visit",                STAGE(site_visit),                "16(5).1", "现场评审", "site visit"},
    [STAY_HALTED]                     = {"halted",                    STAGE(halted),                    "16(5).3", "待核实停止事由", "the office's finding on a halt"},
    [STAY_SITE_DONE]                  = {"site_done",                 STAGE(site_done),                 "16(5).4", "待组长会议", "leaders' meeting"},
    [STAY_FINAL]                      = {"final",                     STAGE(final),                     "16(6)", "综合评选", "final selection"},
    [STAY_CANDIDATE]                  = {"candidate",                 STAGE(candidate),                 "16(7)", "待公示或审议", "publicity or deliberation"},
    [STAY_PUBLICITY]                  = {"publicity",                 STAGE(publicity),                 "16(7), 16(8)", "公示期满后的下一步", "what follows the publicity"},
    [STAY_DELIBERATED]                = {"deliberated",               STAGE(deliberated),               "16(8)", "审议后待公示", "publicity after the deliberation"},
    [STAY_RECOMMENDED_TO_GOVERNMENT]  = {"recommended_to_government", STAGE(recommended_to_government), "16(9)", "待政府审批", "the government's decision"},
    [STAY_APPROVED]                   = {"approved",                  STAGE(approved),                  "16(9)", "待签署", "signature"},
    [STAY_SIGNED]                     = {"signed",                    STAGE(signed),                    "16(9)", "待公布", "publication"},
    [STAY_HONOURED]                   = {"honoured",                  STAGE(honoured),                  "16(10)", "待颁奖", "conferral"},
    [STAY_REVOKED]                    = {"revoked",                   STAGE(revoked),                   "20", "待收回", "recoveries"},
    [STAY_RECEIPT]                    = {"second_receipt",            0,                                "16(2)", "待另一份申报材料", "the other receipt of an application"},
    [STAY_COUNTERSIGNATURE]           = {"countersignature",          0,                                "policy", "待复核", "countersignature"},
    [STAY_FEEDBACK]                   = {"feedback",                  0,                                "16(3)", "待反馈评审报告", "feedback report"},
    [STAY_PAPERS]                     = {"papers",                    0,                                "20", "待起草撤销文书", "drafts for a revocation"},
    [STAY_TASK]                       = {"worker_task",               0,                                "policy", "待程序完成的其他任务", "any other task of a worker"},
    [STAY_OBJECTION]                  = {"objection",                 0,                                "16(7).3", "待处理的异议或投诉", "an open objection or complaint"},
    [STAY_REVOCATION_OPENED]          = {"revocation_opened",         0,                                "20", "待核实的撤销", "verification of a revocation"},
    [STAY_REVOCATION_VERIFIED]        = {"revocation_verified",       0,                                "20", "待审批的撤销", "the government's decision on a revocation"},
};
// clang-format on

const struct stay_row *stay_row(enum rulebook_stay stay)
{
    assert(stay < RULEBOOK_STAYS && rows[stay].key != NULL);
    return &rows[stay];
}

const struct stay_row *stay_named(const char *key)
{
    for (size_t i = 0; key != NULL && i < RULEBOOK_STAYS; i++) {
        if (strcmp(rows[i].key, key) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

enum rulebook_stay stay_of_stage(Award__Stage__Name stage)
{
    size_t stay = 0;
    while (stay < RULEBOOK_STAYS && !stage_in(stage, rows[stay].stages)) {
        stay++;
    }
    return (enum rulebook_stay)stay;
}

// F-policy-2: counted like any period of the rulebook, but no deadline.
int32_t stay_last(const struct deciding *d, const struct rulebook *rulebook,
                  enum rulebook_stay stay, int32_t since)
{
    assert(stay < RULEBOOK_STAYS);
    return period_count(&rulebook->stays[stay], since, d->in->calendar).last;
}

int stuck_compare(const void *left, const void *right)
{
    const Award__Stuck__Row *one = *(Award__Stuck__Row *const *)left;
    const Award__Stuck__Row *other = *(Award__Stuck__Row *const *)right;
    if (one->days_over != other->days_over) {
        return one->days_over > other->days_over ? -1 : 1;
    }
    return strcmp(one->subject, other->subject);
}
