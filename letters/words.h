// words - what a code is called in Chinese and English
#pragma once

#include "record.pb-c.h"

struct word {
    const char *zh;
    const char *en;
};

// The words for the value of a fact ("finding", "founded"); NULL where it has none.
const struct word *word_of_fact(const char *fact, const char *value);

// What is due, and the line that does it, with {case}, {cycle}, {subject}, {ordinal}, {incident}.
struct deadline_word {
    const char *zh;
    const char *en;
    const char *command;
};
const struct deadline_word *word_of_deadline(Award__DeadlineKind__Name kind);
