// view_model - a plain array that says what a view must answer
//
// A fixed set of awkward keys (prefixes of each other, zero and 0xff bytes, the longest), sorted by
// a comparison of its own; a value is at most VALUE_BYTES. Random numbers are seeded: a failure
// comes again.
#pragma once

#include "rules/view.h"

#include <criterion/criterion.h>
#include <string.h>

enum { MODEL_KEYS = 60, VALUE_BYTES = 24 };

struct model_record {
    uint8_t key[VIEW_KEY_BYTES_MAX];
    size_t key_size;
    uint8_t value[VALUE_BYTES];
    size_t value_size; // 0: not there
};

struct model {
    struct model_record records[MODEL_KEYS];
    uint64_t random;
};

static inline uint64_t model_random(struct model *model, uint64_t below)
{
    model->random ^= model->random << 13;
    model->random ^= model->random >> 7;
    model->random ^= model->random << 17;
    return model->random % below;
}

static inline struct bytes text_bytes(const char *text)
{
    return (struct bytes){.data = (const uint8_t *)text, .size = strlen(text)};
}

static inline struct bytes model_key(const struct model *model, size_t i)
{
    return (struct bytes){.data = model->records[i].key, .size = model->records[i].key_size};
}

static inline struct bytes model_value(const struct model *model, size_t i)
{
    return (struct bytes){.data = model->records[i].value, .size = model->records[i].value_size};
}

// Byte by byte, so that it does not share a mistake with what it checks.
static inline int model_compare(struct bytes one, struct bytes other)
{
    for (size_t i = 0; i < one.size && i < other.size; i++) {
        if (one.data[i] != other.data[i]) {
            return one.data[i] < other.data[i] ? -1 : 1;
        }
    }
    return one.size == other.size ? 0 : one.size < other.size ? -1 : 1;
}

static inline void model_key_make(struct model *model, struct model_record *record, bool longest)
{
    static const uint8_t ALPHABET[] = {0x00, 'a', 'b', 0xFF};
    record->key_size = longest ? VIEW_KEY_BYTES_MAX : 1 + model_random(model, 4);
    for (size_t i = 0; i < record->key_size; i++) {
        record->key[i] = ALPHABET[model_random(model, sizeof(ALPHABET))];
    }
}

static inline void model_init(struct model *model, uint64_t seed)
{
    memset(model, 0, sizeof(*model));
    model->random = seed;
    for (size_t count = 0; count < MODEL_KEYS;) {
        struct model_record record = {.key_size = 0};
        model_key_make(model, &record, count == 0);
        struct bytes key = {.data = record.key, .size = record.key_size};
        size_t at = 0;
        while (at < count && model_compare(model_key(model, at), key) < 0) {
            at++;
        }
        if (at < count && model_compare(model_key(model, at), key) == 0) {
            continue;
        }
        memmove(&model->records[at + 1], &model->records[at],
                (count - at) * sizeof(model->records[0]));
        model->records[at] = record;
        count++;
    }
}

// Gives a random record a random value; one time in four it is removed. Returns which.
static inline size_t model_change(struct model *model)
{
    size_t i = model_random(model, MODEL_KEYS);
    struct model_record *record = &model->records[i];
    record->value_size = model_random(model, 4) == 0 ? 0 : 1 + model_random(model, VALUE_BYTES);
    for (size_t at = 0; at < record->value_size; at++) {
        record->value[at] = (uint8_t)model_random(model, 256);
    }
    return i;
}

static inline void assert_bytes(struct bytes actual, struct bytes expected, const char *what)
{
    cr_assert_eq(actual.size, expected.size, "%s: size %zu instead of %zu", what, actual.size,
                 expected.size);
    cr_assert(expected.size == 0 || memcmp(actual.data, expected.data, expected.size) == 0,
              "%s: other bytes", what);
}

// What `next` from `from` must answer.
static inline void model_check_next(const struct model *model, const struct view *view,
                                    struct bytes from, struct arena *arena)
{
    size_t i = 0;
    while (i < MODEL_KEYS &&
           (model->records[i].value_size == 0 || model_compare(model_key(model, i), from) < 0)) {
        i++;
    }
    struct bytes key;
    struct bytes value;
    enum view_result result = view->next(view, from, arena, &key, &value);
    cr_assert_eq(result, i < MODEL_KEYS ? VIEW_FOUND : VIEW_ABSENT, "next answers %d", result);
    if (i < MODEL_KEYS) {
        assert_bytes(key, model_key(model, i), "key of next");
        assert_bytes(value, model_value(model, i), "value of next");
    }
}

// The view answers as the array does, for every key, and from before, at and after each.
static inline void model_check(const struct model *model, const struct view *view)
{
    struct arena *arena = arena_create();
    model_check_next(model, view, (struct bytes){.data = NULL, .size = 0}, arena);
    for (size_t i = 0; i < MODEL_KEYS; i++) {
        struct bytes value;
        enum view_result result = view->get(view, model_key(model, i), arena, &value);
        cr_assert_eq(result, model->records[i].value_size > 0 ? VIEW_FOUND : VIEW_ABSENT,
                     "get answers %d", result);
        if (result == VIEW_FOUND) {
            assert_bytes(value, model_value(model, i), "value of get");
        }
        model_check_next(model, view, model_key(model, i), arena);
        model_check_next(model, view, view_key_after(model_key(model, i), arena), arena);
    }
    arena_destroy(arena);
}
