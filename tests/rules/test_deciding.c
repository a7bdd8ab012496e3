// What a decision reads and puts while it is made.
#include "rules/deciding.h"
#include "rules/overlay.h"
#include "rules/principal_roles.h"
#include "rules/tasks.h"
#include "tests/rules/applying.h"

#include <criterion/criterion.h>
#include <string.h>

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

// "office office-b", of the roles in the set.
static const char *names_of(struct deciding *d, uint32_t roles)
{
    const char *text = "";
    struct principals_walk walk = principals_of(d, roles);
    const Award__Principal *principal;
    while ((principal = principals_next(&walk)) != NULL) {
        text = say(d, "%s%s%s", text, *text != '\0' ? " " : "", principal->name);
    }
    return text;
}

Test(deciding, the_principals_of_a_role_are_seen_with_what_was_put_and_without_what_was_dropped)
{
    struct world *world = world_create();
    struct deciding *d = world_reading(world);
    cr_expect_str_eq(names_of(d, ROLE(government)), "government");
    cr_expect_str_eq(names_of(d, ROLE(office) | ROLE(government)), "government office");
    cr_expect_str_eq(names_of(d, 0), "");

    Award__Principal *office = principal_get(d, "office");
    SET(office, role, AWARD__ROLE__NAME__government);
    principal_put(d, office, "policy");
    cr_expect_str_eq(names_of(d, ROLE(government)), "government office");
    cr_expect_str_eq(names_of(d, ROLE(office)), "");

    (void)reject(d, "no_such_cycle", "order", "无", "none");
    cr_expect_str_eq(names_of(d, ROLE(government)), "government");
    cr_expect_str_eq(names_of(d, ROLE(office)), "office");
    world_destroy(world);
}

Test(deciding, many_principals_are_walked_in_the_order_of_their_names)
{
    enum { MANY = 300 };
    struct world *world = world_create();
    struct deciding *d = world_reading(world);
    for (int i = MANY - 1; i >= 0; i--) {
        Award__Principal *one = NEW(d, Award__Principal, award__principal);
        one->name = arena_format(d->arena, "x%03d", i);
        SET(one, role, i % 3 == 0 ? AWARD__ROLE__NAME__public : AWARD__ROLE__NAME__office);
        world_put(world, AWARD__CHANGE__RECORD_PRINCIPAL, &one->base);
    }
    struct principals_walk walk = principals_of(d, ROLE(public));
    const Award__Principal *principal;
    int count = 0;
    while ((principal = principals_next(&walk)) != NULL) {
        if (strcmp(principal->name, "public") != 0) {
            cr_expect_str_eq(principal->name, say(d, "x%03d", 3 * count));
            count++;
        }
    }
    cr_expect_eq(count, MANY / 3);
    cr_expect_not(d->damaged);
    world_destroy(world);
}

// What lies under a principal's key and is none is damage; those around it are seen.
Test(deciding, principals_that_cannot_be_read_are_damage_and_hide_no_other)
{
    static const struct {
        const char *name;
        struct bytes value;
        bool damaged;
    } rows[] = {
        {"offiae", {(const uint8_t *)"\xFF", 1},         true }, // nothing
        {"offiae", {(const uint8_t *)"\x10\x01\xFF", 3}, true }, // behind the role
        {"offiae", {(const uint8_t *)"\x10\x28", 2},     false}, // a role that no set has
        {"offiae", {(const uint8_t *)"\x0A\x01x", 3},    false}, // none
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_create();
        struct deciding *d = world_reading(world);
        struct overlay *overlay = overlay_create(d->in->view);
        struct rules_input in = *d->in;
        overlay_put(overlay, record_key(d->arena, AWARD__CHANGE__RECORD_PRINCIPAL, rows[i].name),
                    rows[i].value);
        in.view = overlay_view(overlay);
        d->in = &in;
        cr_expect_str_eq(names_of(d, ROLE(office) | ROLE(government)), "government office", "%zu",
                         i);
        cr_expect_eq(d->damaged, rows[i].damaged, "%zu", i);
        overlay_destroy(overlay);
        world_destroy(world);
    }
}

// A calendar that moves a thousand deadlines puts tens of thousands of records with one entry.
Test(deciding, what_many_changes_take_grows_no_faster_than_they_do)
{
    enum { MANY = 3000, BYTES_OF_ONE = 1024 };
    struct world *world = world_create();
    struct deciding *d = world_reading(world);
    size_t before = arena_bytes(d->arena);
    for (int i = 0; i < MANY; i++) {
        Award__Principal *one = NEW(d, Award__Principal, award__principal);
        one->name = arena_format(d->arena, "x%04d", i);
        SET(one, role, AWARD__ROLE__NAME__office);
        principal_put(d, one, "policy");
    }
    cr_expect_eq(d->decision->n_changes, MANY);
    cr_expect_str_eq(d->decision->changes[MANY / 2]->principal->name, say(d, "x%04d", MANY / 2));
    cr_expect_not_null(principal_get(d, "x0000"));
    cr_expect_lt(arena_bytes(d->arena) - before, (size_t)MANY * BYTES_OF_ONE);
    world_destroy(world);
}

// Two incidents of one entry are checked for the same version of a case.
Test(deciding, a_task_is_asked_once_and_one_of_another_detail_has_the_next_number)
{
    const Award__TaskKind__Name check = AWARD__TASK_KIND__NAME__check_grounds;
    struct world *world = world_create();
    struct deciding *d = world_reading(world);
    d->row = event_row(AWARD__EVENT__BODY_INCIDENT_RECORDED);
    for (size_t i = 0; i < 2; i++) {
        task_queue(d, check, "2018/x/1", "I-1", 7, NULL);
        task_queue(d, check, "2018/x/1", "I-2", 7, NULL);
        task_queue(d, AWARD__TASK_KIND__NAME__rank, "2018", NULL, 1, NULL);
        cr_expect_eq(d->decision->n_changes, 3, "%zu", i);
    }
    cr_expect_str_eq(task_get(d, "check_grounds:2018/x/1:7")->detail, "I-1");
    cr_expect_str_eq(task_get(d, "check_grounds:2018/x/1:8")->detail, "I-2");
    world_destroy(world);
}
