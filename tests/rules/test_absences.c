// What somebody reports of himself: one absence of several, an address that is none.
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>

Test(absences, one_absence_of_several_is_cancelled_alone)
{
    struct world *world = after_world_create();
    static const char *const days[] = {"2019-03-04", "2019-03-11", "2019-03-18"};
    for (size_t i = 0; i < 3; i++) {
        (void)after_accept(
            world, "office",
            "{\"absence_recorded\":{\"from\":\"%s\",\"until\":\"%s\",\"reason\":\"r\"}}", days[i],
            days[i]);
    }
    (void)after_accept(world, "office", "%s",
                       "{\"absence_recorded\":{\"from\":\"2019-03-11\",\"cancelled\":true}}");
    const Award__Person *person =
        (const Award__Person *)world_record(world, AWARD__CHANGE__RECORD_PERSON, "office");
    cr_assert_eq(person->n_absences, 2);
    world_expect_day(person->absences[0]->from, days[0]);
    world_expect_day(person->absences[1]->from, days[2]);
    world_destroy(world);
}

Test(addresses, a_digest_of_an_address_is_hexadecimal)
{
    struct world *world = after_world_create();
    const Award__Decision *decision = after_send(
        world, "office",
        "{\"address_changed\":{\"addresses\":[{\"channel\":\"mail\",\"digest\":\"%s\"}]}}",
        "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    cr_expect_str_eq(world_code(decision), "bad_address");
    world_destroy(world);
}
