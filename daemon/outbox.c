// outbox - open tasks, the workers that take them, and who has which
//
// Tasks of a kind lie together, in the order of their names. Each dispatch goes on behind the task
// that was given last and begins again where they end, so that what is given or answered is not
// walked over again. It looks at EXAMINED_MAX tasks of a kind at most: so many may rest or be given
// up that looking at all of them would hold up everybody else; the next dispatch goes on from
// there.
#include "daemon/outbox.h"

#include "common/limits.h"
#include "common/log.h"
#include "daemon/leases.h"
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
    RESTING_MAX = LEASES_MAX / 4,        // of one kind of worker
    RESTED_KEPT_MS = 2 * 60 * 60 * 1000, // a task that nobody took so long after its rest is gone
    KINDS = 32,                          // more than there are kinds of tasks
    EXAMINED_MAX = 4096,                 // tasks of a kind in one dispatch
    GO_ON_MS = 1000,                     // until the next dispatch, where there are more
    TASK_SECONDS = 600,                  // within which a task must be answered
    UNANSWERED_FIRST_MS = 500,           // that it rests then
    UNANSWERED_LONGEST_MS = 60000,
    RIVALS_TOLD_MS = 60000, // between two lines about programs that share a key
    SENT_AGAIN_MS = 1000,   // to a worker that could not take its tasks
    US_PER_MS = 1000,
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

// Where the next dispatch goes on among the tasks of a kind.
struct walk {
    uint8_t key[VIEW_KEY_BYTES_MAX + 1];
    size_t key_bytes; // 0: at the first one
    bool cut;         // the last dispatch did not get all around
    bool empty;       // it did: there is nothing for further workers
};

struct outbox {
    struct worker workers[WORKERS_MAX];
    int64_t rivals_told_ms;
    struct leases *leases;
    struct walk walks[KINDS];
    int64_t lease_ms;
    int64_t task_ms;
    struct outbox_counts counts;
    outbox_send send;
    outbox_listener listener; // NULL: nobody listens
    outbox_ask ask;           // NULL: nobody is asked
    void *context;
};

struct outbox *outbox_create(uint32_t lease_seconds, outbox_send send, void *context)
{
    struct outbox *outbox = calloc(1, sizeof(*outbox));
    if (outbox == NULL) {
        abort();
    }
    outbox->lease_ms = (int64_t)lease_seconds * 1000;
    outbox->task_ms = (int64_t)TASK_SECONDS * 1000;
    outbox->send = send;
    outbox->context = context;
    outbox->leases = leases_create();
    return outbox;
}

void outbox_asks(struct outbox *outbox, outbox_ask ask)
{
    outbox->ask = ask;
}

void outbox_destroy(struct outbox *outbox)
{
    if (outbox != NULL) {
        leases_destroy(outbox->leases);
        free(outbox);
    }
}

void outbox_limit(struct outbox *outbox, uint32_t task_seconds)
{
    outbox->task_ms = (int64_t)task_seconds * 1000;
}

void outbox_listen(struct outbox *outbox, outbox_listener listener)
{
    outbox->listener = listener;
}

void outbox_lease(struct outbox *outbox, uint32_t lease_seconds)
{
    outbox->lease_ms = (int64_t)lease_seconds * 1000;
}

static void lease_tell(const struct outbox *outbox, enum trace_what what, const struct lease *lease)
{
    if (outbox->listener != NULL) {
        outbox->listener(outbox->context, what, lease->task, lease->worker->name);
    }
}

static void lease_drop(struct outbox *outbox, struct lease *lease)
{
    if (lease->worker != NULL) {
        assert(lease->worker->leased > 0);
        lease->worker->leased--;
    }
    leases_remove(outbox->leases, lease);
}

// Nothing has been looked at; `cut`: nor will it be before the next dispatch.
static void walks_begin(struct outbox *outbox, bool cut)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        outbox->walks[kind].cut = cut;
        outbox->walks[kind].empty = false;
    }
}

// ---- Workers

// Its tasks go to others.
static void leases_release(struct outbox *outbox, struct worker *worker)
{
    struct lease *next;
    for (struct lease *lease = leases_first(outbox->leases); lease != NULL; lease = next) {
        next = leases_next(lease);
        if (lease->worker == worker) {
            lease_tell(outbox, TRACE_RETURNED, lease);
            lease_drop(outbox, lease);
        }
    }
    walks_begin(outbox, true); // for others there is something again
}

static void worker_release(struct outbox *outbox, struct worker *worker)
{
    leases_release(outbox, worker);
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

// The same program started anew on the same key, while the old one still counts as there: its tasks
// go to the new one at once. The old one is asked for a hello: should it be there after all, two
// programs use one key.
static void predecessors_displace(struct outbox *outbox, const struct worker *worker)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *other = &outbox->workers[i];
        if (other != worker && other->connected && strcmp(other->name, worker->name) == 0 &&
            strcmp(other->instance, worker->instance) != 0) {
            leases_release(outbox, other);
            other->displaced = true;
            if (outbox->ask != NULL) {
                outbox->ask(outbox->context, &other->route);
            }
        }
    }
}

// One whose place was taken is still there; what it had may be done twice.
static void rival_take_back(struct outbox *outbox, struct worker *worker, int64_t now_ms)
{
    worker->displaced = false;
    if (now_ms >= outbox->rivals_told_ms) {
        outbox->rivals_told_ms = now_ms + RIVALS_TOLD_MS;
        log_say(SAY_KEY_SHARED, .principal = worker->name);
    }
}

bool outbox_hello(struct outbox *outbox, const struct bus_route *route,
                  const Award__Principal *principal, const Award__WorkerHello *hello,
                  int64_t now_ms)
{
    struct worker *worker = worker_find(outbox, route);
    bool known = worker != NULL;
    if (!known) {
        worker = worker_add(outbox);
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
        predecessors_displace(outbox, worker);
    } else if (worker->displaced) {
        rival_take_back(outbox, worker, now_ms);
    }
    outbox_heard(outbox, route, now_ms);
    return true;
}

void outbox_heard(struct outbox *outbox, const struct bus_route *route, int64_t now_ms)
{
    struct worker *worker = worker_find(outbox, route);
    if (worker != NULL) {
        worker->silent = false;
        worker->expires_ms = now_ms + outbox->lease_ms;
    }
}

void outbox_gone(struct outbox *outbox, const struct bus_route *route)
{
    struct worker *worker = worker_find(outbox, route);
    if (worker != NULL) {
        log_say(SAY_WORKER_GONE, .principal = worker->name);
        worker_release(outbox, worker);
    }
}

void outbox_bye(struct outbox *outbox, const struct bus_route *route)
{
    struct worker *worker = worker_find(outbox, route);
    if (worker != NULL) {
        log_say(SAY_WORKER_LEFT, .principal = worker->name);
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

// Takes the task from its worker; it rests before another gets it.
static void lease_rest(struct lease *lease, const struct outbox_rest *rest, int64_t now_ms)
{
    if (lease->worker != NULL) {
        lease->worker->leased--;
        lease->worker = NULL;
    }
    lease->rests_until_ms = now_ms + outbox_rest_ms(rest, lease->bad_answers, randombytes_random());
    lease->bad_answers++;
}

void outbox_answered(struct outbox *outbox, const char *task, const struct outbox_rest *rest,
                     int64_t now_ms)
{
    struct lease *lease = leases_find(outbox->leases, task);
    if (lease == NULL) {
        return;
    }
    if (lease->worker != NULL) {
        lease->worker->mute = false;
    }
    if (rest == NULL) {
        lease_drop(outbox, lease);
        return;
    }
    lease_rest(lease, rest, now_ms);
}

// A worker that is there and does not answer keeps nothing for ever.
static void unanswered_take(struct outbox *outbox, int64_t now_ms)
{
    static const struct outbox_rest rest = {.first_ms = UNANSWERED_FIRST_MS,
                                            .longest_ms = UNANSWERED_LONGEST_MS};
    for (struct lease *lease = leases_first(outbox->leases); lease != NULL;
         lease = leases_next(lease)) {
        if (lease->worker != NULL && lease->given_ms + outbox->task_ms <= now_ms) {
            log_say(SAY_TASK_UNANSWERED, .task = lease->task, .principal = lease->worker->name,
                    .duration_us = (now_ms - lease->given_ms) * US_PER_MS);
            lease->worker->mute = true;
            lease_tell(outbox, TRACE_UNANSWERED, lease);
            outbox->counts.tasks_taken_back++;
            lease_rest(lease, &rest, now_ms);
        }
    }
}

// What was given up or withdrawn while it rested is asked for no more.
static void rested_drop(struct outbox *outbox, int64_t now_ms)
{
    struct lease *next;
    for (struct lease *lease = leases_first(outbox->leases); lease != NULL; lease = next) {
        next = leases_next(lease);
        if (lease->worker == NULL && lease->rests_until_ms + RESTED_KEPT_MS <= now_ms) {
            lease_drop(outbox, lease);
        }
    }
}

static bool resting_too_many(const struct outbox *outbox, Award__Role__Name role)
{
    size_t count = 0;
    for (struct lease *lease = leases_first(outbox->leases); lease != NULL;
         lease = leases_next(lease)) {
        count += lease->worker == NULL && lease->role == (int)role ? 1 : 0;
    }
    return count >= RESTING_MAX;
}

static bool lease_runs(const struct worker *worker)
{
    return worker->connected && worker->leased > 0;
}

static void workers_expire(struct outbox *outbox, int64_t now_ms)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *worker = &outbox->workers[i];
        if (lease_runs(worker) && worker->expires_ms <= now_ms) {
            outbox->counts.workers_silent++;
            log_say(SAY_WORKER_SILENT, .principal = worker->name);
            leases_release(outbox, worker);
            worker->silent = true;
        }
    }
}

// ---- Giving out

// Whether a task may be given out now; a rest that is over keeps only the count of bad answers.
// `new_ones`: also one that nobody had yet.
static bool task_free(const struct outbox *outbox, const char *task, bool new_ones, int64_t now_ms)
{
    const struct lease *lease = leases_find(outbox->leases, task);
    if (lease == NULL) {
        return new_ones && leases_count(outbox->leases) < LEASES_MAX &&
               strlen(task) <= LIMIT_TASK_ID_BYTES;
    }
    return lease->worker == NULL && lease->rests_until_ms <= now_ms;
}

static void lease_give(struct outbox *outbox, struct worker *worker, const char *task,
                       int64_t now_ms)
{
    struct lease *lease = leases_find(outbox->leases, task);
    if (lease == NULL) {
        lease = leases_add(outbox->leases, task);
    }
    lease->worker = worker;
    lease->given_ms = now_ms;
    lease->role = (int)worker->role;
    if (worker->leased == 0) {
        worker->expires_ms = now_ms + outbox->lease_ms;
    }
    worker->leased++;
    lease_tell(outbox, TRACE_GIVEN, lease);
}

// What a dispatch to one worker works with.
struct dispatch {
    struct outbox *outbox;
    struct worker *worker;
    const struct order_context *context;
    int64_t now_ms;
    bool new_ones; // also tasks that nobody had yet
    struct arena *arena;
    Award__TaskOrder **orders;
    size_t count;
};

static bool worker_has_room(const struct worker *worker)
{
    return worker->leased < (worker->mute && worker->capacity > 0 ? 1 : worker->capacity);
}

static bool has_room(const struct dispatch *dispatch)
{
    return worker_has_room(dispatch->worker);
}

static void task_give(struct dispatch *dispatch, struct bytes value)
{
    const Award__Task *task =
        (const Award__Task *)codec_unpack_trusted(&award__task__descriptor, value, dispatch->arena);
    if (task == NULL || task->given_up ||
        !task_free(dispatch->outbox, task->task, dispatch->new_ones, dispatch->now_ms)) {
        return;
    }
    Award__TaskOrder *order = order_build(dispatch->context, task, dispatch->arena);
    if (order != NULL) {
        lease_give(dispatch->outbox, dispatch->worker, task->task, dispatch->now_ms);
        dispatch->orders[dispatch->count++] = order;
    }
}

// The next task of a kind, from `from` on and before `end` (empty: to the last one).
static bool task_next(const struct dispatch *dispatch, struct bytes prefix, struct bytes from,
                      struct bytes end, struct bytes *key, struct bytes *value)
{
    const struct view *view = dispatch->context->view;
    enum view_result result = view->next(view, from, dispatch->arena, key, value);
    return result != VIEW_ABSENT && key->size >= prefix.size &&
           memcmp(key->data, prefix.data, prefix.size) == 0 &&
           (end.size == 0 || view_key_compare(*key, end) < 0);
}

// Names of tasks of a kind begin with its name and a colon.
static struct bytes kind_prefix(struct arena *arena, const struct task_row *row)
{
    struct bytes key =
        record_key(arena, AWARD__CHANGE__RECORD_TASK, arena_format(arena, "%s:", row->name));
    return (struct bytes){key.data, key.size - 1}; // without the end of the text
}

static void walk_save(struct walk *walk, struct bytes from)
{
    assert(from.size <= sizeof(walk->key));
    memcpy(walk->key, from.data, from.size);
    walk->key_bytes = from.size;
}

// From where the walk stands to the last one, and then from the first one to there.
static void kind_collect(struct dispatch *dispatch, const struct task_row *row, struct walk *walk)
{
    struct bytes prefix = kind_prefix(dispatch->arena, row);
    struct bytes begin = prefix;
    if (walk->key_bytes > 0) {
        begin = (struct bytes){arena_copy(dispatch->arena, walk->key, walk->key_bytes),
                               walk->key_bytes};
    }
    struct bytes from = begin;
    struct bytes end = {NULL, 0};
    size_t examined = 0;
    while (has_room(dispatch) && examined < EXAMINED_MAX) {
        struct bytes key;
        struct bytes value;
        if (task_next(dispatch, prefix, from, end, &key, &value)) {
            from = view_key_after(key, dispatch->arena);
            task_give(dispatch, value);
            examined++;
        } else if (end.size == 0) {
            from = prefix;
            end = begin;
        } else {
            walk->empty = true;
            break;
        }
    }
    walk->cut = examined == EXAMINED_MAX;
    walk_save(walk, from);
}

// Collects the next free tasks of a worker's kinds, up to its capacity.
static void orders_collect(struct dispatch *dispatch)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        const struct task_row *row = task_row((Award__TaskKind__Name)kind);
        struct walk *walk = &dispatch->outbox->walks[kind];
        if (row != NULL && row->worker == dispatch->worker->role && !walk->empty) {
            kind_collect(dispatch, row, walk);
        }
    }
}

// What was not sent is anybody's again; the count of its bad answers stays.
static void orders_take_back(const struct dispatch *dispatch)
{
    for (size_t i = 0; i < dispatch->count; i++) {
        struct lease *lease = leases_find(dispatch->outbox->leases, dispatch->orders[i]->task);
        assert(lease != NULL && lease->worker == dispatch->worker);
        lease_tell(dispatch->outbox, TRACE_RETURNED, lease);
        if (lease->bad_answers == 0) {
            lease_drop(dispatch->outbox, lease);
        } else {
            lease->worker->leased--;
            lease->worker = NULL;
        }
    }
    dispatch->worker->rests_until_ms = dispatch->now_ms + SENT_AGAIN_MS;
}

static void orders_send(const struct dispatch *dispatch)
{
    struct outbox *outbox = dispatch->outbox;
    Award__TaskBatch batch;
    award__task_batch__init(&batch);
    batch.n_orders = dispatch->count;
    batch.orders = dispatch->orders;
    switch (outbox->send(outbox->context, &dispatch->worker->route, &batch)) {
    case OUTBOX_SENT:
        return;
    case OUTBOX_LATER:
        orders_take_back(dispatch);
        return;
    case OUTBOX_GONE:
        outbox_gone(outbox, &dispatch->worker->route);
        return;
    }
}

static void worker_dispatch(struct outbox *outbox, struct worker *worker,
                            const struct order_context *context, int64_t now_ms)
{
    Award__TaskOrder *orders[LIMIT_TASKS_PER_WORKER];
    struct dispatch dispatch = {
        .outbox = outbox,
        .worker = worker,
        .context = context,
        .now_ms = now_ms,
        .new_ones = !resting_too_many(outbox, worker->role),
        .arena = arena_create(),
        .orders = orders,
    };
    orders_collect(&dispatch);
    if (dispatch.count > 0) {
        orders_send(&dispatch);
    }
    arena_destroy(dispatch.arena);
}

static bool worker_takes(const struct worker *worker, int64_t now_ms)
{
    return worker->connected && !worker->silent && !worker->displaced &&
           worker->rests_until_ms <= now_ms;
}

static void workers_dispatch(struct outbox *outbox, bool mute, const struct order_context *context,
                             int64_t now_ms)
{
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct worker *worker = &outbox->workers[i];
        if (worker_takes(worker, now_ms) && worker->mute == mute && worker_has_room(worker)) {
            worker_dispatch(outbox, worker, context, now_ms);
        }
    }
}

void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms)
{
    workers_expire(outbox, now_ms);
    rested_drop(outbox, now_ms);
    unanswered_take(outbox, now_ms);
    walks_begin(outbox, false);
    workers_dispatch(outbox, false, context, now_ms);
    workers_dispatch(outbox, true, context, now_ms); // what the others have no room for
}

// When the first lease, rest or time for an answer ends; INT64_MAX where none does.
static int64_t first_end(const struct outbox *outbox, int64_t now_ms)
{
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        const struct worker *worker = &outbox->workers[i];
        if (lease_runs(worker) && worker->expires_ms < first) {
            first = worker->expires_ms;
        }
        if (worker->connected && worker->rests_until_ms > now_ms &&
            worker->rests_until_ms < first) {
            first = worker->rests_until_ms;
        }
    }
    for (struct lease *lease = leases_first(outbox->leases); lease != NULL;
         lease = leases_next(lease)) {
        int64_t end =
            lease->worker != NULL ? lease->given_ms + outbox->task_ms : lease->rests_until_ms;
        if (end < first && (lease->worker != NULL || end > now_ms)) {
            first = end;
        }
    }
    return first;
}

int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms)
{
    int64_t first = first_end(outbox, now_ms);
    for (size_t kind = 0; kind < KINDS; kind++) {
        if (outbox->walks[kind].cut && now_ms + GO_ON_MS < first) {
            first = now_ms + GO_ON_MS;
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
            shown->connected = !worker->silent && !worker->displaced;
            shown->has_leased = 1;
            shown->leased = worker->leased;
        }
    }
    return count;
}

const char *outbox_leased_to(const void *context, const char *task)
{
    const struct outbox *outbox = context;
    const struct lease *lease = leases_find(outbox->leases, task);
    return lease != NULL && lease->worker != NULL ? lease->worker->name : NULL;
}

struct outbox_counts outbox_counts(const struct outbox *outbox)
{
    return outbox->counts;
}
