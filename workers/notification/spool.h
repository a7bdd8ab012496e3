// spool - one file per message in a directory, named by the message's stable identity
//
// A file appears whole or not at all: written under another name, synced, renamed. The same message
// again overwrites its file with the same bytes.
#pragma once

#include "common/arena.h"

#include <stdbool.h>

// The identity in characters that are safe in a file name and in a Message-ID: letters, digits, '-'
// and '_'; others as %XX. A long one is cut and ends with a part of its SHA-256 instead.
const char *spool_safe(const char *identity, struct arena *arena);

// The name of a file: the safe identity and a suffix (".eml").
const char *spool_name(const char *identity, const char *suffix, struct arena *arena);

// Makes the directory if it is not there (its parent must be) and sees whether it can be written.
// False and a sentence in *reason.
bool spool_check(const char *directory, struct arena *arena, const char **reason);

// False and a sentence in *reason; then nothing has changed but, if the disk itself failed, the
// durability of the file.
bool spool_write(const char *directory, const char *name, const char *text, struct arena *arena,
                 const char **reason);
