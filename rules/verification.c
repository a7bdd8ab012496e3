// verification - conditions, recommendation, acceptance: from `applied` to `accepted` (10, 11, 13)
#include "rules/conditions.h"
#include "rules/decide.h"
#include "rules/late_entry.h"
#include "rules/refusal.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

// ---- The district's bureau finds on each condition (10(2))

static const char *const conditions[] = {"11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)"};

enum { CONDITIONS = sizeof(conditions) / sizeof(conditions[0]) };

// 11(2), 11(3), 11(5), 12(1)
static size_t condition_index(const Award__Finding *finding)
{
    for (size_t i = 0; i < CONDITIONS; i++) {
        if (finding->condition != NULL && strcmp(finding->condition, conditions[i]) == 0) {
            return i;
        }
    }
    return CONDITIONS;
}

static bool finding_check(struct deciding *d, const Award__Finding *finding)
{
    const char *name = text_blank(finding->condition) ? "-" : finding->condition;
    if (condition_index(finding) == CONDITIONS) {
        return reject(
            d, "unknown_condition", "11",
            say(d, "“%s”不是核实的条件；应为 11(1) 至 11(5) 和 12(1)。", name),
            say(d, "\"%s\" is no condition to verify; they are 11(1) to 11(5) and 12(1).", name));
    }
    if (!finding->has_met || text_blank(finding->evidence) || text_blank(finding->issuer) ||
        finding->on == NULL) {
        return reject(d, "finding_incomplete", "10(2)",
                      say(d, "条件 %s 须写明是否符合、证据、出具单位和日期。", name),
                      say(d, "The finding on %s needs met, evidence, issuer and on.", name));
    }
    int32_t day;
    return stated_day(d, finding->on, "findings.on", &day);
}

// Each condition once.
static bool findings_check(struct deciding *d, const Award__ConditionsVerified *e)
{
    bool seen[CONDITIONS] = {false};
    for (size_t i = 0; i < e->n_findings; i++) {
        if (!finding_check(d, e->findings[i])) {
            return false;
        }
        size_t index = condition_index(e->findings[i]);
        if (seen[index]) {
            return reject(
                d, "finding_twice", "10(2)",
                say(d, "条件 %s 出现两次；每项只写一次。", conditions[index]),
                say(d, "Condition %s is there twice; state each once.", conditions[index]));
        }
        seen[index] = true;
    }
    for (size_t i = 0; i < CONDITIONS; i++) {
        if (!seen[i]) {
            return reject(d, "finding_missing", "10(2)",
                          say(d, "缺少条件 %s 的核实结论；请补充。", conditions[i]),
                          say(d, "The finding on %s is missing; add it.", conditions[i]));
        }
    }
    return true;
}

// Findings of a district have no date: they may be other next time.
// F-admit-4
static void failing_findings(struct deciding *d, const Award__ConditionsVerified *e, size_t *count,
                             Award__Reason ***reasons)
{
    for (size_t i = 0; i < e->n_findings; i++) {
        const Award__Finding *finding = e->findings[i];
        if (!finding->met) {
            list_add(d, count, reasons,
                     reason_make(d, "condition_not_met", finding->condition,
                                 say(d, "区县核实：不符合条件 %s（%s）。", finding->condition,
                                     finding->evidence),
                                 say(d, "The district found condition %s not met (%s).",
                                     finding->condition, finding->evidence)));
        }
    }
}

// The case is ineligible, with its reasons, and the enterprise is told.
// F-admit-3
static bool case_ineligible(struct deciding *d, Award__Case *c, size_t count,
                            Award__Reason *const *reasons)
{
    reasons_keep(d, c, count, reasons);
    if (!case_move(d, c, GUARD_CONDITION_FAILS)) {
        return false;
    }
    d->decision->article = reasons[0]->article;
    refusal_tell(d, AWARD__TEMPLATE__NAME__ineligible, c);
    return true;
}

bool decide_conditions_verified(struct deciding *d)
{
    const Award__ConditionsVerified *e = d->event->conditions_verified;
    if (!findings_check(d, e)) {
        return false;
    }
    size_t count = 0;
    Award__Reason **reasons = NULL;
    failing_findings(d, e, &count, &reasons);
    d->c->n_findings = e->n_findings;
    d->c->findings = e->findings;
    return count > 0 ? case_ineligible(d, d->c, count, reasons)
                     : case_move(d, d->c, GUARD_CONDITIONS_HOLD);
}

// ---- The recommendation (13(1))

// A district's government recommends the enterprises of its own district; others have a name.
static bool recommender_check(struct deciding *d, const Award__RecommendationGiven *e)
{
    if (e->by != AWARD__RECOMMENDER__KIND__district_government) {
        return !text_blank(e->name) ||
               reject(d, "field_missing", "13(1)", "请写明推荐部门或协会的名称（name）。",
                      "Name the department or association that recommends (name).");
    }
    const Award__Enterprise *enterprise = enterprise_get(d, d->c->enterprise);
    if (enterprise != NULL && e->district != NULL &&
        strcmp(e->district, enterprise->district) == 0) {
        return true;
    }
    return reject(d, "wrong_district", "13(1)",
                  say(d, "区县政府只推荐本区县企业；%s 属于 %s，不是 %s。", d->c->enterprise,
                      enterprise != NULL ? enterprise->district : "-",
                      e->district != NULL ? e->district : "-"),
                  say(d,
                      "A district's government recommends its own enterprises; %s is of %s, not "
                      "of %s.",
                      d->c->enterprise, enterprise != NULL ? enterprise->district : "-",
                      e->district != NULL ? e->district : "-"));
}

// F-closing-1, F-closing-3
static bool received_check(struct deciding *d, int64_t received_ms)
{
    const Award__Cycle *cycle = cycle_look(d, d->c->cycle);
    assert(cycle != NULL && d->rulebook != NULL);
    int64_t closing_ms = cycle->opened->closing->ms;
    if (!late_entry_moment(d, d->rulebook, received_ms, "received")) {
        return false;
    }
    if (received_ms <= closing_ms) {
        return true;
    }
    return reject(d, "received_late", "13(1)",
                  say(d, "推荐意见于 %s 收到，晚于截止时刻 %s；不予接收。",
                      moment_text(d, received_ms), moment_text(d, closing_ms)),
                  say(d, "The recommendation came at %s, after closing at %s; it is not admitted.",
                      moment_text(d, received_ms), moment_text(d, closing_ms)));
}

bool decide_recommendation_given(struct deciding *d)
{
    Award__RecommendationGiven *e = d->event->recommendation_given;
    if (!recommender_check(d, e) || !received_check(d, e->received->ms)) {
        return false;
    }
    d->c->recommendation = e;
    return case_move(d, d->c, e->in_favour ? GUARD_IN_FAVOUR : GUARD_AGAINST);
}

// ---- Acceptance (6(3)): the computed conditions again

static bool acceptance_check(struct deciding *d, const Award__Case *c)
{
    const Award__Cycle *cycle = cycle_look(d, c->cycle);
    if (cycle != NULL && cycle->selection_started) {
        return reject(
            d, "selection_started", "order",
            say(d, "%s 的综合评选已经启动，不能再受理申报。", c->cycle),
            say(d, "The final selection of %s has started; nothing more is accepted.", c->cycle));
    }
    if (c->n_holds > 0) {
        return reject(d, "held", c->holds[0]->article,
                      say(d, "案件 %s 因事件 %s 责任未定而暂缓；责任认定后再受理。", c->case_,
                          c->holds[0]->subject),
                      say(d,
                          "Case %s is held: liability for %s is unknown; accept it once that is "
                          "established.",
                          c->case_, c->holds[0]->subject));
    }
    return true;
}

// decision 20
bool decide_application_accepted(struct deciding *d)
{
    Award__Case *c = d->c;
    if (!acceptance_check(d, c)) {
        return false;
    }
    size_t count = 0;
    Award__Reason **reasons = NULL;
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    if (enterprise == NULL) {
        return false; // damaged: rules_decide says so
    }
    conditions_test(d, d->rulebook, enterprise, c->applied_on->number, &count, &reasons);
    return count > 0 ? case_ineligible(d, c, count, reasons)
                     : case_move(d, c, GUARD_CONDITIONS_HOLD);
}
