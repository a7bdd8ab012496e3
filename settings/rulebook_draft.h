// rulebook_draft - a rulebook as it is written: items inside their category
//
// Between rulebook_keys, which says where each key goes, and rulebook_file, which checks values
// against each other and makes a struct rulebook of it.
#pragma once

#include "rules/rulebook.h"
#include "settings/keys.h"

enum { ITEMS_OF_CATEGORY_MAX = 16, KEY_PART_BYTES = 32 };

struct item_draft {
    char key[KEY_PART_BYTES];
    char zh[RULEBOOK_NAME_BYTES];
    char en[RULEBOOK_NAME_BYTES];
    int64_t points;
    bool confirmed;
};

struct category_draft {
    char key[KEY_PART_BYTES];
    char zh[RULEBOOK_NAME_BYTES];
    char en[RULEBOOK_NAME_BYTES];
    int64_t points;
    bool confirmed;
    struct item_draft items[ITEMS_OF_CATEGORY_MAX];
    size_t items_count;
};

struct draft {
    struct rulebook rulebook;
    struct category_draft categories[RULEBOOK_CATEGORIES_MAX];
    size_t categories_count;
};

_Static_assert(2 * KEY_PART_BYTES <= RULEBOOK_KEY_BYTES, "category, point and item fit into a key");
