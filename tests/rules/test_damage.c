// A record that cannot be trusted: what needs it is rejected, and says so (policy). Every event
// with every record that it reads: damaging.h.
#include "rules/deciding.h"
#include "rules/reading.h"
#include "tests/rules/moments.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

// What lies below, but that records of one kind are damaged.
struct damaged {
    struct view view;
    const struct view *below;
    uint8_t kind;
    bool garbage; // found, and of bytes that are no message
    bool page;    // not even its key can be read
};

static const struct damaged *damaged_of(const struct view *view)
{
    return (const struct damaged *)view; // its first member
}

static enum view_result damage(const struct damaged *damaged, enum view_result found,
                               struct bytes key, struct bytes *value)
{
    static uint8_t garbage[] = {0xff, 0xff};
    if (found != VIEW_FOUND || key.size == 0 || key.data[0] != damaged->kind) {
        return found;
    }
    if (!damaged->garbage) {
        return VIEW_DAMAGED;
    }
    *value = (struct bytes){garbage, sizeof(garbage)};
    return VIEW_FOUND;
}

static enum view_result damaged_get(const struct view *view, struct bytes key, struct arena *arena,
                                    struct bytes *value)
{
    const struct damaged *damaged = damaged_of(view);
    return damage(damaged, damaged->below->get(damaged->below, key, arena, value), key, value);
}

static enum view_result damaged_next(const struct view *view, struct bytes from,
                                     struct arena *arena, struct bytes *key, struct bytes *value)
{
    const struct damaged *damaged = damaged_of(view);
    enum view_result found = damaged->below->next(damaged->below, from, arena, key, value);
    found = damage(damaged, found, *key, value);
    if (found == VIEW_DAMAGED && damaged->page) {
        *key = (struct bytes){.data = NULL, .size = 0};
    }
    return found;
}

static const struct rulebook *only_rulebook(const void *context, const char *digest)
{
    (void)digest;
    return context;
}

static const Award__Decision *decide(struct world *world, Award__Change__RecordCase kind,
                                     bool garbage, const char *json)
{
    const struct damaged damaged = {
        {damaged_get, damaged_next},
        world_view(world), (uint8_t)kind, garbage, false
    };
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), world_arena(world), &error);
    cr_assert_not_null(event, "%s", error.en);
    event->principal = arena_string(world_arena(world), "office");
    event->id = arena_string(world_arena(world), "1");
    const struct rules_input input = {
        .view = &damaged.view,
        .event = event,
        .sender = (const Award__Principal *)world_record(world, AWARD__CHANGE__RECORD_PRINCIPAL,
                                                         "office"),
        .now_ms = 1514854800000, // 2018-01-02T09:00:00+08:00
        .rulebook = only_rulebook,
        .rulebook_context = world_rules(world),
    };
    return rules_decide(&input, world_arena(world));
}

Test(damage, of_a_record_that_is_read_or_walked_over_rejects_what_needs_it)
{
    // clang-format off
    static const struct {
        Award__Change__RecordCase kind;
        const char *json;
    } rows[] = {
        {AWARD__CHANGE__RECORD_CYCLE,      "{\"cycle_closed\":{\"cycle\":\"2018\"}}"},
        {AWARD__CHANGE__RECORD_CASE,       "{\"application_withdrawn\":{\"case\":\"" CASE_A "\",\"reason\":\"r\"}}"},
        {AWARD__CHANGE__RECORD_RULEBOOK,   "{\"rulebook_loaded\":{\"text\":\"x\",\"digest\":\"f75ed99164b0cd24e5ee6068ad3ae481bd086e4742e15d3c78babe9c8256dd1f\"}}"},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int garbage = 0; garbage < 2; garbage++) {
            struct world *world = review_world();
            const Award__Decision *decision =
                decide(world, rows[i].kind, garbage != 0, rows[i].json);
            cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", rows[i].json);
            cr_expect_str_eq(world_code(decision), "record_damaged", "%s", rows[i].json);
            cr_expect_eq(decision->n_changes, 0);
            world_destroy(world);
        }
    }
}

Test(damage, of_a_page_that_is_walked_over_is_no_end_of_the_walk)
{
    struct world *world = review_world();
    struct damaged damaged = {
        {damaged_get, damaged_next},
        world_view(world), AWARD__CHANGE__RECORD_CASE, .page = true
    };
    struct deciding *d = reading_over(&damaged.view, world_arena(world));
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_CASE, 0);
    cr_expect_null(record_walk_next(&walk));
    cr_expect(d->damaged);
    world_destroy(world);
}

Test(damage, of_what_nothing_needs_does_no_harm)
{
    struct world *world = review_world();
    const Award__Decision *decision =
        decide(world, AWARD__CHANGE__RECORD_TEAM, false, "{\"cycle_closed\":{\"cycle\":\"2018\"}}");
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    world_destroy(world);
}

// ---- What falls due (damaging.h)

// Digests, alerts that go upward, are put off and handed on, a calendar that moves them.
Test(damage, of_a_record_that_something_due_needs_leaves_it_undone, .timeout = 60)
{
    struct world *world = roster_world_create();
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              "{\"person\":\"bureau\",\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}],"
              "\"silence\":true}");
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              "{\"person\":\"ent-a\",\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}]}");
    (void)after_accept(world, "office", "%s", "{\"address_changed\":{\"silence\":false}}");
    world_damaging(world);
    world_clock(world, "2019-03-05T09:00:00+08:00");
    (void)after_accept(world, "office", "%s", CALENDAR_LOADED("{\"on\":\"2019-03-14\"}"));
    (void)after_accept(world, "office", "%s", POLICY_LOADED);
    world_clock(world, "2019-03-15T09:00:00+08:00");
    (void)after_accept(world, "office", "%s",
                       "{\"alert_snoozed\":{\"alert\":\"" ANSWER
                       "/1/-1w@09:00/office\",\"until\":\"2019-03-16T09:00:00+08:00\",\"reason\":"
                       "\"等待\"}}");
    world_clock(world, "2019-03-18T09:00:00+08:00");
    (void)after_accept(world, "office", "%s",
                       "{\"alert_assigned\":{\"alert\":\"" ANSWER
                       "/1/0@09:00/office\",\"to\":\"head\",\"reason\":\"出差\"}}");
    world_clock(world, "2019-03-29T09:00:00+08:00");
    cr_expect_eq(after_deadline(world, ANSWER)->state, AWARD__DEADLINE__STATE__overdue);
    world_destroy(world);
}
