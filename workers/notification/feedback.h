// feedback - the feedback report of 16(3): scores by category and item, strengths, improvements
#pragma once

#include "common/arena.h"

#include "task.pb-c.h"

#include <stdbool.h>

// All in the arena.
struct feedback {
    char *text;   // Chinese, then English
    char *digest; // SHA-256 of the text
    char *mail;   // the text as a mail to the enterprise
    char *json; // the same as data: WriteFeedback without persons and what is not the enterprise's
};

// False and a sentence in *reason where the case is incomplete. `identity` names the mail.
bool feedback_write(const Award__WriteFeedback *asked, const char *identity, struct arena *arena,
                    struct feedback *report, const char **reason);
