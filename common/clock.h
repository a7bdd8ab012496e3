// clock - time that only goes forward, for waiting and measuring; never the legal one
#pragma once

#include <stdint.h>

// Milliseconds and microseconds of the monotonic clock.
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);
