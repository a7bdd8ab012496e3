// rulebook_words - the entries of a rulebook in words, for those who read it and compare two
#pragma once

#include "common/arena.h"
#include "rules/rulebook.h"
#include "settings/keys.h"

enum rulebook_language { RULEBOOK_ZH, RULEBOOK_EN };

// Whether the row of the table is an entry that is said by itself: a value or a whole period
// outside of the categories.
bool rulebook_entry(const struct key *key);

// Where the entry's value stands in the rulebook.
const void *rulebook_value(const struct rulebook *rulebook, const struct key *key);

// Whether two rulebooks say the same in this entry.
bool rulebook_value_same(const struct rulebook *one, const struct rulebook *other,
                         const struct key *key);

// The value in words: "5", "是", "7 个日历日（当日不计入，末日遇休息日顺延）".
const char *rulebook_value_text(const struct rulebook *rulebook, const struct key *key,
                                enum rulebook_language language, struct arena *arena);

// "100" or "85.50", from hundredths.
const char *rulebook_points_text(int64_t hundredths, struct arena *arena);
