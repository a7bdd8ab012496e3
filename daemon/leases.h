// leases - tasks that a worker has, or that rest, by their names
#pragma once

#include "common/limits.h"

#include <stddef.h>
#include <stdint.h>

#include <bsd/sys/tree.h>

enum { LEASE_TASK_BYTES = LIMIT_TASK_ID_BYTES + 1 };

struct worker;

struct lease {
    RB_ENTRY(lease) links;
    char task[LEASE_TASK_BYTES];
    struct worker *worker; // NULL: nobody, it rests
    int64_t given_ms;      // when its worker got it
    int role;              // of those who do it: Role.Name
    int64_t rests_until_ms;
    uint32_t bad_answers;
};

struct leases;

struct leases *leases_create(void);
void leases_destroy(struct leases *leases);

size_t leases_count(const struct leases *leases);

// NULL where there is none.
struct lease *leases_find(const struct leases *leases, const char *task);

// A new one, of nobody; there must be none, and the name must be of LIMIT_TASK_ID_BYTES at most.
struct lease *leases_add(struct leases *leases, const char *task);
void leases_remove(struct leases *leases, struct lease *lease);

// In the order of names; NULL at the end. The next one of a lease is asked for before it goes.
struct lease *leases_first(const struct leases *leases);
struct lease *leases_next(struct lease *lease);

// How long a task rests that was answered badly: the first time, twice as long after each further
// bad answer, up to the longest; less up to a quarter of it, by chance, so that what failed
// together does not come together again. At least so long in any case.
struct lease_rest {
    int64_t first_ms;
    int64_t longest_ms;
    int64_t least_ms;
};

// `before` bad answers went before; `chance` is any number.
int64_t lease_rest_ms(const struct lease_rest *rest, uint32_t before, uint32_t chance);
