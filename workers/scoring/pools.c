// pools - who competes for which honour, in which order, and who is a candidate (16(6).2)
//
// For each honour: filter the entrants by its threshold, sort them by exact composite score, walk
// the groups of equals and give ranks, and cut at the number of places. A group that the office has
// ordered stands in that order on consecutive ranks; one that it has not and that lies across the
// cut makes the pool wait (decision 8), and while the award waits there is no nomination pool.
#include "workers/scoring/pools.h"

#include "rules/fraction.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Within these, composites stay within the bounds of rules/fraction.h.
enum { WEIGHTS = 100, HUNDREDTHS_MAX = 500000, DEFENCE_MAX = 100000000, PANEL_MAX = 1000 };

struct competitor {
    const Award__Rank__Entrant *entrant;
    struct fraction review;
    struct fraction composite;
    bool candidate; // of the award: leaves the nomination's pool (decision 6)
    size_t place;   // in the order that the office has recorded for its group
};

// Those who compete for one honour.
struct field {
    const Award__Rank *asked;
    struct arena *arena;
    Award__Pool *pool; // what comes out
    size_t places;
    struct competitor **competitors; // sorted
    size_t count;
};

// ---- What was asked

static bool points_sound(const Award__Points *points)
{
    return points != NULL && points->hundredths >= 0 && points->hundredths <= HUNDREDTHS_MAX;
}

// A mean of hundredths: its denominator is 100 times the number of the panel, or reduced.
static bool defence_sound(const Award__Fraction *defence)
{
    if (defence == NULL || defence->numerator < 0 || defence->numerator > DEFENCE_MAX ||
        defence->denominator < 1) {
        return false;
    }
    int64_t panel_max = defence->denominator % 100 == 0 ? (int64_t)PANEL_MAX * 100 : PANEL_MAX;
    return defence->denominator <= panel_max;
}

static bool entrants_sound(const Award__Rank *asked, struct arena *arena, const char **reason)
{
    for (size_t i = 0; i < asked->n_entrants; i++) {
        const Award__Rank__Entrant *entrant = asked->entrants[i];
        if (entrant->case_ == NULL || !points_sound(entrant->document) ||
            !points_sound(entrant->site) || !defence_sound(entrant->defence)) {
            const char *name = entrant->case_ != NULL ? entrant->case_ : "?";
            *reason = arena_format(arena,
                                   "案件 %s 的资料、现场或答辩得分缺失或越界，无法排名。 / Case %s "
                                   "lacks a score or has one out of bounds; it cannot be ranked.",
                                   name, name);
            return false;
        }
    }
    return true;
}

static bool asked_sound(const Award__Rank *asked, struct arena *arena, const char **reason)
{
    bool weights = asked->document_weight <= WEIGHTS && asked->site_weight <= WEIGHTS &&
                   asked->document_weight + asked->site_weight == WEIGHTS;
    if (!weights || asked->award_threshold == NULL || asked->nomination_threshold == NULL) {
        *reason =
            "任务中的权重或分数线不完整。 / Weights or thresholds of the task are incomplete.";
        return false;
    }
    return entrants_sound(asked, arena, reason);
}

static struct competitor *competitors_make(const Award__Rank *asked, struct arena *arena)
{
    struct competitor *all = arena_alloc(arena, (asked->n_entrants + 1) * sizeof(*all));
    for (size_t i = 0; i < asked->n_entrants; i++) {
        const Award__Rank__Entrant *entrant = asked->entrants[i];
        struct fraction defence = {entrant->defence->numerator, entrant->defence->denominator};
        all[i].entrant = entrant;
        all[i].review = fraction_review(asked->document_weight, asked->site_weight,
                                        entrant->document->hundredths, entrant->site->hundredths);
        all[i].composite = fraction_add(all[i].review, defence);
    }
    return all;
}

// ---- Filter and sort

static int by_composite(const void *one, const void *other)
{
    const struct competitor *a = *(struct competitor *const *)one;
    const struct competitor *b = *(struct competitor *const *)other;
    int order = fraction_compare(b->composite, a->composite);
    return order != 0 ? order : strcmp(a->entrant->case_, b->entrant->case_);
}

static int by_place(const void *one, const void *other)
{
    const struct competitor *a = *(struct competitor *const *)one;
    const struct competitor *b = *(struct competitor *const *)other;
    return (a->place > b->place) - (a->place < b->place);
}

// A qsort of nothing, whose address may be NULL, is undefined.
static void field_sort(struct competitor **first, size_t count,
                       int (*compare)(const void *, const void *))
{
    if (count > 1) {
        qsort(first, count, sizeof(struct competitor *), compare);
    }
}

static void field_fill(struct field *field, struct competitor *all, int64_t threshold)
{
    field->competitors =
        arena_alloc(field->arena, (field->asked->n_entrants + 1) * sizeof(struct competitor *));
    for (size_t i = 0; i < field->asked->n_entrants; i++) {
        const Award__Rank__Entrant *entrant = all[i].entrant;
        if (!all[i].candidate && entrant->document->hundredths >= threshold &&
            entrant->site->hundredths >= threshold) {
            field->competitors[field->count++] = &all[i];
        }
    }
    field_sort(field->competitors, field->count, by_composite);
}

// ---- Ranks

static Award__Fraction *fraction_new(struct arena *arena, struct fraction value)
{
    Award__Fraction *fraction = arena_alloc(arena, sizeof(*fraction));
    award__fraction__init(fraction);
    fraction->has_numerator = 1;
    fraction->numerator = value.numerator;
    fraction->has_denominator = 1;
    fraction->denominator = value.denominator;
    return fraction;
}

static void rank_give(struct field *field, struct competitor *competitor, size_t rank,
                      bool candidate, bool tied)
{
    Award__Ranked *ranked = arena_alloc(field->arena, sizeof(*ranked));
    award__ranked__init(ranked);
    ranked->case_ = competitor->entrant->case_;
    ranked->document = competitor->entrant->document;
    ranked->site = competitor->entrant->site;
    ranked->defence = competitor->entrant->defence;
    ranked->review = fraction_new(field->arena, competitor->review);
    ranked->composite = fraction_new(field->arena, competitor->composite);
    ranked->has_rank = 1;
    ranked->rank = (uint32_t)rank;
    ranked->has_candidate = 1;
    ranked->candidate = candidate;
    ranked->has_tied = 1;
    ranked->tied = tied;
    competitor->candidate = candidate;
    field->pool->ranked[field->pool->n_ranked++] = ranked;
}

// Notes for each of the group its place in a recorded order; false where one is not in it.
static bool places_note(const Award__Selection__Tie *tie, struct competitor **group, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        while (place < tie->n_order && strcmp(tie->order[place], group[i]->entrant->case_) != 0) {
            place++;
        }
        if (place == tie->n_order) {
            return false;
        }
        group[i]->place = place;
    }
    return true;
}

// Whether the office has ordered the whole group; the latest decision counts. One that names more
// cases stands for those that remain.
static bool order_recorded(const struct field *field, struct competitor **group, size_t count)
{
    for (size_t i = field->asked->n_ties; i-- > 0;) {
        const Award__Selection__Tie *tie = field->asked->ties[i];
        if (tie->pool == field->pool->kind && places_note(tie, group, count)) {
            return true;
        }
    }
    return false;
}

static void group_rank(struct field *field, size_t begin, size_t end)
{
    struct competitor **group = field->competitors + begin;
    size_t count = end - begin;
    if (count > 1 && order_recorded(field, group, count)) {
        field_sort(group, count, by_place);
        for (size_t i = begin; i < end; i++) {
            rank_give(field, field->competitors[i], i + 1, i < field->places, false);
        }
        return;
    }
    bool across = begin < field->places && end > field->places;
    if (across) {
        field->pool->waiting = 1;
    }
    for (size_t i = begin; i < end; i++) {
        rank_give(field, field->competitors[i], begin + 1, end <= field->places, across);
    }
}

static Award__Pool *pool_make(struct field *field, Award__Honour__Kind kind)
{
    Award__Pool *pool = arena_alloc(field->arena, sizeof(*pool));
    award__pool__init(pool);
    field->pool = pool;
    pool->has_kind = 1;
    pool->kind = kind;
    pool->has_waiting = 1;
    pool->ranked = arena_alloc(field->arena, (field->count + 1) * sizeof(Award__Ranked *));
    for (size_t begin = 0; begin < field->count;) {
        size_t end = begin + 1;
        while (end < field->count && fraction_compare(field->competitors[begin]->composite,
                                                      field->competitors[end]->composite) == 0) {
            end++;
        }
        group_rank(field, begin, end);
        begin = end;
    }
    assert(pool->n_ranked == field->count);
    pool->has_vacant = 1;
    pool->vacant = field->count < field->places ? (uint32_t)(field->places - field->count) : 0;
    return pool;
}

Award__RankingComputed *pools_compute(const Award__Rank *asked, struct arena *arena,
                                      const char **reason)
{
    if (!asked_sound(asked, arena, reason)) {
        return NULL;
    }
    struct competitor *all = competitors_make(asked, arena);
    Award__RankingComputed *computed = arena_alloc(arena, sizeof(*computed));
    award__ranking_computed__init(computed);
    computed->cycle = asked->cycle;
    computed->pools = arena_alloc(arena, 2 * sizeof(Award__Pool *));
    struct field award = {.asked = asked, .arena = arena, .places = asked->award_places};
    field_fill(&award, all, asked->award_threshold->hundredths);
    computed->pools[computed->n_pools++] = pool_make(&award, AWARD__HONOUR__KIND__award);
    if (computed->pools[0]->waiting) {
        return computed;
    }
    struct field nomination = {.asked = asked, .arena = arena, .places = asked->nomination_places};
    field_fill(&nomination, all, asked->nomination_threshold->hundredths);
    computed->pools[computed->n_pools++] = pool_make(&nomination, AWARD__HONOUR__KIND__nomination);
    return computed;
}
