// revocation - the revocation worker: which task is done by what
#include "workers/revocation/revocation.h"

#include "workers/revocation/article20.h"
#include "workers/revocation/papers.h"

static bool handle(void *context, const Award__TaskOrder *order, struct arena *arena,
                   Award__Event *answer, const char **reason)
{
    (void)context;
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_CHECK_GROUNDS) {
        answer->body_case = AWARD__EVENT__BODY_GROUNDS_CHECKED;
        answer->grounds_checked = article20_check(order->check_grounds, arena, reason);
        return answer->grounds_checked != NULL;
    }
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_DRAFT_PAPERS) {
        answer->body_case = AWARD__EVENT__BODY_PAPERS_DRAFTED;
        answer->papers_drafted = papers_draft(order->draft_papers, arena, reason);
        return answer->papers_drafted != NULL;
    }
    *reason =
        "撤销程序不办理这类任务；请核对程序版本。 / The revocation worker does no task of this "
        "kind; check its version.";
    return false;
}

const struct worker revocation_worker = {
    .name = "award-revocation",
    .principal = "worker-revocation",
    .zh = "核对第二十条的撤销情形，起草撤销文书",
    .en = "checks the grounds of Article 20 and drafts the papers of a revocation",
    .capacity = 8,
    .handle = handle,
};
