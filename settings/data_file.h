// data_file - where the files that come with the programs lie
#pragma once

#include "common/arena.h"

// The directory of the program that runs.
const char *data_program_directory(struct arena *arena);

// The path of a file or directory of rulebooks/ ("alerts.yaml"): beside an installed program, in
// its source tree, or in /usr/share/awardd, the first that can be read; else the last of them.
const char *data_file(const char *name, struct arena *arena);
