// office - the office that is measured: its two files of settings, a connection, a directory to
// write in
#include "clients/bench/office.h"

#include "common/limits.h"
#include "settings/keyfile.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

bool bench_fail(const char *zh, const char *en)
{
    (void)fprintf(stderr, "award-bench: %s\n  %s\n", zh, en);
    return false;
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

// ---- Connection

struct client *bench_office_connect(const struct bench_office *office)
{
    struct keyfile key;
    char sentence[512];
    const struct client_file *settings = &office->client_settings;
    const char *path = arena_format(office->arena, "%s/office.key", settings->keys_directory);
    if (!keyfile_read(path, &key, sentence, sizeof(sentence))) {
        (void)fprintf(stderr, "award-bench: %s\n", sentence);
        return NULL;
    }
    const struct client_options options = {
        .endpoint = settings->client_endpoint,
        .server_key = settings->server_public_key,
        .keys = &key.keys,
    };
    struct client_error error;
    struct client *client = client_open(&options, &error);
    if (client == NULL) {
        (void)bench_fail(error.zh, error.en);
    }
    return client;
}

// ---- Scratch

char *bench_scratch_make(const struct bench_office *office)
{
    char *directory = arena_format(office->arena, "%s/raw-limit-XXXXXX", office->home);
    if (mkdtemp(directory) == NULL) {
        (void)bench_fail("无法在 --home 目录下建立临时目录；请检查权限。",
                         "No directory can be made in --home; look at its permissions.");
        return NULL;
    }
    return directory;
}

static int one_remove(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void bench_scratch_remove(const char *directory)
{
    enum { DESCRIPTORS = 8 };
    (void)nftw(directory, one_remove, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}
