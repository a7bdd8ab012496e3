// clock - time that only goes forward, and the host's
#include "common/clock.h"

#include <time.h>

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / US_PER_MS;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / NS_PER_US;
}

int64_t clock_wall_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / NS_PER_MS;
}

struct timeval clock_timeval(int64_t ms)
{
    return (struct timeval){.tv_sec = ms / MS_PER_SECOND,
                            .tv_usec = ms % MS_PER_SECOND * US_PER_MS};
}
