// earlier - what an enterprise won, lost or did before this system: "as if it had happened here"
//
// A violation bars by 12(2). An honour bars by 12(3) and is a case of its own at stage `honoured`,
// in a cycle that is closed and has nothing but its honours: incidents, self-evaluations, reports,
// a revocation and the register take it as any other (17-20). A revocation bars by 12(4), ends the
// honour and closes its case; whichever of the two is recorded first makes the case. No duty is
// invented whose day had passed when the honour was recorded: nobody noted then whether it was met
// (docs/decisions/020-honours-from-before.md).
#include "rules/bars.h"
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/incident_effects.h"
#include "rules/laureate.h"
#include "rules/notes.h"
#include "rules/rulebook_choice.h"
#include "rules/serials.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

static const char source[] = "earlier";

// ---- The cycle

// As the office names it, or after the day.
static const char *cycle_name(struct deciding *d, int32_t on)
{
    const char *named = d->event->earlier_record->cycle;
    return !text_blank(named) ? named : say(d, "%s-%s", source, day_text(d, on));
}

static bool cycle_check(struct deciding *d, const char *name, int32_t published_on)
{
    const Award__Cycle *cycle = cycle_look(d, name);
    if (cycle != NULL && !cycle->earlier) {
        return reject(d, "cycle_of_this_system", "order",
                      say(d, "年度 %s 在本系统内评选，其奖项由本系统登记；请改用另一名称。", name),
                      say(d,
                          "Cycle %s is one of this system, which records its honours itself; use "
                          "another name.",
                          name));
    }
    if (cycle == NULL || published_on == 0 || cycle->published_on == NULL ||
        cycle->published_on->number == published_on) {
        return true;
    }
    return reject(d, "earlier_differs", "order",
                  say(d, "年度 %s 的公布日期已登记为 %s，而不是 %s；请核对日期或年度。", name,
                      day_text(d, cycle->published_on->number), day_text(d, published_on)),
                  say(d, "Cycle %s is on record as published on %s, not %s; check day and cycle.",
                      name, day_text(d, cycle->published_on->number), day_text(d, published_on)));
}

static void cycle_enter(struct deciding *d, const Award__Case *c, int32_t published_on, int32_t on)
{
    Award__Cycle *cycle = cycle_get(d, c->cycle);
    if (cycle == NULL) {
        cycle = NEW(d, Award__Cycle, award__cycle);
        cycle->cycle = c->cycle;
        cycle->rulebook = arena_string(d->arena, d->rulebook->digest);
        cycle->opened_on = day_make(d, on);
        SET(cycle, closed, true);
        SET(cycle, earlier, true);
    }
    if (published_on != 0 && cycle->published_on == NULL) {
        cycle->published_on = day_make(d, published_on);
    }
    if (!list_has(cycle->n_cases, cycle->cases, c->case_)) {
        LIST_ADD(d, cycle, cases, c->case_);
    }
    cycle_put(d, cycle, d->row->article);
    concerns(d, c->cycle);
}

// ---- The case

static Award__Case *case_begin(struct deciding *d, Award__Honour__Kind kind, int32_t on)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    Award__Case *c = NEW(d, Award__Case, award__case);
    c->cycle = arena_string(d->arena, cycle_name(d, on));
    c->case_ = say(d, "%s/%s/1", c->cycle, e->enterprise);
    c->enterprise = e->enterprise;
    c->stage = 0; // it comes from nowhere
    SET(c, candidate_for, kind);
    c->honour = NEW(d, Award__Case__Honoured, award__case__honoured);
    SET(c->honour, kind, kind);
    c->earlier = moment_make(d, d->now_ms);
    Award__Enterprise *enterprise = enterprise_get(d, e->enterprise);
    assert(enterprise != NULL);
    LIST_ADD(d, enterprise, cases, c->case_);
    enterprise_put(d, enterprise, d->row->article);
    return c;
}

// Whether this case can be the one that the record is about.
typedef bool case_fits(const Award__Case *c, int32_t on);

// A revocation on the day of publication is one of an honour that never stood.
static bool lacks_publication(const Award__Case *c, int32_t on)
{
    return c->honour->from == NULL && on - 1 <= c->honour->until->number;
}

static bool stands_on(const Award__Case *c, int32_t on)
{
    return c->honour->until == NULL && on >= c->honour->from->number;
}

static bool revoked_on(const Award__Case *c, int32_t on)
{
    return c->honour->until != NULL && c->honour->until->number == on - 1;
}

// The case in the cycle that the record names. Where it names none, the enterprise's latest of the
// kind that fits. NULL where there is none.
static Award__Case *case_find(struct deciding *d, Award__Honour__Kind kind, int32_t on,
                              case_fits *fits)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    if (!text_blank(e->cycle)) {
        return case_get(d, say(d, "%s/%s/1", e->cycle, e->enterprise));
    }
    const Award__Enterprise *enterprise = enterprise_get(d, e->enterprise);
    Award__Case *found = NULL;
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_cases; i++) {
        Award__Case *c = case_get(d, enterprise->cases[i]);
        if (c == NULL || c->earlier == NULL || c->honour->kind != kind || !fits(c, on)) {
            continue;
        }
        bool later =
            found == NULL || found->honour->from == NULL ||
            (c->honour->from != NULL && c->honour->from->number > found->honour->from->number);
        found = later ? c : found;
    }
    return found;
}

static bool differs(struct deciding *d, const Award__Case *c, const char *zh, const char *en)
{
    return reject(d, "earlier_differs", "order",
                  say(d, "案件 %s 已有既往记录，其%s与此不同；请核对，若属另一奖项请写明年度。",
                      c->case_, zh),
                  say(d,
                      "Case %s is on record with another %s; check it, or name the cycle of "
                      "another honour.",
                      c->case_, en));
}

// ---- What was handed over

static bool number_check(struct deciding *d, const Award__Case *c, Award__Serial__Kind kind,
                         const char *number, const char *known)
{
    bool medal = kind == AWARD__SERIAL__KIND__medal;
    if (text_blank(number)) {
        return true;
    }
    if (!serial_sound(number)) {
        return reject(d, "bad_identifier", "form",
                      say(d, "%s编号不应含空白或过长；请核对。", medal ? "奖章" : "证书"),
                      say(d, "The number of the %s must be short and without blanks; check it.",
                          medal ? "medal" : "certificate"));
    }
    if (known != NULL && strcmp(known, number) != 0) {
        return differs(d, c, medal ? "奖章编号" : "证书编号", medal ? "medal" : "certificate");
    }
    const Award__Serial *used = serial_used(d, kind, number);
    if (used == NULL || strcmp(used->case_, c->case_) == 0) {
        return true;
    }
    return reject(
        d, "number_used", "16(10)",
        say(d, "%s编号 %s 已用于案件 %s；请核对。", medal ? "奖章" : "证书", number, used->case_),
        say(d, "The number %s of a %s belongs to case %s; check it.", number,
            medal ? "medal" : "certificate", used->case_));
}

static bool numbers_check(struct deciding *d, const Award__Case *c)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    return number_check(d, c, AWARD__SERIAL__KIND__medal, e->medal, c->honour->medal) &&
           number_check(d, c, AWARD__SERIAL__KIND__certificate, e->certificate,
                        c->honour->certificate);
}

// Returns whether the case has a number now that it had not.
static bool numbers_enter(struct deciding *d, Award__Case *c)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    bool medal = !text_blank(e->medal) && c->honour->medal == NULL;
    bool certificate = !text_blank(e->certificate) && c->honour->certificate == NULL;
    if (medal) {
        serial_take(d, c, AWARD__SERIAL__KIND__medal, e->medal);
        c->honour->medal = e->medal;
    }
    if (certificate) {
        serial_take(d, c, AWARD__SERIAL__KIND__certificate, e->certificate);
        c->honour->certificate = e->certificate;
    }
    return medal || certificate;
}

// ---- An honour

static bool honour_agrees(struct deciding *d, const Award__Case *c, Award__Honour__Kind kind,
                          int32_t on)
{
    if (c->honour->kind != kind) {
        return differs(d, c, "奖项", "honour");
    }
    if (c->honour->from != NULL && c->honour->from->number != on) {
        return differs(d, c, "公布日期", "day of publication");
    }
    if (c->honour->until != NULL && c->honour->until->number < on - 1) {
        return differs(d, c, "撤销日期（早于公布）", "day of revocation, before the publication");
    }
    return true;
}

// What is still to come; of what had passed nothing.
static void duties_begin(struct deciding *d, Award__Case *c, int32_t on)
{
    if (c->honour->until == NULL) {
        int32_t first = day_to_civil(on).year + 1;
        int32_t current = day_to_civil(d->today).year;
        if (experience_last(d->rulebook, on) >= d->today) {
            experience_open(d, c, on);
        }
        if (first > current) {
            self_evaluation_year_plan(d, c, first);
        } else {
            self_evaluation_open(d, c, current);
        }
    }
    incidents_of_honour(d, c);
}

// decision 5, F-record-4
static bool honour_enter(struct deciding *d, int32_t on)
{
    const Award__Honour__Kind kind = d->event->earlier_record->honour;
    Award__Case *c = case_find(d, kind, on, lacks_publication);
    if (c == NULL) {
        c = case_get(d, say(d, "%s/%s/1", cycle_name(d, on), d->event->earlier_record->enterprise));
    }
    int32_t stated_on = text_blank(d->event->earlier_record->cycle) ? 0 : on;
    if (!cycle_check(d, c != NULL ? c->cycle : cycle_name(d, on), stated_on) ||
        (c != NULL && !honour_agrees(d, c, kind, on))) {
        return false;
    }
    c = c != NULL ? c : case_begin(d, kind, on);
    if (!numbers_check(d, c)) {
        return false;
    }
    bool known = c->honour->from != NULL;
    if (!known) {
        c->earlier = moment_make(d, d->now_ms); // its revocation may have made the case
    }
    c->honour->from = day_make(d, on);
    (void)numbers_enter(d, c);
    cycle_enter(d, c, on, on);
    if (!case_move(d, c, GUARD_NONE)) {
        return false;
    }
    if (kind == AWARD__HONOUR__KIND__award) { // decision 5: a nomination bars nothing
        bar_add(d, c->enterprise, "12(3)", on, d->rulebook->laureate_bar_years, source);
    }
    if (!known) {
        duties_begin(d, c, on);
    }
    d->decision->case_ = c->case_;
    return true;
}

// ---- Its revocation

static bool revocation_agrees(struct deciding *d, const Award__Case *c, Award__Honour__Kind kind,
                              int32_t on)
{
    if (c->honour->kind != kind) {
        return differs(d, c, "奖项", "honour");
    }
    if (c->honour->until != NULL && !revoked_on(c, on)) {
        return differs(d, c, "撤销日期", "day of revocation");
    }
    if (c->honour->from != NULL && c->honour->from->number > on) {
        return differs(d, c, "公布日期（晚于撤销）", "day of publication, after the revocation");
    }
    return true;
}

static void revocation_put_closed(struct deciding *d, Award__Case *c, int32_t on)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    Award__Revocation *revocation = NEW(d, Award__Revocation, award__revocation);
    revocation->revocation = say(d, "%s/%s", c->case_, source);
    revocation->case_ = c->case_;
    if (e->has_ground) {
        SET(revocation, ground, e->ground);
    }
    revocation->facts = e->proof;
    SET(revocation, step, AWARD__REVOCATION__STEP__closed);
    revocation->decided_on = day_make(d, on);
    revocation->opened_by = arena_string(d->arena, d->event->principal);
    revocation_put(d, revocation, e->has_ground ? ground_article(e->ground) : "20");
    c->revocation = revocation->revocation;
}

static Award__Case *revocation_case(struct deciding *d, Award__Honour__Kind kind, int32_t on)
{
    Award__Case *c = case_find(d, kind, on, revoked_on); // the same again
    return c != NULL ? c : case_find(d, kind, on, stands_on);
}

// 21s1
static bool revocation_enter(struct deciding *d, int32_t on)
{
    const Award__Honour__Kind kind = d->event->earlier_record->revocation;
    Award__Case *c = revocation_case(d, kind, on);
    if (!cycle_check(d, c != NULL ? c->cycle : cycle_name(d, on), 0) ||
        (c != NULL && !revocation_agrees(d, c, kind, on))) {
        return false;
    }
    c = c != NULL ? c : case_begin(d, kind, on);
    if (!numbers_check(d, c)) {
        return false;
    }
    bool numbered = numbers_enter(d, c);
    if (c->honour->until == NULL) {
        c->honour->until = day_make(d, on - 1);
        revocation_put_closed(d, c, on);
        cycle_enter(d, c, 0, on);
        if (!case_move(d, c, GUARD_YES)) {
            return false;
        }
        if (c->honour->from != NULL) {
            duties_end(d, c, on);
        }
    } else if (numbered) {
        case_put(d, c, "20"); // it was on record already, without the number
    }
    if (kind == AWARD__HONOUR__KIND__award) { // 21 names the award only
        bar_add(d, c->enterprise, "12(4)", on, d->rulebook->revocation_bar_years, source);
    }
    d->decision->case_ = c->case_;
    return true;
}

// ---- Together

static bool what_enter(struct deciding *d, int32_t on)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    switch ((int)e->what_case) {
    case AWARD__EARLIER_RECORD__WHAT_HONOUR:
        return honour_enter(d, on);
    case AWARD__EARLIER_RECORD__WHAT_REVOCATION:
        return revocation_enter(d, on);
    default:
        if (violation_bars(e->violation)) {
            bar_add(d, e->enterprise, "12(2)", on, d->rulebook->violation_bar_years, source);
        }
        return true;
    }
}

bool decide_earlier_record(struct deciding *d)
{
    const Award__EarlierRecord *e = d->event->earlier_record;
    if (e->what_case == AWARD__EARLIER_RECORD__WHAT__NOT_SET) {
        return reject(d, "field_missing", "form", "请写明 honour、violation、revocation 三者之一。",
                      "Name one of honour, violation and revocation.");
    }
    if (enterprise_get(d, e->enterprise) == NULL) {
        return reject(d, "no_such_enterprise", "order",
                      say(d, "企业 %s 尚未登记；请先登记，或核对信用代码。", e->enterprise),
                      say(d, "Enterprise %s is not registered; register it, or check the code.",
                          e->enterprise));
    }
    if (d->rulebook == NULL) {
        d->rulebook = rulebook_in_force(d);
    }
    int32_t on;
    if (d->rulebook == NULL) {
        return no_rulebook(d);
    }
    if (!stated_day(d, e->on, "on", &on) || !what_enter(d, on)) {
        return false;
    }
    note_put(d, e->enterprise, e->proof, on);
    return true;
}
