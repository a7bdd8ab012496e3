// outbox - open tasks, given to the workers that have room
//
// Tasks are records of the state. Who the workers are and what they have is the crew's to know.
// Time here is the monotonic clock's, never the legal one.
#pragma once

#include "common/bus.h"
#include "daemon/crew.h"
#include "daemon/orders.h"
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

// The crew is borrowed.
struct outbox *outbox_create(struct crew *crew, outbox_send send, void *context);
void outbox_destroy(struct outbox *outbox);

// Gives open tasks to workers that have room. Call after each commit, and when outbox_wait_ms is
// over.
void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms);

// How long until there may be something to give or to take back; -1 if there is nothing.
int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms);
