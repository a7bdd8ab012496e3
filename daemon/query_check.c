// query_check - what would keep somebody from being told, in pages
#include "daemon/query_parts.h"
#include "rules/people_check.h"

// What is damaged is behind whom it concerns.
static void damaged_add(struct asking *asking, Award__Check *check)
{
    char **names;
    struct deciding *d = asking->d;
    size_t count = damage_names(ledger_damage(asking->ledger), asking->arena, &names);
    for (size_t i = 0; i < count; i++) {
        Award__Check__Finding *finding = NEW(d, Award__Check__Finding, award__check__finding);
        finding->code = arena_string(d->arena, "record_damaged");
        finding->zh = say(d, "记录 %s 已损坏并搁置，需要它的事项会被驳回。", names[i]);
        finding->en =
            say(d, "Record %s is damaged and set aside; what needs it is rejected.", names[i]);
        finding->next = arena_string(d->arena, "awardd rebuild");
        LIST_ADD(d, check, findings, finding);
    }
}

void query_check(struct asking *asking)
{
    const Award__QueryCheck *query = asking->query->check;
    Award__Check *all = people_check(asking->d);
    damaged_add(asking, all);
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
