// The selection committee's meeting (16(8)): when, who, and case by case.
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define SCORES "500.00", "500.00", 56000, 700
#define AWARD "\"candidate_for\":\"award\","

static const struct standing candidates[] = {
    {"candidate", SCORES, AWARD},
    {"candidate", SCORES, AWARD},
    {"candidate", SCORES, AWARD},
};

#define PUBLISHED                                                                                  \
    "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"重庆日报\",\"on\":"   \
    "\"2018-03-05\"}],\"stated_first\":\"2018-03-05\",\"stated_last\":\"2018-03-12\"}}"

// Public from Monday 5 March 2018: until Monday the 12th. It is the 13th now.
static struct world *public_world(size_t count, const struct standing *cases)
{
    struct world *world = selecting_world(count, cases);
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    world_clock(world, "2018-03-13T09:00:00+08:00");
    return world;
}

#define QUORUM "\"U1\",\"U2\",\"U3\",\"U4\",\"U5\",\"U6\",\"U7\",\"U8\",\"U9\""
#define TWO_THIRDS "\"U1\",\"U2\",\"U3\",\"U4\",\"U5\",\"U6\",\"U7\",\"U8\""
#define YES(number) "{\"case\":\"%" number "\",\"approved\":true}"
#define NO(number) "{\"case\":\"%" number "\",\"approved\":false,\"reason\":\"宁缺毋滥\"}"
#define MEETING_ON(id, on, chair, present, decisions)                                              \
    "{\"deliberation_held\":{\"cycle\":\"2018\",\"meeting\":\"" id "\",\"on\":\"" on               \
    "\",\"presiding\":\"" chair "\",\"present\":[" present "],\"decisions\":[" decisions "]}}"
#define MEETING(id, decisions) MEETING_ON(id, "2018-03-13", "主任", QUORUM, decisions)

static void reject_part_expect(const Award__Decision *decision, const char *code)
{
    cr_assert_eq(decision->n_rejected_parts, 1);
    cr_expect_str_eq(decision->rejected_parts[0]->code, code);
}

// ---- When

// 16(7).4, 16(7).2
Test(deliberation, on_a_day_of_the_publicity_is_too_early)
{
    struct world *world = public_world(3, candidates);
    selecting_reject(world, "office", MEETING_ON("M1", "2018-03-12", "主任", QUORUM, YES("0")),
                     "publicity_runs");
    selecting_reject(world, "office", MEETING_ON("M1", "2018-03-14", "主任", QUORUM, YES("0")),
                     "in_the_future");
    selecting_accept(world, "office", MEETING_ON("M1", "2018-03-13", "主任", QUORUM, YES("0")));
    world_destroy(world);
}

static bool says(const Award__Decision *decision, const char *zh, const char *en)
{
    return strstr(decision->reasons[0]->zh, zh) != NULL &&
           strstr(decision->reasons[0]->en, en) != NULL;
}

// decision 3
Test(deliberation, too_early_says_whether_the_last_day_may_still_move)
{
    struct world *world = public_world(3, candidates);
    const char *early = MEETING_ON("M1", "2018-03-12", "主任", QUORUM, YES("0"));
    cr_expect(says(selecting_send(world, "office", early), "公示至 2018-03-12 为止",
                   "until 2018-03-12;"));
    Award__Deadline *end = selecting_deadline(world, "2018:publicity_end:1");
    end->has_provisional = end->provisional = 1;
    world_put(world, AWARD__CHANGE__RECORD_DEADLINE, &end->base);
    cr_expect(says(selecting_send(world, "office", early),
                   "公示至 2018-03-12（暂定 / provisional） 为止",
                   "until 2018-03-12（暂定 / provisional）;"));
    world_destroy(world);
}

Test(deliberation, before_any_publicity_is_rejected)
{
    struct world *world = selecting_world(3, candidates);
    selecting_reject(world, "office", MEETING_ON("M1", "2018-01-02", "主任", QUORUM, YES("0")),
                     "no_publicity");
    world_destroy(world);
}

Test(deliberation, a_meeting_is_recorded_once)
{
    struct world *world = public_world(3, candidates);
    selecting_accept(world, "office", MEETING("M1", YES("0")));
    selecting_reject(world, "office", MEETING("M1", YES("1")), "id_used");
    selecting_accept(world, "office", MEETING("M2", YES("1")));
    world_destroy(world);
}

// ---- Who

static void void_expect(const char *json, const char *code)
{
    struct world *world = public_world(3, candidates);
    const Award__Decision *decision = selecting_send(world, "office", json);
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__refused);
    cr_expect_str_eq(decision->article, "16(8).1");
    cr_expect_str_eq(world_code(decision), code);
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    const Award__Meeting *meeting =
        (const Award__Meeting *)world_record(world, AWARD__CHANGE__RECORD_MEETING, "2018", "M1");
    cr_assert_not_null(meeting);
    cr_expect_not(meeting->valid);
    cr_expect_eq(meeting->n_reasons, 1);
    selecting_accept(world, "office", MEETING("M2", YES("0"))); // its repeat
    cr_expect_str_eq(selecting_stage(world, 0), "recommended_to_government");
    world_destroy(world);
}

// decision 25; 16(8).1
Test(deliberation, exactly_two_thirds_of_the_units_are_no_quorum)
{
    void_expect(MEETING_ON("M1", "2018-03-13", "主任", TWO_THIRDS, YES("0")), "no_quorum");
}

// F-quorum-1, decision 25; 16(8).1
Test(deliberation, a_unit_counts_once)
{
    void_expect(MEETING_ON("M1", "2018-03-13", "主任", TWO_THIRDS ",\"U1\",\"U2\"", YES("0")),
                "no_quorum");
}

// F-quorum-1, decision 25; 16(8).1
Test(deliberation, another_in_the_chair_voids_the_meeting)
{
    void_expect(MEETING_ON("M1", "2018-03-13", "副主任", QUORUM, YES("0")), "not_the_chair");
}

// F-quorum-1, decision 25; 16(8).1
Test(deliberation, somebody_who_is_no_member_unit_voids_the_meeting)
{
    void_expect(MEETING_ON("M1", "2018-03-13", "主任", QUORUM ",\"U13\"", YES("0")),
                "no_member_unit");
}

// ---- Case by case

// decision 9; 5(2), 16(8).2, 16(8).3
Test(deliberation, says_yes_or_no_to_each_and_leaves_the_rest_to_a_further_meeting)
{
    struct world *world = public_world(3, candidates);
    selecting_accept(world, "office", MEETING("M1", YES("0") "," NO("1")));
    cr_expect_str_eq(selecting_stage(world, 0), "recommended_to_government");
    cr_expect_str_eq(selecting_stage(world, 1), "not_recommended");
    cr_expect_str_eq(selecting_stage(world, 2), "publicity");
    cr_expect_str_eq(world_case(world, selecting_case(world, 1))->reasons[0]->article, "16(8).2");
    selecting_accept(world, "office", MEETING("M2", YES("2")));
    cr_expect_str_eq(selecting_stage(world, 2), "recommended_to_government");
    world_destroy(world);
}

// F-deliberation-1; 16(7).4, 16(7).3s1
Test(deliberation, an_open_objection_holds_that_case_alone)
{
    struct world *world = selecting_world(3, candidates);
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    world_clock(world, "2018-03-13T09:00:00+08:00");
    reject_part_expect(selecting_accept(world, "office", MEETING("M1", YES("0") "," YES("1"))),
                       "objection_open");
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    cr_expect_str_eq(selecting_stage(world, 1), "recommended_to_government");
    world_accept(world, "office",
                 "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"unfounded\","
                 "\"report\":\"r\"}}");
    selecting_accept(world, "office", MEETING("M2", YES("0")));
    cr_expect_str_eq(selecting_stage(world, 0), "recommended_to_government");
    world_destroy(world);
}

#define HELD                                                                                       \
    "\"candidate_for\":\"award\",\"holds\":[{\"kind\":\"liability\",\"subject\":\"I1\","           \
    "\"article\":\"11(4)\"}],"

// What stands on the enterprise's record: barred since before the application.
static void bar_put(struct world *world)
{
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"name\":\"企业0\",\"region\":\"500112\","
                   "\"district\":\"500112\",\"industry\":\"C36\",\"legal_person\":true,"
                   "\"operating_since\":\"2000-01-01\",\"bars\":[{\"article\":\"12(2)\",\"from\":"
                   "\"2018-02-01\",\"until\":\"2021-02-01\",\"source\":\"earlier\"}]}");
}

// F-deliberation-1, F-incident-2
Test(deliberation, a_held_case_is_rejected_and_not_tested)
{
    static const struct standing held = {"candidate", SCORES, HELD};
    struct world *world = public_world(1, &held);
    bar_put(world);
    reject_part_expect(selecting_accept(world, "office", MEETING("M1", YES("0"))), "case_held");
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    world_destroy(world);
}

// F-admit-3, decision 5, decision 20; 12(2)
Test(deliberation, finds_a_case_ineligible_whose_condition_fails_now)
{
    struct world *world = public_world(3, candidates);
    bar_put(world);
    const Award__Decision *decision =
        selecting_accept(world, "office", MEETING("M1", YES("0") "," YES("1")));
    cr_expect_str_eq(selecting_stage(world, 0), "ineligible");
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__ineligible), 1, "it is told");
    cr_expect_str_eq(selecting_stage(world, 1), "recommended_to_government");
    cr_expect_str_eq(world_article(decision), "12(2)");
    cr_expect_str_eq(decision->reasons[0]->subject, selecting_case(world, 0));
    cr_expect_str_eq(world_case(world, selecting_case(world, 0))->reasons[0]->article, "12(2)");
    world_destroy(world);
}

Test(deliberation, of_cases_that_are_none_of_the_cycle_or_not_in_turn_rejects_them_one_by_one)
{
    static const struct standing mixed[] = {
        {"candidate",    SCORES, AWARD},
        {"not_selected", SCORES, NULL },
    };
    struct world *world = public_world(2, mixed);
    const Award__Decision *decision = selecting_accept(
        world, "office",
        MEETING("M1", YES("1") ",{\"case\":\"2018/x/1\",\"approved\":true},{\"case\":\"%0\"}," YES(
                          "0") "," YES("0")));
    cr_assert_eq(decision->n_rejected_parts, 4);
    cr_expect_str_eq(decision->rejected_parts[0]->code, "wrong_stage");
    cr_expect_str_eq(decision->rejected_parts[1]->code, "no_such_case");
    cr_expect_str_eq(decision->rejected_parts[2]->code, "field_missing");
    cr_expect_str_eq(decision->rejected_parts[3]->code, "wrong_stage"); // named twice
    cr_expect_str_eq(selecting_stage(world, 0), "recommended_to_government");
    world_destroy(world);
}

Test(deliberation, a_case_number_of_any_length_does_no_harm)
{
    struct world *world = public_world(3, candidates);
    struct arena *arena = world_arena(world);
    char *name = arena_alloc(arena, 2001);
    memset(name, 'x', 2000);
    reject_part_expect(
        selecting_accept(world, "office",
                         arena_format(arena,
                                      MEETING_ON("M1", "2018-03-13", "主任", QUORUM,
                                                 "{\"case\":\"%s\",\"approved\":true}"),
                                      name)),
        "bad_identifier");
    world_destroy(world);
}

// ---- Deliberation first (decision 19)

static struct world *deliberating_world(void)
{
    struct world *world = selecting_world(3, candidates);
    struct rulebook *rulebook = world_rules(world);
    rulebook->last_stages[0] = RULEBOOK_DELIBERATION;
    rulebook->last_stages[1] = RULEBOOK_PUBLICITY;
    return world;
}

#define FIRST_MEETING(decisions) MEETING_ON("M1", "2018-01-02", "主任", QUORUM, decisions)

// F-first-1, decision 19. decision 19, F-first-1
Test(deliberation, where_it_comes_first_is_followed_by_publicity_and_the_government)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "office", FIRST_MEETING(YES("0") "," YES("1") "," NO("2")));
    cr_expect_str_eq(selecting_stage(world, 0), "deliberated");
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    selecting_reject(world, "government",
                     "{\"government_decided\":{\"cycle\":\"2018\",\"on\":\"2018-03-05\","
                     "\"decisions\":[" YES("1") "]}}",
                     "publicity_runs");
    world_clock(world, "2018-03-13T09:00:00+08:00");
    reject_part_expect(
        selecting_accept(world, "government",
                         "{\"government_decided\":{\"cycle\":\"2018\",\"on\":"
                         "\"2018-03-13\",\"decisions\":[" YES("0") "," YES("1") "]}}"),
        "objection_open");
    cr_expect_str_eq(selecting_stage(world, 0), "publicity");
    cr_expect_str_eq(selecting_stage(world, 1), "approved");
    world_destroy(world);
}

// F-deliberation-2. 16(7).3, F-deliberation-2, F-first-1
Test(deliberation, where_it_comes_first_what_becomes_known_in_the_publicity_is_told_at_once)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "office", FIRST_MEETING(YES("0")));
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__late_knowledge), 1);
    world_destroy(world);
}

// 16(7).4, F-link-1, F-first-1
Test(deliberation, where_it_comes_first_a_linked_complaint_holds_the_candidate_back)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "public",
                     "{\"complaint_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    selecting_accept(world, "office",
                     "{\"complaint_linked\":{\"objection\":\"O1\",\"reason\":\"r\"}}");
    reject_part_expect(selecting_accept(world, "office", FIRST_MEETING(YES("0") "," YES("1"))),
                       "objection_open");
    cr_expect_str_eq(selecting_stage(world, 0), "candidate");
    world_destroy(world);
}

// F-founded-1, F-first-1. 16(7).3, F-founded-1, F-first-1
Test(deliberation, where_it_comes_first_a_founded_objection_ends_the_case_before_the_government)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "office", FIRST_MEETING(YES("0")));
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    selecting_accept(
        world, "office",
        "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"founded\",\"kind\":"
        "\"other\",\"report\":\"r\"}}");
    cr_expect_str_eq(selecting_stage(world, 0), "disqualified");
    world_destroy(world);
}

Test(deliberation, where_it_comes_first_publicity_waits_for_it)
{
    struct world *world = deliberating_world();
    world_clock(world, "2018-03-05T09:00:00+08:00");
    selecting_reject(world, "office", PUBLISHED, "no_candidates");
    world_destroy(world);
}

// A further meeting's cases have a publicity of their own; each waits for its own end.
// 16(7), 16(8), F-first-1, F-objection-1, decision 19
Test(deliberation, where_it_comes_first_a_further_meetings_cases_have_a_publicity_of_their_own)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "office", FIRST_MEETING(YES("0")));
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    cr_expect_str_eq(selecting_stage(world, 1), "candidate");
    selecting_reject(world, "office", PUBLISHED, "no_candidates");
    selecting_accept(world, "office",
                     MEETING_ON("M2", "2018-03-05", "主任", QUORUM, YES("1") "," NO("2")));
    world_clock(world, "2018-03-09T09:00:00+08:00");
    selecting_accept(
        world, "office",
        "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"m\",\"on\":"
        "\"2018-03-09\",\"digest\":\"d\"}],\"stated_first\":\"2018-03-10\",\"stated_last\":"
        "\"2018-03-16\"}}");
    cr_expect_str_eq(selecting_stage(world, 1), "publicity");
    cr_expect_eq(selecting_cycle(world)->n_publicities, 2);
    selecting_accept(world, "office",
                     "{\"publicity_extended\":{\"cycle\":\"2018\",\"publicity\":1,\"last\":"
                     "\"2018-03-13\",\"reason\":\"r\"}}");
    world_expect_day(selecting_cycle(world)->publicities[0]->last, "2018-03-13");
    world_expect_day(selecting_cycle(world)->publicities[1]->last, "2018-03-16");
    selecting_reject(world, "office",
                     "{\"publicity_extended\":{\"cycle\":\"2018\",\"publicity\":3,\"last\":"
                     "\"2018-03-20\",\"reason\":\"r\"}}",
                     "no_publicity");
    world_clock(world, "2018-03-14T09:00:00+08:00");
    const Award__Decision *late = selecting_accept(
        world, "public",
        "{\"objection_filed\":{\"objection\":\"O0\",\"case\":\"%0\",\"text\":\"x\"}}");
    cr_expect_str_eq(late->article, "6(4)");
    reject_part_expect(
        selecting_accept(world, "government",
                         "{\"government_decided\":{\"cycle\":\"2018\",\"on\":\"2018-03-14\","
                         "\"decisions\":[" YES("0") "," YES("1") "]}}"),
        "publicity_runs");
    cr_expect_str_eq(selecting_stage(world, 0), "approved");
    cr_expect_str_eq(selecting_stage(world, 1), "publicity");
    world_clock(world, "2018-03-17T09:00:00+08:00");
    selecting_accept(world, "government",
                     "{\"government_decided\":{\"cycle\":\"2018\",\"on\":\"2018-03-17\","
                     "\"decisions\":[" YES("1") "]}}");
    cr_expect_str_eq(selecting_stage(world, 1), "approved");
    world_destroy(world);
}

Test(deliberation, where_it_comes_first_nothing_is_linked_in_the_publicity_after_it)
{
    struct world *world = deliberating_world();
    selecting_accept(world, "public",
                     "{\"complaint_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"x\"}}");
    selecting_accept(world, "office", FIRST_MEETING(YES("0")));
    world_clock(world, "2018-03-05T09:00:00+08:00");
    world_accept(world, "office", PUBLISHED);
    selecting_reject(world, "office",
                     "{\"complaint_linked\":{\"objection\":\"O1\",\"reason\":\"r\"}}",
                     "after_deliberation");
    world_destroy(world);
}
