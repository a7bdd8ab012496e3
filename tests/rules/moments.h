// moments - what changes around a moment: tried a millisecond before it, at it, and one after
#pragma once

#include "tests/rules/roster_world.h"

enum { MOMENT_SENT_MAX = 4, MOMENT_OUTCOMES_MAX = 10 };

// A thing to look at when all is over, and what it is where the change came before the moment, at
// it (what fires at it had fired), and after it.
struct outcome {
    const char *(*read)(struct world *world, const char *of);
    const char *of;
    const char *expected[3];
};

// The world is that of roster_world.h, with the answer counted by `period` where its length is not
// 0. What is sent is accepted unless a code is expected.
struct moment_case {
    const char *what;
    struct period period;
    void (*begin)(struct world *world);           // may be NULL
    struct sent before[MOMENT_SENT_MAX];          // up to the first without a line
    const char *moment;                           // "2019-03-15T09:00:00"
    void (*policy)(struct alert_policy *policy);  // NULL; else what is loaded is another policy
    struct sent change[MOMENT_SENT_MAX];          // up to the first without a line
    const char *codes[3];                         // NULL: accepted
    const char *until;                            // when all is over; NULL: 2019-03-29T12:00:00
    struct outcome outcomes[MOMENT_OUTCOMES_MAX]; // up to the first without a reader
};

// Also checks what always holds (moments_check) on the way.
void moment_cases_try(const struct moment_case *cases, size_t count);

#define MOMENT_CASES_TRY(cases) moment_cases_try((cases), sizeof(cases) / sizeof((cases)[0]))

// What always holds: the rows of the index and what they belong to agree; nothing is told early,
// twice, or of a deadline that was over.
void moments_check(struct world *world, const char *what);

// So many milliseconds beside a moment.
const char *moment_beside(struct world *world, const char *moment, int64_t beside_ms);

// The ladder of the answer to an objection.
struct alert_ladder *answer_ladder(struct alert_policy *policy);

#define POLICY_LOADED                                                                              \
    "{\"alert_policy_loaded\":{\"text\":\"x\",\"digest\":"                                         \
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}}"
#define CALENDAR_LOADED(exceptions)                                                                \
    "{\"calendar_loaded\":{\"year\":2019,\"source\":\"s\",\"exceptions\":["                        \
    "{\"on\":\"2019-01-01\"}," exceptions "]}}"
#define MOVED(event, more)                                                                         \
    "{\"" event "\":{\"deadline\":\"" ANSWER "\",\"reason\":\"r\",\"article\":\"第3条\"" more "}}"
#define ANSWERED                                                                                   \
    "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"unfounded\",\"report\":\"r\"}}"

// ---- What is looked at. Of a moment "2019-03-15T09:00:00" or "never".

const char *alert_raised(struct world *world, const char *alert);
const char *alert_planned(struct world *world, const char *alert); // when it was due
const char *alert_message(struct world *world, const char *alert); // "nothing" where none goes out
const char *alert_channel(struct world *world, const char *alert); // of that message
const char *revision_fired(struct world *world, const char *revision); // DEADLINE/2: at its end
const char *deadline_stands(struct world *world, const char *id);      // "open until 2019-03-18"
