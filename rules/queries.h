// queries - the table of queries: who may ask what, and what of it each role sees
#pragma once

#include "query.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct query_row {
    const char *name;
    const char *zh;
    uint32_t from;    // set of roles that may ask
    const char *sees; // what of it each sees, for documentation
};

enum { QUERY_NUMBERS = 64 };

// NULL where there is no such query.
const struct query_row *query_row(Award__Query__BodyCase number);
