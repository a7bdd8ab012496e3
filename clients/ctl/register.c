// register - `register`: the laureates, as they stood on a day
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/time.h"

#include <stdio.h>
#include <string.h>

static int register_run(struct ctl *ctl, int argc, char **argv);

const struct command command_register = {
    .name = "register",
    .arguments = "[--on DATE]",
    .zh = "获奖企业名录：今天或过去某一天的存续情况",
    .en = "the register of laureates, as it stands today or stood on a day",
    .help = "--on DATE   过去的某一天，如 2019-07-12；默认今天 / a day before today\n"
            "荣誉自公布之日起，至批准撤销的前一日止。人人可以查询。\n"
            "An honour stands from its publication until the day before the approval of its\n"
            "revocation. Everybody may ask.\n",
    .needs_settings = true,
    .run = register_run,
};

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    ((Award__QueryRegister *)query)->after = arena_string(ctl->arena, page->register_->looked_to);
}

static const char *standing_text(struct ctl *ctl, const Award__Register__Row *row)
{
    if (row->revoked_on == NULL) {
        return row->stands ? "存续 stands" : "-";
    }
    return arena_format(
        ctl->arena, "%s 起撤销 revoked（%s）", ctl_day(ctl, row->revoked_on),
        show_word(ctl, &award__ground__name__descriptor, row->has_ground, (int)row->ground));
}

static void register_print(struct ctl *ctl, const Award__Register *found)
{
    static const char *const heads[] = {
        "年度 cycle",       "奖项 honour",   "企业 enterprise", "信用代码 code", "公布 from",
        "证书 certificate", "状况 standing", "承继 successors", "案件 case",     NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < found->n_rows; i++) {
        const Award__Register__Row *row = found->rows[i];
        table_row(table, (const char *const[]){row->cycle,
                                               show_word(ctl, &award__honour__kind__descriptor,
                                                         row->has_honour, (int)row->honour),
                                               row->name, row->enterprise, ctl_day(ctl, row->from),
                                               row->certificate, standing_text(ctl, row),
                                               show_list(ctl, row->n_successors, row->successors),
                                               row->case_});
    }
    table_end(table);
    if (ctl->output == CTL_TABLE) {
        (void)printf("截至 as of %s\n", ctl_day(ctl, found->on));
    }
}

static int register_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    const char *on = NULL;
    const struct ctl_option options[] = {
        {"--on", &on,  NULL},
        {NULL,   NULL, NULL},
    };
    argc = ctl_options(&command_register, options, argc, argv);
    Award__Day day = AWARD__DAY__INIT;
    day.has_number = 1;
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_register);
    }
    if (on != NULL && !day_parse(on, strlen(on), &day.number)) {
        return ctl_error(CTL_USAGE,
                         arena_format(ctl->arena, "日期应写作 2019-07-12，而不是 %s", on),
                         arena_format(ctl->arena, "write a day as 2019-07-12, not %s", on));
    }
    Award__QueryRegister query = AWARD__QUERY_REGISTER__INIT;
    query.on = on != NULL ? &day : NULL;
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_REGISTER, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->register_->base);
    } else {
        register_print(ctl, reply->register_);
    }
    return CTL_OK;
}
