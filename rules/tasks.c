// tasks - the table of tasks: what is asked of which worker, and what answers it
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

#define ANSWER(name) AWARD__EVENT__BODY_##name

// clang-format off
static const struct task_row table[] = {
    // kind, its name, worker, queued by, answered by, attempts, whom it alerts when it is given up
    [AWARD__TASK_KIND__NAME__compare_sheets]  = {"compare_sheets", AWARD__ROLE__NAME__worker_scoring, "independent_sheet", ANSWER(SHEETS_COMPARED), 5, ROLE(office)},
    [AWARD__TASK_KIND__NAME__rank]            = {"rank", AWARD__ROLE__NAME__worker_scoring, "selection_started tie_decided", ANSWER(RANKING_COMPUTED), 5, ROLE(office)},
    [AWARD__TASK_KIND__NAME__deliver_message] = {"deliver_message", AWARD__ROLE__NAME__worker_notification, "message_sealed", ANSWER(MESSAGE_DELIVERED), 10, ROLE(office)},
    [AWARD__TASK_KIND__NAME__write_feedback]  = {"write_feedback", AWARD__ROLE__NAME__worker_notification, "consensus_sheet leaders_meeting", ANSWER(FEEDBACK_SENT), 10, ROLE(office)},
    [AWARD__TASK_KIND__NAME__check_grounds]   = {"check_grounds", AWARD__ROLE__NAME__worker_revocation, "incident_recorded liability_established violation_confirmed", ANSWER(GROUNDS_CHECKED), 5, ROLE(bureau)},
    [AWARD__TASK_KIND__NAME__draft_papers]    = {"draft_papers", AWARD__ROLE__NAME__worker_revocation, "revocation_verified revocation_decided", ANSWER(PAPERS_DRAFTED), 5, ROLE(bureau)},
};
// clang-format on

const struct task_row *task_row(Award__TaskKind__Name kind)
{
    size_t index = (size_t)kind;
    return index < sizeof(table) / sizeof(table[0]) && table[index].name != NULL ? &table[index]
                                                                                 : NULL;
}

static const char *task_id(struct deciding *d, Award__TaskKind__Name kind, const char *subject,
                           uint32_t ordinal)
{
    const struct task_row *row = task_row(kind);
    assert(row != NULL);
    return say(d, "%s:%s:%u", row->name, subject, ordinal);
}

// A task has a detail by its kind, or never.
static bool same_detail(const Award__Task *task, const char *detail)
{
    assert((detail == NULL) == (task->detail == NULL));
    return detail == NULL || strcmp(detail, task->detail) == 0;
}

void task_queue(struct deciding *d, Award__TaskKind__Name kind, const char *subject,
                const char *detail, uint32_t ordinal, const Award__Case *c)
{
    const char *id = task_id(d, kind, subject, ordinal);
    for (const Award__Task *open; (open = task_get(d, id)) != NULL;) {
        if (same_detail(open, detail)) {
            return;
        }
        id = task_id(d, kind, subject, ++ordinal);
    }
    Award__Task *task = NEW(d, Award__Task, award__task);
    task->task = arena_string(d->arena, id);
    SET(task, kind, kind);
    task->subject = arena_string(d->arena, subject);
    task->detail = detail != NULL ? arena_string(d->arena, detail) : NULL;
    SET(task, ordinal, ordinal);
    task->queued = moment_make(d, d->now_ms);
    task->case_ = c != NULL ? c->case_ : NULL;
    task_put(d, task, d->row->article);
}

bool task_answer(struct deciding *d, const char *subject)
{
    const Award__Task *task = !text_blank(d->event->task) ? task_get(d, d->event->task) : NULL;
    if (task == NULL) {
        return reject(d, "no_such_task", "order",
                      say(d, "任务 %s 不在待办之列：已经答复、已经撤回，或从未下达。",
                          text_blank(d->event->task) ? "(空)" : d->event->task),
                      say(d, "Task %s is not open: answered, withdrawn, or never asked.",
                          text_blank(d->event->task) ? "(none)" : d->event->task));
    }
    const struct task_row *row = task_row(task->kind);
    assert(row != NULL);
    if (row->answered_by != d->event->body_case || strcmp(task->subject, subject) != 0) {
        return reject(d, "wrong_answer", "order",
                      say(d, "任务 %s 不能由“%s”（%s）答复。", task->task, d->row->zh, subject),
                      say(d, "Task %s is not answered by %s about %s.", task->task,
                          event_name(d->event->body_case), subject));
    }
    record_remove(d, d->row->article, AWARD__CHANGE__RECORD_TASK, task->task);
    return true;
}

void task_withdraw(struct deciding *d, Award__TaskKind__Name kind, const char *subject,
                   uint32_t ordinal)
{
    const char *id = task_id(d, kind, subject, ordinal);
    if (task_get(d, id) != NULL) {
        record_remove(d, d->row->article, AWARD__CHANGE__RECORD_TASK, id);
    }
}
