// application - an enterprise applies on paper and electronically (16(2), decisions 20 and 21)
//
// Both receipts make the application; the later one is its day. One alone waits for the other: an
// event of its own completes and settles it. What comes in time is decided: a case `applied`, or a
// case `refused` with every condition that fails. What is not admitted makes no case.
#include "rules/conditions.h"
#include "rules/credit_code.h"
#include "rules/decide.h"
#include "rules/late_entry.h"
#include "rules/materials.h"
#include "rules/refusal.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

static const char waits_for_paper[] = "paper_receipt";
static const char waits_for_form[] = "application";

// One application while it is decided.
struct application {
    Award__Cycle *cycle;
    Award__Enterprise *enterprise;
    const char *subject; // "cycle/enterprise", of what waits
    const Award__ApplicationSubmitted *form;
    int64_t electronic_ms;
    int64_t paper_ms;
    uint32_t ordinal; // of the case that it becomes
};

// ---- Admission: what fails here makes no case

static bool subject_load(struct deciding *d, const char *cycle, const char *enterprise,
                         struct application *application)
{
    application->cycle = cycle_get(d, cycle);
    if (application->cycle == NULL) {
        return reject(d, "no_such_cycle", "order",
                      say(d, "没有评选 %s；用 awardctl cycle list 查看。", cycle),
                      say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
    }
    application->enterprise = enterprise_get(d, enterprise);
    if (application->enterprise == NULL) {
        return reject(
            d, "no_such_enterprise", "order",
            say(d, "企业 %s 尚未登记；请先登记再申报。", enterprise),
            say(d, "Enterprise %s is not registered; register it, then apply.", enterprise));
    }
    application->subject = say(d, "%s/%s", cycle, enterprise);
    concerns(d, enterprise);
    return true;
}

// Decision 21: after a refusal it may apply again until closing, as a new case.
// F-admit-1, decision 14, decision 21
static bool open_case_check(struct deciding *d, struct application *application)
{
    const uint32_t over = STAGE(refused) | STAGE(ineligible) | STAGE(withdrawn);
    assert(application->enterprise != NULL);
    application->ordinal = 1;
    for (size_t i = 0; i < application->enterprise->n_cases; i++) {
        const Award__Case *c = case_get(d, application->enterprise->cases[i]);
        if (c == NULL || strcmp(c->cycle, application->cycle->cycle) != 0) {
            continue;
        }
        if (!stage_in(c->stage, over)) {
            return reject(d, "case_exists", "16(2)",
                          say(d, "企业在本次评选中已有案件 %s（%s），不能重复申报。", c->case_,
                              stage_zh(c->stage)),
                          say(d,
                              "The enterprise has case %s (%s) in this cycle; it cannot apply "
                              "twice.",
                              c->case_, stage_name(c->stage)));
        }
        application->ordinal++;
    }
    return true;
}

// F-admit-1, F-closing-1, decision 15, decision 21
static bool in_time_check(struct deciding *d, const struct application *application,
                          int64_t receipt_ms, const char *field)
{
    int64_t closing_ms = application->cycle->opened->closing->ms;
    if (receipt_ms <= closing_ms) {
        return true;
    }
    return reject(d, "received_late", "16(2)",
                  say(d, "%s 为 %s，晚于截止时刻 %s；不予受理，可申报下一届。", field,
                      moment_text(d, receipt_ms), moment_text(d, closing_ms)),
                  say(d,
                      "%s is %s, after closing at %s; it is not admitted, the next cycle is "
                      "open to it.",
                      field, moment_text(d, receipt_ms), moment_text(d, closing_ms)));
}

static bool receipt_check(struct deciding *d, const struct application *application,
                          int64_t receipt_ms, const char *field)
{
    return late_entry_moment(d, d->rulebook, receipt_ms, field) &&
           in_time_check(d, application, receipt_ms, field);
}

// ---- What waits

static Award__Pending *pending_get(struct deciding *d, const char *waits_for, const char *subject)
{
    return (Award__Pending *)record_get(d, AWARD__CHANGE__RECORD_PENDING, waits_for, subject);
}

static bool pending_begin(struct deciding *d, const char *waits_for, const char *subject)
{
    if (pending_get(d, waits_for, subject) != NULL) {
        return reject(d, "already_waiting", "order",
                      say(d, "%s 已有一份在等待另一种形式的材料，无需重复提交。", subject),
                      say(d,
                          "One for %s waits for its other receipt already; do not send it "
                          "twice.",
                          subject));
    }
    Award__Pending *pending = NEW(d, Award__Pending, award__pending);
    pending->event = (Award__Event *)codec_copy(&d->event->base, d->arena);
    pending->waits_for = arena_string(d->arena, waits_for);
    pending->subject = arena_string(d->arena, subject);
    pending->recorded = moment_make(d, d->now_ms);
    record_put(d, AWARD__CHANGE__RECORD_PENDING, &pending->base, "16(2)");
    outcome_set(d, AWARD__OUTCOME__NAME__pending);
    return true;
}

// F-closing-2, decision 21
static void pending_settle(struct deciding *d, const Award__Pending *pending)
{
    Award__EventName *name = NEW(d, Award__EventName, award__event_name);
    name->principal = pending->event->principal;
    name->id = pending->event->id;
    d->decision->settles = name;
    record_remove(d, "16(2)", AWARD__CHANGE__RECORD_PENDING, pending->waits_for, pending->subject);
}

// ---- The case

static Award__Case *case_make(struct deciding *d, const struct application *application)
{
    int64_t later = application->electronic_ms > application->paper_ms ? application->electronic_ms
                                                                       : application->paper_ms;
    Award__Case *c = NEW(d, Award__Case, award__case);
    c->case_ = say(d, "%s/%s/%u", application->cycle->cycle, application->enterprise->enterprise,
                   application->ordinal);
    c->cycle = application->cycle->cycle;
    c->enterprise = application->enterprise->enterprise;
    c->applied_on = day_make(d, day_of_moment(later));
    c->electronic_receipt = moment_make(d, application->electronic_ms);
    c->paper_receipt = moment_make(d, application->paper_ms);
    c->n_materials = application->form->n_materials;
    c->materials = application->form->materials;
    return c;
}

// The first step of a case's life cycle: the row that starts from no stage.
// F-closing-2
static void case_begin(struct deciding *d, Award__Case *c, enum guard guard)
{
    const struct life_cycle_row *row = life_cycle_find(0, d->event->body_case, guard);
    assert(row != NULL && row->next > 0);
    SET(c, stage, (Award__Stage__Name)row->next);
    c->stage_since = day_make(d, d->today);
    c->begun = moment_make(d, d->now_ms);
    c->stage_article = arena_string(d->arena, row->article);
    d->decision->article = arena_string(d->arena, row->article);
    d->decision->case_ = c->case_;
    case_put(d, c, row->article);
}

static void case_enter(struct deciding *d, const struct application *application,
                       const Award__Case *c)
{
    LIST_ADD(d, application->enterprise, cases, c->case_);
    LIST_ADD(d, application->cycle, cases, c->case_);
    enterprise_put(d, application->enterprise, "16(2)");
    cycle_put(d, application->cycle, "16(2)");
}

// F-registration-1
static void first_registration_warn(struct deciding *d, const Award__Enterprise *enterprise)
{
    const char *code = enterprise->enterprise;
    if (credit_code_valid(code) && credit_code_province_differs(code, enterprise->region)) {
        (void)reason_add(
            d, "first_registered_elsewhere", "2",
            say(d, "代码 %s 首次登记的省份与注册地 %s 不同；请核对。", code, enterprise->region),
            say(d,
                "The code %s was first given in another province than %s; check "
                "it.",
                code, enterprise->region));
    }
}

// Both receipts are there and in time.
// F-admit-2, F-admit-4, decision 20; 16(2)
static bool application_decide(struct deciding *d, const struct application *application)
{
    Award__Case *c = case_make(d, application);
    size_t n_reasons = 0;
    Award__Reason **reasons = NULL;
    conditions_test(d, d->rulebook, application->enterprise, c->applied_on->number, &n_reasons,
                    &reasons);
    materials_test(d, d->rulebook, c->n_materials, c->materials, &n_reasons, &reasons);
    case_enter(d, application, c);
    if (n_reasons == 0) {
        first_registration_warn(d, application->enterprise);
        case_begin(d, c, GUARD_CONDITIONS_HOLD);
        return true;
    }
    reasons_keep(d, c, n_reasons, reasons);
    case_begin(d, c, GUARD_CONDITION_FAILS);
    d->decision->article = reasons[0]->article;
    outcome_set(d, AWARD__OUTCOME__NAME__refused);
    refusal_tell(d, AWARD__TEMPLATE__NAME__application_refused, c);
    return true;
}

// ---- The two events

// F-closing-2
static bool stated_receipts_check(struct deciding *d, const Award__ApplicationSubmitted *e)
{
    bool stated = e->electronic_receipt != NULL || e->paper_receipt != NULL;
    if (!stated || d->sender->role == AWARD__ROLE__NAME__office) {
        return true;
    }
    return reject(d, "not_authorised", "authority", "收件时刻只能由办公室填写；请去掉后重新提交。",
                  "Only the office states receipts; leave them out and send it again.");
}

static bool application_admit(struct deciding *d, const Award__ApplicationSubmitted *e,
                              struct application *application)
{
    if (!stated_receipts_check(d, e) || !subject_load(d, e->cycle, e->enterprise, application) ||
        !open_case_check(d, application)) {
        return false;
    }
    application->form = e;
    application->electronic_ms =
        e->electronic_receipt != NULL ? e->electronic_receipt->ms : d->now_ms;
    return receipt_check(d, application, application->electronic_ms, "electronic_receipt") &&
           materials_form_check(d, e->n_materials, e->materials);
}

bool decide_application_submitted(struct deciding *d)
{
    const Award__ApplicationSubmitted *e = d->event->application_submitted;
    struct application application = {0};
    if (!application_admit(d, e, &application)) {
        return false;
    }
    const Award__Pending *paper = pending_get(d, waits_for_form, application.subject);
    if (e->paper_receipt != NULL) {
        application.paper_ms = e->paper_receipt->ms;
        if (!receipt_check(d, &application, application.paper_ms, "paper_receipt")) {
            return false;
        }
    } else if (paper != NULL) {
        application.paper_ms = paper->event->paper_received->received->ms;
    } else {
        return pending_begin(d, waits_for_paper, application.subject);
    }
    if (paper != NULL) {
        pending_settle(d, paper);
    }
    return application_decide(d, &application);
}

bool decide_paper_received(struct deciding *d)
{
    const Award__PaperReceived *e = d->event->paper_received;
    struct application application = {.paper_ms = e->received->ms};
    if (!subject_load(d, e->cycle, e->enterprise, &application) ||
        !open_case_check(d, &application) ||
        !receipt_check(d, &application, application.paper_ms, "received")) {
        return false;
    }
    const Award__Pending *form = pending_get(d, waits_for_paper, application.subject);
    if (form == NULL) {
        return pending_begin(d, waits_for_form, application.subject);
    }
    application.form = form->event->application_submitted;
    const Award__Moment *electronic = application.form->electronic_receipt;
    application.electronic_ms = electronic != NULL ? electronic->ms : form->recorded->ms;
    pending_settle(d, form);
    return application_decide(d, &application);
}
