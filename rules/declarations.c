// declarations - what a reviewer declares to the team: conflicts and confidentiality (8)
#include "rules/decide.h"
#include "rules/plan.h"
#include "rules/sheets.h"
#include "rules/team.h"

#include <string.h>

static bool conflict_check(struct deciding *d, const Award__Team *team,
                           const Award__ConflictDeclared *e)
{
    if (d->sender->role == AWARD__ROLE__NAME__reviewer && strcmp(e->person, d->sender->name) != 0) {
        return reject(d, "not_own", "authority",
                      say(d, "评审员只能为自己申报回避；%s 的回避由本人或办公室申报。", e->person),
                      say(d,
                          "A reviewer declares his own conflicts; those of %s come from him or "
                          "from the office.",
                          e->person));
    }
    const Award__Team__Member *member = team_member(team, e->person);
    if (member == NULL || !team_member_counts(member, NULL)) {
        return reject(
            d, "not_of_team", "order",
            say(d, "%s 现在不是评审组 %s 的成员；请核对。", e->person, team->team),
            say(d, "%s is no member of team %s now; check the name.", e->person, team->team));
    }
    if (d->c != NULL && !list_has(team->n_cases, team->cases, d->c->case_)) {
        return reject(
            d, "other_team", "order",
            say(d, "案件 %s 不由评审组 %s 评审；请核对。", d->c->case_, team->team),
            say(d, "Case %s is not reviewed by team %s; check it.", d->c->case_, team->team));
    }
    return true;
}

// Without him the others' sheets may be complete.
static void conflict_add(struct deciding *d, const Award__Team *team, Award__Team__Member *member,
                         char *case_name)
{
    concerns(d, case_name);
    if (list_has(member->n_conflicts, member->conflicts, case_name)) {
        return;
    }
    LIST_ADD(d, member, conflicts, case_name);
    const Award__Case *c = case_get(d, case_name);
    if (c != NULL && c->stage == AWARD__STAGE__NAME__accepted) {
        sheets_compare_ask(d, team, c);
    }
}

bool decide_conflict_declared(struct deciding *d)
{
    const Award__ConflictDeclared *e = d->event->conflict_declared;
    Award__Team *team = team_load(d, e->team);
    if (team == NULL || !conflict_check(d, team, e)) {
        return false;
    }
    Award__Team__Member *member = team_member(team, e->person);
    for (size_t i = 0; i < team->n_cases; i++) {
        if (d->c == NULL || strcmp(d->c->case_, team->cases[i]) == 0) {
            conflict_add(d, team, member, team->cases[i]);
        }
    }
    team_put(d, team, "policy");
    plan_progress(d, team);
    return true;
}

bool decide_confidentiality_declared(struct deciding *d)
{
    const Award__ConfidentialityDeclared *e = d->event->confidentiality_declared;
    Award__Team *team = team_load(d, e->team);
    if (team == NULL || !team_member_check(d, team, NULL)) {
        return false;
    }
    Award__Team__Member *member = team_member(team, d->sender->name);
    if (member->confidential) {
        return reject(
            d, "declared_already", "order",
            say(d, "%s 已向评审组 %s 作出保密承诺，无须重复。", member->person, team->team),
            say(d, "%s has made the declaration to team %s already.", member->person, team->team));
    }
    SET(member, confidential, 1);
    team_put(d, team, "8(2).3");
    return true;
}
