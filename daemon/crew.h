// crew - the workers that are connected, and which tasks each of them has
//
// Leases are not in the state: they live in memory, and a restart gives everything out again. A
// worker that says goodbye, starts anew, whose connection ends, or that has tasks and is silent for
// longer than its lease loses them to others; the silent one gets no more until it is heard again.
// One that has none may be silent for ever. One that is there but does not answer a task in time
// loses that, and gets one at a time until it answers. A task that failed rests for a while, longer
// each time. While very many tasks of one kind of worker rest, it gets no new ones, so that the
// others go on. Time here is the monotonic clock's, never the legal one.
#pragma once

#include "common/arena.h"
#include "common/bus.h"
#include "daemon/leases.h"
#include "daemon/trace.h"
#include "envelope.pb-c.h"

#include <stdbool.h>

struct crew;
struct worker; // connected; borrowed until the crew is called with anything else than `const`

// Told of each task that a worker is given or loses without having answered it.
typedef void (*crew_listener)(void *context, enum trace_what what, const char *task,
                              const char *worker);

// Asks a worker for a hello.
typedef void (*crew_ask)(void *context, const struct bus_route *route);

struct crew *crew_create(uint32_t lease_seconds, void *context);
void crew_destroy(struct crew *crew);

// With the context of crew_create. How a worker is asked needs to be said only where two could have
// one key.
void crew_listen(struct crew *crew, crew_listener listener);
void crew_asks(struct crew *crew, crew_ask ask);

// Within so long a task must be answered, else it is taken back; 10 minutes where nothing is said.
void crew_limit(struct crew *crew, uint32_t task_seconds);

// Another lease, for each worker from when it is heard next.
void crew_lease(struct crew *crew, uint32_t lease_seconds);

// ---- What comes from workers

// A worker said hello: at its start, or as a heartbeat while it has tasks. False where there are
// too many of them.
bool crew_hello(struct crew *crew, const struct bus_route *route, const Award__Principal *principal,
                const Award__WorkerHello *hello, int64_t now_ms);
void crew_bye(struct crew *crew, const struct bus_route *route);

// Anything came from a worker: its lease begins anew.
void crew_heard(struct crew *crew, const struct bus_route *route, int64_t now_ms);

// The connection of a worker has ended.
void crew_gone(struct crew *crew, const struct bus_route *route);

// A worker answered a task: its lease ends. After a bad answer (failed or rejected) it rests;
// `rest` is NULL after a good one.
void crew_answered(struct crew *crew, const char *task, const struct lease_rest *rest,
                   int64_t now_ms);

// ---- Giving out: the outbox

// Takes back what silent workers have and what was not answered in time.
void crew_tend(struct crew *crew, int64_t now_ms);

// The workers that may get a task, one after the other; `previous` is NULL for the first. `mute`:
// those that have not answered in time, else the others. NULL at the end.
struct worker *crew_next(struct crew *crew, struct worker *previous, bool mute, int64_t now_ms);

bool crew_has_room(const struct worker *worker);
Award__Role__Name crew_role(const struct worker *worker);
const struct bus_route *crew_route(const struct worker *worker);

// Whether so many tasks of a kind of worker rest that it gets no new ones.
bool crew_rests_too_much(const struct crew *crew, Award__Role__Name role);

// Whether a task may be given out now; `new_ones`: also one that nobody had yet.
bool crew_task_free(const struct crew *crew, const char *task, bool new_ones, int64_t now_ms);

// To one that has room, one that is free.
void crew_give(struct crew *crew, struct worker *worker, const char *task, int64_t now_ms);

// What a worker was given could not be sent to it: it is anybody's again.
void crew_take_back(struct crew *crew, const char *task);

// It gets nothing for a second.
void crew_pause(struct worker *worker, int64_t now_ms);

// Whether a worker has lost its tasks since crew_tend, so that there is something for others.
bool crew_freed(const struct crew *crew);

// When the first lease, rest or time for an answer ends; INT64_MAX where none does.
int64_t crew_first_end_ms(const struct crew *crew, int64_t now_ms);

// ---- For status

// How often a worker was silent for too long, and a task was not answered in time.
struct crew_counts {
    uint64_t workers_silent;
    uint64_t tasks_taken_back;
};

struct crew_counts crew_counts(const struct crew *crew);

// Connected workers, in the arena; returns how many.
size_t crew_workers(const struct crew *crew, struct arena *arena, Award__Status__Worker **workers);

// The name of who has a task, NULL: nobody. `context` is the crew.
const char *crew_leased_to(const void *context, const char *task);
