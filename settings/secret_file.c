// secret_file - a password or key in a file of its own
#include "settings/secret_file.h"

#include "settings/file_text.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_BYTES = 512 };

static bool fail(struct settings_error *error, const char *path, const char *zh, const char *en)
{
    char text_zh[sizeof(error->zh)];
    char text_en[sizeof(error->en)];
    (void)snprintf(text_zh, sizeof(text_zh), "密码文件 %s %s", path, zh);
    (void)snprintf(text_en, sizeof(text_en), "the secret file %s %s", path, en);
    return settings_error_set(error, 0, 0, text_zh, text_en);
}

static bool fail_errno(struct settings_error *error, const char *path)
{
    const char *why = strerror(errno);
    char zh[TEXT_BYTES];
    char en[TEXT_BYTES];
    (void)snprintf(zh, sizeof(zh), "读不了（%s）；请检查路径和权限", why);
    (void)snprintf(en, sizeof(en), "cannot be read (%s); check path and permissions", why);
    return fail(error, path, zh, en);
}

static bool secret_take(char *text, size_t size, const char *path, char secret[SECRET_BYTES],
                        struct settings_error *error)
{
    while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r')) {
        size--;
    }
    text[size] = '\0';
    if (size == 0 || size >= SECRET_BYTES || strlen(text) != size ||
        strpbrk(text, "\r\n") != NULL) {
        return fail(error, path, "应为一行、1 至 256 字节的密码",
                    "must hold one line, a secret of 1 to 256 bytes");
    }
    memcpy(secret, text, size + 1);
    return true;
}

static bool file_take(int fd, const char *path, char secret[SECRET_BYTES],
                      struct settings_error *error)
{
    struct stat status;
    char text[TEXT_BYTES];
    if (fstat(fd, &status) != 0) {
        return fail_errno(error, path);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(error, path, "可被他人读写；请执行 chmod 600",
                    "is open to others than its owner; run chmod 600 on it");
    }
    ssize_t size = file_text_fill(fd, text, sizeof(text) - 1);
    bool good =
        size >= 0 ? secret_take(text, (size_t)size, path, secret, error) : fail_errno(error, path);
    sodium_memzero(text, sizeof(text));
    return good;
}

bool secret_file_read(const char *path, char secret[SECRET_BYTES], struct settings_error *error)
{
    secret[0] = '\0';
    int fd = file_text_open(path, "密码文件", "the secret file", error);
    if (fd < 0) {
        return false;
    }
    bool good = file_take(fd, path, secret, error);
    (void)close(fd);
    return good;
}
