// moment - what is missing is filled in until it is the full form
#include "clients/ctl/moment.h"

#include "common/time.h"

#include <stdio.h>
#include <string.h>

static const char day_form[] = "2018-10-08";
static const char minute_form[] = "2018-10-08T09:00";
static const char second_form[] = "2018-10-08T09:00:00";

bool moment_read(const char *text, int64_t *moment_ms)
{
    char full[MOMENT_TEXT_BYTES];
    size_t length = strlen(text);
    int32_t day;
    if (length >= sizeof(full) - sizeof(":00+08:00")) {
        return false;
    }
    if (length == sizeof(day_form) - 1 && day_parse(text, length, &day)) {
        *moment_ms = day_start(day);
        return moment_valid(*moment_ms);
    }
    if (length == sizeof(minute_form) - 1 && strcmp(text + sizeof(day_form), "24:00") == 0 &&
        day_parse(text, sizeof(day_form) - 1, &day)) {
        *moment_ms = day_end(day);
        return moment_valid(*moment_ms);
    }
    const char *seconds = length == sizeof(minute_form) - 1 ? ":00" : "";
    bool zoned = length != sizeof(minute_form) - 1 && length != sizeof(second_form) - 1;
    int size = snprintf(full, sizeof(full), "%s%s%s", text, seconds, zoned ? "" : "+08:00");
    if (length > sizeof(day_form) - 1 && full[sizeof(day_form) - 1] == ' ') {
        full[sizeof(day_form) - 1] = 'T';
    }
    return moment_parse(full, (size_t)size, moment_ms);
}
