// hours - when somebody may be told what can wait: his hours, less his quiet hours
//
// The moment is moved into the hours and out of the quiet hours by turns until neither moves it.
#include "rules/hours.h"

#include "common/time.h"

#include <assert.h>

enum {
    MINUTE_MS = 60000,
    DAYS_OFF_MAX = 366, // in one row: a calendar that has more is no calendar
};

static bool any_time(const struct hours *hours)
{
    return hours->from >= hours->until || (hours->from == 0 && hours->until >= HOURS_DAY_MINUTES);
}

static bool quiet_at(const struct hours *hours, uint32_t minute)
{
    bool behind = minute >= hours->quiet_from;
    bool before = minute < hours->quiet_until;
    return hours->quiet_from <= hours->quiet_until ? behind && before : behind || before;
}

bool hours_leave_time(const struct hours *hours)
{
    uint32_t from = any_time(hours) ? 0 : hours->from;
    uint32_t until = any_time(hours) ? HOURS_DAY_MINUTES : hours->until;
    return !quiet_at(hours, from) || (hours->quiet_until > from && hours->quiet_until < until);
}

static int64_t minute_of(int32_t day, uint32_t minute)
{
    return day_start(day) + (int64_t)minute * MINUTE_MS;
}

static int64_t into_hours(const struct hours *hours, const struct calendar *calendar,
                          int64_t moment_ms)
{
    if (calendar == NULL || any_time(hours)) {
        return moment_ms;
    }
    int32_t first = day_of_moment(moment_ms);
    for (int32_t day = first; day < first + DAYS_OFF_MAX; day++) {
        int64_t from_ms = minute_of(day, hours->from);
        if (calendar_working(calendar, day) && moment_ms <= minute_of(day, hours->until)) {
            return moment_ms > from_ms ? moment_ms : from_ms;
        }
    }
    return moment_ms;
}

static int64_t out_of_quiet(const struct hours *hours, int64_t moment_ms)
{
    int32_t day = day_of_moment(moment_ms);
    uint32_t minute = (uint32_t)((moment_ms - day_start(day)) / MINUTE_MS);
    if (!quiet_at(hours, minute)) {
        return moment_ms;
    }
    return minute_of(minute < hours->quiet_until ? day : day + 1, hours->quiet_until);
}

int64_t hours_next(const struct hours *hours, const struct calendar *calendar, int64_t moment_ms)
{
    assert(hours->until <= HOURS_DAY_MINUTES && hours->quiet_from < HOURS_DAY_MINUTES);
    bool quiet = hours_leave_time(hours); // a minute of each day is reached then, and stands
    int64_t next_ms = moment_ms;
    do {
        moment_ms = next_ms;
        next_ms = into_hours(hours, calendar, moment_ms);
        next_ms = quiet ? out_of_quiet(hours, next_ms) : next_ms;
    } while (next_ms != moment_ms);
    return moment_ms;
}
