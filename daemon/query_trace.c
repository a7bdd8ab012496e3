// query_trace - one event through all processes: what came of it, entry by entry
//
// The first entry has its steps; the tasks, messages and pending events that it made are followed
// through the entries behind it, and what comes of those likewise, until nothing is open or so many
// entries were looked at. Nothing is kept between two replies: where there is more, the reply says
// what is still followed, and the query that goes on gives it back.
#include "daemon/query_trace.h"

#include <string.h>

#define FOLLOWED(name) AWARD__TRACE__FOLLOWED__KIND__##name

enum { SINCE_LATER_MS = 60 * 60 * 1000 }; // a manual clock stands still while an event is taken

// ---- What is followed

struct followed *tracing_followed(struct tracing *t, followed_kind kind, const char *name)
{
    for (size_t i = 0; name != NULL && i < t->followed_count; i++) {
        if (t->followed[i].kind == kind && strcmp(t->followed[i].name, name) == 0) {
            return &t->followed[i];
        }
    }
    return NULL;
}

static bool asked_for(const struct tracing *t, followed_kind kind, const char *name)
{
    if (t->only_task == NULL) {
        return true;
    }
    const char *only = kind == FOLLOWED(task) ? t->only_task : t->only_message;
    return kind != FOLLOWED(pending) && strcmp(only, name) == 0;
}

struct followed *tracing_follow(struct tracing *t, followed_kind kind, const char *name)
{
    if (!asked_for(t, kind, name) || tracing_followed(t, kind, name) != NULL) {
        return NULL;
    }
    if (t->followed_count == TRACE_FOLLOWED_MAX) {
        SET(t->trace, cut, 1);
        return NULL;
    }
    struct followed *followed = &t->followed[t->followed_count++];
    *followed = (struct followed){.kind = kind, .name = arena_string(t->asking->arena, name)};
    return followed;
}

static bool open_named(struct tracing *t, followed_kind kind, const char *name)
{
    const struct followed *followed = tracing_followed(t, kind, name);
    return followed != NULL && !followed->over;
}

// A key is its kind and the name; that of a pending event has what it waits for between the two.
static bool is_key_of(const ProtobufCBinaryData *key, const struct followed *followed)
{
    static const Award__Change__RecordCase kinds[] = {
        [FOLLOWED(task)] = AWARD__CHANGE__RECORD_TASK,
        [FOLLOWED(message)] = AWARD__CHANGE__RECORD_MESSAGE,
        [FOLLOWED(pending)] = AWARD__CHANGE__RECORD_PENDING,
    };
    size_t size = strlen(followed->name) + 1;
    if (key->len <= size || key->data[0] != (uint8_t)kinds[followed->kind] ||
        memcmp(key->data + key->len - size, followed->name, size) != 0) {
        return false;
    }
    size_t before = key->len - size;
    return followed->kind == FOLLOWED(pending) ? key->data[before - 1] == '\0' : before == 1;
}

struct followed *tracing_removed(struct tracing *t, const Award__Change *change)
{
    bool removes = change->record_case == AWARD__CHANGE__RECORD_REMOVED;
    for (size_t i = 0; removes && i < t->followed_count; i++) {
        struct followed *followed = &t->followed[i];
        if (!followed->over && is_key_of(&change->removed->key, followed)) {
            return followed;
        }
    }
    return NULL;
}

static bool anything_open(const struct tracing *t)
{
    size_t i = 0;
    while (i < t->followed_count && t->followed[i].over) {
        i++;
    }
    return i < t->followed_count;
}

// Whether the viewer may have learnt of it by a trace: others' names are nobody's to try out.
static bool may_follow(struct tracing *t, const Award__Trace__Followed *followed)
{
    struct asking *asking = t->asking;
    Award__Task task = AWARD__TASK__INIT;
    ProtobufCMessage *record = &task.base; // each is seen like the others
    Award__Change__RecordCase kind = AWARD__CHANGE__RECORD_TASK;
    if (followed->kind == FOLLOWED(pending)) {
        return true; // it shows entries that he sees
    }
    if (followed->kind == FOLLOWED(message)) {
        Award__Message *message = message_get(asking->d, followed->name);
        record = message != NULL ? &message->base : NULL;
        kind = AWARD__CHANGE__RECORD_MESSAGE;
    }
    return record != NULL && query_seen(asking, kind, record, t->scratch) != NULL;
}

// What was followed by the reply before, as the query gives it back.
static void following_take(struct tracing *t, const Award__QueryTrace *query)
{
    uint64_t since_ms_max = (uint64_t)ledger_now(t->asking->ledger) + SINCE_LATER_MS;
    for (size_t i = 0; i < query->n_following; i++) {
        const Award__Trace__Followed *given = query->following[i];
        struct followed *followed = given->has_kind && given->name != NULL && may_follow(t, given)
                                        ? tracing_follow(t, given->kind, given->name)
                                        : NULL;
        if (followed != NULL && given->since_us / 1000 <= since_ms_max) {
            followed->since_us = (int64_t)given->since_us;
        }
    }
}

static void following_tell(const struct tracing *t)
{
    struct deciding *d = t->asking->d;
    for (size_t i = 0; i < t->followed_count; i++) {
        if (!t->followed[i].over) {
            Award__Trace__Followed *followed =
                NEW(d, Award__Trace__Followed, award__trace__followed);
            SET(followed, kind, t->followed[i].kind);
            followed->name = arena_string(d->arena, t->followed[i].name);
            if (t->followed[i].since_us > 0) {
                SET(followed, since_us, (uint64_t)t->followed[i].since_us);
            }
            LIST_ADD(d, t->trace, following, followed);
        }
    }
}

// ---- Entries

enum concern { NOTHING, ENDS, FOLLOWS };

// Whether the event is about a followed message by itself.
static bool message_concern(struct tracing *t, const Award__Event *event)
{
    const char *message = NULL;
    if (event->body_case == AWARD__EVENT__BODY_MESSAGE_SEALED) {
        message = event->message_sealed->message;
    } else if (event->body_case == AWARD__EVENT__BODY_MESSAGE_DELIVERED) {
        message = event->message_delivered->message;
    } else if (event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED) {
        message = event->message_failed->message;
    }
    return open_named(t, FOLLOWED(message), message);
}

// A task that is put anew has failed once more; what only withdraws one leads nowhere.
static enum concern change_concern(struct tracing *t, const Award__Event *event,
                                   const Award__Change *change)
{
    if (change->record_case == AWARD__CHANGE__RECORD_TASK) {
        return open_named(t, FOLLOWED(task), change->task->task) ? FOLLOWS : NOTHING;
    }
    const struct followed *gone = tracing_removed(t, change);
    if (gone == NULL) {
        return NOTHING;
    }
    bool answered = event->task != NULL && strcmp(event->task, gone->name) == 0;
    return gone->kind == FOLLOWED(pending) || answered ? FOLLOWS : ENDS;
}

// Another alert that joins a message is no consequence of what began it.
static enum concern entry_concern(struct tracing *t, const Award__Entry *entry)
{
    enum concern concern = message_concern(t, entry->event) ? FOLLOWS : NOTHING;
    for (size_t i = 0; i < entry->decision->n_changes && concern != FOLLOWS; i++) {
        enum concern found = change_concern(t, entry->event, entry->decision->changes[i]);
        concern = found > concern ? found : concern;
    }
    return concern;
}

static void entry_look(struct tracing *t, uint64_t number)
{
    arena_reset(t->scratch);
    const Award__Entry *entry = ledger_read(t->asking->ledger, number, t->scratch, NULL);
    if (entry == NULL) {
        t->asking->d->damaged = true;
        return;
    }
    enum concern concern = entry_concern(t, entry);
    if (concern != NOTHING) {
        (void)tracing_entry(t, entry, concern == FOLLOWS);
    }
}

static void entries_follow(struct tracing *t, uint64_t from)
{
    uint64_t last = journal_last(ledger_journal(t->asking->ledger));
    uint64_t number = from;
    size_t most = t->asking->server->shared ? TRACE_SHARED_MAX : QUERY_LOOKED_AT_MAX;
    for (size_t looked = 0; number <= last && anything_open(t); looked++, number++) {
        if (looked == most || t->trace->n_steps >= LIMIT_QUERY_ROWS) {
            SET(t->asking->reply, more, 1);
            break;
        }
        entry_look(t, number);
    }
    SET(t->trace, looked_to, number - 1);
    following_tell(t);
    if (!t->asking->reply->more) {
        tracing_open(t);
    }
}

// ---- The answer

// The first entry with all that it led to, or alone the task or message that was asked for.
static bool root_show(struct tracing *t, uint64_t number)
{
    arena_reset(t->scratch);
    const Award__Entry *entry = ledger_read(t->asking->ledger, number, t->scratch, NULL);
    bool shown = entry != NULL && tracing_entry(t, entry, true);
    t->only_task = NULL;
    t->only_message = NULL;
    return shown;
}

static void trace_fill(struct tracing *t, const Award__QueryTrace *query)
{
    uint64_t number = query->entry;
    uint64_t from = query->from;
    if (query->entry == 0 || query->entry > journal_last(ledger_journal(t->asking->ledger))) {
        number = tracing_find(t, query->id, query->of);
        if (number == 0) {
            return;
        }
        if (!root_show(t, number)) {
            query_refuse(t->asking, "record_damaged", "policy",
                         "该条日志损坏，无法读取；请管理员运行 awardd verify。",
                         "This entry is damaged and cannot be read; run awardd verify.");
            return;
        }
        from = number + 1;
    }
    following_take(t, query);
    SET(t->trace, entry, number);
    entries_follow(t, from > number ? from : number + 1);
    tracing_order(t->trace);
    t->asking->reply->trace = t->trace;
    t->asking->reply->body_case = AWARD__QUERY_REPLY__BODY_TRACE;
}

void query_trace(struct asking *asking)
{
    struct tracing *t = arena_alloc(asking->arena, sizeof(*t));
    t->asking = asking;
    t->trace = NEW(asking->d, Award__Trace, award__trace);
    t->trace->steps = arena_alloc(asking->arena, TRACE_STEPS_MAX * sizeof(Award__Trace__Step *));
    t->scratch = arena_create();
    trace_fill(t, asking->query->trace);
    arena_destroy(t->scratch);
}
