// What the worker finds of an incident or a violation, and what is made of it (20).
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define BY_INCIDENT AFTER_CASE "/I-1"
#define BY_VIOLATION AFTER_CASE "/violation"

static struct world *w;

static void setup(void)
{
    w = after_world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(grounds, .init = setup, .fini = teardown);

static void sampling(const char *incident, const char *serious)
{
    (void)after_accept(w, "bureau",
                       "{\"incident_recorded\":{\"incident\":\"%s\",\"case\":\"%s\",\"kind\":"
                       "\"sampling\",\"on\":\"2019-02-27\",\"level\":\"national\",\"serious\":%s}}",
                       incident, AFTER_CASE, serious);
}

static void violation(void)
{
    (void)after_accept(w, "office",
                       "{\"violation_confirmed\":{\"case\":\"%s\",\"kind\":\"misrepresentation\","
                       "\"proof\":\"证据\"}}",
                       AFTER_CASE);
}

// The check that was asked for last; it stays asked when the case goes on.
static const char *check_asked(void)
{
    const Award__Task *task = after_task(w, "check_grounds");
    cr_assert_not_null(task);
    return task->task;
}

static const Award__Decision *answer(const char *task, const char *incident, const char *grounds)
{
    return after_send(w, "worker-revocation",
                      "{\"task\":\"%s\",\"grounds_checked\":{\"case\":\"%s\",\"incident\":\"%s\","
                      "\"grounds\":%s}}",
                      task, AFTER_CASE, incident, grounds);
}

static void expect_accepted(const Award__Decision *decision)
{
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

static void decide(const char *revocation, const char *approved)
{
    (void)after_accept(w, "bureau",
                       "{\"revocation_verified\":{\"revocation\":\"%s\",\"report\":\"报告\"}}",
                       revocation);
    (void)after_accept(w, "government",
                       "{\"revocation_decided\":{\"revocation\":\"%s\",\"approved\":%s,\"on\":"
                       "\"2019-03-01\",\"reason\":\"理由\"}}",
                       revocation, approved);
}

static size_t revocations(void)
{
    return world_count(w, AWARD__CHANGE__RECORD_REVOCATION);
}

// ---- A violation that is named with an incident

// It is the same violation, whichever of the two checks names it first.
// 20(1)
Test(grounds, a_violation_that_is_named_with_an_incident_opens_one_of_its_own)
{
    violation();
    const char *of_violation = check_asked();
    sampling("I-1", "false");
    expect_accepted(answer(check_asked(), "I-1", "[\"misrepresentation\"]"));
    const Award__Revocation *revocation = after_revocation(w, BY_VIOLATION);
    cr_assert_not_null(revocation);
    cr_expect_eq(revocation->ground, AWARD__GROUND__NAME__misrepresentation);
    cr_expect_null(revocation->incident);
    cr_expect_null(after_revocation(w, BY_INCIDENT), "the sampling is no ground");
    expect_accepted(answer(of_violation, "violation", "[\"misrepresentation\"]"));
    cr_expect_eq(revocations(), 1);
}

// 20(1), 20s1: what the government refused is not begun again because something else happened.
Test(grounds, a_violation_that_was_refused_is_not_opened_again_by_an_incident)
{
    violation();
    expect_accepted(answer(check_asked(), "violation", "[\"misrepresentation\"]"));
    decide(BY_VIOLATION, "false");
    sampling("I-1", "false");
    expect_accepted(answer(check_asked(), "I-1", "[\"misrepresentation\"]"));
    cr_expect_eq(revocations(), 1);
    cr_expect_eq(after_revocation(w, BY_VIOLATION)->step, AWARD__REVOCATION__STEP__refused);
}

// 20(1)
Test(grounds, a_violation_that_is_not_on_record_is_not_named_with_an_incident_either)
{
    sampling("I-1", "false");
    const Award__Decision *decision = answer(check_asked(), "I-1", "[\"misrepresentation\"]");
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(world_code(decision), "wrong_grounds");
    cr_expect_str_eq(world_article(decision), "20(1)");
    expect_accepted(answer(check_asked(), "I-1", "[]"));
    cr_expect_eq(revocations(), 0);
}

// ---- What the answer is about

static const Award__Task *task_of(Award__TaskKind__Name kind)
{
    const Award__Task *task;
    for (size_t i = 0;
         (task = (const Award__Task *)world_record_at(w, AWARD__CHANGE__RECORD_TASK, i)) != NULL;
         i++) {
        if (task->kind == kind) {
            return task;
        }
    }
    return NULL;
}

Test(grounds, a_check_does_not_answer_a_task_of_another_kind_nor_none)
{
    sampling("I-1", "true");
    world_clock(w, "2019-03-01T09:10:00+08:00");
    const Award__Task *message = task_of(AWARD__TASK_KIND__NAME__deliver_message);
    cr_assert_not_null(message, "the enterprise is told of the report that it owes");
    cr_assert_null(message->detail);
    cr_expect_str_eq(world_code(answer(message->task, "I-1", "[\"serious_quality\"]")),
                     "wrong_answer");
    cr_expect_str_eq(world_code(answer("", "I-1", "[\"serious_quality\"]")), "no_such_task");
    cr_expect_str_eq(world_code(answer("check_grounds:x:1", "I-1", "[]")), "no_such_task");
    cr_expect_not_null(task_of(AWARD__TASK_KIND__NAME__deliver_message));
    cr_expect_eq(revocations(), 0);
    expect_accepted(answer(check_asked(), "I-1", "[\"serious_quality\"]"));
}

// There is nothing left to withdraw.
// 20s1
Test(grounds, what_is_found_after_the_honour_was_revoked_opens_nothing)
{
    sampling("I-1", "true");
    const char *asked = check_asked();
    (void)after_accept(w, "bureau",
                       "{\"revocation_opened\":{\"case\":\"%s\",\"revocation\":\"R-1\",\"ground\":"
                       "\"breach_of_law\",\"facts\":\"违法\",\"effect\":\"恶劣\"}}",
                       AFTER_CASE);
    decide("R-1", "true");
    world_expect_day(world_case(w, AFTER_CASE)->honour->until, "2019-02-28");
    expect_accepted(answer(asked, "I-1", "[\"serious_quality\"]"));
    cr_expect_null(after_revocation(w, BY_INCIDENT));
    cr_expect_eq(revocations(), 1);
    cr_expect_str_eq(world_code(answer(asked, "I-1", "[\"serious_quality\"]")), "no_such_task");
}
