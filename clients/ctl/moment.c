// moment - what is missing is filled in until it is the full form
#include "clients/ctl/moment.h"

#include "common/time.h"

#include <stdio.h>
#include <string.h>

// Lengths of "2018-10-08", "2018-10-08T09:00" and "2018-10-08T09:00:00".
enum { DAY_LENGTH = 10, MINUTE_LENGTH = 16, SECOND_LENGTH = 19 };

bool moment_read(const char *text, int64_t *moment_ms)
{
    char full[MOMENT_TEXT_BYTES];
    size_t length = strlen(text);
    int32_t day;
    if (length >= sizeof(full) - sizeof(":00+08:00")) {
        return false;
    }
    if (length == DAY_LENGTH && day_parse(text, length, &day)) {
        *moment_ms = day_start(day);
        return moment_valid(*moment_ms);
    }
    if (length == MINUTE_LENGTH && strcmp(text + DAY_LENGTH + 1, "24:00") == 0 &&
        day_parse(text, DAY_LENGTH, &day)) {
        *moment_ms = day_end(day);
        return moment_valid(*moment_ms);
    }
    const char *seconds = length == MINUTE_LENGTH ? ":00" : "";
    bool zoned = length != MINUTE_LENGTH && length != SECOND_LENGTH;
    int size = snprintf(full, sizeof(full), "%s%s%s", text, seconds, zoned ? "" : "+08:00");
    if (length > DAY_LENGTH && full[DAY_LENGTH] == ' ') {
        full[DAY_LENGTH] = 'T';
    }
    return moment_parse(full, (size_t)size, moment_ms);
}
