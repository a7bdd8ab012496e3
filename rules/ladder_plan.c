// ladder_plan - the rows of the index by which a deadline is told: put, and counted again
//
// Rows stand at the moments that the policy and the calendar of now give them. Where another one
// puts a row that waits before now it fires at once, and its alert says that it is late.
#include "rules/ladders.h"

#include "common/time.h"
#include "rules/deadlines.h"

#define DUE(kind) (UINT32_C(1) << AWARD__DUE__KIND__##kind)

enum { MINUTE_MS = 60000 };

// ---- When

static int32_t day_at(const struct calendar *calendar, int32_t day, int32_t offset,
                      bool working_days)
{
    int32_t direction = offset < 0 ? -1 : 1;
    for (int32_t left = offset * direction; left > 0; left--) {
        do {
            day += direction;
        } while (working_days && !calendar_working(calendar, day));
    }
    return day;
}

static int64_t step_moment(const struct alert_step *step, int32_t last,
                           const struct calendar *calendar)
{
    return day_start(day_at(calendar, last, step->offset_days, step->working_days)) +
           (int64_t)step->minute_of_day * MINUTE_MS;
}

int64_t working_days_after(const struct calendar *calendar, int64_t moment_ms, uint32_t days)
{
    int32_t day = day_of_moment(moment_ms);
    return day_start(day_at(calendar, day, (int32_t)days, true)) + (moment_ms - day_start(day));
}

// ---- Planning

// The ladder of the policy as it is now; NULL where the kind is told to nobody.
static const struct alert_ladder *ladder_of(struct deciding *d, const Award__Deadline *deadline)
{
    return alert_policy_ladder(d->in->policy, deadline->kind);
}

// When its last step is told, and not before a moment.
static int64_t ladder_end(struct deciding *d, const Award__Deadline *deadline,
                          const struct alert_ladder *ladder, int64_t from_ms)
{
    int64_t end_ms = from_ms;
    for (size_t i = 0; i < ladder->steps_count; i++) {
        int64_t moment_ms = step_moment(&ladder->steps[i], deadline->last->number, d->in->calendar);
        end_ms = moment_ms > end_ms ? moment_ms : end_ms;
    }
    return end_ms;
}

// When the row behind the ladder fires.
static int64_t unheard_moment(struct deciding *d, const Award__Deadline *deadline,
                              const struct alert_ladder *ladder, int64_t from_ms)
{
    return working_days_after(d->in->calendar, ladder_end(d, deadline, ladder, from_ms),
                              d->in->policy->unheard_working_days);
}

static void unheard_plan(struct deciding *d, Award__Deadline *deadline,
                         const struct alert_ladder *ladder)
{
    if (d->in->policy->unheard_roles != 0) {
        deadline_due_put(d, deadline, AWARD__DUE__KIND__unheard,
                         unheard_moment(d, deadline, ladder, d->now_ms), ALERT_STEP_UNHEARD);
    }
}

static void step_plan(struct deciding *d, Award__Deadline *deadline, const struct alert_step *step,
                      int64_t moment_ms)
{
    deadline_due_put(d, deadline, AWARD__DUE__KIND__alert, moment_ms, alert_step_number(step));
}

static bool step_waits(const Award__Deadline *deadline, const struct alert_step *step)
{
    return deadline_due(deadline, AWARD__DUE__KIND__alert, alert_step_number(step)) != NULL;
}

// Puts the steps behind a moment that have no row yet; returns the last of those that are over by
// then, NULL where none is.
static const struct alert_step *steps_plan(struct deciding *d, Award__Deadline *deadline,
                                           const struct alert_ladder *ladder, int64_t since_ms)
{
    int64_t last_past_ms = INT64_MIN;
    const struct alert_step *last_past = NULL;
    for (size_t i = 0; i < ladder->steps_count; i++) {
        const struct alert_step *step = &ladder->steps[i];
        int64_t moment_ms = step_moment(step, deadline->last->number, d->in->calendar);
        if (moment_ms <= since_ms && moment_ms >= last_past_ms) {
            last_past_ms = moment_ms;
            last_past = step;
        } else if (moment_ms > since_ms && !step_waits(deadline, step)) {
            step_plan(d, deadline, step, moment_ms);
        }
    }
    return last_past;
}

size_t ladder_steps_to_come(const struct alert_policy *policy, const struct calendar *calendar,
                            const Award__Deadline *deadline, int64_t now_ms)
{
    const struct alert_ladder *ladder = alert_policy_ladder(policy, deadline->kind);
    size_t count = 0;
    for (size_t i = 0; ladder != NULL && i < ladder->steps_count; i++) {
        int64_t moment_ms = step_moment(&ladder->steps[i], deadline->last->number, calendar);
        count += moment_ms > now_ms ? 1 : 0;
    }
    return count;
}

void ladder_plan(struct deciding *d, Award__Deadline *deadline)
{
    const struct alert_ladder *ladder = ladder_of(d, deadline);
    if (ladder == NULL) {
        return;
    }
    const struct alert_step *last_past = steps_plan(d, deadline, ladder, d->now_ms);
    if (last_past != NULL) {
        step_plan(d, deadline, last_past, d->now_ms);
    }
    unheard_plan(d, deadline, ladder);
}

// ---- Another policy, another calendar

// When somebody was last told of a step by the clock; 0 where nobody was.
static int64_t told_last(struct deciding *d, const Award__Deadline *deadline)
{
    int64_t last_ms = 0;
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        const Award__Alert *alert = alert_find(d, deadline->alerted[i]);
        if (alert != NULL && !alert->escalated && alert->assigned_by == NULL &&
            alert->raised->ms > last_ms) {
            last_ms = alert->raised->ms;
        }
    }
    return last_ms;
}

// Where the row stands by the policy and the calendar of now; its own moment where nothing says.
static int64_t due_recounted(struct deciding *d, const Award__Deadline *deadline,
                             const struct alert_ladder *ladder, const Award__Due *due)
{
    const struct alert_step *step = alert_ladder_step(ladder, due->step);
    switch ((int)due->kind) {
    case AWARD__DUE__KIND__alert:
        return step != NULL ? step_moment(step, deadline->last->number, d->in->calendar)
                            : due->moment->ms;
    case AWARD__DUE__KIND__escalation:
        return escalation_moment(d, deadline, due);
    case AWARD__DUE__KIND__unheard:
        return unheard_moment(d, deadline, ladder, told_last(d, deadline));
    default:
        return due->moment->ms;
    }
}

bool ladder_recount(struct deciding *d, Award__Deadline *deadline)
{
    const struct alert_ladder *ladder = ladder_of(d, deadline);
    bool moved = false;
    for (size_t i = 0; ladder != NULL && i < deadline->n_dues; i++) {
        Award__Due *due = deadline->dues[i];
        int64_t moment_ms = due_recounted(d, deadline, ladder, due);
        if (moment_ms != due->moment->ms) {
            record_remove(d, deadline->article, AWARD__CHANGE__RECORD_DUE, due->moment->ms,
                          (int)due->kind, due->subject, (int)due->step);
            due->moment = moment_make(d, moment_ms);
            record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, deadline->article);
            moved = true;
        }
    }
    return moved;
}

// Takes out the rows of steps that the ladder has no more.
static void steps_drop(struct deciding *d, Award__Deadline *deadline,
                       const struct alert_ladder *ladder)
{
    for (size_t i = deadline->n_dues; i > 0; i--) {
        const Award__Due *due = deadline->dues[i - 1];
        if (due->kind == AWARD__DUE__KIND__alert && alert_ladder_step(ladder, due->step) == NULL) {
            (void)deadline_due_take(d, deadline, due->kind, due->step);
        }
    }
}

static bool any_step_waits(const Award__Deadline *deadline, const struct alert_ladder *ladder)
{
    for (size_t i = 0; i < ladder->steps_count; i++) {
        if (step_waits(deadline, &ladder->steps[i])) {
            return true;
        }
    }
    return false;
}

void ladder_plan_rest(struct deciding *d, Award__Deadline *deadline, int64_t since_ms)
{
    const struct alert_ladder *ladder = ladder_of(d, deadline);
    if (ladder == NULL) {
        deadline_dues_drop(d, deadline, DUE(alert) | DUE(unheard));
        return;
    }
    steps_drop(d, deadline, ladder);
    (void)steps_plan(d, deadline, ladder, since_ms);
    if (d->in->policy->unheard_roles == 0) {
        deadline_dues_drop(d, deadline, DUE(unheard));
    } else if (deadline_due(deadline, AWARD__DUE__KIND__unheard, ALERT_STEP_UNHEARD) == NULL &&
               any_step_waits(deadline, ladder)) {
        unheard_plan(d, deadline, ladder);
    }
    (void)ladder_recount(d, deadline);
}
