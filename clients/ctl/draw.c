// draw - `draw`: the review teams that a seed gives, shown or sent (8)
#include "clients/ctl/commands.h"
#include "clients/ctl/send_named.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>
#include <stdlib.h>

static int draw_run(struct ctl *ctl, int argc, char **argv);

const struct command command_draw = {
    .name = "draw",
    .arguments = "CYCLE --seed SEED [--teams N] [--send [--id ID]]",
    .zh = "按种子抽取评审组",
    .en = "draw the review teams that a seed gives",
    .help =
        "只计算，不记录；加 --send 才作为 team_drawn 提交。抽取须先公告（draw_announced），\n"
        "组数以公告为准；尚未公告时用 --teams 试算。算法见 "
        "docs/developer/draw.md，任何人都可复算。\n"
        "Computes and records nothing; --send sends it as team_drawn. A draw is announced first\n"
        "(draw_announced), with the number of teams; before, --teams N tries one. Anybody can\n"
        "repeat it: docs/developer/draw.md.\n",
    .needs_settings = true,
    .run = draw_run,
};

enum { TEAMS_MAX = 1000 };

struct draw_options {
    const char *seed;
    const char *teams;
    const char *id;
    bool send;
};

// ---- Showing

static void teams_print(struct ctl *ctl, const Award__DrawView *view)
{
    static const char *const heads[] = {"评审组 team", "组长 leader", "成员 members", "案件 cases",
                                        NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_teams; i++) {
        const Award__TeamDrawn__Team *team = view->teams[i];
        table_row(table, (const char *const[]){team->team, team->leader,
                                               show_list(ctl, team->n_members, team->members),
                                               show_list(ctl, team->n_cases, team->cases)});
    }
    table_end(table);
}

static void left_print(struct ctl *ctl, const Award__DrawView *view)
{
    static const char *const heads[] = {"未抽 left out", "评审组 team", "案件 case", "原因 why",
                                        NULL};
    if (view->n_left == 0) {
        return;
    }
    show_heading(ctl, "未参加抽取", "Left out of the draw");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < view->n_left; i++) {
        const Award__DrawView__Left *left = view->left[i];
        const char *why = arena_format(ctl->arena, "%s %s", left->zh, left->en);
        table_row(table, (const char *const[]){left->person, left->team, left->case_, why});
    }
    table_end(table);
}

static void announcement_print(struct ctl *ctl, const Award__DrawView *view)
{
    if (view->announced == NULL) {
        (void)puts("没有已公告而待进行的抽取，仅为试算 no announced draw waits: this is a trial");
        return;
    }
    const Award__DrawAnnounced *announced = view->announced->announced;
    show_fact(ctl, "种子来源", "source", announced->source);
    show_fact(ctl, "公布之日", "on", ctl_day(ctl, announced->on));
    show_fact(ctl, "公告于", "announced", ctl_day(ctl, view->announced->announced_on));
}

static void draw_print(struct ctl *ctl, const Award__DrawView *view)
{
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &view->base);
        return;
    }
    if (ctl->output == CTL_TABLE) {
        announcement_print(ctl, view);
    }
    teams_print(ctl, view);
    left_print(ctl, view);
}

// ---- Sending

static int draw_send(struct ctl *ctl, const Award__DrawView *view, const char *id)
{
    Award__TeamDrawn drawn = AWARD__TEAM_DRAWN__INIT;
    drawn.cycle = view->cycle;
    drawn.seed = view->seed;
    drawn.n_teams = view->n_teams;
    drawn.teams = view->teams;
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_TEAM_DRAWN;
    event.team_drawn = &drawn;
    return send_named(ctl, &event, id, false);
}

static bool teams_read(const char *text, uint32_t *teams)
{
    char *end;
    unsigned long number = text != NULL ? strtoul(text, &end, 10) : 0;
    if (text != NULL &&
        (*text < '0' || *text > '9' || *end != '\0' || number == 0 || number > TEAMS_MAX)) {
        return false;
    }
    *teams = (uint32_t)number;
    return true;
}

static int draw_run(struct ctl *ctl, int argc, char **argv)
{
    struct draw_options chosen = {0};
    const struct ctl_option options[] = {
        {"--seed",  &chosen.seed,  NULL        },
        {"--teams", &chosen.teams, NULL        },
        {"--id",    &chosen.id,    NULL        },
        {"--send",  NULL,          &chosen.send},
        {NULL,      NULL,          NULL        },
    };
    Award__QueryDraw query = AWARD__QUERY_DRAW__INIT;
    int status = CTL_USAGE;
    argc = ctl_options(&command_draw, options, argc, argv);
    if (argc < 0) {
        return CTL_USAGE;
    }
    if (argc != 1 || chosen.seed == NULL || !teams_read(chosen.teams, &query.teams)) {
        return ctl_usage(&command_draw);
    }
    query.cycle = argv[0];
    query.seed = arena_string(ctl->arena, chosen.seed);
    query.has_teams = query.teams > 0;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_DRAW, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    draw_print(ctl, reply->draw);
    return chosen.send ? draw_send(ctl, reply->draw, chosen.id) : CTL_OK;
}
