// ranking - whether a ranking of the final selection is right (16(6).2)
//
// Pools are some dozens of cases: looking them up one by one is quick enough at a list's bound.
#include "rules/ranking.h"

#include "rules/fraction.h"

#include <assert.h>
#include <string.h>

// One pool while it is checked.
struct pool_check {
    const Award__Rank *asked;
    const Award__Pool *pool;
    const Award__Pool *award; // of a nomination's: whose candidates are not in it
    int64_t threshold;
    size_t places;
    struct ranking_fault *fault;
};

static bool wrong(struct ranking_fault *fault, const char *case_name, const char *zh,
                  const char *en)
{
    *fault = (struct ranking_fault){case_name != NULL ? case_name : "", zh, en};
    return false;
}

// ---- Who stands in a pool

static const Award__Rank__Entrant *entrant_find(const Award__Rank *asked, const char *case_name)
{
    for (size_t i = 0; i < asked->n_entrants; i++) {
        if (strcmp(asked->entrants[i]->case_, case_name) == 0) {
            return asked->entrants[i];
        }
    }
    return NULL;
}

static const Award__Ranked *ranked_find(const Award__Pool *pool, const char *case_name)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        const char *name = pool->ranked[i]->case_;
        if (name != NULL && strcmp(name, case_name) == 0) {
            return pool->ranked[i];
        }
    }
    return NULL;
}

// decision 6, decision 7; 16(6).2s1, 16(6).2s2
static bool entrant_belongs(const struct pool_check *check, const Award__Rank__Entrant *entrant)
{
    if (entrant->document->hundredths < check->threshold ||
        entrant->site->hundredths < check->threshold) {
        return false;
    }
    const Award__Ranked *in_award =
        check->award != NULL ? ranked_find(check->award, entrant->case_) : NULL;
    return in_award == NULL || !in_award->candidate;
}

static bool members_check(const struct pool_check *check)
{
    const Award__Pool *pool = check->pool;
    for (size_t i = 0; i < pool->n_ranked; i++) {
        const char *name = pool->ranked[i]->case_;
        const Award__Rank__Entrant *entrant =
            name != NULL ? entrant_find(check->asked, name) : NULL;
        if (entrant == NULL) {
            return wrong(check->fault, name, "不在参评之列", "is no entrant");
        }
        if (!entrant_belongs(check, entrant)) {
            return wrong(check->fault, name, "不应列入该奖项", "does not belong in this pool");
        }
        if (ranked_find(pool, name) != pool->ranked[i]) {
            return wrong(check->fault, name, "重复列入", "is ranked twice");
        }
    }
    for (size_t i = 0; i < check->asked->n_entrants; i++) {
        const Award__Rank__Entrant *entrant = check->asked->entrants[i];
        if (entrant_belongs(check, entrant) && ranked_find(pool, entrant->case_) == NULL) {
            return wrong(check->fault, entrant->case_, "漏排", "is missing");
        }
    }
    return true;
}

// ---- With which scores

// In lowest terms: a value that is right is then within the bounds, however it was written.
static struct fraction fraction_of(const Award__Fraction *fraction)
{
    return fraction_reduce((struct fraction){fraction->numerator, fraction->denominator});
}

static bool same_points(const Award__Points *reported, const Award__Points *on_record)
{
    return reported != NULL && reported->hundredths == on_record->hundredths;
}

static bool same_value(const Award__Fraction *reported, struct fraction exact)
{
    return reported != NULL && fraction_valid(fraction_of(reported)) &&
           fraction_compare(fraction_of(reported), exact) == 0;
}

// decision 11; 16(6).1s1
static bool scores_check(const struct pool_check *check, const Award__Ranked *ranked)
{
    const Award__Rank *asked = check->asked;
    const Award__Rank__Entrant *entrant = entrant_find(asked, ranked->case_);
    assert(entrant != NULL);
    struct fraction review =
        fraction_review(asked->document_weight, asked->site_weight, entrant->document->hundredths,
                        entrant->site->hundredths);
    struct fraction defence = {entrant->defence->numerator, entrant->defence->denominator};
    if (!same_points(ranked->document, entrant->document)) {
        return wrong(check->fault, ranked->case_, "资料得分与记录不符",
                     "has another document score on record");
    }
    if (!same_points(ranked->site, entrant->site)) {
        return wrong(check->fault, ranked->case_, "现场得分与记录不符",
                     "has another site score on record");
    }
    if (!same_value(ranked->defence, defence)) {
        return wrong(check->fault, ranked->case_, "答辩得分与记录不符",
                     "has another defence score on record");
    }
    if (!same_value(ranked->review, review)) {
        return wrong(check->fault, ranked->case_, "评审得分有误", "has a wrong review score");
    }
    if (!same_value(ranked->composite, fraction_add(review, defence))) {
        return wrong(check->fault, ranked->case_, "综合得分有误", "has a wrong composite score");
    }
    return true;
}

// ---- In which order

// F-tie-1, F-tie-2, decision 8
size_t ranking_tie_position(const Award__Selection__Tie *tie, const char *case_name)
{
    size_t at = 0;
    while (at < tie->n_order && strcmp(tie->order[at], case_name) != 0) {
        at++;
    }
    return at;
}

static bool tie_orders_all(const Award__Selection__Tie *tie, size_t count,
                           Award__Ranked *const *group)
{
    for (size_t i = 0; i < count; i++) {
        if (ranking_tie_position(tie, group[i]->case_) == tie->n_order) {
            return false;
        }
    }
    return true;
}

const Award__Selection__Tie *ranking_tie_of(const Award__Rank *asked, Award__Honour__Kind pool,
                                            size_t count, Award__Ranked *const *group)
{
    for (size_t i = asked->n_ties; i > 0; i--) {
        const Award__Selection__Tie *tie = asked->ties[i - 1];
        if (tie->pool == pool && tie_orders_all(tie, count, group)) {
            return tie;
        }
    }
    return NULL;
}

int ranking_compare(const Award__Ranked *one, const Award__Ranked *other)
{
    return fraction_compare(fraction_of(one->composite), fraction_of(other->composite));
}

// The end of the group of equals that begins here.
static size_t group_end(const Award__Pool *pool, size_t begin)
{
    size_t end = begin + 1;
    while (end < pool->n_ranked && ranking_compare(pool->ranked[begin], pool->ranked[end]) == 0) {
        end++;
    }
    return end;
}

static bool place_check(const struct pool_check *check, const Award__Ranked *ranked, size_t rank,
                        bool candidate, bool tied)
{
    if (!ranked->has_rank || ranked->rank != rank) {
        return wrong(check->fault, ranked->case_, "名次有误", "has a wrong rank");
    }
    if ((ranked->tied != 0) != tied) {
        return wrong(check->fault, ranked->case_, "同分标记有误", "is wrongly flagged on a tie");
    }
    if ((ranked->candidate != 0) != candidate) {
        return wrong(check->fault, ranked->case_, "候选标记有误",
                     "is wrongly flagged as a candidate");
    }
    return true;
}

// Equals that nobody has ordered: one rank for all of them.
// F-rank-2, decision 8
static bool equals_check(const struct pool_check *check, size_t begin, size_t end, bool across)
{
    for (size_t i = begin; i < end; i++) {
        const Award__Ranked *ranked = check->pool->ranked[i];
        if (i > begin && strcmp(check->pool->ranked[i - 1]->case_, ranked->case_) > 0) {
            return wrong(check->fault, ranked->case_, "同分者未按案件编号排列",
                         "is not listed by case number among equals");
        }
        if (!place_check(check, ranked, begin + 1, end <= check->places, across)) {
            return false;
        }
    }
    return true;
}

// Equals in the order that the office has recorded.
static bool ordered_check(const struct pool_check *check, size_t begin, size_t end,
                          const Award__Selection__Tie *tie)
{
    for (size_t i = begin; i < end; i++) {
        const Award__Ranked *ranked = check->pool->ranked[i];
        if (i > begin && ranking_tie_position(tie, check->pool->ranked[i - 1]->case_) >=
                             ranking_tie_position(tie, ranked->case_)) {
            return wrong(check->fault, ranked->case_, "未按同分裁定排列",
                         "is not in the order that was decided");
        }
        if (!place_check(check, ranked, i + 1, i < check->places, false)) {
            return false;
        }
    }
    return true;
}

static bool group_check(const struct pool_check *check, size_t begin, size_t end, bool *waits)
{
    const Award__Selection__Tie *tie =
        ranking_tie_of(check->asked, check->pool->kind, end - begin, check->pool->ranked + begin);
    if (tie != NULL) {
        return ordered_check(check, begin, end, tie);
    }
    bool across = begin < check->places && end > check->places;
    *waits = *waits || across;
    return equals_check(check, begin, end, across);
}

// F-rank-1
static bool order_check(const struct pool_check *check)
{
    const Award__Pool *pool = check->pool;
    bool waits = false;
    for (size_t begin = 0; begin < pool->n_ranked;) {
        if (begin > 0 && ranking_compare(pool->ranked[begin - 1], pool->ranked[begin]) < 0) {
            return wrong(check->fault, pool->ranked[begin]->case_, "未按综合得分排列",
                         "is not in the order of composite scores");
        }
        size_t end = group_end(pool, begin);
        if (!group_check(check, begin, end, &waits)) {
            return false;
        }
        begin = end;
    }
    if ((pool->waiting != 0) != waits) {
        return wrong(check->fault, NULL, "是否等待同分裁定的标记有误",
                     "the pool is wrongly flagged as waiting");
    }
    size_t vacant = pool->n_ranked < check->places ? check->places - pool->n_ranked : 0;
    if (pool->vacant != vacant) {
        return wrong(check->fault, NULL, "空缺名额有误", "the number of vacant places is wrong");
    }
    return true;
}

// ---- The whole

// 3s1, 16(6).2s1, 16(6).2s2: what is not filled is vacant
static bool pool_check(const struct pool_check *check)
{
    if (!members_check(check)) {
        return false;
    }
    for (size_t i = 0; i < check->pool->n_ranked; i++) {
        if (!scores_check(check, check->pool->ranked[i])) {
            return false;
        }
    }
    return order_check(check);
}

// The award's pool, and the nomination's unless the award's waits.
static bool pools_shape_check(size_t count, Award__Pool *const *pools, struct ranking_fault *fault)
{
    if (count == 0 || pools[0]->kind != AWARD__HONOUR__KIND__award) {
        return wrong(fault, NULL, "缺少正奖排名", "the award's pool does not come first");
    }
    if (pools[0]->waiting && count != 1) {
        return wrong(fault, NULL, "正奖同分待裁定时不应有提名奖排名",
                     "there is no nomination pool while the award's waits");
    }
    if (!pools[0]->waiting && (count != 2 || pools[1]->kind != AWARD__HONOUR__KIND__nomination)) {
        return wrong(fault, NULL, "缺少提名奖排名",
                     "the nomination's pool does not come second and last");
    }
    return true;
}

// F-rank-3
bool ranking_check(const Award__Rank *asked, size_t pools_count, Award__Pool *const *pools,
                   struct ranking_fault *fault)
{
    if (!pools_shape_check(pools_count, pools, fault)) {
        return false;
    }
    struct pool_check award = {
        .asked = asked,
        .pool = pools[0],
        .award = NULL,
        .threshold = asked->award_threshold->hundredths,
        .places = asked->award_places,
        .fault = fault,
    };
    if (!pool_check(&award)) {
        return false;
    }
    if (pools_count == 1) {
        return true;
    }
    struct pool_check nomination = {
        .asked = asked,
        .pool = pools[1],
        .award = pools[0],
        .threshold = asked->nomination_threshold->hundredths,
        .places = asked->nomination_places,
        .fault = fault,
    };
    return pool_check(&nomination);
}
