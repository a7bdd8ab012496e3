// events - the table of events: who may send what, on which article, and what decides it
#pragma once

#include "event.pb-c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct deciding;

#define ROLE(name) (UINT32_C(1) << AWARD__ROLE__NAME__##name)

// Who is no person.
#define WORKERS (ROLE(worker_scoring) | ROLE(worker_notification) | ROLE(worker_revocation))
#define PROGRAMS (WORKERS | ROLE(coordinator))

struct event_row {
    const char *zh; // what it is called
    const char *article;
    uint32_t from;        // set of roles
    const char *needs;    // fields without which it is no such event, separated by blanks
    uint32_t countersign; // set of roles of which a second person must sign; 0: none
    bool quiet;           // moves no version of a case: a delivery, a comparison
    bool (*decide)(struct deciding *d); // false: it was rejected
};

enum { EVENT_NUMBERS = 256 };

// NULL where the number is none of an event.
const struct event_row *event_row(Award__Event__BodyCase number);

// The event's name in the contract ("independent_sheet"); NULL where there is none.
const char *event_name(Award__Event__BodyCase number);

// The number that goes with a name; AWARD__EVENT__BODY__NOT_SET where there is none.
Award__Event__BodyCase event_number(const char *name);

const char *role_name(Award__Role__Name role);
const char *role_zh(Award__Role__Name role);
const char *post_name(Award__Post__Name post);
const char *post_zh(Award__Post__Name post);
const char *stage_name(Award__Stage__Name stage);
const char *stage_zh(Award__Stage__Name stage);
