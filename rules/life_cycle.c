// life_cycle - where a case goes: stage, event, guard, next stage, article
#include "rules/life_cycle.h"

#include <assert.h>

#define BEFORE_SELECTION                                                                           \
    (STAGE(applied) | STAGE(verified) | STAGE(recommended) | STAGE(accepted) |                     \
     STAGE(document_passed) | STAGE(site_visit) | STAGE(halted) | STAGE(site_done) | STAGE(final))
#define LAST_STAGES                                                                                \
    (STAGE(candidate) | STAGE(publicity) | STAGE(deliberated) | STAGE(recommended_to_government))
#define BEFORE_APPROVAL (BEFORE_SELECTION | LAST_STAGES)
#define HONOURED (STAGE(honoured) | STAGE(conferred))
#define DEFENDING                                                                                  \
    (STAGE(document_passed) | STAGE(site_visit) | STAGE(halted) | STAGE(site_done) | STAGE(final))
#define ANY_CASE (~UINT32_C(0))

#define EVENT(name) AWARD__EVENT__BODY_##name
#define TO(name) AWARD__STAGE__NAME__##name

const uint32_t STAGES_BEFORE_APPROVAL = BEFORE_APPROVAL;
const uint32_t STAGES_HONOURED = HONOURED;

// clang-format off
static const struct life_cycle_row rows[] = {
    // 11-14, 16(2): applying
    {0,                         EVENT(APPLICATION_SUBMITTED),  GUARD_CONDITIONS_HOLD,  TO(applied),           "16(2)"},
    {0,                         EVENT(APPLICATION_SUBMITTED),  GUARD_CONDITION_FAILS,  TO(refused),           "11-13"},
    {0,                         EVENT(PAPER_RECEIVED),         GUARD_CONDITIONS_HOLD,  TO(applied),           "16(2)"},
    {0,                         EVENT(PAPER_RECEIVED),         GUARD_CONDITION_FAILS,  TO(refused),           "11-13"},
    {STAGE(applied) | STAGE(verified) | STAGE(recommended) | STAGE(accepted),
                                EVENT(MATERIAL_SUPPLEMENTED),  GUARD_NONE,             NEXT_STAY,             "policy"},
    {STAGE(applied),            EVENT(CONDITIONS_VERIFIED),    GUARD_CONDITIONS_HOLD,  TO(verified),          "10(2)"},
    {STAGE(applied),            EVENT(CONDITIONS_VERIFIED),    GUARD_CONDITION_FAILS,  TO(ineligible),        "11"},
    {STAGE(verified),           EVENT(RECOMMENDATION_GIVEN),   GUARD_IN_FAVOUR,        TO(recommended),       "13(1)"},
    {STAGE(verified),           EVENT(RECOMMENDATION_GIVEN),   GUARD_AGAINST,          NEXT_STAY,             "13(1)"},
    {STAGE(recommended),        EVENT(APPLICATION_ACCEPTED),   GUARD_CONDITIONS_HOLD,  TO(accepted),          "6(3)"},
    {STAGE(recommended),        EVENT(APPLICATION_ACCEPTED),   GUARD_CONDITION_FAILS,  TO(ineligible),        "11-12"},
    {BEFORE_APPROVAL,           EVENT(APPLICATION_WITHDRAWN),  GUARD_NONE,             TO(withdrawn),         "policy"},

    // 8: teams; 16(3): document review
    {STAGE(accepted),           EVENT(TEAM_DRAWN),             GUARD_NONE,             NEXT_STAY,             "8"},
    {STAGE(accepted) | DEFENDING,
                                EVENT(CONFLICT_DECLARED),      GUARD_NONE,             NEXT_STAY,             "policy"},
    {STAGE(accepted),           EVENT(INDEPENDENT_SHEET),      GUARD_NONE,             NEXT_STAY,             "16(3)"},
    {STAGE(accepted),           EVENT(CONSENSUS_SHEET),        GUARD_AWARD_TRACK,      TO(document_passed),   "16(3)"},
    {STAGE(accepted),           EVENT(CONSENSUS_SHEET),        GUARD_NOMINATION_TRACK, TO(document_passed),   "16(3)"},
    {STAGE(accepted),           EVENT(CONSENSUS_SHEET),        GUARD_OUT,              TO(document_out),      "16(3)"},

    // 16(4): defence, beside the stage: it and the visit may come in either order
    {DEFENDING,                 EVENT(DEFENCE_SCHEDULED),      GUARD_NONE,             NEXT_STAY,             "16(4)"},
    {DEFENDING,                 EVENT(DEFENCE_OPENED),         GUARD_DISPENSED,        NEXT_STAY,             "16(4)"},
    {DEFENDING,                 EVENT(DEFENCE_OPENED),         GUARD_NOT_DISPENSED,    TO(withdrawn),         "16(4)"},
    {DEFENDING,                 EVENT(DEFENCE_SCORE),          GUARD_NONE,             NEXT_STAY,             "16(4).4"},
    {DEFENDING,                 EVENT(DEFENCE_CLOSED),         GUARD_NONE,             NEXT_STAY,             "16(4).4"},
    {DEFENDING,                 EVENT(NOT_HELD),               GUARD_DISPENSED,        NEXT_STAY,             "policy"},
    {DEFENDING,                 EVENT(NOT_HELD),               GUARD_NOT_DISPENSED,    TO(withdrawn),         "16(4)"},

    // 16(5): site visit
    {STAGE(document_passed),    EVENT(VISIT_SCHEDULED),        GUARD_NONE,             NEXT_STAY,             "16(5).1"},
    {STAGE(document_passed),    EVENT(VISIT_OPENED),           GUARD_NONE,             TO(site_visit),        "16(5).2"},
    {STAGE(site_visit),         EVENT(HALTED),                 GUARD_NONE,             TO(halted),            "16(5).3"},
    {STAGE(halted),             EVENT(HALT_DECIDED),           GUARD_CONFIRMED,        TO(disqualified),      "16(5).3"},
    {STAGE(halted),             EVENT(HALT_DECIDED),           GUARD_CLEARED,          NEXT_BACK,             "policy"},
    {STAGE(site_visit),         EVENT(VISIT_SHEET),            GUARD_NONE,             TO(site_done),         "16(5).2"},
    {STAGE(site_done),          EVENT(LEADERS_MEETING),        GUARD_AWARD_TRACK,      TO(final),             "16(5).5"},
    {STAGE(site_done),          EVENT(LEADERS_MEETING),        GUARD_NOMINATION_TRACK, TO(final),             "16(5).5"},
    {STAGE(site_done),          EVENT(LEADERS_MEETING),        GUARD_OUT,              TO(site_out),          "16(5).5"},

    // 16(6): final selection
    {STAGE(final),              EVENT(RANKING_COMPUTED),       GUARD_CANDIDATE,        TO(candidate),         "16(6).2"},
    {STAGE(final),              EVENT(RANKING_COMPUTED),       GUARD_NOT_CANDIDATE,    TO(not_selected),      "16(6).2"},

    // 16(7)-(10): publicity, deliberation, approval, in the rulebook's order
    {STAGE(candidate) | STAGE(deliberated),
                                EVENT(PUBLICITY_STARTED),      GUARD_NONE,             NEXT_IN_ORDER,         "16(7).1"},
    {BEFORE_APPROVAL,           EVENT(OBJECTION_DECIDED),      GUARD_FOUNDED,          TO(disqualified),      "16(7).3"},
    {ANY_CASE,                  EVENT(OBJECTION_DECIDED),      GUARD_KEPT,             NEXT_STAY,             "16(7).3"},
    {STAGE(candidate) | STAGE(publicity),
                                EVENT(DELIBERATION_HELD),      GUARD_YES,              NEXT_IN_ORDER,         "16(8).2"},
    {STAGE(candidate) | STAGE(publicity),
                                EVENT(DELIBERATION_HELD),      GUARD_NO,               TO(not_recommended),   "16(8).2"},
    {STAGE(candidate) | STAGE(publicity),
                                EVENT(DELIBERATION_HELD),      GUARD_CONDITION_FAILS,  TO(ineligible),        "11-12"},
    {STAGE(recommended_to_government) | STAGE(publicity),
                                EVENT(GOVERNMENT_DECIDED),     GUARD_YES,              TO(approved),          "16(9)"},
    {STAGE(recommended_to_government) | STAGE(publicity),
                                EVENT(GOVERNMENT_DECIDED),     GUARD_NO,               TO(not_approved),      "16(9)"},
    {STAGE(approved),           EVENT(MAYOR_SIGNED),           GUARD_NONE,             TO(signed),            "16(9)"},
    {STAGE(signed),             EVENT(RESULT_PUBLISHED),       GUARD_NONE,             TO(honoured),          "16(9)"},
    {STAGE(honoured),           EVENT(CONFERRAL_HELD),         GUARD_NONE,             TO(conferred),         "16(10)"},

    // What was won before this system goes on here (17-21)
    {0,                         EVENT(EARLIER_RECORD),         GUARD_NONE,             TO(honoured),          "17-20"},
    {HONOURED | STAGE(revoked) | STAGE(revocation_closed),
                                EVENT(EARLIER_RECORD),         GUARD_NONE,             NEXT_STAY,             "17-20"},
    {0,                         EVENT(EARLIER_RECORD),         GUARD_YES,              TO(revocation_closed), "20"},
    {HONOURED,                  EVENT(EARLIER_RECORD),         GUARD_YES,              TO(revocation_closed), "20"},

    // 17-21: afterwards
    {HONOURED,                  EVENT(EXPERIENCE_SHARED),      GUARD_NONE,             NEXT_STAY,             "17"},
    {HONOURED,                  EVENT(SELF_EVALUATION_SUBMITTED), GUARD_NONE,          NEXT_STAY,             "18"},
    {HONOURED | STAGE(revoked) | STAGE(revocation_closed),
                                EVENT(INCIDENT_REPORTED_BY_LAUREATE), GUARD_NONE,      NEXT_STAY,             "19"},
    {HONOURED | STAGE(revoked) | STAGE(revocation_closed),
                                EVENT(INCIDENT_RECORDED),      GUARD_NONE,             NEXT_STAY,             "19"},
    {HONOURED | STAGE(revoked) | STAGE(revocation_closed),
                                EVENT(GROUNDS_CHECKED),        GUARD_NONE,             NEXT_STAY,             "20"},
    {HONOURED,                  EVENT(REVOCATION_OPENED),      GUARD_NONE,             NEXT_STAY,             "20"},
    {HONOURED,                  EVENT(REVOCATION_VERIFIED),    GUARD_NONE,             NEXT_STAY,             "20"},
    {HONOURED,                  EVENT(REVOCATION_DECIDED),     GUARD_YES,              TO(revoked),           "20-21"},
    {HONOURED,                  EVENT(REVOCATION_DECIDED),     GUARD_NO,               NEXT_STAY,             "20"},
    {HONOURED | STAGE(revoked) | STAGE(revocation_closed),
                                EVENT(PAPERS_DRAFTED),         GUARD_NONE,             NEXT_STAY,             "20"},
    {STAGE(revoked),            EVENT(MEDAL_RETURNED),         GUARD_INCOMPLETE,       NEXT_STAY,             "20"},
    {STAGE(revoked),            EVENT(MEDAL_RETURNED),         GUARD_COMPLETE,         TO(revocation_closed), "20"},
    {STAGE(revoked),            EVENT(CERTIFICATE_RETURNED),   GUARD_INCOMPLETE,       NEXT_STAY,             "20"},
    {STAGE(revoked),            EVENT(CERTIFICATE_RETURNED),   GUARD_COMPLETE,         TO(revocation_closed), "20"},
    {STAGE(revoked),            EVENT(PRIZE_RETURNED),         GUARD_INCOMPLETE,       NEXT_STAY,             "20"},
    {STAGE(revoked),            EVENT(PRIZE_RETURNED),         GUARD_COMPLETE,         TO(revocation_closed), "20"},
    {STAGE(revoked),            EVENT(REVOCATION_PUBLISHED),   GUARD_INCOMPLETE,       NEXT_STAY,             "20"},
    {STAGE(revoked),            EVENT(REVOCATION_PUBLISHED),   GUARD_COMPLETE,         TO(revocation_closed), "20"},

    // At whatever stage
    {ANY_CASE,                  EVENT(VIOLATION_CONFIRMED),    GUARD_NONE,             NEXT_STAY,             "12(2)"},
    {ANY_CASE,                  EVENT(OBJECTION_FILED),        GUARD_NONE,             NEXT_STAY,             "16(7).3"},
    {ANY_CASE,                  EVENT(COMPLAINT_FILED),        GUARD_NONE,             NEXT_STAY,             "6(4)"},
    {BEFORE_APPROVAL & ~STAGE(deliberated) & ~STAGE(recommended_to_government),
                                EVENT(COMPLAINT_LINKED),       GUARD_NONE,             NEXT_STAY,             "policy"},
    {ANY_CASE,                  EVENT(SHEETS_COMPARED),        GUARD_NONE,             NEXT_STAY,             "16(3)"},
    {ANY_CASE,                  EVENT(FEEDBACK_SENT),          GUARD_NONE,             NEXT_STAY,             "16(3)"},
    {ANY_CASE,                  EVENT(SELF_EVALUATION_YEAR_BEGAN), GUARD_NONE,         NEXT_STAY,             "18"},
    {ANY_CASE,                  EVENT(ACCOUNTABILITY_RECORDED), GUARD_NONE,            NEXT_STAY,             "22"},
};

static const char *const guard_names[] = {
    [GUARD_NONE]             = "",
    [GUARD_CONDITIONS_HOLD]  = "conditions hold",
    [GUARD_CONDITION_FAILS]  = "a condition fails",
    [GUARD_IN_FAVOUR]        = "in favour",
    [GUARD_AGAINST]          = "against",
    [GUARD_AWARD_TRACK]      = "at least the award's threshold",
    [GUARD_NOMINATION_TRACK] = "at least the nomination's threshold",
    [GUARD_OUT]              = "below both thresholds",
    [GUARD_CONFIRMED]        = "confirmed",
    [GUARD_CLEARED]          = "cleared",
    [GUARD_DISPENSED]        = "the principal, or by decision of the office",
    [GUARD_NOT_DISPENSED]    = "without a decision of the office",
    [GUARD_CANDIDATE]        = "within the places",
    [GUARD_NOT_CANDIDATE]    = "behind the places",
    [GUARD_FOUNDED]          = "founded",
    [GUARD_KEPT]             = "unfounded, immaterial, or the case is over",
    [GUARD_YES]              = "yes",
    [GUARD_NO]               = "no",
    [GUARD_COMPLETE]         = "all recoveries are in",
    [GUARD_INCOMPLETE]       = "others are still out",
};
// clang-format on

const struct life_cycle_row *life_cycle_rows(size_t *count)
{
    *count = sizeof(rows) / sizeof(rows[0]);
    return rows;
}

const char *guard_name(enum guard guard)
{
    assert((size_t)guard < sizeof(guard_names) / sizeof(guard_names[0]));
    return guard_names[guard];
}

bool stage_in(Award__Stage__Name stage, uint32_t set)
{
    return stage != 0 && (set >> (unsigned)stage & 1U) != 0;
}

static bool row_starts_from(const struct life_cycle_row *row, Award__Stage__Name stage)
{
    return stage == 0 ? row->from == 0 : stage_in(stage, row->from);
}

bool life_cycle_allows(Award__Stage__Name stage, Award__Event__BodyCase event)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].event == event && row_starts_from(&rows[i], stage)) {
            return true;
        }
    }
    return false;
}

// 16s1: the order of the whole selection
const struct life_cycle_row *life_cycle_find(Award__Stage__Name stage, Award__Event__BodyCase event,
                                             enum guard guard)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].event == event && rows[i].guard == guard && row_starts_from(&rows[i], stage)) {
            return &rows[i];
        }
    }
    return NULL;
}

// Decision 19: the stage that a finished last stage leads to depends on what the rulebook lists
// next.
static Award__Stage__Name next_in_order(Award__Event__BodyCase event,
                                        const struct rulebook *rulebook)
{
    bool publicity_first = rulebook->last_stages[0] == RULEBOOK_PUBLICITY;
    if (event == AWARD__EVENT__BODY_PUBLICITY_STARTED) {
        return AWARD__STAGE__NAME__publicity;
    }
    assert(event == AWARD__EVENT__BODY_DELIBERATION_HELD);
    return publicity_first ? AWARD__STAGE__NAME__recommended_to_government
                           : AWARD__STAGE__NAME__deliberated;
}

// decision 19
Award__Stage__Name life_cycle_next(const struct life_cycle_row *row, const Award__Case *c,
                                   const struct rulebook *rulebook)
{
    switch (row->next) {
    case NEXT_STAY:
        return c->stage;
    case NEXT_BACK:
        return c->stage_before_halt;
    case NEXT_IN_ORDER:
        return next_in_order(row->event, rulebook);
    default:
        return (Award__Stage__Name)row->next;
    }
}
