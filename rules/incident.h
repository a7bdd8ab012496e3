// incident - accidents and sampling results: one record each, whoever reports it
#pragma once

#include "rules/deciding.h"

// Whether it counts for 11(4) and 20: an accident for which liability is established, or a serious
// quality problem found in national or municipal sampling (decision 29). What befell an affiliate
// counts by what was established about the enterprise's own liability (decision 17).
bool incident_counts(const Award__Enterprise *enterprise, const Award__Incident *incident);

// An accident for which liability is not yet established either way.
bool incident_liability_unknown(const Award__Incident *incident);

// A district's sampling: it counts for neither 11(4) nor 19 nor 20.
bool incident_district_sampling(const Award__Incident *incident);
