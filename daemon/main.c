// awardd - the coordinator of a city's quality award
//
// Serves in the foreground and logs to standard error. `--create` makes a database, `verify` and
// `rebuild` are for when it is not serving.
#include "common/limits.h"
#include "common/log.h"
#include "common/service.h"
#include "daemon/backup.h"
#include "daemon/config.h"
#include "daemon/exit_status.h"
#include "daemon/ledger.h"
#include "daemon/metrics_table.h"
#include "daemon/server.h"
#include "daemon/verify.h"
#include "settings/file_text.h"

#include <errno.h>
#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "用法 / usage: awardd --config FILE [command]\n"
    "\n"
    "  (none)                 运行协调程序 / serve\n"
    "  --create GENESIS       用创始文件建立数据库 / make a database from a genesis file\n"
    "  --check-config         检查并列出配置 / check the configuration, and list it\n"
    "  --metrics              列出全部指标 / list the metrics\n"
    "  verify [DIR]           核对日志与状态，或一份备份 / check journal and state, or those of a "
    "copy\n"
    "  --every N              verify：每隔 N 条另列出状态摘要 / verify: also print the digest of "
    "the state each N entries\n"
    "  rebuild                由日志重建状态 / make the state anew from the journal\n"
    "  backup DIR             备份到 DIR，可在运行时进行 / copy the database, also while it "
    "serves\n"
    "  restore DIR            由备份恢复到空目录，库代更新 / make it from a copy, in a new epoch\n"
    "\n"
    "  -c, --config FILE      配置文件 / configuration (default /etc/awardd/awardd.yaml)\n"
    "  -h, --help             本帮助 / this help\n"
    "  -V, --version          版本 / version\n"
    "\n"
    "退出码 / exit status: 0 正常 / fine, 2 用法 / usage, 3 配置 / settings, 4 存储 / storage,\n"
    "5 已有实例 / another awardd runs, 6 端口 / cannot listen, 7 核对不符 / verify found damage\n";

struct options {
    const char *config;
    const char *create;
    const char *command;
    const char *argument; // of the command, NULL where there is none
    uint64_t every;
    bool check_config;
};

enum { OPTION_CREATE = 256, OPTION_CHECK, OPTION_METRICS, OPTION_EVERY };

static const struct option long_options[] = {
    {"config",       required_argument, NULL, 'c'           },
    {"create",       required_argument, NULL, OPTION_CREATE },
    {"check-config", no_argument,       NULL, OPTION_CHECK  },
    {"metrics",      no_argument,       NULL, OPTION_METRICS},
    {"every",        required_argument, NULL, OPTION_EVERY  },
    {"help",         no_argument,       NULL, 'h'           },
    {"version",      no_argument,       NULL, 'V'           },
    {NULL,           0,                 NULL, 0             },
};

static int usage_wrong(const char *zh, const char *en, const char *word)
{
    (void)fprintf(stderr, "awardd: %s：%s；见 awardd --help / %s: %s; see awardd --help\n", zh,
                  word, en, word);
    return EXIT_STATUS_USAGE;
}

static bool count_read(const char *text, uint64_t *count)
{
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    return text[0] >= '1' && text[0] <= '9' && *end == '\0' && errno == 0;
}

// Returns -1 to go on, or an exit status.
static int options_read(int argc, char **argv, struct options *options)
{
    int option;
    opterr = 0; // it is said here, once
    while ((option = getopt_long(argc, argv, ":c:hV", long_options, NULL)) != -1) {
        switch (option) {
        case 'c':
            options->config = optarg;
            break;
        case OPTION_CREATE:
            options->create = optarg;
            break;
        case OPTION_CHECK:
            options->check_config = true;
            break;
        case OPTION_METRICS:
            metrics_list(stdout);
            return EXIT_SUCCESS;
        case OPTION_EVERY:
            if (!count_read(optarg, &options->every)) {
                return usage_wrong("--every 应为正整数", "--every wants a whole number above zero",
                                   optarg);
            }
            break;
        case 'h':
            (void)fputs(usage, stdout);
            return EXIT_SUCCESS;
        case 'V':
            (void)puts("awardd " AWARD_VERSION);
            return EXIT_SUCCESS;
        case ':':
            return usage_wrong("选项缺少一个值", "an option lacks its value", argv[optind - 1]);
        default:
            return usage_wrong("选项无法读懂", "an option cannot be read", argv[optind - 1]);
        }
    }
    options->command = optind < argc ? argv[optind] : NULL;
    options->argument = optind + 1 < argc ? argv[optind + 1] : NULL;
    if (argc - optind > 2) {
        return usage_wrong("多余的参数", "one argument too many", argv[optind + 2]);
    }
    return -1;
}

static int create_run(const struct daemon_file *file, const char *path, struct arena *arena)
{
    struct settings_error unreadable;
    const char *text;
    size_t length;
    if (!file_text_read(path, LIMIT_LINE_BYTES, arena, &text, &length, &unreadable)) {
        config_error_print(path, &unreadable);
        return EXIT_STATUS_SETTINGS;
    }
    struct codec_error wrong;
    const Award__Genesis *genesis = (const Award__Genesis *)codec_from_json(
        &award__genesis__descriptor, text, length, arena, &wrong);
    if (genesis == NULL) {
        (void)fprintf(stderr, "awardd: %s: %s\n        %s\n", path, wrong.zh, wrong.en);
        return EXIT_STATUS_SETTINGS;
    }
    struct store_error error;
    if (ledger_create(file->data_directory, genesis, &error) != STORE_OK) {
        (void)fprintf(stderr, "awardd: %s\n", error.text);
        return error.code == STORE_FORMAT ? EXIT_STATUS_SETTINGS : EXIT_STATUS_STORAGE;
    }
    return EXIT_SUCCESS;
}

// ---- Commands

static int run_verify(const struct daemon_file *file, const struct options *options)
{
    const char *copy = options->argument;
    return verify_run(copy != NULL ? copy : file->data_directory, options->every);
}

static int run_rebuild(const struct daemon_file *file, const struct options *options)
{
    (void)options;
    return rebuild_run(file->data_directory);
}

static int run_backup(const struct daemon_file *file, const struct options *options)
{
    return backup_run(file->data_directory, options->argument);
}

static int run_restore(const struct daemon_file *file, const struct options *options)
{
    return restore_run(options->argument, file->data_directory);
}

struct command {
    const char *name;
    enum { NONE, ALLOWED, WANTED } directory; // whether it takes one
    int (*run)(const struct daemon_file *file, const struct options *options);
};

static const struct command commands[] = {
    {"verify",  ALLOWED, run_verify },
    {"rebuild", NONE,    run_rebuild},
    {"backup",  WANTED,  run_backup },
    {"restore", WANTED,  run_restore},
};

static const struct command *command_find(const char *name)
{
    size_t i = 0;
    while (i < sizeof(commands) / sizeof(commands[0]) && strcmp(commands[i].name, name) != 0) {
        i++;
    }
    return i < sizeof(commands) / sizeof(commands[0]) ? &commands[i] : NULL;
}

// Returns -1 to go on, or an exit status.
static int command_check(const struct options *options)
{
    if (options->command == NULL) {
        return -1;
    }
    const struct command *command = command_find(options->command);
    if (command == NULL) {
        return usage_wrong("没有这个命令", "there is no such command", options->command);
    }
    if (options->argument != NULL && command->directory == NONE) {
        return usage_wrong("多余的参数", "one argument too many", options->argument);
    }
    if (options->argument == NULL && command->directory == WANTED) {
        return usage_wrong("缺少目录", "a directory is missing", options->command);
    }
    return -1;
}

static int command_run(const struct options *options, struct arena *arena)
{
    struct daemon_file file;
    if (options->command == NULL && options->create == NULL && !options->check_config) {
        service_hangup_hold();
    }
    if (!config_read(options->config, arena, &file)) {
        return EXIT_STATUS_SETTINGS;
    }
    log_open("awardd", file.log_level, file.log_format);
    if (options->check_config) {
        config_print(&file, arena);
        return EXIT_SUCCESS;
    }
    if (options->create != NULL) {
        return create_run(&file, options->create, arena);
    }
    if (options->command == NULL) {
        return server_run(options->config, &file);
    }
    return command_find(options->command)->run(&file, options);
}

// Large blocks, those of the changes in memory above all, go back to the system as soon as they are
// free. By itself the library keeps for later what has been freed once.
static void memory_prepare(void)
{
    enum { OF_THEIR_OWN_BYTES = 256 * 1024 };
    (void)mallopt(M_MMAP_THRESHOLD, OF_THEIR_OWN_BYTES);
}

int main(int argc, char **argv)
{
    service_standard_hold();
    memory_prepare();
    struct options options = {.config = "/etc/awardd/awardd.yaml"};
    int status = options_read(argc, argv, &options);
    status = status < 0 ? command_check(&options) : status;
    if (status < 0) {
        struct arena *arena = arena_create();
        status = command_run(&options, arena);
        arena_destroy(arena);
    }
    return service_output_end("awardd", status, EXIT_STATUS_STORAGE);
}
