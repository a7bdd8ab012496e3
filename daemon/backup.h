// backup - a copy of the database while it serves, and the way back
#pragma once

// Copies journal, personal data, state and the key of the nonces into `target`, which must not be
// there yet; awardd may serve meanwhile. The copy stands at the last entry that was on record when
// the journal's turn came. On failure nothing is left. Returns an exit status
// (daemon/exit_status.h).
int backup_run(const char *data_directory, const char *target);

// Makes the database from such a copy, in a directory that is empty or not there, and begins a new
// epoch: the numbers of entries behind the copy are given again, and every answer says so.
int restore_run(const char *source, const char *data_directory);
