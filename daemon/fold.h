// fold - what an entry does to the state: its changes, its receipt, and where it is mentioned
//
// Assignment by tables, without conditions or clock, so that the state is the same whoever folds.
// The receipt (principal, id -> entry) answers repeated events; the mentions (subject, entry) are
// the history of a case or of a deadline.
#pragma once

#include "common/codec_kept.h"
#include "entry.pb-c.h"
#include "rules/view.h"

enum {
    ENTRY_SCHEMA = 1, // of an entry's messages; a newer one is not folded
    EVENT_DIGEST_BYTES = 32,
};

// Called with each key and value; an empty value removes. All in the arena.
typedef void (*fold_put)(void *context, struct bytes key, struct bytes value);

// False if its schema is newer, a change of an unknown kind, or a part is missing that every entry
// has: made by a newer version, or by nobody. Some of it may have been put by then; the caller must
// not go on. Keeps the bytes of the records unless `kept` is NULL.
bool fold_entry(const Award__Entry *entry, struct arena *arena, struct codec_kept *kept,
                fold_put put, void *context);

struct receipt {
    uint64_t entry;                     // that holds the answer
    uint8_t digest[EVENT_DIGEST_BYTES]; // of the event as it was sent
};

// The receipt of an event.
enum view_result receipt_find(const struct view *view, const char *principal, const char *id,
                              struct arena *arena, struct receipt *receipt);

// The numbers of the entries that concern a subject, `from` or later, ascending; at most `most`.
size_t mentions_find(const struct view *view, const char *subject, uint64_t from, size_t most,
                     struct arena *arena, uint64_t *entries);
