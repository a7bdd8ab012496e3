// report - `report`: who did what, when, on whose authority
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>
#include <string.h>

static int report_run(struct ctl *ctl, int argc, char **argv);

const struct command command_report = {
    .name = "report",
    .arguments = "case|person|cycle CASE|PERSON|CYCLE",
    .zh = "履职记录：何人、何时、依何权限、做了什么",
    .en = "who did what, when, on whose authority: for a case, a person, a cycle",
    .help =
        "“名义”：由他人代为登记的，是谁的行为。个人只能查询自己；办公室和监督委员会可查询任何人。\n"
        "In whose name: of what another entered. A person asks for its own acts; the office\n"
        "and the supervision committee for anybody's.\n",
    .needs_settings = true,
    .run = report_run,
};

static void go_on(struct ctl *ctl, const Award__QueryReply *page, ProtobufCMessage *query)
{
    (void)ctl;
    Award__QueryReport *report = (Award__QueryReport *)query;
    report->has_from = 1;
    report->from = page->report->looked_to + 1;
}

static const char *person_text(struct ctl *ctl, const Award__Report__Act *act)
{
    if (act->principal == NULL) {
        return "（不可见 withheld）";
    }
    const char *role =
        show_word(ctl, &award__role__name__descriptor, act->has_role, (int)act->role);
    return act->full_name != NULL
               ? arena_format(ctl->arena, "%s %s（%s）", act->principal, act->full_name, role)
               : arena_format(ctl->arena, "%s（%s）", act->principal, role);
}

static const char *remarks_text(struct ctl *ctl, const Award__Report__Act *act)
{
    const char *text = "";
    for (size_t i = 0; i < act->n_reasons; i++) {
        text = arena_format(ctl->arena, "%s%s%s", text, i > 0 ? "；" : "",
                            show_reason(ctl, act->reasons[i]));
    }
    for (size_t i = 0; i < act->n_corrections; i++) {
        text = arena_format(ctl->arena, "%s%s%s", text, text[0] != '\0' ? "；" : "",
                            show_correction(ctl, act->corrections[i]));
    }
    return text[0] != '\0' ? text : "-";
}

static void report_print(struct ctl *ctl, const Award__Report *report)
{
    static const char *const heads[] = {">条 entry",
                                        "时刻 recorded",
                                        "事件 event",
                                        "由谁 who",
                                        "名义 in the name",
                                        "条款 article",
                                        "结果 outcome",
                                        "复核 countersigned",
                                        "案件 case",
                                        "备注 remarks",
                                        NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < report->n_acts; i++) {
        const Award__Report__Act *act = report->acts[i];
        table_row(
            table,
            (const char *const[]){
                show_number(ctl, act->entry), ctl_moment(ctl, act->recorded),
                act->event != NULL ? show_event(ctl, act->event) : "（不可见 withheld）",
                person_text(ctl, act),
                show_word(ctl, &award__role__name__descriptor, act->has_organ, (int)act->organ),
                act->article,
                show_word(ctl, &award__outcome__name__descriptor, act->has_outcome,
                          (int)act->outcome),
                act->countersigned_by, act->subject, remarks_text(ctl, act)});
    }
    table_end(table);
}

static bool query_fill(Award__QueryReport *query, const char *what, char *name)
{
    query->case_ = strcmp(what, "case") == 0 ? name : NULL;
    query->person = strcmp(what, "person") == 0 ? name : NULL;
    query->cycle = strcmp(what, "cycle") == 0 ? name : NULL;
    return query->case_ != NULL || query->person != NULL || query->cycle != NULL;
}

static int report_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_report, 2, argc, argv, &status)) {
        return status;
    }
    Award__QueryReport query = AWARD__QUERY_REPORT__INIT;
    if (!query_fill(&query, argv[0], argv[1])) {
        return ctl_usage(&command_report);
    }
    const Award__QueryReply *reply =
        show_ask_on(ctl, AWARD__QUERY__BODY_REPORT, &query.base, go_on, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->report->base);
        return CTL_OK;
    }
    report_print(ctl, reply->report);
    if (ctl->output == CTL_TABLE) {
        (void)printf("查至第 %s 条 looked as far as entry %s\n",
                     show_number(ctl, reply->report->last), show_number(ctl, reply->report->last));
    }
    return CTL_OK;
}
