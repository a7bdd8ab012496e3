// exposed_days - what lies between the two ends of a period that is counted otherwise
//
// Of most acts the day alone is on record, so that close of business is asked of receipts only,
// whose moment is.
#include "rules/exposing.h"

#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/selecting.h"

#define EVENT(name) AWARD__EVENT__BODY_##name

// ---- Publicity

static int32_t publicity_last_other(struct exposing *x, uint32_t number, int32_t last)
{
    const Award__Deadline *deadline =
        deadline_get(x->d, deadline_id(x->d, x->cycle->cycle,
                                       AWARD__DEADLINE_KIND__NAME__publicity_end, number));
    return deadline != NULL ? reading_last(x->d, deadline, x->name) : last;
}

// Decided by a meeting that the other reading would have found too early.
// decision 2; 16(7).4
void exposed_by_meeting(struct exposing *x, const Award__Case *c)
{
    const Award__DeliberationHeld *meeting = exposed_meeting(x, c);
    if (meeting == NULL || !publicity_first(x->rulebook) || x->cycle->n_publicities == 0) {
        return;
    }
    int32_t last = publicity_last(x->d, x->cycle, 1);
    int32_t other = publicity_last_other(x, 1, last);
    if (meeting->on->number <= last || meeting->on->number > other) {
        return;
    }
    static const struct exposed_words valid = {"公示期满后审议", "deliberated after the publicity"};
    const struct exposed_words early = {
        say(x->d, "审议过早：公示至 %s", day_text(x->d, other)),
        say(x->d, "deliberated too early: publicity until %s", day_text(x->d, other)),
    };
    exposed_act(exposed_add(x, valid, early), EVENT(DELIBERATION_HELD), meeting->meeting,
                meeting->on->number);
}

// What a complaint would have done to the case as an objection; zh is NULL where nothing.
static struct exposed_words complaint_spared(struct exposing *x, const Award__Objection *objection,
                                             const Award__Case *c)
{
    const struct exposed_words nothing = {NULL, NULL};
    const Award__DeliberationHeld *meeting = exposed_meeting(x, c);
    bool decided = objection->decided != NULL;
    bool founded =
        decided && objection->decided->finding == AWARD__OBJECTION_DECIDED__FINDING__founded;
    if (objection->linked || stage_in(c->stage, STAGE(not_recommended) | STAGE(not_approved))) {
        return nothing;
    }
    if (founded && meeting != NULL) {
        return (struct exposed_words){"异议：暂缓审议，属实即取消资格",
                                      "an objection: held, then disqualified as founded"};
    }
    if (!decided && stage_in(c->stage, STAGES_BEFORE_APPROVAL)) {
        return (struct exposed_words){"异议：处理前暂缓", "an objection: held until it is decided"};
    }
    bool meanwhile = meeting != NULL && publicity_first(x->rulebook) &&
                     meeting->on->number > objection->received->number &&
                     (!decided || objection->decided_on->number > meeting->on->number);
    return meanwhile ? (struct exposed_words){"异议：处理前不能审议",
                                              "an objection: not to be deliberated before it is "
                                              "decided"}
                     : nothing;
}

static void filing_add(struct exposing *x, const Award__Objection *objection,
                       struct exposed_words decided, struct exposed_words other)
{
    exposed_act(exposed_add(x, decided, other),
                objection->complaint ? EVENT(COMPLAINT_FILED) : EVENT(OBJECTION_FILED),
                objection->objection, objection->received->number);
}

// As a complaint an open objection would not hold the case. What was found to be true before the
// approval disqualifies in either reading (decision 10).
static void held_add(struct exposing *x, const Award__Objection *objection, const Award__Case *c)
{
    if (list_has(c->n_open_objections, c->open_objections, objection->objection)) {
        filing_add(x, objection, (struct exposed_words){"异议：暂缓，待处理", "an objection: held"},
                   (struct exposed_words){"投诉：不暂缓", "a complaint: not held"});
    }
}

// The publicity that the filing is measured against; 0 where the case stood in none.
static uint32_t publicity_of(const struct exposing *x, const Award__Case *c)
{
    if (!c->has_candidate_for || x->cycle->n_publicities == 0) {
        return 0;
    }
    if (c->has_publicity) {
        return c->publicity;
    }
    return publicity_first(x->rulebook) ? 1 : 0;
}

// An objection by the one reading, a complaint by the other. Where the end was moved after the
// filing the record does not tell what it was then: the class that it was given shows it.
// F-objection-1, F-objection-2, decision 2
void exposed_by_filing(struct exposing *x, const Award__Objection *objection, const Award__Case *c)
{
    uint32_t number = publicity_of(x, c);
    if (number == 0) {
        return;
    }
    int32_t received = objection->received->number;
    int32_t last = publicity_last(x->d, x->cycle, number);
    bool inside = received <= last;
    bool inside_other = received <= publicity_last_other(x, number, last);
    bool as_filed = inside == !objection->complaint;
    if (inside == inside_other || !as_filed) {
        return;
    }
    if (inside) {
        held_add(x, objection, c);
        return;
    }
    const struct exposed_words spared = complaint_spared(x, objection, c);
    if (spared.zh != NULL) {
        filing_add(x, objection,
                   (struct exposed_words){"投诉：不暂缓", "a complaint: holds nothing"}, spared);
    }
}

// Filed on the day of publication and still open.
// decision 10, F-objection-1
void exposed_by_first_day(struct exposing *x, const Award__Objection *objection,
                          const Award__Case *c)
{
    uint32_t number = publicity_of(x, c);
    if (number == 0 || x->rulebook->publicity.first_day_counted || objection->complaint) {
        return;
    }
    if (objection->received->number == x->cycle->publicities[number - 1]->from->number) {
        held_add(x, objection, c);
    }
}

// ---- Deadlines: in time or late

// The day that tells: when it was done, or today. False where it neither was nor can be late.
static bool deadline_day(const struct exposing *x, const Award__Deadline *deadline, int32_t *day)
{
    *day = deadline->done_on != NULL ? deadline->done_on->number : x->d->today;
    switch ((int)deadline->state) {
    case AWARD__DEADLINE__STATE__met:
    case AWARD__DEADLINE__STATE__met_late:
    case AWARD__DEADLINE__STATE__open:
    case AWARD__DEADLINE__STATE__overdue:
        return !deadline_suspended(deadline);
    default:
        return false;
    }
}

static struct exposed_words lateness(struct exposing *x, const Award__Deadline *deadline,
                                     int32_t day, int32_t last)
{
    bool done = deadline->done_on != NULL;
    bool late = day > last;
    const char *zh = done ? (late ? "逾期完成" : "按期完成") : (late ? "已逾期" : "未到期");
    const char *en = done ? (late ? "done late" : "done in time") : (late ? "overdue" : "open");
    return (struct exposed_words){
        say(x->d, "%s（末日 %s%s）", zh, day_text(x->d, last),
            deadline->provisional ? "，暂定" : ""),
        say(x->d, "%s (last day %s%s)", en, day_text(x->d, last),
            deadline->provisional ? ", provisional" : ""),
    };
}

static void deadline_look(struct exposing *x, const Award__Deadline *deadline,
                          Award__Event__BodyCase act)
{
    int32_t day;
    if (deadline == NULL || !deadline_day(x, deadline, &day)) {
        return;
    }
    int32_t last = deadline->last->number;
    int32_t other = reading_last(x->d, deadline, x->name);
    if ((day > last) == (day > other)) {
        return;
    }
    exposed_act(exposed_add(x, lateness(x, deadline, day, last), lateness(x, deadline, day, other)),
                deadline->done_on != NULL ? act : 0, deadline->deadline, day);
}

static void named_look(struct exposing *x, const char *subject, Award__DeadlineKind__Name kind,
                       uint32_t ordinal, Award__Event__BodyCase act)
{
    deadline_look(x, deadline_get(x->d, deadline_id(x->d, subject, kind, ordinal)), act);
}

// decision 3
void exposed_by_reports(struct exposing *x, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(x->d, c->enterprise);
    for (size_t i = 0; c->honour != NULL && enterprise != NULL && i < enterprise->n_incidents;
         i++) {
        named_look(x, say(x->d, "%s/%s", c->case_, enterprise->incidents[i]),
                   AWARD__DEADLINE_KIND__NAME__incident_report, 1,
                   EVENT(INCIDENT_REPORTED_BY_LAUREATE));
    }
}

// decision 22
void exposed_by_self_evaluations(struct exposing *x, const Award__Case *c)
{
    if (c->honour == NULL || c->honour->from == NULL) {
        return;
    }
    int32_t first = day_to_civil(c->honour->from->number).year + 1;
    for (int32_t year = first; year <= day_to_civil(x->d->today).year; year++) {
        named_look(x, c->case_, AWARD__DEADLINE_KIND__NAME__self_evaluation, (uint32_t)year,
                   EVENT(SELF_EVALUATION_SUBMITTED));
    }
}

void exposed_by_experience(struct exposing *x, const Award__Case *c)
{
    named_look(x, c->case_, AWARD__DEADLINE_KIND__NAME__experience, 1, EVENT(EXPERIENCE_SHARED));
}

void exposed_by_answer(struct exposing *x, const Award__Objection *objection, const Award__Case *c)
{
    (void)c;
    named_look(x, objection->objection, AWARD__DEADLINE_KIND__NAME__objection_answer, 1,
               EVENT(OBJECTION_DECIDED));
}

// ---- Closing

static void receipt_look(struct exposing *x, const Award__Moment *receipt, int64_t closed_ms,
                         Award__Event__BodyCase act, const char *subject)
{
    if (receipt == NULL || receipt->ms <= closed_ms) {
        return;
    }
    const struct exposed_words late = {
        say(x->d, "迟收：截止于 %s", moment_text(x->d, closed_ms)),
        say(x->d, "late: closed at %s", moment_text(x->d, closed_ms)),
    };
    struct exposed *exposed =
        exposed_add(x, (struct exposed_words){"按期收到", "received in time"}, late);
    exposed_act(exposed, act, subject, day_of_moment(receipt->ms));
    exposed->at_ms = receipt->ms;
}

// A closing that names a time of day is what it is.
// decision 15
void exposed_by_closing(struct exposing *x, const Award__Case *c)
{
    const Award__CycleOpened *opened = x->cycle->opened;
    if (opened == NULL || opened->closing == NULL || exposed_gone(c)) {
        return;
    }
    int32_t last = day_of_moment(opened->closing->ms);
    if (opened->closing->ms != day_end(last)) {
        return;
    }
    int64_t closed_ms = day_start(last) + (int64_t)x->rulebook->close_of_business * 60000;
    receipt_look(x, c->electronic_receipt, closed_ms, EVENT(APPLICATION_SUBMITTED), c->case_);
    receipt_look(x, c->paper_receipt, closed_ms, EVENT(PAPER_RECEIVED), c->case_);
    if (c->recommendation != NULL) {
        receipt_look(x, c->recommendation->received, closed_ms, EVENT(RECOMMENDATION_GIVEN),
                     c->case_);
    }
}
