// People who change a millisecond before a moment of a deadline, at it, and one after: leave,
// duties, addresses. Who is told, and how, is decided when it fires.
//
// The answer of 2019-03-18 is told to the clerk (office) at nine on 03-04, 11, 14, 15, 18, 19, 21
// and 25; upward after one working day to the head, after two more to the director.
#include "tests/rules/moments.h"

#include <criterion/criterion.h>

#define TOLD(step, who) ANSWER "/1/" step "@09:00/" who
#define LEAVE(person, from, until, more)                                                           \
    "{\"absence_recorded\":{\"person\":\"" person "\",\"from\":\"2019-03-" from                    \
    "\",\"until\":\"2019-03-" until "\",\"reason\":\"r\"" more "}}"
#define FOR_HIM(person) ",\"substitute\":\"" person "\""
#define ON_DUTY(person, post, from)                                                                \
    "{\"duty_changed\":{\"person\":\"" person "\",\"post\":\"" post "\",\"from\":\"2019-03-" from  \
    "\"}}"
#define OFF_DUTY(person, from)                                                                     \
    "{\"duty_changed\":{\"person\":\"" person "\",\"from\":\"2019-03-" from "\"}}"

// clang-format off
static const struct moment_case leave_cases[] = {
    // The head stands in; told as that he is told as the head without a word, and the director
    // after him.
    {.what = "leave cancelled",
     .before = {{"office", LEAVE("office", "13", "29", FOR_HIM("head"))}},
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", "{\"absence_recorded\":{\"person\":\"office\",\"from\":\"2019-03-13\",\"cancelled\":true}}"}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"2019-03-15T09:00:00", "never", "never"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-18T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "director"), {"2019-03-20T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
         {alert_raised, TOLD("0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    // Until the day itself: he is back on Monday.
    {.what = "leave shortened to the day",
     .before = {{"office", LEAVE("office", "13", "29", FOR_HIM("head"))}},
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", LEAVE("office", "13", "15", FOR_HIM("head"))}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"never", "never", "never"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("0", "office"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    // A day that is over cannot be made the last one.
    {.what = "leave shortened to the day before",
     .before = {{"office", LEAVE("office", "13", "29", FOR_HIM("head"))}},
     .moment = "2019-03-15T00:00:00",
     .change = {{"office", LEAVE("office", "13", "14", FOR_HIM("head"))}},
     .codes = {"", "absence_over", "absence_over"},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"2019-03-15T09:00:00", "never", "never"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-18T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("0", "office"), {"2019-03-18T09:00:00", "never", "never"}},
     }},
    {.what = "leave made longer on its last day",
     .before = {{"office", LEAVE("office", "13", "15", FOR_HIM("head"))}},
     .moment = "2019-03-18T09:00:00",
     .change = {{"office", LEAVE("office", "16", "29", FOR_HIM("head"))}},
     .outcomes = {
         {alert_raised, TOLD("0", "office"), {"never", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("0", "head"), {"2019-03-18T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0", "director"), {"2019-03-21T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
     }},
    {.what = "leave of the head as a step goes upward",
     .moment = "2019-03-19T09:00:00",
     .change = {{"office", LEAVE("head", "19", "29", FOR_HIM("director"))}},
     .outcomes = {
         {alert_raised, TOLD("0", "head"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0", "director"), {"2019-03-19T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
     }},
    // The next higher post is told in the clerk's place, as itself.
    {.what = "leave without a substitute",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", LEAVE("office", "15", "29", "")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-15T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("-1w", "director"), {"2019-03-19T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
     }},
};
// clang-format on

Test(people_moments, leave)
{
    MOMENT_CASES_TRY(leave_cases);
}

// ---- Duties

static void deputy_begin(struct world *world)
{
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL, "{\"name\":\"deputy\",\"role\":\"office\"}");
}

// clang-format off
static const struct moment_case duty_cases[] = {
    // Nobody is the head from then on: what goes upward goes to the director.
    {.what = "the head becomes a clerk at a step",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", ON_DUTY("head", "clerk", "15")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-15T09:00:00", "never", "never"}},
         {alert_raised, TOLD("-1w", "director"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("-2w", "head"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-2w", "director"), {"2019-03-15T09:00:00", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
     }},
    {.what = "the clerk leaves at a step",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", OFF_DUTY("office", "15")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"never", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-15T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("-1w", "director"), {"2019-03-19T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
     }},
    {.what = "another head as a step goes upward",
     .begin = deputy_begin,
     .moment = "2019-03-19T09:00:00",
     .change = {{"office", ON_DUTY("deputy", "section_head", "19")}, {"office", OFF_DUTY("head", "19")}},
     .outcomes = {
         {alert_raised, TOLD("0", "deputy"), {"2019-03-19T09:00:00", "never", "never"}},
         {alert_raised, TOLD("0", "head"), {"never", "2019-03-19T09:00:00", "2019-03-19T09:00:00"}},
         {alert_raised, TOLD("0", "director"), {"2019-03-21T09:00:00", "2019-03-21T09:00:00", "2019-03-21T09:00:00"}},
         {alert_raised, TOLD("+1w", "deputy"), {"2019-03-20T09:00:00", "2019-03-20T09:00:00", "2019-03-20T09:00:00"}},
     }},
    // A role without a roster: everybody is told, and nobody stands above.
    {.what = "no roster any more",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", OFF_DUTY("office", "15")}, {"office", OFF_DUTY("head", "15")}, {"office", OFF_DUTY("director", "15")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "head"), {"2019-03-15T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("-1w", "director"), {"2019-03-15T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
         {alert_raised, TOLD("0", "director"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
    // A duty holds from its day on, not from when it is entered.
    {.what = "another clerk from the next working day on",
     .begin = deputy_begin,
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", ON_DUTY("deputy", "clerk", "18")}, {"office", OFF_DUTY("office", "18")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), {"2019-03-15T09:00:00", "2019-03-15T09:00:00", "2019-03-15T09:00:00"}},
         {alert_raised, TOLD("-1w", "deputy"), {"never", "never", "never"}},
         {alert_raised, TOLD("0", "office"), {"never", "never", "never"}},
         {alert_raised, TOLD("0", "deputy"), {"2019-03-18T09:00:00", "2019-03-18T09:00:00", "2019-03-18T09:00:00"}},
     }},
};
// clang-format on

Test(people_moments, duties)
{
    MOMENT_CASES_TRY(duty_cases);
}

// ---- Addresses, hours, language

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HOURS(from, until)                                                                         \
    "{\"address_changed\":{\"hours_from\":" from ",\"hours_until\":" until "}}"
#define MAIL                                                                                       \
    "{\"address_changed\":{\"addresses\":[{\"channel\":\"mail\",\"digest\":\"" DIGEST "\"}]}}"
#define MAIL_TO_WECOM                                                                              \
    "{\"address_changed\":{\"addresses\":[{\"channel\":\"mail\",\"address\":\"\"},"                \
    "{\"channel\":\"wecom\",\"digest\":\"" DIGEST "\"}]}}"
#define SAME(text)                                                                                 \
    {                                                                                              \
        text, text, text                                                                           \
    }

// clang-format off
static const struct moment_case address_cases[] = {
    {.what = "his hours from ten until eleven",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", HOURS("600", "660")}},
     .outcomes = {
         {alert_raised, TOLD("-1w", "office"), SAME("2019-03-15T09:00:00")},
         {alert_message, TOLD("-1w", "office"), {"office/2019-03-15T10:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1", "office/2019-03-15T09:00:00+08:00/1"}},
         {alert_message, TOLD("0", "office"), SAME("office/2019-03-18T09:00:00+08:00/1")},
         {alert_message, TOLD("+1w", "office"), SAME("office/2019-03-19T10:00:00+08:00/1")},
         {alert_raised, TOLD("-1w", "head"), SAME("2019-03-18T09:00:00")},
     }},
    // What collects keeps its moment and its channel.
    {.what = "his hours as a message goes out",
     .before = {{"office", HOURS("600", "660")}},
     .moment = "2019-03-15T10:00:00",
     .change = {{"office", HOURS("840", "900")}},
     .outcomes = {
         {alert_message, TOLD("-1w", "office"), SAME("office/2019-03-15T10:00:00+08:00/1")},
         {alert_message, TOLD("+1w", "office"), SAME("office/2019-03-19T14:00:00+08:00/1")},
     }},
    {.what = "his first address",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", MAIL}},
     .outcomes = {
         {alert_channel, TOLD("-2w", "office"), SAME("spool")},
         {alert_channel, TOLD("-1w", "office"), {"mail", "spool", "spool"}},
         {alert_channel, TOLD("0", "office"), SAME("mail")},
     }},
    {.what = "another channel",
     .before = {{"office", MAIL}},
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", MAIL_TO_WECOM}},
     .outcomes = {
         {alert_channel, TOLD("-2w", "office"), SAME("mail")},
         {alert_channel, TOLD("-1w", "office"), {"wecom", "mail", "mail"}},
         {alert_channel, TOLD("0", "office"), SAME("wecom")},
     }},
    {.what = "his language",
     .moment = "2019-03-15T09:00:00",
     .change = {{"office", "{\"address_changed\":{\"language\":\"en\"}}"}},
     .outcomes = {
         {alert_message, TOLD("-1w", "office"), SAME("office/2019-03-15T09:00:00+08:00/1")},
         {alert_raised, TOLD("-1w", "head"), SAME("2019-03-18T09:00:00")},
     }},
};
// clang-format on

Test(people_moments, addresses_and_hours)
{
    MOMENT_CASES_TRY(address_cases);
}
