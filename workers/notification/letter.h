// letter - a message as a mail: template, facts, deadlines
#pragma once

#include "workers/notification/facts.h"

#include "task.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

// To whom, from whom, which wording.
struct letter {
    Award__Template__Name template_name; // one that there is
    const char *to;                      // name of a principal
    const char *to_name;                 // as printed; may be NULL
    const char *city;                    // may be NULL
    const char *office;                  // whose office sends it; NULL: the city's
    const char *identity;
    int64_t date_ms;
    bool rehearsal;
};

// The file's text, in the arena of the facts; adds facts of its own.
char *letter_compose(const struct letter *letter, struct facts *facts);

// The file's text of a message of the coordinator. NULL and a sentence in *reason where it cannot
// be written (an unknown template, no recipient).
char *letter_write(const Award__DeliverMessage *asked, struct arena *arena, const char **reason);
