// server_watch - what is told about the coordinator over HTTP: metrics, health, readiness
//
// /metrics is made when somebody asks for it and costs nothing before. What the state holds is
// counted then, too: the first records at once, which is all of them in most offices, the rest in
// slices between turns of the loop; a count that took long rests a multiple of it. /healthz says
// whether the program gets on with what it has to do, /readyz whether it takes events.
#include "common/clock.h"
#include "common/log.h"
#include "common/memory.h"
#include "common/time.h"
#include "daemon/http.h"
#include "daemon/metrics_table.h"
#include "daemon/readiness.h"
#include "daemon/server_private.h"

#include <event2/buffer.h>
#include <event2/event.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

enum {
    TALLY_AT_ONCE = 2000, // records that are counted while somebody waits for his page
    TALLY_SLICE = 500,    // and then in one turn of the loop
    TALLY_RESTS = 20,     // times as long as it took, before it is counted again
    FULL_BYTES = 1024 * 1024,
};

struct watch {
    struct metrics metrics;
    struct http *http;
    int64_t started_ms;
    struct event *more; // the next slice of a count
    struct tally_walk *walk;
    struct tally tally;
    bool counted;
    uint64_t counted_entry; // where the journal stood
    int32_t counted_day;
    int64_t counted_ms; // by the monotonic clock
    int64_t spent_us;   // on the count that is on its way
    int64_t rests_until_us;
};

// ---- Counting what the state holds

static void tally_slice(struct server *server, size_t records)
{
    static const struct timeval at_once = {0, 0};
    struct watch *watch = server->watch;
    int64_t begun_us = clock_monotonic_us();
    bool done = tally_go_on(watch->walk, records, &watch->tally);
    int64_t now_us = clock_monotonic_us();
    watch->spent_us += now_us - begun_us;
    if (!done) {
        (void)event_add(watch->more, &at_once);
        return;
    }
    watch->walk = NULL;
    watch->counted = true;
    watch->counted_ms = clock_monotonic_ms();
    watch->rests_until_us = now_us + watch->spent_us * TALLY_RESTS;
}

static void more_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    tally_slice(context, TALLY_SLICE);
}

static void tally_refresh(struct server *server)
{
    struct watch *watch = server->watch;
    uint64_t last = journal_last(ledger_journal(server->ledger));
    int32_t today = day_of_moment(ledger_now(server->ledger));
    if (watch->walk != NULL) {
        return;
    }
    if (watch->counted && watch->counted_entry == last && watch->counted_day == today) {
        watch->counted_ms = clock_monotonic_ms(); // it would be the same
        return;
    }
    if (clock_monotonic_us() < watch->rests_until_us) {
        return;
    }
    watch->walk = tally_begin(server->ledger);
    watch->counted_entry = last;
    watch->counted_day = today;
    watch->spent_us = 0;
    tally_slice(server, TALLY_AT_ONCE);
}

// ---- Whether events are taken

static bool journal_full(const struct server *server, int64_t now_ms)
{
    char path[SETTINGS_PATH_BYTES + sizeof("/journal")];
    struct statvfs disk;
    if (!server->journal_full || server->full_until_ms > now_ms) {
        return server->journal_full;
    }
    (void)snprintf(path, sizeof(path), "%s/journal", server->settings.data_directory);
    return statvfs(path, &disk) == 0 && disk.f_bavail * disk.f_frsize < FULL_BYTES;
}

static uint32_t unready_look(struct server *server)
{
    bool clock = ledger_clock_behind_ms(server->ledger) > 0;
    const bool reasons[UNREADY_REASONS] = {
        [UNREADY_STARTING] = !server->started && !clock,
        [UNREADY_CLOCK] = clock,
        [UNREADY_DISK] = journal_full(server, clock_monotonic_ms()),
        [UNREADY_STATE] = ledger_state_full(server->ledger),
        [UNREADY_STUCK] = server_health(server) != HEALTH_PARTS,
    };
    uint32_t unready = 0;
    for (unsigned reason = 0; reason < UNREADY_REASONS; reason++) {
        unready |= (reasons[reason] ? 1U : 0U) << reason;
    }
    return unready;
}

// ---- Pages

static const char text_type[] = "text/plain; charset=utf-8";
static const char json_type[] = "application/json";

static bool wants_json(const char *accept)
{
    return strstr(accept, json_type) != NULL;
}

static void metrics_page(struct server *server, const char *accept, struct http_reply *reply)
{
    struct watch *watch = server->watch;
    tally_refresh(server);
    struct arena *arena = arena_create();
    const struct bounds bounds = server_bounds(server);
    const struct metrics_sources sources = {
        .fed = &watch->metrics,
        .bounds = &bounds,
        .tally = watch->counted ? &watch->tally : NULL,
        .tally_age_ms = clock_monotonic_ms() - watch->counted_ms,
        .started_ms = watch->started_ms,
        .unready = unready_look(server),
        .arena = arena,
    };
    struct metrics_page page = {.out = reply->body, .format = metrics_format_accepted(accept)};
    metrics_write(&sources, &page);
    reply->status = 200;
    reply->type = metrics_format_type(page.format);
    arena_destroy(arena);
}

// Chinese and English, one sentence.
static void health_words(struct evbuffer *out, enum health_part part)
{
    if (part == HEALTH_PARTS) {
        (void)evbuffer_add_printf(out, "正常 / well");
        return;
    }
    const struct log_kind_row *row = log_kind_row(server_stuck_kind(part));
    (void)evbuffer_add_printf(out, "%s / %s", row->zh, row->en);
}

static void health_page(struct server *server, const char *accept, struct http_reply *reply)
{
    enum health_part part = server_health(server);
    bool well = part == HEALTH_PARTS;
    bool json = wants_json(accept);
    reply->status = well ? 200 : 503;
    if (json) {
        reply->type = json_type;
        (void)evbuffer_add_printf(reply->body, "{\"healthy\":%s,\"what\":\"",
                                  well ? "true" : "false");
    }
    health_words(reply->body, part);
    (void)evbuffer_add_printf(reply->body, json ? "\"}\n" : "\n");
}

static void reasons_write(struct evbuffer *out, uint32_t unready, bool json)
{
    const char *separator = "";
    for (unsigned i = 0; i < UNREADY_REASONS; i++) {
        const struct unready_reason *reason = unready_reason((enum readiness)i);
        if ((unready >> i & 1U) == 0) {
            continue;
        }
        if (json) {
            (void)evbuffer_add_printf(out, "%s{\"code\":\"%s\",\"zh\":\"%s\",\"en\":\"%s\"}",
                                      separator, reason->code, reason->zh, reason->en);
            separator = ",";
        } else {
            (void)evbuffer_add_printf(out, "%s: %s / %s\n", reason->code, reason->zh, reason->en);
        }
    }
}

static void ready_page(struct server *server, const char *accept, struct http_reply *reply)
{
    uint32_t unready = unready_look(server);
    bool json = wants_json(accept);
    reply->status = unready == 0 ? 200 : 503;
    if (json) {
        reply->type = json_type;
        (void)evbuffer_add_printf(reply->body, "{\"ready\":%s,\"reasons\":[",
                                  unready == 0 ? "true" : "false");
    }
    reasons_write(reply->body, unready, json);
    if (json) {
        (void)evbuffer_add_printf(reply->body, "]}\n");
    } else if (unready == 0) {
        (void)evbuffer_add_printf(reply->body, "可受理事件 / ready\n");
    }
}

static const struct {
    const char *path;
    const char *what;
    void (*make)(struct server *server, const char *accept, struct http_reply *reply);
} pages[] = {
    {"/metrics", "指标 / metrics (OpenMetrics)",               metrics_page},
    {"/healthz", "是否有进展 / whether it gets on",         health_page },
    {"/readyz",  "是否受理事件 / whether it takes events", ready_page  },
};

static void page_make(void *context, const char *path, const char *accept, struct http_reply *reply)
{
    reply->type = text_type;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        if (strcmp(path, pages[i].path) == 0) {
            pages[i].make(context, accept, reply);
            return;
        }
    }
    reply->status = strcmp(path, "/") == 0 ? 200 : 404;
    if (reply->status == 404) {
        (void)evbuffer_add_printf(reply->body,
                                  "没有这一页；有以下各页 / there is no such page; there are:\n");
    }
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        (void)evbuffer_add_printf(reply->body, "%s  %s\n", pages[i].path, pages[i].what);
    }
}

// ---- Beginning and end

struct metrics *server_metrics(struct server *server)
{
    return &server->watch->metrics;
}

void server_watch_prepare(struct server *server)
{
    server->watch = memory_allocate(sizeof(*server->watch));
    server->watch->started_ms = clock_wall_ms();
    server->watch->more = evtimer_new(server->base, more_fire, server);
    if (server->watch->more == NULL) {
        abort(); // out of memory before anything has begun
    }
}

bool server_watch_open(struct server *server)
{
    char error[512];
    const char *endpoint = server->settings.metrics_endpoint;
    if (endpoint[0] == '\0') {
        return true;
    }
    server->watch->http =
        http_open(server->base, endpoint, page_make, server, error, sizeof(error));
    if (server->watch->http == NULL) {
        log_say(SAY_METRICS_FAILED, .reason = error);
        return false;
    }
    char page[HTTP_ADDRESS_BYTES + sizeof("/metrics")];
    (void)snprintf(page, sizeof(page), "%s/metrics", http_address(server->watch->http));
    log_say(SAY_METRICS_READY, .address = page);
    return true;
}

void server_watch_close(struct server *server)
{
    http_close(server->watch->http);
    server->watch->http = NULL;
}

void server_watch_release(struct server *server)
{
    server_watch_close(server);
    tally_abandon(server->watch->walk);
    event_free(server->watch->more);
    free(server->watch);
}
