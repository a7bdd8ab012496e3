// event_choice - the event that a command line names
#pragma once

#include "event.pb-c.h"

#include <stdbool.h>

// False when the name is none of an event that can be sent, which has been said on standard error.
bool event_choose(const char *name);

// Nobody but the coordinator records the others.
bool event_sendable(Award__Event__BodyCase number);
