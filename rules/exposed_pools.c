// exposed_pools - who would be a candidate by another reading of the final selection (16(6).2)
//
// The ranking that was admitted is kept; another reading leaves some of it out and cuts what
// remains anew, in the order of the composite scores and of the ties that the office has decided.
// Where equals stand across the new cut and nobody has ordered them, the selection would wait.
#include "rules/exposing.h"

#include "rules/ranking.h"
#include "task.pb-c.h"

#include <assert.h>
#include <string.h>

enum standing {
    STANDS_OUT,
    STANDS_NOMINATION,
    STANDS_NOMINATION_TIED, // across the cut: the selection would wait
    STANDS_AWARD,
    STANDS_AWARD_TIED,
};

struct exposed_pools {
    const Award__Pool *award;
    const Award__Pool *nomination;
    Award__Rank ties; // that the office has decided
};

// What remains of a pool.
struct remainder {
    Award__Honour__Kind kind;
    size_t places;
    size_t count;
    Award__Ranked **ranked;
};

// ---- The pools of a settled selection

// NULL where no candidates are named yet.
static const struct exposed_pools *pools_of(struct exposing *x)
{
    if (x->pools != NULL) {
        return x->pools->award != NULL ? x->pools : NULL;
    }
    struct exposed_pools *pools = arena_alloc(x->d->arena, sizeof(*pools));
    *pools = (struct exposed_pools){.ties = AWARD__RANK__INIT};
    x->pools = pools;
    const Award__Selection *selection = selection_get(x->d, x->cycle->cycle);
    if (selection == NULL || !selection->settled) {
        return NULL;
    }
    assert(selection->n_pools == 2); // else it would wait
    pools->award = selection->pools[0];
    pools->nomination = selection->pools[1];
    pools->ties.n_ties = selection->n_ties;
    pools->ties.ties = selection->ties;
    return pools;
}

static const Award__Ranked *ranked_find(const Award__Pool *pool, const char *case_name)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        if (strcmp(pool->ranked[i]->case_, case_name) == 0) {
            return pool->ranked[i];
        }
    }
    return NULL;
}

static enum standing standing_in(const Award__Pool *pool, const char *case_name,
                                 enum standing honour)
{
    const Award__Ranked *ranked = ranked_find(pool, case_name);
    return ranked != NULL && ranked->candidate ? honour : STANDS_OUT;
}

static enum standing standing_own(const struct exposed_pools *pools, const char *case_name)
{
    enum standing award = standing_in(pools->award, case_name, STANDS_AWARD);
    return award != STANDS_OUT ? award
                               : standing_in(pools->nomination, case_name, STANDS_NOMINATION);
}

// ---- Cutting anew

// Of the one at this index; `honour` is what the places are for. Equals that the office has ordered
// stand in that order: a group only becomes smaller after it was.
// F-tie-1, decision 8
static enum standing standing_at(const struct exposed_pools *pools, const struct remainder *left,
                                 size_t index, enum standing honour)
{
    size_t begin = index;
    size_t end = index;
    while (begin > 0 && ranking_compare(left->ranked[begin - 1], left->ranked[index]) == 0) {
        begin--;
    }
    while (end < left->count && ranking_compare(left->ranked[end], left->ranked[index]) == 0) {
        end++;
    }
    if (end <= left->places || begin >= left->places) {
        return end <= left->places ? honour : STANDS_OUT;
    }
    if (ranking_tie_of(&pools->ties, left->kind, end - begin, left->ranked + begin) == NULL) {
        return honour == STANDS_AWARD ? STANDS_AWARD_TIED : STANDS_NOMINATION_TIED;
    }
    return index < left->places ? honour : STANDS_OUT;
}

static enum standing standing_of(const struct exposed_pools *pools, const struct remainder *left,
                                 const char *case_name, enum standing honour)
{
    for (size_t i = 0; i < left->count; i++) {
        if (strcmp(left->ranked[i]->case_, case_name) == 0) {
            return standing_at(pools, left, i, honour);
        }
    }
    return STANDS_OUT;
}

// ---- Who remains

typedef bool remains_test(struct exposing *x, const Award__Ranked *ranked);

static struct remainder remainder_of(struct exposing *x, const Award__Pool *pool,
                                     remains_test *remains)
{
    bool award = pool->kind == AWARD__HONOUR__KIND__award;
    struct remainder left = {
        .kind = pool->kind,
        .places = award ? x->rulebook->award_places : x->rulebook->nomination_places,
    };
    for (size_t i = 0; i < pool->n_ranked; i++) {
        if (remains(x, pool->ranked[i])) {
            list_add(x->d, &left.count, &left.ranked, pool->ranked[i]);
        }
    }
    return left;
}

// Not of the award's ranking.
static bool below_award(struct exposing *x, const Award__Ranked *ranked)
{
    return ranked->document->hundredths < x->rulebook->award_threshold ||
           ranked->site->hundredths < x->rulebook->award_threshold;
}

// Not of those whose documents set the award's track and whose site score falls below it.
static bool track_kept(struct exposing *x, const Award__Ranked *ranked)
{
    return ranked->document->hundredths < x->rulebook->award_threshold ||
           ranked->site->hundredths >= x->rulebook->award_threshold;
}

static bool left_since(const Award__Case *c)
{
    return stage_in(c->stage, STAGE(ineligible) | STAGE(withdrawn) | STAGE(disqualified) |
                                  STAGE(not_recommended) | STAGE(not_approved));
}

static bool has_stayed(struct exposing *x, const Award__Ranked *ranked)
{
    const Award__Case *c = case_get(x->d, ranked->case_);
    return c != NULL && !left_since(c);
}

// ---- Saying it

static struct exposed_words words_of(enum standing standing)
{
    static const struct exposed_words words[] = {
        [STANDS_OUT] = {"未列为候选",                         "no candidate"                     },
        [STANDS_NOMINATION] = {"提名奖候选",                         "candidate of the nomination award"},
        [STANDS_AWARD] = {"市长奖候选",                         "candidate of the award"           },
        [STANDS_NOMINATION_TIED] = {"提名奖名额线上同分，待裁定",
                        "tied for the nomination award: to be decided"                                },
        [STANDS_AWARD_TIED] = {"市长奖名额线上同分，待裁定", "tied for the award: to be decided"},
    };
    return words[standing];
}

static struct exposed *standings_add(struct exposing *x, enum standing own, enum standing other)
{
    return own != other ? exposed_add(x, words_of(own), words_of(other)) : NULL;
}

static void nomination_look(struct exposing *x, const Award__Case *c, remains_test *remains)
{
    const struct exposed_pools *pools = pools_of(x);
    if (pools == NULL || ranked_find(pools->nomination, c->case_) == NULL) {
        return;
    }
    const struct remainder left = remainder_of(x, pools->nomination, remains);
    struct exposed *exposed =
        standings_add(x, standing_in(pools->nomination, c->case_, STANDS_NOMINATION),
                      standing_of(pools, &left, c->case_, STANDS_NOMINATION));
    if (exposed != NULL) {
        exposed->act = AWARD__EVENT__BODY_RANKING_COMPUTED;
        exposed->subject = x->cycle->cycle;
    }
}

// decision 6
void exposed_by_second_pool(struct exposing *x, const Award__Case *c)
{
    nomination_look(x, c, below_award);
}

// decision 7
void exposed_by_track(struct exposing *x, const Award__Case *c)
{
    nomination_look(x, c, track_kept);
}

// ---- A vacated place (decision 9)

// The first candidate in rank who has left; NULL where none has.
static const Award__Case *vacated_by(struct exposing *x, const Award__Pool *pool)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        const Award__Case *c =
            pool->ranked[i]->candidate ? case_get(x->d, pool->ranked[i]->case_) : NULL;
        if (c != NULL && left_since(c)) {
            return c;
        }
    }
    return NULL;
}

// Whether equals stand across the cut, whom nobody has ordered: the first behind it is one of them.
static bool award_waits(const struct exposed_pools *pools, const struct remainder *left)
{
    return left->count > left->places &&
           standing_at(pools, left, left->places, STANDS_AWARD) == STANDS_AWARD_TIED;
}

// The nomination's pool without those who would have moved up.
static struct remainder nomination_remains(struct exposing *x, const struct exposed_pools *pools,
                                           const struct remainder *award)
{
    struct remainder left = remainder_of(x, pools->nomination, has_stayed);
    size_t kept = 0;
    for (size_t i = 0; i < left.count; i++) {
        if (standing_of(pools, award, left.ranked[i]->case_, STANDS_AWARD) == STANDS_OUT) {
            left.ranked[kept++] = left.ranked[i];
        }
    }
    left.count = kept;
    return left;
}

// While the award's would wait, nothing is said of the nomination's.
static enum standing standing_refilled(struct exposing *x, const struct exposed_pools *pools,
                                       const Award__Case *c)
{
    const struct remainder award = remainder_of(x, pools->award, has_stayed);
    enum standing standing = standing_of(pools, &award, c->case_, STANDS_AWARD);
    if (standing != STANDS_OUT) {
        return standing;
    }
    if (award_waits(pools, &award)) {
        return standing_own(pools, c->case_);
    }
    const struct remainder nomination = nomination_remains(x, pools, &award);
    return standing_of(pools, &nomination, c->case_, STANDS_NOMINATION);
}

// A place of the nomination may be vacant because its candidate would have moved up.
void exposed_by_vacancy(struct exposing *x, const Award__Case *c)
{
    const struct exposed_pools *pools = pools_of(x);
    if (pools == NULL || left_since(c)) {
        return;
    }
    const Award__Case *award = vacated_by(x, pools->award);
    const Award__Case *nomination = vacated_by(x, pools->nomination);
    if (award == NULL && nomination == NULL) {
        return;
    }
    enum standing other = standing_refilled(x, pools, c);
    struct exposed *exposed = standings_add(x, standing_own(pools, c->case_), other);
    if (exposed == NULL) {
        return;
    }
    bool of_award = other >= STANDS_AWARD || nomination == NULL;
    const Award__Case *vacated = of_award ? award : nomination;
    assert(vacated != NULL);
    exposed->subject = vacated->case_;
    exposed->on = vacated->stage_since != NULL ? vacated->stage_since->number : 0;
}
