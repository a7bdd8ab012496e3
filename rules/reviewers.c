// reviewers - the pool of reviewers (8)
#include "rules/decide.h"

static void entry_put(struct deciding *d, Award__ReviewerAdded *entry)
{
    Award__Reviewer *reviewer = NEW(d, Award__Reviewer, award__reviewer);
    reviewer->person = entry->person;
    reviewer->added = entry;
    SET(reviewer, removed, 0);
    reviewer->since = day_make(d, d->today); // a draw takes the pool as it was before its seed
    concerns(d, entry->person);
    reviewer_put(d, reviewer, "8");
}

// Who is in the pool now; rejects (NULL) where the person is not.
static Award__Reviewer *entry_get(struct deciding *d, const char *person)
{
    Award__Reviewer *reviewer = reviewer_get(d, person);
    if (reviewer != NULL && !reviewer->removed) {
        return reviewer;
    }
    (void)reject(d, "not_in_pool", "order",
                 say(d, "%s 不在评审员专家库中；请核对姓名标识。", person),
                 say(d, "%s is not in the pool; check the name.", person));
    return NULL;
}

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
        return reject(
            d, "already_in_pool", "order",
            say(d, "%s 已在评审员专家库中；有变动请用“评审员变更”。", e->person),
            say(d, "%s is in the pool already; use reviewer_changed for what is new.", e->person));
    }
    entry_put(d, e);
    return true;
}

// The entry as it is now takes the place of the former, which stays in the journal.
bool decide_reviewer_changed(struct deciding *d)
{
    Award__ReviewerChanged *e = d->event->reviewer_changed;
    if (entry_get(d, e->person) == NULL) {
        return false;
    }
    Award__ReviewerAdded *entry = NEW(d, Award__ReviewerAdded, award__reviewer_added);
    entry->person = e->person;
    entry->n_industries = e->n_industries;
    entry->industries = e->industries;
    entry->employer = e->employer;
    entry->n_relations = e->n_relations;
    entry->relations = e->relations;
    entry->district = e->district;
    entry_put(d, entry);
    return true;
}

bool decide_reviewer_removed(struct deciding *d)
{
    const Award__ReviewerRemoved *e = d->event->reviewer_removed;
    Award__Reviewer *reviewer = entry_get(d, e->person);
    if (reviewer == NULL) {
        return false;
    }
    SET(reviewer, removed, 1);
    concerns(d, e->person);
    reviewer_put(d, reviewer, "8");
    return true;
}
