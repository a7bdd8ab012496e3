// words - what a code is called in Chinese and English
#pragma once

#include "record.pb-c.h"

struct word {
    const char *zh;
    const char *en;
};

// The words for the value of a fact ("finding", "founded"); NULL where it has none.
const struct word *word_of_fact(const char *fact, const char *value);

// What is due at a deadline of this kind; NULL for none.
const struct word *word_of_deadline(Award__DeadlineKind__Name kind);
