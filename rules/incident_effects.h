// incident_effects - what an incident leads to: holds of 11(4), reports of 19, checks of 20
#pragma once

#include "rules/deciding.h"

// Draws what follows from an incident that came on record (fresh) or of which more became known.
void incident_effects(struct deciding *d, const Award__Incident *incident, bool fresh);

// A case has just begun to hold its honour: incidents on record that lie in its time (it may begin
// on a day before the recording) open its reports and are checked. Puts the case if there are any.
void incidents_of_honour(struct deciding *d, Award__Case *c);

// A predecessor is linked: its incidents, and those of its own predecessors, carry over to the open
// cases of the enterprise and its successors (11(4), decision 27).
void incidents_of_link(struct deciding *d, const Award__Enterprise *enterprise,
                       const Award__Enterprise *predecessor);
