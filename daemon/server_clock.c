// server_clock - the host's clock, and what the coordinator itself puts on record
//
// That the clock was set is told by a timer of the system's clock that is cancelled then; it never
// fires. So nobody looks at the clock again and again, and the loop sleeps until something is due.
#include "common/log.h"
#include "daemon/exit_status.h"
#include "daemon/server_private.h"

#include <event2/event.h>

#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { STATE_MS = 3000 }; // of a stop, for the state on disk

static Award__Event *own_event(Award__Event__BodyCase body_case)
{
    static Award__Event event;
    award__event__init(&event);
    event.body_case = body_case;
    return &event;
}

static int started_enter(struct server *server, struct store_error *error)
{
    static char version[] = AWARD_VERSION;
    char host[256] = "";
    Award__Started started;
    award__started__init(&started);
    started.version = version;
    (void)gethostname(host, sizeof(host) - 1);
    started.host = host;
    Award__Event *event = own_event(AWARD__EVENT__BODY_STARTED);
    event->started = &started;
    (void)ledger_submit_own(server->ledger, event);
    int code = ledger_commit(server->ledger, error);
    server->started = code == STORE_OK;
    return code;
}

static void clock_say(struct server *server, int64_t behind_ms)
{
    server->clock_behind = behind_ms > 0;
    if (behind_ms == 0) {
        log_say(SAY_CLOCK_CAUGHT_UP);
        return;
    }
    log_say(SAY_CLOCK_BEHIND, .behind_seconds = behind_ms / 1000,
            .bound_seconds = server->settings.clock_behind_seconds);
}

void server_clock_watch(struct server *server)
{
    struct store_error error;
    int64_t behind_ms = ledger_clock_behind_ms(server->ledger);
    if (server->clock_behind != (behind_ms > 0)) {
        clock_say(server, behind_ms);
    }
    if (behind_ms == 0 && !server->started && started_enter(server, &error) != STORE_OK) {
        server_fail(server, &error);
    }
}

void server_stopped_enter(struct server *server)
{
    static char version[] = AWARD_VERSION;
    struct store_error error;
    Award__Stopped stopped;
    award__stopped__init(&stopped);
    stopped.version = version;
    Award__Event *event = own_event(AWARD__EVENT__BODY_STOPPED);
    event->stopped = &stopped;
    (void)ledger_submit_own(server->ledger, event);
    if (ledger_commit(server->ledger, &error) != STORE_OK ||
        ledger_state_stop(server->ledger, STATE_MS, &error) != STORE_OK) {
        log_say(SAY_STOP_UNWRITTEN, .reason = error.text);
        server->status = EXIT_STATUS_STORAGE;
    }
}

// ---- Told when it is set

static void stepped_arm(const struct server *server)
{
    enum { NEVER_SECONDS = 1000000000 }; // thirty years; then it is armed anew
    struct itimerspec never = {.it_value = {.tv_sec = time(NULL) + NEVER_SECONDS}};
    (void)timerfd_settime(server->clock, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL);
}

static void stepped_fire(evutil_socket_t descriptor, short what, void *context)
{
    (void)what;
    struct server *server = context;
    uint64_t expired;
    (void)!read(descriptor, &expired, sizeof(expired)); // ECANCELED: it was set
    stepped_arm(server);
    server_clock_watch(server);
    server_tick_arm(server);
}

void server_clock_prepare(struct server *server)
{
    server->clock = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    server->stepped =
        event_new(server->base, server->clock, EV_READ | EV_PERSIST, stepped_fire, server);
    if (server->clock < 0 || server->stepped == NULL) {
        abort(); // out of descriptors or memory before anything has begun
    }
    stepped_arm(server);
    (void)event_add(server->stepped, NULL);
}

void server_clock_release(struct server *server)
{
    event_free(server->stepped);
    (void)close(server->clock);
}
