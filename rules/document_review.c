// document_review - 16(3): independent sheets, their comparison, the feedback
#include "rules/decide.h"
#include "rules/messages.h"
#include "rules/plan.h"
#include "rules/scores.h"
#include "rules/sheets.h"
#include "rules/tasks.h"
#include "rules/team.h"

#include <assert.h>
#include <string.h>

// ---- Independent sheets

// 8(2).2, 8(2).3
static bool policy_check(struct deciding *d, const Award__Team *team)
{
    const Award__Team__Member *member = team_member(team, d->sender->name);
    if (d->rulebook->sheet_needs_confidentiality && !member->confidential) {
        return reject(d, "not_confidential", "policy",
                      say(d, "%s 尚未向评审组 %s 作出保密承诺；请先提交保密承诺再评分。",
                          member->person, team->team),
                      say(d, "%s has not declared confidentiality to team %s; do so first.",
                          member->person, team->team));
    }
    if (d->rulebook->sheet_needs_plan && !team->plan_approved) {
        return reject(d, "plan_not_approved", "policy",
                      say(d, "评审组 %s 的评审计划尚未审核；审核后再评分。", team->team),
                      say(d, "The plan of team %s is not approved yet; wait for it.", team->team));
    }
    return true;
}

static bool first_sheet_check(struct deciding *d)
{
    const char *person = d->sender->name;
    if (sheet_get(d, d->c->case_, AWARD__SHEET__KIND__independent, person) == NULL) {
        return true;
    }
    return reject(d, "submitted_already", "16(3)",
                  say(d, "%s 已对案件 %s 提交独立评分；原始记录不能更改。", person, d->c->case_),
                  say(d, "%s has submitted a sheet of case %s; the original record stays.", person,
                      d->c->case_));
}

// 8(2).1, 16(3)s2: the original record
bool decide_independent_sheet(struct deciding *d)
{
    const Award__IndependentSheet *e = d->event->independent_sheet;
    const Award__Team *team = team_of_case(d, d->c);
    int64_t total;
    if (team == NULL || !team_member_check(d, team, d->c->case_) || !first_sheet_check(d) ||
        !policy_check(d, team) || !scores_total(d, d->rulebook, e->n_scores, e->scores, &total)) {
        return false;
    }
    Award__Sheet *sheet =
        sheet_make(d, d->c, AWARD__SHEET__KIND__independent, d->sender->name, total);
    sheet->n_scores = e->n_scores;
    sheet->scores = e->scores;
    sheet->remarks = e->remarks;
    sheet_put(d, sheet, "16(3)");
    if (!case_move(d, d->c, GUARD_NONE)) {
        return false;
    }
    sheets_compare_ask(d, team, d->c);
    plan_progress(d, team);
    return true;
}

// ---- The comparison informs the leader and decides nothing

static bool totals_wrong(struct deciding *d)
{
    return reject(
        d, "wrong_result", "16(3)",
        say(d, "案件 %s 的比对结果与在案的独立评分不符；将重新下达比对任务。", d->c->case_),
        say(d,
            "The comparison of case %s is not that of the sheets on record; it is "
            "asked anew.",
            d->c->case_));
}

static const Award__SheetsCompared__Total *total_of(const Award__SheetsCompared *e,
                                                    const char *person)
{
    for (size_t i = 0; i < e->n_totals; i++) {
        if (e->totals[i]->reviewer != NULL && strcmp(e->totals[i]->reviewer, person) == 0) {
            return e->totals[i];
        }
    }
    return NULL;
}

// One total for each sheet that counts, and no other.
static bool totals_check(struct deciding *d, const Award__Team *team,
                         const Award__SheetsCompared *e)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 2, d->c->case_,
                                                (int)AWARD__SHEET__KIND__independent);
    const Award__Sheet *sheet;
    size_t counted = 0;
    while ((sheet = (const Award__Sheet *)record_walk_next(&walk)) != NULL) {
        if (!sheet_counts(team, sheet)) {
            continue;
        }
        const Award__SheetsCompared__Total *total = total_of(e, sheet->person);
        if (total == NULL || total->total == NULL ||
            total->total->hundredths != sheet->total->hundredths) {
            return totals_wrong(d);
        }
        counted++;
    }
    return counted == e->n_totals || totals_wrong(d);
}

bool decide_sheets_compared(struct deciding *d)
{
    const Award__Team *team = team_of_case(d, d->c);
    return team != NULL && task_answer(d, d->c->case_) &&
           totals_check(d, team, d->event->sheets_compared);
}

// ---- Feedback

// 16(3)s4: the report is in the office's file; now it goes to the enterprise
bool decide_feedback_sent(struct deciding *d)
{
    if (!task_answer(d, d->c->case_)) {
        return false;
    }
    static const struct fact none[] = {
        {NULL, NULL}
    };
    message_to_roles(d, ROLE(enterprise), AWARD__TEMPLATE__NAME__feedback, d->c, none);
    return true;
}
