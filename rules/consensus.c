// consensus - 16(3): the leader's sheet after the independent ones, and the document score
//
// Policy: where the consensus leaves the mean of the independent sheets by more than the rulebook's
// tolerance, in a category or in an item that all of them scored, the leader says why, for that
// category or item. All of it is compared in integers.
#include "rules/decide.h"
#include "rules/plan.h"
#include "rules/scores.h"
#include "rules/sheets.h"
#include "rules/tasks.h"
#include "rules/team.h"

#include <inttypes.h>
#include <string.h>

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

// ---- The mean of the independent sheets

// What the sheets that count say of one category or item.
struct mean {
    int64_t sum;
    int64_t sheets;
    bool all; // every sheet scored it
};

static const Award__Score *score_of(size_t count, Award__Score *const *scores, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(scores[i]->item, key) == 0) {
            return scores[i];
        }
    }
    return NULL;
}

static void mean_take(struct deciding *d, const struct rulebook_item *row, bool category,
                      const Award__Sheet *sheet, struct mean *mean)
{
    mean->sheets++;
    if (category) {
        size_t index = (size_t)(row - d->rulebook->categories);
        mean->sum += scores_category(d->rulebook, index, sheet->n_scores, sheet->scores);
        return;
    }
    const Award__Score *score = score_of(sheet->n_scores, sheet->scores, row->key);
    mean->all = mean->all && score != NULL;
    mean->sum += score != NULL ? score->points->hundredths : 0;
}

static struct mean mean_of(struct deciding *d, const Award__Team *team,
                           const struct rulebook_item *row, bool category)
{
    struct mean mean = {.all = true};
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 2, d->c->case_,
                                                (int)AWARD__SHEET__KIND__independent);
    const Award__Sheet *sheet;
    while ((sheet = (const Award__Sheet *)record_walk_next(&walk)) != NULL) {
        if (sheet_counts(team, sheet)) {
            mean_take(d, row, category, sheet, &mean);
        }
    }
    return mean;
}

// |own - sum / sheets| > maximum * tolerance / 100, in integers.
static bool leaves_mean(const struct rulebook *rulebook, const struct rulebook_item *row,
                        int64_t own, struct mean mean)
{
    int64_t distance = imaxabs(own * mean.sheets - mean.sum);
    return distance * 100 > row->points_max * rulebook->consensus_tolerance * mean.sheets;
}

// ---- Explanations

static bool explained(const Award__ConsensusSheet *e, const char *key)
{
    for (size_t i = 0; i < e->n_explanations; i++) {
        if (strcmp(e->explanations[i]->item, key) == 0) {
            return true;
        }
    }
    return false;
}

// A category is explained as a whole, or by what is said of its items.
static bool category_explained(const struct rulebook *rulebook, const Award__ConsensusSheet *e,
                               size_t category)
{
    for (size_t i = 0; i < rulebook->items_count; i++) {
        if (rulebook->items[i].category == category && explained(e, rulebook->items[i].key)) {
            return true;
        }
    }
    return explained(e, rulebook->categories[category].key);
}

static bool explanation_missing(struct deciding *d, const struct rulebook_item *row, int64_t own)
{
    int tolerance = (int)d->rulebook->consensus_tolerance;
    return reject(d, "explanation_missing", "policy",
                  say(d,
                      "“%s”（%s）合议 %s 分，与独立评分均值相差超过满分的 %d%%；"
                      "请在 explanations 中就该项说明理由。",
                      row->zh, row->key, points_text(d, own), tolerance),
                  say(d,
                      "The consensus of %s points in %s (%s) leaves the mean of the sheets by more "
                      "than %d %% of the maximum; say why in explanations, for this item.",
                      points_text(d, own), row->en, row->key, tolerance));
}

static bool categories_explained(struct deciding *d, const Award__Team *team,
                                 const Award__ConsensusSheet *e)
{
    for (size_t i = 0; i < d->rulebook->categories_count; i++) {
        const struct rulebook_item *row = &d->rulebook->categories[i];
        int64_t own = scores_category(d->rulebook, i, e->n_scores, e->scores);
        if (leaves_mean(d->rulebook, row, own, mean_of(d, team, row, true)) &&
            !category_explained(d->rulebook, e, i)) {
            return explanation_missing(d, row, own);
        }
    }
    return true;
}

static bool explanations_check(struct deciding *d, const Award__Team *team,
                               const Award__ConsensusSheet *e)
{
    for (size_t i = 0; i < d->rulebook->items_count; i++) {
        const struct rulebook_item *row = &d->rulebook->items[i];
        const Award__Score *own = score_of(e->n_scores, e->scores, row->key);
        struct mean mean = own != NULL ? mean_of(d, team, row, false) : (struct mean){0};
        if (mean.all && leaves_mean(d->rulebook, row, own->points->hundredths, mean) &&
            !explained(e, row->key)) {
            return explanation_missing(d, row, own->points->hundredths);
        }
    }
    return categories_explained(d, team, e);
}

// ---- The consensus

// 7(2)
static bool consensus_record(struct deciding *d, const Award__ConsensusSheet *e, int64_t total)
{
    Award__Case *c = d->c;
    Award__Sheet *sheet = sheet_make(d, c, AWARD__SHEET__KIND__consensus, d->sender->name, total);
    sheet->n_scores = e->n_scores;
    sheet->scores = e->scores;
    sheet->n_explanations = e->n_explanations;
    sheet->explanations = e->explanations;
    sheet_put(d, sheet, "16(3)");
    c->document_score = points_make(d, total);
    findings_keep(d, c, REMARKS(e, strengths), REMARKS(e, improvements));
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
        !remarks_check(d, REMARKS(e, strengths)) || !remarks_check(d, REMARKS(e, improvements)) ||
        !remarks_check(d, REMARKS(e, explanations)) || !explanations_check(d, team, e) ||
        !consensus_record(d, e, total)) {
        return false;
    }
    plan_progress(d, team);
    return true;
}
