// deadlines - `deadlines`: what has to be done by when
#include "clients/ctl/deadlines.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <string.h>

static int deadlines_run(struct ctl *ctl, int argc, char **argv);

const struct command command_deadlines = {
    .name = "deadlines",
    .arguments = "[SUBJECT] [--all]",
    .zh = "列出期限",
    .en = "list the deadlines",
    .help = "SUBJECT：案件、年度、评审组、异议或企业。--all 也列出已完成、已届满和已撤销的。\n"
            "“暂定”：所需年份的节假日安排尚未载入，末日可能改变。\n"
            "SUBJECT is a case, cycle, team, objection or enterprise. --all lists those that are\n"
            "over, too. Provisional: a calendar that is still to come may move the last day.\n",
    .needs_settings = true,
    .run = deadlines_run,
};

const char *deadline_zh(struct ctl *ctl, const Award__Deadline *deadline)
{
    return show_word(ctl, &award__deadline_kind__name__descriptor, deadline->has_kind,
                     (int)deadline->kind);
}

const char *deadline_last(struct ctl *ctl, const Award__Deadline *deadline)
{
    const char *last = ctl_day(ctl, deadline->last);
    return deadline->provisional ? arena_format(ctl->arena, "%s " SHOW_PROVISIONAL, last) : last;
}

void deadlines_print(struct ctl *ctl, size_t count, Award__Deadline *const *deadlines)
{
    static const char *const heads[] = {
        "末日 last day", "状态 state", "期限 kind",     "条款 article",
        "对象 subject",  "完成 done",  "编号 deadline", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < count; i++) {
        const Award__Deadline *deadline = deadlines[i];
        table_row(table,
                  (const char *const[]){deadline_last(ctl, deadline),
                                        show_word(ctl, &award__deadline__state__descriptor,
                                                  deadline->has_state, (int)deadline->state),
                                        deadline_zh(ctl, deadline),
                                        show_article(ctl, deadline->article), deadline->subject,
                                        ctl_day(ctl, deadline->done_on), deadline->deadline});
    }
    table_end(table);
}

static const char *move_reason(const Award__Deadline__Move *move)
{
    bool computed = move->event != NULL && strcmp(move->event, "deadlines_recomputed") == 0;
    return move->reason == NULL && computed ? "节假日安排变更 the calendar changed" : move->reason;
}

// What moved them, and why.
void deadlines_moves_print(struct ctl *ctl, size_t count, Award__Deadline *const *deadlines)
{
    static const char *const heads[] = {"期限 deadline",  "变更 event",     "日期 on",
                                        "原末日 old day", "新末日 new day", "理由 reason",
                                        "依据 article",   "由谁 by",        NULL};
    struct table *table = NULL;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < deadlines[i]->n_moves; k++) {
            const Award__Deadline__Move *move = deadlines[i]->moves[k];
            if (table == NULL) {
                show_heading(ctl, "期限变更", "how they were moved");
                table = table_begin(ctl, heads);
            }
            table_row(table,
                      (const char *const[]){deadlines[i]->deadline, show_event(ctl, move->event),
                                            ctl_day(ctl, move->on), ctl_day(ctl, move->old_last),
                                            ctl_day(ctl, move->last), move_reason(move),
                                            show_article(ctl, move->article), move->by});
        }
    }
    if (table != NULL) {
        table_end(table);
    }
}

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Deadline *)row)->deadline;
}

static int deadlines_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    bool all = false;
    const struct ctl_option options[] = {
        {"--all", NULL, &all},
        {NULL,    NULL, NULL},
    };
    argc = ctl_options(&command_deadlines, options, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_deadlines);
    }
    Award__QueryDeadlines query = AWARD__QUERY_DEADLINES__INIT;
    query.has_all = all;
    query.all = all;
    query.subject = argc == 1 ? argv[0] : NULL;
    const Award__QueryReply *reply = show_ask_pages(ctl, AWARD__QUERY__BODY_DEADLINES, &query.base,
                                                    &query.after, row_name, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->deadlines->base);
    } else {
        deadlines_print(ctl, reply->deadlines->n_deadlines, reply->deadlines->deadlines);
    }
    if (ctl->output == CTL_TABLE) {
        deadlines_moves_print(ctl, reply->deadlines->n_deadlines, reply->deadlines->deadlines);
    }
    return CTL_OK;
}
