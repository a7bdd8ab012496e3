// journal - the entries, in order, on disk before anybody is told
//
// An LMDB environment of its own; the key of an entry is its number, the value its chain hash (see
// common/chain.h) and its bytes. Somebody who may not see an entry can still verify the chain by
// its hash. Nothing outside daemon/store knows that it is LMDB: a replicated log may take its
// place.
#pragma once

#include "common/chain.h"
#include "daemon/store/store_error.h"

#include <stdbool.h>
#include <stdint.h>

struct journal;

struct journal_entry {
    uint64_t number;
    struct bytes bytes;         // of the Entry message
    uint8_t chain[CHAIN_BYTES]; // up to and with this entry
};

// Opens or (create) makes the journal in `directory`. Another process that has it open for writing,
// and a newer format, are refused. On failure *error says what, why and what to do.
struct journal *journal_open(const char *directory, bool create, struct store_error *error);

// Beside a writer in another process, if there is one: LMDB wants each file opened once in a
// process. `journal_last` stays as it was at opening; later entries can be read all the same.
struct journal *journal_open_read_only(const char *directory, struct store_error *error);
void journal_close(struct journal *journal);

// A copy of it as it is now, personal data included, in a directory that has none yet.
int journal_copy(struct journal *journal, const char *directory, struct store_error *error);

// Number and chain of the last durable entry; 0 and zeros when there is none.
uint64_t journal_last(const struct journal *journal);
const uint8_t *journal_chain(const struct journal *journal);

// How large its file is, and how large it may become.
void journal_size(const struct journal *journal, uint64_t *bytes, uint64_t *map_bytes);

// How long the last append took to come to disk, in microseconds; 0 before the first.
int64_t journal_sync_us(const struct journal *journal);

// What of persons lies beside the entries; lives as long as the journal.
struct personal;
struct personal *journal_personal(const struct journal *journal);

// Appends a group of entries (numbers follow on journal_last) and syncs it. All or nothing.
// Fills in each entry's chain. What waits in the personal data is written with it, and is still to
// be forgotten. STORE_FULL: nothing was written and the journal works on. STORE_IO: a sync failed;
// the caller must stop, for what is on disk is not known.
int journal_append(struct journal *journal, struct journal_entry *entries, size_t count,
                   struct store_error *error);

// Copies one entry into the arena and checks its hash. STORE_ABSENT, STORE_DAMAGED.
int journal_read(struct journal *journal, uint64_t number, struct arena *arena,
                 struct journal_entry *entry, struct store_error *error);

// Whether its lists of free pages are sound, from which whoever writes next takes pages.
int journal_check_free(struct journal *journal, struct store_error *error);
