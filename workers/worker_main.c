// worker_main - the command line of a worker
//
// One table of the options that all workers have; a worker's own follow it. Checking and help come
// from the tables.
#include "workers/worker_private.h"

#include "common/limits.h"
#include "common/service.h"
#include "settings/file_keys.h"
#include "settings/keyfile.h"

#include <assert.h>
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { STATUS_GOOD = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, GO_ON = -1 };

enum { OPTIONS_MAX = 32, ERROR_BYTES = 1024 };

enum shared {
    CONFIG,
    NAME,
    ENDPOINT,
    SERVER_KEY,
    KEY,
    LOG_LEVEL,
    LOG_FORMAT,
    HELP,
    VERSION,
    SHARED_COUNT
};

#define STANDARD_CONFIG "/etc/awardd/awardctl.yaml"

static const struct shared_option {
    const char *name;
    const char *argument; // NULL: none
    const char *zh;
    const char *en;
} SHARED[SHARED_COUNT] = {
    [CONFIG] = {"config",     "FILE",    "awardctl 的配置，默认 " STANDARD_CONFIG,
                "configuration of awardctl, " STANDARD_CONFIG " unless given"                                                 },
    [NAME] = {"name",       "NAME",    "用谁的密钥：密钥目录中的 NAME.key",
                "whose key: NAME.key in the directory of keys"                                                                },
    [ENDPOINT] = {"endpoint",   "ADDRESS", "协调程序的工作端地址",                     "where the coordinator listens"},
    [SERVER_KEY] = {"server-key", "Z85",     "协调程序的公钥",                              "the coordinator's public key" },
    [KEY] = {"key",        "FILE",    "本程序的密钥文件",                           "the key file of this worker"  },
    [LOG_LEVEL] = {"log-level",  "LEVEL",   "error、warn、info 或 debug；先于配置文件",
                "error, warn, info or debug; before the configuration"                                                        },
    [LOG_FORMAT] = {"log-format", "FORMAT",  "text 或 json；先于配置文件",
                "text or json; before the configuration"                                                                      },
    [HELP] = {"help",       NULL,      "显示帮助",                                       "show this help"               },
    [VERSION] = {"version",    NULL,      "显示版本",                                       "show the version"             },
};

static size_t own_count(const struct worker *worker)
{
    size_t count = 0;
    while (worker->options != NULL && worker->options[count].name != NULL) {
        count++;
    }
    return count;
}

static void option_print(const char *name, const char *argument, const char *zh, const char *en)
{
    char left[64];
    (void)snprintf(left, sizeof(left), "--%s %s", name, argument != NULL ? argument : "");
    (void)printf("  %-24s %s / %s\n", left, zh, en);
}

static void help_print(const struct worker *worker)
{
    (void)printf("%s - %s / %s\n\n", worker->name, worker->zh, worker->en);
    (void)printf("用法 / usage: %s [--config FILE] [--name %s]\n"
                 "              %s --endpoint ADDRESS --server-key Z85 --key FILE\n\n",
                 worker->name, worker->principal, worker->name);
    for (size_t i = 0; i < SHARED_COUNT; i++) {
        option_print(SHARED[i].name, SHARED[i].argument, SHARED[i].zh, SHARED[i].en);
    }
    for (size_t i = 0; i < own_count(worker); i++) {
        const struct worker_option *option = &worker->options[i];
        option_print(option->name, option->argument, option->zh, option->en);
    }
    (void)puts(
        "\n退出码 / exit status: 0 正常 / fine, 1 配置、密钥、端口或输出 / configuration or key or "
        "endpoint or output, 2 用法 / usage");
}

// Takes a word out of a list of choices; says what is wrong with another.
static int choice_take(const struct worker *worker, const struct key_choice *choices, int index,
                       const char *value, int64_t *taken)
{
    for (; choices->name != NULL; choices++) {
        if (strcmp(choices->name, value) == 0) {
            *taken = choices->value;
            return GO_ON;
        }
    }
    (void)fprintf(stderr, "%s: --%s：没有 %s 这个值；见 --help / there is no %s; see --help\n",
                  worker->name, SHARED[index].name, value, value);
    return STATUS_USAGE;
}

static int log_option_take(const struct worker *worker, struct worker_settings *settings, int index,
                           const char *value)
{
    int64_t taken = 0;
    bool level = index == LOG_LEVEL;
    const struct key_choice *choices = level ? log_level_choices : log_format_choices;
    int status = choice_take(worker, choices, index, value, &taken);
    if (status == GO_ON && level) {
        settings->log_level = (enum log_level)taken;
        settings->log_level_given = true;
    } else if (status == GO_ON) {
        settings->log_format = (enum log_format)taken;
        settings->log_format_given = true;
    }
    return status;
}

// Takes one option, by its place in the tables.
static int option_take(const struct worker *worker, struct worker_settings *settings, int index,
                       const char *value)
{
    switch (index) {
    case CONFIG:
        settings->config = value;
        return GO_ON;
    case NAME:
        settings->principal = value;
        return GO_ON;
    case ENDPOINT:
        settings->endpoint = value;
        return GO_ON;
    case SERVER_KEY:
        settings->server_key = value;
        return GO_ON;
    case KEY:
        settings->key_path = value;
        return GO_ON;
    case LOG_LEVEL:
    case LOG_FORMAT:
        return log_option_take(worker, settings, index, value);
    case HELP:
        help_print(worker);
        return STATUS_GOOD;
    case VERSION:
        (void)printf("%s %s\n", worker->name, AWARD_VERSION);
        return STATUS_GOOD;
    default:
        assert(index >= SHARED_COUNT && (size_t)(index - SHARED_COUNT) < own_count(worker));
        *worker->options[index - SHARED_COUNT].value = value;
        return GO_ON;
    }
}

static void options_fill(const struct worker *worker, struct option options[OPTIONS_MAX])
{
    assert(SHARED_COUNT + own_count(worker) < OPTIONS_MAX);
    size_t count = 0;
    for (size_t i = 0; i < SHARED_COUNT; i++) {
        options[count++] = (struct option){
            SHARED[i].name, SHARED[i].argument != NULL ? required_argument : no_argument, NULL, 0};
    }
    for (size_t i = 0; i < own_count(worker); i++) {
        options[count++] = (struct option){worker->options[i].name, required_argument, NULL, 0};
    }
    options[count] = (struct option){NULL, 0, NULL, 0};
}

static int usage(const struct worker *worker, const char *zh, const char *en)
{
    (void)fprintf(stderr, "%s: %s；见 --help / %s; see --help\n", worker->name, zh, en);
    return STATUS_USAGE;
}

// As usage does, of the word that it is about.
static int usage_of(const struct worker *worker, const char *zh, const char *en, const char *word)
{
    (void)fprintf(stderr, "%s: %s：%s；见 --help / %s: %s; see --help\n", worker->name, zh, word,
                  en, word);
    return STATUS_USAGE;
}

static int arguments_read(int argc, char **argv, const struct worker *worker,
                          struct worker_settings *settings)
{
    struct option options[OPTIONS_MAX];
    options_fill(worker, options);
    int index = -1;
    int found = 0;
    opterr = 0; // it is said here, once
    while ((found = getopt_long(argc, argv, ":", options, &index)) != -1) {
        if (found == ':') {
            return usage_of(worker, "选项缺少一个值", "an option lacks its value",
                            argv[optind - 1]);
        }
        if (found != 0) {
            return usage_of(worker, "选项无法读懂", "an option cannot be read", argv[optind - 1]);
        }
        int status = option_take(worker, settings, index, optarg);
        if (status != GO_ON) {
            return status;
        }
    }
    if (optind < argc) {
        return usage_of(worker, "多余的参数", "one argument too many", argv[optind]);
    }
    bool none =
        settings->endpoint == NULL && settings->server_key == NULL && settings->key_path == NULL;
    if (none && settings->config == NULL) {
        settings->config = STANDARD_CONFIG;
    }
    if (settings->config == NULL && (settings->endpoint == NULL || settings->server_key == NULL ||
                                     settings->key_path == NULL)) {
        return usage(worker, "缺少 --endpoint、--server-key 或 --key",
                     "--endpoint, --server-key or --key is missing");
    }
    if (settings->server_key != NULL && !bus_key_valid(settings->server_key)) {
        return usage(worker, "--server-key 不是 40 个字符的 Z85 公钥",
                     "--server-key is no Z85 key of 40 characters");
    }
    return GO_ON;
}

// What the command line did not say, from the configuration that it names.
static bool config_read(const struct worker *worker, struct worker_settings *settings,
                        struct arena *arena)
{
    struct settings_error error = {0};
    struct client_file *file = arena_alloc(arena, sizeof(*file));
    if (!worker_config_read(settings, file, &error, arena)) {
        log_say(SAY_CONFIG_WRONG, .reason = settings_error_text(&error, settings->config, arena));
        return false;
    }
    settings->file = file;
    worker_log_open(worker, settings, file);
    if (settings->endpoint == NULL && file->worker_endpoint[0] == '\0') {
        log_say(SAY_ENDPOINT_MISSING, .file = settings->config);
        return false;
    }
    if (settings->endpoint == NULL) {
        settings->endpoint = file->worker_endpoint;
    }
    if (settings->server_key == NULL) {
        settings->server_key = file->server_public_key;
    }
    if (settings->key_path == NULL) {
        settings->key_path =
            arena_format(arena, "%s/%s.key", file->keys_directory, settings->principal);
    }
    return true;
}

static bool key_read(struct worker_settings *settings, struct arena *arena)
{
    struct keyfile keyfile;
    struct settings_error error;
    if (!keyfile_read(settings->key_path, &keyfile, &error)) {
        log_say(SAY_KEY_FILE_WRONG,
                .reason = settings_error_text(&error, settings->key_path, arena));
        return false;
    }
    if (keyfile.keys.secret_key[0] == '\0') {
        log_say(SAY_SECRET_MISSING, .file = settings->key_path);
        return false;
    }
    settings->keys = keyfile.keys;
    sodium_memzero(&keyfile, sizeof(keyfile));
    return true;
}

static bool worker_init(const struct worker *worker, struct arena *arena)
{
    const char *reason = NULL;
    if (worker->init == NULL || worker->init(worker->context, arena, &reason)) {
        return true;
    }
    log_say(SAY_NOT_STARTED, .reason = reason);
    return false;
}

static int work(const struct worker *worker, struct worker_settings *settings)
{
    service_hangup_hold();
    log_open(worker->name, settings->log_level, settings->log_format);
    struct arena *arena = arena_create();
    bool good = sodium_init() >= 0 &&
                (settings->config == NULL || config_read(worker, settings, arena)) &&
                key_read(settings, arena) && worker_init(worker, arena);
    int status = good ? worker_run(worker, settings) : STATUS_FAILED;
    arena_destroy(arena);
    sodium_memzero(&settings->keys, sizeof(settings->keys));
    return status;
}

int worker_main(int argc, char **argv, const struct worker *worker)
{
    service_standard_hold();
    struct worker_settings settings = {.log_level = LOG_INFO, .principal = worker->principal};
    int status = arguments_read(argc, argv, worker, &settings);
    status = status == GO_ON ? work(worker, &settings) : status;
    return service_output_end(worker->name, status, STATUS_FAILED);
}
