// test_draw - teams drawn by a seed that was announced, and drawn again by anybody (8)
#include "rules/draw.h"
#include "rules/reading.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(draw);

#define CYCLE "\"cycle\":\"2018\""
#define ANNOUNCED                                                                                  \
    "{\"draw_announced\":{" CYCLE ",\"source\":\"福彩双色球第2018004期红球\",\"on\":"     \
    "\"2018-01-09\",\"teams\":2}}"

static struct world *pool_world(void)
{
    static const char *const industries[] = {"C36", "C36", "C13", "C26", "B06", "C34"};
    struct world *world = review_world();
    for (int i = 1; i <= 12; i++) {
        world_accept(world, "office",
                     JSON(world,
                          "{\"reviewer_changed\":{\"person\":\"reviewer-%02d\",\"industries\":"
                          "[\"%s\"],\"employer\":\"质量协会\",\"district\":\"500%03d\"}}",
                          i, industries[i % 6], i < 11 ? 200 + i : 109));
    }
    world_clock(world, "2018-01-03T09:00:00+08:00");
    return world;
}

static const Award__Decision *rejects(struct world *world, const char *json, const char *code)
{
    const Award__Decision *decision = world_send(world, "office", json);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", json);
    cr_assert_str_eq(world_code(decision), code, "%s", json);
    return decision;
}

static const char *texts_json(struct world *world, size_t count, char *const *texts)
{
    const char *json = "";
    for (size_t i = 0; i < count; i++) {
        json = JSON(world, "%s%s\"%s\"", json, i > 0 ? "," : "", texts[i]);
    }
    return json;
}

// What draw_compute gives, as the event that sends it.
static const char *drawn_json(struct world *world, const char *seed, const Award__DrawView *view)
{
    const char *teams = "";
    for (size_t i = 0; i < view->n_teams; i++) {
        const Award__TeamDrawn__Team *team = view->teams[i];
        teams =
            JSON(world, "%s%s{\"team\":\"T%zu\",\"members\":[%s],\"leader\":\"%s\",\"cases\":[%s]}",
                 teams, i > 0 ? "," : "", i + 1, texts_json(world, team->n_members, team->members),
                 team->leader, texts_json(world, team->n_cases, team->cases));
    }
    return JSON(world, "{\"team_drawn\":{" CYCLE ",\"seed\":\"%s\",\"teams\":[%s]}}", seed, teams);
}

static Award__DrawView *compute(struct world *world, const char *seed, uint32_t teams)
{
    struct deciding *d = reading_over(world_view(world), world_arena(world));
    d->rulebook = world_rules(world);
    const struct draw_order order = {
        .cycle = "2018", .seed = seed, .teams = teams, .before = 17540}; // 2018-01-09
    Award__Reason *failure = NULL;
    Award__DrawView *view = draw_compute(d, &order, &failure);
    cr_assert_not_null(view, "%s", failure != NULL ? failure->en : "");
    return view;
}

static Award__Draw *draw(struct world *world, int ordinal)
{
    return (Award__Draw *)world_record(world, AWARD__CHANGE__RECORD_DRAW, "2018", ordinal);
}

// decision 30; 8s1
Test(draw, is_announced_before_its_seed_is_known_and_carried_out_once)
{
    struct world *world = pool_world();
    const char *json = drawn_json(world, "070913", compute(world, "070913", 2));
    rejects(world, json, "draw_not_announced");
    world_accept(world, "review-committee", ANNOUNCED);
    rejects(world, json, "seed_not_known");
    world_clock(world, "2018-01-08T23:59:00+08:00");
    rejects(world, json, "seed_not_known");
    world_clock(world, "2018-01-09T09:00:00+08:00");
    world_accept(world, "office", json);
    cr_assert_str_eq(draw(world, 1)->seed, "070913");
    cr_assert_str_eq(draw(world, 1)->by, "review-committee");
    cr_assert_eq(draw(world, 1)->n_teams, 2);
    cr_assert_not_null(world_case(world, CASE_A)->team);
    rejects(world, json, "id_in_use");
    world_transcript(world, "draw/is_announced_before_its_seed_is_known_and_carried_out_once");
    world_destroy(world);
}

// 8s1
Test(draw, has_teams_of_the_size_with_one_leader_and_nobody_with_a_conflict)
{
    struct world *world = pool_world();
    const Award__DrawView *view = compute(world, "070913", 3);
    cr_assert_eq(view->n_teams, 3);
    for (size_t i = 0; i < view->n_teams; i++) {
        const Award__TeamDrawn__Team *team = view->teams[i];
        cr_assert_geq(team->n_members, 3);
        cr_assert_leq(team->n_members, 6);
        cr_assert(list_has(team->n_members, team->members, team->leader));
        for (size_t k = 0; k < team->n_members; k++) {
            bool of_district = strcmp(team->members[k], "reviewer-11") >= 0;
            cr_assert(!of_district || strcmp(team->cases[0], CASE_A) == 0,
                      "500109 reviews its own");
        }
    }
    cr_assert_gt(view->n_left, 0, "who was left out is told");
    world_transcript(world,
                     "draw/has_teams_of_the_size_with_one_leader_and_nobody_with_a_conflict");
    world_destroy(world);
}

// 8s1
Test(draw, gives_nobody_a_second_team_while_somebody_fit_has_none)
{
    struct world *world = pool_world();
    const Award__DrawView *view = compute(world, "070913", 3);
    size_t seats[13] = {0};
    for (size_t i = 0; i < view->n_teams; i++) {
        for (size_t k = 0; k < view->teams[i]->n_members; k++) {
            int number =
                (view->teams[i]->members[k][9] - '0') * 10 + (view->teams[i]->members[k][10] - '0');
            seats[number]++;
        }
    }
    for (int i = 1; i <= 10; i++) {
        cr_assert_leq(seats[i], 2, "reviewer-%02d", i);
        cr_assert_geq(seats[i], 1, "reviewer-%02d", i);
    }
    world_transcript(world, "draw/gives_nobody_a_second_team_while_somebody_fit_has_none");
    world_destroy(world);
}

Test(draw, that_differs_in_a_member_the_leader_or_a_case_is_rejected_and_says_where)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_clock(world, "2018-01-09T09:00:00+08:00");
    rejects(world, drawn_json(world, "070914", compute(world, "070913", 2)), "draw_differs");
    Award__DrawView *view = compute(world, "070913", 2);
    Award__TeamDrawn__Team *team = view->teams[1];
    char *second = team->members[1];
    team->members[1] = team->members[0];
    team->members[0] = second;
    const Award__Decision *decision =
        rejects(world, drawn_json(world, "070913", view), "draw_differs");
    cr_assert_not_null(strstr(decision->reasons[0]->zh, "评审组 T2"), "%s",
                       decision->reasons[0]->zh);
    cr_assert_not_null(strstr(decision->reasons[0]->zh, second));
    team->members[0] = team->members[1];
    team->members[1] = second;
    team->leader = strcmp(team->leader, second) == 0 ? team->members[0] : second;
    rejects(world, drawn_json(world, "070913", view), "draw_differs");
    rejects(world, drawn_json(world, "070913", compute(world, "070913", 1)), "draw_differs");
    world_transcript(
        world, "draw/that_differs_in_a_member_the_leader_or_a_case_is_rejected_and_says_where");
    world_destroy(world);
}

Test(draw, is_from_the_pool_as_it_was_before_the_day_of_the_seed)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    const char *before = drawn_json(world, "070913", compute(world, "070913", 2));
    const char *first = compute(world, "070913", 2)->teams[0]->members[0];
    world_clock(world, "2018-01-09T00:00:00+08:00");
    world_accept(world, "office",
                 JSON(world,
                      "{\"reviewer_changed\":{\"person\":\"%s\",\"industries\":[\"C36\"],"
                      "\"employer\":\"质量协会\"}}",
                      first));
    rejects(world, before, "draw_differs");
    const Award__DrawView *after = compute(world, "070913", 2);
    for (size_t i = 0; i < after->n_teams; i++) {
        cr_assert_not(list_has(after->teams[i]->n_members, after->teams[i]->members, first));
    }
    world_accept(world, "office", drawn_json(world, "070913", after));
    world_transcript(world, "draw/is_from_the_pool_as_it_was_before_the_day_of_the_seed");
    world_destroy(world);
}

Test(draw, skips_a_reviewer_who_was_removed_since)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_clock(world, "2018-01-09T09:00:00+08:00");
    const char *first = compute(world, "070913", 2)->teams[0]->members[0];
    world_accept(
        world, "office",
        JSON(world, "{\"reviewer_removed\":{\"person\":\"%s\",\"reason\":\"退休\"}}", first));
    const Award__DrawView *after = compute(world, "070913", 2);
    for (size_t i = 0; i < after->n_teams; i++) {
        cr_assert_not(list_has(after->teams[i]->n_members, after->teams[i]->members, first));
    }
    world_transcript(world, "draw/skips_a_reviewer_who_was_removed_since");
    world_destroy(world);
}

Test(draw, of_a_seed_of_today_or_without_teams_is_not_announced)
{
    struct world *world = pool_world();
    rejects(world,
            "{\"draw_announced\":{" CYCLE ",\"source\":\"x\",\"on\":\"2018-01-03\",\"teams\":2}}",
            "seed_known");
    rejects(world,
            "{\"draw_announced\":{" CYCLE ",\"source\":\"x\",\"on\":\"2018-01-09\",\"teams\":0}}",
            "no_teams");
    rejects(world, "{\"draw_announced\":{" CYCLE ",\"on\":\"2018-01-09\",\"teams\":2}}",
            "field_missing");
    rejects(world,
            "{\"draw_announced\":{\"cycle\":\"1999\",\"source\":\"x\",\"on\":\"2018-01-09\","
            "\"teams\":2}}",
            "no_such_cycle");
    world_transcript(world, "draw/of_a_seed_of_today_or_without_teams_is_not_announced");
    world_destroy(world);
}

Test(draw, whose_day_has_come_is_replaced_with_a_reason_only)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_accept(world, "office", ANNOUNCED); // its day has not come: nothing could be chosen
    world_clock(world, "2018-01-09T00:00:00+08:00");
    rejects(world,
            "{\"draw_announced\":{" CYCLE ",\"source\":\"y\",\"on\":\"2018-01-12\",\"teams\":2}}",
            "draw_waits");
    world_accept(world, "office",
                 "{\"draw_announced\":{" CYCLE ",\"source\":\"y\",\"on\":\"2018-01-12\","
                 "\"teams\":2,\"reason\":\"摇号推迟\"}}");
    cr_assert_eq(draw(world, 3)->ordinal, 3);
    cr_assert_str_eq(draw(world, 1)->announced->source, "福彩双色球第2018004期红球");
    world_transcript(world, "draw/whose_day_has_come_is_replaced_with_a_reason_only");
    world_destroy(world);
}

Test(draw, for_which_too_few_are_without_conflict_names_the_cases_and_what_to_do)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    for (int i = 1; i <= 9; i++) {
        world_accept(world, "office",
                     JSON(world,
                          "{\"reviewer_changed\":{\"person\":\"reviewer-%02d\",\"industries\":"
                          "[\"C36\"],\"employer\":\"乙企业\"}}",
                          i));
    }
    world_clock(world, "2018-01-09T09:00:00+08:00");
    const Award__Decision *decision = rejects(
        world,
        "{\"team_drawn\":{" CYCLE ",\"seed\":\"070913\",\"teams\":[{\"team\":\"T1\",\"leader\":"
        "\"reviewer-01\",\"members\":[\"reviewer-01\",\"reviewer-02\",\"reviewer-03\"],"
        "\"cases\":[\"" CASE_A "\"]}]}}",
        "too_few_reviewers");
    cr_assert_not_null(strstr(decision->reasons[0]->zh, CASE_B), "%s", decision->reasons[0]->zh);
    cr_assert_not_null(strstr(decision->reasons[0]->zh, "增加评审员"));
    world_transcript(world,
                     "draw/for_which_too_few_are_without_conflict_names_the_cases_and_what_to_do");
    world_destroy(world);
}

// decision 27
Test(draw, leaves_out_who_belongs_to_a_predecessor_or_successor)
{
    struct world *world = pool_world();
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"P1\",\"name\":\"旧厂\",\"district\":\"500300\"}");
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"91500109MA5U0000B1\",\"name\":\"乙企业\",\"district\":"
                   "\"500109\",\"predecessors\":[\"P1\"]}");
    world_accept(world, "office",
                 "{\"reviewer_changed\":{\"person\":\"reviewer-01\",\"industries\":[\"C36\"],"
                 "\"employer\":\"旧厂\"}}");
    const char *by_hand =
        "{\"team_drawn\":{" CYCLE ",\"reason\":\"人工\",\"teams\":[{\"team\":\"T1\","
        "\"members\":[\"reviewer-01\",\"reviewer-02\",\"reviewer-03\"],"
        "\"leader\":\"reviewer-02\",\"cases\":[\"" CASE_B "\"]}]}}";
    rejects(world, by_hand, "conflict_of_interest");
    const Award__DrawView *view = compute(world, "1", 3);
    bool told = false;
    for (size_t i = 0; i < view->n_left; i++) {
        told = told || (strcmp(view->left[i]->person, "reviewer-01") == 0 &&
                        strcmp(view->left[i]->case_, CASE_B) == 0);
    }
    cr_assert(told);
    world_transcript(world, "draw/leaves_out_who_belongs_to_a_predecessor_or_successor");
    world_destroy(world);
}

Test(draw, of_a_cycle_whose_cases_all_have_teams_is_rejected)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_clock(world, "2018-01-09T09:00:00+08:00");
    world_accept(world, "office", drawn_json(world, "070913", compute(world, "070913", 2)));
    world_accept(world, "office",
                 "{\"draw_announced\":{" CYCLE ",\"source\":\"z\",\"on\":\"2018-01-10\","
                 "\"teams\":1}}");
    world_clock(world, "2018-01-10T09:00:00+08:00");
    rejects(world,
            "{\"team_drawn\":{" CYCLE ",\"seed\":\"1\",\"teams\":[{\"team\":\"T9\",\"leader\":"
            "\"reviewer-01\",\"members\":[\"reviewer-01\",\"reviewer-02\",\"reviewer-03\"],"
            "\"cases\":[\"" CASE_A "\"]}]}}",
            "nothing_to_draw");
    world_transcript(world, "draw/of_a_cycle_whose_cases_all_have_teams_is_rejected");
    world_destroy(world);
}

// A draw whose result does not please is not drawn again by another seed.
// 8s1
Test(draw, that_was_carried_out_takes_no_second_seed)
{
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_clock(world, "2018-01-09T09:00:00+08:00");
    world_accept(world, "office", drawn_json(world, "070913", compute(world, "070913", 2)));
    rejects(world,
            "{\"team_drawn\":{" CYCLE ",\"seed\":\"070914\",\"teams\":[{\"team\":\"T9\",\"leader\":"
            "\"reviewer-01\",\"members\":[\"reviewer-01\",\"reviewer-02\",\"reviewer-03\"],"
            "\"cases\":[\"" CASE_A "\"]}]}}",
            "draw_not_announced");
    cr_expect_str_eq(draw(world, 1)->seed, "070913");
    cr_expect_eq(draw(world, 1)->n_teams, 2);
    world_destroy(world);
}

// What is rejected as a whole has no rejected parts.
Test(draw, by_hand_with_a_conflict_is_rejected_whatever_its_other_cases_are)
{
    struct world *world = pool_world();
    review_team(world, "T1", CASE_A);
    world_accept(world, "office",
                 "{\"reviewer_changed\":{\"person\":\"reviewer-04\",\"industries\":[\"C36\"],"
                 "\"employer\":\"乙企业\"}}");
    const Award__Decision *decision =
        rejects(world,
                "{\"team_drawn\":{" CYCLE ",\"reason\":\"人工\",\"teams\":[{\"team\":\"T2\","
                "\"members\":[\"reviewer-04\",\"reviewer-05\",\"reviewer-06\"],"
                "\"leader\":\"reviewer-05\",\"cases\":[\"" CASE_A "\",\"" CASE_B "\"]}]}}",
                "conflict_of_interest");
    cr_expect_eq(decision->n_rejected_parts, 0);
    world_transcript(world,
                     "draw/by_hand_with_a_conflict_is_rejected_whatever_its_other_cases_are");
    world_destroy(world);
}

// 8s1
Test(draw, that_names_one_case_more_or_one_less_is_rejected_and_says_where)
{
    static const struct {
        size_t cases;
        size_t members;
        const char *names;
    } rows[] = {
        {3, 6, "as its case 3; seed and pool give nobody"},
        {1, 6, "has nobody as its case 2"                },
        {2, 5, "has nobody as its member 6"              },
    };
    struct world *world = pool_world();
    world_accept(world, "office", ANNOUNCED);
    world_clock(world, "2018-01-09T09:00:00+08:00");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__DrawView *view = compute(world, "070913", 2);
        Award__TeamDrawn__Team *team = view->teams[0];
        cr_assert_eq(team->n_cases, 2);
        cr_assert_eq(team->n_members, 6);
        char *cases[] = {team->cases[0], team->cases[1], arena_string(world_arena(world), "x")};
        team->cases = cases;
        team->n_cases = rows[i].cases;
        team->n_members = rows[i].members;
        team->leader = team->members[0];
        const Award__Decision *decision =
            rejects(world, drawn_json(world, "070913", view), "draw_differs");
        cr_expect_not_null(strstr(decision->reasons[0]->en, rows[i].names), "%s",
                           decision->reasons[0]->en);
    }
    world_destroy(world);
}

// 8s1
Test(draw, gives_no_second_team_to_those_who_have_one_whatever_the_seed)
{
    struct world *world = pool_world();
    review_team(world, "T1", CASE_A); // of 01 to 03; 04 to 10 are fit for the others
    for (int seed = 1; seed <= 30; seed++) {
        const Award__DrawView *view = compute(world, JSON(world, "%d", seed), 1);
        const Award__TeamDrawn__Team *team = view->teams[0];
        cr_assert_eq(team->n_members, 6);
        for (size_t i = 0; i < team->n_members; i++) {
            cr_expect_gt(strcmp(team->members[i], "reviewer-03"), 0, "seed %d: %s", seed,
                         team->members[i]);
        }
    }
    world_destroy(world);
}

static void knows(struct world *world, const char *person, const char *industries)
{
    world_accept(world, "office",
                 JSON(world,
                      "{\"reviewer_changed\":{\"person\":\"%s\",\"industries\":[%s],\"employer\":"
                      "\"质量协会\"}}",
                      person, industries));
}

static void industry_put(struct world *world, const char *code, const char *district,
                         const char *industry)
{
    world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                   JSON(world,
                        "{\"enterprise\":\"%s\",\"name\":\"企业\",\"district\":\"%s\",\"industry\":"
                        "\"%s\"}",
                        code, district, industry));
}

// Everybody knows one industry and one of those with the highest numbers another as well: he has
// the second seat, whichever of the two comes first among the cases.
// 8s1
Test(draw, takes_who_knows_an_industry_that_the_team_lacks_whatever_else_he_knows)
{
    static const char *const rows[][2] = {
        {"C36", "C13"},
        {"C13", "C36"},
    };
    for (size_t row = 0; row < 2; row++) {
        struct world *world = pool_world();
        const char *common = rows[row][0];
        industry_put(world, WORLD_ENTERPRISE, "500112", "C13");
        industry_put(world, "91500109MA5U0000B1", "500109", "C36");
        industry_put(world, "91500109MA5U0000C2", "500109", "C36");
        for (int i = 1; i <= 10; i++) {
            knows(world, JSON(world, "reviewer-%02d", i), JSON(world, "\"%s\"", common));
        }
        const Award__TeamDrawn__Team *before = compute(world, "1", 1)->teams[0];
        cr_assert_eq(before->n_members, 6);
        int late = 1; // four are left over
        while (list_has(6, before->members, JSON(world, "reviewer-%02d", late))) {
            late++;
        }
        const char *both = JSON(world, "reviewer-%02d", late);
        knows(world, both, JSON(world, "\"%s\",\"%s\"", common, rows[row][1]));
        const Award__TeamDrawn__Team *team = compute(world, "1", 1)->teams[0];
        cr_assert_eq(team->n_members, 6);
        cr_expect_str_eq(team->members[0], before->members[0], "all know one that nobody knew");
        cr_expect_str_eq(team->members[1], both, "%s", common);
        cr_expect_str_eq(team->members[2], before->members[1], "of the same use by their numbers");
        world_destroy(world);
    }
}

// Of 02 to 10 without a case there are seven for six seats: 02, and 05 to 10.
// 8s1
Test(draw, counts_the_cases_of_a_team_for_its_new_member_and_no_more_for_who_was_replaced)
{
    struct world *world = pool_world();
    review_team(world, "T1", CASE_A); // of 01 to 03
    world_accept(world, "office",
                 "{\"member_replaced\":{\"team\":\"T1\",\"person\":\"reviewer-02\",\"by\":"
                 "\"reviewer-04\",\"reason\":\"生病\"}}");
    size_t with_replaced = 0;
    for (int seed = 1; seed <= 30; seed++) {
        const Award__TeamDrawn__Team *team = compute(world, JSON(world, "%d", seed), 1)->teams[0];
        cr_assert_eq(team->n_members, 6);
        for (size_t i = 0; i < team->n_members; i++) {
            const char *person = team->members[i];
            bool free_of_cases =
                strcmp(person, "reviewer-02") == 0 || strcmp(person, "reviewer-04") > 0;
            cr_expect(free_of_cases, "seed %d: %s", seed, person);
            with_replaced += strcmp(person, "reviewer-02") == 0 ? 1 : 0;
        }
    }
    cr_expect_gt(with_replaced, 0, "he reviews nothing any more");
    world_destroy(world);
}

// 8s1
Test(draw, of_just_enough_reviewers_without_conflict_is_carried_out_and_tells_who_was_left_out)
{
    struct world *world = pool_world();
    for (int i = 1; i <= 7; i++) {
        world_accept(world, "office",
                     JSON(world,
                          "{\"reviewer_removed\":{\"person\":\"reviewer-%02d\",\"reason\":\"r\"}}",
                          i));
    }
    const Award__DrawView *view = compute(world, "1", 1);
    cr_expect_eq(view->teams[0]->n_members, 3); // 11 and 12 are of the district of two of the cases
    size_t removed = 0;
    for (size_t i = 0; i < view->n_left; i++) {
        removed += strcmp(view->left[i]->en, "was removed from the pool") == 0;
    }
    cr_expect_eq(removed, 7);
    cr_expect_eq(view->n_left, 9);
    world_destroy(world);
}

// Nine more cases, of industries that not everybody knows, beside two teams that have begun.
static struct world *wide_world(void)
{
    static const char *const industries[] = {"C36", "C36", "C361", "C13", "C26",
                                             "B06", "D44", "C",    "C26"};
    struct world *world = pool_world();
    Award__Cycle *cycle = (Award__Cycle *)world_record(world, AWARD__CHANGE__RECORD_CYCLE, "2018");
    char *cases[13] = {cycle->cases[0], cycle->cases[1], cycle->cases[2],
                       arena_string(world_arena(world), "2018/none/1")};
    cycle->n_cases = 4;
    cycle->cases = cases;
    for (size_t i = 0; i < sizeof(industries) / sizeof(industries[0]); i++) {
        const char *stage = i == 8 ? "verified" : "accepted";
        world_put_json(world, AWARD__CHANGE__RECORD_ENTERPRISE,
                       JSON(world,
                            "{\"enterprise\":\"E%zu\",\"name\":\"企业%zu\",\"district\":"
                            "\"500%zu\",\"industry\":\"%s\"}",
                            i, i, 206 + i, industries[i]));
        world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                       JSON(world,
                            "{\"case\":\"2018/E%zu/1\",\"cycle\":\"2018\",\"enterprise\":"
                            "\"E%zu\",\"version\":1,\"stage\":\"%s\"}",
                            i, i, stage));
        cases[cycle->n_cases++] = JSON(world, "2018/E%zu/1", i);
    }
    world_put(world, AWARD__CHANGE__RECORD_CYCLE, &cycle->base);
    review_team(world, "T1", CASE_A);
    review_team(world, "T2", "2018/E0/1");
    return world;
}

// Loads, industries, conflicts and chance, each where it decides.
Test(draw, of_a_seed_is_the_same_for_everybody)
{
    static const char *const seeds[] = {"070913", "1", "33,12,06,27,19,02"};
    struct world *world = wide_world();
    const char *text = "";
    for (size_t i = 0; i < 3; i++) {
        for (uint32_t teams = 1; teams <= 11; teams += i + 1) {
            const Award__DrawView *view = compute(world, seeds[i], teams);
            text = JSON(world, "%s%u %s\n", text, teams,
                        codec_to_json(&view->base, CODEC_JSON_LINE, world_arena(world)));
        }
    }
    transcript_expect("draw/of_a_seed_is_the_same_for_everybody", text);
    world_destroy(world);
}
