// What a tree of changes promises, with enough of them for branches over branches: each is found,
// all come in order, and a search says what comes next, whatever the order of putting them was.
#include "common/memory.h"
#include "rules/change_tree.h"
#include "rules/view.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { MANY = 6000, WORD_BYTES = 100 };

struct word {
    uint8_t bytes[WORD_BYTES];
    size_t size;
    size_t place; // in which it is put
};

struct words {
    struct word *list; // sorted, no two the same
    size_t count;
    struct model random;
};

static struct bytes word_bytes(const struct word *word)
{
    return (struct bytes){.data = word->bytes, .size = word->size};
}

static int by_bytes(const void *one, const void *other)
{
    return model_compare(word_bytes(one), word_bytes(other));
}

static int by_place(const void *one, const void *other)
{
    const struct word *a = *(const struct word *const *)one;
    const struct word *b = *(const struct word *const *)other;
    return (a->place > b->place) - (a->place < b->place);
}

// Long beginnings in common, and few letters behind: zeros too, and words that others begin with.
static struct words words_make(uint64_t seed)
{
    static const char *const BEGINNINGS[] = {
        "", "a", "2018/9150000020", "2018/9150000020286320X6/",
        "2018/9150000020286320X6/team-1/reviewer-2/defence/2018-07-18/morning/"};
    enum { BEGINNINGS_COUNT = sizeof(BEGINNINGS) / sizeof(BEGINNINGS[0]) };
    struct words words = {.list = calloc(MANY, sizeof(struct word)), .random = {.random = seed}};
    for (size_t i = 0; i < MANY; i++) {
        struct word *word = &words.list[i];
        const char *beginning = BEGINNINGS[model_random(&words.random, BEGINNINGS_COUNT)];
        word->size = strlen(beginning);
        memcpy(word->bytes, beginning, word->size);
        for (size_t more = 1 + model_random(&words.random, 10); more > 0; more--) {
            word->bytes[word->size++] = (uint8_t) "\0\1\xFF"
                                                  "a"[model_random(&words.random, 4)];
        }
        word->place = (size_t)model_random(&words.random, UINT32_MAX);
    }
    qsort(words.list, MANY, sizeof(struct word), by_bytes);
    for (size_t i = 0; i < MANY; i++) {
        if (words.count == 0 || by_bytes(&words.list[words.count - 1], &words.list[i]) != 0) {
            words.list[words.count++] = words.list[i];
        }
    }
    return words;
}

// Every word is put with its own bytes as its value.
static struct change_tree *tree_of(const struct words *words)
{
    const struct word **order = memory_allocate(words->count * sizeof(const struct word *));
    for (size_t i = 0; i < words->count; i++) {
        order[i] = &words->list[i];
    }
    qsort(order, words->count, sizeof(const struct word *), by_place);
    struct change_tree *tree = change_tree_create();
    for (size_t i = 0; i < words->count; i++) {
        change_tree_put(tree, word_bytes(order[i]), word_bytes(order[i]));
    }
    free(order);
    return tree;
}

static void in_order_check(const struct change_tree *tree, const struct words *words)
{
    struct change_place place = change_tree_seek(tree, (struct bytes){.data = NULL});
    for (size_t i = 0; i < words->count; i++) {
        const struct change *change = change_at(&place);
        cr_assert_not_null(change, "word %zu of %zu", i, words->count);
        assert_bytes(change->key, word_bytes(&words->list[i]), "key in order");
        assert_bytes(change->value, word_bytes(&words->list[i]), "its value");
        change_step(&place);
    }
    cr_assert_null(change_at(&place), "no more than were put");
}

// At each word, and right behind it.
static void searches_check(const struct change_tree *tree, const struct words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        struct word after = words->list[i];
        after.bytes[after.size++] = 0;
        bool there = i + 1 < words->count && by_bytes(&words->list[i + 1], &after) == 0;
        cr_assert_not_null(change_tree_find(tree, word_bytes(&words->list[i])));
        cr_assert_eq(change_tree_find(tree, word_bytes(&after)) != NULL, there);
        struct change_place place = change_tree_seek(tree, word_bytes(&words->list[i]));
        assert_bytes(change_at(&place)->key, word_bytes(&words->list[i]), "itself");
        place = change_tree_seek(tree, word_bytes(&after));
        const struct change *next = change_at(&place);
        cr_assert_eq(next != NULL, i + 1 < words->count);
        if (next != NULL) {
            assert_bytes(next->key, word_bytes(&words->list[i + 1]), "the next one");
        }
    }
}

static void tree_check(const struct words *words)
{
    struct change_tree *tree = tree_of(words);
    in_order_check(tree, words);
    searches_check(tree, words);
    change_tree_destroy(tree);
}

Test(change_tree, changes_put_in_any_order_are_found_and_come_in_order)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct words words = words_make(seed);
        tree_check(&words);
        for (size_t i = 0; i < words.count; i++) {
            words.list[i].place = i;
        }
        tree_check(&words);
        for (size_t i = 0; i < words.count; i++) {
            words.list[i].place = words.count - i;
        }
        tree_check(&words);
        for (size_t i = 0; i < words.count; i++) {
            words.list[i].place =
                i % 50 * words.count + i; // fifty passes from the first to the last
        }
        tree_check(&words);
        free(words.list);
    }
}

// Many keys of one beginning, and a few before all of them that come when some of those are there:
// what a node held first has then more in common with its last than with what lies between.
Test(change_tree, changes_before_all_that_were_put_are_found)
{
    enum { SOME = 40 };
    for (size_t before = 1; before < 500; before += 7) {
        struct words words = {.list = calloc(MANY, sizeof(struct word)), .count = MANY};
        for (size_t i = 0; i < MANY; i++) {
            struct word *word = &words.list[i];
            word->size = (size_t)snprintf((char *)word->bytes, WORD_BYTES, "%s%04zu",
                                          i < before ? "receipt/" : "record of a case/", i);
            word->place = i < before ? MANY + i : i < before + SOME ? i : 2 * MANY + i;
        }
        tree_check(&words);
        free(words.list);
    }
}

Test(change_tree, changes_that_come_in_order_fill_their_leaves)
{
    struct change_tree *rising = change_tree_create();
    struct change_tree *falling = change_tree_create();
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t up = __builtin_bswap32(i);
        uint32_t down = __builtin_bswap32(MANY - i);
        change_tree_put(rising, (struct bytes){(uint8_t *)&up, sizeof(up)}, text_bytes("1"));
        change_tree_put(falling, (struct bytes){(uint8_t *)&down, sizeof(down)}, text_bytes("1"));
    }
    cr_assert_lt(change_tree_bytes(rising), change_tree_bytes(falling));
    change_tree_destroy(rising);
    change_tree_destroy(falling);
}

Test(change_tree, a_value_is_replaced_where_it_lies_as_long_as_it_fits)
{
    struct change_tree *tree = change_tree_create();
    cr_assert(change_tree_empty(tree));
    cr_assert_eq(change_tree_bytes(tree), 0);
    change_tree_put(tree, text_bytes("key"), text_bytes("0123456789abcdef"));
    size_t bytes = change_tree_bytes(tree);
    cr_assert_gt(bytes, 0);
    change_tree_put(tree, text_bytes("key"), text_bytes("fedcba9876543210"));
    change_tree_put(tree, text_bytes("key"), text_bytes(""));
    cr_assert_eq(change_tree_find(tree, text_bytes("key"))->value.size, 0);
    change_tree_put(tree, text_bytes("key"), text_bytes("back"));
    cr_assert_eq(change_tree_bytes(tree), bytes, "no more memory");
    assert_bytes(change_tree_find(tree, text_bytes("key"))->value, text_bytes("back"), "value");
    change_tree_put(tree, text_bytes("key"), text_bytes("0123456789abcdefg"));
    cr_assert_gt(change_tree_bytes(tree), bytes);
    assert_bytes(change_tree_find(tree, text_bytes("key"))->value, text_bytes("0123456789abcdefg"),
                 "longer");
    change_tree_clear(tree);
    cr_assert(change_tree_empty(tree));
    cr_assert_eq(change_tree_bytes(tree), 0);
    cr_assert_null(change_tree_find(tree, text_bytes("key")));
    change_tree_put(tree, text_bytes("key"), text_bytes("1"));
    assert_bytes(change_tree_find(tree, text_bytes("key"))->value, text_bytes("1"), "after");
    change_tree_destroy(tree);
}
