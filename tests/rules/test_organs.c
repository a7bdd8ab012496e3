// In whose name an event is entered by somebody else: every event from every role (decision 30).
#include "rules/events.h"
#include "rules/organs.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
    const char *event;
    const char *entered_by;
    const char *organ;
} acts[] = {
    {"application_submitted",         "office", "enterprise"         },
    {"paper_received",                "office", "enterprise"         },
    {"material_supplemented",         "office", "enterprise"         },
    {"application_withdrawn",         "office", "enterprise"         },
    {"team_drawn",                    "office", "review_committee"   },
    {"conflict_declared",             "office", "reviewer"           },
    {"leaders_meeting",               "office", "review_committee"   },
    {"review_reported",               "office", "review_committee"   },
    {"objection_filed",               "office", "public"             },
    {"complaint_filed",               "office", "public"             },
    {"deliberation_held",             "office", "selection_committee"},
    {"government_decided",            "office", "government"         },
    {"mayor_signed",                  "office", "government"         },
    {"result_published",              "office", "government"         },
    {"revocation_decided",            "office", "government"         },
    {"experience_shared",             "office", "enterprise"         },
    {"self_evaluation_submitted",     "office", "enterprise"         },
    {"incident_reported_by_laureate", "bureau", "enterprise"         },
};

static const char *organ_expected(const char *event, const char *sender)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (strcmp(acts[i].event, event) == 0 && strcmp(acts[i].entered_by, sender) == 0) {
            return acts[i].organ;
        }
    }
    return "";
}

// decision 30; 7(3), 16(8), 16(9)
Test(organs, are_named_where_the_office_or_the_bureau_enters_what_is_theirs_and_nowhere_else)
{
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        Award__Event event = AWARD__EVENT__INIT;
        event.body_case = (Award__Event__BodyCase)number;
        for (unsigned i = 0;
             event_row(event.body_case) != NULL && i < award__role__name__descriptor.n_values;
             i++) {
            const ProtobufCEnumValue *sender = &award__role__name__descriptor.values[i];
            Award__Role__Name organ = organ_of(&event, (Award__Role__Name)sender->value);
            cr_expect_str_eq(organ != 0 ? role_name(organ) : "",
                             organ_expected(event_name(event.body_case), sender->name), "%s by %s",
                             event_name(event.body_case), sender->name);
        }
    }
}

Test(organs, an_event_is_found_by_its_name)
{
    cr_expect_eq(event_number("mayor_signed"), AWARD__EVENT__BODY_MAYOR_SIGNED);
    cr_expect_eq(event_number("mayor_sings"), AWARD__EVENT__BODY__NOT_SET);
    cr_expect_eq(event_number("principal"), AWARD__EVENT__BODY__NOT_SET);
}
