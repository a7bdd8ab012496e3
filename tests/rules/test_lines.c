// The line of awardctl for what is due, kind by kind, and for what is awaited.
#include "rules/lines.h"

#include "rules/deadlines.h"
#include "rules/events.h"

#include <criterion/criterion.h>
#include <string.h>

// A deadline of case 2018/E/1; that of an incident is about the incident.
static Award__Deadline deadline_of(Award__DeadlineKind__Name kind)
{
    static char subject[] = "S";
    static char incident[] = "2018/E/1/I-7";
    static char case_name[] = "2018/E/1";
    static char cycle[] = "2018";
    Award__Deadline deadline = AWARD__DEADLINE__INIT;
    deadline.kind = kind;
    bool of_incident = kind == AWARD__DEADLINE_KIND__NAME__incident_report;
    deadline.subject = of_incident ? incident : subject;
    deadline.ordinal = 2020;
    deadline.case_ = case_name;
    deadline.cycle = cycle;
    return deadline;
}

#define ANY AWARD__ROLE__NAME__office

Test(lines, a_deadline_has_the_line_that_meets_it_for_who_may_send_that)
{
    static const struct {
        Award__DeadlineKind__Name kind;
        Award__Role__Name reader;
        const char *line;
    } rows[] = {
        {AWARD__DEADLINE_KIND__NAME__plan_independent, AWARD__ROLE__NAME__reviewer,
         "awardctl new independent_sheet"                                        },
        {AWARD__DEADLINE_KIND__NAME__plan_consensus,   AWARD__ROLE__NAME__reviewer,
         "awardctl new consensus_sheet"                                          },
        {AWARD__DEADLINE_KIND__NAME__plan_visit,       AWARD__ROLE__NAME__reviewer,
         "awardctl new visit_sheet"                                              },
        {AWARD__DEADLINE_KIND__NAME__plan_report,      AWARD__ROLE__NAME__reviewer,
         "awardctl new visit_sheet"                                              },
        {AWARD__DEADLINE_KIND__NAME__objection_answer, AWARD__ROLE__NAME__office,
         "awardctl send objection_decided objection=S"                           },
        {AWARD__DEADLINE_KIND__NAME__incident_report,  AWARD__ROLE__NAME__enterprise,
         "awardctl send incident_reported_by_laureate case=2018/E/1 incident=I-7"},
        {AWARD__DEADLINE_KIND__NAME__self_evaluation,  AWARD__ROLE__NAME__enterprise,
         "awardctl send self_evaluation_submitted case=2018/E/1 year=2020"       },
        {AWARD__DEADLINE_KIND__NAME__experience,       AWARD__ROLE__NAME__office,
         "awardctl send experience_shared case=2018/E/1"                         },
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Deadline deadline = deadline_of(rows[i].kind);
        struct deadline_line line = line_of_deadline(arena, &deadline, rows[i].reader);
        cr_expect_str_eq(line.text, rows[i].line);
        cr_expect_not(line.shows);
        cr_expect_eq(line.acting, 0);
    }
    arena_destroy(arena);
}

Test(lines, what_ends_by_itself_shows_its_cycle_and_waits_for_nobody)
{
    static const Award__DeadlineKind__Name kinds[] = {AWARD__DEADLINE_KIND__NAME__closing,
                                                      AWARD__DEADLINE_KIND__NAME__publicity_end};
    struct arena *arena = arena_create();
    for (size_t i = 0; i < 2; i++) {
        Award__Deadline deadline = deadline_of(kinds[i]);
        struct deadline_line line = line_of_deadline(arena, &deadline, ANY);
        cr_expect_str_eq(line.text, "awardctl cycle show 2018");
        cr_expect(line.shows);
        cr_expect_eq(line.acting, 0);
        deadline.cycle = NULL;
        cr_expect_str_eq(line_of_deadline(arena, &deadline, ANY).text,
                         "awardctl deadlines 2018/E/1");
    }
    arena_destroy(arena);
}

// Supervision was told to send experience_shared, the office to report an incident.
Test(lines, who_may_not_meet_a_deadline_is_shown_its_case_and_who_acts)
{
    static const struct {
        Award__DeadlineKind__Name kind;
        Award__Role__Name reader;
        uint32_t acting;
    } rows[] = {
        {AWARD__DEADLINE_KIND__NAME__experience,       AWARD__ROLE__NAME__supervision_committee,
         ROLE(enterprise) | ROLE(office)                                                                       },
        {AWARD__DEADLINE_KIND__NAME__self_evaluation,  AWARD__ROLE__NAME__bureau,
         ROLE(enterprise) | ROLE(office)                                                                       },
        {AWARD__DEADLINE_KIND__NAME__incident_report,  AWARD__ROLE__NAME__office,
         ROLE(enterprise) | ROLE(bureau)                                                                       },
        {AWARD__DEADLINE_KIND__NAME__objection_answer, AWARD__ROLE__NAME__enterprise,            ROLE(office)  },
        {AWARD__DEADLINE_KIND__NAME__plan_visit,       AWARD__ROLE__NAME__office,                ROLE(reviewer)},
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__Deadline deadline = deadline_of(rows[i].kind);
        struct deadline_line line = line_of_deadline(arena, &deadline, rows[i].reader);
        cr_expect_str_eq(line.text, "awardctl case show 2018/E/1");
        cr_expect(line.shows);
        cr_expect_eq(line.acting, rows[i].acting);
    }
    arena_destroy(arena);
}

Test(lines, without_a_case_the_subject_of_the_deadline_is_shown)
{
    struct arena *arena = arena_create();
    Award__Deadline deadline = deadline_of(AWARD__DEADLINE_KIND__NAME__plan_independent);
    deadline.case_ = NULL;
    struct deadline_line line = line_of_deadline(arena, &deadline, AWARD__ROLE__NAME__office);
    cr_expect_str_eq(line.text, "awardctl deadlines S");
    cr_expect_eq(line.acting, ROLE(reviewer));
    deadline = deadline_of(AWARD__DEADLINE_KIND__NAME__incident_report);
    deadline.case_ = NULL; // the incident is not told from the case then
    line = line_of_deadline(arena, &deadline, AWARD__ROLE__NAME__enterprise);
    cr_expect_null(strstr(line.text, "incident="), "%s", line.text);
    deadline.case_ = deadline.subject;
    line = line_of_deadline(arena, &deadline, AWARD__ROLE__NAME__enterprise);
    cr_expect_null(strstr(line.text, "incident="), "%s", line.text);
    deadline = deadline_of((Award__DeadlineKind__Name)0);
    line = line_of_deadline(arena, &deadline, AWARD__ROLE__NAME__office);
    cr_expect_str_eq(line.text, "awardctl cycle show 2018");
    cr_expect(line.shows);
    arena_destroy(arena);
}

// Every kind for every role, and for who is nobody known: a line that sends only what is his to
// send.
Test(lines, nobody_is_told_to_send_what_his_role_may_not)
{
    const ProtobufCEnumDescriptor *kinds = &award__deadline_kind__name__descriptor;
    struct arena *arena = arena_create();
    for (unsigned i = 0; i < kinds->n_values; i++) {
        Award__DeadlineKind__Name kind = (Award__DeadlineKind__Name)kinds->values[i].value;
        const Award__Deadline deadline = deadline_of(kind);
        Award__Event__BodyCase event = event_number(deadline_row(kind)->closed_by);
        uint32_t from = event_row(event) != NULL ? event_row(event)->from : 0;
        for (unsigned role = 0; role < 32; role++) {
            struct deadline_line line = line_of_deadline(arena, &deadline, (Award__Role__Name)role);
            bool may = (from >> role & 1U) != 0;
            cr_expect_eq(line.shows, !may, "%s, role %u", kinds->values[i].name, role);
            cr_expect_eq(line.acting, may ? 0 : from, "%s, role %u", kinds->values[i].name, role);
            bool sends = strstr(line.text, "awardctl send ") != NULL ||
                         strstr(line.text, "awardctl new ") != NULL;
            cr_expect_eq(sends, may, "%s, role %u: %s", kinds->values[i].name, role, line.text);
        }
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
        {"conditions_verified",   "2018/X/1",       "awardctl send conditions_verified case=2018/X/1"          },
        {"leaders_meeting",       "2018/X/1",       "awardctl send leaders_meeting cycle=2018"                 },
        {"team_drawn",            "2018/X/1",       "awardctl draw 2018"                                       },
        {"countersigned",         "office/enrol/7",
         "awardctl send countersigned event.principal=office event.id='enrol/7'"                               },
        {"countersigned",         "7",              "awardctl send countersigned event.principal= event.id='7'"},
        {"paper_received",        "2018/X",         "awardctl send paper_received cycle=2018 enterprise=X"     },
        {"paper_received",        "X",              "awardctl send paper_received cycle= enterprise=X"         },
        {"application_submitted", "2018/X",
         "awardctl send application_submitted cycle=2018 enterprise=X"                                         },
        {"ranking_computed",      "rank:2018:1",    "awardctl tasks"                                           },
        {"grounds_checked",       "c/i",            "awardctl tasks"                                           },
        {"feedback_sent",         "c",              "awardctl tasks"                                           },
        {"suggestion",            "S",              "awardctl new suggestion"                                  },
        {"no_such_event",         "S",              "-"                                                        },
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(line_of_event(arena, rows[i].event, rows[i].subject), rows[i].line);
    }
    arena_destroy(arena);
}
