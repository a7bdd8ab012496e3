// serials - numbers of medals and certificates, never used twice (16(10))
#pragma once

#include "rules/deciding.h"

// Whether it can be a number: not blank, without blanks, not too long.
bool serial_sound(const char *number);

// Where a sound number was used; NULL: nowhere.
const Award__Serial *serial_used(struct deciding *d, Award__Serial__Kind kind, const char *number);

// Takes the number for the case.
void serial_take(struct deciding *d, const Award__Case *c, Award__Serial__Kind kind, char *number);
