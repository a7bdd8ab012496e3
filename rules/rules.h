// rules - what the regulation makes of an event
//
// Pure: no I/O, no clock, no globals, no allocation but in the caller's arena. The view, the event,
// the time, the rulebook and the calendar go in; a decision comes out. What is decided and by which
// row of which table: events.c (who may send what), life_cycle.c (where a case goes), deadlines.c,
// tasks.c.
#pragma once

#include "entry.pb-c.h"
#include "rules/alert_policy.h"
#include "rules/calendar.h"
#include "rules/rulebook.h"
#include "rules/view.h"

// Finds a rulebook that is loaded; NULL where there is none of this digest.
typedef const struct rulebook *(*rulebook_find)(const void *context, const char *digest);

// The entry that a correction names, and the later ones that concern the same. The rules see no
// journal: who calls them looks it up.
struct rules_corrected {
    const Award__Entry *entry;
    const Award__Entry *const *later; // the first of them, ascending
    size_t later_count;
    bool more; // there are more than are listed
};

struct rules_input {
    const struct view *view;
    const Award__Event *event;      // form checked by the codec
    const Award__Principal *sender; // by the key; the event's principal is his name
    int64_t now_ms;                 // becomes `recorded`
    const struct calendar *calendar;
    const struct alert_policy *policy;
    rulebook_find rulebook;
    const void *rulebook_context;
    // What settings said of the text of a rulebook or policy that is being loaded; NULL if it is
    // good.
    const char *text_error_zh;
    const char *text_error_en;
    // What rules_corrects names; NULL where there is no such entry, or nothing is corrected.
    const struct rules_corrected *corrected;
};

// The event that this one would correct: a correction's own, or that of the correction which it
// countersigns. NULL where it corrects nothing.
const Award__EventName *rules_corrects(const Award__Event *event, const struct view *view,
                                       struct arena *arena);

// Decides one event. Everything returned lies in the arena. A rejected decision has no changes.
Award__Decision *rules_decide(const struct rules_input *input, struct arena *arena);

// The coordinator's own event for a row of the index that is due.
Award__Event *rules_due_event(const Award__Due *due, struct arena *arena);
