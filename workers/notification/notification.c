// notification - the notification worker: which task is done by what
//
// A message is delivered when its file is in the spool, synced. A spool that cannot be written is
// reported with its reason, and the coordinator decides about another attempt.
#include "workers/notification/notification.h"

#include "workers/notification/feedback.h"
#include "workers/notification/letter.h"
#include "workers/notification/spool.h"

#include <string.h>

static const char *spool_directory = "/var/spool/awardd";

static const char channel[] = "mail";

static bool init(void *context, struct arena *arena, const char **reason)
{
    (void)context;
    return spool_check(spool_directory, arena, reason);
}

// ---- Messages

static void delivered_fill(const Award__Message *message, const char *file, struct arena *arena,
                           Award__Event *answer)
{
    Award__MessageDelivered *delivered = arena_alloc(arena, sizeof(*delivered));
    award__message_delivered__init(delivered);
    delivered->message = message->message;
    delivered->channel = arena_string(arena, channel);
    delivered->reply = arena_format(arena, "spooled: %s", file);
    answer->body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    answer->message_delivered = delivered;
}

static void failed_fill(const Award__Message *message, const char *why, struct arena *arena,
                        Award__Event *answer)
{
    Award__MessageFailed *failed = arena_alloc(arena, sizeof(*failed));
    award__message_failed__init(failed);
    failed->message = message->message;
    failed->channel = arena_string(arena, channel);
    failed->reply = arena_string(arena, why);
    answer->body_case = AWARD__EVENT__BODY_MESSAGE_FAILED;
    answer->message_failed = failed;
}

static bool deliver(const Award__DeliverMessage *asked, struct arena *arena, Award__Event *answer,
                    const char **reason)
{
    const char *text = letter_write(asked, arena, reason);
    if (text == NULL) {
        return false;
    }
    const char *why = NULL;
    const char *file = spool_name(asked->message->message, ".eml", arena);
    if (spool_write(spool_directory, file, text, arena, &why)) {
        delivered_fill(asked->message, file, arena, answer);
    } else {
        failed_fill(asked->message, why, arena, answer);
    }
    return true;
}

// ---- Feedback

static bool feedback(const Award__WriteFeedback *asked, const char *task, struct arena *arena,
                     Award__Event *answer, const char **reason)
{
    struct feedback report;
    if (!feedback_write(asked, task, arena, &report, reason)) {
        return false;
    }
    const char *file = spool_name(task, ".eml", arena);
    const char *data = spool_name(task, ".json", arena);
    if (!spool_write(spool_directory, data, report.json, arena, reason) ||
        !spool_write(spool_directory, file, report.mail, arena, reason)) {
        return false;
    }
    Award__FeedbackSent *sent = arena_alloc(arena, sizeof(*sent));
    award__feedback_sent__init(sent);
    sent->case_ = asked->case_->case_;
    sent->digest = report.digest;
    answer->body_case = AWARD__EVENT__BODY_FEEDBACK_SENT;
    answer->feedback_sent = sent;
    return true;
}

// ---- The worker

static bool handle(void *context, const Award__TaskOrder *order, struct arena *arena,
                   Award__Event *answer, const char **reason)
{
    (void)context;
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_DELIVER_MESSAGE) {
        return deliver(order->deliver_message, arena, answer, reason);
    }
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_WRITE_FEEDBACK) {
        return feedback(order->write_feedback, order->task, arena, answer, reason);
    }
    *reason = "通知程序不办理这类任务；请核对程序版本。 / The notification worker does no task of "
              "this kind; check its version.";
    return false;
}

static const struct worker_option options[] = {
    {"spool", "DIR", "存放待发消息的目录，默认 /var/spool/awardd",
     "directory for messages, /var/spool/awardd unless given",                       &spool_directory},
    {NULL,    NULL,  NULL,                                                     NULL, NULL            },
};

const struct worker notification_worker = {
    .name = "award-notification",
    .zh = "按模板书写并投递消息、反馈报告",
    .en = "writes and delivers messages and feedback reports",
    .capacity = 8,
    .options = options,
    .init = init,
    .handle = handle,
};
