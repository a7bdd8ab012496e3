// query_trace - one event through all processes: what the parts of this query share
//
// query_trace_find.c finds the entry that a trace begins with, query_trace_entry.c says what
// happened in one entry, query_trace_steps.c lists it, query_trace.c follows what came of it. The
// steps come from the entries, as their viewer may see them, and from what the coordinator
// remembers (daemon/trace.h).
#pragma once

#include "daemon/query_parts.h"
#include "daemon/trace.h"

enum {
    TRACE_SHARED_MAX = 250,   // entries that are looked at while others wait for the answer
    TRACE_FOLLOWED_MAX = 256, // tasks, messages and pending events at one time
    TRACE_STEPS_MAX = 900,    // of one reply; a page ends behind LIMIT_QUERY_ROWS of them
    TRACE_DEADLINES_MAX = 16, // of one entry that are told
    TRACE_HANDED_MAX = 16,    // of one task: given, lost
};

typedef Award__Trace__Followed__Kind followed_kind;

struct followed {
    followed_kind kind;
    const char *name; // in the arena of the reply
    Award__TaskKind__Name task_kind;
    int64_t since_us; // nobody had the task before; 0: not known
    bool over;
};

struct tracing {
    struct asking *asking;
    Award__Trace *trace;
    struct arena *scratch; // of the entry that is looked at
    const char *only_task; // nothing else of the first entry is followed; NULL: all of it
    const char *only_message;
    size_t looked_back; // entries, for the own ones of events that were settled later
    size_t followed_count;
    struct followed followed[TRACE_FOLLOWED_MAX];
};

// The entry that a name begins with: 0 where the query was refused. Asked for a task or a message,
// sets what alone is followed of that entry.
uint64_t tracing_find(struct tracing *t, const char *name, const char *principal);

// Follows it from now on. NULL where it is followed already, is not what was asked for, or there
// are too many.
struct followed *tracing_follow(struct tracing *t, followed_kind kind, const char *name);

// Also what is over; NULL where it is not followed, or no name.
struct followed *tracing_followed(struct tracing *t, followed_kind kind, const char *name);

// What of it, not over yet, a change takes off the record; NULL where nothing.
struct followed *tracing_removed(struct tracing *t, const Award__Change *change);

// Adds the steps of an entry and (`whole`) all that it led to, else what it ended. False where the
// viewer sees nothing of it.
bool tracing_entry(struct tracing *t, const Award__Entry *entry, bool whole);

// A new step of awardd's at that time; at the bound one that is in no list.
Award__Trace__Step *tracing_step(struct tracing *t, Award__Trace__Step__What what, int64_t at_us);

// A copy that outlives the entry; NULL for NULL.
char *tracing_text(const struct tracing *t, const char *text);

// It was not awardd's but this worker's, which does tasks of that kind.
void tracing_worker(const struct tracing *t, Award__Trace__Step *step, const char *worker,
                    Award__TaskKind__Name kind);

// Adds what is not at its end yet, as it stands now.
void tracing_open(struct tracing *t);

// Puts the steps in the order of time and fills in how long each took.
void tracing_order(Award__Trace *trace);
