// bus_fixture - a loop with a server and clients in it, for the tests of what uses the bus
//
// Nothing sleeps: a loop ends when what it waits for has happened, or fails the test after a time
// that only a fault can use up.
#pragma once

#include "common/bus.h"

#include <criterion/criterion.h>
#include <event2/event.h>
#include <signal.h>
#include <sys/prctl.h>

enum { FIXTURE_TIMEOUT_S = 30 };

struct fixture {
    struct event_base *base;
    struct bus *bus;
    struct bus_keys server;
    struct bus_keys client;
};

static inline void fixture_open(struct fixture *fixture, bus_admit admit, void *context)
{
    fixture->base = event_base_new();
    fixture->bus = bus_create(fixture->base);
    cr_assert(fixture->bus != NULL);
    cr_assert(bus_keys_generate(&fixture->server));
    cr_assert(bus_keys_generate(&fixture->client));
    cr_assert(bus_admit_by(fixture->bus, admit, context), "%s", bus_error(fixture->bus));
}

static inline void fixture_close(struct fixture *fixture)
{
    bus_destroy(fixture->bus);
    event_base_free(fixture->base);
}

// In a forked child: a test that fails leaves nobody behind.
static inline void fixture_end_with_parent(void)
{
    cr_assert(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
}

static inline void fixture_expire(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    *(bool *)context = true;
}

// Runs the loop until *done; says what was waited for when it does not happen.
static inline void fixture_run(struct event_base *base, const bool *done, const char *what)
{
    bool expired = false;
    struct event *timer = evtimer_new(base, fixture_expire, &expired);
    struct timeval time = {FIXTURE_TIMEOUT_S, 0};
    (void)event_add(timer, &time);
    while (!*done && !expired) {
        (void)event_base_loop(base, EVLOOP_ONCE);
    }
    event_free(timer);
    cr_assert(*done, "never happened: %s", what);
}
