// notes - what is kept beside what it concerns: findings, suggestions, reports, accountability
#pragma once

#include "rules/deciding.h"

// Puts a note of the event that is being decided beside a case, incident, team or cycle.
void note_put(struct deciding *d, const char *subject, const char *text, int32_t on);
