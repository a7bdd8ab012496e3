// roster_world - a world in which the office has a roster and a complaint to answer
#pragma once

#include "tests/rules/after_world.h"

#define ANSWER "O-1:objection_answer:1"

// Somebody of the office who has the post from 2019-01-01 on.
void staff_put(struct world *world, const char *name, const char *post);

// The complaint is about the laureate, of Friday 2019-03-01, to be answered by Monday 2019-03-18;
// office is the clerk, head the section head, director the director.
struct world *roster_world_create(void);

// The same with another period for the answer.
struct world *roster_world_counted(struct period period);
