// calendar - working days of mainland China, and how a legal period is counted
//
// Plain data: the exceptions that the State Council's notices announced, and the years they cover.
// A day that is not listed is a working day from Monday to Friday. A year is announced when its 1
// January is listed. All functions are pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calendar_exception {
    int32_t day;
    bool working; // a make-up day; else a day off
};

struct calendar {
    const struct calendar_exception *exceptions; // ascending, no day twice
    size_t exceptions_count;
};

enum { PERIOD_LENGTH_MAX = 1000 }; // of any unit

enum period_unit { PERIOD_DAYS, PERIOD_WORKING_DAYS, PERIOD_MONTHS, PERIOD_YEARS };

// How long a legal period is and how it is counted (Civil Code 200-204, decision 1).
struct period {
    uint32_t length; // 0 only of what is left of one: it ends with the day that it is counted from
    enum period_unit unit;
    bool first_day_counted;
    bool roll_last_day; // a last day that is a day off moves to the next working day
};

struct period_end {
    int32_t last;     // the last day of the period; it ends at 24:00
    bool provisional; // a calendar that is still to come could move it (decision 3)
};

// Puts a day that is not among them where it belongs among `count` ascending exceptions, which have
// room for one more: the last days of a December may come in the notice of either year.
void calendar_insert(struct calendar_exception *exceptions, size_t count,
                     struct calendar_exception one);

bool calendar_working(const struct calendar *calendar, int32_t day);

// Whether 1 January of the year is listed.
bool calendar_announced(const struct calendar *calendar, int32_t year);

// Whether a notice that is still to come could make the day a working day or a day off.
bool calendar_day_open(const struct calendar *calendar, int32_t day);

// The last announced year, 0 when there is none.
int32_t calendar_last_year(const struct calendar *calendar);

// The last day before it is moved, of a period of days, months or years.
int32_t period_civil_end(const struct period *period, int32_t start);

// The end of a period that is counted from `start` (the day of the event), a valid day. Working
// days run through make-up days; months and years end on the same day, or on the month's last where
// there is none. An end is provisional when an unannounced day was looked at to find it: the
// counted days of working days; the last day and those that it moves over; none where a civil end
// never moves.
struct period_end period_count(const struct period *period, int32_t start,
                               const struct calendar *calendar);
