// morning - the digests of a working day, and the proof of silence of every day
#pragma once

#include "rules/deciding.h"

// Somebody wants to be told each morning from now on; nothing where a morning is planned already.
void morning_arm(struct deciding *d);

// The hour of the policy may be another one.
void morning_rearm(struct deciding *d);
