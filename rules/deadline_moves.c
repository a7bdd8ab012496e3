// deadline_moves - the office suspends, resumes and extends what no law fixes (policy)
//
// Which kinds those are is a column of the table of deadlines: never the end of the publicity
// (16(7)), the report of 19, the self-evaluation (18), or the closing, which cycle_changed moves.
// A suspended deadline has no rows in the index: it neither ends nor alerts. The days counted so
// far are kept, that of the suspension among them; the rest is counted from the day after the
// resumption, in the same units and with the same calendar, so that one that is suspended and
// resumed on one day has not moved. Each change stays on the deadline, with both days and why.
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/ladders.h"

#include <string.h>

// ---- Which deadline, and whether it may be moved

static bool movable_check(struct deciding *d, const Award__Deadline *deadline)
{
    const struct deadline_row *row = deadline_row(deadline->kind);
    if (deadline_movable(deadline->kind)) {
        return true;
    }
    bool fixed = *row->moved_by == '\0';
    return reject(d, "deadline_fixed", row->article,
                  fixed ? say(d, "“%s”由第%s条规定，不得中止、恢复或延长；请按期办理。", row->zh,
                              row->article)
                        : say(d, "“%s”不得中止、恢复或延长；变更请用 %s。", row->zh, row->moved_by),
                  fixed ? say(d,
                              "Deadline %s is fixed by Article %s and is neither suspended nor "
                              "extended; it has to be kept.",
                              deadline->deadline, row->article)
                        : say(d, "Deadline %s is not moved by this event; use %s.",
                              deadline->deadline, row->moved_by));
}

static const char *state_name(const Award__Deadline *deadline)
{
    return protobuf_c_enum_descriptor_get_value(&award__deadline__state__descriptor,
                                                (int)deadline->state)
        ->name;
}

// The deadline in one of two states; NULL where it was rejected.
static Award__Deadline *deadline_in(struct deciding *d, const char *id,
                                    Award__Deadline__State state, Award__Deadline__State other)
{
    Award__Deadline *deadline = deadline_get(d, id);
    if (deadline == NULL) {
        (void)reject(d, "no_such_deadline", "order",
                     say(d, "没有期限 %s；用 awardctl deadlines --all 查看全部。", id),
                     say(d, "There is no deadline %s; awardctl deadlines --all lists them.", id));
        return NULL;
    }
    if (!movable_check(d, deadline)) {
        return NULL;
    }
    if (deadline->state != state && deadline->state != other) {
        (void)reject(d, "wrong_state", "order",
                     say(d, "期限 %s 现为“%s”，此时不能“%s”；请用 awardctl deadlines --all 查看。",
                         id, deadline_state_zh(deadline->state), d->row->zh),
                     say(d,
                         "Deadline %s is %s; %s cannot happen now. See awardctl deadlines --all.",
                         id, state_name(deadline), event_name(d->event->body_case)));
        return NULL;
    }
    return deadline;
}

// ---- What is kept of it

// Puts the deadline with the change that was made.
static void move_enter(struct deciding *d, Award__Deadline *deadline, int32_t old_last,
                       const char *reason, const char *article)
{
    deadline_move_keep(d, deadline, old_last, reason, article);
    deadline_put(d, deadline, "policy");
    concerns(d, deadline->subject);
    if (deadline->case_ != NULL) {
        concerns(d, deadline->case_);
    }
}

// ---- Suspended

static uint32_t working_days_between(const struct calendar *calendar, int32_t day, int32_t last)
{
    uint32_t count = 0;
    while (day < last) {
        day++;
        count += calendar_working(calendar, day) ? 1 : 0;
    }
    return count;
}

// What is left behind today, in units of the period, of an extension too. A last day that was moved
// to a working day leaves nothing more than the period itself has.
static uint32_t units_left(struct deciding *d, const Award__Deadline *deadline)
{
    struct period period;
    int32_t last = deadline->last->number;
    bool counted = deadline_period(d, deadline, &period);
    if (counted && period.unit == PERIOD_WORKING_DAYS) {
        return working_days_between(d->in->calendar, d->today, last);
    }
    if (counted && deadline->stated_last == NULL) {
        period.roll_last_day = false;
        last = period_count(&period, deadline->starts->number, d->in->calendar).last;
    }
    return last > d->today ? (uint32_t)(last - d->today) : 0;
}

// decision 28
bool decide_deadline_suspended(struct deciding *d)
{
    const Award__DeadlineSuspended *e = d->event->deadline_suspended;
    Award__Deadline *deadline =
        deadline_in(d, e->deadline, AWARD__DEADLINE__STATE__open, AWARD__DEADLINE__STATE__open);
    if (deadline == NULL) {
        return false;
    }
    uint32_t left = units_left(d, deadline);
    ladder_close(d, deadline);
    SET(deadline, remaining, left);
    SET(deadline, revision, deadline->revision + 1);
    SET(deadline, state, AWARD__DEADLINE__STATE__suspended);
    move_enter(d, deadline, deadline->last->number, e->reason, e->article);
    return true;
}

// ---- Resumed

// The new end; a fixed day that moved is kept as such.
static struct period_end rest_count(struct deciding *d, Award__Deadline *deadline)
{
    struct period period;
    if (deadline_period(d, deadline, &period)) {
        return period_count(&period, d->today, d->in->calendar);
    }
    int32_t last = d->today + (int32_t)deadline->remaining;
    return (struct period_end){.last = last, .provisional = false};
}

// decision 28
bool decide_deadline_resumed(struct deciding *d)
{
    const Award__DeadlineResumed *e = d->event->deadline_resumed;
    Award__Deadline *deadline = deadline_in(d, e->deadline, AWARD__DEADLINE__STATE__suspended,
                                            AWARD__DEADLINE__STATE__suspended);
    if (deadline == NULL) {
        return false;
    }
    int32_t old_last = deadline->last->number;
    struct period_end end = rest_count(d, deadline);
    deadline->starts = day_make(d, d->today);
    if (deadline->moves[deadline->n_moves - 1]->on->number == d->today) {
        end.last = old_last; // no day was lost
    } else {
        deadline->stated_last = NULL; // an extension was counted to its end
    }
    deadline_run_until(d, deadline, end.last, end.provisional);
    move_enter(d, deadline, old_last, e->reason, e->article);
    return true;
}

// ---- Extended

static bool later_check(struct deciding *d, const Award__Deadline *deadline, int32_t last)
{
    const char *after = NULL;
    if (last <= deadline->last->number) {
        after = day_text(d, deadline->last->number);
    } else if (last < d->today) {
        after = day_text(d, d->today - 1);
    }
    if (after == NULL) {
        return true;
    }
    return reject(d, "not_later", "policy",
                  say(d, "期限 %s 只能延长到 %s 之后的日期，而不是 %s；请核对字段 last。",
                      deadline->deadline, after, day_text(d, last)),
                  say(d, "Deadline %s is extended to a day after %s only, not to %s; check `last`.",
                      deadline->deadline, after, day_text(d, last)));
}

// decision 28
bool decide_deadline_extended(struct deciding *d)
{
    const Award__DeadlineExtended *e = d->event->deadline_extended;
    Award__Deadline *deadline =
        deadline_in(d, e->deadline, AWARD__DEADLINE__STATE__open, AWARD__DEADLINE__STATE__overdue);
    if (deadline == NULL || !later_check(d, deadline, e->last->number)) {
        return false;
    }
    int32_t old_last = deadline->last->number;
    deadline->stated_last = day_make(d, e->last->number);
    deadline_run_until(d, deadline, e->last->number, deadline->provisional != 0);
    move_enter(d, deadline, old_last, e->reason, e->article);
    return true;
}
