// help - what awardctl says of itself: commands, files and subjects
#pragma once

#include "clients/ctl/ctl.h"

#include <stddef.h>

// Prints the commands whose names begin with the word, "policy check" and the like; all, where none
// does.
void help_list(const char *word);

void help_command(const struct command *command);

// Says that the words are no command, and which may be meant. Returns CTL_USAGE.
int help_unknown(int count, char **words);

// The names of subjects and files, without those of commands, for completion; NULL behind the last.
const char *help_topic_name(size_t index);
