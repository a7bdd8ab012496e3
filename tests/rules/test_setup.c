// setup - people, keys, countersignatures, loaded texts and calendars, the clock, the pool
#include "tests/rules/world.h"

#include "common/limits.h"
#include "rules/decide.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define ENROL(name, role) "{\"principal_enrolled\":{\"name\":\"" name "\",\"role\":\"" role "\"}}"
#define ENROL_KEY(name) "{\"key_enrolled\":{\"name\":\"" name "\",\"public_key\":\"" KEY "\"}}"

static struct world *w;

static void setup(void)
{
    w = world_create();
}

static void teardown(void)
{
    world_destroy(w);
}

static void expect_rejected(const char *principal, const char *json, const char *code)
{
    const Award__Decision *decision = world_send(w, principal, json);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "outcome %d",
                 (int)decision->outcome);
    cr_assert_str_eq(world_code(decision), code);
}

// The admin's event that waits, as "event":{...} of a signature.
static const char *waiting(void)
{
    for (unsigned i = 1; i < 100; i++) {
        const char *subject = arena_format(world_arena(w), "admin/test-%u", i);
        if (world_record(w, AWARD__CHANGE__RECORD_PENDING, "countersignature", subject) != NULL) {
            return arena_format(world_arena(w),
                                "\"event\":{\"principal\":\"admin\",\"id\":\"test-%u\"}", i);
        }
    }
    cr_assert_fail("nothing waits");
    return NULL;
}

static const char *signature(void)
{
    return arena_format(world_arena(w), "{\"countersigned\":{%s}}", waiting());
}

static const char *declined(void)
{
    return arena_format(world_arena(w), "{\"countersign_declined\":{%s,\"reason\":\"不同意\"}}",
                        waiting());
}

TestSuite(setup, .init = setup, .fini = teardown);

// ---- People and keys

Test(setup, enrolment_waits_until_another_person_has_signed)
{
    const Award__Decision *decision = world_send(w, "admin", ENROL("reviewer-22", "reviewer"));
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__pending);
    cr_assert_null(world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "reviewer-22"));
    decision = world_accept(w, "supervision", signature());
    cr_assert_str_eq(decision->settles->principal, "admin");
    cr_assert_not_null(world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "reviewer-22"));
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PENDING), 0);
}

Test(setup, a_declined_enrolment_ends_without_effect)
{
    (void)world_send(w, "admin", ENROL("reviewer-22", "reviewer"));
    const Award__Decision *decision = world_accept(w, "supervision", declined());
    cr_assert_not_null(decision->settles);
    cr_assert_null(world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "reviewer-22"));
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PENDING), 0);
}

Test(setup, what_is_signed_a_second_time_waits_no_longer)
{
    (void)world_send(w, "admin", ENROL("reviewer-22", "reviewer"));
    const char *json = signature();
    (void)world_accept(w, "supervision", json);
    expect_rejected("supervision", json, "not_pending");
}

Test(setup, nobody_signs_his_own_event)
{
    Award__Pending pending = AWARD__PENDING__INIT;
    Award__Event event = AWARD__EVENT__INIT;
    Award__PrincipalEnrolled body = AWARD__PRINCIPAL_ENROLLED__INIT;
    event.principal = arena_string(world_arena(w), "supervision");
    event.id = arena_string(world_arena(w), "own");
    event.body_case = AWARD__EVENT__BODY_PRINCIPAL_ENROLLED;
    event.principal_enrolled = &body;
    pending.event = &event;
    pending.waits_for = arena_string(world_arena(w), "countersignature");
    pending.subject = arena_string(world_arena(w), "supervision/own");
    world_put(w, AWARD__CHANGE__RECORD_PENDING, &pending.base);
    expect_rejected(
        "supervision",
        "{\"countersigned\":{\"event\":{\"principal\":\"supervision\",\"id\":\"own\"}}}",
        "same_person");
}

Test(setup, the_administrator_does_not_countersign)
{
    (void)world_send(w, "admin", ENROL("reviewer-22", "reviewer"));
    expect_rejected("admin", signature(), "not_authorised");
}

Test(setup, what_is_wrong_when_it_is_signed_is_rejected_and_waits_on)
{
    (void)world_send(w, "admin", ENROL("office", "reviewer"));
    expect_rejected("supervision", signature(), "already_enrolled");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PENDING), 1);
}

Test(setup, nobody_becomes_the_coordinator)
{
    (void)world_send(w, "admin", ENROL("mayor", "coordinator"));
    expect_rejected("supervision", signature(), "bad_role");
}

Test(setup, a_bureau_needs_its_district_and_an_enterprises_person_its_code)
{
    (void)world_send(w, "admin", ENROL("bureau-x", "district_bureau"));
    expect_rejected("supervision", signature(), "bad_scope");
}

Test(setup, a_signature_of_an_overlong_name_is_rejected)
{
    char name[400];
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    expect_rejected("supervision",
                    arena_format(world_arena(w),
                                 "{\"countersigned\":{\"event\":{\"principal\":\"%s\","
                                 "\"id\":\"%s\"}}}",
                                 name, name),
                    "not_pending");
}

Test(setup, a_changed_person_keeps_what_is_not_named)
{
    (void)world_send(w, "admin",
                     "{\"principal_changed\":{\"name\":\"bureau-500112\",\"scope\":\"500109\"}}");
    (void)world_accept(w, "supervision", signature());
    const Award__Principal *principal =
        (const Award__Principal *)world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "bureau-500112");
    cr_assert_str_eq(principal->scope, "500109");
    cr_assert_eq(principal->role, AWARD__ROLE__NAME__district_bureau);
}

Test(setup, a_key_belongs_to_a_person_and_is_revoked_at_once)
{
    (void)world_send(w, "admin", ENROL_KEY("office"));
    (void)world_accept(w, "supervision", signature());
    (void)world_accept(w, "admin",
                       "{\"key_revoked\":{\"public_key\":\"" KEY "\",\"reason\":\"遗失\"}}");
    const Award__Key *key = (const Award__Key *)world_record(w, AWARD__CHANGE__RECORD_KEY, KEY);
    cr_assert_str_eq(key->principal, "office");
    cr_assert(key->revoked);
    expect_rejected("admin", "{\"key_revoked\":{\"public_key\":\"" KEY "\",\"reason\":\"遗失\"}}",
                    "no_such_key");
}

Test(setup, a_key_is_enrolled_once_and_for_somebody)
{
    (void)world_send(w, "admin", ENROL_KEY("office"));
    (void)world_accept(w, "supervision", signature());
    (void)world_send(w, "admin", ENROL_KEY("bureau"));
    expect_rejected("supervision", signature(), "key_taken");
}

Test(setup, a_key_of_nobody_is_rejected)
{
    (void)world_send(w, "admin", ENROL_KEY("nobody"));
    expect_rejected("supervision", signature(), "no_such_principal");
}

Test(setup, a_key_that_is_none_is_rejected)
{
    expect_rejected("admin", "{\"key_revoked\":{\"public_key\":\"short\",\"reason\":\"遗失\"}}",
                    "bad_key");
}

// ---- Calendars and texts

#define CALENDAR(year, list)                                                                       \
    "{\"calendar_loaded\":{\"year\":" year ",\"source\":\"国办\",\"exceptions\":[" list "]}}"
#define OFF(day) "{\"on\":\"" day "\",\"working\":false}"

// decision 3
Test(setup, a_calendar_may_be_loaded_again_and_asks_for_new_deadlines)
{
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2026-12-31") "," OFF("2027-01-01")));
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2027-01-01") "," OFF("2027-02-08")));
    const Award__CalendarYear *year =
        (const Award__CalendarYear *)world_record(w, AWARD__CHANGE__RECORD_CALENDAR_YEAR, 2027);
    cr_assert_eq(year->loaded->n_exceptions, 2);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_DUE), 1);
    world_clock(w, "2018-01-02T09:00:01+08:00");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_DUE), 0);
}

Test(setup, a_calendar_holds_its_year_and_the_last_days_before)
{
    expect_rejected("office", CALENDAR("2027", OFF("2026-12-24")), "day_out_of_year");
    expect_rejected("office", CALENDAR("2027", OFF("2028-01-01")), "day_out_of_year");
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2026-12-25") "," OFF("2027-12-31")));
}

Test(setup, a_calendar_is_in_order_and_has_no_day_twice)
{
    expect_rejected("office", CALENDAR("2027", OFF("2027-01-02") "," OFF("2027-01-01")),
                    "day_out_of_order");
    expect_rejected("office", CALENDAR("2027", OFF("2027-01-01") "," OFF("2027-01-01")),
                    "day_out_of_order");
}

Test(setup, a_day_of_december_stands_in_one_of_two_calendars)
{
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2027-12-31")));
    expect_rejected("office", CALENDAR("2028", OFF("2027-12-31")), "day_out_of_order");
}

#define TEXT_DIGEST "f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f"

// decision 28
Test(setup, no_more_rulebooks_are_loaded_than_the_limit)
{
    char json[256];
    for (int i = 1; world_count(w, AWARD__CHANGE__RECORD_RULEBOOK) < LIMIT_RULEBOOKS; i++) {
        (void)snprintf(json, sizeof(json),
                       "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"%064d\"}}", i);
        (void)world_accept(w, "office", json);
    }
    (void)world_accept(w, "office", json); // one of them again
    (void)snprintf(json, sizeof(json),
                   "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"%064d\"}}", 0);
    expect_rejected("office", json, "too_many_rulebooks");
}

// 6(1)
Test(setup, a_rulebook_is_kept_by_its_digest)
{
    (void)world_accept(w, "office",
                       "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"" TEXT_DIGEST "\"}}");
    cr_assert_not_null(world_record(w, AWARD__CHANGE__RECORD_RULEBOOK, TEXT_DIGEST));
    expect_rejected("office", "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"y\"}}",
                    "bad_digest");
}

Test(setup, an_alert_policy_replaces_the_one_before)
{
    (void)world_accept(w, "office",
                       "{\"alert_policy_loaded\":{\"text\":\"x\",\"digest\":\"" TEXT_DIGEST "\"}}");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_ALERT_POLICY), 1);
}

// ---- The clock, the database

Test(setup, the_manual_clock_goes_forward_only)
{
    (void)world_accept(w, "admin", "{\"clock_set\":{\"moment\":\"2018-03-01T00:00:00+08:00\"}}");
    const Award__Clock *clock = (const Award__Clock *)world_record(w, AWARD__CHANGE__RECORD_CLOCK);
    cr_assert_eq(clock->now->ms, INT64_C(1519833600000));
    expect_rejected("admin", "{\"clock_set\":{\"moment\":\"2018-01-02T08:59:59+08:00\"}}",
                    "clock_backwards");
}

Test(setup, a_real_database_has_no_manual_clock)
{
    Award__City *city = (Award__City *)world_record(w, AWARD__CHANGE__RECORD_CITY);
    city->rehearsal = 0;
    world_put(w, AWARD__CHANGE__RECORD_CITY, &city->base);
    expect_rejected("admin", "{\"clock_set\":{\"moment\":\"2018-03-01T00:00:00+08:00\"}}",
                    "no_manual_clock");
}

Test(setup, a_database_is_created_with_all_that_its_genesis_names)
{
    const Award__City *city = (const Award__City *)world_record(w, AWARD__CHANGE__RECORD_CITY);
    cr_assert(city->rehearsal);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_RULEBOOK), 1);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_CALENDAR_YEAR), 20);
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_PRINCIPAL), 25);
    cr_assert_not_null(world_record(w, AWARD__CHANGE__RECORD_CLOCK));
}

// ---- The pool

#define ADD(person)                                                                                \
    "{\"reviewer_added\":{\"person\":\"" person "\",\"industries\":[\"C36\"],"                     \
    "\"employer\":\"大学\"}}"

Test(setup, the_pool_takes_reviewers_and_lets_them_go)
{
    (void)world_accept(w, "office", ADD("reviewer-01"));
    expect_rejected("office", ADD("reviewer-01"), "already_in_pool");
    const char *remove = "{\"reviewer_removed\":{\"person\":\"reviewer-01\",\"reason\":\"退休\"}}";
    (void)world_accept(w, "office", remove);
    expect_rejected("office", remove, "not_in_pool");
    (void)world_accept(w, "office", ADD("reviewer-01"));
}

Test(setup, the_pool_takes_nobody_who_is_no_reviewer)
{
    expect_rejected("office", ADD("bureau"), "not_a_reviewer");
    expect_rejected("office", ADD("nobody"), "not_a_reviewer");
}
