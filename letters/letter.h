// letter - a message as a text: template, facts, deadlines
#pragma once

#include "letters/facts.h"
#include "letters/templates.h"

#include "task.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

// To whom, from whom, which wording; and what has come of it.
struct letter {
    const struct template *form;
    const char *to;       // name of a principal
    const char *to_name;  // as printed; may be NULL
    const char *city;     // may be NULL
    const char *office;   // whose office sends it; NULL: the city's
    const char *identity; // stable
    int64_t date_ms;
    bool rehearsal;
    Award__Language__Name language; // 0: Chinese, with English below

    // Filled in, in the arena of the facts.
    const char *from_name;
    const char *subject;
    const char *body; // lines end with \n
};

// Fills in what a letter says; adds facts of its own.
void letter_fill(struct letter *letter, struct facts *facts);

// The letter of a message of the coordinator, in the arena. False and a sentence in *reason where
// it cannot be written (an unknown template, no recipient).
bool letter_write(const Award__DeliverMessage *asked, const struct templates *templates,
                  struct arena *arena, struct letter *letter, const char **reason);
