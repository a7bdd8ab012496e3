// data_files - the files of a database as a whole
#pragma once

#include "daemon/store/store_error.h"

#include <stdbool.h>

enum { DATA_PATH_BYTES = 1024 };

// Marks. One lies in the directory while a database is being made or restored there, and after a
// making or restoring that was cut off: nothing is served from there then.
#define DATA_BEING_MADE "being-made"
#define DATA_BEING_RESTORED "being-restored"

// Where one of them lies: "journal", "state", "nonce.key".
void data_files_path(char path[DATA_PATH_BYTES], const char *directory, const char *name);

// Whether there is a journal or a state.
bool data_files_there(const char *directory);

// Names that were made or removed in the directory are on disk for good.
int data_files_sync(const char *directory, struct store_error *error);

// Removes them, and the directory when it is one's own and nothing else lies in it.
void data_files_remove(const char *directory);

// Leaves a mark, on disk before the first file is; takes it away, when the files are whole; removes
// the files and then the mark.
int data_files_mark(const char *directory, const char *mark, struct store_error *error);
int data_files_unmark(const char *directory, const char *mark, struct store_error *error);
void data_files_undo(const char *directory, const char *mark);
bool data_files_marked(const char *directory, const char *mark);

// What root has made in a directory of somebody else's is given to him: the service that is to open
// it runs under that user. Nothing happens to who is not root, or in root's own directory.
int data_files_give(const char *directory, struct store_error *error);
