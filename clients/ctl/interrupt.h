// interrupt - ends a long command between two steps instead of anywhere
//
// From interrupt_watch on, the first SIGINT or SIGTERM is only noted, so that what is on its way is
// answered and counted. The second ends the program as it would have without us.
#pragma once

#include <stdbool.h>

// The signal's exit status in a shell is this and its number.
enum { INTERRUPT_STATUS = 128 };

// Returns a descriptor that is readable once a signal came, for who waits for something else.
int interrupt_watch(void);

// The number of the signal that came; 0 when none has.
int interrupt_came(void);
