// bars - the records of 12(2), 12(3) and 12(4): from when until when an enterprise may not apply
#pragma once

#include "rules/deciding.h"

// Enters a bar of so many years from a day (decision 4: until 24:00 of the anniversary) on the
// enterprise's record. The same article, day and source again changes nothing.
void bar_add(struct deciding *d, const char *enterprise, const char *article, int32_t from,
             uint32_t years, const char *source);

// Whether a violation of this kind bars by 12(2).
bool violation_bars(Award__Violation__Kind kind);
