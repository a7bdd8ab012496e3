// award-bench - events acknowledged per second by a running coordinator, beside the disk's own
// limit
//
// Reads awardctl.yaml and awardd.yaml of one office (awardctl init makes them), and works on the
// machine that its database is on. First one event is sent, to learn how many bytes its entry takes
// in the journal. Then each load on the coordinator, with every rule on, follows on the raw limit
// that it is compared with, for a disk that others use changes from one second to the next: entries
// of that size, in a directory of their own beside the database, while the coordinator rests. What
// it registers stays in the database: use one that is thrown away.
#include "clients/bench/figures.h"
#include "clients/bench/load.h"
#include "clients/bench/raw_limit.h"
#include "common/limits.h"
#include "settings/client_file.h"
#include "settings/daemon_file.h"
#include "settings/keyfile.h"

#include <errno.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_OK = 0, STATUS_VOID = 1, STATUS_USAGE = 2 };

// Of each measurement. A raw limit is over before the coordinator, resting for two seconds, writes
// its state to the same disk.
static const uint64_t LIMIT_NS = 1500000000;
static const uint64_t LOAD_NS = 2000000000;

static const size_t GROUPS[] = {1, 16, 256};

// Beside the raw limit with as many entries in a group as there are events in flight.
static const struct {
    size_t messages_in_flight;
    size_t events_per_message;
    size_t beside; // index of GROUPS
} LOADS[] = {
    {1,   1,  0},
    {16,  1,  1},
    {256, 1,  2},
    {4,   64, 2},
};

enum {
    GROUPS_COUNT = sizeof(GROUPS) / sizeof(GROUPS[0]),
    LOADS_COUNT = sizeof(LOADS) / sizeof(LOADS[0]),
};

static const char USAGE[] =
    "用法 / usage: award-bench --home DIR [--output table|json]\n"
    "  DIR 是 awardctl init 建立的目录，其 awardd 正在运行；用后即弃的数据库\n"
    "  DIR was made by awardctl init and its awardd is running; use a database to be thrown away\n";

struct bench {
    const char *home;
    bool json;
    struct arena *arena; // of the settings
    struct client_file client_settings;
    struct daemon_file daemon_settings;
    struct client *client;
    struct enterprises enterprises;
    size_t entry_bytes;
    struct figure limits[GROUPS_COUNT];
};

static bool fail(const char *zh, const char *en)
{
    (void)fprintf(stderr, "award-bench: %s\n  %s\n", zh, en);
    return false;
}

// ---- Settings and connection

static bool text_read(const struct bench *bench, const char *path, const char **text,
                      size_t *length)
{
    struct settings_error error;
    return file_text_read(path, LIMIT_FILE_TEXT_BYTES, bench->arena, text, length, &error) ||
           fail(error.zh, error.en);
}

static bool settings_read(struct bench *bench)
{
    struct settings_error error;
    const char *text;
    size_t length;
    const char *path = arena_format(bench->arena, "%s/awardctl.yaml", bench->home);
    if (!text_read(bench, path, &text, &length)) {
        return false;
    }
    if (!client_file_read(text, length, path, &bench->client_settings, &error)) {
        return fail(error.zh, error.en);
    }
    path = arena_format(bench->arena, "%s/awardd.yaml", bench->home);
    if (!text_read(bench, path, &text, &length)) {
        return false;
    }
    return daemon_file_read(text, length, path, &bench->daemon_settings, &error) ||
           fail(error.zh, error.en);
}

static bool connection_open(struct bench *bench)
{
    struct keyfile key;
    char sentence[512];
    const struct client_file *settings = &bench->client_settings;
    const char *path = arena_format(bench->arena, "%s/office.key", settings->keys_directory);
    if (!keyfile_read(path, &key, sentence, sizeof(sentence))) {
        (void)fprintf(stderr, "award-bench: %s\n", sentence);
        return false;
    }
    const struct client_options options = {
        .endpoint = settings->client_endpoint,
        .server_key = settings->server_public_key,
        .keys = &key.keys,
    };
    struct client_error error;
    bench->client = client_open(&options, &error);
    return bench->client != NULL || fail(error.zh, error.en);
}

// ---- Measuring

// One event, which also warms up the connection; the journal says what became of it.
static bool entry_measure(struct bench *bench)
{
    const struct load one = {
        .client = bench->client,
        .enterprises = &bench->enterprises,
        .messages_in_flight = 1,
        .events_per_message = 1,
        .duration_ns = LOAD_NS,
        .messages_max = 1,
    };
    struct load_result result;
    if (!load_run(&one, &result)) {
        return false;
    }
    struct store_error error;
    const char *path =
        arena_format(bench->arena, "%s/journal", bench->daemon_settings.data_directory);
    struct journal *journal = journal_open_read_only(path, &error);
    struct journal_entry entry;
    if (journal == NULL ||
        journal_read(journal, result.last_entry, bench->arena, &entry, &error) != STORE_OK) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        journal_close(journal);
        return false;
    }
    bench->entry_bytes = entry.bytes.size;
    journal_close(journal);
    return true;
}

static int one_remove(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static bool limit_measure(struct bench *bench, size_t index)
{
    enum { DESCRIPTORS = 8 };
    struct raw_limit_result result;
    struct store_error error;
    char *directory = arena_format(bench->arena, "%s/raw-limit-XXXXXX", bench->home);
    if (mkdtemp(directory) == NULL) {
        return fail("无法在 --home 目录下建立临时目录；请检查权限。",
                    "No directory can be made in --home; look at its permissions.");
    }
    const struct raw_limit raw = {
        .directory = directory,
        .entry_bytes = bench->entry_bytes,
        .group_entries = GROUPS[index],
        .duration_ns = LIMIT_NS,
    };
    bool measured = raw_limit_run(&raw, &result, &error);
    (void)nftw(directory, one_remove, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
    if (!measured) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        return false;
    }
    bench->limits[index] = (struct figure){
        .events_per_message = GROUPS[index],
        .events = result.entries,
        .elapsed_ns = result.elapsed_ns,
        .latency = result.latency,
    };
    figures_print(bench->json, &bench->limits[index], bench->entry_bytes);
    return true;
}

static bool load_measure(struct bench *bench, size_t index)
{
    const struct load load = {
        .client = bench->client,
        .enterprises = &bench->enterprises,
        .messages_in_flight = LOADS[index].messages_in_flight,
        .events_per_message = LOADS[index].events_per_message,
        .duration_ns = LOAD_NS,
        .messages_max = LOAD_MESSAGES_MAX,
    };
    struct load_result result;
    if (!load_run(&load, &result)) {
        return false;
    }
    const struct figure figure = {
        .messages_in_flight = load.messages_in_flight,
        .events_per_message = load.events_per_message,
        .events = result.events,
        .elapsed_ns = result.elapsed_ns,
        .latency = result.latency,
        .beside = &bench->limits[LOADS[index].beside],
    };
    figures_print(bench->json, &figure, bench->entry_bytes);
    return true;
}

static bool measure(struct bench *bench)
{
    enterprises_begin(&bench->enterprises);
    if (!settings_read(bench) || !connection_open(bench) || !entry_measure(bench)) {
        return false;
    }
    figures_begin(bench->json, bench->entry_bytes);
    bool good = true;
    for (size_t i = 0; good && i < LOADS_COUNT; i++) {
        bool measured = bench->limits[LOADS[i].beside].events > 0;
        good = (measured || limit_measure(bench, LOADS[i].beside)) && load_measure(bench, i);
    }
    return good;
}

static bool arguments_read(struct bench *bench, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--home") == 0) {
            bench->home = value;
        } else if (strcmp(argv[i], "--output") == 0 &&
                   (strcmp(value, "table") == 0 || strcmp(value, "json") == 0)) {
            bench->json = strcmp(value, "json") == 0;
        } else {
            return false;
        }
    }
    return argc % 2 == 1 && bench->home != NULL;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    if (!arguments_read(&bench, argc, argv)) {
        (void)fputs(USAGE, stderr);
        return STATUS_USAGE;
    }
    if (sodium_init() < 0) {
        return STATUS_VOID;
    }
    bench.arena = arena_create();
    bool good = measure(&bench);
    client_close(bench.client);
    arena_destroy(bench.arena);
    return good ? STATUS_OK : STATUS_VOID;
}
