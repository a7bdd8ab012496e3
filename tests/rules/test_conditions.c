// conditions - Articles 2, 11(1), 11(4) and 12(2) to 12(4), bars and predecessors
#include "tests/rules/applying.h"

#include "common/time.h"
#include "rules/bars.h"
#include "rules/conditions.h"
#include "rules/reading.h"

#include <criterion/criterion.h>
#include <string.h>

#define NEWER "91500112MA5U00011J"
#define OLDER "91500112MA5U0002XA"
#define OLDEST "91500112MA5U00038A"

static struct world *w;

// One cycle that closes in 2030, so that a test may apply on any day.
static void setup(void)
{
    w = world_create();
    (void)world_accept(w, "office",
                       "{\"cycle_opened\":{\"cycle\":\"long\",\"notice\":[{\"medium\":\"网站\"}],"
                       "\"closing\":\"2030-12-31T18:00:00+08:00\",\"units\":[\"甲\"],"
                       "\"chair\":\"副市长\"}}");
    applying_register(w, WORLD_ENTERPRISE);
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(conditions, .init = setup, .fini = teardown);

// Applies on a day, at nine in the morning by both receipts.
static const Award__Decision *apply_on(const char *enterprise, const char *day)
{
    const char *nine = arena_format(world_arena(w), "%sT09:00:00+08:00", day);
    world_clock(w, nine);
    return world_send(w, "office",
                      arena_format(world_arena(w),
                                   "{\"application_submitted\":{\"cycle\":\"long\","
                                   "\"enterprise\":\"%s\",\"materials\":[" APPLYING_MATERIALS
                                   "],\"paper_receipt\":\"%s\"}}",
                                   enterprise, nine));
}

static void expect_applied(const Award__Decision *decision)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s: %s", world_code(decision),
                 decision->n_reasons > 0 ? decision->reasons[0]->en : "");
}

// Refused for this article alone, until that day ("" for a reason without date).
static void expect_refused(const Award__Decision *decision, const char *article, const char *until)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__refused, "%s", world_code(decision));
    cr_assert_eq(decision->n_reasons, 1);
    cr_assert_str_eq(decision->reasons[0]->article, article);
    cr_assert_str_eq(decision->article, article);
    char text[DAY_TEXT_BYTES] = "";
    if (decision->reasons[0]->until != NULL) {
        day_format(decision->reasons[0]->until->number, text);
    }
    cr_assert_str_eq(text, until);
}

static void change(const char *enterprise, const char *fields)
{
    (void)world_accept(w, "office",
                       arena_format(world_arena(w),
                                    "{\"enterprise_changed\":{\"enterprise\":\"%s\",%s}}",
                                    enterprise, fields));
}

static void earlier(const char *enterprise, const char *what, const char *on)
{
    (void)world_accept(w, "office",
                       arena_format(world_arena(w),
                                    "{\"earlier_record\":{\"enterprise\":\"%s\",%s,\"on\":\"%s\","
                                    "\"proof\":\"文号\"}}",
                                    enterprise, what, on));
}

static void link_to(const char *enterprise, const char *predecessor)
{
    (void)world_accept(w, "office",
                       arena_format(world_arena(w),
                                    "{\"predecessor_linked\":{\"enterprise\":\"%s\","
                                    "\"predecessor\":\"%s\",\"how\":\"merged\","
                                    "\"proof\":\"合并协议\"}}",
                                    enterprise, predecessor));
}

struct incident {
    Award__IncidentKind__Name kind;
    const char *on;
    Award__Liability__Name liable;
    Award__Level__Name level;
    bool serious;
    const char *whom;
};

// An incident stands on the record of an enterprise.
static void incident_stands(const char *enterprise_code, const char *id, struct incident what)
{
    Award__Incident incident = AWARD__INCIDENT__INIT;
    incident.incident = arena_string(world_arena(w), id);
    incident.enterprise = arena_string(world_arena(w), enterprise_code);
    incident.has_kind = 1;
    incident.kind = what.kind;
    Award__Day on = AWARD__DAY__INIT;
    on.has_number = 1;
    cr_assert(day_parse(what.on, strlen(what.on), &on.number));
    incident.on = &on;
    incident.has_liable = what.liable != 0;
    incident.liable = what.liable;
    incident.has_level = what.level != 0;
    incident.level = what.level;
    incident.has_serious = 1;
    incident.serious = what.serious;
    incident.whom = what.whom != NULL ? arena_string(world_arena(w), what.whom) : NULL;
    world_put(w, AWARD__CHANGE__RECORD_INCIDENT, &incident.base);
    Award__Enterprise *enterprise =
        (Award__Enterprise *)world_record(w, AWARD__CHANGE__RECORD_ENTERPRISE, enterprise_code);
    char *ids[] = {incident.incident};
    enterprise->n_incidents = 1;
    enterprise->incidents = ids;
    world_put(w, AWARD__CHANGE__RECORD_ENTERPRISE, &enterprise->base);
}

#define ACCIDENT(on_day, liability)                                                                \
    ((struct incident){.kind = AWARD__INCIDENT_KIND__NAME__safety_accident,                        \
                       .on = (on_day),                                                             \
                       .liable = AWARD__LIABILITY__NAME__##liability})
#define SAMPLING(on_day, at_level, is_serious)                                                     \
    ((struct incident){.kind = AWARD__INCIDENT_KIND__NAME__sampling,                               \
                       .on = (on_day),                                                             \
                       .level = AWARD__LEVEL__NAME__##at_level,                                    \
                       .serious = (is_serious)})

// ---- 2

Test(conditions, of_an_enterprise_whose_name_is_long_and_has_blanks_are_the_same)
{
    change(WORLD_ENTERPRISE, "\"name\":\"Chongqing Jinyue Precision Gear Manufacturing and Trading "
                             "Company Limited\"");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
}

// F-admit-2, F-admit-4; 2s1
Test(conditions, of_article_2_each_give_a_reason_without_date)
{
    change(WORLD_ENTERPRISE, "\"region\":\"330100\"");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "2", "");
    change(WORLD_ENTERPRISE, "\"region\":\"500112\",\"industry\":\"F51\"");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "2", "");
    change(WORLD_ENTERPRISE, "\"industry\":\"C36\",\"legal_person\":false");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "2", "");
    change(WORLD_ENTERPRISE, "\"legal_person\":true,\"industry\":\"D44\"");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
}

// F-registration-1; 2s1
Test(conditions, a_code_that_is_none_is_a_warning_at_registration_and_a_reason_at_application)
{
    const Award__Decision *decision = world_accept(
        w, "office",
        "{\"enterprise_registered\":{\"enterprise\":\"91500112MA5U00011K\",\"name\":\"错码企业\","
        "\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C36\","
        "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}");
    cr_assert_str_eq(world_code(decision), "bad_credit_code");
    expect_refused(apply_on("91500112MA5U00011K", "2018-02-01"), "2", "");
}

// F-registration-1; 2s1
Test(conditions, a_code_first_given_in_another_province_is_a_warning_only)
{
    applying_register(w, "91330100MA5U000970");
    const Award__Decision *decision = apply_on("91330100MA5U000970", "2018-02-01");
    expect_applied(decision);
    cr_assert_str_eq(world_code(decision), "first_registered_elsewhere");
}

// ---- 11(1)

// decision 4; 11(1)
Test(conditions, five_years_of_operation_are_complete_after_the_anniversary)
{
    change(WORLD_ENTERPRISE, "\"operating_since\":\"2013-03-14\"");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-03-14"), "11(1)", "2018-03-14");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-03-15"));
}

// decision 1; 11(1)
Test(conditions, years_from_a_29_february_end_on_the_months_last_day)
{
    change(WORLD_ENTERPRISE, "\"operating_since\":\"2016-02-29\"");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2021-02-28"), "11(1)", "2021-02-28");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2021-03-01"));
}

// F-predecessor-1, decision 27; 11(1)
Test(conditions, years_of_operation_of_a_predecessor_do_not_carry_over)
{
    applying_register(w, OLDER);
    change(WORLD_ENTERPRISE, "\"operating_since\":\"2017-01-01\"");
    link_to(WORLD_ENTERPRISE, OLDER);
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "11(1)", "2022-01-01");
}

// ---- 11(4)

// F-incident-1; 11(4)
Test(conditions, an_accident_with_liability_bars_three_years)
{
    incident_stands(WORLD_ENTERPRISE, "I-1", ACCIDENT("2015-03-11", yes));
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-03-11"), "11(4)", "2018-03-11");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-03-12"));
}

Test(conditions, an_accident_without_liability_or_of_unknown_liability_bars_nothing)
{
    incident_stands(WORLD_ENTERPRISE, "I-1", ACCIDENT("2018-01-02", no));
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    applying_register(w, OLDER);
    incident_stands(OLDER, "I-2", ACCIDENT("2018-01-02", unknown));
    expect_applied(apply_on(OLDER, "2018-02-01"));
}

// F-incident-1, decision 29; 11(4)
Test(conditions, serious_sampling_counts_at_the_national_and_the_municipal_level_alone)
{
    incident_stands(WORLD_ENTERPRISE, "I-1", SAMPLING("2018-01-01", district, true));
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    applying_register(w, OLDER);
    incident_stands(OLDER, "I-2", SAMPLING("2018-01-01", industry, true));
    expect_applied(apply_on(OLDER, "2018-02-01"));
    applying_register(w, NEWER);
    incident_stands(NEWER, "I-3", SAMPLING("2018-01-01", municipal, true));
    expect_refused(apply_on(NEWER, "2018-02-01"), "11(4)", "2021-01-01");
    applying_register(w, OLDEST);
    incident_stands(OLDEST, "I-4", SAMPLING("2018-01-01", national, true));
    expect_refused(apply_on(OLDEST, "2018-02-01"), "11(4)", "2021-01-01");
}

Test(conditions, sampling_that_is_not_serious_bars_nothing)
{
    incident_stands(WORLD_ENTERPRISE, "I-1", SAMPLING("2018-01-01", national, false));
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
}

// decision 17; 11(4)
Test(conditions, an_affiliates_sampling_counts_only_with_liability_of_its_own)
{
    struct incident affiliate = SAMPLING("2018-01-01", national, true);
    affiliate.whom = "子公司";
    incident_stands(WORLD_ENTERPRISE, "I-1", affiliate);
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    applying_register(w, OLDER);
    affiliate.liable = AWARD__LIABILITY__NAME__yes;
    incident_stands(OLDER, "I-2", affiliate);
    expect_refused(apply_on(OLDER, "2018-02-01"), "11(4)", "2021-01-01");
}

// F-predecessor-1, decision 27; 11(4)
Test(conditions, incidents_of_a_predecessor_carry_over)
{
    applying_register(w, OLDER);
    incident_stands(OLDER, "I-1", ACCIDENT("2016-03-11", yes));
    link_to(WORLD_ENTERPRISE, OLDER);
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "11(4)", "2019-03-11");
}

// ---- 12(2) to 12(4)

// decision 4; 12(2)
Test(conditions, a_violation_bars_three_years)
{
    earlier(WORLD_ENTERPRISE, "\"violation\":\"violation\"", "2015-04-10");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-04-10"), "12(2)", "2018-04-10");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-04-11"));
}

Test(conditions, a_violation_of_another_kind_bars_nothing)
{
    earlier(WORLD_ENTERPRISE, "\"violation\":\"other\"", "2017-04-10");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
}

// decision 4, decision 5; 12(3)
Test(conditions, an_award_bars_five_years_and_a_nomination_none)
{
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2013-10-15");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2018-10-15"), "12(3)", "2018-10-15");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-10-16"));
    applying_register(w, OLDER);
    earlier(OLDER, "\"honour\":\"nomination\"", "2017-10-15");
    expect_applied(apply_on(OLDER, "2018-10-16"));
}

// decision 4; 12(4), 21s1
Test(conditions, a_revoked_award_bars_five_years_and_a_revoked_nomination_none)
{
    earlier(WORLD_ENTERPRISE, "\"revocation\":\"award\"", "2014-05-20");
    expect_refused(apply_on(WORLD_ENTERPRISE, "2019-05-20"), "12(4)", "2019-05-20");
    expect_applied(apply_on(WORLD_ENTERPRISE, "2019-05-21"));
    applying_register(w, OLDER);
    earlier(OLDER, "\"revocation\":\"nomination\"", "2017-10-15");
    expect_applied(apply_on(OLDER, "2019-05-21"));
}

// F-violation-3, F-admit-4, F-admit-5; 12(3), 12(4)
Test(conditions, of_an_award_and_its_revocation_both_are_reasons_and_the_last_says_when)
{
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2014-01-10");
    earlier(WORLD_ENTERPRISE, "\"revocation\":\"award\"", "2016-07-12");
    const Award__Decision *decision = apply_on(WORLD_ENTERPRISE, "2018-02-01");
    cr_assert_eq(decision->n_reasons, 2);
    cr_assert_str_eq(decision->reasons[0]->article, "12(3)");
    cr_assert_str_eq(decision->reasons[1]->article, "12(4)");
    cr_assert_null(strstr(decision->reasons[0]->en, "apply again"));
    cr_assert_not_null(strstr(decision->reasons[1]->en, "apply again from 2021-07-13"));
}

// F-admit-5
Test(conditions, the_first_day_is_given_beside_a_reason_without_date)
{
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2014-01-10");
    change(WORLD_ENTERPRISE, "\"legal_person\":false");
    const Award__Decision *decision = apply_on(WORLD_ENTERPRISE, "2018-02-01");
    cr_assert_eq(decision->n_reasons, 2);
    cr_assert_str_eq(decision->reasons[0]->article, "2");
    cr_assert_null(decision->reasons[0]->until);
    cr_assert_not_null(strstr(decision->reasons[1]->en, "apply again from 2019-01-11"));
}

Test(conditions, the_same_bar_twice_is_one)
{
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2014-01-10");
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2014-01-10");
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        w, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 1);
    cr_assert_str_eq(enterprise->bars[0]->source, "earlier");
}

Test(conditions, an_earlier_record_of_a_day_to_come_or_of_nothing_is_rejected)
{
    const Award__Decision *decision =
        world_send(w, "office",
                   "{\"earlier_record\":{\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"honour\":\"award\",\"on\":\"2018-01-03\",\"proof\":\"文号\"}}");
    cr_assert_str_eq(world_code(decision), "in_the_future");
    decision = world_send(w, "office",
                          "{\"earlier_record\":{\"enterprise\":\"" WORLD_ENTERPRISE
                          "\",\"on\":\"2018-01-01\",\"proof\":\"文号\"}}");
    cr_assert_str_eq(world_code(decision), "field_missing");
}

// ---- Predecessors

// F-predecessor-1, decision 27
Test(conditions, bars_carry_over_by_a_detour_and_also_when_they_come_later)
{
    applying_register(w, OLDER);
    applying_register(w, OLDEST);
    link_to(WORLD_ENTERPRISE, OLDER);
    link_to(OLDER, OLDEST);
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    applying_register(w, NEWER);
    link_to(NEWER, OLDER);
    earlier(OLDEST, "\"honour\":\"award\"", "2017-10-15");
    expect_refused(apply_on(NEWER, "2018-02-01"), "12(3)", "2022-10-15");
}

Test(conditions, bars_do_not_go_back_to_a_predecessor)
{
    applying_register(w, OLDER);
    link_to(WORLD_ENTERPRISE, OLDER);
    earlier(WORLD_ENTERPRISE, "\"honour\":\"award\"", "2017-10-15");
    expect_applied(apply_on(OLDER, "2018-02-01"));
}

// decision 27
Test(conditions, nobody_is_its_own_predecessor_not_by_a_detour_either)
{
    applying_register(w, OLDER);
    applying_register(w, OLDEST);
    link_to(WORLD_ENTERPRISE, OLDER);
    link_to(OLDER, OLDEST);
    static const char *const links[][2] = {
        {WORLD_ENTERPRISE, WORLD_ENTERPRISE},
        {OLDER,            WORLD_ENTERPRISE},
        {OLDEST,           WORLD_ENTERPRISE}
    };
    for (size_t i = 0; i < 3; i++) {
        const Award__Decision *decision = world_send(
            w, "office",
            arena_format(world_arena(w),
                         "{\"predecessor_linked\":{\"enterprise\":\"%s\",\"predecessor\":\"%s\","
                         "\"how\":\"split\",\"proof\":\"文号\"}}",
                         links[i][0], links[i][1]));
        cr_assert_str_eq(world_code(decision), "own_predecessor");
    }
}

// ---- Violations of a case

static void confirm(const char *kind)
{
    (void)world_accept(w, "office",
                       arena_format(world_arena(w),
                                    "{\"violation_confirmed\":{\"case\":\"long/" WORLD_ENTERPRISE
                                    "/1\",\"kind\":\"%s\",\"proof\":\"调查报告\"}}",
                                    kind));
}

// F-violation-1; 12(2)
Test(conditions, a_violation_confirmed_bars_from_that_day_and_moves_no_stage)
{
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    confirm("violation");
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        w, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 1);
    cr_assert_str_eq(enterprise->bars[0]->article, "12(2)");
    cr_assert_str_eq(enterprise->bars[0]->source, "long/" WORLD_ENTERPRISE "/1");
    cr_assert_eq(world_case(w, "long/" WORLD_ENTERPRISE "/1")->stage, AWARD__STAGE__NAME__applied);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_NOTE), 1);
}

Test(conditions, a_violation_of_kind_other_bars_nothing)
{
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    confirm("other");
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        w, AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 0);
}

// 20(1)
Test(conditions, a_laureates_violation_is_checked_against_article_20)
{
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    Award__Case *c = world_case(w, "long/" WORLD_ENTERPRISE "/1");
    c->stage = AWARD__STAGE__NAME__conferred;
    world_put(w, AWARD__CHANGE__RECORD_CASE, &c->base);
    confirm("misrepresentation");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_TASK), 1);
}

// F-deliberation-2
Test(conditions, a_violation_known_after_the_deliberation_is_told_to_the_office)
{
    expect_applied(apply_on(WORLD_ENTERPRISE, "2018-02-01"));
    Award__Case *c = world_case(w, "long/" WORLD_ENTERPRISE "/1");
    c->stage = AWARD__STAGE__NAME__recommended_to_government;
    world_put(w, AWARD__CHANGE__RECORD_CASE, &c->base);
    confirm("violation");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), 1);
}

// ---- What an enterprise is shown of itself

static const struct rulebook *only_rulebook(const void *context, const char *digest)
{
    (void)digest;
    return context;
}

// The articles that stand against an application on that day, with the days until which they do.
static const char *bars_on(const char *day)
{
    int32_t on = 0;
    cr_assert(day_parse(day, strlen(day), &on));
    const struct rules_input input = {
        .view = world_view(w),
        .now_ms = day_start(on),
        .rulebook = only_rulebook,
        .rulebook_context = world_rules(w),
    };
    struct deciding *d = reading_begin(&input, world_arena(w));
    size_t count = 0;
    Award__Reason **reasons = NULL;
    conditions_bars(d, enterprise_get(d, WORLD_ENTERPRISE), on, &count, &reasons);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        text = arena_format(world_arena(w), "%s%s %s;", text, reasons[i]->article,
                            day_text(d, reasons[i]->until->number));
    }
    return text;
}

// 11(1), 11(4), 12(2), 12(3), 12(4)
Test(conditions, that_have_a_day_are_told_before_an_application)
{
    cr_expect_str_eq(bars_on("2018-01-02"), "");
    cr_expect_str_eq(bars_on("2006-09-03"), "11(1) 2006-09-03;");
    (void)world_accept(
        w, "office",
        "{\"accident_recorded\":{\"incident\":\"I\",\"enterprise\":\"" WORLD_ENTERPRISE
        "\",\"kind\":\"safety_accident\",\"on\":\"2017-06-01\",\"liable\":\"yes\"}}");
    (void)world_accept(w, "office",
                       "{\"earlier_record\":{\"enterprise\":\"" WORLD_ENTERPRISE
                       "\",\"honour\":\"award\",\"on\":\"2016-11-10\",\"proof\":\"p\"}}");
    cr_expect_str_eq(bars_on("2018-01-02"), "11(4) 2020-06-01;12(3) 2021-11-10;");
    cr_expect_str_eq(bars_on("2021-11-10"), "12(3) 2021-11-10;");
    cr_expect_str_eq(bars_on("2021-11-11"), "");
}

// F-admit-5
Test(conditions, the_sentence_of_the_reason_that_ends_last_says_when_to_apply_again)
{
    (void)world_accept(w, "office",
                       "{\"earlier_record\":{\"enterprise\":\"" WORLD_ENTERPRISE
                       "\",\"violation\":\"violation\",\"on\":\"2017-11-10\",\"proof\":\"p\"}}");
    const Award__Decision *decision = apply_on(WORLD_ENTERPRISE, "2018-01-02");
    cr_assert_eq(decision->n_reasons, 1);
    cr_expect_not_null(strstr(decision->reasons[0]->zh, "最早可自 2020-11-11 起再次申报"));
    cr_expect_not_null(strstr(decision->reasons[0]->en, "may apply again from 2020-11-11"));
}

// 2
Test(conditions, an_enterprise_without_industry_or_region_is_none_of_the_city)
{
    static const char *const records[] = {
        "\"region\":\"500112\"",
        "\"industry\":\"C36\"",
        "\"industry\":\" \",\"region\":\"500112\"",
        "\"industry\":\"C36\",\"region\":\"\"",
    };
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        world_put_json(
            w, AWARD__CHANGE__RECORD_ENTERPRISE,
            arena_format(world_arena(w),
                         "{\"enterprise\":\"" WORLD_ENTERPRISE
                         "\",\"name\":\"甲\",\"district\":\"500112\",\"legal_person\":true,"
                         "\"operating_since\":\"2000-01-01\",%s}",
                         records[i]));
        expect_refused(apply_on(WORLD_ENTERPRISE, "2018-02-01"), "2", "");
    }
}

// decision 4
Test(conditions, of_several_bars_of_one_paragraph_the_last_to_end_counts)
{
    struct deciding *d = world_reading(w);
    const int32_t from = day_from_civil((struct civil){2018, 1, 5});
    bar_add(d, WORLD_ENTERPRISE, "12(4)", from, 3, "a");
    bar_add(d, WORLD_ENTERPRISE, "12(4)", from, 2, "b");
    bar_add(d, WORLD_ENTERPRISE, "12(4)", from, 5, "a"); // is there already
    const Award__Enterprise *enterprise = enterprise_get(d, WORLD_ENTERPRISE);
    cr_assert_eq(enterprise->n_bars, 2);
    size_t count = 0;
    Award__Reason **reasons = NULL;
    conditions_test(d, world_rules(w), enterprise, from + 30, &count, &reasons);
    cr_assert_eq(count, 1);
    cr_expect_str_eq(reasons[0]->article, "12(4)");
    cr_expect_eq(reasons[0]->until->number, enterprise->bars[0]->until->number);
}
