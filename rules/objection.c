// objection - what the public brings up against a case, and what the office finds (16(7).3, 6(4))
//
// What is received in the time of publicity about a candidate is an objection, whatever the sender
// called it: it holds the case until it is decided. Everything else is a complaint, which holds
// nothing unless the office links it (decision 10). Which of the two it is is settled when it is
// recorded; a later change of the publicity's end changes none.
#include "rules/bars.h"
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/leaving.h"
#include "rules/messages.h"
#include "rules/selecting.h"

#include <assert.h>

// ---- Filing

// objection_filed and complaint_filed carry the same.
struct filing {
    char *objection;
    char *text;
    char *evidence;
    const Award__Day *received;
    bool has_source;
    Award__ObjectionSource__Kind source;
    bool anonymous;
};

static bool filing_check(struct deciding *d, const struct filing *filing, int32_t *received)
{
    if (objection_get(d, filing->objection) != NULL) {
        return reject(d, "id_used", "order",
                      say(d, "编号 %s 已用于另一件异议或投诉；请换一个编号。", filing->objection),
                      say(d,
                          "The number %s belongs to another objection or complaint; use a new "
                          "one.",
                          filing->objection));
    }
    if (filing->received != NULL && d->sender->role != AWARD__ROLE__NAME__office) {
        return reject(d, "received_by_office", "authority",
                      "收到日期只能由评选委员会办公室填写；请去掉字段 received。",
                      "Only the office states the day of receipt; leave out the field received.");
    }
    return stated_day(d, filing->received, "received", received);
}

// Decision 10: from the day of the last medium to the last day, both included, about a candidate;
// in its own publicity, where it stood in one. F-objection-1, F-objection-2; 16(7).3s1
static bool is_objection(struct deciding *d, const Award__Cycle *cycle, int32_t received)
{
    for (uint32_t number = 1; number <= cycle->n_publicities; number++) {
        bool own = !d->c->has_publicity || d->c->publicity == number;
        if (own && received >= cycle->publicities[number - 1]->from->number &&
            received <= publicity_last(d, cycle, number)) {
            return d->c->has_candidate_for != 0;
        }
    }
    return false;
}

static Award__Objection *objection_make(struct deciding *d, const struct filing *filing,
                                        int32_t received)
{
    Award__Objection *objection = NEW(d, Award__Objection, award__objection);
    objection->objection = filing->objection;
    objection->case_ = d->c->case_;
    objection->principal = arena_string(d->arena, d->sender->name);
    objection->received = day_make(d, received);
    objection->text = filing->text;
    objection->evidence = filing->evidence;
    SET(objection, linked, 0);
    SET(objection, anonymous, filing->anonymous);
    if (filing->has_source) {
        SET(objection, source, filing->source);
    }
    return objection;
}

// F-policy-1
static const char *answer_deadline(struct deciding *d, const char *objection)
{
    return deadline_id(d, objection, AWARD__DEADLINE_KIND__NAME__objection_answer, 1);
}

static void answer_open(struct deciding *d, const Award__Objection *objection)
{
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__objection_answer,
        .subject = objection->objection,
        .ordinal = 1,
        .case_ = d->c->case_,
        .enterprise = d->c->enterprise,
        .cycle = d->c->cycle,
        .starts = objection->received->number,
        .period = &d->rulebook->objection_answer,
    };
    (void)deadline_open(d, &open);
}

// After the deliberation nothing is tested again by itself: the office must know at once.
static void late_tell(struct deciding *d, const Award__Objection *objection)
{
    if (!deliberation_over(d->rulebook, d->c->stage)) {
        return;
    }
    const struct fact facts[] = {
        {"case",      d->c->case_         },
        {"cycle",     d->c->cycle         },
        {"what",      "objection"         },
        {"objection", objection->objection},
        {"text",      objection->text     },
        {NULL,        NULL                },
    };
    message_to_roles(d, ROLE(office), AWARD__TEMPLATE__NAME__late_knowledge, d->c, facts);
}

static bool case_hold(struct deciding *d, Award__Case *c, const char *objection)
{
    LIST_ADD(d, c, open_objections, arena_string(d->arena, objection));
    return case_move(d, c, GUARD_NONE);
}

// Decision 10: some rulebooks take no objection without a name, or without evidence. A complaint,
// which holds nothing, is taken as it comes (6(4)).
static bool objection_form(struct deciding *d, const struct filing *filing)
{
    if (d->rulebook->objection_needs_name && filing->anonymous) {
        return reject(d, "name_required", "16(7).3",
                      "本次评选的异议须实名提出；请写明真实姓名或单位名称（去掉字段 "
                      "anonymous）重新提出，"
                      "姓名只由调查人员知悉。",
                      "An objection needs a real name under this rulebook: file it again with your "
                      "name or that of your unit (leave out the field anonymous); only those who "
                      "investigate learn it.");
    }
    if (d->rulebook->objection_needs_evidence && text_blank(filing->evidence)) {
        return reject(d, "evidence_required", "16(7).3",
                      "本次评选的异议须附证据；请在字段 evidence 写明证据材料后重新提出。",
                      "An objection needs evidence under this rulebook: name it in the field "
                      "evidence and file it again.");
    }
    return true;
}

// 16(7).3s1
static bool filing_decide(struct deciding *d, const struct filing *filing)
{
    int32_t received = 0;
    if (!filing_check(d, filing, &received)) {
        return false;
    }
    const Award__Cycle *cycle = cycle_known(d, d->c->cycle);
    if (cycle == NULL) {
        return false;
    }
    bool inside = is_objection(d, cycle, received);
    if (inside && !objection_form(d, filing)) {
        return false;
    }
    Award__Objection *objection = objection_make(d, filing, received);
    const char *article = inside ? "16(7).3" : "6(4)";
    SET(objection, complaint, !inside);
    objection_put(d, objection, article);
    concerns(d, objection->objection);
    answer_open(d, objection);
    late_tell(d, objection);
    if (inside && stage_in(d->c->stage, STAGES_BEFORE_APPROVAL) &&
        !case_hold(d, d->c, objection->objection)) {
        return false;
    }
    d->decision->article = arena_string(d->arena, article);
    return true;
}

bool decide_objection_filed(struct deciding *d)
{
    const Award__ObjectionFiled *e = d->event->objection_filed;
    const struct filing filing = {
        e->objection,       e->text,   e->evidence,       e->received,
        e->has_source != 0, e->source, e->anonymous != 0,
    };
    return filing_decide(d, &filing);
}

bool decide_complaint_filed(struct deciding *d)
{
    const Award__ComplaintFiled *e = d->event->complaint_filed;
    const struct filing filing = {
        e->objection,       e->text,   e->evidence,       e->received,
        e->has_source != 0, e->source, e->anonymous != 0,
    };
    return filing_decide(d, &filing);
}

// ---- The one that an event names

// An undecided one, its case in *c and the rulebook of that. Rejects (NULL).
static Award__Objection *objection_named(struct deciding *d, const char *name, Award__Case **c)
{
    Award__Objection *objection = objection_get(d, name);
    if (objection == NULL) {
        (void)reject(d, "no_such_objection", "order",
                     say(d, "没有编号为 %s 的异议或投诉；请核对编号。", name),
                     say(d, "There is no objection or complaint %s; check the number.", name));
        return NULL;
    }
    if (objection->decided != NULL) {
        (void)reject(d, "already_decided", "order",
                     say(d, "%s 已于 %s 作出处理决定；有新情况请另行登记投诉。", name,
                         day_text(d, objection->decided_on->number)),
                     say(d, "%s was decided on %s; file a new complaint for what is new.", name,
                         day_text(d, objection->decided_on->number)));
        return NULL;
    }
    *c = case_get(d, objection->case_);
    if (*c == NULL || cycle_known(d, (*c)->cycle) == NULL) {
        d->damaged = true; // it was there when the objection was recorded
        return NULL;
    }
    concerns(d, name);
    concerns(d, (*c)->case_);
    d->decision->case_ = (*c)->case_;
    return objection;
}

// ---- Linking (policy)

// F-link-1, decision 10
static bool link_check(struct deciding *d, const Award__Objection *objection, const Award__Case *c)
{
    if (!objection->complaint || objection->linked) {
        return reject(
            d, "not_a_complaint", "order",
            say(d, "%s 已经关联案件，无需再关联。", objection->objection),
            say(d, "%s holds its case already; there is nothing to link.", objection->objection));
    }
    if (!case_may(d, c)) {
        return false;
    }
    if (!deliberation_over(d->rulebook, c->stage)) {
        return true;
    }
    return reject(d, "after_deliberation", "order",
                  say(d, "案件 %s 已经审议，投诉不能再关联；请直接作出处理决定。", c->case_),
                  say(d,
                      "Case %s has been deliberated, nothing is linked to it any more; decide "
                      "the complaint as it is.",
                      c->case_));
}

bool decide_complaint_linked(struct deciding *d)
{
    Award__Case *c;
    Award__Objection *objection = objection_named(d, d->event->complaint_linked->objection, &c);
    if (objection == NULL || !link_check(d, objection, c)) {
        return false;
    }
    SET(objection, linked, 1);
    objection_put(d, objection, "policy");
    return case_hold(d, c, objection->objection);
}

// ---- Deciding

static bool finding_check(struct deciding *d)
{
    const Award__ObjectionDecided *e = d->event->objection_decided;
    if (e->finding != AWARD__OBJECTION_DECIDED__FINDING__founded || e->has_kind) {
        return true;
    }
    return reject(d, "field_missing", "form",
                  "认定属实时应写明性质 kind：misrepresentation（弄虚作假）、violation（其他违规）"
                  "或 other（其他）。",
                  "A founded one needs its kind: misrepresentation, violation or other.");
}

// F-founded-2, F-link-2
static void founded_bar(struct deciding *d, const Award__Case *c)
{
    if (violation_bars(d->event->objection_decided->kind)) {
        bar_add(d, c->enterprise, "12(2)", d->today, d->rulebook->violation_bar_years, c->case_);
        grounds_ask(d, c, grounds_violation);
    }
}

// F-founded-1; 16(7).3s2
static bool case_disqualify(struct deciding *d, Award__Case *c)
{
    Award__Reason *reason = reason_make(
        d, "objection_founded", "16(7).3", "公众提出的问题经调查核实情况属实，取消评奖资格。",
        "What the public brought up was found to be true and material; the case is disqualified.");
    return case_leave(d, c, GUARD_FOUNDED, reason);
}

// Of what the office entered for somebody (a letter, a call) it is the office that answers: who
// wrote is no principal, and the public's principals are others.
static const char *objector(struct deciding *d, const Award__Objection *objection)
{
    const Award__Principal *sender =
        text_blank(objection->principal) ? NULL : principal_get(d, objection->principal);
    bool himself = sender != NULL && sender->role == AWARD__ROLE__NAME__public;
    return himself && !objection->anonymous ? sender->name : NULL;
}

static void answer_tell(struct deciding *d, const Award__Objection *objection, const Award__Case *c)
{
    static const char *const findings[] = {
        [AWARD__OBJECTION_DECIDED__FINDING__founded] = "founded",
        [AWARD__OBJECTION_DECIDED__FINDING__unfounded] = "unfounded",
        [AWARD__OBJECTION_DECIDED__FINDING__immaterial] = "immaterial",
    };
    bool complaint = objection->complaint && !objection->linked;
    const struct fact facts[] = {
        {"objection", objection->objection                 },
        {"matter",    complaint ? "complaint" : "objection"},
        {"basis",     complaint ? "6(4)" : "16(7).3"       },
        {"finding",   findings[objection->decided->finding]},
        {"report",    objection->decided->report           },
        {NULL,        NULL                                 },
    };
    message_to_roles(d, ROLE(office), AWARD__TEMPLATE__NAME__objection_answer, c, facts);
    message_to_principal(d, objector(d, objection), AWARD__TEMPLATE__NAME__objection_answer, c,
                         facts);
}

// F-founded-1, F-founded-3, F-link-2; 16(7).3s2
static bool case_answer(struct deciding *d, Award__Case *c, const Award__Objection *objection)
{
    bool founded = objection->decided->finding == AWARD__OBJECTION_DECIDED__FINDING__founded;
    list_drop(&c->n_open_objections, c->open_objections, objection->objection);
    if (founded) {
        founded_bar(d, c);
    }
    if (founded && stage_in(c->stage, STAGES_BEFORE_APPROVAL)) {
        return case_disqualify(d, c);
    }
    return case_move(d, c, GUARD_KEPT);
}

bool decide_objection_decided(struct deciding *d)
{
    Award__Case *c;
    Award__Objection *objection = objection_named(d, d->event->objection_decided->objection, &c);
    if (objection == NULL || !finding_check(d)) {
        return false;
    }
    bool founded =
        d->event->objection_decided->finding == AWARD__OBJECTION_DECIDED__FINDING__founded;
    if (founded && stage_in(c->stage, STAGES_BEFORE_APPROVAL)) {
        SET(objection, linked, objection->complaint || objection->linked); // decision 10
    }
    objection->decided = d->event->objection_decided;
    objection->decided_on = day_make(d, d->today);
    objection_put(d, objection, "16(7).3");
    (void)deadline_meet(d, answer_deadline(d, objection->objection), d->today);
    answer_tell(d, objection, c);
    return case_answer(d, c, objection);
}
