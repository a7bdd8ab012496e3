// complaints - `complaints`: the register of objections and complaints
#include "clients/ctl/commands.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <inttypes.h>

static int complaints_run(struct ctl *ctl, int argc, char **argv);

const struct command command_complaints = {
    .name = "complaints",
    .arguments = "[CYCLE]",
    .zh = "异议和投诉举报登记：来源、处理、答复期限",
    .en = "the register of objections and complaints: source, finding, days left",
    .help = "内容和来源只对调查单位显示；其他机关只见编号、日期和结果。\n"
            "Text and source are shown to those who investigate; other organs see number, day\n"
            "and finding.\n",
    .needs_settings = true,
    .run = complaints_run,
};

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    ((Award__QueryComplaints *)query)->after =
        arena_string(ctl->arena, page->complaints->looked_to);
}

static const char *kind_text(const Award__Objection *objection)
{
    if (!objection->complaint) {
        return "异议 objection";
    }
    return objection->linked ? "已关联投诉 linked" : "投诉举报 complaint";
}

static const char *finding_text(struct ctl *ctl, const Award__Objection *objection)
{
    if (objection->decided == NULL) {
        return "待处理 open";
    }
    return arena_format(ctl->arena, "%s（%s）",
                        show_word(ctl, &award__objection_decided__finding__descriptor, true,
                                  (int)objection->decided->finding),
                        ctl_day(ctl, objection->decided_on));
}

static const char *answer_text(struct ctl *ctl, const Award__Complaints__Row *row)
{
    if (row->answer == NULL) {
        return "-";
    }
    const char *last = deadline_last(ctl, row->answer);
    if (!row->has_days_left) {
        return arena_format(ctl->arena, "%s，%s", last,
                            show_word(ctl, &award__deadline__state__descriptor,
                                      row->answer->has_state, (int)row->answer->state));
    }
    return row->days_left < 0
               ? arena_format(ctl->arena, "%s，逾期 overdue %" PRId32 " 天 days", last,
                              -row->days_left)
               : arena_format(ctl->arena, "%s，余 left %" PRId32 " 天 days", last, row->days_left);
}

static void complaints_print(struct ctl *ctl, const Award__Complaints *found)
{
    static const char *const heads[] = {"编号 number",     "收到 received", "类别 kind",
                                        "案件 case",       "来源 source",   "处理 finding",
                                        "答复期限 answer", "内容 text",     NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < found->n_rows; i++) {
        const Award__Complaints__Row *row = found->rows[i];
        const Award__Objection *objection = row->objection;
        table_row(table, (const char *const[]){
                             objection->objection, ctl_day(ctl, objection->received),
                             kind_text(objection), objection->case_,
                             show_word(ctl, &award__objection_source__kind__descriptor,
                                       objection->has_source, (int)objection->source),
                             finding_text(ctl, objection), answer_text(ctl, row), objection->text});
    }
    table_end(table);
}

static int complaints_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_complaints, none, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_complaints);
    }
    Award__QueryComplaints query = AWARD__QUERY_COMPLAINTS__INIT;
    query.cycle = argc == 1 ? argv[0] : NULL;
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_COMPLAINTS, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->complaints->base);
    } else {
        complaints_print(ctl, reply->complaints);
    }
    return CTL_OK;
}
