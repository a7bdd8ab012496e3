// awardctl - the command line client of awardd
//
// Global options may stand before or behind the words of the command; what is not one of them is
// left to the command itself. A command that asks the coordinator reads awardctl.yaml first.
#include "clients/ctl/commands.h"
#include "common/limits.h"
#include "common/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// In the order of the help.
// clang-format off
static const struct command *const COMMANDS[] = {
    &command_init,
    &command_key_new,
    &command_key_list,
    &command_key_revoke,
    &command_push,
    &command_new,
    &command_send,
    &command_draw,
    &command_count,
    &command_apply,
    &command_supplement,
    &command_import,
    &command_clock_set,
    &command_status,
    &command_config_show,
    &command_today,
    &command_stuck,
    &command_cycle_list,
    &command_cycle_show,
    &command_case_list,
    &command_case_show,
    &command_enterprise_show,
    &command_ranking,
    &command_register,
    &command_complaints,
    &command_report,
    &command_deadlines,
    &command_why,
    &command_readings,
    &command_alerts,
    &command_alerts_ack,
    &command_alerts_snooze,
    &command_alerts_assign,
    &command_alert_test,
    &command_messages,
    &command_tasks,
    &command_duty,
    &command_duty_set,
    &command_duty_off,
    &command_away,
    &command_address,
    &command_check,
    &command_principals,
    &command_journal,
    &command_calendar_add,
    &command_calendar_between,
    &command_calendar_show,
    &command_calendar_import,
    &command_calendar_check,
    &command_rulebook_check,
    &command_rulebook_diff,
    &command_rulebook_show,
    &command_rulebook_keys,
    &command_rulebook_load,
    &command_policy_check,
    &command_policy_diff,
    &command_policy_show,
    &command_policy_load,
    &command_template_list,
    &command_template_show,
    &command_template_check,
    &command_template_preview,
    &command_explain,
    &command_export,
    &command_verify,
    &command_backup_create,
    &command_backup_verify,
    &command_backup_restore,
};
// clang-format on

enum {
    COMMANDS_COUNT = sizeof(COMMANDS) / sizeof(COMMANDS[0]),
    NAME_COLUMNS = 20,
    TIMEOUT_SECONDS_MAX = 3600,
    MS_PER_SECOND = 1000,
};

static const char globals_help[] =
    "通用选项 / options of all commands:\n"
    "  --home DIR          awardctl.yaml 所在目录（环境变量 AWARD_HOME；默认 /etc/awardd）\n"
    "                      directory of awardctl.yaml (AWARD_HOME; default /etc/awardd)\n"
    "  --as PRINCIPAL      以谁的名义 / under whose key\n"
    "  --keys DIR          密钥目录 / directory of keys\n"
    "  --output FORMAT     table、json 或 csv / table, json or csv\n"
    "  --timeout SECONDS   等候答复的秒数，默认 5 / seconds to wait, default 5\n"
    "  --help, --version   帮助、版本 / this help, the version\n"
    "\n"
    "退出码 / exit status: 0 正常 fine, 1 有事项未获准 something was not admitted, 2 命令行 "
    "usage,\n"
    "3 文件、密钥或配置 file, key or settings, 4 awardd 没有应答 no answer, 5 核对不符 does not "
    "agree\n";

struct globals {
    const char *home;
    const char *principal;
    const char *keys;
    const char *output;
    const char *timeout;
    bool help;
    bool version;
};

// Takes the global options out of the arguments. Returns how many are left, or -1: wrong.
static int globals_read(int argc, char **argv, struct globals *globals)
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
    int left = ctl_options_some(options, argc, argv);
    if (left < 0) {
        return ctl_error(-1, "通用选项缺少或多出一个值；见 awardctl --help",
                         "a value of an option is missing or not wanted; see awardctl --help");
    }
    return left;
}

static bool begins_with(const struct command *command, const char *word)
{
    size_t length = strlen(word);
    return strncmp(command->name, word, length) == 0 && command->name[length] == ' ';
}

// Those that begin with the word, "policy check" and the like; all, where none does.
static void help_print(const char *word)
{
    bool some = false;
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        some = some || begins_with(COMMANDS[i], word);
    }
    (void)puts("用法 / usage: awardctl COMMAND [ARGUMENTS] [OPTIONS]\n");
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        const struct command *command = COMMANDS[i];
        if (!some || begins_with(command, word)) {
            (void)printf("  %-*s%s\n  %*s%s\n", NAME_COLUMNS, command->name, command->zh,
                         NAME_COLUMNS, "", command->en);
        }
    }
    (void)printf("\n%s", globals_help);
}

static int command_help_print(const struct command *command)
{
    (void)printf("用法 / usage: awardctl %s %s\n\n%s\n%s\n", command->name, command->arguments,
                 command->zh, command->en);
    if (command->help != NULL) {
        (void)printf("\n%s", command->help);
    }
    (void)printf("\n%s", globals_help);
    return CTL_OK;
}

// How many of the arguments are the name of the command; 0: they are none.
static int words_matched(const struct command *command, int argc, char **argv)
{
    const char *name = command->name;
    for (int i = 0; i < argc; i++) {
        size_t length = strcspn(name, " ");
        if (strlen(argv[i]) != length || strncmp(argv[i], name, length) != 0) {
            return 0;
        }
        name += length;
        if (*name == '\0') {
            return i + 1;
        }
        name++;
    }
    return 0;
}

// The command with the longest name that fits: "alerts ack" before "alerts".
static const struct command *command_find(int argc, char **argv, int *words)
{
    const struct command *found = NULL;
    *words = 0;
    for (size_t i = 0; i < COMMANDS_COUNT; i++) {
        int matched = words_matched(COMMANDS[i], argc, argv);
        if (matched > *words) {
            *words = matched;
            found = COMMANDS[i];
        }
    }
    return found;
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
    return ctl->settings_read || !needed ? CTL_OK : ctl_file_error(path, &error);
}

// Options go before what the file says.
static int ctl_prepare(struct ctl *ctl, const struct globals *globals,
                       const struct command *command)
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
    int status = settings_read(ctl, command->needs_settings);
    ctl->as = globals->principal;
    ctl->principal = ctl->as != NULL ? ctl->as : ctl->settings.default_principal;
    ctl->keys = globals->keys != NULL ? globals->keys : ctl->settings.keys_directory;
    if (ctl->keys[0] == '\0') {
        ctl->keys = arena_format(ctl->arena, "%s/keys", ctl->home);
    }
    return status;
}

static int command_run(const struct command *command, const struct globals *globals, int argc,
                       char **argv)
{
    struct ctl ctl = {.arena = arena_create()};
    int status = ctl_prepare(&ctl, globals, command);
    if (status == CTL_OK) {
        status = command->run(&ctl, argc, argv);
    }
    client_close(ctl.client);
    arena_destroy(ctl.arena);
    if (fflush(stdout) != 0 && status == CTL_OK) {
        status = ctl_error(CTL_INPUT, "输出写不出去；请检查磁盘和管道",
                           "the output cannot be written; look at disk and pipe");
    }
    return status;
}

int main(int argc, char **argv)
{
    struct globals globals = {0};
    int words;
    argc = globals_read(argc - 1, ++argv, &globals);
    if (argc < 0) {
        return CTL_USAGE;
    }
    if (globals.version) {
        return puts("awardctl " AWARD_VERSION) < 0 ? CTL_INPUT : CTL_OK;
    }
    const struct command *command = command_find(argc, argv, &words);
    if (command == NULL && globals.help) {
        help_print(argc > 0 ? argv[0] : "");
        return CTL_OK;
    }
    if (command == NULL && argc == 0) {
        return ctl_error(
            CTL_USAGE, "请写明命令；awardctl --help 列出全部命令，awardctl today 看今日事项",
            "name a command; awardctl --help lists them, awardctl today is where to begin");
    }
    if (command == NULL) {
        return ctl_error(CTL_USAGE, "没有这个命令；awardctl --help 列出全部命令",
                         "there is no such command; awardctl --help lists them");
    }
    if (globals.help) {
        return command_help_print(command);
    }
    return command_run(command, &globals, argc - words, argv + words);
}
