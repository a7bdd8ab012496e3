// lineage - what carries over between enterprises that were merged, split or re-registered
#include "rules/lineage.h"

#include <assert.h>
#include <string.h>

static bool lineage_has(size_t count, Award__Enterprise **list, const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i]->enterprise, code) == 0) {
            return true;
        }
    }
    return false;
}

// F-predecessor-1, decision 27
Award__Enterprise **lineage_of(struct deciding *d, const Award__Enterprise *enterprise,
                               enum lineage_direction direction, size_t *count)
{
    Award__Enterprise **list = NULL;
    *count = 0;
    list_add(d, count, &list, enterprise);
    for (size_t i = 0; i < *count; i++) {
        bool back = direction == LINEAGE_PREDECESSORS;
        size_t links = back ? list[i]->n_predecessors : list[i]->n_successors;
        char **codes = back ? list[i]->predecessors : list[i]->successors;
        for (size_t k = 0; k < links; k++) {
            Award__Enterprise *next =
                lineage_has(*count, list, codes[k]) ? NULL : enterprise_get(d, codes[k]);
            if (next != NULL) {
                list_add(d, count, &list, next);
            }
        }
    }
    assert(*count >= 1 && list[0] == enterprise);
    return list;
}

// decision 27, F-predecessor-1
bool lineage_succeeds(struct deciding *d, const char *code, const char *of)
{
    const Award__Enterprise *enterprise = enterprise_get(d, of);
    if (enterprise == NULL) {
        return false;
    }
    size_t count;
    Award__Enterprise **list = lineage_of(d, enterprise, LINEAGE_SUCCESSORS, &count);
    return lineage_has(count, list, code);
}
