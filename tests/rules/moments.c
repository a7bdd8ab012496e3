// moments - what changes around a moment: tried a millisecond before it, at it, and one after
#include "tests/rules/moments.h"

#include "common/time.h"
#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

// ---- What always holds

static bool deadline_lists(const Award__Deadline *deadline, const Award__Due *due)
{
    for (size_t i = 0; deadline != NULL && i < deadline->n_dues; i++) {
        const Award__Due *own = deadline->dues[i];
        if (own->kind == due->kind && own->step == due->step &&
            own->moment->ms == due->moment->ms && own->revision == due->revision) {
            return true;
        }
    }
    return false;
}

static bool row_belongs(struct world *world, const Award__Due *due)
{
    switch ((int)due->kind) {
    case AWARD__DUE__KIND__deadline:
    case AWARD__DUE__KIND__alert:
    case AWARD__DUE__KIND__escalation:
    case AWARD__DUE__KIND__unheard:
        return deadline_lists(after_deadline(world, due->subject), due);
    case AWARD__DUE__KIND__snooze: {
        const Award__Alert *alert = alert_find(world_reading(world), due->subject);
        return alert != NULL && alert->snoozed_until != NULL &&
               alert->snoozed_until->ms == due->moment->ms;
    }
    case AWARD__DUE__KIND__message: {
        const Award__Message *message = (const Award__Message *)world_record(
            world, AWARD__CHANGE__RECORD_MESSAGE, due->subject);
        return message != NULL && message->state == AWARD__MESSAGE__STATE__collecting;
    }
    default:
        return true;
    }
}

// Each row belongs to something, and each that is listed is there.
static void index_check(struct world *world, const char *what)
{
    size_t rows = 0;
    const Award__Due *due;
    for (size_t i = 0;
         (due = (const Award__Due *)world_record_at(world, AWARD__CHANGE__RECORD_DUE, i)) != NULL;
         i++) {
        cr_expect(row_belongs(world, due), "%s: row %d of %s", what, (int)due->kind, due->subject);
        rows += due->has_revision ? 1 : 0;
    }
    size_t listed = 0;
    const Award__Deadline *deadline;
    for (size_t i = 0; (deadline = (const Award__Deadline *)world_record_at(
                            world, AWARD__CHANGE__RECORD_DEADLINE, i)) != NULL;
         i++) {
        listed += deadline->n_dues;
    }
    cr_expect_eq(rows, listed, "%s: %zu rows, %zu listed", what, rows, listed);
}

static bool revision_over(struct world *world, const Award__Alert *alert)
{
    const Award__Deadline *deadline = after_deadline(world, alert->deadline);
    return alert->revision < deadline->revision || deadline->state == AWARD__DEADLINE__STATE__met ||
           deadline->state == AWARD__DEADLINE__STATE__met_late;
}

// Of no alert are there two changes that raise it, and none was raised by a revision that was over.
static void raised_check(struct world *world, const char *what)
{
    size_t count;
    const struct world_step *steps = world_steps(world, &count);
    const Award__Alert *alert;
    for (size_t i = 0;
         (alert = (const Award__Alert *)world_record_at(world, AWARD__CHANGE__RECORD_ALERT, i)) !=
         NULL;
         i++) {
        cr_expect(alert->planned == NULL || alert->raised->ms >= alert->planned->ms,
                  "%s: %s is early", what, alert->alert);
        cr_expect(!revision_over(world, alert) || alert->taken_back,
                  "%s: %s is open of what is over", what, alert->alert);
        for (size_t k = 0; k < count; k++) {
            for (size_t n = 0; n < steps[k].decision->n_changes; n++) {
                const Award__Change *change = steps[k].decision->changes[n];
                cr_expect(change->record_case != AWARD__CHANGE__RECORD_ALERT ||
                              strcmp(change->alert->alert, alert->alert) != 0 ||
                              change->alert->raised->ms == alert->raised->ms,
                          "%s: %s is raised twice", what, alert->alert);
            }
        }
    }
}

void moments_check(struct world *world, const char *what)
{
    index_check(world, what);
    raised_check(world, what);
}

// ---- What is looked at

enum { ZONE_CHARACTERS = 6 }; // "+08:00"

static const char *moment_shown(struct world *world, int64_t moment_ms)
{
    char text[MOMENT_TEXT_BYTES];
    moment_format(moment_ms, text);
    return arena_format(world_arena(world), "%.*s", (int)strlen(text) - ZONE_CHARACTERS, text);
}

const char *moment_beside(struct world *world, const char *moment, int64_t beside_ms)
{
    const char *whole = arena_format(world_arena(world), "%s+08:00", moment);
    char text[MOMENT_TEXT_BYTES];
    int64_t ms;
    cr_assert(moment_parse(whole, strlen(whole), &ms), "%s", whole);
    moment_format(ms + beside_ms, text);
    return arena_string(world_arena(world), text);
}

const char *alert_raised(struct world *world, const char *alert)
{
    const Award__Alert *found = alert_find(world_reading(world), alert);
    return found != NULL ? moment_shown(world, found->raised->ms) : "never";
}

const char *alert_planned(struct world *world, const char *alert)
{
    const Award__Alert *found = alert_find(world_reading(world), alert);
    return found != NULL ? moment_shown(world, found->planned->ms) : "never";
}

// NULL where nothing of the alert goes out, or the message does not name it.
static const Award__Message *message_naming(struct world *world, const char *id)
{
    const Award__Alert *alert = alert_find(world_reading(world), id);
    const Award__Message *message = alert == NULL || alert->message == NULL
                                        ? NULL
                                        : (const Award__Message *)world_record(
                                              world, AWARD__CHANGE__RECORD_MESSAGE, alert->message);
    for (size_t i = 0; message != NULL && i < message->n_alerts; i++) {
        if (strcmp(message->alerts[i], id) == 0) {
            return message;
        }
    }
    return NULL;
}

const char *alert_message(struct world *world, const char *alert)
{
    const Award__Message *message = message_naming(world, alert);
    return message != NULL ? message->message : "nothing";
}

const char *alert_channel(struct world *world, const char *alert)
{
    const Award__Message *message = message_naming(world, alert);
    return message != NULL ? message->channel : "nothing";
}

const char *revision_fired(struct world *world, const char *revision)
{
    size_t count;
    const struct world_step *steps = world_steps(world, &count);
    for (size_t i = 0; i < count; i++) {
        const Award__Event *event = steps[i].event;
        if (event->body_case == AWARD__EVENT__BODY_DEADLINE_DUE &&
            strcmp(arena_format(world_arena(world), "%s/%u", event->deadline_due->deadline,
                                (unsigned)event->deadline_due->revision),
                   revision) == 0) {
            return moment_shown(world, steps[i].now_ms);
        }
    }
    return "never";
}

const char *deadline_stands(struct world *world, const char *id)
{
    const Award__Deadline *deadline = after_deadline(world, id);
    char last[DAY_TEXT_BYTES];
    day_format(deadline->last->number, last);
    return arena_format(world_arena(world), "%s until %s",
                        protobuf_c_enum_descriptor_get_value(&award__deadline__state__descriptor,
                                                             (int)deadline->state)
                            ->name,
                        last);
}

// ---- Trying

struct alert_ladder *answer_ladder(struct alert_policy *policy)
{
    struct alert_ladder *ladder = policy->ladders;
    while (ladder->kind != AWARD__DEADLINE_KIND__NAME__objection_answer) {
        ladder++;
        cr_assert_lt(ladder, policy->ladders + policy->ladders_count);
    }
    return ladder;
}

static void all_send(struct world *world, const struct sent *all, const char *code,
                     const char *what)
{
    for (size_t i = 0; i < MOMENT_SENT_MAX && all[i].json != NULL; i++) {
        if (all[i].by == NULL) {
            world_clock(world, moment_beside(world, all[i].json, 0));
            continue;
        }
        const Award__Decision *decision = world_send(world, all[i].by, all[i].json);
        cr_expect_str_eq(world_code(decision), code, "%s: %s", what, world_code(decision));
    }
}

static void change_make(struct world *world, const struct moment_case *one, const char *code,
                        const char *what)
{
    static const struct sent load[MOMENT_SENT_MAX] = {
        {"office", POLICY_LOADED}
    };
    all_send(world, one->change, code, what);
    if (one->policy != NULL) {
        one->policy(world_policy(world));
        all_send(world, load, code, what);
    }
}

static void moment_case_try(const struct moment_case *one, size_t place)
{
    struct world *world =
        one->period.length > 0 ? roster_world_counted(one->period) : roster_world_create();
    const char *at = moment_beside(world, one->moment, (int64_t)place - 1);
    const char *what = arena_format(world_arena(world), "%s, %s", one->what, at);
    if (one->begin != NULL) {
        one->begin(world);
    }
    all_send(world, one->before, "", what);
    world_clock(world, at);
    moments_check(world, what);
    change_make(world, one, one->codes[place] != NULL ? one->codes[place] : "", what);
    world_clock(world, at); // what is due at once
    moments_check(world, what);
    world_clock(world,
                moment_beside(world, one->until != NULL ? one->until : "2019-03-29T12:00:00", 0));
    moments_check(world, what);
    for (size_t i = 0; i < MOMENT_OUTCOMES_MAX && one->outcomes[i].read != NULL; i++) {
        const struct outcome *outcome = &one->outcomes[i];
        const char *found = outcome->read(world, outcome->of);
        cr_expect_str_eq(found, outcome->expected[place], "%s: %s: %s, not %s", what, outcome->of,
                         found, outcome->expected[place]);
    }
    world_destroy(world);
}

void moment_cases_try(const struct moment_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t place = 0; place < 3; place++) {
            moment_case_try(&cases[i], place);
        }
    }
}
