// rulebook - the numbers of a regulation, as plain data: the two look-ups
#include "rules/rulebook.h"

#include <string.h>

static int item_find(const struct rulebook_item *items, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i].key, key) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int rulebook_category(const struct rulebook *rulebook, const char *key)
{
    return item_find(rulebook->categories, rulebook->categories_count, key);
}

int rulebook_item(const struct rulebook *rulebook, const char *key)
{
    return item_find(rulebook->items, rulebook->items_count, key);
}
