// metrics_families - what writes the samples of each family, for daemon/metrics_*.c alone
//
// metrics_fed.c has what was counted on the way, metrics_found.c what is looked up when somebody
// asks, metrics_held.c what the state holds.
#pragma once

#include "daemon/metrics_table.h"

typedef void (*family_write)(struct metrics_page *page, const struct metrics_sources *sources);

void write_events(struct metrics_page *page, const struct metrics_sources *sources);
void write_repeated(struct metrics_page *page, const struct metrics_sources *sources);
void write_requests(struct metrics_page *page, const struct metrics_sources *sources);
void write_rejections(struct metrics_page *page, const struct metrics_sources *sources);
void write_reasons(struct metrics_page *page, const struct metrics_sources *sources);
void write_steps(struct metrics_page *page, const struct metrics_sources *sources);
void write_queries(struct metrics_page *page, const struct metrics_sources *sources);
void write_group_entries(struct metrics_page *page, const struct metrics_sources *sources);
void write_sync(struct metrics_page *page, const struct metrics_sources *sources);
void write_deliveries(struct metrics_page *page, const struct metrics_sources *sources);

void write_build(struct metrics_page *page, const struct metrics_sources *sources);
void write_start_time(struct metrics_page *page, const struct metrics_sources *sources);
void write_cpu(struct metrics_page *page, const struct metrics_sources *sources);
void write_memory(struct metrics_page *page, const struct metrics_sources *sources);
void write_rehearsal(struct metrics_page *page, const struct metrics_sources *sources);
void write_ready(struct metrics_page *page, const struct metrics_sources *sources);
void write_unready(struct metrics_page *page, const struct metrics_sources *sources);
void write_last_entry(struct metrics_page *page, const struct metrics_sources *sources);
void write_written_entry(struct metrics_page *page, const struct metrics_sources *sources);
void write_unwritten(struct metrics_page *page, const struct metrics_sources *sources);
void write_store_bytes(struct metrics_page *page, const struct metrics_sources *sources);
void write_map_bytes(struct metrics_page *page, const struct metrics_sources *sources);
void write_disk_free(struct metrics_page *page, const struct metrics_sources *sources);
void write_disk_size(struct metrics_page *page, const struct metrics_sources *sources);
void write_damaged(struct metrics_page *page, const struct metrics_sources *sources);
void write_bound_limits(struct metrics_page *page, const struct metrics_sources *sources);
void write_bound_used(struct metrics_page *page, const struct metrics_sources *sources);
void write_bound_reached(struct metrics_page *page, const struct metrics_sources *sources);
void write_connections(struct metrics_page *page, const struct metrics_sources *sources);
void write_clock(struct metrics_page *page, const struct metrics_sources *sources);
void write_calendar(struct metrics_page *page, const struct metrics_sources *sources);
void write_due_late(struct metrics_page *page, const struct metrics_sources *sources);
void write_backup(struct metrics_page *page, const struct metrics_sources *sources);
void write_backup_entry(struct metrics_page *page, const struct metrics_sources *sources);

void write_tally_age(struct metrics_page *page, const struct metrics_sources *sources);
void write_deadlines(struct metrics_page *page, const struct metrics_sources *sources);
void write_cases(struct metrics_page *page, const struct metrics_sources *sources);
void write_waiting(struct metrics_page *page, const struct metrics_sources *sources);
void write_tasks(struct metrics_page *page, const struct metrics_sources *sources);
void write_oldest(struct metrics_page *page, const struct metrics_sources *sources);
void write_messages(struct metrics_page *page, const struct metrics_sources *sources);
void write_workers(struct metrics_page *page, const struct metrics_sources *sources);
void write_worker_tasks(struct metrics_page *page, const struct metrics_sources *sources);
