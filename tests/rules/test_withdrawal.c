// What the withdrawal of an application takes with it, and what stays.
#include "tests/rules/after_world.h"
#include "tests/rules/review_world.h"
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

static bool task_open(struct world *world, const char *task)
{
    return world_record(world, AWARD__CHANGE__RECORD_TASK, task) != NULL;
}

Test(withdrawal, takes_back_the_comparison_of_its_sheets_and_no_other_task)
{
    static const struct {
        const char *task;
        const char *json;
        bool stays;
    } tasks[] = {
        {"compare_sheets:a:1",
         "\"kind\":\"compare_sheets\",\"subject\":\"a\",\"case\":\"" CASE_A "\"",  false},
        {"compare_sheets:b:1",
         "\"kind\":\"compare_sheets\",\"subject\":\"b\",\"case\":\"" CASE_B "\"",  true },
        {"compare_sheets:c:1",  "\"kind\":\"compare_sheets\",\"subject\":\"c\"",   true },
        {"deliver_message:m:1",
         "\"kind\":\"deliver_message\",\"subject\":\"m\",\"case\":\"" CASE_A "\"", true },
        {"rank:2018:1",         "\"kind\":\"rank\",\"subject\":\"2018\"",          true },
    };
    struct world *world = review_world();
    size_t count = sizeof(tasks) / sizeof(tasks[0]);
    for (size_t i = 0; i < count; i++) {
        world_put_json(
            world, AWARD__CHANGE__RECORD_TASK,
            JSON(world, "{\"task\":\"%s\",%s,\"ordinal\":1}", tasks[i].task, tasks[i].json));
    }
    world_accept(world, "office",
                 "{\"application_withdrawn\":{\"case\":\"" CASE_A "\",\"reason\":\"重组\"}}");
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(task_open(world, tasks[i].task), tasks[i].stays, "%s", tasks[i].task);
    }
    world_destroy(world);
}

Test(withdrawal, comes_too_late_for_an_honour)
{
    struct world *world = after_world_create();
    const Award__Decision *decision =
        after_send(world, "office",
                   "{\"application_withdrawn\":{\"case\":\"%s\",\"reason\":\"r\"}}", AFTER_CASE);
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_eq(decision->n_changes, 0);
    cr_expect_eq(world_case(world, AFTER_CASE)->n_reasons, 0);
    world_destroy(world);
}

Test(withdrawal, of_a_ranked_case_has_the_others_ranked_anew)
{
    static const struct standing cases[] = {
        {"final", "500.00", "500.00", 56000, 700, NULL},
        {"final", "600.00", "600.00", 57000, 700, NULL},
    };
    struct world *world = selecting_world(2, cases);
    world_accept(world, "office", "{\"selection_started\":{\"cycle\":\"2018\"}}");
    (void)selecting_accept(world, "office",
                           "{\"application_withdrawn\":{\"case\":\"%0\",\"reason\":\"重组\"}}");
    cr_expect_eq(selecting_selection(world)->rankings, 2);
    cr_expect(task_open(world, "rank:2018:2"));
    world_destroy(world);
}

// decision 10: whoever has left is held by nothing, whatever is said of it then
// 16(7).3s1
Test(withdrawal, of_a_candidate_ends_what_an_objection_can_hold)
{
    static const struct standing candidate[] = {
        {"candidate", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","},
        {"candidate", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","},
    };
    struct world *world = selecting_world(2, candidate);
    world_accept(
        world, "office",
        "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"m\",\"on\":"
        "\"2018-01-02\"}],\"stated_first\":\"2018-01-02\",\"stated_last\":\"2018-01-09\"}}");
    selecting_accept(world, "office",
                     "{\"application_withdrawn\":{\"case\":\"%0\",\"reason\":\"r\"}}");
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O0\",\"case\":\"%0\",\"text\":\"t\"}}");
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%1\",\"text\":\"t\"}}");
    cr_expect_eq(world_case(world, selecting_case(world, 0))->n_open_objections, 0);
    cr_expect_eq(world_case(world, selecting_case(world, 1))->n_open_objections, 1);
    world_destroy(world);
}

Test(withdrawal, of_a_case_that_moved_on_since_the_sender_saw_it_is_rejected)
{
    struct world *world = review_world();
    const unsigned version = world_case(world, CASE_A)->version;
    for (unsigned seen = version + 2; seen-- > version;) {
        const Award__Decision *decision = world_send(
            world, "office",
            arena_format(world_arena(world),
                         "{\"expected_version\":%u,\"application_withdrawn\":{\"case\":\"" CASE_A
                         "\",\"reason\":\"r\"}}",
                         seen));
        cr_expect_str_eq(world_code(decision), seen == version ? "" : "version_conflict");
    }
    cr_expect_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__withdrawn);
    world_destroy(world);
}
