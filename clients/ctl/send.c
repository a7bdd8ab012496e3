// send - `send EVENT field=value ...`: one event without writing JSON
//
// On a terminal it asks for what is missing. The event goes the way of a line of a file, but its id
// is random unless one is given: the same words sent twice are two events, for a name may be
// changed and changed back. The id is said, so that it can be sent again after a lost connection.
#include "clients/ctl/clock_event.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/event_choice.h"
#include "clients/ctl/field_words.h"
#include "clients/ctl/fields.h"
#include "clients/ctl/moment.h"
#include "clients/ctl/push_line.h"
#include "clients/ctl/send_named.h"
#include "rules/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int send_run(struct ctl *ctl, int argc, char **argv);

const struct command command_send = {
    .name = "send",
    .arguments = "EVENT FIELD=VALUE ... [--id ID] [--at MOMENT] [--expect VERSION] [--dry-run]",
    .zh = "提交一个事件",
    .en = "send one event",
    .help =
        "字段：cycle=2018、media[0].medium=重庆日报、media[0].on=2018-09-25、units=甲,乙；awardctl "
        "new\n"
        "EVENT 列出各字段。\n"
        "Fields: cycle=2018, media[0].medium=TEXT, media[0].on=2018-09-25, units=A,B; awardctl "
        "new\n"
        "EVENT lists them.\n"
        "\n"
        "  --id ID           事件编号；不写则每次都是新事件。失败后重发请用同一编号\n"
        "                    its id; without one each send is a new event. Use the same to send\n"
        "                    again after a failure\n"
        "  --at MOMENT       演练库：先把时钟拨到这里 / on a manual clock: move it there first\n"
        "  --expect VERSION  申报的版本；已变动则驳回 / version of the case, as you saw it\n"
        "  --dry-run         只试算 / decide without writing\n",
    .needs_settings = true,
    .run = send_run,
};

enum { WORDS_MAX = 2000, ANSWER_BYTES = 8192 };

struct words {
    const char *words[WORDS_MAX];
    size_t count;
};

// ---- Asking

// What a value is asked for: its event, message and field.
struct question {
    const char *event;
    const ProtobufCMessageDescriptor *message;
    const ProtobufCFieldDescriptor *field;
    const char *path;
};

// Whether the words, with the answer behind them, make an event so far.
static bool answer_take(struct ctl *ctl, const struct question *question, const char *answer,
                        struct words *words)
{
    struct codec_error error;
    words->words[words->count] = arena_format(ctl->arena, "%s=%s", question->path, answer);
    if (fields_read(question->event, words->words, words->count + 1, ctl->arena, &error) == NULL) {
        (void)fprintf(stderr, "  %s\n  %s\n", error.zh, error.en);
        return false;
    }
    words->count++;
    return true;
}

// Asks for one value, again where it cannot be taken. False: nothing was written.
static bool value_ask(struct ctl *ctl, const struct question *question, struct words *words)
{
    char answer[ANSWER_BYTES];
    const char *zh = field_zh(question->message, question->field);
    while (words->count < WORDS_MAX) {
        (void)fprintf(stderr, "%s %s（%s）: ", zh != NULL ? zh : "", question->path,
                      fields_form(question->field, ctl->arena));
        if (fgets(answer, sizeof(answer), stdin) == NULL) {
            return false;
        }
        answer[strcspn(answer, "\r\n")] = '\0';
        if (answer[0] == '\0') {
            return false;
        }
        if (answer_take(ctl, question, answer, words)) {
            return true;
        }
    }
    return false;
}

// Asks for the fields of a message, or of one element of a list. False: none was written.
static bool message_ask(struct ctl *ctl, const char *event, const char *path,
                        const ProtobufCFieldDescriptor *field, struct words *words)
{
    const ProtobufCMessageDescriptor *descriptor = fields_message(field);
    bool any = false;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *inner = &descriptor->fields[i];
        if (!fields_nested(inner)) {
            const struct question question = {event, descriptor, inner,
                                              arena_format(ctl->arena, "%s.%s", path, inner->name)};
            any = value_ask(ctl, &question, words) || any;
        }
    }
    return any;
}

static bool field_ask(struct ctl *ctl, const char *event, const ProtobufCFieldDescriptor *field,
                      struct words *words)
{
    if (!fields_nested(field)) {
        const struct question question = {event, fields_of_event(event), field, field->name};
        return value_ask(ctl, &question, words);
    }
    if (field->label != PROTOBUF_C_LABEL_REPEATED) {
        return message_ask(ctl, event, field->name, field, words);
    }
    size_t index = 0;
    while (message_ask(ctl, event, arena_format(ctl->arena, "%s[%zu]", field->name, index), field,
                       words)) {
        index++;
    }
    return index > 0;
}

// Asks for what the event needs and no word sets. A status when something is still missing.
static int missing_ask(struct ctl *ctl, const char *event, struct words *words)
{
    const struct event_row *row = event_row(event_number(event));
    const char *missing;
    bool asks = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
    while ((missing = fields_missing(row->needs, words->words, words->count, ctl->arena)) != NULL) {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(fields_of_event(event), missing);
        if (!asks || field == NULL || !field_ask(ctl, event, field, words)) {
            return ctl_error(
                CTL_USAGE,
                arena_format(ctl->arena, "缺少字段 %s；awardctl new %s 列出各字段", missing, event),
                arena_format(ctl->arena, "the field %s is missing; awardctl new %s lists them",
                             missing, event));
        }
    }
    return CTL_OK;
}

// ---- Sending

struct send_options {
    const char *id;
    const char *at;
    const char *expect;
    bool dry_run;
};

// Gives the event its names, as a line of a file gets them.
static int event_name_it(struct ctl *ctl, const struct send_options *options, Award__Event **event)
{
    struct push_line named;
    Award__Event *plain = *event;
    if (options->expect != NULL) {
        char *end;
        plain->has_expected_version = true;
        plain->expected_version = strtoull(options->expect, &end, 10);
        if (*end != '\0' || options->expect[0] < '0' || options->expect[0] > '9') {
            return ctl_error(CTL_USAGE, "--expect 应为版本号", "--expect is a number");
        }
    }
    plain->id = arena_string(ctl->arena, options->id);
    const struct push_source source = {ctl->keys, ctl->principal, NULL};
    struct line line = {.text = codec_to_json(&plain->base, CODEC_JSON_LINE, ctl->arena)};
    line.length = strlen(line.text);
    (void)push_line_read(&source, &line, ctl->arena, &named);
    if (named.answer != NULL) {
        return ctl_error(CTL_INPUT, named.answer->reasons[0]->zh, named.answer->reasons[0]->en);
    }
    *event = named.event;
    return CTL_OK;
}

// Moves a manual clock under the administrator's key. What is there already stays.
static int clock_move(struct ctl *ctl, const char *at)
{
    int64_t moment_ms;
    int status = CTL_OK;
    struct ctl as_clock = *ctl;
    if (!moment_read(at, &moment_ms)) {
        return ctl_error(CTL_USAGE, "--at 应写作 2018-10-08T09:00:00+08:00",
                         "write --at as 2018-10-08T09:00:00+08:00");
    }
    as_clock.principal = "admin";
    as_clock.client = NULL;
    Award__Event *event = clock_event(moment_ms, ctl->arena);
    const Award__AnswerBatch *batch = ctl_send(&as_clock, &event, 1, false, &status);
    client_close(as_clock.client);
    if (batch != NULL && batch->answers[0]->outcome == AWARD__OUTCOME__NAME__rejected) {
        ctl_print_answer(ctl, batch->answers[0]);
        return CTL_NOT_ADMITTED;
    }
    return status;
}

static int event_send(struct ctl *ctl, const char *name, struct words *words,
                      const struct send_options *options)
{
    struct codec_error error;
    if (fields_read(name, words->words, words->count, ctl->arena, &error) == NULL) {
        return ctl_error(CTL_USAGE, error.zh, error.en); // before asking for what is missing
    }
    int status = missing_ask(ctl, name, words);
    if (status != CTL_OK) {
        return status;
    }
    Award__Event *event = fields_read(name, words->words, words->count, ctl->arena, &error);
    if (event == NULL) {
        return ctl_error(CTL_USAGE, error.zh, error.en);
    }
    status = event_name_it(ctl, options, &event);
    if (status == CTL_OK && options->at != NULL && !options->dry_run) {
        status = clock_move(ctl, options->at);
    }
    if (status == CTL_OK) {
        status = send_named(ctl, event, event->id, options->dry_run);
    }
    if (status == CTL_OK && !options->dry_run && ctl->output != CTL_JSON) {
        (void)printf("  编号 id %s\n", event->id);
    }
    return status;
}

static int send_run(struct ctl *ctl, int argc, char **argv)
{
    struct send_options chosen = {0};
    const struct ctl_option options[] = {
        {"--id",      &chosen.id,     NULL           },
        {"--at",      &chosen.at,     NULL           },
        {"--expect",  &chosen.expect, NULL           },
        {"--dry-run", NULL,           &chosen.dry_run},
        {NULL,        NULL,           NULL           },
    };
    argc = ctl_options(&command_send, options, argc, argv);
    if (argc < 1 || argc > WORDS_MAX) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_send);
    }
    if (!event_choose(argv[0])) {
        return CTL_USAGE;
    }
    char id[PUSH_ID_BYTES];
    push_id_random(id);
    chosen.id = chosen.id != NULL && chosen.id[0] != '\0' ? chosen.id : id;
    struct words *words = arena_alloc(ctl->arena, sizeof(*words));
    for (int i = 1; i < argc; i++) {
        words->words[words->count++] = argv[i];
    }
    return event_send(ctl, argv[0], words, &chosen);
}
