// crew - the workers that are connected, and which tasks each of them has
#include "daemon/crew.h"

#include "common/clock.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/memory.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORKERS_MAX = 64,
    LEASES_MAX = WORKERS_MAX * LIMIT_TASKS_PER_WORKER,
    NAME_BYTES = LIMIT_ID_BYTES + 1,
    RESTING_MAX = LEASES_MAX / 4,        // of one kind of worker
    RESTED_KEPT_MS = 2 * 60 * 60 * 1000, // a task that nobody took so long after its rest is gone
    TASK_SECONDS = 600,                  // within which a task must be answered
    UNANSWERED_FIRST_MS = 500,           // that it rests then
    UNANSWERED_LONGEST_MS = 60000,
    RIVALS_TOLD_MS = 60000, // between two lines about programs that share a key
    PAUSE_MS = 1000,        // of a worker that could not take its tasks
};

struct worker {
    bool connected;
    struct bus_route route;
    char name[NAME_BYTES];     // of its principal
    char instance[NAME_BYTES]; // new at each start
    Award__Role__Name role;
    uint32_t capacity;
    uint32_t leased;
    bool mute;              // it has not answered in time, and nothing since
    bool silent;            // it had tasks and was not heard for a lease, nor since
    bool displaced;         // another program has said hello under its key, and it has not, since
    int64_t expires_ms;     // while it has tasks
    int64_t rests_until_ms; // it could not take what it was sent
};

struct crew {
    struct worker workers[WORKERS_MAX];
    struct leases *leases;
    bool freed;             // a worker has lost its tasks since they were last tended
    int64_t rivals_told_ms; // when it is told again
    int64_t lease_ms;
    int64_t task_ms;
    struct crew_counts counts;
    crew_listener listener; // NULL: nobody listens
    crew_ask ask;           // NULL: nobody is asked
    void *context;
};

struct crew *crew_create(uint32_t lease_seconds, void *context)
{
    struct crew *crew = memory_allocate(sizeof(*crew));
    crew->leases = leases_create();
    crew->context = context;
    crew_lease(crew, lease_seconds);
    crew_limit(crew, TASK_SECONDS);
    return crew;
}

void crew_destroy(struct crew *crew)
{
    if (crew != NULL) {
        leases_destroy(crew->leases);
        free(crew);
    }
}

void crew_listen(struct crew *crew, crew_listener listener)
{
    crew->listener = listener;
}

void crew_asks(struct crew *crew, crew_ask ask)
{
    crew->ask = ask;
}

void crew_limit(struct crew *crew, uint32_t task_seconds)
{
    crew->task_ms = (int64_t)task_seconds * MS_PER_SECOND;
}

void crew_lease(struct crew *crew, uint32_t lease_seconds)
{
    crew->lease_ms = (int64_t)lease_seconds * MS_PER_SECOND;
}

static void lease_tell(const struct crew *crew, enum trace_what what, const struct lease *lease)
{
    if (crew->listener != NULL) {
        crew->listener(crew->context, what, lease->task, lease->worker->name);
    }
}

// Nobody has the task any more.
static void lease_untie(struct lease *lease)
{
    if (lease->worker != NULL) {
        assert(lease->worker->leased > 0);
        lease->worker->leased--;
        lease->worker = NULL;
    }
}

static void lease_drop(struct crew *crew, struct lease *lease)
{
    lease_untie(lease);
    leases_remove(crew->leases, lease);
}

// ---- What comes from workers

// Its tasks go to others.
static void leases_release(struct crew *crew, struct worker *worker)
{
    struct lease *next;
    for (struct lease *lease = leases_first(crew->leases); lease != NULL; lease = next) {
        next = leases_next(lease);
        if (lease->worker == worker) {
            lease_tell(crew, TRACE_RETURNED, lease);
            lease_drop(crew, lease);
        }
    }
    crew->freed = true;
}

static void worker_release(struct crew *crew, struct worker *worker)
{
    leases_release(crew, worker);
    worker->connected = false;
}

static bool same_route(const struct bus_route *one, const struct bus_route *other)
{
    return one->size == other->size && memcmp(one->id, other->id, one->size) == 0;
}

static struct worker *worker_find(struct crew *crew, const struct bus_route *route)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (crew->workers[i].connected && same_route(&crew->workers[i].route, route)) {
            return &crew->workers[i];
        }
    }
    return NULL;
}

static struct worker *worker_add(struct crew *crew)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (!crew->workers[i].connected) {
            memset(&crew->workers[i], 0, sizeof(crew->workers[i]));
            return &crew->workers[i];
        }
    }
    return NULL;
}

static void name_copy(char target[NAME_BYTES], const char *name)
{
    size_t length = strnlen(name != NULL ? name : "", NAME_BYTES - 1);
    if (length > 0) {
        memcpy(target, name, length);
    }
    target[length] = '\0';
}

// The same program started anew on the same key, while the old one still counts as there: its tasks
// go to the new one at once. The old one is asked for a hello: should it be there after all, two
// programs use one key.
static void predecessors_displace(struct crew *crew, const struct worker *worker)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *other = &crew->workers[i];
        if (other != worker && other->connected && strcmp(other->name, worker->name) == 0 &&
            strcmp(other->instance, worker->instance) != 0) {
            leases_release(crew, other);
            other->displaced = true;
            if (crew->ask != NULL) {
                crew->ask(crew->context, &other->route);
            }
        }
    }
}

// One whose place was taken is still there; what it had may be done twice.
static void rival_take_back(struct crew *crew, struct worker *worker, int64_t now_ms)
{
    worker->displaced = false;
    if (now_ms >= crew->rivals_told_ms) {
        crew->rivals_told_ms = now_ms + RIVALS_TOLD_MS;
        log_say(SAY_KEY_SHARED, .principal = worker->name);
    }
}

bool crew_hello(struct crew *crew, const struct bus_route *route, const Award__Principal *principal,
                const Award__WorkerHello *hello, int64_t now_ms)
{
    struct worker *worker = worker_find(crew, route);
    bool known = worker != NULL;
    if (!known) {
        worker = worker_add(crew);
        if (worker == NULL) {
            log_say(SAY_WORKERS_TOO_MANY, .principal = principal->name);
            return false;
        }
        log_say(SAY_WORKER_CONNECTED, .principal = principal->name);
    }
    worker->connected = true;
    worker->route = *route;
    name_copy(worker->name, principal->name);
    name_copy(worker->instance, hello->instance);
    worker->role = principal->role;
    worker->capacity =
        hello->capacity < LIMIT_TASKS_PER_WORKER ? hello->capacity : LIMIT_TASKS_PER_WORKER;
    if (!known) {
        predecessors_displace(crew, worker);
    } else if (worker->displaced) {
        rival_take_back(crew, worker, now_ms);
    }
    crew_heard(crew, route, now_ms);
    return true;
}

void crew_heard(struct crew *crew, const struct bus_route *route, int64_t now_ms)
{
    struct worker *worker = worker_find(crew, route);
    if (worker != NULL) {
        worker->silent = false;
        worker->expires_ms = now_ms + crew->lease_ms;
    }
}

void crew_gone(struct crew *crew, const struct bus_route *route)
{
    struct worker *worker = worker_find(crew, route);
    if (worker != NULL) {
        log_say(SAY_WORKER_GONE, .principal = worker->name);
        worker_release(crew, worker);
    }
}

void crew_bye(struct crew *crew, const struct bus_route *route)
{
    struct worker *worker = worker_find(crew, route);
    if (worker != NULL) {
        log_say(SAY_WORKER_LEFT, .principal = worker->name);
        worker_release(crew, worker);
    }
}

// Takes the task from its worker; it rests before another gets it.
static void lease_lay_down(struct lease *lease, const struct lease_rest *rest, int64_t now_ms)
{
    lease_untie(lease);
    lease->rests_until_ms = now_ms + lease_rest_ms(rest, lease->bad_answers, randombytes_random());
    lease->bad_answers++;
}

void crew_answered(struct crew *crew, const char *task, const struct lease_rest *rest,
                   int64_t now_ms)
{
    struct lease *lease = leases_find(crew->leases, task);
    if (lease == NULL) {
        return;
    }
    if (lease->worker != NULL) {
        lease->worker->mute = false;
    }
    if (rest == NULL) {
        lease_drop(crew, lease);
        return;
    }
    lease_lay_down(lease, rest, now_ms);
}

// ---- Giving out

// A worker that is there and does not answer keeps nothing for ever.
static void unanswered_take(struct crew *crew, int64_t now_ms)
{
    static const struct lease_rest rest = {.first_ms = UNANSWERED_FIRST_MS,
                                           .longest_ms = UNANSWERED_LONGEST_MS};
    for (struct lease *lease = leases_first(crew->leases); lease != NULL;
         lease = leases_next(lease)) {
        if (lease->worker != NULL && lease->given_ms + crew->task_ms <= now_ms) {
            log_say(SAY_TASK_UNANSWERED, .task = lease->task, .principal = lease->worker->name,
                    .duration_us = (now_ms - lease->given_ms) * US_PER_MS);
            lease->worker->mute = true;
            lease_tell(crew, TRACE_UNANSWERED, lease);
            crew->counts.tasks_taken_back++;
            lease_lay_down(lease, &rest, now_ms);
        }
    }
}

// What was given up or withdrawn while it rested is asked for no more.
static void rested_drop(struct crew *crew, int64_t now_ms)
{
    struct lease *next;
    for (struct lease *lease = leases_first(crew->leases); lease != NULL; lease = next) {
        next = leases_next(lease);
        if (lease->worker == NULL && lease->rests_until_ms + RESTED_KEPT_MS <= now_ms) {
            lease_drop(crew, lease);
        }
    }
}

static bool lease_runs(const struct worker *worker)
{
    return worker->connected && worker->leased > 0;
}

static void workers_expire(struct crew *crew, int64_t now_ms)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *worker = &crew->workers[i];
        if (lease_runs(worker) && worker->expires_ms <= now_ms) {
            crew->counts.workers_silent++;
            log_say(SAY_WORKER_SILENT, .principal = worker->name);
            leases_release(crew, worker);
            worker->silent = true;
        }
    }
}

void crew_tend(struct crew *crew, int64_t now_ms)
{
    workers_expire(crew, now_ms);
    rested_drop(crew, now_ms);
    unanswered_take(crew, now_ms);
    crew->freed = false;
}

static bool takes_tasks(const struct worker *worker, int64_t now_ms)
{
    return worker->connected && !worker->silent && !worker->displaced &&
           worker->rests_until_ms <= now_ms;
}

struct worker *crew_next(struct crew *crew, struct worker *previous, bool mute, int64_t now_ms)
{
    struct worker *worker = previous == NULL ? crew->workers : previous + 1;
    for (; worker < crew->workers + WORKERS_MAX; worker++) {
        if (takes_tasks(worker, now_ms) && worker->mute == mute && crew_has_room(worker)) {
            return worker;
        }
    }
    return NULL;
}

bool crew_has_room(const struct worker *worker)
{
    return worker->leased < (worker->mute && worker->capacity > 0 ? 1 : worker->capacity);
}

Award__Role__Name crew_role(const struct worker *worker)
{
    return worker->role;
}

const struct bus_route *crew_route(const struct worker *worker)
{
    return &worker->route;
}

bool crew_rests_too_much(const struct crew *crew, Award__Role__Name role)
{
    size_t count = 0;
    for (struct lease *lease = leases_first(crew->leases); lease != NULL;
         lease = leases_next(lease)) {
        count += lease->worker == NULL && lease->role == (int)role ? 1 : 0;
    }
    return count >= RESTING_MAX;
}

// A rest that is over keeps only the count of bad answers.
bool crew_task_free(const struct crew *crew, const char *task, bool new_ones, int64_t now_ms)
{
    const struct lease *lease = leases_find(crew->leases, task);
    if (lease == NULL) {
        return new_ones && leases_count(crew->leases) < LEASES_MAX &&
               strlen(task) <= LIMIT_TASK_ID_BYTES;
    }
    return lease->worker == NULL && lease->rests_until_ms <= now_ms;
}

void crew_give(struct crew *crew, struct worker *worker, const char *task, int64_t now_ms)
{
    assert(crew_has_room(worker));
    struct lease *lease = leases_find(crew->leases, task);
    if (lease == NULL) {
        lease = leases_add(crew->leases, task);
    }
    lease->worker = worker;
    lease->given_ms = now_ms;
    lease->role = (int)worker->role;
    if (worker->leased == 0) {
        worker->expires_ms = now_ms + crew->lease_ms;
    }
    worker->leased++;
    lease_tell(crew, TRACE_GIVEN, lease);
}

void crew_take_back(struct crew *crew, const char *task)
{
    struct lease *lease = leases_find(crew->leases, task);
    assert(lease != NULL && lease->worker != NULL);
    lease_tell(crew, TRACE_RETURNED, lease);
    if (lease->bad_answers == 0) {
        lease_drop(crew, lease);
    } else {
        lease_untie(lease); // how often it was answered badly is kept
    }
}

void crew_pause(struct worker *worker, int64_t now_ms)
{
    worker->rests_until_ms = now_ms + PAUSE_MS;
}

bool crew_freed(const struct crew *crew)
{
    return crew->freed;
}

int64_t crew_first_end_ms(const struct crew *crew, int64_t now_ms)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        const struct worker *worker = &crew->workers[i];
        if (lease_runs(worker) && worker->expires_ms < first) {
            first = worker->expires_ms;
        }
        if (worker->connected && worker->rests_until_ms > now_ms &&
            worker->rests_until_ms < first) {
            first = worker->rests_until_ms;
        }
    }
    for (struct lease *lease = leases_first(crew->leases); lease != NULL;
         lease = leases_next(lease)) {
        int64_t end =
            lease->worker != NULL ? lease->given_ms + crew->task_ms : lease->rests_until_ms;
        if (end < first && (lease->worker != NULL || end > now_ms)) {
            first = end;
        }
    }
    return first;
}

// ---- For status

size_t crew_workers(const struct crew *crew, struct arena *arena, Award__Status__Worker **workers)
{
    size_t count = 0;
    *workers = arena_alloc(arena, WORKERS_MAX * sizeof(**workers));
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        const struct worker *worker = &crew->workers[i];
        if (worker->connected) {
            Award__Status__Worker *shown = &(*workers)[count++];
            award__status__worker__init(shown);
            shown->principal = arena_string(arena, worker->name);
            shown->has_connected = 1;
            shown->connected = !worker->silent && !worker->displaced;
            shown->has_leased = 1;
            shown->leased = worker->leased;
        }
    }
    return count;
}

const char *crew_leased_to(const void *context, const char *task)
{
    const struct crew *crew = context;
    const struct lease *lease = leases_find(crew->leases, task);
    return lease != NULL && lease->worker != NULL ? lease->worker->name : NULL;
}

struct crew_counts crew_counts(const struct crew *crew)
{
    return crew->counts;
}
