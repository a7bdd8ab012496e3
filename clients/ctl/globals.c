// globals - the options that stand with every command, and what a command begins with
#include "clients/ctl/globals.h"

#include "common/clock.h"
#include "common/limits.h"
#include "settings/file_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    TIMEOUT_SECONDS_MAX = 3600,
    OPTION_COLUMNS = 25,
};

// clang-format off
static const struct global_option OPTIONS[] = {
    {"--home",    "DIR",       "awardctl.yaml 所在目录（环境变量 AWARD_HOME；默认 /etc/awardd）", "directory of awardctl.yaml (AWARD_HOME; default /etc/awardd)"},
    {"--as",      "PRINCIPAL", "以谁的名义", "under whose key"},
    {"--keys",    "DIR",       "密钥目录", "directory of keys"},
    {"--output",  "table|json|csv", "表格、JSON 或 CSV", "a table, JSON or CSV"},
    {"--timeout", "SECONDS",   "等候答复的秒数，1 至 3600，默认 5", "seconds to wait for an answer, 1 to 3600, default 5"},
    {"--help",    NULL,        "帮助", "this help"},
    {"--version", NULL,        "版本", "the version"},
};

static const struct exit_status_row STATUSES[] = {
    {CTL_OK,           "正常", "fine"},
    {CTL_NOT_ADMITTED, "有事项未获准；check：有问题", "something was not admitted; check: something is wrong"},
    {CTL_USAGE,        "命令行", "command line"},
    {CTL_INPUT,        "文件、密钥或配置", "file, key or configuration"},
    {CTL_UNREACHABLE,  "awardd 没有应答", "no coordinator answers"},
    {CTL_DIFFERENT,    "verify、calendar check、init：核对不符", "verify, calendar check, init: does not agree"},
    {130,              "push：被 Ctrl-C 中断", "push: interrupted by Ctrl-C"},
    {143,              "push：被 SIGTERM 中断", "push: interrupted by SIGTERM"},
};
// clang-format on

const struct global_option *global_options(size_t *count)
{
    *count = sizeof(OPTIONS) / sizeof(OPTIONS[0]);
    return OPTIONS;
}

const struct exit_status_row *exit_statuses(size_t *count)
{
    *count = sizeof(STATUSES) / sizeof(STATUSES[0]);
    return STATUSES;
}

// ---- Help

void globals_options_print(void)
{
    (void)puts("通用选项 / options of all commands:");
    for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++) {
        const struct global_option *option = &OPTIONS[i];
        char left[64];
        (void)snprintf(left, sizeof(left), "%s %s", option->name,
                       option->argument != NULL ? option->argument : "");
        (void)printf("  %-*s%s\n  %*s%s\n", OPTION_COLUMNS, left, option->zh, OPTION_COLUMNS, "",
                     option->en);
    }
}

void exit_statuses_print(void)
{
    (void)puts("退出码 / exit status:");
    for (size_t i = 0; i < sizeof(STATUSES) / sizeof(STATUSES[0]); i++) {
        (void)printf("  %-4d%s / %s\n", STATUSES[i].status, STATUSES[i].zh, STATUSES[i].en);
    }
}

// ---- Reading

int globals_read(int argc, char **argv, struct globals *globals)
{
    const struct ctl_option options[] = {
        {"--home",    &globals->home,      NULL             },
        {"--as",      &globals->principal, NULL             },
        {"--keys",    &globals->keys,      NULL             },
        {"--output",  &globals->output,    NULL             },
        {"--timeout", &globals->timeout,   NULL             },
        {"--help",    NULL,                &globals->help   },
        {"--version", NULL,                &globals->version},
        {NULL,        NULL,                NULL             },
    };
    return ctl_options_some(options, argc, argv);
}

static bool output_read(struct ctl *ctl, const char *text)
{
    static const char *const names[] = {
        [CTL_TABLE] = "table", [CTL_JSON] = "json", [CTL_CSV] = "csv"};
    for (size_t i = 0; text != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(names[i], text) == 0) {
            ctl->output = (enum ctl_output)i;
            return true;
        }
    }
    return text == NULL;
}

static bool timeout_read(struct ctl *ctl, const char *text)
{
    ctl->timeout_ms = CLIENT_TIMEOUT_MS;
    if (text == NULL) {
        return true;
    }
    char *end;
    unsigned long seconds = strtoul(text, &end, 10);
    ctl->timeout_ms = (uint32_t)(seconds * MS_PER_SECOND);
    return *text >= '0' && *text <= '9' && *end == '\0' && seconds >= 1 &&
           seconds <= TIMEOUT_SECONDS_MAX;
}

// Where none is there, it is mostly the directory that is another one.
static int settings_wrong(struct ctl *ctl, const char *path, const struct settings_error *error)
{
    if (access(path, F_OK) == 0 || errno != ENOENT) {
        return ctl_file_error(path, error);
    }
    return ctl_error(
        CTL_INPUT,
        arena_format(ctl->arena,
                     "%s 中没有 awardctl.yaml；请用 --home 或 AWARD_HOME 写明办公室的目录，"
                     "新办公室由 awardctl init 建立",
                     ctl->home),
        arena_format(ctl->arena,
                     "there is no awardctl.yaml in %s; name the office's directory with --home or "
                     "AWARD_HOME, a new one is made by awardctl init",
                     ctl->home));
}

static int settings_read(struct ctl *ctl, bool needed)
{
    const char *text;
    size_t length;
    struct settings_error error;
    const char *path = arena_format(ctl->arena, "%s/awardctl.yaml", ctl->home);
    ctl->settings_read =
        file_text_read(path, LIMIT_FILE_TEXT_BYTES, ctl->arena, &text, &length, &error) &&
        client_file_read(text, length, path, &ctl->settings, &error);
    if (!ctl->settings_read) {
        ctl->settings = (struct client_file){0};
    }
    return ctl->settings_read || !needed ? CTL_OK : settings_wrong(ctl, path, &error);
}

int globals_prepare(struct ctl *ctl, const struct globals *globals, bool needs_settings)
{
    const char *environment = getenv("AWARD_HOME");
    const char *home = environment != NULL && environment[0] != '\0' ? environment : "/etc/awardd";
    ctl->home = globals->home != NULL ? globals->home : home;
    ctl->colours = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == NULL;
    if (!output_read(ctl, globals->output)) {
        return ctl_error(CTL_USAGE, "--output 应为 table、json 或 csv",
                         "--output is table, json or csv");
    }
    if (!timeout_read(ctl, globals->timeout)) {
        return ctl_error(CTL_USAGE, "--timeout 应为 1 到 3600 秒",
                         "--timeout is 1 to 3600 seconds");
    }
    int status = settings_read(ctl, needs_settings);
    ctl->as = globals->principal;
    ctl->principal = ctl->as != NULL ? ctl->as : ctl->settings.default_principal;
    ctl->keys = globals->keys != NULL ? globals->keys : ctl->settings.keys_directory;
    if (ctl->keys[0] == '\0') {
        ctl->keys = arena_format(ctl->arena, "%s/keys", ctl->home);
    }
    return status;
}
