// explain_log - `explain log` and `explain log_fields`: what the programs log
#pragma once

#include "clients/ctl/ctl.h"

// The kinds of lines: under JSON with all that is known of each, else what is read at a glance.
void log_explain(struct ctl *ctl);

// The fields of the lines.
void log_fields_explain(struct ctl *ctl);
