// revocation - the steps of 20 and 21: opened, verified, decided
//
// The worker (grounds.c) or the bureau opens a revocation; any number may be open beside each
// other. The first that the bureau verifies excludes a second (Case.revocation) until the
// government has decided. Approved, the honour ends on the day before; medal, certificate and
// publication follow in recovery.c. Refused, the honour stands, and another ground may be verified.
#include "common/time.h"
#include "rules/bars.h"
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/laureate.h"
#include "rules/messages.h"
#include "rules/notes.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

// The texts for request, notice and recoveries. The case must have been put in this entry: the
// task's ordinal is its version.
static void papers_ask(struct deciding *d, const Award__Revocation *revocation)
{
    task_queue(d, AWARD__TASK_KIND__NAME__draft_papers, d->c->case_, revocation->revocation,
               (uint32_t)d->c->version, d->c);
}

// ---- Opening

static bool part_missing(struct deciding *d, const char *field, const char *value)
{
    if (!text_blank(value)) {
        return false;
    }
    Award__Ground__Name ground = d->event->revocation_opened->ground;
    (void)reject(d, "field_missing", "form",
                 say(d, "以%s（%s）启动撤销，须填写字段 %s。", ground_article(ground),
                     ground_zh(ground), field),
                 say(d, "A revocation by %s needs the field %s.", ground_article(ground), field));
    return true;
}

// 20(1), 20(2), 20(3), 20(4)
static bool ground_check(struct deciding *d, Award__Ground__Name ground, const char *incident)
{
    if (ground_stands(d, d->c, ground, incident)) {
        return true;
    }
    return reject(
        d, "no_such_ground", ground_article(ground),
        say(d,
            "事件 %s 的现有记录不构成案件 %s 的%s：须发生在荣誉存续期间，并已记录级别、严"
            "重程度或责任。",
            incident, d->c->case_, ground_article(ground)),
        say(d,
            "What is on record of incident %s is no ground of %s for case %s: it must lie "
            "in the time of the honour, with its level, seriousness or liability.",
            incident, ground_article(ground), d->c->case_));
}

static bool by_incident(Award__Ground__Name ground)
{
    return ground == AWARD__GROUND__NAME__serious_quality ||
           ground == AWARD__GROUND__NAME__major_accident;
}

// F-ground-3
static bool opening_check(struct deciding *d)
{
    const Award__RevocationOpened *e = d->event->revocation_opened;
    if (revocation_get(d, e->revocation) != NULL) {
        return reject(d, "revocation_exists", "order",
                      say(d, "撤销 %s 已存在；请用另一编号，或继续办理该撤销。", e->revocation),
                      say(d, "There is a revocation %s; use another name, or go on with that one.",
                          e->revocation));
    }
    if (by_incident(e->ground)) {
        return !part_missing(d, "incident", e->incident) && ground_check(d, e->ground, e->incident);
    }
    if (part_missing(d, "facts", e->facts)) {
        return false;
    }
    return e->ground != AWARD__GROUND__NAME__breach_of_law || !part_missing(d, "effect", e->effect);
}

bool decide_revocation_opened(struct deciding *d)
{
    const Award__RevocationOpened *e = d->event->revocation_opened;
    if (!opening_check(d)) {
        return false;
    }
    Award__Revocation *revocation = NEW(d, Award__Revocation, award__revocation);
    revocation->revocation = e->revocation;
    revocation->case_ = d->c->case_;
    SET(revocation, ground, e->ground);
    revocation->incident = by_incident(e->ground) ? e->incident : NULL;
    revocation->facts = e->facts;
    revocation->effect = e->effect;
    SET(revocation, step, AWARD__REVOCATION__STEP__opened);
    revocation->opened_on = day_make(d, d->today);
    revocation->opened_by = d->event->principal;
    revocation_put(d, revocation, ground_article(e->ground));
    concerns(d, e->revocation);
    return case_move(d, d->c, GUARD_NONE);
}

// ---- Verifying

static const char *step_zh(Award__Revocation__Step step)
{
    switch ((int)step) {
    case AWARD__REVOCATION__STEP__opened:
        return "已启动，待核实";
    case AWARD__REVOCATION__STEP__verified:
        return "已核实，待审批";
    case AWARD__REVOCATION__STEP__approved:
        return "已批准，收回中";
    case AWARD__REVOCATION__STEP__refused:
        return "未获批准";
    default:
        return "已办结";
    }
}

// The revocation in the step that the event wants; NULL where it was rejected.
static Award__Revocation *revocation_at(struct deciding *d, const char *id,
                                        Award__Revocation__Step step)
{
    Award__Revocation *revocation = revocation_get(d, id);
    if (revocation == NULL) {
        (void)reject(d, "no_such_revocation", "order", say(d, "没有撤销 %s；请核对编号。", id),
                     say(d, "There is no revocation %s; check its name.", id));
        return NULL;
    }
    assert(d->c != NULL && strcmp(d->c->case_, revocation->case_) == 0);
    if (revocation->step != step) {
        (void)reject(
            d, "wrong_step", "20",
            say(d, "撤销 %s 现为“%s”，不能“%s”。", id, step_zh(revocation->step), d->row->zh),
            say(d, "Revocation %s is %s; %s cannot happen now.", id,
                protobuf_c_enum_descriptor_get_value(&award__revocation__step__descriptor,
                                                     (int)revocation->step)
                    ->name,
                event_name(d->event->body_case)));
        return NULL;
    }
    concerns(d, id);
    return revocation;
}

// F-ground-3
static bool verification_check(struct deciding *d, const Award__Revocation *revocation)
{
    if (!text_blank(d->c->revocation)) {
        return reject(d, "another_verified", "20",
                      say(d, "案件 %s 的撤销 %s 已核实，尚待审批；审批之前不能核实另一项。",
                          d->c->case_, d->c->revocation),
                      say(d,
                          "Revocation %s of case %s is verified and waits for its decision; no "
                          "second one is verified before that.",
                          d->c->revocation, d->c->case_));
    }
    return !by_incident(revocation->ground) ||
           ground_check(d, revocation->ground, revocation->incident);
}

bool decide_revocation_verified(struct deciding *d)
{
    const Award__RevocationVerified *e = d->event->revocation_verified;
    Award__Revocation *revocation =
        revocation_at(d, e->revocation, AWARD__REVOCATION__STEP__opened);
    if (revocation == NULL || !verification_check(d, revocation)) {
        return false;
    }
    SET(revocation, step, AWARD__REVOCATION__STEP__verified);
    revocation->verified_on = day_make(d, d->today);
    revocation_put(d, revocation, ground_article(revocation->ground));
    note_put(d, d->c->case_, say(d, "%s：%s", e->revocation, e->report), d->today);
    d->c->revocation = revocation->revocation;
    if (!case_move(d, d->c, GUARD_NONE)) {
        return false;
    }
    papers_ask(d, revocation);
    return true;
}

// ---- Deciding

static bool decision_day(struct deciding *d, const Award__Revocation *revocation, int32_t *on)
{
    if (!stated_day(d, d->event->revocation_decided->on, "on", on)) {
        return false;
    }
    if (*on >= revocation->verified_on->number) {
        return true;
    }
    return reject(d, "before_verification", "20",
                  say(d, "审批日期 %s 早于核实日期 %s；请核对。", day_text(d, *on),
                      day_text(d, revocation->verified_on->number)),
                  say(d, "The decision of %s lies before the verification of %s; check the day.",
                      day_text(d, *on), day_text(d, revocation->verified_on->number)));
}

// 21 names the award only; ground 20(1) bars by 12(2) whichever honour it was.
// F-violation-2, decision 4, decision 5; 21s1, 12(4)
static void bars_enter(struct deciding *d, const Award__Revocation *revocation, int32_t on)
{
    const Award__Case *c = d->c;
    if (c->honour->kind == AWARD__HONOUR__KIND__award) {
        bar_add(d, c->enterprise, "12(4)", on, d->rulebook->revocation_bar_years, c->case_);
    }
    if (revocation->ground == AWARD__GROUND__NAME__misrepresentation) {
        bar_add(d, c->enterprise, "12(2)", revocation->verified_on->number,
                d->rulebook->violation_bar_years, c->case_);
    }
}

static void laureate_tell(struct deciding *d, const Award__Revocation *revocation, int32_t on)
{
    uint32_t prize = d->c->honour->prize;
    const struct fact facts[] = {
        {"revocation",                       revocation->revocation            },
        {"ground",                           ground_article(revocation->ground)},
        {"ground_zh",                        ground_zh(revocation->ground)     },
        {"on",                               day_text(d,                         on)},
        {"return_zh",                                  prize > 0 ? say(d,                                                          "奖章、证书和奖金 %u 元", prize) : "奖章和证书"},
        {"return_en", prize > 0 ? say(d,"medal, certificate and the prize of %u yuan", prize)
                                : "medal and certificate"},
        {NULL,                        NULL                                        },
    };
    message_to_roles(d, ROLE(enterprise), AWARD__TEMPLATE__NAME__revoked, d->c, facts);
}

static bool revocation_approve(struct deciding *d, Award__Revocation *revocation, int32_t on)
{
    SET(revocation, step, AWARD__REVOCATION__STEP__approved);
    revocation_put(d, revocation, "20");
    d->c->honour->until = day_make(d, on - 1);
    if (!case_move(d, d->c, GUARD_YES)) {
        return false;
    }
    bars_enter(d, revocation, on);
    duties_end(d, d->c, on);
    laureate_tell(d, revocation, on);
    papers_ask(d, revocation);
    return true;
}

bool decide_revocation_decided(struct deciding *d)
{
    const Award__RevocationDecided *e = d->event->revocation_decided;
    Award__Revocation *revocation =
        revocation_at(d, e->revocation, AWARD__REVOCATION__STEP__verified);
    int32_t on;
    if (revocation == NULL || !decision_day(d, revocation, &on)) {
        return false;
    }
    assert(d->rulebook != NULL && d->c->honour != NULL);
    revocation->decided_on = day_make(d, on);
    if (!text_blank(e->reason)) {
        note_put(d, d->c->case_, say(d, "%s：%s", e->revocation, e->reason), on);
    }
    if (e->approved) {
        return revocation_approve(d, revocation, on);
    }
    SET(revocation, step, AWARD__REVOCATION__STEP__refused);
    revocation_put(d, revocation, "20");
    d->c->revocation = NULL;
    return case_move(d, d->c, GUARD_NO);
}
