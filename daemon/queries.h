// queries - the answers to what clients ask, each as its viewer may see it
#pragma once

#include "daemon/ledger.h"
#include "daemon/trace.h"
#include "query.pb-c.h"
#include "settings/daemon_file.h"

// What only the server knows of itself.
struct query_server {
    const Award__Status__Worker *workers; // connected ones
    size_t workers_count;
    const char *(*leased_to)(const void *context, const char *task); // NULL: nobody
    const void *context;
    uint64_t events_accepted;
    uint64_t events_rejected;
    uint64_t messages_refused;
    const Award__Status__Bound *bounds; // as they stand
    size_t bounds_count;
    const struct daemon_file *settings; // in force; NULL: there are none
    bool shared;                        // others send, too, and wait for this answer
    const struct trace *trace;          // what is remembered; NULL: nothing
};

// An answer on its way. Its arena, the query and the viewer are borrowed until it is over.
struct query_work;

// Whether it has to look at all there is of something, for which a slice may not be enough.
bool query_long(const Award__Query *query);

struct query_work *query_begin(const Award__Query *query, const Award__Principal *viewer,
                               struct ledger *ledger, struct arena *arena);

// Looks at about so many records more, if it is a long one. NULL: that was not enough; what changes
// until it goes on is seen as it was before or after. Else it is over: the reply, in the arena,
// with an error in it where there is one.
Award__QueryReply *query_go_on(struct query_work *work, const struct query_server *server,
                               size_t records);

// Ends one whose reply nobody waits for any more.
void query_abandon(struct query_work *work);

// All at one go. Never NULL.
Award__QueryReply *query_answer(const Award__Query *query, const Award__Principal *viewer,
                                struct ledger *ledger, const struct query_server *server,
                                struct arena *arena);
