// push_report - what became of the lines that were pushed
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/push_line.h"

#include <stdio.h>

struct push_report;

// `file` takes one JSON object a line, for programs; it may be NULL and is closed at the end.
// `echo`: the steps are shown elsewhere, as they happen.
struct push_report *push_report_create(const struct ctl *ctl, FILE *file, bool echo);

// The line has its answer. In the order of the lines.
void push_report_line(struct push_report *report, const struct push_line *line);

// The line was sent, and no answer came.
void push_report_unanswered(struct push_report *report, const struct push_line *line);

// Shows the counts, and each line that was refused or rejected, or
// accepted with a warning. Returns the status of the command,
// and frees the report.
int push_report_end(struct push_report *report);
