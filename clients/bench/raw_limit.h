// raw_limit - what the scheme of storage alone admits: the writes of a load, without network and
// rules
//
// The entries that a load brought into one office's journal are appended to the journal of another,
// which was a copy of it before that load: in groups, each synced, and folded into the state, which
// is written as the coordinator writes it.
#pragma once

#include "clients/bench/office.h"
#include "clients/bench/samples.h"

struct raw_limit {
    const struct bench_office *office; // not served; thrown away afterwards
    const char *journal;               // of the other one
    uint64_t first_entry;              // of the load
    uint64_t last_entry;
    size_t group_entries; // LIMIT_GROUP_EVENTS at most
};

struct raw_limit_result {
    uint64_t entries; // durable
    uint64_t entry_bytes;
    uint64_t elapsed_ns;
    struct samples_spread latency; // of groups
    struct samples_spread durable; // of entries: since the first group began
};

// False when the disk failed; that has been said.
bool raw_limit_run(const struct raw_limit *raw, struct raw_limit_result *result);
