// clock - time that only goes forward, for waiting and measuring, and the host's clock; the legal
// one is the ledger's
#pragma once

#include <stdint.h>

// Milliseconds and microseconds of the monotonic clock.
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

// The host's clock, which may be stepped: milliseconds since 1970-01-01T00:00:00Z.
int64_t clock_wall_ms(void);
