// rulebook_diff - what changed from one rulebook to another, in sentences
//
// Entries are compared by the rows of the key table; categories and items by their keys: one that
// has another key is another one, whatever it is called.
#include "settings/rulebook_diff.h"

#include "settings/file_keys.h"
#include "settings/rulebook_words.h"

#include <assert.h>
#include <string.h>

enum { CHANGES_MAX = 512 };

// An entry or two of each row, and five sentences of each category and item.
_Static_assert(CHANGES_MAX >= 5 * (RULEBOOK_CATEGORIES_MAX + RULEBOOK_ITEMS_MAX),
               "room for all changes of categories and items");

struct comparison {
    const struct rulebook *older;
    const struct rulebook *newer;
    struct arena *arena;
    struct rulebook_change *changes;
    size_t count;
};

static void change_add(struct comparison *c, const char *article, const char *zh, const char *en)
{
    assert(c->count < CHANGES_MAX);
    c->changes[c->count++] = (struct rulebook_change){article, zh, en};
}

static void changed_add(struct comparison *c, const char *article, const char *what_zh,
                        const char *what_en, const char *const from[2], const char *const to[2])
{
    change_add(
        c, article,
        arena_format(c->arena, "%s由%s改为%s。", what_zh, from[RULEBOOK_ZH], to[RULEBOOK_ZH]),
        arena_format(c->arena, "%s: changed from %s to %s.", what_en, from[RULEBOOK_EN],
                     to[RULEBOOK_EN]));
}

// ---- Entries

static void entry_compare(struct comparison *c, const struct key *key)
{
    if (!rulebook_entry(key) || rulebook_value_same(c->older, c->newer, key)) {
        return;
    }
    const char *from[2];
    const char *to[2];
    for (int language = RULEBOOK_ZH; language <= RULEBOOK_EN; language++) {
        from[language] =
            rulebook_value_text(c->older, key, (enum rulebook_language)language, c->arena);
        to[language] =
            rulebook_value_text(c->newer, key, (enum rulebook_language)language, c->arena);
    }
    // A stay is named like what is done in it, and must not be read as a period of law.
    bool stay = strncmp(key->path, "expected_stays.", strlen("expected_stays.")) == 0;
    changed_add(c, key->article,
                stay ? arena_format(c->arena, "预计停留时间“%s”", key->zh) : key->zh,
                stay ? arena_format(c->arena, "expected stay, %s", key->en) : key->en, from, to);
}

// ---- Categories and items

struct item_list {
    const struct rulebook_item *items;
    size_t count;
    const char *zh; // what one is called
    const char *en;
};

static const struct rulebook_item *item_of(const struct item_list *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].key, key) == 0) {
            return &list->items[i];
        }
    }
    return NULL;
}

static void item_texts_compare(struct comparison *c, const struct item_list *list,
                               const struct rulebook_item *from, const struct rulebook_item *to)
{
    const char *what_zh = arena_format(c->arena, "%s“%s”（%s）的", list->zh, from->zh, from->key);
    const char *what_en = arena_format(c->arena, "%s `%s` (%s),", list->en, from->key, from->en);
    if (from->points_max != to->points_max) {
        const char *old_points = rulebook_points_text(from->points_max, c->arena);
        const char *new_points = rulebook_points_text(to->points_max, c->arena);
        changed_add(c, "15", arena_format(c->arena, "%s满分", what_zh),
                    arena_format(c->arena, "%s points", what_en),
                    (const char *const[]){old_points, old_points},
                    (const char *const[]){new_points, new_points});
    }
    if (strcmp(from->zh, to->zh) != 0) {
        changed_add(c, "15", arena_format(c->arena, "%s中文名", what_zh),
                    arena_format(c->arena, "%s Chinese name", what_en),
                    (const char *const[]){from->zh, from->zh},
                    (const char *const[]){to->zh, to->zh});
    }
    if (strcmp(from->en, to->en) != 0) {
        changed_add(c, "15", arena_format(c->arena, "%s英文名", what_zh),
                    arena_format(c->arena, "%s English name", what_en),
                    (const char *const[]){from->en, from->en},
                    (const char *const[]){to->en, to->en});
    }
    if (from->confirmed != to->confirmed) {
        const char *const words[][2] = {
            {"未核对", "unconfirmed"},
            {"已核对", "confirmed"  }
        };
        changed_add(c, "15", arena_format(c->arena, "%s分值", what_zh),
                    arena_format(c->arena, "%s points", what_en), words[from->confirmed ? 1 : 0],
                    words[to->confirmed ? 1 : 0]);
    }
}

static void item_only(struct comparison *c, const struct item_list *list,
                      const struct rulebook_item *item, const char *verb_zh, const char *verb_en)
{
    const char *points = rulebook_points_text(item->points_max, c->arena);
    change_add(c, "15",
               arena_format(c->arena, "%s%s“%s”（%s，%s 分）。", verb_zh, list->zh, item->zh,
                            item->key, points),
               arena_format(c->arena, "%s %s `%s` (%s, %s points).", verb_en, list->en, item->key,
                            item->en, points));
}

static void items_compare(struct comparison *c, const struct item_list *older,
                          const struct item_list *newer)
{
    for (size_t i = 0; i < older->count; i++) {
        const struct rulebook_item *to = item_of(newer, older->items[i].key);
        if (to == NULL) {
            item_only(c, older, &older->items[i], "删去", "removed:");
        } else {
            item_texts_compare(c, older, &older->items[i], to);
        }
    }
    for (size_t i = 0; i < newer->count; i++) {
        if (item_of(older, newer->items[i].key) == NULL) {
            item_only(c, newer, &newer->items[i], "增加", "added:");
        }
    }
}

static struct item_list categories_of(const struct rulebook *book)
{
    return (struct item_list){book->categories, book->categories_count, "类目", "category"};
}

static struct item_list items_of(const struct rulebook *book)
{
    return (struct item_list){book->items, book->items_count, "条款", "item"};
}

size_t rulebook_diff(const struct rulebook *older, const struct rulebook *newer,
                     struct arena *arena, struct rulebook_change **changes)
{
    struct comparison c = {
        .older = older,
        .newer = newer,
        .arena = arena,
        .changes = arena_alloc(arena, CHANGES_MAX * sizeof(**changes)),
    };
    for (size_t i = 0; i < rulebook_keys.rows_count; i++) {
        entry_compare(&c, &rulebook_keys.rows[i]);
    }
    const struct item_list categories[] = {categories_of(older), categories_of(newer)};
    items_compare(&c, &categories[0], &categories[1]);
    const struct item_list items[] = {items_of(older), items_of(newer)};
    items_compare(&c, &items[0], &items[1]);
    *changes = c.changes;
    return c.count;
}
