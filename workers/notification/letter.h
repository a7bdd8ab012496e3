// letter - a message as a mail: template, facts, deadlines
#pragma once

#include "workers/notification/facts.h"
#include "workers/notification/mail.h"

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
    Award__Language__Name language; // 0: Chinese, with English below
};

// The mail, in the arena of the facts; adds facts of its own.
struct mail letter_fill(const struct letter *letter, struct facts *facts);

// The mail of a message of the coordinator. False and a sentence in *reason where it cannot be
// written (an unknown template, no recipient).
bool letter_write(const Award__DeliverMessage *asked, struct arena *arena, struct mail *mail,
                  const char **reason);
