// selecting_world - a world in which a cycle stands before or within its final selection
#pragma once

#include "tests/rules/world.h"

// A case that is on record, by stage and scores: "final", "500.00", "500.00", and a defence of a
// sum in hundredths over 100 times the members of the panel (0: no defence).
struct standing {
    const char *stage;
    const char *document;
    const char *site;
    int defence;
    int defence_of;
    const char *more; // further fields of the case as JSON: "\"holds\":[...],", or NULL
};

enum { SELECTING_CASES_MAX = 9, SELECTING_UNITS = 12 };

// On 2018-01-02, with the cycle 2018: twelve member units U1 to U12, the chair "主任", these cases.
// The first belongs to ent-a; all enterprises meet the conditions.
struct world *selecting_world(size_t count, const struct standing *cases);

// Case number by index.
const char *selecting_case(struct world *world, size_t index);
const char *selecting_stage(struct world *world, size_t index);

// JSON with every "%N" for a digit N replaced by the number of the case of that index.
const char *selecting_json(struct world *world, const char *json);

// The scoring worker's right answer to this asking of the ranking, as JSON and sent.
const char *selecting_ranking(struct world *world, unsigned asking);
const Award__Decision *selecting_rank(struct world *world, unsigned asking);

const Award__Decision *selecting_send(struct world *world, const char *principal, const char *json);
const Award__Decision *selecting_accept(struct world *world, const char *principal,
                                        const char *json);

// Ends the test unless the event is rejected with this code.
void selecting_reject(struct world *world, const char *principal, const char *json,
                      const char *code);

Award__Cycle *selecting_cycle(struct world *world);
Award__Selection *selecting_selection(struct world *world);
Award__Deadline *selecting_deadline(struct world *world, const char *id);

// How many messages of a template are on record.
size_t selecting_messages(struct world *world, Award__Template__Name template_name);
size_t selecting_bars(struct world *world, size_t index, const char *article);
