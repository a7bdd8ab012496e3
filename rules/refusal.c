// refusal - reasons that are kept on a case, and the letter that tells them to the enterprise
#include "rules/refusal.h"

#include "rules/conditions.h"
#include "rules/messages.h"

void reasons_keep(struct deciding *d, Award__Case *c, size_t n_reasons,
                  Award__Reason *const *reasons)
{
    for (size_t i = 0; i < n_reasons; i++) {
        LIST_ADD(d, c, reasons, reasons[i]);
        LIST_ADD(d, d->decision, reasons, reasons[i]);
    }
}

void refusal_tell(struct deciding *d, Award__Template__Name template_name, const Award__Case *c)
{
    const char *zh = "";
    const char *en = "";
    for (size_t i = 0; i < c->n_reasons; i++) {
        const Award__Reason *reason = c->reasons[i];
        const char *end = i > 0 ? "\n" : "";
        zh = say(d, "%s%s[%s] %s", zh, end, reason->article, reason->zh);
        en = say(d, "%s%s[%s] %s", en, end, reason->article, reason->en);
    }
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    int32_t first = conditions_first_day(c->n_reasons, c->reasons);
    const struct fact facts[] = {
        {"enterprise", enterprise != NULL ? enterprise->name : c->enterprise},
        {"cycle",      c->cycle                                             },
        {"case",       c->case_                                             },
        {"reasons",    zh                                                   },
        {"reasons_en", en                                                   },
        {"first_day",  first != 0 ? day_text(d,                               first) : ""},
        {NULL,            NULL                                                             },
    };
    message_to_roles(d, ROLE(enterprise), template_name, c, facts);
}
