// Tests of the fold on entries that no program of ours writes: each is refused, whatever is missing
// or too long, and never an end of the program.
#include "daemon/fold.h"

#include "rules/record.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;

static void arena_open(void)
{
    arena = arena_create();
}

static void arena_close(void)
{
    arena_destroy(arena);
}

TestSuite(fold, .init = arena_open, .fini = arena_close);

static void put(void *context, struct bytes key, struct bytes value)
{
    size_t *count = context;
    cr_assert(key.size > 0 && key.size <= VIEW_KEY_BYTES_MAX);
    (void)value;
    (*count)++;
}

// An entry as JSON, with its moment and decision where the text leaves them out.
static Award__Entry *entry_of(const char *json)
{
    struct codec_error error;
    Award__Entry *entry = (Award__Entry *)codec_from_json(&award__entry__descriptor, json,
                                                          strlen(json), arena, &error);
    cr_assert_not_null(entry, "%s: %s", json, error.en);
    return entry;
}

static bool folds(const Award__Entry *entry, size_t *count)
{
    *count = 0;
    return fold_entry(entry, arena, NULL, put, count);
}

#define RECORDED "\"number\":2,\"recorded\":\"2018-01-02T09:00:00+08:00\""
#define DIGEST "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

Test(fold, an_entry_puts_its_changes_its_mentions_and_its_receipt)
{
    size_t count;
    cr_assert(folds(entry_of("{" RECORDED ",\"event\":{\"principal\":\"office\",\"id\":\"1\"},"
                             "\"decision\":{\"changes\":[{\"deadline\":{\"deadline\":\"d\"}}],"
                             "\"concerns\":[\"a\",\"b\"]},\"event_digest\":\"" DIGEST "\"}"),
                    &count));
    cr_assert_eq(count, 5u);
}

// clang-format off
static const char *const broken[] = {
    "{" RECORDED "}",
    "{" RECORDED ",\"schema\":2,\"decision\":{}}",
    "{\"number\":2,\"decision\":{}}",
    "{" RECORDED ",\"decision\":{},\"event_digest\":\"" DIGEST "\"}",
    "{" RECORDED ",\"decision\":{},\"event\":{\"id\":\"1\"},\"event_digest\":\"" DIGEST "\"}",
    "{" RECORDED ",\"decision\":{},\"event\":{\"principal\":\"office\"},\"event_digest\":\"" DIGEST "\"}",
    "{" RECORDED ",\"decision\":{},\"event\":{\"principal\":\"office\",\"id\":\"1\"},\"event_digest\":\"AAAA\"}",
    "{" RECORDED ",\"decision\":{\"settles\":{\"principal\":\"office\",\"id\":\"1\"}}}",
    "{" RECORDED ",\"decision\":{\"settles\":{},\"settles_digest\":\"" DIGEST "\"}}",
    "{" RECORDED ",\"decision\":{\"changes\":[{}]}}",
    "{" RECORDED ",\"decision\":{\"changes\":[{\"removed\":{}}]}}",
    "{" RECORDED ",\"decision\":{\"changes\":[{\"deadline\":{}}]}}",
    "{" RECORDED ",\"decision\":{\"changes\":[{\"due\":{\"subject\":\"a\"}}]}}",
};
// clang-format on

Test(fold, an_entry_without_a_part_that_every_entry_has_is_refused)
{
    size_t count;
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        cr_assert_not(folds(entry_of(broken[i]), &count), "%s", broken[i]);
    }
}

static char *text_of(size_t length)
{
    char *text = arena_alloc(arena, length + 1);
    memset(text, 'a', length);
    return text;
}

// One byte for the kind, one for the end of the text, eight for the number of an entry.
Test(fold, names_as_long_as_a_key_may_be_are_taken_and_longer_ones_refused)
{
    enum { MENTION_MAX = VIEW_KEY_BYTES_MAX - 2 - 8 };
    size_t count;
    Award__Entry *entry = entry_of("{" RECORDED ",\"decision\":{\"concerns\":[\"a\"]}}");
    entry->decision->concerns[0] = text_of(MENTION_MAX);
    cr_assert(folds(entry, &count));
    entry->decision->concerns[0] = text_of(MENTION_MAX + 1);
    cr_assert_not(folds(entry, &count));

    entry =
        entry_of("{" RECORDED ",\"decision\":{\"changes\":[{\"removed\":{\"key\":\"AAAA\"}}]}}");
    Award__Removed *removed = entry->decision->changes[0]->removed;
    removed->key.data = (uint8_t *)text_of(VIEW_KEY_BYTES_MAX + 1);
    removed->key.len = VIEW_KEY_BYTES_MAX;
    cr_assert(folds(entry, &count));
    removed->key.len = VIEW_KEY_BYTES_MAX + 1;
    cr_assert_not(folds(entry, &count));
}

Test(fold, names_that_are_too_long_for_a_key_find_nothing)
{
    uint64_t number;
    const struct view *nothing = NULL; // is not asked for a mention that cannot be
    cr_assert_eq(mentions_find(nothing, text_of(VIEW_KEY_BYTES_MAX), 1, 1, arena, &number), 0u);
}
