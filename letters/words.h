// words - what a code is called in Chinese and English
#pragma once

#include "record.pb-c.h"
#include "rules/lines.h"
#include "task.pb-c.h"

struct word {
    const char *zh;
    const char *en;
};

// The words for the value of a fact ("finding", "founded"); NULL where it has none.
const struct word *word_of_fact(const char *fact, const char *value);

// What is due at a deadline of this kind; NULL for none.
const struct word *word_of_deadline(Award__DeadlineKind__Name kind);

// The role of who reads a message; 0 where he is nobody known.
Award__Role__Name reader_role(const Award__DeliverMessage *asked);

// What is to be done about a deadline, as its reader is told: the line that does it, or the one
// that shows it and who acts. In the arena.
struct word word_of_line(struct arena *arena, const struct deadline_line *line);
