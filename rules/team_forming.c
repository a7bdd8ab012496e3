// team_forming - teams are formed of the pool, and a member is replaced (8)
#include "rules/decide.h"
#include "rules/drawing.h"
#include "rules/form.h"
#include "rules/interest.h"
#include "rules/parts.h"
#include "rules/sheets.h"
#include "rules/team.h"

#include <assert.h>
#include <string.h>

static bool team_lacks(struct deciding *d, size_t place, const char *field)
{
    return reject(
        d, "field_missing", "form",
        say(d, "“%s”的第 %zu 个评审组缺少 %s；请补充后重新提交。", d->row->zh, place + 1, field),
        say(d, "Team %zu of %s lacks %s; add it and send the event again.", place + 1,
            event_name(d->event->body_case), field));
}

// Each team says who and what it consists of, under a name of its own.
static bool team_new_check(struct deciding *d, const Award__TeamDrawn *e, size_t place)
{
    const Award__TeamDrawn__Team *team = e->teams[place];
    if (text_blank(team->team) || text_blank(team->leader)) {
        return team_lacks(d, place, text_blank(team->team) ? "team" : "leader");
    }
    if (team->n_members == 0 || team->n_cases == 0) {
        return team_lacks(d, place, team->n_members == 0 ? "members" : "cases");
    }
    if (!form_identifiers_check(d, &team->base)) {
        return false;
    }
    bool used = team_get(d, team->team) != NULL;
    for (size_t i = 0; i < place; i++) {
        used = used || strcmp(e->teams[i]->team, team->team) == 0;
    }
    if (!used) {
        return true;
    }
    return reject(d, "id_in_use", "order",
                  say(d, "评审组编号 %s 已被使用；请换一个编号。", team->team),
                  say(d, "There is a team %s already; choose another name.", team->team));
}

static bool members_number_check(struct deciding *d, size_t count)
{
    size_t least = d->rulebook->team_members_min;
    size_t most = d->rulebook->team_members_max;
    if (count >= least && count <= most) {
        return true;
    }
    return reject(
        d, "team_size", "8",
        say(d, "评审组应有 %zu 至 %zu 名评审员，现为 %zu 名；请调整。", least, most, count),
        say(d, "A team has %zu to %zu reviewers, this one has %zu; change it.", least, most,
            count));
}

// Every member is of the pool and named once; the leader is one of them.
static bool members_check(struct deciding *d, const Award__TeamDrawn__Team *team)
{
    if (!members_number_check(d, team->n_members)) {
        return false;
    }
    for (size_t i = 0; i < team->n_members; i++) {
        const char *person = team->members[i];
        if (!reviewer_in_pool(d, person)) {
            return reject(
                d, "not_in_pool", "8",
                say(d, "%s 不在评审员专家库中；请先入库，或另选评审员。", person),
                say(d, "%s is not in the reviewer pool; choose another, or add him.", person));
        }
        if (list_has(i, team->members, person)) {
            return reject(d, "named_twice", "8",
                          say(d, "评审员 %s 在同一评审组列了两次；请更正。", person),
                          say(d, "Reviewer %s is named twice in the team; correct it.", person));
        }
    }
    if (list_has(team->n_members, team->members, team->leader)) {
        return true;
    }
    return reject(d, "leader_no_member", "8",
                  say(d, "组长 %s 不在评审组成员之列；组长须为成员之一。", team->leader),
                  say(d, "The leader %s is not among the members; he must be one.", team->leader));
}

// Drops the cases that have a team already.
static size_t cases_without_team(struct deciding *d, size_t count, Award__Case **cases)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        Award__Case *c = cases[i];
        if (text_blank(c->team)) {
            cases[kept++] = c;
            continue;
        }
        reject_part(d, c->case_, "has_team", "8",
                    say(d, "案件 %s 已编入评审组 %s；可更换该组成员。", c->case_, c->team),
                    say(d, "Case %s has a team already, %s; its members may be replaced.", c->case_,
                        c->team));
    }
    return kept;
}

static bool interests_check(struct deciding *d, const Award__TeamDrawn__Team *team, size_t count,
                            Award__Case *const *cases)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < team->n_members; k++) {
            if (!interest_check(d, team->members[k], cases[i]->enterprise)) {
                return false;
            }
        }
    }
    return true;
}

static void member_add(struct deciding *d, Award__Team *team, char *person)
{
    Award__Team__Member *member = NEW(d, Award__Team__Member, award__team__member);
    member->person = person;
    LIST_ADD(d, team, members, member);
}

static Award__Team *team_make(struct deciding *d, const Award__TeamDrawn *e,
                              const Award__TeamDrawn__Team *one)
{
    Award__Team *team = NEW(d, Award__Team, award__team);
    team->cycle = e->cycle;
    team->team = one->team;
    team->leader = one->leader;
    team->seed = text_blank(e->seed) ? NULL : e->seed;
    team->reason = text_blank(e->reason) ? NULL : e->reason;
    for (size_t i = 0; i < one->n_members; i++) {
        member_add(d, team, one->members[i]);
    }
    return team;
}

// A case that another team of the event has taken already is rejected by itself.
static bool team_form(struct deciding *d, const Award__TeamDrawn *e,
                      const Award__TeamDrawn__Team *one)
{
    Award__Case **cases;
    size_t count = parts_admit(d, e->cycle, one->n_cases, one->cases, &cases);
    count = cases_without_team(d, count, cases);
    if (!parts_remain(d, count) || !interests_check(d, one, count, cases)) {
        return false;
    }
    Award__Team *team = team_make(d, e, one);
    for (size_t i = 0; i < count; i++) {
        cases[i]->team = team->team;
        LIST_ADD(d, team, cases, cases[i]->case_);
        if (!case_move(d, cases[i], GUARD_NONE)) {
            return false;
        }
    }
    team_put(d, team, "8");
    concerns(d, team->team);
    return true;
}

static bool teams_check(struct deciding *d, const Award__TeamDrawn *e)
{
    for (size_t i = 0; i < e->n_teams; i++) {
        if (!team_new_check(d, e, i) || !members_check(d, e->teams[i])) {
            return false;
        }
    }
    if (!text_blank(e->seed)) {
        return drawing_check(d, e);
    }
    return !text_blank(e->reason) ||
           reject(d, "field_missing", "form",
                  "“组建评审组”须有抽取种子 seed，或人工组建的理由 reason；请补充。",
                  "team_drawn needs the seed of the draw, or the reason why teams were formed by "
                  "hand; add one.");
}

static void cycle_note_teams(struct deciding *d, const Award__TeamDrawn *e)
{
    Award__Cycle *cycle = cycle_get(d, e->cycle);
    assert(cycle != NULL);
    for (size_t i = 0; i < e->n_teams; i++) {
        LIST_ADD(d, cycle, teams, e->teams[i]->team);
    }
    cycle_put(d, cycle, "8");
}

// decision 30; 7(1)
bool decide_team_drawn(struct deciding *d)
{
    const Award__TeamDrawn *e = d->event->team_drawn;
    if (!cycle_exists(d, e->cycle) || !teams_check(d, e)) {
        return false;
    }
    for (size_t i = 0; i < e->n_teams; i++) {
        if (!team_form(d, e, e->teams[i])) {
            return false;
        }
    }
    cycle_note_teams(d, e);
    if (!text_blank(e->seed)) {
        drawing_record(d, e);
    }
    return true;
}

// ---- Replacing

static bool replaced_check(struct deciding *d, const Award__Team *team,
                           const Award__MemberReplaced *e)
{
    const Award__Team__Member *member = team_member(team, e->person);
    if (member == NULL || !team_member_counts(member, NULL)) {
        return reject(
            d, "not_of_team", "order",
            say(d, "%s 现在不是评审组 %s 的成员；请核对。", e->person, team->team),
            say(d, "%s is no member of team %s now; check the name.", e->person, team->team));
    }
    return true;
}

// The sheets are kept by person, so that somebody who was replaced does not come back to the team.
static bool replacing_check(struct deciding *d, const Award__Team *team,
                            const Award__MemberReplaced *e)
{
    if (!reviewer_in_pool(d, e->by)) {
        return reject(d, "not_in_pool", "8",
                      say(d, "%s 不在评审员专家库中；请先入库，或另选评审员。", e->by),
                      say(d, "%s is not in the reviewer pool; choose another, or add him.", e->by));
    }
    if (team_member(team, e->by) != NULL) {
        return reject(
            d, "named_twice", "policy",
            say(d, "%s 已经是或曾经是评审组 %s 的成员；请另选评审员。", e->by, team->team),
            say(d, "%s is or was a member of team %s; choose another.", e->by, team->team));
    }
    for (size_t i = 0; i < team->n_cases; i++) {
        const Award__Case *c = case_get(d, team->cases[i]);
        if (c != NULL && !interest_check(d, e->by, c->enterprise)) {
            return false;
        }
    }
    return true;
}

bool decide_member_replaced(struct deciding *d)
{
    const Award__MemberReplaced *e = d->event->member_replaced;
    Award__Team *team = team_load(d, e->team);
    if (team == NULL || !replaced_check(d, team, e) || !replacing_check(d, team, e)) {
        return false;
    }
    sheets_compare_withdraw(d, team); // the new member's sheets are still to come
    team_member(team, e->person)->replaced_by = e->by;
    member_add(d, team, e->by);
    if (strcmp(team->leader, e->person) == 0) {
        team->leader = e->by; // a team has exactly one leader (8)
    }
    team_put(d, team, "policy");
    for (size_t i = 0; i < team->n_cases; i++) {
        concerns(d, team->cases[i]);
    }
    return true;
}
