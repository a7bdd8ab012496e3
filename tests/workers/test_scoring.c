// Tests of the scoring worker: the comparison of sheets, and the ranking against a reference that
// counts for each case who is better and who is equal, over all small fields of entrants.
#include "common/codec.h"
#include "rules/ranking.h"
#include "workers/scoring/scoring.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

TestSuite(scoring, .init = setup, .fini = teardown);

static bool handle(const Award__TaskOrder *order, Award__Event *answer, const char **reason)
{
    award__event__init(answer);
    return scoring_worker.handle(scoring_worker.context, order, arena, answer, reason);
}

static Award__TaskOrder *order_read(const char *json)
{
    struct codec_error error;
    ProtobufCMessage *message =
        codec_from_json(&award__task_order__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s", error.en);
    return (Award__TaskOrder *)message;
}

// ---- Sheets

#define CATEGORIES                                                                                 \
    "\"categories\":[{\"key\":\"a\",\"maximum\":\"100\"},{\"key\":\"b\",\"maximum\":\"50\"}],"     \
    "\"tolerance_percent\":10"

Test(scoring, sheets_are_compared_by_category_with_items_added_up)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert(handle(
        order_read("{\"compare_sheets\":{\"case\":\"2018/X/1\"," CATEGORIES ",\"sheets\":["
                   "{\"person\":\"r1\",\"total\":\"110\",\"scores\":[{\"item\":\"a.x\",\"points\":"
                   "\"50\"},{\"item\":\"a.y\",\"points\":\"30\"},{\"item\":\"b\",\"points\":\"30\"}"
                   "]},"
                   "{\"person\":\"r2\",\"total\":\"125.01\",\"scores\":[{\"item\":\"b\",\"points\":"
                   "\"35.01\"},{\"item\":\"a\",\"points\":\"90\"}]}]}}"),
        &event, &reason));
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_SHEETS_COMPARED);
    cr_assert_str_eq(
        codec_to_json(&event.sheets_compared->base, CODEC_JSON_LINE, arena),
        "{\"case\":\"2018/X/1\",\"rows\":["
        "{\"item\":\"a\",\"lowest\":\"80.00\",\"highest\":\"90.00\",\"mean\":\"85.00\",\"outlier\":"
        "false},"
        "{\"item\":\"b\",\"lowest\":\"30.00\",\"highest\":\"35.01\",\"mean\":\"32.51\",\"outlier\":"
        "true}],\"totals\":[{\"reviewer\":\"r1\",\"total\":\"110.00\"},{\"reviewer\":\"r2\","
        "\"total\":\"125.01\"}]}");
}

Test(scoring, a_mean_below_the_half_is_rounded_down)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert(handle(order_read("{\"compare_sheets\":{\"case\":\"c\",\"categories\":[{\"key\":"
                                "\"a\",\"maximum\":\"100\"}],\"tolerance_percent\":10,\"sheets\":["
                                "{\"person\":\"r1\",\"total\":\"1\",\"scores\":[{\"item\":\"a\","
                                "\"points\":\"1\"}]},"
                                "{\"person\":\"r2\",\"total\":\"1\",\"scores\":[{\"item\":\"a\","
                                "\"points\":\"1\"}]},"
                                "{\"person\":\"r3\",\"total\":\"1.01\",\"scores\":[{\"item\":\"a\","
                                "\"points\":\"1.01\"}]}]}}"),
                     &event, &reason));
    cr_assert_eq(event.sheets_compared->rows[0]->mean->hundredths, 100, "1.00333 is 1.00");
}

Test(scoring, a_sheet_that_does_not_add_up_fails_the_task_and_names_its_reviewer)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert_not(handle(
        order_read("{\"compare_sheets\":{\"case\":\"c\"," CATEGORIES ",\"sheets\":[{\"person\":"
                   "\"r9\",\"total\":\"2\",\"scores\":[{\"item\":\"a\",\"points\":\"1\"}]}]}}"),
        &event, &reason));
    cr_assert_not_null(strstr(reason, "r9"));
}

Test(scoring, a_task_of_another_kind_is_failed)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert_not(
        handle(order_read("{\"check_grounds\":{\"detail\":\"violation\"}}"), &event, &reason));
    cr_assert_not_null(reason);
}

// ---- Fields of entrants

enum { ENTRANTS_MAX = 4, AWARD_PLACES = 2, NOMINATION_PLACES = 1 };

// Two equal composites (2 and 3), both sides of both thresholds, and defences that differ by less
// than four decimals show.
static const struct kind {
    int64_t document;
    int64_t site;
    int64_t defence; // over 10400
} kinds[] = {
    {50000, 50000, 832040}, // 80.0038...
    {50000, 50000, 832039},
    {54000, 50000, 832000},
    {50000, 51000, 832000},
    {49999, 60000, 832000},
    {60000, 40000, 832000},
    {39999, 60000, 832000},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), DEFENCE_DENOMINATOR = 10400 };

struct reference {
    Award__Rank rank;
    Award__Rank__Entrant entrants[ENTRANTS_MAX];
    Award__Rank__Entrant *pointers[ENTRANTS_MAX];
    Award__Points points[ENTRANTS_MAX][2];
    Award__Fraction defences[ENTRANTS_MAX];
    char names[ENTRANTS_MAX][16];
    Award__Points thresholds[2];
};

static Award__Points points_of(int64_t hundredths)
{
    Award__Points points = AWARD__POINTS__INIT;
    points.has_hundredths = 1;
    points.hundredths = hundredths;
    return points;
}

static void entrant_set(struct reference *field, size_t i, const struct kind *kind)
{
    award__rank__entrant__init(&field->entrants[i]);
    award__fraction__init(&field->defences[i]);
    field->points[i][0] = points_of(kind->document);
    field->points[i][1] = points_of(kind->site);
    field->defences[i].has_numerator = 1;
    field->defences[i].numerator = kind->defence;
    field->defences[i].has_denominator = 1;
    field->defences[i].denominator = DEFENCE_DENOMINATOR;
    // Later entrants have the lower number, so that sorting has something to do.
    (void)snprintf(field->names[i], sizeof(field->names[i]), "2018/X/%d", (int)(9 - i));
    field->entrants[i].case_ = field->names[i];
    field->entrants[i].document = &field->points[i][0];
    field->entrants[i].site = &field->points[i][1];
    field->entrants[i].defence = &field->defences[i];
    field->pointers[i] = &field->entrants[i];
}

// The field that a number written in base KINDS describes.
static void field_set(struct reference *field, size_t count, size_t number)
{
    award__rank__init(&field->rank);
    for (size_t i = 0; i < count; i++, number /= KINDS) {
        entrant_set(field, i, &kinds[number % KINDS]);
    }
    field->thresholds[0] = points_of(50000);
    field->thresholds[1] = points_of(40000);
    field->rank.cycle = (char[]){"2018"};
    field->rank.n_entrants = count;
    field->rank.entrants = field->pointers;
    field->rank.document_weight = 20;
    field->rank.site_weight = 80;
    field->rank.award_threshold = &field->thresholds[0];
    field->rank.nomination_threshold = &field->thresholds[1];
    field->rank.award_places = AWARD_PLACES;
    field->rank.nomination_places = NOMINATION_PLACES;
}

static Award__RankingComputed *rank(const Award__Rank *asked)
{
    Award__Rank copy = *asked;
    Award__TaskOrder order = AWARD__TASK_ORDER__INIT;
    order.payload_case = AWARD__TASK_ORDER__PAYLOAD_RANK;
    order.rank = &copy;
    Award__Event event;
    const char *reason = "";
    cr_assert(handle(&order, &event, &reason), "%s", reason);
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_RANKING_COMPUTED);
    return event.ranking_computed;
}

// ---- The reference

// In parts of 1/(10000 * 10400): 104 * review hundredths-of-hundredths * 100 + 10000 * defence.
static int64_t composite(const Award__Rank__Entrant *entrant)
{
    int64_t review = 20 * entrant->document->hundredths + 80 * entrant->site->hundredths;
    return review * DEFENCE_DENOMINATOR + 10000 * entrant->defence->numerator;
}

static const Award__Ranked *find(const Award__Pool *pool, const char *name)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        if (strcmp(pool->ranked[i]->case_, name) == 0) {
            return pool->ranked[i];
        }
    }
    return NULL;
}

static bool competes(const Award__Rank__Entrant *entrant, int64_t threshold,
                     const Award__Pool *award)
{
    const Award__Ranked *in_award = award != NULL ? find(award, entrant->case_) : NULL;
    return entrant->document->hundredths >= threshold && entrant->site->hundredths >= threshold &&
           (in_award == NULL || !in_award->candidate);
}

// A pool without recorded ties is as counting says.
static void pool_compare(const Award__Rank *asked, const Award__Pool *pool,
                         const Award__Pool *award, size_t number)
{
    int64_t threshold = award == NULL ? 50000 : 40000;
    size_t places = award == NULL ? AWARD_PLACES : NOMINATION_PLACES;
    size_t members = 0;
    bool waits = false;
    for (size_t i = 0; i < asked->n_entrants; i++) {
        const Award__Rank__Entrant *entrant = asked->entrants[i];
        const Award__Ranked *ranked = find(pool, entrant->case_);
        cr_assert_eq(ranked != NULL, competes(entrant, threshold, award), "field %zu", number);
        if (ranked == NULL) {
            continue;
        }
        members++;
        size_t better = 0;
        size_t equal = 0;
        for (size_t k = 0; k < asked->n_entrants; k++) {
            if (competes(asked->entrants[k], threshold, award)) {
                better += composite(asked->entrants[k]) > composite(entrant);
                equal += composite(asked->entrants[k]) == composite(entrant);
            }
        }
        bool tied = better < places && better + equal > places;
        waits = waits || tied;
        cr_assert_eq(ranked->rank, better + 1, "field %zu", number);
        cr_assert_eq(ranked->tied, tied, "field %zu", number);
        cr_assert_eq(ranked->candidate, better + equal <= places, "field %zu", number);
    }
    cr_assert_eq(pool->n_ranked, members);
    cr_assert_eq(pool->waiting, waits);
    cr_assert_eq(pool->vacant, members < places ? places - members : 0);
}

static void rule_admits(const Award__Rank *asked, const Award__RankingComputed *computed,
                        size_t number)
{
    struct ranking_fault fault = {"", "", ""};
    cr_assert(ranking_check(asked, computed->n_pools, computed->pools, &fault),
              "field %zu: case %s %s", number, fault.case_, fault.en);
}

static size_t power(size_t count)
{
    size_t fields = 1;
    for (size_t i = 0; i < count; i++) {
        fields *= KINDS;
    }
    return fields;
}

// F-rank-1, F-rank-2, F-rank-3, decision 6; 16(6).2s1, 16(6).2s2
Test(scoring, every_small_field_is_ranked_as_counting_says_and_the_rule_admits_it)
{
    static struct reference field;
    for (size_t count = 0; count <= ENTRANTS_MAX; count++) {
        for (size_t number = 0; number < power(count); number++) {
            field_set(&field, count, number);
            const Award__RankingComputed *computed = rank(&field.rank);
            const Award__Pool *award = computed->pools[0];
            pool_compare(&field.rank, award, NULL, number);
            cr_assert_eq(computed->n_pools, award->waiting ? 1 : 2);
            if (!award->waiting) {
                pool_compare(&field.rank, computed->pools[1], award, number);
            }
            rule_admits(&field.rank, computed, number);
            arena_reset(arena);
        }
    }
}

// ---- Ties

static Award__Pool *waiting_pool(const Award__RankingComputed *computed)
{
    Award__Pool *last = computed->pools[computed->n_pools - 1];
    return last->waiting ? last : NULL;
}

// The office puts the tied cases of the pool in the reverse of their listing.
static void tie_reverse(const Award__Pool *pool, Award__Selection__Tie *tie)
{
    award__selection__tie__init(tie);
    tie->has_pool = 1;
    tie->pool = pool->kind;
    tie->order = arena_alloc(arena, ENTRANTS_MAX * sizeof(*tie->order));
    for (size_t i = pool->n_ranked; i-- > 0;) {
        if (pool->ranked[i]->tied) {
            tie->order[tie->n_order++] = pool->ranked[i]->case_;
        }
    }
}

static void order_holds(const Award__Pool *pool, const Award__Selection__Tie *tie, size_t number)
{
    const Award__Ranked *before = NULL;
    for (size_t i = 0; i < tie->n_order; i++) {
        const Award__Ranked *ranked = find(pool, tie->order[i]);
        if (ranked == NULL) {
            continue; // it has left
        }
        cr_assert(before == NULL || ranked->rank == before->rank + 1, "field %zu", number);
        cr_assert_not(ranked->tied, "field %zu", number);
        before = ranked;
    }
}

Test(scoring, recorded_orders_settle_every_tie_in_consecutive_ranks_also_when_one_has_left)
{
    static struct reference field;
    size_t ties_seen = 0;
    for (size_t number = 0; number < power(ENTRANTS_MAX); number++) {
        field_set(&field, ENTRANTS_MAX, number);
        Award__Selection__Tie ties[2];
        Award__Selection__Tie *pointers[] = {&ties[0], &ties[1]};
        field.rank.ties = pointers;
        Award__RankingComputed *computed = rank(&field.rank);
        while (waiting_pool(computed) != NULL) {
            cr_assert_lt(field.rank.n_ties, 2, "field %zu waits again", number);
            size_t pool = computed->n_pools - 1;
            tie_reverse(waiting_pool(computed), &ties[field.rank.n_ties++]);
            computed = rank(&field.rank);
            order_holds(computed->pools[pool], &ties[field.rank.n_ties - 1], number);
            rule_admits(&field.rank, computed, number);
            ties_seen++;
        }
        field.rank.n_entrants--; // the last one leaves: the order stands for those that remain
        computed = rank(&field.rank);
        rule_admits(&field.rank, computed, number);
        for (size_t i = 0; i < field.rank.n_ties; i++) {
            size_t pool = ties[i].pool == AWARD__HONOUR__KIND__award ? 0 : 1;
            if (pool < computed->n_pools) { // there may be a new tie for the award
                order_holds(computed->pools[pool], &ties[i], number);
            }
        }
        arena_reset(arena);
    }
    cr_assert_gt(ties_seen, 100);
}

Test(scoring, a_tie_of_one_pool_settles_nothing_in_the_other)
{
    static struct reference field;
    field_set(&field, 3, 0); // three of the first kind, two places
    Award__Selection__Tie tie;
    Award__Selection__Tie *pointer = &tie;
    tie_reverse(rank(&field.rank)->pools[0], &tie);
    cr_assert_eq(tie.n_order, 3);
    tie.pool = AWARD__HONOUR__KIND__nomination;
    field.rank.n_ties = 1;
    field.rank.ties = &pointer;
    cr_assert(rank(&field.rank)->pools[0]->waiting);
}

Test(scoring, an_entrant_without_a_defence_fails_the_task_and_is_named)
{
    static struct reference field;
    field_set(&field, 2, 0);
    field.entrants[1].defence = NULL;
    Award__TaskOrder order = AWARD__TASK_ORDER__INIT;
    order.payload_case = AWARD__TASK_ORDER__PAYLOAD_RANK;
    order.rank = &field.rank;
    Award__Event event;
    const char *reason = "";
    cr_assert_not(handle(&order, &event, &reason));
    cr_assert_not_null(strstr(reason, "2018/X/8"), "%s", reason);
}

Test(scoring, absurd_numbers_fail_the_task_instead_of_ending_the_program)
{
    static struct reference field;
    Award__TaskOrder order = AWARD__TASK_ORDER__INIT;
    order.payload_case = AWARD__TASK_ORDER__PAYLOAD_RANK;
    order.rank = &field.rank;
    Award__Event event;
    const char *reason = "";
    static const int64_t denominators[] = {0, -1, 10401, INT64_MAX, 100000000};
    for (size_t i = 0; i < sizeof(denominators) / sizeof(denominators[0]); i++) {
        field_set(&field, 1, 0);
        field.defences[0].denominator = denominators[i];
        cr_assert_not(handle(&order, &event, &reason), "%zu", i);
    }
    field_set(&field, 1, 0);
    field.points[0][0].hundredths = INT64_MAX;
    cr_assert_not(handle(&order, &event, &reason));
    field_set(&field, 1, 0);
    field.rank.site_weight = UINT32_MAX;
    cr_assert_not(handle(&order, &event, &reason));
}
