// alerts - `alerts`: who is reminded of what, and what did not reach anybody
#include "clients/ctl/alert_words.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdlib.h>
#include <string.h>

static int alerts_run(struct ctl *ctl, int argc, char **argv);

const struct command command_alerts = {
    .name = "alerts",
    .arguments = "[--undelivered] [--all]",
    .zh = "列出提醒",
    .en = "list the alerts",
    .help =
        "本人的排在前面。 One's own come first.\n"
        "--all 也列出已确认、已移交和已收回的。--all lists those that are settled, too.\n"
        "--undelivered 列出尚未送达的消息和已放弃、尚无人过问的消息，及服务器最近的答复；加 --all\n"
        "也列出已了结的。--undelivered lists the messages that are not delivered yet, and those\n"
        "that were given up and wait for somebody, with what the server said last; with --all\n"
        "those that are settled, too.\n",
    .needs_settings = true,
    .run = alerts_run,
};

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Alert *)row)->alert;
}

static void alert_print(struct ctl *ctl, struct table *table, const Award__Alerts *alerts,
                        const Award__Alert *alert)
{
    const struct alert_deadlines deadlines = {alerts->n_deadlines, alerts->deadlines};
    table_row(table, (const char *const[]){alert_about(ctl, alert, &deadlines),
                                           alert_subject(ctl, alert), alert->recipient,
                                           alert_post(ctl, alert), ctl_moment(ctl, alert->raised),
                                           alert_state(ctl, alert), alert_line(ctl, alert)});
}

// As they were told.
static int as_told(const void *one, const void *other)
{
    return alert_compare(*(Award__Alert *const *)one, *(Award__Alert *const *)other);
}

// One's own first: the others' are not his to acknowledge.
static void alerts_print(struct ctl *ctl, const Award__Alerts *alerts)
{
    if (alerts->n_alerts > 0) {
        qsort(alerts->alerts, alerts->n_alerts, sizeof(*alerts->alerts), as_told);
    }
    static const char *const heads[] = {
        "事项 what",   "对象 subject", "收件人 recipient", "岗位 post",
        "发出 raised", "状态 state",   "确认 command",     NULL};
    struct table *table = table_begin(ctl, heads);
    for (int others = 0; others < 2; others++) {
        for (size_t i = 0; i < alerts->n_alerts; i++) {
            bool own = strcmp(alerts->alerts[i]->recipient, ctl->principal) == 0;
            if (own != (others == 1)) {
                alert_print(ctl, table, alerts, alerts->alerts[i]);
            }
        }
    }
    table_end(table);
}

// ---- What was not delivered

static const char *message_name(const ProtobufCMessage *row)
{
    return ((const Award__Message *)row)->message;
}

static const char *message_state(struct ctl *ctl, const Award__Message *message)
{
    const char *state =
        show_word(ctl, &award__message__state__descriptor, message->has_state, (int)message->state);
    return message->acknowledged_by != NULL
               ? arena_format(ctl->arena, "%s，已阅 acknowledged: %s %s", state,
                              message->acknowledged_by, ctl_moment(ctl, message->acknowledged_at))
               : state;
}

// The line that ends it; none where the list has those that are settled, too.
static const char *message_line(struct ctl *ctl, const Award__Message *message, bool all)
{
    return !all && message->state == AWARD__MESSAGE__STATE__failed
               ? arena_format(ctl->arena, "awardctl alerts ack %s", message->message)
               : NULL;
}

static void undelivered_print(struct ctl *ctl, const Award__Messages *messages, bool all)
{
    static const char *const heads[] = {
        "建立 created",   "收件人 recipient", "内容 template", "渠道 channel", "状态 state",
        ">次数 attempts", "答复 reply",       "消息 message",  "确认 command", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < messages->n_messages; i++) {
        const Award__Message *message = messages->messages[i];
        table_row(table, (const char *const[]){
                             ctl_moment(ctl, message->created), message->recipient,
                             show_word(ctl, &award__template__name__descriptor,
                                       message->has_template_, (int)message->template_),
                             message->channel, message_state(ctl, message),
                             arena_format(ctl->arena, "%u", message->attempts), message->reply,
                             message->message, message_line(ctl, message, all)});
    }
    table_end(table);
}

static int undelivered_run(struct ctl *ctl, bool all)
{
    int status = CTL_OK;
    Award__QueryMessages query = AWARD__QUERY_MESSAGES__INIT;
    query.has_undelivered = 1;
    query.undelivered = 1;
    query.has_all = all;
    query.all = all;
    const Award__QueryReply *reply = show_ask_pages(ctl, AWARD__QUERY__BODY_MESSAGES, &query.base,
                                                    &query.after, message_name, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->messages->base);
    } else {
        undelivered_print(ctl, reply->messages, all);
    }
    return CTL_OK;
}

// ---- The commands

static int alerts_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    bool all = false;
    bool undelivered = false;
    const struct ctl_option options[] = {
        {"--all",         NULL, &all        },
        {"--undelivered", NULL, &undelivered},
        {NULL,            NULL, NULL        },
    };
    argc = ctl_options(&command_alerts, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_alerts);
    }
    if (undelivered) {
        return undelivered_run(ctl, all);
    }
    Award__QueryAlerts query = AWARD__QUERY_ALERTS__INIT;
    query.has_all = all;
    query.all = all;
    const Award__QueryReply *reply = show_ask_pages(ctl, AWARD__QUERY__BODY_ALERTS, &query.base,
                                                    &query.after, row_name, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->alerts->base);
    } else {
        alerts_print(ctl, reply->alerts);
    }
    return CTL_OK;
}
