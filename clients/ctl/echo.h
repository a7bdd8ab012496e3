// echo - the steps of a push as a person wants to read them
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/push_line.h"
#include "query.pb-c.h"

struct echo;

// Steps go to standard output. What was seen of cases and enterprises is kept, to say what changed.
struct echo *echo_create(const struct ctl *ctl);
void echo_destroy(struct echo *echo);

// A line with its answer: who reported what, what was decided by which article, what it led to.
void echo_line(struct echo *echo, const struct push_line *line);

// What clock and workers did meanwhile.
void echo_item(struct echo *echo, const Award__HistoryItem *item);
