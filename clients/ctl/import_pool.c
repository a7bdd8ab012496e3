// import_pool - the pool of reviewers (8): one row a reviewer, an event reviewer_added
#include "clients/ctl/import.h"

#include <string.h>

enum { PERSON, INDUSTRIES, EMPLOYER, RELATIONS, DISTRICT };

// clang-format off
static const struct import_column columns[] = {
    [PERSON]     = {"person",     "人员标识", "评审员 姓名标识",        true,  "reviewer-01"},
    [INDUSTRIES] = {"industries", "行业",     "熟悉行业 熟悉的行业",    true,  "C36；C37"},
    [EMPLOYER]   = {"employer",   "工作单位", "单位",                   true,  "重庆大学"},
    [RELATIONS]  = {"relations",  "关联企业", "回避企业",               false, "91500107621980478R"},
    [DISTRICT]   = {"district",   "所在区县", "区县",                   false, "500106"},
};
// clang-format on

static void row_take(struct import *import)
{
    size_t count;
    const char *const *reviewers = import->office->reviewers(import->office->context, &count);
    Award__ReviewerAdded *added = arena_alloc(import->arena, sizeof(*added));
    Award__Event *event = arena_alloc(import->arena, sizeof(*event));
    award__reviewer_added__init(added);
    award__event__init(event);
    added->person = import_word(import, PERSON, reviewers, count, IMPORT_NO_REVIEWER);
    added->n_industries = import_list(import, INDUSTRIES, &added->industries);
    added->employer = import_text(import, EMPLOYER);
    added->n_relations = import_list(import, RELATIONS, &added->relations);
    added->district = import_division(import, DISTRICT);
    event->body_case = AWARD__EVENT__BODY_REVIEWER_ADDED;
    event->reviewer_added = added;
    if (import_row_good(import)) {
        import_emit(import, event, NULL);
    }
}

const struct import_kind import_pool = {
    .name = "pool",
    .zh = "评审员专家库",
    .en = "the pool of reviewers",
    .columns = columns,
    .columns_count = sizeof(columns) / sizeof(columns[0]),
    .row = row_take,
};
