// notification_file - reads channels.yaml: by which servers the notification worker delivers
#include "settings/notification_file.h"

#include "settings/file_keys.h"

#include <string.h>

enum { TIMEOUT_SECONDS_MAX = 300, WECOM_PER_MINUTE = 20 };

#define WECOM_URL "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
#define URL_MAX (NOTIFICATION_URL_BYTES - 1)
#define NAME_MAX_BYTES (NOTIFICATION_NAME_BYTES - 1)

static const struct key_choice tls_choices[] = {
    {"starttls", MAIL_STARTTLS},
    {"tls",          MAIL_TLS},
    {"none",MAIL_PLAIN},
    {0    },
};

#define IN_FILE(member) KEY_AT(struct notification_file, member)
#define IN_MAIL(member) KEY_AT(struct notification_mail, member)
#define IN_WEBHOOK(member) KEY_AT(struct notification_webhook, member)
#define IN_WECOM(member) KEY_AT(struct notification_wecom, member)

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "通知程序的投递通道", .en = "channels of the notification worker"},
    {"mail",                    KEY_MAP, 0, 0, "", IN_FILE(mail), .zh = "电子邮件", .en = "e-mail"},
    {"mail.url",                KEY_TEXT, 8, URL_MAX, NULL, IN_MAIL(url), .zh = "邮件服务器，smtp://主机:587 或 smtps://主机:465", .en = "mail server, smtp://host:587 or smtps://host:465"},
    {"mail.tls",                KEY_CHOICE, 0, 0, "starttls", IN_MAIL(tls), .zh = "加密方式；smtps 用 tls", .en = "encryption; tls with smtps", .choices = tls_choices},
    {"mail.user",               KEY_TEXT, 0, NAME_MAX_BYTES, "", IN_MAIL(user), .zh = "登录用户；空为不登录", .en = "user to log in as; empty: none"},
    {"mail.password_file",      KEY_PATH, 0, 0, "", IN_MAIL(password_file), .zh = "密码文件，权限 0600", .en = "file with the password, mode 0600"},
    {"mail.from",               KEY_TEXT, 3, NAME_MAX_BYTES, NULL, IN_MAIL(from), .zh = "发件地址", .en = "address of the sender"},
    {"mail.ca_file",            KEY_PATH, 0, 0, "", IN_MAIL(ca_file), .zh = "根证书文件，默认用系统的", .en = "file with the authorities; the system's unless given"},
    {"mail.timeout_seconds",    KEY_NUMBER, 1, TIMEOUT_SECONDS_MAX, "60", IN_MAIL(timeout_seconds), .zh = "一次投递最多几秒", .en = "seconds that one delivery may take"},
    {"webhook",                 KEY_MAP, 0, 0, "", IN_FILE(webhook), .zh = "本单位的通知网关", .en = "the office's own gateway"},
    {"webhook.url",             KEY_TEXT, 9, URL_MAX, NULL, IN_WEBHOOK(url), .zh = "网关地址，https://", .en = "where it is, https://"},
    {"webhook.secret_file",     KEY_PATH, 0, 0, NULL, IN_WEBHOOK(secret_file), .zh = "签名密钥文件，权限 0600", .en = "file with the secret of the signature, mode 0600"},
    {"webhook.ca_file",         KEY_PATH, 0, 0, "", IN_WEBHOOK(ca_file), .zh = "根证书文件，默认用系统的", .en = "file with the authorities; the system's unless given"},
    {"webhook.timeout_seconds", KEY_NUMBER, 1, TIMEOUT_SECONDS_MAX, "30", IN_WEBHOOK(timeout_seconds), .zh = "一次投递最多几秒", .en = "seconds that one delivery may take"},
    {"wecom",                   KEY_MAP, 0, 0, "", IN_FILE(wecom), .zh = "企业微信群机器人", .en = "the robot of WeCom"},
    {"wecom.url",               KEY_TEXT, 9, URL_MAX, WECOM_URL, IN_WECOM(url), .zh = "机器人地址，不含 key", .en = "where the robot is, without its key"},
    {"wecom.key_file",          KEY_PATH, 0, 0, NULL, IN_WECOM(key_file), .zh = "机器人 key 的文件，权限 0600", .en = "file with the key of the robot, mode 0600"},
    {"wecom.ca_file",           KEY_PATH, 0, 0, "", IN_WECOM(ca_file), .zh = "根证书文件，默认用系统的", .en = "file with the authorities; the system's unless given"},
    {"wecom.timeout_seconds",   KEY_NUMBER, 1, TIMEOUT_SECONDS_MAX, "30", IN_WECOM(timeout_seconds), .zh = "一次投递最多几秒", .en = "seconds that one delivery may take"},
    {"wecom.per_minute",        KEY_NUMBER, 1, WECOM_PER_MINUTE, "20", IN_WECOM(per_minute), .zh = "每分钟最多几条", .en = "messages a minute at most"},
};
// clang-format on

const struct key_table notification_keys = {rows, sizeof(rows) / sizeof(rows[0])};

// A scheme and a host, nothing that stands for somebody (user:password@host) and no blanks.
static bool url_good(const char *url, const char *scheme)
{
    size_t length = strlen(scheme);
    if (strncmp(url, scheme, length) != 0 || strchr("/?#:", url[length]) != NULL) {
        return false;
    }
    for (const char *at = url; *at != '\0'; at++) {
        if ((unsigned char)*at <= 0x20 || (unsigned char)*at >= 0x7F || *at == '@') {
            return false;
        }
    }
    return true;
}

static bool mail_check(const struct key_reading *reading, const struct notification_mail *mail)
{
    bool implicit = mail->tls == MAIL_TLS;
    if (!url_good(mail->url, implicit ? "smtps://" : "smtp://")) {
        return keys_fail(reading, mail->url,
                         "应为 smtp://主机:端口（tls: starttls 或 none）或 smtps://主机:端口（tls: "
                         "tls），不含用户和密码",
                         "it must be smtp://host:port (tls: starttls or none) or smtps://host:port "
                         "(tls: tls), without user and password");
    }
    const char *at = strchr(mail->from, '@');
    if (at == NULL || at == mail->from || at[1] == '\0' || strpbrk(mail->from, " <>\"\t\r\n")) {
        return keys_fail(reading, mail->from, "应为邮件地址，如 award@example.gov.cn",
                         "it must be an address, such as award@example.gov.cn");
    }
    if ((mail->user[0] != '\0') != (mail->password_file[0] != '\0')) {
        return keys_fail(reading, mail->url, "user 和 password_file 须同时给出，或都不给",
                         "it needs both user and password_file, or neither");
    }
    if (mail->user[0] != '\0' && mail->tls == MAIL_PLAIN) {
        return keys_fail(reading, &mail->tls, "密码不能不加密发送；请用 starttls 或 tls",
                         "a password must not go out unencrypted; use starttls or tls");
    }
    return true;
}

static bool https_check(const struct key_reading *reading, const char *url)
{
    return url[0] == '\0' || url_good(url, "https://") ||
           keys_fail(reading, url, "应为 https://主机/路径，不含用户和密码",
                     "it must be https://host/path, without user and password");
}

static bool wecom_check(const struct key_reading *reading, const struct notification_wecom *wecom)
{
    return strchr(wecom->url, '?') == NULL ||
           keys_fail(reading, wecom->url, "不含 ? 及其后的 key；key 写入 key_file 指向的文件",
                     "it must not have `?` and the key; the key goes into the key_file");
}

bool notification_file_read(const char *text, size_t length, const char *path,
                            struct notification_file *file, struct settings_error *error)
{
    struct arena *arena = arena_create();
    struct key_reading reading = {
        .table = &notification_keys,
        .arena = arena,
        .directory = file_text_directory(path, arena),
        .error = error,
    };
    *file = (struct notification_file){0};
    bool good = keys_read(&reading, text, length, file) &&
                (file->mail.url[0] == '\0' || mail_check(&reading, &file->mail)) &&
                https_check(&reading, file->webhook.url) &&
                https_check(&reading, file->wecom.url) && wecom_check(&reading, &file->wecom);
    arena_destroy(arena);
    return good;
}
