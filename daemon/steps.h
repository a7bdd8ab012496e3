// steps - when a message went through each step on its way, and what came of it
//
// The bus notes when it took the message off its socket (bus_message.received_us); the rest of the
// way is daemon/intake.c's: it notes each step and, once the answer has gone, tells all of it to
// one listener, from which whoever measures or remembers takes what it needs. Microseconds of the
// monotonic clock, a clock read a step: nothing is allocated, nothing locked.
#pragma once

#include "envelope.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

enum step {
    STEP_RECEIVED,   // off the socket
    STEP_TAKEN,      // its key's turn has come
    STEP_DECIDED,    // all of its events are, or its query is answered
    STEP_JOURNALLED, // its group is on disk
    STEP_ANSWERED,   // the answer has been handed to the socket
    STEPS
};

// None lies before the one above it. What has nothing to write is journalled when it is decided.
struct steps {
    int64_t at_us[STEPS];
};

// A message that has gone all the way; borrowed until the call returns. The answers say what was
// decided of each event, in the order of the events: outcome, reasons, entry, repeated.
struct steps_done {
    struct steps steps;
    const char *principal;             // whose key it came with; NULL where that is not admitted
    const Award__EventBatch *events;   // NULL: there were none, or they could not be read
    const Award__AnswerBatch *answers; // of the events
    const Award__Query *query;         // NULL: it was none
    const char *refusal; // code of a message or query that was refused whole; NULL: it was not
    const char *refusal_article; // "form", "authority", ...
    uint64_t first_entry;        // on record since this message; 0: none is
    uint64_t last_entry;         // others' entries may lie between the two
};

typedef void (*steps_listener)(void *context, const struct steps_done *done);

// Fills in the first and the last entry that the answers made; those that were on record before
// do not count.
void steps_entries_fill(struct steps_done *done);

// Between two steps; never below 0.
int64_t steps_between_us(const struct steps *steps, enum step from, enum step to);
