// verify - whether journal and state are what they should be
#pragma once

#include <stdint.h>

// Reads the whole journal, checks each entry's hash and the chain, folds it, and compares the
// result with the state on disk. Says what it finds on standard output, and on standard error how
// far it is where it takes longer than a second.
// Reads in a child process, so that a damaged file that crashes its reader is a finding, too. With
// `digest_every` > 0 the digest of the fold is printed after every so many entries. Returns an exit
// status (daemon/exit_status.h).
int verify_run(const char *directory, uint64_t digest_every);

// Throws the state away and makes it anew from the journal; says how far it is as above.
int rebuild_run(const char *directory);
