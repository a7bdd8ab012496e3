// Alerts of those who have no roster: seen, put off and handed on like any other, and never upward.
#include "rules/ladders.h"
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define DEADLINE AFTER_CASE ":self_evaluation:2019"
#define OF(who) DEADLINE "/1/-1w@09:00/" who

static struct world *world;

static void principal(const char *name, const char *scope)
{
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL,
              arena_format(world_arena(world),
                           "{\"name\":\"%s\",\"role\":\"enterprise\",\"scope\":\"%s\"}", name,
                           scope));
}

// ent-a was told of its self-evaluation at nine on 2019-03-01; ent-b is of the enterprise as well.
static void setup(void)
{
    world = after_world_create();
    principal("ent-b", WORLD_ENTERPRISE);
    principal("ent-x", "91500109MA5U0000C2");
    Award__Deadline *deadline = after_deadline(world, DEADLINE);
    cr_assert_not_null(deadline);
    const struct alert_step step = {-1, true, 540, 0, false}; // -1w@09:00
    after_put(
        world, AWARD__CHANGE__RECORD_ALERT,
        arena_format(
            world_arena(world),
            "{\"alert\":\"" OF(
                "ent-a") "\",\"recipient\":\"ent-a\",\"deadline\":\"" DEADLINE
                         "\",\"revision\":1,\"step\":%u,\"raised\":\"2019-03-01T09:00:00+08:00\"}",
            alert_step_number(&step)));
    world_damaging(world);
}

static void teardown(void)
{
    world_destroy(world);
}

TestSuite(no_roster, .init = setup, .fini = teardown);

static const Award__Alert *alert_at(const char *id)
{
    const Award__Alert *alert = alert_find(world_reading(world), id);
    cr_assert_not_null(alert, "%s", id);
    return alert;
}

static const Award__Decision *assign(const char *by, const char *to)
{
    return after_send(world, by,
                      "{\"alert_assigned\":{\"alert\":\"" OF("ent-a") "\",\"to\":\"%s\","
                                                                      "\"reason\":\"出差\"}}",
                      to);
}

Test(no_roster, an_alert_is_acknowledged_once_and_stays_so)
{
    (void)after_accept(world, "ent-a", "%s",
                       "{\"alert_acknowledged\":{\"alert\":\"" OF("ent-a") "\"}}");
    cr_expect(alert_at(OF("ent-a"))->acknowledged);
    cr_expect_eq(alert_at(OF("ent-a"))->acknowledged_at->ms, 1551402000000, "2019-03-01T09:00");
    world_clock(world, "2019-03-29T09:00:00+08:00");
    (void)after_accept(world, "ent-a", "%s",
                       "{\"alert_acknowledged\":{\"alert\":\"" OF("ent-a") "\"}}");
    cr_expect_eq(alert_at(OF("ent-a"))->acknowledged_at->ms, 1551402000000);
}

Test(no_roster, an_alert_that_is_put_off_is_told_again_when_that_ends)
{
    (void)after_accept(
        world, "ent-a", "%s",
        "{\"alert_snoozed\":{\"alert\":\"" OF(
            "ent-a") "\",\"until\":\"2019-03-04T10:00:00+08:00\",\"reason\":\"等待\"}}");
    cr_expect_not_null(alert_at(OF("ent-a"))->snoozed_until);
    world_clock(world, "2019-03-04T10:00:00+08:00");
    cr_expect_null(alert_at(OF("ent-a"))->snoozed_until);
    cr_expect_str_eq(alert_at(OF("ent-a"))->message, "ent-a/2019-03-04T10:00:00+08:00/1");
}

Test(no_roster, an_alert_is_handed_to_another_of_the_enterprise_and_to_nobody_else)
{
    cr_expect_str_eq(world_code(assign("ent-b", "ent-b")), "no_such_alert", "nobody stands above");
    cr_expect_str_eq(world_code(assign("ent-a", "ent-x")), "cannot_take_over");
    cr_assert_eq(assign("ent-a", "ent-b")->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_str_eq(alert_at(OF("ent-a"))->assigned_to, "ent-b");
    cr_expect_not(alert_at(OF("ent-b"))->has_post);
    world_clock(world, "2019-03-29T09:00:00+08:00");
    const Award__Due *due;
    for (size_t i = 0;
         (due = (const Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL;
         i++) {
        cr_expect_neq(due->kind, AWARD__DUE__KIND__escalation, "%s", due->subject);
    }
}

Test(no_roster, who_has_seen_a_step_has_seen_his_own_before_it)
{
    Award__Deadline *deadline = after_deadline(world, DEADLINE);
    static const char *const steps[] = {"-2w@09:00", "-1w@09:00"};
    deadline->alerted = arena_alloc(world_arena(world), 2 * sizeof(char *));
    deadline->n_alerted = 2;
    for (unsigned i = 0; i < 2; i++) {
        const struct alert_step step = {(int32_t)i - 2, true, 540, 0, false};
        deadline->alerted[i] = arena_format(world_arena(world), DEADLINE "/1/%s/ent-a", steps[i]);
        after_put(
            world, AWARD__CHANGE__RECORD_ALERT,
            arena_format(world_arena(world),
                         "{\"alert\":\"%s\",\"recipient\":\"ent-a\",\"deadline\":\"" DEADLINE
                         "\",\"revision\":1,\"step\":%u,\"raised\":\"2019-03-01T09:00:00+08:00\"}",
                         deadline->alerted[i], alert_step_number(&step)));
    }
    world_put(world, AWARD__CHANGE__RECORD_DEADLINE, &deadline->base);
    (void)after_accept(world, "ent-a", "%s",
                       "{\"alert_acknowledged\":{\"alert\":\"" OF("ent-a") "\"}}");
    cr_expect(alert_at(OF("ent-a"))->acknowledged);
    cr_expect(alert_at(DEADLINE "/1/-2w@09:00/ent-a")->acknowledged);
}
