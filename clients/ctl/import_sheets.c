// import_sheets - sheets of independent review (16(3)): one row a reviewer's sheet of one case
//
// Behind the fixed columns there is one for each category and each item of the rulebook of the
// case's cycle, by its key or its Chinese name. Filled cells are sent; whether categories or items,
// and whether they are whole, is the rule's to say.
#include "clients/ctl/import.h"
#include "common/codec.h"

#include <assert.h>
#include <string.h>

enum { CASE, REVIEWER, REMARKS, FIXED };

// clang-format off
static const struct import_column columns[] = {
    [CASE]     = {"case",     "案件",   "申报 案件编号",   true,  "2018/91500107621980478R/1"},
    [REVIEWER] = {"reviewer", "评审员", "评审员标识",      true,  "reviewer-01"},
    [REMARKS]  = {"remarks",  "评语",   "总评",            false, "过程方法应用充分"},
};
// clang-format on

static const char *cycle_of(const char *case_name, struct arena *arena)
{
    size_t length = case_name != NULL ? strcspn(case_name, "/") : 0;
    return length > 0 ? arena_format(arena, "%.*s", (int)length, case_name) : NULL;
}

// A category may have the name of one of its items: then only the key tells them apart.
static void column_add(struct import_column *column, const struct rulebook_item *item)
{
    column->key = item->key;
    column->zh = item->zh;
    column->example = "";
}

static bool columns_extend(struct import *import)
{
    const char *case_name =
        import->places[CASE] != IMPORT_NOWHERE ? import_cell(import, CASE) : NULL;
    const char *cycle = cycle_of(case_name, import->arena);
    const struct rulebook *rulebook = import->office->rulebook(import->office->context, cycle);
    if (rulebook == NULL) {
        import_problem(import, CASE, "没有这次评选，或查不到其细则参数；请核对案件编号",
                       "there is no such cycle, or no rulebook of it; check the case");
        return false;
    }
    size_t count = FIXED + rulebook->categories_count + rulebook->items_count;
    struct import_column *all = arena_alloc(import->arena, count * sizeof(*all));
    memcpy(all, columns, sizeof(columns));
    for (size_t i = 0; i < rulebook->categories_count; i++) {
        column_add(&all[FIXED + i], &rulebook->categories[i]);
    }
    for (size_t i = 0; i < rulebook->items_count; i++) {
        column_add(&all[FIXED + rulebook->categories_count + i], &rulebook->items[i]);
    }
    import->columns = all;
    import->columns_count = count;
    import->own = arena_string(import->arena, rulebook->digest);
    return true;
}

static void score_add(struct import *import, Award__IndependentSheet *sheet, size_t column)
{
    int64_t hundredths;
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return;
    }
    if (!codec_points_parse(cell, strlen(cell), &hundredths)) {
        import_problem(import, column, "应为不小于零、至多两位小数的分数，如 85.5",
                       "points stand here, not below zero, with two decimals at most: 85.5");
        return;
    }
    Award__Score *score = arena_alloc(import->arena, sizeof(*score));
    award__score__init(score);
    score->item = arena_string(import->arena, import->columns[column].key);
    score->points = arena_alloc(import->arena, sizeof(*score->points));
    award__points__init(score->points);
    score->points->has_hundredths = 1;
    score->points->hundredths = hundredths;
    sheet->scores[sheet->n_scores++] = score;
}

// Sheets of one file are of one rulebook, whose items are its columns.
static void rulebook_check(struct import *import, const char *case_name)
{
    const char *cycle = cycle_of(case_name, import->arena);
    const struct rulebook *rulebook = import->office->rulebook(import->office->context, cycle);
    if (rulebook == NULL || strcmp(rulebook->digest, import->own) != 0) {
        import_problem(import, CASE, "没有这次评选，或其细则与第一行不同；请另存一个文件",
                       "there is no such cycle, or its rulebook is another than the first row's; "
                       "make a file of its own");
    }
}

static void row_take(struct import *import)
{
    size_t count;
    const char *const *reviewers = import->office->reviewers(import->office->context, &count);
    Award__IndependentSheet *sheet = arena_alloc(import->arena, sizeof(*sheet));
    Award__Event *event = arena_alloc(import->arena, sizeof(*event));
    award__independent_sheet__init(sheet);
    award__event__init(event);
    sheet->case_ = import_name(import, CASE);
    if (sheet->case_ != NULL) {
        rulebook_check(import, sheet->case_);
    }
    char *reviewer = import_word(import, REVIEWER, reviewers, count, IMPORT_NO_REVIEWER);
    sheet->remarks = import_text(import, REMARKS);
    sheet->scores = arena_alloc(import->arena, import->columns_count * sizeof(Award__Score *));
    for (size_t column = FIXED; column < import->columns_count; column++) {
        score_add(import, sheet, column);
    }
    event->body_case = AWARD__EVENT__BODY_INDEPENDENT_SHEET;
    event->independent_sheet = sheet;
    if (import_row_good(import)) {
        import_emit(import, event, reviewer);
    }
}

const struct import_kind import_sheets = {
    .name = "sheets",
    .zh = "独立评审评分表",
    .en = "sheets of independent review",
    .columns = columns,
    .columns_count = FIXED,
    .extend = columns_extend,
    .row = row_take,
};
