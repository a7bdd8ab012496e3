// turns - weighted fair queueing among keys
//
// What a key has had is the sum of the weights of its messages: an event weighs 1, a query as much
// as a whole turn, and is a group by itself: an answer may take long, and one is enough to wait
// for. Queries of somebody who has left are dropped. Somebody who comes anew is put level with
// whoever was served last, so that nobody saves up. Keys are told apart by their peers, which live
// as long as the bus; so do lines.
#include "daemon/turns.h"

#include "common/envelope.h"
#include "common/limits.h"
#include "common/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <bsd/sys/queue.h>
#include <bsd/sys/tree.h>

enum {
    SHARED_MS = 1000,        // so long after two keys have sent or been served, a group is small
    HELD_MS = 20,            // until it is looked again whether somebody reads
    WEIGHT_BYTES = 4 * 1024, // of a message weigh as much as an event
};

struct waiting {
    STAILQ_ENTRY(waiting) next;
    bool from_worker;
    bool query;
    size_t weight;
    struct bus_message message;
    uint8_t data[];
};

struct line {
    RB_ENTRY(line) links;
    TAILQ_ENTRY(line) busy;
    struct bus_route route; // of its last message
    STAILQ_HEAD(, waiting) messages;
    size_t bytes;
    uint64_t had; // weights
    bool held;    // it does not read
};

RB_HEAD(lines, line);

struct turns {
    struct turns_settings settings;
    struct lines *tree; // points at `head`: a tree is searched through a pointer
    struct lines head;
    TAILQ_HEAD(, line) busy; // in which messages wait
    const struct line *last; // that has sent or been served
    int64_t shared_until_ms;
    uint64_t served; // what the one that was served last had had before
    struct turns_counts counts;
};

static int line_compare(struct line *one, struct line *other)
{
    uintptr_t left = (uintptr_t)one->route.peer;
    uintptr_t right = (uintptr_t)other->route.peer;
    return (left > right) - (left < right);
}

// The functions of the tree, as the library's macros write them.
// NOLINTBEGIN
RB_GENERATE_INTERNAL(lines, line, links, line_compare, __attribute__((unused)) static)
// NOLINTEND

struct turns *turns_create(const struct turns_settings *settings)
{
    struct turns *turns = memory_allocate(sizeof(*turns));
    turns->settings = *settings;
    turns->tree = &turns->head;
    RB_INIT(turns->tree);
    TAILQ_INIT(&turns->busy);
    return turns;
}

void turns_limit(struct turns *turns, size_t waiting_bytes_per_key, size_t turn_events)
{
    turns->settings.waiting_bytes_per_key = waiting_bytes_per_key;
    turns->settings.turn_events = turn_events;
}

static void message_drop(struct line *line)
{
    struct waiting *first = STAILQ_FIRST(&line->messages);
    STAILQ_REMOVE_HEAD(&line->messages, next);
    line->bytes -= sizeof(*first) + first->message.size;
    free(first);
}

void turns_destroy(struct turns *turns)
{
    struct line *line;
    while (turns != NULL && (line = RB_MIN(lines, turns->tree)) != NULL) {
        while (!STAILQ_EMPTY(&line->messages)) {
            message_drop(line);
        }
        (void)RB_REMOVE(lines, turns->tree, line);
        free(line);
    }
    free(turns);
}

static struct line *line_of(struct turns *turns, const struct bus_route *route)
{
    struct line wanted = {.route = *route};
    struct line *line = RB_FIND(lines, turns->tree, &wanted);
    if (line == NULL) {
        line = memory_allocate(sizeof(*line));
        line->route = *route;
        STAILQ_INIT(&line->messages);
        (void)RB_INSERT(lines, turns->tree, line);
    }
    return line;
}

static void waiting_weigh(struct waiting *waiting, size_t turn)
{
    struct bytes bytes = {waiting->data, waiting->message.size};
    struct envelope_load load = envelope_load(bytes);
    waiting->query = load.query;
    waiting->weight = 1 + bytes.size / WEIGHT_BYTES;
    size_t least = load.query ? turn : load.events;
    waiting->weight = least > waiting->weight ? least : waiting->weight;
}

static void sender_note(struct turns *turns, const struct line *line, int64_t now_ms)
{
    if (turns->last != NULL && turns->last != line) {
        turns->shared_until_ms = now_ms + SHARED_MS;
    }
    turns->last = line;
}

bool turns_add(struct turns *turns, bool from_worker, const struct bus_message *message,
               int64_t now_ms)
{
    struct line *line = line_of(turns, &message->route);
    size_t bytes = sizeof(struct waiting) + message->size;
    sender_note(turns, line, now_ms);
    if (line->bytes + bytes > turns->settings.waiting_bytes_per_key) {
        turns->counts.turned_away++;
        return false;
    }
    struct waiting *waiting = malloc(bytes);
    if (waiting == NULL) {
        abort();
    }
    *waiting = (struct waiting){.from_worker = from_worker, .message = *message};
    memcpy(waiting->data, message->data, message->size);
    waiting->message.data = waiting->data;
    waiting_weigh(waiting, turns->settings.turn_events);
    if (STAILQ_EMPTY(&line->messages)) {
        TAILQ_INSERT_TAIL(&turns->busy, line, busy);
        line->had = line->had > turns->served ? line->had : turns->served;
    }
    STAILQ_INSERT_TAIL(&line->messages, waiting, next);
    line->bytes += bytes;
    return true;
}

// ---- Taking

static bool reads(const struct turns *turns, const struct line *line)
{
    return turns->settings.bus == NULL || bus_peer_reads(turns->settings.bus, &line->route);
}

// Whose turn it is; NULL where nobody's.
static struct line *line_next(struct turns *turns)
{
    struct line *line;
    struct line *least = NULL;
    TAILQ_FOREACH(line, &turns->busy, busy)
    {
        bool held = !reads(turns, line);
        turns->counts.held_back += held && !line->held ? 1 : 0;
        line->held = held;
        if (!held && (least == NULL || line->had < least->had)) {
            least = line;
        }
    }
    return least;
}

static void message_take(struct turns *turns, struct line *line, turns_take take, void *context,
                         int64_t now_ms)
{
    sender_note(turns, line, now_ms);
    const struct waiting *first = STAILQ_FIRST(&line->messages);
    turns->served = line->had;
    line->had += first->weight;
    take(context, first->from_worker, &first->message);
    message_drop(line);
    if (STAILQ_EMPTY(&line->messages)) {
        TAILQ_REMOVE(&turns->busy, line, busy);
    }
}

static void left_drop(struct turns *turns)
{
    struct line *next;
    for (struct line *line = TAILQ_FIRST(&turns->busy); line != NULL; line = next) {
        next = TAILQ_NEXT(line, busy);
        if (turns->settings.bus == NULL || bus_peer_connected(&line->route)) {
            continue;
        }
        while (!STAILQ_EMPTY(&line->messages) && STAILQ_FIRST(&line->messages)->query) {
            message_drop(line);
        }
        if (STAILQ_EMPTY(&line->messages)) {
            TAILQ_REMOVE(&turns->busy, line, busy);
        }
    }
}

bool turns_shared(const struct turns *turns, int64_t now_ms)
{
    return now_ms < turns->shared_until_ms;
}

bool turns_group(struct turns *turns, turns_take take, void *context, int64_t now_ms)
{
    bool shared = turns_shared(turns, now_ms);
    size_t most = shared ? turns->settings.turn_events : LIMIT_GROUP_EVENTS;
    size_t taken = 0;
    bool query = false;
    struct line *line;
    left_drop(turns);
    while (!query && taken < most && (line = line_next(turns)) != NULL) {
        const struct waiting *first = STAILQ_FIRST(&line->messages);
        size_t weight = first->weight;
        query = first->query;
        if (taken > 0 && (query || taken + weight > most)) {
            break;
        }
        message_take(turns, line, take, context, now_ms);
        taken += weight;
    }
    turns->counts.shared += shared && !TAILQ_EMPTY(&turns->busy) ? 1 : 0;
    return taken > 0;
}

int64_t turns_wait_ms(const struct turns *turns)
{
    const struct line *line;
    TAILQ_FOREACH(line, &turns->busy, busy)
    {
        if (reads(turns, line)) {
            return 0;
        }
    }
    return TAILQ_EMPTY(&turns->busy) ? -1 : HELD_MS;
}

struct turns_counts turns_counts(const struct turns *turns)
{
    struct turns_counts counts = turns->counts;
    const struct line *line;
    TAILQ_FOREACH(line, &turns->busy, busy)
    {
        counts.waiting_bytes =
            line->bytes > counts.waiting_bytes ? line->bytes : counts.waiting_bytes;
    }
    return counts;
}
