// document_review - 16(3): independent sheets, their comparison, the consensus, the feedback
#include "rules/decide.h"
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

// ---- Consensus

// 16(3)s1, 16(3)s2
static bool consensus_ready(struct deciding *d, const Award__Team *team)
{
    if (sheets_complete(d, team, d->c->case_)) {
        return true;
    }
    return reject(d, "sheets_outstanding", "16(3)",
                  say(d,
                      "案件 %s 的独立评分尚未齐备（在组评审员每人一份，至少 %u 份）；"
                      "齐备后方可合议。",
                      d->c->case_, d->rulebook->team_members_min),
                  say(d,
                      "The independent sheets of case %s are not complete (one of each acting "
                      "member, %u at least); the consensus comes after them.",
                      d->c->case_, d->rulebook->team_members_min));
}

// Points of a category, added up over the sheets that count.
static int64_t category_sum(struct deciding *d, const Award__Team *team, size_t category,
                            int64_t *sheets)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 2, d->c->case_,
                                                (int)AWARD__SHEET__KIND__independent);
    const Award__Sheet *sheet;
    int64_t sum = 0;
    *sheets = 0;
    while ((sheet = (const Award__Sheet *)record_walk_next(&walk)) != NULL) {
        if (sheet_counts(team, sheet)) {
            sum += scores_category(d->rulebook, category, sheet->n_scores, sheet->scores);
            (*sheets)++;
        }
    }
    return sum;
}

// |own - sum / sheets| > maximum * tolerance / 100, in integers.
static bool leaves_mean(const struct rulebook *rulebook, size_t category, int64_t own, int64_t sum,
                        int64_t sheets)
{
    int64_t distance = own * sheets - sum;
    if (distance < 0) {
        distance = -distance;
    }
    int64_t maximum = rulebook->categories[category].points_max;
    return distance * 100 > maximum * rulebook->consensus_tolerance * sheets;
}

// Policy: a consensus far from what the members found says why.
static bool explanation_check(struct deciding *d, const Award__Team *team,
                              const Award__ConsensusSheet *e)
{
    if (!text_blank(e->explanation)) {
        return true;
    }
    for (size_t i = 0; i < d->rulebook->categories_count; i++) {
        int64_t sheets;
        int64_t sum = category_sum(d, team, i, &sheets);
        int64_t own = scores_category(d->rulebook, i, e->n_scores, e->scores);
        if (!leaves_mean(d->rulebook, i, own, sum, sheets)) {
            continue;
        }
        const struct rulebook_item *row = &d->rulebook->categories[i];
        int tolerance = (int)d->rulebook->consensus_tolerance;
        return reject(d, "explanation_missing", "policy",
                      say(d,
                          "“%s”（%s）合议 %s 分，与独立评分均值相差超过满分的 %d%%；"
                          "请在 explanation 中说明理由。",
                          row->zh, row->key, points_text(d, own), tolerance),
                      say(d,
                          "The consensus of %s points in %s (%s) leaves the mean of the sheets "
                          "by more than %d %% of the maximum; say why in explanation.",
                          points_text(d, own), row->en, row->key, tolerance));
    }
    return true;
}

// 7(2)
static bool consensus_record(struct deciding *d, const Award__ConsensusSheet *e, int64_t total)
{
    Award__Case *c = d->c;
    Award__Sheet *sheet = sheet_make(d, c, AWARD__SHEET__KIND__consensus, d->sender->name, total);
    sheet->n_scores = e->n_scores;
    sheet->scores = e->scores;
    sheet->remarks = e->explanation;
    sheet_put(d, sheet, "16(3)");
    c->document_score = points_make(d, total);
    findings_keep(d, c, e->n_strengths, e->strengths, e->n_improvements, e->improvements);
    enum guard guard = scores_guard(d->rulebook, total);
    if (guard != GUARD_OUT) {
        SET(c, track, scores_track(d->rulebook, total));
    }
    if (!case_move(d, c, guard)) {
        return false;
    }
    if (guard == GUARD_OUT) {
        task_queue(d, AWARD__TASK_KIND__NAME__write_feedback, c->case_, NULL, 1, c);
    }
    return true;
}

// 8(1).3, 8(1).4, 16(3)s2, 16(3)s3, 16(3)s4
bool decide_consensus_sheet(struct deciding *d)
{
    const Award__ConsensusSheet *e = d->event->consensus_sheet;
    const Award__Team *team = team_of_case(d, d->c);
    int64_t total;
    if (team == NULL || !team_leader_check(d, team, d->c->case_) || !consensus_ready(d, team) ||
        !scores_total(d, d->rulebook, e->n_scores, e->scores, &total) ||
        !explanation_check(d, team, e) || !consensus_record(d, e, total)) {
        return false;
    }
    plan_progress(d, team);
    return true;
}

// ---- Feedback

// 16(3)s4
bool decide_feedback_sent(struct deciding *d)
{
    return task_answer(d, d->c->case_);
}
