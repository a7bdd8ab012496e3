// What would bar, count or hold by another reading (decisions 5, 10, 29).
#include "rules/exposed.h"
#include "tests/rules/after_world.h"
#include "tests/rules/exposed_told.h"

#include <criterion/criterion.h>
#include <string.h>

#define EARLIER "earlier-2015-03-10/" WORLD_ENTERPRISE "/1"

// ---- 12(3): a nomination award of 2015-03-10, which would bar until 2020-03-10

static struct world *honour_world(const char *honour)
{
    struct world *world = after_world_create();
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"name\":\"甲企业\",\"operating_since\":\"2000-01-01\",\"cases\":[\"" EARLIER
                   "\",\"" AFTER_CASE "\"],\"incidents\":[\"I-1\"]}");
    world_put_json(
        world, AWARD__CHANGE__RECORD_CASE,
        arena_format(world_arena(world),
                     "{\"case\":\"" EARLIER
                     "\",\"cycle\":\"earlier-2015-03-10\",\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"stage\":\"honoured\"%s}",
                     honour));
    return world;
}

static void applied_put(struct world *world, const char *stage, const char *applied_on)
{
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   arena_format(world_arena(world),
                                "{\"case\":\"" AFTER_CASE
                                "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                                "\",\"stage\":\"%s\",\"applied_on\":\"%s\",\"begun\":"
                                "\"%sT10:00:00+08:00\"}",
                                stage, applied_on, applied_on));
}

static void meeting_put(struct world *world, const char *on)
{
    world_put_json(
        world, AWARD__CHANGE__RECORD_MEETING,
        arena_format(world_arena(world),
                     "{\"cycle\":\"2018\",\"meeting\":\"M-1\",\"valid\":true,\"held\":{"
                     "\"on\":\"%s\",\"meeting\":\"M-1\",\"decisions\":[{\"case\":\"" AFTER_CASE
                     "\"}]}}",
                     on));
}

#define WON(kind, from) ",\"honour\":{\"kind\":\"" kind "\",\"from\":\"" from "\"}"
#define BARRED(until, from)                                                                        \
    "does not count against it -> refused or ineligible: 12(3) until " until                       \
    " [12(3); result_published " EARLIER " " from "]\n"

static void nomination_expect(const char *honour, const char *stage, const char *applied_on,
                              const char *meeting, const char *told)
{
    struct world *world = honour_world(honour);
    applied_put(world, stage, applied_on);
    if (meeting != NULL) {
        meeting_put(world, meeting);
    }
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 5"), told, "%s %s %s", honour, stage,
                     applied_on);
    world_destroy(world);
}

// decision 5; 12(3)
Test(exposed_grounds, an_application_of_who_holds_a_nomination_award)
{
    static const char nomination[] = WON("nomination", "2015-03-10");
    static const char told[] = BARRED("2020-03-10", "2015-03-10");
    nomination_expect(nomination, "accepted", "2020-03-10", NULL, told);
    nomination_expect(nomination, "accepted", "2020-03-11", NULL, "");
    nomination_expect(nomination, "document_out", "2015-03-10", NULL, told);
    nomination_expect(WON("award", "2015-03-10"), "accepted", "2018-03-10", NULL, "");
    nomination_expect(nomination, "refused", "2018-03-10", NULL, "");
    nomination_expect(nomination, "ineligible", "2018-03-10", NULL, "");
    nomination_expect(nomination, "withdrawn", "2018-03-10", NULL, "");
    nomination_expect("", "accepted", "2018-03-10", NULL, "");
    nomination_expect(",\"honour\":{\"kind\":\"nomination\"}", "accepted", "2018-03-10", NULL, "");
}

// decision 5, decision 20; 21s1
Test(exposed_grounds, a_nomination_award_that_was_revoked)
{
    static const char revoked[] = ",\"honour\":{\"kind\":\"nomination\",\"from\":\"2010-03-10\","
                                  "\"until\":\"2013-03-11\"}"; // approved on 2013-03-12
    static const char told[] = "does not count against it -> refused or ineligible: 12(4) until "
                               "2018-03-12 [21; revocation_decided " EARLIER " 2013-03-12]\n";
    nomination_expect(revoked, "accepted", "2018-03-12", NULL, told);
    nomination_expect(revoked, "accepted", "2018-03-13", NULL, "");
    nomination_expect(revoked, "document_out", "2018-03-12", NULL, told);
    nomination_expect(",\"honour\":{\"kind\":\"award\",\"from\":\"2010-03-10\",\"until\":"
                      "\"2013-03-11\"}",
                      "accepted", "2018-03-12", NULL, "");
}

// Published after the application: the next test would have found it.
// decision 5, decision 20
Test(exposed_grounds, a_nomination_award_that_was_published_after_the_application)
{
    static const char later[] = WON("nomination", "2018-06-10");
    static const char told[] = BARRED("2023-06-10", "2018-06-10");
    nomination_expect(later, "document_out", "2018-06-10", NULL, told);
    nomination_expect(later, "document_out", "2018-06-09", NULL, "");
    nomination_expect(later, "accepted", "2018-06-09", NULL, told);
    nomination_expect(later, "recommended_to_government", "2018-06-09", NULL, "");
    nomination_expect(later, "conferred", "2018-06-09", "2018-06-11", told);
    nomination_expect(later, "conferred", "2018-06-09", "2018-06-10", "");
    nomination_expect(later, "document_out", "2018-06-09", "2018-06-11", "");
}

// Where deliberation comes first, the publicity is behind it.
Test(exposed_grounds, a_nomination_award_published_before_a_deliberation_that_came_first)
{
    struct world *world = honour_world(WON("nomination", "2018-06-10"));
    world_rules(world)->last_stages[0] = RULEBOOK_DELIBERATION;
    world_rules(world)->last_stages[1] = RULEBOOK_PUBLICITY;
    applied_put(world, "publicity", "2018-06-09");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 5"), "");
    meeting_put(world, "2018-06-11");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 5"),
                     BARRED("2023-06-10", "2018-06-10"));
    world_destroy(world);
}

// decision 5, decision 27
Test(exposed_grounds, a_nomination_award_of_a_predecessor_and_never_the_own)
{
    struct world *world = honour_world("");
    applied_put(world, "accepted", "2018-03-07");
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   "{\"case\":\"" AFTER_CASE
                   "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"stage\":\"conferred\",\"applied_on\":\"2018-03-07\"" WON(
                       "nomination", "2018-03-07") "}");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 5"), "");
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"P\",\"name\":\"乙\",\"operating_since\":\"2000-01-01\","
                   "\"cases\":[\"2014/P/1\"]}");
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   "{\"case\":\"2014/P/1\",\"cycle\":\"2014\",\"enterprise\":\"P\",\"stage\":"
                   "\"honoured\"" WON("nomination", "2014-11-16") "}");
    world_put_json(
        world, AWARD__CHANGE__RECORD_ENTERPRISE,
        "{\"enterprise\":\"" WORLD_ENTERPRISE
        "\",\"name\":\"甲企业\",\"operating_since\":\"2000-01-01\",\"cases\":[\"" AFTER_CASE
        "\"],\"predecessors\":[\"P\"]}");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 5"),
                     "does not count against it -> refused or ineligible: 12(3) until 2019-11-16 "
                     "[12(3); result_published 2014/P/1 2014-11-16]\n");
    world_destroy(world);
}

// ---- 11(4): sampling that a district organised, of 2015-03-10

static void sampling_put(struct world *world, const char *kind, const char *level,
                         const char *serious, const char *recorded)
{
    world_put_json(world, AWARD__CHANGE__RECORD_INCIDENT,
                   arena_format(world_arena(world),
                                "{\"incident\":\"I-1\",\"enterprise\":\"" WORLD_ENTERPRISE
                                "\",\"kind\":\"%s\",\"on\":\"2015-03-10\",\"level\":\"%s\","
                                "\"serious\":%s,\"recorded_on\":\"%s\",\"recorded\":"
                                "\"%sT10:00:00+08:00\"}",
                                kind, level, serious, recorded, recorded));
}

#define LEVEL(name) (UINT32_C(1) << AWARD__LEVEL__NAME__##name)

#define COUNTED                                                                                    \
    "does not count against it -> refused or ineligible: 11(4) until 2018-03-10 [11(4); "          \
    "sampling_recorded I-1 2015-03-10]\n"

static void sampling_expect(const char *kind, const char *level, const char *serious,
                            const char *stage, const char *applied_on, const char *told)
{
    struct world *world = honour_world("");
    sampling_put(world, kind, level, serious, "2015-03-11");
    applied_put(world, stage, applied_on);
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), told, "%s %s %s %s", kind, level,
                     serious, applied_on);
    world_destroy(world);
}

// decision 29; 11(4)
Test(exposed_grounds, a_serious_result_of_sampling_that_a_district_organised)
{
    sampling_expect("sampling", "district", "true", "accepted", "2018-03-10", COUNTED);
    sampling_expect("sampling", "district", "true", "accepted", "2018-03-11", "");
    sampling_expect("sampling", "district", "false", "accepted", "2018-03-10", "");
    sampling_expect("sampling", "municipal", "true", "accepted", "2018-03-10", "");
    sampling_expect("sampling", "industry", "true", "accepted", "2018-03-10", "");
    sampling_expect("quality_accident", "district", "true", "accepted", "2018-03-10", "");
    sampling_expect("sampling", "district", "true", "refused", "2018-03-10", "");
}

// A rulebook may count them: then there is no other reading, and the condition itself refuses.
// decision 29; 11(4)
Test(exposed_grounds, a_result_of_a_district_that_counts_by_the_rulebook)
{
    struct world *world = honour_world("");
    sampling_put(world, "sampling", "district", "true", "2015-03-11");
    applied_put(world, "accepted", "2018-03-10");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), COUNTED);
    world_rules(world)->sampling_levels |= LEVEL(district);
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), "");
    world_destroy(world);
}

#define NO_LIMIT                                                                                   \
    "does not count against it -> refused or ineligible: 11(4) [11(4); sampling_recorded I-1 "     \
    "2015-03-10]\n"

static void old_expect(const char *kind, const char *level, const char *serious,
                       const char *applied_on, const char *told)
{
    struct world *world = honour_world("");
    sampling_put(world, kind, level, serious, "2015-03-11");
    applied_put(world, "accepted", applied_on);
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 20"), told, "%s %s %s %s", kind, level,
                     serious, applied_on);
    world_destroy(world);
}

// decision 20; 11(4)
Test(exposed_grounds, a_serious_result_of_sampling_whose_three_years_have_ended)
{
    old_expect("sampling", "municipal", "true", "2018-03-11", NO_LIMIT);
    old_expect("sampling", "national", "true", "2028-03-11", NO_LIMIT);
    old_expect("sampling", "municipal", "true", "2018-03-10", "");
    old_expect("sampling", "municipal", "false", "2018-03-11", "");
    old_expect("sampling", "district", "true", "2018-03-11", "");
    old_expect("quality_accident", "municipal", "true", "2018-03-11", "");
}

static void recorded_expect(const char *recorded, const char *stage, const char *meeting,
                            const char *told)
{
    struct world *world = honour_world("");
    sampling_put(world, "sampling", "district", "true", recorded);
    applied_put(world, stage, "2018-03-07");
    if (meeting != NULL) {
        meeting_put(world, meeting);
    }
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), told, "%s %s", recorded, stage);
    world_destroy(world);
}

// decision 20, decision 29
Test(exposed_grounds, a_result_that_became_known_after_the_application_counts_at_the_next_test)
{
    recorded_expect("2018-03-07", "document_out", NULL, COUNTED); // in the same moment
    recorded_expect("2018-03-08", "document_out", NULL, "");
    recorded_expect("2018-03-08", "candidate", NULL, COUNTED);
    recorded_expect("2018-03-08", "conferred", "2018-03-09", COUNTED);
    recorded_expect("2018-03-08", "conferred", "2018-03-08", "");
    recorded_expect("2018-03-08", "conferred", NULL, "");
}

// Entered late: the form came on 03-07, and was recorded and decided on 03-09 at 10:00.
static void entered_expect(const char *recorded, const char *begun, const char *told)
{
    struct world *world = honour_world("");
    struct arena *arena = world_arena(world);
    world_put_json(world, AWARD__CHANGE__RECORD_INCIDENT,
                   arena_format(arena,
                                "{\"incident\":\"I-1\",\"enterprise\":\"" WORLD_ENTERPRISE
                                "\",\"kind\":\"sampling\",\"on\":\"2015-03-10\",\"level\":"
                                "\"district\",\"serious\":true%s}",
                                recorded));
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   arena_format(arena,
                                "{\"case\":\"" AFTER_CASE
                                "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                                "\",\"stage\":\"document_out\",\"applied_on\":\"2018-03-07\"%s}",
                                begun));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), told, "%s %s", recorded, begun);
    world_destroy(world);
}

#define BEGUN ",\"begun\":\"2018-03-09T10:00:00+08:00\""
#define RECORDED(on, time) ",\"recorded_on\":\"" on "\",\"recorded\":\"" on "T" time "+08:00\""

// decision 20, decision 29
Test(exposed_grounds, a_result_that_was_on_record_when_the_application_was_decided)
{
    entered_expect(RECORDED("2018-03-09", "10:00:00"), BEGUN, COUNTED);
    entered_expect(RECORDED("2018-03-09", "10:00:00.001"), BEGUN, "");
    entered_expect(RECORDED("2018-03-09", "10:00:00"), "", "");
    entered_expect(",\"recorded_on\":\"2018-03-09\"", BEGUN, "");
    entered_expect(",\"recorded_on\":\"2018-03-07\"", BEGUN, COUNTED);
    entered_expect("", BEGUN, "");
}

// ---- 19(2)

static void report_expect(uint32_t levels, const char *level, const char *honour, const char *told)
{
    struct world *world = honour_world("");
    world_rules(world)->report_levels = levels;
    sampling_put(world, "sampling", level, "false", "2015-03-11");
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   arena_format(world_arena(world),
                                "{\"case\":\"" AFTER_CASE
                                "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                                "\",\"stage\":\"conferred\"%s}",
                                honour));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 29"), told, "%s %s", level, honour);
    world_destroy(world);
}

// Fifteen working days behind Tuesday 2015-03-10 are those to 03-31.
// decision 29; 19(2)
Test(exposed_grounds, a_result_of_a_district_that_a_laureate_need_not_report)
{
    static const char told[] = "nothing to report -> a report is owed by 2015-03-31 [19(2); "
                               "sampling_recorded I-1 2015-03-10]\n";
    const uint32_t levels = LEVEL(national) | LEVEL(industry) | LEVEL(municipal);
    report_expect(levels, "district", WON("award", "2015-03-10"), told);
    report_expect(levels, "district", WON("nomination", "2014-03-10"), told);
    report_expect(levels, "district", WON("award", "2015-03-11"), "");
    report_expect(levels, "municipal", WON("award", "2015-03-10"), "");
    report_expect(levels, "district", "", "");
    report_expect(levels, "district",
                  ",\"honour\":{\"kind\":\"award\",\"from\":\"2014-03-10\",\"until\":"
                  "\"2015-03-09\"}",
                  "");
    report_expect(levels | LEVEL(district), "district", WON("award", "2015-03-10"), "");
    report_expect(LEVEL(national), "industry", WON("award", "2015-03-10"), "");
}

// ---- 6(4): a complaint outside the publicity

static void complaint_expect(const char *complaint, const char *linked, const char *decided,
                             const char *stage, const char *told)
{
    struct world *world = honour_world("");
    applied_put(world, stage, "2018-03-07");
    world_put_json(world, AWARD__CHANGE__RECORD_OBJECTION,
                   arena_format(world_arena(world),
                                "{\"objection\":\"O-1\",\"case\":\"" AFTER_CASE
                                "\",\"received\":\"2018-05-02\",\"complaint\":%s,\"linked\":%s%s}",
                                complaint, linked, decided));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 10"), told, "%s %s %s %s", complaint,
                     linked, decided, stage);
    world_destroy(world);
}

// decision 10; 6(4), 16(7).3
Test(exposed_grounds, a_complaint_found_to_be_true_that_was_linked_by_itself)
{
    static const char founded[] =
        ",\"decided\":{\"finding\":\"founded\"},\"decided_on\":\"2018-05-09\"";
    static const char unfounded[] =
        ",\"decided\":{\"finding\":\"unfounded\"},\"decided_on\":\"2018-05-09\"";
    complaint_expect("true", "true", founded, "disqualified",
                     "disqualified -> kept [16(7).3; objection_decided O-1 2018-05-09 unless "
                     "complaint_linked]\n");
    complaint_expect("false", "false", founded, "disqualified", "");
    complaint_expect("true", "false", founded, "disqualified", "");
    complaint_expect("true", "true", unfounded, "disqualified", "");
    complaint_expect("true", "true", "", "disqualified", "");
    complaint_expect("true", "true", founded, "conferred", "");
}

// ---- The table

// Each row looks at a case or an objection, names decisions that there are, and says what the other
// reading is, unless it is one of those of the counting of periods.
Test(exposed_grounds, every_row_of_the_table_says_what_it_rests_on)
{
    size_t count;
    const struct exposed_row *rows = exposed_rows(&count);
    cr_expect_geq(count, 10);
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(strncmp(rows[i].decision, "decision ", 9), 0);
        cr_expect(rows[i].of_case != NULL || rows[i].of_objection != NULL, "%s", rows[i].decision);
        cr_expect_eq(rows[i].rests_on != NULL, rows[i].reading.zh != NULL, "%s", rows[i].decision);
        cr_expect_eq(rows[i].rests_on != NULL, rows[i].reading.en != NULL, "%s", rows[i].decision);
    }
}

Test(exposed_grounds, of_no_cycle_there_is_nothing)
{
    struct world *world = after_world_create();
    cr_expect_null(exposing_begin(world_reading(world), "2099"));
    world_destroy(world);
}
