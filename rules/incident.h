// incident - accidents and sampling results: one record each, whoever reports it
#pragma once

#include "rules/deciding.h"

// A serious quality problem found in national or municipal sampling (11(4), 20(2); decision 29).
bool incident_serious_sampling(const Award__Incident *incident);

// An accident for which liability is established, or not yet established (11(4), 20(3)).
bool incident_accident_liable(const Award__Incident *incident);
bool incident_liability_unknown(const Award__Incident *incident);

// A district's sampling: it counts for neither 11(4) nor 19 nor 20.
bool incident_district_sampling(const Award__Incident *incident);
