// What changes around a moment of a ladder, whatever the change and wherever it falls: nothing is
// told twice or after its deadline was closed, and the index and what its rows belong to agree.
#include "tests/rules/moments.h"

#include "rules/ladders.h"

#include <criterion/criterion.h>
#include <string.h>

// ---- Every change at every moment

static void ladder_shorten(struct alert_policy *policy)
{
    answer_ladder(policy)->steps_count = 5; // up to the last day
}

static void hours_narrow(struct alert_policy *policy)
{
    policy->hours_from = 600;
    policy->hours_until = 660;
}

static void nobody_above(struct alert_policy *policy)
{
    policy->escalation_count = 0;
    policy->unheard_roles = 0;
}

static const struct {
    const char *what;
    const char *json;
    void (*policy)(struct alert_policy *policy);
} changes[] = {
    {"extended",      MOVED("deadline_extended", ",\"last\":\"2019-04-10\""), NULL},
    {"suspended",               MOVED("deadline_suspended",                              ""),                 NULL},
    {"answered",           ANSWERED,                                    NULL                                     },
    {"days off",
     CALENDAR_LOADED("{\"on\":\"2019-03-18\"},{\"on\":\"2019-03-19\"},{\"on\":\"2019-03-20\"}"),
     NULL},
    {"make-up days",
     CALENDAR_LOADED(
         "{\"on\":\"2019-03-16\",\"working\":true},"
         "{\"on\":\"2019-03-17\",\"working\":true},{\"on\":\"2019-03-23\",\"working\":true}"),
     NULL                                                                     },
    {"the same policy",            POLICY_LOADED,                                     NULL},
    {"fewer steps",           POLICY_LOADED,ladder_shorten                                    },
    {"other hours", POLICY_LOADED,                           hours_narrow     },
    {"nobody above",   POLICY_LOADED,  nobody_above          },
    {"another clerk",
     "{\"duty_changed\":{\"person\":\"head\",\"post\":\"clerk\",\"from\":\"2019-03-11\"}}",                           NULL                             },
    {"no clerk",           "{\"duty_changed\":{\"person\":\"office\",\"from\":\"2019-03-11\"}}",          NULL},
    {"leave",
     "{\"absence_recorded\":{\"person\":\"office\",\"from\":\"2019-03-01\",\"until\":\"2019-04-"
     "30\","
     "\"substitute\":\"head\",\"reason\":\"r\"}}",                           NULL                                                 },
    {"hours of his own",
     "{\"address_changed\":{\"person\":\"office\",\"hours_from\":600,\"hours_until\":660}}",          NULL},
    {"language",           "{\"address_changed\":{\"person\":\"office\",\"language\":\"en\"}}",                           NULL                                                                          },
};

static const char *const moments[] = {
    "2019-03-18T09:00:00",     // a step
    "2019-03-19T09:00:00",     // it goes upward, and the next step
    "2019-03-19T00:00:00",     // one millisecond after the end
    "2019-03-18T09:00:00.001", // a message is sealed
    "2019-03-28T09:00:00",     // nobody acknowledged any of it
};

// Whether somebody learns of an overdue one that nobody acknowledged.
static void unheard_check(struct world *world, const char *what)
{
    const Award__Deadline *deadline = after_deadline(world, ANSWER);
    const char *id = arena_format(world_arena(world), ANSWER "/%u/unheard/supervision",
                                  (unsigned)deadline->revision);
    cr_expect(deadline->state != AWARD__DEADLINE__STATE__overdue ||
                  world_policy(world)->unheard_roles == 0 ||
                  alert_find(world_reading(world), id) != NULL,
              "%s: nobody is told that nobody acknowledged it", what);
}

static void change_try(size_t index, const char *moment, int64_t beside_ms)
{
    struct world *world = roster_world_create();
    const char *at = moment_beside(world, moment, beside_ms);
    const char *what = arena_format(world_arena(world), "%s at %s", changes[index].what, at);
    world_clock(world, at);
    moments_check(world, what);
    if (changes[index].policy != NULL) {
        changes[index].policy(world_policy(world));
    }
    const Award__Decision *decision = world_send(world, "office", changes[index].json);
    bool overdue = strcmp(world_code(decision), "wrong_state") == 0; // no more to be suspended
    cr_expect(decision->outcome == AWARD__OUTCOME__NAME__accepted ||
                  (overdue && strcmp(changes[index].what, "suspended") == 0),
              "%s: %s", what, world_code(decision));
    moments_check(world, what);
    static const char *const later[] = {"2019-03-18T12:00:00+08:00", "2019-03-20T12:00:00+08:00",
                                        "2019-03-29T12:00:00+08:00", "2019-05-20T12:00:00+08:00"};
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
        if (strcmp(at, later[i]) < 0) {
            world_clock(world, later[i]);
            moments_check(world, what);
        }
    }
    unheard_check(world, what);
    world_destroy(world);
}

Test(ladder_moments, every_change_before_at_and_after_every_moment)
{
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        for (size_t k = 0; k < sizeof(moments) / sizeof(moments[0]); k++) {
            for (int64_t beside_ms = -1; beside_ms <= 1; beside_ms++) {
                change_try(i, moments[k], beside_ms);
            }
        }
    }
}

// The last step is of the 25th, the row behind the ladder of the 28th.
Test(ladder_moments, what_is_loaded_behind_the_last_step_leaves_the_row_behind_the_ladder)
{
    static const char *const loaded[] = {
        POLICY_LOADED,
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

// ---- The end of a snooze

#define FIRST ANSWER "/1/-10w@09:00/office" // of 03-04; no other is told of it so early
#define FIRST_HEAD ANSWER "/1/-10w@09:00/head"
#define PUT_OFF_UNTIL(alert, until)                                                                \
    "{\"alert_snoozed\":{\"alert\":\"" alert "\",\"until\":\"" until "+08:00\","                   \
    "\"reason\":\"r\"}}"
#define PUT_OFF                                                                                    \
    {NULL, "2019-03-04T09:30:00"},                                                                 \
    {                                                                                              \
        "office", PUT_OFF_UNTIL(FIRST, "2019-03-06T10:00:00")                                      \
    }

static void first_at_eight_begin(struct world *world)
{
    answer_ladder(world_policy(world))->steps[0].minute_of_day = 480;
    (void)world_accept(world, "office", POLICY_LOADED);
}

#define EARLY ANSWER "/1/-10w@08:00/office" // goes out at half past eight

// clang-format off
static const struct moment_case snooze_cases[] = {
    // Who was told hears that it is over, also where he was just to be told again: in that message.
    {.what = "answered as a snooze ends",
     .before = {PUT_OFF},
     .moment = "2019-03-06T10:00:00",
     .change = {{"office", ANSWERED}},
     .outcomes = {
         {alert_message, FIRST, {"office/2019-03-06T10:00:00+08:00/1", "office/2019-03-06T10:00:00+08:00/1", "office/2019-03-06T10:01:00+08:00/1"}},
         {alert_raised, FIRST_HEAD, {"never", "never", "never"}},
     }},
    {.what = "extended as a snooze ends",
     .before = {PUT_OFF},
     .moment = "2019-03-06T10:00:00",
     .change = {{"office", MOVED("deadline_extended", ",\"last\":\"2019-04-10\"")}},
     .outcomes = {
         {alert_message, FIRST, {"office/2019-03-06T10:00:00+08:00/1", "office/2019-03-06T10:00:00+08:00/1", "office/2019-03-06T10:01:00+08:00/1"}},
         {alert_raised, FIRST_HEAD, {"never", "never", "never"}},
         {alert_raised, ANSWER "/2/-10w@09:00/office", {"2019-03-26T09:00:00", "2019-03-26T09:00:00", "2019-03-26T09:00:00"}},
     }},
    // What has not gone out at all need not be said to be over.
    {.what = "answered as a snooze ends before anything has gone out",
     .begin = first_at_eight_begin,
     .before = {{NULL, "2019-03-04T08:05:00"}, {"office", PUT_OFF_UNTIL(EARLY, "2019-03-04T08:15:00")}},
     .moment = "2019-03-04T08:15:00",
     .change = {{"office", ANSWERED}},
     .outcomes = {
         {alert_raised, EARLY, {"2019-03-04T08:00:00", "2019-03-04T08:00:00", "2019-03-04T08:00:00"}},
         {alert_message, EARLY, {"nothing", "nothing", "nothing"}},
     }},
    // What was acknowledged before it is told again is not told again.
    {.what = "acknowledged as a snooze ends",
     .before = {PUT_OFF},
     .moment = "2019-03-06T10:00:00",
     .change = {{"office", "{\"alert_acknowledged\":{\"alert\":\"" FIRST "\"}}"}},
     .outcomes = {
         {alert_message, FIRST, {"office/2019-03-04T09:00:00+08:00/1", "nothing", "office/2019-03-06T10:00:00+08:00/1"}},
         {alert_raised, FIRST_HEAD, {"never", "never", "never"}},
     }},
    // 03-08 is a Friday: upward on Monday.
    {.what = "put off again as a snooze ends",
     .before = {PUT_OFF},
     .moment = "2019-03-06T10:00:00",
     .change = {{"office", PUT_OFF_UNTIL(FIRST, "2019-03-08T10:00:00")}},
     .outcomes = {
         {alert_message, FIRST, {"office/2019-03-08T10:00:00+08:00/1", "office/2019-03-08T10:00:00+08:00/1", "office/2019-03-08T10:00:00+08:00/1"}},
         {alert_raised, FIRST_HEAD, {"2019-03-11T10:00:00", "2019-03-11T10:00:00", "2019-03-11T10:00:00"}},
     }},
    // One working day after it was told again, by the calendar of then.
    {.what = "a day off as what was put off goes upward",
     .before = {PUT_OFF},
     .moment = "2019-03-07T10:00:00",
     .change = {{"office", CALENDAR_LOADED("{\"on\":\"2019-03-07\"}")}},
     .outcomes = {
         {alert_raised, FIRST_HEAD, {"2019-03-08T10:00:00", "2019-03-07T10:00:00", "2019-03-07T10:00:00"}},
     }},
};
// clang-format on

Test(ladder_moments, the_end_of_a_snooze)
{
    MOMENT_CASES_TRY(snooze_cases);
}

// ---- Handed on

#define CLERK ANSWER "/1/0@09:00/office"
#define HEAD ANSWER "/1/0@09:00/head"
#define DIRECTOR ANSWER "/1/0@09:00/director"

// clang-format off
static const struct moment_case handed_cases[] = {
    // The head has his two working days from then on.
    {.what = "handed to the head as it goes upward",
     .moment = "2019-03-19T09:00:00",
     .change = {{"office", "{\"alert_assigned\":{\"alert\":\"" CLERK "\",\"to\":\"head\",\"reason\":\"r\"}}"}},
     .codes = {"", "already_told", "already_told"},
     .outcomes = {
         {alert_raised, HEAD, {"2019-03-19T08:59:59.999", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, DIRECTOR, {"2019-03-21T08:59:59.999", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
     }},
};
// clang-format on

Test(ladder_moments, handed_on)
{
    MOMENT_CASES_TRY(handed_cases);
}

// ---- Rows that fell due while the deadlines were computed anew

// A policy (step 1) or a calendar (step 0) of 02-26 gets to this deadline on 03-01: its step of
// 02-27 has not fired meanwhile, and is told late.
Test(ladder_moments, what_falls_due_before_it_is_computed_anew_is_told_late)
{
    for (unsigned policy = 0; policy <= 1; policy++) {
        struct world *world = after_world_create();
        struct arena *arena = world_arena(world);
        const struct alert_step step = {-5, true, 540, 0, false};
        const char *due = arena_format(arena,
                                       "{\"moment\":\"2019-02-27T09:00:00+08:00\",\"kind\":"
                                       "\"alert\",\"subject\":\"D\",\"revision\":1,\"step\":%u}",
                                       alert_step_number(&step));
        after_put(world, AWARD__CHANGE__RECORD_DUE, due);
        after_put(world, AWARD__CHANGE__RECORD_DUE,
                  arena_format(arena,
                               "{\"moment\":\"2019-02-26T09:00:00+08:00\",\"kind\":\"recompute\","
                               "\"subject\":\"\",\"step\":%u}",
                               policy));
        after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
                  arena_format(arena,
                               "{\"deadline\":\"D\",\"subject\":\"O\",\"kind\":"
                               "\"objection_answer\",\"revision\":1,\"article\":\"policy\","
                               "\"state\":\"open\",\"last\":\"2019-03-06\",\"dues\":[%s]}",
                               due));
        world_clock(world, "2019-03-01T09:00:01+08:00");
        const char *id = "D/1/-5w@09:00/office";
        cr_expect_str_eq(alert_raised(world, id), "2019-03-01T09:00:00", "%u", policy);
        cr_expect_str_eq(alert_planned(world, id), "2019-02-27T09:00:00", "%u", policy);
        world_destroy(world);
    }
}
