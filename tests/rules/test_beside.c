// What events change beside the stage of a case: deadlines of its team, notes, tasks that stay
// open.
#include "tests/rules/after_world.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define TEAM                                                                                       \
    "'cycle':'2018','teams':[{'team':'T','members':['reviewer-01','reviewer-02','reviewer-03'],'"  \
    "leader':'"                                                                                    \
    "reviewer-01'"

static const char *quoted(struct world *world, const char *text)
{
    char *json = arena_string(world_arena(world), text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    return json;
}

static void accept(struct world *world, const char *principal, const char *text)
{
    world_accept(world, principal, quoted(world, text));
}

static Award__Deadline__State plan_state(struct world *world, const char *step)
{
    const Award__Deadline *deadline = (const Award__Deadline *)world_record(
        world, AWARD__CHANGE__RECORD_DEADLINE, JSON(world, "T:%s:1", step));
    cr_assert_not_null(deadline, "%s", step);
    return deadline->state;
}

// Two cases of one team, the plan approved; the first has its consensus.
static struct world *two_cases(void)
{
    struct world *world = review_world();
    world_rules(world)->sheet_needs_confidentiality = false;
    accept(world, "office",
           "{'team_drawn':{" TEAM ",'cases':['" CASE_A "','" CASE_B "']}],'reason':'r'}}");
    accept(world, "reviewer-01",
           "{'plan_submitted':{'team':'T','steps':["
           "{'step':'independent_review','on':'2018-01-05'},{'step':'consensus','on':'2018-01-08'},"
           "{'step':'site_visit','on':'2018-01-20'},{'step':'report','on':'2018-01-31'}]}}");
    accept(world, "review-committee", "{'plan_approved':{'team':'T'}}");
    review_consensus(world, CASE_A, 60000);
    cr_assert_eq(plan_state(world, "plan_independent"), AWARD__DEADLINE__STATE__open);
    return world;
}

Test(beside, a_case_that_is_withdrawn_no_longer_keeps_its_teams_steps_open)
{
    struct world *world = two_cases();
    accept(world, "office", "{'application_withdrawn':{'case':'" CASE_B "','reason':'r'}}");
    cr_expect_eq(plan_state(world, "plan_independent"), AWARD__DEADLINE__STATE__met);
    cr_expect_eq(plan_state(world, "plan_consensus"), AWARD__DEADLINE__STATE__met);
    cr_expect_eq(plan_state(world, "plan_visit"), AWARD__DEADLINE__STATE__open);
    world_destroy(world);
}

Test(beside, a_visit_that_was_not_held_meets_its_step_of_the_plan)
{
    struct world *world = two_cases();
    accept(world, "office", "{'application_withdrawn':{'case':'" CASE_B "','reason':'r'}}");
    accept(world, "office", "{'not_held':{'case':'" CASE_A "','what':'visit'}}");
    cr_expect_eq(world_case(world, CASE_A)->stage, AWARD__STAGE__NAME__withdrawn);
    cr_expect_eq(plan_state(world, "plan_visit"), AWARD__DEADLINE__STATE__met);
    world_destroy(world);
}

// ---- Revocations

static void breach_open(struct world *world, const char *name)
{
    (void)after_accept(world, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"%s\","
                       "\"ground\":\"breach_of_law\",\"facts\":\"f\",\"effect\":\"e\"}}",
                       AFTER_CASE, name);
}

Test(beside, papers_about_another_revocation_than_was_asked_leave_the_task_open)
{
    struct world *world = after_world_create();
    breach_open(world, "R-1");
    breach_open(world, "R-2");
    accept(world, "bureau", "{'revocation_verified':{'revocation':'R-1','report':'r'}}");
    const Award__Task *task = after_task(world, "draft_papers");
    cr_assert_not_null(task);
    const Award__Decision *wrong =
        world_send(world, "worker-revocation",
                   quoted(world, JSON(world,
                                      "{'task':'%s','papers_drafted':{'case':'%s','revocation':"
                                      "'R-2','papers':['request'],'text':'t','digest':'d'}}",
                                      task->task, AFTER_CASE)));
    cr_expect_str_eq(world_code(wrong), "wrong_answer");
    cr_expect_not_null(after_task(world, "draft_papers"));
    world_destroy(world);
}

static size_t notes_of(struct world *world, const char *kind)
{
    size_t count = 0;
    const Award__Note *note;
    for (size_t i = 0;
         (note = (const Award__Note *)world_record_at(world, AWARD__CHANGE__RECORD_NOTE, i)) !=
         NULL;
         i++) {
        count += strcmp(note->kind, kind) == 0;
    }
    return count;
}

Test(beside, the_reason_of_a_decision_on_a_revocation_is_kept_where_there_is_one)
{
    static const char *const reasons[] = {"", ",'reason':' '", ",'reason':'r'"};
    for (size_t i = 0; i < 3; i++) {
        struct world *world = after_world_create();
        breach_open(world, "R-1");
        accept(world, "bureau", "{'revocation_verified':{'revocation':'R-1','report':'r'}}");
        accept(world, "government",
               JSON(world,
                    "{'revocation_decided':{'revocation':'R-1','approved':false,'on':"
                    "'2019-03-01'%s}}",
                    reasons[i]));
        cr_expect_eq(notes_of(world, "revocation_decided"), i == 2 ? 1 : 0, "%s", reasons[i]);
        world_destroy(world);
    }
}
