// query_parts - what the answers to queries share
//
// For daemon/quer*.c only. A query is answered by one function; it fills in the reply's body, or
// says why not. What goes into a reply is projected for its viewer first, and bounded: rows by
// LIMIT_QUERY_ROWS, bytes by QUERY_BYTES_MAX, and `more` says that there is more to ask for.
#pragma once

#include "common/limits.h"
#include "daemon/queries.h"
#include "rules/events.h"
#include "rules/project.h"
#include "rules/reading.h"

// Half of a message, so that the row that reaches it still fits.
enum { QUERY_BYTES_MAX = LIMIT_MESSAGE_BYTES / 2 };

struct asking {
    const Award__Query *query;
    const Award__Principal *viewer;
    struct ledger *ledger;
    const struct query_server *server;
    struct arena *arena;
    struct deciding *d; // to read with; nothing is put
    Award__QueryReply *reply;
    size_t bytes;     // of the rows so far
    bool people_read; // once, where they are needed:
    size_t n_people;
    const Award__Principal **people; // those of offices whom the viewer may know of

    // Of an answer that has a plan:
    void *found;             // what it needs of its own from record to record
    const struct scan *scan; // that the visited record is of
    struct arena *beside;    // lasts as long as the walk, and may be reset by who uses it
    size_t looked;           // at so many records in this slice
    struct asking *inner;    // of another answer that this one has in itself
};

// Refuses the query: the reply holds the reason instead of a body.
void query_refuse(struct asking *asking, const char *code, const char *article, const char *zh,
                  const char *en);

bool viewer_has_role(const struct asking *asking, uint32_t roles);

// A record as the viewer may see it, copied for the reply; NULL where he may not. `scratch` holds
// what is read meanwhile.
ProtobufCMessage *query_seen(struct asking *asking, Award__Change__RecordCase kind,
                             ProtobufCMessage *record, struct arena *scratch);

// Whether another row fits; if not, the reply says that there is more.
bool query_row_fits(struct asking *asking, size_t rows, const ProtobufCMessage *row);

// Walks the records of a kind in the order of their keys; each is valid until the next, so that a
// walk over many takes the memory of one.
struct scan {
    const struct view *view;
    struct deciding *d; // marked where something was passed over
    struct arena *scratch;
    const ProtobufCMessageDescriptor *descriptor;
    uint8_t prefix[VIEW_KEY_BYTES_MAX];
    size_t prefix_size;
    uint8_t from[VIEW_KEY_BYTES_MAX + 1];
    size_t from_size;
};

// Those alone whose first part begins with a text. Before anything was read.
void scan_narrow(struct scan *scan, const char *beginning);

// All of a kind, or those whose first part begins with a text (NULL: all).
void scan_begin(struct scan *scan, const struct asking *asking, Award__Change__RecordCase kind,
                const char *beginning);

// Continues behind a key.
void scan_after(struct scan *scan, struct bytes key);

// NULL at the end. What cannot be read is passed over.
ProtobufCMessage *scan_next(struct scan *scan);

// The key of the record that scan_next returned, until it is called again.
struct bytes scan_key(const struct scan *scan);
void scan_end(struct scan *scan);

// A walk over many of which few are wanted ends after so many records; the reply says how far it
// looked, and that there is more.
enum { QUERY_LOOKED_AT_MAX = 2000 };

// ---- Plans: answers that have to look at all of something

// All records of a kind, one after the other. Between two of them the loop may have gone round:
// records may have changed, and nothing may be kept but what lies in the arena of the asking.
enum {
    PART_SEEN = 1,       // only what the viewer sees, as he sees it
    PART_UNTIL_FULL = 2, // ends where the reply is full
    PART_INNER = 4, // of the inner answer: it is visited, and its reply is the one that is full
};

struct query_part {
    Award__Change__RecordCase kind;
    unsigned int how;                                       // PART_...
    bool (*from)(struct asking *asking, struct scan *scan); // false: none; NULL: all of them
    void (*visit)(struct asking *asking, ProtobufCMessage *record);
    void (*end)(struct asking *asking); // NULL: nothing is left to do
};

struct query_plan {
    void (*begin)(struct asking *asking); // may refuse
    const struct query_part *parts;
    size_t parts_count;
};

// How far a plan has come.
struct query_walk {
    const struct query_plan *plan; // NULL: there is none, or it is over
    size_t part;
    bool scanning;
    struct scan scan;
};

// Looks at so many records more; true at the end.
bool query_walk_go_on(struct asking *asking, struct query_walk *walk, size_t records);

// Frees what it holds; any number of times.
void query_walk_end(struct asking *asking, struct query_walk *walk);

extern const struct query_plan query_health_plan;
extern const struct query_plan query_deadlines_plan;
extern const struct query_plan query_today_plan;
extern const struct query_plan query_stuck_plan;
extern const struct query_plan query_policy_plan;

// ---- Deadlines, for their own query and for today

struct deadline_filter {
    const char *subject; // case, cycle, team, objection or enterprise; NULL: any
    bool all;            // also what is met, ended or removed
    bool running;        // not what is suspended
    int32_t last_from;   // last days
    int32_t last_to;
    const Award__Deadline *after; // in the order of their ends; NULL: from the first
};

// The first of those that are wanted and seen, by end and name.
struct deadline_list {
    struct deadline_filter filter;
    size_t count;
    Award__Deadline **rows;
};

void query_deadline_list_begin(struct asking *asking, struct deadline_list *list);

// The record that is visited.
void query_deadline_list_take(struct asking *asking, struct deadline_list *list,
                              ProtobufCMessage *record);

// How many of them the reply has room for, LIMIT_QUERY_ROWS at most.
size_t query_deadline_list_fit(struct asking *asking, const struct deadline_list *list);

// Whether a message that was given up still waits for somebody (message_unsettled).
bool query_message_unsettled(struct asking *asking, const Award__Message *message);

// The calendars of the years of both days and between, loaded or not; returns how many.
size_t query_calendars(struct asking *asking, int32_t from, int32_t to, Award__Why__Source ***list);

// Adds to a list what the alert is about, once; nothing where the viewer may not see it.
void query_alerted_add(struct asking *asking, const Award__Alert *alert, size_t *count,
                       Award__Deadline ***list);

// Counts for a proof of silence; NULL for who may not know them. What is visited is counted.
Award__Silence *query_silence(struct asking *asking);
void query_silence_deadline(struct asking *asking, Award__Silence *silence,
                            const ProtobufCMessage *record);
void query_silence_alert(struct asking *asking, Award__Silence *silence,
                         const ProtobufCMessage *record);
void query_silence_message(struct asking *asking, Award__Silence *silence,
                           const ProtobufCMessage *record);

// The parts of `stuck`, for today: a visit of any record of its kinds, and the end of the last.
void query_stuck_begin(struct asking *asking);
void query_stuck_visit(struct asking *asking, ProtobufCMessage *record);
void query_stuck_end(struct asking *asking);

// Whether an entry belongs in the history of a case: deliveries and restarts do not.
bool query_in_history(const Award__Entry *entry);

// The entry of the receipt that waited for the other, before the case began; 0 where none did.
uint64_t query_waited(struct asking *asking, const Award__Case *c);

// A set of roles as a list; returns how many.
size_t query_roles(struct asking *asking, uint32_t roles, Award__Role__Name **list);

// ---- What waits for whom

// A case in one of the stages waits for the event, if `waits` (NULL: always) says so.
struct awaited_row {
    uint32_t stages;
    Award__Event__BodyCase event;
    bool of_cycle; // it is one event for all cases of the cycle
    bool (*waits)(struct deciding *d, const Award__Case *c);
};

// The rows, for the test that walks them.
const struct awaited_row *query_awaited(size_t *count);

// ---- The answers

void query_status(struct asking *asking);
void query_cycles(struct asking *asking);
void query_cases(struct asking *asking);
void query_case(struct asking *asking);
void query_enterprise(struct asking *asking);
void query_ranking(struct asking *asking);
void query_alerts(struct asking *asking);
void query_messages(struct asking *asking);
void query_tasks(struct asking *asking);
void query_entries(struct asking *asking);
void query_principals(struct asking *asking);
void query_period(struct asking *asking);
void query_why(struct asking *asking);
void query_readings(struct asking *asking);
void query_draw(struct asking *asking);
void query_register(struct asking *asking);
void query_report(struct asking *asking);
void query_complaints(struct asking *asking);
void query_rulebook(struct asking *asking);
void query_check(struct asking *asking);
void query_roster(struct asking *asking);
void query_config(struct asking *asking);
void query_trace(struct asking *asking);
