// Tests of clock: the units in which times are handed on.
#include "common/clock.h"

#include <criterion/criterion.h>

Test(clock, a_time_to_wait_is_its_seconds_and_the_microseconds_beyond_them)
{
    struct timeval wait = clock_timeval(61042);
    cr_expect_eq(wait.tv_sec, 61);
    cr_expect_eq(wait.tv_usec, 42000);
    wait = clock_timeval(0);
    cr_expect(wait.tv_sec == 0 && wait.tv_usec == 0);
}
