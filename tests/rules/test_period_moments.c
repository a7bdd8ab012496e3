// A period that changes a millisecond before a moment of its deadline, at it, and one after:
// suspended, resumed, extended, and counted by another calendar.
//
// By the policy the answer of 2019-03-01 ends on Monday 03-18 and is told at nine on 03-04, 11, 14,
// 15, 18, 19, 21 and 25; upward after one working day to the head, after two more to the director.
#include "tests/rules/moments.h"

#include <criterion/criterion.h>

#define REV(n, step, who) ANSWER "/" n "/" step "@09:00/" who

// clang-format off
static const struct moment_case moved_cases[] = {
    // To Wednesday 04-10: ten working days before is 03-26, for 04-05 is a holiday.
    {.what = "extended at a step",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", MOVED("deadline_extended", ",\"last\":\"2019-04-10\"")}},
     .outcomes = {
         {alert_raised, REV("1", "-1w", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, REV("1", "-2w", "head"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, REV("1", "0", "office"), {"never", "never", "never"}},
         {alert_raised, REV("2", "-10w", "office"), {"2019-03-26T09:00:00", "2019-03-26T09:00:00", "2019-03-26T09:00:00"}},
         // What has not gone out is left out; the last that went out says what became of it.
         {alert_message, REV("1", "-1w", "office"), {"nothing", "nothing", "office/2019-03-15T09:01:00+08:00/1"}},
         {alert_message, REV("1", "-2w", "office"), {"office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1", "office/2019-03-14T09:00:00+08:00/1"}},
         {deadline_stands, ANSWER, {"open until 2019-04-10", "open until 2019-04-10", "open until 2019-04-10"}},
     }},
    {.what = "extended at the end",
     .moment = "2019-03-19T00:00:00",
     .change = {{"office", MOVED("deadline_extended", ",\"last\":\"2019-04-10\"")}},
     .outcomes = {
         {revision_fired, ANSWER "/1", {"never", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
         {alert_raised, REV("1", "0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, REV("1", "0", "head"), {"never", "never", "never"}},
         {alert_raised, REV("1", "+1w", "office"), {"never", "never", "never"}},
         {deadline_stands, ANSWER, {"open until 2019-04-10", "open until 2019-04-10", "open until 2019-04-10"}},
     }},
    {.what = "extended as a step goes upward",
     .moment = "2019-03-19T09:00:00",
     .change = {{"office", MOVED("deadline_extended", ",\"last\":\"2019-04-10\"")}},
     .outcomes = {
         {alert_raised, REV("1", "0", "head"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, REV("1", "0", "director"), {"never", "never", "never"}},
         {alert_message, REV("1", "+1w", "supervision"), {"nothing", "nothing", "supervision/2019-03-19T09:01:00+08:00/1"}},
     }},
    {.what = "suspended at a step",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", MOVED("deadline_suspended", "")}},
     .outcomes = {
         {alert_raised, REV("1", "-1w", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, REV("1", "-1w", "head"), {"never", "never", "never"}},
         {alert_raised, REV("1", "0", "office"), {"never", "never", "never"}},
         {deadline_stands, ANSWER, {"suspended until 2019-03-18", "suspended until 2019-03-18", "suspended until 2019-03-18"}},
     }},
    {.what = "suspended at the end",
     .moment = "2019-03-19T00:00:00",
     .change = {{"office", MOVED("deadline_suspended", "")}},
     .codes = {"", "wrong_state", "wrong_state"},
     .outcomes = {
         {revision_fired, ANSWER "/1", {"never", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
         {alert_raised, REV("1", "+1w", "office"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
     }},
};

// clang-format on

// ---- Of a cycle

#define CLOSING "2020:closing:1"
#define PUBLICITY "2018:publicity_end:1"

// Of Friday 03-15 at 18:00.
static void closing_begin(struct world *world)
{
    (void)world_accept(
        world, "office",
        "{\"cycle_opened\":{\"cycle\":\"2020\",\"notice\":[{\"medium\":\"重庆日报\"}],"
        "\"chair\":\"副市长\",\"closing\":\"2019-03-15T18:00:00+08:00\","
        "\"units\":[\"甲\",\"乙\"]}}");
}

// Until Friday 03-15, with its step of that day.
static void publicity_begin(struct world *world)
{
    const struct alert_step step = {0, false, 540, 0, false};
    const char *dues = "";
    const char *const rows[] = {
        "{\"moment\":\"2019-03-16T00:00:00+08:00\",\"kind\":\"deadline\",\"subject\":\"" PUBLICITY
        "\",\"revision\":1,\"step\":0}",
        arena_format(
            world_arena(world),
            "{\"moment\":\"2019-03-15T09:00:00+08:00\",\"kind\":\"alert\",\"subject\":\"" PUBLICITY
            "\",\"revision\":1,\"step\":%u}",
            alert_step_number(&step)),
    };
    for (size_t i = 0; i < 2; i++) {
        after_put(world, AWARD__CHANGE__RECORD_DUE, rows[i]);
        dues = arena_format(world_arena(world), "%s%s%s", dues, i > 0 ? "," : "", rows[i]);
    }
    after_put(
        world, AWARD__CHANGE__RECORD_DEADLINE,
        arena_format(world_arena(world),
                     "{\"deadline\":\"" PUBLICITY "\",\"subject\":\"2018\",\"kind\":"
                     "\"publicity_end\",\"revision\":1,\"article\":\"16(7).2\",\"state\":\"open\","
                     "\"cycle\":\"2018\",\"starts\":\"2019-03-08\",\"last\":\"2019-03-15\","
                     "\"end\":\"2019-03-15T23:59:59.999+08:00\",\"dues\":[%s]}",
                     dues));
    after_put(
        world, AWARD__CHANGE__RECORD_CYCLE,
        arena_format(world_arena(world),
                     "{\"cycle\":\"2018\",\"rulebook\":\"%s\",\"publicities\":[{\"from\":"
                     "\"2019-03-08\",\"stated_last\":\"2019-03-15\",\"last\":\"2019-03-15\"}]}",
                     world_rules(world)->digest));
}

// clang-format off
#define CLOSING_CHANGED .change = {{"office", "{\"cycle_changed\":{\"cycle\":\"2020\",\"reason\":\"r\",\"closing\":\"2019-03-29T17:00:00+08:00\"}}"}}
#define PUBLICITY_EXTENDED .change = {{"office", "{\"publicity_extended\":{\"cycle\":\"2018\",\"last\":\"2019-03-20\",\"reason\":\"r\"}}"}}

static const struct moment_case cycle_cases[] = {
    // To Friday 03-29 at 17:00: ten working days before that is 03-15.
    {.what = "another closing, at a step",
     .begin = closing_begin,
     .moment = "2019-03-15T09:00:00",
     CLOSING_CHANGED,
     .until = "2019-04-01T12:00:00",
     .outcomes = {
         {alert_raised, CLOSING "/1/0@09:00/office", {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, CLOSING "/2/-10w@09:00/office", {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00.001"}},
         {revision_fired, CLOSING "/2", {"2019-03-29T17:00:00.001", "2019-03-29T17:00:00.001", "2019-03-29T17:00:00.001"}},
     }},
    // A named time of day is inside: it fires a millisecond later.
    {.what = "another closing, as it ends",
     .begin = closing_begin,
     .moment = "2019-03-15T18:00:00.001",
     CLOSING_CHANGED,
     .codes = {"", "closed_for_applications", "closed_for_applications"},
     .until = "2019-04-01T12:00:00",
     .outcomes = {
         {revision_fired, CLOSING "/1", {"never", "2019-03-15T18:00:00.001", "2019-03-15T18:00:00.001"}},
         {revision_fired, CLOSING "/2", {"2019-03-29T17:00:00.001", "never", "never"}},
         {alert_raised, CLOSING "/1/+1w@09:00/office", {"never", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    {.what = "a longer publicity, at a step",
     .begin = publicity_begin,
     .moment = "2019-03-15T09:00:00",
     PUBLICITY_EXTENDED,
     .outcomes = {
         {alert_raised, PUBLICITY "/1/0@09:00/office", {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, PUBLICITY "/2/-2w@09:00/office", {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {revision_fired, PUBLICITY "/1", {"never", "never", "never"}},
         {revision_fired, PUBLICITY "/2", {"2019-03-21T00:00:00", "2019-03-21T00:00:00", "2019-03-21T00:00:00"}},
     }},
    {.what = "a longer publicity, as it ends",
     .begin = publicity_begin,
     .moment = "2019-03-16T00:00:00",
     PUBLICITY_EXTENDED,
     .codes = {"", "publicity_over", "publicity_over"},
     .outcomes = {
         {revision_fired, PUBLICITY "/1", {"never", "2019-03-16T00:00:00", "2019-03-16T00:00:00"}},
         {revision_fired, PUBLICITY "/2", {"2019-03-21T00:00:00", "never", "never"}},
         {deadline_stands, PUBLICITY, {"ended until 2019-03-20", "ended until 2019-03-15", "ended until 2019-03-15"}},
     }},
};

#define SUSPENDED(moment) {NULL, moment}, {"office", MOVED("deadline_suspended", "")}
#define RESUMED .change = {{"office", MOVED("deadline_resumed", "")}}

static const struct moment_case resumed_cases[] = {
    // Six days are left on 03-12: from 03-18 until Sunday 03-24. Ten working days before that is
    // 03-11, which is past; five are 03-18, told as it comes: of two that are past, the last alone.
    {.what = "resumed at a step",
     .before = {SUSPENDED("2019-03-12T10:00:00")},
     .moment = "2019-03-18T09:00:00",
     RESUMED,
     .outcomes = {
         {alert_raised, REV("3", "-10w", "office"), {"2019-03-18T08:59:59.999", "never", "never"}},
         {alert_raised, REV("3", "-5w", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00.001"}},
         {alert_message, REV("3", "-10w", "office"), {"office/2019-03-18T09:00:00+08:00/1", "nothing", "nothing"}},
         {alert_message, REV("3", "-5w", "office"), {"office/2019-03-18T09:00:00+08:00/1", "office/2019-03-18T09:00:00+08:00/1", "office/2019-03-18T09:01:00+08:00/1"}},
         {alert_raised, REV("3", "-5w", "head"), {"2019-03-19T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00.001"}},
         {alert_raised, REV("3", "-2w", "office"), {"2019-03-21T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
         {revision_fired, ANSWER "/3", {"2019-03-25T00:00:00", "2019-03-25T00:00:00", "2019-03-25T00:00:00"}},
         {deadline_stands, ANSWER, {"overdue until 2019-03-24", "overdue until 2019-03-24", "overdue until 2019-03-24"}},
     }},
    // The day of the resumption decides.
    {.what = "resumed as a day begins",
     .before = {SUSPENDED("2019-03-12T10:00:00")},
     .moment = "2019-03-18T00:00:00",
     RESUMED,
     .outcomes = {
         {alert_raised, REV("3", "-10w", "office"), {"2019-03-17T23:59:59.999", "2019-03-18T00:00:00", "2019-03-18T00:00:00.001"}},
         {alert_message, REV("3", "-10w", "office"), {"office/2019-03-18T08:30:00+08:00/1", "office/2019-03-18T08:30:00+08:00/1", "office/2019-03-18T08:30:00+08:00/1"}},
         {alert_raised, REV("3", "-5w", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {revision_fired, ANSWER "/3", {"2019-03-24T00:00:00", "2019-03-25T00:00:00", "2019-03-25T00:00:00"}},
     }},
    // Suspended and resumed on one day it has not moved, and is told of its last step once more.
    {.what = "resumed on the same day at a step",
     .before = {SUSPENDED("2019-03-15T08:45:00")},
     .moment = "2019-03-15T09:00:00",
     RESUMED,
     .outcomes = {
         {alert_raised, REV("1", "-1w", "office"), {"never", "never", "never"}},
         {alert_raised, REV("3", "-2w", "office"), {"2019-03-15T08:59:59.999", "never", "never"}},
         {alert_raised, REV("3", "-1w", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00.001"}},
         {alert_raised, REV("3", "0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {revision_fired, ANSWER "/3", {"2019-03-19T00:00:00", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
     }},
};

// ---- Another calendar

#define TO_WORKING_DAY .period = {.length = 17, .unit = PERIOD_DAYS, .roll_last_day = true}
#define TEN_WORKING_DAYS .period = {.length = 10, .unit = PERIOD_WORKING_DAYS}
#define LAST_DAY_OFF .change = {{"office", CALENDAR_LOADED("{\"on\":\"2019-03-18\"}")}}
#define WEEKEND_WORKED .change = {{"office", CALENDAR_LOADED("{\"on\":\"2019-03-09\",\"working\":true},{\"on\":\"2019-03-10\",\"working\":true}")}}

static const struct moment_case end_cases[] = {
    // From Monday 03-18 to Tuesday; one working day before that is Friday 03-15, which is past.
    {.what = "the end later, at a step",
     TO_WORKING_DAY,
     .moment = "2019-03-18T09:00:00",
     LAST_DAY_OFF,
     .outcomes = {
         {alert_raised, REV("1", "0", "office"), {"never", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, REV("2", "-2w", "office"), {"never", "never", "never"}},
         {alert_raised, REV("2", "-1w", "office"), {"2019-03-18T08:59:59.999", "2019-03-18T09:00:00", "2019-03-18T09:00:00.001"}},
         {alert_raised, REV("2", "0", "office"), {"2019-03-19T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {revision_fired, ANSWER "/1", {"never", "never", "never"}},
         {revision_fired, ANSWER "/2", {"2019-03-20T00:00:00", "2019-03-20T00:00:00", "2019-03-20T00:00:00"}},
         {deadline_stands, ANSWER, {"overdue until 2019-03-19", "overdue until 2019-03-19", "overdue until 2019-03-19"}},
     }},
    {.what = "the end later, at the end",
     TO_WORKING_DAY,
     .moment = "2019-03-19T00:00:00",
     LAST_DAY_OFF,
     .outcomes = {
         {revision_fired, ANSWER "/1", {"never", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
         {revision_fired, ANSWER "/2", {"2019-03-20T00:00:00", "2019-03-20T00:00:00", "2019-03-20T00:00:00"}},
         {alert_raised, REV("1", "0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, REV("1", "0", "head"), {"never", "never", "never"}},
         {alert_raised, REV("2", "0", "office"), {"2019-03-19T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
     }},
    // From Friday 03-15 to Wednesday 03-13, which ends as it is loaded: fired at once, with the
    // last step that is past; its steps to come are 03-14, 18 and 20, and behind them 03-25.
    {.what = "the end earlier than now",
     TEN_WORKING_DAYS,
     .moment = "2019-03-14T00:00:00",
     WEEKEND_WORKED,
     .outcomes = {
         {revision_fired, ANSWER "/1", {"never", "never", "never"}},
         {revision_fired, ANSWER "/2", {"2019-03-14T00:00:00", "2019-03-14T00:00:00", "2019-03-14T00:00:00.001"}},
         {alert_raised, REV("1", "-2w", "office"), {"2019-03-13T09:00:00", "2019-03-13T09:00:00", "2019-03-13T09:00:00"}},
         {alert_raised, REV("1", "-1w", "office"), {"never", "never", "never"}},
         {alert_raised, REV("2", "-1w", "office"), {"never", "never", "never"}},
         {alert_raised, REV("2", "0", "office"), {"2019-03-13T23:59:59.999", "2019-03-14T00:00:00", "2019-03-14T00:00:00.001"}},
         {alert_message, REV("2", "0", "office"), {"office/2019-03-14T00:00:00+08:00/1", "office/2019-03-14T00:00:00+08:00/1", "office/2019-03-14T00:01:00+08:00/1"}},
         {alert_raised, REV("2", "+1w", "office"), {"2019-03-14T09:00:00", "2019-03-14T09:00:00", "2019-03-14T09:00:00"}},
         {alert_raised, ANSWER "/2/unheard/supervision", {"2019-03-25T09:00:00", "2019-03-25T09:00:00", "2019-03-25T09:00:00"}},
         {deadline_stands, ANSWER, {"overdue until 2019-03-13", "overdue until 2019-03-13", "overdue until 2019-03-13"}},
     }},
    // A step of both, of the old end the one before, of the new one the one after.
    {.what = "the end earlier than now, at a step",
     TEN_WORKING_DAYS,
     .moment = "2019-03-14T09:00:00",
     WEEKEND_WORKED,
     .outcomes = {
         {alert_raised, REV("1", "-1w", "office"), {"never", "2019-03-14T09:00:00", "2019-03-14T09:00:00"}},
         {alert_raised, REV("2", "0", "office"), {"2019-03-14T08:59:59.999", "never", "never"}},
         {alert_raised, REV("2", "+1w", "office"), {"2019-03-14T09:00:00", "2019-03-14T09:00:00", "2019-03-14T09:00:00.001"}},
         {alert_raised, REV("2", "+1w", "supervision"), {"2019-03-14T09:00:00", "2019-03-14T09:00:00", "2019-03-14T09:00:00.001"}},
         {revision_fired, ANSWER "/2", {"2019-03-14T08:59:59.999", "2019-03-14T09:00:00", "2019-03-14T09:00:00.001"}},
     }},
    // Overdue it stays overdue and does not fire again, but it is told by its new end.
    {.what = "the end of an overdue one later, and past all the same",
     TO_WORKING_DAY,
     .moment = "2019-03-20T09:00:00",
     LAST_DAY_OFF,
     .outcomes = {
         {revision_fired, ANSWER "/1", {"2019-03-19T00:00:00", "2019-03-19T00:00:00", "2019-03-19T00:00:00"}},
         {revision_fired, ANSWER "/2", {"never", "never", "never"}},
         {alert_raised, REV("2", "0", "office"), {"2019-03-20T08:59:59.999", "never", "never"}},
         {alert_raised, REV("2", "+1w", "office"), {"2019-03-20T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00.001"}},
         {alert_raised, REV("2", "+3w", "office"), {"2019-03-22T09:00:00", "2019-03-22T09:00:00", "2019-03-22T09:00:00"}},
         {deadline_stands, ANSWER, {"overdue until 2019-03-19", "overdue until 2019-03-19", "overdue until 2019-03-19"}},
     }},
    // Its last step was of the 25th, of the new end it is of the 26th; behind that stands 03-28.
    {.what = "the end of an overdue one, as nobody acknowledged any of it",
     TO_WORKING_DAY,
     .moment = "2019-03-28T09:00:00",
     LAST_DAY_OFF,
     .until = "2019-04-02T12:00:00",
     .outcomes = {
         {alert_raised, ANSWER "/1/unheard/supervision", {"never", "2019-03-28T09:00:00", "2019-03-28T09:00:00"}},
         {alert_raised, REV("2", "+5w", "office"), {"2019-03-28T08:59:59.999", "2019-03-28T09:00:00", "2019-03-28T09:00:00.001"}},
         {alert_raised, REV("2", "+3w", "office"), {"never", "never", "never"}},
         {alert_raised, ANSWER "/2/unheard/supervision", {"2019-04-02T08:59:59.999", "2019-04-02T09:00:00", "2019-04-02T09:00:00.001"}},
     }},
};

#define TWO_DAYS_OFF(first, second) .change = {{"office", CALENDAR_LOADED("{\"on\":\"" first "\"},{\"on\":\"" second "\"}")}}

static const struct moment_case steps_cases[] = {
    // With 03-14 and 15 off two working days before 03-18 is 03-12, one is 03-13: of those that are
    // past the last is told, and that it is late.
    {.what = "a step put on the moment",
     .moment = "2019-03-13T09:00:00",
     TWO_DAYS_OFF("2019-03-14", "2019-03-15"),
     .outcomes = {
         {alert_raised, REV("1", "-2w", "office"), {"2019-03-13T08:59:59.999", "never", "never"}},
         {alert_raised, REV("1", "-1w", "office"), {"2019-03-13T09:00:00", "2019-03-13T09:00:00", "2019-03-13T09:00:00.001"}},
         {alert_planned, REV("1", "-2w", "office"), {"2019-03-12T09:00:00", "never", "never"}},
         {alert_planned, REV("1", "-1w", "office"), {"2019-03-13T09:00:00", "2019-03-13T09:00:00", "2019-03-13T09:00:00"}},
         {alert_raised, REV("1", "0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    {.what = "two steps put into the past",
     .moment = "2019-03-14T00:00:00",
     TWO_DAYS_OFF("2019-03-14", "2019-03-15"),
     .outcomes = {
         {alert_raised, REV("1", "-2w", "office"), {"never", "never", "never"}},
         {alert_raised, REV("1", "-1w", "office"), {"2019-03-13T23:59:59.999", "2019-03-14T00:00:00", "2019-03-14T00:00:00.001"}},
         {alert_planned, REV("1", "-1w", "office"), {"2019-03-13T09:00:00", "2019-03-13T09:00:00", "2019-03-13T09:00:00"}},
         {alert_message, REV("1", "-1w", "office"), {"office/2019-03-18T08:30:00+08:00/1", "office/2019-03-18T08:30:00+08:00/1", "office/2019-03-18T08:30:00+08:00/1"}},
     }},
    // What goes upward after a working day waits for one; so does the row behind the ladder.
    {.what = "days off as a step goes upward",
     .moment = "2019-03-19T09:00:00",
     TWO_DAYS_OFF("2019-03-19", "2019-03-20"),
     .outcomes = {
         {alert_raised, REV("1", "0", "head"), {"2019-03-21T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, REV("1", "0", "director"), {"2019-03-25T09:00:00", "2019-03-22T09:00:00", "2019-03-22T09:00:00"}},
         {alert_raised, REV("1", "+1w", "office"), {"2019-03-21T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
     }},
    {.what = "days off as nobody acknowledged any of it",
     .moment = "2019-03-28T09:00:00",
     TWO_DAYS_OFF("2019-03-27", "2019-03-28"),
     .until = "2019-04-02T12:00:00",
     .outcomes = {
         {alert_raised, ANSWER "/1/unheard/supervision", {"2019-04-01T09:00:00", "2019-03-28T09:00:00", "2019-03-28T09:00:00"}},
         {alert_raised, ANSWER "/1/unheard/admin", {"2019-04-01T09:00:00", "2019-03-28T09:00:00", "2019-03-28T09:00:00"}},
     }},
};
// clang-format on

Test(period_moments, extended_and_suspended)
{
    MOMENT_CASES_TRY(moved_cases);
}

Test(period_moments, the_closing_and_the_publicity_of_a_cycle)
{
    MOMENT_CASES_TRY(cycle_cases);
}

Test(period_moments, resumed)
{
    MOMENT_CASES_TRY(resumed_cases);
}

Test(period_moments, another_calendar_moves_the_end)
{
    MOMENT_CASES_TRY(end_cases);
}

Test(period_moments, another_calendar_moves_the_steps)
{
    MOMENT_CASES_TRY(steps_cases);
}
