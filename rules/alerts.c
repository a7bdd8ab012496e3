// alerts - what the coordinator reports of the clock, and what comes back from those who are told
//
// deadline_due and alert_due come from rows of the index; an alert goes to each recipient that the
// policy's step names, and those of one moment are bundled into one message per person, sealed by a
// row of its own (message_sealed), delivered by a task.
#include "rules/decide.h"

#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/messages.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

// ---- The index

Award__Event *rules_due_event(const Award__Due *due, struct arena *arena)
{
    Award__Event *event = (Award__Event *)message_new(arena, &award__event__descriptor);
    switch ((int)due->kind) {
    case AWARD__DUE__KIND__recompute:
        event->body_case = AWARD__EVENT__BODY_DEADLINES_RECOMPUTED;
        event->deadlines_recomputed = (Award__DeadlinesRecomputed *)message_new(
            arena, &award__deadlines_recomputed__descriptor);
        event->deadlines_recomputed->after = due->subject;
        event->deadlines_recomputed->due = due->moment;
        break;
    case AWARD__DUE__KIND__deadline:
        event->body_case = AWARD__EVENT__BODY_DEADLINE_DUE;
        event->deadline_due =
            (Award__DeadlineDue *)message_new(arena, &award__deadline_due__descriptor);
        event->deadline_due->deadline = due->subject;
        SET(event->deadline_due, revision, due->revision);
        break;
    case AWARD__DUE__KIND__alert:
        event->body_case = AWARD__EVENT__BODY_ALERT_DUE;
        event->alert_due = (Award__AlertDue *)message_new(arena, &award__alert_due__descriptor);
        event->alert_due->deadline = due->subject;
        SET(event->alert_due, revision, due->revision);
        SET(event->alert_due, step, due->step);
        break;
    case AWARD__DUE__KIND__message:
        event->body_case = AWARD__EVENT__BODY_MESSAGE_SEALED;
        event->message_sealed =
            (Award__MessageSealed *)message_new(arena, &award__message_sealed__descriptor);
        event->message_sealed->message = due->subject;
        break;
    default: // self_evaluation_year
        event->body_case = AWARD__EVENT__BODY_SELF_EVALUATION_YEAR_BEGAN;
        event->self_evaluation_year_began = (Award__SelfEvaluationYearBegan *)message_new(
            arena, &award__self_evaluation_year_began__descriptor);
        event->self_evaluation_year_began->case_ = due->subject;
        SET(event->self_evaluation_year_began, year, (int32_t)due->step);
        break;
    }
    return event;
}

// Takes the row that fired out of the index and off its deadline. NULL if there is none: the
// deadline was met or moved meanwhile.
static Award__Deadline *deadline_fired(struct deciding *d, const char *id, uint32_t revision,
                                       Award__Due__Kind kind, uint32_t step)
{
    Award__Deadline *deadline = deadline_get(d, id);
    if (deadline == NULL || deadline->revision != revision) {
        return NULL;
    }
    for (size_t i = 0; i < deadline->n_dues; i++) {
        const Award__Due *due = deadline->dues[i];
        if (due->kind == kind && due->step == step) {
            record_remove(d, deadline->article, AWARD__CHANGE__RECORD_DUE, due->moment->ms,
                          (int)due->kind, due->subject, (int)due->step);
            deadline->dues[i] = deadline->dues[deadline->n_dues - 1];
            deadline->n_dues--;
            return deadline;
        }
    }
    return NULL;
}

static bool nothing_due(struct deciding *d)
{
    return reject(d, "nothing_due", "order", "该期限现在没有到期事项。",
                  "Nothing of this deadline is due now.");
}

static void deadline_concerns(struct deciding *d, const Award__Deadline *deadline)
{
    concerns(d, deadline->case_ != NULL ? deadline->case_ : deadline->subject);
}

// F-late-1, F-late-2, decision 12
bool decide_deadline_due(struct deciding *d)
{
    const Award__DeadlineDue *e = d->event->deadline_due;
    Award__Deadline *deadline =
        deadline_fired(d, e->deadline, e->revision, AWARD__DUE__KIND__deadline, 0);
    if (deadline == NULL) {
        return nothing_due(d);
    }
    // Publicity and closing are neither met nor missed: they are over.
    bool ends = deadline->kind == AWARD__DEADLINE_KIND__NAME__publicity_end ||
                deadline->kind == AWARD__DEADLINE_KIND__NAME__closing;
    SET(deadline, state, ends ? AWARD__DEADLINE__STATE__ended : AWARD__DEADLINE__STATE__overdue);
    deadline_put(d, deadline, deadline->article);
    deadline_concerns(d, deadline);
    d->decision->article = deadline->article;
    return true;
}

// ---- Alerts

// A reviewer is told of a plan if he leads the team.
static bool told(struct deciding *d, const Award__Principal *principal,
                 const Award__Deadline *deadline, const Award__Enterprise *enterprise)
{
    if (principal->role == AWARD__ROLE__NAME__reviewer) {
        const Award__Team *team = team_get(d, deadline->subject);
        return team != NULL && strcmp(team->leader, principal->name) == 0;
    }
    bool of_honour = deadline->kind == AWARD__DEADLINE_KIND__NAME__incident_report ||
                     deadline->kind == AWARD__DEADLINE_KIND__NAME__self_evaluation ||
                     deadline->kind == AWARD__DEADLINE_KIND__NAME__experience;
    return recipient_fits(d, principal, enterprise) ||
           (of_honour && recipient_succeeds(d, principal, enterprise));
}

static void alert_raise(struct deciding *d, const Award__Deadline *deadline, uint32_t step,
                        const char *recipient)
{
    Award__Alert *alert = NEW(d, Award__Alert, award__alert);
    alert->alert = say(d, "%s/%u/%u/%s", deadline->deadline, deadline->revision, step, recipient);
    alert->deadline = deadline->deadline;
    SET(alert, revision, deadline->revision);
    SET(alert, step, step);
    alert->recipient = arena_string(d->arena, recipient);
    alert->raised = moment_make(d, d->now_ms);
    SET(alert, acknowledged, 0);
    message_collect_alert(d, alert);
    record_put(d, AWARD__CHANGE__RECORD_ALERT, &alert->base, deadline->article);
}

bool decide_alert_due(struct deciding *d)
{
    const Award__AlertDue *e = d->event->alert_due;
    Award__Deadline *deadline =
        deadline_fired(d, e->deadline, e->revision, AWARD__DUE__KIND__alert, e->step);
    if (deadline == NULL) {
        return nothing_due(d);
    }
    deadline_put(d, deadline, deadline->article);
    deadline_concerns(d, deadline);
    d->decision->article = deadline->article;
    const struct alert_ladder *ladder = alert_policy_ladder(d->in->policy, deadline->kind);
    if (ladder == NULL || e->step >= ladder->steps_count) {
        return true; // the policy was changed: the step is no more
    }
    const Award__Enterprise *enterprise =
        deadline->enterprise != NULL ? enterprise_get(d, deadline->enterprise) : NULL;
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    Award__Principal *principal;
    while ((principal = (Award__Principal *)record_walk_next(&walk)) != NULL) {
        if ((ladder->steps[e->step].roles >> (unsigned)principal->role & 1U) != 0 &&
            told(d, principal, deadline, enterprise)) {
            alert_raise(d, deadline, e->step, principal->name);
        }
    }
    return true;
}

bool decide_alert_acknowledged(struct deciding *d)
{
    const Award__AlertAcknowledged *e = d->event->alert_acknowledged;
    Award__Alert *alert =
        (Award__Alert *)record_get(d, AWARD__CHANGE__RECORD_ALERT, d->sender->name, e->alert);
    if (alert == NULL) {
        return reject(d, "no_such_alert", "order",
                      say(d, "您没有提醒 %s；用 awardctl alerts 查看。", e->alert),
                      say(d, "You have no alert %s; awardctl alerts lists yours.", e->alert));
    }
    SET(alert, acknowledged, 1);
    record_put(d, AWARD__CHANGE__RECORD_ALERT, &alert->base, "policy");
    const Award__Deadline *deadline = deadline_get(d, alert->deadline);
    if (deadline != NULL) {
        deadline_concerns(d, deadline);
    }
    return true;
}

// ---- Messages

bool decide_message_sealed(struct deciding *d)
{
    Award__Message *message = message_get(d, d->event->message_sealed->message);
    if (message == NULL || message->state != AWARD__MESSAGE__STATE__collecting) {
        return nothing_due(d);
    }
    SET(message, state, AWARD__MESSAGE__STATE__sealed);
    message_put(d, message, "policy");
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, message->created->ms,
                  (int)AWARD__DUE__KIND__message, message->message, 0);
    task_queue(d, AWARD__TASK_KIND__NAME__deliver_message, message->message, NULL, 1, NULL);
    return true;
}

bool decide_message_delivered(struct deciding *d)
{
    const Award__MessageDelivered *e = d->event->message_delivered;
    if (!task_answer(d, e->message)) {
        return false;
    }
    Award__Message *message = message_get(d, e->message);
    if (message != NULL) {
        SET(message, state, AWARD__MESSAGE__STATE__delivered);
        message->reply = e->reply;
        message_put(d, message, "policy");
    }
    return true;
}

// ---- Failures

// One more failure of a task; after the attempts of the table it is given up and somebody is told.
static bool task_fail(struct deciding *d, Award__Task *task, const char *reason)
{
    assert(task != NULL);
    const struct task_row *row = task_row(task->kind);
    SET(task, failures, task->failures + 1);
    task->last_failure = arena_string(d->arena, reason);
    if (task->failures >= row->attempts && !task->given_up) {
        SET(task, given_up, 1);
        // A message about an undelivered message would only follow it.
        if (task->kind != AWARD__TASK_KIND__NAME__deliver_message) {
            const struct fact facts[] = {
                {"task",   task->task},
                {"reason", reason    },
                {NULL,     NULL      }
            };
            message_to_roles(d, row->alerts, AWARD__TEMPLATE__NAME__task_given_up, NULL, facts);
        }
    }
    task_put(d, task, "policy");
    return true;
}

static bool task_of_sender(struct deciding *d, Award__Task **task)
{
    *task = !text_blank(d->event->task) ? task_get(d, d->event->task) : NULL;
    if (*task != NULL && task_row((*task)->kind)->worker == d->sender->role) {
        return true;
    }
    return reject(d, "no_such_task", "order", "没有交给该程序的这一任务，或任务已经答复。",
                  "There is no such open task of this worker.");
}

bool decide_task_failed(struct deciding *d)
{
    Award__Task *task;
    return task_of_sender(d, &task) && task_fail(d, task, d->event->task_failed->reason);
}

bool decide_message_failed(struct deciding *d)
{
    const Award__MessageFailed *e = d->event->message_failed;
    Award__Task *task;
    if (!task_of_sender(d, &task)) {
        return false;
    }
    assert(task != NULL);
    Award__Message *message = message_get(d, e->message);
    if (message == NULL || strcmp(task->subject, e->message) != 0) {
        return reject(d, "wrong_answer", "order", "任务与消息不符。",
                      "The task is not about this message.");
    }
    if (!task_fail(d, task, e->reply)) {
        return false;
    }
    if (task->given_up) {
        SET(message, state, AWARD__MESSAGE__STATE__failed);
        message->reply = e->reply;
        message_put(d, message, "policy");
    }
    return true;
}

// ---- A new calendar

enum { RECOMPUTED_AT_ONCE = 1000 };

// The deadlines are computed anew in portions of at most 1,000, each an entry, so that a crash
// between them loses nothing: the row of the index that asks for the next portion is put with this
// one.
bool decide_deadlines_recomputed(struct deciding *d)
{
    const Award__DeadlinesRecomputed *e = d->event->deadlines_recomputed;
    const char *after = e->after != NULL ? e->after : "";
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, e->due->ms,
                  (int)AWARD__DUE__KIND__recompute, after, 0);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_DEADLINE, 0);
    if (*after != '\0') {
        struct bytes last = record_key(d->arena, AWARD__CHANGE__RECORD_DEADLINE, after);
        uint8_t *behind = arena_alloc(d->arena, last.size + 1);
        memcpy(behind, last.data, last.size);
        walk.from = (struct bytes){behind, last.size + 1};
    }
    Award__Deadline *deadline;
    for (size_t seen = 0; (deadline = (Award__Deadline *)record_walk_next(&walk)) != NULL;) {
        deadline_recompute(d, deadline);
        if (++seen == RECOMPUTED_AT_ONCE) {
            Award__Due *next = NEW(d, Award__Due, award__due);
            next->moment = moment_make(d, d->now_ms);
            SET(next, kind, AWARD__DUE__KIND__recompute);
            next->subject = deadline->deadline;
            SET(next, step, 0);
            record_put(d, AWARD__CHANGE__RECORD_DUE, &next->base, "policy");
            break;
        }
    }
    return true;
}
