// people_world - an office of four and two district bureaus, and what is on record of each person
#include "tests/rules/people_world.h"

#include "common/time.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

void people_principal(struct world *world, const char *name, const char *role, const char *scope)
{
    world_put_json(
        world, AWARD__CHANGE__RECORD_PRINCIPAL,
        JSON(world, "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}", name, role, scope));
}

struct world *people_world_create(void)
{
    struct world *world = world_create();
    people_principal(world, "office-b", "office", "");
    people_principal(world, "office-c", "office", "");
    people_principal(world, "office-d", "office", "");
    people_principal(world, "bureau-500109", "district_bureau", "500109");
    return world;
}

const char *people_duty_json(struct world *world, const char *person, const char *post,
                             const char *from, const char *until)
{
    return JSON(world, "{\"duty_changed\":{\"person\":\"%s\",\"from\":\"%s\"%s%s}}", person, from,
                post != NULL ? JSON(world, ",\"post\":\"%s\"", post) : "",
                until != NULL ? JSON(world, ",\"until\":\"%s\"", until) : "");
}

void people_duty(struct world *world, const char *person, const char *post, const char *from,
                 const char *until)
{
    (void)world_accept(world, "office", people_duty_json(world, person, post, from, until));
}

const char *people_away_json(struct world *world, const char *person, const char *from,
                             const char *until, const char *substitute)
{
    return JSON(world,
                "{\"absence_recorded\":{\"person\":\"%s\",\"from\":\"%s\",\"until\":\"%s\","
                "\"reason\":\"年假\"%s}}",
                person, from, until,
                substitute != NULL ? JSON(world, ",\"substitute\":\"%s\"", substitute) : "");
}

void people_away(struct world *world, const char *person, const char *from, const char *until,
                 const char *substitute)
{
    (void)world_accept(world, "office", people_away_json(world, person, from, until, substitute));
}

void people_address(struct world *world, const char *json)
{
    (void)world_accept(world, "office", JSON(world, "{\"address_changed\":{%s}}", json));
}

Award__Person *people_person(struct world *world, const char *name)
{
    return (Award__Person *)world_record(world, AWARD__CHANGE__RECORD_PERSON, name);
}

int32_t people_day(const char *text)
{
    int32_t number;
    cr_assert(day_parse(text, strlen(text), &number));
    return number;
}
