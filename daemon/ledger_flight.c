// ledger_flight - a group on its way to the journal while the next one is decided
//
// Of many rows that are due, a second thread packs, chains, appends and syncs one group while the
// loop's thread decides the next on top of it. The thread lives as long as its group is on the way:
// it is given all it needs at the start, and gives it back when it is joined, so nothing is locked.
// Meanwhile the loop's thread leaves the journal alone: what fires is decided by state and rules.
// If the group does not come to be on record, what was decided on top of it is forgotten with it.
#include "daemon/ledger_private.h"

#include "common/thread.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

enum { NONCE_BYTES = 16 };

// Nobody guesses what an entry says by trying what hashes to its place in the chain.
static void nonce_fill(const struct ledger *ledger, Award__Entry *entry, struct arena *arena)
{
    uint8_t *nonce = arena_alloc(arena, NONCE_BYTES);
    (void)crypto_generichash(nonce, NONCE_BYTES, (const uint8_t *)&entry->number,
                             sizeof(entry->number), ledger->nonce_key, NONCE_KEY_BYTES);
    entry->has_nonce = 1;
    entry->nonce = (ProtobufCBinaryData){.len = NONCE_BYTES, .data = nonce};
}

int group_append(const struct ledger *ledger, Award__Entry *const *entries, size_t count,
                 const struct codec_kept *kept, struct arena *arena, struct store_error *error)
{
    struct journal_entry *stored = arena_alloc(arena, count * sizeof(*stored));
    for (size_t i = 0; i < count; i++) {
        nonce_fill(ledger, entries[i], arena);
        stored[i].number = entries[i]->number;
        stored[i].bytes = codec_pack_with(&entries[i]->base, kept, arena);
    }
    return journal_append(ledger->journal, stored, count, error);
}

void flight_prepare(struct ledger *ledger)
{
    struct flight *flight = &ledger->flight;
    flight->ledger = ledger;
    flight->group = overlay_create(state_view(ledger->state));
    flight->arena = arena_create();
    flight->kept = codec_kept_create();
    flight->entries = calloc(GROUP_ENTRIES_MAX, sizeof(*flight->entries));
    if (flight->entries == NULL) {
        abort();
    }
}

void flight_release(struct ledger *ledger)
{
    struct flight *flight = &ledger->flight;
    assert(flight->count == 0);
    overlay_destroy(flight->group);
    arena_destroy(flight->arena);
    codec_kept_destroy(flight->kept);
    free(flight->entries);
}

static void *flight_run(void *context)
{
    struct flight *flight = context;
    flight->code = group_append(flight->ledger, flight->entries, flight->count, flight->kept,
                                flight->arena, &flight->error);
    return NULL;
}

// Where there is no second thread to be had, this one does it.
static void flight_depart(struct flight *flight)
{
    flight->threaded = thread_start(&flight->thread, flight_run, flight);
    if (!flight->threaded) {
        (void)flight_run(flight);
    }
}

void flight_begin(struct ledger *ledger)
{
    struct flight *flight = &ledger->flight;
    struct flight empty = *flight;
    assert(flight->count == 0 && overlay_empty(flight->group) && ledger->entries_count > 0);
    flight->group = ledger->group;
    flight->arena = ledger->arena;
    flight->kept = ledger->kept;
    flight->entries = ledger->entries;
    flight->count = ledger->entries_count;
    flight->books_changed = ledger->books_changed;
    ledger->group = empty.group;
    ledger->arena = empty.arena;
    ledger->kept = empty.kept;
    ledger->entries = empty.entries;
    ledger->entries_count = 0;
    ledger->books_changed = false;
    ledger->before_group += flight->count;
    overlay_rest_on(ledger->group, overlay_view(flight->group));
    flight_depart(flight);
}

static void flight_forget(struct ledger *ledger)
{
    overlay_clear(ledger->flight.group);
    ledger->books_changed = ledger->books_changed || ledger->flight.books_changed;
    ledger_group_roll_back(ledger);
}

int flight_land(struct ledger *ledger, struct store_error *error)
{
    struct flight *flight = &ledger->flight;
    if (flight->count == 0) {
        return STORE_OK;
    }
    if (flight->threaded) {
        int joined = pthread_join(flight->thread, NULL);
        assert(joined == 0);
        (void)joined;
    }
    size_t count = flight->count;
    flight->count = 0;
    overlay_rest_on(ledger->group, state_view(ledger->state));
    if (flight->code == STORE_OK) {
        state_take(ledger->state, flight->group);
        ledger->folded = journal_last(ledger->journal);
        ledger_durable_tell(ledger, flight->entries, count);
    } else {
        *error = flight->error;
        flight_forget(ledger);
    }
    arena_reset(flight->arena);
    codec_kept_forget(flight->kept);
    return flight->code;
}
