// doctor_look_files - looks at files: configurations, keys, data, spool, channels, templates
//
// What this user may not see is a fact like any other: its errno is kept.
#include "clients/ctl/doctor_private.h"

#include "clients/ctl/awardd.h"
#include "common/limits.h"
#include "letters/templates.h"
#include "settings/notification_file.h"
#include "settings/secret_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHERS_ALL = S_IRWXG | S_IRWXO, PATHS_MAX = 1000, VERSION_BYTES = 64 };

static const char service_spool[] = "/var/spool/awardd";

static struct doctor_path path_look(const struct doctor_facts *facts, const char *path)
{
    struct stat found;
    struct doctor_path looked = {.path = path};
    if (stat(path, &found) != 0) {
        looked.error = errno;
        return looked;
    }
    looked.mode = found.st_mode;
    looked.user = found.st_uid;
    looked.bytes = (uint64_t)found.st_size;
    bool above = stat(file_text_directory(path, facts->arena), &found) == 0;
    looked.sheltered = above && (found.st_mode & OTHERS_ALL) == 0;
    return looked;
}

static void path_add(const struct doctor_facts *facts, struct doctor_paths *paths, const char *path)
{
    if (paths->list == NULL) {
        paths->list = arena_alloc(facts->arena, PATHS_MAX * sizeof(*paths->list));
    }
    if (paths->count < PATHS_MAX) {
        paths->list[paths->count++] = path_look(facts, path);
    }
}

typedef bool path_wanted(const struct doctor_facts *facts, const char *path);

// Adds what of a directory is wanted; its errno where it cannot be listed.
static void directory_add(const struct doctor_facts *facts, struct doctor_paths *paths,
                          const char *directory, path_wanted *wanted)
{
    struct dirent **entries;
    int count = scandir(directory, &entries, NULL, alphasort);
    if (count < 0) {
        paths->error = errno;
        return;
    }
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        const char *path = said(facts, "%s/%s", directory, name);
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && wanted(facts, path)) {
            path_add(facts, paths, path);
        }
        free(entries[i]);
    }
    free(entries);
}

// ---- Texts

// Reads a file of settings; NULL where it is not there, not for this user, or too long.
static const char *text_read(const struct doctor_facts *facts, const char *path, size_t *length,
                             enum doctor_text *found, struct settings_error *error)
{
    const char *text;
    if (access(path, R_OK) != 0 && errno == EACCES) {
        *found = DOCTOR_TEXT_UNSEEN;
        return NULL;
    }
    *found = access(path, F_OK) == 0 ? DOCTOR_TEXT_WRONG : DOCTOR_TEXT_ABSENT;
    bool read = file_text_read(path, LIMIT_FILE_TEXT_BYTES, facts->arena, &text, length, error);
    return read ? text : NULL;
}

static void look_config(struct doctor_facts *facts)
{
    struct doctor_files *files = &facts->files;
    size_t length;
    const char *path = said(facts, "%s/awardd.yaml", facts->home);
    const char *text =
        text_read(facts, path, &length, &files->config, &files->config_errors.list[0]);
    files->config_errors.count = 1;
    if (text != NULL &&
        daemon_file_check(text, length, path, &files->daemon, &files->config_errors)) {
        files->config = DOCTOR_TEXT_GOOD;
        files->data_directory = files->daemon.data_directory;
    }
}

static void look_client(struct doctor_facts *facts)
{
    struct doctor_files *files = &facts->files;
    size_t length;
    const char *path = said(facts, "%s/awardctl.yaml", facts->home);
    const char *text = text_read(facts, path, &length, &files->client, &files->client_error);
    if (text != NULL &&
        client_file_read(text, length, path, &files->client_settings, &files->client_error)) {
        files->client = DOCTOR_TEXT_GOOD;
    }
}

static void look_settings(struct doctor_facts *facts)
{
    struct doctor_paths *settings = &facts->files.settings;
    path_add(facts, settings, facts->home);
    path_add(facts, settings, said(facts, "%s/awardd.yaml", facts->home));
    path_add(facts, settings, said(facts, "%s/awardctl.yaml", facts->home));
}

// ---- Keys

// A file that has no secret key may be read by everybody.
static bool key_secret(const struct doctor_facts *facts, const char *path)
{
    struct keyfile key;
    struct settings_error error;
    size_t length = strlen(path);
    (void)facts;
    return length > 4 && strcmp(path + length - 4, ".key") == 0 &&
           (!keyfile_read(path, &key, &error) || key.keys.secret_key[0] != '\0');
}

static void look_server_key(struct doctor_facts *facts)
{
    struct keyfile key;
    struct settings_error error;
    const char *path = facts->files.daemon.server_key_file;
    facts->files.server_key = path_look(facts, path);
    if (keyfile_read(path, &key, &error)) {
        facts->files.server_public_key = arena_string(facts->arena, key.keys.public_key);
    }
}

// ---- Data

// The mark of a copy is whose who made the copy.
static bool data_wanted(const struct doctor_facts *facts, const char *path)
{
    (void)facts;
    return strstr(path, "/backup.last") == NULL;
}

static void look_data(struct doctor_facts *facts)
{
    struct doctor_files *files = &facts->files;
    const char *data = files->data_directory;
    files->data = path_look(facts, data);
    files->nonce_key = path_look(facts, said(facts, "%s/nonce.key", data));
    directory_add(facts, &files->data_files, data, data_wanted);
    if (files->data_files.error == 0) {
        directory_add(facts, &files->data_files, said(facts, "%s/journal", data), data_wanted);
        directory_add(facts, &files->data_files, said(facts, "%s/state", data), data_wanted);
    }
}

// ---- Messages

static const char *secret_wrong(const struct doctor_facts *facts, const char *path)
{
    char secret[SECRET_BYTES];
    struct settings_error error;
    bool good = path[0] == '\0' || secret_file_read(path, secret, &error);
    explicit_bzero(secret, sizeof(secret));
    return good ? NULL : said(facts, "%s / %s", error.zh, error.en);
}

// What is wrong with the file of channels, or with the first of its secrets.
static const char *channels_check(const struct doctor_facts *facts, const char *path)
{
    struct notification_file *file = arena_alloc(facts->arena, sizeof(*file));
    struct settings_error error;
    const char *text;
    size_t length;
    if (!file_text_read(path, LIMIT_FILE_TEXT_BYTES, facts->arena, &text, &length, &error) ||
        !notification_file_read(text, length, path, file, &error)) {
        return settings_error_text(&error, path, facts->arena);
    }
    const char *wrong = secret_wrong(facts, file->mail.password_file);
    wrong = wrong != NULL ? wrong : secret_wrong(facts, file->webhook.secret_file);
    return wrong != NULL ? wrong : secret_wrong(facts, file->wecom.key_file);
}

static void look_messages(struct doctor_facts *facts, const struct doctor_options *options)
{
    struct doctor_files *files = &facts->files;
    const char *spool = facts->service ? service_spool : said(facts, "%s/spool", facts->home);
    const char *channels = said(facts, "%s/channels.yaml", facts->home);
    files->spool = path_look(facts, options->spool != NULL ? options->spool : spool);
    files->channels = path_look(facts, options->channels != NULL ? options->channels : channels);
    if (files->channels.error == 0 && access(files->channels.path, R_OK) != 0) {
        files->channels.error = errno;
    }
    if (files->channels.error == 0) {
        files->channels_wrong = channels_check(facts, files->channels.path);
    }
}

static void look_templates(struct doctor_facts *facts)
{
    const char *path = NULL;
    struct settings_error error = {0};
    const char *own = said(facts, "%s/templates", facts->home);
    bool there = access(own, R_OK | X_OK) == 0;
    if (templates_read(there ? own : NULL, facts->arena, &path, &error) == NULL) {
        facts->files.templates_wrong = settings_error_text(&error, path, facts->arena);
    }
}

// ---- Programs

// "awardd 0.1.0": what the program says of itself.
static void look_program(struct ctl *ctl, struct doctor_facts *facts)
{
    char text[VERSION_BYTES] = "";
    char version[VERSION_BYTES] = "";
    const char *const words[] = {"--version", NULL};
    int output = memfd_create("awardd-version", MFD_CLOEXEC);
    if (output < 0) {
        return;
    }
    if (awardd_run_into(ctl, words, NULL, output) == 0 &&
        pread(output, text, sizeof(text) - 1, 0) > 0 && sscanf(text, "awardd %63s", version) == 1) {
        facts->files.awardd_version = arena_string(facts->arena, version);
    }
    (void)close(output);
}

void doctor_look_files(struct ctl *ctl, const struct doctor_options *options,
                       struct doctor_facts *facts)
{
    look_config(facts);
    look_client(facts);
    look_settings(facts);
    directory_add(facts, &facts->files.keys, ctl->keys, key_secret);
    look_messages(facts, options);
    if (facts->files.config != DOCTOR_TEXT_ABSENT) {
        look_templates(facts);
        look_program(ctl, facts);
    }
    if (facts->files.config == DOCTOR_TEXT_GOOD) {
        look_server_key(facts);
        look_data(facts);
    }
}
