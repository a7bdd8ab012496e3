// readings - `readings CYCLE`: the cases whose outcome would be another one by another reading
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>

static int readings_run(struct ctl *ctl, int argc, char **argv);

const struct command command_readings = {
    .name = "readings",
    .arguments = "CYCLE",
    .zh = "另一种理解下结果会不同的案件：由哪条约定决定、可依据什么、哪一行为介于其间",
    .en = "cases whose outcome would be another one by another reading: where it can be attacked",
    .help =
        "细则未写明之处按约定办理（docs/decisions-of-law.md）。这里列出依另一种理解结果会不同\n"
        "的案件；没有列出的，或者两种理解结果相同，或者记录不足以准确判断（后者见\n"
        "docs/decisions/025-cases-that-another-reading-would-decide-otherwise.md）。\n"
        "Where the regulation is silent a decision stands (docs/decisions-of-law.md). Listed\n"
        "are the cases that another reading would decide otherwise. Of what is not listed both\n"
        "readings give the same, or the record does not tell exactly; 025 of docs/decisions\n"
        "names what that is.\n",
    .needs_settings = true,
    .run = readings_run,
};

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    (void)ctl;
    Award__QueryReadings *readings = (Award__QueryReadings *)query;
    readings->has_after = page->readings->has_looked_to;
    readings->after = page->readings->looked_to;
    readings->has_skip = page->readings->has_looked_rows;
    readings->skip = page->readings->looked_rows;
}

static const char *both(struct ctl *ctl, const char *zh, const char *en)
{
    return arena_format(ctl->arena, "%s / %s", zh, en);
}

// "申报 application_submitted 2019-03-01", with the time of day where it decides.
static const char *act_text(struct ctl *ctl, const Award__Readings__Row *row)
{
    const char *act = row->act != NULL ? show_event(ctl, row->act) : "";
    const char *when = row->at != NULL   ? ctl_moment(ctl, row->at)
                       : row->on != NULL ? ctl_day(ctl, row->on)
                                         : "";
    return arena_format(ctl->arena, "%s%s%s", act, *act != '\0' && *when != '\0' ? " " : "", when);
}

// Whole sentences would make a table wider than any screen.
static void readings_print(struct ctl *ctl, const Award__Readings *found)
{
    for (size_t i = 0; i < found->n_rows; i++) {
        const Award__Readings__Row *row = found->rows[i];
        show_heading(ctl, row->case_, row->enterprise_name != NULL ? row->enterprise_name : "");
        show_fact(ctl, "约定", "decision", show_article(ctl, row->decision));
        show_fact(ctl, "已定", "decided", both(ctl, row->decided_zh, row->decided_en));
        show_fact(ctl, "另一结果", "otherwise", both(ctl, row->other_zh, row->other_en));
        show_fact(ctl, "另一种理解", "the other reading",
                  both(ctl, row->reading_zh, row->reading_en));
        show_fact(ctl, "可依据", "could rest on", show_article(ctl, row->rests_on));
        show_fact(ctl, "行为", "act", act_text(ctl, row));
        show_fact(ctl, "对象", "subject", row->subject);
    }
    if (found->n_rows == 0) {
        (void)puts("没有在另一种理解下结果会不同的案件 no case would come out otherwise");
    } else {
        (void)printf("\n共 %zu 项 in all\n", found->n_rows);
    }
}

static void readings_csv(struct ctl *ctl, const Award__Readings *found)
{
    static const char *const heads[] = {"案件 case",
                                        "企业 enterprise",
                                        "约定 decision",
                                        "已定 decided",
                                        "另一结果 otherwise",
                                        "另一种理解 the other reading",
                                        "可依据 could rest on",
                                        "行为 act",
                                        "对象 subject",
                                        NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < found->n_rows; i++) {
        const Award__Readings__Row *row = found->rows[i];
        table_row(table, (const char *const[]){row->case_, row->enterprise_name, row->decision,
                                               both(ctl, row->decided_zh, row->decided_en),
                                               both(ctl, row->other_zh, row->other_en),
                                               both(ctl, row->reading_zh, row->reading_en),
                                               row->rests_on, act_text(ctl, row), row->subject});
    }
    table_end(table);
}

static int readings_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_readings, 1, argc, argv, &status)) {
        return status;
    }
    Award__QueryReadings query = AWARD__QUERY_READINGS__INIT;
    query.cycle = argv[0];
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_READINGS, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->readings->base);
    } else if (ctl->output == CTL_CSV) {
        readings_csv(ctl, reply->readings);
    } else {
        readings_print(ctl, reply->readings);
    }
    return CTL_OK;
}
