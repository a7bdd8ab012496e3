// readings - the decisions on silent points that settle a day, and the day by the other reading
#pragma once

#include "rules/deciding.h"

struct reading_row {
    const char *decision; // "decision 2"
    const char *rests_on; // what the other reading could rest on
    const char *zh;       // the other reading
    const char *en;
};

enum reading_name {
    READING_FIRST_DAY,
    READING_END_MOVED,
    READING_NO_SUCH_DAY,
    READING_CLOSE_OF_BUSINESS,
    READINGS_MAX, // of one deadline
};

const struct reading_row *reading_row(enum reading_name name);

// The last day of a period, counted by the other reading.
int32_t reading_count(enum reading_name name, struct period period, int32_t start,
                      const struct calendar *calendar);

// That of a deadline, never before the day that was stated.
int32_t reading_last(struct deciding *d, const Award__Deadline *deadline, enum reading_name name);

// The same deadline by another reading: another last day, or another moment of the same day.
struct reading {
    const struct reading_row *row;
    const char *decision; // that settles it for this kind of deadline
    int32_t last;
    int64_t end_ms;
};

// Those that give another end than the deadline's own, in the order of the table; returns how many.
// What the public was told, or the office extended, counts in each of them.
size_t readings_of(struct deciding *d, const Award__Deadline *deadline,
                   struct reading readings[READINGS_MAX]);
