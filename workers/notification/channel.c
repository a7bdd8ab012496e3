// channel - the ways by which a message reaches a person: a table, a file each
#include "workers/notification/channel.h"

#include "common/limits.h"
#include "common/text.h"
#include "common/writing.h"

#include <assert.h>
#include <string.h>

enum { REPLY_BYTES_MAX = 400 };

static const struct channel *const channels[] = {
    &channel_mail,
    &channel_webhook,
    &channel_wecom,
    &channel_spool,
};

const struct channel *channel_find(const char *name)
{
    for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++) {
        if (strcmp(channels[i]->name, name) == 0) {
            return channels[i];
        }
    }
    return NULL;
}

// ---- Settings

static bool secrets_read(struct channel_settings *settings, struct settings_error *error)
{
    const struct {
        const char *path;
        char *secret;
    } files[] = {
        {settings->file.mail.password_file,  settings->mail_password },
        {settings->file.webhook.secret_file, settings->webhook_secret},
        {settings->file.wecom.key_file,      settings->wecom_key     },
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i].path[0] != '\0' && !secret_file_read(files[i].path, files[i].secret, error)) {
            return false;
        }
    }
    return true;
}

bool channel_settings_read(const char *path, struct channel_settings *settings, struct arena *arena,
                           const char **reason)
{
    struct settings_error error = {0};
    const char *text = NULL;
    size_t length = 0;
    settings->given = path != NULL;
    if (path == NULL ||
        (file_text_read(path, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, &error) &&
         notification_file_read(text, length, path, &settings->file, &error) &&
         secrets_read(settings, &error))) {
        return true;
    }
    *reason = settings_error_text(&error, path, arena);
    return false;
}

// ---- Rates

uint32_t channel_rate_take(struct channel_rate *rate, uint32_t per_minute, int64_t now_s)
{
    assert(per_minute > 0 && per_minute <= CHANNEL_RATE_MAX);
    int64_t free_s = rate->held_s;
    if (rate->sent >= per_minute) {
        int64_t oldest_s = rate->sent_s[(rate->sent - per_minute) % CHANNEL_RATE_MAX];
        free_s =
            oldest_s + CHANNEL_RATE_SECONDS > free_s ? oldest_s + CHANNEL_RATE_SECONDS : free_s;
    }
    if (free_s > now_s) {
        uint32_t minutes = rate->put_off++ / per_minute;
        return (uint32_t)(free_s - now_s) + minutes * CHANNEL_RATE_SECONDS;
    }
    rate->sent_s[rate->sent++ % CHANNEL_RATE_MAX] = now_s;
    rate->put_off -= rate->put_off > 0 ? 1 : 0;
    return 0;
}

void channel_rate_hold(struct channel_rate *rate, int64_t now_s)
{
    rate->held_s = now_s + CHANNEL_RATE_SECONDS;
}

// ---- Outcomes

struct transfer *channel_never(struct channel_outcome *outcome, const char *reply)
{
    *outcome = (struct channel_outcome){.fate = CHANNEL_NEVER, .reply = reply};
    return NULL;
}

struct transfer *channel_later(struct channel_outcome *outcome, uint32_t wait_seconds,
                               const char *reply)
{
    *outcome = (struct channel_outcome){CHANNEL_LATER, reply, wait_seconds};
    return NULL;
}

struct transfer *channel_missing(struct channel_outcome *outcome, const char *name,
                                 struct arena *arena)
{
    return channel_never(
        outcome,
        arena_format(
            arena,
            "没有配置通道 %s；请在 --channels 文件中写入 %s: 一节并重新启动通知程序。 / The "
            "channel %s is not configured; add a section %s: to the file of --channels "
            "and restart the notification worker.",
            name, name, name, name));
}

// ---- What a server said

const char *channel_reply(struct arena *arena, const char *text)
{
    char *reply = arena_string(arena, text);
    for (char *at = reply; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            *at = ' ';
        }
    }
    if (!text_valid(reply, strlen(reply))) {
        for (char *at = reply; *at != '\0'; at++) {
            if ((unsigned char)*at >= 0x80) {
                *at = '?';
            }
        }
    }
    return writing_cut(arena, reply, REPLY_BYTES_MAX);
}

static bool word_byte(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

// Between a letter or digit and another there is no end of a word.
static bool goes_on(char before, char after)
{
    return word_byte(before) && word_byte(after);
}

// Whether the word stands at this place, whole.
static bool word_at(const char *text, const char *at, const char *word, size_t length)
{
    return strncmp(at, word, length) == 0 && (at == text || !goes_on(at[-1], *at)) &&
           !goes_on(at[length - 1], at[length]);
}

const char *channel_mask(const char *text, const char *word, struct arena *arena)
{
    static const char mask[] = "***";
    size_t length = strlen(word);
    if (length == 0) {
        return text;
    }
    char *masked = arena_alloc(arena, strlen(text) * strlen(mask) + 1);
    char *to = masked;
    for (const char *at = text; *at != '\0';) {
        if (word_at(text, at, word, length)) {
            to = stpcpy(to, mask);
            at += length;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    return masked;
}

const char *channel_said(const struct transfer *transfer, const char *text)
{
    const char *said = text;
    for (size_t i = 0; transfer->hidden != NULL && transfer->hidden[i] != NULL; i++) {
        said = channel_mask(said, transfer->hidden[i], transfer->arena);
    }
    return channel_reply(transfer->arena, said);
}

struct channel_outcome channel_judge_http(const struct transfer *transfer)
{
    if (transfer->code != CURLE_OK &&
        !(transfer->code == CURLE_WRITE_ERROR && transfer->body_cut)) {
        return (struct channel_outcome){
            .fate = CHANNEL_LATER,
            .reply = channel_said(transfer, transfer->error),
        };
    }
    long status = transfer->status;
    bool later = status >= 500 || status == 429 || status == 408;
    return (struct channel_outcome){
        .fate = status >= 200 && status < 300 ? CHANNEL_TAKEN
                : later                       ? CHANNEL_LATER
                                              : CHANNEL_NEVER,
        .reply = channel_said(transfer,
                              arena_format(transfer->arena, "HTTP %ld %s", status, transfer->body)),
        .wait_seconds = later ? transfer->wait_seconds : 0,
    };
}

struct transfer *channel_post(struct arena *arena, const struct transfer_limits *limits,
                              const char *url, const char *json)
{
    struct transfer *transfer = transfer_create(arena, limits);
    if (transfer != NULL) {
        transfer_list_add(transfer, "Content-Type: application/json; charset=utf-8");
        (void)curl_easy_setopt(transfer->easy, CURLOPT_URL, url);
        (void)curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->list);
        (void)curl_easy_setopt(transfer->easy, CURLOPT_USERAGENT, "awardd/" AWARD_VERSION);
        (void)curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE, (long)strlen(json));
        (void)curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, json);
    }
    return transfer;
}
