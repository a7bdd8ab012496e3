// check - `check`: what would keep somebody from being told, before it matters
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>

static int check_run(struct ctl *ctl, int argc, char **argv);

const struct command command_check = {
    .name = "check",
    .arguments = "",
    .zh = "检查提醒能否送到人：无联系方式、无人值班、无人可通知、代理人也请假",
    .en = "whether everybody can be told: no address, nobody on duty, nobody at all, substitutes "
          "away",
    .help =
        "检查今后 30 天。有问题时退出码为 1，每条写明如何办理。\n"
        "Looks 30 days ahead. The exit status is 1 where something is wrong; each finding names\n"
        "the line that mends it.\n"
        "同一角色没有联系方式的人合为一条，名单见 --output json 或 csv（最多 500 人）。\n"
        "Those of a role who have no address are one finding; --output json and csv list them, up\n"
        "to 500.\n",
    .needs_settings = true,
    .run = check_run,
};

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    (void)ctl;
    Award__QueryCheck *check = (Award__QueryCheck *)query;
    check->after += (uint32_t)page->check->n_findings;
    check->has_after = 1;
}

static void check_csv(struct ctl *ctl, const Award__Check *check)
{
    static const char *const heads[] = {"问题 code", "自 from",      "至 until",     "说明 zh",
                                        "meaning",   "办理 command", "人员 persons", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < check->n_findings; i++) {
        const Award__Check__Finding *finding = check->findings[i];
        const char *persons = finding->person != NULL
                                  ? finding->person
                                  : show_list(ctl, finding->n_persons, finding->persons);
        table_row(table, (const char *const[]){finding->code, ctl_day(ctl, finding->from),
                                               ctl_day(ctl, finding->until), finding->zh,
                                               finding->en, finding->next, persons});
    }
    table_end(table);
}

// Whole sentences would make a table wider than any screen.
static void check_print(const Award__Check *check)
{
    for (size_t i = 0; i < check->n_findings; i++) {
        const Award__Check__Finding *finding = check->findings[i];
        (void)printf("%s\n  %s\n  %s\n  %s\n", finding->code, finding->zh, finding->en,
                     finding->next);
    }
    if (check->n_findings == 0) {
        (void)puts("未发现问题 nothing is wrong");
    } else {
        (void)printf("共 %zu 项 findings\n", check->n_findings);
    }
}

static int check_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_check, 0, argc, argv, &status)) {
        return status;
    }
    Award__QueryCheck query = AWARD__QUERY_CHECK__INIT;
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_CHECK, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->check->base);
    } else if (ctl->output == CTL_CSV) {
        check_csv(ctl, reply->check);
    } else {
        check_print(reply->check);
    }
    return reply->check->n_findings == 0 ? CTL_OK : CTL_NOT_ADMITTED;
}
