// Who would be a candidate by another reading of the final selection (decisions 6, 7, 9).
#include "tests/rules/exposed_told.h"
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define FINAL(document, site) "final", document, site, 56000, 700, NULL

// Two places each. The award: 0, 1, then 2 behind them. The nomination: 2 (580), 3 (464), then 4
// (450) and 5 (440).
static const struct standing plain[] = {
    {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
    {FINAL("520.00", "450.00")}, {FINAL("450.00", "450.00")}, {FINAL("440.00", "440.00")},
};

static struct world *places_world(size_t count, const struct standing *cases, uint32_t nominations)
{
    struct world *world = selecting_world(count, cases);
    world_rules(world)->award_places = 2;
    world_rules(world)->nomination_places = nominations;
    world_accept(world, "office", "{\"selection_started\":{\"cycle\":\"2018\"}}");
    (void)selecting_rank(world, 1);
    return world;
}

static struct world *ranked_world(size_t count, const struct standing *cases)
{
    return places_world(count, cases, 2);
}

static void tie_decide(struct world *world, const char *pool, const char *order, unsigned asking)
{
    const char *json =
        arena_format(world_arena(world),
                     "{\"tie_decided\":{\"cycle\":\"2018\",\"pool\":\"%s\",\"order\":"
                     "[%s],\"reason\":\"r\"}}",
                     pool, order);
    selecting_accept(world, "office", json);
    (void)selecting_rank(world, asking);
}

// As if it had left by an event.
static void leave(struct world *world, size_t index, const char *stage)
{
    Award__Case *c = world_case(world, selecting_case(world, index));
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&award__stage__name__descriptor, stage);
    cr_assert_not_null(value, "%s", stage);
    c->stage = (Award__Stage__Name)value->value;
    world_put(world, AWARD__CHANGE__RECORD_CASE, &c->base);
}

static void expect(struct world *world, size_t index, const char *decision, const char *told)
{
    cr_expect_str_eq(exposed_by(world, selecting_case(world, index), decision), told, "case %zu",
                     index);
}

#define NONE "no candidate"
#define NOMINATION "candidate of the nomination award"
#define AWARD "candidate of the award"
#define TIED "tied for the nomination award: to be decided"
#define AWARD_TIED "tied for the award: to be decided"
#define RANKED(own, other) own " -> " other " [16(6).2; ranking_computed 2018 ]\n"
#define TRACKED(own, other) own " -> " other " [16(3), 16(5).5; ranking_computed 2018 ]\n"

// decision 6; 16(6).2s2
Test(exposed_pools, who_is_passed_over_for_the_award_and_competes_for_the_nomination)
{
    struct world *world = ranked_world(6, plain);
    static const char *const told[] = {
        "", "", RANKED(NOMINATION, NONE), "", RANKED(NONE, NOMINATION), "",
    };
    for (size_t i = 0; i < 6; i++) {
        expect(world, i, "decision 6", told[i]);
    }
    world_destroy(world);
}

// decision 7; 16(3)s3, 16(5).5
Test(exposed_pools, whose_documents_set_the_track_of_the_award_and_whose_visit_does_not_reach_it)
{
    struct world *world = ranked_world(6, plain);
    static const char *const told[] = {
        "", "", "", TRACKED(NOMINATION, NONE), TRACKED(NONE, NOMINATION), "",
    };
    for (size_t i = 0; i < 6; i++) {
        expect(world, i, "decision 7", told[i]);
    }
    world_destroy(world);
}

// 500.00 is of the award's track, 499.99 is not.
// decision 7
Test(exposed_pools, the_track_at_its_threshold)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("500.00", "499.99")},
        {FINAL("499.99", "499.98")}, {FINAL("499.99", "499.97")},
    };
    struct world *world = ranked_world(5, cases);
    expect(world, 2, "decision 7", TRACKED(NOMINATION, NONE));
    expect(world, 3, "decision 7", "");
    expect(world, 4, "decision 7", TRACKED(NONE, NOMINATION));
    expect(world, 4, "decision 6", "");
    world_destroy(world);
}

// 500.00 is of the award's ranking in both scores.
// decision 6, decision 7
Test(exposed_pools, the_ranking_of_the_award_at_its_threshold)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("500.00", "520.00")},
        {FINAL("520.00", "500.00")}, {FINAL("490.00", "490.00")},
    };
    struct world *world = ranked_world(5, cases);
    expect(world, 2, "decision 6", RANKED(NOMINATION, NONE));
    expect(world, 3, "decision 6", RANKED(NOMINATION, NONE));
    expect(world, 4, "decision 6", RANKED(NONE, NOMINATION));
    expect(world, 3, "decision 7", "");
    world_destroy(world);
}

static const char *vacated(struct world *world, const char *own, const char *other, size_t by)
{
    return arena_format(world_arena(world), "%s -> %s [16(6).2; - %s 2018-01-02]\n", own, other,
                        selecting_case(world, by));
}

// decision 9; 3s1, 16(6).2
Test(exposed_pools, the_next_in_rank_behind_one_who_has_left_the_award)
{
    static const char *const stages[] = {"ineligible", "withdrawn", "disqualified",
                                         "not_recommended", "not_approved"};
    for (size_t i = 0; i < 5; i++) {
        struct world *world = ranked_world(6, plain);
        expect(world, 2, "decision 9", "");
        leave(world, 0, stages[i]);
        expect(world, 0, "decision 9", "");
        expect(world, 1, "decision 9", "");
        expect(world, 2, "decision 9", vacated(world, NOMINATION, AWARD, 0));
        expect(world, 3, "decision 9", "");
        expect(world, 4, "decision 9", vacated(world, NONE, NOMINATION, 0));
        expect(world, 5, "decision 9", "");
        world_destroy(world);
    }
}

// decision 9
Test(exposed_pools, the_next_in_rank_behind_one_who_has_left_the_nomination)
{
    struct world *world = ranked_world(6, plain);
    leave(world, 3, "withdrawn");
    expect(world, 2, "decision 9", "");
    expect(world, 3, "decision 9", "");
    expect(world, 4, "decision 9", vacated(world, NONE, NOMINATION, 3));
    expect(world, 5, "decision 9", "");
    leave(world, 0, "withdrawn"); // 2 moves up, too: 4 and 5 fill both places
    expect(world, 2, "decision 9", vacated(world, NOMINATION, AWARD, 0));
    expect(world, 5, "decision 9", vacated(world, NONE, NOMINATION, 3));
    world_destroy(world);
}

// Who was no candidate leaves no place vacant.
// decision 9
Test(exposed_pools, nobody_moves_up_behind_one_who_was_no_candidate)
{
    struct world *world = ranked_world(6, plain);
    leave(world, 4, "withdrawn");
    for (size_t i = 0; i < 6; i++) {
        expect(world, i, "decision 9", "");
    }
    world_destroy(world);
}

// ---- Equals

// decision 6, decision 8
Test(exposed_pools, equals_across_the_new_cut_would_wait)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
        {FINAL("470.00", "470.00")}, {FINAL("450.00", "450.00")}, {FINAL("450.00", "450.00")},
    };
    struct world *world = ranked_world(6, cases);
    expect(world, 3, "decision 6", "");
    expect(world, 4, "decision 6", RANKED(NONE, TIED));
    expect(world, 5, "decision 6", RANKED(NONE, TIED));
    world_destroy(world);
}

// One place of the nomination beside two of the award.
// decision 6, decision 9
Test(exposed_pools, equals_at_the_head_of_what_remains)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
        {FINAL("450.00", "450.00")}, {FINAL("450.00", "450.00")},
    };
    struct world *world = places_world(5, cases, 1);
    expect(world, 3, "decision 6", RANKED(NONE, TIED));
    expect(world, 4, "decision 6", RANKED(NONE, TIED));
    leave(world, 0, "withdrawn");
    expect(world, 2, "decision 9", vacated(world, NOMINATION, AWARD, 0));
    expect(world, 3, "decision 9", vacated(world, NONE, TIED, 0));
    world_destroy(world);
}

// Three of 450.00 for one place beside 2: the office's order 5, 4, 3 serves two places, too.
// decision 6, F-tie-1, F-tie-2
Test(exposed_pools, the_order_that_the_office_has_decided_stands_at_the_new_cut)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
        {FINAL("450.00", "450.00")}, {FINAL("450.00", "450.00")}, {FINAL("450.00", "450.00")},
    };
    struct world *world = ranked_world(6, cases);
    expect(world, 4, "decision 6", ""); // it still waits: nobody is a candidate yet
    tie_decide(world, "nomination", "\"%5\",\"%4\",\"%3\"", 2);
    expect(world, 2, "decision 6", RANKED(NOMINATION, NONE));
    expect(world, 3, "decision 6", "");
    expect(world, 4, "decision 6", RANKED(NONE, NOMINATION));
    expect(world, 5, "decision 6", "");
    leave(world, 5, "withdrawn");
    expect(world, 4, "decision 9", vacated(world, NONE, NOMINATION, 5));
    expect(world, 3, "decision 9", "");
    world_destroy(world);
}

// 2 and 3 are equal for the place that 0 leaves: that would have to be decided first, and of the
// nomination nothing can be said.
// decision 9, F-rank-3
Test(exposed_pools, equals_for_a_vacated_place_would_wait)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
        {FINAL("580.00", "580.00")}, {FINAL("450.00", "450.00")}, {FINAL("440.00", "440.00")},
    };
    struct world *world = ranked_world(6, cases);
    leave(world, 0, "withdrawn");
    expect(world, 1, "decision 9", "");
    expect(world, 2, "decision 9", vacated(world, NOMINATION, AWARD_TIED, 0));
    expect(world, 3, "decision 9", vacated(world, NOMINATION, AWARD_TIED, 0));
    expect(world, 4, "decision 9", "");
    world_destroy(world);
}

// A place of the nomination is vacant, too: who would have it depends on who moves up.
// decision 9, F-rank-3
Test(exposed_pools, while_the_award_would_wait_nothing_is_said_of_the_nomination)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("590.00", "590.00")}, {FINAL("580.00", "580.00")},
        {FINAL("580.00", "580.00")}, {FINAL("450.00", "450.00")}, {FINAL("440.00", "440.00")},
    };
    struct world *world = places_world(6, cases, 3);
    leave(world, 4, "withdrawn");
    expect(world, 5, "decision 9", vacated(world, NONE, NOMINATION, 4));
    leave(world, 0, "withdrawn");
    expect(world, 2, "decision 9", vacated(world, NOMINATION, AWARD_TIED, 0));
    expect(world, 5, "decision 9", "");
    world_destroy(world);
}

// A case of an older journal does not tell since when it stands there.
Test(exposed_pools, a_place_vacated_on_a_day_that_is_not_on_record)
{
    struct world *world = ranked_world(6, plain);
    leave(world, 3, "withdrawn");
    Award__Case *c = world_case(world, selecting_case(world, 3));
    c->stage_since = NULL;
    world_put(world, AWARD__CHANGE__RECORD_CASE, &c->base);
    expect(world, 4, "decision 9",
           arena_format(world_arena(world), NONE " -> " NOMINATION " [16(6).2; - %s ]\n",
                        selecting_case(world, 3)));
    world_destroy(world);
}

// Fewer than the places: nothing changes for those who are there.
// decision 6; 3s1
Test(exposed_pools, a_pool_smaller_than_its_places)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")}, {FINAL("450.00", "450.00")}, {FINAL("450.00", "450.00")}};
    struct world *world = ranked_world(3, cases);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_str_eq(exposed_told(world, selecting_case(world, i)), "");
    }
    leave(world, 0, "withdrawn");
    expect(world, 1, "decision 9", "");
    world_destroy(world);
}

// Who was not ranked is not looked for among the places.
Test(exposed_pools, a_case_that_was_out_before_the_selection)
{
    static const struct standing cases[] = {
        {FINAL("600.00", "600.00")},
        { "document_out", "399.99", NULL, 0, 0, NULL},
    };
    struct world *world = ranked_world(2, cases);
    leave(world, 0, "withdrawn");
    cr_expect_str_eq(exposed_told(world, selecting_case(world, 1)), "");
    world_destroy(world);
}
