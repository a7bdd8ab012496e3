// query_case - one case with all that hangs on it, its history, and what may happen next
//
// Objections and revocations have no index by case; the entries that mention the case name them. A
// history has no entry numbers and no deliveries or restarts: the same events make the same
// history, whatever else happened to the machine meanwhile.
#include "daemon/query_parts.h"

#include "daemon/fold.h"

#include <stdlib.h>
#include <string.h>

enum { MENTIONS_AT_ONCE = 256 };

struct case_asking {
    struct asking *asking;
    const Award__Case *c; // as on record
    Award__CaseView *found;
};

// Adds a record to a list of the view, if the viewer may see any of it.
#define SEEN_ADD(ca, list, kind, record)                                                           \
    do {                                                                                           \
        ProtobufCMessage *seen_ =                                                                  \
            query_seen((ca)->asking, AWARD__CHANGE__RECORD_##kind, (record), (ca)->asking->arena); \
        if (seen_ != NULL && query_row_fits((ca)->asking, (ca)->found->n_##list, seen_)) {         \
            LIST_ADD((ca)->asking->d, (ca)->found, list, seen_);                                   \
        }                                                                                          \
    } while (0)

// ---- What is keyed by the case

static void keyed_list(struct case_asking *ca)
{
    struct deciding *d = ca->asking->d;
    ProtobufCMessage *record;
    struct record_walk sheets = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 1, ca->c->case_);
    while ((record = record_walk_next(&sheets)) != NULL) {
        SEEN_ADD(ca, sheets, SHEET, record);
    }
    struct record_walk duties = record_walk_begin(d, AWARD__CHANGE__RECORD_DUTY, 1, ca->c->case_);
    while ((record = record_walk_next(&duties)) != NULL) {
        SEEN_ADD(ca, duties, DUTY, record);
    }
}

// ---- What supervision found and bodies reported (7, 9, 22), beside what it concerns

static void notes_list(struct case_asking *ca, const char *subject)
{
    struct record_walk notes =
        record_walk_begin(ca->asking->d, AWARD__CHANGE__RECORD_NOTE, 1, subject);
    ProtobufCMessage *record;
    while ((record = record_walk_next(&notes)) != NULL) {
        SEEN_ADD(ca, notes, NOTE, record);
    }
}

// Of the case itself and of what hangs on it.
static void notes_fill(struct case_asking *ca)
{
    notes_list(ca, ca->c->case_);
    if (!text_blank(ca->c->team)) {
        notes_list(ca, ca->c->team);
    }
    for (size_t i = 0; i < ca->found->n_objections; i++) {
        notes_list(ca, ca->found->objections[i]->objection);
    }
    for (size_t i = 0; i < ca->found->n_revocations; i++) {
        notes_list(ca, ca->found->revocations[i]->revocation);
    }
    for (size_t i = 0; i < ca->found->n_incidents; i++) {
        notes_list(ca, ca->found->incidents[i]->incident);
    }
}

static void incidents_list(struct case_asking *ca, const Award__Enterprise *enterprise)
{
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_incidents; i++) {
        Award__Incident *incident = incident_get(ca->asking->d, enterprise->incidents[i]);
        if (incident != NULL) {
            SEEN_ADD(ca, incidents, INCIDENT, &incident->base);
        }
    }
}

// ---- Deadlines: their names begin with their subject

static bool deadline_listed(const struct case_asking *ca, const Award__Deadline *deadline)
{
    for (size_t i = 0; i < ca->found->n_deadlines; i++) {
        if (strcmp(ca->found->deadlines[i]->deadline, deadline->deadline) == 0) {
            return true;
        }
    }
    return false;
}

// Those whose name begins so; the text must end where a part of the name ends.
static void deadlines_list(struct case_asking *ca, const char *beginning)
{
    struct scan scan;
    scan_begin(&scan, ca->asking, AWARD__CHANGE__RECORD_DEADLINE, beginning);
    ProtobufCMessage *record;
    while ((record = scan_next(&scan)) != NULL) {
        if (!deadline_listed(ca, (const Award__Deadline *)record)) {
            SEEN_ADD(ca, deadlines, DEADLINE, record);
        }
    }
    scan_end(&scan);
}

static int sooner_first(const void *one, const void *other)
{
    const Award__Deadline *a = *(Award__Deadline *const *)one;
    const Award__Deadline *b = *(Award__Deadline *const *)other;
    int32_t day = a->last != NULL ? a->last->number : 0;
    int32_t other_day = b->last != NULL ? b->last->number : 0;
    return day != other_day ? (day < other_day ? -1 : 1) : strcmp(a->deadline, b->deadline);
}

static void deadlines_fill(struct case_asking *ca)
{
    struct deciding *d = ca->asking->d;
    deadlines_list(ca, say(d, "%s:", ca->c->case_));
    deadlines_list(ca, say(d, "%s/", ca->c->case_)); // of its incidents (19)
    if (!text_blank(ca->c->team)) {
        deadlines_list(ca, say(d, "%s:", ca->c->team));
    }
    for (size_t i = 0; i < ca->found->n_objections; i++) {
        deadlines_list(ca, say(d, "%s:", ca->found->objections[i]->objection));
    }
    if (ca->found->n_deadlines > 0) {
        qsort(ca->found->deadlines, ca->found->n_deadlines, sizeof(*ca->found->deadlines),
              sooner_first);
    }
}

// ---- History

// Deliveries, restarts, and what workers tell when they come to it: left out of a history, and
// moving no version of a case.
static const Award__Event__BodyCase deliveries[] = {
    AWARD__EVENT__BODY_MESSAGE_SEALED,  AWARD__EVENT__BODY_MESSAGE_DELIVERED,
    AWARD__EVENT__BODY_MESSAGE_FAILED,  AWARD__EVENT__BODY_TASK_FAILED,
    AWARD__EVENT__BODY_ALERT_DUE,       AWARD__EVENT__BODY_ALERT_ACKNOWLEDGED,
    AWARD__EVENT__BODY_FEEDBACK_SENT,   AWARD__EVENT__BODY_PAPERS_DRAFTED,
    AWARD__EVENT__BODY_SHEETS_COMPARED, AWARD__EVENT__BODY_STARTED,
    AWARD__EVENT__BODY_STOPPED,
};

// Records by which things are delivered: what of them an event changes depends on what was
// delivered before it.
static bool of_delivery(const Award__Change *change)
{
    unsigned kind = (unsigned)change->record_case;
    if (kind == AWARD__CHANGE__RECORD_REMOVED && change->removed->key.len > 0) {
        kind = change->removed->key.data[0];
    }
    return kind == AWARD__CHANGE__RECORD_TASK || kind == AWARD__CHANGE__RECORD_ALERT ||
           kind == AWARD__CHANGE__RECORD_MESSAGE || kind == AWARD__CHANGE__RECORD_DUE;
}

bool query_in_history(const Award__Entry *entry)
{
    for (size_t i = 0; i < sizeof(deliveries) / sizeof(deliveries[0]); i++) {
        if (entry->event->body_case == deliveries[i]) {
            return false;
        }
    }
    return true;
}

// Taken out before the projection, so that it does not call them withheld.
static void deliveries_drop(Award__Decision *decision)
{
    size_t kept = 0;
    for (size_t i = 0; i < decision->n_changes; i++) {
        Award__Change *change = decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE) {
            change->deadline->n_dues = 0; // its rows of the index
        }
        if (!of_delivery(change)) {
            decision->changes[kept++] = change;
        }
    }
    decision->n_changes = kept;
}

static void history_add(struct case_asking *ca, Award__Entry *entry)
{
    struct asking *asking = ca->asking;
    if (!query_in_history(entry)) {
        return;
    }
    deliveries_drop(entry->decision);
    Award__HistoryItem *item =
        project_entry(asking->viewer, entry, ledger_view(asking->ledger), asking->arena);
    if (item == NULL) {
        return;
    }
    item->has_entry = 0;
    if (query_row_fits(asking, ca->found->n_history, &item->base)) {
        LIST_ADD(asking->d, ca->found, history, item);
    }
}

static bool same_case(const struct case_asking *ca, const char *name)
{
    return name != NULL && strcmp(name, ca->c->case_) == 0;
}

static void objection_list(struct case_asking *ca, const char *name)
{
    for (size_t i = 0; i < ca->found->n_objections; i++) {
        if (strcmp(ca->found->objections[i]->objection, name) == 0) {
            return;
        }
    }
    Award__Objection *objection = objection_get(ca->asking->d, name);
    if (objection != NULL) {
        SEEN_ADD(ca, objections, OBJECTION, &objection->base);
    }
}

static void revocation_list(struct case_asking *ca, const char *name)
{
    for (size_t i = 0; i < ca->found->n_revocations; i++) {
        if (strcmp(ca->found->revocations[i]->revocation, name) == 0) {
            return;
        }
    }
    Award__Revocation *revocation = revocation_get(ca->asking->d, name);
    if (revocation != NULL) {
        SEEN_ADD(ca, revocations, REVOCATION, &revocation->base);
    }
}

// Objections and revocations of the case that the entry changed, as they stand now.
static void named_list(struct case_asking *ca, const Award__Entry *entry)
{
    for (size_t i = 0; i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_OBJECTION &&
            same_case(ca, change->objection->case_)) {
            objection_list(ca, change->objection->objection);
        }
        if (change->record_case == AWARD__CHANGE__RECORD_REVOCATION &&
            same_case(ca, change->revocation->case_)) {
            revocation_list(ca, change->revocation->revocation);
        }
    }
}

static void history_fill(struct case_asking *ca)
{
    struct asking *asking = ca->asking;
    uint64_t waited = query_waited(asking, ca->c);
    Award__Entry *first =
        waited != 0 ? ledger_read(asking->ledger, waited, asking->arena, NULL) : NULL;
    if (first != NULL) {
        history_add(ca, first);
    }
    uint64_t numbers[MENTIONS_AT_ONCE];
    uint64_t last = journal_last(ledger_journal(asking->ledger));
    uint64_t from = 1;
    size_t count;
    while ((count = mentions_find(ledger_view(asking->ledger), ca->c->case_, from, MENTIONS_AT_ONCE,
                                  asking->arena, numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] <= last; i++) {
            Award__Entry *entry = ledger_read(asking->ledger, numbers[i], asking->arena, NULL);
            if (entry != NULL) {
                named_list(ca, entry);
                history_add(ca, entry);
            }
        }
        from = numbers[count - 1] + 1;
    }
}

// ---- What may happen next

static bool certain_next(const struct case_asking *ca, Award__Event__BodyCase event,
                         Award__Stage__Name *next)
{
    const struct rulebook *rulebook = rulebook_of_cycle(ca->asking->d, ca->c->cycle);
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    bool found = false;
    *next = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].event != event || !stage_in(ca->c->stage, rows[i].from)) {
            continue;
        }
        if (rows[i].next == NEXT_IN_ORDER && rulebook == NULL) {
            return false;
        }
        Award__Stage__Name stage = life_cycle_next(&rows[i], ca->c, rulebook);
        if (found && stage != *next) {
            return false;
        }
        *next = stage;
        found = true;
    }
    return found && *next != 0;
}

static bool step_listed(const struct case_asking *ca, const char *event)
{
    for (size_t i = 0; i < ca->found->n_next; i++) {
        if (strcmp(ca->found->next[i]->event, event) == 0) {
            return true;
        }
    }
    return false;
}

static void step_add(struct case_asking *ca, const struct life_cycle_row *row)
{
    struct deciding *d = ca->asking->d;
    Award__NextStep *step = NEW(d, Award__NextStep, award__next_step);
    step->event = arena_string(d->arena, event_name(row->event));
    step->article = arena_string(d->arena, row->article);
    step->n_from = query_roles(ca->asking, event_row(row->event)->from, &step->from);
    Award__Stage__Name next;
    if (certain_next(ca, row->event, &next)) {
        step->stage = arena_string(d->arena, stage_name(next));
    }
    LIST_ADD(d, ca->found, next, step);
}

static void next_fill(struct case_asking *ca)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        bool common = rows[i].from == ~UINT32_C(0); // what may happen at whatever stage
        if (!common && stage_in(ca->c->stage, rows[i].from) &&
            !step_listed(ca, event_name(rows[i].event))) {
            step_add(ca, &rows[i]);
        }
    }
}

// ---- Together

static void case_refuse(struct asking *asking, const char *name, bool exists)
{
    struct deciding *d = asking->d;
    if (!exists) {
        query_refuse(asking, "no_such_case", "order",
                     say(d, "没有案件 %s；用 awardctl case list 查看案件编号。", name),
                     say(d, "There is no case %s; awardctl case list shows them.", name));
        return;
    }
    query_refuse(
        asking, "out_of_scope", "authority",
        say(d, "%s 不能查看案件 %s；只能查看自己范围内的案件。", asking->viewer->name, name),
        say(d, "%s may not look at case %s; only at those of its own scope.", asking->viewer->name,
            name));
}

void query_case(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *name = asking->query->case_->case_;
    Award__Case *c = text_blank(name) ? NULL : case_get(d, name);
    ProtobufCMessage *seen =
        c != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_CASE, &c->base, asking->arena) : NULL;
    if (seen == NULL) {
        case_refuse(asking, name != NULL ? name : "", c != NULL);
        return;
    }
    struct case_asking ca = {asking, c, NEW(d, Award__CaseView, award__case_view)};
    ca.found->case_ = (Award__Case *)seen;
    Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    if (enterprise != NULL) {
        ca.found->enterprise = (Award__Enterprise *)query_seen(
            asking, AWARD__CHANGE__RECORD_ENTERPRISE, &enterprise->base, asking->arena);
    }
    keyed_list(&ca);
    incidents_list(&ca, enterprise);
    history_fill(&ca);
    notes_fill(&ca);
    deadlines_fill(&ca);
    next_fill(&ca);
    asking->reply->case_ = ca.found;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_CASE;
}
