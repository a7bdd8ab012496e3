// draw - review teams drawn from the pool, so that anybody can do it again (8)
#include "rules/draw.h"

#include "rules/interest.h"
#include "rules/team.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = crypto_hash_sha256_BYTES };

struct candidate {
    const Award__Reviewer *reviewer;
    unsigned char hash[HASH_BYTES];
    size_t load;  // cases that he reviews in this cycle
    size_t leads; // teams that he leads in it
};

struct drawn_case {
    Award__Case *c;
    const Award__Enterprise *enterprise;
    const char *industry;
    unsigned char hash[HASH_BYTES];
};

struct drawn_team {
    const struct drawn_case *cases; // neighbours in the order of all cases
    size_t cases_count;
    bool *fit;                  // of each candidate: no conflict with any of its cases
    struct candidate **members; // in the order in which they were drawn
    size_t members_count;
};

struct drawing {
    struct deciding *d;
    const struct draw_order *order;
    struct candidate *pool;
    size_t pool_count;
    struct drawn_case *cases;
    size_t cases_count;
    struct drawn_team *teams;
    size_t teams_count;
    Award__DrawView *view;
};

// ---- The order of chance

static void hash_make(const struct drawing *g, const char *name, unsigned char hash[HASH_BYTES])
{
    const char *text = say(g->d, "%s/%s/%s", g->order->seed, g->order->cycle, name);
    (void)crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
}

static int candidates_compare(const void *one, const void *other)
{
    const struct candidate *a = one;
    const struct candidate *b = other;
    int order = memcmp(a->hash, b->hash, HASH_BYTES);
    return order != 0 ? order : strcmp(a->reviewer->person, b->reviewer->person);
}

// By industry first, so that the cases of a team are near each other.
static int cases_compare(const void *one, const void *other)
{
    const struct drawn_case *a = one;
    const struct drawn_case *b = other;
    int order = strcmp(a->industry, b->industry);
    order = order != 0 ? order : memcmp(a->hash, b->hash, HASH_BYTES);
    return order != 0 ? order : strcmp(a->c->case_, b->c->case_);
}

// ---- What is on record

static void left_out(struct drawing *g, const char *person, const char *team, const char *case_name,
                     const char *zh, const char *en)
{
    struct deciding *d = g->d;
    Award__DrawView__Left *left = NEW(d, Award__DrawView__Left, award__draw_view__left);
    left->person = arena_string(d->arena, person);
    left->team = team != NULL ? arena_string(d->arena, team) : NULL;
    left->case_ = case_name != NULL ? arena_string(d->arena, case_name) : NULL;
    left->zh = arena_string(d->arena, zh);
    left->en = arena_string(d->arena, en);
    LIST_ADD(d, g->view, left, left);
}

// Who is in the pool, and was as he is before the day on which the seed became known.
static bool reviewer_counts(struct drawing *g, const Award__Reviewer *reviewer)
{
    if (reviewer->removed) {
        left_out(g, reviewer->person, NULL, NULL, "已出库", "was removed from the pool");
        return false;
    }
    if (reviewer->since != NULL && reviewer->since->number >= g->order->before) {
        const char *day = day_text(g->d, reviewer->since->number);
        left_out(
            g, reviewer->person, NULL, NULL, say(g->d, "%s 入库或变更，不早于种子公布之日", day),
            say(g->d, "came into the pool or was changed on %s, not before the day of the seed",
                day));
        return false;
    }
    return reviewer->added != NULL;
}

static void pool_load(struct drawing *g)
{
    struct deciding *d = g->d;
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_REVIEWER, 0);
    const Award__Reviewer *reviewer;
    const Award__Reviewer **list = NULL;
    size_t count = 0;
    while ((reviewer = (const Award__Reviewer *)record_walk_next(&walk)) != NULL) {
        if (reviewer_counts(g, reviewer)) {
            list_add(d, &count, &list, reviewer);
        }
    }
    g->pool = arena_alloc(d->arena, count * sizeof(struct candidate));
    for (size_t i = 0; i < count; i++) {
        g->pool[i] = (struct candidate){.reviewer = list[i]};
        hash_make(g, list[i]->person, g->pool[i].hash);
    }
    g->pool_count = count;
    qsort(g->pool, count, sizeof(struct candidate), candidates_compare);
}

// What the pool does already in the teams of the cycle.
static void loads_count(struct drawing *g, const Award__Cycle *cycle)
{
    for (size_t i = 0; i < cycle->n_teams; i++) {
        const Award__Team *team = team_get(g->d, cycle->teams[i]);
        for (size_t k = 0; team != NULL && k < g->pool_count; k++) {
            const char *person = g->pool[k].reviewer->person;
            const Award__Team__Member *member = team_member(team, person);
            if (member != NULL && team_member_counts(member, NULL)) {
                g->pool[k].load += team->n_cases;
                if (strcmp(team->leader, person) == 0) {
                    g->pool[k].leads++;
                }
            }
        }
    }
}

static void cases_load(struct drawing *g, const Award__Cycle *cycle)
{
    struct deciding *d = g->d;
    g->cases = arena_alloc(d->arena, cycle->n_cases * sizeof(struct drawn_case));
    for (size_t i = 0; i < cycle->n_cases; i++) {
        Award__Case *c = case_get(d, cycle->cases[i]);
        if (c == NULL || c->stage != AWARD__STAGE__NAME__accepted || !text_blank(c->team)) {
            continue;
        }
        struct drawn_case *one = &g->cases[g->cases_count++];
        one->c = c;
        one->enterprise = enterprise_get(d, c->enterprise);
        bool known = one->enterprise != NULL && one->enterprise->industry != NULL;
        one->industry = known ? one->enterprise->industry : "";
        hash_make(g, c->case_, one->hash);
    }
    qsort(g->cases, g->cases_count, sizeof(struct drawn_case), cases_compare);
}

// ---- Cases to teams, conflicts

// The cases in their order, cut into runs whose lengths differ by one at most, the longer first.
static void teams_cut(struct drawing *g)
{
    g->teams_count = g->order->teams < g->cases_count ? g->order->teams : g->cases_count;
    g->teams = arena_alloc(g->d->arena, g->teams_count * sizeof(struct drawn_team));
    const struct drawn_case *next = g->cases;
    for (size_t i = 0; i < g->teams_count; i++) {
        struct drawn_team *team = &g->teams[i];
        team->cases = next;
        team->cases_count =
            g->cases_count / g->teams_count + (i < g->cases_count % g->teams_count ? 1 : 0);
        next += team->cases_count;
        team->members = arena_alloc(g->d->arena, g->pool_count * sizeof(struct candidate *));
        team->fit = arena_alloc(g->d->arena, g->pool_count);
    }
    assert(next == g->cases + g->cases_count);
}

static bool conflict_find(struct drawing *g, size_t team, const struct candidate *candidate)
{
    struct interest found;
    for (size_t i = 0; i < g->teams[team].cases_count; i++) {
        const struct drawn_case *one = &g->teams[team].cases[i];
        if (one->enterprise != NULL &&
            interest_find(g->d, candidate->reviewer->added, one->enterprise, &found)) {
            left_out(g, candidate->reviewer->person, say(g->d, "%zu", team + 1), one->c->case_,
                     found.zh, found.en);
            return true;
        }
    }
    return false;
}

// How many may be drawn into the team.
static size_t conflicts_leave_out(struct drawing *g, size_t team)
{
    size_t fit = 0;
    for (size_t i = 0; i < g->pool_count; i++) {
        g->teams[team].fit[i] = !conflict_find(g, team, &g->pool[i]);
        fit += g->teams[team].fit[i] ? 1 : 0;
    }
    return fit;
}

static Award__Reason *too_few(struct drawing *g, size_t team, size_t fit)
{
    struct deciding *d = g->d;
    const char *cases = "";
    for (size_t i = 0; i < g->teams[team].cases_count; i++) {
        cases = say(d, "%s%s%s", cases, i > 0 ? " " : "", g->teams[team].cases[i].c->case_);
    }
    unsigned least = d->rulebook->team_members_min;
    return reason_make(
        d, "too_few_reviewers", "8",
        say(d,
            "专家库中无须回避、可评审下列案件的只有 %zu 名，少于 %u 名：%s；"
            "请增加评审员入库或增加组数后重新公告抽取，或由评审委员会人工组建（写明理由）。",
            fit, least, cases),
        say(d,
            "Only %zu reviewers of the pool, fewer than %u, are without conflict for the cases %s; "
            "add reviewers or announce a draw of more teams, or form the team by hand, with the "
            "reason.",
            fit, least, cases));
}

// ---- The draw

// One knows the industry of the other: C covers C36, and C36 is of C.
static bool industries_meet(const char *one, const char *other)
{
    size_t size = strlen(one) < strlen(other) ? strlen(one) : strlen(other);
    return size > 0 && strncmp(one, other, size) == 0;
}

static bool knows(const struct candidate *candidate, const char *industry)
{
    const Award__ReviewerAdded *added = candidate->reviewer->added;
    for (size_t i = 0; i < added->n_industries; i++) {
        if (industries_meet(added->industries[i], industry)) {
            return true;
        }
    }
    return false;
}

static bool team_knows(const struct drawn_team *team, const char *industry)
{
    for (size_t i = 0; i < team->members_count; i++) {
        if (knows(team->members[i], industry)) {
            return true;
        }
    }
    return false;
}

// 0: knows an industry of the team's cases that no member knows yet; 1: another of them; 2: none.
static int use_of(const struct drawn_team *team, const struct candidate *candidate)
{
    int use = 2;
    for (size_t i = 0; i < team->cases_count && use > 0; i++) {
        if (knows(candidate, team->cases[i].industry)) {
            use = team_knows(team, team->cases[i].industry) ? 1 : 0;
        }
    }
    return use;
}

static bool is_member(const struct drawn_team *team, const struct candidate *candidate)
{
    for (size_t i = 0; i < team->members_count; i++) {
        if (team->members[i] == candidate) {
            return true;
        }
    }
    return false;
}

// The one with the fewest cases; of these, of the most use; of these, the first by chance.
static void seat_draw(struct drawing *g, struct drawn_team *team)
{
    struct candidate *best = NULL;
    int best_use = 0;
    for (size_t i = 0; i < g->pool_count; i++) {
        struct candidate *one = &g->pool[i];
        if (!team->fit[i] || is_member(team, one)) {
            continue;
        }
        int use = use_of(team, one);
        if (best == NULL || one->load < best->load || (one->load == best->load && use < best_use)) {
            best = one;
            best_use = use;
        }
    }
    if (best != NULL) {
        team->members[team->members_count++] = best;
        best->load += team->cases_count;
    }
}

// Seat by seat through all teams, so that no team has the first choice of everybody.
static void seats_draw(struct drawing *g)
{
    const struct rulebook *rulebook = g->d->rulebook;
    size_t seats = g->pool_count / g->teams_count;
    seats = seats > rulebook->team_members_max ? rulebook->team_members_max : seats;
    seats = seats < rulebook->team_members_min ? rulebook->team_members_min : seats;
    for (size_t seat = 0; seat < seats; seat++) {
        for (size_t i = 0; i < g->teams_count; i++) {
            seat_draw(g, &g->teams[i]);
        }
    }
}

// The member who leads the fewest teams; of these, the first by chance.
static struct candidate *leader_draw(const struct drawn_team *team)
{
    struct candidate *best = team->members[0];
    for (size_t i = 1; i < team->members_count; i++) {
        struct candidate *one = team->members[i];
        if (one->leads < best->leads ||
            (one->leads == best->leads && candidates_compare(one, best) < 0)) {
            best = one;
        }
    }
    best->leads++;
    return best;
}

static void team_show(struct drawing *g, const struct drawn_team *team)
{
    struct deciding *d = g->d;
    Award__TeamDrawn__Team *shown = NEW(d, Award__TeamDrawn__Team, award__team_drawn__team);
    for (size_t i = 0; i < team->members_count; i++) {
        LIST_ADD(d, shown, members, team->members[i]->reviewer->person);
    }
    for (size_t i = 0; i < team->cases_count; i++) {
        LIST_ADD(d, shown, cases, team->cases[i].c->case_);
    }
    shown->leader = leader_draw(team)->reviewer->person;
    LIST_ADD(d, g->view, teams, shown);
}

Award__DrawView *draw_compute(struct deciding *d, const struct draw_order *order,
                              Award__Reason **failure)
{
    const Award__Cycle *cycle = cycle_look(d, order->cycle);
    assert(cycle != NULL && d->rulebook != NULL && order->teams > 0);
    struct drawing g = {.d = d, .order = order};
    g.view = NEW(d, Award__DrawView, award__draw_view);
    g.view->cycle = cycle->cycle;
    g.view->seed = arena_string(d->arena, order->seed);
    cases_load(&g, cycle);
    if (g.cases_count == 0) {
        *failure =
            reason_make(d, "nothing_to_draw", "8",
                        say(d, "评选年度 %s 没有已受理而未编组的案件，无须抽取；请核对评选年度。",
                            cycle->cycle),
                        say(d,
                            "Cycle %s has no accepted case without a team: there is "
                            "nothing to draw; check the cycle.",
                            cycle->cycle));
        return NULL;
    }
    pool_load(&g);
    loads_count(&g, cycle);
    teams_cut(&g);
    for (size_t i = 0; i < g.teams_count; i++) {
        size_t fit = conflicts_leave_out(&g, i);
        if (fit < d->rulebook->team_members_min) {
            *failure = too_few(&g, i, fit);
            return NULL;
        }
    }
    seats_draw(&g);
    for (size_t i = 0; i < g.teams_count; i++) {
        team_show(&g, &g.teams[i]);
    }
    return g.view;
}

Award__Draw *draw_last(struct deciding *d, const char *cycle_name)
{
    const Award__Cycle *cycle = cycle_look(d, cycle_name);
    return cycle == NULL ? NULL
                         : (Award__Draw *)record_get(d, AWARD__CHANGE__RECORD_DRAW, cycle_name,
                                                     (int)cycle->draws);
}
