// deadlines - the table of deadlines, and how they open, close and fire
#include "rules/deadlines.h"

#include "common/time.h"
#include "rules/ladders.h"

#include <assert.h>
#include <string.h>

#define OFFICE "deadline_suspended deadline_resumed deadline_extended"

// clang-format off
static const struct deadline_row table[] = {
    // kind, its name, article, length, opened by, closed by, moved by (empty: the law fixes it)
    [AWARD__DEADLINE_KIND__NAME__closing]          = {"申报截止", "16(1)", "cycle_opened.closing", "cycle_opened cycle_changed", "", "cycle_changed"},
    [AWARD__DEADLINE_KIND__NAME__plan_independent] = {"独立评审", "8(1).1", "plan_submitted.steps", "plan_approved", "independent_sheet", OFFICE},
    [AWARD__DEADLINE_KIND__NAME__plan_consensus]   = {"合议评审", "8(1).1", "plan_submitted.steps", "plan_approved", "consensus_sheet", OFFICE},
    [AWARD__DEADLINE_KIND__NAME__plan_visit]       = {"现场评审", "8(1).1", "plan_submitted.steps", "plan_approved", "visit_sheet", OFFICE},
    [AWARD__DEADLINE_KIND__NAME__plan_report]      = {"评审报告", "8(1).4", "plan_submitted.steps", "plan_approved", "visit_sheet", OFFICE},
    [AWARD__DEADLINE_KIND__NAME__publicity_end]    = {"公示期满", "16(7).2", "publicity", "publicity_started publicity_extended", "", "publicity_extended"},
    [AWARD__DEADLINE_KIND__NAME__objection_answer] = {"异议答复", "policy", "objection_answer", "objection_filed complaint_filed", "objection_decided", OFFICE},
    [AWARD__DEADLINE_KIND__NAME__incident_report]  = {"获奖企业书面报告", "19", "incident_report", "incident_recorded accident_recorded sampling_recorded incident_reported_by_laureate", "incident_reported_by_laureate", ""},
    [AWARD__DEADLINE_KIND__NAME__self_evaluation]  = {"年度自我评价", "18", "self_evaluation", "self_evaluation_year_began", "self_evaluation_submitted", ""},
    [AWARD__DEADLINE_KIND__NAME__experience]       = {"分享经验", "17", "experience_years", "result_published", "experience_shared", OFFICE},
};
// clang-format on

const struct deadline_row *deadline_row(Award__DeadlineKind__Name kind)
{
    size_t index = (size_t)kind;
    return index < sizeof(table) / sizeof(table[0]) && table[index].zh != NULL ? &table[index]
                                                                               : NULL;
}

bool deadline_movable(Award__DeadlineKind__Name kind)
{
    const struct deadline_row *row = deadline_row(kind);
    return row != NULL && strcmp(row->moved_by, OFFICE) == 0;
}

const char *deadline_kind_name(Award__DeadlineKind__Name kind)
{
    return protobuf_c_enum_descriptor_get_value(&award__deadline_kind__name__descriptor, (int)kind)
        ->name;
}

const char *deadline_state_zh(Award__Deadline__State state)
{
    static const char *const states[] = {
        [AWARD__DEADLINE__STATE__open] = "进行中",
        [AWARD__DEADLINE__STATE__met] = "按期完成",
        [AWARD__DEADLINE__STATE__met_late] = "逾期完成",
        [AWARD__DEADLINE__STATE__overdue] = "已逾期",
        [AWARD__DEADLINE__STATE__ended] = "已届满",
        [AWARD__DEADLINE__STATE__removed] = "已撤销",
        [AWARD__DEADLINE__STATE__suspended] = "已中止",
    };
    return states[state];
}

const char *deadline_id(struct deciding *d, const char *subject, Award__DeadlineKind__Name kind,
                        uint32_t ordinal)
{
    return say(d, "%s:%s:%u", subject, deadline_kind_name(kind), ordinal);
}

// ---- Rows of the index

void deadline_due_put(struct deciding *d, Award__Deadline *deadline, Award__Due__Kind kind,
                      int64_t moment_ms, uint32_t step)
{
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = moment_make(d, moment_ms);
    SET(due, kind, kind);
    due->subject = deadline->deadline;
    SET(due, revision, deadline->revision);
    SET(due, step, step);
    LIST_ADD(d, deadline, dues, due);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, deadline->article);
}

static size_t due_index(const Award__Deadline *deadline, Award__Due__Kind kind, uint32_t step)
{
    size_t index = 0;
    while (index < deadline->n_dues &&
           (deadline->dues[index]->kind != kind || deadline->dues[index]->step != step)) {
        index++;
    }
    return index;
}

const Award__Due *deadline_due(const Award__Deadline *deadline, Award__Due__Kind kind,
                               uint32_t step)
{
    size_t index = due_index(deadline, kind, step);
    return index < deadline->n_dues ? deadline->dues[index] : NULL;
}

const Award__Due *deadline_due_take(struct deciding *d, Award__Deadline *deadline,
                                    Award__Due__Kind kind, uint32_t step)
{
    size_t index = due_index(deadline, kind, step);
    if (index == deadline->n_dues) {
        return NULL;
    }
    const Award__Due *due = deadline->dues[index];
    record_remove(d, deadline->article, AWARD__CHANGE__RECORD_DUE, due->moment->ms, (int)due->kind,
                  due->subject, (int)due->step);
    deadline->dues[index] = deadline->dues[--deadline->n_dues];
    return due;
}

void deadline_dues_drop(struct deciding *d, Award__Deadline *deadline, uint32_t kinds)
{
    size_t kept = 0;
    for (size_t i = 0; i < deadline->n_dues; i++) {
        Award__Due *due = deadline->dues[i];
        if ((kinds >> (unsigned)due->kind & 1U) == 0) {
            deadline->dues[kept++] = due;
            continue;
        }
        record_remove(d, deadline->article, AWARD__CHANGE__RECORD_DUE, due->moment->ms,
                      (int)due->kind, due->subject, (int)due->step);
    }
    deadline->n_dues = kept;
}

// In time is what is not after the end; so it fires one millisecond later.
static void dues_plan(struct deciding *d, Award__Deadline *deadline)
{
    int64_t fires_ms = deadline->end->ms + 1;
    deadline_due_put(d, deadline, AWARD__DUE__KIND__deadline,
                     fires_ms > d->now_ms ? fires_ms : d->now_ms, 0);
    ladder_plan(d, deadline);
}

// ---- Opening and closing

static struct period_end end_count(const struct deciding *d, const struct deadline_open *open)
{
    if (open->period == NULL) {
        return (struct period_end){.last = open->last, .provisional = false};
    }
    return period_count(open->period, open->starts, d->in->calendar);
}

// F-period-2, decision 2
static void end_set(struct deciding *d, Award__Deadline *deadline, const struct deadline_open *open)
{
    struct period_end end = end_count(d, open);
    int32_t last = open->stated_last > end.last ? open->stated_last : end.last;
    deadline->last = day_make(d, last);
    deadline->end = moment_make(d, open->end_ms != 0 ? open->end_ms : day_end(last));
    SET(deadline, provisional, end.provisional);
    deadline->stated_last = open->stated_last != 0 ? day_make(d, open->stated_last) : NULL;
    deadline->has_remaining = 0;
}

static char *text_copy(struct deciding *d, const char *text)
{
    return text != NULL ? arena_string(d->arena, text) : NULL;
}

static Award__Deadline *deadline_begin(struct deciding *d, const struct deadline_open *open)
{
    const struct deadline_row *row = deadline_row(open->kind);
    assert(row != NULL);
    Award__Deadline *deadline = NEW(d, Award__Deadline, award__deadline);
    deadline->deadline = text_copy(d, deadline_id(d, open->subject, open->kind, open->ordinal));
    deadline->subject = text_copy(d, open->subject);
    SET(deadline, kind, open->kind);
    SET(deadline, ordinal, open->ordinal);
    deadline->article = text_copy(d, row->article);
    deadline->case_ = text_copy(d, open->case_);
    deadline->enterprise = text_copy(d, open->enterprise);
    deadline->cycle = text_copy(d, open->cycle);
    return deadline;
}

void deadline_move_keep(struct deciding *d, Award__Deadline *deadline, int32_t old_last,
                        const char *reason, const char *article)
{
    bool suspended = deadline->state == AWARD__DEADLINE__STATE__suspended;
    Award__Deadline__Move *move = NEW(d, Award__Deadline__Move, award__deadline__move);
    move->event = arena_string(d->arena, event_name(d->event->body_case));
    SET(move, revision, deadline->revision);
    move->old_last = day_make(d, old_last);
    move->last = suspended ? NULL : day_make(d, deadline->last->number);
    move->reason = text_copy(d, reason);
    move->article = text_copy(d, article);
    move->by = text_copy(d, d->event->principal);
    move->on = day_make(d, d->today);
    LIST_ADD(d, deadline, moves, move);
}

bool deadline_suspended(const Award__Deadline *deadline)
{
    return deadline->n_moves > 0 && deadline->moves[deadline->n_moves - 1]->last == NULL;
}

Award__Deadline *deadline_open(struct deciding *d, const struct deadline_open *open)
{
    const char *id = deadline_id(d, open->subject, open->kind, open->ordinal);
    Award__Deadline *deadline = deadline_get(d, id);
    const Award__Day *old_last = deadline != NULL ? deadline->last : NULL;
    if (deadline == NULL) {
        deadline = deadline_begin(d, open);
    }
    ladder_close(d, deadline);
    deadline->starts = day_make(d, open->starts);
    end_set(d, deadline, open);
    SET(deadline, revision, deadline->revision + 1);
    SET(deadline, state, AWARD__DEADLINE__STATE__open);
    if (old_last != NULL) {
        deadline_move_keep(d, deadline, old_last->number, open->reason, "policy");
    }
    dues_plan(d, deadline);
    deadline_put(d, deadline, deadline->article);
    return deadline;
}

void deadline_run_until(struct deciding *d, Award__Deadline *deadline, int32_t last,
                        bool provisional)
{
    ladder_close(d, deadline);
    deadline->last = day_make(d, last);
    deadline->end = moment_make(d, day_end(last));
    SET(deadline, provisional, provisional);
    SET(deadline, revision, deadline->revision + 1);
    SET(deadline, state, AWARD__DEADLINE__STATE__open);
    dues_plan(d, deadline);
}

static bool deadline_waits(const Award__Deadline *deadline)
{
    return deadline != NULL && (deadline->state == AWARD__DEADLINE__STATE__open ||
                                deadline->state == AWARD__DEADLINE__STATE__overdue ||
                                deadline->state == AWARD__DEADLINE__STATE__suspended);
}

// F-late-1
bool deadline_meet(struct deciding *d, const char *id, int32_t done_on)
{
    Award__Deadline *deadline = deadline_get(d, id);
    if (!deadline_waits(deadline)) {
        return false;
    }
    bool runs = deadline->state != AWARD__DEADLINE__STATE__suspended;
    bool late = runs && done_on > deadline->last->number;
    ladder_close(d, deadline);
    SET(deadline, state, late ? AWARD__DEADLINE__STATE__met_late : AWARD__DEADLINE__STATE__met);
    deadline->done_on = day_make(d, done_on);
    deadline_put(d, deadline, deadline->article);
    return late;
}

void deadline_remove(struct deciding *d, const char *id)
{
    Award__Deadline *deadline = deadline_get(d, id);
    if (!deadline_waits(deadline)) {
        return;
    }
    ladder_close(d, deadline);
    SET(deadline, state, AWARD__DEADLINE__STATE__removed);
    deadline_put(d, deadline, deadline->article);
}

// ---- Computing anew

// How a kind of deadline is counted; NULL for a fixed day.
static const struct period *period_of(const struct rulebook *rulebook,
                                      Award__DeadlineKind__Name kind)
{
    switch ((int)kind) {
    case AWARD__DEADLINE_KIND__NAME__publicity_end:
        return &rulebook->publicity;
    case AWARD__DEADLINE_KIND__NAME__objection_answer:
        return &rulebook->objection_answer;
    case AWARD__DEADLINE_KIND__NAME__incident_report:
        return &rulebook->incident_report;
    default:
        return NULL;
    }
}

bool deadline_period(struct deciding *d, const Award__Deadline *deadline, struct period *period)
{
    const struct rulebook *rulebook =
        deadline->cycle != NULL ? rulebook_of_cycle(d, deadline->cycle) : NULL;
    const struct period *whole = rulebook != NULL ? period_of(rulebook, deadline->kind) : NULL;
    if (whole == NULL) {
        return false;
    }
    *period = *whole;
    if (deadline->has_remaining) {
        period->length = deadline->remaining;
        period->unit = whole->unit == PERIOD_WORKING_DAYS ? PERIOD_WORKING_DAYS : PERIOD_DAYS;
        period->first_day_counted = false; // the day of the suspension was counted
    }
    return true;
}

// The new end of one that waits. A fired one is not taken back unless its new end is still to come;
// where somebody still has to act he is told by it all the same.
static void end_plan(struct deciding *d, Award__Deadline *deadline)
{
    bool past = deadline->end->ms < d->now_ms;
    if (past && deadline->state == AWARD__DEADLINE__STATE__ended) {
        ladder_plan_rest(d, deadline, d->now_ms);
    } else if (past && deadline->state == AWARD__DEADLINE__STATE__overdue) {
        ladder_plan(d, deadline);
    } else {
        SET(deadline, state, AWARD__DEADLINE__STATE__open);
        dues_plan(d, deadline);
    }
}

static void end_move(struct deciding *d, Award__Deadline *deadline, int32_t last)
{
    int32_t old_last = deadline->last->number;
    bool waits = deadline_waits(deadline) || deadline->state == AWARD__DEADLINE__STATE__ended;
    if (waits) {
        ladder_close(d, deadline);
    }
    deadline->last = day_make(d, last);
    deadline->end = moment_make(d, day_end(last));
    SET(deadline, revision, deadline->revision + 1);
    deadline_move_keep(d, deadline, old_last, NULL, "decision 3");
    if (waits) {
        end_plan(d, deadline);
    }
    if (deadline->done_on != NULL) {
        bool late = deadline->done_on->number > last;
        SET(deadline, state, late ? AWARD__DEADLINE__STATE__met_late : AWARD__DEADLINE__STATE__met);
    }
}

// Of one that is over, as long as something of it is still to come.
static bool deadline_tells(const Award__Deadline *deadline)
{
    return deadline->state == AWARD__DEADLINE__STATE__open ||
           deadline->state == AWARD__DEADLINE__STATE__overdue ||
           (deadline->state == AWARD__DEADLINE__STATE__ended && deadline->n_dues > 0);
}

void deadline_tell_anew(struct deciding *d, Award__Deadline *deadline, int64_t since_ms)
{
    if (deadline_tells(deadline)) {
        ladder_plan_rest(d, deadline, since_ms);
        deadline_put(d, deadline, "policy");
    }
}

// F-period-3, decision 3
void deadline_recompute(struct deciding *d, Award__Deadline *deadline)
{
    struct period period;
    if (deadline_suspended(deadline)) {
        return; // counted when it resumes; what is done meanwhile is in time
    }
    int32_t last = deadline->last->number;
    bool provisional = deadline->provisional != 0;
    if (deadline_period(d, deadline, &period)) {
        struct period_end end = period_count(&period, deadline->starts->number, d->in->calendar);
        int32_t stated = deadline->stated_last != NULL ? deadline->stated_last->number : end.last;
        last = stated > end.last ? stated : end.last;
        provisional = end.provisional;
    }
    if (last != deadline->last->number) {
        end_move(d, deadline, last);
    } else if (!ladder_recount(d, deadline) && provisional == (deadline->provisional != 0)) {
        return;
    }
    SET(deadline, provisional, provisional);
    deadline_put(d, deadline, deadline->article);
}
