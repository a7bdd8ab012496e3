// query_lists - cycles, cases, alerts, messages, tasks, principals: what there is, row by row
#include "daemon/query_parts.h"

#include "rules/deadlines.h"
#include "rules/ladders.h"
#include "rules/messages.h"

#include <string.h>

// ---- Cycles

// The record has the day as it was when the publicity began or was extended; the deadline has it as
// the calendar of now gives it.
static void publicities_fill(struct asking *asking, Award__Cycle *cycle)
{
    struct deciding *d = asking->d;
    for (size_t i = 0; i < cycle->n_publicities; i++) {
        Award__Cycle__Publicity *publicity = cycle->publicities[i];
        const Award__Deadline *end =
            deadline_get(d, deadline_id(d, cycle->cycle, AWARD__DEADLINE_KIND__NAME__publicity_end,
                                        (uint32_t)i + 1));
        if (end != NULL) {
            publicity->last = day_make(d, end->last->number);
            SET(publicity, provisional, end->provisional != 0);
        }
    }
}

static void cycle_add(struct asking *asking, ProtobufCMessage *record, struct arena *scratch)
{
    ProtobufCMessage *seen = query_seen(asking, AWARD__CHANGE__RECORD_CYCLE, record, scratch);
    Award__Cycles *cycles = asking->reply->cycles;
    if (seen != NULL && query_row_fits(asking, cycles->n_cycles, seen)) {
        publicities_fill(asking, (Award__Cycle *)seen);
        LIST_ADD(asking->d, cycles, cycles, seen);
    }
}

static void notes_add(struct asking *asking, const char *subject)
{
    struct record_walk walk = record_walk_begin(asking->d, AWARD__CHANGE__RECORD_NOTE, 1, subject);
    Award__Cycles *cycles = asking->reply->cycles;
    ProtobufCMessage *record;
    while ((record = record_walk_next(&walk)) != NULL) {
        ProtobufCMessage *seen =
            query_seen(asking, AWARD__CHANGE__RECORD_NOTE, record, asking->arena);
        if (seen != NULL && query_row_fits(asking, cycles->n_notes, seen)) {
            LIST_ADD(asking->d, cycles, notes, seen);
        }
    }
}

// One cycle, with what bodies reported and supervision found about it and its teams.
static void cycle_whole_add(struct asking *asking, Award__Cycle *cycle)
{
    cycle_add(asking, &cycle->base, asking->arena);
    notes_add(asking, cycle->cycle);
    for (size_t i = 0; i < cycle->n_teams; i++) {
        notes_add(asking, cycle->teams[i]);
    }
}

static bool cycle_check(struct asking *asking, const char *name)
{
    if (text_blank(name) || cycle_get(asking->d, name) != NULL) {
        return true;
    }
    query_refuse(asking, "no_such_cycle", "order",
                 say(asking->d, "没有评选年度 %s；用 awardctl cycle list 查看全部。", name),
                 say(asking->d, "There is no cycle %s; awardctl cycle list shows them.", name));
    return false;
}

void query_cycles(struct asking *asking)
{
    const char *name = asking->query->cycles->cycle;
    asking->reply->cycles = NEW(asking->d, Award__Cycles, award__cycles);
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_CYCLES;
    if (!cycle_check(asking, name)) {
        return;
    }
    if (!text_blank(name)) {
        cycle_whole_add(asking, cycle_get(asking->d, name));
        return;
    }
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_CYCLE, NULL);
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        cycle_add(asking, record, scan.scratch);
    }
    scan_end(&scan);
}

// ---- Cases

static Award__Cases__Row *case_row(struct asking *asking, ProtobufCMessage *record,
                                   struct arena *scratch)
{
    ProtobufCMessage *seen = query_seen(asking, AWARD__CHANGE__RECORD_CASE, record, scratch);
    if (seen == NULL) {
        return NULL;
    }
    Award__Cases__Row *row = NEW(asking->d, Award__Cases__Row, award__cases__row);
    row->case_ = (Award__Case *)seen;
    const Award__Enterprise *enterprise = enterprise_get(asking->d, row->case_->enterprise);
    row->enterprise_name = enterprise != NULL ? enterprise->name : NULL;
    return row;
}

void query_cases(struct asking *asking)
{
    const Award__QueryCases *query = asking->query->cases;
    Award__Cases *cases = NEW(asking->d, Award__Cases, award__cases);
    asking->reply->cases = cases;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_CASES;
    if (!cycle_check(asking, query->cycle)) {
        return;
    }
    const char *beginning = text_blank(query->cycle) ? NULL : say(asking->d, "%s/", query->cycle);
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_CASE, beginning);
    if (query->after != NULL) {
        scan_after(&scan, record_key(asking->arena, AWARD__CHANGE__RECORD_CASE, query->after));
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        Award__Cases__Row *row = case_row(asking, record, scan.scratch);
        if (row != NULL && query_row_fits(asking, cases->n_rows, &row->base)) {
            LIST_ADD(asking->d, cases, rows, row);
        }
    }
    scan_end(&scan);
}

// ---- Alerts

// The key of an alert begins with its recipient, and its name ends with it; neither names nor
// recipients are free of slashes.
static bool alert_key(struct asking *asking, const char *alert, struct bytes *key)
{
    for (const char *at = strchr(alert, '/'); at != NULL; at = strchr(at + 1, '/')) {
        if (strlen(at + 1) <= LIMIT_ID_BYTES &&
            record_get(asking->d, AWARD__CHANGE__RECORD_ALERT, at + 1, alert) != NULL) {
            *key = record_key(asking->arena, AWARD__CHANGE__RECORD_ALERT, at + 1, alert);
            return true;
        }
    }
    return false;
}

static bool deadline_listed(size_t count, Award__Deadline *const *list, const char *deadline)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i]->deadline, deadline) == 0) {
            return true;
        }
    }
    return false;
}

void query_alerted_add(struct asking *asking, const Award__Alert *alert, size_t *count,
                       Award__Deadline ***list)
{
    Award__Deadline *deadline = deadline_get(asking->d, alert->deadline);
    if (deadline == NULL || deadline_listed(*count, *list, deadline->deadline)) {
        return;
    }
    ProtobufCMessage *seen =
        query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE, &deadline->base, asking->arena);
    if (seen != NULL) {
        asking->bytes += protobuf_c_message_get_packed_size(seen);
        list_add(asking->d, count, list, seen);
    }
}

void query_alerts(struct asking *asking)
{
    const Award__QueryAlerts *query = asking->query->alerts;
    Award__Alerts *alerts = NEW(asking->d, Award__Alerts, award__alerts);
    asking->reply->alerts = alerts;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_ALERTS;
    bool own = !viewer_has_role(asking, SEES_ALL);
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_ALERT, own ? asking->viewer->name : NULL);
    struct bytes key;
    if (!text_blank(query->after) && alert_key(asking, query->after, &key)) {
        scan_after(&scan, key);
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        bool wanted = query->all || alert_open((const Award__Alert *)record);
        ProtobufCMessage *seen =
            wanted ? query_seen(asking, AWARD__CHANGE__RECORD_ALERT, record, scan.scratch) : NULL;
        if (seen != NULL && query_row_fits(asking, alerts->n_alerts, seen)) {
            LIST_ADD(asking->d, alerts, alerts, seen);
            query_alerted_add(asking, (const Award__Alert *)seen, &alerts->n_deadlines,
                              &alerts->deadlines);
        }
    }
    scan_end(&scan);
}

// ---- Messages

// What it reads is given back at once: many may have been given up, each with many alerts.
bool query_message_unsettled(struct asking *asking, const Award__Message *message)
{
    if (message->state != AWARD__MESSAGE__STATE__failed) {
        return false;
    }
    struct arena *scratch = arena_create();
    asking->looked += message->n_alerts;
    bool unsettled = message_unsettled(reading_over(ledger_view(asking->ledger), scratch), message,
                                       asking->d->today);
    arena_destroy(scratch);
    return unsettled;
}

static bool message_wanted(struct asking *asking, const Award__Message *message)
{
    const Award__QueryMessages *query = asking->query->messages;
    if (!text_blank(query->case_) &&
        (message->case_ == NULL || strcmp(message->case_, query->case_) != 0)) {
        return false;
    }
    if (!query->undelivered || message->state == AWARD__MESSAGE__STATE__sealed) {
        return true;
    }
    return query->all ? message->state == AWARD__MESSAGE__STATE__failed
                      : query_message_unsettled(asking, message);
}

static void message_one(struct asking *asking, const char *id)
{
    Award__Message *message = message_get(asking->d, id);
    ProtobufCMessage *seen = message != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_MESSAGE,
                                                          &message->base, asking->arena)
                                             : NULL;
    if (seen != NULL) {
        LIST_ADD(asking->d, asking->reply->messages, messages, seen);
    }
}

void query_messages(struct asking *asking)
{
    const Award__QueryMessages *query = asking->query->messages;
    Award__Messages *messages = NEW(asking->d, Award__Messages, award__messages);
    asking->reply->messages = messages;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_MESSAGES;
    if (query->message != NULL) {
        message_one(asking, query->message);
        return;
    }
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_MESSAGE, NULL);
    if (query->after != NULL) {
        scan_after(&scan, record_key(asking->arena, AWARD__CHANGE__RECORD_MESSAGE, query->after));
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        bool wanted = message_wanted(asking, (const Award__Message *)record);
        ProtobufCMessage *seen =
            wanted ? query_seen(asking, AWARD__CHANGE__RECORD_MESSAGE, record, scan.scratch) : NULL;
        if (seen != NULL && query_row_fits(asking, messages->n_messages, seen)) {
            LIST_ADD(asking->d, messages, messages, seen);
        }
    }
    scan_end(&scan);
}

// ---- Tasks

void query_tasks(struct asking *asking)
{
    Award__Tasks *tasks = NEW(asking->d, Award__Tasks, award__tasks);
    asking->reply->tasks = tasks;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_TASKS;
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_TASK, NULL);
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        ProtobufCMessage *seen =
            query_seen(asking, AWARD__CHANGE__RECORD_TASK, record, scan.scratch);
        if (seen == NULL || !query_row_fits(asking, tasks->n_rows, seen)) {
            continue;
        }
        Award__Tasks__Row *row = NEW(asking->d, Award__Tasks__Row, award__tasks__row);
        row->task = (Award__Task *)seen;
        const struct query_server *server = asking->server;
        const char *holder =
            server->leased_to != NULL ? server->leased_to(server->context, row->task->task) : NULL;
        row->leased_to = holder != NULL ? arena_string(asking->arena, holder) : NULL;
        LIST_ADD(asking->d, tasks, rows, row);
    }
    scan_end(&scan);
}

// ---- Principals

// Keys are found by themselves and not by their principal, so all are read first.
struct keys {
    size_t count;
    Award__Key **list;
};

static struct keys keys_list(struct asking *asking)
{
    struct keys keys = {.count = 0};
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_KEY, NULL);
    ProtobufCMessage *record;
    while ((record = scan_next(&scan)) != NULL) {
        ProtobufCMessage *seen =
            query_seen(asking, AWARD__CHANGE__RECORD_KEY, record, scan.scratch);
        if (seen != NULL) {
            list_add(asking->d, &keys.count, &keys.list, seen);
        }
    }
    scan_end(&scan);
    return keys;
}

static Award__Principals__Row *principal_row(struct asking *asking, Award__Principal *principal,
                                             const struct keys *keys)
{
    Award__Principals__Row *row = NEW(asking->d, Award__Principals__Row, award__principals__row);
    row->principal = principal;
    for (size_t i = 0; i < keys->count; i++) {
        if (strcmp(keys->list[i]->principal, principal->name) == 0) {
            LIST_ADD(asking->d, row, keys, keys->list[i]);
        }
    }
    return row;
}

static void principals_list(struct asking *asking, Award__Principals *principals)
{
    const char *after = asking->query->principals->after;
    struct keys keys = keys_list(asking);
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_PRINCIPAL, NULL);
    if (!text_blank(after)) {
        scan_after(&scan, record_key(asking->arena, AWARD__CHANGE__RECORD_PRINCIPAL, after));
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        ProtobufCMessage *seen =
            query_seen(asking, AWARD__CHANGE__RECORD_PRINCIPAL, record, scan.scratch);
        Award__Principals__Row *row =
            seen != NULL ? principal_row(asking, (Award__Principal *)seen, &keys) : NULL;
        if (row != NULL && query_row_fits(asking, principals->n_rows, &row->base)) {
            LIST_ADD(asking->d, principals, rows, row);
        }
    }
    scan_end(&scan);
}

// What waits for a second person: behind the last of the principals.
static void pending_list(struct asking *asking, Award__Principals *principals)
{
    static const char waits_for[] = "countersignature";
    const char *after = asking->query->principals->pending_after;
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_PENDING, waits_for);
    if (!text_blank(after)) {
        scan_after(&scan,
                   record_key(asking->arena, AWARD__CHANGE__RECORD_PENDING, waits_for, after));
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        ProtobufCMessage *seen =
            query_seen(asking, AWARD__CHANGE__RECORD_PENDING, record, scan.scratch);
        if (seen != NULL && query_row_fits(asking, principals->n_pending, seen)) {
            LIST_ADD(asking->d, principals, pending, seen);
        }
    }
    scan_end(&scan);
}

void query_principals(struct asking *asking)
{
    Award__Principals *principals = NEW(asking->d, Award__Principals, award__principals);
    asking->reply->principals = principals;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_PRINCIPALS;
    principals_list(asking, principals);
    pending_list(asking, principals);
}
