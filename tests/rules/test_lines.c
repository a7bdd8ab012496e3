// The line of awardctl for what is due, kind by kind, and for what is awaited.
#include "rules/lines.h"

#include <criterion/criterion.h>

Test(lines, a_deadline_has_the_line_that_meets_it_or_else_shows_it)
{
    static const struct {
        Award__DeadlineKind__Name kind;
        const char *line;
    } rows[] = {
        {AWARD__DEADLINE_KIND__NAME__closing,          "awardctl cycle show 2018"                     },
        {AWARD__DEADLINE_KIND__NAME__plan_independent, "awardctl new independent_sheet"               },
        {AWARD__DEADLINE_KIND__NAME__plan_consensus,   "awardctl new consensus_sheet"                 },
        {AWARD__DEADLINE_KIND__NAME__plan_visit,       "awardctl new visit_sheet"                     },
        {AWARD__DEADLINE_KIND__NAME__plan_report,      "awardctl new visit_sheet"                     },
        {AWARD__DEADLINE_KIND__NAME__publicity_end,    "awardctl cycle show 2018"                     },
        {AWARD__DEADLINE_KIND__NAME__objection_answer,
         "awardctl send objection_decided objection=S"                                                },
        {AWARD__DEADLINE_KIND__NAME__incident_report,
         "awardctl send incident_reported_by_laureate case=2018/E/1 incident=I-7"                     },
        {AWARD__DEADLINE_KIND__NAME__self_evaluation,
         "awardctl send self_evaluation_submitted case=2018/E/1 year=2020"                            },
        {AWARD__DEADLINE_KIND__NAME__experience,       "awardctl send experience_shared case=2018/E/1"},
    };
    static char subject[] = "S";
    static char incident[] = "2018/E/1/I-7";
    static char case_name[] = "2018/E/1";
    static char cycle[] = "2018";
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__Deadline deadline = AWARD__DEADLINE__INIT;
        deadline.kind = rows[i].kind;
        bool of_incident = deadline.kind == AWARD__DEADLINE_KIND__NAME__incident_report;
        deadline.subject = of_incident ? incident : subject;
        deadline.ordinal = 2020;
        deadline.case_ = case_name;
        deadline.cycle = cycle;
        cr_expect_str_eq(line_of_deadline(arena, &deadline), rows[i].line);
    }
    arena_destroy(arena);
}

Test(lines, an_event_has_the_line_that_sends_it_about_its_subject)
{
    static const struct {
        const char *event;
        const char *subject;
        const char *line;
    } rows[] = {
        {"conditions_verified", "2018/X/1",       "awardctl send conditions_verified case=2018/X/1"     },
        {"leaders_meeting",     "2018/X/1",       "awardctl send leaders_meeting cycle=2018"            },
        {"team_drawn",          "2018/X/1",       "awardctl draw 2018"                                  },
        {"countersigned",       "office/enrol/7",
         "awardctl send countersigned event.principal=office event.id='enrol/7'"                        },
        {"paper_received",      "2018/X",         "awardctl send paper_received cycle=2018 enterprise=X"},
        {"ranking_computed",    "rank:2018:1",    "awardctl tasks"                                      },
        {"grounds_checked",     "c/i",            "awardctl tasks"                                      },
        {"feedback_sent",       "c",              "awardctl tasks"                                      },
        {"suggestion",          "S",              "awardctl new suggestion"                             },
        {"no_such_event",       "S",              "-"                                                   },
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(line_of_event(arena, rows[i].event, rows[i].subject), rows[i].line);
    }
    arena_destroy(arena);
}
