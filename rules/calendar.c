// calendar - working days of mainland China, and how a legal period is counted
//
// Exceptions are found by binary search. Whether an end is provisional is asked of days: a day is
// open when a notice that is still to come could change it, and an end is provisional when an open
// day was looked at to find it.
#include "rules/calendar.h"

#include "common/time.h"

#include <assert.h>

// Notices have moved days from here to the end of the December before their year (decision 3).
enum { DECEMBER_DAYS_OF_NEXT_NOTICE = 25 };

void calendar_insert(struct calendar_exception *exceptions, size_t count,
                     struct calendar_exception one)
{
    size_t at = count;
    for (; at > 0 && exceptions[at - 1].day >= one.day; at--) {
        assert(exceptions[at - 1].day != one.day);
        exceptions[at] = exceptions[at - 1];
    }
    exceptions[at] = one;
}

static const struct calendar_exception *exception_find(const struct calendar *calendar, int32_t day)
{
    size_t low = 0;
    size_t high = calendar->exceptions_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->exceptions[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < calendar->exceptions_count && calendar->exceptions[low].day == day) {
        return &calendar->exceptions[low];
    }
    return NULL;
}

// decision 3
bool calendar_working(const struct calendar *calendar, int32_t day)
{
    const struct calendar_exception *exception = exception_find(calendar, day);
    return exception != NULL ? exception->working : day_weekday(day) <= 5;
}

bool calendar_announced(const struct calendar *calendar, int32_t year)
{
    return exception_find(calendar, day_from_civil((struct civil){year, 1, 1})) != NULL;
}

int32_t calendar_last_year(const struct calendar *calendar)
{
    for (size_t left = calendar->exceptions_count; left > 0; left--) {
        struct civil civil = day_to_civil(calendar->exceptions[left - 1].day);
        if (civil.month == 1 && civil.day == 1) {
            return civil.year;
        }
    }
    return 0;
}

bool calendar_day_open(const struct calendar *calendar, int32_t day)
{
    struct civil civil = day_to_civil(day);
    if (!calendar_announced(calendar, civil.year)) {
        return true;
    }
    return civil.month == 12 && civil.day >= DECEMBER_DAYS_OF_NEXT_NOTICE &&
           !calendar_announced(calendar, civil.year + 1);
}

// Same day so many months on, or the month's last. Where the first day counts, the period is full
// the day before that; a day that the month does not have is already cut to the month's last.
static int32_t months_end(const struct period *period, int32_t start, int32_t months)
{
    int32_t end = day_add_months(start, months);
    bool cut = day_to_civil(end).day < day_to_civil(start).day;
    return period->first_day_counted && !cut ? end - 1 : end;
}

int32_t period_civil_end(const struct period *period, int32_t start)
{
    assert(period->unit != PERIOD_WORKING_DAYS); // those are counted by a calendar
    int32_t length = (int32_t)period->length;
    switch (period->unit) {
    case PERIOD_DAYS:
        return start + length - (period->first_day_counted ? 1 : 0);
    case PERIOD_MONTHS:
        return months_end(period, start, length);
    case PERIOD_YEARS:
        return months_end(period, start, length * 12);
    case PERIOD_WORKING_DAYS:
        break;
    }
    return start;
}

// From `first` on to the so-manieth working day, both included.
// decision 3
static struct period_end working_days_end(uint32_t working_days, int32_t first,
                                          const struct calendar *calendar)
{
    struct period_end end = {.last = first - 1};
    for (uint32_t counted = 0; counted < working_days;) {
        end.last++;
        end.provisional = end.provisional || calendar_day_open(calendar, end.last);
        counted += calendar_working(calendar, end.last) ? 1 : 0;
    }
    return end;
}

// F-period-1, F-period-2, decision 1, decision 2
struct period_end period_count(const struct period *period, int32_t start,
                               const struct calendar *calendar)
{
    assert(period->length <= PERIOD_LENGTH_MAX);
    assert(day_valid(start));
    if (period->unit == PERIOD_WORKING_DAYS) {
        int32_t first = period->first_day_counted ? start : start + 1;
        return working_days_end(period->length, first, calendar);
    }
    int32_t last = period_civil_end(period, start);
    if (!period->roll_last_day) {
        return (struct period_end){.last = last, .provisional = false};
    }
    return working_days_end(1, last, calendar); // the first working day from the last day on
}
