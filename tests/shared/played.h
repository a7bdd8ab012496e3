// played - a whole office in one process, played from lines of events
//
// The coordinator's own ledger on a manual clock in a scratch directory, without network, keys or
// workers. The first line is a Genesis in JSON (start, principals; rulebook, alert policy and
// calendars are read from a directory where it has none); each line after it an event with
// principal and, where time passed, `at`: the clock goes there first, and what is due on the way
// falls due. A worker's event that names no task answers the open one that it fits.
#pragma once

#include "daemon/ledger.h"

// Says on standard error what is not as it should be, and ends the program with status 2: all that
// follows does so where a line or the directory is wrong.
_Noreturn void played_give_up(const char *what, const char *why);

// The scratch directory is removed at once; what is open in it goes when the program ends.
struct ledger *played_open(const char *line, const char *directory);

// Takes and commits the event of a line; its answer, valid until the next one is taken.
Award__Answer *played_take(struct ledger *ledger, const char *line, unsigned number,
                           struct arena *arena);
