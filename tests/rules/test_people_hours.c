// test_people_hours - when somebody may be told: his hours, less his quiet hours, or the policy's
#include "rules/alert_policy.h"
#include "rules/people.h"
#include "tests/rules/people_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

static struct world *w;

static void setup(void)
{
    w = people_world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(people_hours, .init = setup, .fini = teardown);

static int64_t moment(const char *text)
{
    int64_t moment_ms;
    cr_assert(moment_parse(text, strlen(text), &moment_ms));
    return moment_ms;
}

static const char *hours(const char *name, const char *from)
{
    char *text = arena_alloc(world_arena(w), MOMENT_TEXT_BYTES);
    moment_format(person_hours(world_reading(w), name, moment(from)), text);
    return text;
}

Test(people_hours, are_at_any_time_where_neither_person_nor_policy_says_otherwise)
{
    cr_expect_str_eq(hours("office", "2018-01-06T03:00:00+08:00"), "2018-01-06T03:00:00+08:00");
    cr_expect_str_eq(hours("nobody", "2018-01-06T03:00:00+08:00"), "2018-01-06T03:00:00+08:00");
}

Test(people_hours, of_a_person_are_on_working_days)
{
    people_address(w, "\"hours_from\":510,\"hours_until\":1080");
    static const char *const rows[][2] = {
        {"2018-01-02T08:29:59+08:00", "2018-01-02T08:30:00+08:00"},
        {"2018-01-02T08:30:00+08:00", "2018-01-02T08:30:00+08:00"},
        {"2018-01-02T18:00:00+08:00", "2018-01-02T18:00:00+08:00"},
        {"2018-01-02T18:00:01+08:00", "2018-01-03T08:30:00+08:00"},
        {"2018-01-05T20:00:00+08:00", "2018-01-08T08:30:00+08:00"}, // over a weekend
        {"2018-02-11T09:00:00+08:00", "2018-02-11T09:00:00+08:00"}, // a make-up Sunday
        {"2018-02-14T19:00:00+08:00", "2018-02-22T08:30:00+08:00"}, // over the Spring Festival
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(hours("office", rows[i][0]), rows[i][1], "%s: %s", rows[i][0],
                         hours("office", rows[i][0]));
    }
}

Test(people_hours, of_the_policy_hold_for_who_has_none_of_his_own)
{
    struct deciding *d = world_reading(w);
    struct alert_policy policy = {.hours_from = 540, .hours_until = 1020};
    struct rules_input input = *d->in;
    input.policy = &policy;
    d->in = &input;
    cr_expect_eq(person_hours(d, "office-b", moment("2018-01-06T03:00:00+08:00")),
                 moment("2018-01-08T09:00:00+08:00"));
    people_address(w, "\"person\":\"office-b\",\"hours_from\":0,\"hours_until\":1440");
    cr_expect_eq(person_hours(d, "office-b", moment("2018-01-06T03:00:00+08:00")),
                 moment("2018-01-06T03:00:00+08:00"));
    input.policy = NULL;
    cr_expect_eq(person_hours(d, "office-c", moment("2018-01-06T03:00:00+08:00")),
                 moment("2018-01-06T03:00:00+08:00"));
}

// Those of the policy hold for who has none of his own; both hold for what they are.
Test(people_hours, are_quiet_as_the_person_says_or_the_policy)
{
    struct deciding *d = world_reading(w);
    struct alert_policy policy = {
        .hours_from = 0, .hours_until = 1440, .quiet_from = 1320, .quiet_until = 420};
    struct rules_input input = *d->in;
    input.policy = &policy;
    d->in = &input;
    int64_t night = moment("2018-01-05T23:00:00+08:00");
    cr_expect_eq(person_hours(d, "office-b", night), moment("2018-01-06T07:00:00+08:00"));
    cr_expect_eq(person_not_quiet(d, "office-b", night), moment("2018-01-06T07:00:00+08:00"));
    people_address(w, "\"person\":\"office-b\",\"hours_from\":540,\"hours_until\":1020");
    cr_expect_eq(person_hours(d, "office-b", night), moment("2018-01-08T09:00:00+08:00"));
    cr_expect_eq(person_not_quiet(d, "office-b", night), moment("2018-01-06T07:00:00+08:00"));
    people_address(w, "\"person\":\"office-b\",\"quiet_from\":0,\"quiet_until\":0");
    cr_expect_eq(person_not_quiet(d, "office-b", night), night);
    people_address(w, "\"person\":\"office-b\",\"quiet_from\":500,\"quiet_until\":600");
    cr_expect_eq(person_hours(d, "office-b", night), moment("2018-01-08T10:00:00+08:00"));
    policy.quiet_from = 0;
    policy.quiet_until = 1440; // no file says so; what it leaves is nothing
    cr_expect_eq(person_not_quiet(d, "office-c", night), night);
}
