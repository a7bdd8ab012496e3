// outbox - open tasks, the workers that take them, and who has which
//
// Tasks are records of the state; leases are not: they live in memory, and a restart gives
// everything out again. A worker that says goodbye, starts anew, whose connection ends, or that has
// tasks and is silent for longer than its lease loses them to others; the silent one gets no more
// until it is heard again. One that has none may be silent for ever. One that is there but does not
// answer a task in time loses that, and gets one at a time until it answers. A task that failed
// rests for a while, longer each time. While very many tasks of one kind of worker rest, it gets no
// new ones, so that the others go on. Time here is the monotonic clock's, never the legal one.
#pragma once

#include "common/bus.h"
#include "daemon/orders.h"
#include "daemon/trace.h"
#include "envelope.pb-c.h"

struct outbox;

enum outbox_sent {
    OUTBOX_SENT,
    OUTBOX_LATER, // it cannot take them now
    OUTBOX_GONE,  // it is not there any more
};

// Sends the orders to a worker.
typedef enum outbox_sent (*outbox_send)(void *context, const struct bus_route *route,
                                        const Award__TaskBatch *batch);

// Asks a worker for a hello.
typedef void (*outbox_ask)(void *context, const struct bus_route *route);

// Told of each task that a worker is given or loses without having answered it.
typedef void (*outbox_listener)(void *context, enum trace_what what, const char *task,
                                const char *worker);

struct outbox *outbox_create(uint32_t lease_seconds, outbox_send send, void *context);

// How a worker is asked, which needs to be only where two could have one key.
void outbox_asks(struct outbox *outbox, outbox_ask ask);

// Within so long a task must be answered, else it is taken back; 10 minutes where nothing is said.
void outbox_limit(struct outbox *outbox, uint32_t task_seconds);

// Another lease, for each worker from when it is heard next.
void outbox_lease(struct outbox *outbox, uint32_t lease_seconds);
void outbox_destroy(struct outbox *outbox);

// With the context of outbox_create.
void outbox_listen(struct outbox *outbox, outbox_listener listener);

// A worker said hello: at its start, or as a heartbeat while it has tasks. False where there are
// too many of them.
bool outbox_hello(struct outbox *outbox, const struct bus_route *route,
                  const Award__Principal *principal, const Award__WorkerHello *hello,
                  int64_t now_ms);
void outbox_bye(struct outbox *outbox, const struct bus_route *route);

// Anything came from a worker: its lease begins anew.
void outbox_heard(struct outbox *outbox, const struct bus_route *route, int64_t now_ms);

// The connection of a worker has ended.
void outbox_gone(struct outbox *outbox, const struct bus_route *route);

// How long a task rests that was answered badly: the first time, twice as long after each further
// bad answer, up to the longest; less up to a quarter of it, by chance, so that what failed
// together does not come together again. At least so long in any case.
struct outbox_rest {
    int64_t first_ms;
    int64_t longest_ms;
    int64_t least_ms;
};

// `before` bad answers went before; `chance` is any number.
int64_t outbox_rest_ms(const struct outbox_rest *rest, uint32_t before, uint32_t chance);

// A worker answered a task: its lease ends. After a bad answer (failed or rejected) it rests;
// `rest` is NULL after a good one.
void outbox_answered(struct outbox *outbox, const char *task, const struct outbox_rest *rest,
                     int64_t now_ms);

// Gives open tasks to workers that have room. Call after each commit, and when outbox_wait_ms is
// over.
void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms);

// How long until a lease or a rest may end; -1 if there is none.
int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms);

// How often a worker was silent for too long, and a task was not answered in time.
struct outbox_counts {
    uint64_t workers_silent;
    uint64_t tasks_taken_back;
};

struct outbox_counts outbox_counts(const struct outbox *outbox);

// For status: connected workers, and who has a task (NULL: nobody).
size_t outbox_workers(const struct outbox *outbox, struct arena *arena,
                      Award__Status__Worker **workers);
const char *outbox_leased_to(const void *context, const char *task); // of the outbox
