// incident - accidents and sampling results: one record each, whoever reports it
//
// Four events tell of an incident: an organ's for 11(4) (accident_recorded, sampling_recorded), the
// bureau's and the laureate's own for 19. The first makes the record, the others fill in what is
// missing. Enterprise, kind and day are what makes it the same incident: who says otherwise is
// rejected. Of level, seriousness and liability an organ's word counts before the laureate's, and
// nobody clears himself of liability: what the laureate says of it is "yes" or unknown. Liability
// that was unknown becomes known by liability_established only, which may also revise it. What an
// incident leads to stands in incident_effects.c.
#include "rules/incident_counts.h"

#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/incident_effects.h"
#include "rules/laureate.h"
#include "rules/notes.h"

#include <assert.h>
#include <string.h>

// What one event says of an incident. A level or liability of 0 is not stated.
struct facts {
    const char *incident;
    const char *enterprise;
    Award__IncidentKind__Name kind;
    int32_t on;
    const char *whom;
    Award__Level__Name level;
    bool has_serious;
    bool serious;
    Award__Liability__Name liable;
    bool own; // the laureate's own account
};

// ---- Facts that agree, and those that do not

static bool differs(struct deciding *d, const struct facts *facts, const char *zh, const char *en)
{
    return reject(d, "incident_differs", d->row->article,
                  say(d, "事件 %s 已有记录，其%s与此不同；请核对，若是另一事件请用另一编号。",
                      facts->incident, zh),
                  say(d,
                      "Incident %s is on record with another %s; check it, or use another "
                      "identifier for another incident.",
                      facts->incident, en));
}

static bool identity_agrees(struct deciding *d, const Award__Incident *incident,
                            const struct facts *facts)
{
    if (strcmp(incident->enterprise, facts->enterprise) != 0) {
        return differs(d, facts, "企业", "enterprise");
    }
    if (incident->kind != facts->kind) {
        return differs(d, facts, "类别", "kind");
    }
    if (incident->on->number != facts->on) {
        return differs(d, facts, "日期", "day");
    }
    return true;
}

// Two organs cannot both be right; liability has an event of its own.
static bool findings_agree(struct deciding *d, const Award__Incident *incident,
                           const struct facts *facts)
{
    if (incident->has_level && facts->level != 0 && incident->level != facts->level) {
        return differs(d, facts, "抽查级别", "level of sampling");
    }
    if (incident->has_serious && facts->has_serious && (incident->serious != 0) != facts->serious) {
        return differs(d, facts, "严重程度", "seriousness");
    }
    bool states =
        facts->liable == AWARD__LIABILITY__NAME__yes || facts->liable == AWARD__LIABILITY__NAME__no;
    if (incident->has_liable && states && incident->liable != facts->liable) {
        return differs(d, facts, "责任认定（认定结果请以“事故责任认定”提交）",
                       "liability (a finding is sent as liability_established)");
    }
    return true;
}

// Whether anybody but the laureate has spoken of the incident.
static bool organ_spoke(struct deciding *d, const char *incident)
{
    const char *own = event_name(AWARD__EVENT__BODY_INCIDENT_REPORTED_BY_LAUREATE);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_NOTE, 1, incident);
    const Award__Note *note;
    while ((note = (const Award__Note *)record_walk_next(&walk)) != NULL) {
        if (strcmp(note->kind, own) != 0) {
            return true;
        }
    }
    return false;
}

// Enters what is missing, or (replace) what an organ says instead of the laureate. Returns whether
// anything of weight changed.
static bool facts_enter(struct deciding *d, Award__Incident *incident, const struct facts *facts,
                        bool replace)
{
    bool changed = false;
    if (facts->level != 0 && (!incident->has_level || replace)) {
        changed |= !incident->has_level || incident->level != facts->level;
        SET(incident, level, facts->level);
    }
    if (facts->has_serious && (!incident->has_serious || replace)) {
        changed |= !incident->has_serious || (incident->serious != 0) != facts->serious;
        SET(incident, serious, facts->serious);
    }
    if (facts->liable != 0 && (!incident->has_liable || replace)) {
        changed |= !incident->has_liable || incident->liable != facts->liable;
        SET(incident, liable, facts->liable);
    }
    if (!text_blank(facts->whom) && text_blank(incident->whom)) {
        incident->whom = arena_string(d->arena, facts->whom);
        changed = true;
    }
    return changed;
}

// ---- The record

static Award__Incident *incident_begin(struct deciding *d, const struct facts *facts)
{
    Award__Incident *incident = NEW(d, Award__Incident, award__incident);
    incident->incident = arena_string(d->arena, facts->incident);
    incident->enterprise = arena_string(d->arena, facts->enterprise);
    SET(incident, kind, facts->kind);
    incident->on = day_make(d, facts->on);
    incident->recorded_on = day_make(d, d->today);
    incident->recorded = moment_make(d, d->now_ms);
    return incident;
}

static void incident_attach(struct deciding *d, Award__Enterprise *enterprise,
                            Award__Incident *incident)
{
    if (!list_has(enterprise->n_incidents, enterprise->incidents, incident->incident)) {
        LIST_ADD(d, enterprise, incidents, incident->incident);
        enterprise_put(d, enterprise, d->row->article);
    }
    concerns(d, enterprise->enterprise);
}

// 19(2): sampling of another level is not reported, whoever found it out first.
static bool level_check(struct deciding *d, const Award__Incident *incident)
{
    bool under_19 = d->event->body_case == AWARD__EVENT__BODY_INCIDENT_RECORDED ||
                    d->event->body_case == AWARD__EVENT__BODY_INCIDENT_REPORTED_BY_LAUREATE;
    if (!under_19 || !incident_below_report(d->rulebook, incident)) {
        return true;
    }
    return reject(d, "level_not_reported", "19",
                  say(d, "事件 %s 是%s监督抽查，不在第十九条所列级别之内；无需报告。",
                      incident->incident, incident_level_zh(incident)),
                  say(d,
                      "Incident %s is %s sampling, a level that Article 19 does not name; there "
                      "is nothing to report.",
                      incident->incident, incident_level_en(incident)));
}

// Makes or completes the record, and draws what follows from it. Rejects (false) what contradicts.
// F-record-1, decision 17
static bool incident_enter(struct deciding *d, const struct facts *facts)
{
    Award__Enterprise *enterprise = enterprise_get(d, facts->enterprise);
    if (enterprise == NULL) {
        return reject(d, "no_such_enterprise", "order",
                      say(d, "没有企业 %s；请先登记。", facts->enterprise),
                      say(d, "There is no enterprise %s; register it first.", facts->enterprise));
    }
    if (strcmp(facts->incident, grounds_violation) == 0) {
        return reject(d, "bad_identifier", "form",
                      "“violation”是系统保留的编号；请为事件另取编号。",
                      "The identifier \"violation\" is reserved; give the incident another one.");
    }
    Award__Incident *incident = incident_get(d, facts->incident);
    bool fresh = incident == NULL;
    bool replace = false;
    if (fresh) {
        incident = incident_begin(d, facts);
    } else if (!identity_agrees(d, incident, facts)) {
        return false;
    } else if (!facts->own) {
        replace = !organ_spoke(d, facts->incident);
        if (!replace && !findings_agree(d, incident, facts)) {
            return false;
        }
    }
    bool changed = facts_enter(d, incident, facts, replace);
    if (!level_check(d, incident)) {
        return false;
    }
    incident_put(d, incident, d->row->article);
    incident_attach(d, enterprise, incident);
    note_put(d, facts->incident, d->row->zh, facts->on);
    if (fresh || changed) {
        incident_effects(d, incident, fresh);
    }
    return true;
}

// ---- 11(4): what organs find, of whatever enterprise

bool decide_sampling_recorded(struct deciding *d)
{
    const Award__SamplingRecorded *e = d->event->sampling_recorded;
    struct facts facts = {
        .incident = e->incident,
        .enterprise = e->enterprise,
        .kind = AWARD__INCIDENT_KIND__NAME__sampling,
        .level = e->level,
        .has_serious = true,
        .serious = e->serious != 0,
    };
    return stated_day(d, e->on, "on", &facts.on) && incident_enter(d, &facts);
}

bool decide_accident_recorded(struct deciding *d)
{
    const Award__AccidentRecorded *e = d->event->accident_recorded;
    struct facts facts = {
        .incident = e->incident,
        .enterprise = e->enterprise,
        .kind = e->kind,
        .liable = e->liable,
    };
    if (e->kind == AWARD__INCIDENT_KIND__NAME__sampling) {
        return reject(d, "wrong_kind", "form",
                      "监督抽查不是事故；请改用“监督抽查结果”（sampling_recorded）。",
                      "A sampling result is no accident; send sampling_recorded instead.");
    }
    return stated_day(d, e->on, "on", &facts.on) && incident_enter(d, &facts);
}

static bool finding_check(struct deciding *d, const Award__Incident *incident)
{
    const Award__LiabilityEstablished *e = d->event->liability_established;
    if (incident == NULL) {
        return reject(d, "no_such_incident", "order",
                      say(d, "没有事件 %s；请先记录该事故。", e->incident),
                      say(d, "There is no incident %s; record the accident first.", e->incident));
    }
    if (incident->kind == AWARD__INCIDENT_KIND__NAME__sampling && text_blank(incident->whom)) {
        return reject(d, "wrong_kind", "order",
                      say(d, "事件 %s 是企业自身的监督抽查结果，无需认定责任。", e->incident),
                      say(d,
                          "Incident %s is a sampling result of the enterprise itself; there is "
                          "no liability to establish.",
                          e->incident));
    }
    if (e->liable == AWARD__LIABILITY__NAME__unknown) {
        return reject(d, "not_established", "form", "责任认定只能是“有”（yes）或“无”（no）。",
                      "Liability is established as yes or no, not as unknown.");
    }
    return true;
}

// The later finding counts. Each stays on record with its proof.
// F-record-3
bool decide_liability_established(struct deciding *d)
{
    const Award__LiabilityEstablished *e = d->event->liability_established;
    Award__Incident *incident = incident_get(d, e->incident);
    if (!finding_check(d, incident)) {
        return false;
    }
    bool changed = !incident->has_liable || incident->liable != e->liable;
    SET(incident, liable, e->liable);
    incident_put(d, incident, "11(4)");
    concerns(d, incident->enterprise);
    note_put(
        d, e->incident,
        say(d, "%s：%s", e->liable == AWARD__LIABILITY__NAME__yes ? "有责任" : "无责任", e->proof),
        d->today);
    if (changed) {
        incident_effects(d, incident, false);
    }
    return true;
}

// ---- 19: what befalls a laureate

// F-honour-2
static bool honour_check(struct deciding *d, int32_t on)
{
    if (honour_stood(d->c, on)) {
        return true;
    }
    return reject(d, "no_honour_then", "19",
                  say(d,
                      "案件 %s 的荣誉在 %s 不存续，第十九条不适用；请用“事故记录”或“监督抽查结"
                      "果”。",
                      d->c->case_, day_text(d, on)),
                  say(d,
                      "The honour of case %s did not stand on %s, so that Article 19 does not "
                      "apply; use accident_recorded or sampling_recorded.",
                      d->c->case_, day_text(d, on)));
}

// 19(1), 19(2)
bool decide_incident_recorded(struct deciding *d)
{
    const Award__IncidentRecorded *e = d->event->incident_recorded;
    struct facts facts = {
        .incident = e->incident,
        .enterprise = d->c->enterprise,
        .kind = e->kind,
        .whom = e->whom,
        .level = e->has_level ? e->level : 0,
        .has_serious = e->has_serious != 0,
        .serious = e->serious != 0,
        .liable = e->has_liable ? e->liable : 0,
    };
    return stated_day(d, e->on, "on", &facts.on) && honour_check(d, facts.on) &&
           incident_enter(d, &facts) && case_move(d, d->c, GUARD_NONE);
}

// The day of the report: the recording of an enterprise's own, the receipt of a letter.
static bool received_day(struct deciding *d, int32_t happened, int32_t *received)
{
    const Award__Day *stated = d->event->incident_reported_by_laureate->received;
    if (!stated_day(d, stated, "received", received)) {
        return false;
    }
    if (d->sender->role == AWARD__ROLE__NAME__enterprise && *received != d->today) {
        return reject(
            d, "day_not_yours", "authority",
            "企业在线报告以记录之日为准；书面报告的收到日期由主管局填写。",
            "A report sent by the enterprise counts on the day it is recorded; the day of "
            "a letter is entered by the bureau.");
    }
    if (*received < happened) {
        return reject(d, "before_incident", "order",
                      say(d, "收到日期 %s 早于事件日期 %s；请核对。", day_text(d, *received),
                          day_text(d, happened)),
                      say(d,
                          "The report was received on %s, before the incident of %s; check both.",
                          day_text(d, *received), day_text(d, happened)));
    }
    return true;
}

// Counted for a report without a deadline, which an earlier honour may have.
static int32_t report_last(struct deciding *d, int32_t on)
{
    return period_count(&d->rulebook->incident_report, on, d->in->calendar).last;
}

static bool report_enter(struct deciding *d, int32_t received)
{
    const Award__IncidentReportedByLaureate *e = d->event->incident_reported_by_laureate;
    const char *subject = say(d, "%s/%s", d->c->case_, e->incident);
    const struct duty_done done = {
        .kind = AWARD__DUTY__KIND__incident_report,
        .subject = e->incident,
        .done_on = received,
        .digest = e->digest,
        .deadline = deadline_id(d, subject, AWARD__DEADLINE_KIND__NAME__incident_report, 1),
        .last = report_last(d, e->on->number),
    };
    return duty_enter(d, d->c, &done) && case_move(d, d->c, GUARD_NONE);
}

// F-report-1; 19(1), 19(2)
bool decide_incident_reported_by_laureate(struct deciding *d)
{
    const Award__IncidentReportedByLaureate *e = d->event->incident_reported_by_laureate;
    bool admits = e->has_liable && e->liable == AWARD__LIABILITY__NAME__yes;
    struct facts facts = {
        .incident = e->incident,
        .enterprise = d->c->enterprise,
        .kind = e->kind,
        .whom = e->whom,
        .level = e->has_level ? e->level : 0,
        .has_serious = e->has_serious != 0,
        .serious = e->serious != 0,
        .own = true,
    };
    if (e->has_liable) {
        facts.liable = admits ? AWARD__LIABILITY__NAME__yes : AWARD__LIABILITY__NAME__unknown;
    }
    int32_t received;
    return stated_day(d, e->on, "on", &facts.on) && honour_check(d, facts.on) &&
           received_day(d, facts.on, &received) && incident_enter(d, &facts) &&
           report_enter(d, received);
}
