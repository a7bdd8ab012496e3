// Tests of notification_file and secret_file: the channels of the notification worker.
#include "mutation.h"
#include "settings/file_keys.h"
#include "settings/notification_file.h"
#include "settings/secret_file.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char channels_text[] = "mail:\n"
                                    "  url: smtp://mail.example.gov.cn:587\n"
                                    "  tls: starttls\n"
                                    "  user: award\n"
                                    "  password_file: mail.password\n"
                                    "  from: award@example.gov.cn\n"
                                    "  ca_file: /etc/ssl/office.pem\n"
                                    "  timeout_seconds: 45\n"
                                    "webhook:\n"
                                    "  url: https://gateway.example.gov.cn/award\n"
                                    "  secret_file: webhook.secret\n"
                                    "  ca_file: office.pem\n"
                                    "  timeout_seconds: 20\n"
                                    "wecom:\n"
                                    "  url: https://robot.example/send\n"
                                    "  key_file: wecom.key\n"
                                    "  ca_file: office.pem\n"
                                    "  timeout_seconds: 10\n"
                                    "  per_minute: 12\n";

static bool read_channels(const char *text, size_t length, struct settings_error *error)
{
    static struct notification_file file;
    return notification_file_read(text, length, "/srv/award/channels.yaml", &file, error);
}

static struct notification_file *good(const char *text)
{
    static struct notification_file file;
    struct settings_error error = {0};
    cr_assert(notification_file_read(text, strlen(text), "/srv/award/c.yaml", &file, &error),
              "%zu:%zu %s", error.line, error.column, error.en);
    return &file;
}

Test(notification_file, every_channel_is_read)
{
    const struct notification_file *file = good(channels_text);
    cr_assert_str_eq(file->mail.url, "smtp://mail.example.gov.cn:587");
    cr_assert_eq(file->mail.tls, MAIL_STARTTLS);
    cr_assert_str_eq(file->mail.user, "award");
    cr_assert_str_eq(file->mail.password_file, "/srv/award/mail.password");
    cr_assert_str_eq(file->mail.from, "award@example.gov.cn");
    cr_assert_str_eq(file->mail.ca_file, "/etc/ssl/office.pem");
    cr_assert_eq(file->mail.timeout_seconds, 45);
    cr_assert_str_eq(file->webhook.url, "https://gateway.example.gov.cn/award");
    cr_assert_str_eq(file->webhook.secret_file, "/srv/award/webhook.secret");
    cr_assert_eq(file->webhook.timeout_seconds, 20);
    cr_assert_str_eq(file->wecom.url, "https://robot.example/send");
    cr_assert_str_eq(file->wecom.key_file, "/srv/award/wecom.key");
    cr_assert_eq(file->wecom.per_minute, 12);
}

Test(notification_file, a_channel_that_is_not_named_has_no_url)
{
    const struct notification_file *file = good("wecom:\n  key_file: k\n");
    cr_assert_str_eq(file->mail.url, "");
    cr_assert_str_eq(file->webhook.url, "");
    cr_assert_str_eq(file->wecom.url, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send");
    cr_assert_eq(file->wecom.per_minute, 20);
    cr_assert_eq(file->wecom.timeout_seconds, 30);
}

// clang-format off
static const struct bad_file bad_files[] = {
    {"url: smtp://mail.example.gov.cn:587", "url: ^smtps://mail.example.gov.cn:465", "smtp://主机", "smtp://host"},
    {"url: smtp://mail.example.gov.cn:587", "url: ^smtp://a:b@mail.example.gov.cn", "不含用户和密码", "without user"},
    {"url: smtp://mail.example.gov.cn:587", "url: ^smtp://:25", "smtp://主机", "smtp://host"},
    {"url: smtp://mail.example.gov.cn:587\n  tls: starttls", "url: ^smtp://m\n  tls: tls", "tls: tls", "tls: tls"},
    {"tls: starttls", "tls: ^none", "不能不加密", "unencrypted"},
    {"from: award@example.gov.cn", "from: ^award", "邮件地址", "an address"},
    {"from: award@example.gov.cn", "from: ^\"<a@b>\"", "邮件地址", "an address"},
    {"url: https://gateway.example.gov.cn/award", "url: ^http://gateway.example.gov.cn/award", "https://", "https://"},
    {"url: https://gateway.example.gov.cn/award", "url: ^https:///award", "https://", "https://"},
    {"url: https://robot.example/send", "url: ^https://robot.example/send?key=k", "key_file", "key_file"},
    {"per_minute: 12", "per_minute: ^21", "1 至 20", "from 1 to 20"},
};
// clang-format on

Test(notification_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(channels_text, &bad_files[i], read_channels);
    }
}

Test(notification_file, a_user_needs_a_password_and_a_password_a_user)
{
    struct settings_error error = {0};
    static const char *const texts[] = {
        "mail:\n  url: smtp://m\n  from: a@b\n  user: u\n",
        "mail:\n  url: smtp://m\n  from: a@b\n  password_file: p\n",
    };
    for (size_t i = 0; i < 2; i++) {
        cr_assert_not(read_channels(texts[i], strlen(texts[i]), &error));
        cr_assert_eq(error.line, 2);
        cr_assert_not_null(strstr(error.en, "both user and password_file"));
    }
}

Test(notification_file, every_key_is_checked_for_garbage_misspelling_and_absence)
{
    mutation_walk(&notification_keys, channels_text, read_channels);
}

// ---- Secrets

static char path[] = "/tmp/secret-XXXXXX";

static void secret_write(const void *text, size_t size, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CREAT, 0600);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, text, size), (ssize_t)size);
    cr_assert_eq(fchmod(fd, mode), 0);
    (void)close(fd);
}

static void path_make(void)
{
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    (void)close(fd);
}

static void path_drop(void)
{
    (void)unlink(path);
}

TestSuite(secret_file, .init = path_make, .fini = path_drop);

Test(secret_file, the_line_is_read_without_its_end)
{
    static const char *const texts[] = {"geheim 密", "geheim 密\n", "geheim 密\r\n"};
    char secret[SECRET_BYTES];
    struct settings_error error = {0};
    for (size_t i = 0; i < 3; i++) {
        secret_write(texts[i], strlen(texts[i]), i == 1 ? 0400 : 0600);
        cr_assert(secret_file_read(path, secret, &error), "%s", error.en);
        cr_assert_str_eq(secret, "geheim 密");
    }
}

Test(secret_file, one_that_others_may_read_or_write_is_refused)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0610, 0601, 0644, 0666};
    char secret[SECRET_BYTES];
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        struct settings_error error = {0};
        secret_write("geheim", 6, modes[i]);
        cr_assert_not(secret_file_read(path, secret, &error), "%o", (unsigned)modes[i]);
        cr_assert_not_null(strstr(error.zh, "chmod 600"), "%s", error.zh);
        cr_assert_not_null(strstr(error.en, path), "%s", error.en);
        cr_assert_null(strstr(error.en, "geheim"));
        cr_assert_str_eq(secret, "");
    }
}

Test(secret_file, a_pipe_or_device_is_refused_and_not_waited_for, .timeout = 60)
{
    char secret[SECRET_BYTES];
    struct settings_error error = {0};
    cr_assert(unlink(path) == 0 && mkfifo(path, 0600) == 0);
    cr_assert_not(secret_file_read(path, secret, &error));
    cr_assert_not_null(strstr(error.zh, "不是普通文件"), "%s", error.zh);
    cr_assert_not(secret_file_read("/dev/zero", secret, &error));
    cr_assert_not_null(strstr(error.en, "not a regular file"), "%s", error.en);
}

Test(secret_file, what_is_no_single_line_is_refused)
{
    char longest[SECRET_BYTES + 1];
    char secret[SECRET_BYTES];
    struct settings_error error = {0};
    memset(longest, 'x', sizeof(longest));
    secret_write(longest, SECRET_BYTES - 1, 0600);
    cr_assert(secret_file_read(path, secret, &error), "%s", error.en);
    cr_assert_eq(strlen(secret), SECRET_BYTES - 1);
    secret_write(longest, SECRET_BYTES, 0600);
    cr_assert_not(secret_file_read(path, secret, &error));
    secret_write("a\nb", 3, 0600);
    cr_assert_not(secret_file_read(path, secret, &error));
    secret_write("a\0b", 3, 0600);
    cr_assert_not(secret_file_read(path, secret, &error));
    secret_write("\n", 1, 0600);
    cr_assert_not(secret_file_read(path, secret, &error));
    cr_assert_not_null(strstr(error.en, "one line"));
    (void)unlink(path);
    cr_assert_not(secret_file_read(path, secret, &error));
    cr_assert_not_null(strstr(error.en, "No such file"), "%s", error.en);
}
