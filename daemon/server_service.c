// server_service - what the service manager is told, and the settings that it has read again
#include "common/clock.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/service.h"
#include "common/time.h"
#include "daemon/server_private.h"

#include <event2/event.h>

#include <signal.h>

// ---- Signs of life

enum health_part server_health(struct server *server)
{
    int64_t now_ms = clock_monotonic_ms();
    struct ledger *ledger = server->ledger;
    struct state *state = ledger_state(ledger);
    bool full = server->full_until_ms > now_ms || ledger_state_full(ledger);
    bool due = !ledger_rehearsal(ledger) && !full && ledger_due(ledger);
    health_note(&server->health, HEALTH_INTAKE, turns_wait_ms(server->turns) == 0, server->groups,
                now_ms);
    health_note(&server->health, HEALTH_DUE, due, (uint64_t)ledger_next_due(ledger), now_ms);
    health_note(&server->health, HEALTH_STATE, state_writing(state), state_writing_slices(state),
                now_ms);
    return health_stuck(&server->health, now_ms);
}

enum log_kind server_stuck_kind(enum health_part part)
{
    static const enum log_kind kinds[HEALTH_PARTS] = {
        [HEALTH_INTAKE] = SAY_STUCK_INTAKE,
        [HEALTH_DUE] = SAY_STUCK_DUE,
        [HEALTH_STATE] = SAY_STUCK_STATE,
    };
    return kinds[part];
}

// None while something is stuck: the service manager then starts the program anew.
static void sign_give(struct server *server)
{
    enum health_part part = server_health(server);
    if (part == HEALTH_PARTS) {
        service_alive();
    } else if (!server->stuck) {
        log_say(server_stuck_kind(part));
    }
    server->stuck = part != HEALTH_PARTS;
}

static void sign_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct server *server = context;
    server_clock_watch(server);
    server_tick_arm(server);
    sign_give(server);
    server_service_status(server);
}

// ---- One line

// Keys of the file that a restart would apply.
static unsigned int keys_waiting(const struct daemon_file *settings)
{
    unsigned int waiting = 0;
    for (size_t i = 0; i < DAEMON_KEYS_MAX; i++) {
        waiting += settings->waits[i] ? 1 : 0;
    }
    return waiting;
}

void server_service_status(const struct server *server)
{
    const struct ledger *ledger = server->ledger;
    int64_t due_ms = ledger_next_due(ledger);
    char due[MOMENT_TEXT_BYTES] = "-";
    if (due_ms != INT64_MAX) {
        moment_format(due_ms, due);
    }
    const char *how = "受理中 / serving";
    if (server->clock_behind) {
        how = "等候主机时钟 / waits for the host's clock";
    } else if (ledger_state_full(ledger) || server->full_until_ms > clock_monotonic_ms()) {
        how = "磁盘已满 / the disk is full";
    }
    service_status("%s%s entry=%llu due=%s restart_keys=%u", how,
                   ledger_rehearsal(ledger) ? " (演练 / rehearsal)" : "",
                   (unsigned long long)journal_last(ledger_journal(ledger)), due,
                   keys_waiting(&server->settings));
}

// ---- Read again

// Says each key that is another now, and what becomes of it.
static void changes_tell(const struct daemon_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum log_kind kind = changes[i].key->reloads ? SAY_SETTING_CHANGED : SAY_SETTING_WAITS;
        log_say(kind, .setting = changes[i].key->path, .from = changes[i].from,
                .to = changes[i].to);
    }
}

static void settings_take(struct server *server, const struct daemon_file *read,
                          struct arena *arena)
{
    int64_t begun_ms = clock_monotonic_ms();
    struct daemon_change *changes;
    size_t count = daemon_file_compare(&server->settings, read, arena, &changes);
    changes_tell(changes, count);
    daemon_file_reload(&server->settings, read);
    log_open("awardd", server->settings.log_level, server->settings.log_format);
    server_bounds_apply(server);
    log_say(SAY_RELOADED, .changed = (int64_t)count, .restart = keys_waiting(&server->settings),
            .duration_us = (clock_monotonic_ms() - begun_ms) * US_PER_MS);
}

static void hangup_fire(evutil_socket_t number, short what, void *context)
{
    (void)number;
    (void)what;
    struct server *server = context;
    struct arena *arena = arena_create();
    struct daemon_file read;
    struct settings_error error;
    const char *text;
    size_t length;
    service_reloading();
    if (file_text_read(server->config, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, &error) &&
        daemon_file_read(text, length, server->config, &read, &error)) {
        settings_take(server, &read, arena);
    } else {
        log_say(SAY_RELOAD_WRONG, .reason = settings_error_text(&error, server->config, arena));
    }
    service_ready();
    server_service_status(server);
    arena_destroy(arena);
}

void server_service_prepare(struct server *server)
{
    int64_t every_ms = service_sign_ms();
    server->hangup = evsignal_new(server->base, SIGHUP, hangup_fire, server);
    server->sign = event_new(server->base, -1, EV_PERSIST, sign_fire, server);
    (void)event_add(server->hangup, NULL);
    service_hangup_take();
    if (every_ms > 0) {
        const struct timeval every = clock_timeval(every_ms);
        (void)event_add(server->sign, &every);
    }
}

void server_service_release(struct server *server)
{
    service_hangup_hold();
    event_free(server->hangup);
    event_free(server->sign);
}
