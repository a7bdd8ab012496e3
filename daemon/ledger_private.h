// ledger_private - what the parts of the ledger share: ledger.c decides and commits,
// ledger_due.c fires what is due, ledger_flight.c appends a group while the next one is decided,
// ledger_state.c has the state follow, ledger_answer.c says what came of an event, ledger_open.c
// opens, replays and creates
#pragma once

#include "common/limits.h"
#include "daemon/damage.h"
#include "daemon/fold.h"
#include "daemon/ledger.h"
#include "daemon/nonce_key.h"
#include "daemon/store/personal.h"
#include "rules/overlay.h"

#include <pthread.h>

// What fires leaves room for all the events that others may have in one group.
enum { GROUP_ENTRIES_MAX = 4096, GROUP_FIRED_MAX = GROUP_ENTRIES_MAX - LIMIT_GROUP_EVENTS };

// Entries that are put on record together, and what they change.
struct group {
    struct overlay *changes;
    struct arena *arena;     // everything of the group
    struct codec_kept *kept; // its records and events, packed
    Award__Entry **entries;  // GROUP_ENTRIES_MAX of them at most
    size_t count;
    bool books_changed; // by them
};

// A group that a second thread appends.
struct flight {
    const struct ledger *ledger; // of which it touches what never changes, and the journal
    struct group group;          // of no entries: none is on its way
    bool threaded;
    pthread_t thread;
    int code;
    struct store_error error;
};

struct ledger {
    struct journal *journal;
    struct state *state;
    struct books *books;
    struct damage *damage; // that the state was found to have
    struct group group;
    uint64_t folded;       // the last entry whose changes the state has
    uint64_t before_group; // the last entry that the group comes after, on record or on its way
    struct flight flight;
    ledger_durable durable;
    void *durable_context;
    bool stale;          // arena and kept are of the group before, for who still sends its answers
    bool full;           // what was due on a manual clock's way could not be written
    int64_t held_ms;     // what the clock said when the event came that is taken now; or 0
    int64_t recorded_ms; // of the last entry, the group's included
    int64_t clock_bound_ms;                   // by which the host's clock may be behind that
    uint8_t due_from[VIEW_KEY_BYTES_MAX + 1]; // no row of the index that may fire lies before it
    size_t due_from_bytes;                    // 0: at the first row
    size_t overlay_bytes_max;
    uint64_t slowed;        // groups that waited for the state to be written
    bool state_full;        // its writing found no room on the disk
    int64_t state_again_ms; // and is not tried before, by the monotonic clock
    bool rehearsal;
    uint64_t epoch;
    char city[128];
    uint8_t nonce_key[NONCE_KEY_BYTES];
};

// An empty one on top of a view.
void group_init(struct group *group, const struct view *view);
void group_deinit(struct group *group);

// Gives the entries their nonces, packs and appends them; what it needs is of the group's arena.
int group_append(const struct ledger *ledger, const struct group *group, struct store_error *error);

// The group and all that it changed is as if it had never been.
void ledger_group_roll_back(struct ledger *ledger);

// Tells who listens; of the group's entries, so many.
void ledger_durable_tell(const struct ledger *ledger, const struct group *group, size_t count);

void flight_prepare(struct ledger *ledger);
void flight_release(struct ledger *ledger);

// Sends the group on its way; the ledger has an empty one then, on top of it. Until it has landed
// nothing may be decided but what fires.
void flight_begin(struct ledger *ledger);

// Waits for it. Where it did not get on record, the group on top of it is forgotten too. STORE_OK
// where there is none.
int flight_land(struct ledger *ledger, struct store_error *error);

// Whether the changes in memory have reached their bound and the disk takes none of them.
bool ledger_overlay_full(const struct ledger *ledger);

// What makes two events of the same name the same. Returns the event, packed.
struct bytes event_digest(const Award__Event *event, struct arena *arena,
                          uint8_t digest[EVENT_DIGEST_BYTES]);

enum opening {
    OPENING_SERVES,
    OPENING_CREATES,
    OPENING_REPLACES, // the state, whatever is there
};

// Opens journal and state, and folds nothing. NULL and *error on failure.
struct ledger *ledger_begin(const char *directory, enum opening opening, struct store_error *error);

// The moment of the last durable entry; 0 before the genesis.
int64_t ledger_recorded_last(const struct ledger *ledger);

// A change of the group: a row of the index that comes before what was due first is due before it.
void ledger_due_put(struct ledger *ledger, struct bytes key, struct bytes value);

// What the rules are told of the entry that a correction names; false where there is none.
bool ledger_corrected_find(const struct ledger *ledger, const struct view *view,
                           const Award__EventName *name, struct arena *arena,
                           struct rules_corrected *corrected);

// ---- Addresses: in the journal stands a digest in their place (daemon/store/personal.h)

// What is kept beside the journal if the event is not rejected.
struct sealing {
    struct sealed *list;
    size_t count;
};

// Puts digests in the place of the addresses of an address_changed, and masks what a server said in
// a worker's report; leaves other events as they are. A rejection where an address is none of its
// channel; else NULL. The same event sent again has the same digests.
Award__Answer *addresses_seal(const struct ledger *ledger, const struct view *view,
                              Award__Event *event, struct arena *arena, struct sealing *sealing);

// Of a decision that is about to be added to the group: keeps what was sealed, and erases the
// addresses that its changes take off the record.
void addresses_settle(struct ledger *ledger, const Award__Decision *decision,
                      const struct sealing *sealing);

// ---- Answers, in the arena; what they say belongs to the event, the decision or the entry

Award__Decision *decision_rejected(const char *code, const char *article, const char *zh,
                                   const char *en, struct arena *arena);
Award__Answer *answer_make(const struct ledger *ledger, const Award__Event *event,
                           const Award__Decision *decision, struct arena *arena);
Award__Answer *answer_of_entry(const struct ledger *ledger, const Award__Event *event,
                               const Award__Entry *entry, struct arena *arena);

// Same name and content: the answer that is on record. Same name, other content: rejected. NULL
// where the name is new.
Award__Answer *answer_of_receipt(const struct ledger *ledger, const Award__Event *event,
                                 const struct view *view, struct arena *arena);

// The host's clock is behind by more than its bound.
Award__Answer *answer_of_clock(const struct ledger *ledger, const Award__Event *event,
                               struct arena *arena);

// What the rules rejected; tells a sender with an old version of the case what changed since.
Award__Answer *answer_of_rejection(const struct ledger *ledger, const Award__Event *event,
                                   const Award__Decision *decision, struct arena *arena);
