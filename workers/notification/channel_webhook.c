// channel_webhook - a signed POST of JSON to the office's own gateway
//
// The signature is over the moment of this attempt, a full stop and the body, so that a receiver
// can turn away what is old; the body and X-Award-Message are the same in every attempt, so that it
// can turn away what it has. docs/administrator/channels.md is the page for those who receive.
#include "workers/notification/channel.h"

#include "workers/notification/spool.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *json_write(const struct channel_message *message, struct arena *arena)
{
    const struct mail *mail = &message->mail;
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s?, s:s, s:s?, s:I, s:s, s:s}", "message", message->message,
                  "template", message->template_name, "recipient", message->recipient, "name",
                  mail->to_name, "address", message->address, "case", message->case_, "created_ms",
                  (json_int_t)mail->date_ms, "subject", mail->subject, "text", mail->body);
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    const char *copy = text != NULL ? arena_string(arena, text) : NULL;
    free(text);
    json_decref(json);
    return copy;
}

// The hexadecimal HMAC-SHA256 of "timestamp.body".
static const char *signature(const char *secret, const char *timestamp, const char *body,
                             struct arena *arena)
{
    crypto_auth_hmacsha256_state state;
    unsigned char code[crypto_auth_hmacsha256_BYTES];
    char hex[sizeof(code) * 2 + 1];
    (void)crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret, strlen(secret));
    (void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)timestamp,
                                        strlen(timestamp));
    (void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)".", 1);
    (void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, strlen(body));
    (void)crypto_auth_hmacsha256_final(&state, code);
    sodium_memzero(&state, sizeof(state));
    (void)sodium_bin2hex(hex, sizeof(hex), code, sizeof(code));
    return arena_string(arena, hex);
}

static struct transfer *webhook_send(struct channel_settings *settings,
                                     const struct channel_message *message, struct arena *arena,
                                     struct channel_outcome *outcome)
{
    const struct notification_webhook *file = &settings->file.webhook;
    if (file->url[0] == '\0') {
        return channel_missing(outcome, "webhook", arena);
    }
    const char *body = json_write(message, arena);
    if (body == NULL) {
        return channel_never(outcome, "消息不是有效的 UTF-8，无法写成 JSON。 / The message is no "
                                      "valid UTF-8 and cannot be written as JSON.");
    }
    const struct transfer_limits limits = {"https", file->ca_file, file->timeout_seconds};
    struct transfer *transfer = channel_post(arena, &limits, file->url, body);
    if (transfer == NULL) {
        return channel_later(outcome, 0, "内存不足 / out of memory");
    }
    const char *timestamp = arena_format(arena, "%lld", (long long)time(NULL));
    transfer_list_add(transfer, arena_format(arena, "X-Award-Timestamp: %s", timestamp));
    transfer_list_add(transfer,
                      arena_format(arena, "X-Award-Signature: sha256=%s",
                                   signature(settings->webhook_secret, timestamp, body, arena)));
    transfer_list_add(
        transfer, arena_format(arena, "X-Award-Message: %s", spool_safe(message->message, arena)));
    return transfer;
}

static struct channel_outcome webhook_judge(struct channel_settings *settings,
                                            const struct transfer *transfer)
{
    (void)settings;
    return channel_judge_http(transfer);
}

const struct channel channel_webhook = {
    .name = "webhook", .send = webhook_send, .judge = webhook_judge};
