// project_event - which events' bodies each role may read
//
// A body is shown whole or not at all. The sender always reads his own. `all` names the roles that
// read every event of the row; `scoped` those that read it where its case, team or enterprise is
// theirs (an event of a cycle alone is everybody's of them). Where a row has a function, that one
// decides for the roles in `scoped`. An event that has no row is read by its sender only.
#include "rules/form.h"
#include "rules/viewing.h"

typedef bool body_function(const struct viewing *v, const Award__Event *event);

struct body_sight {
    uint32_t all;
    uint32_t scoped;
    body_function *sees;
};

// ---- Sheets: nobody reads another's before the team's are complete, but the supervision committee

static bool sees_sheet(const struct viewing *v, const Award__Event *event, char *case_name,
                       Award__Sheet__Kind kind)
{
    Award__Sheet sheet = AWARD__SHEET__INIT;
    sheet.case_ = case_name;
    sheet.kind = kind;
    sheet.person = event->principal;
    return viewing_sheet(v, &sheet);
}

static bool sees_independent(const struct viewing *v, const Award__Event *event)
{
    return sees_sheet(v, event, event->independent_sheet->case_, AWARD__SHEET__KIND__independent);
}

static bool sees_defence_score(const struct viewing *v, const Award__Event *event)
{
    return sees_sheet(v, event, event->defence_score->case_, AWARD__SHEET__KIND__defence);
}

// The comparison names each reviewer's total.
static bool sees_comparison(const struct viewing *v, const Award__Event *event)
{
    const char *case_name = event->sheets_compared->case_;
    return viewing_case_named(v, case_name) && viewing_sheets_in(v, case_name);
}

// ---- Teams: a reviewer reads of his own, and of no other

static bool sees_teams(const struct viewing *v, const Award__Event *event)
{
    const Award__TeamDrawn *drawn = event->team_drawn;
    bool own = drawn->n_teams > 0;
    for (size_t i = 0; i < drawn->n_teams && own; i++) {
        own = drawn->teams[i]->team != NULL && viewing_team(v, drawn->teams[i]->team);
    }
    return own;
}

// ---- Persons: where nobody is named it is about the sender, who reads his own anyway

static bool sees_absence(const struct viewing *v, const Award__Event *event)
{
    return viewer_named(v, event->absence_recorded->person);
}

static bool sees_address(const struct viewing *v, const Award__Event *event)
{
    return viewer_named(v, event->address_changed->person);
}

// ---- Deadlines

static bool sees_deadline(const struct viewing *v, const char *id)
{
    const Award__Deadline *deadline = deadline_get(v->d, id);
    return deadline != NULL && viewing_deadline(v, deadline);
}

static bool sees_deadline_due(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->deadline_due->deadline);
}

static bool sees_alert_due(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->alert_due->deadline);
}

static bool sees_escalation_due(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->escalation_due->deadline);
}

// Whom it was handed to.
static bool sees_assigned(const struct viewing *v, const Award__Event *event)
{
    return viewer_named(v, event->alert_assigned->to);
}

// Whoever may read the original may read what it should have been.
static bool sees_correction(const struct viewing *v, const Award__Event *event)
{
    const Award__Correction *correction = event->correction;
    return correction->event != NULL && correction->content != NULL &&
           correction->content->body_case != AWARD__EVENT__BODY_CORRECTION &&
           viewing_correction(v, correction->event->principal, correction->content, NULL);
}

static bool sees_deadline_suspended(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->deadline_suspended->deadline);
}

static bool sees_deadline_resumed(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->deadline_resumed->deadline);
}

static bool sees_deadline_extended(const struct viewing *v, const Award__Event *event)
{
    return sees_deadline(v, event->deadline_extended->deadline);
}

// ---- The table

#define ADMIN ROLE(administrator)
#define REVIEWERS (SEES_ALL | ROLE(review_committee))
#define COMPARING (ROLE(office) | ROLE(review_committee) | ROLE(reviewer))
#define EVENT(name) AWARD__EVENT__BODY_##name

// clang-format off
static const struct body_sight table[EVENT_NUMBERS] = {
    // event, who reads every one, who reads his own, and what decides then; article
    // Setting up: persons and keys are the administrator's
    [EVENT(PRINCIPAL_ENROLLED)]            = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(PRINCIPAL_CHANGED)]             = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(KEY_ENROLLED)]                  = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(KEY_REVOKED)]                   = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(COUNTERSIGNED)]                 = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(COUNTERSIGN_DECLINED)]          = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(RULEBOOK_LOADED)]               = {PEOPLE,                      NOBODY,         NULL}, // 23
    [EVENT(ALERT_POLICY_LOADED)]           = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(CALENDAR_LOADED)]               = {PEOPLE,                      NOBODY,         NULL},
    [EVENT(CLOCK_SET)]                     = {PEOPLE,                      NOBODY,         NULL},
    [EVENT(ENTERPRISE_REGISTERED)]         = {INSIDE,                      SCOPED,         NULL}, // 2
    [EVENT(ENTERPRISE_CHANGED)]            = {INSIDE,                      SCOPED,         NULL}, // 2
    [EVENT(PREDECESSOR_LINKED)]            = {INSIDE,                      OUTSIDE,        NULL},
    [EVENT(EARLIER_RECORD)]                = {INSIDE,                      OUTSIDE,        NULL}, // 12
    [EVENT(SAMPLING_RECORDED)]             = {INSIDE,                      OUTSIDE,        NULL}, // 11(4)
    [EVENT(ACCIDENT_RECORDED)]             = {INSIDE,                      OUTSIDE,        NULL}, // 11(4)
    [EVENT(LIABILITY_ESTABLISHED)]         = {INSIDE,                      OUTSIDE,        NULL}, // 11(4)
    [EVENT(VIOLATION_CONFIRMED)]           = {INSIDE,                      OUTSIDE,        NULL}, // 12(2)
    [EVENT(REVIEWER_ADDED)]                = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8
    [EVENT(REVIEWER_REMOVED)]              = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8
    [EVENT(REVIEWER_CHANGED)]              = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8
    [EVENT(DUTY_CHANGED)]                  = {SEES_ALL | ADMIN,            PEOPLE,         NULL},
    [EVENT(ABSENCE_RECORDED)]              = {SEES_ALL | ADMIN,            PEOPLE,         sees_absence},
    [EVENT(ADDRESS_CHANGED)]               = {SEES_ALL | ADMIN,            PEOPLE,         sees_address},

    // A cycle opens, enterprises apply
    [EVENT(CYCLE_OPENED)]                  = {PARTIES,                     NOBODY,         NULL}, // 16(1): published
    [EVENT(CYCLE_CHANGED)]                 = {PARTIES,                     NOBODY,         NULL},
    [EVENT(APPLICATION_SUBMITTED)]         = {INSIDE,                      SCOPED,         NULL}, // 13
    [EVENT(PAPER_RECEIVED)]                = {INSIDE,                      SCOPED,         NULL}, // 16(2)
    [EVENT(MATERIAL_SUPPLEMENTED)]         = {INSIDE,                      SCOPED,         NULL},
    [EVENT(CONDITIONS_VERIFIED)]           = {INSIDE,                      SCOPED,         NULL}, // 10(2)
    [EVENT(RECOMMENDATION_GIVEN)]          = {INSIDE,                      SCOPED,         NULL}, // 13(1)
    [EVENT(APPLICATION_ACCEPTED)]          = {INSIDE,                      SCOPED,         NULL}, // 6(3)
    [EVENT(APPLICATION_WITHDRAWN)]         = {INSIDE,                      SCOPED,         NULL},

    // Review: names of reviewers and their scores stay inside
    [EVENT(DRAW_ANNOUNCED)]                = {PARTIES,                     NOBODY,         NULL}, // 8: so that all may check it
    [EVENT(TEAM_DRAWN)]                    = {REVIEWERS,                   ROLE(reviewer), sees_teams}, // 8
    [EVENT(MEMBER_REPLACED)]               = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8
    [EVENT(CONFLICT_DECLARED)]             = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8
    [EVENT(CONFIDENTIALITY_DECLARED)]      = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8(2).3
    [EVENT(PLAN_SUBMITTED)]                = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8(1).1
    [EVENT(PLAN_APPROVED)]                 = {REVIEWERS,                   ROLE(reviewer), NULL}, // 8(1).1
    [EVENT(INDEPENDENT_SHEET)]             = {ROLE(supervision_committee), PARTIES,        sees_independent},   // 9, 16(3)
    [EVENT(CONSENSUS_SHEET)]               = {INSIDE,                      ROLE(reviewer), NULL}, // 16(3)
    [EVENT(SHEETS_COMPARED)]               = {ROLE(supervision_committee), COMPARING,      sees_comparison},    // 16(3)
    [EVENT(FEEDBACK_SENT)]                 = {INSIDE,                      SCOPED,         NULL}, // 16(3)
    [EVENT(DEFENCE_SCHEDULED)]             = {INSIDE,                      ROLE(reviewer), NULL}, // 16(4)
    [EVENT(DEFENCE_OPENED)]                = {INSIDE,                      SCOPED,         NULL}, // 16(4)
    [EVENT(DEFENCE_SCORE)]                 = {ROLE(supervision_committee), PARTIES,        sees_defence_score}, // 16(4).4
    [EVENT(DEFENCE_CLOSED)]                = {INSIDE,                      ROLE(reviewer), NULL}, // 16(4).4
    [EVENT(VISIT_SCHEDULED)]               = {INSIDE,                      SCOPED,         NULL}, // 16(5).1
    [EVENT(VISIT_OPENED)]                  = {INSIDE,                      SCOPED,         NULL}, // 16(5).2
    [EVENT(VISIT_SHEET)]                   = {INSIDE,                      ROLE(reviewer), NULL}, // 16(5).2
    [EVENT(HALTED)]                        = {INSIDE,                      ROLE(reviewer), NULL}, // 16(5).3
    [EVENT(HALT_DECIDED)]                  = {INSIDE,                      SCOPED,         NULL}, // 16(5).3
    [EVENT(NOT_HELD)]                      = {INSIDE,                      SCOPED,         NULL},
    [EVENT(LEADERS_MEETING)]               = {INSIDE,                      NOBODY,         NULL}, // 16(5).4: of many cases

    // Selecting: what names many cases stays with those who decide, until it is published
    [EVENT(REVIEW_REPORTED)]               = {INSIDE,                      NOBODY,         NULL}, // 7(3)
    [EVENT(SELECTION_STARTED)]             = {INSIDE,                      NOBODY,         NULL}, // 16(6)
    [EVENT(RANKING_COMPUTED)]              = {INSIDE,                      NOBODY,         NULL}, // 16(6).2
    [EVENT(TIE_DECIDED)]                   = {INSIDE,                      NOBODY,         NULL},
    [EVENT(PUBLICITY_STARTED)]             = {PARTIES,                     NOBODY,         NULL}, // 16(7): published
    [EVENT(PUBLICITY_EXTENDED)]            = {PARTIES,                     NOBODY,         NULL},
    [EVENT(OBJECTION_FILED)]               = {SEES_ALL | ROLE(bureau),     NOBODY,         NULL}, // 6(4)
    [EVENT(COMPLAINT_FILED)]               = {SEES_ALL | ROLE(bureau),     NOBODY,         NULL}, // 6(4)
    [EVENT(COMPLAINT_LINKED)]              = {INSIDE,                      NOBODY,         NULL},
    [EVENT(OBJECTION_DECIDED)]             = {INSIDE,                      NOBODY,         NULL}, // 16(7).3
    [EVENT(DELIBERATION_HELD)]             = {INSIDE,                      NOBODY,         NULL}, // 16(8)
    [EVENT(GOVERNMENT_DECIDED)]            = {INSIDE,                      NOBODY,         NULL}, // 16(9)
    [EVENT(MAYOR_SIGNED)]                  = {INSIDE,                      NOBODY,         NULL}, // 16(9)
    [EVENT(RESULT_PUBLISHED)]              = {PARTIES,                     NOBODY,         NULL}, // 16(9): published
    [EVENT(CONFERRAL_HELD)]                = {INSIDE,                      NOBODY,         NULL}, // 16(10)
    [EVENT(CYCLE_CLOSED)]                  = {PARTIES,                     NOBODY,         NULL}, // 5

    // Afterwards
    [EVENT(EXPERIENCE_SHARED)]             = {INSIDE,                      OUTSIDE,        NULL}, // 17
    [EVENT(SELF_EVALUATION_SUBMITTED)]     = {INSIDE,                      OUTSIDE,        NULL}, // 18
    [EVENT(INCIDENT_REPORTED_BY_LAUREATE)] = {INSIDE,                      OUTSIDE,        NULL}, // 19
    [EVENT(INCIDENT_RECORDED)]             = {INSIDE,                      OUTSIDE,        NULL}, // 19
    [EVENT(GROUNDS_CHECKED)]               = {INSIDE,                      NOBODY,         NULL}, // 20
    [EVENT(PAPERS_DRAFTED)]                = {INSIDE,                      NOBODY,         NULL}, // 20
    [EVENT(REVOCATION_OPENED)]             = {INSIDE,                      NOBODY,         NULL}, // 20
    [EVENT(REVOCATION_VERIFIED)]           = {INSIDE,                      NOBODY,         NULL}, // 20
    [EVENT(REVOCATION_DECIDED)]            = {INSIDE,                      OUTSIDE,        NULL}, // 20, 21
    [EVENT(MEDAL_RETURNED)]                = {INSIDE,                      OUTSIDE,        NULL}, // 20
    [EVENT(CERTIFICATE_RETURNED)]          = {INSIDE,                      OUTSIDE,        NULL}, // 20
    [EVENT(PRIZE_RETURNED)]                = {INSIDE,                      OUTSIDE,        NULL}, // 20
    [EVENT(REVOCATION_PUBLISHED)]          = {INSIDE,                      OUTSIDE,        NULL}, // 20: published
    [EVENT(ACCOUNTABILITY_RECORDED)]       = {SEES_ALL,                    NOBODY,         NULL}, // 22

    // Around it
    [EVENT(SUPERVISION_FINDING)]           = {SEES_ALL,                    NOBODY,         NULL}, // 9
    [EVENT(SUGGESTION)]                    = {REVIEWERS,                   NOBODY,         NULL}, // 7(4), 9(3)
    [EVENT(ALERT_ACKNOWLEDGED)]            = {SEES_ALL,                    NOBODY,         NULL},
    [EVENT(ALERT_SNOOZED)]                 = {SEES_ALL,                    NOBODY,         NULL},
    [EVENT(ALERT_ASSIGNED)]                = {SEES_ALL,                    PEOPLE,         sees_assigned},
    [EVENT(MESSAGE_TRIED)]                 = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(MESSAGE_DELIVERED)]             = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(MESSAGE_FAILED)]                = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(TASK_FAILED)]                   = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(CORRECTION)]                    = {SEES_ALL,                    PEOPLE,         sees_correction},
    [EVENT(DEADLINE_SUSPENDED)]            = {SEES_ALL,                    PARTIES,        sees_deadline_suspended},
    [EVENT(DEADLINE_RESUMED)]              = {SEES_ALL,                    PARTIES,        sees_deadline_resumed},
    [EVENT(DEADLINE_EXTENDED)]             = {SEES_ALL,                    PARTIES,        sees_deadline_extended},

    // The coordinator's own
    [EVENT(DATABASE_CREATED)]              = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(STARTED)]                       = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(DATABASE_RESTORED)]             = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(STOPPED)]                       = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(DEADLINE_DUE)]                  = {SEES_ALL,                    PARTIES,        sees_deadline_due},
    [EVENT(ALERT_DUE)]                     = {SEES_ALL,                    PARTIES,        sees_alert_due},
    [EVENT(MESSAGE_SEALED)]                = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(SELF_EVALUATION_YEAR_BEGAN)]    = {INSIDE,                      OUTSIDE,        NULL}, // 18
    [EVENT(DEADLINES_RECOMPUTED)]          = {SEES_ALL | ADMIN,            NOBODY,         NULL},
    [EVENT(SNOOZE_ENDED)]                  = {SEES_ALL,                    NOBODY,         NULL},
    [EVENT(ESCALATION_DUE)]                = {SEES_ALL,                    PARTIES,        sees_escalation_due},
    [EVENT(MORNING_CAME)]                  = {SEES_ALL | ADMIN,            NOBODY,         NULL},
};
// clang-format on

static const struct body_sight *sight_of(Award__Event__BodyCase number)
{
    static const struct body_sight nothing = {0};
    unsigned index = (unsigned)number;
    return index < EVENT_NUMBERS ? &table[index] : &nothing;
}

bool viewing_event_known(Award__Event__BodyCase number)
{
    return (sight_of(number)->all | sight_of(number)->scoped) != 0;
}

// ---- Whose an event is

static bool sees_incident(const struct viewing *v, const char *name)
{
    const Award__Incident *incident = incident_get(v->d, name);
    return incident != NULL && viewing_enterprise(v, incident->enterprise);
}

static bool sees_revocation(const struct viewing *v, const char *name)
{
    const Award__Revocation *revocation = revocation_get(v->d, name);
    return revocation != NULL && viewing_case_named(v, revocation->case_);
}

// The fields by which an event says whose it is; the first that is there decides. The order
// matters: what names a case and an incident is the case's.
static const struct {
    const char *field;
    bool (*sees)(const struct viewing *v, const char *name);
} owners[] = {
    {"case",       viewing_case_named},
    {"team",       viewing_team      },
    {"enterprise", viewing_enterprise},
    {"incident",   sees_incident     },
    {"revocation", sees_revocation   },
    {"person",     viewer_named      },
};

static bool in_scope(const struct viewing *v, const Award__Event *event, const char *case_name)
{
    const ProtobufCMessage *body = (const ProtobufCMessage *)event->database_created;
    if (!text_blank(case_name) && viewing_case_named(v, case_name)) {
        return true;
    }
    for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++) {
        const char *name = form_text(body, owners[i].field);
        if (!text_blank(name)) {
            return owners[i].sees(v, name);
        }
    }
    return true; // of a cycle: no party's in particular
}

bool viewing_event(const struct viewing *v, const Award__Event *event, const char *case_name)
{
    if (event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        return false;
    }
    const struct body_sight *sight = sight_of(event->body_case);
    if (viewer_named(v, event->principal) || viewer_in(v, sight->all)) {
        return true;
    }
    if (!viewer_in(v, sight->scoped)) {
        return false;
    }
    return sight->sees != NULL ? sight->sees(v, event) : in_scope(v, event, case_name);
}

bool viewing_correction(const struct viewing *v, char *principal, const Award__Event *content,
                        const char *case_name)
{
    Award__Event as_sent = *content;
    as_sent.principal = principal;
    return viewing_event(v, &as_sent, case_name);
}
