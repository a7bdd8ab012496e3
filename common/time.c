// time - civil days and moments in Asia/Shanghai
//
// Conversions count in 400-year eras that begin on 1 March, so that the leap day is an era's last.
#include "common/time.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    ERA_DAYS = 146097,
    EPOCH_SHIFT_DAYS = 719468, // 0000-03-01 to 1970-01-01
    ZONE_MS = 8 * 3600 * 1000,
    MINUTE_MS = 60000,
};

int32_t day_from_civil(struct civil civil)
{
    int32_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
    assert(year >= 0);
    int32_t era = year / 400;
    int32_t year_of_era = year % 400;
    int32_t month_from_march = (civil.month + 9) % 12;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_SHIFT_DAYS;
}

struct civil day_to_civil(int32_t day)
{
    int32_t shifted = day + EPOCH_SHIFT_DAYS;
    assert(shifted >= 0);
    int32_t era = shifted / ERA_DAYS;
    int32_t day_of_era = shifted % ERA_DAYS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    struct civil civil = {
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
        .month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9,
    };
    civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
    return civil;
}

bool day_valid(int32_t day)
{
    return day >= day_from_civil((struct civil){1900, 1, 1}) &&
           day <= day_from_civil((struct civil){2999, 12, 31});
}

bool moment_valid(int64_t moment_ms)
{
    return moment_ms >= day_start(day_from_civil((struct civil){1992, 1, 1})) &&
           moment_ms <= day_end(day_from_civil((struct civil){2999, 12, 31}));
}

int day_weekday(int32_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7) + 1; // 1970-01-01 was a Thursday
}

static bool leap_year(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t month_length(int32_t year, int32_t month)
{
    static const int32_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && leap_year(year) ? 29 : lengths[month - 1];
}

int32_t day_add_months(int32_t day, int32_t months)
{
    struct civil civil = day_to_civil(day);
    int32_t counted = civil.year * 12 + civil.month - 1 + months;
    civil.year = counted / 12;
    civil.month = counted % 12 + 1;
    int32_t length = month_length(civil.year, civil.month);
    civil.day = civil.day < length ? civil.day : length;
    return day_from_civil(civil);
}

// decision 1, decision 4
int32_t day_add_years(int32_t day, int32_t years)
{
    return day_add_months(day, years * 12);
}

int32_t day_of_moment(int64_t moment_ms)
{
    int64_t local = moment_ms + ZONE_MS;
    int64_t day = local / DAY_MS;
    return (int32_t)(local % DAY_MS < 0 ? day - 1 : day);
}

int64_t day_start(int32_t day)
{
    return (int64_t)day * DAY_MS - ZONE_MS;
}

int64_t day_end(int32_t day)
{
    return day_start(day + 1) - 1;
}

void day_format(int32_t day, char text[DAY_TEXT_BYTES])
{
    assert(day_valid(day));
    struct civil civil = day_to_civil(day);
    (void)snprintf(text, DAY_TEXT_BYTES, "%04u-%02u-%02u", (unsigned)civil.year % 10000U,
                   (unsigned)civil.month % 100U, (unsigned)civil.day % 100U);
}

// Reads exactly `digits` decimal digits and steps over them.
static bool number_take(const char **at, const char *end, int digits, int32_t *value)
{
    if (end - *at < digits) {
        return false;
    }
    *value = 0;
    for (int i = 0; i < digits; i++) {
        char digit = (*at)[i];
        if (digit < '0' || digit > '9') {
            return false;
        }
        *value = *value * 10 + (digit - '0');
    }
    *at += digits;
    return true;
}

static bool char_take(const char **at, const char *end, char wanted)
{
    if (*at == end || **at != wanted) {
        return false;
    }
    (*at)++;
    return true;
}

static bool day_take(const char **at, const char *end, int32_t *day)
{
    struct civil civil;
    if (!number_take(at, end, 4, &civil.year) || !char_take(at, end, '-') ||
        !number_take(at, end, 2, &civil.month) || !char_take(at, end, '-') ||
        !number_take(at, end, 2, &civil.day)) {
        return false;
    }
    if (civil.year < 1900 || civil.year > 2999 || civil.month < 1 || civil.month > 12 ||
        civil.day < 1 || civil.day > month_length(civil.year, civil.month)) {
        return false;
    }
    *day = day_from_civil(civil);
    return true;
}

bool day_parse(const char *text, size_t length, int32_t *day)
{
    const char *at = text;
    const char *end = text + length;
    return day_take(&at, end, day) && at == end;
}

void moment_format(int64_t moment_ms, char text[MOMENT_TEXT_BYTES])
{
    assert(moment_valid(moment_ms));
    int32_t day = day_of_moment(moment_ms);
    unsigned of_day = (unsigned)(moment_ms - day_start(day));
    char day_text[DAY_TEXT_BYTES];
    char fraction[8] = "";
    day_format(day, day_text);
    if (of_day % 1000 != 0) {
        (void)snprintf(fraction, sizeof(fraction), ".%03u", of_day % 1000);
    }
    (void)snprintf(text, MOMENT_TEXT_BYTES, "%sT%02u:%02u:%02u%s+08:00", day_text,
                   of_day / 3600000 % 24, of_day / 60000 % 60, of_day / 1000 % 60, fraction);
}

static bool fraction_take(const char **at, const char *end, int32_t *milliseconds)
{
    *milliseconds = 0;
    if (!char_take(at, end, '.')) {
        return true;
    }
    int32_t scale = 100;
    const char *first = *at;
    while (*at < end && **at >= '0' && **at <= '9' && scale > 0) {
        *milliseconds += (**at - '0') * scale;
        scale /= 10;
        (*at)++;
    }
    return *at > first;
}

static bool offset_take(const char **at, const char *end, int32_t *minutes)
{
    *minutes = 0;
    if (char_take(at, end, 'Z')) {
        return true;
    }
    int32_t sign = char_take(at, end, '+') ? 1 : -1;
    int32_t hour;
    int32_t minute;
    if ((sign < 0 && !char_take(at, end, '-')) || !number_take(at, end, 2, &hour) ||
        !char_take(at, end, ':') || !number_take(at, end, 2, &minute) || hour > 14 || minute > 59) {
        return false;
    }
    *minutes = sign * (hour * 60 + minute);
    return true;
}

bool moment_parse(const char *text, size_t length, int64_t *moment_ms)
{
    const char *at = text;
    const char *end = text + length;
    int32_t day;
    int32_t hour;
    int32_t minute;
    int32_t second;
    int32_t milliseconds;
    int32_t offset_minutes;
    if (!day_take(&at, end, &day) || !char_take(&at, end, 'T') ||
        !number_take(&at, end, 2, &hour) || !char_take(&at, end, ':') ||
        !number_take(&at, end, 2, &minute) || !char_take(&at, end, ':') ||
        !number_take(&at, end, 2, &second) || !fraction_take(&at, end, &milliseconds) ||
        !offset_take(&at, end, &offset_minutes) || at != end) {
        return false;
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return false;
    }
    *moment_ms = (int64_t)day * DAY_MS +
                 ((int64_t)hour * 3600 + (int64_t)minute * 60 + second) * 1000 + milliseconds -
                 (int64_t)offset_minutes * MINUTE_MS;
    return moment_valid(*moment_ms);
}
