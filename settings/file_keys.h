// file_keys - the tables of keys of all kinds of files, for help, manual and tests
#pragma once

#include "settings/keys.h"

extern const struct key_table rulebook_keys;
extern const struct key_table alert_policy_keys;
extern const struct key_table people_keys;
extern const struct key_table daemon_keys;
extern const struct key_table client_keys;
extern const struct key_table notification_keys;

// What several files choose from: enum log_level and enum log_format.
extern const struct key_choice log_level_choices[];
extern const struct key_choice log_format_choices[];
