// hours - when somebody may be told what can wait: his hours, less his quiet hours
#pragma once

#include "rules/calendar.h"

enum { HOURS_DAY_MINUTES = 24 * 60 };

// Minutes of the day. What can wait comes on working days from `from` until `until`, both inside;
// from 0 until 1440 at any time of any day. It does not come from `quiet_from` on until before
// `quiet_until`, of the next day where that is the earlier one; where they are equal, no hour is
// quiet.
struct hours {
    uint32_t from;
    uint32_t until;
    uint32_t quiet_from;
    uint32_t quiet_until;
};

// Whether the quiet hours leave a minute of the hours.
bool hours_leave_time(const struct hours *hours);

// The first moment from this one on at which what can wait may come. Quiet hours that leave nothing
// are passed over: silence is worse than a bad moment. `calendar` may be NULL: every day is one.
int64_t hours_next(const struct hours *hours, const struct calendar *calendar, int64_t moment_ms);
