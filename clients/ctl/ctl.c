// ctl - the connection, the errors and the options that every command shares
#include "clients/ctl/ctl.h"

#include "common/limits.h"

#include <stdio.h>
#include <string.h>

// ---- Errors

int ctl_error(int status, const char *zh, const char *en)
{
    (void)fflush(stdout);
    (void)fprintf(stderr, "awardctl: %s\n          %s\n", zh, en);
    return status;
}

int ctl_file_error(const char *path, const struct settings_error *error)
{
    char place[SETTINGS_PLACE_BYTES] = "";
    if (path != NULL) {
        settings_error_place(error, path, place);
    }
    (void)fflush(stdout);
    (void)fprintf(stderr, "awardctl: %s%s\n          %s\n", place, error->zh, error->en);
    return CTL_INPUT;
}

int ctl_usage(const struct command *command)
{
    (void)fflush(stdout);
    (void)fprintf(stderr,
                  "awardctl: 命令行有误；用法：awardctl %s %s\n"
                  "          wrong command line; see: awardctl %s --help\n",
                  command->name, command->arguments, command->name);
    return CTL_USAGE;
}

// What a command ends with, by why there was no reply.
static const enum ctl_status STATUSES[] = {
    [CLIENT_DONE] = CTL_OK,
    [CLIENT_UNUSABLE] = CTL_INPUT,
    [CLIENT_NO_CONNECTION] = CTL_UNREACHABLE,
    [CLIENT_KEY_REFUSED] = CTL_NOT_ADMITTED,
    [CLIENT_MISMATCH] = CTL_UNREACHABLE,
    [CLIENT_FULL] = CTL_UNREACHABLE,
    [CLIENT_NO_ANSWER] = CTL_UNREACHABLE,
    [CLIENT_REFUSED] = CTL_NOT_ADMITTED,
    [CLIENT_BAD_REPLY] = CTL_UNREACHABLE,
    [CLIENT_CLOSED] = CTL_UNREACHABLE,
};

_Static_assert(sizeof(STATUSES) / sizeof(STATUSES[0]) == CLIENT_FULL + 1, "one row a failure");

int ctl_client_error(const struct client_error *error)
{
    return ctl_error((int)STATUSES[error->failure], error->zh, error->en);
}

// ---- Options

// The row whose name the argument is; *value is what stands behind "=", or NULL.
static const struct ctl_option *option_find(const struct ctl_option options[], const char *argument,
                                            const char **value)
{
    const char *equals = strchr(argument, '=');
    size_t length = equals != NULL ? (size_t)(equals - argument) : strlen(argument);
    *value = equals != NULL ? equals + 1 : NULL;
    for (const struct ctl_option *option = options; option->name != NULL; option++) {
        if (strlen(option->name) == length && strncmp(option->name, argument, length) == 0) {
            return option;
        }
    }
    return NULL;
}

static int option_wrong(const struct command *command, const char *argument)
{
    (void)fprintf(stderr,
                  "awardctl: 选项 %s 未知，或缺少、多出一个值\n"
                  "          the option %s is unknown, or its value is missing or not wanted\n",
                  argument, argument);
    (void)ctl_usage(command);
    return -1;
}

// Reads the option at argv[*index], which may take the argument behind it. False if it is wrong.
static bool option_take(const struct ctl_option *option, const char *value, int argc, char **argv,
                        int *index)
{
    if (option->flag != NULL) {
        *option->flag = true;
        return value == NULL;
    }
    if (value == NULL) {
        if (*index + 1 >= argc) {
            return false;
        }
        *index += 1;
        value = argv[*index];
    }
    *option->text = value;
    return true;
}

int ctl_options_some(const struct ctl_option options[], int argc, char **argv)
{
    int left = 0;
    bool over = false;
    for (int i = 0; i < argc; i++) {
        const char *value = NULL;
        over = over || strcmp(argv[i], "--") == 0;
        const struct ctl_option *option = over ? NULL : option_find(options, argv[i], &value);
        if (option == NULL) {
            argv[left++] = argv[i];
        } else if (!option_take(option, value, argc, argv, &i)) {
            return -1;
        }
    }
    return left;
}

int ctl_options(const struct command *command, const struct ctl_option options[], int argc,
                char **argv)
{
    int left = ctl_options_some(options, argc, argv);
    if (left < 0) {
        return option_wrong(command, "");
    }
    int words = 0;
    bool over = false;
    for (int i = 0; i < left; i++) {
        if (!over && strcmp(argv[i], "--") == 0) {
            over = true;
        } else if (!over && strncmp(argv[i], "--", 2) == 0) {
            return option_wrong(command, argv[i]);
        } else {
            argv[words++] = argv[i];
        }
    }
    return words;
}

// ---- The connection

bool ctl_key_read(const struct ctl *ctl, const char *name, struct keyfile *key)
{
    char path[SETTINGS_PATH_BYTES + KEYFILE_NAME_BYTES];
    struct settings_error error;
    (void)snprintf(path, sizeof(path), "%s/%s.key", ctl->keys, name);
    if (!keyfile_read(path, key, &error)) {
        (void)ctl_file_error(path, &error);
        return false;
    }
    return true;
}

struct client *ctl_connect(const struct ctl *ctl, const struct keyfile *key, uint32_t timeout_ms,
                           struct client *beside)
{
    struct client_error error;
    struct client_options options = {
        .endpoint = ctl->settings.client_endpoint,
        .server_key = ctl->settings.server_public_key,
        .keys = &key->keys,
        .timeout_ms = (int)timeout_ms,
        .beside = beside,
    };
    struct client *client = client_open(&options, &error);
    if (client == NULL) {
        (void)ctl_client_error(&error);
    }
    return client;
}

struct client *ctl_client(struct ctl *ctl, int *status)
{
    struct keyfile key;
    if (ctl->client != NULL) {
        return ctl->client;
    }
    if (ctl->principal == NULL || ctl->principal[0] == '\0') {
        *status =
            ctl_error(CTL_USAGE,
                      "不知道以谁的名义；请加 --as 名称，或在 awardctl.yaml 中写 default_principal",
                      "in whose name? Add --as NAME, or default_principal in awardctl.yaml");
        return NULL;
    }
    if (ctl_key_read(ctl, ctl->principal, &key)) {
        ctl->client = ctl_connect(ctl, &key, ctl->timeout_ms, NULL);
    }
    if (ctl->client == NULL) {
        *status = CTL_INPUT;
    }
    return ctl->client;
}

// Sends and waits for a reply of the kind that is wanted.
static const Award__Envelope *exchange(struct ctl *ctl, Award__Envelope *request,
                                       Award__Envelope__BodyCase wanted, int *status)
{
    const Award__Envelope *reply;
    struct client_error error;
    struct client *client = ctl_client(ctl, status);
    if (client == NULL) {
        return NULL;
    }
    if (!client_request(client, request, ctl->arena, &reply, &error)) {
        *status = ctl_client_error(&error);
        return NULL;
    }
    if (reply->body_case != wanted) {
        *status = ctl_error(CTL_UNREACHABLE, "awardd 的答复与所问不符；请使用同一版本的程序",
                            "awardd answered something else; use programs of the same release");
        return NULL;
    }
    return reply;
}

// Said once a command, beside whatever it shows.
static void damage_tell(struct ctl *ctl, const Award__QueryReply *reply)
{
    if (ctl->damage_told || (!reply->incomplete && reply->n_damaged == 0)) {
        return;
    }
    ctl->damage_told = true;
    (void)fprintf(stderr,
                  "awardctl: 有记录已损坏并搁置%s；请管理员停止 awardd，运行 awardd rebuild\n"
                  "          records are damaged and set aside%s; stop awardd and run awardd "
                  "rebuild\n",
                  reply->incomplete ? "，所示不全" : "",
                  reply->incomplete ? ", so this is not all" : "");
    for (size_t i = 0; i < reply->n_damaged; i++) {
        (void)fprintf(stderr, "          %s\n", reply->damaged[i]);
    }
}

const Award__QueryReply *ctl_query(struct ctl *ctl, Award__Query *query, int *status)
{
    Award__Envelope request;
    award__envelope__init(&request);
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = query;
    const Award__Envelope *envelope = exchange(ctl, &request, AWARD__ENVELOPE__BODY_REPLY, status);
    if (envelope == NULL) {
        return NULL;
    }
    const Award__Reason *error = envelope->reply->error;
    damage_tell(ctl, envelope->reply);
    if (error != NULL) {
        *status = ctl_error(CTL_NOT_ADMITTED, error->zh != NULL ? error->zh : "查询未获准",
                            error->en != NULL ? error->en : "the query was refused");
        return NULL;
    }
    return envelope->reply;
}

const Award__AnswerBatch *ctl_send(struct ctl *ctl, Award__Event **events, size_t count,
                                   bool dry_run, int *status)
{
    Award__EventBatch batch;
    Award__Envelope request;
    award__event_batch__init(&batch);
    award__envelope__init(&request);
    batch.n_events = count;
    batch.events = events;
    batch.has_dry_run = dry_run;
    batch.dry_run = dry_run;
    request.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    request.events = &batch;
    if (count > LIMIT_BATCH_EVENTS ||
        award__event_batch__get_packed_size(&batch) > LIMIT_MESSAGE_BYTES / 2) {
        *status = ctl_error(CTL_INPUT, "一次发送的事件太多；请分开发送，或用 awardctl push",
                            "too many events at once; send fewer, or use awardctl push");
        return NULL;
    }
    const Award__Envelope *reply = exchange(ctl, &request, AWARD__ENVELOPE__BODY_ANSWERS, status);
    if (reply != NULL && reply->answers->n_answers != count) {
        *status = ctl_error(CTL_UNREACHABLE, "awardd 的答复数目不符；请重试，重复发送是安全的",
                            "awardd gave another number of answers; try again, it is safe");
        return NULL;
    }
    return reply != NULL ? reply->answers : NULL;
}

const Award__Answer *ctl_send_answer(struct ctl *ctl, Award__Event *event, bool dry_run,
                                     int *status)
{
    const Award__AnswerBatch *batch = ctl_send(ctl, &event, 1, dry_run, status);
    if (batch == NULL) {
        return NULL;
    }
    const Award__Answer *answer = batch->answers[0];
    ctl_print_answer(ctl, answer);
    *status = answer->outcome == AWARD__OUTCOME__NAME__rejected ? CTL_NOT_ADMITTED : CTL_OK;
    return answer;
}

int ctl_send_one(struct ctl *ctl, Award__Event *event, bool dry_run)
{
    int status = CTL_OK;
    (void)ctl_send_answer(ctl, event, dry_run, &status);
    return status;
}
