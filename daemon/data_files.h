// data_files - the files of a database as a whole
#pragma once

#include "daemon/store/store_error.h"

#include <stdbool.h>

enum { DATA_PATH_BYTES = 1024 };

// Lies in the directory while a database is being made there; after a making that was cut off, too.
#define DATA_BEING_MADE "being-made"

// Where one of them lies: "journal", "state", "nonce.key".
void data_files_path(char path[DATA_PATH_BYTES], const char *directory, const char *name);

// Whether there is a journal or a state.
bool data_files_there(const char *directory);

// Removes them, and the directory when it is one's own and nothing else lies in it.
void data_files_remove(const char *directory);

// What root has made in a directory of somebody else's is given to him: the service that is to open
// it runs under that user. Nothing happens to who is not root, or in root's own directory.
int data_files_give(const char *directory, struct store_error *error);
