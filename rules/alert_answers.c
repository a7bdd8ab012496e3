// alert_answers - what those who are told do with an alert: seen, put off, handed on
//
// None of it hides what is still to be done: the deadline stays open or overdue, and is shown so.
#include "rules/decide.h"

#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/ladders.h"
#include "rules/messages.h"

#include <string.h>

static bool no_such_alert(struct deciding *d, const char *id)
{
    return reject(d, "no_such_alert", "order",
                  say(d, "您没有提醒 %s；用 awardctl alerts 查看。", id),
                  say(d, "You have no alert %s; awardctl alerts lists yours.", id));
}

static Award__Alert *alert_to_sender(struct deciding *d, const char *id)
{
    return (Award__Alert *)record_get(d, AWARD__CHANGE__RECORD_ALERT, d->sender->name, id);
}

// The sender's own alert; rejects (NULL) where he has none of this name.
static Award__Alert *alert_own(struct deciding *d, const char *id)
{
    Award__Alert *alert = alert_to_sender(d, id);
    if (alert == NULL) {
        (void)no_such_alert(d, id);
    }
    return alert;
}

static bool open_check(struct deciding *d, const Award__Alert *alert)
{
    if (alert_open(alert)) {
        return true;
    }
    return reject(d, "alert_settled", "order",
                  say(d,
                      "提醒 %s 已确认、已移交或已收回，无需再办；请用 awardctl alerts --all 查看。",
                      alert->alert),
                  say(d,
                      "The alert %s was acknowledged, handed over or taken back; nothing is left "
                      "to do. awardctl alerts --all shows it.",
                      alert->alert));
}

// The deadline that an alert is about; NULL where it has moved since.
static Award__Deadline *deadline_told(struct deciding *d, const Award__Alert *alert)
{
    Award__Deadline *deadline = deadline_get(d, alert->deadline);
    if (deadline != NULL) {
        concerns(d, deadline->case_ != NULL ? deadline->case_ : deadline->subject);
    }
    return deadline != NULL && deadline->revision == alert->revision ? deadline : NULL;
}

// Seen by one of those on duty it goes no further upward.
static void upward_drop(struct deciding *d, const Award__Alert *alert, Award__Deadline *deadline)
{
    if (deadline != NULL && alert->has_post) {
        escalation_drop(d, deadline, alert->step);
        deadline_put(d, deadline, "policy");
    }
}

static void acknowledge(struct deciding *d, Award__Alert *alert)
{
    snooze_drop(d, alert);
    if (!alert->acknowledged) {
        alert->acknowledged_at = moment_make(d, d->now_ms);
    }
    SET(alert, acknowledged, 1);
    alert_put(d, alert);
}

// Who has seen a step knows of the deadline: his own alerts of the steps before it are seen as
// well, and what was told of them in his role goes no further upward.
static void earlier_acknowledge(struct deciding *d, const Award__Alert *seen,
                                Award__Deadline *deadline)
{
    for (size_t i = 0; i < deadline->n_alerted; i++) {
        Award__Alert *alert = alert_find(d, deadline->alerted[i]);
        if (alert == NULL) {
            continue;
        }
        if (alert->step == seen->step) {
            return; // they are in the order in which they were told
        }
        const Award__Principal *told = principal_get(d, alert->recipient);
        if (seen->has_post && alert->has_post && told != NULL && told->role == d->sender->role) {
            escalation_drop(d, deadline, alert->step);
        }
        if (alert_open(alert) && strcmp(alert->recipient, seen->recipient) == 0) {
            acknowledge(d, alert);
        }
    }
}

// A message that was given up is acknowledged by its recipient, or by the office that lets him
// know by another way.
static bool message_acknowledge(struct deciding *d, const char *id)
{
    Award__Message *message = message_get(d, id);
    if (message == NULL || message->state != AWARD__MESSAGE__STATE__failed ||
        (d->sender->role != AWARD__ROLE__NAME__office &&
         strcmp(message->recipient, d->sender->name) != 0)) {
        return reject(d, "no_such_alert", "order",
                      say(d,
                          "您没有提醒、也没有已放弃的消息 %s；用 awardctl alerts 和 awardctl "
                          "alerts --undelivered 查看。",
                          id),
                      say(d,
                          "You have no alert %s, nor was a message of this name given up; awardctl "
                          "alerts and awardctl alerts --undelivered list them.",
                          id));
    }
    if (message->case_ != NULL) {
        concerns(d, message->case_);
    }
    if (message->acknowledged_by == NULL) {
        message->acknowledged_by = arena_string(d->arena, d->sender->name);
        message->acknowledged_at = moment_make(d, d->now_ms);
        message_put(d, message, "policy");
    }
    return true;
}

bool decide_alert_acknowledged(struct deciding *d)
{
    const char *id = d->event->alert_acknowledged->alert;
    Award__Alert *alert = alert_to_sender(d, id);
    if (alert == NULL) {
        return message_acknowledge(d, id);
    }
    // Who handed it on has nothing to acknowledge: else it would go no further upward from who
    // took it over.
    if (alert->assigned_to != NULL) {
        return open_check(d, alert);
    }
    acknowledge(d, alert);
    Award__Deadline *deadline = deadline_told(d, alert);
    if (deadline != NULL) {
        earlier_acknowledge(d, alert, deadline);
    }
    upward_drop(d, alert, deadline);
    return true;
}

// ---- Put off

static bool until_check(struct deciding *d, int64_t until_ms)
{
    int32_t last = d->today + (int32_t)d->in->policy->snooze_days_max;
    if (until_ms > d->now_ms && day_of_moment(until_ms) <= last) {
        return true;
    }
    return reject(d, "bad_snooze", "limit",
                  say(d, "只能推迟到现在之后、%s 之前（提醒方案 snooze_days_max）；请核对 until。",
                      day_text(d, last + 1)),
                  say(d,
                      "An alert is put off to a moment from now on and before %s (snooze_days_max "
                      "of the alert policy); check `until`.",
                      day_text(d, last + 1)));
}

bool decide_alert_snoozed(struct deciding *d)
{
    const Award__AlertSnoozed *e = d->event->alert_snoozed;
    Award__Alert *alert = alert_own(d, e->alert);
    if (alert == NULL || !open_check(d, alert) || !until_check(d, e->until->ms)) {
        return false;
    }
    snooze_drop(d, alert);
    alert->snoozed_until = moment_make(d, e->until->ms);
    alert->reason = e->reason;
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = alert->snoozed_until;
    SET(due, kind, AWARD__DUE__KIND__snooze);
    due->subject = alert->alert;
    SET(due, step, 0);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "policy");
    alert_put(d, alert);
    upward_drop(d, alert, deadline_told(d, alert));
    return true;
}

// It is told again, and goes upward again from now.
bool decide_snooze_ended(struct deciding *d)
{
    const Award__SnoozeEnded *e = d->event->snooze_ended;
    Award__Alert *alert = alert_find(d, e->alert);
    if (alert == NULL || alert->snoozed_until == NULL || alert->snoozed_until->ms != e->until->ms) {
        return reject(d, "nothing_due", "order", "该提醒现在没有到期的推迟。",
                      "No snooze of this alert ends now.");
    }
    snooze_drop(d, alert);
    if (!message_collecting(d, alert->message)) {
        alert->told_again = moment_make(d, d->now_ms);
    }
    message_collect_alert(d, alert, false);
    alert_put(d, alert);
    Award__Deadline *deadline = deadline_told(d, alert);
    if (deadline != NULL && alert->has_post) {
        escalation_plan(d, deadline, alert->step);
        deadline_put(d, deadline, "policy");
    }
    return true;
}

// ---- Handed on

static Award__Post__Name post_today(struct deciding *d, const char *name)
{
    const Award__Person *person = person_get(d, name);
    return person != NULL ? person_post(person, d->today) : (Award__Post__Name)0;
}

// Who has no post himself stands in that of whom he takes the alert over from: else nobody would
// have heard it when he acknowledges.
static Award__Post__Name taker_post(struct deciding *d, const Award__Alert *alert, const char *to)
{
    Award__Post__Name own = post_today(d, to);
    return own == 0 && alert->has_post ? alert->post : own;
}

// Its recipient hands it over; somebody of the same role and a higher post assigns it.
static bool assign_check(struct deciding *d, const Award__Alert *alert)
{
    if (strcmp(alert->recipient, d->sender->name) == 0) {
        return true;
    }
    const Award__Principal *recipient = principal_get(d, alert->recipient);
    return (recipient != NULL && recipient->role == d->sender->role &&
            post_today(d, d->sender->name) > post_today(d, alert->recipient)) ||
           no_such_alert(d, alert->alert);
}

static bool taker_check(struct deciding *d, const Award__Alert *alert,
                        const Award__Deadline *deadline, const char *to)
{
    const Award__Principal *recipient = principal_get(d, alert->recipient);
    const Award__Principal *taker = principal_get(d, to);
    const struct ladder_subject subject = ladder_subject_of(d, deadline);
    if (recipient != NULL && taker != NULL && taker->role == recipient->role &&
        ladder_concerned(d, taker, &subject)) {
        return true;
    }
    return reject(
        d, "cannot_take_over", "authority",
        say(d, "%s 不是与该期限有关的同一角色的人员，不能接办；请用 awardctl principals 查看。",
            to),
        say(d,
            "%s is not of the same role and concerned with this deadline, and cannot "
            "take it over; see awardctl principals.",
            to));
}

static bool deadline_moved(struct deciding *d, const Award__Alert *alert)
{
    return reject(d, "alert_settled", "order",
                  say(d, "期限 %s 已改期或已了结，提醒 %s 不再移交；请用 awardctl deadlines 查看。",
                      alert->deadline, alert->alert),
                  say(d, "The deadline %s has moved or ended; the alert %s is not handed on.",
                      alert->deadline, alert->alert));
}

bool decide_alert_assigned(struct deciding *d)
{
    const Award__AlertAssigned *e = d->event->alert_assigned;
    Award__Alert *alert = alert_find(d, e->alert);
    if (alert == NULL) {
        return no_such_alert(d, e->alert);
    }
    if (!assign_check(d, alert) || !open_check(d, alert)) {
        return false;
    }
    Award__Deadline *deadline = deadline_told(d, alert);
    if (deadline == NULL) {
        return deadline_moved(d, alert);
    }
    if (!taker_check(d, alert, deadline, e->to)) {
        return false;
    }
    const struct recipient to = {principal_get(d, e->to), taker_post(d, alert, e->to), NULL};
    Award__Alert *taken = alert_raise(d, deadline, alert->step, &to, false);
    if (taken == NULL) {
        return reject(
            d, "already_told", "order",
            say(d, "%s 已收到同一提醒，无需移交；请其直接办理。", e->to),
            say(d, "%s was told of this step already; there is nothing to hand on.", e->to));
    }
    taken->reason = e->reason;
    taken->assigned_by = arena_string(d->arena, d->sender->name);
    alert_put(d, taken);
    snooze_drop(d, alert);
    alert->assigned_to = e->to;
    alert_put(d, alert);
    if (taken->has_post) {
        escalation_plan(d, deadline, alert->step); // upward from him, from now
    }
    deadline_put(d, deadline, "policy");
    return true;
}
