// tally - how much of what the state holds: open, due, late, waiting
//
// Counted by a walk over the state when somebody asks, in slices, so that a large one holds up
// nobody: between two slices the loop goes on. What changes meanwhile may be counted as it was
// before or after. Nothing is kept up to date while nobody asks.
#pragma once

#include "daemon/ledger.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tally_standing { // of a deadline
    STANDING_LATE,
    STANDING_TODAY,
    STANDING_WEEK, // the next seven days
    STANDING_LATER,
    STANDING_SUSPENDED,
    TALLY_STANDINGS
};

enum tally_wait {
    WAIT_OBJECTION,
    WAIT_COMPLAINT,
    WAIT_REVOCATION,
    WAIT_COUNTERSIGNATURE,
    WAIT_RECEIPT,
    WAIT_ALERT, // that nobody has acknowledged
    TALLY_WAITS
};

enum { TALLY_STAGES = 32, TALLY_CHANNELS = 5 }; // by their numbers in the contract, from 1
enum { TALLY_WORKERS_MAX = 64, TALLY_NAME_BYTES = 65 };

enum tally_kind { KIND_SCORING, KIND_NOTIFICATION, KIND_REVOCATION, TALLY_KINDS }; // of workers

struct tally {
    uint64_t deadlines[TALLY_STANDINGS];
    uint64_t cases[TALLY_STAGES];
    uint64_t waiting[TALLY_WAITS];
    struct {
        uint64_t open;
        uint64_t given_up;
        int64_t oldest_ms; // when the oldest open one was queued; INT64_MAX: there is none
    } tasks[TALLY_KINDS];
    struct {
        uint64_t waiting;     // collected or sealed, not delivered yet
        uint64_t undelivered; // given up, and somebody has to see to it
    } messages[TALLY_CHANNELS];
    struct {
        char name[TALLY_NAME_BYTES]; // of a principal
        enum tally_kind kind;
    } workers[TALLY_WORKERS_MAX]; // enrolled
    size_t workers_count;
};

const char *tally_standing_name(enum tally_standing standing);
const char *tally_wait_name(enum tally_wait wait);
const char *tally_kind_name(enum tally_kind kind);

struct tally_walk;

struct tally_walk *tally_begin(struct ledger *ledger);
void tally_abandon(struct tally_walk *walk); // NULL: nothing happens

// Looks at so many records more. True at the end: the walk is gone, and what it found stands in
// *tally.
bool tally_go_on(struct tally_walk *walk, size_t records, struct tally *tally);
