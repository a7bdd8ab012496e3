// query_trace_find - the entry that a trace begins with
//
// A name may be the number of an entry, the id of an event, that id behind its principal's name,
// or the name of a message or a task. An event has a receipt. What made a message or a task is
// looked for among the entries from the time on at which it can have been made, which is found by
// halving: the moments of the journal never decrease. What the viewer does not see is not found.
#include "daemon/query_trace.h"

#include "daemon/fold.h"
#include "rules/tasks.h"

#include <stdlib.h>
#include <string.h>

enum {
    NAMES_SHOWN_MAX = 8,
    MENTIONS_MAX = 512,            // entries about the subject of a task that are looked at
    QUIET_MS = 24 * 60 * 60 * 1000 // quiet hours, for which a message waits, are less than a day
};

// ---- Entries

static const Award__Entry *entry_read(const struct tracing *t, uint64_t number)
{
    arena_reset(t->scratch);
    return ledger_read(t->asking->ledger, number, t->scratch, NULL);
}

static bool entry_seen(const struct tracing *t, const Award__Entry *entry)
{
    return entry != NULL && project_entry(t->asking->viewer, entry, ledger_view(t->asking->ledger),
                                          t->scratch) != NULL;
}

// The first entry that was recorded at that moment or later.
static uint64_t entry_at(const struct tracing *t, int64_t moment_ms)
{
    uint64_t from = 1;
    uint64_t until = journal_last(ledger_journal(t->asking->ledger)) + 1;
    while (from < until) {
        uint64_t middle = from + (until - from) / 2;
        const Award__Entry *entry = entry_read(t, middle);
        if (entry == NULL || entry->recorded->ms < moment_ms) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    return from;
}

static const char *name_in(const Award__Change *change, Award__Change__RecordCase kind)
{
    if (change->record_case != kind) {
        return NULL;
    }
    return kind == AWARD__CHANGE__RECORD_TASK ? change->task->task : change->message->message;
}

static bool changes_put(size_t count, Award__Change *const *changes, Award__Change__RecordCase kind,
                        const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const char *put = name_in(changes[i], kind);
        if (put != NULL && strcmp(put, name) == 0) {
            return true;
        }
    }
    return false;
}

// Whether the viewer sees that the entry puts this task, or message. Few do: what he sees is not
// made out of the others.
static bool entry_puts(const struct tracing *t, uint64_t number, Award__Change__RecordCase kind,
                       const char *name)
{
    const Award__Entry *entry = entry_read(t, number);
    if (entry == NULL ||
        !changes_put(entry->decision->n_changes, entry->decision->changes, kind, name)) {
        return false;
    }
    const Award__HistoryItem *item =
        project_entry(t->asking->viewer, entry, ledger_view(t->asking->ledger), t->scratch);
    return item != NULL && changes_put(item->n_changes, item->changes, kind, name);
}

// The first entry from a moment on that puts it; 0 where none of the next ones does.
static uint64_t maker_from(const struct tracing *t, int64_t moment_ms,
                           Award__Change__RecordCase kind, const char *name)
{
    uint64_t last = journal_last(ledger_journal(t->asking->ledger));
    uint64_t number = entry_at(t, moment_ms);
    for (size_t looked = 0; number <= last && looked < QUERY_LOOKED_AT_MAX; looked++, number++) {
        if (entry_puts(t, number, kind, name)) {
            return number;
        }
    }
    return 0;
}

// ---- Events

static bool is_of(const Award__Entry *entry, const char *principal, const char *id)
{
    const Award__Event *event = entry != NULL ? entry->event : NULL;
    return event != NULL && event->principal != NULL && event->id != NULL &&
           strcmp(event->principal, principal) == 0 && strcmp(event->id, id) == 0;
}

// The receipt of what waited names the entry that settled it; the event's own lies before. Where it
// lies too far before, the trace begins with the other.
static uint64_t own_entry(struct tracing *t, const char *principal, const char *id,
                          uint64_t settled)
{
    uint64_t number = settled;
    while (number > 1 && t->looked_back < QUERY_LOOKED_AT_MAX &&
           !is_of(entry_read(t, number), principal, id)) {
        t->looked_back++;
        number--;
    }
    return is_of(entry_read(t, number), principal, id) ? number : settled;
}

// 0 where there is no such event, or none that the viewer sees.
static uint64_t event_of(struct tracing *t, const char *principal, const char *id)
{
    struct receipt receipt;
    const struct view *view = ledger_view(t->asking->ledger);
    enum view_result found = receipt_find(view, principal, id, t->asking->arena, &receipt);
    if (found == VIEW_DAMAGED) {
        t->asking->d->damaged = true;
    }
    uint64_t number = found == VIEW_FOUND ? own_entry(t, principal, id, receipt.entry) : 0;
    return number > 0 && entry_seen(t, entry_read(t, number)) ? number : 0;
}

static void ambiguous(const struct tracing *t, const char *id, const char *names)
{
    query_refuse(t->asking, "ambiguous_id", "form",
                 say(t->asking->d, "编号 %s 有几人用过：%s；请用 --of 写明是谁的事件。", id, names),
                 say(t->asking->d,
                     "The id %s is of events of several principals: %s; name one of them (--of).",
                     id, names));
}

// How many principals have an event of this id; of one the entry.
static size_t events_named(struct tracing *t, const char *id, uint64_t *number)
{
    struct scan scan;
    size_t count = 0;
    const char *names = "";
    const Award__Principal *principal;
    scan_begin(&scan, t->asking, AWARD__CHANGE__RECORD_PRINCIPAL, NULL);
    while ((principal = (const Award__Principal *)scan_next(&scan)) != NULL) {
        uint64_t found = event_of(t, principal->name, id);
        if (found > 0 && count++ < NAMES_SHOWN_MAX) {
            *number = found;
            names = say(t->asking->d, "%s%s%s", names, *names != '\0' ? ", " : "", principal->name);
        }
    }
    scan_end(&scan);
    if (count > 1) {
        ambiguous(t, id, names);
    }
    return count;
}

// "PRINCIPAL/ID"; both may have slashes.
static uint64_t event_behind_principal(struct tracing *t, const char *name)
{
    uint64_t found = 0;
    for (const char *at = strchr(name, '/'); at != NULL && found == 0; at = strchr(at + 1, '/')) {
        found = event_of(t, say(t->asking->d, "%.*s", (int)(at - name), name), at + 1);
    }
    return found;
}

// ---- Messages and tasks

// When a message that was sealed later than it was made can have been made.
static int64_t begun_ms(const struct tracing *t, const Award__Message *message)
{
    int64_t from_ms = message->created->ms - QUIET_MS;
    if (message->n_alerts > 0) { // what collects them may wait for days
        const Award__Alert *alert = (const Award__Alert *)record_get(
            t->asking->d, AWARD__CHANGE__RECORD_ALERT, message->recipient, message->alerts[0]);
        from_ms = alert != NULL && alert->raised->ms < from_ms ? alert->raised->ms : from_ms;
    }
    return from_ms;
}

static bool entry_seals(const struct tracing *t, uint64_t number)
{
    const Award__Entry *entry = entry_read(t, number);
    return entry != NULL && entry->event->body_case == AWARD__EVENT__BODY_MESSAGE_SEALED;
}

// Most are sealed in the entry that makes them. Where there was too much since a later one was
// made, the trace begins where it was sealed.
static uint64_t message_maker(struct tracing *t, const char *name)
{
    const Award__Message *message = message_get(t->asking->d, name);
    if (message == NULL) {
        return 0;
    }
    uint64_t number = maker_from(t, message->created->ms, AWARD__CHANGE__RECORD_MESSAGE, name);
    if (number == 0 || entry_seals(t, number)) {
        uint64_t begun = maker_from(t, begun_ms(t, message), AWARD__CHANGE__RECORD_MESSAGE, name);
        number = begun > 0 ? begun : number;
    }
    if (number > 0) {
        t->only_message = name;
        t->only_task = say(t->asking->d, "deliver_message:%s:1", name);
    }
    return number;
}

// "kind:subject:ordinal"; NULL where it is no such name.
static const struct task_row *task_parse(const struct tracing *t, const char *name,
                                         const char **subject)
{
    const ProtobufCEnumDescriptor *kinds = &award__task_kind__name__descriptor;
    const char *end = strrchr(name, ':');
    for (unsigned i = 0; end != NULL && i < kinds->n_values; i++) {
        size_t length = strlen(kinds->values[i].name);
        if (strncmp(name, kinds->values[i].name, length) == 0 && name + length < end &&
            name[length] == ':') {
            const char *begin = name + length + 1;
            *subject = say(t->asking->d, "%.*s", (int)(end - begin), begin);
            return task_row((Award__TaskKind__Name)kinds->values[i].value);
        }
    }
    return NULL;
}

static uint64_t maker_about(const struct tracing *t, const char *subject, const char *task)
{
    uint64_t numbers[MENTIONS_MAX];
    size_t count = mentions_find(ledger_view(t->asking->ledger), subject, 1, MENTIONS_MAX,
                                 t->asking->arena, numbers);
    for (size_t i = 0; i < count; i++) {
        if (entry_puts(t, numbers[i], AWARD__CHANGE__RECORD_TASK, task)) {
            return numbers[i];
        }
    }
    return 0;
}

static uint64_t task_maker(struct tracing *t, const char *name)
{
    struct deciding *d = t->asking->d;
    const char *subject = NULL;
    const struct task_row *row = task_parse(t, name, &subject);
    if (row == NULL) {
        return 0;
    }
    const Award__Task *open = task_get(d, name);
    const Award__Message *message =
        row->answered_by == AWARD__EVENT__BODY_MESSAGE_DELIVERED ? message_get(d, subject) : NULL;
    uint64_t number;
    if (open != NULL) {
        number = maker_from(t, open->queued->ms, AWARD__CHANGE__RECORD_TASK, name);
    } else if (message != NULL) {
        number = maker_from(t, message->created->ms, AWARD__CHANGE__RECORD_TASK, name);
    } else {
        number = maker_about(t, subject, name);
    }
    if (number > 0) {
        t->only_task = name;
        t->only_message = message != NULL ? subject : "";
    }
    return number;
}

// ---- Together

static uint64_t number_of(const struct tracing *t, const char *name)
{
    char *end;
    uint64_t number = strtoull(name, &end, 10);
    bool whole = *name >= '0' && *name <= '9' && *end == '\0';
    return whole && number <= journal_last(ledger_journal(t->asking->ledger)) ? number : 0;
}

static void nothing_found(const struct tracing *t, const char *name)
{
    struct deciding *d = t->asking->d;
    query_refuse(
        t->asking, "no_such_event", "order",
        say(d,
            "没有您可以查看的事件、日志条、消息或任务 %s；被驳回的事件不留记录；编号见 awardctl "
            "journal --output json、messages 和 tasks。",
            name),
        say(d,
            "There is no event, entry, message or task %s that you may see, and what was rejected "
            "is not on record; awardctl journal --output json, messages and tasks have the names.",
            name));
}

uint64_t tracing_find(struct tracing *t, const char *name, const char *principal)
{
    uint64_t number = 0;
    name = name != NULL ? name : "";
    if (!text_blank(principal)) {
        number = event_of(t, principal, name);
    } else {
        number = number_of(t, name);
        number = number > 0 && entry_seen(t, entry_read(t, number)) ? number : 0;
        if (number == 0 && events_named(t, name, &number) > 1) {
            return 0; // which has been said
        }
        number = number > 0 ? number : message_maker(t, name);
        number = number > 0 ? number : task_maker(t, name);
        number = number > 0 ? number : event_behind_principal(t, name);
    }
    if (number == 0) {
        nothing_found(t, name);
    }
    return number;
}
