// daemon_file - reads awardd.yaml, the configuration of the coordinator
//
// Its keys are the rows of `daemon_keys` (settings/file_keys.h).
#pragma once

#include "common/log.h"
#include "settings/file_text.h"
#include "settings/keys.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DAEMON_KEYS_MAX = 32 }; // rows of the table, at the most

// Metrics are neither encrypted nor is anybody asked who he is.
enum metrics_from { METRICS_FROM_HOST, METRICS_FROM_ANYWHERE };

struct daemon_file {
    char path[SETTINGS_PATH_BYTES];           // of the file itself
    char data_directory[SETTINGS_PATH_BYTES]; // the database; relative ones are made whole
    char client_endpoint[SETTINGS_ENDPOINT_BYTES];
    char worker_endpoint[SETTINGS_ENDPOINT_BYTES];
    char feed_endpoint[SETTINGS_ENDPOINT_BYTES];
    char metrics_endpoint[SETTINGS_ENDPOINT_BYTES]; // empty: nobody is told
    uint32_t metrics_from;                          // enum metrics_from: who may ask
    char server_key_file[SETTINGS_PATH_BYTES];
    enum log_level log_level;
    enum log_format log_format;
    uint32_t overlay_megabytes; // of changes that are not in the state on disk yet
    uint32_t connections;       // of clients, workers and subscribers
    uint32_t connections_per_key;
    uint32_t greetings;              // connections whose key is not known yet
    uint32_t unread_bytes;           // sent to one key and not read
    uint32_t waiting_bytes;          // arrived from one key and not taken
    uint32_t queued_messages;        // on one connection
    uint32_t turn_events;            // taken together while several keys send
    uint32_t public_events_a_minute; // from the public
    uint32_t long_queries;           // that take several turns, at one time
    uint32_t task_seconds;           // a task is given to another worker when it is not answered
    uint32_t lease_seconds; // a task is given to another worker when its worker is silent so long
    uint32_t trace_events;  // whose way is remembered
    uint32_t clock_behind_seconds; // nothing is taken while the host's clock is further behind

    // By row of the table.
    uint32_t lines[DAEMON_KEYS_MAX]; // of the file, where the value is from; 0: the default
    bool waits[DAEMON_KEYS_MAX];     // the file says something else since: a restart is awaited
};

// `path` is that of the file: relative paths in it are taken from its directory.
bool daemon_file_read(const char *text, size_t length, const char *path, struct daemon_file *file,
                      struct settings_error *error);

// The same, and all that is wrong, not the first alone.
bool daemon_file_check(const char *text, size_t length, const char *path, struct daemon_file *file,
                       struct settings_errors *errors);

// The value of a row other than the root, as it would be written; paths are whole.
const char *daemon_file_value(const struct daemon_file *file, const struct key *key,
                              struct arena *arena);

// A key that two readings differ in. Whether a change of it is applied by a reload or wants a
// restart is `key->reloads`.
struct daemon_change {
    const struct key *key;
    const char *from; // as it would be written
    const char *to;
};

// Lists what is another value in `read`, in the arena and the order of the table; returns how many.
size_t daemon_file_compare(const struct daemon_file *running, const struct daemon_file *read,
                           struct arena *arena, struct daemon_change **changes);

// Takes over from `read`, a later reading of the same file, what a reload applies. Of the rest the
// values stay, and `waits` says which of them the file has otherwise.
void daemon_file_reload(struct daemon_file *running, const struct daemon_file *read);
