// scoring - the scoring worker: which task is done by what
#include "workers/scoring/scoring.h"

#include "workers/scoring/comparison.h"
#include "workers/scoring/pools.h"

static bool handle(void *context, const Award__TaskOrder *order, struct arena *arena,
                   Award__Event *answer, const char **reason)
{
    (void)context;
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_COMPARE_SHEETS) {
        answer->body_case = AWARD__EVENT__BODY_SHEETS_COMPARED;
        answer->sheets_compared = comparison_make(order->compare_sheets, arena, reason);
        return answer->sheets_compared != NULL;
    }
    if (order->payload_case == AWARD__TASK_ORDER__PAYLOAD_RANK) {
        answer->body_case = AWARD__EVENT__BODY_RANKING_COMPUTED;
        answer->ranking_computed = pools_compute(order->rank, arena, reason);
        return answer->ranking_computed != NULL;
    }
    *reason = "评分程序不办理这类任务；请核对程序版本。 / The scoring worker does no task of this "
              "kind; check its version.";
    return false;
}

const struct worker scoring_worker = {
    .name = "award-scoring",
    .principal = "worker-scoring",
    .zh = "比对独立评分，计算评审得分、综合得分和排名",
    .en = "compares independent sheets, computes review and composite scores and ranks",
    .capacity = 8,
    .handle = handle,
};
