// raw_limit - what the scheme of storage alone admits: the writes of a load, without network and
// rules
//
// Reading and folding come first and are not counted; all that is read is held in memory, so of a
// long load only the first entries are repeated.
#include "clients/bench/raw_limit.h"

#include "common/limits.h"
#include "daemon/fold.h"
#include "daemon/ledger.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { REPEATED_MAX = 500000 };

struct change {
    struct change *next;
    struct bytes key;
    struct bytes value;
};

// One entry and what it does to the state.
struct write {
    struct journal_entry entry;
    struct change *first;
    struct change **last;
};

struct repeating {
    const struct raw_limit *raw;
    struct arena *arena;
    struct write *writes;
    size_t count;
    struct journal *journal;
    struct state *state;
    struct overlay *group;
    struct store_error error;
};

// ---- Reading

static void change_keep(void *context, struct bytes key, struct bytes value)
{
    struct repeating *repeating = context;
    struct write *write = &repeating->writes[repeating->count];
    struct change *change = arena_alloc(repeating->arena, sizeof(*change));
    *change = (struct change){NULL, key, value};
    *write->last = change;
    write->last = &change->next;
}

static int write_read(struct repeating *repeating, struct journal *journal, uint64_t number)
{
    struct write *write = &repeating->writes[repeating->count];
    int code = journal_read(journal, number, repeating->arena, &write->entry, &repeating->error);
    if (code != STORE_OK) {
        return code;
    }
    const Award__Entry *entry = (const Award__Entry *)codec_unpack_trusted(
        &award__entry__descriptor, write->entry.bytes, repeating->arena);
    write->last = &write->first;
    bool folded =
        entry != NULL && fold_entry(entry, repeating->arena, NULL, change_keep, repeating);
    assert(folded);
    repeating->count++;
    return STORE_OK;
}

static size_t entries_count(const struct raw_limit *raw)
{
    uint64_t count = raw->last_entry - raw->first_entry + 1;
    return count < REPEATED_MAX ? (size_t)count : REPEATED_MAX;
}

static int writes_read(struct repeating *repeating)
{
    const struct raw_limit *raw = repeating->raw;
    struct journal *journal = journal_open_read_only(raw->journal, &repeating->error);
    int code = journal != NULL ? STORE_OK : repeating->error.code;
    size_t count = entries_count(raw);
    for (size_t i = 0; code == STORE_OK && i < count; i++) {
        code = write_read(repeating, journal, raw->first_entry + i);
    }
    journal_close(journal);
    return code;
}

// ---- Writing: as the ledger does with a group (daemon/ledger_state.c)

static int state_follow(struct repeating *repeating)
{
    struct state *state = repeating->state;
    state_take(state, repeating->group);
    if (!state_writing(state) && state_active_bytes(state) > LEDGER_OVERLAY_BYTES / 4) {
        state_write_begin(state, journal_last(repeating->journal));
    }
    bool full = state_overlay_bytes(state) >= LEDGER_OVERLAY_BYTES;
    if (state_writing(state) && state_writing_wait(state, full ? -1 : 0)) {
        return state_write_end(state, &repeating->error);
    }
    return STORE_OK;
}

static int group_write(struct repeating *repeating, size_t from, size_t count)
{
    struct journal_entry entries[LIMIT_GROUP_EVENTS];
    uint64_t last = journal_last(repeating->journal);
    for (size_t i = 0; i < count; i++) {
        const struct write *write = &repeating->writes[from + i];
        entries[i] = write->entry;
        entries[i].number = last + 1 + i;
        for (const struct change *change = write->first; change != NULL; change = change->next) {
            overlay_put(repeating->group, change->key, change->value);
        }
    }
    int code = journal_append(repeating->journal, entries, count, &repeating->error);
    return code == STORE_OK ? state_follow(repeating) : code;
}

// Each entry of a group is durable when the group is.
static void group_sample(struct samples *durable, size_t count, uint64_t since_ns)
{
    for (size_t i = 0; i < count; i++) {
        samples_add(durable, since_ns);
    }
}

static int groups_write(struct repeating *repeating, struct raw_limit_result *result)
{
    size_t group = repeating->raw->group_entries;
    struct samples *latency = samples_create(repeating->count / group + 1);
    struct samples *durable = samples_create(repeating->count);
    uint64_t begin_ns = samples_now_ns();
    uint64_t now_ns = begin_ns;
    int code = STORE_OK;
    for (size_t from = 0; code == STORE_OK && from < repeating->count; from += group) {
        uint64_t group_ns = now_ns;
        size_t rest = repeating->count - from;
        size_t count = rest < group ? rest : group;
        code = group_write(repeating, from, count);
        now_ns = samples_now_ns();
        samples_add(latency, now_ns - group_ns);
        group_sample(durable, count, now_ns - begin_ns);
    }
    result->entries = repeating->count;
    result->elapsed_ns = now_ns - begin_ns;
    result->latency = samples_spread(latency);
    result->durable = samples_spread(durable);
    samples_destroy(latency);
    samples_destroy(durable);
    return code;
}

static bool office_open(struct repeating *repeating)
{
    const struct bench_office *office = repeating->raw->office;
    repeating->journal = journal_open(bench_office_journal(office), false, &repeating->error);
    if (repeating->journal != NULL) {
        repeating->state = state_open(bench_office_state(office), false, &repeating->error);
    }
    return repeating->state != NULL;
}

bool raw_limit_run(const struct raw_limit *raw, struct raw_limit_result *result)
{
    assert(raw->group_entries > 0 && raw->group_entries <= LIMIT_GROUP_EVENTS);
    assert(raw->first_entry <= raw->last_entry);
    size_t count = entries_count(raw);
    struct repeating repeating = {.raw = raw, .arena = arena_create()};
    repeating.writes = calloc(count, sizeof(*repeating.writes));
    if (repeating.writes == NULL) {
        abort(); // out of memory before anything has begun
    }
    *result = (struct raw_limit_result){0};
    bool good = writes_read(&repeating) == STORE_OK && office_open(&repeating);
    if (good) {
        repeating.group = overlay_create(state_view(repeating.state));
        good = groups_write(&repeating, result) == STORE_OK &&
               (!state_writing(repeating.state) ||
                state_write_end(repeating.state, &repeating.error) == STORE_OK);
        overlay_destroy(repeating.group);
    }
    for (size_t i = 0; i < repeating.count; i++) {
        result->entry_bytes += repeating.writes[i].entry.bytes.size;
    }
    result->entry_bytes /= repeating.count > 0 ? repeating.count : 1;
    if (!good) {
        (void)fprintf(stderr, "award-bench: %s\n", repeating.error.text);
    }
    state_close(repeating.state);
    journal_close(repeating.journal);
    free(repeating.writes);
    arena_destroy(repeating.arena);
    return good;
}
