// ladders - the steps by which a deadline is told, and what nobody acknowledged goes upward
#include "rules/ladders.h"

#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/messages.h"

#include <assert.h>
#include <string.h>

// ---- Alerts

bool alert_open(const Award__Alert *alert)
{
    return !alert->acknowledged && !alert->taken_back && alert->assigned_to == NULL;
}

// Its key begins with its recipient and its name ends with him. A recipient's name may have
// slashes, but hardly any has.
Award__Alert *alert_find(struct deciding *d, const char *id)
{
    for (const char *at = id + strlen(id); at > id; at--) {
        if (at[-1] != '/') {
            continue;
        }
        Award__Alert *alert = (Award__Alert *)record_get(d, AWARD__CHANGE__RECORD_ALERT, at, id);
        if (alert != NULL) {
            return alert;
        }
    }
    return NULL;
}

void alert_put(struct deciding *d, Award__Alert *alert)
{
    record_put(d, AWARD__CHANGE__RECORD_ALERT, &alert->base, "policy");
}

// "-10w@09:00": ten working days before, at nine.
static const char *step_name(struct deciding *d, uint32_t number)
{
    if (number == ALERT_STEP_UNHEARD) {
        return "unheard";
    }
    struct alert_step step = alert_step_of(number);
    return say(d, "%s%d%s@%02u:%02u", step.offset_days > 0 ? "+" : "", step.offset_days,
               step.working_days ? "w" : "", step.minute_of_day / 60, step.minute_of_day % 60);
}

// Who was told as a substitute, or before there was a roster, need not be told again in his own
// post, but it has been reached.
static void post_reach(struct deciding *d, Award__Alert *alert, Award__Post__Name post)
{
    Award__Post__Name reached = alert->has_post ? alert->post : (Award__Post__Name)0;
    if (post > reached) {
        SET(alert, post, post);
        alert->told_again = moment_make(d, d->now_ms);
        alert_put(d, alert);
    }
}

Award__Alert *alert_raise(struct deciding *d, Award__Deadline *deadline, uint32_t step,
                          const struct recipient *to, bool urgent)
{
    const char *name = to->principal->name;
    const char *id =
        say(d, "%s/%u/%s/%s", deadline->deadline, deadline->revision, step_name(d, step), name);
    Award__Alert *told = (Award__Alert *)record_get(d, AWARD__CHANGE__RECORD_ALERT, name, id);
    if (told != NULL) {
        post_reach(d, told, to->post);
        return NULL;
    }
    Award__Alert *alert = NEW(d, Award__Alert, award__alert);
    alert->alert = arena_string(d->arena, id);
    alert->deadline = deadline->deadline;
    SET(alert, revision, deadline->revision);
    SET(alert, step, step);
    alert->recipient = arena_string(d->arena, name);
    alert->raised = moment_make(d, d->now_ms);
    SET(alert, acknowledged, 0);
    if (to->post != 0) {
        SET(alert, post, to->post);
    }
    alert->stands_for = to->stands_for != NULL ? arena_string(d->arena, to->stands_for) : NULL;
    message_collect_alert(d, alert, urgent);
    alert_put(d, alert);
    LIST_ADD(d, deadline, alerted, alert->alert);
    return alert;
}

struct ladder_subject ladder_subject_of(struct deciding *d, const Award__Deadline *deadline)
{
    return (struct ladder_subject){
        .deadline = deadline,
        .enterprise = deadline->enterprise != NULL ? enterprise_get(d, deadline->enterprise) : NULL,
    };
}

// A reviewer is told of a plan if he leads the team.
bool ladder_concerned(struct deciding *d, const Award__Principal *principal, const void *context)
{
    const struct ladder_subject *subject = context;
    const Award__Deadline *deadline = subject->deadline;
    if (principal->role == AWARD__ROLE__NAME__reviewer) {
        const Award__Team *team = team_get(d, deadline->subject);
        return team != NULL && strcmp(team->leader, principal->name) == 0;
    }
    bool of_honour = deadline->kind == AWARD__DEADLINE_KIND__NAME__incident_report ||
                     deadline->kind == AWARD__DEADLINE_KIND__NAME__self_evaluation ||
                     deadline->kind == AWARD__DEADLINE_KIND__NAME__experience;
    return recipient_fits(d, principal, subject->enterprise) ||
           (of_honour && recipient_succeeds(d, principal, subject->enterprise));
}

// ---- Taking back

void snooze_drop(struct deciding *d, Award__Alert *alert)
{
    if (alert->snoozed_until != NULL) {
        record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, alert->snoozed_until->ms,
                      (int)AWARD__DUE__KIND__snooze, alert->alert, 0);
        alert->snoozed_until = NULL;
    }
}

// What has not gone out yet, neither now nor before, is left out of its message.
static void alert_take_back(struct deciding *d, Award__Alert *alert)
{
    snooze_drop(d, alert);
    SET(alert, taken_back, 1);
    if (alert->told_again == NULL && message_collecting(d, alert->message)) {
        alert->message = NULL;
    }
    alert_put(d, alert);
}

// The list ends when they are taken back (ladder_close).
static Award__Alert *alerted_at(struct deciding *d, const Award__Deadline *deadline, size_t index)
{
    Award__Alert *alert = alert_find(d, deadline->alerted[index]);
    assert(alert == NULL || !alert->taken_back);
    return alert;
}

// Whether the same person was told later than by this one, or as late by one further on.
static bool told_later(struct deciding *d, const Award__Deadline *deadline, size_t index,
                       const Award__Alert *alert)
{
    for (size_t i = index + 1; i < deadline->n_alerted; i++) {
        const Award__Alert *later = alert_find(d, deadline->alerted[i]);
        if (later != NULL && later->message != NULL &&
            strcmp(later->recipient, alert->recipient) == 0) {
            return true;
        }
    }
    return false;
}

// Who was told is told once that it is over.
void ladder_close(struct deciding *d, Award__Deadline *deadline)
{
    deadline_dues_drop(d, deadline, DUES_ALL);
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        Award__Alert *alert = alerted_at(d, deadline, i);
        if (alert != NULL) {
            alert_take_back(d, alert);
        }
    }
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        Award__Alert *alert = alert_find(d, deadline->alerted[i]);
        if (alert != NULL && alert->message != NULL && !told_later(d, deadline, i, alert)) {
            message_collect_alert(d, alert, false);
            alert_put(d, alert);
        }
    }
    deadline->n_alerted = 0;
}

// ---- Upward

static const struct alert_escalation *escalation_above(const struct alert_policy *policy,
                                                       Award__Post__Name post)
{
    for (size_t i = 0; i < policy->escalation_count; i++) {
        if (policy->escalation[i].post > post) {
            return &policy->escalation[i];
        }
    }
    return NULL;
}

// Where a step stands among those who are on a roster.
struct standing {
    Award__Post__Name highest; // that was told; 0: nobody on a roster was
    int64_t told_ms;           // the last of them
    uint32_t roles;            // of those who were told
    bool heard;                // somebody acknowledged it
    bool put_off;              // somebody snoozed it
};

static int64_t told_at(const Award__Alert *alert)
{
    return alert->told_again != NULL ? alert->told_again->ms : alert->raised->ms;
}

static struct standing step_standing(struct deciding *d, const Award__Deadline *deadline,
                                     uint32_t step)
{
    struct standing standing = {0};
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        const Award__Alert *alert = alerted_at(d, deadline, i);
        const Award__Principal *principal =
            alert != NULL ? principal_get(d, alert->recipient) : NULL;
        if (principal == NULL || alert->step != step || !alert->has_post) {
            continue;
        }
        standing.highest = alert->post > standing.highest ? alert->post : standing.highest;
        standing.told_ms = told_at(alert) > standing.told_ms ? told_at(alert) : standing.told_ms;
        standing.roles |= UINT32_C(1) << (unsigned)principal->role;
        standing.heard = standing.heard || alert->acknowledged;
        standing.put_off = standing.put_off || alert->snoozed_until != NULL;
    }
    return standing;
}

void escalation_drop(struct deciding *d, Award__Deadline *deadline, uint32_t step)
{
    (void)deadline_due_take(d, deadline, AWARD__DUE__KIND__escalation, step);
}

void escalation_plan(struct deciding *d, Award__Deadline *deadline, uint32_t step)
{
    struct standing standing = step_standing(d, deadline, step);
    const struct alert_escalation *next = escalation_above(d->in->policy, standing.highest);
    if (standing.highest == 0 || standing.heard || standing.put_off || next == NULL) {
        return;
    }
    escalation_drop(d, deadline, step);
    deadline_due_put(d, deadline, AWARD__DUE__KIND__escalation,
                     working_days_after(d->in->calendar, d->now_ms, next->working_days), step);
}

int64_t escalation_moment(struct deciding *d, const Award__Deadline *deadline,
                          const Award__Due *due)
{
    struct standing standing = step_standing(d, deadline, due->step);
    const struct alert_escalation *next = escalation_above(d->in->policy, standing.highest);
    return standing.highest != 0 && next != NULL
               ? working_days_after(d->in->calendar, standing.told_ms, next->working_days)
               : due->moment->ms;
}

// ---- Firing

// What fires now.
struct firing {
    uint32_t step;
    uint32_t roles;
    Award__Post__Name post;
    bool urgent;
    bool escalated;
    int64_t due_ms;
};

static void alert_tell(struct deciding *d, Award__Deadline *deadline, const struct firing *firing,
                       const struct recipient *to)
{
    Award__Alert *alert = alert_raise(d, deadline, firing->step, to, firing->urgent);
    if (alert == NULL) {
        return;
    }
    alert->planned = moment_make(d, firing->due_ms);
    if (firing->escalated) {
        SET(alert, escalated, 1);
    }
    if (firing->step == ALERT_STEP_UNHEARD) {
        SET(alert, unheard, 1);
    }
    alert_put(d, alert);
}

static void roles_tell(struct deciding *d, Award__Deadline *deadline, const struct firing *firing)
{
    const struct ladder_subject subject = ladder_subject_of(d, deadline);
    for (unsigned role = 0; role < 32; role++) {
        if ((firing->roles >> role & 1U) == 0) {
            continue;
        }
        struct recipient *list;
        size_t count = people_told(d, (Award__Role__Name)role, firing->post, d->today,
                                   ladder_concerned, &subject, &list);
        for (size_t i = 0; i < count; i++) {
            alert_tell(d, deadline, firing, &list[i]);
        }
    }
}

static bool anybody_heard(struct deciding *d, const Award__Deadline *deadline)
{
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        const Award__Alert *alert = alerted_at(d, deadline, i);
        if (alert != NULL && alert->acknowledged) {
            return true;
        }
    }
    return false;
}

static void unheard_tell(struct deciding *d, Award__Deadline *deadline, int64_t due_ms)
{
    if (!anybody_heard(d, deadline)) {
        const struct firing firing = {.step = ALERT_STEP_UNHEARD,
                                      .roles = d->in->policy->unheard_roles,
                                      .post = AWARD__POST__NAME__director,
                                      .urgent = true,
                                      .due_ms = due_ms};
        roles_tell(d, deadline, &firing);
    }
}

// Where the office was off, of several steps that are past the last is told.
static bool later_step_due(const struct deciding *d, const Award__Deadline *deadline,
                           int64_t due_ms)
{
    for (size_t i = 0; i < deadline->n_dues; i++) {
        const Award__Due *due = deadline->dues[i];
        if (due->kind == AWARD__DUE__KIND__alert && due->moment->ms > due_ms &&
            due->moment->ms <= d->now_ms) {
            return true;
        }
    }
    return false;
}

static const struct alert_step *step_of(struct deciding *d, const Award__Deadline *deadline,
                                        uint32_t number)
{
    const struct alert_ladder *ladder = alert_policy_ladder(d->in->policy, deadline->kind);
    return ladder != NULL ? alert_ladder_step(ladder, number) : NULL;
}

static void step_tell(struct deciding *d, Award__Deadline *deadline, uint32_t number,
                      int64_t due_ms)
{
    const struct alert_step *step = step_of(d, deadline, number);
    if (step == NULL || later_step_due(d, deadline, due_ms)) {
        return; // the policy was changed, or there is a later one
    }
    const struct firing firing = {.step = number,
                                  .roles = step->roles,
                                  .post = AWARD__POST__NAME__clerk,
                                  .urgent = step->urgent,
                                  .due_ms = due_ms};
    roles_tell(d, deadline, &firing);
    escalation_plan(d, deadline, number);
    if (d->now_ms - due_ms > ALERT_LATE_MS) {
        (void)ladder_recount(d, deadline); // nobody could have acknowledged it before now
    }
}

bool decide_alert_due(struct deciding *d)
{
    const Award__AlertDue *e = d->event->alert_due;
    bool unheard = e->step == ALERT_STEP_UNHEARD;
    int64_t due_ms;
    Award__Deadline *deadline = deadline_fired(
        d, e->deadline, e->revision, unheard ? AWARD__DUE__KIND__unheard : AWARD__DUE__KIND__alert,
        e->step, &due_ms);
    if (deadline == NULL) {
        return false;
    }
    if (unheard) {
        unheard_tell(d, deadline, due_ms);
    } else {
        step_tell(d, deadline, e->step, due_ms);
    }
    deadline_put(d, deadline, deadline->article);
    return true;
}

bool decide_escalation_due(struct deciding *d)
{
    const Award__EscalationDue *e = d->event->escalation_due;
    int64_t due_ms;
    Award__Deadline *deadline =
        deadline_fired(d, e->deadline, e->revision, AWARD__DUE__KIND__escalation, e->step, &due_ms);
    if (deadline == NULL) {
        return false;
    }
    struct standing standing = step_standing(d, deadline, e->step);
    const struct alert_escalation *next = escalation_above(d->in->policy, standing.highest);
    const struct alert_step *step = step_of(d, deadline, e->step);
    if (!standing.heard && next != NULL) {
        const struct firing firing = {
            .step = e->step,
            .roles = standing.roles,
            .post = next->post,
            .urgent = step != NULL && step->urgent,
            .escalated = true,
            .due_ms = due_ms,
        };
        roles_tell(d, deadline, &firing);
        if (step_standing(d, deadline, e->step).highest > standing.highest) {
            escalation_plan(d, deadline, e->step);
        } // else nobody stands above those who were told
    }
    deadline_put(d, deadline, deadline->article);
    return true;
}
