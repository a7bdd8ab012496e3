// incident_effects - what an incident leads to: holds of 11(4), reports of 19, checks of 20
//
// 11(4) and decision 20: an accident of unknown liability that is recorded after an application
// holds it until liability is established; the cases of successors too, for events carry over. Only
// cases that exist at the recording can be held, so that what was on record at the application
// never holds. 19: each honour that stood on the day of the incident has its own report to make.
// 20: each honour that still stands is checked by the revocation worker whenever more is known.
#include "rules/incident_effects.h"

#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/grounds.h"
#include "rules/incident_counts.h"
#include "rules/laureate.h"
#include "rules/lineage.h"
#include "rules/messages.h"
#include "rules/selecting.h"

#include <assert.h>
#include <string.h>

static const char liability[] = "liability";

// A case of this entry: the one that the event names is changed in place.
static Award__Case *case_current(struct deciding *d, const char *id)
{
    return d->c != NULL && strcmp(d->c->case_, id) == 0 ? d->c : case_get(d, id);
}

// ---- 11(4): cases that are still open

// Whether the incident's years had not ended by the day of application.
// F-incident-2, decision 20
static bool counts_for(struct deciding *d, const Award__Case *c, const Award__Incident *incident)
{
    const struct rulebook *rulebook = rulebook_of_cycle(d, c->cycle);
    if (rulebook == NULL || c->applied_on == NULL) {
        return false;
    }
    int32_t last = day_add_years(incident->on->number, (int32_t)rulebook->accident_free_years);
    return c->applied_on->number <= last;
}

static size_t hold_find(const Award__Case *c, const char *incident)
{
    for (size_t i = 0; i < c->n_holds; i++) {
        assert(strcmp(c->holds[i]->kind, liability) == 0); // objections are listed by themselves
        if (strcmp(c->holds[i]->subject, incident) == 0) {
            return i;
        }
    }
    return c->n_holds;
}

static void hold_add(struct deciding *d, Award__Case *c, const Award__Incident *incident)
{
    Award__Hold *hold = NEW(d, Award__Hold, award__hold);
    hold->kind = arena_string(d->arena, liability);
    hold->subject = incident->incident;
    hold->article = arena_string(d->arena, "11(4)");
    LIST_ADD(d, c, holds, hold);
    case_put(d, c, "11(4)");
}

static void hold_drop(struct deciding *d, Award__Case *c, size_t index)
{
    for (size_t i = index + 1; i < c->n_holds; i++) {
        c->holds[i - 1] = c->holds[i];
    }
    c->n_holds--;
    case_put(d, c, "11(4)");
}

// What becomes known then is tested by nothing any more: the office must know at once.
// F-deliberation-2
static void late_knowledge_tell(struct deciding *d, const Award__Case *c, const char *incident)
{
    if (!deliberation_over(rulebook_of_cycle(d, c->cycle), c->stage)) {
        return;
    }
    const struct fact facts[] = {
        {"case",     c->case_  },
        {"cycle",    c->cycle  },
        {"what",     "incident"},
        {"incident", incident  },
        {NULL,       NULL      },
    };
    message_to_roles(d, ROLE(office), AWARD__TEMPLATE__NAME__late_knowledge, c, facts);
}

// F-incident-2
static void case_effects(struct deciding *d, Award__Case *c, const Award__Incident *incident,
                         bool fresh)
{
    const Award__Enterprise *enterprise = enterprise_get(d, incident->enterprise);
    size_t hold = hold_find(c, incident->incident);
    bool unknown = incident_liability_unknown(incident);
    if (!unknown && hold < c->n_holds) {
        hold_drop(d, c, hold);
    }
    if (!counts_for(d, c, incident)) {
        return;
    }
    const struct rulebook *rulebook = rulebook_of_cycle(d, c->cycle);
    bool testable =
        stage_in(c->stage, STAGES_BEFORE_APPROVAL) && !deliberation_over(rulebook, c->stage);
    if (unknown && fresh && hold == c->n_holds && testable) {
        hold_add(d, c, incident);
    }
    if (unknown || incident_counts(rulebook, enterprise, incident)) {
        late_knowledge_tell(d, c, incident->incident);
    }
}

// The enterprise and all that carry its events: its successors, theirs, and so on (decision 27).
static void open_cases_effects(struct deciding *d, const Award__Incident *incident, bool fresh)
{
    size_t count = 0;
    char **codes = NULL;
    list_add(d, &count, &codes, incident->enterprise);
    for (size_t i = 0; i < count; i++) {
        const Award__Enterprise *carrier = enterprise_get(d, codes[i]);
        for (size_t k = 0; carrier != NULL && k < carrier->n_successors; k++) {
            if (!list_has(count, codes, carrier->successors[k])) {
                list_add(d, &count, &codes, carrier->successors[k]);
            }
        }
        for (size_t k = 0; carrier != NULL && k < carrier->n_cases; k++) {
            Award__Case *c = case_current(d, carrier->cases[k]);
            if (c != NULL) {
                case_effects(d, c, incident, fresh);
            }
        }
    }
}

// ---- 19, 20: honours

// A report that opens the deadline itself needs no reminder of it.
static bool reported_now(const struct deciding *d, const Award__Case *c)
{
    return c == d->c && d->event->body_case == AWARD__EVENT__BODY_INCIDENT_REPORTED_BY_LAUREATE;
}

// An honour from before this system opens no report whose days had ended when it was recorded,
// of what was on record before: nobody noted then whether it was made.
static bool before_record(struct deciding *d, const Award__Case *c, const Award__Incident *incident,
                          const struct period *period)
{
    if (c->earlier == NULL ||
        (incident->recorded != NULL && incident->recorded->ms > c->earlier->ms)) {
        return false;
    }
    int32_t last = period_count(period, incident->on->number, d->in->calendar).last;
    return last < day_of_moment(c->earlier->ms);
}

// decision 3, F-record-2
static void report_open(struct deciding *d, const Award__Case *c, const Award__Incident *incident,
                        const struct rulebook *rulebook)
{
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__incident_report,
        .subject = say(d, "%s/%s", c->case_, incident->incident),
        .ordinal = 1,
        .case_ = c->case_,
        .enterprise = c->enterprise,
        .cycle = c->cycle,
        .starts = incident->on->number,
        .period = &rulebook->incident_report,
    };
    const char *id = deadline_id(d, open.subject, open.kind, open.ordinal);
    if (deadline_get(d, id) != NULL || before_record(d, c, incident, open.period)) {
        return;
    }
    const Award__Deadline *deadline = deadline_open(d, &open);
    if (reported_now(d, c)) {
        return;
    }
    const char *on = day_text(d, incident->on->number);
    const char *last = day_text(d, deadline->last->number);
    const char *zh = period_zh(d, &rulebook->incident_report);
    const char *en = period_en(d, &rulebook->incident_report);
    const char *marked = deadline->provisional ? say(d, "%s（暂定 / provisional）", last) : last;
    const struct fact facts[] = {
        {"incident",  incident->incident},
        {"period_zh", zh                },
        {"period_en", en                },
        {"on",        on                },
        {"last",      marked            },
        {NULL,        NULL              },
    };
    message_to_roles(d, ROLE(enterprise), AWARD__TEMPLATE__NAME__incident_due, c, facts);
}

// F-record-2, F-record-4, F-report-1
static void honour_effects(struct deciding *d, Award__Case *c, const Award__Incident *incident)
{
    const struct rulebook *rulebook = rulebook_of_cycle(d, c->cycle);
    if (rulebook == NULL || !honour_stood(c, incident->on->number)) {
        return;
    }
    if (incident_below_report(rulebook, incident)) {
        const char *subject = say(d, "%s/%s", c->case_, incident->incident);
        deadline_remove(d, deadline_id(d, subject, AWARD__DEADLINE_KIND__NAME__incident_report, 1));
        return;
    }
    report_open(d, c, incident, rulebook);
    case_put(d, c, "19");
    grounds_ask(d, c, incident->incident);
}

void incident_effects(struct deciding *d, const Award__Incident *incident, bool fresh)
{
    open_cases_effects(d, incident, fresh);
    const Award__Enterprise *enterprise = enterprise_get(d, incident->enterprise);
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_cases; i++) {
        Award__Case *c = case_current(d, enterprise->cases[i]);
        if (c != NULL) {
            honour_effects(d, c, incident);
        }
    }
}

void incidents_of_honour(struct deciding *d, Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_incidents; i++) {
        const Award__Incident *incident = incident_get(d, enterprise->incidents[i]);
        if (incident != NULL) {
            honour_effects(d, c, incident);
        }
    }
}

// ---- A link to a predecessor

// What was on record at the application never holds; what came later holds, once it carries over.
static bool recorded_after(const Award__Incident *incident, const Award__Case *c)
{
    return incident->recorded != NULL && c->begun != NULL && incident->recorded->ms > c->begun->ms;
}

static void incidents_carry(struct deciding *d, const Award__Enterprise *from,
                            const Award__Enterprise *to)
{
    for (size_t i = 0; i < from->n_incidents; i++) {
        const Award__Incident *incident = incident_get(d, from->incidents[i]);
        for (size_t k = 0; incident != NULL && k < to->n_cases; k++) {
            Award__Case *c = case_get(d, to->cases[k]);
            if (c != NULL) {
                case_effects(d, c, incident, recorded_after(incident, c));
            }
        }
    }
}

// decision 27, F-predecessor-1, F-incident-2
void incidents_of_link(struct deciding *d, const Award__Enterprise *enterprise,
                       const Award__Enterprise *predecessor)
{
    size_t befores;
    size_t afters;
    Award__Enterprise **before = lineage_of(d, predecessor, LINEAGE_PREDECESSORS, &befores);
    Award__Enterprise **after = lineage_of(d, enterprise, LINEAGE_SUCCESSORS, &afters);
    for (size_t i = 0; i < befores; i++) {
        for (size_t k = 0; k < afters; k++) {
            incidents_carry(d, before[i], after[k]);
        }
    }
}
