// Tests of strangers: which refused connections are told.
#include "daemon/strangers.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { START_MS = 1000 };

static struct strangers strangers;

// The key of this number comes at this moment.
static bool told(unsigned number, int64_t now_ms)
{
    char key[BUS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "key-%u", number);
    return strangers_tell(&strangers, key, now_ms);
}

Test(strangers, each_is_told_once_an_hour)
{
    cr_expect(told(1, START_MS));
    cr_expect(told(2, START_MS));
    for (int64_t second = 1; second < 3600; second++) {
        cr_assert_not(told(1, START_MS + second * 1000));
    }
    cr_expect(told(1, START_MS + STRANGERS_AGAIN_MS));
    cr_expect_not(told(1, START_MS + STRANGERS_AGAIN_MS + 1000));
    cr_expect(told(2, START_MS + STRANGERS_AGAIN_MS));
}

Test(strangers, the_one_that_was_told_longest_ago_makes_room)
{
    for (unsigned number = 0; number < STRANGERS_MAX; number++) {
        cr_expect(told(number, START_MS + number));
    }
    cr_expect(told(STRANGERS_MAX, START_MS + STRANGERS_MAX));
    cr_expect_not(told(1, START_MS + STRANGERS_MAX));
    cr_expect(told(0, START_MS + STRANGERS_MAX), "it was forgotten");
}
