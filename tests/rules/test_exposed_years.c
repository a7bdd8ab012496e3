// Applications between the two ends of years that are counted otherwise (decisions 1, 4, 21).
#include "tests/rules/after_world.h"
#include "tests/rules/exposed_told.h"

#include <criterion/criterion.h>
#include <string.h>

#define FIRST_DAY "Civil Code 201"
#define NO_SUCH_DAY "Civil Code 202"
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

// ---- 11, 12: years

#define SINCE(day) ",\"operating_since\":\"" day "\""
#define OLD SINCE("2000-01-01")
#define BAR(article, from, until)                                                                  \
    OLD ",\"bars\":[{\"article\":\"" article "\",\"from\":\"" from "\",\"until\":\"" until         \
        "\",\"source\":\"earlier\"}]"
#define REASON(article, until)                                                                     \
    "{\"code\":\"c\",\"article\":\"" article "\",\"until\":\"" until "\"}"
#define UNDATED "{\"code\":\"c\",\"article\":\"13(2)\"}"
#define ADMITTED(article, until, on, rests_on)                                                     \
    "admitted -> refused: " article " until " until " [" rests_on                                  \
    "; application_submitted CASE " on "]\n"
#define REFUSED(article, until, on)                                                                \
    "refused: " article " until " until " -> admitted [" FIRST_DAY                                 \
    "; application_submitted CASE " on "]\n"

// More of the enterprise and the reasons are JSON; `told` is "" for nothing.
static void application_expect(const char *enterprise, const char *stage, const char *on,
                               const char *reasons, const char *told)
{
    struct world *world = after_world_create();
    enterprise_put(world, enterprise);
    case_put(world, arena_format(world_arena(world),
                                 ",\"stage\":\"%s\",\"applied_on\":\"%s\",\"reasons\":[%s]", stage,
                                 on, reasons));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 4"), told, "%s %s",
                     enterprise, on);
    world_destroy(world);
}

// Five years since 2013-03-12 end on Monday 2018-03-12; with the first day counted, on the 11th.
// decision 1, decision 4; 11(1)
Test(exposed_years, an_application_between_the_two_ends_of_the_years_of_operation)
{
    application_expect(SINCE("2013-03-12"), "refused", "2018-03-11", REASON("11(1)", "2018-03-12"),
                       "");
    application_expect(SINCE("2013-03-12"), "refused", "2018-03-12", REASON("11(1)", "2018-03-12"),
                       REFUSED("11(1)", "2018-03-12", "2018-03-12"));
    application_expect(SINCE("2013-03-12"), "conferred", "2018-03-13", "", "");
    application_expect(SINCE("2013-03-10"), "conferred", "2018-03-11", "",
                       ADMITTED("11(1)", "2018-03-12", "2018-03-11", MOVED));
    application_expect(SINCE("2013-03-10"), "conferred", "2018-03-12", "",
                       ADMITTED("11(1)", "2018-03-12", "2018-03-12", MOVED));
    application_expect(SINCE("2013-03-10"), "conferred", "2018-03-13", "", "");
}

// decision 1, decision 4; 12(2)
Test(exposed_years, a_bar_of_29_february)
{
    application_expect(BAR("12(2)", "2016-02-29", "2019-02-28"), "refused", "2019-02-28",
                       REASON("12(2)", "2019-02-28"), "");
    application_expect(BAR("12(2)", "2016-02-29", "2019-02-28"), "conferred", "2019-03-01", "",
                       ADMITTED("12(2)", "2019-03-01", "2019-03-01", NO_SUCH_DAY));
    application_expect(BAR("12(2)", "2016-02-29", "2019-02-28"), "conferred", "2019-03-02", "", "");
    application_expect(BAR("12(2)", "2016-02-28", "2019-02-28"), "conferred", "2019-03-01", "", "");
}

// Whoever applied too early or left by another reason would be out in either reading.
// decision 4; F-admit-4
Test(exposed_years, every_reason_of_a_refusal_must_fall)
{
    static const char enterprise[] =
        SINCE("2013-03-12") ",\"bars\":[{\"article\":\"12(3)\",\"from\":\"2013-03-12\",\"until\":"
                            "\"2018-03-12\",\"source\":\"x\"},{\"article\":\"12(2)\",\"from\":"
                            "\"2015-03-13\",\"until\":\"2018-03-13\",\"source\":\"x\"}]";
    application_expect(enterprise, "refused", "2018-03-12",
                       REASON("11(1)", "2018-03-12") "," REASON("12(3)", "2018-03-12"),
                       REFUSED("11(1)", "2018-03-12", "2018-03-12"));
    application_expect(enterprise, "refused", "2018-03-12",
                       REASON("11(1)", "2018-03-12") "," REASON("12(2)", "2018-03-13"), "");
    application_expect(enterprise, "refused", "2018-03-12",
                       REASON("11(1)", "2018-03-12") "," UNDATED, "");
    application_expect(enterprise, "refused", "2018-03-12", UNDATED, "");
    application_expect(enterprise, "refused", "2018-03-12", "", "");
    application_expect(enterprise, "refused", "2018-03-12", REASON("12(4)", "2018-03-12"), "");
    application_expect(enterprise, "ineligible", "2018-03-12", REASON("11(1)", "2018-03-12"),
                       "ineligible: 11(1) until 2018-03-12 -> admitted [" FIRST_DAY
                       "; application_submitted CASE 2018-03-12]\n");
    application_expect(SINCE("2013-03-10"), "withdrawn", "2018-03-11", "", "");
    application_expect(SINCE("2013-03-10"), "refused", "2018-03-11", UNDATED, "");
}

// A violation that was found after the refusal bars by the same paragraph, and did not refuse.
// decision 1, decision 4; 12(2)
Test(exposed_years, a_bar_of_after_the_refusal_is_no_reason_of_it)
{
    static const char enterprise[] =
        OLD ",\"bars\":[{\"article\":\"12(2)\",\"from\":\"2018-05-02\",\"until\":\"2021-05-02\","
            "\"source\":\"x\"},{\"article\":\"12(2)\",\"from\":\"2015-03-12\",\"until\":"
            "\"2018-03-12\",\"source\":\"y\"}]";
    application_expect(enterprise, "refused", "2018-03-12", REASON("12(2)", "2018-03-12"),
                       REFUSED("12(2)", "2018-03-12", "2018-03-12"));
    application_expect(enterprise, "refused", "2018-03-11", REASON("12(2)", "2018-03-12"), "");
}

// Three years since an accident on 2015-03-11 end on Sunday 2018-03-11.
// F-incident-1, decision 4; 11(4)
Test(exposed_years, the_years_since_an_accident_that_it_was_liable_for)
{
    static const char *const liabilities[] = {"yes", "no"};
    for (size_t i = 0; i < 2; i++) {
        struct world *world = after_world_create();
        put(world, AWARD__CHANGE__RECORD_INCIDENT,
            arena_format(
                world_arena(world),
                "{\"incident\":\"I-1\",\"enterprise\":\"" WORLD_ENTERPRISE
                "\",\"kind\":\"quality_accident\",\"on\":\"2015-03-11\",\"liable\":\"%s\"}",
                liabilities[i]));
        enterprise_put(world, OLD ",\"incidents\":[\"I-1\"]");
        case_put(world, ",\"stage\":\"conferred\",\"applied_on\":\"2018-03-12\"");
        cr_expect_str_eq(exposed_told(world, AFTER_CASE),
                         i == 0 ? "decision 1, decision 4: admitted -> refused: 11(4) until "
                                  "2018-03-12 [" MOVED "; application_submitted " AFTER_CASE
                                  " 2018-03-12]\n"
                                : "");
        world_destroy(world);
    }
}

// decision 27
Test(exposed_years, a_bar_of_a_predecessor)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
        "{\"enterprise\":\"P\",\"name\":\"乙\",\"operating_since\":\"2018-01-01\",\"bars\":[{"
        "\"article\":\"12(4)\",\"from\":\"2013-03-11\",\"until\":\"2018-03-11\",\"source\":\"x\"}]"
        "}");
    enterprise_put(world, OLD ",\"predecessors\":[\"P\"]");
    case_put(world, ",\"stage\":\"accepted\",\"applied_on\":\"2018-03-12\"");
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 1, decision 4"),
                     ADMITTED("12(4)", "2018-03-12", "2018-03-12", MOVED));
    world_destroy(world);
}

// What became known after the application bars by either reading, or by none.
Test(exposed_years, years_that_had_not_ended_on_the_day_of_who_was_admitted)
{
    application_expect(SINCE("2013-03-10"), "conferred", "2018-03-10", "", "");
    application_expect(SINCE("2013-03-10"), "conferred", "2018-03-09", "", "");
}

// ---- From another day

#define RECEIPTS(electronic, paper)                                                                \
    ",\"stage\":\"conferred\",\"applied_on\":\"2018-03-13\",\"electronic_receipt\":\"" electronic  \
    "T10:00:00+08:00\",\"paper_receipt\":\"" paper "T10:00:00+08:00\""

static void receipts_expect(const char *receipts, const char *told)
{
    struct world *world = after_world_create();
    enterprise_put(world, SINCE("2013-03-12"));
    case_put(world, receipts);
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 21"), told, "%s", receipts);
    world_destroy(world);
}

// The five years end on 2018-03-12: the later receipt is behind it.
// decision 21, F-closing-2
Test(exposed_years, an_application_whose_first_receipt_came_before_the_end_of_the_years)
{
    static const char told[] = "admitted -> refused: 11(1) until 2018-03-12 [16(2); "
                               "application_submitted CASE 2018-03-13]\n";
    receipts_expect(RECEIPTS("2018-03-12", "2018-03-13"), told);
    receipts_expect(RECEIPTS("2018-03-13", "2018-03-12"), told);
    receipts_expect(RECEIPTS("2018-03-13", "2018-03-11"), told);
    receipts_expect(RECEIPTS("2018-03-13", "2018-03-13"), "");
    receipts_expect(",\"stage\":\"conferred\",\"applied_on\":\"2018-03-13\"", "");
    receipts_expect(",\"stage\":\"accepted\",\"applied_on\":\"2018-03-12\"," // barred in either
                    "\"electronic_receipt\":\"2018-03-11T10:00:00+08:00\",\"paper_receipt\":"
                    "\"2018-03-12T10:00:00+08:00\"",
                    "");
    receipts_expect(",\"stage\":\"refused\",\"applied_on\":\"2018-03-13\","
                    "\"electronic_receipt\":\"2018-03-12T10:00:00+08:00\",\"paper_receipt\":"
                    "\"2018-03-13T10:00:00+08:00\"",
                    "");
}

// An award published on 2013-03-12 bars until 2018-03-12; conferred on 03-20, until 03-20.
static void conferral_expect(const char *article, const char *honour, const char *stage,
                             const char *applied_on, const char *told)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_CASE,
        arena_format(world_arena(world),
                     "{\"case\":\"2012/x/1\",\"cycle\":\"2012\",\"enterprise\":\"x\","
                     "\"stage\":\"conferred\"%s}",
                     honour));
    enterprise_put(world, arena_format(world_arena(world),
                                       OLD ",\"bars\":[{\"article\":\"%s\",\"from\":"
                                           "\"2013-03-12\",\"until\":\"2018-03-12\",\"source\":"
                                           "\"2012/x/1\"}]",
                                       article));
    case_put(world, arena_format(world_arena(world), ",\"stage\":\"%s\",\"applied_on\":\"%s\"",
                                 stage, applied_on));
    cr_expect_str_eq(exposed_by(world, AFTER_CASE, "decision 4"), told, "%s %s", article,
                     applied_on);
    world_destroy(world);
}

// decision 4; 12(3)
Test(exposed_years, an_application_between_the_years_since_publication_and_since_conferral)
{
    static const char honour[] = ",\"honour\":{\"kind\":\"award\",\"from\":\"2013-03-12\","
                                 "\"conferred_on\":\"2013-03-20\"}";
    conferral_expect("12(3)", honour, "conferred", "2018-03-13",
                     "admitted -> refused: 12(3) until 2018-03-20 [12(3); application_submitted "
                     "CASE 2018-03-13]\n");
    conferral_expect("12(3)", honour, "conferred", "2018-03-20",
                     "admitted -> refused: 12(3) until 2018-03-20 [12(3); application_submitted "
                     "CASE 2018-03-20]\n");
    conferral_expect("12(3)", honour, "conferred", "2018-03-21", "");
    conferral_expect("12(3)", honour, "conferred", "2018-03-12", ""); // barred by either
    conferral_expect("12(3)", honour, "refused", "2018-03-13", "");
    conferral_expect("12(4)", honour, "conferred", "2018-03-13", "");
    conferral_expect("12(3)", ",\"honour\":{\"kind\":\"award\",\"from\":\"2013-03-12\"}",
                     "conferred", "2018-03-13", "");
    conferral_expect("12(3)", "", "conferred", "2018-03-13", "");
}

// ---- Nothing to look at

// An honour from before this system has no application, and its cycle no notice.
Test(exposed_years, a_case_without_an_application)
{
    struct world *world = after_world_create();
    enterprise_put(world, BAR("12(3)", "2013-03-12", "2018-03-12"));
    case_put(world, ",\"stage\":\"conferred\",\"honour\":{\"kind\":\"award\",\"from\":"
                    "\"2018-11-16\"}");
    cr_expect_str_eq(exposed_told(world, AFTER_CASE), "");
    world_destroy(world);
}

// A record that cannot be read is passed over.
Test(exposed_years, a_case_whose_enterprise_is_not_on_record)
{
    struct world *world = after_world_create();
    put(world, AWARD__CHANGE__RECORD_CASE,
        "{\"case\":\"2018/x/1\",\"cycle\":\"2018\",\"enterprise\":\"x\",\"stage\":\"conferred\","
        "\"applied_on\":\"2018-03-12\",\"electronic_receipt\":\"2018-03-12T10:00:00+08:00\","
        "\"paper_receipt\":\"2018-03-12T10:00:00+08:00\",\"honour\":{\"kind\":\"award\",\"from\":"
        "\"2018-11-16\"}}");
    cr_expect_str_eq(exposed_told(world, "2018/x/1"), "");
    world_destroy(world);
}
