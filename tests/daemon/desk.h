// desk - whoever asks queries of an office, and a case that is under review
#pragma once

#include "daemon/queries.h"
#include "tests/daemon/office.h"
#include "tests/rules/applying.h"
#include "tests/shared/genesis.h"

#define CASE APPLYING_CASE

struct desk {
    struct office *office;
    struct arena *arena; // of the replies
};

struct desk desk_open(void);
void desk_close(struct desk *desk);

const Award__Principal *desk_principal(struct desk *desk, const char *name);

// Asks a query, given as JSON. Every task is leased to worker-scoring, three events were accepted.
Award__QueryReply *desk_ask(struct desk *desk, const char *principal, const char *json);

// The code of a reply's error, "" where there is none.
const char *desk_code(const Award__QueryReply *reply);

// Submits an event and commits it; ends the test unless it is accepted.
void desk_take(struct desk *desk, const char *principal, const char *json);

// The body of an event with a sheet of 601.00 points for the case; `more` is put behind the scores.
const char *desk_sheet(struct desk *desk, const char *event, const char *more);

// An enterprise and a cycle that is open.
void desk_to_cycle(struct desk *desk);

// An application that is accepted, its team t1 of reviewer-01 to reviewer-03 formed; nobody has
// scored.
void desk_to_review(struct desk *desk);

// Puts a record into the state, given as JSON of a change, without any event.
void desk_put(struct desk *desk, const char *json);
