// fold - what an entry does to the state: its changes, its receipt, and where it is mentioned
#include "daemon/fold.h"

#include "rules/record.h"

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

// kind, one or two texts with their ends, and room for a number behind. Empty where the texts are
// too long for any key: nothing is found under it, and nothing can be put.
static struct bytes key_make(struct arena *arena, uint8_t kind, const char *one, const char *other,
                             size_t room)
{
    size_t one_size = strlen(one) + 1;
    size_t other_size = other != NULL ? strlen(other) + 1 : 0;
    size_t size = 1 + one_size + other_size + room;
    if (size > VIEW_KEY_BYTES_MAX) {
        return (struct bytes){NULL, 0};
    }
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
    if (key.size == 0) {
        return key;
    }
    uint8_t *bytes = arena_copy(arena, key.data, key.size);
    number_write(bytes + key.size - ENTRY_NUMBER_BYTES, entry);
    return (struct bytes){bytes, key.size};
}

struct folding {
    const Award__Entry *entry;
    struct arena *arena;
    struct codec_kept *kept;
    fold_put put;
    void *context;
};

static bool put_at(const struct folding *f, struct bytes key, const void *value, size_t size)
{
    if (key.size == 0) {
        return false;
    }
    f->put(f->context, key, (struct bytes){value, size});
    return true;
}

static bool receipt_put(const struct folding *f, const char *principal, const char *id,
                        const ProtobufCBinaryData *digest)
{
    if (principal == NULL || id == NULL || digest->len != EVENT_DIGEST_BYTES) {
        return false;
    }
    uint8_t *value = arena_alloc(f->arena, ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES);
    number_write(value, f->entry->number);
    memcpy(value + ENTRY_NUMBER_BYTES, digest->data, EVENT_DIGEST_BYTES);
    return put_at(f, receipt_key(f->arena, principal, id), value,
                  ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES);
}

static bool mention_put(const struct folding *f, const char *subject)
{
    return subject != NULL && put_at(f, mention_key(f->arena, subject, f->entry->number), "", 1);
}

// A deadline's changes are its history, whatever the entry is about.
static bool change_put(const struct folding *f, const Award__Change *change)
{
    struct bytes key;
    struct bytes value;
    if (!record_fold(change, f->arena, &key, &value)) {
        return false;
    }
    if (f->kept != NULL && value.size > 0) {
        codec_keep(f->kept, record_of(change), value);
    }
    f->put(f->context, key, value);
    return change->record_case != AWARD__CHANGE__RECORD_DEADLINE ||
           mention_put(f, change->deadline->deadline);
}

// The coordinator's own events are never sent again, so they need no receipt. What waited is
// answered from now on with how it was decided.
static bool receipts_put(const struct folding *f)
{
    const Award__Entry *entry = f->entry;
    const Award__EventName *settles = entry->decision->settles;
    if (entry->has_event_digest &&
        (entry->event == NULL ||
         !receipt_put(f, entry->event->principal, entry->event->id, &entry->event_digest))) {
        return false;
    }
    return settles == NULL ||
           receipt_put(f, settles->principal, settles->id, &entry->decision->settles_digest);
}

bool fold_entry(const Award__Entry *entry, struct arena *arena, struct codec_kept *kept,
                fold_put put, void *context)
{
    const struct folding f = {entry, arena, kept, put, context};
    const Award__Decision *decision = entry->decision;
    if (decision == NULL || entry->recorded == NULL || entry->schema > ENTRY_SCHEMA) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < decision->n_changes && good; i++) {
        good = change_put(&f, decision->changes[i]);
    }
    for (size_t i = 0; i < decision->n_concerns && good; i++) {
        good = mention_put(&f, decision->concerns[i]);
    }
    return good && receipts_put(&f);
}

enum view_result receipt_find(const struct view *view, const char *principal, const char *id,
                              struct arena *arena, struct receipt *receipt)
{
    struct bytes value;
    struct bytes key = receipt_key(arena, principal, id);
    if (key.size == 0) {
        return VIEW_ABSENT;
    }
    enum view_result result = view->get(view, key, arena, &value);
    if (result != VIEW_FOUND) {
        return result;
    }
    if (value.size != ENTRY_NUMBER_BYTES + EVENT_DIGEST_BYTES) {
        return VIEW_DAMAGED;
    }
    receipt->entry = number_read(value.data);
    memcpy(receipt->digest, value.data + ENTRY_NUMBER_BYTES, EVENT_DIGEST_BYTES);
    return VIEW_FOUND;
}

size_t mentions_find(const struct view *view, const char *subject, uint64_t from, size_t most,
                     struct arena *arena, uint64_t *entries)
{
    size_t count = 0;
    while (count < most) {
        struct bytes key;
        struct bytes value;
        struct bytes at = mention_key(arena, subject, from);
        size_t prefix = at.size - ENTRY_NUMBER_BYTES;
        if (at.size == 0 || view->next(view, at, arena, &key, &value) == VIEW_ABSENT ||
            key.size != at.size || memcmp(key.data, at.data, prefix) != 0) {
            break;
        }
        entries[count] = number_read(key.data + prefix);
        from = entries[count++] + 1;
    }
    return count;
}
