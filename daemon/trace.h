// trace - what the coordinator remembers of its last events and tasks, beyond what is on record
//
// When an event came off the socket, was decided, on disk and answered; who was given a task, and
// who lost it. Two rings of fixed slots in memory: what is new takes the place of what is oldest,
// nothing is allocated after the start, and a restart forgets all of it. Nothing of it decides
// anything. The times are put on the coordinator's clock, the one that entries are recorded by: a
// manual clock stands still meanwhile, and one that was set does not tear a trace apart.
#pragma once

#include "common/limits.h"
#include "daemon/steps.h"

#include <stddef.h>

struct trace;

// So many events, and as many things that happened to tasks.
struct trace *trace_create(size_t events);
void trace_destroy(struct trace *trace);

// Another number of them; what fits of the newest is kept.
void trace_resize(struct trace *trace, size_t events);

// ---- Events

// Remembers each event of a message that is on record since; to be called once it is answered.
void trace_note(struct trace *trace, const struct steps_done *done);

// Microseconds of the coordinator's clock; none lies before the one above it.
struct trace_times {
    int64_t received_us;
    int64_t taken_us; // its key's turn came
    int64_t decided_us;
    int64_t journalled_us;
    int64_t answered_us;
};

// Of the event with this entry, recorded at that moment. False where it is not remembered.
bool trace_of_entry(const struct trace *trace, uint64_t entry, int64_t recorded_ms,
                    struct trace_times *times);

// ---- Tasks

enum trace_what {
    TRACE_GIVEN,      // to a worker
    TRACE_RETURNED,   // its worker left, was silent or began anew
    TRACE_UNANSWERED, // not answered in time
};

struct trace_task {
    enum trace_what what;
    int64_t at_ms; // of the coordinator's clock
    char worker[LIMIT_ID_BYTES + 1];
};

void trace_task_note(struct trace *trace, enum trace_what what, const char *task,
                     const char *worker, int64_t at_ms);

// What is remembered of a task, the last `most` of it, oldest first; returns how many.
size_t trace_of_task(const struct trace *trace, const char *task, size_t most,
                     struct trace_task *list);

// ----

struct trace_counts {
    size_t remembered;  // events
    uint64_t forgotten; // since the start, for those that came after them
};

struct trace_counts trace_counts(const struct trace *trace);
