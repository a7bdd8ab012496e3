// The check of a ranking against a plain reference, over small pools walked whole.
#include "rules/fraction.h"
#include "rules/ranking.h"
#include "tests/rules/naive_ranking.h"

#include <criterion/criterion.h>
#include <string.h>

// ---- What is asked

static Award__Points *points(struct arena *arena, int64_t hundredths)
{
    Award__Points *made = arena_alloc(arena, sizeof(*made));
    award__points__init(made);
    made->has_hundredths = 1;
    made->hundredths = hundredths;
    return made;
}

// The scores that small pools are made of: the thresholds and what lies directly beside them, and a
// pair that is equal on other numbers.
struct kind {
    int64_t document;
    int64_t site;
    int64_t defence;
    int64_t defence_of;
};

static const struct kind kinds[] = {
    {50000, 50000, 64003,  800 },
    {50000, 50000, 104005, 1300}, // shows the same, and is more
    {50000, 50000, 128006, 1600}, // the same value as the first, otherwise written
    {49999, 60000, 64000,  800 }, // the lower of the two decides
    {40000, 40000, 0,      1   }, // a defence that was dispensed with
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void entrant_add(struct arena *arena, Award__Rank *asked, const char *name,
                        const struct kind *kind)
{
    Award__Rank__Entrant *entrant = arena_alloc(arena, sizeof(*entrant));
    award__rank__entrant__init(entrant);
    entrant->case_ = arena_string(arena, name);
    entrant->document = points(arena, kind->document);
    entrant->site = points(arena, kind->site);
    entrant->defence = arena_alloc(arena, sizeof(*entrant->defence));
    award__fraction__init(entrant->defence);
    entrant->defence->has_numerator = entrant->defence->has_denominator = 1;
    entrant->defence->numerator = kind->defence;
    entrant->defence->denominator = kind->defence_of;
    asked->entrants[asked->n_entrants++] = entrant;
}

static Award__Rank *asked_make(struct arena *arena, uint32_t award_places,
                               uint32_t nomination_places)
{
    Award__Rank *asked = arena_alloc(arena, sizeof(*asked));
    award__rank__init(asked);
    asked->cycle = arena_string(arena, "2018");
    asked->entrants = arena_alloc(arena, 32 * sizeof(*asked->entrants));
    asked->ties = arena_alloc(arena, 8 * sizeof(*asked->ties));
    asked->document_weight = 20;
    asked->site_weight = 80;
    asked->award_threshold = points(arena, 50000);
    asked->nomination_threshold = points(arena, 40000);
    asked->award_places = award_places;
    asked->nomination_places = nomination_places;
    return asked;
}

static void tie_add(struct arena *arena, Award__Rank *asked, Award__Honour__Kind pool, size_t count,
                    const char *const *order)
{
    Award__Selection__Tie *tie = arena_alloc(arena, sizeof(*tie));
    award__selection__tie__init(tie);
    tie->has_pool = 1;
    tie->pool = pool;
    tie->order = arena_alloc(arena, count * sizeof(*tie->order));
    for (size_t i = 0; i < count; i++) {
        tie->order[tie->n_order++] = arena_string(arena, order[i]);
    }
    asked->ties[asked->n_ties++] = tie;
}

static bool right(const Award__Rank *asked, const Award__RankingComputed *computed)
{
    struct ranking_fault fault;
    return ranking_check(asked, computed->n_pools, computed->pools, &fault);
}

// ---- Small spaces, walked whole

static const char *const names[] = {"2018/a/1", "2018/b/1", "2018/c/1", "2018/d/1"};

// Entrants by the digits of a number to the base KINDS.
static void entrants_fill(struct arena *arena, Award__Rank *asked, size_t count, size_t number)
{
    for (size_t i = 0; i < count; i++) {
        entrant_add(arena, asked, names[i], &kinds[number % KINDS]);
        number /= KINDS;
    }
}

static size_t power(size_t base, size_t exponent)
{
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

static void walk_against_reference(size_t count, uint32_t award_places, uint32_t nomination_places)
{
    struct arena *arena = arena_create();
    for (size_t number = 0; number < power(KINDS, count); number++) {
        arena_reset(arena);
        Award__Rank *asked = asked_make(arena, award_places, nomination_places);
        entrants_fill(arena, asked, count, number);
        const Award__RankingComputed *computed = naive_ranking(asked, arena);
        struct ranking_fault fault = {"", "", ""};
        cr_assert(ranking_check(asked, computed->n_pools, computed->pools, &fault),
                  "%zu entrants, number %zu, places %u %u: %s %s", count, number, award_places,
                  nomination_places, fault.case_, fault.en);
    }
    arena_destroy(arena);
}

Test(ranking, the_reference_ranking_of_every_small_pool_is_admitted)
{
    for (size_t count = 0; count <= 4; count++) {
        for (uint32_t places = 0; places < 9; places++) {
            walk_against_reference(count, places / 3, places % 3);
        }
    }
}

// Everything that one entry of a pool of three may say of its place.
static size_t variants_admitted(const Award__Rank *asked, Award__RankingComputed *computed)
{
    Award__Pool *pool = computed->pools[0];
    size_t admitted = 0;
    for (unsigned variant = 0; variant < 27 * 8 * 8 * 2; variant++) {
        unsigned rest = variant;
        for (size_t i = 0; i < 3; i++) {
            pool->ranked[i]->rank = 1 + rest % 3;
            rest /= 3;
        }
        for (size_t i = 0; i < 3; i++) {
            pool->ranked[i]->candidate = (int)(rest % 2);
            pool->ranked[i]->tied = (int)(rest / 2 % 2);
            rest /= 4;
        }
        pool->waiting = (int)rest;
        computed->n_pools = pool->waiting ? 1 : 2;
        admitted += right(asked, computed);
    }
    return admitted;
}

// All entrants have reached the award's threshold; the nomination has no places, so that its pool
// is right whenever it lists the others in order.
static size_t orders_admitted(struct arena *arena, const Award__Rank *asked)
{
    static const size_t orders[6][3] = {
        {0, 1, 2},
        {0, 2, 1},
        {1, 0, 2},
        {1, 2, 0},
        {2, 0, 1},
        {2, 1, 0}
    };
    size_t admitted = 0;
    Award__RankingComputed *computed = naive_ranking(asked, arena);
    if (computed->n_pools == 1) {
        computed->pools[1] = NULL;
    }
    Award__Pool *pool = computed->pools[0];
    Award__Ranked *as_given[3] = {pool->ranked[0], pool->ranked[1], pool->ranked[2]};
    for (size_t order = 0; order < 6; order++) {
        for (size_t i = 0; i < 3; i++) {
            pool->ranked[i] = as_given[orders[order][i]];
        }
        if (computed->pools[1] == NULL) {
            // What does not wait would need a second pool: an empty one is wrong or right by
            // itself.
            Award__Pool *empty = arena_alloc(arena, sizeof(*empty));
            award__pool__init(empty);
            empty->has_kind = 1;
            empty->kind = AWARD__HONOUR__KIND__nomination;
            computed->pools[1] = empty;
        }
        admitted += variants_admitted(asked, computed);
    }
    return admitted;
}

// F-rank-1, F-rank-2; 16(6).2s1
Test(ranking, of_all_orders_ranks_and_flags_exactly_one_is_admitted)
{
    struct arena *arena = arena_create();
    for (uint32_t places = 1; places <= 3; places++) {
        for (size_t number = 0; number < 27; number++) {
            arena_reset(arena);
            Award__Rank *asked = asked_make(arena, places, 0);
            entrant_add(arena, asked, names[0], &kinds[number % 3]);
            entrant_add(arena, asked, names[1], &kinds[number / 3 % 3]);
            entrant_add(arena, asked, names[2], &kinds[number / 9]);
            cr_assert_eq(orders_admitted(arena, asked), 1, "places %u, number %zu", places, number);
        }
    }
    arena_destroy(arena);
}

// ---- One ranking, made wrong in each way

struct scene {
    struct arena *arena;
    Award__Rank *asked;
    Award__RankingComputed *computed;
};

static struct scene scene_make(void)
{
    struct scene scene = {.arena = arena_create()};
    scene.asked = asked_make(scene.arena, 2, 2);
    for (size_t i = 0; i < 4; i++) {
        entrant_add(scene.arena, scene.asked, names[i], &kinds[i == 2 ? 4 : i]);
    }
    scene.computed = naive_ranking(scene.asked, scene.arena);
    cr_assert(right(scene.asked, scene.computed));
    return scene;
}

// The defence score that the ranking gives an entry, no longer that of the record itself.
static Award__Fraction *defence_own(struct scene *scene, size_t pool, size_t entry)
{
    Award__Ranked *ranked = scene->computed->pools[pool]->ranked[entry];
    ranked->defence = arena_copy(scene->arena, ranked->defence, sizeof(*ranked->defence));
    return ranked->defence;
}

static void wrong_end(struct scene *scene)
{
    cr_expect_not(right(scene->asked, scene->computed));
    arena_destroy(scene->arena);
}

// F-rank-1; 16(6).2s1
Test(ranking, a_missing_case_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->n_ranked--;
    wrong_end(&scene);
}

Test(ranking, a_case_that_stands_twice_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->ranked[1] = scene.computed->pools[0]->ranked[0];
    wrong_end(&scene);
    scene = scene_make();
    Award__Pool *pool = scene.computed->pools[0];
    Award__Ranked *again = arena_copy(scene.arena, pool->ranked[0], sizeof(*again));
    Award__Ranked **longer = arena_alloc(scene.arena, (pool->n_ranked + 1) * sizeof(*longer));
    memcpy(longer, pool->ranked, pool->n_ranked * sizeof(*longer));
    longer[pool->n_ranked++] = again;
    pool->ranked = longer;
    struct ranking_fault fault;
    cr_expect_not(
        ranking_check(scene.asked, scene.computed->n_pools, scene.computed->pools, &fault));
    cr_expect_str_eq(fault.en, "is ranked twice");
    arena_destroy(scene.arena);
}

Test(ranking, a_case_that_is_no_entrant_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->ranked[1]->case_ = arena_string(scene.arena, "2018/x/1");
    wrong_end(&scene);
}

// decision 6; 16(6).2s2
Test(ranking, a_candidate_of_the_award_does_not_stand_in_the_nomination_pool)
{
    struct scene scene = scene_make();
    scene.computed->pools[1]->ranked[0] = scene.computed->pools[0]->ranked[0];
    wrong_end(&scene);
}

Test(ranking, a_score_that_is_not_on_record_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->ranked[0]->site = points(scene.arena, 50001);
    wrong_end(&scene);
    scene = scene_make();
    defence_own(&scene, 0, 0)->numerator++;
    wrong_end(&scene);
    scene = scene_make();
    scene.computed->pools[0]->ranked[0]->document = points(scene.arena, 50001);
    wrong_end(&scene);
    scene = scene_make();
    scene.computed->pools[0]->ranked[0]->review->numerator++;
    wrong_end(&scene);
}

// decision 23
Test(ranking, no_points_for_a_defence_are_none_however_they_are_written)
{
    struct scene scene = scene_make();
    Award__Fraction *none = defence_own(&scene, 1, 1);
    cr_assert_eq(none->numerator, 0);
    none->denominator = INT64_MAX;
    cr_expect(right(scene.asked, scene.computed));
    none->denominator = 0;
    wrong_end(&scene);
}

// 16(6).2s1: the site score is a condition of its own
Test(ranking, a_document_score_alone_makes_no_entrant_of_the_pool)
{
    struct arena *arena = arena_create();
    static const struct kind kind = {60000, 49999, 64000, 800};
    Award__Rank *asked = asked_make(arena, 5, 5);
    entrant_add(arena, asked, names[0], &kind);
    Award__RankingComputed *computed = naive_ranking(asked, arena);
    cr_assert_eq(computed->pools[0]->n_ranked, 0);
    cr_expect(right(asked, computed));
    computed->pools[0]->ranked = computed->pools[1]->ranked;
    computed->pools[0]->n_ranked = 1;
    computed->pools[0]->vacant = 4;
    computed->pools[1]->n_ranked = 0;
    computed->pools[1]->vacant = 5;
    cr_expect_not(right(asked, computed));
    arena_destroy(arena);
}

Test(ranking, a_composite_that_was_rounded_is_wrong)
{
    struct scene scene = scene_make();
    Award__Fraction *composite = scene.computed->pools[0]->ranked[0]->composite;
    composite->numerator = 5800038; // 580.0038: right on four decimals, and not exact
    composite->denominator = 10000;
    wrong_end(&scene);
}

Test(ranking, fractions_out_of_bounds_are_wrong_and_do_no_harm)
{
    static const int64_t values[] = {INT64_MIN, -1, 0, INT64_MAX};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct scene scene = scene_make();
        scene.computed->pools[0]->ranked[0]->composite->denominator = values[i];
        wrong_end(&scene);
        scene = scene_make();
        scene.computed->pools[1]->ranked[0]->review->numerator = values[i];
        wrong_end(&scene);
    }
}

Test(ranking, absent_scores_and_names_are_wrong_and_do_no_harm)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->ranked[0]->composite = NULL;
    wrong_end(&scene);
    scene = scene_make();
    scene.computed->pools[0]->ranked[1]->document = NULL;
    wrong_end(&scene);
    scene = scene_make();
    scene.computed->pools[1]->ranked[0]->case_ = NULL;
    wrong_end(&scene);
}

Test(ranking, a_fraction_counts_by_value_however_it_is_written)
{
    struct scene scene = scene_make();
    Award__Fraction *composite = scene.computed->pools[0]->ranked[0]->composite;
    int64_t divisor = 20;
    cr_assert_eq(composite->numerator % divisor, 0);
    composite->numerator /= divisor;
    composite->denominator /= divisor;
    cr_expect(right(scene.asked, scene.computed));
    arena_destroy(scene.arena);
}

// 3s1, 16(6).2s1, 16(6).2s2
Test(ranking, a_wrong_number_of_vacant_places_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->pools[1]->vacant++;
    wrong_end(&scene);
}

Test(ranking, the_nomination_pool_must_not_be_left_out)
{
    struct scene scene = scene_make();
    scene.computed->n_pools = 1;
    wrong_end(&scene);
}

Test(ranking, no_pool_at_all_is_wrong)
{
    struct scene scene = scene_make();
    scene.computed->n_pools = 0;
    wrong_end(&scene);
}

// ---- Decided ties (decision 8)

static const char *rank_list(const struct scene *scene, size_t pool)
{
    const char *list = "";
    const Award__Pool *ranked = scene->computed->pools[pool];
    for (size_t i = 0; i < ranked->n_ranked; i++) {
        list = arena_format(scene->arena, "%s%c%u%s ", list, ranked->ranked[i]->case_[5],
                            ranked->ranked[i]->rank, ranked->ranked[i]->candidate ? "*" : "");
    }
    return list;
}

static struct scene equals_scene(size_t count, uint32_t places)
{
    struct scene scene = {.arena = arena_create()};
    scene.asked = asked_make(scene.arena, places, 5);
    for (size_t i = 0; i < count; i++) {
        entrant_add(scene.arena, scene.asked, names[i], &kinds[0]);
    }
    return scene;
}

static void scene_expect(struct scene *scene, const char *award)
{
    scene->computed = naive_ranking(scene->asked, scene->arena);
    cr_expect_str_eq(rank_list(scene, 0), award);
    struct ranking_fault fault = {"", "", ""};
    cr_expect(ranking_check(scene->asked, scene->computed->n_pools, scene->computed->pools, &fault),
              "%s %s", fault.case_, fault.en);
    arena_destroy(scene->arena);
}

Test(ranking, equals_across_the_cut_wait_and_name_no_candidate)
{
    struct scene scene = equals_scene(3, 2);
    scene_expect(&scene, "a1 b1 c1 ");
}

// F-rank-2, decision 8
Test(ranking, equals_within_the_places_share_a_rank)
{
    struct scene scene = equals_scene(3, 3);
    scene_expect(&scene, "a1* b1* c1* ");
}

// F-tie-1, decision 8
Test(ranking, a_decision_gives_its_whole_group_consecutive_ranks)
{
    struct scene scene = equals_scene(3, 2);
    const char *const order[] = {names[2], names[0], names[1]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 3, order);
    scene_expect(&scene, "c1* a2* b3 ");
}

// F-tie-2, decision 8
Test(ranking, a_recorded_order_stands_for_those_that_remain)
{
    struct scene scene = equals_scene(2, 1);
    const char *const order[] = {names[3], names[1], names[0]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 3, order);
    scene_expect(&scene, "b1* a2 ");
}

Test(ranking, a_recorded_order_stands_away_from_the_cut_too)
{
    struct scene scene = equals_scene(2, 5);
    const char *const order[] = {names[1], names[0]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 2, order);
    scene_expect(&scene, "b1* a2* ");
}

Test(ranking, an_order_that_does_not_name_all_of_a_group_decides_nothing)
{
    struct scene scene = equals_scene(3, 1);
    const char *const order[] = {names[1], names[0]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 2, order);
    scene_expect(&scene, "a1 b1 c1 ");
}

Test(ranking, an_order_of_the_other_pool_decides_nothing)
{
    struct scene scene = equals_scene(2, 1);
    const char *const order[] = {names[1], names[0]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__nomination, 2, order);
    scene_expect(&scene, "a1 b1 ");
}

Test(ranking, a_ranking_that_ignores_a_decision_is_wrong)
{
    struct scene scene = equals_scene(2, 1);
    scene.computed = naive_ranking(scene.asked, scene.arena);
    const char *const order[] = {names[1], names[0]};
    tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 2, order);
    wrong_end(&scene);
}

// decision 8
Test(ranking, a_wrong_rank_or_order_within_a_decided_tie_is_wrong)
{
    for (int fault = 0; fault < 5; fault++) {
        struct scene scene = equals_scene(3, 2);
        const char *const order[] = {names[2], names[0], names[1]};
        tie_add(scene.arena, scene.asked, AWARD__HONOUR__KIND__award, 3, order);
        scene.computed = naive_ranking(scene.asked, scene.arena);
        Award__Ranked **ranked = scene.computed->pools[0]->ranked;
        Award__Ranked *second = ranked[1];
        switch (fault) {
        case 0:
            ranked[2]->rank = 2;
            break;
        case 1:
            ranked[2]->candidate = 1;
            break;
        case 2:
            ranked[0]->tied = 1;
            break;
        case 3:
            ranked[0]->has_rank = 0;
            break;
        default: // in the order of case numbers, with the ranks that belong to the places
            ranked[1] = ranked[0];
            ranked[0] = second;
            ranked[0]->rank = 1;
            ranked[1]->rank = 2;
        }
        wrong_end(&scene);
    }
}

// F-rank-3
Test(ranking, while_the_awards_cut_waits_there_is_no_nomination_pool)
{
    struct scene scene = equals_scene(3, 2);
    scene.computed = naive_ranking(scene.asked, scene.arena);
    cr_assert_eq(scene.computed->n_pools, 1);
    Award__Pool empty = AWARD__POOL__INIT;
    empty.has_kind = 1;
    empty.kind = AWARD__HONOUR__KIND__nomination;
    empty.vacant = 5;
    Award__Pool *pools[] = {scene.computed->pools[0], &empty};
    scene.computed->pools = pools;
    scene.computed->n_pools = 2;
    wrong_end(&scene);
}

Test(ranking, the_pools_are_the_awards_and_then_the_nominations)
{
    struct scene scene = scene_make();
    scene.computed->pools[0]->kind = AWARD__HONOUR__KIND__nomination;
    wrong_end(&scene);
    scene = scene_make();
    scene.computed->pools[1]->kind = AWARD__HONOUR__KIND__award;
    wrong_end(&scene);
}
