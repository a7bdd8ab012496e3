// query_draw - the draw of review teams, computed and not recorded (8)
#include "daemon/query_parts.h"
#include "rules/draw.h"

#include <string.h>

static void no_cycle(struct asking *asking, const char *cycle)
{
    struct deciding *d = asking->d;
    query_refuse(asking, "no_such_cycle", "order",
                 say(d, "没有评选年度 %s；用 awardctl cycle list 查看。", cycle),
                 say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
}

static void field_missing(struct asking *asking, const char *field)
{
    struct deciding *d = asking->d;
    bool teams = strcmp(field, "teams") == 0;
    query_refuse(asking, "field_missing", "form",
                 teams
                     ? say(d, "没有已公告而待进行的抽取；请先公告（draw_announced），试算则写明组数"
                              "（--teams 数）。")
                     : say(d, "查询缺少 %s。", field),
                 teams ? say(d, "No announced draw waits; announce one (draw_announced), or for a "
                                "trial say how many teams (--teams NUMBER).")
                       : say(d, "The query lacks %s.", field));
}

// Names that are not used yet: the cycle's, a dash and a number.
static void teams_name(struct deciding *d, Award__DrawView *view)
{
    unsigned number = 0;
    for (size_t i = 0; i < view->n_teams; i++) {
        do {
            number++;
            view->teams[i]->team = say(d, "%s-%u", view->cycle, number);
        } while (team_get(d, view->teams[i]->team) != NULL);
    }
    for (size_t i = 0; i < view->n_left; i++) {
        for (size_t k = 0; view->left[i]->team != NULL && k < view->n_teams; k++) {
            if (strcmp(view->left[i]->team, say(d, "%zu", k + 1)) == 0) {
                view->left[i]->team = view->teams[k]->team;
                break;
            }
        }
    }
}

// As announced and not yet carried out; else a trial with the pool as it is now.
static struct draw_order order_make(struct asking *asking, const Award__Draw *announced)
{
    const Award__QueryDraw *query = asking->query->draw;
    struct draw_order order = {
        .cycle = query->cycle,
        .seed = query->seed,
        .teams = query->teams,
        .before = asking->d->today + 1,
    };
    if (announced != NULL) {
        order.teams = query->teams > 0 ? query->teams : announced->announced->teams;
        order.before = announced->announced->on->number;
    }
    return order;
}

void query_draw(struct asking *asking)
{
    struct deciding *d = asking->d;
    const Award__QueryDraw *query = asking->query->draw;
    if (text_blank(query->cycle) || text_blank(query->seed)) {
        field_missing(asking, text_blank(query->cycle) ? "cycle" : "seed");
        return;
    }
    d->rulebook = rulebook_of_cycle(d, query->cycle);
    if (d->rulebook == NULL) {
        no_cycle(asking, query->cycle);
        return;
    }
    Award__Draw *announced = draw_last(d, query->cycle);
    announced = announced != NULL && announced->seed == NULL ? announced : NULL;
    const struct draw_order order = order_make(asking, announced);
    if (order.teams == 0) {
        field_missing(asking, "teams");
        return;
    }
    Award__Reason *failure = NULL;
    Award__DrawView *view = draw_compute(d, &order, &failure);
    if (view == NULL) {
        query_refuse(asking, failure->code, failure->article, failure->zh, failure->en);
        return;
    }
    teams_name(d, view);
    view->announced = announced;
    asking->reply->draw = view;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_DRAW;
}
