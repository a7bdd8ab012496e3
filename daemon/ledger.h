// ledger - journal, state and rules together: events are decided, appended as a group, then
// answered
//
// Knows no sockets. `ledger_submit` decides one event against all that went before it, its group's
// earlier members included; `ledger_commit` makes the group durable; only then may the answers go
// out. If the commit fails the group is forgotten whole. What is due fires before the events that
// come after it.
#pragma once

#include "common/codec_kept.h"
#include "daemon/books.h"
#include "daemon/damage.h"
#include "daemon/store/journal.h"
#include "daemon/store/state.h"
#include "entry.pb-c.h"

struct ledger;

// Memory for changes that are not in the state on disk yet, unless told otherwise.
enum { LEDGER_OVERLAY_BYTES = 256 * 1024 * 1024 };

// Makes a database in an empty or absent directory: entry 1 is the genesis. STORE_FORMAT where it
// is rejected; nothing is left then.
int ledger_create(const char *directory, const Award__Genesis *genesis, struct store_error *error);

// Opens it and replays what the state lacks. Only one process can have it open.
struct ledger *ledger_open(const char *directory, struct store_error *error);

// The same for whoever is restoring it, and nobody else.
struct ledger *ledger_open_restored(const char *directory, struct store_error *error);
void ledger_close(struct ledger *ledger);

// Opens it for a rebuild, whatever has become of the state: ledger_check, ledger_empty,
// ledger_replay and ledger_write_state may follow, in this order, and nothing else before it is
// closed.
struct ledger *ledger_open_unfolded(const char *directory, struct store_error *error);

// Whether the journal can be folded up to an entry, from where the last call ended; changes
// nothing.
int ledger_check(struct ledger *ledger, uint64_t until, struct store_error *error);

// Empties the state.
int ledger_empty(struct ledger *ledger, struct store_error *error);

// The coordinator's clock: manual in a rehearsal, else the system's; never before the last entry.
int64_t ledger_now(const struct ledger *ledger);

// How long by the system's clock until that one reads the moment; 0 where it does. Where the
// system's clock was stepped back behind the last entry, it has to get there first.
int64_t ledger_until_ms(const struct ledger *ledger, int64_t moment_ms);

// A host's clock behind the last entry makes time on record stand still, which is right for a
// moment. Beyond this bound no event is taken and nothing fires until it has caught up; what is on
// record is answered as ever, and the coordinator's own start and stop are not held up.
enum { LEDGER_CLOCK_BEHIND_SECONDS = 300 };
void ledger_clock_bound(struct ledger *ledger, uint32_t seconds);

// How far the last entry lies behind the host's clock; below 0 where that is behind. 0 in a
// rehearsal.
int64_t ledger_clock_ahead_ms(const struct ledger *ledger);

// By how much the host's clock is behind, where that is more than the bound; else 0.
int64_t ledger_clock_behind_ms(const struct ledger *ledger);
bool ledger_rehearsal(const struct ledger *ledger);
uint64_t ledger_epoch(const struct ledger *ledger);
const char *ledger_city(const struct ledger *ledger);

// State with the group's earlier members.
const struct view *ledger_view(const struct ledger *ledger);
const struct journal *ledger_journal(const struct ledger *ledger);
struct state *ledger_state(struct ledger *ledger);
const struct books *ledger_books(const struct ledger *ledger);
struct damage *ledger_damage(const struct ledger *ledger);

// The bytes of what the answers of the group say, until they are released.
const struct codec_kept *ledger_kept(const struct ledger *ledger);

// Decides one event in the sender's name (event->principal is set) and adds it to the group unless
// it is rejected or repeated. The answer is valid until answers are released after the next commit.
// A `clock_set` of a rehearsal commits on its way: it must be the first of its group.
Award__Answer *ledger_submit(struct ledger *ledger, Award__Event *event,
                             const Award__Principal *sender);

// Once a group is committed, frees what its answers hold; the first event of the next one does it
// too.
void ledger_answers_release(struct ledger *ledger);

// The answer to an event that is rejected before the rules see it. A sentence says what happened
// and what to do next; all in the arena.
Award__Answer *ledger_answer_rejected(const struct ledger *ledger, const Award__Event *event,
                                      const char *code, const char *article, const char *zh,
                                      const char *en, struct arena *arena);

// The answer to an event that found no room on the disk.
Award__Answer *ledger_answer_full(const struct ledger *ledger, const Award__Event *event,
                                  struct arena *arena);

// The coordinator's own events.
Award__Answer *ledger_submit_own(struct ledger *ledger, Award__Event *event);

// Decides a batch without writing: line 1 is seen when line 2 is decided.
struct ledger_trial;
struct ledger_trial *ledger_trial_begin(struct ledger *ledger);
Award__Answer *ledger_trial_submit(struct ledger_trial *trial, Award__Event *event,
                                   const Award__Principal *sender, struct arena *arena);
void ledger_trial_end(struct ledger_trial *trial);

// Fires what is due by the clock into the group, at most `most` rows and no more than leave room
// for LIMIT_GROUP_EVENTS events of others. Returns how many. A row that cannot be read, or whose
// event the rules reject, is named in the log and passed over until the next start.
size_t ledger_fire(struct ledger *ledger, size_t most);

// Fires all that is due, or at most so many groups of it, and commits them; while one is appended
// to the journal the next is decided. The group must be empty. The code as of ledger_commit.
int ledger_fire_all(struct ledger *ledger, struct store_error *error);
int ledger_fire_groups(struct ledger *ledger, size_t most, struct store_error *error);

// Whether something is due now.
bool ledger_due(const struct ledger *ledger);

// The moment of the first row of the index; INT64_MAX where there is none.
int64_t ledger_next_due(const struct ledger *ledger);

// Events in the group so far.
size_t ledger_group_size(const struct ledger *ledger);

// Appends the group and syncs. STORE_FULL: the group is forgotten, no event of it is
// on record, and the ledger works on. Other errors: stop.
int ledger_commit(struct ledger *ledger, struct store_error *error);

// A group that has become durable; borrowed until the call returns.
struct ledger_group {
    Award__Entry *const *entries;
    size_t count;
    int64_t sync_us; // that it took to come to disk
};

typedef void (*ledger_durable)(void *context, const struct ledger_group *group);

// Whom to tell of each.
void ledger_on_durable(struct ledger *ledger, ledger_durable durable, void *context);

// The bound of changes in memory. At three quarters of it groups are slowed; at the bound they wait
// for the disk, and events are rejected where it is full.
void ledger_overlay_bound(struct ledger *ledger, size_t bytes);

// How often a group waited for the disk since the start.
uint64_t ledger_slowed(const struct ledger *ledger);

// After each group: has what is in memory written when it has grown, and ends what has been
// written. The first one also while nothing came for a while. STORE_OK, also where the disk is full
// (which is in the log and is tried again); any other failure: stop.
int ledger_state_idle(struct ledger *ledger, struct store_error *error);
int ledger_state_follow(struct ledger *ledger, struct store_error *error);

// The same at the end, as far as it can be done within so many milliseconds; what the state lacks
// then, the next start replays.
int ledger_state_stop(struct ledger *ledger, int most_ms, struct store_error *error);

// Whether the disk was full when the state was last written.
bool ledger_state_full(const struct ledger *ledger);

// Brings the state on disk up to the journal, and waits for it.
int ledger_write_state(struct ledger *ledger, struct store_error *error);

// Folds the journal into the state from what it stands at up to an entry.
int ledger_replay(struct ledger *ledger, uint64_t until, struct store_error *error);

// The address behind a digest, from beside the journal, in the arena; NULL where it was erased.
const char *ledger_address(const struct ledger *ledger, const char *digest, struct arena *arena);

// Whether one of somebody's addresses lies under this digest.
bool ledger_address_of(const Award__Person *person, const char *digest);

// Reads an entry that is durable, or of the group. NULL if it is absent or damaged.
Award__Entry *ledger_read(const struct ledger *ledger, uint64_t number, struct arena *arena,
                          struct journal_entry *stored);
