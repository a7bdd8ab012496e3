// Tests of keys: the shape of all tables, and the words for what a value must be.
#include "settings/file_keys.h"
#include "settings/nearest.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static const struct key_table *const tables[] = {
    &rulebook_keys, &alert_policy_keys, &people_keys,
    &daemon_keys,   &client_keys,       &notification_keys,
};

enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

// The row whose path is the beginning of this one's, one step shorter.
static const struct key *parent_of(const struct key_table *table, size_t row)
{
    const char *path = table->rows[row].path;
    size_t length = strlen(path);
    if (strcmp(path + length - 2, "[]") == 0) {
        length -= 2;
    } else {
        while (length > 0 && path[length - 1] != '.') {
            length--;
        }
        length -= length > 0 ? 1 : 0;
    }
    for (size_t i = 0; i < row; i++) {
        if (strlen(table->rows[i].path) == length &&
            strncmp(table->rows[i].path, path, length) == 0) {
            return &table->rows[i];
        }
    }
    return NULL;
}

static bool scalar(const struct key *key)
{
    return key->type != KEY_MAP && key->type != KEY_LIST;
}

static void check_row(const struct key_table *table, size_t row)
{
    const struct key *key = &table->rows[row];
    cr_assert_not_null(key->zh, "%s has no Chinese help", key->path);
    cr_assert_not_null(key->en, "%s has no English help", key->path);
    cr_assert(!scalar(key) || key->size > 0, "%s has no place", key->path);
    if (key->type == KEY_CHOICE || key->type == KEY_BIT) {
        cr_assert(key->choices != NULL || key->enumeration != NULL, "%s has no words", key->path);
    }
    if (key->type == KEY_TEXT) {
        cr_assert_lt(key->max, (int64_t)key->size, "%s does not fit", key->path);
    }
    if (key->type == KEY_LIST && key->stride > 0) {
        cr_assert_leq((size_t)key->max * key->stride, key->size, "%s does not fit", key->path);
    }
    if (row > 0) {
        const struct key *parent = parent_of(table, row);
        cr_assert_not_null(parent, "%s has no parent before it", key->path);
        cr_assert(!scalar(parent), "%s stands in a scalar", key->path);
    }
    for (size_t i = 0; i < row; i++) {
        cr_assert_str_neq(table->rows[i].path, key->path);
    }
}

Test(keys, every_row_has_a_place_help_bounds_that_fit_and_a_parent_before_it)
{
    for (size_t i = 0; i < TABLES; i++) {
        cr_assert_str_eq(tables[i]->rows[0].path, "");
        for (size_t row = 0; row < tables[i]->rows_count; row++) {
            check_row(tables[i], row);
        }
    }
}

Test(keys, every_number_of_the_rulebook_is_required_and_names_its_article)
{
    for (size_t row = 1; row < rulebook_keys.rows_count; row++) {
        const struct key *key = &rulebook_keys.rows[row];
        cr_assert_not_null(key->article, "%s", key->path);
        bool mark = key->type == KEY_FLAG && strstr(key->path, ".confirmed") != NULL;
        cr_assert(key->standard == NULL || key->type == KEY_LIST || mark, "%s", key->path);
    }
}

Test(keys, what_a_value_must_be_is_said_in_both_languages)
{
    struct arena *arena = arena_create();
    for (size_t i = 0; i < TABLES; i++) {
        for (size_t row = 0; row < tables[i]->rows_count; row++) {
            cr_assert_neq(key_expectation_zh(&tables[i]->rows[row], arena)[0], '\0');
            cr_assert_neq(key_expectation_en(&tables[i]->rows[row], arena)[0], '\0');
        }
    }
    arena_destroy(arena);
}

Test(nearest, distance_counts_single_characters_and_swaps)
{
    cr_assert_eq(word_distance("publicity", "publicity"), 0);
    cr_assert_eq(word_distance("publicty", "publicity"), 1);
    cr_assert_eq(word_distance("pubilcity", "publicity"), 1);
    cr_assert_eq(word_distance("", "abc"), 3);
    cr_assert_eq(word_distance("abc", ""), 3);
    cr_assert_eq(word_distance("kitten", "sitting"), 3);
    char word[80];
    memset(word, 'a', sizeof(word));
    word[79] = '\0';
    cr_assert_eq(word_distance(word, "a"), SIZE_MAX);
    cr_assert(word_near(1, "unit"));
    cr_assert_not(word_near(2, "zh"));
}
