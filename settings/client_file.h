// client_file - reads awardctl.yaml: where the coordinator is and whose key is used
#pragma once

#include "common/log.h"
#include "settings/file_text.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    CLIENT_KEY_BYTES = 41,       // a Z85 key and its end
    CLIENT_PRINCIPAL_BYTES = 65, // a name and its end
};

struct client_file {
    char client_endpoint[SETTINGS_ENDPOINT_BYTES];
    char feed_endpoint[SETTINGS_ENDPOINT_BYTES];
    char worker_endpoint[SETTINGS_ENDPOINT_BYTES]; // empty where the file names none
    enum log_level worker_log_level;
    enum log_format worker_log_format;
    char server_public_key[CLIENT_KEY_BYTES];
    char keys_directory[SETTINGS_PATH_BYTES];
    char default_principal[CLIENT_PRINCIPAL_BYTES]; // empty where the file names none
};

// `path` is that of the file: relative paths in it are taken from its directory.
bool client_file_read(const char *text, size_t length, const char *path, struct client_file *file,
                      struct settings_error *error);
