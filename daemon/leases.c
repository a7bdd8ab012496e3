// leases - tasks that a worker has, or that rest, in a red-black tree
#include "daemon/leases.h"

#include "common/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

RB_HEAD(tree, lease);

struct leases {
    struct tree *tree; // points at `head`: a tree is searched through a pointer
    struct tree head;
    size_t count;
};

static int lease_compare(struct lease *one, struct lease *other)
{
    return strcmp(one->task, other->task);
}

// The functions of the tree, as the library's macros write them.
// NOLINTBEGIN
RB_GENERATE_INTERNAL(tree, lease, links, lease_compare, __attribute__((unused)) static)
// NOLINTEND

struct leases *leases_create(void)
{
    struct leases *leases = memory_allocate(sizeof(*leases));
    leases->tree = &leases->head;
    RB_INIT(leases->tree);
    return leases;
}

void leases_destroy(struct leases *leases)
{
    struct lease *lease;
    while (leases != NULL && (lease = leases_first(leases)) != NULL) {
        leases_remove(leases, lease);
    }
    free(leases);
}

size_t leases_count(const struct leases *leases)
{
    return leases->count;
}

struct lease *leases_find(const struct leases *leases, const char *task)
{
    struct lease wanted = {.worker = NULL};
    size_t length = strlen(task);
    if (length >= LEASE_TASK_BYTES) {
        return NULL;
    }
    memcpy(wanted.task, task, length + 1);
    return RB_FIND(tree, leases->tree, &wanted);
}

struct lease *leases_add(struct leases *leases, const char *task)
{
    struct lease *lease = memory_allocate(sizeof(*lease));
    size_t length = strlen(task);
    assert(length < LEASE_TASK_BYTES);
    memcpy(lease->task, task, length + 1);
    struct lease *former = RB_INSERT(tree, leases->tree, lease);
    assert(former == NULL);
    leases->count++;
    return lease;
}

void leases_remove(struct leases *leases, struct lease *lease)
{
    (void)RB_REMOVE(tree, leases->tree, lease);
    leases->count--;
    free(lease);
}

struct lease *leases_first(const struct leases *leases)
{
    return RB_MIN(tree, leases->tree);
}

struct lease *leases_next(struct lease *lease)
{
    return tree_RB_NEXT(lease);
}

int64_t lease_rest_ms(const struct lease_rest *rest, uint32_t before, uint32_t chance)
{
    int64_t rest_ms = rest->first_ms;
    for (uint32_t i = 0; i < before && rest_ms < rest->longest_ms; i++) {
        rest_ms *= 2;
    }
    rest_ms = rest_ms < rest->longest_ms ? rest_ms : rest->longest_ms;
    int64_t less_ms = rest_ms / 4 * (int64_t)chance / UINT32_MAX;
    int64_t more_ms = rest->least_ms / 4 * (int64_t)chance / UINT32_MAX;
    return rest_ms - less_ms > rest->least_ms ? rest_ms - less_ms : rest->least_ms + more_ms;
}
