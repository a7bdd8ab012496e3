// after_world - a world in which an enterprise holds an honour, for the tests of chapter 5
//
// The clock stands at 2019-03-01T09:00:00+08:00. WORLD_ENTERPRISE holds the award of the cycle 2018
// since 2018-11-16, with medal and certificate; its self-evaluation of 2019 is open.
#pragma once

#include "tests/rules/world.h"

#define AFTER_CASE "2018/" WORLD_ENTERPRISE "/1"

struct world *after_world_create(void);

// Puts a record, given as JSON.
void after_put(struct world *world, Award__Change__RecordCase kind, const char *json);

// Sends what the format makes; the world accepts it, or the test ends.
const Award__Decision *after_accept(struct world *world, const char *principal, const char *format,
                                    ...) __attribute__((format(printf, 3, 4)));
const Award__Decision *after_send(struct world *world, const char *principal, const char *format,
                                  ...) __attribute__((format(printf, 3, 4)));

// The open task that the last change of the case asked for; NULL where there is none.
Award__Task *after_task(struct world *world, const char *kind);

// The worker's answer to the grounds task that is open: "[]" or "[\"serious_quality\"]".
const Award__Decision *after_grounds(struct world *world, const char *incident,
                                     const char *grounds);

Award__Incident *after_incident(struct world *world, const char *incident);
Award__Deadline *after_deadline(struct world *world, const char *id);
Award__Enterprise *after_enterprise(struct world *world, const char *code);
Award__Revocation *after_revocation(struct world *world, const char *id);

// The first message to a principal at this moment (as "2019-03-08T09:00:00+08:00").
Award__Message *after_message(struct world *world, const char *recipient, const char *moment);

// A complaint O-1 about the laureate, to be answered in this period; on 2019-03-01, a Friday, where
// the clock has not moved.
void after_complaint(struct world *world, struct period period);
