// project_record - which records each role may see, whole or in part
//
// A kind that has no row is not shown. `whole` names the roles that see every record of the kind as
// it is; `part` those for which the function says what they see of one, which may be nothing.
#include "rules/viewing.h"

#include <string.h>

typedef ProtobufCMessage *sight_function(const struct viewing *v, ProtobufCMessage *record);

struct record_sight {
    uint32_t whole;
    uint32_t part;
    sight_function *see;
};

static ProtobufCMessage *if_so(bool seen, ProtobufCMessage *record)
{
    return seen ? record : NULL;
}

// ---- What each sees that does not see all

static ProtobufCMessage *see_principal(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewer_named(v, ((const Award__Principal *)record)->name), record);
}

static ProtobufCMessage *see_key(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewer_named(v, ((const Award__Key *)record)->principal), record);
}

static ProtobufCMessage *see_enterprise(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Enterprise *enterprise = (const Award__Enterprise *)record;
    if (viewer_in(v, ROLE(district_bureau)) && viewer_scope(v, enterprise->district)) {
        return record; // of a dry run, too, where the state does not have it
    }
    return if_so(viewing_enterprise(v, enterprise->enterprise), record);
}

static ProtobufCMessage *see_reviewer(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewer_named(v, ((const Award__Reviewer *)record)->person), record);
}

// Cases of others and the teams are nobody's business outside; the public sees what is published.
// 6(5): laureates are published
static ProtobufCMessage *see_cycle(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Cycle *whole = (const Award__Cycle *)record;
    Award__Cycle *cycle = arena_copy(v->d->arena, whole, sizeof(*whole));
    cycle->n_teams = 0;
    cycle->n_cases = 0;
    cycle->cases = arena_alloc(v->d->arena, whole->n_cases * sizeof(*cycle->cases));
    for (size_t i = 0; i < whole->n_cases; i++) {
        if (viewing_case_named(v, whole->cases[i])) {
            cycle->cases[cycle->n_cases++] = whole->cases[i];
        }
    }
    if (cycle->opened != NULL) {
        cycle->opened = arena_copy(v->d->arena, cycle->opened, sizeof(*cycle->opened));
        cycle->opened->n_review_committee = 0;
        cycle->opened->n_supervision_committee = 0;
    }
    if (viewer_in(v, ROLE(public))) {
        cycle->opened = NULL;
        cycle->has_selection_started = 0;
    }
    return &cycle->base;
}

static ProtobufCMessage *see_case(const struct viewing *v, ProtobufCMessage *record)
{
    Award__Case *seen = viewing_case_reduced(v, (const Award__Case *)record);
    return seen != NULL ? &seen->base : NULL;
}

static ProtobufCMessage *see_team(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewing_team(v, ((const Award__Team *)record)->team), record);
}

static ProtobufCMessage *see_sheet(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewing_sheet(v, (const Award__Sheet *)record), record);
}

// That there is one, when, and what became of it; not who said what.
static ProtobufCMessage *see_objection(const struct viewing *v, ProtobufCMessage *record)
{
    if (viewer_named(v, ((const Award__Objection *)record)->principal)) {
        return record;
    }
    if (!viewer_in(v, ORGANS)) {
        return NULL;
    }
    Award__Objection *seen = arena_copy(v->d->arena, record, sizeof(*seen));
    seen->principal = NULL;
    seen->text = NULL;
    seen->evidence = NULL;
    seen->has_source = 0;
    seen->has_anonymous = 0;
    return &seen->base;
}

static ProtobufCMessage *see_incident(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewing_enterprise(v, ((const Award__Incident *)record)->enterprise), record);
}

// The laureate learns of it from the decision, not from the investigation.
static ProtobufCMessage *see_revocation(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Revocation *revocation = (const Award__Revocation *)record;
    bool decided = revocation->step == AWARD__REVOCATION__STEP__approved ||
                   revocation->step == AWARD__REVOCATION__STEP__closed;
    return if_so(decided && viewing_case_named(v, revocation->case_), record);
}

// The rows of the index say what the alert policy does; they are not for those who are told.
static ProtobufCMessage *see_deadline(const struct viewing *v, ProtobufCMessage *record)
{
    if (!viewing_deadline(v, (const Award__Deadline *)record)) {
        return NULL;
    }
    Award__Deadline *seen = arena_copy(v->d->arena, record, sizeof(*seen));
    seen->n_dues = 0;
    seen->n_alerted = 0;
    return &seen->base;
}

static ProtobufCMessage *see_alert(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewer_named(v, ((const Award__Alert *)record)->recipient), record);
}

// There is nothing in a test of a channel; the administrator reads what became of it.
static ProtobufCMessage *see_message(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Message *message = (const Award__Message *)record;
    bool test = v->viewer->role == AWARD__ROLE__NAME__administrator &&
                message->template_ == AWARD__TEMPLATE__NAME__try;
    return if_so(test || viewer_named(v, message->recipient), record);
}

static ProtobufCMessage *see_pending(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Pending *pending = (const Award__Pending *)record;
    return if_so(pending->event != NULL && viewing_event(v, pending->event, NULL), record);
}

static ProtobufCMessage *see_serial(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewing_case_named(v, ((const Award__Serial *)record)->case_), record);
}

static ProtobufCMessage *see_duty(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewing_case_named(v, ((const Award__Duty *)record)->case_), record);
}

// His own; the review committee its suggestions (7(4)), the bureau the papers it asked for (20).
static ProtobufCMessage *see_note(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Note *note = (const Award__Note *)record;
    const char *kind = note->kind != NULL ? note->kind : "";
    bool seen = viewer_named(v, note->by) ||
                (viewer_in(v, ROLE(review_committee)) && strcmp(kind, "suggestion") == 0) ||
                (viewer_in(v, ROLE(bureau)) && strcmp(kind, "papers_drafted") == 0);
    return if_so(seen, record);
}

// As the original: by its case as it was sent, and by what it should have been.
static ProtobufCMessage *see_correction(const struct viewing *v, ProtobufCMessage *record)
{
    const Award__Corrected *corrected = (const Award__Corrected *)record;
    if (corrected->content == NULL ||
        (!text_blank(corrected->case_) && !viewing_case_named(v, corrected->case_)) ||
        !viewing_correction(v, corrected->content->principal, corrected->content,
                            corrected->case_)) {
        return NULL;
    }
    Award__Corrected *seen = (Award__Corrected *)codec_copy(record, v->d->arena);
    seen->n_followers = 0; // events of others
    return &seen->base;
}

static ProtobufCMessage *see_person(const struct viewing *v, ProtobufCMessage *record)
{
    return if_so(viewer_named(v, ((const Award__Person *)record)->person), record);
}

// ---- The table

#define ADMIN ROLE(administrator)
#define KIND(name) AWARD__CHANGE__RECORD_##name

// clang-format off
static const struct record_sight table[RECORD_KINDS] = {
    // kind, who sees it whole, who in part, and what of it; article
    [KIND(CITY)]          = {PEOPLE,                              NOBODY,                   NULL},           // policy
    [KIND(CLOCK)]         = {PEOPLE,                              NOBODY,                   NULL},           // policy
    [KIND(PRINCIPAL)]     = {SEES_ALL | ADMIN,                    PEOPLE,                   see_principal},  // policy
    [KIND(KEY)]           = {SEES_ALL | ADMIN,                    PEOPLE,                   see_key},        // policy
    [KIND(RULEBOOK)]      = {PEOPLE,                              NOBODY,                   NULL},           // 23: it is published
    [KIND(ALERT_POLICY)]  = {SEES_ALL | ADMIN,                    NOBODY,                   NULL},           // policy
    [KIND(CALENDAR_YEAR)] = {PEOPLE,                              NOBODY,                   NULL},           // policy
    [KIND(ENTERPRISE)]    = {INSIDE,                              SCOPED,                   see_enterprise}, // 2, 10
    [KIND(REVIEWER)]      = {SEES_ALL | ROLE(review_committee),   ROLE(reviewer),           see_reviewer},   // 8
    [KIND(CYCLE)]         = {INSIDE,                              SCOPED | ROLE(public) | ADMIN, see_cycle}, // 16(1), 16(7)
    [KIND(CASE)]          = {INSIDE,                              SCOPED,                   see_case},       // 7-10
    [KIND(TEAM)]          = {SEES_ALL | ROLE(review_committee),   ROLE(reviewer),           see_team},       // 8
    [KIND(SHEET)]         = {ROLE(supervision_committee),         PARTIES,                  see_sheet},      // 9, 16(3)
    [KIND(OBJECTION)]     = {SEES_ALL | ROLE(bureau),             ORGANS | ROLE(public),    see_objection},  // 6(4)
    [KIND(INCIDENT)]      = {INSIDE,                              OUTSIDE,                  see_incident},   // 11(4), 19
    [KIND(REVOCATION)]    = {INSIDE,                              OUTSIDE,                  see_revocation}, // 20
    [KIND(DEADLINE)]      = {SEES_ALL,                            PARTIES,                  see_deadline},   // 8, 16-19
    [KIND(DUE)]           = {SEES_ALL | ADMIN,                    NOBODY,                   NULL},           // policy
    [KIND(TASK)]          = {SEES_ALL | ADMIN,                    NOBODY,                   NULL},           // policy
    [KIND(ALERT)]         = {SEES_ALL,                            PEOPLE,                   see_alert},      // policy
    [KIND(MESSAGE)]       = {SEES_ALL,                            PEOPLE,                   see_message},    // policy
    [KIND(PENDING)]       = {ROLE(supervision_committee),         PEOPLE,                   see_pending},    // policy
    [KIND(SELECTION)]     = {INSIDE,                              NOBODY,                   NULL},           // 16(6)
    [KIND(MEETING)]       = {INSIDE,                              NOBODY,                   NULL},           // 16(8)
    [KIND(SERIAL)]        = {INSIDE,                              OUTSIDE,                  see_serial},     // 16(10)
    [KIND(DUTY)]          = {INSIDE,                              OUTSIDE,                  see_duty},       // 17-19
    [KIND(NOTE)]          = {SEES_ALL,                            PEOPLE,                   see_note},       // 7(4), 9, 22
    [KIND(DRAW)]          = {INSIDE,                              NOBODY,                   NULL},           // 8
    [KIND(PERSON)]        = {SEES_ALL | ADMIN,                    PEOPLE,                   see_person},     // policy
    [KIND(MORNING)]       = {SEES_ALL | ADMIN,                    NOBODY,                   NULL},           // policy
    [KIND(CORRECTION)]    = {SEES_ALL,                            PEOPLE,                   see_correction}, // policy
};
// clang-format on

static const struct record_sight *sight_of(Award__Change__RecordCase kind)
{
    static const struct record_sight nothing = {0};
    unsigned index = (unsigned)kind;
    return index < RECORD_KINDS ? &table[index] : &nothing;
}

bool viewing_record_known(Award__Change__RecordCase kind)
{
    return (sight_of(kind)->whole | sight_of(kind)->part) != 0;
}

// A removal says no more than a key; whoever sees such records whole may know of it.
static bool removed_seen(const struct viewing *v, const Award__Removed *removed)
{
    if (removed->key.len == 0) {
        return false;
    }
    return viewer_in(v, sight_of((Award__Change__RecordCase)removed->key.data[0])->whole);
}

ProtobufCMessage *viewing_record(const struct viewing *v, Award__Change__RecordCase kind,
                                 ProtobufCMessage *record)
{
    if (kind == AWARD__CHANGE__RECORD_REMOVED) {
        return if_so(removed_seen(v, (const Award__Removed *)record), record);
    }
    const struct record_sight *sight = sight_of(kind);
    if (viewer_in(v, sight->whole)) {
        return record;
    }
    return sight->see != NULL && viewer_in(v, sight->part) ? sight->see(v, record) : NULL;
}
