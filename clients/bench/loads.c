// loads - events acknowledged per second by a running coordinator, beside the disk's own limit
//
// First one event is sent, to learn how many bytes its entry takes in the journal. Then each load
// on the coordinator, with every rule on, follows on the raw limit that it is compared with, for a
// disk that others use changes from one second to the next: entries of that size, in a directory of
// their own beside the database, while the coordinator rests.
#include "clients/bench/loads.h"

#include "clients/bench/figures.h"
#include "clients/bench/load.h"
#include "clients/bench/raw_limit.h"

#include <stdio.h>

// Of each measurement. A raw limit is over before the coordinator, resting for two seconds, writes
// its state to the same disk.
static const uint64_t LIMIT_NS = 1500000000;
static const uint64_t LOAD_NS = 2000000000;

static const size_t GROUPS[] = {1, 16, 256};

// Beside the raw limit with as many entries in a group as there are events in flight.
static const struct {
    size_t messages_in_flight;
    size_t events_per_message;
    size_t beside; // index of GROUPS
} LOADS[] = {
    {1,   1,  0},
    {16,  1,  1},
    {256, 1,  2},
    {4,   64, 2},
};

enum {
    GROUPS_COUNT = sizeof(GROUPS) / sizeof(GROUPS[0]),
    LOADS_COUNT = sizeof(LOADS) / sizeof(LOADS[0]),
};

struct bench {
    const struct bench_office *office;
    bool json;
    struct client *client;
    struct enterprises enterprises;
    size_t entry_bytes;
    struct figure limits[GROUPS_COUNT];
};

// One event, which also warms up the connection; the journal says what became of it.
static bool entry_measure(struct bench *bench)
{
    const struct load one = {
        .client = bench->client,
        .enterprises = &bench->enterprises,
        .messages_in_flight = 1,
        .events_per_message = 1,
        .duration_ns = LOAD_NS,
        .messages_max = 1,
    };
    struct load_result result;
    if (!load_run(&one, &result)) {
        return false;
    }
    struct store_error error;
    struct journal *journal = journal_open_read_only(bench_office_journal(bench->office), &error);
    struct journal_entry entry;
    if (journal == NULL || journal_read(journal, result.last_entry, bench->office->arena, &entry,
                                        &error) != STORE_OK) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        journal_close(journal);
        return false;
    }
    bench->entry_bytes = entry.bytes.size;
    journal_close(journal);
    return true;
}

static bool limit_measure(struct bench *bench, size_t index)
{
    struct raw_limit_result result;
    struct store_error error;
    const char *directory = bench_scratch_make(bench->office);
    if (directory == NULL) {
        return false;
    }
    const struct raw_limit raw = {
        .directory = directory,
        .entry_bytes = bench->entry_bytes,
        .group_entries = GROUPS[index],
        .duration_ns = LIMIT_NS,
    };
    bool measured = raw_limit_run(&raw, &result, &error);
    bench_scratch_remove(directory);
    if (!measured) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        return false;
    }
    bench->limits[index] = (struct figure){
        .events_per_message = GROUPS[index],
        .events = result.entries,
        .elapsed_ns = result.elapsed_ns,
        .latency = result.latency,
    };
    figures_print(bench->json, &bench->limits[index], bench->entry_bytes);
    return true;
}

static bool load_measure(struct bench *bench, size_t index)
{
    const struct load load = {
        .client = bench->client,
        .enterprises = &bench->enterprises,
        .messages_in_flight = LOADS[index].messages_in_flight,
        .events_per_message = LOADS[index].events_per_message,
        .duration_ns = LOAD_NS,
        .messages_max = LOAD_MESSAGES_MAX,
    };
    struct load_result result;
    if (!load_run(&load, &result)) {
        return false;
    }
    const struct figure figure = {
        .messages_in_flight = load.messages_in_flight,
        .events_per_message = load.events_per_message,
        .events = result.events,
        .elapsed_ns = result.elapsed_ns,
        .latency = result.latency,
        .beside = &bench->limits[LOADS[index].beside],
    };
    figures_print(bench->json, &figure, bench->entry_bytes);
    return true;
}

static bool measure(struct bench *bench)
{
    enterprises_begin(&bench->enterprises);
    if (!entry_measure(bench)) {
        return false;
    }
    figures_begin(bench->json, bench->entry_bytes);
    bool good = true;
    for (size_t i = 0; good && i < LOADS_COUNT; i++) {
        bool measured = bench->limits[LOADS[i].beside].events > 0;
        good = (measured || limit_measure(bench, LOADS[i].beside)) && load_measure(bench, i);
    }
    return good;
}

bool loads_measure(const struct bench_office *office, bool json)
{
    struct bench bench = {.office = office, .json = json, .client = bench_office_connect(office)};
    bool good = bench.client != NULL && measure(&bench);
    client_close(bench.client);
    return good;
}
