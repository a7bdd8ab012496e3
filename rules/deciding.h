// deciding - one event while it is being decided: what is read, what is put, what is said
//
// Records are read as copies in the arena: a rule changes a copy and puts it. What was put is seen
// by the next read, and of one record the last put counts. A rejection drops all that was put. For
// the functions of rules/ only.
#pragma once

#include "rules/events.h"
#include "rules/life_cycle.h"
#include "rules/record.h"
#include "rules/rules.h"

#include <stdbool.h>

struct deciding {
    const struct rules_input *in;
    struct arena *arena;
    const Award__Event *event;      // the one that is decided; of a countersignature the one signed
    const Award__Principal *sender; // of that event
    const struct event_row *row;
    const ProtobufCMessage *body;
    Award__Case *c; // the case that the event names in its field `case`, if it does
    const struct rulebook *rulebook; // of the case's or the named cycle, if there is one
    int64_t now_ms;
    int32_t today;
    Award__Decision *decision;
    struct bytes *change_keys; // beside decision->changes
    size_t changes_room;       // of both
    const char *cycle_seen;    // name of the cycle that cycle_look read last; NULL: none
    const Award__Cycle *cycle_seen_record;
    struct principal_rows *principals_seen; // by principals_of; NULL: not read, or changed
    bool damaged;                           // a record could not be read
};

// ---- Saying

// A sentence in the arena.
#define say(d, ...) arena_format((d)->arena, __VA_ARGS__)

// Rejects the event: wrong form, authority, order or limit. Always false, so that `return
// reject(...)` is a line. The article may be "form", "authority", "order", "limit" or "policy".
bool reject(struct deciding *d, const char *code, const char *article, const char *zh,
            const char *en);

// Rejects one of several cases that an event names; the event goes on without it.
void reject_part(struct deciding *d, const char *subject, const char *code, const char *article,
                 const char *zh, const char *en);

// Adds a reason: of a refusal, or a warning on what is accepted.
Award__Reason *reason_add(struct deciding *d, const char *code, const char *article, const char *zh,
                          const char *en);

// The same, for a list that a record keeps.
Award__Reason *reason_make(struct deciding *d, const char *code, const char *article,
                           const char *zh, const char *en);

void outcome_set(struct deciding *d, Award__Outcome__Name outcome);

// The event belongs to the history of this subject, too. The named case and the cases that are put
// are noted by themselves.
void concerns(struct deciding *d, const char *subject);

// ---- Reading and putting

// NULL where there is none. The parts of the key as in record_key.
ProtobufCMessage *record_get(struct deciding *d, Award__Change__RecordCase kind, ...);

// Copies the record into the decision as a change that rests on the article.
void record_put(struct deciding *d, Award__Change__RecordCase kind, ProtobufCMessage *record,
                const char *article);
void record_remove(struct deciding *d, const char *article, Award__Change__RecordCase kind, ...);

// Walks the records whose keys begin with a prefix, what was put included.
struct record_walk {
    struct deciding *d;
    struct bytes prefix;
    struct bytes from;
    Award__Change__RecordCase kind;
};
struct record_walk record_walk_begin(struct deciding *d, Award__Change__RecordCase kind, int parts,
                                     ...);
ProtobufCMessage *record_walk_next(struct record_walk *walk);

// The same in two steps, for who looks at many and unpacks few: what it met is a record that was
// put in this decision, or the bytes of one below.
struct record_met {
    ProtobufCMessage *record; // NULL: packed
    struct bytes packed;
};
bool record_walk_step(struct record_walk *walk, struct record_met *met);
ProtobufCMessage *record_of_met(const struct record_walk *walk, const struct record_met *met);

// RECORD_FUNCTIONS(case, Award__Case, CASE) makes case_get and case_put of the generic ones.
// NOLINTBEGIN(bugprone-macro-parentheses): a type in a declaration takes none.
#define RECORD_FUNCTIONS(name, type, kind)                                                         \
    static inline type *name##_get(struct deciding *d, const char *id)                             \
    {                                                                                              \
        return (type *)record_get(d, AWARD__CHANGE__RECORD_##kind, id);                            \
    }                                                                                              \
    static inline void name##_put(struct deciding *d, type *record, const char *article)           \
    {                                                                                              \
        record_put(d, AWARD__CHANGE__RECORD_##kind, &record->base, article);                       \
    }
// NOLINTEND(bugprone-macro-parentheses)

RECORD_FUNCTIONS(principal, Award__Principal, PRINCIPAL)
RECORD_FUNCTIONS(key, Award__Key, KEY)
RECORD_FUNCTIONS(enterprise, Award__Enterprise, ENTERPRISE)
RECORD_FUNCTIONS(reviewer, Award__Reviewer, REVIEWER)
RECORD_FUNCTIONS(cycle, Award__Cycle, CYCLE)
RECORD_FUNCTIONS(team, Award__Team, TEAM)
RECORD_FUNCTIONS(objection, Award__Objection, OBJECTION)
RECORD_FUNCTIONS(incident, Award__Incident, INCIDENT)
RECORD_FUNCTIONS(revocation, Award__Revocation, REVOCATION)
RECORD_FUNCTIONS(deadline, Award__Deadline, DEADLINE)
RECORD_FUNCTIONS(task, Award__Task, TASK)
RECORD_FUNCTIONS(message, Award__Message, MESSAGE)
RECORD_FUNCTIONS(selection, Award__Selection, SELECTION)

static inline Award__Case *case_get(struct deciding *d, const char *id)
{
    return (Award__Case *)record_get(d, AWARD__CHANGE__RECORD_CASE, id);
}

// The record of a cycle to look at and not to change; what is asked for again and again is read
// once.
const Award__Cycle *cycle_look(struct deciding *d, const char *name);

// Puts a case, with its next version unless the event is a quiet one.
void case_put(struct deciding *d, Award__Case *c, const char *article);

// ---- The life cycle

// Moves the case by the row of the table that fits, and puts it. Rejects (false) where there is
// none.
bool case_move(struct deciding *d, Award__Case *c, enum guard guard);

// Whether this event may happen to the case in its stage; rejects (false) and says what may
// instead.
bool case_may(struct deciding *d, const Award__Case *c);

// The same without rejecting: the sentence of why not, NULL where it may.
const char *case_may_not_zh(struct deciding *d, const Award__Case *c);
const char *case_may_not_en(struct deciding *d, const Award__Case *c);

// ---- Small things

// The rulebook that the cycle was opened under; NULL where there is no such cycle.
const struct rulebook *rulebook_of_cycle(struct deciding *d, const char *cycle);

Award__Day *day_make(struct deciding *d, int32_t number);
Award__Moment *moment_make(struct deciding *d, int64_t moment_ms);
Award__Points *points_make(struct deciding *d, int64_t hundredths);

// "2018-10-08" in the arena.
const char *day_text(struct deciding *d, int32_t day);
const char *moment_text(struct deciding *d, int64_t moment_ms);
const char *points_text(struct deciding *d, int64_t hundredths);

// "15 个工作日", "15 working days" in the arena.
const char *period_zh(struct deciding *d, const struct period *period);
const char *period_en(struct deciding *d, const struct period *period);

// Appends to a list of a message: the pointer array grows in the arena.
void list_add(struct deciding *d, size_t *count, void *array, const void *element);
#define LIST_ADD(d, message, list, element)                                                        \
    list_add((d), &(message)->n_##list, &(message)->list, (element))
bool list_has(size_t count, char **list, const char *text);

// The list with room for one more element of this size: itself, or a copy in the arena with room
// for twice as many. `*room` is 0 in the beginning, and counts elements.
void *list_room(struct deciding *d, void *list, size_t count, size_t *room, size_t size);

// Removes one text from a list of texts; keeps the order.
void list_drop(size_t *count, char **list, const char *text);

// Sets a scalar field of a message that says whether it is set.
#define SET(message, field, value) ((message)->has_##field = 1, (message)->field = (value))

// A new message in the arena: NEW(d, Award__Case, award__case).
#define NEW(d, type, prefix) ((type *)message_new((d)->arena, &prefix##__descriptor))
ProtobufCMessage *message_new(struct arena *arena, const ProtobufCMessageDescriptor *descriptor);

// The day that decides: a stated one, or that of the recording. Rejects (false) a stated day that
// lies after the recording.
bool stated_day(struct deciding *d, const Award__Day *stated, const char *field, int32_t *day);

// Decides another event in the name of its own sender, in place of this one: the one that was
// countersigned.
bool decide_instead(struct deciding *d, const Award__Event *event, const Award__Principal *sender);

bool text_blank(const char *text);
