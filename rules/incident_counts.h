// incident_counts - what an incident counts for: 11(4) and 20, the hold of 11(4), the report of 19
#pragma once

#include "rules/deciding.h"

// Whether it counts for 11(4) and 20: an accident for which liability is established, or a serious
// quality problem found in sampling of a level that the rulebook names (decision 29). What befell
// an affiliate counts by what was established about the enterprise's own liability (decision 17).
bool incident_counts(const struct rulebook *rulebook, const Award__Enterprise *enterprise,
                     const Award__Incident *incident);

// An accident for which liability is not yet established either way.
bool incident_liability_unknown(const Award__Incident *incident);

// Sampling of a level that 19(2) does not name, by the rulebook: nothing is to be reported.
bool incident_below_report(const struct rulebook *rulebook, const Award__Incident *incident);

// What its level of sampling is called; it must have one.
const char *incident_level_zh(const Award__Incident *incident);
const char *incident_level_en(const Award__Incident *incident);
