// leaving - a case leaves the selection during the review: withdrawn or disqualified
#include "rules/leaving.h"

#include "rules/messages.h"
#include "rules/plan.h"
#include "rules/selection.h"

// F-leaving-1
bool case_leave(struct deciding *d, Award__Case *c, enum guard guard, Award__Reason *reason)
{
    LIST_ADD(d, c, reasons, reason);
    if (!case_move(d, c, guard)) {
        return false;
    }
    c->stage_article = reason->article; // a row may serve two articles: defence and visit
    case_put(d, c, reason->article);
    d->decision->article = reason->article;
    const struct fact facts[] = {
        {"stage",     stage_name(c->stage)},
        {"article",   reason->article     },
        {"reason",    reason->zh          },
        {"reason_en", reason->en          },
        {NULL,        NULL                },
    };
    message_to_roles(d, ROLE(enterprise), AWARD__TEMPLATE__NAME__left_selection, c, facts);
    plan_case_moved(d, c);
    selection_case_left(d, c);
    return true;
}
