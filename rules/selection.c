// selection - the final selection of a cycle: asking for the ranking, admitting it, ties (16(6))
//
// selection_started asks the scoring worker to rank; ranking_computed answers and is checked by
// rules/ranking.c. Where a tie across a cut waits, tie_decided or a case that leaves makes the
// office or the coordinator ask again; the record of the selection counts the askings, so that an
// answer to an older one finds its task withdrawn.
#include "rules/selection.h"

#include "rules/decide.h"
#include "rules/leaving.h"
#include "rules/messages.h"
#include "rules/ranking.h"
#include "rules/selecting.h"
#include "rules/tasks.h"
#include "task.pb-c.h"

#include <assert.h>
#include <string.h>

#define IN_REVIEW                                                                                  \
    (STAGE(accepted) | STAGE(document_passed) | STAGE(site_visit) | STAGE(halted) |                \
     STAGE(site_done) | STAGE(final))

enum { LACKING_NAMED_MAX = 3 };

// ---- 6(3), 7(3), 16(8): reports between the bodies

// 6(3), 7(3), 16(8).2
bool decide_review_reported(struct deciding *d)
{
    const Award__ReviewReported *e = d->event->review_reported;
    if (cycle_known(d, e->cycle) == NULL) {
        return false;
    }
    cycle_note(d, e->cycle, "", say(d, "%s 向 %s 报送报告：%s", e->from, e->to, e->digest),
               d->row->article);
    return true;
}

// ---- Starting

struct lack {
    const char *zh;
    const char *en;
};

// What a case still lacks before it can be ranked; zh is NULL where nothing does.
static struct lack case_lacks(const Award__Case *c)
{
    if (c->document_score == NULL) {
        return (struct lack){"资料评审得分", "its document score"};
    }
    if (c->stage == AWARD__STAGE__NAME__halted) {
        return (struct lack){"停止现场评审的核实结论", "the decision on its halt"};
    }
    if (c->stage != AWARD__STAGE__NAME__final || c->site_score == NULL) {
        return (struct lack){"评审组长会议统一的现场得分",
                             "its site score of the leaders' meeting"};
    }
    if (c->defence == NULL || (!c->defence->closed && !c->defence->dispensed)) {
        return (struct lack){"企业答辩得分", "its defence score"};
    }
    return (struct lack){NULL, NULL};
}

static bool scores_complete(struct deciding *d, const Award__Cycle *cycle)
{
    const char *zh = "";
    const char *en = "";
    size_t count = 0;
    struct case_walk walk = case_walk_begin(d, cycle, IN_REVIEW);
    const Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        struct lack lack = case_lacks(c);
        if (lack.zh != NULL && count++ < LACKING_NAMED_MAX) {
            zh = say(d, "%s%s%s 缺%s", zh, *zh != '\0' ? "，" : "", c->case_, lack.zh);
            en = say(d, "%s%s%s lacks %s", en, *en != '\0' ? ", " : "", c->case_, lack.en);
        }
    }
    if (count == 0) {
        return true;
    }
    return reject(
        d, "scores_missing", "16(6)",
        say(d, "尚有 %zu 件得分不全，不能启动综合评选：%s；请补齐，或由企业撤回。", count, zh),
        say(d,
            "%zu cases lack scores, the selection cannot start: %s; complete or "
            "withdraw them.",
            count, en));
}

static void ranking_ask(struct deciding *d, Award__Selection *selection)
{
    task_withdraw(d, AWARD__TASK_KIND__NAME__rank, selection->cycle, selection->rankings);
    SET(selection, rankings, selection->rankings + 1);
    selection->n_pools = 0;
    selection_put(d, selection, d->row->article);
    task_queue(d, AWARD__TASK_KIND__NAME__rank, selection->cycle, NULL, selection->rankings, NULL);
}

bool decide_selection_started(struct deciding *d)
{
    Award__Cycle *cycle = cycle_named(d, d->event->selection_started->cycle);
    if (cycle == NULL) {
        return false;
    }
    if (cycle->selection_started) {
        return reject(
            d, "already_started", "order",
            say(d, "年度 %s 的综合评选已经启动，每年度只有一次；用 awardctl ranking 查看。",
                cycle->cycle),
            say(d, "The selection of %s has started, once a cycle; awardctl ranking shows it.",
                cycle->cycle));
    }
    if (!scores_complete(d, cycle)) {
        return false;
    }
    SET(cycle, selection_started, 1);
    cycle_put(d, cycle, "16(6)");
    Award__Selection *selection = NEW(d, Award__Selection, award__selection);
    selection->cycle = cycle->cycle;
    SET(selection, settled, 0);
    ranking_ask(d, selection);
    return true;
}

// ---- What is asked

static Award__Rank__Entrant *entrant_make(struct deciding *d, const Award__Case *c)
{
    assert(c->document_score != NULL && c->site_score != NULL && c->defence != NULL);
    Award__Rank__Entrant *entrant = NEW(d, Award__Rank__Entrant, award__rank__entrant);
    entrant->case_ = c->case_;
    entrant->document = c->document_score;
    entrant->site = c->site_score;
    entrant->defence = c->defence->score;
    if (entrant->defence == NULL) {
        // Not held, by decision of the office: it gives no points.
        entrant->defence = NEW(d, Award__Fraction, award__fraction);
        SET(entrant->defence, numerator, 0);
        SET(entrant->defence, denominator, 1);
    }
    return entrant;
}

// The cases in `final` as they stand now, and the ties that are decided.
static Award__Rank *selection_asked(struct deciding *d, const Award__Cycle *cycle,
                                    const Award__Selection *selection,
                                    const struct rulebook *rulebook)
{
    Award__Rank *asked = NEW(d, Award__Rank, award__rank);
    struct case_walk walk = case_walk_begin(d, cycle, STAGE(final));
    const Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        LIST_ADD(d, asked, entrants, entrant_make(d, c));
    }
    asked->n_ties = selection->n_ties;
    asked->ties = selection->ties;
    SET(asked, document_weight, rulebook->document_weight);
    SET(asked, site_weight, rulebook->site_weight);
    asked->award_threshold = points_make(d, rulebook->award_threshold);
    asked->nomination_threshold = points_make(d, rulebook->nomination_threshold);
    SET(asked, award_places, rulebook->award_places);
    SET(asked, nomination_places, rulebook->nomination_places);
    return asked;
}

// ---- Admitting the ranking

static bool ranking_right(struct deciding *d, const Award__Cycle *cycle,
                          const Award__Selection *selection)
{
    const Award__RankingComputed *e = d->event->ranking_computed;
    const Award__Rank *asked = selection_asked(d, cycle, selection, d->rulebook);
    struct ranking_fault fault;
    if (ranking_check(asked, e->n_pools, e->pools, &fault)) {
        return true;
    }
    return reject(
        d, "wrong_ranking", "16(6).2",
        say(d, "综合得分排序有误：%s %s；任务保留，请重新计算。", fault.case_, fault.zh),
        say(d, "The ranking is wrong: %s %s; the task stays, rank again.", fault.case_, fault.en));
}

// The pool that waits for a tie; NULL where none does.
static const Award__Pool *pool_waiting(size_t count, Award__Pool *const *pools)
{
    for (size_t i = 0; i < count; i++) {
        if (pools[i]->waiting) {
            return pools[i];
        }
    }
    return NULL;
}

// Decision 8 suggests to compare the category that weighs most: Chongqing's results.
static const struct rulebook_item *category_heaviest(const struct rulebook *rulebook)
{
    const struct rulebook_item *heaviest = &rulebook->categories[0];
    for (size_t i = 1; i < rulebook->categories_count; i++) {
        if (rulebook->categories[i].points_max > heaviest->points_max) {
            heaviest = &rulebook->categories[i];
        }
    }
    return heaviest;
}

static void tie_tell(struct deciding *d, const Award__Cycle *cycle, const Award__Pool *pool)
{
    const char *cases = "";
    for (size_t i = 0; i < pool->n_ranked; i++) {
        if (pool->ranked[i]->tied) {
            cases = say(d, "%s%s%s", cases, *cases != '\0' ? ", " : "", pool->ranked[i]->case_);
        }
    }
    bool award = pool->kind == AWARD__HONOUR__KIND__award;
    const struct rulebook_item *heaviest = category_heaviest(d->rulebook);
    const struct fact facts[] = {
        {"cycle",       cycle->cycle                  },
        {"pool",        award ? "award" : "nomination"},
        {"pool_zh",     rulebook_honour_zh(d->rulebook, award)},
        {"pool_en",             rulebook_honour_en(d->rulebook,                                   award)},
        {"cases",       cases  },
        {"category_zh",  heaviest->zh                             },
        {"category_en",heaviest->en},
        {NULL,  NULL                               },
    };
    message_to_roles(d, ROLE(office), AWARD__TEMPLATE__NAME__tie_waits, NULL, facts);
}

// The honour that the ranking names the case a candidate for; false where none.
static bool candidate_find(const Award__RankingComputed *e, const char *case_name,
                           Award__Honour__Kind *kind)
{
    for (size_t i = 0; i < e->n_pools; i++) {
        const Award__Pool *pool = e->pools[i];
        for (size_t k = 0; k < pool->n_ranked; k++) {
            if (pool->ranked[k]->candidate && strcmp(pool->ranked[k]->case_, case_name) == 0) {
                *kind = pool->kind;
                return true;
            }
        }
    }
    return false;
}

// F-tie-3, decision 9; 3s1
static bool case_settle(struct deciding *d, Award__Case *c)
{
    Award__Honour__Kind kind;
    if (candidate_find(d->event->ranking_computed, c->case_, &kind)) {
        SET(c, candidate_for, kind);
        return case_move(d, c, GUARD_CANDIDATE);
    }
    Award__Reason *reason = reason_make(
        d, "not_selected", "16(6).2", "综合得分排名在名额之外，未列为拟奖候选企业；排名留存备查。",
        "Its composite score ranks behind the places; it is no candidate. The ranking is kept.");
    return case_leave(d, c, GUARD_NOT_CANDIDATE, reason);
}

static bool selection_settle(struct deciding *d, const Award__Cycle *cycle)
{
    struct case_walk walk = case_walk_begin(d, cycle, STAGE(final));
    Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        if (!case_settle(d, c)) {
            return false;
        }
    }
    return true;
}

bool decide_ranking_computed(struct deciding *d)
{
    const Award__RankingComputed *e = d->event->ranking_computed;
    const Award__Cycle *cycle = cycle_known(d, e->cycle);
    if (cycle == NULL || !task_answer(d, e->cycle)) {
        return false;
    }
    Award__Selection *selection = selection_get(d, e->cycle);
    assert(selection == NULL || !selection->settled); // else its task would not be open
    if (selection == NULL || !ranking_right(d, cycle, selection)) { // damaged, or not right
        return false;
    }
    selection->n_pools = e->n_pools;
    selection->pools = e->pools;
    const Award__Pool *waiting = pool_waiting(e->n_pools, e->pools);
    SET(selection, settled, waiting == NULL);
    selection_put(d, selection, "16(6).2");
    if (waiting != NULL) {
        tie_tell(d, cycle, waiting);
        return true;
    }
    return selection_settle(d, cycle);
}

// ---- Ties (decision 8)

// As many as are tied, and each of those among them: so each stands in it once.
static bool order_is_of_tied(const Award__TieDecided *e, const Award__Pool *pool)
{
    size_t tied = 0;
    for (size_t i = 0; i < pool->n_ranked; i++) {
        if (!pool->ranked[i]->tied) {
            continue;
        }
        tied++;
        if (!list_has(e->n_order, e->order, pool->ranked[i]->case_)) {
            return false;
        }
    }
    return tied == e->n_order;
}

// decision 8
static bool tie_check(struct deciding *d, const Award__Selection *selection)
{
    const Award__TieDecided *e = d->event->tie_decided;
    const Award__Pool *waiting =
        selection != NULL ? pool_waiting(selection->n_pools, selection->pools) : NULL;
    if (waiting == NULL || waiting->kind != e->pool) {
        return reject(
            d, "no_tie_waits", "order",
            say(d, "年度 %s 的%s没有待裁定的同分；用 awardctl ranking 查看。", e->cycle,
                rulebook_honour_zh(d->rulebook, e->pool == AWARD__HONOUR__KIND__award)),
            say(d, "No tie of that pool waits in cycle %s; awardctl ranking shows what does.",
                e->cycle));
    }
    if (!order_is_of_tied(e, waiting)) {
        return reject(
            d, "not_the_tied_cases", "policy",
            "裁定的次序应恰好包含同分的全部案件，各一次；用 awardctl ranking 查看同分案件。",
            "The order must name exactly the tied cases, each once; awardctl ranking shows them.");
    }
    return true;
}

bool decide_tie_decided(struct deciding *d)
{
    const Award__TieDecided *e = d->event->tie_decided;
    if (cycle_known(d, e->cycle) == NULL) {
        return false;
    }
    Award__Selection *selection = selection_get(d, e->cycle);
    if (!tie_check(d, selection)) {
        return false;
    }
    Award__Selection__Tie *tie = NEW(d, Award__Selection__Tie, award__selection__tie);
    SET(tie, pool, e->pool);
    tie->n_order = e->n_order;
    tie->order = e->order;
    tie->reason = e->reason;
    LIST_ADD(d, selection, ties, tie);
    for (size_t i = 0; i < e->n_order; i++) {
        concerns(d, e->order[i]);
    }
    ranking_ask(d, selection);
    return true;
}

// F-tie-2, F-tie-3, decision 9
void selection_case_left(struct deciding *d, const Award__Case *c)
{
    Award__Selection *selection = selection_get(d, c->cycle);
    bool was_ranked = c->site_score != NULL;
    if (selection == NULL || selection->settled || !was_ranked) {
        return;
    }
    ranking_ask(d, selection);
}
