// fold - what an entry does to the state: its changes, its receipt, and where it is mentioned
#include "daemon/fold.h"

#include "rules/record.h"

#include <assert.h>
#include <string.h>

enum { ENTRY_NUMBER_BYTES = 8 };

static void number_write(uint8_t *bytes, uint64_t number)
{
    for (int i = 0; i < ENTRY_NUMBER_BYTES; i++) {
        bytes[i] = (uint8_t)(number >> (8 * (ENTRY_NUMBER_BYTES - 1 - i)));
    }
}

static uint64_t number_read(const uint8_t *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < ENTRY_NUMBER_BYTES; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

// kind, one or two texts with their ends, and room for a number behind.
static struct bytes key_make(struct arena *arena, uint8_t kind, const char *one, const char *other,
                             size_t room)
{
    size_t one_size = strlen(one) + 1;
    size_t other_size = other != NULL ? strlen(other) + 1 : 0;
    size_t size = 1 + one_size + other_size + room;
    assert(size <= VIEW_KEY_BYTES_MAX);
    uint8_t *key = arena_alloc(arena, size);
    key[0] = kind;
    memcpy(key + 1, one, one_size);
    if (other != NULL) {
        memcpy(key + 1 + one_size, other, other_size);
    }
    return (struct bytes){key, size};
}

static struct bytes receipt_key(struct arena *arena, const char *principal, const char *id)
{
    return key_make(arena, RECORD_RECEIPT, principal, id, 0);
}

static struct bytes mention_key(struct arena *arena, const char *subject, uint64_t entry)
{
    struct bytes key = key_make(arena, RECORD_CONCERN, subject, NULL, ENTRY_NUMBER_BYTES);
    uint8_t *bytes = arena_copy(arena, key.data, key.size);
    number_write(bytes + key.size - ENTRY_NUMBER_BYTES, entry);
    return (struct bytes){bytes, key.size};
}

static void receipt_put(const Award__Entry *entry, const char *principal, const char *id,
                        const uint8_t digest[EVENT_DIGEST_BYTES], struct arena *arena, fold_put put,
                        void *context)
{
    uint8_t *value = arena_alloc(arena, ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES);
    number_write(value, entry->number);
    memcpy(value + ENTRY_NUMBER_BYTES, digest, EVENT_DIGEST_BYTES);
    put(context, receipt_key(arena, principal, id),
        (struct bytes){value, ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES});
}

// A deadline's changes are its history, whatever the entry is about.
static void deadline_mention(const Award__Change *change, uint64_t entry, struct arena *arena,
                             fold_put put, void *context)
{
    if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE) {
        put(context, mention_key(arena, change->deadline->deadline, entry),
            (struct bytes){(const uint8_t *)"", 1});
    }
}

bool fold_entry(const Award__Entry *entry, struct arena *arena, fold_put put, void *context)
{
    const Award__Decision *decision = entry->decision;
    for (size_t i = 0; i < decision->n_changes; i++) {
        struct bytes key;
        struct bytes value;
        if (!record_fold(decision->changes[i], arena, &key, &value)) {
            return false;
        }
        put(context, key, value);
        deadline_mention(decision->changes[i], entry->number, arena, put, context);
    }
    // The coordinator's own events are never sent again, so they need no receipt.
    if (entry->has_event_digest) {
        receipt_put(entry, entry->event->principal, entry->event->id, entry->event_digest.data,
                    arena, put, context);
    }
    for (size_t i = 0; i < decision->n_concerns; i++) {
        put(context, mention_key(arena, decision->concerns[i], entry->number),
            (struct bytes){(const uint8_t *)"", 1});
    }
    // What waited is answered from now on with how it was decided.
    if (decision->settles != NULL) {
        receipt_put(entry, decision->settles->principal, decision->settles->id,
                    decision->settles_digest.data, arena, put, context);
    }
    return true;
}

bool receipt_find(const struct view *view, const char *principal, const char *id,
                  struct arena *arena, struct receipt *receipt)
{
    struct bytes value;
    if (view->get(view, receipt_key(arena, principal, id), arena, &value) != VIEW_FOUND ||
        value.size != ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES) {
        return false;
    }
    receipt->entry = number_read(value.data);
    memcpy(receipt->digest, value.data + ENTRY_NUMBER_BYTES, EVENT_DIGEST_BYTES);
    return true;
}

size_t mentions_find(const struct view *view, const char *subject, uint64_t from, size_t most,
                     struct arena *arena, uint64_t *entries)
{
    size_t count = 0;
    struct bytes at = mention_key(arena, subject, from);
    size_t prefix = at.size - ENTRY_NUMBER_BYTES;
    while (count < most) {
        struct bytes key;
        struct bytes value;
        if (view->next(view, at, arena, &key, &value) == VIEW_ABSENT || key.size != at.size ||
            memcmp(key.data, at.data, prefix) != 0) {
            break;
        }
        entries[count] = number_read(key.data + prefix);
        at = mention_key(arena, subject, entries[count] + 1);
        count++;
    }
    return count;
}
