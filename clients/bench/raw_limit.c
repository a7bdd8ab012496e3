// raw_limit - what the disk alone admits: the journal appended to in groups, each group synced
#include "clients/bench/raw_limit.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

static int group_append(struct journal *journal, struct bytes bytes, size_t count,
                        struct store_error *error)
{
    struct journal_entry entries[RAW_LIMIT_GROUP_ENTRIES_MAX];
    uint64_t last = journal_last(journal);
    for (size_t i = 0; i < count; i++) {
        entries[i].number = last + 1 + i;
        entries[i].bytes = bytes;
    }
    return journal_append(journal, entries, count, error);
}

bool raw_limit_run(const struct raw_limit *raw, struct raw_limit_result *result,
                   struct store_error *error)
{
    assert(raw->entry_bytes > 0);
    assert(raw->group_entries > 0 && raw->group_entries <= RAW_LIMIT_GROUP_ENTRIES_MAX);
    *result = (struct raw_limit_result){0};
    struct journal *journal = journal_open(raw->directory, true, error);
    if (journal == NULL) {
        return false;
    }
    uint8_t *content = malloc(raw->entry_bytes);
    if (content == NULL) {
        abort(); // out of memory before anything has begun
    }
    randombytes_buf(content, raw->entry_bytes);
    struct bytes bytes = {content, raw->entry_bytes};
    struct samples *samples = samples_create(RAW_LIMIT_GROUPS_MAX);
    uint64_t begin_ns = samples_now_ns();
    uint64_t now_ns = begin_ns;
    int code = STORE_OK;
    while (code == STORE_OK && now_ns - begin_ns < raw->duration_ns && !samples_full(samples)) {
        uint64_t group_ns = now_ns;
        code = group_append(journal, bytes, raw->group_entries, error);
        now_ns = samples_now_ns();
        samples_add(samples, now_ns - group_ns);
    }
    result->entries = samples_count(samples) * raw->group_entries;
    result->elapsed_ns = now_ns - begin_ns;
    result->latency = samples_spread(samples);
    samples_destroy(samples);
    free(content);
    journal_close(journal);
    return code == STORE_OK;
}
