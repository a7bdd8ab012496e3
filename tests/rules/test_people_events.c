// test_people_events - duties, leave and addresses as they are reported; a channel that is tried
#include "rules/people.h"
#include "tests/rules/people_world.h"
#include "tests/rules/review_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define DIGEST(letter)                                                                             \
    letter letter letter letter letter letter letter letter letter letter letter letter letter     \
        letter letter letter
#define DIGEST_A DIGEST("a1b2")
#define DIGEST_B DIGEST("0f0f")

static struct world *w;

static void setup(void)
{
    w = people_world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(people_events, .init = setup, .fini = teardown);

// ---- Duties

static const char *duties(const char *name)
{
    const Award__Person *found = people_person(w, name);
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
    people_duty(w, "office", "clerk", "2018-01-03", NULL);
    people_duty(w, "office", "section_head", "2018-02-01", "2018-02-28");
    cr_expect_str_eq(duties("office"),
                     "clerk 2018-01-03..2018-01-31, section_head 2018-02-01..2018-02-28");
    people_duty(w, "office", "director", "2018-02-10", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-03..2018-01-31, section_head "
                                       "2018-02-01..2018-02-09, director 2018-02-10..");
    people_duty(w, "office", "clerk", "2018-01-31", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-03..2018-01-30, clerk 2018-01-31..");
}

Test(people_events, a_duty_without_a_post_ends_it)
{
    people_duty(w, "office", "clerk", TODAY, NULL);
    people_duty(w, "office", NULL, "2018-01-10", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2018-01-02..2018-01-09");
}

Test(people_events, a_duty_may_begin_in_the_past_and_what_is_over_is_dropped)
{
    people_duty(w, "office", "clerk", "2017-06-01", NULL);
    cr_expect_str_eq(duties("office"), "clerk 2017-06-01..");
    people_duty(w, "office", "director", "2017-12-01", NULL);
    cr_expect_str_eq(duties("office"), "director 2017-12-01..");
}

Test(people_events, a_duty_of_nobody_or_of_a_program_is_rejected)
{
    world_reject(w, "office", people_duty_json(w, "nobody", "clerk", TODAY, NULL),
                 "no_such_principal", "order");
    world_reject(w, "office", people_duty_json(w, "worker-scoring", "clerk", TODAY, NULL),
                 "not_a_person", "policy");
    world_reject(w, "office", people_duty_json(w, "public", "clerk", TODAY, NULL), "not_a_person",
                 "policy");
    world_reject(w, "office", people_duty_json(w, "office", "clerk", TODAY, "2018-01-01"),
                 "until_before_from", "form");
    world_reject(w, "office", "{\"duty_changed\":{\"person\":\"office\"}}", "field_missing",
                 "form");
    people_duty(w, "office", "clerk", TODAY, TODAY);
}

Test(people_events, duties_are_bounded)
{
    int32_t first = people_day("2018-02-01");
    for (int32_t i = 0; i <= PERSON_LISTED_MAX; i++) {
        char on[DAY_TEXT_BYTES];
        day_format(first + 2 * i, on);
        const char *json = people_duty_json(w, "office", "clerk", on, on);
        if (i < PERSON_LISTED_MAX) {
            (void)world_accept(w, "office", json);
        } else {
            world_reject(w, "office", json, "too_many_listed", "limit");
        }
    }
    world_clock(w, "2018-02-02T00:00:00+08:00");
    people_duty(w, "office", "clerk", "2019-01-01", NULL);
}

// ---- Leave

static const char *absences(const char *name)
{
    const Award__Person *found = people_person(w, name);
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
    people_away(w, "office", "2018-02-01", "2018-02-10", NULL);
    people_away(w, "office", "2018-01-10", "2018-01-12", "office-b");
    cr_expect_str_eq(absences("office"),
                     "2018-01-10..2018-01-12 office-b, 2018-02-01..2018-02-10 -");
    people_away(w, "office", "2018-02-01", "2018-02-03", "office-c");
    cr_expect_str_eq(absences("office"),
                     "2018-01-10..2018-01-12 office-b, 2018-02-01..2018-02-03 office-c");
    cr_expect_str_eq(people_person(w, "office")->absences[0]->reason, "年假");
}

Test(people_events, an_absence_that_is_cancelled_is_gone)
{
    people_away(w, "office", "2018-02-01", "2018-02-10", NULL);
    (void)world_accept(w, "office",
                       "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"cancelled\":true}}");
    cr_expect_str_eq(absences("office"), "");
    world_reject(w, "office", "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"cancelled\":true}}",
                 "no_such_absence", "order");
}

Test(people_events, an_absence_that_is_over_is_dropped_and_none_is_taken)
{
    people_away(w, "office", "2017-12-20", "2018-01-03", NULL);
    world_reject(w, "office", people_away_json(w, "office", "2017-12-20", "2018-01-01", NULL),
                 "absence_over", "order");
    world_clock(w, "2018-01-03T09:00:00+08:00"); // its last day
    people_away(w, "office", "2018-03-01", "2018-03-02", NULL);
    cr_expect_str_eq(absences("office"), "2017-12-20..2018-01-03 -, 2018-03-01..2018-03-02 -");
    world_clock(w, "2018-01-04T09:00:00+08:00");
    people_away(w, "office", "2018-03-01", "2018-03-02", NULL);
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
    world_reject(w, "office", people_away_json(w, "office", "2018-02-02", "2018-02-01", NULL),
                 "until_before_from", "form");
}

Test(people_events, a_substitute_is_another_of_the_same_role_and_scope)
{
    static const char *const bad[] = {"office", "government", "nobody", "worker-scoring"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        world_reject(w, "office", people_away_json(w, "office", TODAY, TODAY, bad[i]),
                     "bad_substitute", "policy");
    }
    world_reject(w, "office", people_away_json(w, "bureau-500112", TODAY, TODAY, "bureau-500109"),
                 "bad_substitute", "policy");
    people_principal(w, "bureau-b", "district_bureau", "500112");
    people_away(w, "bureau-500112", TODAY, TODAY, "bureau-b");
}

Test(people_events, everybody_reports_his_own_and_the_office_for_anyone)
{
    const char *json = people_away_json(w, "government", "2018-02-01", "2018-02-02", NULL);
    world_reject(w, "bureau", json, "not_about_you", "authority");
    (void)world_accept(w, "government", json);
    (void)world_accept(w, "office", json);
    (void)world_accept(w, "ent-a",
                       "{\"absence_recorded\":{\"from\":\"2018-02-01\",\"until\":\"2018-02-02\","
                       "\"reason\":\"r\"}}");
    cr_expect_str_eq(absences("ent-a"), "2018-02-01..2018-02-02 -");
    world_reject(w, "bureau", "{\"address_changed\":{\"person\":\"office\",\"language\":\"en\"}}",
                 "not_about_you", "authority");
    world_reject(w, "office", people_away_json(w, "public", "2018-02-01", "2018-02-02", NULL),
                 "not_a_person", "policy");
}

Test(people_events, absences_are_bounded)
{
    int32_t first = people_day("2018-02-01");
    for (int32_t i = 0; i <= PERSON_LISTED_MAX; i++) {
        char on[DAY_TEXT_BYTES];
        day_format(first + i, on);
        const char *json = people_away_json(w, "office", on, on, NULL);
        if (i < PERSON_LISTED_MAX) {
            (void)world_accept(w, "office", json);
        } else {
            world_reject(w, "office", json, "too_many_listed", "limit");
        }
    }
}

// ---- Addresses

static void address_rejected(const char *json, const char *code)
{
    world_reject(w, "office", JSON(w, "{\"address_changed\":{%s}}", json), code, "form");
}

Test(people_events, what_an_address_leaves_out_stays_as_it_was)
{
    people_address(w, "\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A
                      "\"},{\"channel\":\"spool\"}],\"language\":\"en\"");
    people_address(
        w, "\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_B
           "\"}],\"hours_from\":510,\"hours_until\":1080,\"digest\":true,\"silence\":false");
    const Award__Person *found = people_person(w, "office");
    cr_assert_eq(found->n_addresses, 2);
    cr_expect_eq(found->addresses[0]->channel, AWARD__CHANNEL__NAME__spool);
    cr_expect_null(found->addresses[0]->digest);
    cr_expect_str_eq(found->addresses[1]->digest, DIGEST_B);
    cr_expect_eq(found->language, AWARD__LANGUAGE__NAME__en);
    cr_expect_eq(found->hours_from, 510);
    cr_expect_eq(found->hours_until, 1080);
    cr_expect(found->digest && found->has_silence && !found->silence);
    people_address(w, "\"addresses\":[{\"channel\":\"mail\",\"address\":\"\"}]");
    cr_expect_eq(people_person(w, "office")->n_addresses, 1);
    cr_expect_eq(people_person(w, "office")->hours_from, 510);
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
    people_address(w, "\"hours_from\":0,\"hours_until\":1440");
}

Test(people_events, quiet_hours_may_span_midnight_and_leave_something_of_the_hours)
{
    address_rejected("\"quiet_from\":600", "bad_quiet");
    address_rejected("\"quiet_until\":600", "bad_quiet");
    address_rejected("\"quiet_from\":1440,\"quiet_until\":600", "bad_quiet");
    address_rejected("\"quiet_from\":600,\"quiet_until\":1441", "bad_quiet");
    address_rejected("\"quiet_from\":0,\"quiet_until\":1440", "all_hours_quiet");
    people_address(w, "\"quiet_from\":1320,\"quiet_until\":420");
    cr_expect_eq(people_person(w, "office")->quiet_from, 1320);
    cr_expect_eq(people_person(w, "office")->quiet_until, 420);
    address_rejected("\"hours_from\":1320,\"hours_until\":1380", "all_hours_quiet");
    people_address(w, "\"language\":\"zh\"");
    cr_expect_eq(people_person(w, "office")->quiet_from, 1320, "what is left out stays");
    people_address(w,
                   "\"hours_from\":1320,\"hours_until\":1380,\"quiet_from\":0,\"quiet_until\":0");
    address_rejected("\"quiet_from\":1320,\"quiet_until\":1380", "all_hours_quiet");
    people_address(w, "\"quiet_from\":1320,\"quiet_until\":1379");
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

// So that it is found among what concerns him.
Test(people_events, what_is_reported_of_somebody_concerns_him_whoever_reports_it)
{
    const char *const reports[] = {
        people_duty_json(w, "office-b", "clerk", TODAY, NULL),
        people_away_json(w, "office-b", TODAY, TODAY, NULL),
        "{\"address_changed\":{\"person\":\"office-b\",\"language\":\"en\"}}",
    };
    for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
        const Award__Decision *decision = world_accept(w, "office", reports[i]);
        cr_assert_eq(decision->n_concerns, 1, "%s", reports[i]);
        cr_expect_str_eq(decision->concerns[0], "office-b", "%s", reports[i]);
    }
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
    people_address(w, "\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A
                      "\"},{\"channel\":\"wecom\",\"digest\":\"" DIGEST_A "\"}]");
    size_t before = world_count(w, AWARD__CHANGE__RECORD_MESSAGE);
    tried("office", "wecom", NULL);
    cr_expect_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), before + 1);
    tried("government", "spool", NULL);
    cr_expect_eq(world_count(w, AWARD__CHANGE__RECORD_MESSAGE), before + 2, "who has no address");
}

Test(people_events, a_channel_that_somebody_has_no_address_for_is_not_tried)
{
    people_address(w, "\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST_A "\"}]");
    tried("office", "webhook", "no_address");
    tried("office", "spool", "no_address");
    tried("public", "spool", "not_a_person");
    tried("nobody", "spool", "no_such_principal");
}
