// time - civil days and moments in Asia/Shanghai
//
// A day is the number of days since 1970-01-01, a moment the number of milliseconds since
// 1970-01-01T00:00:00Z. Asia/Shanghai has been UTC+8 without summer time since 1992; moments before
// that are not valid. Days may lie further back (an enterprise operating since 1951).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DAY_TEXT_BYTES = 11,    // "2018-10-08" and its end
    MOMENT_TEXT_BYTES = 40, // "2018-10-08T09:00:00.000+08:00", its end and room to spare
    DAY_MS = 86400000,
};

struct civil {
    int32_t year;
    int32_t month; // 1 to 12
    int32_t day;   // 1 to 31
};

// Years 1900 to 2999 are valid days; years 1992 to 2999 valid moments.
bool day_valid(int32_t day);
bool moment_valid(int64_t moment_ms);

int32_t day_from_civil(struct civil civil);
struct civil day_to_civil(int32_t day);

// 1 is Monday, 7 is Sunday.
int day_weekday(int32_t day);

// Same month and day so many years or months on, or that month's last day where there is none
// (decision 1).
int32_t day_add_years(int32_t day, int32_t years);
int32_t day_add_months(int32_t day, int32_t months);

int32_t day_of_moment(int64_t moment_ms);
int64_t day_start(int32_t day); // 00:00
int64_t day_end(int32_t day);   // 24:00: the last millisecond of the day

// "2018-10-08". Writes DAY_TEXT_BYTES at most.
void day_format(int32_t day, char text[DAY_TEXT_BYTES]);
bool day_parse(const char *text, size_t length, int32_t *day);

// "2018-10-08T09:00:00+08:00", with ".123" where there are milliseconds.
void moment_format(int64_t moment_ms, char text[MOMENT_TEXT_BYTES]);

// Reads any offset "+08:00" or "Z"; fractions of up to three digits.
bool moment_parse(const char *text, size_t length, int64_t *moment_ms);
