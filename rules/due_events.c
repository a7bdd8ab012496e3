// due_events - the coordinator's own event for each kind of row of the index
#include "rules/rules.h"

#include "rules/deciding.h"

#define BODY(event, type, prefix, NAME)                                                            \
    ((event)->body_case = AWARD__EVENT__BODY_##NAME,                                               \
     (type *)message_new(arena, &prefix##__descriptor))

static void recompute_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__DeadlinesRecomputed *body =
        BODY(event, Award__DeadlinesRecomputed, award__deadlines_recomputed, DEADLINES_RECOMPUTED);
    body->after = due->subject;
    body->due = due->moment;
    if (due->step != 0) { // rows of a calendar have step 0
        SET(body, policy, 1);
    }
    event->deadlines_recomputed = body;
}

static void deadline_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__DeadlineDue *body = BODY(event, Award__DeadlineDue, award__deadline_due, DEADLINE_DUE);
    body->deadline = due->subject;
    SET(body, revision, due->revision);
    event->deadline_due = body;
}

static void alert_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__AlertDue *body = BODY(event, Award__AlertDue, award__alert_due, ALERT_DUE);
    body->deadline = due->subject;
    SET(body, revision, due->revision);
    SET(body, step, due->step);
    event->alert_due = body;
}

static void message_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__MessageSealed *body =
        BODY(event, Award__MessageSealed, award__message_sealed, MESSAGE_SEALED);
    body->message = due->subject;
    event->message_sealed = body;
}

static void year_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__SelfEvaluationYearBegan *body =
        BODY(event, Award__SelfEvaluationYearBegan, award__self_evaluation_year_began,
             SELF_EVALUATION_YEAR_BEGAN);
    body->case_ = due->subject;
    SET(body, year, (int32_t)due->step);
    event->self_evaluation_year_began = body;
}

static void escalation_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__EscalationDue *body =
        BODY(event, Award__EscalationDue, award__escalation_due, ESCALATION_DUE);
    body->deadline = due->subject;
    SET(body, revision, due->revision);
    SET(body, step, due->step);
    event->escalation_due = body;
}

static void snooze_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__SnoozeEnded *body = BODY(event, Award__SnoozeEnded, award__snooze_ended, SNOOZE_ENDED);
    body->alert = due->subject;
    body->until = due->moment;
    event->snooze_ended = body;
}

static void morning_fill(const Award__Due *due, Award__Event *event, struct arena *arena)
{
    Award__MorningCame *body = BODY(event, Award__MorningCame, award__morning_came, MORNING_CAME);
    body->due = due->moment;
    event->morning_came = body;
}

typedef void (*due_fill)(const Award__Due *due, Award__Event *event, struct arena *arena);

static const due_fill fills[] = {
    [AWARD__DUE__KIND__recompute] = recompute_fill,
    [AWARD__DUE__KIND__deadline] = deadline_fill,
    [AWARD__DUE__KIND__alert] = alert_fill,
    [AWARD__DUE__KIND__message] = message_fill,
    [AWARD__DUE__KIND__self_evaluation_year] = year_fill,
    [AWARD__DUE__KIND__escalation] = escalation_fill,
    [AWARD__DUE__KIND__unheard] = alert_fill, // the step behind all
    [AWARD__DUE__KIND__snooze] = snooze_fill,
    [AWARD__DUE__KIND__morning] = morning_fill,
};

Award__Event *rules_due_event(const Award__Due *due, struct arena *arena)
{
    Award__Event *event = (Award__Event *)message_new(arena, &award__event__descriptor);
    fills[due->kind](due, event, arena);
    return event;
}
