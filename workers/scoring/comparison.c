// comparison - the independent sheets of a case side by side (16(3))
#include "workers/scoring/comparison.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static Award__Points *points_new(struct arena *arena, int64_t hundredths)
{
    Award__Points *points = arena_alloc(arena, sizeof(*points));
    award__points__init(points);
    points->has_hundredths = 1;
    points->hundredths = hundredths;
    return points;
}

// An item's key is its category's, a dot and its own.
static bool belongs(const char *item, const char *category)
{
    size_t size = strlen(category);
    return strncmp(item, category, size) == 0 && (item[size] == '\0' || item[size] == '.');
}

// What a reviewer gave for a category: its own score, or those of its items together.
static int64_t category_points(const Award__Sheet *sheet, const char *category)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sheet->n_scores; i++) {
        if (belongs(sheet->scores[i]->item, category)) {
            sum += sheet->scores[i]->points->hundredths;
        }
    }
    return sum;
}

// ---- What was asked

static bool sheet_sound(const Award__CompareSheets *asked, const Award__Sheet *sheet)
{
    if (sheet->person == NULL || sheet->total == NULL) {
        return false;
    }
    for (size_t i = 0; i < sheet->n_scores; i++) {
        if (sheet->scores[i]->item == NULL || sheet->scores[i]->points == NULL) {
            return false;
        }
    }
    int64_t sum = 0;
    for (size_t i = 0; i < asked->n_categories; i++) {
        sum += category_points(sheet, asked->categories[i]->key);
    }
    return sum == sheet->total->hundredths;
}

static bool asked_sound(const Award__CompareSheets *asked, struct arena *arena, const char **reason)
{
    for (size_t i = 0; i < asked->n_categories; i++) {
        if (asked->categories[i]->key == NULL || asked->categories[i]->maximum == NULL) {
            *reason = "任务中的评分类目不完整。 / A category of the task is incomplete.";
            return false;
        }
    }
    for (size_t i = 0; i < asked->n_sheets; i++) {
        const char *person = asked->sheets[i]->person != NULL ? asked->sheets[i]->person : "?";
        if (!sheet_sound(asked, asked->sheets[i])) {
            *reason = arena_format(
                arena,
                "评审员 %s 的评分表各项与总分不符，无法比对。 / The sheet of %s does not add up to "
                "its total and cannot be compared.",
                person, person);
            return false;
        }
    }
    if (asked->n_sheets == 0) {
        *reason = "任务中没有评分表。 / The task holds no sheets.";
        return false;
    }
    return true;
}

// ---- What is found

static Award__SheetsCompared__Total *total_make(const Award__Sheet *sheet, struct arena *arena)
{
    Award__SheetsCompared__Total *total = arena_alloc(arena, sizeof(*total));
    award__sheets_compared__total__init(total);
    total->reviewer = sheet->person;
    total->total = points_new(arena, sheet->total->hundredths);
    return total;
}

static Award__SheetsCompared__Row *row_make(const Award__CompareSheets *asked, size_t category,
                                            struct arena *arena)
{
    const Award__Category *of = asked->categories[category];
    int64_t count = (int64_t)asked->n_sheets;
    int64_t lowest = INT64_MAX;
    int64_t highest = INT64_MIN;
    int64_t sum = 0;
    for (size_t i = 0; i < asked->n_sheets; i++) {
        int64_t points = category_points(asked->sheets[i], of->key);
        lowest = points < lowest ? points : lowest;
        highest = points > highest ? points : highest;
        sum += points;
    }
    assert(count > 0 && lowest <= highest);
    Award__SheetsCompared__Row *row = arena_alloc(arena, sizeof(*row));
    award__sheets_compared__row__init(row);
    row->item = of->key;
    row->lowest = points_new(arena, lowest);
    row->highest = points_new(arena, highest);
    row->mean = points_new(arena, (2 * sum + count) / (2 * count)); // half up
    row->has_outlier = 1;
    row->outlier =
        (highest - lowest) * 100 > (int64_t)asked->tolerance_percent * of->maximum->hundredths;
    return row;
}

Award__SheetsCompared *comparison_make(const Award__CompareSheets *asked, struct arena *arena,
                                       const char **reason)
{
    if (!asked_sound(asked, arena, reason)) {
        return NULL;
    }
    Award__SheetsCompared *found = arena_alloc(arena, sizeof(*found));
    award__sheets_compared__init(found);
    found->case_ = asked->case_;
    found->totals = arena_alloc(arena, asked->n_sheets * sizeof(Award__SheetsCompared__Total *));
    for (size_t i = 0; i < asked->n_sheets; i++) {
        found->totals[found->n_totals++] = total_make(asked->sheets[i], arena);
    }
    found->rows =
        arena_alloc(arena, (asked->n_categories + 1) * sizeof(Award__SheetsCompared__Row *));
    for (size_t i = 0; i < asked->n_categories; i++) {
        found->rows[found->n_rows++] = row_make(asked, i, arena);
    }
    return found;
}
