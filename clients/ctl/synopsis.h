// synopsis - what a command takes, read from its line of arguments
//
// "CASE [--cycle CYCLE] [--all]": the row of a command says in one line what it takes, and this
// reads the line for help, manual and completion. Brackets hold what may be left out, " | " stands
// between alternatives, "..." behind what may be repeated. An option has a value where a word
// follows it at once: "--until DAY" has, "[--all]" and "--all | --none" have not.
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { SYNOPSIS_WORDS_MAX = 32 };

struct synopsis_word {
    const char *option; // "--cycle"; NULL: it is an argument
    const char *value;  // "CYCLE", "zh|en": what is to be written there; NULL: the option has none
    bool repeats;
};

struct synopsis {
    size_t count;
    struct synopsis_word words[SYNOPSIS_WORDS_MAX]; // in the order of the line, texts in the arena
};

struct synopsis synopsis_read(const char *arguments, struct arena *arena);

// The word of an option, with its dashes; NULL where there is none of that name.
const struct synopsis_word *synopsis_option(const struct synopsis *synopsis, const char *name);

// The argument at a place, from 0, which is one that repeats from its place on, or the value of an
// option that does ("[--only CHECK ...]"); NULL: none.
const struct synopsis_word *synopsis_argument(const struct synopsis *synopsis, size_t place);
