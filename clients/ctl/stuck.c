// stuck - `stuck`: what has stayed longer than the rulebook expects, and whose move it is
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "rules/lines.h"
#include "rules/stays.h"

#include <stdlib.h>
#include <string.h>

static int stuck_run(struct ctl *ctl, int argc, char **argv);

const struct command command_stuck = {
    .name = "stuck",
    .arguments = "[CYCLE]",
    .zh = "滞留事项：停留超过预计时间的，自何时、超过几天、该谁办理",
    .en = "what stays longer than expected: since when, how many days over, whose move it is",
    .help = "预计时间见评选规则的 expected_stays；它不是期限，超过不产生后果。\n"
            "The expected times stand in the rulebook (expected_stays); they are no deadlines and\n"
            "nothing follows from them.\n",
    .needs_settings = true,
    .run = stuck_run,
};

// ---- Asking

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    (void)ctl;
    Award__QueryStuck *stuck = (Award__QueryStuck *)query;
    stuck->has_after = page->stuck->has_looked_to;
    stuck->after = page->stuck->looked_to;
}

// ---- Showing

static const char *stay_text(struct ctl *ctl, const char *key)
{
    const struct stay_row *row = stay_named(key);
    return row != NULL ? arena_format(ctl->arena, "%s %s", row->zh, row->en) : key;
}

static const char *who_text(struct ctl *ctl, const Award__Stuck__Move *move)
{
    const char *roles = show_roles(ctl, move->n_from, move->from);
    return move->n_principals == 0
               ? roles
               : arena_format(ctl->arena, "%s: %s", roles,
                              show_list(ctl, move->n_principals, move->principals));
}

static void stuck_print(struct ctl *ctl, const Award__Stuck *stuck)
{
    static const char *const heads[] = {">超过天数 days over", "自 since",     "应至 expected",
                                        "事项 what",           "对象 subject", "企业 enterprise",
                                        "由谁 whom",           "办理 command", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < stuck->n_rows; i++) {
        const Award__Stuck__Row *row = stuck->rows[i];
        for (size_t k = 0; k < row->n_moves || k == 0; k++) {
            const Award__Stuck__Move *move = row->n_moves > 0 ? row->moves[k] : NULL;
            table_row(table, (const char *const[]){
                                 show_number(ctl, row->days_over), ctl_day(ctl, row->since),
                                 ctl_day(ctl, row->last), stay_text(ctl, row->stay), row->subject,
                                 row->enterprise_name, move != NULL ? who_text(ctl, move) : NULL,
                                 move != NULL ? line_of_event(ctl->arena, move->event, row->subject)
                                              : NULL});
        }
    }
    table_end(table);
}

static int stuck_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    const struct ctl_option options[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_stuck, options, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_stuck);
    }
    Award__QueryStuck query = AWARD__QUERY_STUCK__INIT;
    query.cycle = argc == 1 ? argv[0] : NULL;
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_STUCK, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (reply->stuck->n_rows > 1) { // each page comes in this order; together they need it anew
        qsort(reply->stuck->rows, reply->stuck->n_rows, sizeof(*reply->stuck->rows), stuck_compare);
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->stuck->base);
    } else {
        stuck_print(ctl, reply->stuck);
    }
    return CTL_OK;
}
