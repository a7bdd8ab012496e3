// messages - `messages`: what was sent to whom
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

static int messages_run(struct ctl *ctl, int argc, char **argv);

const struct command command_messages = {
    .name = "messages",
    .arguments = "[--case CASE]",
    .zh = "列出消息及其送达情况",
    .en = "list the messages and whether they were delivered",
    .help = "失败：投递失败的次数；答复：服务器最近说的。\n"
            "Failures are attempts that failed; the reply is what the server said last.\n",
    .needs_settings = true,
    .run = messages_run,
};

static const char *row_name(const ProtobufCMessage *row)
{
    return ((const Award__Message *)row)->message;
}

static void messages_print(struct ctl *ctl, const Award__Messages *messages)
{
    static const char *const heads[] = {
        "建立 created",   "收件人 recipient", "内容 template", "渠道 channel", "状态 state",
        ">失败 failures", "答复 reply",       "案件 case",     "消息 message", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < messages->n_messages; i++) {
        const Award__Message *message = messages->messages[i];
        table_row(table,
                  (const char *const[]){ctl_moment(ctl, message->created), message->recipient,
                                        show_word(ctl, &award__template__name__descriptor,
                                                  message->has_template_, (int)message->template_),
                                        message->channel,
                                        show_word(ctl, &award__message__state__descriptor,
                                                  message->has_state, (int)message->state),
                                        show_number(ctl, message->attempts), message->reply,
                                        message->case_, message->message});
    }
    table_end(table);
}

static int messages_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    const char *case_name = NULL;
    const struct ctl_option options[] = {
        {"--case", &case_name, NULL},
        {NULL,     NULL,       NULL},
    };
    argc = ctl_options(&command_messages, options, argc, argv);
    if (argc != 0) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_messages);
    }
    Award__QueryMessages query = AWARD__QUERY_MESSAGES__INIT;
    query.case_ = case_name != NULL ? arena_string(ctl->arena, case_name) : NULL;
    const Award__QueryReply *reply = show_ask_pages(ctl, AWARD__QUERY__BODY_MESSAGES, &query.base,
                                                    &query.after, row_name, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->messages->base);
    } else {
        messages_print(ctl, reply->messages);
    }
    return CTL_OK;
}
