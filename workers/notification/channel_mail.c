// channel_mail - e-mail, handed to the office's server by SMTP
//
// The server's last line is its reply: 250 with its own number for the message once it has taken
// it. What is wrong for the moment (4xx, no connection) or with the office's configuration (the
// password, the encryption) is tried again; 5xx about this message or this address is for good.
#include "workers/notification/channel.h"

#include "common/log.h"

#include <string.h>

enum { ADDRESS_BYTES_MAX = 254 }; // RFC 5321

// One address, which can bring neither headers nor commands of its own.
static bool address_good(const char *address)
{
    const char *at = strchr(address, '@');
    if (at == NULL || at == address || at[1] == '\0' || strlen(address) > ADDRESS_BYTES_MAX) {
        return false;
    }
    for (; *address != '\0'; address++) {
        if (*address <= ' ' || *address >= 0x7F || strchr("<>()[]\\,;:\"", *address) != NULL) {
            return false;
        }
    }
    return true;
}

static void login_set(CURL *easy, const struct channel_settings *settings)
{
    const struct notification_mail *file = &settings->file.mail;
    (void)curl_easy_setopt(easy, CURLOPT_USE_SSL,
                           file->tls == MAIL_STARTTLS ? (long)CURLUSESSL_ALL
                                                      : (long)CURLUSESSL_NONE);
    if (file->user[0] != '\0') {
        (void)curl_easy_setopt(easy, CURLOPT_USERNAME, file->user);
        (void)curl_easy_setopt(easy, CURLOPT_PASSWORD, settings->mail_password);
    }
}

static struct transfer *mail_send(struct channel_settings *settings,
                                  const struct channel_message *message, struct arena *arena,
                                  struct channel_outcome *outcome)
{
    const struct notification_mail *file = &settings->file.mail;
    if (file->url[0] == '\0') {
        return channel_missing(outcome, "mail", arena);
    }
    if (!address_good(message->address)) {
        return channel_never(outcome, "收件人的邮件地址不能使用；请更正地址。 / The recipient's "
                                      "address cannot be used; correct it.");
    }
    const struct transfer_limits limits = {"smtp,smtps", file->ca_file, file->timeout_seconds};
    struct transfer *transfer = transfer_create(arena, &limits);
    if (transfer == NULL) {
        return channel_later(outcome, 0, "内存不足 / out of memory");
    }
    struct mail mail = message->mail;
    mail.from = file->from;
    mail.to_address = message->address;
    mail.html = true;
    transfer->upload = mail_format(&mail, arena);
    transfer->upload_size = strlen(transfer->upload);
    transfer_list_add(transfer, arena_format(arena, "<%s>", message->address));
    login_set(transfer->easy, settings);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_URL, file->url);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_MAIL_FROM,
                           arena_format(arena, "<%s>", file->from));
    (void)curl_easy_setopt(transfer->easy, CURLOPT_MAIL_RCPT, transfer->list);
    (void)curl_easy_setopt(transfer->easy, CURLOPT_UPLOAD, 1L);
    return transfer;
}

// RFC 4954: authentication is required, too weak, or its credentials are refused.
static bool about_login(long status)
{
    return status == 530 || status == 534 || status == 535 || status == 538;
}

// libcurl names a refused command with CURLE_SEND_ERROR and refused text with
// CURLE_WEIRD_SERVER_REPLY, which is also that of a server that does not serve at all.
static bool refused_for_good(const struct transfer *transfer)
{
    bool of_message = transfer->code == CURLE_SEND_ERROR ||
                      (transfer->code == CURLE_WEIRD_SERVER_REPLY && transfer->uploaded > 0);
    return of_message && transfer->status >= 500 && transfer->status < 600 &&
           !about_login(transfer->status);
}

static struct channel_outcome mail_judge(struct channel_settings *settings,
                                         const struct transfer *transfer)
{
    (void)settings;
    if (transfer->code == CURLE_OK) {
        return (struct channel_outcome){
            .fate = CHANNEL_TAKEN,
            .reply = channel_said(transfer, transfer->line),
        };
    }
    if (transfer->code == CURLE_LOGIN_DENIED || about_login(transfer->status)) {
        log_say(SAY_MAIL_LOGIN, .status = transfer->status);
    }
    bool said = transfer->line[0] != '\0' && transfer->status >= 400;
    return (struct channel_outcome){
        .fate = refused_for_good(transfer) ? CHANNEL_NEVER : CHANNEL_LATER,
        .reply = channel_said(transfer, said ? arena_format(transfer->arena, "%s (%s)",
                                                            transfer->line, transfer->error)
                                             : transfer->error),
    };
}

const struct channel channel_mail = {.name = "mail", .send = mail_send, .judge = mail_judge};
