// tally - how much of what the state holds: open, due, late, waiting
//
// A row of the table is a kind of record and the function that counts one. The walk remembers the
// key behind which it goes on, so that nothing of a view is held between two slices.
#include "daemon/tally.h"

#include "common/memory.h"
#include "common/time.h"
#include "rules/ladders.h"
#include "rules/messages.h"
#include "rules/reading.h"
#include "rules/record.h"
#include "rules/tasks.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK_DAYS = 7 };

struct tally_walk {
    struct ledger *ledger;
    struct arena *arena; // of one record
    int32_t today;
    size_t kind; // row of the table below
    uint8_t from[VIEW_KEY_BYTES_MAX + 1];
    size_t from_bytes;
    struct tally tally;
};

// ---- Names

const char *tally_standing_name(enum tally_standing standing)
{
    static const char *const names[TALLY_STANDINGS] = {
        [STANDING_LATE] = "late",   [STANDING_TODAY] = "today",         [STANDING_WEEK] = "week",
        [STANDING_LATER] = "later", [STANDING_SUSPENDED] = "suspended",
    };
    return names[standing];
}

const char *tally_wait_name(enum tally_wait wait)
{
    static const char *const names[TALLY_WAITS] = {
        [WAIT_OBJECTION] = "objection",   [WAIT_COMPLAINT] = "complaint",
        [WAIT_REVOCATION] = "revocation", [WAIT_COUNTERSIGNATURE] = "countersignature",
        [WAIT_RECEIPT] = "receipt",       [WAIT_ALERT] = "alert",
    };
    return names[wait];
}

const char *tally_kind_name(enum tally_kind kind)
{
    static const char *const names[TALLY_KINDS] = {
        [KIND_SCORING] = "scoring",
        [KIND_NOTIFICATION] = "notification",
        [KIND_REVOCATION] = "revocation",
    };
    return names[kind];
}

static bool kind_of(Award__Role__Name role, enum tally_kind *kind)
{
    switch ((int)role) {
    case AWARD__ROLE__NAME__worker_scoring:
        *kind = KIND_SCORING;
        return true;
    case AWARD__ROLE__NAME__worker_notification:
        *kind = KIND_NOTIFICATION;
        return true;
    case AWARD__ROLE__NAME__worker_revocation:
        *kind = KIND_REVOCATION;
        return true;
    default:
        return false;
    }
}

// ---- One record

static void principal_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Principal *principal = (const Award__Principal *)record;
    struct tally *tally = &walk->tally;
    enum tally_kind kind;
    if (kind_of(principal->role, &kind) && tally->workers_count < TALLY_WORKERS_MAX) {
        (void)snprintf(tally->workers[tally->workers_count].name, TALLY_NAME_BYTES, "%s",
                       principal->name);
        tally->workers[tally->workers_count++].kind = kind;
    }
}

static void case_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    size_t stage = (size_t)((const Award__Case *)record)->stage;
    walk->tally.cases[stage < TALLY_STAGES ? stage : 0]++;
}

static void objection_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Objection *objection = (const Award__Objection *)record;
    if (objection->decided == NULL) {
        bool complaint = objection->complaint && !objection->linked;
        walk->tally.waiting[complaint ? WAIT_COMPLAINT : WAIT_OBJECTION]++;
    }
}

static void revocation_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    int step = (int)((const Award__Revocation *)record)->step;
    bool over = step == AWARD__REVOCATION__STEP__refused || step == AWARD__REVOCATION__STEP__closed;
    walk->tally.waiting[WAIT_REVOCATION] += over ? 0 : 1;
}

static void deadline_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Deadline *deadline = (const Award__Deadline *)record;
    uint64_t *counts = walk->tally.deadlines;
    int32_t last = deadline->last != NULL ? deadline->last->number : INT32_MAX;
    switch ((int)deadline->state) {
    case AWARD__DEADLINE__STATE__overdue:
        counts[STANDING_LATE]++;
        break;
    case AWARD__DEADLINE__STATE__suspended:
        counts[STANDING_SUSPENDED]++;
        break;
    case AWARD__DEADLINE__STATE__open:
        counts[last <= walk->today               ? STANDING_TODAY
               : last - WEEK_DAYS <= walk->today ? STANDING_WEEK
                                                 : STANDING_LATER]++;
        break;
    default:
        break;
    }
}

static void task_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Task *task = (const Award__Task *)record;
    const struct task_row *row = task_row(task->kind);
    enum tally_kind kind;
    if (row == NULL || !kind_of(row->worker, &kind)) {
        return;
    }
    if (task->given_up) {
        walk->tally.tasks[kind].given_up++;
        return;
    }
    walk->tally.tasks[kind].open++;
    if (task->queued != NULL && task->queued->ms < walk->tally.tasks[kind].oldest_ms) {
        walk->tally.tasks[kind].oldest_ms = task->queued->ms;
    }
}

static void alert_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    walk->tally.waiting[WAIT_ALERT] += alert_open((const Award__Alert *)record) ? 1 : 0;
}

static void message_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Message *message = (const Award__Message *)record;
    const ProtobufCEnumValue *channel =
        message->channel == NULL ? NULL
                                 : protobuf_c_enum_descriptor_get_value_by_name(
                                       &award__channel__name__descriptor, message->channel);
    size_t number = channel != NULL && channel->value > 0 && channel->value < TALLY_CHANNELS
                        ? (size_t)channel->value
                        : 0;
    if (message->state == AWARD__MESSAGE__STATE__collecting ||
        message->state == AWARD__MESSAGE__STATE__sealed) {
        walk->tally.messages[number].waiting++;
    } else if (message->state == AWARD__MESSAGE__STATE__failed &&
               message_unsettled(reading_over(ledger_view(walk->ledger), walk->arena), message,
                                 walk->today)) {
        walk->tally.messages[number].undelivered++;
    }
}

static void pending_count(struct tally_walk *walk, const ProtobufCMessage *record)
{
    const Award__Pending *pending = (const Award__Pending *)record;
    bool signature =
        pending->waits_for != NULL && strcmp(pending->waits_for, "countersignature") == 0;
    walk->tally.waiting[signature ? WAIT_COUNTERSIGNATURE : WAIT_RECEIPT]++;
}

static const struct {
    Award__Change__RecordCase kind;
    void (*count)(struct tally_walk *walk, const ProtobufCMessage *record);
} kinds[] = {
    {AWARD__CHANGE__RECORD_PRINCIPAL,  principal_count },
    {AWARD__CHANGE__RECORD_CASE,       case_count      },
    {AWARD__CHANGE__RECORD_OBJECTION,  objection_count },
    {AWARD__CHANGE__RECORD_REVOCATION, revocation_count},
    {AWARD__CHANGE__RECORD_DEADLINE,   deadline_count  },
    {AWARD__CHANGE__RECORD_TASK,       task_count      },
    {AWARD__CHANGE__RECORD_ALERT,      alert_count     },
    {AWARD__CHANGE__RECORD_MESSAGE,    message_count   },
    {AWARD__CHANGE__RECORD_PENDING,    pending_count   },
};

enum { KINDS_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

// ---- The walk

static void kind_begin(struct tally_walk *walk, size_t kind)
{
    walk->kind = kind;
    if (kind < KINDS_COUNT) {
        walk->from[0] = (uint8_t)kinds[kind].kind;
        walk->from_bytes = 1;
    }
}

struct tally_walk *tally_begin(struct ledger *ledger)
{
    struct tally_walk *walk = memory_allocate(sizeof(*walk));
    walk->ledger = ledger;
    walk->arena = arena_create();
    walk->today = day_of_moment(ledger_now(ledger));
    for (int kind = 0; kind < TALLY_KINDS; kind++) {
        walk->tally.tasks[kind].oldest_ms = INT64_MAX;
    }
    kind_begin(walk, 0);
    return walk;
}

void tally_abandon(struct tally_walk *walk)
{
    if (walk != NULL) {
        arena_destroy(walk->arena);
        free(walk);
    }
}

static void key_pass(struct tally_walk *walk, struct bytes key)
{
    assert(key.size < sizeof(walk->from));
    memcpy(walk->from, key.data, key.size);
    walk->from[key.size] = 0;
    walk->from_bytes = key.size + 1;
}

// One record, or the step to the next kind. What cannot be read is passed over.
static void record_look(struct tally_walk *walk)
{
    struct bytes key = {NULL, 0};
    struct bytes value = {NULL, 0};
    struct bytes from = {walk->from, walk->from_bytes};
    const struct view *view = ledger_view(walk->ledger);
    arena_reset(walk->arena);
    enum view_result found = view->next(view, from, walk->arena, &key, &value);
    Award__Change__RecordCase kind = kinds[walk->kind].kind;
    if (found == VIEW_ABSENT || key.size == 0 || key.data[0] != (uint8_t)kind) {
        kind_begin(walk, walk->kind + 1);
        return;
    }
    key_pass(walk, key);
    const ProtobufCMessage *record =
        found == VIEW_FOUND ? codec_unpack_trusted(record_descriptor(kind), value, walk->arena)
                            : NULL;
    if (record != NULL) {
        kinds[walk->kind].count(walk, record);
    }
}

bool tally_go_on(struct tally_walk *walk, size_t records, struct tally *tally)
{
    for (size_t i = 0; i < records && walk->kind < KINDS_COUNT; i++) {
        record_look(walk);
    }
    if (walk->kind < KINDS_COUNT) {
        return false;
    }
    *tally = walk->tally;
    tally_abandon(walk);
    return true;
}
