// notification - the notification worker: which task is done by what
//
// A message goes by the channel that it names, to the address that came with the task; without one,
// or in a rehearsal, into the spool, for the office to print or send by hand. What the server said
// goes on record either way, and the coordinator decides about another attempt.
#include "workers/notification/notification.h"

#include "letters/letter.h"
#include "workers/notification/channel.h"
#include "workers/notification/feedback.h"
#include "workers/notification/spool.h"

#include <assert.h>
#include <string.h>

static const char *spool_directory = "/var/spool/awardd";
static const char *channels_file;
static const char *templates_directory;

static struct channel_settings settings;
static const struct templates *templates;
static struct transfers *transfers;

static bool templates_load(struct arena *arena, const char **reason)
{
    const char *path;
    struct settings_error error;
    templates = templates_read(templates_directory, arena, &path, &error);
    if (templates == NULL) {
        *reason = settings_error_text(&error, path, arena);
    }
    return templates != NULL;
}

static bool init(void *context, struct arena *arena, const char **reason)
{
    (void)context;
    settings = (struct channel_settings){.spool = spool_directory};
    return spool_check(spool_directory, arena, reason) && templates_load(arena, reason) &&
           channel_settings_read(channels_file, &settings, arena, reason);
}

// ---- Messages

static void delivered_fill(const char *message, const struct channel *channel, const char *reply,
                           struct arena *arena, Award__Event *answer)
{
    Award__MessageDelivered *delivered = arena_alloc(arena, sizeof(*delivered));
    award__message_delivered__init(delivered);
    delivered->message = arena_string(arena, message);
    delivered->channel = arena_string(arena, channel->name);
    delivered->reply = arena_string(arena, reply);
    answer->body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    answer->message_delivered = delivered;
}

static void failed_fill(const char *message, const struct channel *channel,
                        const struct channel_outcome *outcome, struct arena *arena,
                        Award__Event *answer)
{
    Award__MessageFailed *failed = arena_alloc(arena, sizeof(*failed));
    award__message_failed__init(failed);
    failed->message = arena_string(arena, message);
    failed->channel = arena_string(arena, channel->name);
    failed->reply = arena_string(arena, outcome->reply);
    failed->has_permanent = outcome->fate == CHANNEL_NEVER;
    failed->permanent = outcome->fate == CHANNEL_NEVER;
    failed->has_wait_seconds = outcome->wait_seconds > 0;
    failed->wait_seconds = outcome->wait_seconds;
    answer->body_case = AWARD__EVENT__BODY_MESSAGE_FAILED;
    answer->message_failed = failed;
}

static void outcome_fill(const char *message, const struct channel *channel,
                         const struct channel_outcome *outcome, struct arena *arena,
                         Award__Event *answer)
{
    if (outcome->fate == CHANNEL_TAKEN) {
        delivered_fill(message, channel, outcome->reply, arena, answer);
    } else {
        failed_fill(message, channel, outcome, arena, answer);
    }
}

// Its channel where it has an address there; otherwise the spool. NULL: there is none of that name.
static const struct channel *channel_of(const Award__DeliverMessage *asked)
{
    const Award__Message *message = asked->message;
    bool addressed = asked->address != NULL && asked->address[0] != '\0';
    bool named = message != NULL && message->channel != NULL && message->channel[0] != '\0';
    return addressed && named && !asked->rehearsal ? channel_find(message->channel)
                                                   : &channel_spool;
}

// False and a sentence in *reason where it cannot be written.
static bool message_write(const Award__DeliverMessage *asked, struct arena *arena,
                          struct channel_message *message, const char **reason)
{
    *message = (struct channel_message){0};
    struct letter letter;
    if (!letter_write(asked, templates, arena, &letter, reason)) {
        return false;
    }
    message->mail = mail_of_letter(&letter);
    message->message = asked->message->message;
    message->recipient = asked->message->recipient;
    message->address = asked->address;
    message->template_name = template_name(asked->message->template_);
    message->case_ = asked->message->case_;
    return true;
}

static bool spool(const Award__DeliverMessage *asked, struct arena *arena, Award__Event *answer,
                  const char **reason)
{
    struct channel_message message;
    struct channel_outcome outcome;
    if (!message_write(asked, arena, &message, reason)) {
        return false;
    }
    settings.spool = spool_directory;
    (void)channel_spool.send(&settings, &message, arena, &outcome);
    outcome_fill(message.message, &channel_spool, &outcome, arena, answer);
    return true;
}

// ---- Messages that go to a server

// What is kept of a message while its transfer runs, in the job's arena.
struct delivery {
    const struct channel *channel;
    const char *message;
};

static void job_answer(struct worker_job *job, const struct delivery *delivery,
                       const struct channel_outcome *outcome)
{
    Award__Event answer;
    award__event__init(&answer);
    outcome_fill(delivery->message, delivery->channel, outcome, job->arena, &answer);
    worker_job_end(job, &answer, NULL);
}

static void deliver_ended(void *context, struct transfer *transfer)
{
    struct worker_job *job = context;
    const struct delivery *delivery = job->state;
    const struct channel_outcome outcome = delivery->channel->judge(&settings, transfer);
    job_answer(job, delivery, &outcome);
}

// A webhook's secret may be a part of its address, and a server knows the address by its path.
static const char *url_path(const char *url)
{
    const char *host = strstr(url, "://");
    const char *path = host != NULL ? strchr(host + 3, '/') : NULL;
    return path != NULL && path[1] != '\0' ? path : "";
}

// Whom it is for, and what only the office and the server know.
static const char *const *hidden_words(const char *address, struct arena *arena)
{
    const char *const words[] = {arena_string(arena, address),
                                 settings.file.webhook.url,
                                 url_path(settings.file.webhook.url),
                                 settings.webhook_secret,
                                 settings.wecom_key,
                                 settings.mail_password,
                                 NULL};
    return arena_copy(arena, (const void *)words, sizeof(words));
}

static void deliver(const Award__DeliverMessage *asked, const struct channel *channel,
                    struct worker_job *job)
{
    struct channel_message message;
    struct channel_outcome outcome;
    const char *reason = NULL;
    if (!message_write(asked, job->arena, &message, &reason)) {
        worker_job_end(job, NULL, reason);
        return;
    }
    struct delivery *delivery = arena_alloc(job->arena, sizeof(*delivery));
    *delivery = (struct delivery){channel, arena_string(job->arena, message.message)};
    struct transfer *transfer = channel->send(&settings, &message, job->arena, &outcome);
    if (transfer == NULL) {
        job_answer(job, delivery, &outcome);
        return;
    }
    job->state = delivery;
    transfer->hidden = hidden_words(message.address, job->arena);
    transfers = transfers != NULL ? transfers : transfers_create(job->base);
    transfer_run(transfers, transfer, deliver_ended, job);
}

static bool begin(void *context, const Award__TaskOrder *order, struct worker_job *job)
{
    (void)context;
    if (order->payload_case != AWARD__TASK_ORDER__PAYLOAD_DELIVER_MESSAGE) {
        return false;
    }
    const struct channel *channel = channel_of(order->deliver_message);
    if (channel == NULL) {
        worker_job_end(job, NULL,
                       "没有这种通道；请核对通知程序的版本。 / There is no such channel; check the "
                       "version of the notification worker.");
        return true;
    }
    if (channel == &channel_spool) {
        return false;
    }
    deliver(order->deliver_message, channel, job);
    return true;
}

static void deliveries_close(void *context)
{
    (void)context;
    transfers_destroy(transfers);
    transfers = NULL;
}

// ---- Feedback

static bool feedback(const Award__WriteFeedback *asked, const char *task, struct arena *arena,
                     Award__Event *answer, const char **reason)
{
    struct feedback report;
    const struct template *form = template_of(templates, AWARD__TEMPLATE__NAME__feedback);
    if (!feedback_write(asked, form, task, arena, &report, reason)) {
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
        return spool(order->deliver_message, arena, answer, reason);
    }
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_WRITE_FEEDBACK) {
        return feedback(order->write_feedback, order->task, arena, answer, reason);
    }
    *reason = "通知程序不办理这类任务；请核对程序版本。 / The notification worker does no task of "
              "this kind; check its version.";
    return false;
}

static const struct worker_option options[] = {
    {"spool",     "DIR",  "存放待发消息的目录，默认 /var/spool/awardd",
     "directory for messages, /var/spool/awardd unless given",                                           &spool_directory    },
    {"channels",  "FILE", "投递通道的配置；不给则全部存入待发目录",
     "configuration of the channels; without it everything goes into the spool",                         &channels_file      },
    {"templates", "DIR",  "本单位的通知模板目录；没有的模板用随程序安装的",
     "directory of the office's own templates; the bundled ones for the rest",                           &templates_directory},
    {NULL,        NULL,   NULL,                                                                    NULL, NULL                },
};

const struct worker notification_worker = {
    .name = "award-notification",
    .principal = "worker-notification",
    .zh = "按模板书写并投递消息、反馈报告",
    .en = "writes and delivers messages and feedback reports",
    .capacity = 8,
    .options = options,
    .init = init,
    .handle = handle,
    .begin = begin,
    .close = deliveries_close,
};
