// help_json - the help for programs: editors, the manual (scripts/man), whatever draws forms
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/help_topics.h"

// Everything: options of all commands, exit statuses, commands, subjects, files with their keys.
void help_json_all(struct ctl *ctl);

// What a topic names.
struct help_found {
    const char *wanted;
    const struct command *command; // NULL: none, as below
    const struct help_topic *topic;
    const struct help_file *file;
    bool first_word; // commands begin with it
};

// The same object with what was found alone.
void help_json(struct ctl *ctl, const struct help_found *found);
