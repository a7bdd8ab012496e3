// Decision 27: what carries over from a predecessor, and what does not.
#include "rules/lineage.h"
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define PART "91500112MA5U0001X6"
#define OPEN_CASE "2019/" PART "/1"

// The laureate's successor PART, of ent-b, whose application in the cycle 2019 was recorded now.
static struct world *world_with_part(void)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL,
              "{\"name\":\"ent-b\",\"role\":\"enterprise\",\"scope\":\"" PART "\"}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"" PART "\",\"name\":\"乙企业\",\"district\":\"500112\","
              "\"cases\":[\"" OPEN_CASE "\"]}");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"" OPEN_CASE "\",\"cycle\":\"2019\",\"enterprise\":\"" PART
              "\",\"version\":3,\"stage\":\"accepted\",\"applied_on\":\"2019-02-20\","
              "\"begun\":\"2019-02-20T10:00:00+08:00\"}");
    return world;
}

static void link_part(struct world *world)
{
    (void)after_accept(world, "office",
                       "{\"predecessor_linked\":{\"enterprise\":\"" PART
                       "\",\"predecessor\":\"%s\",\"how\":\"split\",\"proof\":\"协议\"}}",
                       WORLD_ENTERPRISE);
}

static const char *evaluate(struct world *world)
{
    return world_code(after_send(world, "ent-b",
                                 "{\"self_evaluation_submitted\":{\"case\":\"%s\",\"year\":2019,"
                                 "\"digest\":\"d\"}}",
                                 AFTER_CASE));
}

// decision 27, F-record-4
Test(successors, may_do_what_is_asked_of_the_laureate_once_for_the_honour)
{
    struct world *world = world_with_part();
    cr_expect_str_eq(evaluate(world), "out_of_scope");
    link_part(world);
    cr_expect_str_eq(evaluate(world), "");
    cr_expect_str_eq(
        world_code(after_send(world, "ent-a",
                              "{\"self_evaluation_submitted\":{\"case\":\"%s\",\"year\":2019,"
                              "\"digest\":\"d\"}}",
                              AFTER_CASE)),
        "already_done");
    world_destroy(world);
}

Test(successors, do_nothing_else_in_the_name_of_their_predecessor)
{
    struct world *world = world_with_part();
    link_part(world);
    cr_expect_str_eq(world_code(after_send(world, "ent-b",
                                           "{\"application_withdrawn\":{\"case\":\"%s\","
                                           "\"reason\":\"r\"}}",
                                           AFTER_CASE)),
                     "out_of_scope");
    world_destroy(world);
}

Test(successors, are_told_of_an_incident_of_the_laureate)
{
    struct world *world = world_with_part();
    link_part(world);
    (void)after_accept(world, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-02-27\",\"liable\":\"yes\"}}",
                       AFTER_CASE);
    const Award__Message *message = after_message(world, "ent-b", "2019-03-01T09:00:00+08:00");
    cr_assert_not_null(message);
    cr_expect_eq(message->template_, AWARD__TEMPLATE__NAME__incident_due);
    world_destroy(world);
}

Test(successors, have_incidents_of_their_own_that_open_no_report_of_the_honour)
{
    struct world *world = world_with_part();
    link_part(world);
    size_t before = world_count(world, AWARD__CHANGE__RECORD_DEADLINE);
    (void)after_accept(
        world, "bureau",
        "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"" PART
        "\",\"kind\":\"safety_accident\",\"on\":\"2019-02-27\",\"liable\":\"yes\"}}");
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_DEADLINE), before);
    world_destroy(world);
}

static void accident(struct world *world, const char *on, const char *liable)
{
    (void)after_accept(world, "bureau",
                       "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"%s\",\"liable\":\"%s\"}}",
                       WORLD_ENTERPRISE, on, liable);
}

// F-incident-2, F-predecessor-1, decision 27
Test(successors, a_link_holds_for_an_accident_that_was_recorded_after_the_application)
{
    struct world *world = world_with_part();
    accident(world, "2019-01-15", "unknown");
    cr_assert_eq(world_case(world, OPEN_CASE)->n_holds, 0);
    link_part(world);
    cr_expect_eq(world_case(world, OPEN_CASE)->n_holds, 1);
    (void)after_accept(world, "bureau",
                       "{\"liability_established\":{\"incident\":\"I-1\",\"liable\":\"no\","
                       "\"proof\":\"批复\"}}");
    cr_expect_eq(world_case(world, OPEN_CASE)->n_holds, 0);
    world_destroy(world);
}

// F-incident-2, decision 27
Test(successors, a_link_never_holds_for_what_was_on_record_at_the_application)
{
    struct world *world = world_with_part();
    accident(world, "2019-01-15", "unknown");
    Award__Case *c = world_case(world, OPEN_CASE);
    c->begun->ms = after_incident(world, "I-1")->recorded->ms + 1; // it was applied for afterwards
    world_put(world, AWARD__CHANGE__RECORD_CASE, &c->base);
    link_part(world);
    cr_expect_eq(world_case(world, OPEN_CASE)->n_holds, 0);
    world_destroy(world);
}

Test(successors, a_link_holds_nothing_once_liability_is_known)
{
    struct world *world = world_with_part();
    accident(world, "2019-01-15", "yes");
    link_part(world);
    cr_expect_eq(world_case(world, OPEN_CASE)->n_holds, 0);
    world_destroy(world);
}

// decision 27; 17s1, 19(1)
Test(successors, share_the_experience_and_report_what_happened)
{
    struct world *world = world_with_part();
    static const char *const events[] = {
        "{\"experience_shared\":{\"case\":\"" AFTER_CASE "\",\"digest\":\"d\"}}",
        "{\"incident_reported_by_laureate\":{\"incident\":\"I-1\",\"case\":\"" AFTER_CASE
        "\",\"kind\":\"safety_accident\",\"on\":\"2019-02-27\",\"digest\":\"d\"}}",
    };
    for (size_t i = 0; i < 2; i++) {
        cr_expect_str_eq(world_code(world_send(world, "ent-b", events[i])), "out_of_scope");
    }
    link_part(world);
    for (size_t i = 0; i < 2; i++) {
        world_accept(world, "ent-b", events[i]);
    }
    world_destroy(world);
}

// decision 27
Test(successors, do_nothing_for_a_case_of_their_predecessor_that_holds_no_honour)
{
    struct world *world = world_with_part();
    link_part(world);
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"2019/" WORLD_ENTERPRISE "/1\",\"cycle\":\"2019\",\"enterprise\":"
              "\"" WORLD_ENTERPRISE "\",\"version\":1,\"stage\":\"accepted\"}");
    cr_expect_str_eq(
        world_code(world_send(world, "ent-b",
                              "{\"experience_shared\":{\"case\":\"2019/" WORLD_ENTERPRISE
                              "/1\",\"digest\":\"d\"}}")),
        "out_of_scope");
    world_destroy(world);
}

// What was split and merged again.
Test(successors, that_two_ways_lead_to_are_met_once)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"A\",\"successors\":[\"B\",\"C\"]}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"B\",\"predecessors\":[\"A\"],\"successors\":[\"D\"]}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"C\",\"predecessors\":[\"A\"],\"successors\":[\"D\"]}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"D\",\"predecessors\":[\"B\",\"C\"],\"cases\":[\"2019/D/1\"]}");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"2019/D/1\",\"cycle\":\"2019\",\"enterprise\":\"D\",\"version\":1,"
              "\"stage\":\"applied\",\"applied_on\":\"2019-02-01\",\"begun\":"
              "\"2019-02-01T09:00:00+08:00\"}");
    struct deciding *d = world_reading(world);
    size_t count;
    (void)lineage_of(d, enterprise_get(d, "A"), LINEAGE_SUCCESSORS, &count);
    cr_expect_eq(count, 4);
    (void)lineage_of(d, enterprise_get(d, "D"), LINEAGE_PREDECESSORS, &count);
    cr_expect_eq(count, 4);
    cr_expect(lineage_succeeds(d, "D", "A"));
    cr_expect_not(lineage_succeeds(d, "A", "D"));
    cr_expect_not(lineage_succeeds(d, "D", "nobody"));
    (void)after_accept(world, "bureau", "%s",
                       "{\"accident_recorded\":{\"incident\":\"I-1\",\"enterprise\":\"A\",\"kind\":"
                       "\"safety_accident\",\"on\":\"2019-02-27\",\"liable\":\"unknown\"}}");
    cr_assert_eq(world_case(world, "2019/D/1")->n_holds, 1);
    cr_expect_str_eq(world_case(world, "2019/D/1")->holds[0]->subject, "I-1");
    world_destroy(world);
}
