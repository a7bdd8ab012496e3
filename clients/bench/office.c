// office - the office that is measured: its two files of settings, a connection
#include "clients/bench/office.h"

#include "clients/bench/samples.h"
#include "common/clock.h"
#include "common/limits.h"
#include "settings/keyfile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool bench_fail(const char *zh, const char *en)
{
    (void)fprintf(stderr, "award-bench: %s\n  %s\n", zh, en);
    return false;
}

void bench_progress(const char *what, uint64_t done, uint64_t all)
{
    static uint64_t said_ns;
    static uint64_t last;
    uint64_t now_ns = samples_now_ns();
    if (done <= last) {
        said_ns = now_ns; // another begins
    }
    last = done;
    if (now_ns - said_ns >= NS_PER_SECOND) {
        said_ns = now_ns;
        (void)fprintf(stderr, "%s: %" PRIu64 "/%" PRIu64 "\n", what, done, all);
    }
}

// ---- Settings

static bool text_read(const struct bench_office *office, const char *path, const char **text,
                      size_t *length)
{
    struct settings_error error;
    return file_text_read(path, LIMIT_FILE_TEXT_BYTES, office->arena, text, length, &error) ||
           bench_fail(error.zh, error.en);
}

bool bench_office_open(struct bench_office *office, const char *home)
{
    struct settings_error error;
    const char *text;
    size_t length;
    *office = (struct bench_office){.home = home, .arena = arena_create()};
    const char *path = arena_format(office->arena, "%s/awardctl.yaml", home);
    if (!text_read(office, path, &text, &length)) {
        return false;
    }
    if (!client_file_read(text, length, path, &office->client_settings, &error)) {
        return bench_fail(error.zh, error.en);
    }
    path = arena_format(office->arena, "%s/awardd.yaml", home);
    if (!text_read(office, path, &text, &length)) {
        return false;
    }
    return daemon_file_read(text, length, path, &office->daemon_settings, &error) ||
           bench_fail(error.zh, error.en);
}

void bench_office_close(struct bench_office *office)
{
    arena_destroy(office->arena);
    office->arena = NULL;
}

const char *bench_office_journal(const struct bench_office *office)
{
    return arena_format(office->arena, "%s/journal", office->daemon_settings.data_directory);
}

const char *bench_office_state(const struct bench_office *office)
{
    return arena_format(office->arena, "%s/state", office->daemon_settings.data_directory);
}

// ---- Connection

enum { PATIENCE_MS = 60000 }; // a stall is to be measured, not to be asked again in

struct client *bench_office_connect(const struct bench_office *office, const char *principal,
                                    struct client *beside)
{
    struct keyfile key;
    struct settings_error unreadable;
    const struct client_file *settings = &office->client_settings;
    const char *path =
        arena_format(office->arena, "%s/%s.key", settings->keys_directory, principal);
    if (!keyfile_read(path, &key, &unreadable)) {
        (void)bench_fail(unreadable.zh, unreadable.en);
        return NULL;
    }
    const struct client_options options = {
        .endpoint = settings->client_endpoint,
        .server_key = settings->server_public_key,
        .keys = &key.keys,
        .timeout_ms = PATIENCE_MS,
        .beside = beside,
    };
    struct client_error error;
    struct client *client = client_open(&options, &error);
    if (client == NULL) {
        (void)bench_fail(error.zh, error.en);
    }
    return client;
}
