// worker_main - the command line of a worker
//
// One table of the options that all workers have; a worker's own follow it. Checking and help come
// from the tables.
#include "workers/worker_private.h"

#include "settings/keyfile.h"

#include <assert.h>
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { STATUS_GOOD = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, GO_ON = -1 };

enum { OPTIONS_MAX = 32, ERROR_BYTES = 1024 };

enum shared { ENDPOINT, SERVER_KEY, KEY, LOG_LEVEL, HELP, VERSION, SHARED_COUNT };

static const struct shared_option {
    const char *name;
    const char *argument; // NULL: none
    const char *zh;
    const char *en;
} SHARED[SHARED_COUNT] = {
    [ENDPOINT] = {"endpoint",   "ADDRESS", "协调程序的工作端地址",              "where the coordinator listens"},
    [SERVER_KEY] = {"server-key", "Z85",     "协调程序的公钥",                       "the coordinator's public key" },
    [KEY] = {"key",        "FILE",    "本程序的密钥文件",                    "the key file of this worker"  },
    [LOG_LEVEL] = {"log-level",  "LEVEL",   "error、warn、info 或 debug，默认 info",
                  "error, warn, info or debug; info unless given"                                                        },
    [HELP] = {"help",       NULL,      "显示帮助",                                "show this help"               },
    [VERSION] = {"version",    NULL,      "显示版本",                                "show the version"             },
};

static const struct level {
    const char *name;
    enum log_level level;
} LEVELS[] = {
    {"error", LOG_ERROR},
    {"warn",  LOG_WARN },
    {"info",  LOG_INFO },
    {"debug", LOG_DEBUG}
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
    (void)printf("用法 / usage: %s --endpoint ADDRESS --server-key Z85 --key FILE\n\n",
                 worker->name);
    for (size_t i = 0; i < SHARED_COUNT; i++) {
        option_print(SHARED[i].name, SHARED[i].argument, SHARED[i].zh, SHARED[i].en);
    }
    for (size_t i = 0; i < own_count(worker); i++) {
        const struct worker_option *option = &worker->options[i];
        option_print(option->name, option->argument, option->zh, option->en);
    }
}

static bool level_read(const char *text, enum log_level *level)
{
    for (size_t i = 0; i < sizeof(LEVELS) / sizeof(LEVELS[0]); i++) {
        if (strcmp(LEVELS[i].name, text) == 0) {
            *level = LEVELS[i].level;
            return true;
        }
    }
    return false;
}

// Takes one option, by its place in the tables.
static int option_take(const struct worker *worker, struct worker_settings *settings, int index,
                       const char *value)
{
    switch (index) {
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
        if (level_read(value, &settings->log_level)) {
            return GO_ON;
        }
        (void)fprintf(stderr, "%s: --log-level：%s 不是日志级别 / %s is no log level\n",
                      worker->name, value, value);
        return STATUS_USAGE;
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

static int arguments_read(int argc, char **argv, const struct worker *worker,
                          struct worker_settings *settings)
{
    struct option options[OPTIONS_MAX];
    options_fill(worker, options);
    int index = -1;
    int found = 0;
    while ((found = getopt_long(argc, argv, "", options, &index)) != -1) {
        if (found != 0) {
            return usage(worker, "选项无法读懂", "an option cannot be read");
        }
        int status = option_take(worker, settings, index, optarg);
        if (status != GO_ON) {
            return status;
        }
    }
    if (optind < argc) {
        return usage(worker, "多余的参数", "there are arguments too many");
    }
    if (settings->endpoint == NULL || settings->server_key == NULL || settings->key_path == NULL) {
        return usage(worker, "缺少 --endpoint、--server-key 或 --key",
                     "--endpoint, --server-key or --key is missing");
    }
    if (!bus_key_valid(settings->server_key)) {
        return usage(worker, "--server-key 不是 40 个字符的 Z85 公钥",
                     "--server-key is no Z85 key of 40 characters");
    }
    return GO_ON;
}

static bool key_read(struct worker_settings *settings)
{
    struct keyfile keyfile;
    char error[ERROR_BYTES];
    if (!keyfile_read(settings->key_path, &keyfile, error, sizeof(error))) {
        log_line(LOG_ERROR, "%s", error);
        return false;
    }
    if (keyfile.keys.secret_key[0] == '\0') {
        log_line(LOG_ERROR, "密钥文件没有私钥 / the key file holds no secret key file=%s",
                 settings->key_path);
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
    log_line(LOG_ERROR, "%s", reason != NULL ? reason : "无法启动 / cannot start");
    return false;
}

int worker_main(int argc, char **argv, const struct worker *worker)
{
    struct worker_settings settings = {.log_level = LOG_INFO};
    int status = arguments_read(argc, argv, worker, &settings);
    if (status != GO_ON) {
        return status;
    }
    log_open(worker->name, settings.log_level);
    if (sodium_init() < 0 || !key_read(&settings)) {
        return STATUS_FAILED;
    }
    struct arena *arena = arena_create();
    status = worker_init(worker, arena) ? worker_run(worker, &settings) : STATUS_FAILED;
    arena_destroy(arena);
    sodium_memzero(&settings.keys, sizeof(settings.keys));
    return status;
}
