// alerts - what the coordinator reports of the clock, and what the workers report of messages
//
// Each row of the index that is due becomes an event of the coordinator. Alerts of one moment are
// bundled into one message per person and channel, sealed by a row of its own (message_sealed),
// delivered by a task.
#include "rules/decide.h"

#include "common/text.h"
#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/messages.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

// ---- Deadlines

static bool nothing_due(struct deciding *d)
{
    return reject(d, "nothing_due", "order", "该期限现在没有到期事项。",
                  "Nothing of this deadline is due now.");
}

Award__Deadline *deadline_fired(struct deciding *d, const char *id, uint32_t revision,
                                Award__Due__Kind kind, uint32_t step, int64_t *due_ms)
{
    Award__Deadline *deadline = deadline_get(d, id);
    const Award__Due *due = deadline != NULL && deadline->revision == revision
                                ? deadline_due_take(d, deadline, kind, step)
                                : NULL;
    if (due == NULL) {
        (void)nothing_due(d); // the deadline was met or moved meanwhile
        return NULL;
    }
    *due_ms = due->moment->ms;
    concerns(d, deadline->case_ != NULL ? deadline->case_ : deadline->subject);
    d->decision->article = deadline->article;
    return deadline;
}

// F-late-1, F-late-2, decision 12
bool decide_deadline_due(struct deciding *d)
{
    const Award__DeadlineDue *e = d->event->deadline_due;
    int64_t due_ms;
    Award__Deadline *deadline =
        deadline_fired(d, e->deadline, e->revision, AWARD__DUE__KIND__deadline, 0, &due_ms);
    if (deadline == NULL) {
        return false;
    }
    // Publicity and closing are neither met nor missed: they are over.
    bool ends = deadline->kind == AWARD__DEADLINE_KIND__NAME__publicity_end ||
                deadline->kind == AWARD__DEADLINE_KIND__NAME__closing;
    SET(deadline, state, ends ? AWARD__DEADLINE__STATE__ended : AWARD__DEADLINE__STATE__overdue);
    if (ends) { // what was told of it before goes no further upward: nobody can act on it any more
        deadline_dues_drop(d, deadline, UINT32_C(1) << AWARD__DUE__KIND__escalation);
    }
    deadline_put(d, deadline, deadline->article);
    return true;
}

// ---- Messages

// What was seen or settled before the message went out is left out of it.
static bool alert_worth_telling(const Award__Alert *alert)
{
    return alert->taken_back ? alert->message != NULL
                             : !alert->acknowledged && alert->assigned_to == NULL;
}

static void alerts_sift(struct deciding *d, Award__Message *message)
{
    size_t kept = 0;
    for (size_t i = 0; i < message->n_alerts; i++) {
        const Award__Alert *alert = (const Award__Alert *)record_get(
            d, AWARD__CHANGE__RECORD_ALERT, message->recipient, message->alerts[i]);
        if (alert != NULL && alert_worth_telling(alert)) {
            message->alerts[kept++] = message->alerts[i];
        }
    }
    message->n_alerts = kept;
}

bool decide_message_sealed(struct deciding *d)
{
    Award__Message *message = message_get(d, d->event->message_sealed->message);
    if (message == NULL || message->state != AWARD__MESSAGE__STATE__collecting) {
        return nothing_due(d);
    }
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, message_seals_at(message),
                  (int)AWARD__DUE__KIND__message, message->message, 0);
    alerts_sift(d, message);
    if (message->template_ == AWARD__TEMPLATE__NAME__alerts && message->n_alerts == 0) {
        record_remove(d, "policy", AWARD__CHANGE__RECORD_MESSAGE, message->message);
        return true;
    }
    message_seal(d, message, message->case_ != NULL ? case_get(d, message->case_) : NULL);
    return true;
}

// What a server said, whoever sends it on: bounded, of whole characters.
static char *reply_bounded(struct deciding *d, const char *reply)
{
    enum { REPLY_BYTES_MAX = 512 };
    return reply == NULL
               ? NULL
               : arena_format(d->arena, "%.*s", (int)text_cut(reply, REPLY_BYTES_MAX), reply);
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
        message->reply = reply_bounded(d, e->reply);
        message->ended = moment_make(d, d->now_ms);
        message_put(d, message, "policy");
    }
    return true;
}

// ---- Failures

// One more failure of a task; after the attempts of the table it is given up and somebody is told.
static void task_fail(struct deciding *d, Award__Task *task, const char *reason)
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
    if (!task_of_sender(d, &task)) {
        return false;
    }
    task_fail(d, task, d->event->task_failed->reason);
    return true;
}

// Tells the administrators, but not of a message that was to tell them of another.
static void undeliverable_tell(struct deciding *d, const Award__Message *message,
                               const char *channel)
{
    if (message->template_ == AWARD__TEMPLATE__NAME__undeliverable) {
        return;
    }
    const struct fact facts[] = {
        {"undelivered", message->message  },
        {"person",      message->recipient},
        {"channel",     channel           },
        {"reply",       message->reply    },
        {NULL,          NULL              }
    };
    message_to_roles(d, ROLE(administrator), AWARD__TEMPLATE__NAME__undeliverable, NULL, facts);
}

// One more failure of a delivery; it is given up after the attempts of the policy, at once where
// the server will never take it.
static void delivery_fail(struct deciding *d, Award__Task *task, Award__Message *message)
{
    const Award__MessageFailed *e = d->event->message_failed;
    uint32_t attempts = d->in->policy->delivery_attempts;
    SET(task, failures, task->failures + 1);
    SET(message, attempts, message->attempts + 1);
    message->reply = reply_bounded(d, e->reply);
    task->last_failure = message->reply;
    if (!task->given_up && (e->permanent || message->attempts >= attempts)) {
        SET(task, given_up, 1);
        SET(message, state, AWARD__MESSAGE__STATE__failed);
        message->ended = moment_make(d, d->now_ms);
        undeliverable_tell(d, message, e->channel);
    }
    message_put(d, message, "policy");
    task_put(d, task, "policy");
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
    delivery_fail(d, task, message);
    return true;
}

// ---- A new calendar, a new alert policy

enum { RECOMPUTED_AT_ONCE = 100 };

void recompute_queue(struct deciding *d, const char *after, bool policy)
{
    Award__Due *next = NEW(d, Award__Due, award__due);
    next->moment = moment_make(d, d->now_ms);
    SET(next, kind, AWARD__DUE__KIND__recompute);
    next->subject = arena_string(d->arena, after);
    SET(next, step, policy ? 1 : 0);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &next->base, "policy");
}

// The deadlines are computed anew in portions, each an entry, so that a crash between them loses
// nothing: the row of the index that asks for the next portion is put with this one. A portion is
// small, for each record that is put is looked for among all that were put before.
bool decide_deadlines_recomputed(struct deciding *d)
{
    const Award__DeadlinesRecomputed *e = d->event->deadlines_recomputed;
    const char *after = e->after != NULL ? e->after : "";
    int step = e->policy ? 1 : 0;
    record_remove(d, "policy", AWARD__CHANGE__RECORD_DUE, e->due->ms,
                  (int)AWARD__DUE__KIND__recompute, after, step);
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_DEADLINE, 0);
    if (*after != '\0') {
        struct bytes last = record_key(d->arena, AWARD__CHANGE__RECORD_DEADLINE, after);
        uint8_t *behind = arena_alloc(d->arena, last.size + 1);
        memcpy(behind, last.data, last.size);
        walk.from = (struct bytes){behind, last.size + 1};
    }
    Award__Deadline *deadline;
    for (size_t seen = 0; (deadline = (Award__Deadline *)record_walk_next(&walk)) != NULL;) {
        if (e->policy) {
            deadline_tell_anew(d, deadline, e->due->ms);
        } else {
            deadline_recompute(d, deadline);
        }
        if (++seen == RECOMPUTED_AT_ONCE) {
            recompute_queue(d, deadline->deadline, e->policy != 0);
            break;
        }
    }
    return true;
}
