// test_people - who is told: on duty, standing in, or all of a role
#include "rules/people.h"
#include "tests/rules/people_world.h"
#include "tests/rules/review_world.h"

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

TestSuite(people, .init = setup, .fini = teardown);

static const char *post_text(Award__Post__Name post)
{
    return post == 0 ? "-" : post_name(post);
}

// "office clerk, office-b clerk for office-c"
static const char *told_if(Award__Role__Name role, Award__Post__Name post, const char *on,
                           recipient_concerned concerned, const void *context)
{
    struct recipient *list;
    size_t count =
        people_told(world_reading(w), role, post, people_day(on), concerned, context, &list);
    const char *text = "";
    for (size_t i = 0; i < count; i++) {
        text = JSON(w, "%s%s%s %s%s%s", text, i > 0 ? ", " : "", list[i].principal->name,
                    post_text(list[i].post), list[i].stands_for != NULL ? " for " : "",
                    list[i].stands_for != NULL ? list[i].stands_for : "");
    }
    return text;
}

static const char *told(Award__Post__Name post, const char *on)
{
    return told_if(AWARD__ROLE__NAME__office, post, on, NULL, NULL);
}

#define CLERK AWARD__POST__NAME__clerk
#define HEAD AWARD__POST__NAME__section_head
#define DIRECTOR AWARD__POST__NAME__director

static bool of_scope(struct deciding *d, const Award__Principal *principal, const void *context)
{
    (void)d;
    return strcmp(principal->scope, context) == 0;
}

// ---- Who is told

Test(people, without_a_roster_all_of_the_role_are_told)
{
    cr_expect_str_eq(told(CLERK, TODAY), "office -, office-b -, office-c -, office-d -");
    cr_expect_str_eq(told(DIRECTOR, TODAY), "office -, office-b -, office-c -, office-d -");
}

Test(people, without_a_roster_only_those_whom_it_concerns_are_told)
{
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500112"),
                     "bureau-500112 -");
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500101"),
                     "");
}

Test(people, a_roster_of_another_district_leaves_nobody_untold)
{
    people_duty(w, "bureau-500109", "clerk", TODAY, NULL);
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500109"),
                     "bureau-500109 clerk");
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500112"),
                     "bureau-500112 -");
}

Test(people, with_a_roster_those_on_duty_in_the_post_are_told)
{
    people_duty(w, "office-b", "clerk", "2018-01-03", "2018-01-05");
    people_duty(w, "office-c", "clerk", "2018-01-05", NULL);
    people_duty(w, "office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, "2018-01-03"), "office-b clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-b clerk, office-c clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-06"), "office-c clerk");
    cr_expect_str_eq(told(DIRECTOR, "2018-01-06"), "office-d director");
}

Test(people, a_post_that_nobody_holds_is_answered_for_by_the_next_higher_then_by_a_lower_one)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_duty(w, "office-d", "director", TODAY, "2018-01-10");
    cr_expect_str_eq(told(HEAD, TODAY), "office-d director");
    cr_expect_str_eq(told(HEAD, "2018-01-11"), "office-b clerk");
    cr_expect_str_eq(told(DIRECTOR, "2018-01-11"), "office-b clerk");
}

Test(people, where_nobody_at_all_is_on_duty_everybody_is_told)
{
    people_duty(w, "office-b", "clerk", "2018-01-03", "2018-01-05");
    cr_expect_str_eq(told(CLERK, "2018-01-06"), "office -, office-b -, office-c -, office-d -");
}

Test(people, a_substitute_is_told_in_the_place_of_who_is_away)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_away(w, "office-b", "2018-01-03", "2018-01-04", "office-c");
    cr_expect_str_eq(told(CLERK, TODAY), "office-b clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-03"), "office-c clerk for office-b");
    cr_expect_str_eq(told(CLERK, "2018-01-04"), "office-c clerk for office-b");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-b clerk");
}

Test(people, who_is_on_duty_and_a_substitute_as_well_is_told_once_as_himself)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_duty(w, "office-c", "clerk", TODAY, NULL);
    people_away(w, "office-b", TODAY, "2018-01-04", "office-c");
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

// The same, where he comes before whom he stands in for.
Test(people, who_is_told_as_himself_is_not_told_as_a_substitute_as_well)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_duty(w, "office-c", "clerk", TODAY, NULL);
    people_away(w, "office-c", TODAY, "2018-01-04", "office-b");
    cr_expect_str_eq(told(CLERK, TODAY), "office-b clerk");
}

Test(people, a_substitute_comes_in_the_order_of_names)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_duty(w, "office-d", "clerk", TODAY, NULL);
    people_away(w, "office-d", TODAY, TODAY, "office");
    cr_expect_str_eq(told(CLERK, TODAY), "office clerk for office-d, office-b clerk");
}

Test(people, who_is_away_without_a_substitute_leaves_it_to_the_others_on_duty)
{
    people_duty(w, "office-b", "clerk", TODAY, NULL);
    people_duty(w, "office-c", "clerk", TODAY, NULL);
    people_away(w, "office-b", TODAY, "2018-01-04", NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

Test(people, a_chain_of_substitutes_is_followed)
{
    people_duty(w, "office", "clerk", TODAY, NULL);
    people_away(w, "office", TODAY, TODAY, "office-b");
    people_away(w, "office-b", TODAY, TODAY, "office-c");
    people_away(w, "office-c", TODAY, TODAY, "office-d");
    cr_expect_str_eq(told(CLERK, TODAY), "office-d clerk for office");
}

Test(people, a_chain_is_followed_eight_deep)
{
    static const char names[][3] = {"o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8", "o9"};
    for (size_t i = 0; i < 10; i++) {
        people_principal(w, names[i], "office", "");
    }
    for (size_t i = 0; i < 9; i++) {
        people_away(w, names[i], TODAY, TODAY, names[i + 1]);
    }
    people_duty(w, "o1", "clerk", TODAY, NULL);
    people_duty(w, "office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "o9 clerk for o1");
    people_duty(w, "o1", NULL, TODAY, NULL);
    people_duty(w, "o0", "clerk", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-d director");
}

Test(people, substitutes_who_stand_in_for_each_other_leave_it_to_the_others)
{
    people_duty(w, "office", "clerk", TODAY, NULL);
    people_away(w, "office", TODAY, TODAY, "office-b");
    people_away(w, "office-b", TODAY, TODAY, "office");
    people_duty(w, "office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-d director");
    people_duty(w, "office-c", "clerk", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

Test(people, without_a_roster_a_substitute_stands_in_and_who_has_none_is_told_all_the_same)
{
    people_away(w, "office-b", TODAY, TODAY, NULL);
    people_away(w, "office-c", TODAY, TODAY, "office-d");
    cr_expect_str_eq(told(CLERK, TODAY), "office -, office-b -, office-d -");
}

Test(people, the_absence_that_began_last_names_the_substitute)
{
    people_duty(w, "office", "clerk", TODAY, NULL);
    people_away(w, "office", "2018-01-03", "2018-01-20", "office-b");
    people_away(w, "office", "2018-01-05", "2018-01-06", "office-c");
    cr_expect_str_eq(told(CLERK, "2018-01-04"), "office-b clerk for office");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-c clerk for office");
    cr_expect_str_eq(told(CLERK, "2018-01-07"), "office-b clerk for office");
}

Test(people, the_post_and_the_absence_of_a_day)
{
    cr_expect_eq(person_post(NULL, people_day(TODAY)), 0);
    cr_expect_not(person_away(NULL, people_day(TODAY)));
    people_duty(w, "office", "clerk", "2018-01-03", "2018-01-04");
    people_away(w, "office", "2018-01-04", "2018-01-05", NULL);
    const Award__Person *found = people_person(w, "office");
    cr_expect_eq(person_post(found, people_day("2018-01-02")), 0);
    cr_expect_eq(person_post(found, people_day("2018-01-04")), CLERK);
    cr_expect_eq(person_post(found, people_day("2018-01-05")), 0);
    cr_expect_not(person_away(found, people_day("2018-01-03")));
    cr_expect(person_away(found, people_day("2018-01-05")));
    cr_expect_not(person_away(found, people_day("2018-01-06")));
}
