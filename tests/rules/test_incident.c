// Incidents: one record, the report of 19, the holds of 11(4).
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define OTHER "91500112MA5U0001X6"
#define OPEN_CASE "2019/" WORLD_ENTERPRISE "/1"
#define REPORT(incident) AFTER_CASE "/" incident ":incident_report:1"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// `more` begins with a comma.
static const Award__Decision *record(struct world *world, const char *incident, const char *kind,
                                     const char *on, const char *more)
{
    return after_send(world, "bureau",
                      "{\"incident_recorded\":{\"incident\":\"%s\",\"case\":\"%s\",\"kind\":\"%s\","
                      "\"on\":\"%s\"%s}}",
                      incident, AFTER_CASE, kind, on, more);
}

static const Award__Decision *report(struct world *world, const char *principal,
                                     const char *incident, const char *kind, const char *on,
                                     const char *more)
{
    return after_send(world, principal,
                      "{\"incident_reported_by_laureate\":{\"incident\":\"%s\",\"case\":\"%s\","
                      "\"kind\":\"%s\",\"on\":\"%s\",\"digest\":\"d\"%s}}",
                      incident, AFTER_CASE, kind, on, more);
}

static const Award__Decision *accident(struct world *world, const char *incident,
                                       const char *enterprise, const char *on, const char *liable)
{
    return after_send(world, "bureau",
                      "{\"accident_recorded\":{\"incident\":\"%s\",\"enterprise\":\"%s\","
                      "\"kind\":\"safety_accident\",\"on\":\"%s\",\"liable\":\"%s\"}}",
                      incident, enterprise, on, liable);
}

static const Award__Decision *sampling(struct world *world, const char *incident, const char *on,
                                       bool serious, const char *level)
{
    return after_send(world, "office",
                      "{\"sampling_recorded\":{\"incident\":\"%s\",\"enterprise\":\"%s\","
                      "\"on\":\"%s\",\"serious\":%s,\"level\":\"%s\"}}",
                      incident, WORLD_ENTERPRISE, on, serious ? "true" : "false", level);
}

static const Award__Decision *establish(struct world *world, const char *incident,
                                        const char *liable)
{
    return after_send(world, "bureau",
                      "{\"liability_established\":{\"incident\":\"%s\",\"liable\":\"%s\","
                      "\"proof\":\"批复\"}}",
                      incident, liable);
}

static void expect_accepted(const Award__Decision *decision)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

// An application of this stage in the cycle 2019, of the day given.
static void open_case_put(struct world *world, const char *enterprise, const char *stage,
                          const char *applied_on)
{
    struct arena *arena = world_arena(world);
    const char *id = arena_format(arena, "2019/%s/1", enterprise);
    const char *cases = strcmp(enterprise, WORLD_ENTERPRISE) == 0
                            ? arena_format(arena, "\"%s\",\"%s\"", AFTER_CASE, id)
                            : arena_format(arena, "\"%s\"", id);
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              arena_format(arena, "{\"enterprise\":\"%s\",\"name\":\"企业\",\"cases\":[%s]}",
                           enterprise, cases));
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              arena_format(arena,
                           "{\"case\":\"%s\",\"cycle\":\"2019\",\"enterprise\":\"%s\","
                           "\"version\":3,\"stage\":\"%s\",\"applied_on\":\"%s\"}",
                           id, enterprise, stage, applied_on));
}

// ---- 19

// F-late-1, decision 3; 19(1)
Test(incident, a_report_on_the_fifteenth_working_day_is_in_time)
{
    static const struct {
        const char *at;
        Award__Deadline__State state;
    } moments[] = {
        {"2019-10-12T09:00:00+08:00",     AWARD__DEADLINE__STATE__met     }, // the fourteenth, a Saturday
        {"2019-10-14T17:30:00+08:00",     AWARD__DEADLINE__STATE__met     },
        {"2019-10-14T23:59:59.999+08:00", AWARD__DEADLINE__STATE__met     },
        {"2019-10-15T00:00:00+08:00",     AWARD__DEADLINE__STATE__met_late},
    };
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        struct world *world = after_world_create();
        world_clock(world, "2019-09-20T09:00:00+08:00");
        expect_accepted(sampling(world, "I-1", "2019-09-18", false, "municipal"));
        cr_assert_eq(after_deadline(world, REPORT("I-1"))->last->number, day_of("2019-10-14"));
        world_clock(world, moments[i].at);
        expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-09-18", ""));
        cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, moments[i].state, "%s",
                     moments[i].at);
        world_destroy(world);
    }
}

// F-late-1; 19s1
Test(incident, a_report_on_the_sixteenth_working_day_is_late_and_accepted)
{
    struct world *world = after_world_create();
    world_clock(world, "2020-01-10T09:00:00+08:00");
    expect_accepted(record(world, "I-1", "safety_accident", "2020-01-08", ""));
    cr_assert_eq(after_deadline(world, REPORT("I-1"))->last->number, day_of("2020-02-05"));
    world_clock(world, "2020-02-06T09:00:00+08:00");
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__overdue);
    expect_accepted(report(world, "ent-a", "I-1", "safety_accident", "2020-01-08", ""));
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__met_late);
    const Award__Duty *duty =
        (const Award__Duty *)world_record(world, AWARD__CHANGE__RECORD_DUTY, AFTER_CASE,
                                          (int)AWARD__DUTY__KIND__incident_report, "I-1");
    cr_assert_not_null(duty);
    cr_expect(duty->late);
    world_transcript(world, "incident/a_report_on_the_sixteenth_working_day_is_late_and_accepted");
    world_destroy(world);
}

Test(incident, a_letter_counts_on_the_day_the_bureau_received_it)
{
    struct world *world = after_world_create();
    world_clock(world, "2020-02-10T09:00:00+08:00");
    expect_accepted(record(world, "I-1", "safety_accident", "2020-01-08", ""));
    expect_accepted(report(world, "bureau", "I-1", "safety_accident", "2020-01-08",
                           ",\"received\":\"2020-02-05\""));
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__met);
    world_transcript(world, "incident/a_letter_counts_on_the_day_the_bureau_received_it");
    world_destroy(world);
}

Test(incident, an_enterprise_does_not_state_the_day_of_its_own_report)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(report(world, "ent-a", "I-1", "safety_accident", "2019-01-08",
                                       ",\"received\":\"2019-01-09\"")),
                     "day_not_yours");
    cr_expect_str_eq(world_code(report(world, "bureau", "I-1", "safety_accident", "2019-01-08",
                                       ",\"received\":\"2019-01-07\"")),
                     "before_incident");
    world_transcript(world, "incident/an_enterprise_does_not_state_the_day_of_its_own_report");
    world_destroy(world);
}

// F-record-2; 19s1
Test(incident, the_laureates_own_report_may_be_the_first_to_tell_of_it)
{
    struct world *world = after_world_create();
    expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-02-27",
                           ",\"level\":\"national\",\"serious\":true"));
    const Award__Deadline *deadline = after_deadline(world, REPORT("I-1"));
    cr_assert_not_null(deadline);
    cr_expect_eq(deadline->state, AWARD__DEADLINE__STATE__met);
    cr_expect_eq(deadline->n_dues, 0);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_incidents, 1);
    cr_expect_not_null(after_task(world, "check_grounds"));
    cr_expect_null(after_message(world, "ent-a", "2019-03-01T09:00:00+08:00"));
    world_transcript(world, "incident/the_laureates_own_report_may_be_the_first_to_tell_of_it");
    world_destroy(world);
}

Test(incident, a_second_report_is_rejected)
{
    struct world *world = after_world_create();
    expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-02-27", ""));
    cr_expect_str_eq(world_code(report(world, "ent-a", "I-1", "sampling", "2019-02-27", "")),
                     "already_done");
    world_transcript(world, "incident/a_second_report_is_rejected");
    world_destroy(world);
}

Test(incident, the_enterprise_is_told_the_last_day_when_the_deadline_opens)
{
    struct world *world = after_world_create();
    expect_accepted(record(world, "I-1", "sampling", "2019-02-27", ""));
    const Award__Message *message = after_message(world, "ent-a", "2019-03-01T09:00:00+08:00");
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__incident_due);
    cr_expect_str_eq(message->facts[2]->name, "period_en");
    cr_expect_str_eq(message->facts[2]->value, "15 working days");
    cr_expect_str_eq(message->facts[4]->name, "last");
    cr_expect_str_eq(message->facts[4]->value, "2019-03-20");
    world_transcript(world, "incident/the_enterprise_is_told_the_last_day_when_the_deadline_opens");
    world_destroy(world);
}

// F-honour-2; 19s1
Test(incident, it_is_tested_by_its_own_day_whenever_it_is_recorded)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(record(world, "I-1", "sampling", "2018-11-15", "")),
                     "no_honour_then");
    expect_accepted(record(world, "I-2", "sampling", "2018-11-16", ""));
    expect_accepted(accident(world, "I-3", WORLD_ENTERPRISE, "2018-11-15", "yes"));
    cr_expect_null(after_deadline(world, REPORT("I-3")));
    world_transcript(world, "incident/it_is_tested_by_its_own_day_whenever_it_is_recorded");
    world_destroy(world);
}

Test(incident, one_between_the_publication_and_its_recording_is_reported_too)
{
    struct world *world = after_world_create();
    open_case_put(world, OTHER, "signed", "2018-10-01");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"2019/" OTHER "/1\",\"cycle\":\"2019\",\"enterprise\":\"" OTHER
              "\",\"version\":9,\"stage\":\"signed\",\"applied_on\":\"2018-10-01\","
              "\"candidate_for\":\"award\"}");
    after_put(world, AWARD__CHANGE__RECORD_CYCLE,
              arena_format(world_arena(world),
                           "{\"cycle\":\"2019\",\"rulebook\":\"%s\",\"cases\":[\"2019/%s/1\"],"
                           "\"signed_on\":\"2019-02-20\"}",
                           world_rules(world)->digest, OTHER));
    expect_accepted(accident(world, "I-0", OTHER, "2019-02-24", "unknown"));
    expect_accepted(accident(world, "I-1", OTHER, "2019-02-25", "unknown"));
    after_accept(world, "office",
                 "{\"result_published\":{\"cycle\":\"2019\",\"number\":\"1号\","
                 "\"on\":\"2019-02-25\"}}");
    const Award__Deadline *deadline =
        after_deadline(world, "2019/" OTHER "/1/I-1:incident_report:1");
    cr_assert_not_null(deadline);
    cr_expect_eq(deadline->last->number, day_of("2019-03-18"));
    cr_expect_null(after_deadline(world, "2019/" OTHER "/1/I-0:incident_report:1"));
    world_transcript(world,
                     "incident/one_between_the_publication_and_its_recording_is_reported_too");
    world_destroy(world);
}

// F-record-4; 19s1
Test(incident, each_honour_has_its_own_report_to_make)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "honoured", "2018-10-01");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"" OPEN_CASE "\",\"cycle\":\"2019\",\"enterprise\":\"" WORLD_ENTERPRISE
              "\",\"version\":9,\"stage\":\"honoured\",\"applied_on\":\"2018-10-01\","
              "\"honour\":{\"kind\":\"nomination\",\"from\":\"2019-02-01\"}}");
    expect_accepted(sampling(world, "I-1", "2019-02-27", false, "industry"));
    cr_expect_not_null(after_deadline(world, REPORT("I-1")));
    cr_expect_not_null(after_deadline(world, OPEN_CASE "/I-1:incident_report:1"));
    expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-02-27", ""));
    cr_expect_eq(after_deadline(world, OPEN_CASE "/I-1:incident_report:1")->state,
                 AWARD__DEADLINE__STATE__open);
    world_transcript(world, "incident/each_honour_has_its_own_report_to_make");
    world_destroy(world);
}

// F-honour-3, decision 29; 19(2)
Test(incident, a_districts_sampling_is_no_matter_of_19)
{
    struct world *world = after_world_create();
    const Award__Decision *decision =
        record(world, "I-1", "sampling", "2019-02-27", ",\"level\":\"district\"");
    cr_expect_str_eq(world_code(decision), "level_not_reported");
    cr_expect_str_eq(world_article(decision), "19");
    cr_expect_null(after_incident(world, "I-1"));
    expect_accepted(sampling(world, "I-2", "2019-02-27", true, "district"));
    cr_expect_not_null(after_incident(world, "I-2"));
    cr_expect_null(after_deadline(world, REPORT("I-2")));
    cr_expect_null(after_task(world, "check_grounds"));
    cr_expect_str_eq(world_code(report(world, "ent-a", "I-2", "sampling", "2019-02-27", "")),
                     "level_not_reported");
    world_transcript(world, "incident/a_districts_sampling_is_no_matter_of_19");
    world_destroy(world);
}

// decision 29; 11(4), 19(2), 20(2)
Test(incident, which_levels_of_sampling_count_is_said_by_the_rulebook)
{
    struct world *world = after_world_create();
    world_rules(world)->sampling_levels |= 1U << AWARD__LEVEL__NAME__district;
    world_rules(world)->report_levels |= 1U << AWARD__LEVEL__NAME__district;
    world_rules(world)->report_levels &= ~(1U << AWARD__LEVEL__NAME__industry);
    expect_accepted(sampling(world, "I-1", "2019-02-27", true, "district"));
    cr_expect_not_null(after_deadline(world, REPORT("I-1")));
    cr_expect_not_null(after_task(world, "check_grounds"));
    expect_accepted(after_grounds(world, "I-1", "[\"serious_quality\"]"));
    cr_expect_str_eq(
        world_code(record(world, "I-2", "sampling", "2019-02-27", ",\"level\":\"industry\"")),
        "level_not_reported");
    world_transcript(world, "incident/which_levels_of_sampling_count_is_said_by_the_rulebook");
    world_destroy(world);
}

// decision 29; 19(2)
Test(incident, a_report_opened_before_the_level_was_known_falls_with_a_districts)
{
    struct world *world = after_world_create();
    expect_accepted(report(world, "bureau", "I-1", "sampling", "2019-02-27", ""));
    expect_accepted(record(world, "I-2", "sampling", "2019-02-27", ""));
    expect_accepted(sampling(world, "I-2", "2019-02-27", false, "district"));
    cr_expect_eq(after_deadline(world, REPORT("I-2"))->state, AWARD__DEADLINE__STATE__removed);
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__met);
    world_transcript(world,
                     "incident/a_report_opened_before_the_level_was_known_falls_with_a_districts");
    world_destroy(world);
}

// F-report-1, F-late-1; 19s1
Test(incident, the_report_stays_due_after_the_honour_and_may_be_made)
{
    struct world *world = after_world_create();
    expect_accepted(record(world, "I-1", "safety_accident", "2019-02-27", ""));
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"" AFTER_CASE "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
              "\",\"version\":50,\"stage\":\"revoked\",\"honour\":{\"kind\":\"award\","
              "\"from\":\"2018-11-16\",\"until\":\"2019-02-28\"}}");
    expect_accepted(report(world, "ent-a", "I-1", "safety_accident", "2019-02-27", ""));
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__met);
    world_transcript(world, "incident/the_report_stays_due_after_the_honour_and_may_be_made");
    world_destroy(world);
}

// F-record-3; 19(1)
Test(incident, no_liability_does_not_end_the_report)
{
    struct world *world = after_world_create();
    expect_accepted(record(world, "I-1", "safety_accident", "2019-02-27", ""));
    expect_accepted(establish(world, "I-1", "no"));
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->state, AWARD__DEADLINE__STATE__open);
    world_transcript(world, "incident/no_liability_does_not_end_the_report");
    world_destroy(world);
}

// ---- One record

// F-record-1, F-record-2, decision 17
Test(incident, each_event_adds_to_one_record_and_opens_one_deadline)
{
    struct world *world = after_world_create();
    expect_accepted(record(world, "I-1", "sampling", "2019-02-27", ""));
    expect_accepted(sampling(world, "I-1", "2019-02-27", true, "national"));
    expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-02-27",
                           ",\"serious\":false,\"level\":\"industry\""));
    const Award__Incident *incident = after_incident(world, "I-1");
    cr_expect(incident->serious);
    cr_expect_eq(incident->level, AWARD__LEVEL__NAME__national);
    cr_expect_eq(after_deadline(world, REPORT("I-1"))->revision, 1);
    cr_expect_eq(after_enterprise(world, WORLD_ENTERPRISE)->n_incidents, 1);
    world_transcript(world, "incident/each_event_adds_to_one_record_and_opens_one_deadline");
    world_destroy(world);
}

Test(incident, what_contradicts_is_rejected)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE, "{\"enterprise\":\"" OTHER "\"}");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2019-02-27", "unknown"));
    cr_expect_str_eq(world_code(accident(world, "I-1", OTHER, "2019-02-27", "unknown")),
                     "incident_differs");
    cr_expect_str_eq(world_code(accident(world, "I-1", WORLD_ENTERPRISE, "2019-02-26", "unknown")),
                     "incident_differs");
    cr_expect_str_eq(world_code(record(world, "I-1", "quality_accident", "2019-02-27", "")),
                     "incident_differs");
    cr_expect_str_eq(
        world_code(record(world, "I-1", "safety_accident", "2019-02-27", ",\"liable\":\"yes\"")),
        "incident_differs");
    expect_accepted(record(world, "I-1", "safety_accident", "2019-02-27", ""));
    world_transcript(world, "incident/what_contradicts_is_rejected");
    world_destroy(world);
}

Test(incident, an_organs_word_counts_before_the_laureates)
{
    struct world *world = after_world_create();
    expect_accepted(report(world, "ent-a", "I-1", "sampling", "2019-02-27",
                           ",\"serious\":false,\"level\":\"industry\""));
    expect_accepted(sampling(world, "I-1", "2019-02-27", true, "municipal"));
    cr_expect(after_incident(world, "I-1")->serious);
    cr_expect_eq(after_incident(world, "I-1")->level, AWARD__LEVEL__NAME__municipal);
    cr_expect_str_eq(world_code(sampling(world, "I-1", "2019-02-27", false, "municipal")),
                     "incident_differs");
    world_transcript(world, "incident/an_organs_word_counts_before_the_laureates");
    world_destroy(world);
}

Test(incident, a_laureate_does_not_clear_itself_of_liability)
{
    struct world *world = after_world_create();
    expect_accepted(
        report(world, "ent-a", "I-1", "safety_accident", "2019-02-27", ",\"liable\":\"no\""));
    cr_expect_eq(after_incident(world, "I-1")->liable, AWARD__LIABILITY__NAME__unknown);
    world_transcript(world, "incident/a_laureate_does_not_clear_itself_of_liability");
    world_destroy(world);
}

Test(incident, the_later_finding_of_liability_counts)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(establish(world, "I-1", "yes")), "no_such_incident");
    expect_accepted(record(world, "I-1", "safety_accident", "2019-02-27", ""));
    const Award__Task *first = after_task(world, "check_grounds");
    cr_assert_not_null(first);
    expect_accepted(establish(world, "I-1", "no"));
    expect_accepted(establish(world, "I-1", "yes"));
    cr_expect_eq(after_incident(world, "I-1")->liable, AWARD__LIABILITY__NAME__yes);
    const Award__Task *second = after_task(world, "check_grounds");
    cr_assert_not_null(second);
    cr_expect_str_neq(first->task, second->task);
    cr_expect_str_eq(world_code(establish(world, "I-1", "unknown")), "not_established");
    world_transcript(world, "incident/the_later_finding_of_liability_counts");
    world_destroy(world);
}

// ---- 11(4)

static size_t holds(struct world *world, const char *id)
{
    return world_case(world, id)->n_holds;
}

// F-incident-2, decision 20; 11(4)
Test(incident, unknown_liability_recorded_after_the_application_holds_it_until_established)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "recommended", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2019-01-15", "unknown"));
    const Award__Case *c = world_case(world, OPEN_CASE);
    cr_assert_eq(c->n_holds, 1);
    cr_expect_str_eq(c->holds[0]->kind, "liability");
    cr_expect_str_eq(c->holds[0]->subject, "I-1");
    cr_expect_str_eq(c->holds[0]->article, "11(4)");
    expect_accepted(establish(world, "I-1", "no"));
    cr_expect_eq(holds(world, OPEN_CASE), 0);
    world_transcript(
        world,
        "incident/unknown_liability_recorded_after_the_application_holds_it_until_established");
    world_destroy(world);
}

Test(incident, liability_established_holds_nothing)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "accepted", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2019-01-15", "yes"));
    expect_accepted(sampling(world, "I-2", "2019-01-15", true, "national"));
    cr_expect_eq(holds(world, OPEN_CASE), 0);
    world_transcript(world, "incident/liability_established_holds_nothing");
    world_destroy(world);
}

// F-incident-2, decision 20; 11(4)
Test(incident, what_was_on_record_at_the_application_never_holds)
{
    struct world *world = after_world_create();
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2019-01-15", "unknown"));
    open_case_put(world, WORLD_ENTERPRISE, "accepted", "2019-02-28");
    expect_accepted(record(world, "I-1", "safety_accident", "2019-01-15", ",\"whom\":\"子公司\""));
    cr_expect_eq(holds(world, OPEN_CASE), 0);
    world_transcript(world, "incident/what_was_on_record_at_the_application_never_holds");
    world_destroy(world);
}

Test(incident, an_accident_whose_three_years_had_ended_holds_nothing)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "accepted", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2016-02-19", "unknown"));
    cr_expect_eq(holds(world, OPEN_CASE), 0);
    expect_accepted(accident(world, "I-2", WORLD_ENTERPRISE, "2016-02-20", "unknown"));
    cr_expect_eq(holds(world, OPEN_CASE), 1);
    world_transcript(world, "incident/an_accident_whose_three_years_had_ended_holds_nothing");
    world_destroy(world);
}

// F-predecessor-1, decision 27; 11(4)
Test(incident, it_holds_the_case_of_a_successor_of_a_successor)
{
    struct world *world = after_world_create();
    open_case_put(world, OTHER, "accepted", "2019-02-20");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"91500112MA5U0002X4\",\"successors\":[\"" OTHER "\"]}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"91500112MA5U0003X2\",\"successors\":[\"91500112MA5U0002X4\"]}");
    expect_accepted(accident(world, "I-1", "91500112MA5U0003X2", "2019-01-15", "unknown"));
    cr_expect_eq(holds(world, "2019/" OTHER "/1"), 1);
    expect_accepted(establish(world, "I-1", "yes"));
    cr_expect_eq(holds(world, "2019/" OTHER "/1"), 0);
    world_transcript(world, "incident/it_holds_the_case_of_a_successor_of_a_successor");
    world_destroy(world);
}

// F-deliberation-2
Test(incident, what_becomes_known_after_the_deliberation_is_told_to_the_office)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "recommended_to_government", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2018-01-15", "yes"));
    const Award__Message *message = after_message(world, "office", "2019-03-01T09:00:00+08:00");
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__late_knowledge);
    world_transcript(world,
                     "incident/what_becomes_known_after_the_deliberation_is_told_to_the_office");
    world_destroy(world);
}

Test(incident, what_becomes_known_before_the_deliberation_alerts_nobody)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "publicity", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2018-01-15", "yes"));
    cr_expect_null(after_message(world, "office", "2019-03-01T09:00:00+08:00"));
    world_transcript(world, "incident/what_becomes_known_before_the_deliberation_alerts_nobody");
    world_destroy(world);
}

Test(incident, its_day_may_not_lie_in_the_future)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(record(world, "I-1", "sampling", "2019-03-02", "")),
                     "in_the_future");
    cr_expect_str_eq(world_code(accident(world, "I-1", OTHER, "2019-02-27", "yes")),
                     "no_such_enterprise");
    world_transcript(world, "incident/its_day_may_not_lie_in_the_future");
    world_destroy(world);
}

// F-deliberation-2; 11(4)
Test(incident, what_does_not_count_against_it_is_told_to_nobody_after_the_deliberation)
{
    struct world *world = after_world_create();
    open_case_put(world, WORLD_ENTERPRISE, "recommended_to_government", "2019-02-20");
    expect_accepted(accident(world, "I-1", WORLD_ENTERPRISE, "2018-01-15", "no"));
    expect_accepted(sampling(world, "I-2", "2018-01-15", false, "national"));
    expect_accepted(sampling(world, "I-3", "2018-01-15", true, "industry"));
    cr_expect_null(after_message(world, "office", "2019-03-01T09:00:00+08:00"));
    world_destroy(world);
}
