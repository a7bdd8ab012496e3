// withdrawal - an enterprise leaves by itself, before approval (policy)
#include "rules/decide.h"
#include "rules/plan.h"
#include "rules/selection.h"
#include "rules/tasks.h"

#include <string.h>

// Sheets are no longer compared for a case that has left. Messages about it still go out.
static void tasks_withdraw(struct deciding *d, const char *case_id)
{
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_TASK, 0);
    const Award__Task *task;
    while ((task = (const Award__Task *)record_walk_next(&walk)) != NULL) {
        if (task->kind == AWARD__TASK_KIND__NAME__compare_sheets && task->case_ != NULL &&
            strcmp(task->case_, case_id) == 0) {
            task_withdraw(d, task->kind, task->subject, task->ordinal);
        }
    }
}

bool decide_application_withdrawn(struct deciding *d)
{
    const Award__ApplicationWithdrawn *e = d->event->application_withdrawn;
    Award__Case *c = d->c;
    LIST_ADD(d, c, reasons,
             reason_make(d, "withdrawn", "policy", say(d, "企业撤回申报：%s", e->reason),
                         say(d, "Withdrawn by the enterprise: %s", e->reason)));
    if (!case_move(d, c, GUARD_NONE)) {
        return false;
    }
    tasks_withdraw(d, c->case_);
    plan_case_moved(d, c);
    selection_case_left(d, c);
    return true;
}
