// organs - in whose name an event is entered by somebody else (decision 30)
//
// The office enters what organs decide on paper and what enterprises and the public send in; the
// bureau the letters of laureates. The event says who sent it; this table says whose act it is.
#pragma once

#include "rules/events.h"

// The role whose act it is, where the sender of this role only enters it; 0: his own.
Award__Role__Name organ_of(const Award__Event *event, Award__Role__Name sender);
