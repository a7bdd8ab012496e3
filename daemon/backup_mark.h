// backup_mark - when the database was last copied, for who watches over it
//
// A copy is made by a process of its own (`awardd backup`), which leaves a line in the data
// directory when it has come to its end: backup.last, the moment and the entry that the copy stands
// at. It is no part of the database: a lost one is made anew by the next copy.
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct backup_mark {
    int64_t moment_ms; // by the host's clock; 0: there was none yet
    uint64_t entry;
};

// False where the directory takes no file, which errno says; the copy is good all the same.
bool backup_mark_write(const char *data_directory, const struct backup_mark *mark);

// Zeros where there is none, or nothing that can be read.
struct backup_mark backup_mark_read(const char *data_directory);
