// loads - events acknowledged per second by a running coordinator, and what storage alone admits
#include "clients/bench/loads.h"

#include "clients/bench/figures.h"
#include "clients/bench/load.h"
#include "clients/bench/raw_limit.h"
#include "common/clock.h"
#include "common/limits.h"
#include "daemon/store/state.h"

#include <stdio.h>

static size_t less(size_t one, size_t other)
{
    return one < other ? one : other;
}

static void load_print(const struct load_result *result)
{
    figure_rate_print("load", result->events, result->elapsed_ns);
    figure_spread_print("load", &result->latency);
    figure_print("load_events", result->events, "events");
    figure_print("load_first", result->first_entry, "entry");
    figure_print("load_last", result->last_entry, "entry");
    figure_print("memory_before", result->before.own_kb, "KiB");
    figure_print("memory_peak", result->peak.own_kb, "KiB");
    figure_print("memory_after", result->after.own_kb, "KiB");
}

static bool exemplars_look(const struct bench_office *office, struct exemplars *exemplars)
{
    struct store_error error;
    struct journal *journal = journal_open_read_only(bench_office_journal(office), &error);
    if (journal == NULL) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        return false;
    }
    bool good = exemplars_read(journal, office->arena, exemplars);
    journal_close(journal);
    return good;
}

bool loads_measure(const struct bench_office *office, const struct loads_load *wanted)
{
    struct exemplars exemplars;
    struct load_result result;
    if (!exemplars_look(office, &exemplars)) {
        return false;
    }
    size_t of_each = wanted->in_flight / wanted->clients;
    size_t packed = less(wanted->packed, of_each);
    size_t hot = wanted->hot > 0 ? wanted->hot : wanted->cases;
    struct load load = {
        .office = office,
        .year = year_create(&exemplars, wanted->cases, hot, wanted->round - 1, wanted->rounds),
        .clients = wanted->clients,
        .messages_in_flight = of_each / packed,
        .events_per_message = packed,
        .duration_ns = wanted->seconds * NS_PER_SECOND,
        .pid = wanted->pid,
    };
    bool good = load_run(&load, &result);
    if (good) {
        load_print(&result);
    }
    year_destroy(load.year);
    return good;
}

bool loads_repeat(const struct bench_office *office, const struct loads_repeat *repeat)
{
    struct bench_office other = {0};
    struct raw_limit_result result;
    bool good = bench_office_open(&other, repeat->home);
    if (good) {
        const struct raw_limit raw = {
            .office = office,
            .journal = bench_office_journal(&other),
            .first_entry = repeat->first,
            .last_entry = repeat->last,
            .group_entries = less(repeat->group, LIMIT_GROUP_EVENTS),
        };
        good = raw_limit_run(&raw, &result);
    }
    if (good) {
        figure_rate_print("raw", result.entries, result.elapsed_ns);
        figure_spread_print("raw", &result.latency);
        figure_print("entry_bytes", result.entry_bytes, "bytes");
    }
    bench_office_close(&other);
    return good;
}

bool loads_tail(const struct bench_office *office)
{
    struct store_error error;
    struct state *state = state_open_read_only(bench_office_state(office), &error);
    struct journal *journal =
        state != NULL ? journal_open_read_only(bench_office_journal(office), &error) : NULL;
    if (journal != NULL) {
        figure_print("entries", journal_last(journal), "entries");
        figure_print("tail", journal_last(journal) - state_written_entry(state), "entries");
    } else {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
    }
    bool good = journal != NULL;
    journal_close(journal);
    state_close(state);
    return good;
}
