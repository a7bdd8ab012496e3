// keyfile - reading and writing the key of a principal
//
// A table of the three lines; each is checked where it stands, and the pair at the end.
#include "settings/keyfile.h"

#include "settings/file_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_BYTES = 256, SECRET_MODE = 0600, PUBLIC_MODE = 0644 };

static const struct line {
    const char *name;
    size_t offset;
    size_t size;
} LINES[] = {
    {"name",       offsetof(struct keyfile, name),            KEYFILE_NAME_BYTES},
    {"public-key", offsetof(struct keyfile, keys.public_key), BUS_KEY_BYTES     },
    {"secret-key", offsetof(struct keyfile, keys.secret_key), BUS_KEY_BYTES     },
};

enum { LINE_COUNT = sizeof(LINES) / sizeof(LINES[0]) };

// Where a sentence about a file goes. It says the file itself, for that may be a credential.
struct report {
    const char *path;
    bool credential;
    struct settings_error *error;
};

__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static bool
fail(const struct report *report, const char *zh, const char *en, ...)
{
    char text_zh[sizeof(report->error->zh)];
    char text_en[sizeof(report->error->en)];
    va_list values;
    va_start(values, en);
    (void)vsnprintf(text_zh, sizeof(text_zh), zh, values);
    va_end(values);
    va_start(values, en);
    (void)vsnprintf(text_en, sizeof(text_en), en, values);
    va_end(values);
    return settings_error_set(report->error, 0, 0, text_zh, text_en);
}

static bool fail_errno(const struct report *report)
{
    return fail(report, "密钥文件 %s 无法使用：%s；请检查路径和权限",
                "the key file %s cannot be used: %s; check path and permissions", report->path,
                strerror(errno));
}

static bool fail_line(const struct report *report, unsigned int line)
{
    return fail(report,
                "密钥文件 %s 第 %u 行无法读懂；应为 name、public-key、secret-key "
                "之一、冒号和值，各一次",
                "the key file %s, line %u: expected name, public-key or secret-key, a colon and a "
                "value, each once",
                report->path, line);
}

static bool fail_keys(const struct report *report)
{
    return fail(report,
                "密钥文件 %s 缺少名称或公钥，或两把密钥不成一对；请用 awardctl key new 重新生成",
                "the key file %s: the name or the public key is missing, or the two keys are no "
                "pair; make a new one with awardctl key new",
                report->path);
}

static bool fail_mode(const struct report *report, unsigned int mode)
{
    return fail(report, "密钥文件 %s 含有私钥，却可被他人读取（权限 %03o）；请对它执行 chmod 600",
                "the key file %s holds a secret key and is open to others (mode %03o); run chmod "
                "600 on it",
                report->path, mode);
}

// Cuts blanks at both ends.
static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL) {
        length--;
    }
    text[length] = '\0';
    return text;
}

static bool value_set(struct keyfile *out, const char *name, const char *value)
{
    for (size_t i = 0; i < LINE_COUNT; i++) {
        char *field = (char *)out + LINES[i].offset;
        if (strcmp(LINES[i].name, name) == 0) {
            size_t length = strlen(value);
            bool good = length > 0 && length < LINES[i].size && field[0] == '\0';
            if (good) {
                memcpy(field, value, length + 1);
            }
            return good;
        }
    }
    return false;
}

static bool line_read(char *text, struct keyfile *out)
{
    text = trim(text);
    if (text[0] == '\0' || text[0] == '#') {
        return true;
    }
    char *colon = strchr(text, ':');
    if (colon == NULL) {
        return false;
    }
    *colon = '\0';
    return value_set(out, trim(text), trim(colon + 1));
}

static bool keyfile_valid(const struct keyfile *keyfile)
{
    char public_key[BUS_KEY_BYTES];
    if (keyfile->name[0] == '\0' || strpbrk(keyfile->name, "\r\n") != NULL ||
        !bus_key_valid(keyfile->keys.public_key)) {
        return false;
    }
    return keyfile->keys.secret_key[0] == '\0' ||
           (bus_public_key(keyfile->keys.secret_key, public_key) &&
            strcmp(public_key, keyfile->keys.public_key) == 0);
}

static bool file_read(FILE *file, const struct report *report, struct keyfile *out)
{
    char text[LINE_BYTES];
    unsigned int number = 0;
    while (fgets(text, sizeof(text), file) != NULL) {
        number++;
        if ((strchr(text, '\n') == NULL && !feof(file)) || !line_read(text, out)) {
            return fail_line(report, number);
        }
    }
    struct stat status;
    if (ferror(file) || fstat(fileno(file), &status) != 0) {
        return fail_errno(report);
    }
    if (!keyfile_valid(out)) {
        return fail_keys(report);
    }
    if (out->keys.secret_key[0] != '\0' && !report->credential &&
        (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail_mode(report, (unsigned int)status.st_mode & 0777U);
    }
    return true;
}

// The credential that has the name of the file, in `place`. False where there is none.
static bool credential_find(const char *path, char place[PATH_MAX])
{
    const char *directory = getenv("CREDENTIALS_DIRECTORY");
    if (directory == NULL || directory[0] != '/') {
        return false;
    }
    const char *slash = strrchr(path, '/');
    int length = snprintf(place, PATH_MAX, "%s/%s", directory, slash != NULL ? slash + 1 : path);
    return length > 0 && length < PATH_MAX && access(place, F_OK) == 0;
}

bool keyfile_read(const char *path, struct keyfile *out, struct settings_error *error)
{
    char place[PATH_MAX];
    struct report report = {.path = path, .error = error};
    report.credential = credential_find(path, place);
    if (report.credential) {
        report.path = place;
    }
    *out = (struct keyfile){.name = ""};
    int fd = file_text_open(report.path, "密钥文件", "the key file", error);
    if (fd < 0) {
        return false;
    }
    FILE *file = fdopen(fd, "r");
    if (file == NULL) {
        (void)fail_errno(&report);
        (void)close(fd);
        return false;
    }
    bool good = file_read(file, &report, out);
    (void)fclose(file);
    if (!good) {
        *out = (struct keyfile){.name = ""};
    }
    return good;
}

static bool file_write(int fd, const struct keyfile *keyfile)
{
    if (dprintf(fd, "name: %s\npublic-key: %s\n", keyfile->name, keyfile->keys.public_key) < 0) {
        return false;
    }
    if (keyfile->keys.secret_key[0] != '\0' &&
        dprintf(fd, "secret-key: %s\n", keyfile->keys.secret_key) < 0) {
        return false;
    }
    return fsync(fd) == 0;
}

bool keyfile_write(const char *path, const struct keyfile *keyfile, struct settings_error *error)
{
    const struct report report = {.path = path, .error = error};
    if (!keyfile_valid(keyfile)) {
        return fail_keys(&report);
    }
    mode_t mode = keyfile->keys.secret_key[0] != '\0' ? SECRET_MODE : PUBLIC_MODE;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0) {
        return fail_errno(&report);
    }
    bool good = file_write(fd, keyfile);
    good = close(fd) == 0 && good;
    if (!good) {
        (void)fail_errno(&report);
        (void)unlink(path);
    }
    return good;
}
