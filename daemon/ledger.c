// ledger - journal, state and rules together: events are decided, appended as a group, then
// answered
//
// A group is an overlay on top of the state and a list of entries. Each event is decided on that
// overlay, so that it sees its group's earlier members; a commit appends the entries to the
// journal, syncs, and only then moves the overlay's changes into the state. A group whose commit
// failed is dropped whole and leaves no trace.
#include "daemon/ledger_private.h"

#include "common/clock.h"
#include "common/log.h"
#include "common/memory.h"
#include "common/time.h"
#include "rules/record.h"

#include <assert.h>
#include <stdlib.h>

// Where an event is decided: in the group, or in a trial on top of it.
struct ledger_trial {
    struct ledger *ledger;
    struct overlay *overlay;
};

// ---- Small things

bool ledger_rehearsal(const struct ledger *ledger)
{
    return ledger->rehearsal;
}

uint64_t ledger_epoch(const struct ledger *ledger)
{
    return ledger->epoch;
}

const char *ledger_city(const struct ledger *ledger)
{
    return ledger->city;
}

const struct view *ledger_view(const struct ledger *ledger)
{
    return damage_watch(ledger->damage, overlay_view(ledger->group.changes));
}

struct damage *ledger_damage(const struct ledger *ledger)
{
    return ledger->damage;
}

const struct journal *ledger_journal(const struct ledger *ledger)
{
    return ledger->journal;
}

const struct codec_kept *ledger_kept(const struct ledger *ledger)
{
    return ledger->group.kept;
}

struct state *ledger_state(struct ledger *ledger)
{
    return ledger->state;
}

const struct books *ledger_books(const struct ledger *ledger)
{
    return ledger->books;
}

size_t ledger_group_size(const struct ledger *ledger)
{
    return ledger->group.count;
}

// The host's clock; while an event is taken, as it was read once for all of it.
static int64_t host_ms(const struct ledger *ledger)
{
    return ledger->held_ms != 0 ? ledger->held_ms : clock_wall_ms();
}

int64_t ledger_now(const struct ledger *ledger)
{
    int64_t now_ms = ledger->rehearsal ? 0 : host_ms(ledger);
    return now_ms > ledger->recorded_ms ? now_ms : ledger->recorded_ms; // it never decreases
}

void ledger_clock_bound(struct ledger *ledger, uint32_t seconds)
{
    ledger->clock_bound_ms = (int64_t)seconds * 1000;
}

int64_t ledger_clock_ahead_ms(const struct ledger *ledger)
{
    return ledger->rehearsal ? 0 : host_ms(ledger) - ledger->recorded_ms;
}

int64_t ledger_clock_behind_ms(const struct ledger *ledger)
{
    int64_t behind_ms = -ledger_clock_ahead_ms(ledger);
    return behind_ms > ledger->clock_bound_ms ? behind_ms : 0;
}

int64_t ledger_until_ms(const struct ledger *ledger, int64_t moment_ms)
{
    assert(!ledger->rehearsal);
    return moment_ms > ledger_now(ledger) ? moment_ms - host_ms(ledger) : 0;
}

void ledger_answers_release(struct ledger *ledger)
{
    if (ledger->stale) {
        arena_reset(ledger->group.arena);
        codec_kept_forget(ledger->group.kept);
        ledger->stale = false;
    }
}

// ---- Folding

static void put_in_group(void *context, struct bytes key, struct bytes value)
{
    struct ledger *ledger = context;
    overlay_put(ledger->group.changes, key, value);
    ledger_due_put(ledger, key, value);
}

// ---- Entries

static ProtobufCBinaryData data_copy(struct arena *arena, const void *bytes, size_t size)
{
    return (ProtobufCBinaryData){.len = size, .data = arena_copy(arena, bytes, size)};
}

static Award__Moment *moment_new(struct arena *arena, int64_t moment_ms)
{
    Award__Moment *moment = arena_alloc(arena, sizeof(*moment));
    award__moment__init(moment);
    moment->has_ms = 1;
    moment->ms = moment_ms;
    return moment;
}

static Award__Entry *entry_make(struct ledger *ledger, Award__Event *event,
                                Award__Decision *decision, int64_t now_ms)
{
    Award__Entry *entry = arena_alloc(ledger->group.arena, sizeof(*entry));
    award__entry__init(entry);
    entry->has_number = 1;
    entry->number = ledger->before_group + 1 + ledger->group.count;
    entry->has_schema = 1;
    entry->schema = ENTRY_SCHEMA;
    entry->recorded = moment_new(ledger->group.arena, now_ms);
    entry->event = event;
    entry->decision = decision;
    return entry;
}

// What waited has a receipt; false where it cannot be read.
static bool settles_digest_fill(Award__Decision *decision, const struct view *view,
                                struct arena *arena)
{
    struct receipt receipt;
    if (decision->settles == NULL) {
        return true;
    }
    enum view_result found =
        receipt_find(view, decision->settles->principal, decision->settles->id, arena, &receipt);
    assert(found != VIEW_ABSENT);
    if (found == VIEW_FOUND) {
        decision->has_settles_digest = 1;
        decision->settles_digest = data_copy(arena, receipt.digest, EVENT_DIGEST_BYTES);
    }
    return found == VIEW_FOUND;
}

Award__Entry *ledger_read(const struct ledger *ledger, uint64_t number, struct arena *arena,
                          struct journal_entry *stored)
{
    assert(ledger->flight.group.count == 0);
    uint64_t durable = journal_last(ledger->journal);
    if (number > durable) {
        size_t index = (size_t)(number - durable - 1);
        return index < ledger->group.count ? ledger->group.entries[index] : NULL;
    }
    struct journal_entry own;
    struct store_error error;
    struct journal_entry *entry = stored != NULL ? stored : &own;
    if (journal_read(ledger->journal, number, arena, entry, &error) != STORE_OK) {
        return NULL;
    }
    return (Award__Entry *)codec_unpack_trusted(&award__entry__descriptor, entry->bytes, arena);
}

// ---- Deciding

static Award__Decision *decide(const struct ledger *ledger, const struct view *view,
                               const Award__Event *event, const Award__Principal *sender,
                               int64_t now_ms, struct arena *arena)
{
    struct rules_input input = {
        .view = view,
        .event = event,
        .sender = sender,
        .now_ms = now_ms,
        .calendar = books_calendar(ledger->books),
        .policy = books_policy(ledger->books),
        .rulebook = books_rulebook,
        .rulebook_context = ledger->books,
    };
    (void)books_text_wrong(event, arena, &input.text_error_zh, &input.text_error_en);
    struct rules_corrected corrected;
    const Award__EventName *name = rules_corrects(event, view, arena);
    if (name != NULL && ledger_corrected_find(ledger, view, name, arena, &corrected)) {
        input.corrected = &corrected;
    }
    return rules_decide(&input, arena);
}

// The same for what is to be put on record.
static Award__Decision *decide_to_record(const struct ledger *ledger, const Award__Event *event,
                                         const Award__Principal *sender, int64_t now_ms)
{
    const struct view *view = ledger_view(ledger);
    Award__Decision *decision = decide(ledger, view, event, sender, now_ms, ledger->group.arena);
    if (settles_digest_fill(decision, view, ledger->group.arena)) {
        return decision;
    }
    return decision_rejected(
        "record_damaged", "policy",
        "待定事件的回执已损坏；请管理员停止 awardd，运行 awardd rebuild 后重新提交。",
        "The receipt of the event that waits is damaged; stop awardd, run awardd rebuild, then "
        "send it again.",
        ledger->group.arena);
}

// A manual clock stops at each due moment on its way. Only what the rules admit moves it, so the
// event is tried first at the moment that it names.
static int64_t clock_move(struct ledger *ledger, const Award__Event *event,
                          const Award__Principal *sender)
{
    int64_t now_ms = ledger_now(ledger);
    if (!ledger->rehearsal || event->body_case != AWARD__EVENT__BODY_CLOCK_SET ||
        event->clock_set->moment == NULL || event->clock_set->moment->ms <= now_ms) {
        return now_ms;
    }
    int64_t until_ms = event->clock_set->moment->ms;
    const Award__Decision *trial =
        decide(ledger, ledger_view(ledger), event, sender, until_ms, ledger->group.arena);
    if (trial->outcome != AWARD__OUTCOME__NAME__accepted) {
        return now_ms;
    }
    for (;;) {
        int64_t next_ms = ledger_next_due(ledger);
        if (next_ms > until_ms) {
            break;
        }
        ledger->recorded_ms = next_ms > ledger->recorded_ms ? next_ms : ledger->recorded_ms;
        struct store_error error;
        size_t fired = ledger_fire(ledger, GROUP_ENTRIES_MAX);
        if (ledger_group_size(ledger) >= GROUP_ENTRIES_MAX / 2) {
            ledger->full = ledger_commit(ledger, &error) != STORE_OK;
            ledger_answers_release(ledger);
        }
        if (fired == 0 || ledger->full) {
            break;
        }
    }
    return until_ms;
}

static Award__Answer *group_add(struct ledger *ledger, Award__Event *event,
                                Award__Decision *decision, int64_t now_ms, bool with_receipt)
{
    assert(ledger->group.count < GROUP_ENTRIES_MAX);
    Award__Entry *entry = entry_make(ledger, event, decision, now_ms);
    if (with_receipt) {
        uint8_t digest[EVENT_DIGEST_BYTES];
        codec_keep(ledger->group.kept, &event->base,
                   event_digest(event, ledger->group.arena, digest));
        entry->has_event_digest = 1;
        entry->event_digest = data_copy(ledger->group.arena, digest, EVENT_DIGEST_BYTES);
    }
    bool folded = fold_entry(entry, ledger->group.arena, ledger->group.kept, put_in_group, ledger);
    assert(folded);
    ledger->group.entries[ledger->group.count++] = entry;
    ledger->recorded_ms = now_ms;
    if (books_concerned(event)) {
        ledger->group.books_changed = true;
        bool read = books_refresh(ledger->books, ledger_view(ledger));
        assert(read);
    }
    return answer_of_entry(ledger, event, entry, ledger->group.arena);
}

static Award__Answer *event_take(struct ledger *ledger, Award__Event *event,
                                 const Award__Principal *sender)
{
    ledger_answers_release(ledger);
    struct sealing sealing;
    Award__Answer *answer =
        addresses_seal(ledger, ledger_view(ledger), event, ledger->group.arena, &sealing);
    if (answer == NULL) {
        answer = answer_of_receipt(ledger, event, ledger_view(ledger), ledger->group.arena);
    }
    if (answer == NULL && ledger_clock_behind_ms(ledger) > 0) {
        answer = answer_of_clock(ledger, event, ledger->group.arena);
    }
    if (answer != NULL) {
        return answer;
    }
    (void)ledger_fire(ledger, GROUP_ENTRIES_MAX);
    int64_t now_ms = clock_move(ledger, event, sender);
    if (ledger->full || ledger_overlay_full(ledger)) {
        ledger->full = false;
        return ledger_answer_full(ledger, event, ledger->group.arena);
    }
    Award__Decision *decision = decide_to_record(ledger, event, sender, now_ms);
    if (decision->outcome == AWARD__OUTCOME__NAME__rejected) {
        return answer_of_rejection(ledger, event, decision, ledger->group.arena);
    }
    addresses_settle(ledger, decision, &sealing);
    answer = group_add(ledger, event, decision, now_ms, true);
    (void)ledger_fire(ledger, GROUP_ENTRIES_MAX);
    return answer;
}

// What fires before the event and the event itself go by one reading of the clock: else something
// could become due between the two and stand behind it.
Award__Answer *ledger_submit(struct ledger *ledger, Award__Event *event,
                             const Award__Principal *sender)
{
    ledger->held_ms = clock_wall_ms();
    Award__Answer *answer = event_take(ledger, event, sender);
    ledger->held_ms = 0;
    return answer;
}

Award__Answer *ledger_submit_own(struct ledger *ledger, Award__Event *event)
{
    static char name[] = "coordinator";
    ledger_answers_release(ledger);
    Award__Principal *self = arena_alloc(ledger->group.arena, sizeof(*self));
    award__principal__init(self);
    self->name = name;
    self->has_role = 1;
    self->role = AWARD__ROLE__NAME__coordinator;
    event->principal = name;
    event->id = name;
    int64_t now_ms = ledger_now(ledger);
    Award__Decision *decision = decide_to_record(ledger, event, self, now_ms);
    if (decision->outcome == AWARD__OUTCOME__NAME__rejected) {
        return answer_make(ledger, event, decision, ledger->group.arena);
    }
    return group_add(ledger, event, decision, now_ms, false);
}

// ---- Trials

struct ledger_trial *ledger_trial_begin(struct ledger *ledger)
{
    struct ledger_trial *trial = memory_allocate(sizeof(*trial));
    trial->ledger = ledger;
    trial->overlay = overlay_create(ledger_view(ledger));
    return trial;
}

Award__Answer *ledger_trial_submit(struct ledger_trial *trial, Award__Event *event,
                                   const Award__Principal *sender, struct arena *arena)
{
    const struct view *view = overlay_view(trial->overlay);
    struct sealing sealing; // nothing of it is kept
    Award__Answer *answer = addresses_seal(trial->ledger, view, event, arena, &sealing);
    if (answer == NULL) {
        answer = answer_of_receipt(trial->ledger, event, view, arena);
    }
    if (answer == NULL && ledger_clock_behind_ms(trial->ledger) > 0) {
        answer = answer_of_clock(trial->ledger, event, arena);
    }
    if (answer == NULL) {
        Award__Decision *decision =
            decide(trial->ledger, view, event, sender, ledger_now(trial->ledger), arena);
        for (size_t i = 0; i < decision->n_changes; i++) {
            struct bytes key;
            struct bytes value;
            if (record_fold(decision->changes[i], arena, &key, &value)) {
                overlay_put(trial->overlay, key, value);
            }
        }
        answer = decision->outcome == AWARD__OUTCOME__NAME__rejected
                     ? answer_of_rejection(trial->ledger, event, decision, arena)
                     : answer_make(trial->ledger, event, decision, arena);
    }
    answer->has_dry_run = 1;
    answer->dry_run = 1;
    return answer;
}

void ledger_trial_end(struct ledger_trial *trial)
{
    overlay_destroy(trial->overlay);
    free(trial);
}

// ---- Committing

static void group_forget(struct ledger *ledger)
{
    overlay_clear(ledger->group.changes);
    personal_forget(journal_personal(ledger->journal));
    ledger->group.count = 0;
    ledger->before_group = journal_last(ledger->journal);
    ledger->group.books_changed = false;
    ledger->stale = true;
}

void ledger_group_roll_back(struct ledger *ledger)
{
    bool books_changed = ledger->group.books_changed;
    group_forget(ledger);
    ledger->due_from_bytes = 0; // the rows that fired are there again
    ledger->recorded_ms = ledger_recorded_last(ledger);
    if (books_changed) {
        (void)books_refresh(ledger->books, ledger_view(ledger));
    }
}

void ledger_on_durable(struct ledger *ledger, ledger_durable durable, void *context)
{
    ledger->durable = durable;
    ledger->durable_context = context;
}

void ledger_durable_tell(const struct ledger *ledger, const struct group *group, size_t count)
{
    const struct ledger_group durable = {group->entries, count, journal_sync_us(ledger->journal)};
    if (ledger->durable != NULL) {
        ledger->durable(ledger->durable_context, &durable);
    }
}

int ledger_commit(struct ledger *ledger, struct store_error *error)
{
    assert(ledger->flight.group.count == 0);
    if (ledger->group.count == 0) {
        ledger->stale = true;
        return ledger_state_follow(ledger, error);
    }
    int code = group_append(ledger, &ledger->group, error);
    if (code != STORE_OK) {
        ledger_group_roll_back(ledger);
        return code;
    }
    size_t count = ledger->group.count;
    state_take(ledger->state, ledger->group.changes);
    ledger->folded = journal_last(ledger->journal);
    group_forget(ledger); // the entries are there until the answers are released
    ledger_durable_tell(ledger, &ledger->group, count);
    return ledger_state_follow(ledger, error);
}
