// calendar_year - years and their working days, as the coordinator counts them
#include "clients/ctl/calendar_year.h"

#include "clients/ctl/show.h"
#include "common/time.h"

#include <assert.h>
#include <stdlib.h>

const Award__QueryReply *calendar_period_ask(struct ctl *ctl, int32_t from, uint32_t length,
                                             bool working, int *status)
{
    Award__QueryPeriod query = AWARD__QUERY_PERIOD__INIT;
    Award__Day day = AWARD__DAY__INIT;
    day.has_number = true;
    day.number = from;
    query.from = &day;
    query.has_length = true;
    query.length = length;
    query.has_working_days = true;
    query.working_days = working;
    return show_ask(ctl, AWARD__QUERY__BODY_PERIOD, &query.base, status);
}

bool calendar_end_read(const Award__QueryReply *reply, int32_t *last)
{
    if (reply == NULL || reply->period->last == NULL) {
        return false;
    }
    *last = reply->period->last->number;
    return true;
}

bool calendar_year_parse(const char *text, int32_t *year)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (*end != '\0' || number < CALENDAR_YEAR_MIN || number > CALENDAR_YEAR_MAX) {
        (void)ctl_error(CTL_USAGE, "年份应为 1993 至 2998", "a year is 1993 to 2998");
        return false;
    }
    *year = (int32_t)number;
    return true;
}

// The period from the day before the year to its first working day lies in both years.
bool calendar_year_source(struct ctl *ctl, int32_t year, const Award__Why__Source **source,
                          int *status)
{
    *source = NULL;
    int32_t before = day_from_civil((struct civil){year - 1, 12, 31});
    const Award__QueryReply *reply = calendar_period_ask(ctl, before, 1, true, status);
    if (reply == NULL) {
        return false;
    }
    for (size_t i = 0; i < reply->period->n_calendars; i++) {
        const Award__Why__Source *one = reply->period->calendars[i];
        if (one->year == year && one->announced) {
            *source = one;
        }
    }
    return true;
}

bool calendar_year_known(struct ctl *ctl, int32_t year, bool *announced, int *status)
{
    const Award__Why__Source *source;
    bool good = calendar_year_source(ctl, year, &source, status);
    *announced = good && source != NULL;
    return good;
}

// The last days of 1, 2, 3 ... working days from the day before the first are the working days.
static bool working_ask(struct ctl *ctl, struct calendar_days *days, int *status)
{
    int32_t last = days->first - 1;
    while (last < days->last) {
        int32_t before = last;
        arena_reset(ctl->arena);
        const Award__QueryReply *reply = calendar_period_ask(ctl, before, 1, true, status);
        if (!calendar_end_read(reply, &last) || last <= before) {
            return false;
        }
        if (last <= days->last) {
            days->working[last - days->first] = true;
            days->provisional = days->provisional || reply->period->provisional;
        }
    }
    return true;
}

bool calendar_days_ask(struct ctl *ctl, int32_t first, int32_t last, struct calendar_days *days,
                       int *status)
{
    assert(last >= first && last - first < CALENDAR_DAYS_MAX);
    struct arena *kept = ctl->arena;
    *days = (struct calendar_days){.first = first, .last = last};
    ctl->arena = arena_create();
    bool good = working_ask(ctl, days, status);
    arena_destroy(ctl->arena);
    ctl->arena = kept;
    return good;
}
