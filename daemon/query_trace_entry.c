// query_trace_entry - what happened in one entry: its event's way, and the tasks, messages and
// deadlines that it made, moved or ended
//
// Everything is taken from the entry as its viewer may see it, so that a trace tells nobody more
// than the journal does. Only what an entry removes is looked up in the entry itself: it was
// followed because it had been seen.
#include "daemon/query_trace.h"

#include "common/clock.h"
#include "daemon/fold.h"

#include <string.h>

#define STEP(name) AWARD__TRACE__STEP__WHAT__##name
#define FOLLOWED(name) AWARD__TRACE__FOLLOWED__KIND__##name

enum { MENTIONS_AT_ONCE = 64 };

typedef Award__Trace__Step__What step_what;

// One entry on its way into the trace.
struct shown {
    struct tracing *t;
    const Award__Entry *entry;
    const Award__HistoryItem *item; // as the viewer may see it
    bool remembered;
    struct trace_times times; // where it is remembered
    int64_t done_us;          // when it was decided, as far as that is known
    const Award__Task *left;  // the task that it answers, where that is still open
    bool reported;            // it answers a followed task, and the viewer reads how
};

// ---- Steps

// Of this entry, at the time of its decision.
static Award__Trace__Step *effect_add(const struct shown *s, step_what what)
{
    Award__Trace__Step *step = tracing_step(s->t, what, s->done_us);
    SET(step, entry, s->entry->number);
    return step;
}

static void event_fill(const struct shown *s, Award__Trace__Step *step)
{
    const Award__Event *event = s->item->event;
    SET(step, entry, s->entry->number);
    if (event != NULL) {
        step->event = tracing_text(s->t, event_name(event->body_case));
        step->principal = tracing_text(s->t, event->principal);
        step->id = tracing_text(s->t, event->id);
        step->task = tracing_text(s->t, event->task);
    }
}

static void outcome_fill(const struct shown *s, Award__Trace__Step *step)
{
    SET(step, entry, s->entry->number);
    SET(step, outcome, s->item->outcome);
    step->article = tracing_text(s->t, s->item->article);
}

// ---- The event's own way

static int64_t later(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static size_t handed_list(const struct tracing *t, const struct followed *followed,
                          struct trace_task list[TRACE_HANDED_MAX])
{
    const struct trace *trace = t->asking->server->trace;
    return trace != NULL ? trace_of_task(trace, followed->name, TRACE_HANDED_MAX, list) : 0;
}

// When its worker had got the task that the entry answers; 0 where that is not remembered.
static int64_t given_us(const struct shown *s)
{
    struct trace_task list[TRACE_HANDED_MAX];
    const struct followed *followed = tracing_followed(s->t, FOLLOWED(task), s->entry->event->task);
    size_t count = followed != NULL ? handed_list(s->t, followed, list) : 0;
    int64_t found_us = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].what == TRACE_GIVEN && list[i].at_ms <= s->entry->recorded->ms) {
            found_us = later(list[i].at_ms * US_PER_MS, followed->since_us);
        }
    }
    return found_us;
}

// An answer does not come before its task was given out: on a manual clock, which stands still, all
// of it would seem to be of one moment, and moments are recorded in whole milliseconds.
static void times_fill(struct shown *s)
{
    const struct trace *trace = s->t->asking->server->trace;
    int64_t recorded_ms = s->entry->recorded->ms;
    s->done_us = recorded_ms * US_PER_MS;
    s->remembered =
        trace != NULL && trace_of_entry(trace, s->entry->number, recorded_ms, &s->times);
    if (!s->remembered) {
        return;
    }
    int64_t behind_us = later(given_us(s) - s->times.received_us, 0);
    s->times.received_us += behind_us;
    s->times.taken_us += behind_us;
    s->times.decided_us += behind_us;
    s->times.journalled_us += behind_us;
    s->times.answered_us += behind_us;
    s->done_us = s->times.decided_us;
}

static void way_begin(const struct shown *s)
{
    Award__Trace__Step *received = tracing_step(s->t, STEP(received), s->times.received_us);
    event_fill(s, received);
    SET(received, waited_us, (uint32_t)(s->times.taken_us - s->times.received_us));
    Award__Trace__Step *decided = tracing_step(s->t, STEP(decided), s->times.decided_us);
    outcome_fill(s, decided);
}

// The coordinator's own events have no digest, for they are never sent again.
static void record_begin(const struct shown *s)
{
    bool own = !s->entry->has_event_digest;
    Award__Trace__Step *step = effect_add(s, own ? STEP(fired) : STEP(recorded));
    event_fill(s, step);
    outcome_fill(s, step);
    if (own) {
        step->principal = NULL; // nor a name of their own
        step->id = NULL;
    } else {
        SET(s->t->trace, only_record, 1);
    }
}

static void way_end(const struct shown *s)
{
    Award__Trace__Step *journalled = tracing_step(s->t, STEP(journalled), s->times.journalled_us);
    SET(journalled, entry, s->entry->number);
    Award__Trace__Step *answered = tracing_step(s->t, STEP(answered), s->times.answered_us);
    SET(answered, entry, s->entry->number);
}

// ---- Tasks

// Who was given the task since it was asked for, and who lost it: from memory.
static void handed_add(const struct shown *s, struct followed *followed)
{
    static const step_what whats[] = {
        [TRACE_GIVEN] = STEP(task_given),
        [TRACE_RETURNED] = STEP(task_returned),
        [TRACE_UNANSWERED] = STEP(task_unanswered),
    };
    struct trace_task list[TRACE_HANDED_MAX];
    size_t count = handed_list(s->t, followed, list);
    followed->since_us = s->remembered ? s->times.answered_us : s->done_us;
    for (size_t i = 0; i < count; i++) {
        if (list[i].at_ms < s->entry->recorded->ms) {
            continue; // of a task of this name that was done before
        }
        int64_t at_us = later(list[i].at_ms * US_PER_MS, followed->since_us);
        Award__Trace__Step *step = tracing_step(s->t, whats[list[i].what], at_us);
        step->task = tracing_text(s->t, followed->name);
        tracing_worker(s->t, step, list[i].worker, followed->task_kind);
    }
}

static void task_effect(const struct shown *s, const Award__Task *task)
{
    struct followed *followed =
        task->failures == 0 ? tracing_follow(s->t, FOLLOWED(task), task->task) : NULL;
    if (followed != NULL) {
        followed->task_kind = task->kind;
        effect_add(s, STEP(task_queued))->task = tracing_text(s->t, task->task);
    }
}

// ---- Messages

static Award__Trace__Step *message_add(const struct shown *s, step_what what,
                                       const Award__Message *message)
{
    Award__Trace__Step *step = effect_add(s, what);
    step->message = tracing_text(s->t, message->message);
    step->recipient = tracing_text(s->t, message->recipient);
    step->channel = tracing_text(s->t, message->channel);
    if (message->has_template_) {
        SET(step, template_, message->template_);
    }
    return step;
}

static void message_made(const struct shown *s, const Award__Message *message)
{
    bool collects = message->state == AWARD__MESSAGE__STATE__collecting;
    bool follows = tracing_follow(s->t, FOLLOWED(message), message->message) != NULL;
    bool sealed = tracing_followed(s->t, FOLLOWED(message), message->message) != NULL &&
                  s->entry->event->body_case == AWARD__EVENT__BODY_MESSAGE_SEALED;
    if (collects && follows) {
        Award__Trace__Step *step = message_add(s, STEP(message_collects), message);
        step->goes_out = moment_make(s->t->asking->d, message->created->ms);
    } else if (!collects && (follows || sealed)) {
        (void)message_add(s, STEP(message_sealed), message);
    }
}

// What became of it, for who sees the message and not the worker's report.
static void message_moved(const struct shown *s, const Award__Message *message)
{
    struct followed *followed = tracing_followed(s->t, FOLLOWED(message), message->message);
    if (s->reported || followed == NULL || followed->over) {
        return;
    }
    step_what what = STEP(message_failed);
    if (message->state != AWARD__MESSAGE__STATE__sealed) {
        bool delivered = message->state == AWARD__MESSAGE__STATE__delivered;
        what = delivered ? STEP(message_delivered) : STEP(message_given_up);
        followed->over = true;
    }
    Award__Trace__Step *step = message_add(s, what, message);
    step->reply = tracing_text(s->t, message->reply);
    SET(step, failures, message->attempts);
}

static void message_effect(const struct shown *s, const Award__Message *message)
{
    bool new = message->state == AWARD__MESSAGE__STATE__collecting ||
               (message->state == AWARD__MESSAGE__STATE__sealed && message->attempts == 0);
    if (new) {
        message_made(s, message);
    } else {
        message_moved(s, message);
    }
}

// ---- Answers to tasks

static void over(struct tracing *t, followed_kind kind, const char *name)
{
    struct followed *followed = tracing_followed(t, kind, name);
    if (followed != NULL) {
        followed->over = true;
    }
}

// Whether the event answers a followed task: anybody may write the name of one into his.
static bool answers(struct shown *s)
{
    const Award__Decision *decision = s->entry->decision;
    const char *task = s->entry->event->task;
    for (size_t i = 0; task != NULL && i < decision->n_changes; i++) {
        const Award__Change *change = decision->changes[i];
        const struct followed *gone = tracing_removed(s->t, change);
        if (gone != NULL && gone->kind == FOLLOWED(task) && strcmp(gone->name, task) == 0) {
            return true;
        }
        if (change->record_case == AWARD__CHANGE__RECORD_TASK &&
            strcmp(change->task->task, task) == 0) {
            s->left = change->task;
            return tracing_followed(s->t, FOLLOWED(task), task) != NULL;
        }
    }
    return false;
}

static void report_fill(const struct shown *s, Award__Trace__Step *step)
{
    const Award__Event *event = s->entry->event;
    step->task = tracing_text(s->t, event->task);
    step->principal = tracing_text(s->t, event->principal);
    if (s->left != NULL) {
        SET(step, failures, s->left->failures);
    }
    if (event->body_case == AWARD__EVENT__BODY_MESSAGE_DELIVERED) {
        step->message = tracing_text(s->t, event->message_delivered->message);
        step->channel = tracing_text(s->t, event->message_delivered->channel);
        step->reply = tracing_text(s->t, event->message_delivered->reply);
    } else if (event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED) {
        step->message = tracing_text(s->t, event->message_failed->message);
        step->channel = tracing_text(s->t, event->message_failed->channel);
        step->reply = tracing_text(s->t, event->message_failed->reply);
    } else if (event->body_case == AWARD__EVENT__BODY_TASK_FAILED) {
        step->reply = tracing_text(s->t, event->task_failed->reason);
    }
}

static void report_effect(const struct shown *s)
{
    bool delivery = s->entry->event->body_case == AWARD__EVENT__BODY_MESSAGE_DELIVERED ||
                    s->entry->event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED;
    step_what done = delivery ? STEP(message_delivered) : STEP(task_done);
    step_what failed = delivery ? STEP(message_failed) : STEP(task_failed);
    Award__Trace__Step *step = effect_add(s, s->left != NULL ? failed : done);
    report_fill(s, step);
    bool given_up = s->left != NULL && s->left->given_up;
    if (given_up) {
        report_fill(s, effect_add(s, delivery ? STEP(message_given_up) : STEP(task_given_up)));
    }
    if (s->left == NULL || given_up) {
        over(s->t, FOLLOWED(task), s->entry->event->task);
        over(s->t, FOLLOWED(message), step->message);
    }
}

// ---- Deadlines

static const Award__Deadline *deadline_in(const Award__Entry *entry, const char *id)
{
    for (size_t i = 0; entry != NULL && i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE &&
            strcmp(change->deadline->deadline, id) == 0) {
            return change->deadline;
        }
    }
    return NULL;
}

// As it was before the entry; NULL where the entry made it.
static const Award__Deadline *deadline_before(const struct shown *s, const char *id)
{
    const struct ledger *ledger = s->t->asking->ledger;
    uint64_t numbers[MENTIONS_AT_ONCE];
    uint64_t before = 0;
    uint64_t from = 1;
    size_t count;
    while (from < s->entry->number &&
           (count = mentions_find(ledger_view(ledger), id, from, MENTIONS_AT_ONCE, s->t->scratch,
                                  numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] < s->entry->number; i++) {
            before = numbers[i];
        }
        from = numbers[count - 1] + 1;
    }
    return before > 0 ? deadline_in(ledger_read(ledger, before, s->t->scratch, NULL), id) : NULL;
}

// An alert of it changes its record, too, and nothing of its end.
static bool deadline_same(const Award__Deadline *one, const Award__Deadline *other)
{
    int32_t last = one->last != NULL ? one->last->number : 0;
    int32_t last_other = other->last != NULL ? other->last->number : 0;
    return one->state == other->state && last == last_other;
}

static void deadline_effect(const struct shown *s, const Award__Deadline *deadline)
{
    const Award__Deadline *before = deadline_before(s, deadline->deadline);
    if (before != NULL && deadline_same(before, deadline)) {
        return;
    }
    struct deciding *d = s->t->asking->d;
    Award__Trace__Step *step =
        effect_add(s, before == NULL ? STEP(deadline_opened) : STEP(deadline_changed));
    step->deadline = tracing_text(s->t, deadline->deadline);
    step->article = tracing_text(s->t, deadline->article);
    SET(step, deadline_kind, deadline->kind);
    SET(step, state, deadline->state);
    step->last = deadline->last != NULL ? day_make(d, deadline->last->number) : NULL;
}

// ---- What waits

static void pending_effect(const struct shown *s, const Award__Pending *pending)
{
    if (tracing_follow(s->t, FOLLOWED(pending), pending->subject) != NULL) {
        Award__Trace__Step *step = effect_add(s, STEP(waits));
        step->id = tracing_text(s->t, pending->subject);
        step->reply = tracing_text(s->t, pending->waits_for);
    }
}

// ---- What is gone

static void gone_tell(const struct shown *s, const struct followed *followed)
{
    const char *answered = s->entry->event->task; // where the viewer does not read how
    if (followed->kind == FOLLOWED(task)) {
        bool done = answered != NULL && strcmp(answered, followed->name) == 0;
        effect_add(s, done ? STEP(task_done) : STEP(task_withdrawn))->task =
            tracing_text(s->t, followed->name);
    } else if (followed->kind == FOLLOWED(message)) {
        effect_add(s, STEP(message_dropped))->message = tracing_text(s->t, followed->name);
    }
}

static void removals_effect(const struct shown *s)
{
    const Award__Decision *decision = s->entry->decision;
    for (size_t i = 0; i < decision->n_changes; i++) {
        struct followed *followed = tracing_removed(s->t, decision->changes[i]);
        if (followed != NULL) {
            gone_tell(s, followed);
            followed->over = true;
        }
    }
}

// ---- One entry

static void changes_effect(const struct shown *s)
{
    size_t deadlines = 0;
    for (size_t i = 0; i < s->item->n_changes; i++) {
        const Award__Change *change = s->item->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_TASK) {
            task_effect(s, change->task);
        } else if (change->record_case == AWARD__CHANGE__RECORD_MESSAGE) {
            message_effect(s, change->message);
        } else if (change->record_case == AWARD__CHANGE__RECORD_PENDING) {
            pending_effect(s, change->pending);
        } else if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE &&
                   s->t->only_task == NULL && deadlines++ < TRACE_DEADLINES_MAX) {
            deadline_effect(s, change->deadline);
        }
    }
    if (deadlines > TRACE_DEADLINES_MAX) {
        SET(s->t->trace, cut, 1);
    }
}

bool tracing_entry(struct tracing *t, const Award__Entry *entry, bool whole)
{
    struct shown s = {.t = t, .entry = entry};
    size_t followed_before = t->followed_count;
    s.item = project_entry(t->asking->viewer, entry, ledger_view(t->asking->ledger), t->scratch);
    if (s.item == NULL) {
        return false;
    }
    times_fill(&s);
    s.reported = s.item->event->body_case != AWARD__EVENT__BODY__NOT_SET && answers(&s);
    if (s.remembered) {
        way_begin(&s);
    } else {
        record_begin(&s);
    }
    if (s.reported) {
        report_effect(&s);
    }
    removals_effect(&s);
    if (whole) {
        changes_effect(&s);
    }
    if (s.remembered) {
        way_end(&s);
    }
    for (size_t i = followed_before; i < t->followed_count; i++) {
        if (t->followed[i].kind == FOLLOWED(task)) {
            handed_add(&s, &t->followed[i]);
        }
    }
    return true;
}
