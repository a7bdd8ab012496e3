// alert_policy_file - reads an alert policy from YAML text into a plain struct
#pragma once

#include "rules/alert_policy.h"
#include "settings/settings_error.h"

bool alert_policy_file_read(const char *text, size_t length, struct alert_policy *policy,
                            struct settings_error *error);
