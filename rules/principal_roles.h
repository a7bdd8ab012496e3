// principal_roles - the principals on record, by role, read once in a decision
#pragma once

#include "rules/deciding.h"

struct principal_rows;

struct principals_walk {
    struct principal_rows *rows;
    uint32_t roles;
    size_t next;
};

// Those of a set of roles (bits), ascending by name, with what was put before the walk began. To
// look at and not to change.
struct principals_walk principals_of(struct deciding *d, uint32_t roles);
const Award__Principal *principals_next(struct principals_walk *walk);
