// ledger - journal, state and rules together: events are decided, appended as a group, then
// answered
//
// A group is an overlay on top of the state and a list of entries. Each event is decided on that
// overlay, so that it sees its group's earlier members; a commit appends the entries to the
// journal, syncs, and only then moves the overlay's changes into the state. A group whose commit
// failed is dropped whole and leaves no trace. On start the tail of the journal that the state
// lacks is folded in before anything is served, however the last run ended.
#include "daemon/ledger.h"

#include "common/log.h"
#include "common/time.h"
#include "daemon/fold.h"
#include "rules/events.h"
#include "rules/overlay.h"
#include "rules/record.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ENTRY_SCHEMA = 1, NONCE_KEY_BYTES = 32, NONCE_BYTES = 16, PATH_BYTES = 1024 };

// A rehearsal's events may be many between two rows that are due; this many rows fire in one go.
enum { GROUP_ENTRIES_MAX = 4096 };

struct ledger {
    struct journal *journal;
    struct state *state;
    struct books *books;
    struct overlay *group;  // changes of the entries below
    struct arena *arena;    // everything of the group
    Award__Entry **entries; // GROUP_ENTRIES_MAX of them at most
    size_t entries_count;
    bool books_changed;  // by the group
    bool stale;          // the arena holds answers of the group before, for who still sends them
    bool full;           // what was due on a manual clock's way could not be written
    int64_t recorded_ms; // of the last entry, the group's included
    bool rehearsal;
    uint64_t epoch;
    char city[128];
    uint8_t nonce_key[NONCE_KEY_BYTES];
    ledger_watch watch;
    void *watch_context;
};

// Where an event is decided: in the group, or in a trial on top of it.
struct ledger_trial {
    struct ledger *ledger;
    struct overlay *overlay;
};

// ---- Small things

static int fail(struct store_error *error, int code, const char *what, const char *path)
{
    error->code = code;
    (void)snprintf(error->text, sizeof(error->text), "%s %.900s: %s", what, path, strerror(errno));
    return code;
}

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
    return overlay_view(ledger->group);
}

const struct journal *ledger_journal(const struct ledger *ledger)
{
    return ledger->journal;
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
    return ledger->entries_count;
}

void ledger_watch_by(struct ledger *ledger, ledger_watch watch, void *context)
{
    ledger->watch = watch;
    ledger->watch_context = context;
}

int64_t ledger_now(const struct ledger *ledger)
{
    int64_t now_ms = ledger->recorded_ms;
    if (!ledger->rehearsal) {
        struct timespec now;
        (void)clock_gettime(CLOCK_REALTIME, &now);
        int64_t wall_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
        now_ms = wall_ms > now_ms ? wall_ms : now_ms; // `recorded` never decreases
    }
    return now_ms;
}

// The first event of a group frees what the one before left.
static void group_begin(struct ledger *ledger)
{
    if (ledger->stale) {
        arena_reset(ledger->arena);
        ledger->stale = false;
    }
}

// ---- Folding

static void put_in_overlay(void *context, struct bytes key, struct bytes value)
{
    overlay_put(context, key, value);
}

static void put_in_state(void *context, struct bytes key, struct bytes value)
{
    state_put(context, key, value);
}

static int move_to_state(void *context, struct bytes key, struct bytes value)
{
    state_put(context, key, value);
    return 0;
}

// ---- Entries

static void nonce_make(const struct ledger *ledger, uint64_t number, uint8_t nonce[NONCE_BYTES])
{
    (void)crypto_generichash(nonce, NONCE_BYTES, (const uint8_t *)&number, sizeof(number),
                             ledger->nonce_key, NONCE_KEY_BYTES);
}

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
    Award__Entry *entry = arena_alloc(ledger->arena, sizeof(*entry));
    award__entry__init(entry);
    entry->has_number = 1;
    entry->number = journal_last(ledger->journal) + 1 + ledger->entries_count;
    entry->has_schema = 1;
    entry->schema = ENTRY_SCHEMA;
    entry->recorded = moment_new(ledger->arena, now_ms);
    entry->event = event;
    entry->decision = decision;
    uint8_t nonce[NONCE_BYTES];
    nonce_make(ledger, entry->number, nonce);
    entry->has_nonce = 1;
    entry->nonce = data_copy(ledger->arena, nonce, NONCE_BYTES);
    return entry;
}

// What makes two events of the same name the same.
static void event_digest(const Award__Event *event, struct arena *arena,
                         uint8_t digest[EVENT_DIGEST_BYTES])
{
    struct bytes packed = codec_pack(&event->base, arena);
    (void)crypto_generichash(digest, EVENT_DIGEST_BYTES, packed.data, packed.size, NULL, 0);
}

static void settles_digest_fill(Award__Decision *decision, const struct view *view,
                                struct arena *arena)
{
    struct receipt receipt;
    if (decision->settles == NULL) {
        return;
    }
    bool found =
        receipt_find(view, decision->settles->principal, decision->settles->id, arena, &receipt);
    assert(found);
    decision->has_settles_digest = 1;
    decision->settles_digest = data_copy(arena, receipt.digest, EVENT_DIGEST_BYTES);
}

Award__Entry *ledger_read(const struct ledger *ledger, uint64_t number, struct arena *arena,
                          struct journal_entry *stored)
{
    uint64_t durable = journal_last(ledger->journal);
    if (number > durable) {
        size_t index = (size_t)(number - durable - 1);
        return index < ledger->entries_count ? ledger->entries[index] : NULL;
    }
    struct journal_entry own;
    struct store_error error;
    struct journal_entry *entry = stored != NULL ? stored : &own;
    if (journal_read(ledger->journal, number, arena, entry, &error) != STORE_OK) {
        return NULL;
    }
    return (Award__Entry *)codec_unpack_trusted(&award__entry__descriptor, entry->bytes, arena);
}

// ---- Answers

static Award__Answer *answer_make(const struct ledger *ledger, const Award__Event *event,
                                  const Award__Decision *decision, struct arena *arena)
{
    Award__Answer *answer = arena_alloc(arena, sizeof(*answer));
    award__answer__init(answer);
    answer->principal = event->principal;
    answer->id = event->id;
    answer->has_outcome = 1;
    answer->outcome = decision->outcome;
    answer->article = decision->article;
    answer->n_reasons = decision->n_reasons;
    answer->reasons = decision->reasons;
    answer->case_ = decision->case_;
    answer->n_rejected_parts = decision->n_rejected_parts;
    answer->rejected_parts = decision->rejected_parts;
    answer->n_changes = decision->n_changes;
    answer->changes = decision->changes;
    answer->has_epoch = 1;
    answer->epoch = ledger->epoch;
    answer->has_rehearsal = 1;
    answer->rehearsal = ledger->rehearsal;
    return answer;
}

static Award__Answer *answer_of_entry(const struct ledger *ledger, const Award__Event *event,
                                      const Award__Entry *entry, struct arena *arena)
{
    Award__Answer *answer = answer_make(ledger, event, entry->decision, arena);
    answer->has_entry = 1;
    answer->entry = entry->number;
    answer->recorded = entry->recorded;
    return answer;
}

static Award__Answer *answer_rejected(const struct ledger *ledger, const Award__Event *event,
                                      const char *code, const char *article, const char *zh,
                                      const char *en, struct arena *arena)
{
    Award__Decision *decision = arena_alloc(arena, sizeof(*decision));
    award__decision__init(decision);
    decision->has_outcome = 1;
    decision->outcome = AWARD__OUTCOME__NAME__rejected;
    decision->article = arena_string(arena, article);
    Award__Reason *reason = arena_alloc(arena, sizeof(*reason));
    award__reason__init(reason);
    reason->code = arena_string(arena, code);
    reason->article = decision->article;
    reason->zh = arena_string(arena, zh);
    reason->en = arena_string(arena, en);
    decision->n_reasons = 1;
    decision->reasons = arena_copy(arena, (const void *)&reason, sizeof(void *));
    return answer_make(ledger, event, decision, arena);
}

// Same name and content: the answer that is on record. Same name, other content: rejected.
static Award__Answer *answer_of_receipt(const struct ledger *ledger, const Award__Event *event,
                                        const struct view *view, struct arena *arena)
{
    struct receipt receipt;
    if (!receipt_find(view, event->principal, event->id, arena, &receipt)) {
        return NULL;
    }
    uint8_t digest[EVENT_DIGEST_BYTES];
    event_digest(event, arena, digest);
    if (memcmp(digest, receipt.digest, EVENT_DIGEST_BYTES) != 0) {
        return answer_rejected(
            ledger, event, "id_reused", "form", "同一编号已用于另一内容的事件；请换一个编号。",
            "This id was used for an event of other content; choose another.", arena);
    }
    const Award__Entry *entry = ledger_read(ledger, receipt.entry, arena, NULL);
    if (entry == NULL) {
        return answer_rejected(ledger, event, "record_damaged", "policy",
                               "该事件已记录，但记录已损坏；请管理员运行 awardd verify。",
                               "The event is on record, but damaged; run awardd verify.", arena);
    }
    Award__Answer *answer = answer_of_entry(ledger, event, entry, arena);
    answer->has_repeated = 1;
    answer->repeated = 1;
    return answer;
}

// Which events the sender has not seen, when he saw an older version of the case.
static void changed_since_fill(const struct ledger *ledger, Award__Answer *answer,
                               const Award__Event *event, const char *subject, struct arena *arena)
{
    enum { SHOWN_MAX = 64 };
    uint64_t numbers[SHOWN_MAX];
    size_t count = mentions_find(ledger_view(ledger), subject, 0, SHOWN_MAX, arena, numbers);
    answer->changed_since = arena_alloc(arena, (count + 1) * sizeof(char *));
    uint64_t version = 0;
    for (size_t i = 0; i < count; i++) {
        const Award__Entry *entry = ledger_read(ledger, numbers[i], arena, NULL);
        for (size_t k = 0; entry != NULL && k < entry->decision->n_changes; k++) {
            const Award__Change *change = entry->decision->changes[k];
            if (change->record_case == AWARD__CHANGE__RECORD_CASE &&
                strcmp(change->case_->case_, subject) == 0 && change->case_->version != version) {
                version = change->case_->version;
                if (version > event->expected_version) {
                    answer->changed_since[answer->n_changed_since++] =
                        arena_string(arena, event_name(entry->event->body_case));
                }
            }
        }
    }
}

// ---- Deciding

static const char *subject_case(const Award__Event *event)
{
    const ProtobufCMessage *body = (const ProtobufCMessage *)event->database_created;
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "case");
    const char *text = NULL;
    if (field != NULL) {
        memcpy(&text, (const unsigned char *)body + field->offset, sizeof(text));
    }
    return text;
}

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
    return rules_decide(&input, arena);
}

static Award__Answer *answer_of_rejection(const struct ledger *ledger, const Award__Event *event,
                                          const Award__Decision *decision, struct arena *arena)
{
    Award__Answer *answer = answer_make(ledger, event, decision, arena);
    if (strcmp(decision->reasons[0]->code, "version_conflict") == 0) {
        changed_since_fill(ledger, answer, event, subject_case(event), arena);
    }
    return answer;
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
        decide(ledger, ledger_view(ledger), event, sender, until_ms, ledger->arena);
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
        size_t fired = ledger_fire(ledger, GROUP_ENTRIES_MAX / 2);
        if (ledger_group_size(ledger) >= GROUP_ENTRIES_MAX / 2) {
            ledger->full = ledger_commit(ledger, &error) != STORE_OK;
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
    assert(ledger->entries_count < GROUP_ENTRIES_MAX);
    settles_digest_fill(decision, ledger_view(ledger), ledger->arena);
    Award__Entry *entry = entry_make(ledger, event, decision, now_ms);
    if (with_receipt) {
        uint8_t digest[EVENT_DIGEST_BYTES];
        event_digest(event, ledger->arena, digest);
        entry->has_event_digest = 1;
        entry->event_digest = data_copy(ledger->arena, digest, EVENT_DIGEST_BYTES);
    }
    bool folded = fold_entry(entry, ledger->arena, put_in_overlay, ledger->group);
    assert(folded);
    ledger->entries[ledger->entries_count++] = entry;
    ledger->recorded_ms = now_ms;
    if (books_concerned(event)) {
        ledger->books_changed = true;
        bool read = books_refresh(ledger->books, ledger_view(ledger));
        assert(read);
    }
    return answer_of_entry(ledger, event, entry, ledger->arena);
}

Award__Answer *ledger_submit(struct ledger *ledger, Award__Event *event,
                             const Award__Principal *sender)
{
    group_begin(ledger);
    Award__Answer *answer = answer_of_receipt(ledger, event, ledger_view(ledger), ledger->arena);
    if (answer != NULL) {
        return answer;
    }
    (void)ledger_fire(ledger, GROUP_ENTRIES_MAX / 2);
    int64_t now_ms = clock_move(ledger, event, sender);
    if (ledger->full) {
        ledger->full = false;
        return answer_rejected(ledger, event, "disk_full", "limit",
                               "磁盘已满，时钟途中的事项未能全部记录；请腾出空间后重试。",
                               "The disk is full; make room, then send the event again.",
                               ledger->arena);
    }
    Award__Decision *decision =
        decide(ledger, ledger_view(ledger), event, sender, now_ms, ledger->arena);
    if (decision->outcome == AWARD__OUTCOME__NAME__rejected) {
        return answer_of_rejection(ledger, event, decision, ledger->arena);
    }
    answer = group_add(ledger, event, decision, now_ms, true);
    (void)ledger_fire(ledger, GROUP_ENTRIES_MAX / 2);
    return answer;
}

Award__Answer *ledger_submit_own(struct ledger *ledger, Award__Event *event)
{
    static char name[] = "coordinator";
    group_begin(ledger);
    Award__Principal *self = arena_alloc(ledger->arena, sizeof(*self));
    award__principal__init(self);
    self->name = name;
    self->has_role = 1;
    self->role = AWARD__ROLE__NAME__coordinator;
    event->principal = name;
    event->id = name;
    int64_t now_ms = ledger_now(ledger);
    Award__Decision *decision =
        decide(ledger, ledger_view(ledger), event, self, now_ms, ledger->arena);
    if (decision->outcome == AWARD__OUTCOME__NAME__rejected) {
        return answer_make(ledger, event, decision, ledger->arena);
    }
    return group_add(ledger, event, decision, now_ms, false);
}

// ---- Trials

struct ledger_trial *ledger_trial_begin(struct ledger *ledger)
{
    struct ledger_trial *trial = calloc(1, sizeof(*trial));
    if (trial == NULL) {
        abort();
    }
    trial->ledger = ledger;
    trial->overlay = overlay_create(ledger_view(ledger));
    return trial;
}

Award__Answer *ledger_trial_submit(struct ledger_trial *trial, Award__Event *event,
                                   const Award__Principal *sender, struct arena *arena)
{
    const struct view *view = overlay_view(trial->overlay);
    Award__Answer *answer = answer_of_receipt(trial->ledger, event, view, arena);
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
        answer = answer_make(trial->ledger, event, decision, arena);
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

// ---- What is due

static Award__Due *due_first(const struct ledger *ledger, struct arena *arena)
{
    const struct view *view = ledger_view(ledger);
    struct bytes from = record_prefix(arena, AWARD__CHANGE__RECORD_DUE, 0);
    struct bytes key;
    struct bytes value;
    if (view->next(view, from, arena, &key, &value) != VIEW_FOUND || key.data[0] != from.data[0]) {
        return NULL;
    }
    return (Award__Due *)codec_unpack_trusted(&award__due__descriptor, value, arena);
}

int64_t ledger_next_due(const struct ledger *ledger)
{
    struct arena *arena = arena_create();
    const Award__Due *due = due_first(ledger, arena);
    int64_t moment_ms = due != NULL ? due->moment->ms : INT64_MAX;
    arena_destroy(arena);
    return moment_ms;
}

size_t ledger_fire(struct ledger *ledger, size_t most)
{
    size_t fired = 0;
    group_begin(ledger);
    while (fired < most && ledger->entries_count < GROUP_ENTRIES_MAX - 1) {
        const Award__Due *due = due_first(ledger, ledger->arena);
        if (due == NULL || due->moment->ms > ledger_now(ledger)) {
            break;
        }
        const Award__Answer *answer =
            ledger_submit_own(ledger, rules_due_event(due, ledger->arena));
        if (answer->outcome == AWARD__OUTCOME__NAME__rejected) {
            // A row that nothing stands behind would fire for ever.
            log_line(LOG_ERROR, "a due row was rejected subject=%s code=%s", due->subject,
                     answer->reasons[0]->code);
            break;
        }
        fired++;
    }
    return fired;
}

// ---- Committing

static void group_forget(struct ledger *ledger)
{
    overlay_clear(ledger->group);
    ledger->entries_count = 0;
    ledger->books_changed = false;
    ledger->stale = true;
}

// The moment of the last durable entry; the genesis if there is one.
static int64_t recorded_last(const struct ledger *ledger)
{
    uint64_t last = journal_last(ledger->journal);
    struct arena *arena = arena_create();
    const Award__Entry *entry = last > 0 ? ledger_read(ledger, last, arena, NULL) : NULL;
    int64_t recorded_ms = entry != NULL ? entry->recorded->ms : 0;
    arena_destroy(arena);
    return recorded_ms;
}

static void group_roll_back(struct ledger *ledger)
{
    bool books_changed = ledger->books_changed;
    group_forget(ledger);
    ledger->recorded_ms = recorded_last(ledger);
    if (books_changed) {
        (void)books_refresh(ledger->books, ledger_view(ledger));
    }
}

int ledger_commit(struct ledger *ledger, struct store_error *error)
{
    size_t count = ledger->entries_count;
    if (count == 0) {
        ledger->stale = true;
        return STORE_OK;
    }
    struct journal_entry *stored = arena_alloc(ledger->arena, count * sizeof(*stored));
    for (size_t i = 0; i < count; i++) {
        stored[i].number = ledger->entries[i]->number;
        stored[i].bytes = codec_pack(&ledger->entries[i]->base, ledger->arena);
    }
    int code = journal_append(ledger->journal, stored, count, error);
    if (code != STORE_OK) {
        group_roll_back(ledger);
        return code;
    }
    (void)overlay_walk(ledger->group, move_to_state, ledger->state);
    for (size_t i = 0; ledger->watch != NULL && i < count; i++) {
        ledger->watch(ledger->watch_context, ledger->entries[i]);
    }
    group_forget(ledger);
    return STORE_OK;
}

int ledger_write_state(struct ledger *ledger, struct store_error *error)
{
    assert(ledger->entries_count == 0);
    return state_write(ledger->state, journal_last(ledger->journal), error);
}

// ---- Opening

static int nonce_key_load(struct ledger *ledger, const char *directory, struct store_error *error)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), "%s/nonce.key", directory);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail(error, STORE_IO, "open", path);
    }
    ssize_t size = read(file, ledger->nonce_key, NONCE_KEY_BYTES);
    if (size == 0) {
        randombytes_buf(ledger->nonce_key, NONCE_KEY_BYTES);
        size = write(file, ledger->nonce_key, NONCE_KEY_BYTES);
    }
    if (size != NONCE_KEY_BYTES || fsync(file) != 0) {
        (void)close(file);
        return fail(error, STORE_IO, "read or write", path);
    }
    (void)close(file);
    return STORE_OK;
}

// Folds one entry of the journal into the state. STORE_FORMAT if it is of a newer version.
static int entry_replay(struct ledger *ledger, uint64_t number, struct arena *arena,
                        struct store_error *error)
{
    struct journal_entry stored;
    int code = journal_read(ledger->journal, number, arena, &stored, error);
    if (code != STORE_OK) {
        return code;
    }
    const Award__Entry *entry =
        (const Award__Entry *)codec_unpack_trusted(&award__entry__descriptor, stored.bytes, arena);
    if (entry == NULL || entry->schema > ENTRY_SCHEMA ||
        !fold_entry(entry, arena, put_in_state, ledger->state)) {
        error->code = STORE_FORMAT;
        (void)snprintf(error->text, sizeof(error->text),
                       "entry %llu was written by a newer version; update awardd",
                       (unsigned long long)number);
        return STORE_FORMAT;
    }
    ledger->recorded_ms = entry->recorded->ms;
    return STORE_OK;
}

int ledger_replay(struct ledger *ledger, uint64_t until, struct store_error *error)
{
    struct arena *arena = arena_create();
    int code = STORE_OK;
    for (uint64_t number = state_written_entry(ledger->state) + 1;
         number <= until && code == STORE_OK; number++) {
        code = entry_replay(ledger, number, arena, error);
        arena_reset(arena);
        if (code == STORE_OK && state_overlay_bytes(ledger->state) > LEDGER_OVERLAY_BYTES) {
            code = state_write(ledger->state, number, error);
        }
    }
    arena_destroy(arena);
    return code;
}

static int city_load(struct ledger *ledger, struct store_error *error)
{
    struct bytes value;
    const struct view *view = ledger_view(ledger);
    struct bytes key = record_key(ledger->arena, AWARD__CHANGE__RECORD_CITY);
    const Award__City *city = NULL;
    if (view->get(view, key, ledger->arena, &value) == VIEW_FOUND) {
        city = (const Award__City *)codec_unpack_trusted(&award__city__descriptor, value,
                                                         ledger->arena);
    }
    if (city == NULL || !books_refresh(ledger->books, view)) {
        error->code = STORE_DAMAGED;
        (void)snprintf(error->text, sizeof(error->text),
                       "the state has no readable city, rulebook or calendar; run awardd rebuild");
        return STORE_DAMAGED;
    }
    ledger->rehearsal = city->rehearsal != 0;
    ledger->epoch = city->epoch;
    (void)snprintf(ledger->city, sizeof(ledger->city), "%s", city->name);
    arena_reset(ledger->arena);
    return STORE_OK;
}

static struct ledger *ledger_begin(const char *directory, bool create, struct store_error *error)
{
    char path[PATH_BYTES];
    struct ledger *ledger = calloc(1, sizeof(*ledger));
    if (ledger == NULL || sodium_init() < 0) {
        abort();
    }
    ledger->arena = arena_create();
    ledger->books = books_create();
    ledger->entries = calloc(GROUP_ENTRIES_MAX, sizeof(*ledger->entries));
    (void)snprintf(path, sizeof(path), "%s/journal", directory);
    ledger->journal = journal_open(path, create, error);
    if (ledger->journal == NULL) {
        ledger_close(ledger);
        return NULL;
    }
    (void)snprintf(path, sizeof(path), "%s/state", directory);
    ledger->state = state_open(path, create, error);
    if (ledger->state == NULL || nonce_key_load(ledger, directory, error) != STORE_OK) {
        ledger_close(ledger);
        return NULL;
    }
    ledger->group = overlay_create(state_view(ledger->state));
    return ledger;
}

struct ledger *ledger_open(const char *directory, struct store_error *error)
{
    struct ledger *ledger = ledger_begin(directory, false, error);
    if (ledger == NULL) {
        return NULL;
    }
    ledger->recorded_ms = recorded_last(ledger);
    if (ledger_replay(ledger, journal_last(ledger->journal), error) != STORE_OK ||
        city_load(ledger, error) != STORE_OK) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

struct ledger *ledger_open_empty(const char *directory, struct store_error *error)
{
    struct ledger *ledger = ledger_begin(directory, false, error);
    if (ledger != NULL && state_clear(ledger->state, error) != STORE_OK) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    overlay_destroy(ledger->group);
    state_close(ledger->state);
    journal_close(ledger->journal);
    books_destroy(ledger->books);
    free(ledger->entries);
    arena_destroy(ledger->arena);
    free(ledger);
}

static Award__Event *genesis_event(struct ledger *ledger, const Award__Genesis *genesis)
{
    Award__Event *event = arena_alloc(ledger->arena, sizeof(*event));
    award__event__init(event);
    event->body_case = AWARD__EVENT__BODY_DATABASE_CREATED;
    event->database_created = arena_alloc(ledger->arena, sizeof(*event->database_created));
    award__database_created__init(event->database_created);
    event->database_created->genesis = (Award__Genesis *)codec_copy(&genesis->base, ledger->arena);
    event->database_created->has_epoch = 1;
    event->database_created->epoch = 1;
    return event;
}

int ledger_create(const char *directory, const Award__Genesis *genesis, struct store_error *error)
{
    if (mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return fail(error, STORE_IO, "create", directory);
    }
    struct ledger *ledger = ledger_begin(directory, true, error);
    if (ledger == NULL) {
        return error->code;
    }
    ledger->rehearsal = genesis->manual_clock != 0;
    if (ledger->rehearsal) {
        ledger->recorded_ms = genesis->start->ms;
    }
    const Award__Answer *answer = ledger_submit_own(ledger, genesis_event(ledger, genesis));
    int code = STORE_OK;
    if (answer->outcome != AWARD__OUTCOME__NAME__accepted) {
        code = STORE_FORMAT;
        error->code = code;
        (void)snprintf(error->text, sizeof(error->text), "the genesis was rejected: %s",
                       answer->reasons[0]->en);
    } else {
        code = ledger_commit(ledger, error);
    }
    if (code == STORE_OK) {
        code = ledger_write_state(ledger, error);
    }
    ledger_close(ledger);
    return code;
}
