// Every event from every role: admitted to the rules from those that docs and notices name for it,
// rejected from all others before anything else is looked at. The table is written from the list of
// events, not from rules/events.c, so that a changed row there fails here.
#include "tests/rules/world.h"

#include "rules/events.h"

#include <criterion/criterion.h>
#include <string.h>

// Roles in one letter each, as in the table below.
static const struct {
    char letter;
    const char *principal;
} senders[] = {
    {'o', "office"             },
    {'d', "bureau-500112"      },
    {'c', "review-committee"   },
    {'r', "reviewer-01"        },
    {'s', "supervision"        },
    {'l', "selection-committee"},
    {'g', "government"         },
    {'b', "bureau"             },
    {'e', "ent-a"              },
    {'p', "public"             },
    {'a', "admin"              },
    {'1', "worker-scoring"     },
    {'2', "worker-notification"},
    {'3', "worker-revocation"  },
    {'-', "coordinator"        },
};

enum { SENDERS = sizeof(senders) / sizeof(senders[0]) };
_Static_assert(SENDERS == (int)AWARD__ROLE__NAME__coordinator, "a role without a sender");

// clang-format off
static const struct expected {
    const char *event;
    const char *from;
    const char *second; // who signs beside the sender
    bool quiet;         // moves no version of a case: a delivery, a note, a person
} expected[] = {
    // Setting up
    {"principal_enrolled",             "a",          "s", true},
    {"principal_changed",              "a",          "s", true},
    {"key_enrolled",                   "a",          "s", true},
    {"key_revoked",                    "a",          "",  true},
    {"countersigned",                  "s",          "",  true},
    {"countersign_declined",           "s",          "",  true},
    {"rulebook_loaded",                "o",          "",  true},
    {"alert_policy_loaded",            "o",          "",  true},
    {"calendar_loaded",                "o",          "",  true},
    {"clock_set",                      "a",          "",  true},
    {"enterprise_registered",          "ode",        "",  false},
    {"enterprise_changed",             "ode",        "",  false},
    {"predecessor_linked",             "o",          "",  false},
    {"earlier_record",                 "o",          "",  false},
    {"sampling_recorded",              "ob",         "",  false},
    {"accident_recorded",              "ob",         "",  false},
    {"liability_established",          "ob",         "",  false},
    {"violation_confirmed",            "o",          "",  false},
    {"reviewer_added",                 "o",          "",  true},
    {"reviewer_changed",               "o",          "",  true},
    {"reviewer_removed",               "o",          "",  true},
    {"duty_changed",                   "o",          "",  true},
    {"absence_recorded",               "odcrslgbea", "",  true},
    {"address_changed",                "odcrslgbea", "",  true},

    // A cycle opens, enterprises apply
    {"cycle_opened",                   "o",          "",  false},
    {"cycle_changed",                  "o",          "",  false},
    {"application_submitted",          "eo",         "",  false},
    {"paper_received",                 "o",          "",  false},
    {"material_supplemented",          "eo",         "",  false},
    {"conditions_verified",            "d",          "",  false},
    {"recommendation_given",           "o",          "",  false},
    {"application_accepted",           "o",          "",  false},
    {"application_withdrawn",          "eo",         "",  false},

    // Review
    {"draw_announced",                 "oc",         "",  true},
    {"team_drawn",                     "oc",         "",  false},
    {"member_replaced",                "o",          "",  false},
    {"conflict_declared",              "ro",         "",  false},
    {"confidentiality_declared",       "r",          "",  false},
    {"plan_submitted",                 "r",          "",  false},
    {"plan_approved",                  "c",          "",  false},
    {"independent_sheet",              "r",          "",  false},
    {"consensus_sheet",                "r",          "",  false},
    {"sheets_compared",                "1",          "",  true},
    {"feedback_sent",                  "2",          "",  true},
    {"defence_scheduled",              "o",          "",  false},
    {"defence_opened",                 "o",          "",  false},
    {"defence_score",                  "r",          "",  false},
    {"defence_closed",                 "o",          "",  false},
    {"visit_scheduled",                "or",         "",  false},
    {"visit_opened",                   "or",         "",  false},
    {"visit_sheet",                    "r",          "",  false},
    {"halted",                         "r",          "",  false},
    {"halt_decided",                   "o",          "",  false},
    {"not_held",                       "o",          "",  false},
    {"leaders_meeting",                "oc",         "",  false},

    // Selecting
    {"review_reported",                "co",         "",  false},
    {"selection_started",              "o",          "",  false},
    {"ranking_computed",               "1",          "",  false},
    {"tie_decided",                    "o",          "",  false},
    {"publicity_started",              "o",          "",  false},
    {"publicity_extended",             "o",          "",  false},
    {"objection_filed",                "po",         "",  false},
    {"complaint_filed",                "po",         "",  false},
    {"complaint_linked",               "o",          "",  false},
    {"objection_decided",              "o",          "",  false},
    {"deliberation_held",              "o",          "",  false},
    {"government_decided",             "go",         "",  false},
    {"mayor_signed",                   "go",         "",  false},
    {"result_published",               "go",         "",  false},
    {"conferral_held",                 "o",          "",  false},
    {"cycle_closed",                   "o",          "",  false},

    // Afterwards
    {"experience_shared",              "eo",         "",  false},
    {"self_evaluation_submitted",      "eo",         "",  false},
    {"incident_reported_by_laureate",  "eb",         "",  false},
    {"incident_recorded",              "b",          "",  false},
    {"grounds_checked",                "3",          "",  true},
    {"papers_drafted",                 "3",          "",  true},
    {"revocation_opened",              "b",          "",  false},
    {"revocation_verified",            "b",          "",  false},
    {"revocation_decided",             "go",         "",  false},
    {"medal_returned",                 "b",          "",  false},
    {"certificate_returned",           "b",          "",  false},
    {"prize_returned",                 "b",          "",  false},
    {"revocation_published",           "b",          "",  false},
    {"accountability_recorded",        "os",         "",  true},

    // Around it
    {"supervision_finding",            "s",          "",  true},
    {"suggestion",                     "sc",         "",  true},
    {"alert_acknowledged",             "odcrslgbea", "",  true},
    {"alert_snoozed",                  "odcrslgbea", "",  true},
    {"alert_assigned",                 "odcrslgbea", "",  true},
    {"deadline_suspended",             "o",          "",  true},
    {"deadline_resumed",               "o",          "",  true},
    {"deadline_extended",              "o",          "",  true},
    {"message_tried",                  "oa",         "",  true},
    {"message_delivered",              "2",          "",  true},
    {"message_failed",                 "2",          "",  true},
    {"task_failed",                    "123",        "",  true},

    // The coordinator's own
    {"database_created",               "-",          "",  true},
    {"started",                        "-",          "",  true},
    {"stopped",                        "-",          "",  true},
    {"database_restored",              "-",          "",  true},
    {"deadline_due",                   "-",          "",  true},
    {"alert_due",                      "-",          "",  true},
    {"message_sealed",                 "-",          "",  true},
    {"self_evaluation_year_began",     "-",          "",  true},
    {"deadlines_recomputed",           "-",          "",  true},
    {"snooze_ended",                   "-",          "",  true},
    {"escalation_due",                 "-",          "",  true},
    {"morning_came",                   "-",          "",  true},
};
// clang-format on

// Events whose senders depend on what they name; a test of their own says who.
static const char *const elsewhere[] = {"correction"};

static const struct expected *expected_of(const char *event)
{
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        if (strcmp(expected[i].event, event) == 0) {
            return &expected[i];
        }
    }
    return NULL;
}

static bool is_elsewhere(const char *event)
{
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
        if (strcmp(elsewhere[i], event) == 0) {
            return true;
        }
    }
    return false;
}

static void senders_walk(struct world *world, const struct expected *row)
{
    const char *json = arena_format(world_arena(world), "{\"%s\":{}}", row->event);
    for (size_t i = 0; i < SENDERS; i++) {
        const Award__Decision *decision = world_try(world, senders[i].principal, json);
        bool refused = strcmp(world_code(decision), "not_authorised") == 0;
        cr_assert_eq(refused, strchr(row->from, senders[i].letter) == NULL, "%s from %s: %s",
                     row->event, senders[i].principal, world_code(decision));
        if (!refused) {
            continue;
        }
        cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected);
        cr_assert_str_eq(world_article(decision), "authority");
        cr_assert_eq(decision->n_changes, 0);
    }
}

static uint32_t roles_of(const char *letters)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < SENDERS; i++) {
        if (strchr(letters, senders[i].letter) != NULL) {
            roles |= UINT32_C(1) << (i + 1);
        }
    }
    return roles;
}

Test(event_roles, every_event_is_taken_from_those_named_for_it_and_from_nobody_else)
{
    struct world *world = world_create();
    for (int number = 0; number < EVENT_NUMBERS; number++) {
        if (event_row((Award__Event__BodyCase)number) == NULL) {
            continue;
        }
        const char *event = event_name((Award__Event__BodyCase)number);
        const struct expected *row = expected_of(event);
        cr_assert(row != NULL || is_elsewhere(event), "who may send %s? Say it above", event);
        if (row != NULL) {
            senders_walk(world, row);
        }
    }
    world_destroy(world);
}

Test(event_roles, a_second_person_signs_what_widens_authority_and_nothing_else)
{
    for (int number = 0; number < EVENT_NUMBERS; number++) {
        const struct event_row *found = event_row((Award__Event__BodyCase)number);
        const struct expected *row =
            found != NULL ? expected_of(event_name((Award__Event__BodyCase)number)) : NULL;
        if (row != NULL) {
            cr_assert_eq(found->countersign, roles_of(row->second), "%s", row->event);
        }
    }
}

Test(event_roles, a_case_gets_another_version_by_substance_and_by_no_delivery)
{
    for (int number = 0; number < EVENT_NUMBERS; number++) {
        const struct event_row *found = event_row((Award__Event__BodyCase)number);
        const struct expected *row =
            found != NULL ? expected_of(event_name((Award__Event__BodyCase)number)) : NULL;
        if (row != NULL) {
            cr_assert_eq(found->quiet, row->quiet, "%s", row->event);
        }
    }
}
