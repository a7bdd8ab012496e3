// Codes of docs/errors.md that no chapter's tests come upon by themselves, each provoked once.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define OTHER "91500112MA5U00011J"

static struct world *w;

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(codes, .fini = teardown);

static void expect(const char *sender, const char *json, const char *code)
{
    const Award__Decision *decision = world_send(w, sender, json);
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", json);
    cr_expect_str_eq(world_code(decision), code, "%s: %s", json, world_code(decision));
}

// ---- Setting up

Test(codes, of_the_coordinators_own_events)
{
    w = world_create();
    cr_expect_str_eq(
        world_code(world_try(w, "coordinator",
                             "{\"database_created\":{\"genesis\":{\"city\":\"重庆\"}}}")),
        "already_created");
    cr_expect_str_eq(world_code(world_try(w, "coordinator",
                                          "{\"deadline_due\":{\"deadline\":\"x:closing:1\"}}")),
                     "nothing_due");
}

// Decides on an empty state, or on one with a damaged record.
static const Award__Decision *decide_on(struct overlay *overlay, Award__Role__Name role,
                                        const char *json)
{
    struct arena *arena = world_arena(w);
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), arena, &error);
    cr_assert_not_null(event, "%s", error.en);
    Award__Principal sender = AWARD__PRINCIPAL__INIT;
    sender.name = arena_string(arena, "somebody");
    sender.has_role = 1;
    sender.role = role;
    event->principal = sender.name;
    event->id = sender.name;
    static const struct calendar calendar;
    struct rules_input input = {
        .view = overlay_view(overlay),
        .event = event,
        .sender = &sender,
        .now_ms = INT64_C(1514854800000), // 2018-01-02
        .calendar = &calendar,
    };
    return rules_decide(&input, arena);
}

Test(codes, of_a_database_that_is_not_created_yet)
{
    w = world_create();
    struct overlay *overlay = overlay_create(NULL);
    const Award__Decision *decision =
        decide_on(overlay, AWARD__ROLE__NAME__coordinator,
                  "{\"database_created\":{\"genesis\":{\"city\":\"重庆\",\"principals\":"
                  "[{\"name\":\"admin\"}],\"start\":\"2018-01-02T09:00:00+08:00\"}}}");
    cr_expect_str_eq(world_code(decision), "bad_start");
    decision = decide_on(overlay, AWARD__ROLE__NAME__office,
                         "{\"cycle_opened\":{\"cycle\":\"c\",\"notice\":[{\"medium\":\"网站\"}],"
                         "\"closing\":\"2018-03-01T18:00:00+08:00\",\"units\":[\"甲\"],"
                         "\"chair\":\"副市长\"}}");
    cr_expect_str_eq(world_code(decision), "no_rulebook");
    overlay_destroy(overlay);
}

Test(codes, of_a_record_that_cannot_be_read)
{
    w = world_create();
    struct overlay *overlay = overlay_create(NULL);
    static const uint8_t garbage[] = {0xff, 0xff, 0xff};
    overlay_put(overlay,
                record_key(world_arena(w), AWARD__CHANGE__RECORD_ENTERPRISE, WORLD_ENTERPRISE),
                (struct bytes){garbage, sizeof(garbage)});
    const Award__Decision *decision = decide_on(
        overlay, AWARD__ROLE__NAME__office,
        "{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE "\",\"name\":\"渝北机床\"}}");
    cr_expect_str_eq(world_code(decision), "record_damaged");
    overlay_destroy(overlay);
}

Test(codes, of_texts_that_settings_cannot_read)
{
    w = world_create();
    world_text_error(w, "第 3 行：未知的键。", "Line 3: unknown key.");
    const char *const digest = "\"text\":\"x\",\"digest\":\"" APPLYING_DIGEST "\"";
    expect("office", JSON(w, "{\"rulebook_loaded\":{%s}}", digest), "bad_rulebook");
    expect("office", JSON(w, "{\"alert_policy_loaded\":{%s}}", digest), "bad_alert_policy");
}

Test(codes, of_calendars_and_rulebooks)
{
    w = world_create();
    expect("office",
           "{\"calendar_loaded\":{\"year\":1992,\"source\":\"国办\",\"exceptions\":"
           "[{\"on\":\"1992-01-01\",\"working\":false}]}}",
           "bad_year");
    world_put_json(w, AWARD__CHANGE__RECORD_RULEBOOK, "{\"digest\":\"d\",\"text\":\"t\"}");
    expect("office",
           "{\"cycle_opened\":{\"cycle\":\"c\",\"notice\":[{\"medium\":\"网站\"}],"
           "\"closing\":\"2018-03-01T18:00:00+08:00\",\"units\":[\"甲\"],\"chair\":\"副市长\"}}",
           "rulebook_unnamed");
}

Test(codes, of_enterprises)
{
    w = world_create();
    applying_register(w, WORLD_ENTERPRISE);
    applying_register(w, OTHER);
    expect("office",
           "{\"enterprise_registered\":{\"enterprise\":\"" WORLD_ENTERPRISE
           "\",\"name\":\"甲\",\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C34\","
           "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}",
           "already_registered");
    expect("office",
           "{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE
           "\",\"region\":\"渝北区\"}}",
           "bad_division");
    const char *link = "{\"predecessor_linked\":{\"enterprise\":\"" WORLD_ENTERPRISE
                       "\",\"predecessor\":\"" OTHER "\",\"how\":\"merged\",\"proof\":\"协议\"}}";
    (void)world_accept(w, "office", link);
    expect("office", link, "already_linked");
}

// ---- Applying

Test(codes, of_materials)
{
    w = world_create();
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
    const Award__Decision *decision = applying_send(
        w, WORLD_ENTERPRISE,
        APPLYING_FORM ",{\"kind\":\"organisation_profile\",\"digest\":\"" APPLYING_DIGEST "\"}");
    cr_expect_str_eq(world_code(decision), "characters_missing");
    decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_FORM "," APPLYING_FORM);
    cr_expect_str_eq(world_code(decision), "material_twice");
}

static void expect_refused(const char *code)
{
    const Award__Decision *decision = applying_send(w, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__refused, "%s", code);
    cr_expect_eq(decision->n_reasons, 1);
    cr_expect_str_eq(world_code(decision), code);
}

static void change(const char *fields)
{
    (void)world_accept(
        w, "office",
        JSON(w, "{\"enterprise_changed\":{\"enterprise\":\"%s\",%s}}", WORLD_ENTERPRISE, fields));
}

static void earlier(const char *what)
{
    (void)world_accept(w, "office",
                       JSON(w,
                            "{\"earlier_record\":{\"enterprise\":\"%s\",%s,"
                            "\"on\":\"2017-10-15\",\"proof\":\"文号\"}}",
                            WORLD_ENTERPRISE, what));
}

static void applying_world(void)
{
    w = world_create();
    applying_register(w, WORLD_ENTERPRISE);
    applying_open(w);
}

// 2
Test(codes, of_article_2_stand_each_alone)
{
    static const struct {
        const char *wrong;
        const char *right;
        const char *code;
    } rows[] = {
        {"\"region\":\"510100\"",  "\"region\":\"500112\"", "region_outside"  },
        {"\"legal_person\":false", "\"legal_person\":true", "not_legal_person"},
        {"\"industry\":\"I65\"",   "\"industry\":\"C34\"",  "not_industrial"  },
    };
    applying_world();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        change(rows[i].wrong);
        expect_refused(rows[i].code);
        change(rows[i].right);
    }
}

// 11(1)
Test(codes, of_years_of_operation)
{
    applying_world();
    change("\"operating_since\":\"2015-01-01\"");
    expect_refused("operation_too_short");
}

// 11(4)
Test(codes, of_a_serious_sampling)
{
    applying_world();
    (void)world_accept(w, "office",
                       "{\"sampling_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"" //
                       WORLD_ENTERPRISE "\",\"on\":\"2017-06-01\",\"serious\":true,"
                       "\"level\":\"national\"}}");
    expect_refused("incident_within_years");
}

// 12(2)
Test(codes, of_a_violation)
{
    applying_world();
    earlier("\"violation\":\"misrepresentation\"");
    expect_refused("violation_within_years");
}

// 12(4)
Test(codes, of_a_revocation)
{
    applying_world();
    earlier("\"revocation\":\"award\"");
    expect_refused("revoked_within_years");
}

// 11(2)
Test(codes, of_a_condition_that_the_district_found_failing)
{
    w = world_create();
    applying_to_applied(w);
    (void)world_send(w, "bureau-500112", applying_findings(w, APPLYING_CASE, "11(2)"));
    const Award__Case *c = world_case(w, APPLYING_CASE);
    cr_assert_eq(c->n_reasons, 1);
    cr_expect_str_eq(c->reasons[0]->code, "condition_not_met");
}

// ---- Review

Test(codes, of_teams_and_alerts)
{
    w = review_world();
    review_team(w, "T1", CASE_A);
    expect("office",
           "{\"member_replaced\":{\"team\":\"T9\",\"person\":\"reviewer-01\",\"by\":"
           "\"reviewer-05\",\"reason\":\"病假\"}}",
           "no_such_team");
    expect("reviewer-02",
           "{\"conflict_declared\":{\"team\":\"T1\",\"person\":\"reviewer-02\",\"case\":\"" CASE_B
           "\",\"reason\":\"亲属\"}}",
           "other_team");
    expect("office", "{\"alert_acknowledged\":{\"alert\":\"x\"}}", "no_such_alert");
}

Test(codes, of_a_case_of_another_cycle)
{
    w = review_world();
    (void)world_accept(w, "office",
                       "{\"cycle_opened\":{\"cycle\":\"next\",\"notice\":[{\"medium\":\"网站\"}],"
                       "\"closing\":\"2030-03-01T18:00:00+08:00\",\"units\":[\"甲\"],"
                       "\"chair\":\"副市长\"}}");
    const Award__Decision *decision =
        world_send(w, "office",
                   "{\"leaders_meeting\":{\"cycle\":\"next\",\"cases\":[\"" CASE_A
                   "\"],\"on\":\"2018-01-02\"}}");
    cr_assert_eq(decision->n_rejected_parts, 1);
    cr_expect_str_eq(decision->rejected_parts[0]->code, "other_cycle");
}

// The reason for which the case has left.
static const char *left_for(void)
{
    const Award__Case *c = world_case(w, CASE_A);
    cr_assert_eq(c->n_reasons, 1);
    return c->reasons[0]->code;
}

#define PANEL                                                                                      \
    "\"reviewer-01\",\"reviewer-02\",\"reviewer-03\",\"reviewer-04\",\"reviewer-05\","             \
    "\"reviewer-06\",\"reviewer-07\""

// 16(4)
Test(codes, of_a_defence_without_the_principal)
{
    w = review_world();
    review_documents(w, "T1", CASE_A);
    (void)world_accept(w, "office",
                       "{\"defence_scheduled\":{\"case\":\"" CASE_A
                       "\",\"when\":\"2018-01-02T09:00:00+08:00\",\"panel\":[" PANEL
                       "],\"advisors\":[{\"name\":\"甲\",\"field\":\"economy\"},{\"name\":\"乙\","
                       "\"field\":\"management\"},{\"name\":\"丙\",\"field\":\"technology\"}]}}");
    (void)world_accept(w, "office",
                       "{\"defence_opened\":{\"case\":\"" CASE_A
                       "\",\"on\":\"2018-01-02\",\"defender\":\"王某\","
                       "\"principal_in_charge\":false}}");
    cr_expect_str_eq(left_for(), "defender_not_principal");
}

// 16(4)
Test(codes, of_a_defence_that_was_not_held)
{
    w = review_world();
    review_documents(w, "T1", CASE_A);
    (void)world_accept(w, "office",
                       "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"defence\"}}");
    cr_expect_str_eq(left_for(), "defence_not_held");
}

// 16(5)
Test(codes, of_a_visit_that_was_not_held)
{
    w = review_world();
    review_documents(w, "T1", CASE_A);
    (void)world_accept(w, "office", "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"visit\"}}");
    cr_expect_str_eq(left_for(), "visit_not_held");
}

static void halted_as(const char *finding)
{
    w = review_world();
    review_documents(w, "T1", CASE_A);
    review_visit_opened(w, CASE_A);
    (void)world_accept(w, "reviewer-01",
                       "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"数据不符\"}}");
    (void)world_accept(w, "office",
                       JSON(w,
                            "{\"halt_decided\":{\"case\":\"" CASE_A "\",\"finding\":\"%s\","
                            "\"reason\":\"属实\"}}",
                            finding));
}

// 16(5).3s2
Test(codes, of_a_serious_discrepancy)
{
    halted_as("discrepancy");
    cr_expect_str_eq(left_for(), "serious_discrepancy");
}

// 16(5).3s2
Test(codes, of_misrepresentation)
{
    halted_as("misrepresentation");
    const char *code = left_for();
    cr_expect_str_eq(code, "misrepresentation");
}

// 6(4), 16(7).3s2
Test(codes, of_a_founded_objection)
{
    w = review_world();
    (void)world_accept(w, "public",
                       "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"" CASE_A
                       "\",\"text\":\"数据造假\"}}");
    (void)world_accept(w, "office",
                       "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"founded\","
                       "\"kind\":\"misrepresentation\",\"report\":\"核实报告\"}}");
    cr_expect_str_eq(left_for(), "objection_founded");
}

// policy
Test(codes, of_a_withdrawal)
{
    w = review_world();
    (void)world_accept(w, "office",
                       "{\"application_withdrawn\":{\"case\":\"" CASE_A
                       "\",\"reason\":\"企业决定\"}}");
    const char *code = left_for();
    cr_expect_str_eq(code, "withdrawn");
}

// ---- Afterwards

Test(codes, of_conferral_and_incidents)
{
    w = after_world_create();
    Award__Cycle *cycle = (Award__Cycle *)world_record(w, AWARD__CHANGE__RECORD_CYCLE, "2018");
    Award__Day published = AWARD__DAY__INIT;
    published.has_number = 1;
    published.number = world_case(w, AFTER_CASE)->honour->from->number;
    cycle->published_on = &published;
    world_put(w, AWARD__CHANGE__RECORD_CYCLE, &cycle->base);
    expect("office",
           "{\"conferral_held\":{\"cycle\":\"2018\",\"on\":\"2018-11-01\",\"given\":[{\"case\":"
           "\"" AFTER_CASE "\",\"medal\":\"M9\",\"certificate\":\"C9\"}]}}",
           "before_publication");
    expect("bureau",
           "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"" WORLD_ENTERPRISE
           "\",\"kind\":\"sampling\",\"on\":\"2019-02-01\",\"liable\":\"unknown\"}}",
           "wrong_kind");
}
