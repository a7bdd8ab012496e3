// counting - the days of a period one by one, as period_count counts them
#include "rules/counting.h"

#include <assert.h>

struct listing {
    const struct period *period;
    const struct calendar *calendar;
    struct day_used *days; // room for all from the start to the end
    size_t count;
};

static void day_list(struct listing *listing, int32_t day, enum day_use use, uint32_t number)
{
    listing->days[listing->count++] = (struct day_used){
        .day = day,
        .use = use,
        .number = number,
        .open = calendar_day_open(listing->calendar, day),
    };
}

// decision 3
static void working_days_list(struct listing *listing, int32_t first)
{
    uint32_t number = 0;
    for (int32_t day = first; number < listing->period->length; day++) {
        bool working = calendar_working(listing->calendar, day);
        number += working ? 1 : 0;
        day_list(listing, day, working ? DAY_COUNTED : DAY_OFF, working ? number : 0);
    }
}

// decision 2
static void end_list(struct listing *listing, int32_t day, uint32_t number)
{
    if (!listing->period->roll_last_day || calendar_working(listing->calendar, day)) {
        day_list(listing, day, DAY_COUNTED, number);
        return;
    }
    while (!calendar_working(listing->calendar, day)) {
        day_list(listing, day, DAY_MOVED_OFF, number);
        day++;
        number = 0;
    }
    day_list(listing, day, DAY_MOVED_TO, 0);
}

static void days_list(struct listing *listing, int32_t first)
{
    uint32_t length = listing->period->length;
    for (uint32_t number = 1; number < length; number++) {
        day_list(listing, first + (int32_t)number - 1, DAY_COUNTED, number);
    }
    end_list(listing, first + (int32_t)length - 1, length);
}

// decision 1
size_t period_days(const struct period *period, int32_t start, const struct calendar *calendar,
                   struct arena *arena, struct day_used **days)
{
    int32_t end = period_count(period, start, calendar).last;
    struct listing listing = {
        .period = period,
        .calendar = calendar,
        .days = arena_alloc(arena, (size_t)(end - start + 1) * sizeof(struct day_used)),
    };
    int32_t first = period->first_day_counted ? start : start + 1;
    bool ends_there = period->unit == PERIOD_DAYS && period->length == 0;
    if (first > start && !ends_there) {
        day_list(&listing, start, DAY_START, 0);
    }
    if (period->unit == PERIOD_WORKING_DAYS) {
        working_days_list(&listing, first);
    } else if (period->unit == PERIOD_DAYS) {
        days_list(&listing, first);
    } else {
        end_list(&listing, period_civil_end(period, start), 0);
    }
    assert(listing.days[listing.count - 1].day == end);
    *days = listing.days;
    return listing.count;
}
