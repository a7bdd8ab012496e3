// published_world - a cycle whose candidates are public, for what is brought up about them
#include "tests/rules/published_world.h"

static const struct standing candidates[] = {
    CANDIDATE("candidate"),
    CANDIDATE("candidate"),
    {"not_selected", "500.00", "500.00", 56000, 700, NULL},
};

struct world *candidates_world(void)
{
    return selecting_world(sizeof(candidates) / sizeof(candidates[0]), candidates);
}

struct world *published_world(void)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-09-26T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED("2018-09-26", "2018-10-02"));
    return world;
}
