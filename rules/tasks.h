// tasks - the table of tasks: what is asked of which worker, and what answers it
#pragma once

#include "rules/deciding.h"

struct task_row {
    const char *name;
    Award__Role__Name worker;
    const char *queued_by; // for documentation
    Award__Event__BodyCase answered_by;
    uint32_t attempts; // failures that a worker may report before it is given up
    uint32_t alerts;   // set of roles that are told then
};

// NULL where there is no such kind.
const struct task_row *task_row(Award__TaskKind__Name kind);

// Queues a task, "kind:subject:ordinal"; the ordinal tells one asking from the next, and another
// detail under the same ordinal takes the next that is free. Nothing if it is queued already.
void task_queue(struct deciding *d, Award__TaskKind__Name kind, const char *subject,
                const char *detail, uint32_t ordinal, const Award__Case *c);

// Takes the task that the event answers (Event.task) out of the outbox. Rejects (false) an answer
// to no open task, or to one of another kind or about another subject.
bool task_answer(struct deciding *d, const char *subject);

// Withdraws a task whose reason is gone.
void task_withdraw(struct deciding *d, Award__TaskKind__Name kind, const char *subject,
                   uint32_t ordinal);
