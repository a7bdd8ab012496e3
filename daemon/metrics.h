// metrics - what the coordinator counts and measures on its way
//
// Counters and histograms in whole numbers that are fed where something happens: once a message
// (daemon/steps.h) and once a group that has become durable. Nothing is allocated, no clock is
// read. What can be looked up when somebody asks is not kept here (daemon/metrics_table.c).
#pragma once

#include "daemon/ledger.h"
#include "daemon/steps.h"
#include "rules/events.h"

enum {
    HISTOGRAM_BOUNDS_MAX = 20,
    METRICS_REASONS_MAX = 512, // codes of rejections; there are fewer
    METRICS_CODE_BYTES = 48,
};

// Upper bounds, ascending, as they are counted and as they are shown.
struct histogram_bounds {
    int64_t most;
    const char *text; // NULL ends the list
};

struct histogram {
    uint64_t counts[HISTOGRAM_BOUNDS_MAX + 1]; // up to each bound and over the one before; more
    uint64_t count;
    int64_t sum;
};

extern const struct histogram_bounds histogram_durations[]; // microseconds, shown as seconds
extern const struct histogram_bounds histogram_sizes[];

void histogram_add(struct histogram *histogram, const struct histogram_bounds *bounds,
                   int64_t value);

// What stands in the way of an event: its form, somebody's authority, an article ...
enum metrics_basis {
    BASIS_FORM,
    BASIS_AUTHORITY,
    BASIS_ORDER,
    BASIS_LIMIT,
    BASIS_POLICY,
    BASIS_ARTICLE, // of the regulation
    METRICS_BASES
};

const char *metrics_basis_name(enum metrics_basis basis);

struct metrics_reason {
    char code[METRICS_CODE_BYTES];
    enum metrics_basis basis;
    uint64_t count;
};

enum metrics_request {
    REQUEST_EVENTS,
    REQUEST_DRY_RUN,
    REQUEST_QUERY,
    REQUEST_REFUSED, // not to be read, a key that is not admitted, none of these
    METRICS_REQUESTS
};

const char *metrics_request_name(enum metrics_request request);

enum { METRICS_OUTCOMES = 5, METRICS_CHANNELS = 5 }; // by their numbers in the contract, from 1

struct metrics {
    uint64_t events[EVENT_NUMBERS][METRICS_OUTCOMES]; // 0: of no known type
    uint64_t repeated;
    uint64_t requests[METRICS_REQUESTS];
    struct metrics_reason reasons[METRICS_REASONS_MAX]; // the last one is of all others
    size_t reasons_count;
    uint64_t delivered[METRICS_CHANNELS];
    uint64_t undelivered[METRICS_CHANNELS]; // attempts that failed
    struct histogram steps[STEPS];          // of messages with events, from the step before; the
                                            // first one: the whole way
    struct histogram queries;               // from their turn to the answer
    struct histogram group_entries;
    struct histogram sync;
};

// A message has been answered.
void metrics_message(struct metrics *metrics, const struct steps_done *done);

// A connection was refused: its key is not enrolled, or was revoked.
void metrics_connection_refused(struct metrics *metrics);

// A group is on record: what was accepted, refused and pending, the coordinator's own included.
void metrics_group(struct metrics *metrics, const struct ledger_group *group);
