// test_people - who is on duty, who stands in, and when somebody may be told
#include "rules/alert_policy.h"
#include "rules/people.h"
#include "tests/rules/review_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

// The world begins on Tuesday 2018-01-02 at 09:00; 2018-01-01 is a day off.
#define TODAY "2018-01-02"
#define DIGEST(letter)                                                                             \
    letter letter letter letter letter letter letter letter letter letter letter letter letter     \
        letter letter letter
#define DIGEST_A DIGEST("a1b2")
#define DIGEST_B DIGEST("0f0f")

static struct world *w;

static void principal(const char *name, const char *role, const char *scope)
{
    world_put_json(
        w, AWARD__CHANGE__RECORD_PRINCIPAL,
        JSON(w, "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}", name, role, scope));
}

// The office has three more: office-b, office-c, office-d.
static void setup(void)
{
    w = world_create();
    principal("office-b", "office", "");
    principal("office-c", "office", "");
    principal("office-d", "office", "");
    principal("bureau-500109", "district_bureau", "500109");
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(people, .init = setup, .fini = teardown);
TestSuite(people_events, .init = setup, .fini = teardown);
TestSuite(people_hours, .init = setup, .fini = teardown);

static int32_t day(const char *text)
{
    int32_t number;
    cr_assert(day_parse(text, strlen(text), &number));
    return number;
}

static int64_t moment(const char *text)
{
    int64_t moment_ms;
    cr_assert(moment_parse(text, strlen(text), &moment_ms));
    return moment_ms;
}

static const char *duty_json(const char *person, const char *post, const char *from,
                             const char *until)
{
    return JSON(w, "{\"duty_changed\":{\"person\":\"%s\",\"from\":\"%s\"%s%s}}", person, from,
                post != NULL ? JSON(w, ",\"post\":\"%s\"", post) : "",
                until != NULL ? JSON(w, ",\"until\":\"%s\"", until) : "");
}

static void duty(const char *person, const char *post, const char *from, const char *until)
{
    (void)world_accept(w, "office", duty_json(person, post, from, until));
}

static const char *away_json(const char *person, const char *from, const char *until,
                             const char *substitute)
{
    return JSON(w,
                "{\"absence_recorded\":{\"person\":\"%s\",\"from\":\"%s\",\"until\":\"%s\","
                "\"reason\":\"年假\"%s}}",
                person, from, until,
                substitute != NULL ? JSON(w, ",\"substitute\":\"%s\"", substitute) : "");
}

static void away(const char *person, const char *from, const char *until, const char *substitute)
{
    (void)world_accept(w, "office", away_json(person, from, until, substitute));
}

static Award__Person *person(const char *name)
{
    return (Award__Person *)world_record(w, AWARD__CHANGE__RECORD_PERSON, name);
}

static const char *post_text(Award__Post__Name post)
{
    return post == 0 ? "-" : post_name(post);
}

// "office clerk, office-b clerk for office-c"
static const char *told_if(Award__Role__Name role, Award__Post__Name post, const char *on,
                           recipient_concerned concerned, const void *context)
{
    struct recipient *list;
    size_t count = people_told(world_reading(w), role, post, day(on), concerned, context, &list);
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
    duty("bureau-500109", "clerk", TODAY, NULL);
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500109"),
                     "bureau-500109 clerk");
    cr_expect_str_eq(told_if(AWARD__ROLE__NAME__district_bureau, CLERK, TODAY, of_scope, "500112"),
                     "bureau-500112 -");
}

Test(people, with_a_roster_those_on_duty_in_the_post_are_told)
{
    duty("office-b", "clerk", "2018-01-03", "2018-01-05");
    duty("office-c", "clerk", "2018-01-05", NULL);
    duty("office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, "2018-01-03"), "office-b clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-b clerk, office-c clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-06"), "office-c clerk");
    cr_expect_str_eq(told(DIRECTOR, "2018-01-06"), "office-d director");
}

Test(people, a_post_that_nobody_holds_is_answered_for_by_the_next_higher_then_by_a_lower_one)
{
    duty("office-b", "clerk", TODAY, NULL);
    duty("office-d", "director", TODAY, "2018-01-10");
    cr_expect_str_eq(told(HEAD, TODAY), "office-d director");
    cr_expect_str_eq(told(HEAD, "2018-01-11"), "office-b clerk");
    cr_expect_str_eq(told(DIRECTOR, "2018-01-11"), "office-b clerk");
}

Test(people, where_nobody_at_all_is_on_duty_everybody_is_told)
{
    duty("office-b", "clerk", "2018-01-03", "2018-01-05");
    cr_expect_str_eq(told(CLERK, "2018-01-06"), "office -, office-b -, office-c -, office-d -");
}

Test(people, a_substitute_is_told_in_the_place_of_who_is_away)
{
    duty("office-b", "clerk", TODAY, NULL);
    away("office-b", "2018-01-03", "2018-01-04", "office-c");
    cr_expect_str_eq(told(CLERK, TODAY), "office-b clerk");
    cr_expect_str_eq(told(CLERK, "2018-01-03"), "office-c clerk for office-b");
    cr_expect_str_eq(told(CLERK, "2018-01-04"), "office-c clerk for office-b");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-b clerk");
}

Test(people, who_is_on_duty_and_a_substitute_as_well_is_told_once_as_himself)
{
    duty("office-b", "clerk", TODAY, NULL);
    duty("office-c", "clerk", TODAY, NULL);
    away("office-b", TODAY, "2018-01-04", "office-c");
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

Test(people, a_substitute_comes_in_the_order_of_names)
{
    duty("office-b", "clerk", TODAY, NULL);
    duty("office-d", "clerk", TODAY, NULL);
    away("office-d", TODAY, TODAY, "office");
    cr_expect_str_eq(told(CLERK, TODAY), "office clerk for office-d, office-b clerk");
}

Test(people, who_is_away_without_a_substitute_leaves_it_to_the_others_on_duty)
{
    duty("office-b", "clerk", TODAY, NULL);
    duty("office-c", "clerk", TODAY, NULL);
    away("office-b", TODAY, "2018-01-04", NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

Test(people, a_chain_of_substitutes_is_followed)
{
    duty("office", "clerk", TODAY, NULL);
    away("office", TODAY, TODAY, "office-b");
    away("office-b", TODAY, TODAY, "office-c");
    away("office-c", TODAY, TODAY, "office-d");
    cr_expect_str_eq(told(CLERK, TODAY), "office-d clerk for office");
}

Test(people, a_chain_is_followed_eight_deep)
{
    static const char names[][3] = {"o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8", "o9"};
    for (size_t i = 0; i < 10; i++) {
        principal(names[i], "office", "");
    }
    for (size_t i = 0; i < 9; i++) {
        away(names[i], TODAY, TODAY, names[i + 1]);
    }
    duty("o1", "clerk", TODAY, NULL);
    duty("office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "o9 clerk for o1");
    duty("o1", NULL, TODAY, NULL);
    duty("o0", "clerk", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-d director");
}

Test(people, substitutes_who_stand_in_for_each_other_leave_it_to_the_others)
{
    duty("office", "clerk", TODAY, NULL);
    away("office", TODAY, TODAY, "office-b");
    away("office-b", TODAY, TODAY, "office");
    duty("office-d", "director", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-d director");
    duty("office-c", "clerk", TODAY, NULL);
    cr_expect_str_eq(told(CLERK, TODAY), "office-c clerk");
}

Test(people, without_a_roster_a_substitute_stands_in_and_who_has_none_is_told_all_the_same)
{
    away("office-b", TODAY, TODAY, NULL);
    away("office-c", TODAY, TODAY, "office-d");
    cr_expect_str_eq(told(CLERK, TODAY), "office -, office-b -, office-d -");
}

Test(people, the_absence_that_began_last_names_the_substitute)
{
    duty("office", "clerk", TODAY, NULL);
    away("office", "2018-01-03", "2018-01-20", "office-b");
    away("office", "2018-01-05", "2018-01-06", "office-c");
    cr_expect_str_eq(told(CLERK, "2018-01-04"), "office-b clerk for office");
    cr_expect_str_eq(told(CLERK, "2018-01-05"), "office-c clerk for office");
    cr_expect_str_eq(told(CLERK, "2018-01-07"), "office-b clerk for office");
}

Test(people, the_post_and_the_absence_of_a_day)
{
    cr_expect_eq(person_post(NULL, day(TODAY)), 0);
    cr_expect_not(person_away(NULL, day(TODAY)));
    duty("office", "clerk", "2018-01-03", "2018-01-04");
    away("office", "2018-01-04", "2018-01-05", NULL);
    const Award__Person *found = person("office");
    cr_expect_eq(person_post(found, day("2018-01-02")), 0);
    cr_expect_eq(person_post(found, day("2018-01-04")), CLERK);
    cr_expect_eq(person_post(found, day("2018-01-05")), 0);
    cr_expect_not(person_away(found, day("2018-01-03")));
    cr_expect(person_away(found, day("2018-01-05")));
    cr_expect_not(person_away(found, day("2018-01-06")));
}

// ---- Duties

static const char *duties(const char *name)
{
    const Award__Person *found = person(name);
    const char *text = "";
    for (size_t i = 0; i < found->n_duties; i++) {
        char from[DAY_TEXT_BYTES];
        char until[DAY_TEXT_BYTES] = "";
        day_format(found->duties[i]->from->number, from);
        if (found->duties[i]->until != NULL) {
            day_format(found->duties[i]->until->number, until);
        }
        text = JSON(w, "%s%s%s %s..%s", text, i > 0 ? ", " : "", post_name(found->duties[i]->post),
                    from, until);
    }
    return text;
}

Test(people_events, a_duty_cuts_the_one_before_and_takes_the_place_of_later_ones)
{
    duty("office", "clerk", "2018-01-03", NULL);
    duty("office", "section_head", "2018-02-01", "2018-02-28");
    cr_expect_str_eq(duties("office"),
                     "clerk 2018-01-03..2018-01-31, section_head 2018-02-01..2018-02-28");
    duty("office", "director", "2018-02-10", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-03..2018-01-31, section_head "
                                       "2018-02-01..2018-02-09, director 2018-02-10..");
    duty("office", "clerk", "2018-01-31", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-03..2018-01-30, clerk 2018-01-31..");
}

Test(people_events, a_duty_without_a_post_ends_it)
{
    duty("office", "clerk", TODAY, NULL);
    duty("office", NULL, "2018-01-10", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-02..2018-01-09");
}

Test(people_events, a_duty_may_begin_in_the_past_and_what_is_over_is_dropped)
{
    duty("office", "clerk", "2017-06-01", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2017-06-01..");
    duty("office", "director", "2017-12-01", NULL);
    cr_expect_str_eq(duties("office"), "director 2017-12-01..");
}

Test(people_events, a_duty_of_nobody_or_of_a_program_is_rejected)
{
    world_reject(w, "office", duty_json("nobody", "clerk", TODAY, NULL), "no_such_principal",
                 "order");
    world_reject(w, "office", duty_json("worker-scoring", "clerk", TODAY, NULL), "not_a_person",
                 "policy");
    world_reject(w, "office", duty_json("public", "clerk", TODAY, NULL), "not_a_person", "policy");
    world_reject(w, "office", duty_json("office", "clerk", TODAY, "2018-01-01"),
                 "until_before_from", "form");
    world_reject(w, "office", "{\"duty_changed\":{\"person\":\"office\"}}", "field_missing",
                 "form");
    duty("office", "clerk", TODAY, TODAY);
}

Test(people_events, duties_are_bounded)
{
    int32_t first = day("2018-02-01");
    for (int32_t i = 0; i <= PERSON_LISTED_MAX; i++) {
        char on[DAY_TEXT_BYTES];
        day_format(first + 2 * i, on);
        const char *json = duty_json("office", "clerk", on, on);
        if (i < PERSON_LISTED_MAX) {
            (void)world_accept(w, "office", json);
        } else {
            world_reject(w, "office", json, "too_many_listed", "limit");
        }
    }
    world_clock(w, "2018-02-02T00:00:00+08:00");
    duty("office", "clerk", "2019-01-01", NULL);
}

// ---- Leave

static const char *absences(const char *name)
{
    const Award__Person *found = person(name);
    const char *text = "";
    for (size_t i = 0; i < found->n_absences; i++) {
        const Award__Person__Absence *absence = found->absences[i];
        char from[DAY_TEXT_BYTES];
        char until[DAY_TEXT_BYTES];
        day_format(absence->from->number, from);
        day_format(absence->until->number, until);
        text = JSON(w, "%s%s%s..%s %s", text, i > 0 ? ", " : "", from, until,
                    absence->substitute != NULL ? absence->substitute : "-");
    }
    return text;
}

Test(people_events, an_absence_stands_in_the_place_of_the_one_from_the_same_day)
{
    away("office", "2018-02-01", "2018-02-10", NULL);
    away("office", "2018-01-10", "2018-01-12", "office-b");
    cr_expect_str_eq(absences("office"),
                     "2018-01-10..2018-01-12 office-b, 2018-02-01..2018-02-10 -");
    away("office", "2018-02-01", "2018-02-03", "office-c");
    cr_expect_str_eq(absences("office"),
                     "2018-01-10..2018-01-12 office-b, 2018-02-01..2018-02-03 office-c");
    cr_expect_str_eq(person("office")->absences[0]->reason, "年假");
}

Test(people_events, an_absence_that_is_cancelled_is_gone)
{
    away("office", "2018-02-01", "2018-02-10", NULL);
    (void)world_accept(w, "office",
                       "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"cancelled\":true}}");
    cr_expect_str_eq(absences("office"), "");
    world_reject(w, "office", "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"cancelled\":true}}",
                 "no_such_absence", "order");
}

Test(people_events, an_absence_that_is_over_is_dropped_and_none_is_taken)
{
    away("office", "2017-12-20", "2018-01-03", NULL);
    world_reject(w, "office", away_json("office", "2017-12-20", "2018-01-01", NULL), "absence_over",
                 "order");
    world_clock(w, "2018-01-03T09:00:00+08:00"); // its last day
    away("office", "2018-03-01", "2018-03-02", NULL);
    cr_expect_str_eq(absences("office"), "2017-12-20..2018-01-03 -, 2018-03-01..2018-03-02 -");
    world_clock(w, "2018-01-04T09:00:00+08:00");
    away("office", "2018-03-01", "2018-03-02", NULL);
    cr_expect_str_eq(absences("office"), "2018-03-01..2018-03-02 -");
}

Test(people_events, an_absence_says_until_when_and_why)
{
    world_reject(w, "office", "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"reason\":\"r\"}}",
                 "field_missing", "form");
    world_reject(w, "office",
                 "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"until\":\"2018-02-02\","
                 "\"reason\":\" \"}}",
                 "field_missing", "form");
    world_reject(w, "office", away_json("office", "2018-02-02", "2018-02-01", NULL),
                 "until_before_from", "form");
}

Test(people_events, a_substitute_is_another_of_the_same_role_and_scope)
{
    static const char *const bad[] = {"office", "government", "nobody", "worker-scoring"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        world_reject(w, "office", away_json("office", TODAY, TODAY, bad[i]), "bad_substitute",
                     "policy");
    }
    world_reject(w, "office", away_json("bureau-500112", TODAY, TODAY, "bureau-500109"),
                 "bad_substitute", "policy");
    principal("bureau-b", "district_bureau", "500112");
    away("bureau-500112", TODAY, TODAY, "bureau-b");
}

Test(people_events, everybody_reports_his_own_and_the_office_for_anyone)
{
    const char *json = away_json("government", "2018-02-01", "2018-02-02", NULL);
    world_reject(w, "bureau", json, "not_about_you", "authority");
    (void)world_accept(w, "government", json);
    (void)world_accept(w, "office", json);
    (void)world_accept(w, "ent-a",
                       "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"until\":\"2018-02-02\","
                       "\"reason\":\"r\"}}");
    cr_expect_str_eq(absences("ent-a"), "2018-02-01..2018-02-02 -");
    world_reject(w, "bureau", "{\"address_changed\":{\"person\":\"office\",\"language\":\"en\"}}",
                 "not_about_you", "authority");
    world_reject(w, "office", away_json("public", "2018-02-01", "2018-02-02", NULL), "not_a_person",
                 "policy");
}

Test(people_events, absences_are_bounded)
{
    int32_t first = day("2018-02-01");
    for (int32_t i = 0; i <= PERSON_LISTED_MAX; i++) {
        char on[DAY_TEXT_BYTES];
        day_format(first + i, on);
        const char *json = away_json("office", on, on, NULL);
        if (i < PERSON_LISTED_MAX) {
            (void)world_accept(w, "office", json);
        } else {
            world_reject(w, "office", json, "too_many_listed", "limit");
        }
    }
}

// ---- Addresses

static void address(const char *json)
{
    (void)world_accept(w, "office", JSON(w, "{\"address_changed\":{%s}}", json));
}

static void address_rejected(const char *json, const char *code)
{
    world_reject(w, "office", JSON(w, "{\"address_changed\":{%s}}", json), code, "form");
}

Test(people_events, what_an_address_leaves_out_stays_as_it_was)
{
    address("\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A
            "\"},{\"channel\":\"spool\"}],\"language\":\"en\"");
    address("\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_B
            "\"}],\"hours_from\":510,\"hours_until\":1080,\"digest\":true,\"silence\":false");
    const Award__Person *found = person("office");
    cr_assert_eq(found->n_addresses, 2);
    cr_expect_eq(found->addresses[0]->channel, AWARD__CHANNEL__NAME__spool);
    cr_expect_null(found->addresses[0]->digest);
    cr_expect_str_eq(found->addresses[1]->digest, DIGEST_B);
    cr_expect_eq(found->language, AWARD__LANGUAGE__NAME__en);
    cr_expect_eq(found->hours_from, 510);
    cr_expect_eq(found->hours_until, 1080);
    cr_expect(found->digest && found->has_silence && !found->silence);
    address("\"addresses\":[{\"channel\":\"mail\",\"address\":\"\"}]");
    cr_expect_eq(person("office")->n_addresses, 1);
    cr_expect_eq(person("office")->hours_from, 510);
}

Test(people_events, an_address_in_clear_or_without_a_channel_is_rejected)
{
    address_rejected("\"addresses\":[{\"channel\":\"mail\",\"address\":\"a@b.cn\"}]",
                     "bad_address");
    address_rejected("\"addresses\":[{\"channel\":\"mail\"}]", "bad_address");
    address_rejected("\"addresses\":[{\"channel\":\"mail\",\"digest\":\"ab\"}]", "bad_address");
    address_rejected("\"addresses\":[{\"channel\":\"mail\",\"address\":\"\",\"digest\":\"" DIGEST_A
                     "\"}]",
                     "bad_address");
    address_rejected("\"addresses\":[{\"channel\":\"spool\",\"digest\":\"" DIGEST_A "\"}]",
                     "bad_address");
    address_rejected("\"addresses\":[{\"digest\":\"" DIGEST_A "\"}]", "bad_address");
    address_rejected("\"addresses\":[{\"channel\":\"spool\"},{\"channel\":\"spool\"}]",
                     "channel_twice");
    address_rejected("", "field_missing");
}

Test(people_events, hours_begin_before_they_end)
{
    address_rejected("\"hours_from\":600,\"hours_until\":600", "bad_hours");
    address_rejected("\"hours_from\":600,\"hours_until\":1441", "bad_hours");
    address_rejected("\"hours_from\":600", "bad_hours");
    address_rejected("\"hours_until\":600", "bad_hours");
    address("\"hours_from\":0,\"hours_until\":1440");
}

Test(people_events, quiet_hours_may_span_midnight_and_leave_something_of_the_hours)
{
    address_rejected("\"quiet_from\":600", "bad_quiet");
    address_rejected("\"quiet_until\":600", "bad_quiet");
    address_rejected("\"quiet_from\":1440,\"quiet_until\":600", "bad_quiet");
    address_rejected("\"quiet_from\":600,\"quiet_until\":1441", "bad_quiet");
    address_rejected("\"quiet_from\":0,\"quiet_until\":1440", "all_hours_quiet");
    address("\"quiet_from\":1320,\"quiet_until\":420");
    cr_expect_eq(person("office")->quiet_from, 1320);
    cr_expect_eq(person("office")->quiet_until, 420);
    address_rejected("\"hours_from\":1320,\"hours_until\":1380", "all_hours_quiet");
    address("\"language\":\"zh\"");
    cr_expect_eq(person("office")->quiet_from, 1320, "what is left out stays");
    address("\"hours_from\":1320,\"hours_until\":1380,\"quiet_from\":0,\"quiet_until\":0");
    address_rejected("\"quiet_from\":1320,\"quiet_until\":1380", "all_hours_quiet");
    address("\"quiet_from\":1320,\"quiet_until\":1379");
    const Award__Decision *decision = world_send(w, "office",
                                                 "{\"address_changed\":{\"quiet_from\":1200,"
                                                 "\"quiet_until\":480}}");
    cr_expect_str_eq(decision->reasons[0]->en,
                     "The quiet hours 20:00-08:00 of office leave nothing of the hours 22:00-23:00 "
                     "in which what can wait comes; change one of them. Quiet hours that end where "
                     "they begin are none.");
}

Test(people_events, a_change_of_addresses_is_sent_anew_and_not_corrected)
{
    (void)world_accept(w, "office", "{\"id\":\"E1\",\"address_changed\":{\"language\":\"en\"}}");
    world_reject(w, "office",
                 "{\"correction\":{\"event\":{\"principal\":\"office\",\"id\":\"E1\"},"
                 "\"content\":{\"address_changed\":{\"addresses\":[{\"channel\":\"mail\","
                 "\"address\":\"a@b.cn\"}]}},\"reason\":\"r\"}}",
                 "not_correctable", "policy");
}

// ---- When

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
    address("\"hours_from\":510,\"hours_until\":1080");
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
    address("\"person\":\"office-b\",\"hours_from\":0,\"hours_until\":1440");
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
    address("\"person\":\"office-b\",\"hours_from\":540,\"hours_until\":1020");
    cr_expect_eq(person_hours(d, "office-b", night), moment("2018-01-08T09:00:00+08:00"));
    cr_expect_eq(person_not_quiet(d, "office-b", night), moment("2018-01-06T07:00:00+08:00"));
    address("\"person\":\"office-b\",\"quiet_from\":0,\"quiet_until\":0");
    cr_expect_eq(person_not_quiet(d, "office-b", night), night);
    address("\"person\":\"office-b\",\"quiet_from\":500,\"quiet_until\":600");
    cr_expect_eq(person_hours(d, "office-b", night), moment("2018-01-08T10:00:00+08:00"));
    policy.quiet_from = 0;
    policy.quiet_until = 1440; // no file says so; what it leaves is nothing
    cr_expect_eq(person_not_quiet(d, "office-c", night), night);
}

// ---- Whether it reaches him

static void tried(const char *person, const char *channel, const char *code)
{
    const char *json =
        JSON(w, "{\"message_tried\":{\"person\":\"%s\",\"channel\":\"%s\"}}", person, channel);
    if (code == NULL) {
        const Award__Decision *decision = world_accept(w, "admin", json);
        cr_assert_eq(decision->n_concerns, 1);
        cr_expect_str_eq(decision->concerns[0], person);
    } else {
        world_reject(w, "admin", json, code,
                     strcmp(code, "no_address") == 0          ? "form"
                     : strcmp(code, "no_such_principal") == 0 ? "order"
                                                              : "policy");
    }
}

Test(people_events, a_channel_is_tried_by_one_message_through_it_alone)
{
    address("\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A
            "\"},{\"channel\":\"wecom\",\"digest\":\"" DIGEST_A "\"}]");
    size_t before = world_count(w, AWARD__CHANGE__RECORD_MESSAGE);
    tried("office", "wecom", NULL);
    cr_expect_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), before + 1);
    tried("government", "spool", NULL);
    cr_expect_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), before + 2, "who has no address");
}

Test(people_events, a_channel_that_somebody_has_no_address_for_is_not_tried)
{
    address("\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A "\"}]");
    tried("office", "webhook", "no_address");
    tried("office", "spool", "no_address");
    tried("public", "spool", "not_a_person");
    tried("nobody", "spool", "no_such_principal");
}
