// viewing - who looks, and what lies within his scope
#include "rules/viewing.h"

#include "rules/lineage.h"
#include "rules/team.h"

#include <assert.h>
#include <string.h>

struct viewing viewing_begin(const Award__Principal *viewer, const struct view *view,
                             struct arena *arena)
{
    assert(viewer != NULL && view != NULL);
    return (struct viewing){.viewer = viewer, .d = reading_over(view, arena)};
}

bool viewer_in(const struct viewing *v, uint32_t roles)
{
    return v->viewer->has_role && (roles >> (unsigned)v->viewer->role & 1U) != 0;
}

bool viewer_named(const struct viewing *v, const char *name)
{
    return name != NULL && v->viewer->name != NULL && strcmp(name, v->viewer->name) == 0;
}

bool viewer_scope(const struct viewing *v, const char *scope)
{
    return !text_blank(scope) && v->viewer->scope != NULL && strcmp(scope, v->viewer->scope) == 0;
}

const Award__Case *viewing_present(const struct viewing *v, const Award__Case *c)
{
    const Award__Case *present = case_get(v->d, c->case_);
    return present != NULL ? present : c;
}

// ---- Assignments of a reviewer (8, 16(4))

// One who was replaced is out of the team; one who declared a conflict is out of that case.
static bool in_team(const struct viewing *v, const char *name, const char *case_name)
{
    const Award__Team *team = text_blank(name) ? NULL : team_get(v->d, name);
    const Award__Team__Member *member = team != NULL ? team_member(team, v->viewer->name) : NULL;
    return member != NULL && team_member_counts(member, case_name);
}

static bool on_panel(const struct viewing *v, const Award__Case *c)
{
    if (c->defence == NULL || c->defence->scheduled == NULL) {
        return false;
    }
    const Award__DefenceScheduled *scheduled = c->defence->scheduled;
    return list_has(scheduled->n_panel, scheduled->panel, v->viewer->name);
}

// ---- Cases and enterprises

static bool enterprise_in_district(const struct viewing *v, const char *code)
{
    const Award__Enterprise *enterprise = enterprise_get(v->d, code);
    return enterprise != NULL && viewer_scope(v, enterprise->district);
}

// Decision 27: a successor carries the honour, and with it the duties of its case.
static bool carries_honour(const struct viewing *v, const Award__Case *c)
{
    return c->honour != NULL && v->viewer->scope != NULL &&
           lineage_succeeds(v->d, v->viewer->scope, c->enterprise);
}

bool viewing_case(const struct viewing *v, const Award__Case *c)
{
    if (viewer_in(v, INSIDE)) {
        return true;
    }
    const Award__Case *present = viewing_present(v, c);
    if (viewer_in(v, ROLE(reviewer))) {
        return in_team(v, present->team, present->case_) || on_panel(v, present);
    }
    if (viewer_in(v, ROLE(district_bureau))) {
        return enterprise_in_district(v, present->enterprise);
    }
    return viewer_in(v, ROLE(enterprise)) &&
           (viewer_scope(v, present->enterprise) || carries_honour(v, present));
}

bool viewing_case_named(const struct viewing *v, const char *name)
{
    if (viewer_in(v, INSIDE)) {
        return true;
    }
    const Award__Case *c = text_blank(name) ? NULL : case_get(v->d, name);
    return c != NULL && viewing_case(v, c);
}

bool viewing_enterprise(const struct viewing *v, const char *code)
{
    if (viewer_in(v, ROLE(enterprise))) {
        return viewer_scope(v, code);
    }
    const Award__Enterprise *enterprise = text_blank(code) ? NULL : enterprise_get(v->d, code);
    if (enterprise == NULL) {
        return false;
    }
    if (viewer_in(v, ROLE(district_bureau))) {
        return viewer_scope(v, enterprise->district);
    }
    for (size_t i = 0; i < enterprise->n_cases; i++) { // a reviewer's are his cases
        if (viewing_case_named(v, enterprise->cases[i])) {
            return true;
        }
    }
    return false;
}

bool viewing_team(const struct viewing *v, const char *name)
{
    return in_team(v, name, NULL);
}

// ---- Sheets

static bool sheet_there(const struct viewing *v, const char *case_name, const char *person)
{
    return record_get(v->d, AWARD__CHANGE__RECORD_SHEET, case_name,
                      (int)AWARD__SHEET__KIND__independent, person) != NULL;
}

// 8: fewer sheets than the rulebook's smallest team has members are never a complete set.
static bool team_full(const struct viewing *v, const Award__Team *team, size_t members)
{
    const Award__Cycle *cycle = cycle_look(v->d, team->cycle);
    return cycle != NULL && cycle->has_team_members_min && members >= cycle->team_members_min;
}

// A member with a conflict who is not replaced yet leaves a place open: then only a full team of
// the others is complete.
static bool team_sheets_in(const struct viewing *v, const Award__Team *team, const char *case_name)
{
    size_t in = 0;
    bool open_place = false;
    for (size_t i = 0; i < team->n_members; i++) {
        const Award__Team__Member *member = team->members[i];
        if (!team_member_counts(member, case_name)) {
            open_place = open_place || text_blank(member->replaced_by);
        } else if (sheet_there(v, case_name, member->person)) {
            in++;
        } else {
            return false;
        }
    }
    return in > 0 && (!open_place || team_full(v, team, in));
}

// 16(3)s1
bool viewing_sheets_in(const struct viewing *v, const char *case_name)
{
    const Award__Case *c = case_get(v->d, case_name);
    if (c == NULL || text_blank(c->team)) {
        return false;
    }
    if (c->document_score != NULL) {
        return true; // the consensus is on record: a later replacement hides nothing again
    }
    const Award__Team *team = team_get(v->d, c->team);
    return team != NULL && team_sheets_in(v, team, case_name);
}

static bool defence_closed(const struct viewing *v, const char *case_name)
{
    const Award__Case *c = case_get(v->d, case_name);
    return c != NULL && c->defence != NULL && c->defence->closed;
}

static bool at_once(const struct viewing *v, const char *case_name)
{
    (void)v;
    (void)case_name;
    return true;
}

// clang-format off
static const struct {
    uint32_t always; // roles
    uint32_t later;  // roles, within their scope, when it is ready
    bool (*ready)(const struct viewing *v, const char *case_name);
} sheet_sights[] = {
    // kind, who sees it always, who sees it when, article
    [AWARD__SHEET__KIND__independent] = {ROLE(supervision_committee), ROLE(office) | ROLE(review_committee) | ROLE(reviewer), viewing_sheets_in}, // 9, 16(3)
    [AWARD__SHEET__KIND__consensus]   = {INSIDE,                      ROLE(reviewer),                                         at_once},           // 16(3)
    [AWARD__SHEET__KIND__visit]       = {INSIDE,                      ROLE(reviewer),                                         at_once},           // 16(5)
    [AWARD__SHEET__KIND__unified]     = {INSIDE,                      ROLE(reviewer),                                         at_once},           // 16(5).4
    [AWARD__SHEET__KIND__defence]     = {ROLE(supervision_committee), ROLE(office) | ROLE(review_committee) | ROLE(reviewer), defence_closed},    // 16(4).4
};
// clang-format on

// 16(3)s1: the review is closed to others
bool viewing_sheet(const struct viewing *v, const Award__Sheet *sheet)
{
    size_t kind = (size_t)sheet->kind;
    if (kind >= sizeof(sheet_sights) / sizeof(sheet_sights[0]) ||
        sheet_sights[kind].ready == NULL) {
        return false;
    }
    if (viewer_in(v, sheet_sights[kind].always) ||
        (viewer_in(v, ROLE(reviewer)) && viewer_named(v, sheet->person))) {
        return true;
    }
    return viewer_in(v, sheet_sights[kind].later) && viewing_case_named(v, sheet->case_) &&
           sheet_sights[kind].ready(v, sheet->case_);
}

// ---- Deadlines

// clang-format off
static const struct {
    uint32_t all; // roles that see every one
    uint32_t own; // roles that see those of their team or enterprise
} deadline_sights[] = {
    [AWARD__DEADLINE_KIND__NAME__closing]          = {PARTIES, NOBODY},              // 16(1): it was published
    [AWARD__DEADLINE_KIND__NAME__publicity_end]    = {PARTIES, NOBODY},              // 16(7): it was published
    [AWARD__DEADLINE_KIND__NAME__plan_independent] = {INSIDE,  ROLE(reviewer)}, // 8(1).1
    [AWARD__DEADLINE_KIND__NAME__plan_consensus]   = {INSIDE,  ROLE(reviewer)},
    [AWARD__DEADLINE_KIND__NAME__plan_visit]       = {INSIDE,  ROLE(reviewer)},
    [AWARD__DEADLINE_KIND__NAME__plan_report]      = {INSIDE,  ROLE(reviewer)},
    [AWARD__DEADLINE_KIND__NAME__objection_answer] = {INSIDE,  NOBODY},              // 6(4): who objects is protected
    [AWARD__DEADLINE_KIND__NAME__incident_report]  = {INSIDE,  OUTSIDE},        // 19
    [AWARD__DEADLINE_KIND__NAME__self_evaluation]  = {INSIDE,  OUTSIDE},        // 18
    [AWARD__DEADLINE_KIND__NAME__experience]       = {INSIDE,  OUTSIDE},        // 17
};
// clang-format on

bool viewing_deadline(const struct viewing *v, const Award__Deadline *deadline)
{
    size_t kind = (size_t)deadline->kind;
    if (kind >= sizeof(deadline_sights) / sizeof(deadline_sights[0])) {
        return false;
    }
    if (viewer_in(v, deadline_sights[kind].all)) {
        return true;
    }
    if (!viewer_in(v, deadline_sights[kind].own)) {
        return false;
    }
    return viewer_in(v, ROLE(reviewer)) ? viewing_team(v, deadline->subject)
                                        : viewing_enterprise(v, deadline->enterprise) ||
                                              viewing_case_named(v, deadline->case_);
}
