// metrics_table - every metric of the coordinator: its name, unit, labels, meaning, and its value
//
// The page that is scraped and the administrator's list come from one table. Labels have values of
// sets that are bounded and name no person: types of events and codes from their tables, channels,
// kinds of workers, and the names of the workers' principals.
#pragma once

#include "daemon/bounds.h"
#include "daemon/metrics.h"
#include "daemon/metrics_page.h"
#include "daemon/tally.h"

#include <stdio.h>

// Where the values are from; borrowed.
struct metrics_sources {
    const struct metrics *fed;
    const struct bounds *bounds; // and who counts what of the bus and the crew
    const struct tally *tally;   // NULL: nobody has counted yet
    int64_t tally_age_ms;
    int64_t started_ms; // the process, by the host's clock
    uint32_t unready;   // set of 1 << enum readiness
    struct arena *arena;
};

void metrics_write(const struct metrics_sources *sources, struct metrics_page *page);

// The table as Markdown: a row a metric.
void metrics_list(FILE *out);
