// query_awaited - what a case waits for in each stage
//
// The life cycle says all that may happen to a case; this says what has to happen next for it to go
// on. Expected stays are no deadlines: they show here, with the day since when.
#include "daemon/query_parts.h"

#include "rules/selecting.h"
#include "rules/sheets.h"

#define EVENT(name) AWARD__EVENT__BODY_##name
#define DEFENDING (STAGE(document_passed) | STAGE(site_visit) | STAGE(site_done) | STAGE(final))

// ---- Document review

static bool without_team(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return text_blank(c->team);
}

static bool sheets_ready(struct deciding *d, const Award__Case *c)
{
    const Award__Team *team = text_blank(c->team) ? NULL : team_get(d, c->team);
    d->rulebook = rulebook_of_cycle(d, c->cycle);
    bool ready = team != NULL && d->rulebook != NULL && sheets_complete(d, team, c->case_);
    d->rulebook = NULL;
    return ready;
}

static bool sheets_out(struct deciding *d, const Award__Case *c)
{
    return !without_team(d, c) && !sheets_ready(d, c);
}

// ---- Defence and visit

static bool defence_settled(const Award__Case *c)
{
    return c->defence != NULL && (c->defence->dispensed || c->defence->closed);
}

static bool defence_unscheduled(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return !defence_settled(c) && (c->defence == NULL || c->defence->scheduled == NULL);
}

static bool defence_unopened(struct deciding *d, const Award__Case *c)
{
    return !defence_settled(c) && !defence_unscheduled(d, c) && c->defence->opened == NULL;
}

static bool defence_unclosed(struct deciding *d, const Award__Case *c)
{
    return !defence_settled(c) && !defence_unscheduled(d, c) && c->defence->opened != NULL;
}

static bool visit_unscheduled(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->visit == NULL || (c->visit->scheduled == NULL && !c->visit->dispensed);
}

static bool visit_scheduled(struct deciding *d, const Award__Case *c)
{
    return !visit_unscheduled(d, c);
}

// ---- Selecting

static bool selection_waits(struct deciding *d, const Award__Case *c)
{
    const Award__Cycle *cycle = cycle_get(d, c->cycle);
    return cycle != NULL && !cycle->selection_started;
}

static bool tie_waits(struct deciding *d, const Award__Case *c)
{
    const Award__Selection *selection = selection_get(d, c->cycle);
    for (size_t i = 0; selection != NULL && i < selection->n_pools; i++) {
        if (selection->pools[i]->waiting) {
            return true;
        }
    }
    return false;
}

static bool ranking_waits(struct deciding *d, const Award__Case *c)
{
    return !selection_waits(d, c) && !tie_waits(d, c);
}

// Decision 19: the rulebook lists the order of the last stages.
static bool publicity_leads(struct deciding *d, const Award__Case *c)
{
    const struct rulebook *rulebook = rulebook_of_cycle(d, c->cycle);
    return rulebook != NULL && publicity_first(rulebook);
}

static bool deliberation_first(struct deciding *d, const Award__Case *c)
{
    return !publicity_leads(d, c);
}

// 16(7).4: what is deliberated, or decided where that comes first, has been public for the whole
// period.
static bool publicity_over(struct deciding *d, const Award__Case *c)
{
    const Award__Cycle *cycle = cycle_get(d, c->cycle);
    uint32_t number = c->publicity > 0 ? c->publicity : 1;
    return cycle != NULL && number <= cycle->n_publicities &&
           d->today > publicity_last(d, cycle, number);
}

static bool deliberation_next(struct deciding *d, const Award__Case *c)
{
    return publicity_leads(d, c) && publicity_over(d, c);
}

static bool approval_next(struct deciding *d, const Award__Case *c)
{
    return deliberation_first(d, c) && publicity_over(d, c);
}

// What was won before this system was handed over there.
static bool won_here(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->earlier == NULL;
}

// ---- Recoveries (20); what was never handed over need not come back

static bool medal_out(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->honour != NULL && c->honour->medal != NULL && !c->honour->medal_returned;
}

static bool certificate_out(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->honour != NULL && c->honour->certificate != NULL && !c->honour->certificate_returned;
}

static bool prize_out(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->honour != NULL && c->honour->prize > 0 && !c->honour->prize_returned;
}

static bool unpublished(struct deciding *d, const Award__Case *c)
{
    (void)d;
    return c->honour != NULL && !c->honour->revocation_published;
}

// clang-format off
static const struct awaited_row rows[] = {
    // stages, event, of the cycle, unless; article
    {STAGE(applied),                   EVENT(CONDITIONS_VERIFIED),  false, NULL},                // 10(2)
    {STAGE(verified),                  EVENT(RECOMMENDATION_GIVEN), false, NULL},                // 13(1)
    {STAGE(recommended),               EVENT(APPLICATION_ACCEPTED), false, NULL},                // 6(3)
    {STAGE(accepted),                  EVENT(TEAM_DRAWN),           false, without_team},        // 8
    {STAGE(accepted),                  EVENT(INDEPENDENT_SHEET),    false, sheets_out},          // 16(3)
    {STAGE(accepted),                  EVENT(CONSENSUS_SHEET),      false, sheets_ready},        // 16(3)
    {DEFENDING,                        EVENT(DEFENCE_SCHEDULED),    false, defence_unscheduled}, // 16(4)
    {DEFENDING,                        EVENT(DEFENCE_OPENED),       false, defence_unopened},    // 16(4)
    {DEFENDING,                        EVENT(DEFENCE_CLOSED),       false, defence_unclosed},    // 16(4).4
    {STAGE(document_passed),           EVENT(VISIT_SCHEDULED),      false, visit_unscheduled},   // 16(5).1
    {STAGE(document_passed),           EVENT(VISIT_OPENED),         false, visit_scheduled},     // 16(5).2
    {STAGE(site_visit),                EVENT(VISIT_SHEET),          false, NULL},                // 16(5).2
    {STAGE(halted),                    EVENT(HALT_DECIDED),         false, NULL},                // 16(5).3
    {STAGE(site_done),                 EVENT(LEADERS_MEETING),      true,  NULL},                // 16(5).4
    {STAGE(final),                     EVENT(SELECTION_STARTED),    true,  selection_waits},     // 16(6)
    {STAGE(final),                     EVENT(TIE_DECIDED),          true,  tie_waits},           // policy
    {STAGE(final),                     EVENT(RANKING_COMPUTED),     true,  ranking_waits},       // 16(6).2
    {STAGE(candidate),                 EVENT(PUBLICITY_STARTED),    true,  publicity_leads},     // 16(7)
    {STAGE(candidate),                 EVENT(DELIBERATION_HELD),    true,  deliberation_first},  // 16(8)
    {STAGE(deliberated),               EVENT(PUBLICITY_STARTED),    true,  NULL},                // 16(7)
    {STAGE(publicity),                 EVENT(DELIBERATION_HELD),    true,  deliberation_next},   // 16(8)
    {STAGE(publicity),                 EVENT(GOVERNMENT_DECIDED),   true,  approval_next},       // 16(9)
    {STAGE(recommended_to_government), EVENT(GOVERNMENT_DECIDED),   true,  NULL},                // 16(9)
    {STAGE(approved),                  EVENT(MAYOR_SIGNED),         true,  NULL},                // 16(9)
    {STAGE(signed),                    EVENT(RESULT_PUBLISHED),     true,  NULL},                // 16(9)
    {STAGE(honoured),                  EVENT(CONFERRAL_HELD),       true,  won_here},               // 16(10)
    {STAGE(revoked),                   EVENT(MEDAL_RETURNED),       false, medal_out},           // 20
    {STAGE(revoked),                   EVENT(CERTIFICATE_RETURNED), false, certificate_out},     // 20
    {STAGE(revoked),                   EVENT(PRIZE_RETURNED),       false, prize_out},           // 20
    {STAGE(revoked),                   EVENT(REVOCATION_PUBLISHED), false, unpublished},         // 20
};
// clang-format on

const struct awaited_row *query_awaited(size_t *count)
{
    *count = sizeof(rows) / sizeof(rows[0]);
    return rows;
}
