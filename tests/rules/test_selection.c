// The final selection: starting, the ranking's way in, ties, and who leaves meanwhile (16(6)).
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define START "{\"selection_started\":{\"cycle\":\"2018\"}}"

static bool task_open(struct world *world, const char *task)
{
    return world_record(world, AWARD__CHANGE__RECORD_TASK, task) != NULL;
}

// ---- Starting

static void lacking_expect(const struct standing *standing)
{
    struct world *world = selecting_world(1, standing);
    selecting_reject(world, "office", START, "scores_missing");
    world_destroy(world);
}

Test(selection, does_not_start_while_a_case_lacks_a_score)
{
    static const struct standing lacking[] = {
        {"accepted",        NULL,     NULL,     0,     0,   NULL},
        {"document_passed", "500.00", NULL,     56000, 700, NULL},
        {"site_visit",      "500.00", NULL,     56000, 700, NULL},
        {"halted",          "500.00", NULL,     56000, 700, NULL},
        {"site_done",       "500.00", "500.00", 56000, 700, NULL},
        {"final",           "500.00", "500.00", 0,     0,   NULL},
    };
    for (size_t i = 0; i < sizeof(lacking) / sizeof(lacking[0]); i++) {
        lacking_expect(&lacking[i]);
    }
}

Test(selection, names_three_of_those_that_lack_a_score_and_counts_all)
{
    static const struct standing cases[] = {
        {"accepted",   NULL,     NULL,     0,     0,   NULL                               },
        {"final",      "500.00", NULL,     56000, 700, NULL                               },
        {"final",      "500.00", "500.00", 0,     0,   NULL                               },
        {"final",      "500.00", "500.00", 0,     0,   "\"defence\":{\"closed\":false},"  },
        {"final",      "500.00", "500.00", 0,     0,   "\"defence\":{\"dispensed\":true},"},
        {"site_visit", "500.00", NULL,     56000, 700, NULL                               },
    };
    struct world *world = selecting_world(6, cases);
    selecting_reject(world, "office", START, "scores_missing");
    world_transcript(world, "selection/names_three_of_those_that_lack_a_score_and_counts_all");
    world_destroy(world);
}

Test(selection, starts_whatever_stands_before_acceptance_or_is_out)
{
    static const struct standing cases[] = {
        {"recommended",  NULL,     NULL,     0,     0,   NULL},
        {"document_out", "399.99", NULL,     0,     0,   NULL},
        {"site_out",     "500.00", "399.99", 0,     0,   NULL},
        {"withdrawn",    NULL,     NULL,     0,     0,   NULL},
        {"final",        "500.00", "500.00", 56000, 700, NULL},
    };
    struct world *world = selecting_world(5, cases);
    world_accept(world, "office", START);
    cr_expect(selecting_cycle(world)->selection_started);
    cr_expect_eq(selecting_selection(world)->rankings, 1);
    cr_expect(task_open(world, "rank:2018:1"));
    world_transcript(world, "selection/starts_whatever_stands_before_acceptance_or_is_out");
    world_destroy(world);
}

Test(selection, starts_once_a_cycle)
{
    struct world *world = selecting_world(0, NULL);
    world_accept(world, "office", START);
    selecting_reject(world, "office", START, "already_started");
    world_transcript(world, "selection/starts_once_a_cycle");
    world_destroy(world);
}

Test(selection, of_an_unknown_cycle_is_rejected)
{
    struct world *world = selecting_world(0, NULL);
    selecting_reject(world, "office", "{\"selection_started\":{\"cycle\":\"2017\"}}",
                     "no_such_cycle");
    world_transcript(world, "selection/of_an_unknown_cycle_is_rejected");
    world_destroy(world);
}

// ---- The ranking

// Two award places, one nomination place; case 3 did not hold its defence.
static const struct standing four[] = {
    {"final", "600.00", "600.00", 56000, 700, NULL                               },
    {"final", "550.00", "550.00", 56000, 700, NULL                               },
    {"final", "520.00", "520.00", 56000, 700, NULL                               },
    {"final", "450.00", "600.00", 0,     0,   "\"defence\":{\"dispensed\":true},"},
};

static struct world *four_world(void)
{
    struct world *world = selecting_world(4, four);
    world_rules(world)->award_places = 2;
    world_rules(world)->nomination_places = 1;
    world_accept(world, "office", START);
    return world;
}

// F-rank-1; 16(6).2s1, 16(6).2s2
Test(selection, a_ranking_names_candidates_and_passes_over_the_others)
{
    struct world *world = four_world();
    selecting_rank(world, 1);
    cr_expect_str_eq(selecting_stage(world, 0), "candidate");
    cr_expect_str_eq(selecting_stage(world, 1), "candidate");
    cr_expect_str_eq(selecting_stage(world, 2), "candidate"); // 600 against 570 without defence
    cr_expect_str_eq(selecting_stage(world, 3), "not_selected");
    cr_expect_eq(world_case(world, selecting_case(world, 1))->candidate_for,
                 AWARD__HONOUR__KIND__award);
    cr_expect_eq(world_case(world, selecting_case(world, 2))->candidate_for,
                 AWARD__HONOUR__KIND__nomination);
    cr_expect_str_eq(world_case(world, selecting_case(world, 3))->reasons[0]->article, "16(6).2");
    cr_expect(selecting_selection(world)->settled);
    cr_expect_not(task_open(world, "rank:2018:1"));
    world_transcript(world, "selection/a_ranking_names_candidates_and_passes_over_the_others");
    world_destroy(world);
}

Test(selection, a_wrong_ranking_is_rejected_and_the_task_stays)
{
    struct world *world = four_world();
    char *json = arena_string(world_arena(world), selecting_ranking(world, 1));
    char *at = strstr(json, "\"rank\":1");
    cr_assert_not_null(at, "%s", json);
    at[strlen("\"rank\":")] = '2';
    selecting_reject(world, "worker-scoring", json, "wrong_ranking");
    cr_expect(task_open(world, "rank:2018:1"));
    cr_expect_str_eq(selecting_stage(world, 0), "final");
    selecting_rank(world, 1);
    world_transcript(world, "selection/a_wrong_ranking_is_rejected_and_the_task_stays");
    world_destroy(world);
}

Test(selection, a_ranking_that_nobody_asked_for_is_rejected)
{
    struct world *world = four_world();
    selecting_reject(world, "worker-scoring", selecting_ranking(world, 7), "no_such_task");
    selecting_reject(world, "office", selecting_ranking(world, 1), "not_authorised");
    selecting_rank(world, 1);
    selecting_reject(world, "worker-scoring", selecting_ranking(world, 1), "no_such_task");
    world_transcript(world, "selection/a_ranking_that_nobody_asked_for_is_rejected");
    world_destroy(world);
}

// 3s1
Test(selection, of_no_case_leaves_all_places_vacant)
{
    struct world *world = selecting_world(0, NULL);
    world_accept(world, "office", START);
    selecting_rank(world, 1);
    const Award__Selection *selection = selecting_selection(world);
    cr_expect(selection->settled);
    cr_expect_eq(selection->pools[0]->vacant, 5);
    cr_expect_eq(selection->pools[1]->vacant, 5);
    world_transcript(world, "selection/of_no_case_leaves_all_places_vacant");
    world_destroy(world);
}

// ---- Ties

static const struct standing equals[] = {
    {"final", "600.00", "600.00", 56000, 700, NULL},
    {"final", "520.00", "520.00", 56000, 700, NULL},
    {"final", "520.00", "520.00", 64000, 800, NULL}, // 80 points on another panel
    {"final", "520.00", "520.00", 56000, 700, NULL},
};

static struct world *equals_world(void)
{
    struct world *world = selecting_world(4, equals);
    world_rules(world)->award_places = 2;
    world_accept(world, "office", START);
    selecting_rank(world, 1);
    return world;
}

#define TIE(pool, order)                                                                           \
    "{\"tie_decided\":{\"cycle\":\"2018\",\"pool\":\"" pool "\",\"order\":[" order                 \
    "],\"reason\":\"现场得分\"}}"

// decision 8
Test(selection, a_tie_across_the_cut_moves_nobody_and_tells_the_office)
{
    struct world *world = equals_world();
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(selecting_stage(world, i), "final");
    }
    const Award__Selection *selection = selecting_selection(world);
    cr_expect_not(selection->settled);
    cr_expect_eq(selection->n_pools, 1);
    cr_expect(selection->pools[0]->waiting);
    cr_expect_str_eq(
        world_code(world_try(world, "office", selecting_json(world, TIE("nomination", "\"%0\"")))),
        "no_tie_waits");
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__tie_waits), 1);
    world_transcript(world, "selection/a_tie_across_the_cut_moves_nobody_and_tells_the_office");
    world_destroy(world);
}

// What the office is told of the tie that waits.
static const char *tie_message(struct world *world)
{
    const Award__Message *message = NULL;
    for (size_t i = 0; message == NULL; i++) {
        message = (const Award__Message *)world_record_at(world, AWARD__CHANGE__RECORD_MESSAGE, i);
        message = message->template_ == AWARD__TEMPLATE__NAME__tie_waits ? message : NULL;
    }
    return codec_to_json(&message->base, CODEC_JSON_LINE, world_arena(world));
}

// decision 8
Test(selection, the_category_that_weighs_most_may_be_the_first)
{
    struct world *world = selecting_world(4, equals);
    struct rulebook_item *first = &world_rules(world)->categories[0];
    first->points_max +=
        world_rules(world)->categories[world_rules(world)->categories_count - 1].points_max;
    world_rules(world)->award_places = 2;
    world_accept(world, "office", START);
    selecting_rank(world, 1);
    const char *text = tie_message(world);
    cr_expect_not_null(strstr(text, first->zh), "%s", text);
    world_destroy(world);
}

// decision 8
Test(selection, the_office_is_told_which_cases_tie_and_the_category_that_weighs_most)
{
    static const struct standing two[] = {
        {"final", "520.00", "520.00", 56000, 700, NULL},
        {"final", "520.00", "520.00", 56000, 700, NULL},
        {"final", "510.00", "510.00", 56000, 700, NULL},
    };
    struct world *world = selecting_world(3, two);
    world_rules(world)->award_places = 1;
    world_accept(world, "office", START);
    selecting_rank(world, 1);
    const char *text = tie_message(world);
    cr_expect_not_null(
        strstr(text, selecting_json(world, "{\"name\":\"pool\",\"value\":\"award\"}")), "%s", text);
    cr_expect_not_null(strstr(text, selecting_json(world, "\"value\":\"%1, %0\"}")), "%s", text);
    cr_expect_not_null(strstr(text, "\"value\":\"经营结果\""), "%s", text);
    world_destroy(world);
}

Test(selection, a_decided_tie_asks_anew_and_then_names_the_candidates)
{
    struct world *world = equals_world();
    selecting_accept(world, "office", TIE("award", "\"%3\",\"%1\",\"%2\""));
    cr_expect(task_open(world, "rank:2018:2"));
    selecting_rank(world, 2);
    cr_expect_eq(world_case(world, selecting_case(world, 3))->candidate_for,
                 AWARD__HONOUR__KIND__award);
    cr_expect_eq(world_case(world, selecting_case(world, 1))->candidate_for,
                 AWARD__HONOUR__KIND__nomination);
    world_transcript(world, "selection/a_decided_tie_asks_anew_and_then_names_the_candidates");
    world_destroy(world);
}

// decision 8
Test(selection, a_tie_is_decided_by_exactly_the_tied_cases)
{
    struct world *world = equals_world();
    selecting_reject(world, "office", TIE("award", "\"%1\",\"%2\""), "not_the_tied_cases");
    selecting_reject(world, "office", TIE("award", "\"%1\",\"%2\",\"%2\""), "not_the_tied_cases");
    selecting_reject(world, "office", TIE("award", "\"%1\",\"%2\",\"%3\",\"%3\""),
                     "not_the_tied_cases");
    selecting_reject(world, "office", TIE("award", "\"%0\",\"%1\",\"%2\",\"%3\""),
                     "not_the_tied_cases");
    selecting_reject(world, "office", TIE("award", "\"%0\",\"%1\",\"%2\""), "not_the_tied_cases");
    world_transcript(world, "selection/a_tie_is_decided_by_exactly_the_tied_cases");
    world_destroy(world);
}

Test(selection, a_tie_that_does_not_wait_is_not_decided)
{
    struct world *world = equals_world();
    selecting_reject(world, "office", TIE("nomination", "\"%1\",\"%2\",\"%3\""), "no_tie_waits");
    selecting_accept(world, "office", TIE("award", "\"%3\",\"%1\",\"%2\""));
    selecting_reject(world, "office", TIE("award", "\"%3\",\"%1\",\"%2\""), "no_tie_waits");
    selecting_rank(world, 2);
    selecting_reject(world, "office", TIE("award", "\"%3\",\"%1\",\"%2\""), "no_tie_waits");
    world_transcript(world, "selection/a_tie_that_does_not_wait_is_not_decided");
    world_destroy(world);
}

// ---- Leaving

static void leave(struct world *world, const char *number)
{
    struct arena *arena = world_arena(world);
    selecting_accept(world, "public",
                     arena_format(arena,
                                  "{\"complaint_filed\":{\"objection\":\"O%s\",\"case\":\"%%%s\","
                                  "\"text\":\"举报\"}}",
                                  number, number));
    selecting_accept(world, "office",
                     arena_format(arena,
                                  "{\"objection_decided\":{\"objection\":\"O%s\",\"finding\":"
                                  "\"founded\",\"kind\":\"other\",\"report\":\"r\"}}",
                                  number));
}

Test(selection, who_leaves_while_the_ranking_is_asked_is_left_out)
{
    struct world *world = four_world();
    leave(world, "0");
    cr_expect_not(task_open(world, "rank:2018:1"));
    selecting_rank(world, 2);
    cr_expect_str_eq(selecting_stage(world, 0), "disqualified");
    cr_expect_eq(world_case(world, selecting_case(world, 2))->candidate_for,
                 AWARD__HONOUR__KIND__award);
    world_transcript(world, "selection/who_leaves_while_the_ranking_is_asked_is_left_out");
    world_destroy(world);
}

// F-tie-2
Test(selection, who_leaves_while_a_tie_waits_makes_the_ranking_be_asked_anew)
{
    struct world *world = equals_world();
    leave(world, "2");
    selecting_reject(world, "office", TIE("award", "\"%1\",\"%2\",\"%3\""), "no_tie_waits");
    selecting_rank(world, 2); // %1 and %3 still tie across the cut
    cr_expect_not(selecting_selection(world)->settled);
    selecting_accept(world, "office", TIE("award", "\"%3\",\"%1\""));
    selecting_rank(world, 3);
    cr_expect(selecting_selection(world)->settled);
    world_transcript(world,
                     "selection/who_leaves_while_a_tie_waits_makes_the_ranking_be_asked_anew");
    world_destroy(world);
}

// F-tie-2
Test(selection, a_recorded_order_stands_for_those_that_remain)
{
    struct world *world = equals_world();
    selecting_accept(world, "office", TIE("award", "\"%3\",\"%1\",\"%2\""));
    leave(world, "3");
    cr_expect_not(task_open(world, "rank:2018:2"));
    selecting_rank(world, 3);
    cr_expect_eq(world_case(world, selecting_case(world, 1))->candidate_for,
                 AWARD__HONOUR__KIND__award);
    cr_expect_eq(world_case(world, selecting_case(world, 2))->candidate_for,
                 AWARD__HONOUR__KIND__nomination);
    world_transcript(world, "selection/a_recorded_order_stands_for_those_that_remain");
    world_destroy(world);
}

// F-tie-3, decision 9; 3s1
Test(selection, a_place_that_is_vacated_after_it_is_not_refilled)
{
    struct world *world = four_world();
    selecting_rank(world, 1);
    leave(world, "0");
    cr_expect_eq(selecting_selection(world)->rankings, 1);
    cr_expect_str_eq(selecting_stage(world, 3), "not_selected");
    world_transcript(world, "selection/a_place_that_is_vacated_after_it_is_not_refilled");
    world_destroy(world);
}

// 6(3), 7(3)
Test(selection, a_report_is_kept_beside_the_cycle)
{
    struct world *world = selecting_world(0, NULL);
    world_accept(world, "review-committee",
                 "{\"review_reported\":{\"cycle\":\"2018\",\"from\":\"review_committee\","
                 "\"to\":\"office\",\"digest\":\"d\"}}");
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_NOTE), 1);
    world_transcript(world, "selection/a_report_is_kept_beside_the_cycle");
    world_destroy(world);
}

// decision 9: a complaint that is founded about a case of no ranking asks none anew
Test(selection, who_was_not_in_it_leaves_it_as_it_is)
{
    static const struct standing cases[] = {
        {"final",    "600.00", "600.00", 56000, 700, NULL},
        {"verified", NULL,     NULL,     0,     0,   NULL},
    };
    struct world *world = selecting_world(2, cases);
    world_accept(world, "office", START);
    leave(world, "1");
    cr_expect_str_eq(selecting_stage(world, 1), "disqualified");
    cr_expect_eq(selecting_selection(world)->rankings, 1);
    cr_expect(task_open(world, "rank:2018:1"));
    world_destroy(world);
}
