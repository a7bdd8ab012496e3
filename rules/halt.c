// halt - 16(5).3: a visit is stopped at once, the office verifies; decision 23: what is not held
#include "rules/bars.h"
#include "rules/decide.h"
#include "rules/leaving.h"
#include "rules/plan.h"
#include "rules/team.h"

#include <assert.h>

// F-halt-1; 16(5).3s1
bool decide_halted(struct deciding *d)
{
    const Award__Team *team = team_of_case(d, d->c);
    if (team == NULL || !team_member_check(d, team, d->c->case_)) {
        return false;
    }
    SET(d->c, stage_before_halt, d->c->stage);
    return case_move(d, d->c, GUARD_NONE);
}

// ---- What the office finds

static Award__Reason *halt_reason(struct deciding *d, const Award__HaltDecided *e)
{
    bool misrepresentation = e->finding == AWARD__HALT_DECIDED__FINDING__misrepresentation;
    const char *zh = misrepresentation ? "弄虚作假" : "实际与自评报告严重不符";
    const char *en = misrepresentation ? "misrepresentation" : "a serious discrepancy";
    return reason_make(d, misrepresentation ? "misrepresentation" : "serious_discrepancy",
                       "16(5).3",
                       say(d, "经办公室核实，现场评审发现%s，案件 %s 取消评选资格：%s", zh,
                           d->c->case_, e->reason),
                       say(d,
                           "The office confirmed %s found by the site visit; case %s is "
                           "disqualified: %s",
                           en, d->c->case_, e->reason));
}

// 16(5).3s2, 12(2)
bool decide_halt_decided(struct deciding *d)
{
    const Award__HaltDecided *e = d->event->halt_decided;
    if (e->finding == AWARD__HALT_DECIDED__FINDING__cleared) {
        return case_move(d, d->c, GUARD_CLEARED);
    }
    if (e->finding == AWARD__HALT_DECIDED__FINDING__misrepresentation) {
        bar_add(d, d->c->enterprise, "12(2)", d->today, d->rulebook->violation_bar_years,
                d->c->case_);
    }
    return case_leave(d, d->c, GUARD_CONFIRMED, halt_reason(d, e));
}

// ---- What is not held

static bool defence_missing(struct deciding *d)
{
    if (d->c->defence == NULL || !d->c->defence->closed) {
        return true;
    }
    return reject(
        d, "held_already", "order", say(d, "案件 %s 的答辩已经举行并评分；请核对。", d->c->case_),
        say(d, "The defence of case %s was held and has its score; check it.", d->c->case_));
}

// A halted visit ends by what the office finds, not by this.
static bool visit_missing(struct deciding *d)
{
    const uint32_t before = STAGE(document_passed) | STAGE(site_visit);
    if (stage_in(d->c->stage, before)) {
        return true;
    }
    bool halted = d->c->stage == AWARD__STAGE__NAME__halted;
    return reject(d, halted ? "halted" : "held_already", "order",
                  say(d, "案件 %s 的现场评审%s。", d->c->case_,
                      halted ? "已停止，请办公室先作核实决定" : "已经举行；请核对"),
                  say(d, "The visit of case %s %s.", d->c->case_,
                      halted ? "is halted; decide on the halt first" : "was held; check it"));
}

// It stays where it is, and may be arranged anew: one that was opened and scored by nobody is as if
// it had not begun.
static void defence_dispense(struct deciding *d, Award__Case *c)
{
    if (c->defence == NULL) {
        c->defence = NEW(d, Award__Case__Defence, award__case__defence);
    }
    SET(c->defence, dispensed, 1);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_SHEET, 2, c->case_,
                                                (int)AWARD__SHEET__KIND__defence);
    if (record_walk_next(&walk) == NULL) {
        c->defence->opened = NULL;
    }
}

static bool not_held_with_decision(struct deciding *d, bool defence)
{
    Award__Case *c = d->c;
    if (defence) {
        defence_dispense(d, c);
    } else {
        if (c->visit == NULL) {
            c->visit = NEW(d, Award__Case__Visit, award__case__visit);
        }
        SET(c->visit, dispensed, 1);
    }
    if (!case_move(d, c, GUARD_DISPENSED)) {
        return false;
    }
    plan_case_moved(d, c);
    return true;
}

// F-defence-2, decision 23
bool decide_not_held(struct deciding *d)
{
    const Award__NotHeld *e = d->event->not_held;
    bool defence = e->what == AWARD__NOT_HELD__WHAT__defence;
    if (defence ? !defence_missing(d) : !visit_missing(d)) {
        return false;
    }
    if (!text_blank(e->decision)) {
        return not_held_with_decision(d, defence);
    }
    const char *zh = defence ? "企业答辩" : "现场评审";
    const char *en = defence ? "defence" : "site visit";
    return case_leave(
        d, d->c, GUARD_NOT_DISPENSED,
        reason_make(d, defence ? "defence_not_held" : "visit_not_held", defence ? "16(4)" : "16(5)",
                    say(d, "案件 %s 的%s未能举行，且无办公室的决定，退出评选。", d->c->case_, zh),
                    say(d,
                        "The %s of case %s was not held and there is no decision "
                        "of the office: it is withdrawn.",
                        en, d->c->case_)));
}
