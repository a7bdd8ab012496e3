// intake_private - what the parts of the intake share: intake.c takes what has arrived,
// intake_answer.c answers when it is on disk, intake_long.c has the queries that take several turns
#pragma once

#include "daemon/intake.h"
#include "daemon/queries.h"
#include "daemon/rate.h"

#include <bsd/sys/queue.h>

// What one message will be answered with: the answers to its events, or to its query.
struct reply {
    struct reply *next;
    bool to_worker;
    struct bus_route route;
    uint64_t request;
    const Award__Principal *sender;
    const Award__Query *query;
    const Award__EventBatch *events;
    Award__AnswerBatch *answers;
    const struct codec_error *refusal;
    const Award__Reason *error; // of the query
    bool key_refused;
    bool welcome; // of a worker's hello
    struct steps steps;
};

struct intake {
    struct ledger *ledger;
    struct crew *crew;
    intake_send send;
    void *context;
    struct arena *arena;  // of the burst
    size_t message_bytes; // of the message that is being taken: none of its events is longer
    struct reply *first;
    struct reply **last;
    uint64_t events_accepted;
    uint64_t events_rejected;
    uint64_t messages_refused;
    struct rate public_rate; // 0 events a minute: any number
    intake_bounds bounds;    // NULL: nobody knows any
    steps_listener listener; // NULL: nobody listens
    const struct daemon_file *settings;
    bool shared; // several keys send
    const struct trace *trace;
    TAILQ_HEAD(, long_query) long_queries; // in the order of their next slices
    uint32_t long_queries_max;
    uint64_t long_queries_refused;
    struct store_error failure; // of a group that could not be written; nothing goes on after it
};

// Answers what was taken, in the order in which it came; its group is on disk.
void intake_answer_all(struct intake *intake);

// The disk is full: nothing of the group is on record, and everybody is to be told so.
void intake_reject_all(struct intake *intake);

// What a query may be told of the server, now.
struct query_server intake_query_server(struct intake *intake, const Award__Query *query);

// Sends what a query came to, or the refusal of a message, and tells whoever listens.
void intake_query_answered(struct intake *intake, struct reply *reply, Award__QueryReply *answer);
void intake_refuse(struct intake *intake, struct reply *reply);

// Begins a query that may take several turns: it is answered at once where a slice is enough.
void intake_long_take(struct intake *intake, const struct reply *asked);
void intake_long_abandon(struct intake *intake);
uint32_t intake_long_count(const struct intake *intake); // on their way
