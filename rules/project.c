// project - what a viewer may see of an entry, a case, and what hangs on it
//
// What lies within whose scope stands in viewing.c, the kinds of records in project_record.c, the
// events in project_event.c, a case in project_case.c. Here they come together in an entry.
#include "rules/project.h"

#include "rules/viewing.h"

#include <string.h>

bool viewer_sees_case(const Award__Principal *viewer, const Award__Case *c, const struct view *view,
                      struct arena *arena)
{
    struct viewing v = viewing_begin(viewer, view, arena);
    return viewing_case(&v, c);
}

ProtobufCMessage *project_record(const Award__Principal *viewer, Award__Change__RecordCase kind,
                                 ProtobufCMessage *record, const struct view *view,
                                 struct arena *arena)
{
    struct viewing v = viewing_begin(viewer, view, arena);
    return viewing_record(&v, kind, record);
}

// ---- Changes

static Award__Change *change_seen(const struct viewing *v, const Award__Change *change)
{
    ProtobufCMessage *record = (ProtobufCMessage *)change->city; // all members are messages
    ProtobufCMessage *seen = record != NULL ? viewing_record(v, change->record_case, record) : NULL;
    if (seen == NULL) {
        return NULL;
    }
    Award__Change *copy = arena_copy(v->d->arena, change, sizeof(*change));
    copy->city = (Award__City *)seen;
    return copy;
}

// Fills in a new list; returns how many are seen.
static size_t changes_seen(const struct viewing *v, size_t count, Award__Change *const *changes,
                           Award__Change ***seen)
{
    size_t kept = 0;
    *seen = arena_alloc(v->d->arena, count * sizeof(Award__Change *));
    for (size_t i = 0; i < count; i++) {
        Award__Change *change = change_seen(v, changes[i]);
        if (change != NULL) {
            (*seen)[kept++] = change;
        }
    }
    return kept;
}

void project_answer(const Award__Principal *viewer, Award__Answer *answer, const struct view *view,
                    struct arena *arena)
{
    struct viewing v = viewing_begin(viewer, view, arena);
    Award__Change **seen;
    answer->n_changes = changes_seen(&v, answer->n_changes, answer->changes, &seen);
    answer->changes = seen;
}

// ---- Entries

// Outside nobody learns who reviews: the sender is named unless he is a reviewer.
static bool sender_seen(const struct viewing *v, const Award__Event *event)
{
    if (!viewer_in(v, OUTSIDE) || viewer_named(v, event->principal)) {
        return true;
    }
    const Award__Principal *sender = principal_get(v->d, event->principal);
    return sender == NULL || sender->role != AWARD__ROLE__NAME__reviewer;
}

static Award__Event *event_seen(const struct viewing *v, const Award__Event *event, bool body_seen)
{
    Award__Event *seen = arena_copy(v->d->arena, event, sizeof(*event));
    if (!body_seen) {
        seen->body_case = AWARD__EVENT__BODY__NOT_SET;
        seen->database_created = NULL;
    }
    if (!sender_seen(v, event)) {
        seen->principal = NULL;
        seen->id = NULL;
    }
    return seen;
}

// What everybody of a cycle may know does not make an event his business: that the cycle's list of
// cases grew would tell him of another's application.
static bool common_knowledge(const Award__Change *change)
{
    unsigned kind = (unsigned)change->record_case;
    return kind == AWARD__CHANGE__RECORD_CITY || kind == AWARD__CHANGE__RECORD_CLOCK ||
           kind == AWARD__CHANGE__RECORD_RULEBOOK || kind == AWARD__CHANGE__RECORD_CALENDAR_YEAR ||
           kind == AWARD__CHANGE__RECORD_CYCLE;
}

static void common_knowledge_drop(Award__HistoryItem *item)
{
    size_t kept = 0;
    for (size_t i = 0; i < item->n_changes; i++) {
        if (!common_knowledge(item->changes[i])) {
            item->changes[kept++] = item->changes[i];
        }
    }
    item->n_changes = kept;
}

// Reasons of single cases: those of cases that the viewer may see.
static void parts_fill(const struct viewing *v, const Award__Decision *decision,
                       Award__HistoryItem *item)
{
    item->rejected_parts =
        arena_alloc(v->d->arena, decision->n_rejected_parts * sizeof(Award__Reason *));
    for (size_t i = 0; i < decision->n_rejected_parts; i++) {
        if (viewing_case_named(v, decision->rejected_parts[i]->subject)) {
            item->rejected_parts[item->n_rejected_parts++] = decision->rejected_parts[i];
        }
    }
}

// What its sender corrected of the event since, as far as the viewer sees it.
static void corrections_fill(const struct viewing *v, const Award__Event *event,
                             Award__HistoryItem *item)
{
    if (event->principal == NULL || event->id == NULL) {
        return;
    }
    struct record_walk walk = record_walk_begin(v->d, AWARD__CHANGE__RECORD_CORRECTION, 1,
                                                say(v->d, "%s/%s", event->principal, event->id));
    ProtobufCMessage *record;
    while ((record = record_walk_next(&walk)) != NULL) {
        const ProtobufCMessage *seen = viewing_record(v, AWARD__CHANGE__RECORD_CORRECTION, record);
        if (seen != NULL) {
            LIST_ADD(v->d, item, corrections, seen);
        }
    }
}

Award__HistoryItem *project_entry(const Award__Principal *viewer, const Award__Entry *entry,
                                  const struct view *view, struct arena *arena)
{
    struct viewing v = viewing_begin(viewer, view, arena);
    const Award__Decision *decision = entry->decision;
    bool body_seen = viewing_event(&v, entry->event, decision->case_);
    Award__HistoryItem *item = NEW(v.d, Award__HistoryItem, award__history_item);
    item->n_changes = changes_seen(&v, decision->n_changes, decision->changes, &item->changes);
    if (!body_seen) {
        common_knowledge_drop(item);
        if (item->n_changes == 0) {
            return NULL;
        }
    }
    SET(item, entry, entry->number);
    item->recorded = entry->recorded;
    item->event = event_seen(&v, entry->event, body_seen);
    SET(item, outcome, decision->outcome);
    item->article = decision->article;
    if (body_seen) {
        item->n_reasons = decision->n_reasons;
        item->reasons = decision->reasons;
        parts_fill(&v, decision, item);
        corrections_fill(&v, entry->event, item);
    }
    SET(item, withheld,
        !body_seen || item->n_changes < decision->n_changes ||
            item->n_rejected_parts < decision->n_rejected_parts || item->event->principal == NULL);
    return item;
}
