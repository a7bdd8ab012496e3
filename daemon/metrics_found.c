// metrics_found - samples of what is looked up when somebody asks
#include "daemon/metrics_families.h"

#include "common/time.h"
#include "daemon/backup_mark.h"
#include "daemon/readiness.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { MILLISECONDS = 1000, MICROSECONDS = 1000000 };

static struct ledger *ledger_of(const struct metrics_sources *sources)
{
    return sources->bounds->ledger;
}

// ---- The process

void write_build(struct metrics_page *page, const struct metrics_sources *sources)
{
    static const char *const version[] = {AWARD_VERSION};
    (void)sources;
    page_sample(page, version, 1, 1);
}

void write_start_time(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, sources->started_ms, MILLISECONDS);
}

void write_cpu(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct rusage usage;
    (void)sources;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        int64_t seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
        int64_t rest_us = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
        page_sample(page, NULL, seconds * MICROSECONDS + rest_us, MICROSECONDS);
    }
}

void write_memory(struct metrics_page *page, const struct metrics_sources *sources)
{
    long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    (void)sources;
    if (file != NULL && fscanf(file, "%*s %lld", &pages) == 1) {
        page_sample(page, NULL, (int64_t)pages * sysconf(_SC_PAGESIZE), 1);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

// ---- Whether it is well

void write_rehearsal(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, ledger_rehearsal(ledger_of(sources)) ? 1 : 0, 1);
}

void write_ready(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, sources->unready == 0 ? 1 : 0, 1);
}

void write_unready(struct metrics_page *page, const struct metrics_sources *sources)
{
    for (unsigned reason = 0; reason < UNREADY_REASONS; reason++) {
        page_sample(page, &unready_reason((enum readiness)reason)->code,
                    sources->unready >> reason & 1U, 1);
    }
}

void write_damaged(struct metrics_page *page, const struct metrics_sources *sources)
{
    char **names;
    size_t count = damage_names(ledger_damage(ledger_of(sources)), sources->arena, &names);
    page_sample(page, NULL, (int64_t)count, 1);
}

// ---- Journal and state

void write_last_entry(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, (int64_t)journal_last(ledger_journal(ledger_of(sources))), 1);
}

void write_written_entry(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, (int64_t)state_written_entry(ledger_state(ledger_of(sources))), 1);
}

void write_unwritten(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, (int64_t)state_overlay_bytes(ledger_state(ledger_of(sources))), 1);
}

enum { STORES = 2 };

static const char *const store_names[STORES] = {"journal", "state"}; // and their directories

struct sizes {
    uint64_t bytes[STORES];
    uint64_t map_bytes[STORES];
};

static struct sizes sizes_of(const struct metrics_sources *sources)
{
    struct sizes sizes;
    journal_size(ledger_journal(ledger_of(sources)), &sizes.bytes[0], &sizes.map_bytes[0]);
    state_size(ledger_state(ledger_of(sources)), &sizes.bytes[1], &sizes.map_bytes[1]);
    return sizes;
}

static void stores_write(struct metrics_page *page, const uint64_t bytes[STORES])
{
    for (size_t i = 0; i < STORES; i++) {
        page_sample(page, &store_names[i], (int64_t)bytes[i], 1);
    }
}

void write_store_bytes(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct sizes sizes = sizes_of(sources);
    stores_write(page, sizes.bytes);
}

void write_map_bytes(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct sizes sizes = sizes_of(sources);
    stores_write(page, sizes.map_bytes);
}

static bool disk_look(const struct metrics_sources *sources, size_t store, struct statvfs *disk)
{
    const char *path = arena_format(sources->arena, "%s/%s",
                                    sources->bounds->settings->data_directory, store_names[store]);
    return statvfs(path, disk) == 0;
}

void write_disk_free(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct statvfs disk;
    for (size_t i = 0; i < STORES; i++) {
        if (disk_look(sources, i, &disk)) {
            page_sample(page, &store_names[i], (int64_t)(disk.f_bavail * disk.f_frsize), 1);
        }
    }
}

void write_disk_size(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct statvfs disk;
    for (size_t i = 0; i < STORES; i++) {
        if (disk_look(sources, i, &disk)) {
            page_sample(page, &store_names[i], (int64_t)(disk.f_blocks * disk.f_frsize), 1);
        }
    }
}

void write_backup(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct backup_mark mark = backup_mark_read(sources->bounds->settings->data_directory);
    page_sample(page, NULL, mark.moment_ms, MILLISECONDS);
}

void write_backup_entry(struct metrics_page *page, const struct metrics_sources *sources)
{
    struct backup_mark mark = backup_mark_read(sources->bounds->settings->data_directory);
    page_sample(page, NULL, (int64_t)mark.entry, 1);
}

// ---- Bounds

enum bound_part { BOUND_LIMIT, BOUND_USED, BOUND_REACHED };

static void bounds_write(struct metrics_page *page, const struct metrics_sources *sources,
                         enum bound_part part)
{
    Award__Status__Bound *list;
    size_t count = bounds_list(sources->bounds, sources->arena, &list);
    for (size_t i = 0; i < count; i++) {
        const Award__Status__Bound *bound = &list[i];
        const char *values[] = {bound->name};
        if (part == BOUND_USED && !bound->has_now) {
            continue;
        }
        uint64_t number = part == BOUND_LIMIT  ? bound->limit
                          : part == BOUND_USED ? bound->now
                                               : bound->reached;
        page_sample(page, values, (int64_t)number, 1);
    }
}

void write_bound_limits(struct metrics_page *page, const struct metrics_sources *sources)
{
    bounds_write(page, sources, BOUND_LIMIT);
}

void write_bound_used(struct metrics_page *page, const struct metrics_sources *sources)
{
    bounds_write(page, sources, BOUND_USED);
}

void write_bound_reached(struct metrics_page *page, const struct metrics_sources *sources)
{
    bounds_write(page, sources, BOUND_REACHED);
}

void write_connections(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, bus_counts(sources->bounds->bus).connections, 1);
}

// ---- Time

void write_clock(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, ledger_clock_ahead_ms(ledger_of(sources)), MILLISECONDS);
}

// The clock of a rehearsal stands where its last entry does, and stops at each due moment.
void write_due_late(struct metrics_page *page, const struct metrics_sources *sources)
{
    int64_t late_ms = ledger_now(ledger_of(sources)) - ledger_next_due(ledger_of(sources));
    page_sample(page, NULL, late_ms > 0 ? late_ms : 0, MILLISECONDS);
}

// The last moment of the last year from this one on that has been announced; where this one has not
// been, of the year before.
void write_calendar(struct metrics_page *page, const struct metrics_sources *sources)
{
    const struct calendar *calendar = books_calendar(ledger_books(ledger_of(sources)));
    int32_t today = day_of_moment(ledger_now(ledger_of(sources)));
    int32_t year = day_to_civil(today).year;
    while (calendar_announced(calendar, year)) {
        year++;
    }
    int32_t last = day_from_civil((struct civil){year, 1, 1}) - 1;
    page_sample(page, NULL, day_end(last), MILLISECONDS);
}
