// reply_mask - what a server said, without the addresses that it repeated
#pragma once

#include "common/arena.h"

// A copy in the arena with *** in the place of every mail address and of every number of eleven
// digits or more, whoever it belongs to; servers like to repeat the recipient in what they answer,
// and that goes on record. The same text always gives the same.
char *reply_mask(const char *text, struct arena *arena);
