// counting - the days of a period one by one, as period_count counts them
#pragma once

#include "common/arena.h"
#include "rules/calendar.h"

enum day_use {
    DAY_START,     // of the event; it is not counted
    DAY_COUNTED,   // the so-manieth of the period
    DAY_OFF,       // no working day: passed over
    DAY_MOVED_OFF, // the last day would be a day off: the end moves over it
    DAY_MOVED_TO,  // to this working day
};

struct day_used {
    int32_t day;
    enum day_use use;
    uint32_t
        number; // of a counted one, from 1; of months and years 0: only their last day is listed
    bool open;  // a calendar that is still to come could change it
};

// Fills in the days from the start to the last one, ascending, in the arena; returns how many. Days
// between the start and the end of months and years are not listed.
size_t period_days(const struct period *period, int32_t start, const struct calendar *calendar,
                   struct arena *arena, struct day_used **days);
