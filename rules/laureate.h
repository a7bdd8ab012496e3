// laureate - the duties of 17 to 19 while an honour stands, and after it
#pragma once

#include "rules/deciding.h"

// Puts the row of the index that begins the self-evaluation of a year on its 1 January (18).
void self_evaluation_year_plan(struct deciding *d, const Award__Case *c, int32_t year);

// Whether the honour of the case stood on that day: from its publication until the day before the
// approval of a revocation.
bool honour_stood(const Award__Case *c, int32_t day);
