// bounds - one row a key of awardd.yaml, filled in from whoever counts it
#include "daemon/bounds.h"

#include "common/log.h"

#include <stdint.h>
#include <sys/resource.h>

enum { UNKNOWN = -1 }; // what there is now is not counted
enum { MEGABYTE = 1024 * 1024 };
enum { OTHER_DESCRIPTORS = 128 }; // files of the database, sockets, ZeroMQ's own

static void descriptors_allow(const struct daemon_file *settings)
{
    struct rlimit limit;
    rlim_t needed = (rlim_t)settings->connections + settings->greetings + OTHER_DESCRIPTORS;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed) {
        return;
    }
    limit.rlim_cur = limit.rlim_max < needed ? limit.rlim_max : needed;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < needed) {
        log_say(SAY_DESCRIPTORS_FEW, .allowed = (int64_t)limit.rlim_cur, .needed = (int64_t)needed);
    }
}

void bounds_apply(const struct daemon_file *settings, struct bus *bus)
{
    const struct bus_limits limits = {
        .connections = settings->connections,
        .connections_per_key = settings->connections_per_key,
        .greetings = settings->greetings,
        .queued_messages = settings->queued_messages,
        .unread_bytes_per_key = settings->unread_bytes,
    };
    descriptors_allow(settings);
    bus_limit(bus, &limits);
}

struct row {
    const char *name;
    uint64_t limit;
    int64_t now;
    uint64_t reached;
};

size_t bounds_list(const struct bounds *bounds, struct arena *arena, Award__Status__Bound **list)
{
    const struct daemon_file *file = bounds->settings;
    const struct bus_counts bus = bus_counts(bounds->bus);
    const struct turns_counts turns = turns_counts(bounds->turns);
    const struct crew_counts crew = crew_counts(bounds->crew);
    const struct intake_counts intake = intake_counts(bounds->intake);
    const struct trace_counts trace = trace_counts(bounds->trace);
    const size_t overlay = state_overlay_bytes(ledger_state(bounds->ledger));
    // clang-format off
    const struct row rows[] = {
        {"connections",            file->connections,            bus.connections,            bus.connections_refused},
        {"connections_per_key",    file->connections_per_key,    bus.connections_of_a_key,   bus.connections_refused_to_key},
        {"greetings",              file->greetings,              bus.greetings,              bus.greetings_ended},
        {"unread_bytes",           file->unread_bytes,           (int64_t)bus.unread_bytes,  bus.unread_dropped + turns.held_back},
        {"waiting_bytes",          file->waiting_bytes,          (int64_t)turns.waiting_bytes, turns.turned_away},
        {"queued_messages",        file->queued_messages,        bus.feed_items,             bus.feed_behind},
        {"turn_events",            file->turn_events,            UNKNOWN,                    turns.shared},
        {"public_events_a_minute", file->public_events_a_minute, intake.public_events,       intake.public_refused},
        {"long_queries",           file->long_queries,           intake.long_queries,        intake.long_queries_refused},
        {"task_seconds",           file->task_seconds,           UNKNOWN,                    crew.tasks_taken_back},
        {"overlay_megabytes",      file->overlay_megabytes,      (int64_t)(overlay / MEGABYTE), ledger_slowed(bounds->ledger)},
        {"lease_seconds",          file->lease_seconds,          UNKNOWN,                    crew.workers_silent},
        {"trace_events",           file->trace_events,           (int64_t)trace.remembered,  trace.forgotten},
    };
    // clang-format on
    size_t count = sizeof(rows) / sizeof(rows[0]);
    *list = arena_alloc(arena, count * sizeof(**list));
    for (size_t i = 0; i < count; i++) {
        Award__Status__Bound *bound = &(*list)[i];
        award__status__bound__init(bound);
        bound->name = arena_string(arena, rows[i].name);
        bound->has_limit = 1;
        bound->limit = rows[i].limit;
        bound->has_now = rows[i].now != UNKNOWN;
        bound->now = bound->has_now ? (uint64_t)rows[i].now : 0;
        bound->has_reached = 1;
        bound->reached = rows[i].reached;
    }
    return count;
}
