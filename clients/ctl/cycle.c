// cycle - `cycle list`, `cycle show`: the years of selection
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>

static int cycle_list_run(struct ctl *ctl, int argc, char **argv);
static int cycle_show_run(struct ctl *ctl, int argc, char **argv);

const struct command command_cycle_list = {
    .name = "cycle list",
    .arguments = "",
    .zh = "列出各评选年度",
    .en = "list the cycles",
    .needs_settings = true,
    .run = cycle_list_run,
};

const struct command command_cycle_show = {
    .name = "cycle show",
    .arguments = "CYCLE",
    .zh = "查看一个评选年度",
    .en = "show one cycle",
    .needs_settings = true,
    .run = cycle_show_run,
};

static const char *standing(const Award__Cycle *cycle)
{
    if (cycle->closed) {
        return "已结束 closed";
    }
    if (cycle->published_on != NULL) {
        return "已公布 published";
    }
    if (cycle->signed_on != NULL) {
        return "已签署 signed";
    }
    if (cycle->n_publicities > 0) {
        return "公示 publicity";
    }
    return cycle->selection_started ? "综合评选 selection" : "进行中 under way";
}

static const Award__Moment *closing(const Award__Cycle *cycle)
{
    return cycle->opened != NULL ? cycle->opened->closing : NULL;
}

static void cycles_print(struct ctl *ctl, const Award__Cycles *cycles)
{
    static const char *const heads[] = {"年度 cycle",     "通知 opened", "截止 closing",
                                        "状况 standing",  ">案件 cases", ">评审组 teams",
                                        "公布 published", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < cycles->n_cycles; i++) {
        const Award__Cycle *cycle = cycles->cycles[i];
        table_row(table, (const char *const[]){cycle->cycle, ctl_day(ctl, cycle->opened_on),
                                               ctl_moment(ctl, closing(cycle)), standing(cycle),
                                               show_number(ctl, cycle->n_cases),
                                               show_number(ctl, cycle->n_teams),
                                               ctl_day(ctl, cycle->published_on)});
    }
    table_end(table);
}

static void publicity_print(struct ctl *ctl, const Award__Cycle__Publicity *publicity)
{
    show_fact(ctl, "公示", "publicity",
              arena_format(ctl->arena, "%s 至 to %s%s", ctl_day(ctl, publicity->from),
                           ctl_day(ctl, publicity->last),
                           publicity->provisional ? " " SHOW_PROVISIONAL : ""));
    show_fact(ctl, "公告载明", "as stated",
              arena_format(ctl->arena, "%s 至 to %s", ctl_day(ctl, publicity->stated_first),
                           ctl_day(ctl, publicity->stated_last)));
    for (size_t i = 0; i < publicity->n_media; i++) {
        show_fact(ctl, "媒体", "medium",
                  arena_format(ctl->arena, "%s %s", ctl_day(ctl, publicity->media[i]->on),
                               publicity->media[i]->medium));
    }
}

static void cycle_print(struct ctl *ctl, const Award__Cycle *cycle)
{
    const Award__CycleOpened *opened = cycle->opened;
    show_fact(ctl, "评选年度", "cycle", cycle->cycle);
    show_fact(ctl, "状况", "standing", standing(cycle));
    show_fact(ctl, "发布通知", "opened on", ctl_day(ctl, cycle->opened_on));
    show_fact(ctl, "申报截止", "closing", ctl_moment(ctl, closing(cycle)));
    show_fact(ctl, "规则", "rulebook", cycle->rulebook);
    if (opened != NULL) {
        show_fact(ctl, "主任", "chair", opened->chair);
        show_fact(ctl, "成员单位", "units", show_list(ctl, opened->n_units, opened->units));
    }
    show_fact(ctl, "评审组", "teams", show_list(ctl, cycle->n_teams, cycle->teams));
    show_fact(ctl, "综合评选", "selection started", cycle->selection_started ? "是 yes" : NULL);
    for (size_t i = 0; i < cycle->n_publicities; i++) {
        publicity_print(ctl, cycle->publicities[i]);
    }
    show_fact(ctl, "政府首长签署", "signed on", ctl_day(ctl, cycle->signed_on));
    show_fact(ctl, "公布", "published on", ctl_day(ctl, cycle->published_on));
    show_fact(ctl, "文号", "number", cycle->published_number);
    for (size_t i = 0; i < cycle->n_cases; i++) {
        show_fact(ctl, "案件", "case", cycle->cases[i]);
    }
}

static const Award__Cycles *cycles_ask(struct ctl *ctl, char *name, int *status)
{
    Award__QueryCycles query = AWARD__QUERY_CYCLES__INIT;
    query.cycle = name;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_CYCLES, &query.base, status);
    return reply != NULL ? reply->cycles : NULL;
}

static int cycle_list_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_cycle_list, 0, argc, argv, &status)) {
        return status;
    }
    const Award__Cycles *cycles = cycles_ask(ctl, NULL, &status);
    if (cycles == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &cycles->base);
    } else {
        cycles_print(ctl, cycles);
    }
    return CTL_OK;
}

static int cycle_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_cycle_show, 1, argc, argv, &status)) {
        return status;
    }
    const Award__Cycles *cycles = cycles_ask(ctl, argv[0], &status);
    if (cycles == NULL) {
        return status;
    }
    if (cycles->n_cycles == 0) {
        return ctl_error(CTL_NOT_ADMITTED, "没有可以查看的这一年度；awardctl cycle list 列出全部",
                         "there is no such cycle to be seen; awardctl cycle list shows them");
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &cycles->cycles[0]->base);
    } else {
        cycle_print(ctl, cycles->cycles[0]);
        if (ctl->output == CTL_TABLE) {
            show_notes(ctl, cycles->n_notes, cycles->notes);
        }
    }
    return CTL_OK;
}
