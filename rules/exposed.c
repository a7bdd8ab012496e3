// exposed - cases whose outcome would be another one by another reading of a silent point
#include "rules/exposing.h"

#include "rules/selecting.h"

#include <assert.h>
#include <string.h>

// clang-format off
static const struct exposed_row rows[] = {
    // decision, the other reading rests on (NULL: as the period is counted), the other reading, of a case, of an objection
    {"decision 1, decision 4",  NULL, {NULL, NULL}, exposed_by_bars, NULL},
    {"decision 1, decision 2",  NULL, {NULL, NULL}, exposed_by_meeting, exposed_by_filing},
    {"decision 1, decision 3",  NULL, {NULL, NULL}, exposed_by_reports, NULL},
    {"decision 1, decision 22", NULL, {NULL, NULL}, exposed_by_self_evaluations, NULL},
    {"decision 1, decision 28", NULL, {NULL, NULL}, exposed_by_experience, exposed_by_answer},
    {"decision 4",  "12(3)",    {"自颁奖之日起算，而非市政府公布之日", "from the day of the conferral, not of the publication"}, exposed_by_conferral, NULL},
    {"decision 15", "16(1), Civil Code 203", {"至截止日下班时为止，而非 24:00", "until the close of business of the closing date, not 24:00"}, exposed_by_closing, NULL},
    {"decision 5",  "12(3)",    {"获奖企业包括提名奖获得者", "a laureate is one of the nomination award, too"}, exposed_by_nomination, NULL},
    {"decision 5",  "21",       {"被撤销的提名奖也限制申报", "a nomination award that was revoked bars, too"}, exposed_by_revoked_nomination, NULL},
    {"decision 6",  "16(6).2",  {"未列为市长奖候选的，不参加提名奖排序", "who is passed over for the award does not compete for the nomination award"}, exposed_by_second_pool, NULL},
    {"decision 7",  "16(3), 16(5).5", {"以资料得分定档，现场得分不及该档的出局", "the document score sets the track; whose site score falls below it is out"}, exposed_by_track, NULL},
    {"decision 9",  "16(6).2",  {"空出的名额由后面的企业递补", "a place vacated goes to the next in rank"}, exposed_by_vacancy, NULL},
    {"decision 10", "Civil Code 201", {"公布当日不计入，当日提出的不是异议", "the day of publication is outside, as it is not counted"}, NULL, exposed_by_first_day},
    {"decision 10", "16(7).3",  {"公示期外的投诉，未经关联不影响评奖", "a complaint outside the publicity that nobody linked changes nothing"}, NULL, exposed_by_late_complaint},
    {"decision 20", "11(4)",    {"近3年只限事故，监督抽查不限年份", "the three years are for accidents only; sampling counts without limit of time"}, exposed_by_old_sampling, NULL},
    {"decision 21", "16(2)",    {"先收到的一份材料之日为申报日", "the day of the first receipt is that of the application"}, exposed_by_first_receipt, NULL},
    {"decision 29", "11(4)",    {"区县组织的监督抽查也算", "sampling that a district organised counts, too"}, exposed_by_district_sampling, NULL},
    {"decision 29", "19(2)",    {"区县组织的监督抽查也应报告", "sampling that a district organised is to be reported, too"}, exposed_by_district_report, NULL},
};
// clang-format on

const struct exposed_row *exposed_rows(size_t *count)
{
    *count = sizeof(rows) / sizeof(rows[0]);
    return rows;
}

// ---- What the rows share

struct exposed *exposed_add(struct exposing *x, struct exposed_words decided,
                            struct exposed_words other)
{
    const struct reading_row *counted = x->row->rests_on == NULL ? reading_row(x->name) : NULL;
    struct exposed *exposed = arena_alloc(x->d->arena, sizeof(*exposed));
    *exposed = (struct exposed){
        .decision = x->row->decision,
        .rests_on = x->row->rests_on,
        .reading = x->row->reading,
        .decided = decided,
        .other = other,
    };
    if (counted != NULL) {
        exposed->rests_on = counted->rests_on;
        exposed->reading = (struct exposed_words){counted->zh, counted->en};
    }
    list_add(x->d, &x->list->n_rows, &x->list->rows, exposed);
    return exposed;
}

void exposed_act(struct exposed *exposed, Award__Event__BodyCase act, const char *subject,
                 int32_t on)
{
    exposed->act = act;
    exposed->subject = subject;
    exposed->on = on;
}

bool exposed_gone(const Award__Case *c)
{
    return stage_in(c->stage, STAGE(refused) | STAGE(ineligible) | STAGE(withdrawn));
}

// ---- The deliberation

// Where only a meeting's decision puts a case.
static uint32_t stages_behind_meeting(const struct rulebook *rulebook)
{
    uint32_t behind = STAGES_HONOURED | STAGE(deliberated) | STAGE(not_recommended) |
                      STAGE(recommended_to_government) | STAGE(not_approved) | STAGE(approved) |
                      STAGE(signed) | STAGE(revoked) | STAGE(revocation_closed);
    return publicity_first(rulebook) ? behind : behind | STAGE(publicity);
}

static bool meeting_names(const Award__Meeting *meeting, const char *case_name)
{
    for (size_t i = 0; i < meeting->held->n_decisions; i++) {
        const char *name = meeting->held->decisions[i]->case_;
        if (name != NULL && strcmp(name, case_name) == 0) {
            return true;
        }
    }
    return false;
}

// A meeting that was held back from deciding a case names it as well: the last one has decided it.
// Of two on one day the record does not tell.
const Award__DeliberationHeld *exposed_meeting(struct exposing *x, const Award__Case *c)
{
    if (!stage_in(c->stage, stages_behind_meeting(x->rulebook))) {
        return NULL;
    }
    const Award__DeliberationHeld *last = NULL;
    bool twice = false;
    struct record_walk walk =
        record_walk_begin(x->d, AWARD__CHANGE__RECORD_MEETING, 1, x->cycle->cycle);
    const Award__Meeting *meeting;
    while ((meeting = (const Award__Meeting *)record_walk_next(&walk)) != NULL) {
        if (!meeting->valid || !meeting_names(meeting, c->case_)) {
            continue;
        }
        int32_t on = meeting->held->on->number;
        if (last == NULL || on >= last->on->number) {
            twice = last != NULL && on == last->on->number;
            last = meeting->held;
        }
    }
    return twice ? NULL : last;
}

// decision 20
bool exposed_tested_since(struct exposing *x, const Award__Case *c, int32_t day)
{
    if (c->applied_on->number >= day) {
        return true;
    }
    if (stage_in(c->stage, STAGES_BEFORE_APPROVAL) && !deliberation_over(x->rulebook, c->stage)) {
        return true;
    }
    const Award__DeliberationHeld *meeting = exposed_meeting(x, c);
    return meeting != NULL && meeting->on->number > day;
}

// ---- The walk

struct exposing *exposing_begin(struct deciding *d, const char *cycle_name)
{
    const Award__Cycle *cycle = cycle_look(d, cycle_name);
    const struct rulebook *rulebook = cycle != NULL ? rulebook_of_cycle(d, cycle_name) : NULL;
    if (rulebook == NULL) {
        return NULL;
    }
    struct exposing *x = arena_alloc(d->arena, sizeof(*x));
    *x = (struct exposing){.d = d, .cycle = cycle, .rulebook = rulebook};
    return x;
}

static void row_look(struct exposing *x, const Award__Objection *objection, const Award__Case *c)
{
    if (objection != NULL && x->row->of_objection != NULL) {
        x->row->of_objection(x, objection, c);
    }
    if (objection == NULL && x->row->of_case != NULL) {
        x->row->of_case(x, c);
    }
}

static void rows_look(struct exposing *x, const Award__Objection *objection, const Award__Case *c)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        x->row = &rows[i];
        int names = rows[i].rests_on == NULL ? READING_CLOSE_OF_BUSINESS : 1;
        for (int name = 0; name < names; name++) {
            x->name = (enum reading_name)name;
            row_look(x, objection, c);
        }
    }
}

void exposed_of_case(struct exposing *x, const Award__Case *c, struct exposed_list *list)
{
    x->list = list;
    rows_look(x, NULL, c);
}

void exposed_of_objection(struct exposing *x, const Award__Objection *objection,
                          const Award__Case *c, struct exposed_list *list)
{
    assert(objection->case_ != NULL && strcmp(objection->case_, c->case_) == 0);
    x->list = list;
    rows_look(x, objection, c);
}
