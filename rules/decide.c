// decide - the way that every event takes through the rules
//
// Row of the table, role, form, subject and scope, version, countersignature, stage, then the
// event's own function. The first that says no ends it.
#include "rules/decide.h"

#include "common/limits.h"
#include "common/time.h"
#include "rules/form.h"
#include "rules/lineage.h"
#include "rules/setup.h"

#include <assert.h>
#include <string.h>

static bool role_check(struct deciding *d)
{
    if ((d->row->from >> (unsigned)d->sender->role & 1U) != 0) {
        return true;
    }
    return reject(
        d, "not_authorised", "authority",
        say(d, "%s（%s）无权提交“%s”。", d->sender->name, role_zh(d->sender->role), d->row->zh),
        say(d, "%s (%s) may not send %s.", d->sender->name, role_name(d->sender->role),
            event_name(d->event->body_case)));
}

// The case in the field `case`, or that of the revocation which the event names instead.
static const char *case_named(struct deciding *d)
{
    const char *name = form_text(d->body, "case");
    const char *revocation_name = form_text(d->body, "revocation");
    if (!text_blank(name) || text_blank(revocation_name)) {
        return name;
    }
    const Award__Revocation *revocation = revocation_get(d, revocation_name);
    return revocation != NULL ? revocation->case_ : NULL;
}

static bool case_load(struct deciding *d)
{
    const char *name = case_named(d);
    if (text_blank(name)) {
        return true;
    }
    d->c = case_get(d, name);
    if (d->c == NULL) {
        return reject(d, "no_such_case", "order",
                      say(d, "没有案件 %s；用 awardctl case list 查看案件编号。", name),
                      say(d, "There is no case %s; awardctl case list shows them.", name));
    }
    concerns(d, name);
    SET(d->decision, outcome, AWARD__OUTCOME__NAME__accepted);
    d->decision->case_ = d->c->case_;
    return true;
}

static void rulebook_load(struct deciding *d)
{
    const char *cycle = d->c != NULL ? d->c->cycle : form_text(d->body, "cycle");
    if (!text_blank(cycle)) {
        d->rulebook = rulebook_of_cycle(d, cycle);
        concerns(d, cycle);
    }
}

// Decision 27: honours carry over, so that a successor may do what 17 to 19 ask of the laureate.
static bool carries_honour(struct deciding *d, const char *scope)
{
    bool duty = d->event->body_case == AWARD__EVENT__BODY_EXPERIENCE_SHARED ||
                d->event->body_case == AWARD__EVENT__BODY_SELF_EVALUATION_SUBMITTED ||
                d->event->body_case == AWARD__EVENT__BODY_INCIDENT_REPORTED_BY_LAUREATE;
    return duty && d->c != NULL && d->c->honour != NULL &&
           lineage_succeeds(d, scope, d->c->enterprise);
}

// 10: a district bureau acts for the enterprises of its own district; an enterprise for itself.
static bool scope_check(struct deciding *d)
{
    Award__Role__Name role = d->sender->role;
    if (role != AWARD__ROLE__NAME__district_bureau && role != AWARD__ROLE__NAME__enterprise) {
        return true;
    }
    const char *code = d->c != NULL ? d->c->enterprise : form_text(d->body, "enterprise");
    if (text_blank(code)) {
        return true;
    }
    const char *scope = d->sender->scope != NULL ? d->sender->scope : "";
    bool own;
    if (role == AWARD__ROLE__NAME__enterprise) {
        own = strcmp(code, scope) == 0 || carries_honour(d, scope);
    } else {
        const Award__Enterprise *enterprise = enterprise_get(d, code);
        const char *district =
            enterprise != NULL ? enterprise->district : form_text(d->body, "district");
        own = district != NULL && strcmp(district, scope) == 0;
    }
    if (own) {
        return true;
    }
    const char *article = role == AWARD__ROLE__NAME__district_bureau ? "10" : "authority";
    return reject(d, "out_of_scope", article,
                  say(d, "%s 只能办理自己范围（%s）内的事项。", d->sender->name, scope),
                  say(d, "%s may act within its own scope (%s) only.", d->sender->name, scope));
}

// Of a cycle from before this system nothing is on record but its honours.
static bool cycle_check(struct deciding *d)
{
    const char *name = form_text(d->body, "cycle");
    if (text_blank(name) || d->event->body_case == AWARD__EVENT__BODY_EARLIER_RECORD ||
        d->event->body_case == AWARD__EVENT__BODY_ACCOUNTABILITY_RECORDED) {
        return true;
    }
    const Award__Cycle *cycle = cycle_look(d, name);
    if (cycle == NULL || !cycle->earlier) {
        return true;
    }
    return reject(
        d, "earlier_cycle", "order",
        say(d, "年度 %s 在本系统启用前已经结束，只登记其奖项；补登请用“既往记录”。", name),
        say(d,
            "Cycle %s ended before this system; nothing but its honours is on record. "
            "Use earlier_record for what is missing.",
            name));
}

static bool version_check(struct deciding *d)
{
    if (!d->event->has_expected_version || d->c == NULL ||
        d->event->expected_version == d->c->version) {
        return true;
    }
    return reject(
        d, "version_conflict", "order",
        say(d, "案件 %s 已是第 %llu 版，您看到的是第 %llu 版；请查看变化后再提交。", d->c->case_,
            (unsigned long long)d->c->version, (unsigned long long)d->event->expected_version),
        say(d, "Case %s is at version %llu, you saw %llu; look at what changed first.", d->c->case_,
            (unsigned long long)d->c->version, (unsigned long long)d->event->expected_version));
}

// Everything about the event that does not depend on whether it was countersigned.
static bool admission_check(struct deciding *d)
{
    return role_check(d) && form_check(d) && case_load(d) && scope_check(d) && cycle_check(d) &&
           version_check(d) && (d->c == NULL || case_may(d, d->c));
}

static void event_take(struct deciding *d, const Award__Event *event,
                       const Award__Principal *sender)
{
    d->event = event;
    d->sender = sender;
    d->row = event_row(event->body_case);
    d->body = (const ProtobufCMessage *)event->database_created; // any member: all are pointers
    assert(d->c == NULL && d->rulebook == NULL);                 // a countersignature names no case
    d->decision->article = arena_string(d->arena, d->row->article);
}

bool decide_instead(struct deciding *d, const Award__Event *event, const Award__Principal *sender)
{
    event_take(d, event, sender);
    if (!admission_check(d)) {
        return false;
    }
    assert(d->c == NULL && text_blank(form_text(d->body, "cycle"))); // so there is no rulebook
    return d->row->decide(d);
}

// What can be tested of an event before it waits. Others than corrections may rest on what waits,
// too (a key on its principal's enrolment): they are tested when they are signed.
static bool proposal_check(struct deciding *d)
{
    return d->event->body_case != AWARD__EVENT__BODY_CORRECTION || correction_check(d);
}

// Two persons are needed: the event is on record without effect until the second has signed.
static void wait_for_countersignature(struct deciding *d)
{
    Award__Pending *pending = NEW(d, Award__Pending, award__pending);
    pending->event = (Award__Event *)codec_copy(&d->event->base, d->arena);
    pending->waits_for = arena_string(d->arena, "countersignature");
    pending->subject = say(d, "%s/%s", d->event->principal, d->event->id);
    pending->recorded = moment_make(d, d->now_ms);
    record_put(d, AWARD__CHANGE__RECORD_PENDING, &pending->base, d->row->article);
    outcome_set(d, AWARD__OUTCOME__NAME__pending);
}

// A change of a principal that widens neither role nor scope needs no second person.
static bool countersign_needed(struct deciding *d)
{
    bool change = d->event->body_case == AWARD__EVENT__BODY_PRINCIPAL_CHANGED;
    return d->row->countersign != 0 &&
           (!change || principal_change_widens(d, d->event->principal_changed));
}

static void event_decide(struct deciding *d)
{
    event_take(d, d->in->event, d->in->sender);
    if (!admission_check(d)) {
        return;
    }
    rulebook_load(d);
    if (d->damaged) {
        return; // nothing is decided without the cycle or its rulebook
    }
    if (countersign_needed(d)) {
        if (proposal_check(d)) {
            wait_for_countersignature(d);
        }
        return;
    }
    bool admitted = d->row->decide(d);
    assert(admitted == (d->decision->outcome != AWARD__OUTCOME__NAME__rejected) || d->damaged);
    (void)admitted;
}

Award__Decision *rules_decide(const struct rules_input *input, struct arena *arena)
{
    assert(input->event->principal != NULL && input->event->id != NULL);
    struct deciding d = {
        .in = input,
        .arena = arena,
        .event = input->event,
        .sender = input->sender,
        .now_ms = input->now_ms,
        .today = day_of_moment(input->now_ms),
        .decision = (Award__Decision *)message_new(arena, &award__decision__descriptor),
    };
    outcome_set(&d, AWARD__OUTCOME__NAME__accepted);
    if (event_row(input->event->body_case) == NULL) {
        (void)reject(&d, "unknown_event", "form",
                     "事件缺少内容，或类型未知；请升级客户端或核对字段。",
                     "The event has no body, or an unknown one; check it, or update the sender.");
        return d.decision;
    }
    event_decide(&d);
    if (d.damaged) {
        (void)reject(&d, "record_damaged", "policy",
                     "相关记录损坏，已搁置；请管理员运行 awardd verify。",
                     "A record that this needs is damaged and set aside; run awardd verify.");
    }
    assert(d.decision->outcome != AWARD__OUTCOME__NAME__rejected || d.decision->n_changes == 0);
    return d.decision;
}
