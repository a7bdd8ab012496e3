// clock - time that only goes forward, for waiting and measuring, and the host's clock; the legal
// one is the ledger's
#pragma once

#include <stdint.h>
#include <sys/time.h>

enum {
    US_PER_MS = 1000,
    US_PER_SECOND = 1000000,
    MS_PER_SECOND = 1000,
    NS_PER_US = 1000,
    NS_PER_MS = 1000000,
    NS_PER_SECOND = 1000000000,
};

// Milliseconds and microseconds of the monotonic clock.
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

// The host's clock, which may be stepped: milliseconds since 1970-01-01T00:00:00Z.
int64_t clock_wall_ms(void);

// As libevent takes a time to wait.
struct timeval clock_timeval(int64_t ms);
