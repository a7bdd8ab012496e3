// raw_limit - what the disk alone admits: the journal appended to in groups, each group synced
//
// The same journal_append on the same file system as the coordinator's own, with entries of the
// same size; no network, no rules, no state.
#pragma once

#include "clients/bench/samples.h"
#include "daemon/store/journal.h"

struct raw_limit {
    const char *directory; // a new journal is made in it
    size_t entry_bytes;
    size_t group_entries;
    uint64_t duration_ns;
};

struct raw_limit_result {
    uint64_t entries; // durable
    uint64_t elapsed_ns;
    struct samples_spread latency; // of groups
};

enum { RAW_LIMIT_GROUPS_MAX = 100000, RAW_LIMIT_GROUP_ENTRIES_MAX = 1024 };

// False and *error when the disk failed.
bool raw_limit_run(const struct raw_limit *raw, struct raw_limit_result *result,
                   struct store_error *error);
