// What a decision reads and puts while it is made.
#include "rules/deciding.h"
#include "tests/rules/applying.h"

#include <criterion/criterion.h>

Test(deciding, a_cycle_is_read_once_until_it_is_put_or_what_was_put_is_dropped)
{
    struct world *world = world_create();
    applying_open(world);
    struct deciding *d = world_reading(world);
    const Award__Cycle *seen = cycle_look(d, "2018");
    cr_assert_not_null(seen);
    cr_assert_eq(cycle_look(d, "2018"), seen);
    cr_assert_null(cycle_look(d, "2017"));
    cr_assert_null(cycle_look(d, "2019"));

    (void)cycle_look(d, "2018");
    Award__Cycle *changed = cycle_get(d, "2018");
    cycle_put(d, changed, "16(1)");
    cr_assert_eq(cycle_look(d, "2018"), changed);

    (void)reject(d, "no_such_cycle", "order", "无", "none");
    cr_assert_neq(cycle_look(d, "2018"), changed);
    cr_assert_not_null(cycle_look(d, "2018"));
    world_destroy(world);
}
