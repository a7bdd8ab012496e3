// naive_ranking - the ranking of 16(6).2, worked out in the plainest way, for comparison
//
// Every composite is brought to one common denominator, the product of all of them, so that it is a
// plain integer; ranks are counted, not sorted for. Only small numbers of entrants fit.
#include "tests/rules/naive_ranking.h"

#include <criterion/criterion.h>
#include <string.h>

struct naive {
    const Award__Rank *asked;
    struct arena *arena;
};

// Hundredths of points times 100 times every panel's size.
static int64_t composite(const struct naive *naive, const Award__Rank__Entrant *entrant)
{
    const Award__Rank *asked = naive->asked;
    int64_t all = 1;
    int64_t others = 1;
    for (size_t i = 0; i < asked->n_entrants; i++) {
        int64_t denominator = asked->entrants[i]->defence->denominator;
        bool seen = false;
        for (size_t k = 0; k < i; k++) {
            seen = seen || asked->entrants[k]->defence->denominator == denominator;
        }
        all *= seen ? 1 : denominator;
        others *= seen || denominator == entrant->defence->denominator ? 1 : denominator;
    }
    int64_t review = asked->document_weight * entrant->document->hundredths +
                     asked->site_weight * entrant->site->hundredths;
    return review * all + 10000 * entrant->defence->numerator * others;
}

static const Award__Selection__Tie *tie_of(const struct naive *naive, const Award__Pool *pool,
                                           const char *case_name, size_t *position)
{
    for (size_t i = 0; i < naive->asked->n_ties; i++) {
        const Award__Selection__Tie *tie = naive->asked->ties[i];
        for (size_t k = 0; tie->pool == pool->kind && k < tie->n_order; k++) {
            if (strcmp(tie->order[k], case_name) == 0) {
                *position = k;
                return tie;
            }
        }
    }
    return NULL;
}

static void fraction_set(Award__Fraction *fraction, int64_t numerator, int64_t denominator)
{
    fraction->has_numerator = 1;
    fraction->numerator = numerator;
    fraction->has_denominator = 1;
    fraction->denominator = denominator;
}

static Award__Ranked *ranked_make(const struct naive *naive, Award__Rank__Entrant *entrant)
{
    Award__Ranked *ranked = arena_alloc(naive->arena, sizeof(*ranked));
    award__ranked__init(ranked);
    ranked->case_ = entrant->case_;
    ranked->document = entrant->document;
    ranked->site = entrant->site;
    ranked->defence = entrant->defence;
    ranked->review = arena_alloc(naive->arena, sizeof(*ranked->review));
    award__fraction__init(ranked->review);
    int64_t review = naive->asked->document_weight * entrant->document->hundredths +
                     naive->asked->site_weight * entrant->site->hundredths;
    fraction_set(ranked->review, review, 10000);
    ranked->composite = arena_alloc(naive->arena, sizeof(*ranked->composite));
    award__fraction__init(ranked->composite);
    int64_t denominator = entrant->defence->denominator;
    fraction_set(ranked->composite, review * denominator + 10000 * entrant->defence->numerator,
                 10000 * denominator);
    return ranked;
}

static bool in_award(const Award__Pool *award, const char *case_name)
{
    for (size_t i = 0; award != NULL && i < award->n_ranked; i++) {
        if (award->ranked[i]->candidate && strcmp(award->ranked[i]->case_, case_name) == 0) {
            return true;
        }
    }
    return false;
}

// One who is in the pool, with its place counted.
struct place {
    Award__Rank__Entrant *entrant;
    int64_t composite;
    size_t higher; // how many have more
    size_t equal;  // how many have the same, itself included
    size_t before; // of those, how many stand before it
    bool decided;
};

static void place_count(const struct naive *naive, const Award__Pool *pool, struct place *places,
                        size_t count, size_t index)
{
    struct place *own = &places[index];
    size_t position = 0;
    const Award__Selection__Tie *tie = tie_of(naive, pool, own->entrant->case_, &position);
    own->decided = tie != NULL;
    for (size_t i = 0; i < count; i++) {
        own->higher += places[i].composite > own->composite;
        own->equal += places[i].composite == own->composite;
        size_t other = 0;
        own->decided =
            own->decided && (places[i].composite != own->composite ||
                             tie_of(naive, pool, places[i].entrant->case_, &other) == tie);
    }
    for (size_t i = 0; i < count; i++) {
        size_t other = 0;
        (void)tie_of(naive, pool, places[i].entrant->case_, &other);
        bool first = own->decided ? other < position
                                  : strcmp(places[i].entrant->case_, own->entrant->case_) < 0;
        own->before += i != index && places[i].composite == own->composite && first;
    }
}

static void place_fill(const struct naive *naive, Award__Pool *pool, const struct place *place,
                       size_t places)
{
    Award__Ranked *ranked = ranked_make(naive, place->entrant);
    bool across = !place->decided && place->equal > 1 && place->higher < places &&
                  place->higher + place->equal > places;
    size_t index = place->higher + place->before;
    ranked->has_rank = 1;
    ranked->rank = (uint32_t)(1 + (place->decided ? index : place->higher));
    ranked->has_tied = 1;
    ranked->tied = across;
    ranked->has_candidate = 1;
    ranked->candidate = !across && index < places;
    pool->waiting = pool->waiting || across;
    pool->ranked[index] = ranked;
}

static Award__Pool *pool_make(const struct naive *naive, Award__Honour__Kind kind,
                              const Award__Pool *award, int64_t threshold, size_t places)
{
    Award__Pool *pool = arena_alloc(naive->arena, sizeof(*pool));
    award__pool__init(pool);
    pool->has_kind = 1;
    pool->kind = kind;
    struct place all[32] = {0};
    cr_assert_leq(naive->asked->n_entrants, 32);
    for (size_t i = 0; i < naive->asked->n_entrants; i++) {
        Award__Rank__Entrant *entrant = naive->asked->entrants[i];
        if (entrant->document->hundredths >= threshold && entrant->site->hundredths >= threshold &&
            !in_award(award, entrant->case_)) {
            all[pool->n_ranked].composite = composite(naive, entrant);
            all[pool->n_ranked++].entrant = entrant;
        }
    }
    pool->ranked = arena_alloc(naive->arena, (pool->n_ranked + 1) * sizeof(*pool->ranked));
    pool->has_waiting = 1;
    for (size_t i = 0; i < pool->n_ranked; i++) {
        place_count(naive, pool, all, pool->n_ranked, i);
        place_fill(naive, pool, &all[i], places);
    }
    pool->has_vacant = 1;
    pool->vacant = (uint32_t)(places > pool->n_ranked ? places - pool->n_ranked : 0);
    return pool;
}

Award__RankingComputed *naive_ranking(const Award__Rank *asked, struct arena *arena)
{
    struct naive naive = {asked, arena};
    Award__RankingComputed *computed = arena_alloc(arena, sizeof(*computed));
    award__ranking_computed__init(computed);
    computed->cycle = asked->cycle;
    computed->pools = arena_alloc(arena, 2 * sizeof(Award__Pool *));
    computed->pools[0] = pool_make(&naive, AWARD__HONOUR__KIND__award, NULL,
                                   asked->award_threshold->hundredths, asked->award_places);
    computed->n_pools = 1;
    if (!computed->pools[0]->waiting) {
        computed->pools[1] =
            pool_make(&naive, AWARD__HONOUR__KIND__nomination, computed->pools[0],
                      asked->nomination_threshold->hundredths, asked->nomination_places);
        computed->n_pools = 2;
    }
    return computed;
}
