// alerts - `alerts`, `alerts ack`: who is reminded of what
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "settings/digest.h"

#include <string.h>

static int alerts_run(struct ctl *ctl, int argc, char **argv);
static int alerts_ack_run(struct ctl *ctl, int argc, char **argv);

const struct command command_alerts = {
    .name = "alerts",
    .arguments = "[--all]",
    .zh = "列出提醒",
    .en = "list the alerts",
    .help = "--all 也列出已确认的。--all lists the acknowledged ones, too.\n",
    .needs_settings = true,
    .run = alerts_run,
};

const struct command command_alerts_ack = {
    .name = "alerts ack",
    .arguments = "ALERT",
    .zh = "确认一条提醒",
    .en = "acknowledge an alert",
    .needs_settings = true,
    .run = alerts_ack_run,
};

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Alert *)row)->alert;
}

static void alerts_print(struct ctl *ctl, const Award__Alerts *alerts)
{
    static const char *const heads[] = {"提醒 alert",  "期限 deadline",     "收件人 recipient",
                                        "发出 raised", "确认 acknowledged", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < alerts->n_alerts; i++) {
        const Award__Alert *alert = alerts->alerts[i];
        table_row(table, (const char *const[]){alert->alert, alert->deadline, alert->recipient,
                                               ctl_moment(ctl, alert->raised),
                                               alert->acknowledged ? "是 yes" : "否 no"});
    }
    table_end(table);
}

static int alerts_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    bool all = false;
    const struct ctl_option options[] = {
        {"--all", NULL, &all},
        {NULL,    NULL, NULL},
    };
    argc = ctl_options(&command_alerts, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_alerts);
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

// The alert's name may be longer than an event's id, so the id is its digest: acknowledged twice,
// it is the same event.
static int alerts_ack_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    char digest[DIGEST_TEXT_BYTES];
    if (!show_arguments(&command_alerts_ack, 1, argc, argv, &status)) {
        return status;
    }
    Award__Event event = AWARD__EVENT__INIT;
    Award__AlertAcknowledged acknowledged = AWARD__ALERT_ACKNOWLEDGED__INIT;
    digest_of(argv[0], strlen(argv[0]), digest);
    event.id = arena_format(ctl->arena, "ack-%.32s", digest);
    event.body_case = AWARD__EVENT__BODY_ALERT_ACKNOWLEDGED;
    event.alert_acknowledged = &acknowledged;
    acknowledged.alert = argv[0];
    return ctl_send_one(ctl, &event, false);
}
