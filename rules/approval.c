// approval - the government decides, the mayor signs, the result is published (16(9))
//
// The day of publication is the award date: from it run the honour, the bar of 12(3) and the duties
// of 17 and 18.
#include "common/time.h"
#include "rules/bars.h"
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/incident_effects.h"
#include "rules/laureate.h"
#include "rules/leaving.h"
#include "rules/messages.h"
#include "rules/parts.h"
#include "rules/selecting.h"

#include <assert.h>

// ---- The government's meeting

// Where deliberation comes first, the government decides after the case's publicity (decision 19).
// F-first-1
static bool government_turn(struct deciding *d, const Award__Cycle *cycle, const Award__Case *c,
                            int32_t on)
{
    if (publicity_first(d->rulebook)) {
        return true;
    }
    if (on > publicity_last(d, cycle, c->publicity)) {
        return true;
    }
    const char *last = publicity_last_text(d, cycle, c->publicity);
    reject_part(d, c->case_, "publicity_runs", "16(7).4",
                say(d, "案件 %s 公示至 %s 为止，%s 尚不能审批。", c->case_, last, day_text(d, on)),
                say(d, "The publicity of case %s runs until %s; a decision on %s is too early.",
                    c->case_, last, day_text(d, on)));
    return false;
}

static bool decision_possible(struct deciding *d, const Award__CaseDecision *decision,
                              const Award__Case *c)
{
    if (!decision->has_approved) {
        reject_part(d, c->case_, "field_missing", "form",
                    say(d, "案件 %s 缺少决定 approved；请补充。", c->case_),
                    say(d, "The decision on case %s lacks the field approved; add it.", c->case_));
        return false;
    }
    if (c->n_open_objections == 0 || publicity_first(d->rulebook)) {
        return true;
    }
    reject_part(d, c->case_, "objection_open", "16(7).4",
                say(d, "案件 %s 有未处理的异议 %s；请先处理。", c->case_, c->open_objections[0]),
                say(d, "Case %s has the open objection %s; decide it first.", c->case_,
                    c->open_objections[0]));
    return false;
}

// F-deliberation-2, decision 9
static bool case_decide(struct deciding *d, Award__Case *c, const Award__CaseDecision *decision)
{
    if (decision->approved) {
        return case_move(d, c, GUARD_YES);
    }
    const char *why = decision->reason;
    Award__Reason *reason = reason_make(d, "not_approved", "16(9)",
                                        say(d, "%s审批未通过：%s", d->rulebook->government_zh,
                                            text_blank(why) ? "未列入获奖名单。" : why),
                                        say(d, "The government does not approve it: %s",
                                            text_blank(why) ? "it is not on the list." : why));
    return case_leave(d, c, GUARD_NO, reason);
}

static bool decisions_take(struct deciding *d, const Award__Cycle *cycle, int32_t on)
{
    const Award__GovernmentDecided *e = d->event->government_decided;
    size_t admitted = 0;
    for (size_t i = 0; i < e->n_decisions; i++) {
        const Award__CaseDecision *decision = e->decisions[i];
        uint32_t stages = stages_before_government(d->rulebook);
        Award__Case *c = case_listed(d, cycle, decision->case_, stages);
        if (c == NULL || !government_turn(d, cycle, c, on) || !decision_possible(d, decision, c)) {
            continue;
        }
        if (!case_decide(d, c, decision)) {
            return false;
        }
        admitted++;
    }
    return parts_remain(d, admitted);
}

bool decide_government_decided(struct deciding *d)
{
    const Award__GovernmentDecided *e = d->event->government_decided;
    const Award__Cycle *cycle = cycle_known(d, e->cycle);
    int32_t on;
    return cycle != NULL && stated_day(d, e->on, "on", &on) && decisions_take(d, cycle, on);
}

// ---- The mayor's signature

static bool signature_check(struct deciding *d, const Award__Cycle *cycle)
{
    if (cycle->signed_on != NULL) {
        return reject(d, "already_signed", "order",
                      say(d, "年度 %s 已于 %s 签署，每年度只有一次。", cycle->cycle,
                          day_text(d, cycle->signed_on->number)),
                      say(d, "Cycle %s was signed on %s, once a cycle.", cycle->cycle,
                          day_text(d, cycle->signed_on->number)));
    }
    struct case_walk walk = case_walk_begin(d, cycle, STAGE(approved));
    if (case_walk_next(&walk) != NULL) {
        return true;
    }
    return reject(d, "nothing_approved", "order",
                  say(d, "年度 %s 没有已批准的案件可以签署；请先报送政府审批结果。", cycle->cycle),
                  say(d,
                      "Cycle %s has no approved case to sign; report the government's decision "
                      "first.",
                      cycle->cycle));
}

bool decide_mayor_signed(struct deciding *d)
{
    const Award__MayorSigned *e = d->event->mayor_signed;
    Award__Cycle *cycle = cycle_named(d, e->cycle);
    int32_t on;
    if (cycle == NULL || !signature_check(d, cycle) || !stated_day(d, e->on, "on", &on)) {
        return false;
    }
    cycle->signed_on = day_make(d, on);
    cycle_put(d, cycle, "16(9)");
    struct case_walk walk = case_walk_begin(d, cycle, STAGE(approved));
    Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        if (!case_move(d, c, GUARD_NONE)) {
            return false;
        }
    }
    left_behind_warn(d, cycle,
                     STAGE(candidate) | STAGE(publicity) | STAGE(deliberated) |
                         STAGE(recommended_to_government),
                     "16(9)");
    return true;
}

// ---- Publication

static bool publication_check(struct deciding *d, const Award__Cycle *cycle, int32_t *on)
{
    if (cycle->published_on != NULL) {
        return reject(d, "already_published", "order",
                      say(d, "年度 %s 已于 %s 公布，每年度只有一次。", cycle->cycle,
                          day_text(d, cycle->published_on->number)),
                      say(d, "Cycle %s was published on %s, once a cycle.", cycle->cycle,
                          day_text(d, cycle->published_on->number)));
    }
    if (cycle->signed_on == NULL) {
        return reject(
            d, "not_signed", "order",
            say(d, "年度 %s 尚未经政府首长签署，不能公布。", cycle->cycle),
            say(d, "Cycle %s is not signed by the mayor yet; that comes first.", cycle->cycle));
    }
    if (!stated_day(d, d->event->result_published->on, "on", on)) {
        return false;
    }
    if (*on >= cycle->signed_on->number) {
        return true;
    }
    return reject(d, "before_signature", "order",
                  say(d, "公布日期 %s 早于签署日期 %s；请核对。", day_text(d, *on),
                      day_text(d, cycle->signed_on->number)),
                  say(d, "The day of publication, %s, lies before the signature, %s; check it.",
                      day_text(d, *on), day_text(d, cycle->signed_on->number)));
}

// 6(5), 16(9)
static void result_tell(struct deciding *d, const Award__Case *c, int32_t on)
{
    bool award = c->candidate_for == AWARD__HONOUR__KIND__award;
    const struct fact facts[] = {
        {"cycle",      c->cycle                           },
        {"honour",     award ? "award" : "nomination"     },
        {"honour_zh",  rulebook_honour_zh(d->rulebook,      award)},
        {"honour_en",            rulebook_honour_en(d->rulebook,                                     award)},
        {"report_zh",      period_zh(d,     &d->rulebook->incident_report)},
        {"report_en",period_en(d,&d->rulebook->incident_report)},
        {"yearly",
         say(d,                               "%02u-%02u", d->rulebook->self_evaluation_month, d->rulebook->self_evaluation_day)},
        {"number",            d->event->result_published->number                                       },
        {"published_on", day_text(d,on)},
        {NULL,            NULL                                       },
    };
    message_to_roles(d, ROLE(enterprise), AWARD__TEMPLATE__NAME__result, c, facts);
}

// F-honour-1, decision 5, decision 22
static bool case_honour(struct deciding *d, Award__Case *c, int32_t on)
{
    assert(c->has_candidate_for);
    c->honour = NEW(d, Award__Case__Honoured, award__case__honoured);
    SET(c->honour, kind, c->candidate_for);
    c->honour->from = day_make(d, on);
    if (!case_move(d, c, GUARD_NONE)) {
        return false;
    }
    if (c->candidate_for == AWARD__HONOUR__KIND__award) {
        bar_add(d, c->enterprise, "12(3)", on, d->rulebook->laureate_bar_years, c->case_);
    }
    experience_open(d, c, on);
    self_evaluation_year_plan(d, c, day_to_civil(on).year + 1);
    incidents_of_honour(d, c);
    result_tell(d, c, on);
    return true;
}

bool decide_result_published(struct deciding *d)
{
    const Award__ResultPublished *e = d->event->result_published;
    Award__Cycle *cycle = cycle_named(d, e->cycle);
    int32_t on = 0;
    if (cycle == NULL || !publication_check(d, cycle, &on)) {
        return false;
    }
    cycle->published_on = day_make(d, on);
    cycle->published_number = e->number;
    cycle_put(d, cycle, "16(9)");
    struct case_walk walk = case_walk_begin(d, cycle, STAGE(signed));
    Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        if (!case_honour(d, c, on)) {
            return false;
        }
    }
    return true;
}
