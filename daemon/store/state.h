// state - the fold of the journal, as keys and values
//
// An LMDB environment behind an overlay in memory. Reads go through the overlay and the
// environment, merged in key order. What is in memory is written by a second thread, and at last
// the number of its last entry; on start the journal's tail after that number is replayed. Since a
// change is an assignment, it does not matter if some of the tail's are there already. Values carry
// a checksum (XXH3, 64 bits). The state knows no rules: keys and values are bytes.
#pragma once

#include "daemon/store/store_error.h"
#include "rules/overlay.h"

#include <stdbool.h>
#include <stdint.h>

enum { STATE_DIGEST_BYTES = 32 };

struct state;

struct state *state_open(const char *directory, bool create, struct store_error *error);

// An empty one, in the place of what is there, whatever that is: for a rebuild.
struct state *state_open_anew(const char *directory, struct store_error *error);

// Beside a writer in another process, if there is one; sees the state as it was at opening. As long
// as it is open, the writer cannot use freed pages again and its file grows.
struct state *state_open_read_only(const char *directory, struct store_error *error);

// A writing on its way leaves off; what it lacks, the next start replays.
void state_close(struct state *state);

// A copy of what is on disk now, in a directory that has none yet.
int state_copy(struct state *state, const char *directory, struct store_error *error);

// Up to which entry the state on disk stands. Where a writing was cut off, changes of later
// entries, up to the reached one, are there in part; replayed up to that, it is whole.
uint64_t state_written_entry(const struct state *state);
uint64_t state_reached_entry(const struct state *state);

// How large its file is, and how large it may become.
void state_size(const struct state *state, uint64_t *bytes, uint64_t *map_bytes);

// The state as a view: what was put is seen at once.
const struct view *state_view(struct state *state);

// Puts or (value.size == 0) removes. In memory until state_write.
void state_put(struct state *state, struct bytes key, struct bytes value);

// The same for all changes of an overlay, which is empty then.
void state_take(struct state *state, struct overlay *changes);

// Bytes that the overlays hold, the frozen one included; and of what is not on its way yet.
size_t state_overlay_bytes(const struct state *state);
size_t state_active_bytes(const struct state *state);

// Has a second thread write everything put so far, with the number of the entry it stands at, in
// synced transactions of bounded size: LMDB holds in memory what a transaction changes. What is put
// from now on belongs to the next writing. Nothing must be on its way.
void state_write_begin(struct state *state, uint64_t entry);
bool state_writing(const struct state *state);

// How many transactions of writings have ended since the state was opened: whether it gets on.
uint64_t state_writing_slices(const struct state *state);

// Readable when the writing on its way has come to its end; and whether it has, within a time
// (milliseconds; -1: however long it takes).
int state_writing_descriptor(const struct state *state);
bool state_writing_wait(const struct state *state, int most_ms);

// Ends the writing; waits for it. On failure all that was put stays in memory and is seen; after
// STORE_FULL it may be begun again.
int state_write_end(struct state *state, struct store_error *error);

// Writes everything, and what is on its way first.
int state_write(struct state *state, uint64_t entry, struct store_error *error);

// Empties the state, for a rebuild: its file is made anew. On failure nothing but clearing it once
// more or closing it may follow.
int state_clear(struct state *state, struct store_error *error);

// BLAKE2b-256 over the sorted keys and values (each with its length) of any view: its identity.
int state_digest(const struct view *view, uint8_t digest[STATE_DIGEST_BYTES]);

// Called for each record whose checksum does not fit; returns how many there were, or a store_code.
int state_check(struct state *state, void (*damaged)(void *context, struct bytes key),
                void *context);

// Whether its lists of free pages are sound, from which whoever writes next takes pages.
int state_check_free(struct state *state, struct store_error *error);
