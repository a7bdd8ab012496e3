// channel_wecom - the robot of WeCom (企业微信群机器人)
//
// Its limits: 2,048 bytes of text, 20 messages a minute. It answers HTTP 200 whatever happens, and
// errcode in the body decides. Its address is the mobile number that is mentioned in the group; the
// key that is part of the robot's address is a secret and appears in no log.
#include "common/clock.h"
#include "common/text.h"
#include "workers/notification/channel.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 2048, WAIT_SECONDS = 60, TOO_MANY = 45009 };

static const struct code {
    json_int_t errcode;
    enum channel_fate fate;
    uint32_t wait_seconds;
} codes[] = {
    {0,        CHANNEL_TAKEN, 0           },
    {-1,       CHANNEL_LATER, WAIT_SECONDS}, // the system is busy
    {TOO_MANY, CHANNEL_LATER, WAIT_SECONDS}, // messages a minute
    {93000,    CHANNEL_NEVER, 0           }, // no such robot
    {40058,    CHANNEL_NEVER, 0           }, // an argument is wrong
};

// ---- Out

// What shows all of a message that is cut.
static const char *whole_line(const struct channel_message *message, struct arena *arena)
{
    static const struct {
        const char *template_name;
        const char *line;
    } rows[] = {
        {"alerts",   "awardctl alerts"},
        {"digest",   "awardctl today" },
        {"duty_gap", "awardctl check" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].template_name, message->template_name) == 0) {
            return rows[i].line;
        }
    }
    return message->case_ != NULL ? arena_format(arena, "awardctl template preview %s %s",
                                                 message->template_name, message->case_)
                                  : "awardctl messages";
}

// Subject and text, within the robot's bound, of whole characters.
static const char *content(const struct channel_message *message, struct arena *arena)
{
    char *text = arena_format(arena, "%s\n\n%s", message->mail.subject, message->mail.body);
    if (strlen(text) <= TEXT_BYTES_MAX) {
        return text;
    }
    const char *line = whole_line(message, arena);
    const char *cut_note = arena_format(arena, "\n…（全文见 %s / the rest: %s）", line, line);
    size_t size = text_cut(text, TEXT_BYTES_MAX - strlen(cut_note));
    return arena_format(arena, "%.*s%s", (int)size, text, cut_note);
}

static const char *json_write(const struct channel_message *message, struct arena *arena)
{
    json_t *json = json_pack("{s:s, s:{s:s, s:[s]}}", "msgtype", "text", "text", "content",
                             content(message, arena), "mentioned_mobile_list", message->address);
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    const char *copy = text != NULL ? arena_string(arena, text) : NULL;
    free(text);
    json_decref(json);
    return copy;
}

static const char *url_write(CURL *easy, const struct channel_settings *settings,
                             struct arena *arena)
{
    char *key = curl_easy_escape(easy, settings->wecom_key, 0);
    const char *url = key != NULL ? arena_format(arena, "%s?key=%s", settings->file.wecom.url, key)
                                  : settings->file.wecom.url;
    curl_free(key);
    return url;
}

static struct transfer *wecom_send(struct channel_settings *settings,
                                   const struct channel_message *message, struct arena *arena,
                                   struct channel_outcome *outcome)
{
    const struct notification_wecom *file = &settings->file.wecom;
    if (file->url[0] == '\0') {
        return channel_missing(outcome, "wecom", arena);
    }
    const char *body = json_write(message, arena);
    if (body == NULL) {
        return channel_never(outcome, "消息不是有效的 UTF-8，无法写成 JSON。 / The message is no "
                                      "valid UTF-8 and cannot be written as JSON.");
    }
    uint32_t wait =
        channel_rate_take(&settings->wecom_rate, file->per_minute, clock_monotonic_ms() / 1000);
    if (wait > 0) {
        return channel_later(outcome, wait,
                             arena_format(arena,
                                          "机器人每分钟最多 %u 条，稍后再发。 / The robot takes "
                                          "%u messages a minute; this one follows.",
                                          file->per_minute, file->per_minute));
    }
    const struct transfer_limits limits = {"https", file->ca_file, file->timeout_seconds};
    struct transfer *transfer = channel_post(arena, &limits, file->url, body);
    if (transfer == NULL) {
        return channel_later(outcome, 0, "内存不足 / out of memory");
    }
    (void)curl_easy_setopt(transfer->easy, CURLOPT_URL, url_write(transfer->easy, settings, arena));
    return transfer;
}

// ---- Back

// A code that is not in the table is tried again: it may be of the moment.
static struct channel_outcome code_judge(json_int_t errcode, const char *reply)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].errcode == errcode) {
            return (struct channel_outcome){codes[i].fate, reply, codes[i].wait_seconds};
        }
    }
    return (struct channel_outcome){.fate = CHANNEL_LATER, .reply = reply};
}

static struct channel_outcome wecom_judge(struct channel_settings *settings,
                                          const struct transfer *transfer)
{
    struct channel_outcome outcome = channel_judge_http(transfer);
    if (outcome.fate != CHANNEL_TAKEN) {
        return outcome;
    }
    json_t *json = json_loadb(transfer->body, transfer->body_size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *errcode = json_object_get(json, "errcode");
    if (json_is_integer(errcode)) {
        outcome = code_judge(json_integer_value(errcode), outcome.reply);
        if (json_integer_value(errcode) == TOO_MANY) {
            channel_rate_hold(&settings->wecom_rate, clock_monotonic_ms() / 1000);
        }
    } else {
        outcome.fate = CHANNEL_LATER; // not the robot's: a proxy, a page of somebody's
    }
    json_decref(json);
    return outcome;
}

const struct channel channel_wecom = {.name = "wecom", .send = wecom_send, .judge = wecom_judge};
