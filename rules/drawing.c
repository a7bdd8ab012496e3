// drawing - a draw on record: announced beforehand, then checked when it is carried out (8)
//
// Whoever knows the seed must not be able to change what follows from it. So the source of the
// seed, its day and the number of teams are on record before that day, the pool is taken as it was
// then, and teams that differ from the draw in one name are not admitted.
#include "rules/drawing.h"

#include "rules/decide.h"
#include "rules/draw.h"
#include "rules/parts.h"

#include <assert.h>
#include <string.h>

// ---- Announcing

// One that waits for its day may be replaced before that day; later only with the reason.
static bool earlier_check(struct deciding *d, const Award__DrawAnnounced *e)
{
    const Award__Draw *last = draw_last(d, e->cycle);
    if (last == NULL || last->seed != NULL || d->today < last->announced->on->number ||
        !text_blank(e->reason)) {
        return true;
    }
    const char *day = day_text(d, last->announced->on->number);
    return reject(d, "draw_waits", "8",
                  say(d,
                      "评选年度 %s 已公告的抽取（种子公布之日 %s）尚未进行；请先抽取，"
                      "确须另行公告的，请在 reason 中说明理由。",
                      e->cycle, day),
                  say(d,
                      "The draw of cycle %s whose seed came on %s was not carried out; do so, or "
                      "say in reason why another takes its place.",
                      e->cycle, day));
}

static bool announcement_check(struct deciding *d, const Award__DrawAnnounced *e)
{
    if (e->on->number <= d->today) {
        return reject(d, "seed_known", "8",
                      say(d, "种子公布之日 %s 须在本公告记录之后；请另选一次尚未举行的公开摇号。",
                          day_text(d, e->on->number)),
                      say(d,
                          "The day of the seed, %s, must come after this is recorded; name a "
                          "public draw that is still to be held.",
                          day_text(d, e->on->number)));
    }
    if (e->teams == 0) {
        return reject(d, "no_teams", "8", "评审组数 teams 至少为 1；请更正。",
                      "teams, the number of teams to draw, is 1 at least; correct it.");
    }
    return earlier_check(d, e);
}

bool decide_draw_announced(struct deciding *d)
{
    Award__DrawAnnounced *e = d->event->draw_announced;
    if (!cycle_exists(d, e->cycle) || !announcement_check(d, e)) {
        return false;
    }
    Award__Cycle *cycle = cycle_get(d, e->cycle);
    assert(cycle != NULL);
    SET(cycle, draws, cycle->draws + 1);
    cycle_put(d, cycle, "8");
    Award__Draw *draw = NEW(d, Award__Draw, award__draw);
    draw->cycle = e->cycle;
    SET(draw, ordinal, cycle->draws);
    draw->announced = e;
    draw->announced_on = day_make(d, d->today);
    draw->by = d->sender->name;
    record_put(d, AWARD__CHANGE__RECORD_DRAW, &draw->base, "8");
    return true;
}

// ---- Where two draws differ

static bool differs(struct deciding *d, const char *team, const char *what_zh, const char *what_en,
                    const char *given, const char *drawn)
{
    return reject(
        d, "draw_differs", "8",
        say(d,
            "评审组 %s 的%s为 %s，按种子和在案专家库抽取应为 %s；"
            "请用 awardctl draw --send 提交抽取结果。",
            team, what_zh, given != NULL ? given : "（无）", drawn != NULL ? drawn : "（无）"),
        say(d,
            "Team %s has %s as its %s; seed and pool give %s. Send what awardctl draw "
            "--send computes.",
            team, given != NULL ? given : "nobody", what_en, drawn != NULL ? drawn : "nobody"));
}

struct texts {
    size_t count;
    char *const *list;
};

#define TEXTS(team, field) ((struct texts){(team)->n_##field, (team)->field})

static bool lists_match(struct deciding *d, const char *team, const char *zh, const char *en,
                        struct texts given, struct texts drawn)
{
    size_t most = given.count > drawn.count ? given.count : drawn.count;
    for (size_t i = 0; i < most; i++) {
        const char *one = i < given.count ? given.list[i] : NULL;
        const char *other = i < drawn.count ? drawn.list[i] : NULL;
        if (one == NULL || other == NULL || strcmp(one, other) != 0) {
            return differs(d, team, say(d, "第 %zu 个%s", i + 1, zh), say(d, "%s %zu", en, i + 1),
                           one, other);
        }
    }
    return true;
}

static bool team_matches(struct deciding *d, const Award__TeamDrawn__Team *given,
                         const Award__TeamDrawn__Team *drawn)
{
    if (!lists_match(d, given->team, "案件", "case", TEXTS(given, cases), TEXTS(drawn, cases)) ||
        !lists_match(d, given->team, "成员", "member", TEXTS(given, members),
                     TEXTS(drawn, members))) {
        return false;
    }
    return strcmp(given->leader, drawn->leader) == 0 ||
           differs(d, given->team, "组长", "leader", given->leader, drawn->leader);
}

static bool teams_match(struct deciding *d, const Award__TeamDrawn *e, const Award__DrawView *draw)
{
    if (e->n_teams != draw->n_teams) {
        return reject(d, "draw_differs", "8",
                      say(d, "提交了 %zu 个评审组，公告的抽取为 %zu 个；请提交整个抽取结果。",
                          e->n_teams, draw->n_teams),
                      say(d, "%zu teams were sent, the announced draw has %zu; send all of it.",
                          e->n_teams, draw->n_teams));
    }
    for (size_t i = 0; i < e->n_teams; i++) {
        if (!team_matches(d, e->teams[i], draw->teams[i])) {
            return false;
        }
    }
    return true;
}

// ---- Carrying out

static bool announced_check(struct deciding *d, const Award__TeamDrawn *e, const Award__Draw *last)
{
    if (last == NULL || last->seed != NULL) {
        return reject(
            d, "draw_not_announced", "8",
            say(d, "评选年度 %s 没有待进行的抽取公告；请先提交 draw_announced，说明种子如何产生。",
                e->cycle),
            say(d,
                "No draw of cycle %s is announced and waits; send draw_announced first, which says "
                "how its seed will come about.",
                e->cycle));
    }
    int32_t day = last->announced->on->number;
    if (d->today < day) {
        return reject(d, "seed_not_known", "8",
                      say(d, "种子要到 %s 才公布；请在当日或之后抽取。", day_text(d, day)),
                      say(d, "The seed comes on %s; draw on that day or later.", day_text(d, day)));
    }
    return true;
}

bool drawing_check(struct deciding *d, const Award__TeamDrawn *e)
{
    const Award__Draw *last = draw_last(d, e->cycle);
    if (!announced_check(d, e, last)) {
        return false;
    }
    const struct draw_order order = {
        .cycle = e->cycle,
        .seed = e->seed,
        .teams = last->announced->teams,
        .before = last->announced->on->number,
    };
    Award__Reason *failure = NULL;
    const Award__DrawView *draw = draw_compute(d, &order, &failure);
    if (draw == NULL) {
        return reject(d, failure->code, failure->article, failure->zh, failure->en);
    }
    return teams_match(d, e, draw);
}

void drawing_record(struct deciding *d, const Award__TeamDrawn *e)
{
    Award__Draw *draw = draw_last(d, e->cycle);
    assert(draw != NULL && draw->seed == NULL);
    draw->seed = e->seed;
    draw->drawn_on = day_make(d, d->today);
    for (size_t i = 0; i < e->n_teams; i++) {
        LIST_ADD(d, draw, teams, e->teams[i]->team);
    }
    record_put(d, AWARD__CHANGE__RECORD_DRAW, &draw->base, "8");
}
