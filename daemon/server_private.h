// server_private - what the parts of the server share: server.c is the loop, server_clock.c follows
// the host's clock and puts start and stop on record, server_service.c talks with the service
// manager, server_watch.c tells metrics and health over HTTP
#pragma once

#include "common/bus.h"
#include "daemon/bounds.h"
#include "daemon/health.h"
#include "daemon/intake.h"
#include "daemon/metrics.h"
#include "daemon/strangers.h"
#include "daemon/turns.h"
#include "settings/daemon_file.h"

struct event_base;
struct event;
struct watch; // of server_watch.c

struct server {
    const char *config; // file of the settings
    struct daemon_file settings;
    struct event_base *base;
    struct bus *bus;
    struct strangers strangers; // whose connections were refused
    struct bus_socket *clients;
    struct bus_socket *workers;
    struct bus_socket *feed;
    struct ledger *ledger;
    struct crew *crew;
    struct outbox *outbox;
    struct turns *turns;
    struct intake *intake;
    struct trace *trace;
    struct event *more;    // messages wait for their turn
    struct event *slice;   // queries wait that take several turns
    struct event *tick;    // the next thing that is due, a lease, a rest
    struct event *idle;    // has the state written
    struct event *written; // the second thread has written it
    struct event *stop[2]; // SIGTERM, SIGINT
    struct event *hangup;  // SIGHUP
    struct event *stepped; // the system's clock was set
    int clock;             // descriptor of a timer that tells so
    struct event *sign;    // of life, for the service manager
    struct health health;
    struct watch *watch;
    uint64_t fed;          // last entry that the feed has published
    int64_t full_until_ms; // what is due is not tried before: it did not find room on the disk
    bool journal_full;     // the last group found no room there
    bool started;          // and on record to be so
    uint64_t groups;       // taken
    uint64_t not_served;   // messages that came while nothing of their key is taken
    bool clock_behind;     // as last said in the log
    bool stuck;            // the same
    int64_t begun_ms;      // the program
    int64_t stopping_ms;   // to stop, or begun where it never served
    int status;
};

// The disk has failed: stops the program.
void server_fail(struct server *server, const struct store_error *error);

// Arms the timer for the next thing that is due, a lease or a rest; none where there is nothing.
void server_tick_arm(struct server *server);

// Says when the clock falls behind and when it has caught up. A start waits for it: a host without
// a battery for its clock boots in 1970 and is told the time a little later.
void server_clock_watch(struct server *server);

// Has the loop told when the system's clock is set.
void server_clock_prepare(struct server *server);
void server_clock_release(struct server *server);

// Puts the stop on record and has the state written, as far as that takes no longer than a service
// manager waits.
void server_stopped_enter(struct server *server);

// Listens to SIGHUP and gives signs of life.
void server_service_prepare(struct server *server);
void server_service_release(struct server *server);

// The first part that is stuck, looked at now; HEALTH_PARTS where none is.
enum health_part server_health(struct server *server);

// What is said of one that is stuck.
enum log_kind server_stuck_kind(enum health_part part);

// One line on how it is.
void server_service_status(const struct server *server);

// The bounds of awardd.yaml, for all who keep them; and how they stand.
void server_bounds_apply(struct server *server);
struct bounds server_bounds(const struct server *server);

// What is counted and measured.
struct metrics *server_metrics(struct server *server);

// Listens for who wants metrics, if the settings say where. False: it has been said why not.
void server_watch_prepare(struct server *server);
bool server_watch_open(struct server *server);
void server_watch_close(struct server *server);
void server_watch_release(struct server *server);
