// people_world - an office of four and two district bureaus, and what is on record of each person
#pragma once

#include "tests/rules/world.h"

// The world begins on Tuesday 2018-01-02 at 09:00; 2018-01-01 is a day off.
#define TODAY "2018-01-02"

// The office has three more: office-b, office-c, office-d; beside bureau-500112 there is
// bureau-500109.
struct world *people_world_create(void);

void people_principal(struct world *world, const char *name, const char *role, const char *scope);

// The bodies of events; a post, an end or a substitute of NULL is left out.
const char *people_duty_json(struct world *world, const char *person, const char *post,
                             const char *from, const char *until);
const char *people_away_json(struct world *world, const char *person, const char *from,
                             const char *until, const char *substitute);

// The office sends it, and it is accepted.
void people_duty(struct world *world, const char *person, const char *post, const char *from,
                 const char *until);
void people_away(struct world *world, const char *person, const char *from, const char *until,
                 const char *substitute);

// Of the office's own, or of the person that it names; JSON of its fields.
void people_address(struct world *world, const char *json);

Award__Person *people_person(struct world *world, const char *name);

int32_t people_day(const char *text);
