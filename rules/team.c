// team - who of a review team may act: members, the leader, conflicts and replacement (8)
#include "rules/team.h"

#include <assert.h>
#include <string.h>

bool reviewer_in_pool(struct deciding *d, const char *person)
{
    const Award__Reviewer *reviewer = reviewer_get(d, person);
    return reviewer != NULL && !reviewer->removed;
}

Award__Team *team_load(struct deciding *d, const char *name)
{
    Award__Team *team = team_get(d, name);
    if (team == NULL) {
        (void)reject(d, "no_such_team", "order",
                     say(d, "没有评审组 %s；请核对编号，或先组建评审组。", name),
                     say(d, "There is no team %s; check its name, or form it first.", name));
        return NULL;
    }
    concerns(d, name);
    if (d->rulebook == NULL) {
        d->rulebook = rulebook_of_cycle(d, team->cycle);
    }
    return team;
}

Award__Team *team_of_case(struct deciding *d, const Award__Case *c)
{
    if (text_blank(c->team)) {
        (void)reject(d, "no_team", "8",
                     say(d, "案件 %s 尚未编入评审组；请先组建评审组。", c->case_),
                     say(d, "Case %s has no review team yet; form one first.", c->case_));
        return NULL;
    }
    return team_load(d, c->team);
}

Award__Team__Member *team_member(const Award__Team *team, const char *person)
{
    for (size_t i = 0; i < team->n_members; i++) {
        if (strcmp(team->members[i]->person, person) == 0) {
            return team->members[i];
        }
    }
    return NULL;
}

bool team_member_counts(const Award__Team__Member *member, const char *case_name)
{
    if (!text_blank(member->replaced_by)) {
        return false;
    }
    return case_name == NULL || !list_has(member->n_conflicts, member->conflicts, case_name);
}

bool team_member_check(struct deciding *d, const Award__Team *team, const char *case_name)
{
    const char *person = d->sender->name;
    const Award__Team__Member *member = team_member(team, person);
    if (member == NULL) {
        return reject(d, "not_of_team", "authority",
                      say(d, "%s 不是评审组 %s 的成员，不能“%s”。", person, team->team, d->row->zh),
                      say(d, "%s is no member of team %s and may not send %s.", person, team->team,
                          event_name(d->event->body_case)));
    }
    if (!team_member_counts(member, NULL)) {
        return reject(
            d, "replaced", "authority",
            say(d, "%s 在评审组 %s 中已由 %s 接替。", person, team->team, member->replaced_by),
            say(d, "%s was replaced by %s in team %s.", person, member->replaced_by, team->team));
    }
    if (!team_member_counts(member, case_name)) {
        return reject(d, "conflict", "policy",
                      say(d, "%s 已就案件 %s 申报回避，不能“%s”；请办公室更换评审员。", person,
                          case_name, d->row->zh),
                      say(d, "%s declared a conflict about case %s; the office replaces him.",
                          person, case_name));
    }
    return true;
}

bool team_leader_check(struct deciding *d, const Award__Team *team, const char *case_name)
{
    if (!team_member_check(d, team, case_name)) {
        return false;
    }
    if (strcmp(team->leader, d->sender->name) == 0) {
        return true;
    }
    return reject(d, "not_the_leader", "8(1)",
                  say(d, "“%s”由评审组 %s 的组长 %s 提交。", d->row->zh, team->team, team->leader),
                  say(d, "%s comes from the leader of team %s, %s.",
                      event_name(d->event->body_case), team->team, team->leader));
}

bool team_conflict(struct deciding *d, const Award__Case *c, const char *person)
{
    const Award__Team *team = text_blank(c->team) ? NULL : team_get(d, c->team);
    const Award__Team__Member *member = team != NULL ? team_member(team, person) : NULL;
    return member != NULL && list_has(member->n_conflicts, member->conflicts, c->case_);
}
