// exposed_grounds - what would bar, count or hold by another reading, and does not, or does
#include "rules/exposing.h"

#include "common/time.h"
#include "rules/incident_counts.h"
#include "rules/laureate.h"
#include "rules/lineage.h"

#include <string.h>

static const struct exposed_words goes_on = {"不影响申报", "does not count against it"};

// Refused, or ineligible at the next test, until that day.
static struct exposed_words barred(struct exposing *x, const char *article, int32_t until)
{
    return (struct exposed_words){
        say(x->d, "不予受理或不符合条件：%s 至 %s 止", article, day_text(x->d, until)),
        say(x->d, "refused or ineligible: %s until %s", article, day_text(x->d, until)),
    };
}

// ---- 12(3): a nomination award

// What a nomination award of another case would bar, from that day on for so many years.
static void nomination_bars(struct exposing *x, const Award__Case *c, const Award__Case *won,
                            const char *article, int32_t from, uint32_t years)
{
    int32_t until = day_add_years(from, (int32_t)years);
    if (c->applied_on->number > until || !exposed_tested_since(x, c, from)) {
        return;
    }
    bool revoked = strcmp(article, "12(4)") == 0;
    exposed_act(exposed_add(x, goes_on, barred(x, article, until)),
                revoked ? AWARD__EVENT__BODY_REVOCATION_DECIDED
                        : AWARD__EVENT__BODY_RESULT_PUBLISHED,
                won->case_, from);
}

static Award__Enterprise **lineage_of_case(struct exposing *x, const Award__Case *c, size_t *count)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    *count = 0;
    if (enterprise == NULL || c->applied_on == NULL || exposed_gone(c)) {
        return NULL;
    }
    return lineage_of(x->d, enterprise, LINEAGE_PREDECESSORS, count);
}

typedef void honour_look(struct exposing *x, const Award__Case *c, const Award__Case *won);

static void nominations_look(struct exposing *x, const Award__Case *c, honour_look *look)
{
    size_t count;
    Award__Enterprise **lineage = lineage_of_case(x, c, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < lineage[i]->n_cases; k++) {
            const Award__Case *won = case_get(x->d, lineage[i]->cases[k]);
            bool nomination = won != NULL && won->honour != NULL && won->honour->from != NULL &&
                              won->honour->kind == AWARD__HONOUR__KIND__nomination;
            if (nomination && strcmp(won->case_, c->case_) != 0) {
                look(x, c, won);
            }
        }
    }
}

static void won_look(struct exposing *x, const Award__Case *c, const Award__Case *won)
{
    nomination_bars(x, c, won, "12(3)", won->honour->from->number, x->rulebook->laureate_bar_years);
}

static void revoked_look(struct exposing *x, const Award__Case *c, const Award__Case *won)
{
    if (won->honour->until != NULL) {
        nomination_bars(x, c, won, "12(4)", won->honour->until->number + 1,
                        x->rulebook->revocation_bar_years);
    }
}

// decision 5, decision 27
void exposed_by_nomination(struct exposing *x, const Award__Case *c)
{
    nominations_look(x, c, won_look);
}

// decision 5; 21s1
void exposed_by_revoked_nomination(struct exposing *x, const Award__Case *c)
{
    nominations_look(x, c, revoked_look);
}

// ---- 11(4), 19(2): sampling that a district organised

// Whether it would count if the municipality had organised it.
static bool counts_by_district_alone(struct exposing *x, const Award__Enterprise *enterprise,
                                     const Award__Incident *incident)
{
    if (incident->level != AWARD__LEVEL__NAME__district ||
        incident_counts(x->rulebook, enterprise, incident)) {
        return false;
    }
    Award__Incident municipal = *incident;
    municipal.level = AWARD__LEVEL__NAME__municipal;
    return incident_counts(x->rulebook, enterprise, &municipal);
}

// What was on record when the application was decided was tested then; else the next test counts.
static bool incident_tested(struct exposing *x, const Award__Case *c,
                            const Award__Incident *incident)
{
    bool before =
        incident->recorded != NULL && c->begun != NULL && incident->recorded->ms <= c->begun->ms;
    return before || (incident->recorded_on != NULL &&
                      exposed_tested_since(x, c, incident->recorded_on->number));
}

static int32_t incident_until(const struct exposing *x, const Award__Incident *incident)
{
    return day_add_years(incident->on->number, (int32_t)x->rulebook->accident_free_years);
}

static void sampling_add(struct exposing *x, const Award__Incident *incident,
                         struct exposed_words other)
{
    exposed_act(exposed_add(x, goes_on, other), AWARD__EVENT__BODY_SAMPLING_RECORDED,
                incident->incident, incident->on->number);
}

typedef void sampling_look(struct exposing *x, const Award__Case *c,
                           const Award__Enterprise *enterprise, const Award__Incident *incident);

// Each result of sampling that was known when the conditions were tested.
static void samplings_look(struct exposing *x, const Award__Case *c, sampling_look *look)
{
    size_t count;
    Award__Enterprise **lineage = lineage_of_case(x, c, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < lineage[i]->n_incidents; k++) {
            const Award__Incident *incident = incident_get(x->d, lineage[i]->incidents[k]);
            if (incident != NULL && incident->kind == AWARD__INCIDENT_KIND__NAME__sampling &&
                incident_tested(x, c, incident)) {
                look(x, c, lineage[i], incident);
            }
        }
    }
}

static void district_look(struct exposing *x, const Award__Case *c,
                          const Award__Enterprise *enterprise, const Award__Incident *incident)
{
    int32_t until = incident_until(x, incident);
    if (until >= c->applied_on->number && counts_by_district_alone(x, enterprise, incident)) {
        sampling_add(x, incident, barred(x, "11(4)", until));
    }
}

static void old_look(struct exposing *x, const Award__Case *c, const Award__Enterprise *enterprise,
                     const Award__Incident *incident)
{
    if (incident_until(x, incident) < c->applied_on->number &&
        incident_counts(x->rulebook, enterprise, incident)) {
        sampling_add(
            x, incident,
            (struct exposed_words){"不予受理或不符合条件：11(4)", "refused or ineligible: 11(4)"});
    }
}

// decision 29
void exposed_by_district_sampling(struct exposing *x, const Award__Case *c)
{
    samplings_look(x, c, district_look);
}

// decision 20; 11(4)
void exposed_by_old_sampling(struct exposing *x, const Award__Case *c)
{
    samplings_look(x, c, old_look);
}

static void report_look(struct exposing *x, const Award__Case *c, const Award__Incident *incident)
{
    if (incident->level != AWARD__LEVEL__NAME__district ||
        !incident_below_report(x->rulebook, incident) || !honour_stood(c, incident->on->number)) {
        return;
    }
    int32_t last =
        period_count(&x->rulebook->incident_report, incident->on->number, x->d->in->calendar).last;
    const struct exposed_words owed = {
        say(x->d, "应在 %s 前书面报告", day_text(x->d, last)),
        say(x->d, "a report is owed by %s", day_text(x->d, last)),
    };
    exposed_act(exposed_add(x, (struct exposed_words){"无需报告", "nothing to report"}, owed),
                AWARD__EVENT__BODY_SAMPLING_RECORDED, incident->incident, incident->on->number);
}

// decision 29
void exposed_by_district_report(struct exposing *x, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    for (size_t i = 0; c->honour != NULL && enterprise != NULL && i < enterprise->n_incidents;
         i++) {
        const Award__Incident *incident = incident_get(x->d, enterprise->incidents[i]);
        if (incident != NULL) {
            report_look(x, c, incident);
        }
    }
}

// ---- 6(4): a complaint outside the publicity

// Found to be true before the approval, it was linked by itself and disqualified the case. The
// record does not tell whether the office had linked it before; then the readings agree.
// decision 10
void exposed_by_late_complaint(struct exposing *x, const Award__Objection *objection,
                               const Award__Case *c)
{
    bool founded = objection->decided != NULL &&
                   objection->decided->finding == AWARD__OBJECTION_DECIDED__FINDING__founded;
    if (!founded || !objection->complaint || !objection->linked ||
        c->stage != AWARD__STAGE__NAME__disqualified) {
        return;
    }
    struct exposed *exposed = exposed_add(x, (struct exposed_words){"取消资格", "disqualified"},
                                          (struct exposed_words){"保留资格", "kept"});
    exposed_act(exposed, AWARD__EVENT__BODY_OBJECTION_DECIDED, objection->objection,
                objection->decided_on->number);
    exposed->unless = AWARD__EVENT__BODY_COMPLAINT_LINKED;
}
