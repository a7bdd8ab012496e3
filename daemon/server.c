// server - the coordinator's loop: sockets in, ledger, answers out
//
// A burst of messages on either ROUTER is one group (intake); after it the feed says
// how far the journal stands, open tasks go out, and the timer is armed for what is due next. A
// second thread writes the state when it has grown, or when the loop has been idle. A disk that
// fails ends the program: it never goes on as if the data were there.
#include "daemon/server.h"

#include "common/bus.h"
#include "common/clock.h"
#include "common/envelope.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/service.h"
#include "daemon/authority.h"
#include "daemon/bounds.h"
#include "daemon/crash.h"
#include "daemon/exit_status.h"
#include "daemon/outbox.h"
#include "daemon/queries.h"
#include "daemon/server_private.h"
#include "settings/keyfile.h"

#include <event2/event.h>

#include <assert.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    IDLE_SECONDS = 2,
    FULL_MS = 1000,
    CLOCK_MS = 1000,       // while the host's clock is behind
    TICK_GROUPS = 4,       // that fire before the loop looks at its sockets
    NOT_SERVED_BURST = 32, // messages of who has too much waiting, before it looks at others
};

void server_fail(struct server *server, const struct store_error *error)
{
    log_say(SAY_STORAGE_FAILED, .reason = error->text);
    server->status = EXIT_STATUS_STORAGE;
    (void)event_base_loopbreak(server->base);
}

static bool admit(void *context, const char *public_key)
{
    struct server *server = context;
    struct arena *arena = arena_create();
    bool admitted = authority_principal(ledger_view(server->ledger), public_key, arena) != NULL;
    arena_destroy(arena);
    if (!admitted) {
        metrics_connection_refused(server_metrics(server));
    }
    if (!admitted && strangers_tell(&server->strangers, public_key, clock_monotonic_ms())) {
        log_say(SAY_CONNECTION_REFUSED, .key = public_key);
    }
    return admitted;
}

// ---- After a group

static void feed_publish(struct server *server)
{
    uint64_t last = journal_last(ledger_journal(server->ledger));
    if (last == server->fed) {
        return;
    }
    server->fed = last;
    struct arena *arena = arena_create();
    Award__FeedItem item;
    award__feed_item__init(&item);
    item.has_entry = 1;
    item.entry = last;
    item.has_chain = 1;
    item.chain.len = CHAIN_BYTES;
    item.chain.data = arena_copy(arena, journal_chain(ledger_journal(server->ledger)), CHAIN_BYTES);
    struct bytes bytes = codec_pack(&item.base, arena);
    (void)bus_send(server->feed, NULL, bytes.data, bytes.size);
    arena_destroy(arena);
}

static void group_durable(void *context, const struct ledger_group *group)
{
    struct server *server = context;
    server->journal_full = false;
    metrics_group(server_metrics(server), group);
    feed_publish(server);
}

static void message_done(void *context, const struct steps_done *done)
{
    struct server *server = context;
    metrics_message(server_metrics(server), done);
    trace_note(server->trace, done);
}

void server_tick_arm(struct server *server)
{
    int64_t now_ms = clock_monotonic_ms();
    int64_t wait_ms = outbox_wait_ms(server->outbox, now_ms);
    int64_t due_ms = ledger_next_due(server->ledger);
    if (!ledger_rehearsal(server->ledger) && due_ms != INT64_MAX) {
        int64_t until_due_ms = ledger_until_ms(server->ledger, due_ms);
        int64_t soonest_ms = server->full_until_ms > now_ms ? server->full_until_ms - now_ms : 0;
        until_due_ms = until_due_ms > soonest_ms ? until_due_ms : soonest_ms;
        wait_ms = wait_ms < 0 || until_due_ms < wait_ms ? until_due_ms : wait_ms;
    }
    if (ledger_clock_behind_ms(server->ledger) > 0) {
        wait_ms = CLOCK_MS; // nothing is due before it has caught up
    }
    if (wait_ms < 0) {
        (void)event_del(server->tick);
        return;
    }
    const struct timeval timeout = clock_timeval(wait_ms);
    (void)event_add(server->tick, &timeout);
}

static const char *address_of(const void *context, const char *digest, struct arena *arena)
{
    return ledger_address(context, digest, arena);
}

static Award__Today *today_of(void *context, const Award__Principal *viewer, struct arena *arena)
{
    Award__QueryToday today = AWARD__QUERY_TODAY__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    query.body_case = AWARD__QUERY__BODY_TODAY;
    query.today = &today;
    const struct query_server nobody = {.workers = NULL};
    const Award__QueryReply *reply = query_answer(&query, viewer, context, &nobody, arena);
    return reply->body_case == AWARD__QUERY_REPLY__BODY_TODAY ? reply->today : NULL;
}

static void journal_found_full(struct server *server)
{
    server->journal_full = true;
    server->full_until_ms = clock_monotonic_ms() + FULL_MS;
}

// The next slice of a query that takes several turns, once the loop has looked at its sockets.
static void slice_arm(struct server *server)
{
    static const struct timeval at_once = {0, 0};
    if (intake_slices_wait(server->intake)) {
        (void)event_add(server->slice, &at_once);
    }
}

static void group_finish(struct server *server)
{
    struct store_error error;
    size_t group = ledger_group_size(server->ledger);
    uint64_t last = journal_last(ledger_journal(server->ledger));
    if (intake_finish(server->intake, &error) != STORE_OK) {
        server_fail(server, &error);
        return;
    }
    if (group > 0 && journal_last(ledger_journal(server->ledger)) == last) {
        journal_found_full(server);
    }
    intake_rest(server->intake);
    slice_arm(server);
    struct order_context context = {
        .view = ledger_view(server->ledger),
        .city = ledger_city(server->ledger),
        .rehearsal = ledger_rehearsal(server->ledger),
        .rulebook = books_rulebook,
        .rulebook_context = ledger_books(server->ledger),
        .address = address_of,
        .address_context = server->ledger,
        .today = today_of,
        .today_context = server->ledger,
    };
    outbox_dispatch(server->outbox, &context, clock_monotonic_ms());
    const struct timeval idle = {.tv_sec = IDLE_SECONDS, .tv_usec = 0};
    (void)event_add(server->idle, &idle);
    server_tick_arm(server);
}

// ---- Callbacks

static void reply_send(void *context, bool to_worker, const struct bus_route *route,
                       struct bytes bytes);

static void message_turn_away(struct server *server, bool from_worker,
                              const struct bus_message *message)
{
    static const struct codec_error busy = {
        .code = "busy",
        .zh = "这把密钥排队等候处理的消息已达上限；请等到已有的答复，再重新发送这条消息。",
        .en = "As many bytes of this key wait to be taken as may; wait for the answers that are "
              "due, then send this message again.",
    };
    struct arena *arena = arena_create();
    struct envelope_head head;
    (void)envelope_peek((struct bytes){message->data, message->size}, &head);
    Award__Envelope *refusal = envelope_refusal(head.request, &busy, arena);
    reply_send(server, from_worker, &message->route, envelope_pack(refusal, NULL, arena));
    arena_destroy(arena);
}

static void message_wait(struct server *server, bool from_worker, const struct bus_message *message)
{
    bool waits = turns_add(server->turns, from_worker, message, clock_monotonic_ms());
    if (!waits) {
        message_turn_away(server, from_worker, message);
    }
    bool reads = bus_peer_reads(server->bus, &message->route);
    if ((!waits || !reads) && ++server->not_served % NOT_SERVED_BURST == 0) {
        bus_burst_end(from_worker ? server->workers : server->clients);
    }
}

static void clients_message(void *context, const struct bus_message *message)
{
    message_wait(context, false, message);
}

static void workers_message(void *context, const struct bus_message *message)
{
    message_wait(context, true, message);
}

static void worker_gone(void *context, const struct bus_route *route)
{
    struct server *server = context;
    crew_gone(server->crew, route);
    server_tick_arm(server);
}

static void turn_take(void *context, bool from_worker, const struct bus_message *message)
{
    intake_take(((struct server *)context)->intake, from_worker, message);
}

// One group; the next one after the loop has looked at its sockets.
static void turn_run(struct server *server)
{
    int64_t now_ms = clock_monotonic_ms();
    bool shared = turns_shared(server->turns, now_ms);
    intake_share(server->intake, shared);
    if (turns_group(server->turns, turn_take, server, now_ms)) {
        server->groups++;
        group_finish(server);
        if (shared) {
            // The thread that takes answers out comes before the next group: where it is to run on
            // this thread's processor, the kernel would let it wait for milliseconds.
            (void)sched_yield();
        }
    }
    int64_t wait_ms = turns_wait_ms(server->turns);
    if (wait_ms >= 0) {
        const struct timeval wait = clock_timeval(wait_ms);
        (void)event_add(server->more, &wait);
    }
}

static void sockets_burst(void *context)
{
    turn_run(context);
    server_clock_watch(context);
}

static void more_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    turn_run(context);
}

static void slice_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct server *server = context;
    intake_slice(server->intake);
    intake_rest(server->intake);
    slice_arm(server);
}

static void tick_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct server *server = context;
    server_clock_watch(server);
    if (intake_fire(server->intake, TICK_GROUPS) == STORE_FULL) {
        journal_found_full(server);
    }
    group_finish(server);
}

static void idle_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct server *server = context;
    struct store_error error;
    if (ledger_state_idle(server->ledger, &error) != STORE_OK) {
        server_fail(server, &error);
    }
}

static void written_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct server *server = context;
    struct store_error error;
    if (ledger_state_follow(server->ledger, &error) != STORE_OK) {
        server_fail(server, &error);
    }
}

static void stop_fire(evutil_socket_t signal_number, short what, void *context)
{
    (void)what;
    struct server *server = context;
    log_say(SAY_STOPPING, .signal = signal_number);
    (void)event_base_loopbreak(server->base);
}

static void reply_send(void *context, bool to_worker, const struct bus_route *route,
                       struct bytes bytes)
{
    struct server *server = context;
    struct bus_socket *socket = to_worker ? server->workers : server->clients;
    // Who does not read asks again, and gets the same answer.
    if (bus_send(socket, route, bytes.data, bytes.size) != BUS_OK) {
        log_say(SAY_ANSWER_UNSENT);
    }
}

static enum outbox_sent tasks_send(void *context, const struct bus_route *route,
                                   const Award__TaskBatch *batch)
{
    struct server *server = context;
    if (ledger_clock_behind_ms(server->ledger) > 0) {
        return OUTBOX_LATER; // what comes of it could not be put on record
    }
    struct arena *arena = arena_create();
    const char *key = bus_peer_key(route);
    assert(key != NULL); // it said hello
    if (authority_principal(ledger_view(server->ledger), key, arena) == NULL) {
        log_say(SAY_KEY_REFUSED, .key = key); // revoked since it said hello
        arena_destroy(arena);
        return OUTBOX_GONE;
    }
    Award__Envelope envelope;
    award__envelope__init(&envelope);
    envelope.body_case = AWARD__ENVELOPE__BODY_TASKS;
    envelope.tasks = (Award__TaskBatch *)codec_copy(&batch->base, arena);
    struct bytes bytes = envelope_pack(&envelope, NULL, arena);
    enum bus_result sent = bus_send(server->workers, route, bytes.data, bytes.size);
    arena_destroy(arena);
    return sent == BUS_OK ? OUTBOX_SENT : sent == BUS_GONE ? OUTBOX_GONE : OUTBOX_LATER;
}

static void hello_ask(void *context, const struct bus_route *route)
{
    struct server *server = context;
    struct arena *arena = arena_create();
    Award__WorkerHello hello = AWARD__WORKER_HELLO__INIT;
    Award__Envelope envelope = AWARD__ENVELOPE__INIT;
    envelope.body_case = AWARD__ENVELOPE__BODY_HELLO;
    envelope.hello = &hello;
    struct bytes bytes = envelope_pack(&envelope, NULL, arena);
    (void)bus_send(server->workers, route, bytes.data, bytes.size); // who is gone is none to ask
    arena_destroy(arena);
}

static void task_handed(void *context, enum trace_what what, const char *task, const char *worker)
{
    const struct server *server = context;
    trace_task_note(server->trace, what, task, worker, ledger_now(server->ledger));
}

struct bounds server_bounds(const struct server *server)
{
    return (struct bounds){
        .settings = &server->settings,
        .bus = server->bus,
        .turns = server->turns,
        .crew = server->crew,
        .intake = server->intake,
        .ledger = server->ledger,
        .trace = server->trace,
    };
}

static size_t status_bounds(void *context, struct arena *arena, Award__Status__Bound **list)
{
    const struct bounds bounds = server_bounds(context);
    return bounds_list(&bounds, arena, list);
}

// ---- Starting and stopping

static bool key_read(const struct server *server, struct keyfile *key)
{
    struct settings_error error;
    const char *path = server->settings.server_key_file;
    if (keyfile_read(path, key, &error)) {
        return true;
    }
    struct arena *arena = arena_create();
    log_say(SAY_KEY_FILE_WRONG, .reason = settings_error_text(&error, path, arena));
    arena_destroy(arena);
    return false;
}

static bool sockets_open(struct server *server, const struct keyfile *key)
{
    const struct daemon_file *settings = &server->settings;
    bool open = bus_admit_by(server->bus, admit, server);
    if (open) {
        server->clients = bus_router(server->bus, settings->client_endpoint, &key->keys,
                                     clients_message, sockets_burst, server);
        server->workers = bus_router(server->bus, settings->worker_endpoint, &key->keys,
                                     workers_message, sockets_burst, server);
        server->feed = bus_publisher(server->bus, settings->feed_endpoint, &key->keys);
        open = server->clients != NULL && server->workers != NULL && server->feed != NULL;
    }
    if (open) {
        bus_gone_watch(server->workers, worker_gone);
    } else {
        log_say(SAY_LISTEN_FAILED, .reason = bus_error(server->bus));
    }
    return open;
}

void server_bounds_apply(struct server *server)
{
    enum { MEGABYTE = 1024 * 1024 };
    const struct daemon_file *settings = &server->settings;
    bounds_apply(settings, server->bus);
    crew_limit(server->crew, settings->task_seconds);
    crew_lease(server->crew, settings->lease_seconds);
    turns_limit(server->turns, settings->waiting_bytes, settings->turn_events);
    intake_limit(server->intake, settings->public_events_a_minute, settings->long_queries,
                 status_bounds);
    ledger_overlay_bound(server->ledger, (size_t)settings->overlay_megabytes * MEGABYTE);
    ledger_clock_bound(server->ledger, settings->clock_behind_seconds);
    trace_resize(server->trace, settings->trace_events);
}

static void loop_prepare(struct server *server)
{
    (void)signal(SIGXFSZ, SIG_IGN); // a file at its limit is answered as a full disk is
    (void)signal(SIGPIPE, SIG_IGN); // who read the log may end, and the award goes on
    server->base = event_base_new();
    server->bus = bus_create(server->base);
    server->crew = crew_create(server->settings.lease_seconds, server);
    crew_asks(server->crew, hello_ask);
    server->outbox = outbox_create(server->crew, tasks_send, server);
    server->intake = intake_create(server->ledger, server->crew, reply_send, server);
    server->trace = trace_create(server->settings.trace_events);
    intake_trace(server->intake, server->trace);
    crew_listen(server->crew, task_handed);
    const struct turns_settings turns = {
        .bus = server->bus,
        .waiting_bytes_per_key = server->settings.waiting_bytes,
        .turn_events = server->settings.turn_events,
    };
    server->turns = turns_create(&turns);
    server_bounds_apply(server);
    intake_settings(server->intake, &server->settings);
    intake_listen(server->intake, message_done);
    server->more = evtimer_new(server->base, more_fire, server);
    server->slice = evtimer_new(server->base, slice_fire, server);
    server->tick = evtimer_new(server->base, tick_fire, server);
    server->idle = evtimer_new(server->base, idle_fire, server);
    server->written =
        event_new(server->base, state_writing_descriptor(ledger_state(server->ledger)),
                  EV_READ | EV_PERSIST, written_fire, server);
    server->stop[0] = evsignal_new(server->base, SIGTERM, stop_fire, server);
    server->stop[1] = evsignal_new(server->base, SIGINT, stop_fire, server);
    (void)event_add(server->written, NULL);
    (void)event_add(server->stop[0], NULL);
    (void)event_add(server->stop[1], NULL);
    server_clock_prepare(server);
    server_service_prepare(server);
    server_watch_prepare(server);
}

static void loop_release(struct server *server)
{
    server_watch_release(server);
    bus_close(server->clients);
    bus_close(server->workers);
    bus_close(server->feed);
    bus_destroy(server->bus);
    turns_destroy(server->turns);
    intake_destroy(server->intake);
    outbox_destroy(server->outbox);
    crew_destroy(server->crew);
    trace_destroy(server->trace);
    event_free(server->more);
    event_free(server->slice);
    event_free(server->tick);
    event_free(server->idle);
    event_free(server->written);
    event_free(server->stop[0]);
    event_free(server->stop[1]);
    server_clock_release(server);
    server_service_release(server);
    event_base_free(server->base);
}

static void ready_say(const struct server *server)
{
    log_say(SAY_READY, .city = ledger_city(server->ledger),
            .entry = (int64_t)journal_last(ledger_journal(server->ledger)),
            .clients = bus_endpoint(server->clients), .workers = bus_endpoint(server->workers),
            .feed = bus_endpoint(server->feed),
            .rehearsal = ledger_rehearsal(server->ledger) ? "yes" : NULL,
            .duration_us = (clock_monotonic_ms() - server->begun_ms) * US_PER_MS);
}

static void serve(struct server *server)
{
    struct keyfile key;
    if (!key_read(server, &key)) {
        server->status = EXIT_STATUS_SETTINGS;
        return;
    }
    if (!sockets_open(server, &key) || !server_watch_open(server)) {
        server->status = EXIT_STATUS_SOCKET;
        return;
    }
    ledger_on_durable(server->ledger, group_durable, server);
    server_clock_watch(server);
    if (server->status != EXIT_SUCCESS) {
        return;
    }
    ready_say(server);
    server_tick_arm(server);
    service_ready();
    server_service_status(server);
    (void)event_base_dispatch(server->base);
    server->stopping_ms = clock_monotonic_ms();
    service_stopping();
    server_watch_close(server); // nobody is told any more that it takes events
    if (server->status == EXIT_SUCCESS && server->started) {
        server_stopped_enter(server);
    }
}

int server_run(const char *config, const struct daemon_file *settings)
{
    struct store_error error;
    struct server server = {.config = config, .settings = *settings, .status = EXIT_SUCCESS};
    server.begun_ms = server.stopping_ms = clock_monotonic_ms();
    crash_explain();
    server.ledger = ledger_open(settings->data_directory, &error);
    if (server.ledger == NULL) {
        log_say(SAY_DATABASE_UNOPENED, .reason = error.text);
        return error.code == STORE_LOCKED ? EXIT_STATUS_LOCKED : EXIT_STATUS_STORAGE;
    }
    loop_prepare(&server);
    serve(&server);
    loop_release(&server);
    ledger_close(server.ledger);
    log_say(SAY_STOPPED, .status = server.status,
            .duration_us = (clock_monotonic_ms() - server.stopping_ms) * US_PER_MS);
    return server.status;
}
