// awardd - the coordinator of a city's quality award
//
// Serves in the foreground and logs to standard error. `--create` makes a database, `verify` and
// `rebuild` are for when it is not serving.
#include "common/log.h"
#include "daemon/exit_status.h"
#include "daemon/ledger.h"
#include "daemon/server.h"
#include "daemon/verify.h"
#include "settings/file_text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "用法 / usage: awardd --config FILE [command]\n"
    "\n"
    "  (none)                 运行协调程序 / serve\n"
    "  --create GENESIS       用创始文件建立数据库 / make a database from a genesis file\n"
    "  --check-config         只检查配置 / check the configuration only\n"
    "  verify [--every N]     核对日志与状态 / check journal and state\n"
    "  rebuild                由日志重建状态 / make the state anew from the journal\n"
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
    uint64_t every;
    bool check_config;
};

enum { OPTION_CREATE = 256, OPTION_CHECK, OPTION_EVERY };

static const struct option long_options[] = {
    {"config",       required_argument, NULL, 'c'          },
    {"create",       required_argument, NULL, OPTION_CREATE},
    {"check-config", no_argument,       NULL, OPTION_CHECK },
    {"every",        required_argument, NULL, OPTION_EVERY },
    {"help",         no_argument,       NULL, 'h'          },
    {"version",      no_argument,       NULL, 'V'          },
    {NULL,           0,                 NULL, 0            },
};

// Returns -1 to go on, or an exit status.
static int options_read(int argc, char **argv, struct options *options)
{
    int option;
    while ((option = getopt_long(argc, argv, "c:hV", long_options, NULL)) != -1) {
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
        case OPTION_EVERY:
            options->every = strtoull(optarg, NULL, 10);
            break;
        case 'h':
            (void)fputs(usage, stdout);
            return EXIT_SUCCESS;
        case 'V':
            (void)puts("awardd " AWARD_VERSION);
            return EXIT_SUCCESS;
        default:
            (void)fputs(usage, stderr);
            return EXIT_STATUS_USAGE;
        }
    }
    options->command = optind < argc ? argv[optind] : NULL;
    if (argc - optind > 1) {
        (void)fputs(usage, stderr);
        return EXIT_STATUS_USAGE;
    }
    return -1;
}

static bool config_read(const char *path, struct daemon_file *file)
{
    char sentence[512];
    struct settings_error error;
    size_t length;
    char *text = file_text_read(path, &length, sentence, sizeof(sentence));
    if (text == NULL) {
        (void)fprintf(stderr, "awardd: %s\n", sentence);
        return false;
    }
    bool good = daemon_file_read(text, length, path, file, &error);
    if (!good) {
        (void)fprintf(stderr, "awardd: %s:%zu:%zu: %s\n        %s\n", path, error.line,
                      error.column, error.zh, error.en);
    }
    free(text);
    return good;
}

static int create_run(const struct daemon_file *file, const char *genesis_path)
{
    char sentence[512];
    size_t length;
    char *text = file_text_read(genesis_path, &length, sentence, sizeof(sentence));
    if (text == NULL) {
        (void)fprintf(stderr, "awardd: %s\n", sentence);
        return EXIT_STATUS_SETTINGS;
    }
    struct arena *arena = arena_create();
    struct codec_error wrong;
    struct store_error error;
    int status = EXIT_SUCCESS;
    const Award__Genesis *genesis = (const Award__Genesis *)codec_from_json(
        &award__genesis__descriptor, text, length, arena, &wrong);
    if (genesis == NULL) {
        (void)fprintf(stderr, "awardd: %s: %s\n        %s\n", genesis_path, wrong.zh, wrong.en);
        status = EXIT_STATUS_SETTINGS;
    } else if (ledger_create(file->data_directory, genesis, &error) != STORE_OK) {
        (void)fprintf(stderr, "awardd: %s\n", error.text);
        status = EXIT_STATUS_STORAGE;
    }
    arena_destroy(arena);
    free(text);
    return status;
}

int main(int argc, char **argv)
{
    struct options options = {.config = "/etc/awardd/awardd.yaml"};
    int status = options_read(argc, argv, &options);
    if (status >= 0) {
        return status;
    }
    struct daemon_file file;
    if (!config_read(options.config, &file)) {
        return EXIT_STATUS_SETTINGS;
    }
    log_open("awardd", file.log_level);
    if (options.check_config) {
        return EXIT_SUCCESS;
    }
    if (options.create != NULL) {
        return create_run(&file, options.create);
    }
    if (options.command == NULL) {
        return server_run(&file);
    }
    if (strcmp(options.command, "verify") == 0) {
        return verify_run(file.data_directory, options.every);
    }
    if (strcmp(options.command, "rebuild") == 0) {
        return rebuild_run(file.data_directory);
    }
    (void)fputs(usage, stderr);
    return EXIT_STATUS_USAGE;
}
