// Corrections of what is on record: both stay, and nothing is decided anew.
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

// The bureau's accident of the laureate on 2019-02-27; returns the id of its event.
static const char *incident(struct world *world)
{
    const Award__Decision *decision =
        after_accept(world, "bureau",
                     "{\"id\":\"I\",\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                     "\"kind\":\"safety_accident\",\"on\":\"2019-02-27\"}}",
                     AFTER_CASE);
    cr_assert_geq(decision->n_changes, 1);
    return "I";
}

static const char *content(const char *on)
{
    static char text[512];
    (void)snprintf(text, sizeof(text),
                   "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"%s\","
                   "\"kind\":\"safety_accident\",\"on\":\"%s\"}}",
                   AFTER_CASE, on);
    return text;
}

// Under an id of its own.
static const Award__Decision *correct(struct world *world, const char *own, const char *sender,
                                      const char *principal, const char *id, const char *what)
{
    return after_send(world, sender,
                      "{\"id\":\"%s\",\"correction\":{\"event\":{\"principal\":\"%s\","
                      "\"id\":\"%s\"},\"content\":%s,\"reason\":\"日期抄错\"}}",
                      own, principal, id, what);
}

static const Award__Decision *sign(struct world *world, const char *principal, const char *id)
{
    return after_send(world, "supervision",
                      "{\"countersigned\":{\"event\":{\"principal\":\"%s\",\"id\":\"%s\"}}}",
                      principal, id);
}

static const Award__Corrected *corrected(struct world *world)
{
    return (const Award__Corrected *)world_record_at(world, AWARD__CHANGE__RECORD_CORRECTION, 0);
}

Test(correction, waits_for_the_supervision_committee_and_then_stands_beside_the_original)
{
    struct world *world = after_world_create();
    const char *id = incident(world);
    const Award__Decision *decision =
        correct(world, "C", "bureau", "bureau", id, content("2019-02-26"));
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__pending, "%s", world_code(decision));
    cr_expect_null(corrected(world));
    decision = sign(world, "bureau", "C");
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    const Award__Corrected *found = corrected(world);
    cr_assert_not_null(found);
    cr_expect_str_eq(found->original, "bureau/I");
    cr_expect_str_eq(found->correction, "bureau/C");
    cr_expect_str_eq(found->reason, "日期抄错");
    cr_expect_str_eq(found->case_, AFTER_CASE);
    cr_expect_str_eq(decision->case_, AFTER_CASE);
    world_transcript(
        world,
        "correction/waits_for_the_supervision_committee_and_then_stands_beside_the_original");
    world_destroy(world);
}

// decision 28
Test(correction, decides_nothing_anew)
{
    struct world *world = after_world_create();
    const char *id = incident(world);
    int32_t on = after_incident(world, "I-1")->on->number;
    uint64_t version = world_case(world, AFTER_CASE)->version;
    (void)correct(world, "C", "bureau", "bureau", id, content("2018-01-01"));
    const Award__Decision *decision = sign(world, "bureau", "C");
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    cr_expect_eq(after_incident(world, "I-1")->on->number, on);
    cr_expect_eq(world_case(world, AFTER_CASE)->version, version);
    cr_expect_eq(decision->n_changes, 2); // what waited is gone, the correction is there
    world_transcript(world, "correction/decides_nothing_anew");
    world_destroy(world);
}

Test(correction, lists_what_came_after_about_the_same_case)
{
    struct world *world = after_world_create();
    const char *id = incident(world);
    (void)after_accept(world, "ent-a",
                       "{\"incident_reported_by_laureate\":{\"incident\":\"I-1\",\"case\":\"%s\","
                       "\"kind\":\"safety_accident\",\"on\":\"2019-02-27\",\"digest\":\"d\"}}",
                       AFTER_CASE);
    (void)correct(world, "C", "bureau", "bureau", id, content("2019-02-26"));
    (void)sign(world, "bureau", "C");
    const Award__Corrected *found = corrected(world);
    cr_assert_not_null(found);
    cr_assert_eq(found->n_followers, 1);
    cr_expect_str_eq(found->followers[0]->name, "incident_reported_by_laureate");
    cr_expect_str_eq(found->followers[0]->event->principal, "ent-a");
    cr_expect_not(found->more);
    world_transcript(world, "correction/lists_what_came_after_about_the_same_case");
    world_destroy(world);
}

// What is wrong is said when it is sent, and nothing waits.
static void expect_rejected(struct world *world, const char *sender, const char *principal,
                            const char *id, const char *what, const char *code)
{
    const Award__Decision *decision = correct(world, code, sender, principal, id, what);
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", code);
    cr_expect_str_eq(world_code(decision), code);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_PENDING), 0, "%s", code);
    cr_expect_str_eq(world_code(sign(world, sender, code)), "not_pending");
}

Test(correction, of_another_or_of_nothing_or_of_another_kind_is_rejected)
{
    struct world *world = after_world_create();
    const char *id = incident(world);
    expect_rejected(world, "office", "bureau", id, content("2019-02-26"), "not_your_event");
    expect_rejected(world, "bureau", "bureau", "none", content("2019-02-26"), "no_such_event");
    expect_rejected(world, "bureau", "bureau", id, content("2019-02-27"), "nothing_corrected");
    expect_rejected(world, "bureau", "bureau", id, "{\"cycle_closed\":{\"cycle\":\"2018\"}}",
                    "wrong_content");
    expect_rejected(world, "bureau", "bureau", id, "{}", "wrong_content");
    expect_rejected(world, "bureau", "bureau", id,
                    "{\"incident_recorded\":{\"incident\":\"I-1\",\"case\":\"" AFTER_CASE "\"}}",
                    "field_missing");
    world_transcript(world, "correction/of_another_or_of_nothing_or_of_another_kind_is_rejected");
    world_destroy(world);
}

Test(correction, of_a_correction_is_rejected_but_the_original_may_be_corrected_again)
{
    struct world *world = after_world_create();
    const char *id = incident(world);
    (void)correct(world, "C", "bureau", "bureau", id, content("2019-02-26"));
    cr_assert_eq(sign(world, "bureau", "C")->outcome, AWARD__OUTCOME__NAME__accepted);
    expect_rejected(world, "bureau", "bureau", "C", content("2019-02-25"), "not_correctable");
    (void)correct(world, "C-3", "bureau", "bureau", id, content("2019-02-25"));
    cr_assert_eq(sign(world, "bureau", "C-3")->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(world_count(world, AWARD__CHANGE__RECORD_CORRECTION), 2);
    world_transcript(
        world, "correction/of_a_correction_is_rejected_but_the_original_may_be_corrected_again");
    world_destroy(world);
}

Test(correction, the_supervision_committee_does_not_sign_its_own)
{
    struct world *world = after_world_create();
    (void)after_accept(world, "supervision",
                       "{\"id\":\"F\",\"supervision_finding\":{\"concerns\":\"%s\","
                       "\"text\":\"甲\"}}",
                       AFTER_CASE);
    (void)correct(world, "C", "supervision", "supervision", "F",
                  "{\"supervision_finding\":{\"concerns\":\"" AFTER_CASE "\",\"text\":\"乙\"}}");
    cr_expect_str_eq(world_code(sign(world, "supervision", "C")), "same_person");
    world_transcript(world, "correction/the_supervision_committee_does_not_sign_its_own");
    world_destroy(world);
}

// decision 28; names are keys, and those have sixty-four characters at most
Test(correction, names_an_event_that_can_be_on_record)
{
#define LONGEST "a234567890123456789012345678901234567890123456789012345678901234"
    static const struct {
        const char *principal;
        const char *id;
        bool named;
    } rows[] = {
        {"office",    "1",         true },
        {LONGEST,     LONGEST,     true },
        {LONGEST "5", "1",         false},
        {"office",    LONGEST "5", false},
        {" ",         "1",         false},
        {"office",    " ",         false},
    };
    struct world *w = world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__EventName name = AWARD__EVENT_NAME__INIT;
        name.principal = arena_string(world_arena(w), rows[i].principal);
        name.id = arena_string(world_arena(w), rows[i].id);
        Award__Correction body = AWARD__CORRECTION__INIT;
        body.event = &name;
        Award__Event event = AWARD__EVENT__INIT;
        event.body_case = AWARD__EVENT__BODY_CORRECTION;
        event.correction = &body;
        cr_expect_eq(rules_corrects(&event, world_view(w), world_arena(w)) != NULL, rows[i].named,
                     "%zu", i);
        Award__Countersigned signature = AWARD__COUNTERSIGNED__INIT;
        signature.event = &name;
        event.body_case = AWARD__EVENT__BODY_COUNTERSIGNED;
        event.countersigned = &signature;
        cr_expect_null(rules_corrects(&event, world_view(w), world_arena(w)), "nothing waits");
    }
    world_destroy(w);
}

// 28: who signed has signed; what he thinks better of he sends as a correction of his own event.
Test(correction, of_a_countersignature_or_of_its_refusal_is_rejected)
{
    static const char *const answers[] = {
        "{\"id\":\"S\",\"countersigned\":{\"event\":{\"principal\":\"bureau\",\"id\":\"C\"}}}",
        "{\"id\":\"S\",\"countersign_declined\":{\"event\":{\"principal\":\"bureau\",\"id\":\"C\"},"
        "\"reason\":\"r\"}}",
    };
    for (size_t i = 0; i < 2; i++) {
        struct world *world = after_world_create();
        (void)correct(world, "C", "bureau", "bureau", incident(world), content("2019-02-26"));
        (void)world_accept(world, "supervision", answers[i]);
        const char *again = strchr(strchr(answers[i], ',') + 1, '"');
        expect_rejected(world, "supervision", "supervision", "S",
                        arena_format(world_arena(world), "{%s", again), "not_correctable");
        world_destroy(world);
    }
}
