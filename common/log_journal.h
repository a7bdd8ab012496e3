// log_journal - a line of the log as an entry of the system's journal
#pragma once

#include "common/arena.h"
#include "common/log.h"

// Whether a descriptor is a stream to the journal, as it is under systemd unless its unit says
// otherwise.
bool log_journal_has(int descriptor);

// Gives the line with its fields to the journal; false where that takes none.
bool log_journal_send(const struct log_call *call, const char *program, struct arena *arena);
