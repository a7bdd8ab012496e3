// roster_world - a world in which the office has a roster and a complaint to answer
#include "tests/rules/roster_world.h"

void staff_put(struct world *world, const char *name, const char *post)
{
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL,
              arena_format(world_arena(world), "{\"name\":\"%s\",\"role\":\"office\"}", name));
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              arena_format(world_arena(world),
                           "{\"person\":\"%s\",\"duties\":[{\"post\":\"%s\",\"from\":"
                           "\"2019-01-01\"}]}",
                           name, post));
}

struct world *roster_world_counted(struct period period)
{
    struct world *world = after_world_create();
    staff_put(world, "office", "clerk");
    staff_put(world, "head", "section_head");
    staff_put(world, "director", "director");
    after_complaint(world, period);
    return world;
}

struct world *roster_world_create(void)
{
    return roster_world_counted((struct period){.length = 17, .unit = PERIOD_DAYS});
}
