// late_entry - receipts and days of media that the office enters after the fact
//
// Receipts of applications and recommendations and the days of media may be entered up to the
// rulebook's `late_entry_days` late, and the entry is marked: by a warning of code "entered_late".
// Other stated days have no such bound (stated_day).
#pragma once

#include "rules/deciding.h"

// Checks a stated day: not after the recording, not entered too late. Rejects (false) or marks.
bool late_entry_day(struct deciding *d, const struct rulebook *rulebook, int32_t day,
                    const char *field);

// The same for a stated moment.
bool late_entry_moment(struct deciding *d, const struct rulebook *rulebook, int64_t moment_ms,
                       const char *field);
