// ledger_flight - a group on its way to the journal while the next one is decided
//
// Of many rows that are due, a second thread packs, chains, appends and syncs one group while the
// loop's thread decides the next on top of it. The thread lives as long as its group is on the way:
// it is given all it needs at the start, and gives it back when it is joined, so nothing is locked.
// Meanwhile the loop's thread leaves the journal alone: what fires is decided by state and rules.
// If the group does not come to be on record, what was decided on top of it is forgotten with it.
#include "daemon/ledger_private.h"

#include "common/memory.h"
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

void group_init(struct group *group, const struct view *view)
{
    *group = (struct group){
        .changes = overlay_create(view),
        .arena = arena_create(),
        .kept = codec_kept_create(),
        .entries = memory_allocate(GROUP_ENTRIES_MAX * sizeof(*group->entries)),
    };
}

void group_deinit(struct group *group)
{
    overlay_destroy(group->changes);
    arena_destroy(group->arena);
    codec_kept_destroy(group->kept);
    free(group->entries);
}

int group_append(const struct ledger *ledger, const struct group *group, struct store_error *error)
{
    struct arena *arena = group->arena;
    struct journal_entry *stored = arena_alloc(arena, group->count * sizeof(*stored));
    for (size_t i = 0; i < group->count; i++) {
        nonce_fill(ledger, group->entries[i], arena);
        stored[i].number = group->entries[i]->number;
        stored[i].bytes = codec_pack_with(&group->entries[i]->base, group->kept, arena);
    }
    return journal_append(ledger->journal, stored, group->count, error);
}

void flight_prepare(struct ledger *ledger)
{
    ledger->flight.ledger = ledger;
    group_init(&ledger->flight.group, state_view(ledger->state));
}

void flight_release(struct ledger *ledger)
{
    assert(ledger->flight.group.count == 0);
    group_deinit(&ledger->flight.group);
}

static void *flight_run(void *context)
{
    struct flight *flight = context;
    flight->code = group_append(flight->ledger, &flight->group, &flight->error);
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
    struct group empty = flight->group;
    assert(empty.count == 0 && overlay_empty(empty.changes) && ledger->group.count > 0);
    flight->group = ledger->group;
    ledger->group = empty;
    ledger->before_group += flight->group.count;
    overlay_rest_on(ledger->group.changes, overlay_view(flight->group.changes));
    flight_depart(flight);
}

static void flight_forget(struct ledger *ledger)
{
    const struct group *group = &ledger->flight.group;
    overlay_clear(group->changes);
    ledger->group.books_changed = ledger->group.books_changed || group->books_changed;
    ledger_group_roll_back(ledger);
}

int flight_land(struct ledger *ledger, struct store_error *error)
{
    struct flight *flight = &ledger->flight;
    size_t count = flight->group.count;
    if (count == 0) {
        return STORE_OK;
    }
    if (flight->threaded) {
        int joined = pthread_join(flight->thread, NULL);
        assert(joined == 0);
        (void)joined;
    }
    flight->group.count = 0;
    overlay_rest_on(ledger->group.changes, state_view(ledger->state));
    if (flight->code == STORE_OK) {
        state_take(ledger->state, flight->group.changes);
        ledger->folded = journal_last(ledger->journal);
        ledger_durable_tell(ledger, &flight->group, count);
    } else {
        *error = flight->error;
        flight_forget(ledger);
    }
    flight->group.books_changed = false;
    arena_reset(flight->group.arena);
    codec_kept_forget(flight->group.kept);
    return flight->code;
}
