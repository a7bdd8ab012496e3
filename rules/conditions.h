// conditions - the computed conditions of 2, 11 and 12, tested at application, acceptance,
// deliberation
#pragma once

#include "rules/deciding.h"

// Adds one reason to the list for each computed condition that fails for an application made on
// that day: 2 (code, region, legal person, industry), 11(1) years of operation, 11(4), 12(2)-(4),
// the bars of predecessors included. Dated reasons carry `until`, the last day on which they hold.
// The list is of Award__Reason pointers as in a message.
void conditions_test(struct deciding *d, const struct rulebook *rulebook,
                     const Award__Enterprise *enterprise, int32_t applied_on, size_t *n_reasons,
                     Award__Reason ***reasons);

// The day after the last dated reason ends; 0 where none is dated.
int32_t conditions_first_day(size_t n_reasons, Award__Reason *const *reasons);

// The dated reasons that stand for this enterprise on a day, predecessors' included.
void conditions_bars(struct deciding *d, const Award__Enterprise *enterprise, int32_t on,
                     size_t *n_reasons, Award__Reason ***reasons);
