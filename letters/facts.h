// facts - what the placeholders of a template are filled with
//
// Beside each fact that is a code stand its words: "finding" brings "finding_zh" and "finding_en".
// Whoever gives those words first is heard.
#pragma once

#include "common/writing.h"

#include "record.pb-c.h"

struct facts {
    struct arena *arena;
    struct writing_fact *list; // ends with a name of NULL
    size_t count;
    size_t capacity;
};

struct facts facts_begin(struct arena *arena);

// Borrows name and value; `value` may be NULL. One of more than 64 KiB is cut.
void fact_add(struct facts *facts, const char *name, const char *value);
void fact_add_day(struct facts *facts, const char *name, const Award__Day *day);

// Adds the words of all facts so far that are codes; of one without words its value.
void facts_add_words(struct facts *facts);
