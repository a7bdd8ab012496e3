// sheets - the score sheets of a case, and which of them count (16(3))
#include "rules/sheets.h"

#include "rules/tasks.h"
#include "rules/team.h"

#include <string.h>

Award__Sheet *sheet_make(struct deciding *d, const Award__Case *c, Award__Sheet__Kind kind,
                         const char *person, int64_t total)
{
    Award__Sheet *sheet = NEW(d, Award__Sheet, award__sheet);
    sheet->case_ = c->case_;
    SET(sheet, kind, kind);
    sheet->person = arena_string(d->arena, person);
    sheet->total = points_make(d, total);
    sheet->submitted = moment_make(d, d->now_ms);
    return sheet;
}

void sheet_put(struct deciding *d, Award__Sheet *sheet, const char *article)
{
    record_put(d, AWARD__CHANGE__RECORD_SHEET, &sheet->base, article);
}

Award__Sheet *sheet_get(struct deciding *d, const char *case_name, Award__Sheet__Kind kind,
                        const char *person)
{
    return (Award__Sheet *)record_get(d, AWARD__CHANGE__RECORD_SHEET, case_name, (int)kind, person);
}

bool sheet_counts(const Award__Team *team, const Award__Sheet *sheet)
{
    const Award__Team__Member *member = team_member(team, sheet->person);
    return member != NULL && team_member_counts(member, sheet->case_);
}

// 16(3)s1
bool sheets_complete(struct deciding *d, const Award__Team *team, const char *case_name)
{
    const struct rulebook *rulebook = rulebook_of_cycle(d, team->cycle);
    if (rulebook == NULL) {
        return false; // the cycle's record is damaged: nothing is decided
    }
    size_t counted = 0;
    for (size_t i = 0; i < team->n_members; i++) {
        const Award__Team__Member *member = team->members[i];
        if (!team_member_counts(member, case_name)) {
            continue;
        }
        if (sheet_get(d, case_name, AWARD__SHEET__KIND__independent, member->person) == NULL) {
            return false;
        }
        counted++;
    }
    return counted >= rulebook->team_members_min;
}

// The number of sheets on record tells one asking from the next: a later one has a new member's.
static uint32_t compare_ordinal(struct deciding *d, const char *case_name)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 2, case_name,
                                                (int)AWARD__SHEET__KIND__independent);
    uint32_t recorded = 0;
    while (record_walk_next(&walk) != NULL) {
        recorded++;
    }
    return recorded;
}

void sheets_compare_ask(struct deciding *d, const Award__Team *team, const Award__Case *c)
{
    if (sheets_complete(d, team, c->case_)) {
        task_queue(d, AWARD__TASK_KIND__NAME__compare_sheets, c->case_, NULL,
                   compare_ordinal(d, c->case_), c);
    }
}

void sheets_compare_withdraw(struct deciding *d, const Award__Team *team)
{
    for (size_t i = 0; i < team->n_cases; i++) {
        const Award__Case *c = case_get(d, team->cases[i]);
        if (c != NULL && c->stage == AWARD__STAGE__NAME__accepted) {
            task_withdraw(d, AWARD__TASK_KIND__NAME__compare_sheets, c->case_,
                          compare_ordinal(d, c->case_));
        }
    }
}

bool remarks_check(struct deciding *d, struct remarks remarks)
{
    for (size_t i = 0; i < remarks.count; i++) {
        const Award__Remark *remark = remarks.list[i];
        const char *key = remark->item != NULL ? remark->item : "";
        if (rulebook_category(d->rulebook, key) < 0 && rulebook_item(d->rulebook, key) < 0) {
            return reject(
                d, "remark_unknown", "15",
                say(d, "%s 第 %zu 条的评分项“%s”不在细则中；请用类目或条款的标识。", remarks.field,
                    i + 1, key),
                say(d,
                    "Item %s of %s %zu is not in the rulebook; use the key of a category or "
                    "item.",
                    key, remarks.field, i + 1));
        }
        if (text_blank(remark->text)) {
            return reject(
                d, "field_missing", "form",
                say(d, "%s 中“%s”没有内容 text；请补充。", remarks.field, key),
                say(d, "%s says nothing of %s: its text is missing; add it.", remarks.field, key));
        }
    }
    return true;
}

void findings_keep(struct deciding *d, Award__Case *c, struct remarks strengths,
                   struct remarks improvements)
{
    for (size_t i = 0; i < strengths.count; i++) {
        LIST_ADD(d, c, strengths, strengths.list[i]);
    }
    for (size_t i = 0; i < improvements.count; i++) {
        LIST_ADD(d, c, improvements, improvements.list[i]);
    }
}
