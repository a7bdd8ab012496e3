// alert_answers - `alerts ack`, `snooze`, `assign`: what its recipient does with an alert
//
// The name of an alert may be longer than an event's id, so the id is a digest of what is said:
// said twice, it is the same event.
#include "clients/ctl/commands.h"
#include "clients/ctl/moment.h"
#include "clients/ctl/show.h"
#include "common/time.h"
#include "settings/digest.h"

#include <stdlib.h>
#include <string.h>

static int alerts_ack_run(struct ctl *ctl, int argc, char **argv);
static int alerts_snooze_run(struct ctl *ctl, int argc, char **argv);
static int alerts_assign_run(struct ctl *ctl, int argc, char **argv);

const struct command command_alerts_ack = {
    .name = "alerts ack",
    .arguments = "ALERT|MESSAGE",
    .zh = "确认一条提醒，或一条已放弃的消息",
    .en = "acknowledge an alert, or a message that was given up",
    .help = "已放弃的消息由收件人或办公室确认，此后不再列为未送达。A message that was given up is\n"
            "acknowledged by its recipient or the office, and is listed as undelivered no more.\n",
    .needs_settings = true,
    .run = alerts_ack_run,
};

const struct command command_alerts_snooze = {
    .name = "alerts snooze",
    .arguments = "ALERT --until MOMENT|DAYS --reason TEXT",
    .zh = "推迟一条提醒，期满再次提醒",
    .en = "put an alert off; it is told again then",
    .help =
        "MOMENT: \"2018-10-08 09:00\" 或 2018-10-08；DAYS：从现在起的天数，如 "
        "3。最多推迟几天由提醒\n"
        "方案规定（snooze_days_max）；期限本身不变。\n"
        "MOMENT is \"2018-10-08 09:00\" or 2018-10-08, DAYS a number of days from now. The alert\n"
        "policy says how many at most (snooze_days_max); the deadline itself stays as it is.\n",
    .needs_settings = true,
    .run = alerts_snooze_run,
};

const struct command command_alerts_assign = {
    .name = "alerts assign",
    .arguments = "ALERT PERSON --reason TEXT",
    .zh = "把一条提醒移交给同一角色的另一人",
    .en = "hand an alert to somebody else of the same role",
    .help = "收件人本人移交，或同一角色岗位更高者指派。\n"
            "By its recipient, or by somebody of the same role in a higher post.\n",
    .needs_settings = true,
    .run = alerts_assign_run,
};

static char *event_id(struct ctl *ctl, const char *verb, const char *content)
{
    char digest[DIGEST_TEXT_BYTES];
    digest_of(content, strlen(content), digest);
    return arena_format(ctl->arena, "%s-%.32s", verb, digest);
}

static int alerts_ack_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_alerts_ack, 1, argc, argv, &status)) {
        return status;
    }
    Award__Event event = AWARD__EVENT__INIT;
    Award__AlertAcknowledged acknowledged = AWARD__ALERT_ACKNOWLEDGED__INIT;
    event.id = event_id(ctl, "ack", argv[0]);
    event.body_case = AWARD__EVENT__BODY_ALERT_ACKNOWLEDGED;
    event.alert_acknowledged = &acknowledged;
    acknowledged.alert = argv[0];
    return ctl_send_one(ctl, &event, false);
}

// ---- Put off

enum { DAYS_DIGITS_MAX = 3 };

// So many days from now by the coordinator's clock. False when it has said why not.
static bool days_ahead(struct ctl *ctl, const char *days, int64_t *until_ms, int *status)
{
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_STATUS, &query.base, status);
    if (reply == NULL) {
        return false;
    }
    *until_ms = reply->now->ms + strtol(days, NULL, 10) * (int64_t)DAY_MS;
    return true;
}

static bool until_read(struct ctl *ctl, const char *text, int64_t *until_ms, int *status)
{
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && digits <= DAYS_DIGITS_MAX && text[digits] == '\0') {
        return days_ahead(ctl, text, until_ms, status);
    }
    if (moment_read(text, until_ms)) {
        return true;
    }
    *status =
        ctl_error(CTL_USAGE, "--until 应为 \"2018-10-08 09:00\"、2018-10-08 或天数（如 3）",
                  "--until is \"2018-10-08 09:00\", 2018-10-08, or a number of days such as 3");
    return false;
}

static int alerts_snooze_run(struct ctl *ctl, int argc, char **argv)
{
    const char *until = NULL;
    const char *reason = NULL;
    const struct ctl_option options[] = {
        {"--until",  &until,  NULL},
        {"--reason", &reason, NULL},
        {NULL,       NULL,    NULL},
    };
    argc = ctl_options(&command_alerts_snooze, options, argc, argv);
    if (argc != 1 || until == NULL || reason == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_alerts_snooze);
    }
    int status;
    Award__Moment moment = AWARD__MOMENT__INIT;
    if (!until_read(ctl, until, &moment.ms, &status)) {
        return status;
    }
    Award__Event event = AWARD__EVENT__INIT;
    Award__AlertSnoozed snoozed = AWARD__ALERT_SNOOZED__INIT;
    event.body_case = AWARD__EVENT__BODY_ALERT_SNOOZED;
    event.alert_snoozed = &snoozed;
    snoozed.alert = argv[0];
    moment.has_ms = 1;
    snoozed.until = &moment;
    snoozed.reason = arena_string(ctl->arena, reason);
    event.id =
        event_id(ctl, "snooze",
                 arena_format(ctl->arena, "%s\n%s\n%s", argv[0], ctl_moment(ctl, &moment), reason));
    return ctl_send_one(ctl, &event, false);
}

// ---- Handed on

static int alerts_assign_run(struct ctl *ctl, int argc, char **argv)
{
    const char *reason = NULL;
    const struct ctl_option options[] = {
        {"--reason", &reason, NULL},
        {NULL,       NULL,    NULL},
    };
    argc = ctl_options(&command_alerts_assign, options, argc, argv);
    if (argc != 2 || reason == NULL) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_alerts_assign);
    }
    Award__Event event = AWARD__EVENT__INIT;
    Award__AlertAssigned assigned = AWARD__ALERT_ASSIGNED__INIT;
    event.body_case = AWARD__EVENT__BODY_ALERT_ASSIGNED;
    event.alert_assigned = &assigned;
    assigned.alert = argv[0];
    assigned.to = argv[1];
    assigned.reason = arena_string(ctl->arena, reason);
    event.id =
        event_id(ctl, "assign", arena_format(ctl->arena, "%s\n%s\n%s", argv[0], argv[1], reason));
    return ctl_send_one(ctl, &event, false);
}
