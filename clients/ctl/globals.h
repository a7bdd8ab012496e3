// globals - the options that stand with every command, and what a command begins with
#pragma once

#include "clients/ctl/ctl.h"

#include <stdbool.h>
#include <stddef.h>

struct globals {
    const char *home;
    const char *principal;
    const char *keys;
    const char *output;
    const char *timeout;
    bool help;
    bool version;
};

// For help, manual and completion.
struct global_option {
    const char *name;     // "--home"
    const char *argument; // "DIR"; NULL: none
    const char *zh;
    const char *en;
};

const struct global_option *global_options(size_t *count);

// What awardctl ends with.
struct exit_status_row {
    int status;
    const char *zh;
    const char *en;
};

const struct exit_status_row *exit_statuses(size_t *count);

// Takes the global options out of the arguments, wherever they stand. Returns how many are left, or
// -1 when a value is missing or not wanted; nothing has been said then.
int globals_read(int argc, char **argv, struct globals *globals);

// Fills in what a command works with, options before what awardctl.yaml says. `needs_settings`: it
// is an error where that file cannot be read. Returns CTL_OK, or the status when it has said what
// is wrong.
int globals_prepare(struct ctl *ctl, const struct globals *globals, bool needs_settings);

// As they stand below every help.
void globals_options_print(void);
void exit_statuses_print(void);
