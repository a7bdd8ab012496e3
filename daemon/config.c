// config - awardd.yaml as the program reads it at its start, and what it says of it
#include "daemon/config.h"

#include "common/limits.h"
#include "settings/file_keys.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void config_error_print(const char *path, const struct settings_error *error)
{
    char place[SETTINGS_PLACE_BYTES];
    settings_error_place(error, path, place);
    (void)fprintf(stderr, "awardd: %s%s\n        %s\n", place, error->zh, error->en);
}

static void errors_print(const char *path, const struct settings_errors *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        config_error_print(path, &errors->list[i]);
    }
    if (errors->count == SETTINGS_ERRORS_MAX) {
        (void)fprintf(stderr,
                      "awardd: %s：可能还有别的错误；请先改正以上各处\n"
                      "        there may be more; mend these first\n",
                      path);
    }
}

bool config_read(const char *path, struct arena *arena, struct daemon_file *file)
{
    struct settings_errors *errors = arena_alloc(arena, sizeof(*errors));
    const char *text;
    size_t length;
    if (!file_text_read(path, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, &errors->list[0])) {
        config_error_print(path, &errors->list[0]);
        return false;
    }
    if (!daemon_file_check(text, length, path, file, errors)) {
        errors_print(path, errors);
        return false;
    }
    return true;
}

// ---- What was found

// Neither has to be there for the configuration to be right: the database is made by --create, and
// a service may get its key from the service manager.
static void files_print(const struct daemon_file *file, struct arena *arena)
{
    const char *journal = arena_format(arena, "%s/journal", file->data_directory);
    (void)printf("数据库 database: %s\n",
                 access(journal, F_OK) == 0
                     ? "已建立 there"
                     : "尚未建立，或此用户看不到 not made yet (awardctl init), or not to be seen "
                       "by this user");
    (void)printf("服务器密钥 server key: %s\n",
                 access(file->server_key_file, R_OK) == 0 ? "可读 can be read" : strerror(errno));
}

static const char *origin(const struct daemon_file *file, size_t row, struct arena *arena)
{
    uint32_t line = file->lines[row];
    return line > 0 ? arena_format(arena, "第 %u 行 line %u", line, line) : "默认 default";
}

void config_print(const struct daemon_file *file, struct arena *arena)
{
    const char *values[DAEMON_KEYS_MAX] = {NULL};
    const size_t rows = daemon_keys.rows_count;
    size_t longest = 0;
    for (size_t i = 1; i < rows; i++) {
        values[i] = daemon_file_value(file, &daemon_keys.rows[i], arena);
        size_t length = strlen(values[i]);
        longest = length > longest ? length : longest;
    }
    (void)printf("%s: 配置无误 the configuration is correct\n", file->path);
    for (size_t i = 1; i < rows; i++) {
        (void)printf("  %-23s %-*s  %s\n", daemon_keys.rows[i].path, (int)longest, values[i],
                     origin(file, i, arena));
    }
    files_print(file, arena);
}
