// reading - records read without deciding anything, with the tools of rules/deciding.h
//
// For queries and for what viewers may see: nothing is put, nobody sends, and there is no event. A
// record that cannot be read is passed over and marks `damaged`.
#pragma once

#include "rules/deciding.h"

// The input names view, moment, calendar and rulebooks as far as they are needed, no event and no
// sender; it is borrowed.
struct deciding *reading_begin(const struct rules_input *input, struct arena *arena);

// The same where the view is all that is needed.
struct deciding *reading_over(const struct view *view, struct arena *arena);
