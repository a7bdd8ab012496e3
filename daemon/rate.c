// rate - one moment instead of a count: each use puts off when all of it may be used again
#include "daemon/rate.h"

#include "common/clock.h"

#include <assert.h>

enum { MINUTE_US = 60 * US_PER_SECOND };

static int64_t used_us(const struct rate *rate, int64_t now_ms)
{
    int64_t used = rate->full_us - now_ms * US_PER_MS;
    return used > 0 ? used : 0;
}

bool rate_use(struct rate *rate, int64_t now_ms)
{
    assert(rate->events_a_minute > 0);
    int64_t each_us = MINUTE_US / rate->events_a_minute;
    int64_t used = used_us(rate, now_ms);
    if (used + each_us > MINUTE_US) {
        rate->refused++;
        return false;
    }
    rate->full_us = now_ms * US_PER_MS + used + each_us;
    return true;
}

uint32_t rate_used(const struct rate *rate, int64_t now_ms)
{
    int64_t each_us = MINUTE_US / rate->events_a_minute;
    return (uint32_t)((used_us(rate, now_ms) + each_us - 1) / each_us);
}
