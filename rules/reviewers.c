// reviewers - the pool of reviewers (8)
#include "rules/decide.h"

bool decide_reviewer_added(struct deciding *d)
{
    Award__ReviewerAdded *e = d->event->reviewer_added;
    const Award__Principal *principal = principal_get(d, e->person);
    if (principal == NULL || principal->role != AWARD__ROLE__NAME__reviewer) {
        return reject(
            d, "not_a_reviewer", "8", say(d, "%s 不是登记在册的评审员；请先登记人员。", e->person),
            say(d, "%s is not enrolled as a reviewer; enrol the person first.", e->person));
    }
    const Award__Reviewer *before = reviewer_get(d, e->person);
    if (before != NULL && !before->removed) {
        return reject(d, "already_in_pool", "order", say(d, "%s 已在评审员专家库中。", e->person),
                      say(d, "%s is in the pool already.", e->person));
    }
    Award__Reviewer *reviewer = NEW(d, Award__Reviewer, award__reviewer);
    reviewer->person = e->person;
    reviewer->added = e;
    SET(reviewer, removed, 0);
    concerns(d, e->person);
    reviewer_put(d, reviewer, "8");
    return true;
}

bool decide_reviewer_removed(struct deciding *d)
{
    const Award__ReviewerRemoved *e = d->event->reviewer_removed;
    Award__Reviewer *reviewer = reviewer_get(d, e->person);
    if (reviewer == NULL || reviewer->removed) {
        return reject(d, "not_in_pool", "order",
                      say(d, "%s 不在评审员专家库中；请核对姓名标识。", e->person),
                      say(d, "%s is not in the pool; check the name.", e->person));
    }
    SET(reviewer, removed, 1);
    concerns(d, e->person);
    reviewer_put(d, reviewer, "8");
    return true;
}
