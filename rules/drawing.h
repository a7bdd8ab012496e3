// drawing - a draw on record: announced beforehand, then checked when it is carried out (8)
#pragma once

#include "rules/deciding.h"

// Whether the teams are those that the announced draw gives with this seed: members, leader and
// cases, in order. Rejects (false) and says where they differ.
bool drawing_check(struct deciding *d, const Award__TeamDrawn *e);

// The announced draw is carried out, as the event says.
void drawing_record(struct deciding *d, const Award__TeamDrawn *e);
