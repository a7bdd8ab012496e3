// outbox - open tasks, given to the workers that have room
//
// Tasks of a kind lie together, in the order of their names. Each dispatch goes on behind the task
// that was given last and begins again where they end, so that what is given or answered is not
// walked over again. It looks at EXAMINED_MAX tasks of a kind at most: so many may rest or be given
// up that looking at all of them would hold up everybody else; the next dispatch goes on from
// there.
#include "daemon/outbox.h"

#include "common/limits.h"
#include "common/memory.h"
#include "rules/record.h"
#include "rules/tasks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    KINDS = 32,          // more than there are kinds of tasks
    EXAMINED_MAX = 4096, // tasks of a kind in one dispatch
    GO_ON_MS = 1000,     // until the next dispatch, where there are more
};

// Where the next dispatch goes on among the tasks of a kind.
struct walk {
    uint8_t key[VIEW_KEY_BYTES_MAX + 1];
    size_t key_bytes; // 0: at the first one
    bool cut;         // the last dispatch did not get all around
    bool empty;       // it did: there is nothing for further workers
};

struct outbox {
    struct crew *crew; // borrowed
    struct walk walks[KINDS];
    outbox_send send;
    void *context;
};

struct outbox *outbox_create(struct crew *crew, outbox_send send, void *context)
{
    struct outbox *outbox = memory_allocate(sizeof(*outbox));
    outbox->crew = crew;
    outbox->send = send;
    outbox->context = context;
    return outbox;
}

void outbox_destroy(struct outbox *outbox)
{
    free(outbox);
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

static void task_give(struct dispatch *dispatch, struct bytes value)
{
    const Award__Task *task =
        (const Award__Task *)codec_unpack_trusted(&award__task__descriptor, value, dispatch->arena);
    if (task == NULL || task->given_up ||
        !crew_task_free(dispatch->outbox->crew, task->task, dispatch->new_ones, dispatch->now_ms)) {
        return;
    }
    Award__TaskOrder *order = order_build(dispatch->context, task, dispatch->arena);
    if (order != NULL) {
        crew_give(dispatch->outbox->crew, dispatch->worker, task->task, dispatch->now_ms);
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
    while (crew_has_room(dispatch->worker) && examined < EXAMINED_MAX) {
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
        if (row != NULL && row->worker == crew_role(dispatch->worker) && !walk->empty) {
            kind_collect(dispatch, row, walk);
        }
    }
}

static void orders_take_back(const struct dispatch *dispatch)
{
    for (size_t i = 0; i < dispatch->count; i++) {
        crew_take_back(dispatch->outbox->crew, dispatch->orders[i]->task);
    }
    crew_pause(dispatch->worker, dispatch->now_ms);
}

// For further workers there may be something again.
static void walks_begin(struct outbox *outbox)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        outbox->walks[kind].cut = false;
        outbox->walks[kind].empty = false;
    }
}

static void orders_send(const struct dispatch *dispatch)
{
    struct outbox *outbox = dispatch->outbox;
    const struct bus_route *route = crew_route(dispatch->worker);
    Award__TaskBatch batch;
    award__task_batch__init(&batch);
    batch.n_orders = dispatch->count;
    batch.orders = dispatch->orders;
    switch (outbox->send(outbox->context, route, &batch)) {
    case OUTBOX_SENT:
        return;
    case OUTBOX_LATER:
        orders_take_back(dispatch);
        return;
    case OUTBOX_GONE:
        crew_gone(outbox->crew, route);
        walks_begin(outbox);
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
        .new_ones = !crew_rests_too_much(outbox->crew, crew_role(worker)),
        .arena = arena_create(),
        .orders = orders,
    };
    orders_collect(&dispatch);
    if (dispatch.count > 0) {
        orders_send(&dispatch);
    }
    arena_destroy(dispatch.arena);
}

static void workers_dispatch(struct outbox *outbox, bool mute, const struct order_context *context,
                             int64_t now_ms)
{
    struct worker *worker = NULL;
    while ((worker = crew_next(outbox->crew, worker, mute, now_ms)) != NULL) {
        worker_dispatch(outbox, worker, context, now_ms);
    }
}

void outbox_dispatch(struct outbox *outbox, const struct order_context *context, int64_t now_ms)
{
    crew_tend(outbox->crew, now_ms);
    walks_begin(outbox);
    workers_dispatch(outbox, false, context, now_ms);
    workers_dispatch(outbox, true, context, now_ms); // what the others have no room for
}

static bool goes_on(const struct outbox *outbox)
{
    bool more = crew_freed(outbox->crew);
    for (size_t kind = 0; kind < KINDS; kind++) {
        more = more || outbox->walks[kind].cut;
    }
    return more;
}

int64_t outbox_wait_ms(const struct outbox *outbox, int64_t now_ms)
{
    int64_t first_ms = crew_first_end_ms(outbox->crew, now_ms);
    if (goes_on(outbox) && now_ms + GO_ON_MS < first_ms) {
        first_ms = now_ms + GO_ON_MS;
    }
    if (first_ms == INT64_MAX) {
        return -1;
    }
    return first_ms > now_ms ? first_ms - now_ms : 0;
}
