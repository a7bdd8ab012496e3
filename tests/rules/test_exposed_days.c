// What lies between the two ends of a period that is counted otherwise (decisions 1, 2, 10, 15, 22,
// 28).
#include "tests/rules/after_world.h"
#include "tests/rules/exposed_told.h"

#include <criterion/criterion.h>
#include <string.h>

#define FIRST_DAY "Civil Code 201"
#define OLD ",\"operating_since\":\"2000-01-01\""
#define MOVED "Civil Code 203"

static void put(struct world *world, Award__Change__RecordCase kind, const char *json)
{
    world_put_json(world, kind, json);
}

static void case_put(struct world *world, const char *more)
{
    put(world, AWARD__CHANGE__RECORD_CASE,
        arena_format(world_arena(world),
                     "{\"case\":\"" AFTER_CASE
                     "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"version\":40%s}",
                     more));
}

static void enterprise_put(struct world *world, const char *more)
{
    put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
        arena_format(world_arena(world),
                     "{\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"name\":\"甲企业\",\"region\":\"500112\",\"cases\":[\"" AFTER_CASE
                     "\"]%s}",
                     more));
}

// ---- 16(7): publicity

#define PUBLICITY(from, last)                                                                      \
    "{\"cycle\":\"2018\",\"rulebook\":\"%s\",\"publicities\":[{\"from\":\"" from                   \
    "\",\"last\":\"" last "\"}]}"
#define END(from, last)                                                                            \
    "{\"deadline\":\"2018:publicity_end:1\",\"subject\":\"2018\",\"cycle\":\"2018\",\"kind\":"     \
    "\"publicity_end\",\"ordinal\":1,\"starts\":\"" from "\",\"last\":\"" last                     \
    "\",\"end\":\"" last "T23:59:59.999+08:00\",\"state\":\"open\"}"

static void candidate_put(struct world *world, const char *stage, const char *more)
{
    enterprise_put(world, OLD);
    case_put(world, arena_format(world_arena(world),
                                 ",\"stage\":\"%s\",\"applied_on\":\"2018-03-12\","
                                 "\"candidate_for\":\"award\"%s",
                                 stage, more));
}

// By the rulebook: day 7 of 2018-09-26 is a holiday, the end moves from 10-03 to 10-08.
static struct world *publicity_world(void)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_CYCLE,
        arena_format(world_arena(world), PUBLICITY("2018-09-26", "2018-10-08"),
                     world_rules(world)->digest));
    put(world, AWARD__CHANGE__RECORD_DEADLINE, END("2018-09-26", "2018-10-08"));
    return world;
}

// By another rulebook: the first day counts and the end stays, on Sunday 2020-11-15.
static struct world *practice_world(void)
{
    struct world *world = after_world_create();
    world_rules(world)->publicity.first_day_counted = true;
    world_rules(world)->publicity.roll_last_day = false;
    put(world, AWARD__CHANGE__RECORD_CYCLE,
        arena_format(world_arena(world), PUBLICITY("2020-11-09", "2020-11-15"),
                     world_rules(world)->digest));
    put(world, AWARD__CHANGE__RECORD_DEADLINE, END("2020-11-09", "2020-11-15"));
    return world;
}

static void filed_put(struct world *world, const char *received, bool complaint, const char *more)
{
    put(world, AWARD__CHANGE__RECORD_OBJECTION,
        arena_format(world_arena(world),
                     "{\"objection\":\"O-1\",\"case\":\"" AFTER_CASE
                     "\",\"received\":\"%s\",\"complaint\":%s%s}",
                     received, complaint ? "true" : "false", more));
}

#define OPEN ",\"open_objections\":[\"O-1\"]"
#define HELD(day)                                                                                  \
    "an objection: held -> a complaint: not held [" MOVED "; objection_filed O-1 " day "]\n"

static void objection_expect(const char *received, bool complaint, const char *open,
                             const char *told)
{
    struct world *world = publicity_world();
    candidate_put(world, "publicity", open);
    filed_put(world, received, complaint, "");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 2"), told, "%s", received);
    world_destroy(world);
}

// F-objection-1, decision 2; 16(7).3s1
Test(exposed_days, an_open_objection_between_the_two_ends_of_the_publicity)
{
    objection_expect("2018-10-03", false, OPEN, "");
    objection_expect("2018-10-04", false, OPEN, HELD("2018-10-04"));
    objection_expect("2018-10-08", false, OPEN, HELD("2018-10-08"));
    objection_expect("2018-10-09", true, "", "");
    objection_expect("2018-09-25", true, "", "");
}

static void first_day_expect(const char *received, bool complaint, const char *open, bool counted,
                             const char *told)
{
    struct world *world = publicity_world();
    world_rules(world)->publicity.first_day_counted = counted;
    candidate_put(world, "publicity", open);
    filed_put(world, received, complaint, "");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 10"), told, "%s", received);
    world_destroy(world);
}

// decision 10, F-objection-1; 16(7).3s1
Test(exposed_days, an_open_objection_of_the_day_of_publication)
{
    first_day_expect("2018-09-26", false, OPEN, false,
                     "an objection: held -> a complaint: not held [" FIRST_DAY
                     "; objection_filed O-1 2018-09-26]\n");
    first_day_expect("2018-09-27", false, OPEN, false, "");
    first_day_expect("2018-09-26", false, "", false, "");
    first_day_expect("2018-09-26", true, OPEN, false, "");
    first_day_expect("2018-09-26", false, OPEN, true, "");
}

// Decided, it holds no more. Filed while the end was another, it shows that by its class.
// F-objection-2
Test(exposed_days, an_objection_that_no_longer_holds_or_was_classed_by_another_end)
{
    objection_expect("2018-10-04", false, "", "");
    objection_expect("2018-10-04", true, "", "");
    objection_expect("2018-10-09", false, OPEN, "");
}

#define SPARED(other, rests_on)                                                                    \
    "a complaint: holds nothing -> an objection: " other " [" rests_on                             \
    "; complaint_filed O-1 2020-11-16]\n"
#define SPARED_BOTH(other) SPARED(other, FIRST_DAY) SPARED(other, MOVED)
#define MEETING(on)                                                                                \
    "{\"cycle\":\"2018\",\"meeting\":\"M-1\",\"valid\":true,\"held\":{\"on\":\"" on                \
    "\",\"meeting\":\"M-1\",\"decisions\":[{\"case\":\"" AFTER_CASE "\"}]}}"
#define DECIDED(finding, on) ",\"decided\":{\"finding\":\"" finding "\"},\"decided_on\":\"" on "\""

static void complaint_expect(const char *stage, const char *received, const char *meeting,
                             const char *more, const char *told)
{
    struct world *world = practice_world();
    candidate_put(world, stage, "");
    filed_put(world, received, true, more);
    if (meeting != NULL) {
        put(world, AWARD__CHANGE__RECORD_MEETING, meeting);
    }
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 2"), told, "%s %s %s",
                     stage, received, more);
    world_destroy(world);
}

// F-objection-1, decision 2
Test(exposed_days, an_open_complaint_between_the_two_ends_of_the_publicity)
{
    complaint_expect("publicity", "2020-11-16", NULL, "", SPARED_BOTH("held until it is decided"));
    complaint_expect("publicity", "2020-11-17", NULL, "", "");
    complaint_expect("publicity", "2020-11-16", NULL, ",\"linked\":true", "");
    complaint_expect("publicity", "2020-11-16", NULL, DECIDED("unfounded", "2020-11-17"), "");
    complaint_expect("withdrawn", "2020-11-16", NULL, "", "");
    complaint_expect("withdrawn", "2020-11-16", NULL, DECIDED("founded", "2020-11-18"), "");
    complaint_expect("not_recommended", "2020-11-16", MEETING("2020-11-20"), "", "");
    complaint_expect("not_approved", "2020-11-16", MEETING("2020-11-20"), "", "");
}

// decision 2; 16(7).3s2, 16(7).4
Test(exposed_days, a_complaint_that_would_have_held_the_case_from_its_deliberation)
{
    complaint_expect("conferred", "2020-11-16", MEETING("2020-11-20"), "",
                     SPARED_BOTH("not to be deliberated before it is decided"));
    complaint_expect("conferred", "2020-11-16", MEETING("2020-11-20"),
                     DECIDED("unfounded", "2020-11-21"),
                     SPARED_BOTH("not to be deliberated before it is decided"));
    complaint_expect("conferred", "2020-11-16", MEETING("2020-11-20"),
                     DECIDED("unfounded", "2020-11-20"), "");
    complaint_expect("conferred", "2020-11-16", NULL, "", "");
    complaint_expect("conferred", "2020-11-16", MEETING("2020-11-17"), "",
                     SPARED_BOTH("not to be deliberated before it is decided"));
    complaint_expect("conferred", "2020-11-16", MEETING("2020-11-20"),
                     DECIDED("founded", "2020-11-18"),
                     SPARED_BOTH("held, then disqualified as founded"));
    complaint_expect("disqualified", "2020-11-16", NULL,
                     ",\"linked\":true" DECIDED("founded", "2020-11-18"), "");
}

#define EARLY(rests_on, day)                                                                       \
    "deliberated after the publicity -> deliberated too early: publicity until 2020-11-16 "        \
    "[" rests_on "; deliberation_held M-1 " day "]\n"

static void deliberation_expect(const char *meeting, const char *stage, const char *told)
{
    struct world *world = practice_world();
    candidate_put(world, stage, "");
    put(world, AWARD__CHANGE__RECORD_MEETING, meeting);
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 2"), told, "%s", meeting);
    world_destroy(world);
}

// decision 2; 16(7).4
Test(exposed_days, a_deliberation_before_the_other_end_of_the_publicity)
{
    static const char early[] = EARLY(FIRST_DAY, "2020-11-16") EARLY(MOVED, "2020-11-16");
    deliberation_expect(MEETING("2020-11-15"), "conferred", "");
    deliberation_expect(MEETING("2020-11-17"), "conferred", "");
    static const char *const behind[] = {
        "not_recommended",
        "recommended_to_government",
        "not_approved",
        "approved",
        "signed",
        "honoured",
        "conferred",
        "revoked",
        "revocation_closed",
    };
    static const char *const others[] = {"candidate", "publicity", "disqualified", "withdrawn",
                                         "ineligible"};
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        deliberation_expect(MEETING("2020-11-16"), behind[i], early);
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        deliberation_expect(MEETING("2020-11-16"), others[i], "");
    }
}

// Beside a meeting of 2020-11-16, which was too early by the other reading.
static void further_expect(const char *name, const char *valid, const char *on, const char *of,
                           bool exposed)
{
    struct world *world = practice_world();
    candidate_put(world, "conferred", "");
    put(world, AWARD__CHANGE__RECORD_MEETING, MEETING("2020-11-16"));
    put(world, AWARD__CHANGE__RECORD_MEETING,
        arena_format(world_arena(world),
                     "{\"cycle\":\"2018\",\"meeting\":\"%s\",\"valid\":%s,\"held\":{\"on\":\"%s\","
                     "\"meeting\":\"%s\",\"decisions\":[{\"case\":\"%s\"}]}}",
                     name, valid, on, name, of));
    const char *told = exposed_by(world, AFTER_CASE, "decision 1, decision 2");
    cr_expect_eq(*told != '\0', exposed, "%s %s %s: %s", name, on, of, told);
    world_destroy(world);
}

// The last meeting that named the case has decided it; of two on one day the record does not tell.
Test(exposed_days, of_several_meetings_the_last_one_that_is_valid_counts)
{
    further_expect("M-2", "true", "2020-11-20", AFTER_CASE, false);
    further_expect("M-0", "true", "2020-11-20", AFTER_CASE, false);
    further_expect("M-2", "false", "2020-11-20", AFTER_CASE, true);
    further_expect("M-2", "true", "2020-11-20", "2018/x/1", true);
    further_expect("M-0", "true", "2020-11-15", AFTER_CASE, true);
    further_expect("M-2", "true", "2020-11-15", AFTER_CASE, true);
    further_expect("M-2", "true", "2020-11-16", AFTER_CASE, false);
    further_expect("M-0", "true", "2020-11-16", AFTER_CASE, false);
}

// Of a day that has both the complaint and the meeting the record does not tell which came first;
// nor does a meeting of another cycle decide the case.
Test(exposed_days, a_meeting_of_the_same_day_and_one_of_another_cycle)
{
    struct world *world = practice_world();
    candidate_put(world, "conferred", "");
    filed_put(world, "2020-11-16", true, "");
    put(world, AWARD__CHANGE__RECORD_MEETING, MEETING("2020-11-16"));
    put(world, AWARD__CHANGE__RECORD_MEETING,
        "{\"cycle\":\"2019\",\"meeting\":\"M-1\",\"valid\":true,\"held\":{\"on\":\"2020-11-20\","
        "\"meeting\":\"M-1\",\"decisions\":[{\"case\":\"" AFTER_CASE "\"}]}}");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 2"),
                     EARLY(FIRST_DAY, "2020-11-16") EARLY(MOVED, "2020-11-16"));
    world_destroy(world);
}

// Where deliberation comes first, the meeting waits for no publicity, and a case stands in its own.
// decision 19
Test(exposed_days, where_deliberation_comes_first)
{
    struct world *world = practice_world();
    world_rules(world)->last_stages[0] = RULEBOOK_DELIBERATION;
    world_rules(world)->last_stages[1] = RULEBOOK_PUBLICITY;
    put(world, AWARD__CHANGE__RECORD_MEETING, MEETING("2020-11-16"));
    candidate_put(world, "publicity", "");
    filed_put(world, "2020-11-16", true, "");
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), "");
    candidate_put(world, "publicity", ",\"publicity\":1");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 2"),
                     SPARED_BOTH("held until it is decided"));
    candidate_put(world, "conferred", ",\"publicity\":1"); // the government's day is not on record
    put(world, AWARD__CHANGE__RECORD_MEETING, MEETING("2020-11-20"));
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), "");
    world_destroy(world);
}

// Who was no candidate stood in no publicity.
Test(exposed_days, a_complaint_about_a_case_that_was_no_candidate)
{
    struct world *world = practice_world();
    enterprise_put(world, OLD);
    case_put(world, ",\"stage\":\"final\",\"applied_on\":\"2018-03-12\"");
    filed_put(world, "2020-11-16", true, "");
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), "");
    world_destroy(world);
}

// ---- 17 to 19, and answers: in time or late

#define REPORT "2018/" WORLD_ENTERPRISE "/1/I-1:incident_report:1"

// Fifteen working days behind Tuesday 2019-02-26 are those to 03-19; with the first day, to 03-18.
static const char *report_told(const char *today, const char *more)
{
    static char told[1024];
    struct world *world = after_world_create();
    world_clock(world, today);
    enterprise_put(world, OLD ",\"incidents\":[\"I-1\",\"I-0\"]");
    put(world, AWARD__CHANGE__RECORD_DEADLINE,
        arena_format(world_arena(world),
                     "{\"deadline\":\"" REPORT "\",\"subject\":\"" AFTER_CASE
                     "/I-1\",\"case\":\"" AFTER_CASE
                     "\",\"cycle\":\"2018\",\"kind\":\"incident_report\",\"ordinal\":1,\"starts\":"
                     "\"2019-02-26\",\"last\":\"2019-03-19\",\"end\":"
                     "\"2019-03-19T23:59:59.999+08:00\"%s}",
                     more));
    const char *found = exposed_by(world, AFTER_CASE, "decision 1, decision 3");
    cr_assert_lt(strlen(found), sizeof(told));
    strcpy(told, found);
    world_destroy(world);
    return told;
}

#define DONE(state, on) ",\"state\":\"" state "\",\"done_on\":\"" on "\""
#define LAST(word, day) word " (last day " day ")"

// decision 3; 19
Test(exposed_days, a_report_in_time_by_one_reading_and_late_by_the_other)
{
    static const char march[] = "2019-03-25T09:00:00+08:00";
    cr_expect_str_eq(report_told(march, DONE("met", "2019-03-18")), "");
    cr_expect_str_eq(report_told(march, DONE("met", "2019-03-19")),
                     LAST("done in time", "2019-03-19") " -> " LAST(
                         "done late", "2019-03-18") " [" FIRST_DAY
                                                    "; incident_reported_by_laureate CASE/I-1:"
                                                    "incident_report:1 2019-03-19]\n");
    const char *marked = report_told(march, DONE("met", "2019-03-19") ",\"provisional\":true");
    cr_expect_not_null(strstr(marked, LAST("done in time", "2019-03-19, provisional") " -> "));
    cr_expect_str_eq(report_told(march, DONE("met_late", "2019-03-20")), "");
    cr_expect_str_eq(report_told(march, ",\"state\":\"removed\""), "");
    cr_expect_str_eq(report_told(march, ",\"state\":\"overdue\""), "");
}

// decision 3
Test(exposed_days, a_report_still_open_that_is_overdue_by_the_other_reading)
{
    static const char open[] = ",\"state\":\"open\"";
    cr_expect_str_eq(report_told("2019-03-18T23:00:00+08:00", open), "");
    cr_expect_str_eq(report_told("2019-03-19T00:00:00+08:00", open),
                     LAST("open", "2019-03-19") " -> " LAST(
                         "overdue", "2019-03-18") " [" FIRST_DAY
                                                  "; - CASE/I-1:incident_report:1 2019-03-19]\n");
    cr_expect_str_eq(report_told("2019-03-20T00:00:00+08:00", ",\"state\":\"overdue\""), "");
    cr_expect_str_eq(report_told("2019-03-19T00:00:00+08:00", ",\"state\":\"removed\""), "");
    cr_expect_str_eq(report_told("2019-03-19T00:00:00+08:00", ",\"state\":\"suspended\""), "");
}

// Whose days do not run is neither in time nor late; resumed, it is again.
// decision 28
Test(exposed_days, what_was_done_while_the_days_did_not_run_was_in_time)
{
    static const char march[] = "2019-03-25T09:00:00+08:00";
    cr_expect_str_eq(report_told(march, DONE("met", "2019-03-19") ",\"moves\":[{\"event\":\"e\"}]"),
                     "");
    cr_expect_neq(*report_told(march, DONE("met", "2019-03-19") ",\"moves\":[{\"event\":\"e\"},{"
                                                                "\"last\":\"2019-03-19\"}]"),
                  '\0');
}

static struct world *fixed_world(const char *honour, const char *kind, int ordinal,
                                 const char *state, const char *done_on)
{
    struct world *world = after_world_create();
    enterprise_put(world, OLD);
    case_put(world,
             arena_format(world_arena(world),
                          ",\"stage\":\"conferred\",\"applied_on\":\"2015-03-12\",\"honour\":{%s}",
                          honour));
    const char *id = arena_format(world_arena(world), "%s:%s:%d", AFTER_CASE, kind, ordinal);
    put(world, AWARD__CHANGE__RECORD_DEADLINE,
        arena_format(world_arena(world),
                     "{\"deadline\":\"%s\",\"subject\":\"s\",\"case\":\"" AFTER_CASE
                     "\",\"cycle\":\"2018\",\"kind\":\"%s\",\"ordinal\":%d,\"starts\":"
                     "\"2016-01-01\",\"last\":\"2016-12-31\",\"end\":"
                     "\"2016-12-31T23:59:59.999+08:00\",\"state\":\"%s\",\"done_on\":\"%s\"}",
                     id, kind, ordinal, state, done_on));
    return world;
}

#define AWARD_OF_2015 "\"kind\":\"award\",\"from\":\"2015-11-16\""

static void fixed_expect(const char *kind, int ordinal, const char *state, const char *done_on,
                         const char *told)
{
    struct world *world = fixed_world(AWARD_OF_2015, kind, ordinal, state, done_on);
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), told, "%s %s", kind, done_on);
    world_destroy(world);
}

#define LATE(decision, kind, event, day)                                                           \
    decision ": done late (last day 2016-12-31) -> done in time (last day 2017-01-03) [" MOVED     \
             "; " event " " AFTER_CASE ":" kind " " day "]\n"

// 2016-12-31 is a Saturday, 2017-01-01 and 02 are off.
// decision 22, decision 28; 17, 18
Test(exposed_days, a_self_evaluation_and_an_experience_behind_a_day_off)
{
    fixed_expect("self_evaluation", 2016, "met", "2016-12-31", "");
    fixed_expect("self_evaluation", 2016, "met_late", "2017-01-03",
                 LATE("decision 1, decision 22", "self_evaluation:2016",
                      "self_evaluation_submitted", "2017-01-03"));
    fixed_expect("self_evaluation", 2016, "met_late", "2017-01-04", "");
    fixed_expect("self_evaluation", 2015, "met_late", "2017-01-03", ""); // of no year of duty
    fixed_expect("self_evaluation", 2019, "met_late", "2017-01-03",
                 LATE("decision 1, decision 22", "self_evaluation:2019",
                      "self_evaluation_submitted", "2017-01-03"));
    fixed_expect("self_evaluation", 2020, "met_late", "2017-01-03", ""); // of one to come
    fixed_expect(
        "experience", 1, "met_late", "2017-01-03",
        LATE("decision 1, decision 28", "experience:1", "experience_shared", "2017-01-03"));
}

// Of an honour from before of which only the revocation is on record nobody knows the years.
// decision 22; 18
Test(exposed_days, no_self_evaluation_of_an_honour_whose_day_is_not_known)
{
    struct world *world = fixed_world("\"kind\":\"award\",\"until\":\"2018-11-15\"",
                                      "self_evaluation", 2016, "met_late", "2017-01-03");
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), "");
    world_destroy(world);
}

// decision 28
Test(exposed_days, an_answer_to_an_objection)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_DEADLINE,
        "{\"deadline\":\"O-1:objection_answer:1\",\"subject\":\"O-1\",\"case\":\"" AFTER_CASE
        "\",\"cycle\":\"2018\",\"kind\":\"objection_answer\",\"ordinal\":1,\"starts\":"
        "\"2019-02-26\",\"last\":\"2019-03-19\",\"end\":\"2019-03-19T23:59:59.999+08:00\","
        "\"state\":\"met\",\"done_on\":\"2019-03-19\"}");
    filed_put(world, "2019-02-26", true, DECIDED("unfounded", "2019-03-19"));
    cr_expect_str_eq(exposed_told(world, AFTER_CASE),
                     "decision 1, decision 28: done in time (last day 2019-03-19) -> done late "
                     "(last day 2019-03-18) [" FIRST_DAY
                     "; objection_decided O-1:objection_answer:1 2019-03-19]\n");
    world_destroy(world);
}

// ---- 16(1): closing

#define CLOSING(moment) ",\"opened\":{\"cycle\":\"2018\",\"closing\":\"" moment "\"}"

static void closing_expect(const char *cycle, const char *stage, const char *receipts,
                           const char *told)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_CYCLE,
        arena_format(world_arena(world), "{\"cycle\":\"2018\",\"rulebook\":\"%s\"%s}",
                     world_rules(world)->digest, cycle));
    enterprise_put(world, OLD);
    case_put(world,
             arena_format(world_arena(world), ",\"stage\":\"%s\",\"applied_on\":\"2018-04-30\",%s",
                          stage, receipts));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 15"), told, "%s", receipts);
    world_destroy(world);
}

#define CLOSED_LATE(event)                                                                         \
    "received in time -> late: closed at 2018-04-30T18:00:00+08:00 [16(1), Civil Code 203; " event \
    " CASE 2018-04-30 2018-04-30T18:00:00.001+08:00]\n"

// decision 15; 16(1), 16(2)
Test(exposed_days, a_receipt_between_the_close_of_business_and_24_00)
{
    static const char night[] = CLOSING("2018-04-30T23:59:59.999+08:00");
    static const char named[] = CLOSING("2018-04-30T20:00:00+08:00");
    static const char electronic[] = "\"electronic_receipt\":\"2018-04-30T18:00:00.001+08:00\"";
    closing_expect(night, "accepted", "\"electronic_receipt\":\"2018-04-30T18:00:00+08:00\"", "");
    closing_expect(night, "accepted", electronic, CLOSED_LATE("application_submitted"));
    closing_expect(night, "accepted", "\"paper_receipt\":\"2018-04-30T18:00:00.001+08:00\"",
                   CLOSED_LATE("paper_received"));
    closing_expect(night, "accepted",
                   "\"recommendation\":{\"received\":\"2018-04-30T18:00:00.001+08:00\"}",
                   CLOSED_LATE("recommendation_given"));
    closing_expect(named, "accepted", electronic, "");
    closing_expect(night, "refused", electronic, "");
    closing_expect(night, "ineligible", electronic, "");
    closing_expect(night, "withdrawn", electronic, "");
    closing_expect("", "accepted", electronic, "");
}
