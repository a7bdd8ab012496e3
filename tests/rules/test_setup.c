// setup - people, keys, countersignatures, loaded texts and calendars, the clock, the pool
#include "tests/rules/world.h"

#include "common/limits.h"
#include "common/time.h"
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

// Between the two the sender may have become somebody who may not.
Test(setup, a_signature_is_of_no_use_where_the_sender_may_no_longer_send_it)
{
    (void)world_send(w, "admin", ENROL("bureau-x", "office"));
    world_put_json(w, AWARD__CHANGE__RECORD_PRINCIPAL, "{\"name\":\"admin\",\"role\":\"public\"}");
    expect_rejected("supervision", signature(), "not_authorised");
    cr_expect_null(world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "bureau-x"));
}

Test(setup, a_key_is_of_forty_characters_of_its_alphabet_and_a_scope_no_longer_than_a_name)
{
    static const char *const keys[] = {
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf",   // 39
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf77", // 41
        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf,",  // a comma
    };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        (void)world_send(
            w, "admin",
            arena_format(world_arena(w),
                         "{\"key_enrolled\":{\"name\":\"office\",\"public_key\":\"%s\"}}",
                         keys[i]));
        expect_rejected("supervision", signature(), "bad_key");
        (void)world_accept(w, "supervision", declined());
    }
    (void)world_send(w, "admin", ENROL("e", "enterprise"));
    expect_rejected("supervision", signature(), "bad_scope");
    (void)world_accept(w, "supervision", declined());
    char scope[70];
    memset(scope, 'x', 65);
    scope[65] = '\0';
    (void)world_send(
        w, "admin",
        arena_format(
            world_arena(w),
            "{\"principal_enrolled\":{\"name\":\"e\",\"role\":\"enterprise\",\"scope\":\"%s\"}}",
            scope));
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

Test(setup, a_changed_person_has_the_role_the_name_and_the_scope_that_are_named)
{
    (void)world_send(w, "admin",
                     "{\"principal_changed\":{\"name\":\"bureau\",\"role\":\"district_bureau\","
                     "\"scope\":\"500109\",\"full_name\":\"北碚\"}}");
    (void)world_accept(w, "supervision", signature());
    const Award__Principal *principal =
        (const Award__Principal *)world_record(w, AWARD__CHANGE__RECORD_PRINCIPAL, "bureau");
    cr_expect_eq(principal->role, AWARD__ROLE__NAME__district_bureau);
    cr_expect_str_eq(principal->scope, "500109");
    cr_expect_str_eq(principal->full_name, "北碚");
    (void)world_send(w, "admin", "{\"principal_changed\":{\"name\":\"nobody\",\"scope\":\"1\"}}");
    expect_rejected("supervision", signature(), "no_such_principal");
}

// Only what widens role or scope waits for the second person.
Test(setup, a_change_of_the_name_alone_waits_for_nobody)
{
    static const struct {
        const char *change;
        Award__Outcome__Name outcome;
    } rows[] = {
        {"\"full_name\":\"北碚\"",                  AWARD__OUTCOME__NAME__accepted},
        {"\"role\":\"district_bureau\"",              AWARD__OUTCOME__NAME__accepted},
        {"\"scope\":\"500112\"",                      AWARD__OUTCOME__NAME__accepted},
        {"\"scope\":\"500109\"",                      AWARD__OUTCOME__NAME__pending },
        {"\"role\":\"bureau\",\"full_name\":\"局\"", AWARD__OUTCOME__NAME__pending },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_create();
        const Award__Decision *decision =
            world_send(world, "admin",
                       arena_format(world_arena(world),
                                    "{\"principal_changed\":{\"name\":\"bureau-500112\",%s}}",
                                    rows[i].change));
        cr_expect_eq(decision->outcome, rows[i].outcome, "%s", rows[i].change);
        world_destroy(world);
    }
}

Test(setup, a_scope_is_that_of_a_district_or_of_an_enterprise)
{
    static const struct {
        const char *name;
        const char *scope;
        bool fits;
    } rows[] = {
        {"bureau-500112", "500109",                                                            true },
        {"bureau-500112", "50010",                                                             false},
        {"bureau-500112", "5001099",                                                           false},
        {"bureau-500112", "50010x",                                                            false},
        {"ent-a",         "x234567890123456789012345678901234567890123456789012345678901234",  true },
        {"ent-a",         "x2345678901234567890123456789012345678901234567890123456789012345", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_create();
        (void)world_send(world, "admin",
                         arena_format(world_arena(world),
                                      "{\"id\":\"c\",\"principal_changed\":{\"name\":\"%s\","
                                      "\"scope\":\"%s\"}}",
                                      rows[i].name, rows[i].scope));
        const Award__Decision *decision =
            world_send(world, "supervision",
                       "{\"countersigned\":{\"event\":{\"principal\":\"admin\",\"id\":\"c\"}}}");
        cr_expect_str_eq(world_code(decision), rows[i].fits ? "" : "bad_scope", "%s",
                         rows[i].scope);
        world_destroy(world);
    }
}

// What waits although nobody may sign it: of another version of the table, or of one who has left.
Test(setup, a_signature_needs_an_event_that_asks_for_it_and_a_sender_who_is_enrolled)
{
    static const struct {
        const char *event;
        const char *code;
    } rows[] = {
        {"\"principal\":\"admin\",\"clock_set\":{\"moment\":\"2018-03-01T00:00:00+08:00\"}",
         "not_authorised"   },
        {"\"principal\":\"gone\",\"principal_enrolled\":{\"name\":\"x\",\"role\":\"office\"}",
         "no_such_principal"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *by = i == 0 ? "admin" : "gone";
        world_put_json(w, AWARD__CHANGE__RECORD_PENDING,
                       arena_format(world_arena(w),
                                    "{\"waits_for\":\"countersignature\",\"subject\":\"%s/e\","
                                    "\"event\":{\"id\":\"e\",%s}}",
                                    by, rows[i].event));
        expect_rejected("supervision",
                        arena_format(world_arena(w),
                                     "{\"countersigned\":{\"event\":{\"principal\":\"%s\","
                                     "\"id\":\"e\"}}}",
                                     by),
                        rows[i].code);
    }
    expect_rejected("supervision",
                    "{\"countersign_declined\":{\"event\":{\"principal\":\"admin\",\"id\":\"e\"},"
                    "\"reason\":\"r\"}}",
                    "not_authorised");
    expect_rejected("supervision",
                    "{\"countersign_declined\":{\"event\":{\"principal\":\"admin\",\"id\":\"f\"},"
                    "\"reason\":\"r\"}}",
                    "not_pending");
}

Test(setup, an_event_that_waits_is_named_by_its_sender_and_its_id)
{
    static const char *const names[] = {"{\"id\":\"e\"}", "{\"principal\":\"admin\"}",
                                        "{\"principal\":\" \",\"id\":\"e\"}",
                                        "{\"principal\":\"admin\",\"id\":\" \"}"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        expect_rejected(
            "supervision",
            arena_format(world_arena(w), "{\"countersigned\":{\"event\":%s}}", names[i]),
            "not_pending");
        expect_rejected("office",
                        arena_format(world_arena(w),
                                     "{\"correction\":{\"event\":%s,\"reason\":\"r\",\"content\":"
                                     "{\"cycle_closed\":{\"cycle\":\"x\"}}}}",
                                     names[i]),
                        "not_your_event");
    }
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
    (void)world_accept(
        w, "office",
        CALENDAR("2027", OFF("2026-12-25") "," OFF("2027-01-01") "," OFF("2027-12-31")));
}

// decision 3
Test(setup, a_calendar_has_its_first_of_january_off)
{
    expect_rejected("office", CALENDAR("2027", OFF("2027-01-02")), "no_new_year");
    expect_rejected("office", CALENDAR("2027", OFF("2026-12-31") "," OFF("2027-12-31")),
                    "no_new_year");
    expect_rejected("office", CALENDAR("2027", "{\"on\":\"2027-01-01\",\"working\":true}"),
                    "no_new_year");
    (void)world_accept(w, "office", CALENDAR("2027", "{\"on\":\"2027-01-01\"}"));
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
#define NEW_YEAR_2028 OFF("2028-01-01")
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2027-01-01") "," OFF("2027-12-31")));
    expect_rejected("office", CALENDAR("2028", OFF("2027-12-31") "," NEW_YEAR_2028),
                    "day_out_of_order");
    (void)world_accept(w, "office", CALENDAR("2029", OFF("2028-12-30") "," OFF("2029-01-01")));
    expect_rejected("office", CALENDAR("2028", NEW_YEAR_2028 "," OFF("2028-12-30")),
                    "day_out_of_order");
    (void)world_accept(w, "office", CALENDAR("2028", NEW_YEAR_2028 "," OFF("2028-12-29")));
}

// decision 3
Test(setup, a_december_has_the_days_off_of_both_calendars_that_list_some_of_it)
{
    static const char *const days[] = {"2027-12-29", "2027-12-30", "2027-12-31"}; // a Wednesday...
    (void)world_accept(w, "office", CALENDAR("2027", OFF("2027-01-01") "," OFF("2027-12-31")));
    (void)world_accept(w, "office", CALENDAR("2028", OFF("2027-12-30") "," NEW_YEAR_2028));
    for (size_t i = 0; i < 3; i++) {
        int32_t day;
        cr_assert(day_parse(days[i], strlen(days[i]), &day));
        cr_expect_eq(calendar_working(world_calendar(w), day), i == 0, "%s", days[i]);
    }
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

Test(setup, a_text_that_settings_refuse_is_rejected_in_both_languages)
{
    static const char json[] =
        "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"" TEXT_DIGEST "\"}}";
    static const char *const texts[][4] = {
        {"第 3 行", "line 3", "第 3 行", "line 3"   },
        {"第 3 行", NULL,     "第 3 行", "第 3 行"},
        {NULL,        "line 3", "line 3",    "line 3"   },
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        world_text_error(w, texts[i][0], texts[i][1]);
        const Award__Decision *decision = world_reject(w, "office", json, "bad_rulebook", "form");
        cr_expect_str_eq(decision->reasons[0]->zh, texts[i][2]);
        cr_expect_str_eq(decision->reasons[0]->en, texts[i][3]);
    }
    world_text_error(w, NULL, NULL);
    (void)world_accept(w, "office", json);
}

Test(setup, a_digest_has_sixty_four_lower_case_hexadecimal_digits)
{
    static const char *const digests[] = {
        TEXT_DIGEST "0", "F75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f",
        "f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1",
        "g75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f"};
    for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
        expect_rejected("office",
                        arena_format(world_arena(w),
                                     "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"%s\"}}",
                                     digests[i]),
                        "bad_digest");
    }
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

// 23
Test(setup, a_cycle_may_name_its_rulebook)
{
    static const char opened[] =
        "{\"cycle_opened\":{\"cycle\":\"%s\",\"rulebook\":\"%s\",\"notice\":[{\"medium\":\"网站\"}]"
        ","
        "\"closing\":\"2018-12-31T18:00:00+08:00\",\"units\":[\"甲\"],\"chair\":\"副市长\"}}";
    const char *digest = world_rules(w)->digest;
    (void)world_accept(w, "office", arena_format(world_arena(w), opened, "2018", digest));
    const Award__Cycle *cycle =
        (const Award__Cycle *)world_record(w, AWARD__CHANGE__RECORD_CYCLE, "2018");
    cr_expect_str_eq(cycle->rulebook, digest);
    expect_rejected("office", arena_format(world_arena(w), opened, "2019", "none"),
                    "no_such_rulebook");
}
