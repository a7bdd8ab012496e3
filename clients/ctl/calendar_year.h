// calendar_year - years and their working days, as the coordinator counts them
//
// The coordinator is asked for the ends of periods; which days it works follows from them.
#pragma once

#include "clients/ctl/ctl.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    CALENDAR_YEAR_MIN = 1993,
    CALENDAR_YEAR_MAX = 2998,
    CALENDAR_DAYS_MAX = 400,
};

struct calendar_days {
    int32_t first;
    int32_t last; // at most CALENDAR_DAYS_MAX days, both included
    bool working[CALENDAR_DAYS_MAX];
    bool provisional; // a calendar that is still to come could change one of them
};

// Asks for the end of a period of days or working days. NULL and *status when there is no reply.
const Award__QueryReply *calendar_period_ask(struct ctl *ctl, int32_t from, uint32_t length,
                                             bool working, int *status);

// The last day that a reply of that kind names. False where there is none.
bool calendar_end_read(const Award__QueryReply *reply, int32_t *last);

// A year of four digits on the command line. False when it has said what is wrong.
bool calendar_year_parse(const char *text, int32_t *year);

// Where the calendar of the year is from, in the arena; NULL where none is loaded. False when it
// has said why that is not known.
bool calendar_year_source(struct ctl *ctl, int32_t year, const Award__Why__Source **source,
                          int *status);

// Whether the calendar of the year is loaded. False when it has said why that is not known.
bool calendar_year_known(struct ctl *ctl, int32_t year, bool *announced, int *status);

// Each day from the first to the last. False when it has said why not.
bool calendar_days_ask(struct ctl *ctl, int32_t first, int32_t last, struct calendar_days *days,
                       int *status);
