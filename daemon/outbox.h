// outbox - open tasks, the workers that take them, and who has which
//
// Tasks are records of the state; leases are not: they live in memory, and a restart gives
// everything out again. A worker that is silent for longer than its lease, says goodbye, or starts
// anew loses its tasks to others. A task that failed rests for a while, longer each time. Time here
// is the monotonic clock's, never the legal one.
#pragma once

#include "common/bus.h"
#include "daemon/orders.h"
#include "envelope.pb-c.h"

struct outbox;

// Sends the orders to a worker; false if it cannot take them now.
typedef bool (*outbox_send)(void *context, const struct bus_route *route,
                            const Award__TaskBatch *batch);

struct outbox *outbox_create(uint32_t lease_seconds, outbox_send send, void *context);
void outbox_destroy(struct outbox *outbox);

// A worker said hello: at its start, or as a heartbeat.
void outbox_hello(struct outbox *outbox, const struct bus_route *route,
                  const Award__Principal *principal, const Award__WorkerHello *hello,
                  int64_t now_ms);
void outbox_bye(struct outbox *outbox, const struct bus_route *route);

// A worker answered a task: its lease ends. A bad answer (failed or rejected) makes it rest.
void outbox_answered(struct outbox *outbox, const char *task, bool good, int64_t now_ms);

// Gives open tasks to workers that have room. Call after each commit, and when outbox_wait_ms is
// over.
void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms);

// How long until a lease or a rest may end; -1 if there is none.
int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms);

// For status: connected workers, and who has a task (NULL: nobody).
size_t outbox_workers(const struct outbox *outbox, struct arena *arena,
                      Award__Status__Worker **workers);
const char *outbox_leased_to(const void *context, const char *task); // of the outbox
