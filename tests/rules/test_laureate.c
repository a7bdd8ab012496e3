// The duties of 17 and 18, and the notes that stand beside them.
#include "rules/laureate.h"
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define EVALUATION(year) AFTER_CASE ":self_evaluation:" year

static const Award__Decision *evaluate(struct world *world, int year)
{
    return after_send(world, "ent-a",
                      "{\"self_evaluation_submitted\":{\"case\":\"%s\",\"year\":%d,"
                      "\"digest\":\"d\"}}",
                      AFTER_CASE, year);
}

static const Award__Decision *share(struct world *world)
{
    return after_send(world, "ent-a", "{\"experience_shared\":{\"case\":\"%s\",\"digest\":\"d\"}}",
                      AFTER_CASE);
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// F-honour-1
Test(laureate, the_honour_stands_from_publication_until_the_day_before_its_revocation)
{
    struct world *world = after_world_create();
    Award__Case *c = world_case(world, AFTER_CASE);
    cr_expect_not(honour_stood(c, day_of("2018-11-15")));
    cr_expect(honour_stood(c, day_of("2018-11-16")));
    cr_expect(honour_stood(c, day_of("2040-01-01")));
    Award__Day until = AWARD__DAY__INIT;
    until.has_number = 1;
    until.number = day_of("2019-07-11");
    c->honour->until = &until;
    cr_expect(honour_stood(c, day_of("2019-07-11")));
    cr_expect_not(honour_stood(c, day_of("2019-07-12")));
    world_destroy(world);
}

// F-year-1, decision 22; 18s1
Test(laureate, a_year_of_self_evaluation_begins_on_its_first_of_january_and_plans_the_next)
{
    struct world *world = after_world_create();
    const Award__Deadline *first = after_deadline(world, EVALUATION("2019"));
    cr_assert_not_null(first);
    cr_expect_eq(first->starts->number, day_of("2019-01-01"));
    cr_expect_eq(first->last->number, day_of("2019-12-31"));
    cr_expect_str_eq(first->cycle, "2018");
    cr_expect_str_eq(first->enterprise, WORLD_ENTERPRISE);
    world_clock(world, "2019-12-31T23:59:59+08:00");
    cr_expect_null(after_deadline(world, EVALUATION("2020")));
    world_clock(world, "2020-01-01T00:00:00+08:00");
    cr_expect_not_null(after_deadline(world, EVALUATION("2020")));
    world_destroy(world);
}

// decision 22; 18s1
Test(laureate, a_self_evaluation_on_the_last_day_is_in_time)
{
    struct world *world = after_world_create();
    world_clock(world, "2019-12-31T23:59:59+08:00");
    cr_assert_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__accepted);
    const Award__Deadline *deadline = after_deadline(world, EVALUATION("2019"));
    cr_expect_eq(deadline->state, AWARD__DEADLINE__STATE__met);
    cr_expect_eq(deadline->done_on->number, day_of("2019-12-31"));
    world_destroy(world);
}

// F-late-1; 18s1
Test(laureate, a_self_evaluation_after_its_year_is_accepted_and_late)
{
    struct world *world = after_world_create();
    world_clock(world, "2020-01-15T09:00:00+08:00");
    cr_expect_eq(after_deadline(world, EVALUATION("2019"))->state, AWARD__DEADLINE__STATE__overdue);
    cr_assert_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(after_deadline(world, EVALUATION("2019"))->state,
                 AWARD__DEADLINE__STATE__met_late);
    const Award__Duty *duty =
        (const Award__Duty *)world_record(world, AWARD__CHANGE__RECORD_DUTY, AFTER_CASE,
                                          (int)AWARD__DUTY__KIND__self_evaluation, "2019");
    cr_assert_not_null(duty);
    cr_expect(duty->late);
    world_destroy(world);
}

Test(laureate, a_second_self_evaluation_of_a_year_is_rejected)
{
    struct world *world = after_world_create();
    cr_assert_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_str_eq(world_code(evaluate(world, 2019)), "already_done");
    world_destroy(world);
}

// F-year-1; 18s1
Test(laureate, a_self_evaluation_of_a_year_that_is_not_open_is_rejected)
{
    struct world *world = after_world_create();
    cr_expect_str_eq(world_code(evaluate(world, 2020)), "no_such_year");
    cr_expect_str_eq(world_code(evaluate(world, 2018)), "no_such_year");
    cr_expect_str_eq(world_code(evaluate(world, -1)), "no_such_year");
    world_destroy(world);
}

// decision 22; 18s1
Test(laureate, no_year_begins_once_the_honour_has_ended)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"" AFTER_CASE "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
              "\",\"version\":41,\"stage\":\"revoked\",\"honour\":{\"kind\":\"award\","
              "\"from\":\"2018-11-16\",\"until\":\"2019-12-31\"}}");
    world_clock(world, "2021-06-01T09:00:00+08:00");
    cr_expect_null(after_deadline(world, EVALUATION("2020")));
    cr_expect_null(after_deadline(world, EVALUATION("2021")));
    world_destroy(world);
}

static void experience_due(struct world *world)
{
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              "{\"deadline\":\"" AFTER_CASE ":experience:1\",\"subject\":\"" AFTER_CASE
              "\",\"kind\":\"experience\",\"ordinal\":1,\"revision\":1,\"article\":\"17\","
              "\"last\":\"2019-12-31\",\"end\":\"2019-12-31T23:59:59.999+08:00\","
              "\"state\":\"open\"}");
}

// F-policy-1; 17s1
Test(laureate, experience_shared_on_the_last_day_meets_the_duty)
{
    struct world *world = after_world_create();
    experience_due(world);
    world_clock(world, "2019-12-31T09:00:00+08:00");
    cr_assert_eq(share(world)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state,
                 AWARD__DEADLINE__STATE__met);
    cr_expect_str_eq(world_code(share(world)), "already_done");
    world_destroy(world);
}

// F-policy-1, F-late-1; 17s1
Test(laureate, experience_shared_a_day_after_is_late)
{
    struct world *world = after_world_create();
    experience_due(world);
    world_clock(world, "2020-01-01T09:00:00+08:00");
    cr_assert_eq(share(world)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state,
                 AWARD__DEADLINE__STATE__met_late);
    world_destroy(world);
}

// Both are due on 31 December: the day before, its last millisecond, and the first of the next.
// F-late-1; 17s1, 18s1
Test(laureate, both_duties_are_in_time_until_the_last_moment_of_the_year)
{
    static const struct {
        const char *at;
        Award__Deadline__State state;
    } moments[] = {
        {"2019-12-30T09:00:00+08:00",     AWARD__DEADLINE__STATE__met     },
        {"2019-12-31T23:59:59.999+08:00", AWARD__DEADLINE__STATE__met     },
        {"2020-01-01T00:00:00+08:00",     AWARD__DEADLINE__STATE__met_late},
    };
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        struct world *world = after_world_create();
        experience_due(world);
        world_clock(world, moments[i].at);
        cr_assert_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__accepted);
        cr_assert_eq(share(world)->outcome, AWARD__OUTCOME__NAME__accepted);
        cr_expect_eq(after_deadline(world, EVALUATION("2019"))->state, moments[i].state, "%s",
                     moments[i].at);
        cr_expect_eq(after_deadline(world, AFTER_CASE ":experience:1")->state, moments[i].state,
                     "%s", moments[i].at);
        world_destroy(world);
    }
}

// ---- Notes

// 22s1, 22s2
Test(notes, accountability_stands_beside_its_case_and_moves_no_version)
{
    struct world *world = after_world_create();
    after_accept(world, "supervision",
                 "{\"accountability_recorded\":{\"whom\":\"某负责人\",\"what\":\"出具虚假证明\","
                 "\"measure\":\"通报批评\",\"authority\":\"市质监局\",\"case\":\"%s\"}}",
                 AFTER_CASE);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_NOTE), 1);
    cr_expect_eq(world_case(world, AFTER_CASE)->version, 40);
    world_destroy(world);
}

// 22s1, 22s2
Test(notes, accountability_without_a_case_is_kept_too)
{
    struct world *world = after_world_create();
    after_accept(world, "office",
                 "{\"accountability_recorded\":{\"whom\":\"某评审员\",\"what\":\"泄密\","
                 "\"measure\":\"取消资格\",\"authority\":\"市质监局\"}}");
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_NOTE), 1);
    world_destroy(world);
}

// 9(1), 9(2), 7(4), 9(3)
Test(notes, a_finding_must_concern_something_that_exists)
{
    struct world *world = after_world_create();
    after_accept(world, "supervision",
                 "{\"supervision_finding\":{\"concerns\":\"2018\",\"text\":\"程序合规\"}}");
    after_accept(world, "review-committee",
                 "{\"suggestion\":{\"concerns\":\"%s\",\"text\":\"改进标准\"}}", AFTER_CASE);
    const Award__Decision *decision =
        after_send(world, "supervision",
                   "{\"supervision_finding\":{\"concerns\":\"无此事\",\"text\":\"程序合规\"}}");
    cr_expect_str_eq(world_code(decision), "no_such_subject");
    char longer[700];
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    decision =
        after_send(world, "supervision",
                   "{\"supervision_finding\":{\"concerns\":\"%s\",\"text\":\"程序合规\"}}", longer);
    cr_expect_str_eq(world_code(decision), "no_such_subject");
    world_destroy(world);
}

Test(laureate, each_duty_that_is_done_is_a_version_of_the_case)
{
    struct world *world = after_world_create();
    uint64_t version = world_case(world, AFTER_CASE)->version;
    cr_expect_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(world_case(world, AFTER_CASE)->version, version + 1);
    cr_expect_eq(share(world)->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(world_case(world, AFTER_CASE)->version, version + 2);
    cr_expect_eq(evaluate(world, 2019)->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_eq(world_case(world, AFTER_CASE)->version, version + 2);
    world_destroy(world);
}
