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

// Never NULL: an error stands in the reply.
Award__QueryReply *query_answer(const Award__Query *query, const Award__Principal *viewer,
                                struct ledger *ledger, const struct query_server *server,
                                struct arena *arena);
