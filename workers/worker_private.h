// worker_private - what the files of the shared worker loop share
//
// worker_main.c reads the command line, worker_config.c the configuration, worker.c is the loop,
// worker_kept.c holds what is unanswered.
#pragma once

#include "workers/worker.h"

#include "common/bus.h"
#include "common/codec.h"
#include "common/limits.h"
#include "common/log.h"
#include "settings/client_file.h"

// ---- Events that are not on record yet

enum { KEPT_MAX = 4 * LIMIT_TASKS_PER_WORKER };

struct kept {
    struct kept *next;
    char task[LIMIT_TASK_ID_BYTES + 1];
    char id[LIMIT_ID_BYTES + 1]; // of the event
    uint64_t request;            // it was last sent with
    unsigned int beats;          // since then
    bool waits;                  // the coordinator could put nothing on record when it came
    uint8_t *event;              // packed
    size_t size;
};

struct kept_list {
    struct kept *first;
    size_t count;
};

// Keeps an event, in place of an older one for the same task. NULL when the list is full.
struct kept *kept_add(struct kept_list *list, const Award__Event *event, struct arena *arena);
bool kept_has(const struct kept_list *list, const char *task);
void kept_drop(struct kept_list *list, const char *id);

// It waits until the coordinator can put something on record again, and is sent again until then;
// whether a task has one that does.
void kept_wait(struct kept_list *list, const char *id);
bool kept_waits(const struct kept_list *list, const char *task);
void kept_drop_request(struct kept_list *list, uint64_t request);
void kept_clear(struct kept_list *list);

// Gives the event of a task an id that its task and content decide, so that the same answer is the
// same event. `delivery` is 0 but for failures: each of them counts as an attempt and is an event
// of its own.
void kept_name(Award__Event *event, uint64_t delivery, struct arena *arena);

// ---- The loop

struct worker_settings {
    const char *config;    // awardctl's, for what is not given; NULL: all is
    const char *principal; // whose key in its directory
    const char *endpoint;
    const char *server_key;
    const char *key_path;
    struct bus_keys keys;
    enum log_level log_level;
    enum log_format log_format;
    bool log_level_given; // on the command line, which goes before the file
    bool log_format_given;
    const struct client_file *file; // what the configuration said at the start
};

bool worker_config_read(const struct worker_settings *settings, struct client_file *file,
                        struct settings_error *error, struct arena *arena);

// Logs from now on as the command line says, else the file.
void worker_log_open(const struct worker *worker, struct worker_settings *settings,
                     const struct client_file *file);

// Reads the configuration again and takes over how to log; a wrong file changes nothing.
void worker_config_reload(const struct worker *worker, struct worker_settings *settings);

// Runs until a signal. Returns the status of the program.
int worker_run(const struct worker *worker, struct worker_settings *settings);
