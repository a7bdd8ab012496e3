// file_keys - the tables of keys of all kinds of files, for help, manual and tests
#pragma once

#include "settings/keys.h"

extern const struct key_table rulebook_keys;
extern const struct key_table alert_policy_keys;
extern const struct key_table people_keys;
extern const struct key_table daemon_keys;
extern const struct key_table client_keys;
extern const struct key_table notification_keys;
