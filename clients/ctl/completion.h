// completion - what a word of a command line may be, printed for a shell
//
// A candidate is one line. A line ":files" or ":directories" says that the shell completes names of
// files itself. Nothing is ever said of what goes wrong: then there are fewer candidates.
#pragma once

#include "clients/ctl/ctl.h"

#include <stdbool.h>

struct completion {
    struct ctl *ctl;
    const char *written; // of the word, so far
    const char *before;  // of that, what stands before the value: "--output=", "cycle="; or ""
    const char *event;   // that the command line names; NULL: none
    const char *last;    // candidate that was printed; NULL: none yet
    bool unanswered;     // the coordinator did not answer, and is not asked again
};

// Prints a candidate for the value, if it begins with what is written.
void completion_offer(struct completion *completion, const char *value);

// Offers what may stand in the place of such a word of a synopsis: "zh|en" as they are, "CASE" from
// the coordinator, "FILE" from the shell; nothing for what is of no known kind.
void completion_values(struct completion *completion, const char *words);

// The same for the field of an event: "cycle=", or behind it the cycles.
void completion_fields(struct completion *completion);
