// outbox - open tasks, the workers that take them, and who has which
#include "daemon/outbox.h"

#include "common/limits.h"
#include "common/log.h"
#include "rules/record.h"
#include "rules/tasks.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORKERS_MAX = 64,
    LEASES_MAX = WORKERS_MAX * LIMIT_TASKS_PER_WORKER,
    NAME_BYTES = LIMIT_ID_BYTES + 1,
    TASK_BYTES = LIMIT_TASK_ID_BYTES + 1,
    RESTING_MAX = LEASES_MAX / 4,        // of one kind of worker
    RESTED_KEPT_MS = 2 * 60 * 60 * 1000, // a task that nobody took so long after its rest is gone
};

struct worker {
    bool connected;
    struct bus_route route;
    char name[NAME_BYTES];     // of its principal
    char instance[NAME_BYTES]; // new at each start
    Award__Role__Name role;
    uint32_t capacity;
    uint32_t leased;
    int64_t expires_ms;
};

// A task that somebody has, or that rests.
struct lease {
    char task[TASK_BYTES];
    struct worker *worker;  // NULL: nobody, it rests
    Award__Role__Name role; // of those who do it
    int64_t rests_until_ms;
    uint32_t bad_answers;
};

struct outbox {
    struct worker workers[WORKERS_MAX];
    struct lease leases[LEASES_MAX];
    size_t leases_count;
    int64_t lease_ms;
    outbox_send send;
    void *context;
};

struct outbox *outbox_create(uint32_t lease_seconds, outbox_send send, void *context)
{
    struct outbox *outbox = calloc(1, sizeof(*outbox));
    if (outbox == NULL) {
        abort();
    }
    outbox->lease_ms = (int64_t)lease_seconds * 1000;
    outbox->send = send;
    outbox->context = context;
    return outbox;
}

void outbox_destroy(struct outbox *outbox)
{
    free(outbox);
}

// Its index; leases_count where there is none.
static size_t lease_index(const struct outbox *outbox, const char *task)
{
    size_t i = 0;
    while (i < outbox->leases_count && strcmp(outbox->leases[i].task, task) != 0) {
        i++;
    }
    return i;
}

static struct lease *lease_find(struct outbox *outbox, const char *task)
{
    size_t index = lease_index(outbox, task);
    return index < outbox->leases_count ? &outbox->leases[index] : NULL;
}

static void lease_drop(struct outbox *outbox, struct lease *lease)
{
    if (lease->worker != NULL) {
        assert(lease->worker->leased > 0);
        lease->worker->leased--;
    }
    *lease = outbox->leases[--outbox->leases_count];
}

static void worker_release(struct outbox *outbox, struct worker *worker)
{
    for (size_t i = outbox->leases_count; i > 0; i--) {
        if (outbox->leases[i - 1].worker == worker) {
            lease_drop(outbox, &outbox->leases[i - 1]);
        }
    }
    worker->connected = false;
}

static bool same_route(const struct bus_route *one, const struct bus_route *other)
{
    return one->size == other->size && memcmp(one->id, other->id, one->size) == 0;
}

static struct worker *worker_find(struct outbox *outbox, const struct bus_route *route)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (outbox->workers[i].connected && same_route(&outbox->workers[i].route, route)) {
            return &outbox->workers[i];
        }
    }
    return NULL;
}

static struct worker *worker_add(struct outbox *outbox)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (!outbox->workers[i].connected) {
            memset(&outbox->workers[i], 0, sizeof(outbox->workers[i]));
            return &outbox->workers[i];
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

// The same program started anew on the same key, while the old one still counts as there: after a
// kill it comes back within its lease.
static void predecessors_release(struct outbox *outbox, const struct worker *worker)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *other = &outbox->workers[i];
        if (other != worker && other->connected && strcmp(other->name, worker->name) == 0 &&
            strcmp(other->instance, worker->instance) != 0) {
            worker_release(outbox, other);
        }
    }
}

void outbox_hello(struct outbox *outbox, const struct bus_route *route,
                  const Award__Principal *principal, const Award__WorkerHello *hello,
                  int64_t now_ms)
{
    struct worker *worker = worker_find(outbox, route);
    if (worker == NULL) {
        worker = worker_add(outbox);
        if (worker == NULL) {
            log_line(LOG_WARN, "too many workers, one is not served worker=%s", principal->name);
            return;
        }
        log_line(LOG_INFO, "worker connected worker=%s", principal->name);
    }
    worker->connected = true;
    worker->route = *route;
    name_copy(worker->name, principal->name);
    name_copy(worker->instance, hello->instance);
    worker->role = principal->role;
    worker->capacity =
        hello->capacity < LIMIT_TASKS_PER_WORKER ? hello->capacity : LIMIT_TASKS_PER_WORKER;
    worker->expires_ms = now_ms + outbox->lease_ms;
    predecessors_release(outbox, worker);
}

void outbox_bye(struct outbox *outbox, const struct bus_route *route)
{
    struct worker *worker = worker_find(outbox, route);
    if (worker != NULL) {
        log_line(LOG_INFO, "worker left worker=%s", worker->name);
        worker_release(outbox, worker);
    }
}

int64_t outbox_rest_ms(const struct outbox_rest *rest, uint32_t before, uint32_t chance)
{
    int64_t rest_ms = rest->first_ms;
    for (uint32_t i = 0; i < before && rest_ms < rest->longest_ms; i++) {
        rest_ms *= 2;
    }
    rest_ms = rest_ms < rest->longest_ms ? rest_ms : rest->longest_ms;
    int64_t less_ms = rest_ms / 4 * (int64_t)chance / UINT32_MAX;
    int64_t more_ms = rest->least_ms / 4 * (int64_t)chance / UINT32_MAX;
    return rest_ms - less_ms > rest->least_ms ? rest_ms - less_ms : rest->least_ms + more_ms;
}

void outbox_answered(struct outbox *outbox, const char *task, const struct outbox_rest *rest,
                     int64_t now_ms)
{
    struct lease *lease = lease_find(outbox, task);
    if (lease == NULL) {
        return;
    }
    if (rest == NULL) {
        lease_drop(outbox, lease);
        return;
    }
    if (lease->worker != NULL) {
        lease->worker->leased--;
        lease->worker = NULL;
    }
    lease->rests_until_ms = now_ms + outbox_rest_ms(rest, lease->bad_answers, randombytes_random());
    lease->bad_answers++;
}

// What was given up or withdrawn while it rested is asked for no more.
static void rested_drop(struct outbox *outbox, int64_t now_ms)
{
    for (size_t i = outbox->leases_count; i > 0; i--) {
        struct lease *lease = &outbox->leases[i - 1];
        if (lease->worker == NULL && lease->rests_until_ms + RESTED_KEPT_MS <= now_ms) {
            lease_drop(outbox, lease);
        }
    }
}

static bool resting_too_many(const struct outbox *outbox, Award__Role__Name role)
{
    size_t count = 0;
    for (size_t i = 0; i < outbox->leases_count; i++) {
        count += outbox->leases[i].worker == NULL && outbox->leases[i].role == role;
    }
    return count >= RESTING_MAX;
}

static void workers_expire(struct outbox *outbox, int64_t now_ms)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *worker = &outbox->workers[i];
        if (worker->connected && worker->expires_ms <= now_ms) {
            log_line(LOG_WARN, "worker is silent, its tasks go to others worker=%s", worker->name);
            worker_release(outbox, worker);
        }
    }
}

// Whether a task may be given out now; a rest that is over keeps only the count of bad answers.
// `new_ones`: also one that nobody had yet.
static bool task_free(const struct outbox *outbox, const char *task, bool new_ones, int64_t now_ms)
{
    size_t index = lease_index(outbox, task);
    if (index == outbox->leases_count) {
        return new_ones;
    }
    return outbox->leases[index].worker == NULL && outbox->leases[index].rests_until_ms <= now_ms;
}

static bool lease_give(struct outbox *outbox, struct worker *worker, const char *task)
{
    struct lease *lease = lease_find(outbox, task);
    if (lease == NULL) {
        if (outbox->leases_count == LEASES_MAX || strlen(task) >= TASK_BYTES) {
            return false;
        }
        lease = &outbox->leases[outbox->leases_count++];
        memset(lease, 0, sizeof(*lease));
        memcpy(lease->task, task, strlen(task) + 1);
    }
    lease->worker = worker;
    lease->role = worker->role;
    worker->leased++;
    return true;
}

// Collects the next free tasks of a worker's kinds, in the order of their names, up to its
// capacity.
static size_t orders_collect(struct outbox *outbox, struct worker *worker,
                             const struct order_context *context, int64_t now_ms,
                             struct arena *arena, Award__TaskOrder **orders)
{
    size_t count = 0;
    bool new_ones = !resting_too_many(outbox, worker->role);
    struct bytes from = record_prefix(arena, AWARD__CHANGE__RECORD_TASK, 0);
    struct bytes key;
    struct bytes value;
    while (worker->leased < worker->capacity &&
           context->view->next(context->view, from, arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == (uint8_t)AWARD__CHANGE__RECORD_TASK) {
        from = view_key_after(key, arena);
        const Award__Task *task =
            (const Award__Task *)codec_unpack_trusted(&award__task__descriptor, value, arena);
        if (task == NULL || task->given_up || task_row(task->kind)->worker != worker->role ||
            !task_free(outbox, task->task, new_ones, now_ms)) {
            continue;
        }
        Award__TaskOrder *order = order_build(context, task, arena);
        if (order != NULL && lease_give(outbox, worker, task->task)) {
            orders[count++] = order;
        }
    }
    return count;
}

static void worker_dispatch(struct outbox *outbox, struct worker *worker,
                            const struct order_context *context, int64_t now_ms)
{
    Award__TaskOrder *orders[LIMIT_TASKS_PER_WORKER];
    struct arena *arena = arena_create();
    size_t count = orders_collect(outbox, worker, context, now_ms, arena, orders);
    if (count > 0) {
        Award__TaskBatch batch;
        award__task_batch__init(&batch);
        batch.n_orders = count;
        batch.orders = orders;
        if (!outbox->send(outbox->context, &worker->route, &batch)) {
            worker_release(outbox,
                           worker); // it does not read, or is gone; its hello brings it back
        }
    }
    arena_destroy(arena);
}

void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms)
{
    workers_expire(outbox, now_ms);
    rested_drop(outbox, now_ms);
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *worker = &outbox->workers[i];
        if (worker->connected && worker->leased < worker->capacity) {
            worker_dispatch(outbox, worker, context, now_ms);
        }
    }
}

int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        const struct worker *worker = &outbox->workers[i];
        if (worker->connected && worker->expires_ms < first) {
            first = worker->expires_ms;
        }
    }
    for (size_t i = 0; i < outbox->leases_count; i++) {
        const struct lease *lease = &outbox->leases[i];
        if (lease->worker == NULL && lease->rests_until_ms > now_ms &&
            lease->rests_until_ms < first) {
            first = lease->rests_until_ms;
        }
    }
    if (first == INT64_MAX) {
        return -1;
    }
    return first > now_ms ? first - now_ms : 0;
}

size_t outbox_workers(const struct outbox *outbox, struct arena *arena,
                      Award__Status__Worker **workers)
{
    size_t count = 0;
    *workers = arena_alloc(arena, WORKERS_MAX * sizeof(**workers));
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        const struct worker *worker = &outbox->workers[i];
        if (worker->connected) {
            Award__Status__Worker *shown = &(*workers)[count++];
            award__status__worker__init(shown);
            shown->principal = arena_string(arena, worker->name);
            shown->has_connected = 1;
            shown->connected = 1;
            shown->has_leased = 1;
            shown->leased = worker->leased;
        }
    }
    return count;
}

const char *outbox_leased_to(const void *context, const char *task)
{
    const struct outbox *outbox = context;
    size_t index = lease_index(outbox, task);
    bool leased = index < outbox->leases_count && outbox->leases[index].worker != NULL;
    return leased ? outbox->leases[index].worker->name : NULL;
}
