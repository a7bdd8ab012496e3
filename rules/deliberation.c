// deliberation - the selection committee's meeting (16(8))
//
// First whether the meeting is one: the chair presides, only member units are counted, and more of
// them are present than the quorum asks. A meeting that is void is on record as refused and decides
// nothing. Then case by case: open objection, hold, conditions, decision; what is held is not
// tested.
#include "rules/conditions.h"
#include "rules/decide.h"
#include "rules/leaving.h"
#include "rules/refusal.h"
#include "rules/selecting.h"

#include <assert.h>
#include <string.h>

// ---- Whether it may be held

static bool meeting_unused(struct deciding *d)
{
    const Award__DeliberationHeld *e = d->event->deliberation_held;
    if (record_get(d, AWARD__CHANGE__RECORD_MEETING, e->cycle, e->meeting) == NULL) {
        return true;
    }
    return reject(
        d, "id_used", "order", say(d, "会议编号 %s 已经用过；再次开会请用新的编号。", e->meeting),
        say(d, "The meeting %s is on record already; a further one needs a new name.", e->meeting));
}

// 16(7).4: what is deliberated has been public for the whole period.
// F-first-1
static bool publicity_over(struct deciding *d, const Award__Cycle *cycle, int32_t on)
{
    if (!publicity_first(d->rulebook)) {
        return true;
    }
    if (cycle->n_publicities == 0) {
        return reject(d, "no_publicity", "order",
                      say(d, "年度 %s 尚未公示，不能审议；请先公示。", cycle->cycle),
                      say(d, "Cycle %s has had no publicity; that comes first.", cycle->cycle));
    }
    if (on > publicity_last(d, cycle, 1)) {
        return true;
    }
    const char *last = publicity_last_text(d, cycle, 1);
    return reject(
        d, "publicity_runs", "16(7).4",
        say(d, "公示至 %s 为止，%s 尚不能审议；请在期满后开会。", last, day_text(d, on)),
        say(d, "The publicity runs until %s; a meeting on %s is too early, hold it afterwards.",
            last, day_text(d, on)));
}

static bool meeting_check(struct deciding *d, const Award__Cycle *cycle)
{
    int32_t on;
    return meeting_unused(d) && stated_day(d, d->event->deliberation_held->on, "on", &on) &&
           publicity_over(d, cycle, on);
}

// ---- Whether it is valid

static void void_add(struct deciding *d, Award__Meeting *meeting, const char *code,
                     const char *article, const char *zh, const char *en)
{
    (void)reason_add(d, code, article, zh, en);
    LIST_ADD(d, meeting, reasons, reason_make(d, code, article, zh, en));
}

// F-quorum-1, decision 25
static void chair_check(struct deciding *d, const Award__CycleOpened *opened,
                        Award__Meeting *meeting)
{
    const char *presiding = meeting->held->presiding;
    if (strcmp(presiding, opened->chair) != 0) {
        void_add(d, meeting, "not_the_chair", "16(8).1",
                 say(d, "会议由 %s 主持，而评选委员会主任为 %s：会议无效，请由主任主持重新召开。",
                     presiding, opened->chair),
                 say(d, "%s presided, but the chair is %s: the meeting is void, hold it again.",
                     presiding, opened->chair));
    }
}

// Each unit counts once; returns how many are present.
// F-quorum-1, decision 25
static size_t units_count(struct deciding *d, const Award__CycleOpened *opened,
                          Award__Meeting *meeting)
{
    const Award__DeliberationHeld *held = meeting->held;
    size_t count = 0;
    for (size_t i = 0; i < held->n_present; i++) {
        const char *unit = held->present[i];
        if (!list_has(opened->n_units, opened->units, unit)) {
            void_add(
                d, meeting, "no_member_unit", "16(8).1",
                say(d, "%s 不是评选委员会成员单位：会议无效，请核对到会单位。", unit),
                say(d, "%s is no member unit: the meeting is void, check who was present.", unit));
        } else if (!list_has(i, held->present, unit)) {
            count++;
        }
    }
    return count;
}

static void quorum_check(struct deciding *d, const Award__CycleOpened *opened,
                         Award__Meeting *meeting, size_t present)
{
    size_t numerator = d->rulebook->quorum_numerator;
    size_t denominator = d->rulebook->quorum_denominator;
    if (present * denominator > numerator * opened->n_units) {
        return;
    }
    void_add(d, meeting, "no_quorum", "16(8).1",
             say(d, "到会成员单位 %zu 个，应超过全部 %zu 个的 %zu/%zu：会议无效，请重新召开。",
                 present, opened->n_units, numerator, denominator),
             say(d,
                 "%zu member units were present, more than %zu/%zu of %zu are needed: the "
                 "meeting is void, hold it again.",
                 present, numerator, denominator, opened->n_units));
}

static Award__Meeting *meeting_make(struct deciding *d, const Award__Cycle *cycle)
{
    Award__DeliberationHeld *held = d->event->deliberation_held;
    Award__Meeting *meeting = NEW(d, Award__Meeting, award__meeting);
    meeting->cycle = cycle->cycle;
    meeting->meeting = held->meeting;
    meeting->held = held;
    chair_check(d, cycle->opened, meeting);
    quorum_check(d, cycle->opened, meeting, units_count(d, cycle->opened, meeting));
    SET(meeting, valid, meeting->n_reasons == 0);
    return meeting;
}

// ---- Case by case

static bool not_held_back(struct deciding *d, const Award__Case *c)
{
    if (c->n_open_objections > 0) {
        reject_part(d, c->case_, "objection_open", "16(7).4",
                    say(d, "案件 %s 有未处理的异议 %s；处理后由下一次会议审议。", c->case_,
                        c->open_objections[0]),
                    say(d,
                        "Case %s has the open objection %s; decide it first, a further meeting "
                        "decides the case.",
                        c->case_, c->open_objections[0]));
        return false;
    }
    if (c->n_holds > 0) {
        const Award__Hold *hold = c->holds[0];
        reject_part(d, c->case_, "case_held", hold->article,
                    say(d, "案件 %s 因 %s 暂缓；查清后由下一次会议审议。", c->case_, hold->subject),
                    say(d,
                        "Case %s is held by %s; once that is settled a further meeting decides "
                        "it.",
                        c->case_, hold->subject));
        return false;
    }
    return true;
}

// The computed conditions that fail now, each with the case as its subject (decision 20).
static size_t conditions_fail(struct deciding *d, const Award__Case *c, Award__Reason ***reasons)
{
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    assert(c->applied_on != NULL);
    size_t count = 0;
    *reasons = NULL;
    if (enterprise == NULL) {
        return 0; // its record is damaged: nothing is decided
    }
    conditions_test(d, d->rulebook, enterprise, c->applied_on->number, &count, reasons);
    for (size_t i = 0; i < count; i++) {
        (*reasons)[i]->subject = c->case_;
    }
    return count;
}

// F-admit-3
static bool case_ineligible(struct deciding *d, Award__Case *c, size_t count,
                            Award__Reason *const *reasons)
{
    reasons_keep(d, c, count, reasons);
    if (!case_move(d, c, GUARD_CONDITION_FAILS)) {
        return false;
    }
    refusal_tell(d, AWARD__TEMPLATE__NAME__ineligible, c);
    return true;
}

static bool case_refuse(struct deciding *d, Award__Case *c, const char *why)
{
    Award__Reason *reason =
        reason_make(d, "not_recommended", "16(8).2",
                    say(d, "评选委员会审议未通过：%s", text_blank(why) ? "未列入推荐名单。" : why),
                    say(d, "The selection committee does not recommend it: %s",
                        text_blank(why) ? "it is not on the list." : why));
    return case_leave(d, c, GUARD_NO, reason);
}

static bool decision_whole(struct deciding *d, const Award__CaseDecision *decision)
{
    if (decision->has_approved) {
        return true;
    }
    reject_part(
        d, decision->case_, "field_missing", "form",
        say(d, "案件 %s 缺少决定 approved；请补充。", decision->case_),
        say(d, "The decision on case %s lacks the field approved; add it.", decision->case_));
    return false;
}

// F-deliberation-1, decision 9
static bool case_deliberate(struct deciding *d, const Award__Cycle *cycle,
                            const Award__CaseDecision *decision)
{
    uint32_t stages = stages_before_deliberation(d->rulebook);
    Award__Case *c = case_listed(d, cycle, decision->case_, stages);
    if (c == NULL || !decision_whole(d, decision) || !not_held_back(d, c)) {
        return true;
    }
    Award__Reason **reasons;
    size_t failing = conditions_fail(d, c, &reasons);
    if (failing > 0) {
        return case_ineligible(d, c, failing, reasons);
    }
    return decision->approved ? case_move(d, c, GUARD_YES) : case_refuse(d, c, decision->reason);
}

// 5(2), 16(8).3
bool decide_deliberation_held(struct deciding *d)
{
    const Award__DeliberationHeld *e = d->event->deliberation_held;
    const Award__Cycle *cycle = cycle_known(d, e->cycle);
    if (cycle == NULL || !meeting_check(d, cycle)) {
        return false;
    }
    Award__Meeting *meeting = meeting_make(d, cycle);
    record_put(d, AWARD__CHANGE__RECORD_MEETING, &meeting->base, "16(8).1");
    concerns(d, e->meeting);
    if (!meeting->valid) {
        outcome_set(d, AWARD__OUTCOME__NAME__refused);
        d->decision->article = arena_string(d->arena, "16(8).1");
        return true;
    }
    for (size_t i = 0; i < e->n_decisions; i++) {
        if (!case_deliberate(d, cycle, e->decisions[i])) {
            return false;
        }
    }
    d->decision->article = arena_string(d->arena, d->row->article);
    return true;
}
