// notification_file - reads channels.yaml: by which servers the notification worker delivers
//
// A channel that the file does not name has an empty url. Secrets lie in files of their own
// (settings/secret_file), never here.
#pragma once

#include "settings/file_text.h"
#include "settings/settings_error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NOTIFICATION_URL_BYTES = 512,
    NOTIFICATION_NAME_BYTES = 255, // an address or a user
};

enum mail_tls { MAIL_STARTTLS, MAIL_TLS, MAIL_PLAIN };

struct notification_file {
    struct notification_mail {
        char url[NOTIFICATION_URL_BYTES]; // smtp://host:587, smtps://host:465
        enum mail_tls tls;
        char user[NOTIFICATION_NAME_BYTES]; // empty: without authentication
        char password_file[SETTINGS_PATH_BYTES];
        char from[NOTIFICATION_NAME_BYTES]; // an address
        char ca_file[SETTINGS_PATH_BYTES];  // empty: the system's authorities
        uint32_t timeout_seconds;           // of one delivery as a whole
    } mail;
    struct notification_webhook {
        char url[NOTIFICATION_URL_BYTES]; // https://
        char secret_file[SETTINGS_PATH_BYTES];
        char ca_file[SETTINGS_PATH_BYTES];
        uint32_t timeout_seconds;
    } webhook;
    struct notification_wecom {
        char url[NOTIFICATION_URL_BYTES]; // https://, without the key
        char key_file[SETTINGS_PATH_BYTES];
        char ca_file[SETTINGS_PATH_BYTES];
        uint32_t timeout_seconds;
        uint32_t per_minute; // messages; the robot takes no more
    } wecom;
};

// `path` is that of the file: relative paths in it are taken from its directory.
bool notification_file_read(const char *text, size_t length, const char *path,
                            struct notification_file *file, struct settings_error *error);
