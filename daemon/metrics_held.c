// metrics_held - samples of what the state holds, as it was last counted
//
// Until somebody has counted for the first time there are none.
#include "daemon/metrics_families.h"

#include <string.h>

enum { MILLISECONDS = 1000 };

void write_tally_age(struct metrics_page *page, const struct metrics_sources *sources)
{
    if (sources->tally != NULL) {
        page_sample(page, NULL, sources->tally_age_ms, MILLISECONDS);
    }
}

void write_deadlines(struct metrics_page *page, const struct metrics_sources *sources)
{
    for (int i = 0; sources->tally != NULL && i < TALLY_STANDINGS; i++) {
        const char *values[] = {tally_standing_name((enum tally_standing)i)};
        page_sample(page, values, (int64_t)sources->tally->deadlines[i], 1);
    }
}

void write_cases(struct metrics_page *page, const struct metrics_sources *sources)
{
    const ProtobufCEnumDescriptor *stages = &award__stage__name__descriptor;
    for (unsigned i = 0; sources->tally != NULL && i < stages->n_values; i++) {
        const ProtobufCEnumValue *stage = &stages->values[i];
        if (stage->value < TALLY_STAGES) {
            page_sample(page, &stage->name, (int64_t)sources->tally->cases[stage->value], 1);
        }
    }
}

void write_waiting(struct metrics_page *page, const struct metrics_sources *sources)
{
    for (int i = 0; sources->tally != NULL && i < TALLY_WAITS; i++) {
        const char *values[] = {tally_wait_name((enum tally_wait)i)};
        page_sample(page, values, (int64_t)sources->tally->waiting[i], 1);
    }
}

static void pair_write(struct metrics_page *page, const char *first, const char *second,
                       uint64_t count)
{
    const char *values[] = {first, second};
    page_sample(page, values, (int64_t)count, 1);
}

void write_tasks(struct metrics_page *page, const struct metrics_sources *sources)
{
    const struct tally *tally = sources->tally;
    for (int i = 0; tally != NULL && i < TALLY_KINDS; i++) {
        const char *kind = tally_kind_name((enum tally_kind)i);
        pair_write(page, kind, "open", tally->tasks[i].open);
        pair_write(page, kind, "given_up", tally->tasks[i].given_up);
    }
}

void write_oldest(struct metrics_page *page, const struct metrics_sources *sources)
{
    int64_t now_ms = ledger_now(sources->bounds->ledger);
    for (int i = 0; sources->tally != NULL && i < TALLY_KINDS; i++) {
        const char *values[] = {tally_kind_name((enum tally_kind)i)};
        int64_t oldest_ms = sources->tally->tasks[i].oldest_ms;
        page_sample(page, values, oldest_ms < now_ms ? now_ms - oldest_ms : 0, MILLISECONDS);
    }
}

void write_messages(struct metrics_page *page, const struct metrics_sources *sources)
{
    const ProtobufCEnumDescriptor *channels = &award__channel__name__descriptor;
    for (unsigned i = 0; sources->tally != NULL && i < channels->n_values; i++) {
        const ProtobufCEnumValue *channel = &channels->values[i];
        if (channel->value < TALLY_CHANNELS) {
            pair_write(page, channel->name, "waiting",
                       sources->tally->messages[channel->value].waiting);
            pair_write(page, channel->name, "undelivered",
                       sources->tally->messages[channel->value].undelivered);
        }
    }
}

// ---- Workers

// How many tasks a worker has; -1 where it is not connected.
static int64_t tasks_of(const Award__Status__Worker *connected, size_t count, const char *name)
{
    int64_t tasks = -1;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(connected[i].principal, name) == 0) {
            tasks = (tasks > 0 ? tasks : 0) + connected[i].leased;
        }
    }
    return tasks;
}

static void workers_write(struct metrics_page *page, const struct metrics_sources *sources,
                          bool tasks)
{
    Award__Status__Worker *connected;
    size_t count = crew_workers(sources->bounds->crew, sources->arena, &connected);
    for (size_t i = 0; sources->tally != NULL && i < sources->tally->workers_count; i++) {
        const char *name = sources->tally->workers[i].name;
        int64_t has = tasks_of(connected, count, name);
        int64_t number = tasks ? (has > 0 ? has : 0) : (has >= 0 ? 1 : 0);
        const char *values[] = {tally_kind_name(sources->tally->workers[i].kind), name};
        page_sample(page, values, number, 1);
    }
}

void write_workers(struct metrics_page *page, const struct metrics_sources *sources)
{
    workers_write(page, sources, false);
}

void write_worker_tasks(struct metrics_page *page, const struct metrics_sources *sources)
{
    workers_write(page, sources, true);
}
