// alert_policy_diff - what changed from one alert policy to another, in sentences
//
// Steps are compared by their place: one that is moved is dropped here and added there, as it is
// when it fires.
#include "settings/alert_policy_diff.h"

#include <assert.h>
#include <string.h>

// Each step of both may be told of twice (roles and urgency), and each ladder of both once.
enum {
    CHANGES_MAX =
        ALERT_POLICY_ENTRIES + 4 * ALERT_LADDERS_MAX * ALERT_STEPS_MAX + 2 * ALERT_LADDERS_MAX
};

struct comparison {
    struct arena *arena;
    struct alert_policy_text *changes;
    size_t count;
};

static void change_add(struct comparison *c, const char *zh, const char *en)
{
    assert(c->count < CHANGES_MAX);
    c->changes[c->count++] = (struct alert_policy_text){zh, en};
}

// ---- What holds for all

static void entries_compare(struct comparison *c, const struct alert_policy *older,
                            const struct alert_policy *newer)
{
    struct alert_policy_entry from[ALERT_POLICY_ENTRIES];
    struct alert_policy_entry to[ALERT_POLICY_ENTRIES];
    alert_policy_entries(older, c->arena, from);
    alert_policy_entries(newer, c->arena, to);
    for (size_t i = 0; i < ALERT_POLICY_ENTRIES; i++) {
        if (strcmp(from[i].value.en, to[i].value.en) != 0) {
            change_add(c,
                       arena_format(c->arena, "%s：由“%s”改为“%s”。", from[i].what.zh,
                                    from[i].value.zh, to[i].value.zh),
                       arena_format(c->arena, "%s: changed from \"%s\" to \"%s\".", from[i].what.en,
                                    from[i].value.en, to[i].value.en));
        }
    }
}

// ---- Steps

static void step_only(struct comparison *c, const struct alert_policy_text *kind,
                      const struct alert_step *step, const char *verb_zh, const char *verb_en)
{
    struct alert_policy_text text = alert_policy_step(step, c->arena);
    change_add(c, arena_format(c->arena, "%s：%s一次提醒，%s。", kind->zh, verb_zh, text.zh),
               arena_format(c->arena, "%s: a step is %s, %s.", kind->en, verb_en, text.en));
}

static void step_compare(struct comparison *c, const struct alert_policy_text *kind,
                         const struct alert_step *from, const struct alert_step *to)
{
    struct alert_policy_text place = alert_policy_place(from, c->arena);
    if (from->roles != to->roles) {
        struct alert_policy_text before = alert_policy_roles(from->roles, c->arena);
        struct alert_policy_text after = alert_policy_roles(to->roles, c->arena);
        change_add(c,
                   arena_format(c->arena, "%s：%s，原提醒%s，改为%s。", kind->zh, place.zh,
                                before.zh, after.zh),
                   arena_format(c->arena, "%s: %s, told to %s instead of %s.", kind->en, place.en,
                                after.en, before.en));
    }
    if (from->urgent != to->urgent) {
        change_add(c,
                   arena_format(c->arena, "%s：%s，改为%s。", kind->zh, place.zh,
                                to->urgent ? "立即发出" : "在时段内发出"),
                   arena_format(c->arena, "%s: %s, now goes out %s.", kind->en, place.en,
                                to->urgent ? "at once" : "within the hours"));
    }
}

static void ladder_compare(struct comparison *c, const struct alert_ladder *older,
                           const struct alert_ladder *newer)
{
    const struct alert_policy_text kind = alert_policy_kind(older->kind, c->arena);
    for (size_t i = 0; i < older->steps_count; i++) {
        const struct alert_step *from = &older->steps[i];
        const struct alert_step *to = alert_ladder_step(newer, alert_step_number(from));
        if (to == NULL) {
            step_only(c, &kind, from, "取消", "dropped");
        } else {
            step_compare(c, &kind, from, to);
        }
    }
    for (size_t i = 0; i < newer->steps_count; i++) {
        if (alert_ladder_step(older, alert_step_number(&newer->steps[i])) == NULL) {
            step_only(c, &kind, &newer->steps[i], "增加", "added");
        }
    }
}

// ---- Kinds of deadline

static void ladders_compare(struct comparison *c, const struct alert_policy *older,
                            const struct alert_policy *newer)
{
    for (size_t i = 0; i < older->ladders_count; i++) {
        const struct alert_ladder *from = &older->ladders[i];
        const struct alert_ladder *to = alert_policy_ladder(newer, from->kind);
        struct alert_policy_text kind = alert_policy_kind(from->kind, c->arena);
        if (to != NULL) {
            ladder_compare(c, from, to);
        } else {
            change_add(c, arena_format(c->arena, "%s：不再提醒任何人。", kind.zh),
                       arena_format(c->arena, "%s: nobody is told any more.", kind.en));
        }
    }
}

static void ladders_new(struct comparison *c, const struct alert_policy *older,
                        const struct alert_policy *newer)
{
    for (size_t i = 0; i < newer->ladders_count; i++) {
        struct alert_ladder none = {.kind = newer->ladders[i].kind};
        if (alert_policy_ladder(older, none.kind) == NULL) {
            ladder_compare(c, &none, &newer->ladders[i]);
        }
    }
}

size_t alert_policy_diff(const struct alert_policy *older, const struct alert_policy *newer,
                         struct arena *arena, struct alert_policy_text **changes)
{
    struct comparison c = {
        .arena = arena,
        .changes = arena_alloc(arena, CHANGES_MAX * sizeof(**changes)),
    };
    entries_compare(&c, older, newer);
    ladders_compare(&c, older, newer);
    ladders_new(&c, older, newer);
    *changes = c.changes;
    return c.count;
}
