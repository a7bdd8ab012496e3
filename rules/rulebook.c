// rulebook - the numbers of a regulation, as plain data: what is looked up in them
#include "rules/rulebook.h"

#include <string.h>

const char *rulebook_honour_zh(const struct rulebook *rulebook, bool award)
{
    return award ? rulebook->award_zh : rulebook->nomination_zh;
}

const char *rulebook_honour_en(const struct rulebook *rulebook, bool award)
{
    return award ? rulebook->award_en : rulebook->nomination_en;
}

// decision 18
uint32_t rulebook_prize(const struct rulebook *rulebook, bool award)
{
    return award ? rulebook->prize_award : rulebook->prize_nomination;
}

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
