// worker_config - what a worker takes from awardctl's configuration, at its start and by SIGHUP
//
// What the command line says goes before the file. How to log is all that a running worker takes
// over: where the coordinator is and whose key is used are settled by its connection.
#include "workers/worker_private.h"

#include "common/clock.h"
#include "settings/file_keys.h"

#include <string.h>

bool worker_config_read(const struct worker_settings *settings, struct client_file *file,
                        struct settings_error *error, struct arena *arena)
{
    const char *text;
    size_t length;
    return file_text_read(settings->config, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, error) &&
           client_file_read(text, length, settings->config, file, error);
}

void worker_log_open(const struct worker *worker, struct worker_settings *settings,
                     const struct client_file *file)
{
    if (!settings->log_level_given) {
        settings->log_level = file->worker_log_level;
    }
    if (!settings->log_format_given) {
        settings->log_format = file->worker_log_format;
    }
    log_open(worker->name, settings->log_level, settings->log_format);
}

// ---- Read again

static const char *choice_word(const struct key_choice *choices, int64_t value)
{
    while (choices->value != value) {
        choices++;
    }
    return choices->name;
}

// Says that a setting is another now; returns how many that are.
static int64_t change_say(const char *setting, const struct key_choice *choices, int64_t from,
                          int64_t to)
{
    if (from == to) {
        return 0;
    }
    log_say(SAY_SETTING_CHANGED, .setting = setting, .from = choice_word(choices, from),
            .to = choice_word(choices, to));
    return 1;
}

// Says that a setting is another one after a restart; returns how many that are.
static int64_t wait_say(const char *setting, const char *running, const char *read)
{
    if (strcmp(running, read) == 0) {
        return 0;
    }
    log_say(SAY_SETTING_WAITS, .setting = setting, .from = running, .to = read);
    return 1;
}

static int64_t waits_say(const struct client_file *running, const struct client_file *read)
{
    return wait_say("worker_endpoint", running->worker_endpoint, read->worker_endpoint) +
           wait_say("server_public_key", running->server_public_key, read->server_public_key) +
           wait_say("keys_directory", running->keys_directory, read->keys_directory);
}

static void file_take(const struct worker *worker, struct worker_settings *settings,
                      const struct client_file *read)
{
    int64_t begun_ms = clock_monotonic_ms();
    enum log_level level = settings->log_level;
    enum log_format format = settings->log_format;
    worker_log_open(worker, settings, read);
    int64_t changed =
        change_say("worker_log_level", log_level_choices, level, settings->log_level) +
        change_say("worker_log_format", log_format_choices, format, settings->log_format);
    log_say(SAY_RELOADED, .changed = changed, .restart = waits_say(settings->file, read),
            .duration_us = (clock_monotonic_ms() - begun_ms) * US_PER_MS);
}

void worker_config_reload(const struct worker *worker, struct worker_settings *settings)
{
    if (settings->config == NULL) {
        log_say(SAY_RELOADED, .changed = 0); // the command line says it all
        return;
    }
    struct arena *arena = arena_create();
    struct settings_error error = {0};
    struct client_file *read = arena_alloc(arena, sizeof(*read));
    if (worker_config_read(settings, read, &error, arena)) {
        file_take(worker, settings, read);
    } else {
        log_say(SAY_RELOAD_WRONG, .reason = settings_error_text(&error, settings->config, arena));
    }
    arena_destroy(arena);
}
