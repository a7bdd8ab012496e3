// What changes around a moment of a ladder: tried a millisecond before it, at it, and one after.
//
// Whatever the change and wherever it falls, nothing is told twice or after its deadline was
// closed, and the index and what its rows belong to agree.
#include "tests/rules/roster_world.h"

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

// Of no alert are there two changes that raise it, and none was raised by a revision that was over.
static void raised_check(struct world *world, const char *what)
{
    size_t count;
    const struct world_step *steps = world_steps(world, &count);
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    const Award__Alert *alert;
    for (size_t i = 0;
         (alert = (const Award__Alert *)world_record_at(world, AWARD__CHANGE__RECORD_ALERT, i)) !=
         NULL;
         i++) {
        cr_expect(alert->planned == NULL || alert->raised->ms >= alert->planned->ms,
                  "%s: %s is early", what, alert->alert);
        bool over = alert->revision < deadline->revision ||
                    deadline->state == AWARD__DEADLINE__STATE__met ||
                    deadline->state == AWARD__DEADLINE__STATE__met_late;
        cr_expect(strncmp(alert->alert, ANSWER, strlen(ANSWER)) != 0 || !over || alert->taken_back,
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

// ---- What is changed, and when

#define MOVE "\"deadline\":\"" ANSWER "\",\"reason\":\"r\",\"article\":\"第3条\""
#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const char *const changes[] = {
    "{\"deadline_extended\":{" MOVE ",\"last\":\"2019-04-10\"}}",
    "{\"deadline_suspended\":{" MOVE "}}",
    "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"unfounded\",\"report\":\"r\"}}",
    "{\"calendar_loaded\":{\"year\":2019,\"source\":\"s\",\"exceptions\":[{\"on\":\"2019-03-18\"},"
    "{\"on\":\"2019-03-19\"},{\"on\":\"2019-03-20\"}]}}",
    "{\"alert_policy_loaded\":{\"text\":\"x\",\"digest\":\"" DIGEST "\"}}",
    "{\"duty_changed\":{\"person\":\"head\",\"post\":\"clerk\",\"from\":\"2019-03-11\"}}",
    "{\"absence_recorded\":{\"person\":\"office\",\"from\":\"2019-03-01\",\"until\":\"2019-04-30\","
    "\"substitute\":\"head\",\"reason\":\"r\"}}",
    "{\"address_changed\":{\"person\":\"office\",\"hours_from\":600,\"hours_until\":660}}",
};

static const char *const moments[] = {
    "2019-03-18T09:00:00+08:00",     // a step
    "2019-03-19T09:00:00+08:00",     // it goes upward, and the next step
    "2019-03-19T00:00:00+08:00",     // one millisecond after the end
    "2019-03-18T09:00:00.001+08:00", // a message is sealed
    "2019-03-28T09:00:00+08:00",     // nobody acknowledged any of it
};

static const char *moment_beside(struct world *world, const char *moment, int64_t beside_ms)
{
    int64_t ms;
    char *text = arena_alloc(world_arena(world), MOMENT_TEXT_BYTES);
    cr_assert(moment_parse(moment, strlen(moment), &ms));
    moment_format(ms + beside_ms, text);
    return text;
}

static void change_try(const char *change, const char *moment, int64_t beside_ms)
{
    struct world *world = roster_world_create();
    const char *at = moment_beside(world, moment, beside_ms);
    const char *what = arena_format(world_arena(world), "%.30s at %s", change, at);
    world_clock(world, at);
    index_check(world, what);
    const Award__Decision *decision = world_send(world, "office", change);
    bool overdue = strcmp(world_code(decision), "wrong_state") == 0; // no more to be suspended
    cr_expect(decision->outcome == AWARD__OUTCOME__NAME__accepted ||
                  (overdue && strstr(change, "suspended") != NULL),
              "%s: %s", what, world_code(decision));
    index_check(world, what);
    static const char *const later[] = {"2019-03-18T12:00:00+08:00", "2019-03-20T12:00:00+08:00",
                                        "2019-03-29T12:00:00+08:00", "2019-05-20T12:00:00+08:00"};
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
        if (strcmp(at, later[i]) < 0) {
            world_clock(world, later[i]);
            index_check(world, what);
            raised_check(world, what);
        }
    }
    const Award__Alert *unheard = alert_find(world_reading(world), ANSWER "/1/unheard/supervision");
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    cr_expect(deadline->revision > 1 || deadline->state != AWARD__DEADLINE__STATE__overdue ||
                  unheard != NULL,
              "%s: nobody is told that nobody acknowledged it", what);
    world_destroy(world);
}

Test(ladder_moments, every_change_before_at_and_after_every_moment)
{
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        for (size_t k = 0; k < sizeof(moments) / sizeof(moments[0]); k++) {
            for (int64_t beside_ms = -1; beside_ms <= 1; beside_ms++) {
                change_try(changes[i], moments[k], beside_ms);
            }
        }
    }
}

// The last step is of the 25th, the row behind the ladder of the 28th.
Test(ladder_moments, what_is_loaded_behind_the_last_step_leaves_the_row_behind_the_ladder)
{
    static const char *const loaded[] = {
        "{\"alert_policy_loaded\":{\"text\":\"x\",\"digest\":\"" DIGEST "\"}}",
        "{\"calendar_loaded\":{\"year\":2027,\"source\":\"s\",\"exceptions\":[{\"on\":"
        "\"2027-01-01\"}]}}",
    };
    for (size_t i = 0; i < sizeof(loaded) / sizeof(loaded[0]); i++) {
        struct world *world = roster_world_create();
        world_clock(world, "2019-03-27T08:00:00+08:00");
        (void)world_accept(world, "office", loaded[i]);
        world_clock(world, "2019-03-28T08:59:59.999+08:00");
        const char *id = ANSWER "/1/unheard/supervision";
        cr_expect_null(alert_find(world_reading(world), id), "%zu", i);
        world_clock(world, "2019-03-28T09:00:00+08:00");
        cr_expect_not_null(alert_find(world_reading(world), id), "%zu", i);
        world_destroy(world);
    }
}
