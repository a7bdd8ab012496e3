// feedback - the feedback report of 16(3): scores by category and item, strengths, improvements
#pragma once

#include "letters/templates.h"

#include "task.pb-c.h"

#include <stdbool.h>

// All in the arena.
struct feedback {
    const char *text; // Chinese, then English
    char *digest;     // SHA-256 of the text
    char *mail;       // the text as a mail to the enterprise
    char *json; // the same as data: WriteFeedback without persons and what is not the enterprise's
};

// False and a sentence in *reason where the case is incomplete. `form` is the mail's template,
// `identity` names it.
bool feedback_write(const Award__WriteFeedback *asked, const struct template *form,
                    const char *identity, struct arena *arena, struct feedback *report,
                    const char **reason);
