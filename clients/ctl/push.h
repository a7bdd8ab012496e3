// push - lines of events, sent in the names of many people and reported
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/line_reader.h"

#include <stdbool.h>
#include <stdio.h>

// Where lines come from, one after the other. Their numbers are those that the report names;
// several lines may have the same.
struct push_lines_source {
    bool (*next)(void *context, struct line *line); // as line_reader_next
    bool (*would_wait)(void *context);              // NULL: never
    void *context;
};

struct push_options {
    bool dry_run;
    bool settles;
    bool echo;
    const char *clock_key; // whose key moves a manual clock
    const char *echo_key;  // whose eyes see the journal, for the echo
    FILE *report;          // as push_report_create takes it
};

// Takes all lines. Returns the status of the command.
int push_lines(struct ctl *ctl, const struct push_options *options,
               const struct push_lines_source *source);
