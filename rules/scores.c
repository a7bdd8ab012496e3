// scores - sheets of Article 15: categories or items, within their maxima, and their exact total
//
// A category is scored as a whole or by all of its items, never both. Nothing is rounded: what does
// not fit is rejected.
#include "rules/scores.h"

#include <assert.h>
#include <string.h>

// What a sheet has said of each category and item so far.
struct tally {
    bool category_scored[RULEBOOK_CATEGORIES_MAX]; // as a whole
    size_t items_scored[RULEBOOK_CATEGORIES_MAX];
    bool item_scored[RULEBOOK_ITEMS_MAX];
};

// F-sheet-2, decision 11; 15(1), 15(2), 15(3), 15(4), 15(5), 15(6), 15(7)
static bool score_points_check(struct deciding *d, const Award__Score *score,
                               const struct rulebook_item *row)
{
    if (score->points == NULL || !score->points->has_hundredths) {
        return reject(d, "score_missing", "15",
                      say(d, "“%s”（%s）没有分值；请补充。", row->zh, row->key),
                      say(d, "%s (%s) has no points; add them.", row->en, row->key));
    }
    int64_t points = score->points->hundredths;
    if (points < 0) {
        return reject(
            d, "score_negative", "15",
            say(d, "“%s”（%s）的分值不能为负；请更正。", row->zh, row->key),
            say(d, "The points of %s (%s) are negative; correct them.", row->en, row->key));
    }
    if (points > row->points_max) {
        return reject(d, "score_over_maximum", "15",
                      say(d, "“%s”（%s）为 %s 分，超过满分 %s 分；请更正。", row->zh, row->key,
                          points_text(d, points), points_text(d, row->points_max)),
                      say(d, "%s (%s) has %s points, its maximum is %s; correct them.", row->en,
                          row->key, points_text(d, points), points_text(d, row->points_max)));
    }
    return true;
}

static bool score_repeated(struct deciding *d, const struct rulebook_item *row)
{
    return reject(
        d, "score_repeated", "15",
        say(d, "“%s”（%s）重复评分；每项只评一次，类目与其条款不能同时给分。", row->zh, row->key),
        say(d, "%s (%s) is scored twice; score each once, a category or its items.", row->en,
            row->key));
}

static bool score_take(struct deciding *d, const struct rulebook *rulebook,
                       const Award__Score *score, struct tally *tally)
{
    const char *key = score->item != NULL ? score->item : "";
    int category = rulebook_category(rulebook, key);
    if (category >= 0) {
        const struct rulebook_item *row = &rulebook->categories[category];
        if (tally->category_scored[category] || tally->items_scored[category] > 0) {
            return score_repeated(d, row);
        }
        tally->category_scored[category] = true;
        return score_points_check(d, score, row);
    }
    int item = rulebook_item(rulebook, key);
    if (item < 0) {
        return reject(
            d, "score_unknown", "15", say(d, "细则中没有评分项“%s”；请用类目或条款的标识。", key),
            say(d, "The rulebook has no item %s; use the key of a category or item.", key));
    }
    const struct rulebook_item *row = &rulebook->items[item];
    if (tally->item_scored[item] || tally->category_scored[row->category]) {
        return score_repeated(d, row);
    }
    tally->item_scored[item] = true;
    tally->items_scored[row->category]++;
    return score_points_check(d, score, row);
}

static bool score_missing(struct deciding *d, const struct rulebook_item *row)
{
    return reject(
        d, "score_missing", "15", say(d, "缺少“%s”（%s）的评分；七类均须评分。", row->zh, row->key),
        say(d, "The score of %s (%s) is missing; every category needs one.", row->en, row->key));
}

// F-sheet-1, F-sheet-2; 15s1
static bool tally_complete(struct deciding *d, const struct rulebook *rulebook,
                           const struct tally *tally)
{
    for (size_t i = 0; i < rulebook->categories_count; i++) {
        if (!tally->category_scored[i] && tally->items_scored[i] == 0) {
            return score_missing(d, &rulebook->categories[i]);
        }
    }
    for (size_t i = 0; i < rulebook->items_count; i++) {
        if (!tally->item_scored[i] && tally->items_scored[rulebook->items[i].category] > 0) {
            return score_missing(d, &rulebook->items[i]);
        }
    }
    return true;
}

bool scores_total(struct deciding *d, const struct rulebook *rulebook, size_t count,
                  Award__Score *const *scores, int64_t *total)
{
    assert(rulebook->categories_count <= RULEBOOK_CATEGORIES_MAX);
    assert(rulebook->items_count <= RULEBOOK_ITEMS_MAX);
    struct tally tally = {0};
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!score_take(d, rulebook, scores[i], &tally)) {
            return false;
        }
        *total += scores[i]->points->hundredths;
    }
    if (!tally_complete(d, rulebook, &tally)) {
        return false;
    }
    assert(*total >= 0 && *total <= rulebook->total_points);
    return true;
}

int64_t scores_category(const struct rulebook *rulebook, size_t category, size_t count,
                        Award__Score *const *scores)
{
    assert(category < rulebook->categories_count);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        int item = rulebook_item(rulebook, scores[i]->item);
        if (rulebook_category(rulebook, scores[i]->item) == (int)category ||
            (item >= 0 && rulebook->items[item].category == category)) {
            sum += scores[i]->points->hundredths;
        }
    }
    assert(sum <= rulebook->categories[category].points_max);
    return sum;
}

// 16(3)s3, 16(5).5
enum guard scores_guard(const struct rulebook *rulebook, int64_t total)
{
    assert(rulebook->nomination_threshold <= rulebook->award_threshold);
    if (total >= rulebook->award_threshold) {
        return GUARD_AWARD_TRACK;
    }
    return total >= rulebook->nomination_threshold ? GUARD_NOMINATION_TRACK : GUARD_OUT;
}

// decision 7
Award__Honour__Kind scores_track(const struct rulebook *rulebook, int64_t lower)
{
    return lower >= rulebook->award_threshold ? AWARD__HONOUR__KIND__award
                                              : AWARD__HONOUR__KIND__nomination;
}
