// daemon_file - reads awardd.yaml, the configuration of the coordinator
#pragma once

#include "common/log.h"
#include "settings/file_text.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct daemon_file {
    char data_directory[SETTINGS_PATH_BYTES]; // the database; relative ones are made whole
    char client_endpoint[SETTINGS_ENDPOINT_BYTES];
    char worker_endpoint[SETTINGS_ENDPOINT_BYTES];
    char feed_endpoint[SETTINGS_ENDPOINT_BYTES];
    char server_key_file[SETTINGS_PATH_BYTES];
    enum log_level log_level;
    uint32_t overlay_megabytes; // of changes that are not in the state on disk yet
    uint32_t connections;       // of clients, workers and subscribers
    uint32_t connections_per_key;
    uint32_t greetings;              // connections whose key is not known yet
    uint32_t unread_bytes;           // sent to one key and not read
    uint32_t waiting_bytes;          // arrived from one key and not taken
    uint32_t queued_messages;        // on one connection
    uint32_t turn_events;            // taken together while several keys send
    uint32_t public_events_a_minute; // from the public
    uint32_t task_seconds;           // a task is given to another worker when it is not answered
    uint32_t lease_seconds; // a task is given to another worker when its worker is silent so long
    uint32_t clock_behind_seconds; // nothing is taken while the host's clock is further behind
};

// `path` is that of the file: relative paths in it are taken from its directory.
bool daemon_file_read(const char *text, size_t length, const char *path, struct daemon_file *file,
                      struct settings_error *error);
