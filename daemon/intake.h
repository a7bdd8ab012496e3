// intake - one burst of messages as one group: authority, ledger, commit, then the answers
//
// Messages are taken as they arrive, their events decided at once and added to the ledger's group;
// when the burst ends the group is committed and everybody is answered, in the order of arrival.
// Nothing is answered before it is on disk, and no group waits for another event.
#pragma once

#include "common/bus.h"
#include "daemon/crew.h"
#include "daemon/ledger.h"
#include "daemon/steps.h"
#include "settings/daemon_file.h"

struct intake;

// Sends a packed envelope to a peer of one of the two sockets.
typedef void (*intake_send)(void *context, bool to_worker, const struct bus_route *route,
                            struct bytes bytes);

struct intake *intake_create(struct ledger *ledger, struct crew *crew, intake_send send,
                             void *context);
void intake_destroy(struct intake *intake);

// Lists the bounds of the program for a status, in the arena; returns how many. With the context of
// intake_create.
typedef size_t (*intake_bounds)(void *context, struct arena *arena, Award__Status__Bound **list);

// How many events a minute are taken from the public (any number where nothing is said), how many
// queries may be on their way that take several turns, and who knows the bounds.
void intake_limit(struct intake *intake, uint32_t public_events_a_minute, uint32_t long_queries,
                  intake_bounds bounds);

// Whether several keys send: the journal is then given in short pages.
void intake_share(struct intake *intake, bool shared);

// Who is told of each message once it is answered; with the context of intake_create.
void intake_listen(struct intake *intake, steps_listener listener);

// What is remembered of events and tasks, for who asks for it; borrowed.
void intake_trace(struct intake *intake, const struct trace *trace);

// The configuration in force, for who asks for it; borrowed, and read each time.
void intake_settings(struct intake *intake, const struct daemon_file *settings);

struct intake_counts {
    uint32_t public_events; // of the last minute, as far as they count
    uint64_t public_refused;
    uint32_t long_queries; // on their way
    uint64_t long_queries_refused;
    uint64_t messages_refused; // that could not be read
};

struct intake_counts intake_counts(const struct intake *intake);

// Takes one message of a client or worker.
void intake_take(struct intake *intake, bool from_worker, const struct bus_message *message);

// Fires what is due and commits it, at most so many groups. STORE_FULL: it waits, which has been
// said. Any other failure is intake_finish's to report.
int intake_fire(struct intake *intake, size_t groups);

// Commits what was taken and answers. STORE_OK, or the code of a failure after which the program
// must stop (a full disk is not one: it is answered).
int intake_finish(struct intake *intake, struct store_error *error);

// Whether queries wait that could not be answered with their burst; one slice of the first of them.
bool intake_slices_wait(const struct intake *intake);
void intake_slice(struct intake *intake);

// Frees what the burst or the slice needed. After intake_finish and intake_slice.
void intake_rest(struct intake *intake);
