// case - `case list`: applications and where they stand
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

static int case_list_run(struct ctl *ctl, int argc, char **argv);

const struct command command_case_list = {
    .name = "case list",
    .arguments = "[--cycle CYCLE]",
    .zh = "列出案件",
    .en = "list the cases",
    .needs_settings = true,
    .run = case_list_run,
};

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Cases__Row *)row)->case_->case_;
}

static void cases_print(struct ctl *ctl, const Award__Cases *cases)
{
    static const char *const heads[] = {"案件 case",      "企业 enterprise", "阶段 stage",
                                        ">资料 document", ">现场 site",      ">答辩 defence",
                                        "申报奖项 track", "荣誉 honour",     NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < cases->n_rows; i++) {
        const Award__Case *c = cases->rows[i]->case_;
        const Award__Case__Honoured *honour = c->honour;
        table_row(
            table,
            (const char *const[]){
                c->case_, cases->rows[i]->enterprise_name, show_stage(ctl, c),
                ctl_points(ctl, c->document_score), ctl_points(ctl, c->site_score),
                ctl_fraction(ctl, c->defence != NULL ? c->defence->score : NULL),
                show_word(ctl, &award__honour__kind__descriptor, c->has_track, (int)c->track),
                show_word(ctl, &award__honour__kind__descriptor, honour != NULL && honour->has_kind,
                          honour != NULL ? (int)honour->kind : 0)});
    }
    table_end(table);
}

static int case_list_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    const char *cycle = NULL;
    const struct ctl_option options[] = {
        {"--cycle", &cycle, NULL},
        {NULL,      NULL,   NULL},
    };
    argc = ctl_options(&command_case_list, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_case_list);
    }
    Award__QueryCases query = AWARD__QUERY_CASES__INIT;
    query.cycle = cycle != NULL ? arena_string(ctl->arena, cycle) : NULL;
    const Award__QueryReply *reply =
        show_ask_pages(ctl, AWARD__QUERY__BODY_CASES, &query.base, &query.after, row_name, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->cases->base);
    } else {
        cases_print(ctl, reply->cases);
    }
    return CTL_OK;
}
