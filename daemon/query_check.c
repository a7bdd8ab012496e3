// query_check - what would keep somebody from being told, in pages
#include "daemon/query_parts.h"
#include "rules/people_check.h"

void query_check(struct asking *asking)
{
    const Award__QueryCheck *query = asking->query->check;
    const Award__Check *all = people_check(asking->d);
    Award__Check *check = NEW(asking->d, Award__Check, award__check);
    check->findings = arena_alloc(asking->arena, (all->n_findings + 1) * sizeof(void *));
    for (size_t i = query->has_after ? query->after : 0; i < all->n_findings; i++) {
        if (!query_row_fits(asking, check->n_findings, &all->findings[i]->base)) {
            break;
        }
        check->findings[check->n_findings++] = all->findings[i];
    }
    asking->reply->check = check;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_CHECK;
}
