// alert_test - `alert test`: whether a channel takes a message for somebody, now
//
// The event seals one message; the notification worker delivers it and reports what the server
// said. The feed tells when there is something new. It may lose items, so after a while of silence
// the message is asked for, too.
#include "clients/ctl/commands.h"
#include "clients/ctl/push_line.h"
#include "clients/ctl/show.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int alert_test_run(struct ctl *ctl, int argc, char **argv);

const struct command command_alert_test = {
    .name = "alert test",
    .arguments = "CHANNEL PERSON",
    .zh = "经某渠道给某人发一条测试消息，并显示服务器的答复",
    .en = "send somebody a test message by a channel, and show what the server says",
    .help =
        "CHANNEL：mail、webhook、wecom 或 spool。最多等候三十秒。退出码 "
        "0：服务器已接收；1：未接收。\n"
        "CHANNEL is mail, webhook, wecom or spool. Waits thirty seconds at most. Status 0: the\n"
        "server took it; 1: it did not.\n",
    .needs_settings = true,
    .run = alert_test_run,
};

enum { PULSE_US = 300000, PULSES_MAX = 100 }; // thirty seconds of silence

// ---- Waiting

static void news(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    client_stop(context);
}

static void item_arrived(void *context, const Award__FeedItem *item)
{
    (void)item;
    client_stop(context);
}

// The message as it stands; NULL when it cannot be known, which has been said.
static const Award__Message *message_ask(struct ctl *ctl, const char *id, int *status)
{
    Award__QueryMessages query = AWARD__QUERY_MESSAGES__INIT;
    query.message = arena_string(ctl->arena, id);
    const Award__QueryReply *reply =
        show_ask(ctl, AWARD__QUERY__BODY_MESSAGES, &query.base, status);
    if (reply != NULL && reply->messages->n_messages == 0) {
        *status = ctl_error(CTL_NOT_ADMITTED, "看不到这条测试消息；请以办公室或管理员的身份重试",
                            "this test message is not to be seen; try as office or administrator");
        return NULL;
    }
    return reply != NULL ? reply->messages->messages[0] : NULL;
}

// It was taken, or the server said no: then there is a reply, though it may be tried again.
static bool told(const Award__Message *message)
{
    return message->state == AWARD__MESSAGE__STATE__delivered ||
           message->state == AWARD__MESSAGE__STATE__failed || message->attempts > 0;
}

static const Award__Message *message_await(struct ctl *ctl, const char *id, int *status)
{
    static const struct timeval pulse = {.tv_usec = PULSE_US};
    struct client *client = ctl_client(ctl, status);
    struct client_error error;
    if (client == NULL) {
        return NULL;
    }
    if (!client_follow(client, ctl->settings.feed_endpoint, item_arrived, client, &error)) {
        *status = ctl_client_error(&error);
        return NULL;
    }
    struct event *silence = evtimer_new(client_base(client), news, client);
    if (silence == NULL) {
        abort();
    }
    const Award__Message *message = message_ask(ctl, id, status);
    for (int i = 0; i < PULSES_MAX && message != NULL && !told(message); i++) {
        (void)event_add(silence, &pulse);
        client_run(client);
        (void)event_del(silence);
        message = message_ask(ctl, id, status);
    }
    event_free(silence);
    return message;
}

// ---- Sending

static bool channel_read(const char *name, Award__Channel__Name *channel)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&award__channel__name__descriptor, name);
    *channel = value != NULL ? (Award__Channel__Name)value->value : (Award__Channel__Name)0;
    return value != NULL;
}

// The name of the message that the event sealed; NULL when it was not accepted, which was shown.
static const char *message_send(struct ctl *ctl, Award__MessageTried *tried, int *status)
{
    char id[PUSH_ID_BYTES];
    push_id_random(id);
    Award__Event event = AWARD__EVENT__INIT;
    Award__Event *events = &event;
    event.id = id;
    event.body_case = AWARD__EVENT__BODY_MESSAGE_TRIED;
    event.message_tried = tried;
    const Award__AnswerBatch *batch = ctl_send(ctl, &events, 1, false, status);
    const Award__Answer *answer = batch != NULL ? batch->answers[0] : NULL;
    for (size_t i = 0; answer != NULL && i < answer->n_changes; i++) {
        if (answer->changes[i]->record_case == AWARD__CHANGE__RECORD_MESSAGE) {
            return answer->changes[i]->message->message;
        }
    }
    if (answer != NULL) {
        ctl_print_answer(ctl, answer);
        *status = CTL_NOT_ADMITTED;
    }
    return NULL;
}

static int outcome_print(struct ctl *ctl, const Award__Message *message)
{
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &message->base);
    }
    if (message->state == AWARD__MESSAGE__STATE__delivered) {
        if (ctl->output != CTL_JSON) {
            (void)printf("已接收 taken: %s\n", message->reply != NULL ? message->reply : "-");
        }
        return CTL_OK;
    }
    if (!told(message)) {
        return ctl_error(CTL_NOT_ADMITTED,
                         "三十秒内没有结果；请确认 award-notification 在运行：awardctl status",
                         "nothing was heard in thirty seconds; see that award-notification runs: "
                         "awardctl status");
    }
    const char *reply = message->reply != NULL ? message->reply : "-";
    return ctl_error(CTL_NOT_ADMITTED,
                     arena_format(ctl->arena, "服务器没有接收：%s；请核对地址和渠道的配置", reply),
                     arena_format(ctl->arena,
                                  "the server did not take it: %s; check the address and the "
                                  "settings of the channel",
                                  reply));
}

static int alert_test_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    Award__MessageTried tried = AWARD__MESSAGE_TRIED__INIT;
    if (!show_arguments(&command_alert_test, 2, argc, argv, &status)) {
        return status;
    }
    if (!channel_read(argv[0], &tried.channel)) {
        return ctl_error(CTL_USAGE, "渠道应为 mail、webhook、wecom 或 spool",
                         "a channel is mail, webhook, wecom or spool");
    }
    tried.has_channel = 1;
    tried.person = argv[1];
    const char *id = message_send(ctl, &tried, &status);
    if (id == NULL) {
        return status;
    }
    if (ctl->output == CTL_TABLE) {
        (void)printf("消息 message %s，等候服务器答复 waiting for the server\n", id);
        (void)fflush(stdout);
    }
    const Award__Message *message = message_await(ctl, id, &status);
    return message != NULL ? outcome_print(ctl, message) : status;
}
